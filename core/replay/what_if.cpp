// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/what_if.h"

#include "base/text.h"
#include "cascade/accounting.h"
#include "cascade/conversation.h"
#include "cascade/strategy.h"
#include "judging/judge.h"
#include "judging/marker.h"
#include "policy/document.h"
#include "policy/edit.h"
#include "replay/call_ending.h"
#include "routers/run_support.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <mutex>
#include <set>
#include <utility>

namespace signalbox {

namespace {

constexpr int kSweepResamples = 200;
constexpr std::size_t kKeptObservations = 4;

using Observations = std::shared_ptr<const std::vector<Observation>>;

std::vector<std::string> tierOrderOf(const Policy& policy)
{
    std::vector<std::string> order;
    for (const Tier& tier : policy.tiers)
        order.push_back(tier.id);
    return order;
}

/// Which evidence holds for a policy: answers to other system prompts, verdicts of other judges and checks of other shapes are
/// not this policy's.
struct Validity
{
    explicit Validity(const Policy& policy) : promptVersions(policy), matchers(policy)
    {
        for (const Rubric& rubric : policy.rubrics)
            judgeVersions.push_back(judgeVersion(rubric));
        for (const Trigger& trigger : policy.triggers)
            verdictKeys.push_back(trigger.id + " " + gateVersion(policy, trigger));
        for (const Trigger& trigger : policy.triggers)
            gatesRetrieval = gatesRetrieval || trigger.gate == GateKind::Retrieval;
    }
    PromptVersions promptVersions;
    std::vector<std::string> judgeVersions; ///< by rubric
    std::vector<std::string> verdictKeys;   ///< by trigger
    GateMatchers matchers;
    bool gatesRetrieval = false; ///< a gate looks at what was retrieved
};

/// True when the policy would have given the tiers the very passages that they were given.
bool samePassages(const Retrieval& retrieval, const OutcomeRow& row)
{
    if (!retrieval.enabled)
        return row.passageScores.empty();
    if (static_cast<int>(row.passageShares.size()) > retrieval.topK || row.foundByVectors != (retrieval.model >= 0 && !row.passageShares.empty()))
        return false;
    return std::all_of(row.passageShares.begin(), row.passageShares.end(), [&](double share) { return share >= retrieval.minScore; });
}

/// Plays one row: the shared Strategy asks, recorded cells answer, each as late as it did when it was recorded.
class RowPlayer
{
public:
    RowPlayer(const Policy& policy, const Validity& validity, const OutcomeRow& row, const Observation& seen)
        : m_policy(policy), m_validity(validity), m_row(row), m_seen(seen), m_decision(decide(policy, seen)),
          m_gates(policy, validity.matchers, seen, m_decision, featuresOf(validity, row), bestPassageOf(row)),
          m_strategy(makeStrategy(policy, m_decision, seen.inputTokens, &m_gates))
    {
    }

    SimulatedRun play()
    {
        RunResult& result = m_run.result;
        result.promptId = m_row.request.id;
        result.reasons = m_decision.reasons;
        m_run.route = m_policy.routeName(m_decision.route);
        // What other passages than those of the evidence are like, nobody knows.
        if (m_validity.gatesRetrieval && (!m_row.scoresAreAbsolute || !samePassages(m_policy.retrieval, m_row))) {
            isUnknown("whatif.other_passages");
            return std::move(m_run);
        }
        follow(m_strategy->begin());
        while (m_run.complete && !m_end)
            next();
        if (m_run.complete)
            conclude();
        return std::move(m_run);
    }

private:
    /// A hop as it was recorded.
    struct Played
    {
        int hop = -1;
        int tier = -1;
        std::string role;
        HopStatus status = HopStatus::Running;
        std::string reason;
        const OutcomeCell* cell = nullptr;
        HopOutcome outcome;
        double startedMs = 0;
        double spentMs = 0; ///< until it ends, gates included
        CostSum cost;
        bool costIsEstimate = false;
        std::optional<double> quality;
        std::string qualitySource;
        std::set<std::string> judgedBy; ///< rubrics
        bool underWay = false;
    };

