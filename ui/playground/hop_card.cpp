// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/hop_card.h"

#include "ui/playground/lanes.h"
#include "ui/theme/text.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace signalbox {

namespace {

constexpr int kLeastCardWidth = 288;

QString oneDecimal(double score)
{
    return QString::number(score, 'f', 1);
}

QLabel* wrapping(const QString& objectName, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(objectName);
    label->setWordWrap(true);
    // Models and judges write what they like; it is shown as it is.
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    return label;
}

void colour(QLabel* label, const QColor& color)
{
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, color);
    label->setPalette(palette);
}

/// A gate turned the draft down, or could not tell.
bool hasFired(const Hop& hop)
{
    return std::any_of(hop.gates.begin(), hop.gates.end(),
                       [](const GateResult& gate) { return gate.verdict != GateVerdict::Passed; });
}

void setOrHide(QLabel* label, const QString& text)
{
    if (label->text() != text)
        label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

HopCard::HopCard(int hop, QWidget* parent) : Card(parent)
{
    setObjectName(QStringLiteral("hopCard%1").arg(hop));
    auto* head = new QHBoxLayout;
    head->setSpacing(space::xs + 2);
    m_tier = new QLabel(this);
    m_tier->setFont(Theme::font(TextSize::Normal, QFont::DemiBold));
    m_tier->setTextFormat(Qt::PlainText);
    m_model = new ElidedLabel({}, Qt::ElideRight, this);
    m_verdict = new Pill({}, Tone::Neutral, this);
    m_verdict->setObjectName(QStringLiteral("hopVerdict%1").arg(hop));
    head->addWidget(m_tier);
    head->addWidget(m_model, 1);
    head->addWidget(m_verdict);
    body()->addLayout(head);
    m_tries = wrapping(QStringLiteral("hopTries%1").arg(hop), this);
    m_text = wrapping(QStringLiteral("hopText%1").arg(hop), this);
    m_judgement = wrapping(QStringLiteral("hopJudgement%1").arg(hop), this);
    m_carried = new MutedLabel({}, this);
    m_carried->setObjectName(QStringLiteral("hopCarried%1").arg(hop));
    m_carried->setWordWrap(true);
    body()->addWidget(m_tries);
    body()->addWidget(m_text);
    body()->addWidget(m_judgement);
    body()->addWidget(m_carried);
    body()->addStretch();
    auto* foot = new QHBoxLayout;
    m_figures = new MutedLabel({}, this);
    m_figures->setObjectName(QStringLiteral("hopFigures%1").arg(hop));
    m_figures->setWordWrap(false);
    m_figures->setToolTip(tr("What this hop cost with its judges and retries, and how long it took."));
    m_inspect = linkButton(tr("Inspect…"), QStringLiteral("hopInspect%1").arg(hop), this);
    m_inspect->setToolTip(tr("Shows what was asked and what came back"));
    connect(m_inspect, &QPushButton::clicked, this, [this] { Q_EMIT inspectAsked(m_hop); });
    foot->addWidget(m_figures, 1);
    foot->addWidget(m_inspect);
    body()->addLayout(foot);
}

void HopCard::show(const RunView& run, const HopView& view)
{
    const Theme& theme = Theme::instance();
    const int position = run.tierPosition(qs(view.hop.tier));
    setTier(position);
    m_tier->setText(qs(view.hop.tier));
    colour(m_tier, theme.tier(position));
    m_model->setFullText(qs(view.hop.model));
    showVerdict(run, view);

    const QString text = qs(view.hop.text);
    m_text->setAccessibleName(tr("Answer of %1").arg(qs(view.hop.tier)));
    const bool turnedDown = view.ended && view.hop.status != HopStatus::Accepted;
    colour(m_text, turnedDown || text.isEmpty() ? theme.colors().muted : theme.colors().text);
    const QString shown = !text.isEmpty() ? text
                          : view.ended    ? tr("No text came.")
                                          : tr("Waiting for the first token.");
    if (m_text->text() != shown)
        m_text->setText(shown);

    setOrHide(m_tries, triesText(view));
    colour(m_tries, theme.colors().warn);
    setOrHide(m_judgement, judgementText(view));
    const bool fired = hasFired(view.hop);
    colour(m_judgement, fired ? theme.colors().warn : theme.colors().muted);
    setOrHide(m_carried, carriedText(run, view));
    m_hop = view.hop.index;
    m_figures->setText(figuresText(run, view));
    m_inspect->setVisible(run.trace() != nullptr && !view.hop.model.empty());
    m_inspect->setAccessibleName(tr("Inspect hop %1").arg(view.hop.index + 1));
    setAccessibleName(
        tr("Hop %1: %2, %3").arg(QString::number(view.hop.index + 1), qs(view.hop.tier), m_verdict->text()));
}

void HopCard::showVerdict(const RunView& run, const HopView& view)
{
    const Hop& hop = view.hop;
    QString why;
    for (const GateResult& gate : hop.gates) {
        if (hop.status == HopStatus::Escalated && gate.verdict == GateVerdict::Passed)
            continue;
        if (gate.of == 0 && gate.gate != "json_schema" && gate.verdict != GateVerdict::Error) {
            if (gate.verdict == GateVerdict::Fired) // its words say what the number means
                why = qs(gate.trigger);
        } else if (gate.rawScore && gate.verdict == GateVerdict::Fired && gate.threshold)
            why = tr("%1 %2 < %3")
                      .arg(qs(gate.rubric), oneDecimal(*gate.rawScore), oneDecimal(*gate.threshold));
        else if (gate.rawScore)
            why = oneDecimal(*gate.rawScore);
        else if (gate.verdict == GateVerdict::Fired)
            why = tr("%1 does not fit").arg(qs(gate.trigger));
        else if (gate.verdict == GateVerdict::Error)
            why = tr("%1 gave no verdict").arg(qs(gate.trigger));
    }
    const bool fired = hasFired(hop);
    const auto with = [&why](const QString& word) {
        return why.isEmpty() ? word : QStringLiteral("%1 · %2").arg(word, why);
    };
    QString words;
    Tone tone = Tone::Neutral;
    switch (hop.status) {
    case HopStatus::Running:
        words = view.pendingGate         ? tr("judging %1").arg(view.pendingGate->trigger)
                : !view.hop.text.empty() ? tr("writing")
                                         : tr("asked");
        tone = Tone::Info;
        break;
    case HopStatus::Accepted:
        words = with(!fired                              ? tr("accepted")
                     : run.mode() == TraceMode::AllTiers ? tr("would be rejected")
                                                         : tr("accepted all the same"));
        tone = fired ? Tone::Warn : Tone::Good;
        break;
    case HopStatus::Escalated:
        words = with(tr("rejected"));
        tone = Tone::Warn;
        break;
    case HopStatus::Failed:
        words = tr("failed");
        tone = Tone::Bad;
        break;
    case HopStatus::Cancelled:
        // A race's loser was ended by the engine; a whole run by a person.
        words = run.trace() && run.trace()->status != TraceStatus::Cancelled
                    ? tr("cancelled, another was faster")
                    : tr("stopped");
        break;
    case HopStatus::Barred:
        words = tr("barred");
        break;
    case HopStatus::Used:
        words = with(tr("used"));
        break;
    }
    m_verdict->setText(words);
    m_verdict->setTone(tone);
    m_verdict->setToolTip(hop.reason.empty()
                              ? QString()
                              : QStringLiteral("%1\n%2").arg(qs(hop.reason), reasonInWords(qs(hop.reason))));
}

QString HopCard::triesText(const HopView& view) const
{
    QStringList lines;
    const auto& attempts = view.hop.attempts;
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        const Attempt& attempt = attempts[i];
        if (attempt.errorKind.empty() || attempt.errorKind == "cancelled")
            continue;
        const QString who = attempt.purpose == "model" ? QString() : tr("Judge: ");
        std::optional<double> wait;
        if (const auto told = view.retryMs.find(i); told != view.retryMs.end())
            wait = told->second;
        for (std::size_t next = i + 1; !wait && next < attempts.size(); ++next)
            if (attempts[next].purpose == attempt.purpose)
                wait = std::max(0.0, attempts[next].startMs - attempt.startMs - attempt.totalMs);
        lines << who + (wait ? tr("%1, again in %2").arg(failureText(attempt), msText(wait))
                             : tr("%1, not tried again").arg(failureText(attempt)));
    }
    return lines.join(QLatin1Char('\n'));
}

