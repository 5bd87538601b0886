// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/embedding_call.h"

#include "base/ids.h"
#include "base/text.h"
#include "cascade/accounting.h"
#include "cascade/hop_budget.h"
#include "cascade/hop_request.h"
#include "providers/pricing.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace signalbox {

namespace {

constexpr int kEmbeddingTries = 2;

} // namespace

struct EmbeddingTask::State : std::enable_shared_from_this<EmbeddingTask::State>
{
    std::shared_ptr<const RunScope> scope;
    const Model* model = nullptr;
    What what;
    OnEnd onEnd;
    std::shared_ptr<EmbeddingsCall> call;
    RequestLedger::Running running;
    double startMs = 0;
    bool over = false;

    const Endpoint& endpoint() const
    {
        return scope->policy().endpoints[static_cast<std::size_t>(model->endpoint)];
    }

    void ask()
    {
        const EngineConfig& config = scope->context.config;
        EmbeddingsRequest request;
        request.protocol = endpoint().protocol;
        request.baseUrl = addressOf(endpoint(), config.sandboxBaseUrl);
        request.key = endpoint().key;
        request.modelName = model->name;
        request.texts = what.texts;
        request.deadlineMs = what.texts.size() > 1 ? kDocumentsDeadlineMs : kEmbeddingDeadlineMs;
        if (const auto whole = requestBudget(scope->policy(), scope->seen.userTier).deadlineMs)
            request.deadlineMs =
                std::clamp(static_cast<double>(*whole) - scope->elapsedMs(), 1.0, request.deadlineMs);
        request.maxAttempts = kEmbeddingTries;
        request.jitterSeed = hash64(scope->inputHash + what.purpose, config.seed);
        request.requestIdPrefix = scope->outline.traceId + ".e";
        request.firstRequestId = what.firstTry;
        request.onAttempt = [weak = weak_from_this()](const std::string& requestId) {
            if (const auto self = weak.lock(); self && !self->over)
                self->announce(requestId);
        };
        startMs = scope->elapsedMs();
        std::int64_t tokens = 0;
        for (const std::string& text : what.texts)
            tokens += estimateTokens(text);
        running = {-1, costOf({tokens, 0, 0, 0}, model->price).value_or(0), 0, tokens};
        scope->ledger->begin(running);
        call = EmbeddingsCall::start(scope->context.transport, scope->context.secrets, std::move(request),
                                     [weak = weak_from_this()](EmbeddingsResult result) {
                                         if (const auto self = weak.lock(); self && !self->over)
                                             self->answered(std::move(result));
                                     });
    }

    /// Whatever becomes of this process, the call is not forgotten.
    void announce(const std::string& requestId)
    {
        Charge lost;
        lost.kind = ChargeKind::Lost;
        lost.model = model->id;
        lost.purpose = what.purpose;
        lost.requestId = requestId;
        lost.estimate = running.cost;
        if (model->price) {
            lost.priceSource = model->price->source;
            lost.priceAsOf = model->price->asOf;
        }
        scope->context.sink.callBegins(scope->outline, {}, lost);
    }

    Outcome take(EmbeddingsResult result)
    {
        ChatResult asCall; // a vector is an answer without words
        asCall.attempts = std::move(result.attempts);
        Outcome outcome;
        outcome.simulated = result.simulated;
        outcome.attempts = attemptsOf(asCall, what.purpose, endpoint().id, startMs);
        outcome.charges = chargesOf(asCall, *model, ChargeKind::Embedding, what.purpose, -1);
        for (const ChatAttempt& attempt : asCall.attempts) {
            const auto billed = std::ranges::find(outcome.charges, attempt.requestId, &Charge::requestId);
            scope->context.sink.callEnded(scope->outline.traceId, attempt.requestId,
                                          billed == outcome.charges.end() ? nullptr : &*billed);
        }
        scope->ledger->end(running, outcome.charges);
        if (!result.ok || result.vectors.size() != what.texts.size())
            return outcome;
        for (std::vector<float>& vector : result.vectors)
            outcome.vectors.push_back(unitVector(std::move(vector)));
        return outcome;
    }

    void answered(EmbeddingsResult result)
    {
        over = true;
        const std::shared_ptr<EmbeddingsCall> ending = std::move(call); // stays until this callback returns
        const OnEnd tell = std::move(onEnd);
        tell(take(std::move(result)));
    }
};

EmbeddingTask::EmbeddingTask(std::shared_ptr<const RunScope> scope, What what, OnEnd onEnd)
    : m_state(std::make_shared<State>())
{
    m_state->model = &scope->policy().models[static_cast<std::size_t>(what.model)];
    m_state->scope = std::move(scope);
    m_state->what = std::move(what);
    m_state->onEnd = std::move(onEnd);
}

EmbeddingTask::~EmbeddingTask()
{
    if (m_state)
        m_state->over = true;
}

void EmbeddingTask::start()
{
    m_state->ask();
}

EmbeddingTask::Outcome EmbeddingTask::cancel()
{
    m_state->over = true;
    if (!m_state->call)
        return {};
    const std::shared_ptr<EmbeddingsCall> call = std::move(m_state->call);
    Outcome outcome = m_state->take(call->cancel());
    outcome.vectors.clear();
    return outcome;
}

std::string embedderOf(const Policy& policy, int model)
{
    const Model& of = policy.models[static_cast<std::size_t>(model)];
    return policy.endpoints[static_cast<std::size_t>(of.endpoint)].baseUrl + " " + of.name;
}

std::vector<float> unitVector(std::vector<float> vector)
{
    double squares = 0;
    for (const float value : vector)
        squares += static_cast<double>(value) * static_cast<double>(value);
    if (squares <= 0)
        return vector;
    const double length = std::sqrt(squares);
    for (float& value : vector)
        value = static_cast<float>(static_cast<double>(value) / length);
    return vector;
}

} // namespace signalbox