    void isUnknown(const char* why)
    {
        m_run.complete = false;
        if (m_run.missing.empty())
            m_run.missing = why;
    }

    Played& at(int hop)
    {
        if (m_hops.size() <= static_cast<std::size_t>(hop))
            m_hops.resize(static_cast<std::size_t>(hop) + 1);
        return m_hops[static_cast<std::size_t>(hop)];
    }

    /// Whatever comes first: a hop that ends, or the moment to be woken.
    void next()
    {
        Played* first = nullptr;
        for (Played& one : m_hops) {
            if (one.underWay && (first == nullptr || endOf(one) < endOf(*first)))
                first = &one;
        }
        if (m_wakeMs && (first == nullptr || *m_wakeMs <= endOf(*first))) {
            m_nowMs = *m_wakeMs;
            m_wakeMs.reset();
            follow(m_strategy->woken());
            return;
        }
        if (first == nullptr) {
            isUnknown("whatif.no_outcome");
            return;
        }
        m_nowMs = endOf(*first);
        first->underWay = false;
        addCost(first->cost, first->costIsEstimate);
        const std::string text = first->cell != nullptr ? first->cell->answer.value_or("") : std::string();
        const int hop = first->hop;
        const HopOutcome outcome = first->outcome;
        follow(m_strategy->ended(hop, outcome, text));
    }

    void addCost(const CostSum& cost, bool isEstimate)
    {
        m_run.result.cost.add(cost);
        m_run.costIsEstimate = m_run.costIsEstimate || (isEstimate && cost.knownParts > 0);
    }

    static double endOf(const Played& one) { return one.startedMs + one.spentMs; }

    void follow(const Moves& moves)
    {
        for (const int hop : moves.cancel)
            stop(at(hop));
        addReasons(moves.reasons);
        for (const HopVerdict& verdict : moves.verdicts) {
            at(verdict.hop).status = verdict.status;
            at(verdict.hop).reason = verdict.reason;
        }
        passOver(moves);
        if (moves.stayAsleep)
            m_wakeMs.reset();
        if (moves.wakeInMs)
            m_wakeMs = m_nowMs + *moves.wakeInMs;
        if (moves.answer)
            m_answeredMs = m_nowMs;
        if (moves.compare)
            isUnknown("whatif.comparison_not_recorded");
        if (moves.retrieve) {
            if (moves.retrieveWith >= 0 || !samePassages(m_policy.retrieval, m_row))
                isUnknown("whatif.other_passages");
            else
                follow(m_strategy->retrieved());
        }
        for (const HopStart& start : moves.start) {
            if (!m_run.complete)
                return;
            begin(start);
        }
        if (moves.end)
            m_end = moves.end;
    }

    /// A loser costs its share of the time, and at most what it cost. Live, its cost is unknown: no server says what it has
    /// used of a call that is stopped.
    void stop(Played& loser)
    {
        if (!loser.underWay)
            return;
        loser.underWay = false;
        const double share = loser.spentMs > 0 ? std::clamp((m_nowMs - loser.startedMs) / loser.spentMs, 0.0, 1.0) : 1.0;
        CostSum cost = loser.cost;
        cost.known = std::llround(static_cast<double>(cost.known) * share);
        addCost(cost, true);
    }

    const Features* featuresOf(const Validity& validity, const OutcomeRow& row)
    {
        if (!validity.matchers.needsFeatures())
            return nullptr;
        m_features = extractFeatures(row.request);
        return &m_features;
    }

    static double bestPassageOf(const OutcomeRow& row)
    {
        return row.passageScores.empty() ? 0 : *std::ranges::max_element(row.passageScores);
    }

    /// Tiers that a gate on the request kept from being asked: hops without a call.
    void passOver(const Moves& moves)
    {
        for (const TurnedAway& turned : moves.turnedAway) {
            const int hop = m_count++;
            Played& one = at(hop);
            one.hop = hop;
            one.tier = turned.tier;
            one.status = HopStatus::Escalated;
            one.reason = turned.reason;
            m_run.path += (m_run.path.empty() ? "" : " \xE2\x86\x92 ") +
                          m_policy.tiers[static_cast<std::size_t>(turned.tier)].id;
        }
    }

