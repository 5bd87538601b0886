// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/lanes.h"

#include "ui/theme/text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace signalbox {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Lanes)
};

QString scoreText(double score)
{
    return QString::number(score, 'f', 1);
}

Segment segment(SegmentKind kind, double start, std::optional<double> end, const QString& label,
                const QString& explanation)
{
    return {kind, start, end ? std::optional(std::max(start, *end)) : std::nullopt, label, explanation};
}

void addFailed(std::vector<Segment>& segments, const Attempt& attempt)
{
    const bool stopped = attempt.errorKind == "cancelled";
    segments.push_back(segment(SegmentKind::TryFailed, attempt.startMs, attempt.startMs + attempt.totalMs,
                               stopped                  ? Texts::tr("stopped")
                               : attempt.httpStatus > 0 ? QString::number(attempt.httpStatus)
                                                        : Texts::tr("failed"),
                               Texts::tr("Try %1 at %2: %3 after %4. %5")
                                   .arg(QString::number(attempt.number), qs(attempt.endpoint),
                                        failureText(attempt), msText(attempt.totalMs), qs(attempt.message))
                                   .trimmed()));
}

void addGap(std::vector<Segment>& segments, double from, double to, bool retry)
{
    if (to - from < 0.5)
        return;
    segments.push_back(
        retry
            ? segment(SegmentKind::RetryWait, from, to, Texts::tr("waits"),
                      Texts::tr("Waits %1 before it asks again.").arg(msText(to - from)))
            : segment(
                  SegmentKind::Queue, from, to, Texts::tr("queue"),
                  Texts::tr("%1 until the request was sent: queue and connection.").arg(msText(to - from))));
}

void addGenerating(std::vector<Segment>& segments, double asked, std::optional<double> firstToken,
                   std::optional<double> end)
{
    const auto first = firstToken ? firstToken : end;
    segments.push_back(segment(SegmentKind::FirstToken, asked, first, Texts::tr("first token"),
                               first ? Texts::tr("%1 until the first token.").arg(msText(*first - asked))
                                     : Texts::tr("Asked; nothing said yet.")));
    if (firstToken)
        segments.push_back(
            segment(SegmentKind::Generate, *firstToken, end, Texts::tr("generate"),
                    end ? Texts::tr("%1 from the first token to the last.").arg(msText(*end - *firstToken))
                        : Texts::tr("The answer is being written.")));
}

/// What the attempts of a hop's model say; returns the time at which the last one ended.
double addAttempts(std::vector<Segment>& segments, const HopView& view, bool* answered)
{
    double cursor = view.hop.startMs;
    bool failedBefore = false;
    for (const Attempt& attempt : view.hop.attempts) {
        if (attempt.purpose != "model")
            continue;
        if (!attempt.errorKind.empty()) {
            addGap(segments, cursor, attempt.startMs, failedBefore);
            addFailed(segments, attempt);
            failedBefore = true;
        } else {
            const double sent = attempt.startMs + attempt.connectMs;
            if (failedBefore) {
                addGap(segments, cursor, attempt.startMs, true);
                addGap(segments, attempt.startMs, sent, false);
            } else {
                addGap(segments, cursor, sent, false);
            }
            const double end = attempt.startMs + attempt.totalMs;
            addGenerating(segments, sent,
                          attempt.ttftMs ? std::optional(attempt.startMs + *attempt.ttftMs) : std::nullopt,
                          end);
            *answered = true;
        }
        cursor = attempt.startMs + attempt.totalMs;
    }
    return cursor;
}

void addGates(std::vector<Segment>& segments, const HopView& view)
{
    for (const GateResult& gate : view.hop.gates) {
        const QString what =
            gate.gate == "judge"         ? Texts::tr("%1 judges %2").arg(qs(gate.judgeModel), qs(gate.rubric))
            : gate.gate == "json_schema" ? Texts::tr("The shape is checked by %1").arg(qs(gate.trigger))
                                         : qs(gate.trigger) + QStringLiteral(": ") + qs(gate.explanation);
        QString result;
        QString label;
        if (gate.rawScore && gate.of == 0 && gate.verdict != GateVerdict::Error) {
            label = QString::number(*gate.rawScore, 'g', 4);
            result = label;
        } else if (gate.rawScore) {
            label = scoreText(*gate.rawScore);
            result = gate.threshold ? Texts::tr("%1 of %2, threshold %3")
                                          .arg(label, QString::number(gate.of), scoreText(*gate.threshold))
                                    : Texts::tr("%1 of %2").arg(label, QString::number(gate.of));
        } else if (gate.verdict == GateVerdict::Passed) {
            label = Texts::tr("fits");
            result = Texts::tr("it fits");
        } else if (gate.verdict == GateVerdict::Fired) {
            label = Texts::tr("misfit");
            result = Texts::tr("it does not fit");
        } else {
            label = Texts::tr("error");
            result = reasonInWords(qs(gate.reason));
        }
        const SegmentKind kind = gate.verdict == GateVerdict::Passed  ? SegmentKind::GatePassed
                                 : gate.verdict == GateVerdict::Fired ? SegmentKind::GateFired
                                                                      : SegmentKind::GateError;
        segments.push_back(segment(kind, gate.startMs, gate.startMs + gate.latencyMs, label,
                                   Texts::tr("%1: %2, in %3. %4")
                                       .arg(what, result, msText(gate.latencyMs), qs(gate.explanation))
                                       .trimmed()));
    }
    if (view.pendingGate)
        segments.push_back(segment(SegmentKind::GateRunning, view.pendingGate->startMs, std::nullopt,
                                   Texts::tr("judging"),
                                   Texts::tr("The draft is checked by %1.").arg(view.pendingGate->trigger)));
}

