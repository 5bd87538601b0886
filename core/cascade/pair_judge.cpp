// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/pair_judge.h"

#include "cascade/hop_budget.h"
#include "cascade/model_call.h"
#include "judging/judge.h"
#include "providers/errors.h"

#include <algorithm>
#include <iterator>
#include <utility>

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
    int tier = -1;        ///< of the hop
    int firstAttempt = 0; ///< of the hop that is ours
    std::string answers[kOrders];
    OnEnd onEnd;
    Verdict verdict;
    std::shared_ptr<ModelCall> call;
    int nth = 0; ///< of the orders
    int tryNumber = 1;
    bool over = false;

    const Model& judge() const { return scope->policy().models[static_cast<std::size_t>(rubric->model)]; }

    /// What the request's own deadline leaves.
    double leftMs() const
    {
        const auto whole = requestBudget(scope->policy(), scope->seen.userTier).deadlineMs;
        const double most = kDefaultHopDeadlineMs;
        return whole ? std::clamp(static_cast<double>(*whole) - scope->elapsedMs(), 1.0, most) : most;
    }

    void ask()
    {
        ModelCall::Order order;
        order.model = &judge();
        order.request = requestTo(*scope, judge(),
                                  pairMessages(*rubric, scope->request.lastUserText(), answers[nth], answers[1 - nth]),
                                  "pair" + std::to_string(nth));
        order.request.stream = false;
        order.request.deadlineMs = leftMs();
        order.request.responseSchemaJson = judgeAnswerSchema(*rubric);
        order.request.responseSchemaName = rubric->id;
        order.purpose = "judge:" + rubric->id;
        order.kind = ChargeKind::Judge;
        order.hop = hop;
        order.tier = tier;
        order.firstAttempt = firstAttempt + static_cast<int>(verdict.attempts.size());
        std::string against = budgetAgainst(*scope, tier, judge(), order.request.messages);
        if (against.empty() && !breakerOf(*scope, judge()).wouldGrant(now()))
            against = error_kind::breakerOpen;
        if (!against.empty()) {
            verdict.score.reset();
            verdict.explanation = "The judge was not asked: " + against;
            end();
            return;
        }
        ModelCall::Listener listener;
        listener.onDone = [weak = weak_from_this()](const ChatResult& result, CallRecord record) {
            if (const auto self = weak.lock(); self && !self->over) {
                self->call.reset();
                self->take(std::move(record));
                self->answered(result);
            }
        };
        call = ModelCall::start(scope, std::move(order), std::move(listener));
    }

    void take(CallRecord record)
    {
        std::ranges::move(record.attempts, std::back_inserter(verdict.attempts));
        std::ranges::move(record.charges, std::back_inserter(verdict.charges));
        verdict.simulated = verdict.simulated || record.simulated;
    }

    void answered(const ChatResult& result)
    {
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
        if (++nth == kOrders)
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
    m_state->tier = m_state->scope->policy().tierIndex(hop.tier);
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
        m_state->take(std::exchange(m_state->call, nullptr)->cancel().record);
    }
    m_state->verdict.score.reset();
    return std::move(m_state->verdict);
}

} // namespace signalbox
