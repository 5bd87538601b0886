// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/compare_cell.h"

#include "cascade/waterfall.h"
#include "ui/theme/text.h"

#include <QFormLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace signalbox {

namespace {

constexpr int kLeastText = 96;

struct Verdict
{
    QString words;
    Tone tone;
};

Verdict verdictOfHop(const HopView& view, bool allTiers)
{
    const bool fired = std::any_of(view.hop.gates.begin(), view.hop.gates.end(), [](const GateResult& gate) {
        return gate.verdict != GateVerdict::Passed;
    });
    switch (view.hop.status) {
    case HopStatus::Running:
        return {view.hop.text.empty() ? CompareCell::tr("asked") : CompareCell::tr("writing"), Tone::Info};
    case HopStatus::Accepted:
        return fired ? Verdict{allTiers ? CompareCell::tr("would be rejected")
                                        : CompareCell::tr("accepted all the same"),
                               Tone::Warn}
                     : Verdict{CompareCell::tr("accepted"), Tone::Good};
    case HopStatus::Used:
        return {CompareCell::tr("used"), Tone::Neutral};
    case HopStatus::Escalated:
        return {CompareCell::tr("rejected"), Tone::Warn};
    case HopStatus::Failed:
        return {CompareCell::tr("failed"), Tone::Bad};
    case HopStatus::Cancelled:
        return {CompareCell::tr("stopped"), Tone::Neutral};
    case HopStatus::Barred:
        return {CompareCell::tr("barred"), Tone::Neutral};
    }
    return {};
}

Verdict verdictOfRun(const RunView& run)
{
    if (run.isLive()) {
        const bool any = std::any_of(run.hops().begin(), run.hops().end(),
                                     [](const auto& hop) { return !hop.second.hop.text.empty(); });
        return {run.gathersEvidence() ? CompareCell::tr("answered; more is asked for evidence")
                : run.isEscalating() ? CompareCell::tr("escalating")
                : any              ? CompareCell::tr("writing")
                                   : CompareCell::tr("asked"),
                Tone::Info};
    }
    if (!run.trace())
        return {CompareCell::tr("not recorded"), Tone::Bad};
    switch (run.trace()->status) {
    case TraceStatus::Answered:
        return run.trace()->escalations > 0 ? Verdict{CompareCell::tr("answered after %n escalation(s)",
                                                                      nullptr, run.trace()->escalations),
                                                      Tone::Good}
                                            : Verdict{CompareCell::tr("answered"), Tone::Good};
    case TraceStatus::HandedOff:
        return {CompareCell::tr("to a person"), Tone::Neutral};
    case TraceStatus::Failed:
        return {CompareCell::tr("failed"), Tone::Bad};
    case TraceStatus::Cancelled:
        return {CompareCell::tr("stopped"), Tone::Neutral};
    }
    return {};
}

void takeCost(CompareFacts& facts, const Trace& trace, int hop)
{
    CostSum sum;
    for (const Charge& charge : trace.charges) {
        if (hop < 0 || charge.hop == hop)
            sum.add(charge.cost);
    }
    facts.costText = usdText(sum);
    if (sum.unknownParts == 0 && sum.knownParts > 0)
        facts.cost = sum.known;
}

CompareFacts factsOfTier(const RunView& run, const QString& tier)
{
    CompareFacts facts;
    facts.tier = run.tierPosition(tier);
    facts.answeredBy = tier;
    const HopView* found = nullptr;
    for (const auto& [index, view] : run.hops()) {
        if (qs(view.hop.tier) == tier)
            found = &view;
    }
    if (!found) {
        const QString barred = run.barredReason(tier);
        facts.verdict = !barred.isEmpty() ? CompareCell::tr("barred")
                        : run.isLive()    ? CompareCell::tr("waits")
                                          : CompareCell::tr("not asked");
        facts.ended = !run.isLive();
        if (!barred.isEmpty())
            facts.reasons << barred;
        return facts;
    }
    const Hop& hop = found->hop;
    const Verdict verdict = verdictOfHop(*found, true);
    facts.verdict = verdict.words;
    facts.tone = verdict.tone;
    facts.text = qs(hop.text);
    facts.ended = found->ended;
    if (!hop.model.empty())
        facts.answeredBy = QStringLiteral("%1 · %2").arg(tier, qs(hop.model));
    if (!hop.reason.empty())
        facts.reasons << qs(hop.reason);
    if (!found->ended || hop.status == HopStatus::Barred)
        return facts;
    facts.latencyMs = hop.totalMs;
    facts.firstTokenMs = hop.ttftMs;
    for (const GateResult& gate : hop.gates) {
        if (!gate.rawScore || gate.of == 0 || facts.quality)
            continue;
        facts.quality = qualityOfScore(*gate.rawScore, gate.of);
        facts.qualitySource = QStringLiteral("judge:%1@%2").arg(qs(gate.rubric), qs(gate.judgeModel));
    }
    if (run.trace())
        takeCost(facts, *run.trace(), hop.index);
    return facts;
}

} // namespace

