// SPDX-License-Identifier: GPL-3.0-or-later
// What ends a model's call while it runs: no first token in time, silence, an answer that goes round in
// circles.
#include "cascade/hop_run.h"

#include <algorithm>

namespace signalbox {

namespace {

constexpr const char* kFirstTokenFailure = "budget.first_token";
constexpr const char* kDeadlineFailure = "budget.deadline";

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
    const Budget& budget = policy().tiers[static_cast<std::size_t>(m_plan.tier)].budget;
    if (budget.firstTokenMs) {
        m_firstTokenTimer = transport.after(*budget.firstTokenMs, [weak] {
            const auto self = weak.lock();
            if (!self || self->m_ended || self->m_anyText)
                return;
            self->m_firstTokenTimer = 0;
            self->endEarly(kFirstTokenFailure, -1);
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
    const double at = elapsedMs();
    m_silenceMs = std::max(m_silenceMs, at - m_heardMs);
    m_heardMs = at;
    const int stall = m_plan.forEvidence ? -1 : firstOf(GateKind::Stall);
    if (stall < 0 || m_failedBy >= 0 || !m_loop.feed(delta))
        return;
    // Not from within the call's own callback: the call would be gone when it returns.
    m_failedBy = stall;
    const std::weak_ptr<HopRun> weak = weak_from_this();
    m_endTimer = m_scope->context.transport.after(0, [weak, stall] {
        const auto self = weak.lock();
        if (!self || self->m_ended || !self->m_call)
            return;
        self->m_endTimer = 0;
        self->endEarly(self->trigger(stall).reasonCode(), stall);
    });
}

/// Ends the call; what came of the answer, and what it cost, is kept.
void HopRun::endEarly(std::string failure, int by)
{
    const std::shared_ptr<HopRun> self = shared_from_this(); // its end may be the end of it
    m_failure = std::move(failure);
    m_failedBy = by;
    ChatResult soFar = m_call->cancel();
    m_call.reset();
    --m_scope->context.inFlight[m_callModel->id];
    soFar.ok = false;
    soFar.errorKind = m_failure;
    draftCame(std::move(soFar));
}

void HopRun::stopTimers()
{
    for (TimerId* timer : {&m_firstTokenTimer, &m_silenceTimer, &m_endTimer}) {
        if (*timer != 0)
            m_scope->context.transport.cancelTimer(*timer);
        *timer = 0;
    }
}

/// The gates on the call, once it is over: silence and loops, then the tier's time limits.
void HopRun::judgeCall()
{
    Hop& h = hop();
    const double elapsed = elapsedMs() - m_callStartMs;
    if (m_outcome.answered)
        m_silenceMs = std::max(m_silenceMs, elapsedMs() - m_heardMs);
    const bool late =
        m_outcome.failureReason == kFirstTokenFailure || m_outcome.failureReason == kDeadlineFailure;
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
