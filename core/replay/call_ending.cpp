// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/call_ending.h"

#include "cascade/gate_checks.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace signalbox {

namespace {

/// The first token and a silence are timed one right after the other: the same moment differs by less.
constexpr double kSameMomentMs = 1;

/// A limit that ends the call, or may.
struct Limit
{
    double earliestMs = 0;
    double latestMs = INFINITY;
    const char* unknown = nullptr; ///< why nobody knows whether it came; null = it did
    int trigger = -1;
    std::string reason;
    bool begun = false;
    bool toTheEnd = false;

    bool comes() const { return unknown == nullptr; }
};

class RecordedCall
{
public:
    RecordedCall(const Policy& policy, const Observation& seen, int tier, const OutcomeCell& cell)
        : m_policy(policy), m_tier(policy.tiers[static_cast<std::size_t>(tier)]), m_cell(cell),
          m_gates(gatesFor(policy, seen, tier, GatePhase::Call))
    {
    }

    /// In the order in which live timers of the same moment go off.
    std::vector<Limit> limits()
    {
        firstToken();
        bool watched = false;
        for (const int gate : m_gates) {
            if (triggerAt(gate).gate != GateKind::Stall)
                continue;
            if (!std::exchange(watched, true)) { // the first of them ends the call
                loop(gate);
                silence(gate);
            } else {
                stallOfTheWhole(gate);
            }
        }
        deadline();
        return std::move(m_limits);
    }

private:
    const Trigger& triggerAt(int index) const { return m_policy.triggers[static_cast<std::size_t>(index)]; }
    bool begunBy(double ms) const { return m_cell.ttftMs && *m_cell.ttftMs < ms; }

    void addTimeLimit(const char* reason, double ms, const char* unknown = nullptr)
    {
        Limit limit;
        limit.earliestMs = limit.latestMs = ms;
        limit.unknown = unknown;
        limit.reason = reason;
        limit.begun = begunBy(ms);
        for (const int gate : m_gates) {
            if (triggerAt(gate).gate == GateKind::Timeout) {
                limit.trigger = gate;
                limit.reason = triggerAt(gate).reasonCode();
                break;
            }
        }
        m_limits.push_back(std::move(limit));
    }

    void firstToken()
    {
        if (!m_tier.budget.firstTokenMs)
            return;
        const double limit = *m_tier.budget.firstTokenMs;
        if (m_cell.ttftMs.value_or(m_cell.generationMs) <= limit)
            return;
        // A call of a tool is a first token, too, and when it came is not recorded; of a call that failed without a word
        // none came.
        const bool mayHaveCome = !m_cell.ttftMs && (m_cell.answered || m_cell.begun);
        addTimeLimit("budget.first_token", limit, mayHaveCome ? "whatif.first_token_not_recorded" : nullptr);
    }

    void deadline()
    {
        if (m_tier.budget.deadlineMs && m_cell.generationMs > *m_tier.budget.deadlineMs)
            addTimeLimit("budget.deadline", *m_tier.budget.deadlineMs);
    }

    Limit limitOf(int gate) const
    {
        Limit limit;
        limit.trigger = gate;
        limit.reason = triggerAt(gate).reasonCode();
        return limit;
    }

    /// An answer loops somewhere between its first word and its end.
    void loop(int gate)
    {
        if (!m_cell.answered)
            return;
        static const Trigger onlyLoops; // it states no time
        if (m_cell.answer && !checkStall(onlyLoops, *m_cell.answer, std::nullopt).fires)
            return;
        Limit limit = limitOf(gate);
        limit.earliestMs = m_cell.ttftMs.value_or(0);
        limit.latestMs = m_cell.generationMs;
        limit.unknown = m_cell.answer ? nullptr : "whatif.answer_not_recorded";
        limit.begun = m_cell.ttftMs.has_value();
        m_limits.push_back(std::move(limit));
    }

    void silence(int gate)
    {
        const Trigger& trigger = triggerAt(gate);
        if (!trigger.afterMs)
            return;
        if (!m_cell.answered) {
            silenceOfAFailure(gate);
            return;
        }
        const Check check = checkStall(trigger, {}, m_cell.longestSilenceMs);
        Limit limit = limitOf(gate);
        limit.earliestMs = *trigger.afterMs;
        if (!check.known)
            limit.unknown = "whatif.stall_not_recorded";
        else if (!check.fires)
            return;
        else
            placeSilence(*trigger.afterMs, *m_cell.longestSilenceMs, limit);
        m_limits.push_back(std::move(limit));
    }