CompareFacts compareFacts(const RunView& run, const QString& tier)
{
    if (!tier.isEmpty())
        return factsOfTier(run, tier);
    CompareFacts facts;
    const Verdict verdict = verdictOfRun(run);
    facts.verdict = verdict.words;
    facts.tone = verdict.tone;
    facts.ended = !run.isLive();
    if (!run.hops().empty()) {
        const Hop& last = run.hops().rbegin()->second.hop;
        facts.text = qs(last.text);
        facts.answeredBy = qs(last.tier);
        facts.tier = run.tierPosition(facts.answeredBy);
    }
    if (const TracePtr& trace = run.trace()) {
        if (!trace->answer.empty())
            facts.text = qs(trace->answer);
        facts.answeredBy = trace->cacheHit ? CompareCell::tr("from the cache")
                           : trace->finalTier.empty()
                               ? QString()
                               : QStringLiteral("%1 · %2").arg(qs(trace->finalTier), qs(trace->model));
        facts.tier = run.tierPosition(qs(trace->finalTier));
        facts.latencyMs = trace->latencyMs;
        facts.firstTokenMs = trace->ttftMs;
        facts.quality = trace->quality;
        facts.qualitySource = qs(trace->qualitySource);
        for (const std::string& reason : trace->reasons)
            facts.reasons << qs(reason);
        takeCost(facts, *trace, -1);
    }
    return facts;
}

CompareCell::CompareCell(int position, const QString& title, QWidget* parent) : Card(parent), m_title(title)
{
    setObjectName(QStringLiteral("compareCell%1").arg(position));
    auto* head = new QHBoxLayout;
    head->setSpacing(space::s);
    auto* name = new ElidedLabel(title, Qt::ElideRight, this);
    name->setObjectName(QStringLiteral("compareTitle%1").arg(position));
    name->setFont(Theme::font(TextSize::Normal, QFont::DemiBold));
    m_verdict = new Pill({}, Tone::Neutral, this);
    m_verdict->setObjectName(QStringLiteral("compareVerdict%1").arg(position));
    head->addWidget(name, 1);
    head->addWidget(m_verdict);
    body()->addLayout(head);
    m_by = new ElidedLabel({}, Qt::ElideRight, this);
    m_by->setObjectName(QStringLiteral("compareBy%1").arg(position));
    m_by->setFont(Theme::font(TextSize::Small));
    body()->addWidget(m_by);
    // Above the answers, so that figures stand in one line whatever length those have.
    m_figures = new QWidget(this);
    auto* grid = new QGridLayout(m_figures);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::s);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    const std::array<QString, FactCount> names{tr("cost"), tr("latency"), tr("first token"), tr("quality")};
    for (int fact = 0; fact < FactCount; ++fact) {
        auto* label = new MutedLabel(names[static_cast<std::size_t>(fact)], m_figures);
        label->setWordWrap(false);
        auto* value = new QLabel(m_figures);
        value->setObjectName(QStringLiteral("compareFact%1_%2").arg(position).arg(fact));
        value->setTextFormat(Qt::PlainText);
        value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        value->setMinimumWidth(1);
        grid->addWidget(label, fact, 0);
        grid->addWidget(value, fact, 1);
        m_lines[static_cast<std::size_t>(fact)].value = value;
    }
    body()->addWidget(m_figures);
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(QStringLiteral("compareText%1").arg(position));
    m_text->setAccessibleName(tr("Answer of %1").arg(title));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setTabChangesFocus(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setStyleSheet(QStringLiteral("QPlainTextEdit { border: none; padding: 0; }"));
    m_text->document()->setDocumentMargin(0);
    m_text->setMinimumHeight(kLeastText);
    m_text->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    body()->addWidget(m_text, 1);
    m_reasons = new QLabel(this);
    m_reasons->setObjectName(QStringLiteral("compareReasons%1").arg(position));
    m_reasons->setFont(Theme::monospace(TextSize::Small));
    m_reasons->setTextFormat(Qt::PlainText);
    m_reasons->setWordWrap(true);
    body()->addWidget(m_reasons);
}

