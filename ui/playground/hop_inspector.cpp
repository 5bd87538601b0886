// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/hop_inspector.h"

#include "cascade/hop_request.h"
#include "providers/chat_preview.h"
#include "ui/playground/lanes.h"
#include "ui/theme/text.h"
#include "ui/theme/widgets.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QVBoxLayout>

#include <nlohmann/json.hpp>

namespace signalbox {

namespace {

QPlainTextEdit* codeView(const QString& objectName, const QString& name, QWidget* parent)
{
    auto* edit = new QPlainTextEdit(parent);
    edit->setObjectName(objectName);
    edit->setAccessibleName(name);
    edit->setReadOnly(true);
    edit->setTabChangesFocus(true);
    edit->setFont(Theme::monospace());
    edit->setFrameShape(QFrame::NoFrame);
    return edit;
}

const Hop* hopAt(const Trace& trace, int index)
{
    for (const Hop& hop : trace.hops) {
        if (hop.index == index)
            return &hop;
    }
    return nullptr;
}

QString pretty(const std::string& json)
{
    // In the order in which it goes out.
    const auto parsed = nlohmann::ordered_json::parse(json, nullptr, false);
    return parsed.is_discarded()
               ? qs(json)
               : qs(parsed.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

} // namespace

Result<QString> curlOfHop(const CompiledPolicy& policy, const Trace& trace, int index,
                          const std::string& sandboxBaseUrl)
{
    const Hop* hop = hopAt(trace, index);
    if (!hop)
        return fail("trace.no_hop", "The trace has no such hop.", trace.id);
    const Result<ChatRequest> request = requestOfHop(policy, trace, *hop, sandboxBaseUrl);
    if (!request)
        return tl::unexpected<Error>(request.error());
    const Result<std::string> curl = curlOf(*request);
    if (!curl)
        return tl::unexpected<Error>(curl.error());
    return qs(*curl);
}

HopInspector::HopInspector(TracePtr trace, CompiledPolicyPtr policy, std::string sandboxBaseUrl,
                           QWidget* parent)
    : QDialog(parent), m_trace(std::move(trace)), m_policy(std::move(policy)),
      m_sandboxBaseUrl(std::move(sandboxBaseUrl))
{
    setObjectName(QStringLiteral("hopInspector"));
    setWindowTitle(tr("Request and Response"));
    resize(760, 600);
    setMinimumSize(480, 360);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::m);
    auto* head = new QHBoxLayout;
    head->setSpacing(space::s);
    auto* label = new QLabel(tr("&Hop"), this);
    m_hops = new QComboBox(this);
    m_hops->setObjectName(QStringLiteral("inspectedHop"));
    m_hops->setAccessibleName(tr("Hop"));
    label->setBuddy(m_hops);
    head->addWidget(label);
    head->addWidget(m_hops, 1);
    layout->addLayout(head);
    m_url = new QLabel(this);
    m_url->setObjectName(QStringLiteral("inspectedUrl"));
    m_url->setTextFormat(Qt::PlainText);
    m_url->setWordWrap(true);
    m_url->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_url->setAccessibleName(tr("Address that was asked"));
    layout->addWidget(m_url);
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(QStringLiteral("inspectorTabs"));
    m_request = codeView(QStringLiteral("inspectedRequest"), tr("Request"), m_tabs);
    m_response = codeView(QStringLiteral("inspectedResponse"), tr("Response"), m_tabs);
    m_tabs->addTab(m_request, tr("&Request"));
    m_tabs->addTab(m_response, tr("R&esponse"));
    layout->addWidget(m_tabs, 1);
    auto* note = new MutedLabel(tr("The request is made again from the trace and its policy; the key is "
                                   "masked, and never read for it."),
                                this);
    note->setWordWrap(true);
    layout->addWidget(note);
    auto* buttons = new QHBoxLayout;
    m_curl = plainButton(tr("&Copy as cURL"), QStringLiteral("inspectorCurl"), this);
    m_curl->setAccessibleName(tr("Copy the request as a cURL command"));
    m_curl->setToolTip(tr("As a shell command, with $KEY in the key's place"));
    m_body = plainButton(tr("Copy &Body"), QStringLiteral("inspectorBody"), this);
    m_body->setAccessibleName(tr("Copy the body of the request"));
    auto* close = plainButton(tr("Close"), QStringLiteral("inspectorClose"), this);
    close->setAccessibleName(tr("Close the inspector"));
    buttons->addWidget(m_curl);
    buttons->addWidget(m_body);
    buttons->addStretch();
    buttons->addWidget(close);
    layout->addLayout(buttons);
    connect(m_curl, &QPushButton::clicked, this, [this] { copy(true); });
    connect(m_body, &QPushButton::clicked, this, [this] { copy(false); });
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    m_filling = true;
    for (const Hop& hop : m_trace->hops) {
        if (hop.status != HopStatus::Barred && !hop.model.empty())
            m_hops->addItem(
                tr("%1 · %2 · %3").arg(QString::number(hop.index + 1), qs(hop.tier), qs(hop.model)),
                hop.index);
    }
    m_filling = false;
    connect(m_hops, &QComboBox::currentIndexChanged, this, [this](int row) {
        if (!m_filling)
            show(row);
    });
    show(m_hops->currentIndex());
}

void HopInspector::select(int hop)
{
    const int row = m_hops->findData(hop);
    if (row >= 0)
        m_hops->setCurrentIndex(row);
}

QString HopInspector::requestText(const Hop& hop)
{
    m_bodyText.clear();
    const auto cannot = [this](const Error& error) {
        m_url->clear();
        m_curl->setEnabled(false);
        m_body->setEnabled(false);
        return tr("It cannot be made again: %1").arg(qs(error.message));
    };
    const Result<ChatRequest> request = requestOfHop(*m_policy, *m_trace, hop, m_sandboxBaseUrl);
    if (!request)
        return cannot(request.error());
    const Result<ChatPreview> preview = previewOf(*request);
    if (!preview)
        return cannot(preview.error());
    m_curl->setEnabled(true);
    m_body->setEnabled(true);
    m_url->setText(QStringLiteral("%1 %2").arg(qs(preview->method), qs(preview->url)));
    m_bodyText = pretty(preview->body);
    QStringList lines;
    for (const std::string& header : preview->headers)
        lines << qs(header);
    return lines.join(QLatin1Char('\n')) + QStringLiteral("\n\n") + m_bodyText;
}

QString HopInspector::responseText(const Hop& hop) const
{
    QStringList lines;
    for (const Attempt& attempt : hop.attempts) {
        const QString who = attempt.purpose == "model"
                                ? tr("Try %1").arg(attempt.number)
                                : tr("%1, try %2").arg(qs(attempt.purpose)).arg(attempt.number);
        QStringList parts;
        parts << (attempt.httpStatus > 0 ? tr("HTTP %1").arg(attempt.httpStatus) : tr("no answer"));
        if (!attempt.errorKind.empty())
            parts << qs(attempt.errorKind);
        parts << tr("connected after %1").arg(msText(attempt.connectMs));
        if (attempt.ttftMs)
            parts << tr("first token after %1").arg(msText(attempt.ttftMs));
        parts << tr("ended after %1").arg(msText(attempt.totalMs));
        lines << QStringLiteral("%1: %2").arg(who, parts.join(QStringLiteral(", ")));
        if (!attempt.message.empty())
            lines << QStringLiteral("    ") + qs(attempt.message);
    }
    lines << tr("Tokens: %1 in, %2 cached, %3 written to the cache, %4 out, %5 reasoning")
                 .arg(tokenClassText(hop.tokens.input), tokenClassText(hop.tokens.cachedInput),
                      tokenClassText(hop.tokens.cacheWrite), tokenClassText(hop.tokens.output),
                      tokenClassText(hop.tokens.reasoning));
    if (!hop.finishReason.empty())
        lines << tr("Ended: %1").arg(finishReasonInWords(hop.finishReason));
    for (const ToolCall& call : hop.toolCalls)
        lines << tr("Calls %1(%2)").arg(qs(call.name), qs(call.argumentsJson));
    for (const Charge& charge : m_trace->charges) {
        if (charge.hop == hop.index)
            lines << tr("Charge: %1, %2, %3")
                         .arg(QString::fromLatin1(name(charge.kind)), qs(charge.model), usdText(charge.cost));
    }
    for (const GateResult& gate : hop.gates) {
        QString line =
            QStringLiteral("%1: %2").arg(qs(gate.trigger), QString::fromLatin1(name(gate.verdict)));
        if (gate.rawScore)
            line += QStringLiteral(", %1").arg(*gate.rawScore);
        if (!gate.explanation.empty())
            line += QStringLiteral(", ") + qs(gate.explanation);
        lines << line;
    }
    lines << QString() << (hop.text.empty() ? tr("No text came.") : qs(hop.text));
    return lines.join(QLatin1Char('\n'));
}

void HopInspector::show(int row)
{
    const Hop* hop = row < 0 ? nullptr : hopAt(*m_trace, m_hops->itemData(row).toInt());
    m_curl->setEnabled(hop != nullptr);
    m_body->setEnabled(hop != nullptr);
    if (!hop) {
        m_request->setPlainText(tr("No model was called in this run."));
        m_response->clear();
        return;
    }
    m_request->setPlainText(requestText(*hop));
    m_response->setPlainText(responseText(*hop));
}

void HopInspector::copy(bool curl)
{
    if (!curl) {
        QApplication::clipboard()->setText(m_bodyText);
        Q_EMIT said(tr("The body was copied."));
        return;
    }
    const Result<QString> command =
        curlOfHop(*m_policy, *m_trace, m_hops->currentData().toInt(), m_sandboxBaseUrl);
    if (!command)
        return;
    QApplication::clipboard()->setText(*command);
    Q_EMIT said(tr("The request was copied as cURL; $KEY stands for the key."));
}

} // namespace signalbox
