// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/hop_run.h"

#include "base/ids.h"
#include "base/text.h"
#include "cascade/replica.h"
#include "judging/marker.h"
#include "providers/errors.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace signalbox {

namespace {

constexpr double kAskHourAgainMs = 100;

} // namespace

HopRun::HopRun(std::shared_ptr<const RunScope> scope, HopPlan plan, OnEnd onEnd)
    : m_scope(std::move(scope)), m_plan(std::move(plan)), m_onEnd(std::move(onEnd))
{
}

/// Of the hop's time and the request's, whichever ends first.
double HopRun::leftMs() const
{
    if (m_budget.budget.deadlineMs)
        return *m_budget.budget.deadlineMs - (elapsedMs() - m_budgetAtMs);
    return kDefaultHopDeadlineMs - (elapsedMs() - m_record.hop.startMs - m_heldMs);
}

ChatRequest HopRun::requestTo(const Model& model, std::vector<Message> messages) const
{
    return signalbox::requestTo(*m_scope, model, std::move(messages), std::to_string(m_plan.index + 1));
}

void HopRun::call(const Model& model, ChatRequest request, const std::string& purpose, CallOf of,
                  std::function<void(ChatResult)> done)
{
    const std::weak_ptr<HopRun> weak = weak_from_this();
    m_callOf = of;
    m_callStartMs = elapsedMs();
    ModelCall::Order order;
    order.model = &model;
    order.request = std::move(request);
    order.purpose = purpose;
    order.kind = of == CallOf::Draft ? ChargeKind::Model : ChargeKind::Judge;
    order.hop = m_plan.index;
    order.tier = m_plan.tier;
    order.firstAttempt = static_cast<int>(hop().attempts.size());
    ModelCall::Listener listener;
    if (of == CallOf::Draft) {
        listener.onText = [weak](std::string_view delta) {
            if (const auto self = weak.lock(); self && !self->m_ended) {
                self->heard(delta);
                self->m_scope->observer->hopText(self->m_scope->id, self->m_plan.index, delta);
            }
        };
        listener.onUnseen = [weak](std::size_t toolBytes, std::size_t /*thoughtBytes*/) {
            if (const auto self = weak.lock(); self && !self->m_ended)
                self->heardUnseen(toolBytes);
        };
    }
    listener.onAttemptFailed = [weak](const Attempt& attempt, double retryInMs) {
        if (const auto self = weak.lock(); self && !self->m_ended)
            self->m_scope->observer->attemptFailed(self->m_scope->id, self->m_plan.index, attempt, retryInMs);
    };
    listener.onDone = [weak, done = std::move(done)](ChatResult result, CallRecord record) {
        const auto self = weak.lock();
        if (!self || self->m_ended)
            return;
        self->m_call.reset();
        self->takeCall(std::move(record));
        done(std::move(result));
    };
    m_call = ModelCall::start(m_scope, std::move(order), std::move(listener));
}

void HopRun::takeCall(CallRecord record)
{
    std::ranges::move(record.attempts, std::back_inserter(hop().attempts));
    std::ranges::move(record.charges, std::back_inserter(m_record.charges));
    m_record.simulated = m_record.simulated || record.simulated;
}

void HopRun::start()
{
    const Tier& tier = policy().tiers[static_cast<std::size_t>(m_plan.tier)];
    m_gates = gatesFor(policy(), m_scope->seen, m_plan.tier, GatePhase::Answer);
    m_callGates = gatesFor(policy(), m_scope->seen, m_plan.tier, GatePhase::Call);
    if (m_plan.onlyGates)
        std::erase_if(m_gates, [&](int gate) {
            return std::ranges::find(*m_plan.onlyGates, gate) == m_plan.onlyGates->end();
        });
    chooseModel();

    Hop& h = hop();
    h.index = m_plan.index;
    h.tier = tier.id;
    h.role = m_plan.role;
    h.startMs = elapsedMs();
    h.queueMs = h.index == 0 ? m_scope->queuedMs : 0;
    m_scope->observer->hopStarted(m_scope->id, h.index, h.tier, h.model, h.startMs);
    for (const AskedGate& asked : m_plan.asked)
        record(asked.trigger,
               concluded(trigger(asked.trigger), beginGate(trigger(asked.trigger)), asked.check));
    if (m_model == nullptr || m_model->endpoint < 0) {
        m_outcome.failureReason = "cascade.no_model";
        end();
        return;
    }
    callModel();
}

