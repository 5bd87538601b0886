// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/pair_judge.h"

#include "base/ids.h"
#include "cascade/accounting.h"
#include "judging/judge.h"

#include <algorithm>
#include <iterator>

namespace signalbox {

namespace {

constexpr int kOrders = 2;
constexpr int kTriesPerOrder = 2; ///< a judge that answers nonsense is asked once more

} // namespace

struct PairJudge::State : std::enable_shared_from_this<PairJudge::State>
{
    std::shared_ptr<const RunScope> scope;
    const Rubric* rubric = nullptr;
    int hop = -1;
    int firstAttempt = 0; ///< of the hop that is ours
    std::string tier;
    std::string answers[kOrders];
    OnEnd onEnd;
    Verdict verdict;
    std::shared_ptr<ChatCall> call;
    double startMs = 0;
    int order = 0;
    int tryNumber = 1;
    bool over = false;

    const Model& judge() const { return scope->policy().models[static_cast<std::size_t>(rubric->model)]; }

    void ask()
    {
        const Policy& policy = scope->policy();
        const Endpoint& endpoint = policy.endpoints[static_cast<std::size_t>(judge().endpoint)];
        const EngineConfig& config = scope->context.config;
        ChatRequest request;
        request.protocol = endpoint.protocol;
        request.endpointId = endpoint.id;
        request.baseUrl = endpoint.isSandbox() ? config.sandboxBaseUrl + "/v1" : endpoint.baseUrl;
        while (!request.baseUrl.empty() && request.baseUrl.back() == '/')
            request.baseUrl.pop_back();
        request.key = endpoint.key;
        request.modelName = judge().name;
        request.messages =
            pairMessages(*rubric, scope->request.lastUserText(), answers[order], answers[1 - order]);
        request.stream = false;
        request.deadlineMs = kDefaultHopDeadlineMs;
        request.responseSchemaJson = judgeAnswerSchema(*rubric);
        request.responseSchemaName = rubric->id;
        request.jitterSeed = hash64(scope->inputHash + "pair" + std::to_string(order), config.seed);
        startMs = scope->elapsedMs();
        request.requestIdPrefix = scope->outline.traceId + "." + std::to_string(hop);
        request.firstRequestId = firstAttempt + static_cast<int>(verdict.attempts.size());
        ChatCallbacks callbacks;
        callbacks.onAttempt = [weak = weak_from_this()](const std::string& requestId) {
            if (const auto self = weak.lock(); self && !self->over)
                self->announce(requestId);
        };
        callbacks.onDone = [weak = weak_from_this()](const ChatResult& result) {
            if (const auto self = weak.lock())
                self->answered(result);
        };
        call = ChatCall::start(scope->context.transport, scope->context.secrets, std::move(request),
                               std::move(callbacks));
    }

    /// Whatever becomes of this process, the call is not forgotten.
    void announce(const std::string& requestId)
    {
        Charge lost;
        lost.kind = ChargeKind::Lost;
        lost.model = judge().id;
        lost.hop = hop;
        lost.purpose = "judge:" + rubric->id;
        lost.requestId = requestId;
        if (judge().price) {
            lost.priceSource = judge().price->source;
            lost.priceAsOf = judge().price->asOf;
        }
        scope->context.sink.callBegins(scope->outline, tier, lost);
    }

    void take(const ChatResult& result)
    {
        const std::string purpose = "judge:" + rubric->id;
        const Endpoint& endpoint = scope->policy().endpoints[static_cast<std::size_t>(judge().endpoint)];
        for (Attempt& attempt : attemptsOf(result, purpose, endpoint.id, startMs))
            verdict.attempts.push_back(std::move(attempt));
        std::vector<Charge> charges = chargesOf(result, judge(), ChargeKind::Judge, purpose, hop);
        for (const ChatAttempt& attempt : result.attempts) {
            const auto billed = std::ranges::find(charges, attempt.requestId, &Charge::requestId);
            scope->context.sink.callEnded(scope->outline.traceId, attempt.requestId,
                                          billed == charges.end() ? nullptr : &*billed);
        }
        std::ranges::move(charges, std::back_inserter(verdict.charges));
        verdict.simulated = verdict.simulated || result.simulated;
    }

    void answered(const ChatResult& result)
    {
        if (over)
            return;
        const std::shared_ptr<ChatCall> ending = std::move(call); // stays until this callback returns
        call.reset();
        take(result);
        const Result<JudgeVerdict> said = result.ok
                                              ? parseJudgeAnswer(*rubric, result.text)
                                              : Result<JudgeVerdict>(fail(result.errorKind, result.message));
        if (!said && result.ok && tryNumber++ < kTriesPerOrder) {
            ask();
            return;
        }
        tryNumber = 1;
        if (!said) {
            verdict.score.reset();
            verdict.explanation = said.error().message;
            end();
            return;
        }
        verdict.score = verdict.score ? std::min(*verdict.score, said->score) : said->score;
        verdict.explanation += (verdict.explanation.empty() ? "" : " ") + said->explanation;
        if (++order == kOrders)
            end();
        else
            ask();
    }

    void end()
    {
        over = true;
        onEnd(std::move(verdict));
    }
};

PairJudge::PairJudge(std::shared_ptr<const RunScope> scope, const Rubric& rubric, const Hop& hop,
                     std::string first, std::string second, OnEnd onEnd)
    : m_state(std::make_shared<State>())
{
    m_state->scope = std::move(scope);
    m_state->rubric = &rubric;
    m_state->hop = hop.index;
    m_state->tier = hop.tier;
    m_state->firstAttempt = static_cast<int>(hop.attempts.size());
    m_state->answers[0] = std::move(first);
    m_state->answers[1] = std::move(second);
    m_state->onEnd = std::move(onEnd);
}

PairJudge::~PairJudge()
{
    if (m_state)
        m_state->over = true;
}

void PairJudge::start()
{
    const std::shared_ptr<State> state = m_state; // its end may be the end of this
    if (state->judge().endpoint < 0) {
        state->verdict.explanation = "The judge has no endpoint.";
        state->end();
        return;
    }
    state->ask();
}

PairJudge::Verdict PairJudge::cancel()
{
    m_state->over = true;
    if (m_state->call) {
        m_state->take(m_state->call->cancel());
        m_state->call.reset();
    }
    m_state->verdict.score.reset();
    return std::move(m_state->verdict);
}

} // namespace signalbox