    /// Why a hop of this kind cannot be known from what a tier once said to the request, or null.
    const char* unknowable(const HopStart& start) const
    {
        if (start.part == HopPart::Sample && m_policy.cascade.samples > 1)
            return "whatif.not_enough_samples";
        if (start.part != HopPart::Stage)
            return nullptr;
        // A stage that is told what any tier is told: its words are the recorded ones.
        const Stage& stage = m_policy.cascade.stages[static_cast<std::size_t>(start.number)];
        const bool plain = stage.role == Stage::Role::Synthesise && stage.prompt.empty() && start.rewriteOf < 0 && start.draftOf < 0;
        return plain ? nullptr : "whatif.stage_not_recorded";
    }

    void begin(const HopStart& start)
    {
        m_count = std::max(m_count, start.hop + 1);
        const std::string& id = m_policy.tiers[static_cast<std::size_t>(start.tier)].id;
        const bool beside = std::ranges::any_of(m_hops, &Played::underWay);
        m_run.path += (m_run.path.empty() ? "" : beside ? " \xE2\x88\xA5 " : " \xE2\x86\x92 ") + id;
        if (const char* why = unknowable(start)) {
            isUnknown(why);
            return;
        }
        Played one;
        one.hop = start.hop;
        one.tier = start.tier;
        one.role = start.role();
        one.startedMs = m_nowMs;
        one.underWay = true;
        play(start, one);
        at(start.hop) = std::move(one);
    }

    struct Found
    {
        const OutcomeCell* cell = nullptr; ///< null = nobody knows what this tier would have done
        int model = -1;
    };

    /// The tiers of the evidence were all told what was found. Live, only the first is, unless it is carried upwards.
    bool isGivenThePassages(const HopStart& start) const
    {
        const bool withKnowledge = start.first || m_policy.cascade.carryRetrieval || m_row.passageShares.empty();
        return withKnowledge && samePassages(m_policy.retrieval, m_row);
    }

    Found cellOf(const Tier& tier, int promptTemplate) const
    {
        const bool told = m_row.promptVersion.empty() || m_row.promptVersion == m_validity.promptVersions.of(promptTemplate);
        if (!told)
            return {};
        for (const std::string& model : tier.modelIds) {
            const OutcomeCell* cell = OutcomeMatrix::cellOf(m_row, tier.id, model);
            if (cell != nullptr && cell->state == CellState::Known)
                return {cell, m_policy.modelIndex(model)};
        }
        return {};
    }

    /// What the tier's budget says of this cell: it fits, the tier would have refused, or nobody knows, because the answer
    /// would have been cut shorter than the recorded one.
    enum class Budgeted { Fits, Refuses, Unknown };
    Budgeted budgetOf(const Tier& tier, const OutcomeCell& cell, int model) const
    {
        if (model < 0)
            return Budgeted::Fits;
        const int input = static_cast<int>(cell.inputTokens.value_or(m_seen.inputTokens));
        const std::optional<int> allowance = outputAllowance(tier, m_policy.models[static_cast<std::size_t>(model)], input);
        if (!allowance)
            return Budgeted::Refuses;
        return *allowance > 0 && cell.outputTokens && *cell.outputTokens > *allowance ? Budgeted::Unknown : Budgeted::Fits;
    }

    /// True when this rubric was asked of this judge in these words.
    bool judgedAlike(const Trigger& trigger, const OutcomeCell& cell) const
    {
        const auto rubric = static_cast<std::size_t>(trigger.rubric);
        const auto judge = cell.judgeModels.find(trigger.rubricId);
        const bool sameJudge = judge == cell.judgeModels.end() || judge->second == m_policy.rubrics[rubric].modelId;
        const bool sameWords = m_row.judgeVersions.empty() || m_row.judgeVersions.find(m_validity.judgeVersions[rubric]) != std::string::npos;
        return sameJudge && sameWords;
    }