QString HopCard::judgementText(const HopView& view) const
{
    QStringList lines;
    for (const GateResult& gate : view.hop.gates) {
        if (gate.explanation.empty())
            continue;
        lines << (gate.gate == "judge" ? tr("Judge: %1").arg(qs(gate.explanation))
                  : gate.gate == "json_schema"
                      ? tr("Shape: %1").arg(qs(gate.explanation))
                      : qs(gate.trigger) + QStringLiteral(": ") + qs(gate.explanation));
    }
    if (view.hop.status == HopStatus::Failed && !view.hop.reason.empty())
        lines << tr("Ended by %1: %2").arg(qs(view.hop.reason), reasonInWords(qs(view.hop.reason)));
    return lines.join(QLatin1Char('\n'));
}

QString HopCard::carriedText(const RunView& run, const HopView& view) const
{
    if (view.hop.index == 0 || run.mode() != TraceMode::Policy || !run.policy())
        return {};
    const Cascade& cascade = run.policy()->cascade;
    QStringList carried;
    if (cascade.carryRetrieval && !run.passages().empty())
        carried << (run.passages().size() == 1 ? tr("1 passage")
                                               : tr("%1 passages").arg(run.passages().size()));
    const auto before = run.hops().find(view.hop.index - 1);
    if (cascade.carryDraft && before != run.hops().end() && !before->second.hop.text.empty() &&
        before->second.hop.status == HopStatus::Escalated)
        carried << tr("the rejected draft and why");
    return carried.isEmpty() ? QString() : tr("carried over: %1").arg(carried.join(QStringLiteral(", ")));
}

