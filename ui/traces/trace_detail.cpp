// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traces/trace_detail.h"

#include "ui/theme/text.h"
#include "ui/theme/widgets.h"
#include "ui/traces/trace_html.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace signalbox {

namespace {

QTextBrowser* browser(const QString& objectName, const QString& name, QWidget* parent)
{
    auto* made = new QTextBrowser(parent);
    made->setObjectName(objectName);
    made->setAccessibleName(name);
    made->setFrameShape(QFrame::NoFrame);
    made->setStyleSheet(QStringLiteral("QTextBrowser { border: none; }"));
    made->setOpenLinks(false);
    made->document()->setDocumentMargin(space::m);
    return made;
}

} // namespace

TraceDetail::TraceDetail(QWidget* parent)
    : QWidget(parent), m_title(new QLabel(this)), m_sandbox(new Pill(tr("Sandbox"), Tone::Warn, this)),
      m_yes(plainButton(tr("Resolved"), QStringLiteral("traceResolved"), this)),
      m_no(plainButton(tr("Not Resolved"), QStringLiteral("traceNotResolved"), this)),
      m_copy(plainButton(tr("Copy as JSON"), QStringLiteral("traceCopyJson"), this)),
      m_open(plainButton(tr("Open in Playground"), QStringLiteral("traceOpen"), this)),
      m_middle(browser(QStringLiteral("traceMiddle"), tr("Hops, answer and charges of the trace"), this)),
      m_right(browser(QStringLiteral("traceDecision"), tr("Decision of the trace"), this))
{
    m_sandbox->setObjectName(QStringLiteral("traceSandboxPill"));
    setObjectName(QStringLiteral("traceDetail"));
    m_title->setProperty("role", QStringLiteral("heading"));
    m_title->setObjectName(QStringLiteral("traceTitle"));
    m_yes->setCheckable(true);
    m_no->setCheckable(true);
    m_yes->setToolTip(tr("Your verdict: the task was done for the user."));
    m_no->setToolTip(tr("Your verdict: the task was not done for the user."));
    auto* bar = new QFrame(this);
    bar->setProperty("role", QStringLiteral("titleRow"));
    auto* top = new QHBoxLayout(bar);
    top->setContentsMargins(space::m, space::xs, space::m, space::xs + 1);
    top->setSpacing(space::s);
    top->addWidget(m_title);
    top->addWidget(m_sandbox);
    top->addStretch();
    top->addWidget(m_yes);
    top->addWidget(m_no);
    top->addWidget(m_copy);
    top->addWidget(m_open);
    m_right->setFixedWidth(300);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(m_middle, 1);
    auto* right = new QFrame(this);
    right->setObjectName(QStringLiteral("traceDecisionColumn"));
    right->setProperty("role", QStringLiteral("rightColumn"));
    auto* rightLayout = new QHBoxLayout(right);
    rightLayout->setContentsMargins(1, 0, 0, 0);
    rightLayout->addWidget(m_right);
    columns->addWidget(right);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addLayout(columns, 1);
    connect(m_copy, &QPushButton::clicked, this, &TraceDetail::copyAsJson);
    m_open->setToolTip(tr("Replay it, compare it, or look at what went over the wire (Ctrl+P)"));
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (m_trace)
            Q_EMIT openAsked(qs(m_trace->id));
    });
    for (QPushButton* verdict : {m_yes, m_no}) {
        connect(verdict, &QPushButton::clicked, this, [this, verdict] {
            if (m_trace)
                Q_EMIT resolvedChosen(qs(m_trace->id), verdict == m_yes);
        });
    }
    connect(&Theme::instance(), &Theme::changed, this, &TraceDetail::draw);
    draw();
}

QWidget* TraceDetail::decisionColumn() const
{
    return m_right->parentWidget();
}

void TraceDetail::setTrace(TracePtr trace, const QStringList& tierOrder)
{
    const bool same = trace && m_trace && trace->id == m_trace->id;
    const int scrolled = m_middle->verticalScrollBar()->value();
    m_trace = std::move(trace);
    m_tiers = tierOrder;
    draw();
    if (same)
        m_middle->verticalScrollBar()->setValue(scrolled);
}

void TraceDetail::draw()
{
    const bool any = m_trace != nullptr;
    for (QWidget* part : QList<QWidget*>{m_yes, m_no, m_copy, m_open})
        part->setVisible(any);
    m_sandbox->setVisible(any && m_trace->simulated);
    if (!any) {
        m_title->setText(tr("No trace is selected"));
        m_middle->setHtml(
            QStringLiteral("<p style=\"color:%1\">%2</p>")
                .arg(Theme::instance().colors().muted.name(),
                     tr("Select a trace above to see its decision, hops, gates, charges and answer.")
                         .toHtmlEscaped()));
        m_right->clear();
        return;
    }
    m_title->setText(tr("Trace of %1").arg(timeText(m_trace->startedAtMs)));
    m_yes->setChecked(m_trace->resolved == std::optional(true));
    m_no->setChecked(m_trace->resolved == std::optional(false));
    m_middle->setHtml(traceHtml(*m_trace, m_tiers));
    m_right->setHtml(decisionHtml(*m_trace, m_tiers));
}

void TraceDetail::copyAsJson() const
{
    if (m_trace)
        QGuiApplication::clipboard()->setText(qs(traceToJson(*m_trace)));
}

} // namespace signalbox