    void play(const HopStart& start, Played& one)
    {
        const Tier& tier = m_policy.tiers[static_cast<std::size_t>(start.tier)];
        HopOutcome& outcome = one.outcome;
        if (!isGivenThePassages(start)) {
            isUnknown("whatif.other_passages");
            return;
        }
        const auto [cell, model] = cellOf(tier, start.promptTemplate);
        if (cell == nullptr) {
            isUnknown("whatif.no_outcome");
            return;
        }
        const Budgeted budgeted = budgetOf(tier, *cell, model);
        if (budgeted == Budgeted::Unknown) {
            isUnknown("whatif.cut_shorter");
            return;
        }
        one.cell = cell;
        if (budgeted == Budgeted::Refuses) {
            outcome.failureReason = "budget.cost";
            return;
        }
        m_run.result.simulated = m_run.result.simulated || cell->simulated;
        const CallEnding ending = endingOf(m_policy, m_seen, start.tier, *cell);
        if (ending.how == CallEnding::How::Unknown) {
            isUnknown(ending.unknown);
            return;
        }
        if (ending.toTheEnd) {
            one.cost.add(cell->modelCost);
            addCarriedDraft(tier, start.draftOf, one);
        } else {
            one.cost.add(std::nullopt); // live, the stream is cut before the server says what it used
        }
        if (ending.how == CallEnding::How::Ended) {
            takeEnding(ending, one);
            return;
        }
        const double deadline = tier.budget.deadlineMs ? *tier.budget.deadlineMs : INFINITY;
        one.spentMs = cell->generationMs;
        outcome.answered = cell->answered;
        outcome.failureReason = cell->failureReason;
        outcome.begun = cell->begun;
        if (cell->answered && needsText(start) && !cell->answer) {
            isUnknown("whatif.answer_not_recorded");
            return;
        }
        if (cell->answered && saysMarker(*cell->answer, start.unsureMarker)) {
            outcome.unsure = true;
            outcome.firedReason = "pool.unsure";
        } else if (cell->answered) {
            for (const int gate : gatesFor(m_policy, m_seen, start.tier, GatePhase::Answer)) {
                if (start.gates && std::ranges::find(*start.gates, gate) == start.gates->end())
                    continue;
                if (!passes(gate, *cell, deadline, one) || !m_run.complete)
                    break;
            }
        }
        one.spentMs = std::min(one.spentMs, deadline);
    }

    bool needsText(const HopStart& start) const
    {
        const bool compared = m_policy.cascade.pattern == CascadePattern::Agreement && start.part == HopPart::Lane;
        return compared || !start.unsureMarker.empty();
    }

    /// A limit ended the call: what came of it is no answer.
    static void takeEnding(const CallEnding& ending, Played& one)
    {
        one.spentMs = ending.afterMs;
        if (ending.trigger >= 0)
            fire(ending.trigger, ending.reason, one.outcome);
        one.outcome.failureReason = ending.reason;
        one.outcome.begun = ending.begun;
    }

    const Trigger& triggerAt(int index) const { return m_policy.triggers[static_cast<std::size_t>(index)]; }

    /// All that the gate looks at is there, so that it can be asked again.
    static bool isRecorded(const Trigger& trigger, const OutcomeCell& cell)
    {
        if (trigger.gate == GateKind::LogProbability)
            return cell.logProbabilityAsked;
        if (trigger.gate == GateKind::Verifier && trigger.check == VerifierCheck::Complete)
            return !cell.finishReason.empty();
        return judgedByText(trigger) && cell.answer.has_value();
    }

    /// False when the gate fired or could not tell.
    bool passesCheck(int index, const OutcomeCell& cell, HopOutcome& outcome)
    {
        const Trigger& trigger = triggerAt(index);
        AnswerSight sight;
        if (cell.answer)
            sight.text = *cell.answer;
        sight.finishReason = cell.finishReason;
        sight.meanLogProbability = cell.meanLogProbability;
        if (isRecorded(trigger, cell)) {
            const Check check = checkAnswer(m_policy, m_validity.matchers, index, sight);
            if (check.fires || !check.known)
                fire(index, check.fires ? trigger.reasonCode() : noVerdictReason(trigger), outcome);
            return !check.fires && check.known;
        }
        const auto recorded = cell.verdicts.find(m_validity.verdictKeys[static_cast<std::size_t>(index)]);
        if (recorded == cell.verdicts.end()) {
            isUnknown("whatif.gate_not_recorded");
            return false;
        }
        if (!recorded->second)
            fire(index, trigger.reasonCode(), outcome);
        return recorded->second;
    }

