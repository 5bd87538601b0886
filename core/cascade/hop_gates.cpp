// SPDX-License-Identifier: GPL-3.0-or-later
// The gates of a hop: what looks at its draft once it is complete, one after the other.
#include "cascade/hop_run.h"

#include "judging/judge.h"

#include <algorithm>

namespace signalbox {

namespace {

constexpr int kJudgeTries = 2; ///< a judge that answers nonsense is asked once more

std::vector<Passage> passagesOf(const std::vector<RetrievedPassage>& retrieved)
{
    std::vector<Passage> passages;
    for (const RetrievedPassage& p : retrieved)
        passages.push_back({p.documentId, p.title, p.text, p.score});
    return passages;
}

} // namespace

/// Asks gates until one has to wait for a model, or all is said.
void HopRun::nextGates()
{
    // A live run stops at the first gate that fires; evidence is gathered of them all, so that what-if knows
    // every score.
    while (m_nextGate < m_gates.size() && (m_plan.forEvidence || m_outcome.firedTrigger < 0)) {
        const int index = m_gates[m_nextGate++];
        m_scope->observer->gateStarted(m_scope->id, m_plan.index, trigger(index).id, elapsedMs());
        std::optional<GateResult> gate;
        if (trigger(index).gate == GateKind::Judge)
            gate = askJudge(index, 1, elapsedMs());
        else
            gate = checkDraft(index);
        if (!gate)
            return;
        gateEnded(index, std::move(*gate));
    }
    end();
}

void HopRun::gateEnded(int index, GateResult gate)
{
    if (gate.verdict != GateVerdict::Passed && m_outcome.firedTrigger < 0) {
        m_outcome.firedTrigger = index;
        m_outcome.firedReason = gate.reason;
    }
    hop().gates.push_back(std::move(gate));
    m_scope->observer->gateFinished(m_scope->id, m_plan.index, hop().gates.back());
}

/// A gate that decides nothing any more, or not here.
void HopRun::record(int index, GateResult gate)
{
    m_scope->observer->gateStarted(m_scope->id, m_plan.index, trigger(index).id, gate.startMs);
    hop().gates.push_back(std::move(gate));
    m_scope->observer->gateFinished(m_scope->id, m_plan.index, hop().gates.back());
}

/// Tools that a trigger waits for are offered always; those that the request brings, where a gate looks at
/// what is called.
void HopRun::offerTools(ChatRequest& request)
{
    const auto offer = [&](const std::string& id) {
        const auto tool = std::ranges::find(policy().tools, id, &Tool::id);
        if (tool != policy().tools.end() && std::ranges::find(m_tools, id, &ToolSpec::name) == m_tools.end())
            m_tools.push_back({tool->id, tool->description, tool->parametersJson});
    };
    for (const int index : m_gates) {
        const Trigger& one = trigger(index);
        request.logProbabilities = request.logProbabilities || one.gate == GateKind::LogProbability;
        if (one.gate == GateKind::SelfEscalation && !one.tool.empty())
            offer(one.tool);
        if (one.gate == GateKind::ToolCall) {
            for (const std::string& name : m_scope->request.tools)
                offer(name);
        }
    }
    request.tools = m_tools;
}

GateResult HopRun::beginGate(const Trigger& trigger)
{
    GateResult gate;
    gate.trigger = trigger.id;
    gate.gate = gateName(trigger.gate);
    gate.startMs = elapsedMs();
    return gate;
}

GateResult concluded(const Trigger& trigger, GateResult gate, Check check)
{
    gate.rawScore = check.score;
    gate.threshold = check.threshold;
    gate.explanation = std::move(check.explanation);
    if (!check.known) { // what could not be told is not taken on trust
        gate.verdict = GateVerdict::Error;
        gate.reason = noVerdictReason(trigger);
    } else if (check.fires) {
        gate.verdict = GateVerdict::Fired;
        gate.reason = trigger.reasonCode();
    }
    return gate;
}

GateResult HopRun::checkDraft(int index)
{
    GateResult gate = beginGate(trigger(index));
    gate.rubric = gateVersion(policy(), trigger(index));
    AnswerSight sight;
    sight.text = hop().text;
    sight.finishReason = hop().finishReason;
    sight.toolCalls = &hop().toolCalls;
    sight.offered = &m_tools;
    sight.brought = &m_scope->request.tools;
    sight.meanLogProbability = m_meanLogProbability;
    Check check = checkAnswer(policy(), m_scope->facts->matchers, index, sight);
    gate.latencyMs = elapsedMs() - gate.startMs;
    return concluded(trigger(index), std::move(gate), std::move(check));
}

std::optional<GateResult> HopRun::askJudge(int index, int tryNumber, double sinceMs)
{
    const Trigger& judged = trigger(index);
    const Rubric& rubric = policy().rubrics[static_cast<std::size_t>(judged.rubric)];
    const Model& judge = policy().models[static_cast<std::size_t>(rubric.model)];
    GateResult gate = beginGate(judged);
    gate.rubric = rubric.id;
    gate.judgeModel = judge.id;
    gate.threshold = judged.below;
    gate.of = rubric.of;
    gate.startMs = sinceMs;

    if (std::string barred = judgeBarred(policy(), m_scope->decision, judged); !barred.empty()) {
        gate.verdict = GateVerdict::Error;
        gate.reason = std::move(barred);
        gate.explanation = "The request may not be sent to where this judge runs.";
        return gate;
    }
    if (const GateResult* before = judgedBefore(rubric))
        return judgedAgain(judged, *before, std::move(gate));
    const double left = leftMs();
    if (left <= 0)
        return judgeTooLate(std::move(gate), "The hop's deadline was over before the judge could be asked.");
    ChatRequest request = requestTo(judge, judgeMessages(rubric, m_scope->request.lastUserText(),
                                                           passagesOf(m_scope->retrieved), hop().text));
    request.stream = false;
    request.deadlineMs = left;
    request.responseSchemaJson = m_scope->facts->judgeSchemas[static_cast<std::size_t>(judged.rubric)];
    request.responseSchemaName = rubric.id;
    if (std::optional<GateResult> gone = judgeNotAsked(judge, request, gate))
        return gone;
    call(
        judge, std::move(request), "judge:" + rubric.id, CallOf::Judge,
        [this, index, tryNumber, gate = std::move(gate)](const ChatResult& result) {
            if (std::optional<GateResult> ended = judgeAnswered(index, tryNumber, gate, result)) {
                gateEnded(index, std::move(*ended));
                nextGates();
            }
        });
    return std::nullopt;
}

/// What this draft got by the same rubric, for another trigger: its judge is paid once.
const GateResult* HopRun::judgedBefore(const Rubric& rubric) const
{
    for (const GateResult& gate : m_record.hop.gates) {
        if (gate.rubric == rubric.id && gate.rawScore && gate.verdict != GateVerdict::Error)
            return &gate;
    }
    return nullptr;
}

GateResult HopRun::judgedAgain(const Trigger& judged, const GateResult& before, GateResult gate) const
{
    gate.rawScore = before.rawScore;
    gate.explanation = before.explanation;
    gate.latencyMs = elapsedMs() - gate.startMs;
    if (judgeFires(judged, *gate.rawScore)) {
        gate.verdict = GateVerdict::Fired;
        gate.reason = judged.reasonCode();
    }
    return gate;
}

/// Why the judge is not asked now: budgets hold for it as for any model, and an ailing endpoint is left alone. Nothing =
/// it is. Evidence is gathered all the same.
std::optional<GateResult> HopRun::judgeNotAsked(const Model& judge, const ChatRequest& request, GateResult gate) const
{
    if (m_plan.forEvidence)
        return std::nullopt;
    gate.latencyMs = elapsedMs() - gate.startMs;
    gate.verdict = GateVerdict::Error;
    gate.reason = budgetAgainst(*m_scope, m_plan.tier, judge, request.messages);
    if (!gate.reason.empty()) {
        gate.explanation = "What is left of the budget does not pay for the judge.";
        return gate;
    }
    if (breakerOf(*m_scope, judge).wouldGrant(now()))
        return std::nullopt;
    gate.reason = "gate.judge_failed." + gate.rubric;
    gate.explanation = "The judge's endpoint kept failing and is left alone for now.";
    return gate;
}

/// Nothing when the judge is asked once more.
std::optional<GateResult> HopRun::judgeAnswered(int index, int tryNumber, GateResult gate,
                                                const ChatResult& result)
{
    const Trigger& judged = trigger(index);
    const Rubric& rubric = policy().rubrics[static_cast<std::size_t>(judged.rubric)];
    gate.latencyMs = elapsedMs() - gate.startMs;
    if (!result.ok && result.errorKind == "budget.deadline")
        return judgeTooLate(std::move(gate), result.message);
    const Result<JudgeVerdict> verdict = result.ok
                                             ? parseJudgeAnswer(rubric, result.text)
                                             : Result<JudgeVerdict>(fail(result.errorKind, result.message));
    if (!verdict && result.ok && tryNumber < kJudgeTries)
        return askJudge(index, tryNumber + 1, gate.startMs);
    m_record.judgeVersions.push_back(m_scope->facts->judgeVersions[static_cast<std::size_t>(judged.rubric)]);
    if (verdict) {
        gate.rawScore = verdict->score;
        gate.explanation = verdict->explanation;
        if (!verdict->evidence.empty())
            gate.explanation += (gate.explanation.empty() ? "" : " ") + ("Evidence: " + verdict->evidence);
        if (judgeFires(judged, verdict->score)) {
            gate.verdict = GateVerdict::Fired;
            gate.reason = judged.reasonCode();
        }
    } else {
        // An answer that nobody could judge is not taken on trust: it escalates like one that failed.
        gate.verdict = GateVerdict::Error;
        gate.reason = "gate.judge_failed." + rubric.id;
        gate.explanation = verdict.error().message;
    }
    return gate;
}

/// The draft stands, unjudged: it escalates like one that was rejected, and is still there when nothing
/// better comes.
GateResult HopRun::judgeTooLate(GateResult gate, std::string explanation)
{
    gate.latencyMs = elapsedMs() - gate.startMs;
    gate.verdict = GateVerdict::Error;
    gate.reason = "budget.deadline";
    gate.explanation = std::move(explanation);
    return gate;
}

} // namespace signalbox
