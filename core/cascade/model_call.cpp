// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/model_call.h"

#include "base/ids.h"
#include "base/text.h"
#include "cascade/accounting.h"
#include "cascade/hop_budget.h"
#include "cascade/hop_request.h"
#include "providers/errors.h"
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

RequestLedger::Expected expectedCost(const RunScope& scope, const Model& model, std::int64_t inputTokens, int allowance)
{
    const ExpectedOutput& outputs = scope.context.outputs[model.id];
    TokenUsage tokens;
    tokens.input = inputTokens;
    tokens.output = outputs.tokens(allowance);
    return {costOf(tokens, model.price).value_or(0), allowance > 0 || outputs.hasSeen()};
}

std::string budgetAgainst(const RunScope& scope, int tier, const Model& model, const std::vector<Message>& messages)
{
    TokenUsage least;
    least.input = 0;
    least.output = 1;
    for (const Message& message : messages)
        *least.input += estimateTokens(message.content);
    const NanoUsd cost = costOf(least, model.price).value_or(0);
    const Budget whole = requestBudget(scope.policy(), scope.seen.userTier);
    const RequestSpent spent = scope.ledger->spent(0);
    if (whole.maxCost && spent.cost + cost > *whole.maxCost)
        return "budget.request_cost";
    if (whole.maxTotalTokens && spent.totalTokens + *least.input + 1 > *whole.maxTotalTokens)
        return "budget.request_tokens";
    return scope.ledger->hourlyLimit(tier, cost);
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
    m_expected = expectedCost(*m_scope, *m_order.model, m_input, request.maxOutputTokens).cost;
    m_reserved = std::min(m_expected, m_scope->ledger->room(m_order.tier));
    m_taken.tier = m_order.tier;
    m_scope->ledger->grow(m_taken, estimate());
    RetryBudget& retries = context.retryBudgets[endpoint().baseUrl]; // the engine's budgets outlive its calls
    retries.paid();
    m_permission = breakerOf(*m_scope, *m_order.model).ask(now()); // a judge is asked all the same; what came of it counts
    request.requestIdPrefix = m_scope->outline.traceId + "." + std::to_string(m_order.hop);
    request.firstRequestId = m_order.firstAttempt;

    const std::weak_ptr<ModelCall> weak = weak_from_this();
    ChatCallbacks callbacks;
    callbacks.mayRetry = [weak, &retries] {
        const auto self = weak.lock();
        return self && self->mayRetry(retries);
    };
    callbacks.onAttempt = [weak](const std::string& requestId) {
        if (const auto self = weak.lock(); self && !self->m_over)
            self->announce(requestId);
    };
    if (m_listener.onText) {
        callbacks.onText = [weak](std::string_view piece) {
            if (const auto self = weak.lock(); self && !self->m_over)
                self->heard(piece);
        };
        callbacks.onUnseen = [weak](std::size_t toolBytes, std::size_t thoughtBytes) {
            if (const auto self = weak.lock(); self && !self->m_over)
                self->heardUnseen(toolBytes, thoughtBytes);
        };
    }
    callbacks.onAttemptFailed = [weak](const ChatAttempt& attempt, double retryInMs) {
        if (const auto self = weak.lock(); self && !self->m_over)
            self->attemptFailed(attempt, retryInMs);
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
    call.requestId = m_requestId = requestId;
    m_noted = m_expected;
    if (m_order.model->price) {
        call.estimate = m_noted;
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
    grow();
    m_listener.onText(piece);
}

void ModelCall::grow()
{
    m_scope->ledger->grow(m_taken, estimate());
    if (m_taken.cost <= m_noted)
        return;
    m_noted = 2 * m_taken.cost; // twice as much, so that a long answer is seldom noted
    m_scope->context.sink.callGrows(m_scope->outline.traceId, m_requestId, m_noted);
}

void ModelCall::heardUnseen(std::size_t toolBytes, std::size_t thoughtBytes)
{
    m_output.feedBytes(toolBytes + thoughtBytes);
    grow();
    if (m_listener.onUnseen)
        m_listener.onUnseen(toolBytes, thoughtBytes);
}

/// A breaker that has opened meanwhile holds for retries, too; not for those of the probe, which it waits for.
bool ModelCall::mayRetry(RetryBudget& retries) const
{
    const bool held = m_permission.granted && !m_permission.probe && !breakerOf(*m_scope, *m_order.model).wouldGrant(now());
    return !held && retries.spend(now());
}

void ModelCall::attemptFailed(const ChatAttempt& attempt, double retryInMs)
{
    ++m_failedAttempts;
    m_saidIn[attempt.requestId] = m_output.tokens() - m_saidBefore;
    m_saidBefore = m_output.tokens();
    reportFailure(attempt);
    ChatResult one;
    one.attempts = {attempt};
    tellEnd(attempt, chargesOf(one, *m_order.model, m_order.kind, m_order.purpose, m_order.hop));
    if (m_listener.onAttemptFailed)
        m_listener.onAttemptFailed(attemptsOf(one, m_order.purpose, endpoint().id, m_startMs).front(), retryInMs);
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
    soFar.record = settle(soFar.result); // who was cut off says nothing of the endpoint's health, whatever for
    if (!why.empty()) {
        soFar.result.ok = false;
        soFar.result.errorKind = why;
    }
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
    running.reserved = m_reserved;
    return running;
}

/// At once, while others ask whether they may go there.
void ModelCall::reportFailure(const ChatAttempt& attempt)
{
    if (attempt.sentAgain)
        return;
    EngineContext& context = m_scope->context;
    CircuitBreaker& breaker = breakerOf(*m_scope, *m_order.model);
    if (attempt.errorKind == error_kind::unavailable && attempt.retryAfterMs)
        breaker.pause(*attempt.retryAfterMs, now()); // the whole server asks for it (RFC 9110, 10.2.3)
    if (!m_permission.probe)
        breaker.ended(m_permission, verdictOf(attempt.errorKind), now(), false);
    for (const char* ofModel : {error_kind::unauthorized, error_kind::notFound, error_kind::rateLimited}) {
        if (attempt.errorKind == ofModel)
            context.coolDowns.failed(m_order.model->id, attempt.retryAfterMs, now());
    }
}

void ModelCall::reportEnd(const ChatResult& result)
{
    using Verdict = CircuitBreaker::Verdict;
    CircuitBreaker& breaker = breakerOf(*m_scope, *m_order.model);
    if (result.ok)
        m_scope->context.coolDowns.answered(m_order.model->id);
    const Verdict verdict = result.ok              ? Verdict::Healthy
                            : m_permission.probe ? verdictOf(result.errorKind)
                                                 : Verdict::Neither; // its tries were reported one by one
    breaker.ended(m_permission, verdict, now());
}

void ModelCall::tellEnd(const ChatAttempt& attempt, const std::vector<Charge>& charges)
{
    const auto billed = std::ranges::find(charges, attempt.requestId, &Charge::requestId);
    m_scope->context.sink.callEnded(m_scope->outline.traceId, attempt.requestId,
                                    billed == charges.end() ? nullptr : &*billed);
}

/// Of a try whose server never said what it used, but said something.
void ModelCall::estimateIfUnknown(Charge& charge) const
{
    const auto ended = m_saidIn.find(charge.requestId);
    const std::int64_t said = ended != m_saidIn.end() ? ended->second : m_output.tokens() - m_saidBefore;
    if (charge.tokens.known() || said <= 0)
        return;
    charge.estimated = true;
    if (!charge.tokens.input) // what the server has said stays
        charge.tokens.input = m_input;
    charge.tokens.output = said;
    charge.estimate = costOf(charge.tokens, m_order.model->price);
}

CallRecord ModelCall::settle(const ChatResult& result)
{
    m_over = true;
    --m_scope->context.inFlight[m_order.model->id];
    reportEnd(result);
    CallRecord record;
    record.simulated = result.simulated;
    record.attempts = attemptsOf(result, m_order.purpose, endpoint().id, m_startMs);
    record.charges = chargesOf(result, *m_order.model, m_order.kind, m_order.purpose, m_order.hop);
    for (std::size_t i = m_failedAttempts; i < result.attempts.size(); ++i)
        tellEnd(result.attempts[i], record.charges);
    if (result.ok && result.usage.output)
        m_scope->context.outputs[m_order.model->id].saw(*result.usage.output + result.usage.reasoning.value_or(0));
    for (Charge& charge : record.charges)
        estimateIfUnknown(charge);
    m_scope->ledger->end(m_taken, record.charges);
    m_taken = {};
    return record;
}

} // namespace signalbox