    /// False when the gate fired, failed, or ran out of time.
    bool passes(int index, const OutcomeCell& cell, double deadline, Played& one)
    {
        const Trigger& trigger = triggerAt(index);
        HopOutcome& outcome = one.outcome;
        if (trigger.gate != GateKind::Judge)
            return passesCheck(index, cell, outcome);
        if (std::string barred = judgeBarred(m_policy, m_decision, trigger); !barred.empty()) {
            fire(index, std::move(barred), outcome);
            return false;
        }
        const auto score = cell.scores.find(trigger.rubricId);
        const auto error = cell.gateErrors.find(trigger.id);
        if (!judgedAlike(trigger, cell) || (score == cell.scores.end() && error == cell.gateErrors.end())) {
            isUnknown("whatif.gate_not_recorded");
            return false;
        }
        const bool judged = !one.judgedBy.insert(trigger.rubricId).second; // a rubric is paid for once
        if (const auto ms = cell.gateMs.find(trigger.rubricId); !judged && ms != cell.gateMs.end())
            one.spentMs += ms->second;
        if (one.spentMs > deadline) {
            one.cost.add(std::nullopt);
            fire(index, "budget.deadline", outcome);
            return false;
        }
        if (const auto cost = cell.gateCost.find(trigger.rubricId); !judged && cost != cell.gateCost.end())
            one.cost.add(cost->second);
        if (score == cell.scores.end()) {
            fire(index, error->second, outcome);
            return false;
        }
        if (!one.quality) {
            one.quality = qualityOfScore(score->second, trigger.of);
            one.qualitySource = "judge:" + trigger.rubricId + "@" + m_policy.rubrics[static_cast<std::size_t>(trigger.rubric)].modelId;
        }
        if (judgeFires(trigger, score->second)) {
            fire(index, trigger.reasonCode(), outcome);
            return false;
        }
        return true;
    }

    static void fire(int index, std::string reason, HopOutcome& outcome)
    {
        outcome.firedTrigger = index;
        outcome.firedReason = std::move(reason);
    }

    /// A rejected draft makes the next tier's input longer: the recorded cell was asked without it.
    void addCarriedDraft(const Tier& tier, int draftOf, Played& one)
    {
        if (!m_policy.cascade.carryDraft || draftOf < 0)
            return;
        const Played& before = at(draftOf);
        const int model = tier.models.empty() ? -1 : tier.models.front();
        if (model < 0 || before.cell == nullptr || before.reason.empty() || !before.cell->answered)
            return;
        if (before.cell->answer == "" && !m_policy.cascade.carryToolResults) // there are no words to carry
            return;
        one.costIsEstimate = true;
        const std::optional<Price>& price = m_policy.models[static_cast<std::size_t>(model)].price;
        if (!price || !price->inputPerMtok || one.cost.knownParts == 0 || !before.cell->outputTokens)
            return;
        const double tokens = estimateTokens(carriedDraftMessage({"", before.reason, "", "", {}})) +
                              static_cast<double>(*before.cell->outputTokens);
        one.cost.known += std::llround(tokens * *price->inputPerMtok * 1000);
    }

    void conclude()
    {
        RunResult& result = m_run.result;
        result.status = m_end->status;
        result.hops = m_strategy->hops();
        result.escalations = m_strategy->escalations();
        result.latencyMs = m_answeredMs.value_or(m_nowMs);
        if (m_end->status == TraceStatus::HandedOff) {
            result.tier = "human";
        } else if (m_end->acceptedHop >= 0) {
            const Played& accepted = at(m_end->acceptedHop);
            result.tier = m_policy.tiers[static_cast<std::size_t>(accepted.tier)].id;
            result.quality = accepted.quality;
            result.qualitySource = accepted.qualitySource;
        }
        std::vector<HopEnding> endings;
        for (const Played& one : m_hops)
            endings.push_back({one.role, one.status, one.reason});
        result.escalationReasons = escalationReasonsOf(endings, result.status, result.escalations);
        addSkippedTier(result);
        if (m_run.path.empty())
            m_run.path = result.tier;
    }