    /// How long the longest silence was is recorded, and not where it was: before the first token, or after it and early
    /// enough to be over when the answer was.
    void placeSilence(double afterMs, double longestMs, Limit& limit) const
    {
        const std::optional<double>& first = m_cell.ttftMs;
        if (first && *first >= afterMs && std::abs(longestMs - *first) <= kSameMomentMs) {
            limit.latestMs = afterMs;
            return;
        }
        if (first && *first < afterMs)
            limit.earliestMs = *first + afterMs;
        limit.latestMs = std::max(limit.earliestMs, m_cell.generationMs - longestMs + afterMs);
        limit.begun = begunBy(limit.earliestMs);
        // A model that thinks is not silent: it need not have been before its first word, which was late.
        if (limit.begun != begunBy(limit.latestMs))
            limit.unknown = "whatif.stall_not_recorded";
    }

    /// Silence is not measured of a call that fails. Where not a word came it was silent to its end.
    void silenceOfAFailure(int gate)
    {
        const double afterMs = *triggerAt(gate).afterMs;
        if (m_cell.generationMs <= afterMs)
            return;
        Limit limit = limitOf(gate);
        limit.earliestMs = limit.latestMs = afterMs;
        if (m_cell.begun)
            limit.unknown = "whatif.stall_not_recorded";
        m_limits.push_back(std::move(limit));
    }

    /// A second gate on stalls does not end the call: it is asked when the answer is there.
    void stallOfTheWhole(int gate)
    {
        if (!m_cell.answered)
            return;
        const Check check = checkStall(triggerAt(gate), m_cell.answer.value_or(""), m_cell.longestSilenceMs);
        if (m_cell.answer && check.known && !check.fires)
            return;
        Limit limit = limitOf(gate);
        limit.earliestMs = limit.latestMs = m_cell.generationMs;
        limit.toTheEnd = true;
        if (!m_cell.answer)
            limit.unknown = "whatif.answer_not_recorded";
        else if (!check.known)
            limit.unknown = "whatif.stall_not_recorded";
        m_limits.push_back(std::move(limit));
    }

    const Policy& m_policy;
    const Tier& m_tier;
    const OutcomeCell& m_cell;
    std::vector<int> m_gates;
    std::vector<Limit> m_limits;
};

/// The limit that surely came and was over soonest, or null.
const Limit* soonestOf(const std::vector<Limit>& limits)
{
    const Limit* soonest = nullptr;
    for (const Limit& limit : limits) {
        if (limit.comes() && (soonest == nullptr || limit.latestMs < soonest->latestMs))
            soonest = &limit;
    }
    return soonest;
}

/// Why another one may have come before it, or null. Silence and loops that one trigger speaks of end the call alike.
const char* doubtAbout(const Limit* soonest, const std::vector<Limit>& limits)
{
    for (const Limit& limit : limits) {
        const bool isStall = limit.earliestMs < limit.latestMs;
        const bool alike = soonest != nullptr && isStall && limit.trigger == soonest->trigger;
        if (&limit == soonest || alike || (soonest != nullptr && limit.earliestMs >= soonest->latestMs))
            continue;
        return limit.comes() ? "whatif.stall_not_recorded" : limit.unknown;
    }
    return nullptr;
}

} // namespace

CallEnding endingOf(const Policy& policy, const Observation& seen, int tier, const OutcomeCell& cell)
{
    const std::vector<Limit> limits = RecordedCall(policy, seen, tier, cell).limits();
    const Limit* first = soonestOf(limits);
    CallEnding ending;
    if (const char* doubt = doubtAbout(first, limits)) {
        ending.how = CallEnding::How::Unknown;
        ending.unknown = doubt;
    } else if (first != nullptr) {
        ending.how = CallEnding::How::Ended;
        ending.trigger = first->trigger;
        ending.reason = first->reason;
        ending.afterMs = first->latestMs;
        ending.begun = first->begun;
        ending.toTheEnd = first->toTheEnd;
    }
    return ending;
}

} // namespace signalbox