void CompareCell::setCompact(bool compact)
{
    if (m_compact == compact)
        return;
    m_compact = compact;
    body()->setContentsMargins(space::s, space::s, space::s, space::xs);
    body()->setSpacing(space::xs);
    m_text->setMinimumHeight(compact ? 0 : kLeastText);
    m_text->setFont(Theme::font(compact ? TextSize::Small : TextSize::Normal));
    for (QWidget* part : QList<QWidget*>{m_by, m_figures, m_reasons})
        part->setVisible(!compact);
}

QString CompareCell::factText(Fact fact) const
{
    return m_lines[static_cast<std::size_t>(fact)].value->text();
}

QString CompareCell::text() const
{
    return m_text->toPlainText();
}

void CompareCell::setFact(Fact fact, const QString& value, const QString& toolTip)
{
    FactLine& line = m_lines[static_cast<std::size_t>(fact)];
    if (line.text == value)
        return;
    line.text = value;
    line.value->setText(value);
    line.value->setToolTip(toolTip);
}

void CompareCell::setBest(Fact fact, bool best)
{
    FactLine& line = m_lines[static_cast<std::size_t>(fact)];
    if (line.best == best)
        return;
    line.best = best;
    line.value->setFont(Theme::font(TextSize::Normal, best ? QFont::DemiBold : QFont::Normal));
    //: the best figure of several columns: the cheapest, the fastest, the highest quality
    line.value->setText(best ? tr("best · %1").arg(line.text) : line.text);
}

void CompareCell::append(const QString& delta)
{
    if (m_shown == 0)
        m_text->clear(); // what stands there until something is said
    m_shown += delta.size();
    m_facts.text += delta;
    QTextCursor end(m_text->document());
    end.movePosition(QTextCursor::End);
    end.insertText(delta);
    QScrollBar* bar = m_text->verticalScrollBar();
    bar->setValue(bar->maximum());
}

void CompareCell::show(const CompareFacts& facts)
{
    m_facts = facts;
    setTier(facts.tier);
    m_verdict->setText(facts.verdict);
    m_verdict->setTone(facts.tone);
    m_by->setFullText(facts.answeredBy);
    const QString shown = !facts.text.isEmpty() ? facts.text
                          : facts.ended         ? tr("No text came.")
                                                : tr("Waiting for the first token.");
    if (m_text->toPlainText() != shown) {
        m_text->setPlainText(shown);
        m_text->verticalScrollBar()->setValue(facts.ended ? 0 : m_text->verticalScrollBar()->maximum());
    }
    m_shown = facts.text.size();
    const bool known = facts.ended;
    setFact(Cost, facts.costText.isEmpty() ? QString(QChar(0x2013)) : facts.costText,
            tr("All that this answer caused: model, judges, retries."));
    setFact(Latency, facts.latencyMs ? msText(facts.latencyMs) : QString(QChar(0x2013)));
    setFact(FirstToken, facts.firstTokenMs ? msText(facts.firstTokenMs) : QString(QChar(0x2013)));
    setFact(Quality, facts.quality || known ? qualityText(facts.quality) : QString(QChar(0x2013)),
            facts.qualitySource);
    m_reasons->setText(facts.reasons.join(QLatin1Char('\n')));
    QStringList words;
    for (const QString& reason : facts.reasons)
        words << reasonInWords(reason);
    m_reasons->setToolTip(words.join(QLatin1Char('\n')));
    m_reasons->setVisible(!facts.reasons.isEmpty() && !m_compact);
    setToolTip(!m_compact || !facts.ended
                   ? QString()
                   : QStringList{facts.answeredBy, facts.costText, msText(facts.latencyMs),
                                 qualityText(facts.quality), facts.reasons.join(QStringLiteral(", "))}
                         .join(QStringLiteral(" · ")));
    setAccessibleName(QStringLiteral("%1: %2").arg(m_title, facts.verdict));
}

} // namespace signalbox