/// The same request under the same seed meets the same replica, as far as load and health do not come into it.
int HopRun::choose() const
{
    const EngineContext& context = m_scope->context;
    return chooseReplica(policy(), policy().tiers[static_cast<std::size_t>(m_plan.tier)],
                         hash64(m_scope->inputHash, context.config.seed), context.inFlight,
                         [&](const Model& model) {
                             return model.endpoint < 0 || (breakerOf(*m_scope, model).wouldGrant(now()) &&
                                                           context.coolDowns.waitMs(model.id, now()) <= 0);
                         },
                         m_tried);
}

void HopRun::chooseModel()
{
    const int replica = choose();
    m_model = replica < 0 ? nullptr : &policy().models[static_cast<std::size_t>(replica)];
    hop().model = m_model != nullptr ? m_model->id : std::string();
}

/// That a replica is not available says nothing of its twin: the hop goes on there, as long as nobody has read a word.
bool HopRun::goesToTwin(const ChatResult& result)
{
    if (result.ok || !result.text.empty() || !m_failure.empty() || !isUnavailable(result.errorKind))
        return false;
    m_tried.insert(policy().modelIndex(m_model->id));
    const int twin = choose();
    if (twin < 0 || leftMs() < 1)
        return false;
    const Model& model = policy().models[static_cast<std::size_t>(twin)];
    if (model.endpoint < 0 || (!m_plan.forEvidence && !breakerOf(*m_scope, model).wouldGrant(now())))
        return false;
    hop().latencyMs += result.latencyMs;
    for (const ChatAttempt& attempt : result.attempts)
        hop().queueMs += attempt.queueMs;
    m_record.reasons.emplace_back("replica.not_available");
    m_anyText = false; // of the twin nothing has come
    m_model = &model;
    hop().model = model.id;
    m_again = true;
    callModel();
    return true;
}

void HopRun::callModelIn(double ms)
{
    const std::weak_ptr<HopRun> weak = weak_from_this();
    m_waitTimer = m_scope->context.transport.after(ms, [weak, from = elapsedMs()] {
        const auto self = weak.lock();
        if (!self || self->m_ended)
            return;
        self->m_waitTimer = 0;
        self->goOnSince(from, 0);
    });
}

/// It has waited since then; of what it was held its own time knows nothing.
void HopRun::goOnSince(double from, double heldMs)
{
    m_again = true;
    m_heldMs += heldMs;
    hop().queueMs += elapsedMs() - from;
    chooseModel();
    callModel();
}

/// Nobody waits for a request of the background lane, and a batch must not use itself up on an endpoint that is down for
/// a second: it waits, within the time that is left, where no fallback stands ready.
bool HopRun::waitsForBreaker()
{
    const Tier& tier = policy().tiers[static_cast<std::size_t>(m_plan.tier)];
    if (!m_scope->background || !tier.fallback.empty())
        return false;
    const double wait = breakerOf(*m_scope, *m_model).waitMs(now());
    if (wait > leftMs())
        return false;
    callModelIn(wait);
    return true;
}

/// A user tier that rather waits than be refused waits for others, too, which may turn out to cost less than they have
/// reserved. Its own time does not run meanwhile, the request's does.
bool HopRun::waitsForHour()
{
    const int userTier = m_scope->seen.userTier;
    if (m_outcome.failureReason != "budget.request_cost_per_hour" || userTier < 0 ||
        policy().userTiers[static_cast<std::size_t>(userTier)].overBudget != UserTier::OverBudget::Queue)
        return false;
    const std::int64_t room = m_scope->ledger->roomInMs();
    const double wait = std::max(static_cast<double>(room), kAskHourAgainMs);
    const std::optional<int> whole = requestBudget(policy(), userTier).deadlineMs;
    if (room < 0 || (whole && elapsedMs() + wait > *whole))
        return false;
    m_outcome.failureReason.clear();
    const std::weak_ptr<HopRun> weak = weak_from_this();
    const auto goOn = [weak, from = elapsedMs()] {
        if (const auto self = weak.lock(); self && !self->m_ended) {
            self->m_waitTimer = 0;
            self->goOnSince(from, self->elapsedMs() - from);
        }
    };
    if (!m_scope->standAside(wait, goOn)) // up to an hour: nobody else should wait for that
        m_waitTimer = m_scope->context.transport.after(wait, goOn);
    return true;
}