void addHop(std::vector<Segment>& segments, const HopView& view, double nowMs)
{
    bool answered = false;
    double cursor = addAttempts(segments, view, &answered);
    if (!view.ended && !answered) {
        if (!view.retryMs.empty()) {
            const double until = cursor + view.retryMs.rbegin()->second;
            addGap(segments, cursor, std::min(until, nowMs), true);
            cursor = until;
        }
        std::optional<double> end;
        if (view.pendingGate)
            end = view.pendingGate->startMs;
        else if (!view.hop.gates.empty())
            end = view.hop.gates.front().startMs;
        if (cursor <= nowMs)
            addGenerating(segments, cursor, view.firstTextMs, end);
    } else if (view.ended && view.hop.attempts.empty() && view.hop.latencyMs > 0) {
        // A trace without its tries still knows how long it took.
        addGenerating(segments, cursor,
                      view.hop.ttftMs ? std::optional(view.hop.startMs + *view.hop.ttftMs) : std::nullopt,
                      view.hop.startMs + view.hop.latencyMs);
    }
    addGates(segments, view);
    if (view.ended && view.hop.status == HopStatus::Cancelled) {
        const double end = view.hop.startMs + view.hop.totalMs;
        segments.push_back(segment(
            SegmentKind::Cancelled, end, end, {},
            Texts::tr("%1 was cancelled after %2: %3. What it cost until then is counted.")
                .arg(qs(view.hop.model), msText(view.hop.totalMs), reasonInWords(qs(view.hop.reason)))));
    }
}

Lane decideLane(const RunView& run)
{
    Lane lane;
    lane.name = Texts::tr("decide");
    if (!run.decision())
        return lane;
    const Decision& decision = *run.decision();
    QStringList parts{microsText(decision.nanos)};
    if (!decision.ruleId.empty())
        parts << Texts::tr("rule %1").arg(qs(decision.ruleId));
    else if (decision.confidence)
        parts << QStringLiteral("%1 %2").arg(qs(decision.router),
                                             QString::number(*decision.confidence, 'f', 2));
    else
        parts << qs(decision.router);
    parts << (decision.route.isHuman() ? Texts::tr("to a person")
                                       : Texts::tr("to %1").arg(qs(run.policy()->routeName(decision.route))));
    lane.note = parts.join(QStringLiteral(" · "));
    lane.segments.push_back(segment(SegmentKind::Decide, 0, static_cast<double>(decision.nanos) / 1e6, {},
                                    Texts::tr("Features, rules and router: %1.").arg(lane.note)));
    return lane;
}

} // namespace

QString failureText(const Attempt& attempt)
{
    if (attempt.httpStatus > 0 && attempt.httpStatus != 200)
        return Texts::tr("HTTP %1").arg(attempt.httpStatus);
    return reasonInWords(qs(attempt.errorKind));
}

std::vector<Lane> lanesOf(const RunView& run)
{
    std::vector<Lane> lanes;
    lanes.push_back(decideLane(run));
    for (int i = 0; i < run.tiers().size(); ++i) {
        const QString& tier = run.tiers().at(i);
        Lane first;
        first.name = tier;
        first.tier = i;
        std::vector<Lane> own{first};
        std::vector<double> until{-1}; // when each of them is free again
        for (const auto& [index, view] : run.hops()) {
            if (qs(view.hop.tier) != tier || view.hop.status == HopStatus::Barred)
                continue;
            // The first that is free; the hop's end is rounded, so a hair of overlap is none.
            std::size_t at = 0;
            while (at < own.size() && until[at] > view.hop.startMs + 0.01)
                ++at;
            if (at == own.size()) {
                Lane more = first;
                more.further = true;
                own.push_back(more);
                until.push_back(-1);
            }
            addHop(own[at].segments, view, run.nowMs());
            until[at] = view.ended ? view.hop.startMs + view.hop.totalMs : run.nowMs();
            if (view.ended && view.hop.status == HopStatus::Cancelled)
                own[at].note = Texts::tr("cancelled");
        }
        Lane& lane = own.front();
        if (const QString reason = run.barredReason(tier); !reason.isEmpty()) {
            lane.barred = true;
            lane.note = Texts::tr("barred · %1").arg(reason);
        } else if (lane.segments.empty() && run.state() != RunView::State::None && !run.isLive()) {
            lane.note = Texts::tr("not needed");
        }
        for (Lane& one : own)
            lanes.push_back(std::move(one));
    }
    return lanes;
}

QString inWords(const std::vector<Lane>& lanes)
{
    QStringList sentences;
    for (const Lane& lane : lanes) {
        QStringList parts;
        if (!lane.note.isEmpty())
            parts << lane.note;
        if (lane.tier >= 0)
            for (const Segment& part : lane.segments)
                parts << (part.endMs
                              ? Texts::tr("%1 for %2").arg(part.label, msText(*part.endMs - part.startMs))
                              : Texts::tr("%1, running").arg(part.label));
        if (!parts.isEmpty())
            sentences << QStringLiteral("%1: %2.").arg(lane.name, parts.join(QStringLiteral(", ")));
    }
    return sentences.join(QLatin1Char(' '));
}

} // namespace signalbox