    void addReasons(const std::vector<std::string>& reasons)
    {
        std::vector<std::string>& all = m_run.result.reasons;
        for (const std::string& reason : reasons) {
            if (std::find(all.begin(), all.end(), reason) == all.end())
                all.push_back(reason);
        }
    }

    const Policy& m_policy;
    const Validity& m_validity;
    const OutcomeRow& m_row;
    const Observation& m_seen;
    Decision m_decision;
    Features m_features;
    RequestGates m_gates;
    std::unique_ptr<Strategy> m_strategy;
    SimulatedRun m_run;
    std::vector<Played> m_hops; ///< by their place in the trace
    int m_count = 0;
    double m_nowMs = 0;
    std::optional<double> m_wakeMs;
    std::optional<double> m_answeredMs; ///< when the user had the answer, where evidence was gathered after it
    std::optional<CascadeEnd> m_end;
};

std::string oneLine(std::string_view text)
{
    std::string out(trimmed(text));
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
}

/// Reasons of `changed` that `baseline` did not have.
std::string newReasons(const RunResult& baseline, const RunResult& changed)
{
    std::string out;
    for (const std::string& reason : changed.reasons) {
        if (std::find(baseline.reasons.begin(), baseline.reasons.end(), reason) == baseline.reasons.end())
            out += (out.empty() ? "" : ", ") + reason;
    }
    return out;
}

std::string numberText(double value)
{
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    return std::string(buffer, end.ptr);
}

} // namespace

struct WhatIf::Impl
{
    std::shared_ptr<const OutcomeMatrix> matrix;
    std::mutex mutex;
    std::vector<std::pair<std::string, Observations>> kept; ///< newest last