void HopRun::callModel()
{
    const Tier& tier = policy().tiers[static_cast<std::size_t>(m_plan.tier)];
    m_budgetAtMs = elapsedMs();
    if (!m_plan.forEvidence) {
        const double used = m_again ? std::max(0.0, m_budgetAtMs - hop().startMs - m_heldMs) : 0;
        m_budget = hopBudget(policy(), m_plan.tier, m_scope->seen.userTier, m_scope->ledger->spent(m_budgetAtMs), used);
        if (!m_budget.exhausted.empty()) {
            m_outcome.failureReason = m_budget.exhausted;
            end();
            return;
        }
    }

    // Evidence is gathered from an ailing endpoint, too: a cell must not fail because others did.
    if (!m_plan.forEvidence && !breakerOf(*m_scope, *m_model).wouldGrant(now())) {
        if (waitsForBreaker())
            return;
        m_outcome.failureReason = error_kind::breakerOpen;
        end();
        return;
    }

    static const std::vector<RetrievedPassage> none;
    ChatRequest request = requestTo(
        *m_model, m_plan.messages ? *m_plan.messages
                                  : conversationFor(policy(), m_plan.tier, m_scope->request.messages,
                                                    m_plan.withKnowledge ? m_scope->retrieved : none,
                                                    m_plan.draft ? &*m_plan.draft : nullptr, m_plan.promptTemplate));
    request.temperature = tier.temperature;
    request.topP = tier.topP;
    m_record.estimatedInput = 0;
    for (const Message& message : request.messages)
        m_record.estimatedInput += estimateTokens(message.content);
    if (!m_plan.forEvidence && !fitsBudget(request)) {
        if (!waitsForHour())
            end();
        return;
    }
    request.maxOutputTokens = m_plan.forEvidence ? m_model->maxOutputTokens : m_allowance;
    request.deadlineMs = m_budget.budget.deadlineMs ? *m_budget.budget.deadlineMs : std::max(1.0, leftMs());
    for (const int index : m_gates) {
        if (trigger(index).gate == GateKind::JsonSchema) {
            request.responseSchemaJson = trigger(index).schemaJson;
            request.responseSchemaName = trigger(index).id;
            break;
        }
    }
    offerTools(request);
    watch();
    call(*m_model, std::move(request), "model", CallOf::Draft,
         [this](ChatResult result) { draftCame(std::move(result)); });
}

void HopRun::takeDraft(ChatResult result)
{
    Hop& h = hop();
    h.partial = !result.ok && !result.text.empty();
    for (const ChatAttempt& attempt : result.attempts)
        h.queueMs += attempt.queueMs;
    h.text = std::move(result.text);
    h.finishReason = std::move(result.finishReason);
    h.toolCalls = std::move(result.toolCalls);
    h.tokens = result.usage;
    h.latencyMs += result.latencyMs;
    if (result.ttftMs)
        h.ttftMs = m_callStartMs - h.startMs + *result.ttftMs;
}

/// An answer of nothing but calls of tools that nobody offered is none: there is nothing to show and nothing to do.
void HopRun::refuseUnofferedCalls(ChatResult& result) const
{
    const auto offered = [this](const ToolCall& call) {
        return std::ranges::find(m_tools, call.name, &ToolSpec::name) != m_tools.end();
    };
    const auto judged = [this](int gate) { return trigger(gate).gate == GateKind::ToolCall; }; // it says what is wrong
    if (!result.ok || !trimmed(result.text).empty() || std::ranges::any_of(result.toolCalls, offered) ||
        std::ranges::any_of(m_gates, judged))
        return;
    result.ok = false;
    result.errorKind = error_kind::emptyAnswer;
    result.message = "The answer is a call of a tool that was not offered, and nothing else.";
}

void HopRun::draftCame(ChatResult result)
{
    stopTimers();
    refuseUnofferedCalls(result);
    if (goesToTwin(result))
        return;
    m_outcome.answered = result.ok || (m_keepPartial && !result.text.empty());
    m_outcome.failureReason =
        result.errorKind == error_kind::deadline ? m_budget.deadlineReason() : result.errorKind;
    m_meanLogProbability = result.meanLogProbability;
    takeDraft(std::move(result));
    m_outcome.begun = hop().partial && !m_outcome.answered;
    judgeCall();
    if (m_outcome.answered && saysMarker(hop().text, m_plan.unsureMarker)) {
        m_outcome.unsure = true;
        m_outcome.firedReason = "pool.unsure";
        end();
        return;
    }
    if (m_outcome.answered)
        nextGates();
    else
        end();
}

void HopRun::cancel()
{
    if (m_ended)
        return;
    m_ended = true;
    stopTimers();
    if (m_call) {
        ModelCall::SoFar soFar = std::exchange(m_call, nullptr)->cancel();
        takeCall(std::move(soFar.record));
        if (m_callOf == CallOf::Draft)
            takeDraft(std::move(soFar.result));
    }
    hop().totalMs = elapsedMs() - hop().startMs;
}

void HopRun::end()
{
    m_ended = true;
    hop().totalMs = elapsedMs() - hop().startMs;
    m_onEnd(*this, m_outcome);
}

} // namespace signalbox
