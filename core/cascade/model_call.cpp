// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/model_call.h"

#include "base/ids.h"
#include "base/text.h"
#include "cascade/accounting.h"
#include "cascade/hop_request.h"
#include "providers/pricing.h"

#include <algorithm>

namespace signalbox {

CircuitBreaker& breakerOf(const RunScope& scope, const Model& model)
{
    return scope.context.breakers.of(scope.policy().endpoints[static_cast<std::size_t>(model.endpoint)].baseUrl);
}

ChatRequest requestTo(const RunScope& scope, const Model& model, std::vector<Message> messages, const std::string& salt)
{
    const EngineConfig& config = scope.context.config;
    ChatRequest request = requestToModel(scope.policy(), model, config.sandboxBaseUrl);
    request.messages = std::move(messages);
    request.jitterSeed = hash64(scope.inputHash + salt, config.seed);
    return request;
}

std::shared_ptr<ModelCall> ModelCall::start(std::shared_ptr<const RunScope> scope, Order order, Listener listener)
{
    const std::shared_ptr<ModelCall> call(new ModelCall(std::move(scope), std::move(order), std::move(listener)));
    call->begin();
    return call;
}

ModelCall::ModelCall(std::shared_ptr<const RunScope> scope, Order order, Listener listener)
    : m_scope(std::move(scope)), m_order(std::move(order)), m_listener(std::move(listener))
{
}

const Endpoint& ModelCall::endpoint() const
{
    return m_scope->policy().endpoints[static_cast<std::size_t>(m_order.model->endpoint)];
}

void ModelCall::begin()
{
    EngineContext& context = m_scope->context;
    ChatRequest request = std::move(m_order.request);
    ++context.inFlight[m_order.model->id];
    m_startMs = m_scope->elapsedMs();
    for (const Message& message : request.messages)
        m_input += estimateTokens(message.content);
    m_taken.tier = m_order.tier;
    m_scope->ledger->grow(m_taken, estimate());
    RetryBudget& retries = context.retryBudgets[endpoint().baseUrl]; // the engine's budgets outlive its calls
    retries.paid();
    m_permission = breakerOf(*m_scope, *m_order.model).ask(now()); // a judge is asked all the same; what came of it counts
    request.requestIdPrefix = m_scope->outline.traceId + "." + std::to_string(m_order.hop);
    request.firstRequestId = m_order.firstAttempt;

    const std::weak_ptr<ModelCall> weak = weak_from_this();
    ChatCallbacks callbacks;
    callbacks.mayRetry = [&retries] { return retries.spend(now()); };
    callbacks.onAttempt = [weak](const std::string& requestId) {
        if (const auto self = weak.lock(); self && !self->m_over)
            self->announce(requestId);
    };
    if (m_listener.onText) {
        callbacks.onText = [weak](std::string_view piece) {
            if (const auto self = weak.lock(); self && !self->m_over)
                self->heard(piece);
        };
    }
    callbacks.onAttemptFailed = [weak](const ChatAttempt& attempt, double retryInMs) {
        const auto self = weak.lock();
        if (!self || self->m_over || !self->m_listener.onAttemptFailed)
            return;
        ChatResult one;
        one.attempts = {attempt};
        self->m_listener.onAttemptFailed(
            attemptsOf(one, self->m_order.purpose, self->endpoint().id, self->m_startMs).front(), retryInMs);
    };
    callbacks.onDone = [weak](ChatResult result) {
        if (const auto self = weak.lock(); self && !self->m_over)
            self->done(std::move(result));
    };
    m_chat = ChatCall::start(context.transport, context.secrets, std::move(request), std::move(callbacks));
}

/// Whatever becomes of this process, the call is not forgotten.
void ModelCall::announce(const std::string& requestId)
{
    Charge call;
    call.kind = ChargeKind::Lost;
    call.model = m_order.model->id;
    call.hop = m_order.hop;
    call.purpose = m_order.purpose;
    call.requestId = requestId;
    if (m_order.model->price) {
        call.priceSource = m_order.model->price->source;
        call.priceAsOf = m_order.model->price->asOf;
    }
    const std::string tier =
        m_order.tier < 0 ? std::string() : m_scope->policy().tiers[static_cast<std::size_t>(m_order.tier)].id;
    m_scope->context.sink.callBegins(m_scope->outline, tier, call);
}

void ModelCall::heard(std::string_view piece)
{
    m_output.feed(piece);
    m_scope->ledger->grow(m_taken, estimate());
    m_listener.onText(piece);
}

void ModelCall::done(ChatResult result)
{
    const std::shared_ptr<ModelCall> self = shared_from_this(); // who is told may let go of it
    const std::shared_ptr<ChatCall> ending = std::move(m_chat); // stays until its callback returns
    CallRecord record = settle(result);
    const auto tell = std::move(m_listener.onDone);
    tell(std::move(result), std::move(record));
}

ModelCall::SoFar ModelCall::cancel(const std::string& why)
{
    SoFar soFar;
    if (m_over)
        return soFar;
    soFar.result = std::exchange(m_chat, nullptr)->cancel();
    if (!why.empty()) {
        soFar.result.ok = false;
        soFar.result.errorKind = why;
    }
    soFar.record = settle(soFar.result);
    return soFar;
}

RequestLedger::Running ModelCall::estimate() const
{
    RequestLedger::Running running;
    running.tier = m_order.tier;
    TokenUsage tokens;
    tokens.input = m_input;
    tokens.output = m_output.tokens();
    running.cost = costOf(tokens, m_order.model->price).value_or(0);
    running.outputTokens = *tokens.output;
    running.totalTokens = *tokens.input + *tokens.output;
    return running;
}

void ModelCall::reportHealth(const ChatResult& result)
{
    CircuitBreaker& breaker = breakerOf(*m_scope, *m_order.model);
    if (!m_permission.probe) { // each try counts; of a probe only what came in the end
        for (std::size_t i = 0; i + 1 < result.attempts.size(); ++i)
            breaker.ended(m_permission, verdictOf(result.attempts[i].errorKind), now(), false);
    }
    breaker.ended(m_permission, verdictOf(result.ok ? std::string() : result.errorKind), now());
}

CallRecord ModelCall::settle(const ChatResult& result)
{
    m_over = true;
    --m_scope->context.inFlight[m_order.model->id];
    reportHealth(result);
    CallRecord record;
    record.simulated = result.simulated;
    record.attempts = attemptsOf(result, m_order.purpose, endpoint().id, m_startMs);
    record.charges = chargesOf(result, *m_order.model, m_order.kind, m_order.purpose, m_order.hop);
    for (const ChatAttempt& attempt : result.attempts) {
        const auto billed = std::ranges::find(record.charges, attempt.requestId, &Charge::requestId);
        m_scope->context.sink.callEnded(m_scope->outline.traceId, attempt.requestId,
                                        billed == record.charges.end() ? nullptr : &*billed);
    }
    if (!record.charges.empty() && !record.charges.back().tokens.known() && m_output.tokens() > 0) {
        Charge& last = record.charges.back(); // only the last try has told anything
        last.estimated = true;
        last.tokens.input = m_input;
        last.tokens.output = m_output.tokens();
        last.estimate = costOf(last.tokens, m_order.model->price);
    }
    m_scope->ledger->end(m_taken, record.charges);
    m_taken = {};
    return record;
}

} // namespace signalbox