QString HopCard::figuresText(const RunView& run, const HopView& view) const
{
    if (!run.trace() || view.hop.model.empty())
        return {};
    CostSum cost;
    for (const Charge& charge : run.trace()->charges) {
        if (charge.hop == view.hop.index)
            cost.add(charge.cost);
    }
    return tr("cost %1 · %2").arg(usdText(cost), msText(view.hop.totalMs));
}

HopCards::HopCards(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("hopCards"));
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(space::m);
}

void HopCards::show(const RunView& run)
{
    std::vector<const HopView*> hops;
    for (const auto& [index, view] : run.hops())
        if (view.hop.status != HopStatus::Barred)
            hops.push_back(&view);
    const bool other = hops.size() != m_cards.size();
    while (m_cards.size() > hops.size()) {
        delete m_cards.back();
        m_cards.pop_back();
    }
    while (m_cards.size() < hops.size()) {
        m_cards.push_back(new HopCard(static_cast<int>(m_cards.size()), this));
        connect(m_cards.back(), &HopCard::inspectAsked, this, &HopCards::inspectAsked);
    }
    for (std::size_t i = 0; i < hops.size(); ++i)
        m_cards[i]->show(run, *hops[i]);
    if (other)
        arrange();
}

void HopCards::arrange()
{
    const int count = static_cast<int>(m_cards.size());
    const int fit = std::max(1, (width() + space::m) / (kLeastCardWidth + space::m));
    const int columns = std::clamp(fit, 1, std::max(1, count));
    while (m_grid->count() > 0)
        delete m_grid->takeAt(0);
    for (int i = 0; i < std::max(columns, m_columns); ++i)
        m_grid->setColumnStretch(i, i < columns ? 1 : 0);
    m_columns = columns;
    for (int i = 0; i < count; ++i) {
        m_grid->addWidget(m_cards[static_cast<std::size_t>(i)], i / columns, i % columns);
        m_cards[static_cast<std::size_t>(i)]->setVisible(true);
    }
}

void HopCards::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const int fit = std::max(1, (width() + space::m) / (kLeastCardWidth + space::m));
    if (std::clamp(fit, 1, std::max<int>(1, static_cast<int>(m_cards.size()))) != m_columns)
        arrange();
}

} // namespace signalbox