    Observations observe(const CompiledPolicy& policy)
    {
        {
            const std::lock_guard lock(mutex);
            for (const auto& [fingerprint, seen] : kept) {
                if (fingerprint == policy.matchingFingerprint())
                    return seen;
            }
        }
        auto made = std::make_shared<std::vector<Observation>>();
        made->reserve(matrix->rows.size());
        for (const OutcomeRow& row : matrix->rows)
            made->push_back(policy.observe(row.request, extractFeatures(row.request)));
        const std::lock_guard lock(mutex);
        kept.emplace_back(policy.matchingFingerprint(), made);
        if (kept.size() > kKeptObservations)
            kept.erase(kept.begin());
        return made;
    }
};

WhatIf::WhatIf(std::shared_ptr<const OutcomeMatrix> matrix) : m_impl(std::make_unique<Impl>()) { m_impl->matrix = std::move(matrix); }

WhatIf::~WhatIf() = default;

const OutcomeMatrix& WhatIf::matrix() const { return *m_impl->matrix; }

WhatIfResult WhatIf::simulate(const CompiledPolicy& compiled, int resamples)
{
    const Observations seen = m_impl->observe(compiled);
    const Policy& policy = compiled.policy();
    const Validity validity(policy);
    WhatIfResult out;
    if (!maySimulate(policy)) {
        out.runs.resize(m_impl->matrix->rows.size());
        for (SimulatedRun& run : out.runs)
            run.complete = false;
        out.incomplete = static_cast<int>(out.runs.size());
        return out;
    }
    out.runs.reserve(m_impl->matrix->rows.size());
    std::vector<RunResult> complete;
    for (std::size_t i = 0; i < m_impl->matrix->rows.size(); ++i) {
        out.runs.push_back(RowPlayer(policy, validity, m_impl->matrix->rows[i], (*seen)[i]).play());
        const SimulatedRun& run = out.runs.back();
        if (!run.complete) {
            ++out.incomplete;
            continue;
        }
        complete.push_back(run.result);
        out.estimatedCosts += run.costIsEstimate;
    }
    out.kpis = kpisOf(complete, tierOrderOf(policy), resamples);
    return out;
}

Difference WhatIf::compare(const WhatIfResult& baseline, const WhatIfResult& changed, int resamples) const
{
    Difference d;
    std::vector<double> quality, cost, latency, escalated;
    const std::size_t n = std::min(baseline.runs.size(), changed.runs.size());
    for (std::size_t i = 0; i < n; ++i) {
        if (!baseline.runs[i].complete || !changed.runs[i].complete)
            continue;
        const RunResult& a = baseline.runs[i].result;
        const RunResult& b = changed.runs[i].result;
        if (a.quality && b.quality)
            quality.push_back(*b.quality - *a.quality);
        if (a.cost.total() && b.cost.total())
            cost.push_back(toUsd(b.cost.known - a.cost.known));
        if (a.status == TraceStatus::Answered && b.status == TraceStatus::Answered)
            latency.push_back(b.latencyMs - a.latencyMs);
        escalated.push_back((b.escalations > 0) - (a.escalations > 0));
        if (a.tier == b.tier)
            continue;
        MovedRequest moved;
        moved.row = static_cast<int>(i);
        moved.prompt = oneLine(m_impl->matrix->rows[i].request.lastUserText());
        moved.from = a.tier;
        moved.to = b.tier;
        moved.why = newReasons(a, b);
        moved.qualityFrom = a.quality;
        moved.qualityTo = b.quality;
        moved.costFrom = a.cost.total();
        moved.costTo = b.cost.total();
        moved.costFromIsEstimate = baseline.runs[i].costIsEstimate;
        moved.costToIsEstimate = changed.runs[i].costIsEstimate;
        d.moved.push_back(std::move(moved));
    }
    d.quality = bootstrapMean(quality, resamples);
    d.costUsd = bootstrapMean(cost, resamples);
    d.latencyMs = bootstrapMean(latency, resamples);
    d.escalationRate = bootstrapMean(escalated, resamples);
    // What gets worse comes first.
    const auto change = [](const MovedRequest& m) { return m.qualityFrom && m.qualityTo ? *m.qualityTo - *m.qualityFrom : 0.0; };
    std::stable_sort(d.moved.begin(), d.moved.end(), [&](const MovedRequest& a, const MovedRequest& b) { return change(a) < change(b); });
    return d;
}

Result<std::vector<CurvePoint>> sweepSetting(WhatIf& whatIf, const std::string& policyText, const std::string& pointer,
                                             const std::vector<double>& settings, const std::function<bool()>& cancelled)
{
    std::vector<CurvePoint> curve;
    for (const double setting : settings) {
        if (cancelled && cancelled())
            break;
        const Result<std::string> text = setValue(policyText, pointer, numberText(setting));
        if (!text)
            return tl::unexpected(text.error());
        const PolicyDocumentPtr document = readPolicy(*text);
        if (!document->runnable())
            continue; // this setting is not a legal one: no point there
        if (Result<> may = maySimulate(*document->policy); !may)
            return tl::unexpected(may.error());
        const WhatIfResult result = whatIf.simulate(CompiledPolicy(document->policy), kSweepResamples);
        CurvePoint point;
        point.setting = setting;
        point.n = result.kpis.n;
        point.costUsd = result.kpis.costPerRequestUsd ? result.kpis.costPerRequestUsd->value : 0;
        point.costKnown = result.kpis.costPerRequestUsd.has_value();
        point.qualityKnown = result.kpis.quality.has_value();
        if (result.kpis.quality) {
            point.quality = result.kpis.quality->value;
            point.qualityInterval = result.kpis.quality->interval;
        }
        point.escalationRate = result.kpis.escalationRate ? result.kpis.escalationRate->value : 0;
        point.p95LatencyMs = result.kpis.p95LatencyMs ? result.kpis.p95LatencyMs->value : 0;
        curve.push_back(point);
    }
    return curve;
}

} // namespace signalbox
