// SPDX-License-Identifier: GPL-3.0-or-later
// What ends a model's call while it runs: no first token in time, silence, an answer that goes round in
// circles.
#include "cascade/hop_run.h"

#include "base/text.h"
#include "cascade/conversation.h"
#include "providers/pricing.h"

#include <algorithm>
#include <utility>

namespace signalbox {

namespace {

/// A server counts tokens in its own way; a kill switch must not end an answer that is within what it was
/// allowed.
constexpr double kEstimateMargin = 1.25;

} // namespace

/// The first gate of this kind that looks at the call, or −1.
int HopRun::firstOf(GateKind kind) const
{
    const auto found = std::ranges::find(m_callGates, kind, [&](int index) { return trigger(index).gate; });
    return found == m_callGates.end() ? -1 : *found;
}

/// Arms the limits of the call that is about to start.
void HopRun::watch()
{
    m_heardMs = elapsedMs();
    if (m_plan.forEvidence)
        return;
    const std::weak_ptr<HopRun> weak = weak_from_this();
    Transport& transport = m_scope->context.transport;
    const Budget& budget = m_budget.budget;
    if (budget.firstTokenMs) {
        m_firstTokenTimer = transport.after(*budget.firstTokenMs, [weak] {
            const auto self = weak.lock();
            if (!self || self->m_ended || self->m_anyText)
                return;
            self->m_firstTokenTimer = 0;
            self->endEarly(self->m_budget.firstTokenReason(), -1);
        });
    }
    const int stall = firstOf(GateKind::Stall);
    if (stall >= 0 && trigger(stall).afterMs)
        armSilence(*trigger(stall).afterMs);
}

void HopRun::armSilence(double ms)
{
    const std::weak_ptr<HopRun> weak = weak_from_this();
    m_silenceTimer = m_scope->context.transport.after(ms, [weak] {
        const auto self = weak.lock();
        if (!self || self->m_ended || !self->m_call)
            return;
        self->m_silenceTimer = 0;
        const int stall = self->firstOf(GateKind::Stall);
        const double limit = *self->trigger(stall).afterMs;
        const double silent = self->elapsedMs() - self->m_heardMs;
        if (silent < limit) {
            self->armSilence(limit - silent);
            return;
        }
        self->m_silenceMs = std::max(self->m_silenceMs, silent);
        self->endEarly(self->trigger(stall).reasonCode(), stall);
    });
}

/// A piece of the answer came.
void HopRun::heard(std::string_view delta)
{
    m_anyText = m_anyText || !delta.empty();
    noteActivity();
    if (m_plan.forEvidence || m_endTimer != 0)
        return;
    const int stall = firstOf(GateKind::Stall);
    if (stall >= 0 && m_loop.feed(delta))
        endSoon(trigger(stall).reasonCode(), stall);
    else
        checkLimits();
}

/// A model that calls tools, or thinks, is not silent, and what it writes is paid for.
void HopRun::heardUnseen(std::size_t toolBytes)
{
    m_anyText = m_anyText || toolBytes > 0;
    noteActivity();
    if (!m_plan.forEvidence && m_endTimer == 0)
        checkLimits();
}

void HopRun::noteActivity()
{
    const double at = elapsedMs();
    m_silenceMs = std::max(m_silenceMs, at - m_heardMs);
    m_heardMs = at;
}

void HopRun::checkLimits()
{
    if (std::string limit = limitReached(); !limit.empty())
        endSoon(std::move(limit), -1);
}

/// Not from within the call's own callback: the call would be gone when it returns.
void HopRun::endSoon(std::string failure, int by)
{
    m_failedBy = by;
    const std::weak_ptr<HopRun> weak = weak_from_this();
    m_endTimer = m_scope->context.transport.after(0, [weak, failure = std::move(failure), by] {
        const auto self = weak.lock();
        if (!self || self->m_ended || !self->m_call)
            return;
        self->m_endTimer = 0;
        self->m_keepPartial = by < 0 && self->truncates();
        self->endEarly(failure, by);
    });
}

/// The kill switches: the reason code of a limit that the running answer has gone through, or "".
std::string HopRun::limitReached() const
{
    const Budget& budget = m_budget.budget;
    const RequestLedger::Running& taken = m_call->taken();
    const auto output = static_cast<double>(taken.outputTokens);
    if (budget.maxOutputTokens && output > *budget.maxOutputTokens * kEstimateMargin + 8)
        return m_budget.outputReason();
    if (budget.maxTotalTokens &&
        static_cast<double>(taken.totalTokens) > *budget.maxTotalTokens * kEstimateMargin + 8)
        return m_budget.totalReason();
    if (budget.maxCost &&
        static_cast<double>(taken.cost) > static_cast<double>(*budget.maxCost) * kEstimateMargin)
        return m_budget.costReason();
    if (std::string limit = requestLimitReached(); !limit.empty())
        return limit;
    // What it has reserved it may have.
    return taken.cost > taken.reserved ? m_scope->ledger->hourlyLimit(m_plan.tier, 0) : std::string();
}

/// By all that is under way for the request together: lanes, samples and judges each began with all that was left.
std::string HopRun::requestLimitReached() const
{
    const Budget whole = requestBudget(policy(), m_scope->seen.userTier);
    const RequestSpent all = m_scope->ledger->spent(0);
    const auto over = [](double taken, double limit, double grace) { return taken > limit * kEstimateMargin + grace; };
    if ((whole.maxOutputTokens && over(static_cast<double>(all.outputTokens), *whole.maxOutputTokens, 8)) ||
        (whole.maxTotalTokens && over(static_cast<double>(all.totalTokens), *whole.maxTotalTokens, 8)))
        return "budget.request_tokens";
    if (whole.maxCost && over(static_cast<double>(all.cost), static_cast<double>(*whole.maxCost), 0))
        return "budget.request_cost";
    return {};
}

bool HopRun::truncates() const
{
    const int userTier = m_scope->seen.userTier;
    return userTier >= 0 && policy().userTiers[static_cast<std::size_t>(userTier)].overBudget ==
                                UserTier::OverBudget::Truncate;
}

/// Before the call: shortens the request where the user tier says so. False, with the failure, when it may
/// not go out.
bool HopRun::fitsBudget(ChatRequest& request)
{
    const auto tokensOf = [&] {
        int tokens = 0;
        for (const Message& message : request.messages)
            tokens += estimateTokens(message.content);
        return tokens;
    };
    int input = tokensOf();
    const std::optional<int> most = requestBudget(policy(), m_scope->seen.userTier).maxInputTokens;
    // Of the request, as everywhere: what is added to it is not the user's to answer for.
    if (most && m_scope->seen.inputTokens > *most) {
        if (!truncates()) {
            m_outcome.failureReason = "budget.request_input_tokens";
            return false;
        }
        shortenMessages(request.messages, m_scope->seen.inputTokens - *most);
        m_record.reasons.emplace_back("budget.truncated");
        input = tokensOf();
    }
    std::string failure;
    const std::optional<int> allowance = outputAllowance(m_budget, *m_model, input, &failure);
    if (allowance && failure.empty()) {
        TokenUsage least;
        least.input = input;
        least.output = 1;
        failure = m_scope->ledger->hourlyLimit(m_plan.tier, costOf(least, m_model->price).value_or(0),
                                               expectedCost(*m_scope, *m_model, input, *allowance));
    }
    m_outcome.failureReason = failure;
    m_allowance = allowance.value_or(0);
    return failure.empty();
}

/// Ends the call; what came of the answer, and what it cost, is kept.
void HopRun::endEarly(std::string failure, int by)
{
    const std::shared_ptr<HopRun> self = shared_from_this(); // its end may be the end of it
    m_failure = std::move(failure);
    m_failedBy = by;
    if (m_keepPartial)
        m_record.reasons = {m_failure, "budget.truncated"};
    ModelCall::SoFar soFar = std::exchange(m_call, nullptr)->cancel(m_failure);
    takeCall(std::move(soFar.record));
    draftCame(std::move(soFar.result));
}

void HopRun::stopTimers()
{
    for (TimerId* timer : {&m_waitTimer, &m_firstTokenTimer, &m_silenceTimer, &m_endTimer}) {
        if (*timer != 0)
            m_scope->context.transport.cancelTimer(*timer);
        *timer = 0;
    }
}

/// The gates on the call, once it is over: silence and loops, then the tier's time limits.
void HopRun::judgeCall()
{
    Hop& h = hop();
    const double elapsed = elapsedMs() - h.startMs - m_heldMs;
    if (m_outcome.answered)
        m_silenceMs = std::max(m_silenceMs, elapsedMs() - m_heardMs);
    const bool late = m_outcome.failureReason == m_budget.firstTokenReason() ||
                      m_outcome.failureReason == m_budget.deadlineReason();
    for (const int index : m_callGates) {
        const bool isStall = trigger(index).gate == GateKind::Stall;
        if (isStall ? !m_outcome.answered && m_failedBy < 0 : !m_outcome.answered && !late)
            continue; // the call failed for another reason; there is nothing to say
        m_scope->observer->gateStarted(m_scope->id, m_plan.index, trigger(index).id, elapsedMs());
        GateResult gate = beginGate(trigger(index));
        const Check check = isStall ? checkStall(trigger(index), h.text, m_silenceMs)
                                    : checkTimeout(policy().tiers[static_cast<std::size_t>(m_plan.tier)],
                                                   elapsed, h.ttftMs, late);
        gate.latencyMs = elapsedMs() - gate.startMs;
        gate = concluded(trigger(index), std::move(gate), check);
        const bool decides =
            !m_plan.forEvidence && gate.verdict != GateVerdict::Passed && m_outcome.firedTrigger < 0;
        if (decides) {
            m_outcome.answered = false; // what came of it is no answer
            m_outcome.failureReason = gate.reason;
        }
        gateEnded(index, std::move(gate));
        if (decides)
            return;
    }
}

} // namespace signalbox
