// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/hop_run.h"

#include "base/ids.h"
#include "base/text.h"
#include "cascade/accounting.h"
#include "cascade/replica.h"
#include "providers/errors.h"
#include "providers/pricing.h"

#include <algorithm>

namespace signalbox {

namespace {

std::string withoutTrailingSlash(std::string url)
{
    while (!url.empty() && url.back() == '/')
        url.pop_back();
    return url;
}

} // namespace

HopRun::HopRun(std::shared_ptr<const RunScope> scope, HopPlan plan, OnEnd onEnd)
    : m_scope(std::move(scope)), m_plan(std::move(plan)), m_onEnd(std::move(onEnd))
{
}

double HopRun::deadlineMs() const
{
    return m_budget.budget.deadlineMs ? *m_budget.budget.deadlineMs : kDefaultHopDeadlineMs;
}

ChatRequest HopRun::chatRequest(const Model& model, std::vector<Message> messages) const
{
    const Endpoint& endpoint = policy().endpoints[static_cast<std::size_t>(model.endpoint)];
    const EngineConfig& config = m_scope->context.config;
    ChatRequest request;
    request.protocol = endpoint.protocol;
    request.endpointId = endpoint.id;
    request.baseUrl =
        endpoint.isSandbox() ? config.sandboxBaseUrl + "/v1" : withoutTrailingSlash(endpoint.baseUrl);
    request.key = endpoint.key;
    request.modelName = model.name;
    request.messages = std::move(messages);
    request.jitterSeed = hash64(m_scope->inputHash + std::to_string(m_plan.index + 1), config.seed);
    return request;
}

void HopRun::call(const Model& model, ChatRequest request, const std::string& purpose,
                  std::function<void(ChatResult)> done, bool streamText)
{
    const std::weak_ptr<HopRun> weak = weak_from_this();
    EngineContext& context = m_scope->context;
    ++context.inFlight[model.id];
    m_callModel = &model;
    m_callPurpose = purpose;
    m_callStartMs = elapsedMs();
    m_callOutput = {};
    m_callInput = 0;
    for (const Message& message : request.messages)
        m_callInput += estimateTokens(message.content);
    m_running = {};
    m_running.tier = m_plan.tier;
    m_scope->ledger->grow(m_running, estimate());
    RetryBudget& retries =
        context.retryBudgets[policy().endpoints[static_cast<std::size_t>(model.endpoint)].baseUrl];
    retries.paid();
    m_permission = breakerOf(model).ask(now()); // a judge is asked all the same; what came of it counts
    ChatCallbacks callbacks;
    if (streamText) {
        callbacks.onText = [weak](std::string_view delta) {
            if (const auto self = weak.lock(); self && !self->m_ended) {
                self->heard(delta);
                self->m_scope->observer->hopText(self->m_scope->id, self->m_plan.index, delta);
            }
        };
    }
    request.requestIdPrefix = m_scope->outline.traceId + "." + std::to_string(m_plan.index);
    request.firstRequestId = static_cast<int>(hop().attempts.size());
    callbacks.mayRetry = [&retries] {
        return retries.spend(now());
    }; // the engine's budgets outlive its calls
    callbacks.onAttempt = [weak](const std::string& requestId) {
        if (const auto self = weak.lock(); self && !self->m_ended)
            self->announce(requestId);
    };
    callbacks.onAttemptFailed = [weak, purpose, endpoint = request.endpointId](const ChatAttempt& from,
                                                                               double retryInMs) {
        const auto self = weak.lock();
        if (!self || self->m_ended)
            return;
        ChatResult one;
        one.attempts = {from};
        self->m_scope->observer->attemptFailed(
            self->m_scope->id, self->m_plan.index,
            attemptsOf(one, purpose, endpoint, self->m_callStartMs).front(), retryInMs);
    };
    callbacks.onDone = [weak, done = std::move(done)](ChatResult result) {
        const auto self = weak.lock();
        if (!self || self->m_ended)
            return;
        --self->m_scope->context.inFlight[self->m_callModel->id];
        const std::shared_ptr<ChatCall> ending = std::move(self->m_call); // stays until this callback returns
        self->m_call.reset();
        done(std::move(result));
    };
    m_call = ChatCall::start(context.transport, context.secrets, std::move(request), std::move(callbacks));
}

/// Whatever becomes of this process, the call is not forgotten.
void HopRun::announce(const std::string& requestId)
{
    Charge call;
    call.kind = ChargeKind::Lost;
    call.model = m_callModel->id;
    call.hop = m_plan.index;
    call.purpose = m_callPurpose;
    call.requestId = requestId;
    if (m_callModel->price) {
        call.priceSource = m_callModel->price->source;
        call.priceAsOf = m_callModel->price->asOf;
    }
    m_scope->context.sink.callBegins(m_scope->outline, hop().tier, call);
}

/// By address: what stands behind one address fails together, whatever policies call it.
CircuitBreaker& HopRun::breakerOf(const Model& model) const
{
    return m_scope->context.breakers.of(policy().endpoints[static_cast<std::size_t>(model.endpoint)].baseUrl);
}

void HopRun::reportHealth(const ChatResult& result)
{
    CircuitBreaker& breaker = breakerOf(*m_callModel);
    if (!m_permission.probe) { // each try counts; of a probe only what came in the end
        for (std::size_t i = 0; i + 1 < result.attempts.size(); ++i)
            breaker.ended(m_permission, verdictOf(result.attempts[i].errorKind), now(), false);
    }
    breaker.ended(m_permission, verdictOf(result.ok ? std::string() : result.errorKind), now());
}

void HopRun::takeCall(const ChatResult& result, ChargeKind kind)
{
    reportHealth(result);
    const Endpoint& endpoint = policy().endpoints[static_cast<std::size_t>(m_callModel->endpoint)];
    for (Attempt& attempt : attemptsOf(result, m_callPurpose, endpoint.id, m_callStartMs))
        hop().attempts.push_back(std::move(attempt));
    std::vector<Charge> charges = chargesOf(result, *m_callModel, kind, m_callPurpose, m_plan.index);
    for (const ChatAttempt& attempt : result.attempts) {
        const auto billed = std::ranges::find(charges, attempt.requestId, &Charge::requestId);
        m_scope->context.sink.callEnded(m_scope->outline.traceId, attempt.requestId,
                                        billed == charges.end() ? nullptr : &*billed);
    }
    if (!charges.empty() && !charges.back().tokens.known() && m_callOutput.tokens() > 0) {
        Charge& last = charges.back(); // only the last try has told anything
        last.estimated = true;
        last.tokens.input = m_callInput;
        last.tokens.output = m_callOutput.tokens();
        last.estimate = costOf(last.tokens, m_callModel->price);
    }
    m_scope->ledger->end(m_running, charges);
    m_running = {};
    std::ranges::move(charges, std::back_inserter(m_record.charges));
    m_record.simulated = m_record.simulated || result.simulated;
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
    h.model = m_model != nullptr ? m_model->id : std::string();
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

/// The same request under the same seed meets the same replica, as far as load does not come into it.
void HopRun::chooseModel()
{
    const int replica = chooseReplica(
        policy(), policy().tiers[static_cast<std::size_t>(m_plan.tier)],
        hash64(m_scope->inputHash, m_scope->context.config.seed), m_scope->context.inFlight,
        [&](const Model& model) { return model.endpoint < 0 || breakerOf(model).wouldGrant(now()); });
    m_model = replica < 0 ? nullptr : &policy().models[static_cast<std::size_t>(replica)];
}

/// Nobody waits for a request of the background lane, and a batch must not use itself up on an endpoint that is down for
/// a second: it waits, within the hop's deadline, where no fallback stands ready.
bool HopRun::waitsForBreaker()
{
    const Tier& tier = policy().tiers[static_cast<std::size_t>(m_plan.tier)];
    if (!m_scope->background || !tier.fallback.empty())
        return false;
    const double left = tier.budget.deadlineMs.value_or(kDefaultHopDeadlineMs) - (elapsedMs() - hop().startMs);
    const double wait = breakerOf(*m_model).waitMs(now());
    if (wait > left)
        return false;
    const std::weak_ptr<HopRun> weak = weak_from_this();
    m_breakerTimer = m_scope->context.transport.after(wait, [weak, from = elapsedMs()] {
        const auto self = weak.lock();
        if (!self || self->m_ended)
            return;
        self->m_breakerTimer = 0;
        self->hop().queueMs += self->elapsedMs() - from;
        self->chooseModel();
        self->hop().model = self->m_model->id;
        self->callModel();
    });
    return true;
}

void HopRun::callModel()
{
    const Tier& tier = policy().tiers[static_cast<std::size_t>(m_plan.tier)];
    if (!m_plan.forEvidence) {
        m_budget =
            hopBudget(policy(), m_plan.tier, m_scope->seen.userTier, m_scope->ledger->spent(elapsedMs()));
        if (!m_budget.exhausted.empty()) {
            m_outcome.failureReason = m_budget.exhausted;
            end();
            return;
        }
    }

    // Evidence is gathered from an ailing endpoint, too: a cell must not fail because others did.
    if (!m_plan.forEvidence && !breakerOf(*m_model).wouldGrant(now())) {
        if (waitsForBreaker())
            return;
        m_outcome.failureReason = error_kind::breakerOpen;
        end();
        return;
    }

    static const std::vector<RetrievedPassage> none;
    ChatRequest request = chatRequest(
        *m_model, m_plan.messages ? *m_plan.messages
                                  : conversationFor(policy(), m_plan.tier, m_scope->request.messages,
                                                    m_plan.withKnowledge ? m_scope->retrieved : none,
                                                    m_plan.draft ? &*m_plan.draft : nullptr, m_plan.promptTemplate));
    request.temperature = tier.temperature;
    request.topP = tier.topP;
    for (const Message& message : request.messages)
        m_record.estimatedInput += estimateTokens(message.content);
    if (!m_plan.forEvidence && !fitsBudget(request)) {
        end();
        return;
    }
    request.maxOutputTokens = m_plan.forEvidence ? m_model->maxOutputTokens : m_allowance;
    request.deadlineMs = deadlineMs();
    for (const int index : m_gates) {
        if (trigger(index).gate == GateKind::JsonSchema) {
            request.responseSchemaJson = trigger(index).schemaJson;
            request.responseSchemaName = trigger(index).id;
            break;
        }
    }
    offerTools(request);
    watch();
    call(
        *m_model, std::move(request), "model", [this](ChatResult result) { draftCame(std::move(result)); },
        true);
}

void HopRun::takeDraft(ChatResult result)
{
    Hop& h = hop();
    h.partial = !result.ok && !result.text.empty();
    for (const ChatAttempt& attempt : result.attempts)
        h.queueMs += attempt.queueMs;
    h.text = std::move(result.text);
    h.tokens = result.usage;
    h.latencyMs = result.latencyMs;
    h.ttftMs = result.ttftMs;
}

void HopRun::draftCame(ChatResult result)
{
    stopTimers();
    takeCall(result, ChargeKind::Model);
    m_outcome.answered = result.ok || (m_keepPartial && !result.text.empty());
    m_outcome.failureReason =
        result.errorKind == error_kind::deadline ? m_budget.deadlineReason() : result.errorKind;
    m_record.cutOff = result.finishReason == "length" || result.finishReason == "content_filter";
    m_toolCalls = std::move(result.toolCalls);
    m_meanLogProbability = result.meanLogProbability;
    for (const ToolCall& call : m_toolCalls)
        m_record.toolCalls.push_back(call.name + "(" + call.argumentsJson + ")");
    takeDraft(std::move(result));
    m_outcome.begun = hop().partial && !m_outcome.answered;
    judgeCall();
    if (m_outcome.answered && !m_plan.unsureMarker.empty() && hop().text.find(m_plan.unsureMarker) != std::string::npos) {
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
        ChatResult soFar = m_call->cancel();
        m_call.reset();
        --m_scope->context.inFlight[m_callModel->id];
        const bool ofModel = m_callPurpose == "model";
        takeCall(soFar, ofModel ? ChargeKind::Model : ChargeKind::Judge);
        if (ofModel)
            takeDraft(std::move(soFar));
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
