// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/run.h"

#include "base/ids.h"
#include "base/text.h"
#include "cascade/accounting.h"
#include "cascade/conversation.h"
#include "judging/json_shape.h"
#include "judging/judge.h"
#include "routers/run_support.h"

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

std::string withoutTrailingSlash(std::string url)
{
    while (!url.empty() && url.back() == '/')
        url.pop_back();
    return url;
}

} // namespace

PolicyFacts::PolicyFacts(CompiledPolicyPtr compiled) : policy(std::move(compiled)), promptVersions(policy->policy()), runnable(mayRun(policy->policy()).has_value())
{
    for (const Rubric& rubric : policy->policy().rubrics) {
        judgeVersions.push_back(judgeVersion(rubric));
        judgeSchemas.push_back(judgeAnswerSchema(rubric));
    }
}

std::shared_ptr<const PolicyFacts> EngineContext::factsOf(const CompiledPolicyPtr& policy)
{
    if (!facts || facts->policy != policy)
        facts = std::make_shared<const PolicyFacts>(policy);
    return facts;
}

Run::Run(EngineContext& context, RunId id, CompiledPolicyPtr policy, Request request, RunOptions options,
         std::shared_ptr<RunObserver> observer, OnEnd onEnd)
    : m_context(context), m_id(id), m_facts(context.factsOf(policy)), m_request(std::move(request)), m_options(std::move(options)),
      m_observer(std::move(observer)), m_onEnd(std::move(onEnd)), m_trace(std::make_shared<Trace>())
{
}

void Run::begin()
{
    m_begin = now();
    Trace& trace = *m_trace;
    trace.id = newId();
    trace.dataset = m_options.dataset;
    trace.promptId = m_request.id;
    trace.startedAtMs = wallClockMs();
    trace.mode = m_options.mode;
    trace.policyName = policy().name;
    trace.policyHash = policy().contentHash;
    trace.inputHash = m_request.inputHash();
    trace.messages = m_request.messages;
    trace.metadata = m_request.metadata;
    trace.attachments = m_request.attachments;
    trace.headers = m_request.headers;
    trace.tools = m_request.tools;
    trace.receivedAtMs = m_request.receivedAtMs;
    if (m_request.receivedAtMs == 0)
        m_request.receivedAtMs = trace.startedAtMs; // what-if decides it again at this time of day

    if (!m_facts->runnable) { // whoever starts runs asks before; nothing is ever run without a part of its policy
        addReasons({"policy.not_runnable_yet"});
        finish(TraceStatus::Failed, -1);
        return;
    }
    decideRoute();
    if (!m_decision.route.isHuman())
        retrieve();
    m_waterfall.emplace(policy(), m_decision, m_seen.inputTokens);
    if (m_options.mode == TraceMode::Policy || m_decision.route.isHuman()) {
        follow(m_waterfall->first());
        return;
    }
    addReasons({"mode.all_tiers"});
    for (int tier = 0; tier < static_cast<int>(policy().tiers.size()); ++tier) {
        if (!m_decision.isBarred(tier))
            m_tiersLeft.push_back(tier);
    }
    nextOfAllTiers();
}

void Run::decideRoute()
{
    const CompiledPolicy& compiled = *m_facts->policy;
    const SteadyTime begin = now();
    m_seen = compiled.observe(m_request, extractFeatures(m_request));
    m_decision = decide(policy(), m_seen);
    m_decision.nanos = std::chrono::duration_cast<std::chrono::nanoseconds>(now() - begin).count();

    Trace& trace = *m_trace;
    m_template = m_decision.carries.promptTemplate;
    trace.promptVersion = m_facts->promptVersions.of(m_template);
    trace.route = policy().routeName(m_decision.route);
    trace.router = m_decision.router;
    trace.confidence = m_decision.confidence;
    trace.intent = m_decision.intent;
    trace.difficulty = m_decision.difficulty;
    trace.decisionNanos = m_decision.nanos;
    for (const BarredTier& barred : m_decision.barred)
        trace.barred.emplace_back(policy().tiers[static_cast<std::size_t>(barred.tier)].id, barred.reason);
    addReasons(m_decision.reasons);
    m_observer->decided(m_id, m_decision);
}

void Run::retrieve()
{
    const Retrieval& retrieval = policy().retrieval;
    if (!retrieval.enabled || m_context.documents == nullptr)
        return;
    for (Passage& passage : m_context.documents->search(m_request.lastUserText(), retrieval.topK)) {
        if (passage.score >= retrieval.minScore)
            m_trace->retrieved.push_back({std::move(passage.documentId), std::move(passage.title), std::move(passage.text), passage.score});
    }
    m_observer->retrieved(m_id, m_trace->retrieved);
}

void Run::follow(NextStep step)
{
    addReasons(step.reasons);
    m_template = step.promptTemplate;
    if (step.kind == NextStep::Kind::CallTier)
        startHop(step.tier);
    else
        finish(step.status, step.acceptedHop);
}

void Run::nextOfAllTiers()
{
    if (m_tiersLeft.empty()) {
        const bool any = std::any_of(m_trace->hops.begin(), m_trace->hops.end(), [](const Hop& h) { return h.status == HopStatus::Accepted; });
        finish(any ? TraceStatus::Answered : TraceStatus::Failed, -1);
        return;
    }
    const int tier = m_tiersLeft.front();
    m_tiersLeft.erase(m_tiersLeft.begin());
    startHop(tier);
}

double Run::deadlineOf(int tier) const
{
    const std::optional<int>& own = policy().tiers[static_cast<std::size_t>(tier)].budget.deadlineMs;
    return m_options.mode == TraceMode::Policy && own ? *own : kDefaultHopDeadlineMs;
}

int Run::chooseReplica(const Tier& tier) const
{
    std::vector<std::size_t> usable;
    for (std::size_t i = 0; i < tier.models.size(); ++i) {
        if (tier.models[i] >= 0)
            usable.push_back(i);
    }
    if (usable.empty())
        return -1;
    // The same request under the same seed meets the same replica, as far as load does not come into it.
    const std::uint64_t draw = hash64(m_trace->inputHash, m_context.config.seed);
    const auto weightOf = [&](std::size_t i) { return i < tier.weights.size() ? tier.weights[i] : 1.0; };
    if (tier.balance == Balance::Weighted) {
        double all = 0;
        for (const std::size_t i : usable)
            all += weightOf(i);
        double left = static_cast<double>(draw >> 11) / 9007199254740992.0 * all; // 53 bits: 0 … 1
        for (const std::size_t i : usable) {
            left -= weightOf(i);
            if (left < 0)
                return tier.models[i];
        }
        return tier.models[usable.back()];
    }
    int best = -1;
    double bestLoad = 0;
    for (std::size_t k = 0; k < usable.size(); ++k) {
        const std::size_t i = usable[(draw + k) % usable.size()];
        const auto found = m_context.inFlight.find(policy().models[static_cast<std::size_t>(tier.models[i])].id);
        const double load = found == m_context.inFlight.end() ? 0 : found->second / weightOf(i);
        if (best < 0 || load < bestLoad) {
            best = tier.models[i];
            bestLoad = load;
        }
    }
    return best;
}

ChatRequest Run::chatRequest(const Model& model, std::vector<Message> messages) const
{
    const Endpoint& endpoint = policy().endpoints[static_cast<std::size_t>(model.endpoint)];
    ChatRequest request;
    request.protocol = endpoint.protocol;
    request.endpointId = endpoint.id;
    request.baseUrl = endpoint.isSandbox() ? m_context.config.sandboxBaseUrl + "/v1" : withoutTrailingSlash(endpoint.baseUrl);
    request.key = endpoint.key;
    request.modelName = model.name;
    request.messages = std::move(messages);
    request.jitterSeed = hash64(m_trace->inputHash + std::to_string(m_trace->hops.size()), m_context.config.seed);
    return request;
}

void Run::call(const Model& model, ChatRequest request, const std::string& purpose, std::function<void(ChatResult)> done, bool streamText)
{
    const std::weak_ptr<Run> weak = weak_from_this();
    const int hopIndex = hop().index;
    ++m_context.inFlight[model.id];
    m_callModel = &model;
    m_callPurpose = purpose;
    m_callStartMs = elapsedMs();
    ChatCallbacks callbacks;
    if (streamText) {
        callbacks.onText = [weak, hopIndex](std::string_view delta) {
            if (const auto run = weak.lock(); run && !run->m_ended)
                run->m_observer->hopText(run->m_id, hopIndex, delta);
        };
    }
    callbacks.onAttemptFailed = [weak, hopIndex, purpose, endpoint = request.endpointId](const ChatAttempt& from, double retryInMs) {
        const auto run = weak.lock();
        if (!run || run->m_ended)
            return;
        ChatResult one;
        one.attempts = {from};
        run->m_observer->attemptFailed(run->m_id, hopIndex, attemptsOf(one, purpose, endpoint, run->m_callStartMs).front(), retryInMs);
    };
    callbacks.onDone = [weak, done = std::move(done)](ChatResult result) {
        const auto run = weak.lock();
        if (!run || run->m_ended)
            return;
        --run->m_context.inFlight[run->m_callModel->id];
        const std::shared_ptr<ChatCall> ending = std::move(run->m_call); // stays until this callback returns
        run->m_call.reset();
        done(std::move(result));
    };
    m_call = ChatCall::start(m_context.transport, m_context.secrets, std::move(request), std::move(callbacks));
}

void Run::takeCall(const ChatResult& result, const Model& model, ChargeKind kind, const std::string& purpose, double offsetMs)
{
    const Endpoint& endpoint = policy().endpoints[static_cast<std::size_t>(model.endpoint)];
    for (Attempt& attempt : attemptsOf(result, purpose, endpoint.id, offsetMs))
        hop().attempts.push_back(std::move(attempt));
    for (Charge& charge : chargesOf(result, model, kind, purpose, hop().index))
        m_trace->charges.push_back(std::move(charge));
    m_trace->simulated = m_trace->simulated || result.simulated;
}

void Run::startHop(int tier)
{
    m_tier = tier;
    m_outcome = {};
    m_gatesLeft = gatesFor(policy(), m_seen, tier);
    const Tier& spec = policy().tiers[static_cast<std::size_t>(tier)];
    const int replica = chooseReplica(spec);
    m_model = replica < 0 ? nullptr : &policy().models[static_cast<std::size_t>(replica)];

    std::optional<CarriedDraft> draft;
    if (m_options.mode == TraceMode::Policy && policy().cascade.carryDraft && !m_trace->hops.empty() && !hop().text.empty())
        draft = CarriedDraft{hop().tier, hop().reason, hop().text};

    Hop fresh;
    fresh.index = static_cast<int>(m_trace->hops.size());
    fresh.tier = spec.id;
    fresh.model = m_model != nullptr ? m_model->id : std::string();
    fresh.startMs = elapsedMs();
    m_trace->hops.push_back(std::move(fresh));
    m_observer->hopStarted(m_id, hop().index, hop().tier, hop().model, hop().startMs);
    if (m_model == nullptr || m_model->endpoint < 0) {
        m_outcome.failureReason = "cascade.no_model";
        endHop(m_outcome);
        return;
    }

    static const std::vector<RetrievedPassage> none;
    const bool withKnowledge = m_trace->hops.size() == 1 || m_options.mode == TraceMode::AllTiers || policy().cascade.carryRetrieval;
    ChatRequest request = chatRequest(*m_model, conversationFor(policy(), tier, m_request.messages,
                                                                withKnowledge ? m_trace->retrieved : none, draft ? &*draft : nullptr, m_template));
    request.temperature = spec.temperature;
    request.topP = spec.topP;
    int inputTokens = 0;
    for (const Message& message : request.messages)
        inputTokens += estimateTokens(message.content);
    // Evidence for what-if is gathered without the budgets that what-if may move.
    const std::optional<int> allowance = m_options.mode == TraceMode::AllTiers ? m_model->maxOutputTokens : outputAllowance(spec, *m_model, inputTokens);
    if (!allowance) {
        m_outcome.failureReason = "budget.cost";
        endHop(m_outcome);
        return;
    }
    request.maxOutputTokens = *allowance;
    request.deadlineMs = deadlineOf(tier);
    for (const int index : m_gatesLeft) {
        const Trigger& trigger = policy().triggers[static_cast<std::size_t>(index)];
        if (trigger.gate == GateKind::JsonSchema) {
            request.responseSchemaJson = trigger.schemaJson;
            request.responseSchemaName = trigger.id;
            break;
        }
    }
    call(*m_model, std::move(request), "model", [this](ChatResult result) { draftCame(std::move(result)); }, true);
}

void Run::draftCame(ChatResult result)
{
    takeCall(result, *m_model, ChargeKind::Model, "model", m_callStartMs);
    Hop& h = hop();
    h.text = std::move(result.text);
    h.tokens = result.usage;
    h.latencyMs = result.latencyMs;
    h.ttftMs = result.ttftMs;
    m_outcome.answered = result.ok;
    m_outcome.failureReason = result.errorKind;
    if (!result.ok) {
        endHop(m_outcome);
        return;
    }
    nextGate();
}

void Run::nextGate()
{
    // A live run stops at the first gate that fires; an all-tiers run asks them all, so that what-if knows every score.
    const bool decided = m_options.mode == TraceMode::Policy && m_outcome.firedTrigger >= 0;
    if (m_gatesLeft.empty() || decided) {
        endHop(m_outcome);
        return;
    }
    const int index = m_gatesLeft.front();
    m_gatesLeft.erase(m_gatesLeft.begin());
    const Trigger& trigger = policy().triggers[static_cast<std::size_t>(index)];
    m_observer->gateStarted(m_id, hop().index, trigger.id, elapsedMs());
    if (trigger.gate == GateKind::JsonSchema)
        checkShape(trigger, index);
    else
        askJudge(trigger, index, 1, elapsedMs());
}

void Run::checkShape(const Trigger& trigger, int index)
{
    GateResult gate;
    gate.trigger = trigger.id;
    gate.gate = "json_schema";
    gate.rubric = schemaVersion(trigger);
    gate.startMs = elapsedMs();
    gate.explanation = shapeError(trigger.schemaJson, hop().text);
    gate.latencyMs = elapsedMs() - gate.startMs;
    if (!gate.explanation.empty()) {
        gate.verdict = GateVerdict::Fired;
        gate.reason = trigger.reasonCode();
    }
    gateEnded(index, std::move(gate));
}

void Run::askJudge(const Trigger& trigger, int index, int tryNumber, double sinceMs)
{
    const Rubric& rubric = policy().rubrics[static_cast<std::size_t>(trigger.rubric)];
    const Model& judge = policy().models[static_cast<std::size_t>(rubric.model)];
    GateResult gate;
    gate.trigger = trigger.id;
    gate.gate = "judge";
    gate.rubric = rubric.id;
    gate.judgeModel = judge.id;
    gate.threshold = trigger.below;
    gate.of = rubric.of;
    gate.startMs = sinceMs;

    if (std::string barred = judgeBarred(policy(), m_decision, trigger); !barred.empty()) {
        gate.verdict = GateVerdict::Error;
        gate.reason = std::move(barred);
        gate.explanation = "The request may not be sent to where this judge runs.";
        gateEnded(index, std::move(gate));
        return;
    }
    const double left = deadlineOf(m_tier) - (elapsedMs() - hop().startMs);
    if (left <= 0) {
        judgeTooLate(index, std::move(gate), "The hop's deadline was over before the judge could be asked.");
        return;
    }
    ChatRequest request = chatRequest(judge, judgeMessages(rubric, m_request.lastUserText(), passagesOf(m_trace->retrieved), hop().text));
    request.stream = false;
    request.deadlineMs = left;
    request.responseSchemaJson = m_facts->judgeSchemas[static_cast<std::size_t>(trigger.rubric)];
    request.responseSchemaName = rubric.id;
    call(judge, std::move(request), "judge:" + rubric.id, [this, &trigger, index, tryNumber, gate = std::move(gate)](const ChatResult& result) {
        judgeAnswered(trigger, index, tryNumber, gate, result);
    }, false);
}

void Run::judgeAnswered(const Trigger& trigger, int index, int tryNumber, GateResult gate, const ChatResult& result)
{
    const Rubric& rubric = policy().rubrics[static_cast<std::size_t>(trigger.rubric)];
    takeCall(result, policy().models[static_cast<std::size_t>(rubric.model)], ChargeKind::Judge,
             "judge:" + rubric.id, m_callStartMs);
    gate.latencyMs = elapsedMs() - gate.startMs;
    if (!result.ok && result.errorKind == "budget.deadline") {
        judgeTooLate(index, std::move(gate), result.message);
        return;
    }
    const Result<JudgeVerdict> verdict = result.ok ? parseJudgeAnswer(rubric, result.text)
                                                   : Result<JudgeVerdict>(fail(result.errorKind, result.message));
    if (!verdict && result.ok && tryNumber < kJudgeTries) {
        askJudge(trigger, index, tryNumber + 1, gate.startMs);
        return;
    }
    const std::string& version = m_facts->judgeVersions[static_cast<std::size_t>(trigger.rubric)];
    if (m_trace->judgeVersions.find(version) == std::string::npos)
        m_trace->judgeVersions += (m_trace->judgeVersions.empty() ? "" : ",") + version;
    if (verdict) {
        gate.rawScore = verdict->score;
        gate.explanation = verdict->explanation;
        if (!verdict->evidence.empty())
            gate.explanation += (gate.explanation.empty() ? "" : " ") + ("Evidence: " + verdict->evidence);
        if (judgeFires(trigger, verdict->score)) {
            gate.verdict = GateVerdict::Fired;
            gate.reason = trigger.reasonCode();
        }
    } else {
        // An answer that nobody could judge is not taken on trust: it escalates like one that failed.
        gate.verdict = GateVerdict::Error;
        gate.reason = "gate.judge_failed." + rubric.id;
        gate.explanation = verdict.error().message;
    }
    gateEnded(index, std::move(gate));
}

/// The draft stands, unjudged: it escalates like one that was rejected, and is still there when nothing better comes.
void Run::judgeTooLate(int index, GateResult gate, std::string explanation)
{
    gate.latencyMs = elapsedMs() - gate.startMs;
    gate.verdict = GateVerdict::Error;
    gate.reason = "budget.deadline";
    gate.explanation = std::move(explanation);
    gateEnded(index, std::move(gate));
}

void Run::gateEnded(int trigger, GateResult gate)
{
    if (gate.verdict != GateVerdict::Passed && m_outcome.firedTrigger < 0) {
        m_outcome.firedTrigger = trigger;
        m_outcome.firedReason = gate.reason;
    }
    hop().gates.push_back(std::move(gate));
    m_observer->gateFinished(m_id, hop().index, hop().gates.back());
    nextGate();
}

void Run::endHop(HopOutcome outcome)
{
    Hop& h = hop();
    h.totalMs = elapsedMs() - h.startMs;
    if (m_options.mode == TraceMode::AllTiers) {
        h.status = outcome.answered ? HopStatus::Accepted : HopStatus::Failed;
        h.reason = !outcome.answered ? outcome.failureReason : outcome.firedTrigger < 0 ? "gate.all_passed" : outcome.firedReason;
        m_observer->hopFinished(m_id, h);
        nextOfAllTiers();
        return;
    }
    NextStep step = m_waterfall->after(outcome);
    if (!outcome.answered) {
        h.status = HopStatus::Failed;
        h.reason = outcome.failureReason;
    } else if (outcome.firedTrigger < 0 || (step.kind == NextStep::Kind::Finish && step.acceptedHop == h.index)) {
        h.status = HopStatus::Accepted;
        h.reason = outcome.firedTrigger < 0 ? "gate.all_passed" : outcome.firedReason;
    } else {
        h.status = HopStatus::Escalated;
        h.reason = outcome.firedReason;
    }
    if (outcome.firedTrigger >= 0)
        h.trigger = policy().triggers[static_cast<std::size_t>(outcome.firedTrigger)].id;
    m_observer->hopFinished(m_id, h);
    follow(std::move(step));
}

void Run::cancel()
{
    if (m_ended)
        return;
    if (m_call) {
        const ChatResult soFar = m_call->cancel();
        m_call.reset();
        --m_context.inFlight[m_callModel->id];
        const bool ofModel = m_callPurpose == "model";
        takeCall(soFar, *m_callModel, ofModel ? ChargeKind::Model : ChargeKind::Judge, m_callPurpose, m_callStartMs);
        if (ofModel) {
            hop().text = soFar.text;
            hop().tokens = soFar.usage;
            hop().ttftMs = soFar.ttftMs;
            hop().latencyMs = soFar.latencyMs;
        }
    }
    if (!m_trace->hops.empty() && hop().status == HopStatus::Running) {
        hop().status = HopStatus::Cancelled;
        hop().reason = "cancelled";
        hop().totalMs = elapsedMs() - hop().startMs;
        m_observer->hopFinished(m_id, hop());
    }
    addReasons({"cancelled"});
    finish(TraceStatus::Cancelled, -1);
}

void Run::finish(TraceStatus status, int acceptedHop)
{
    m_ended = true;
    Trace& trace = *m_trace;
    trace.status = status;
    trace.latencyMs = elapsedMs();
    trace.escalations = m_waterfall && m_options.mode == TraceMode::Policy ? m_waterfall->escalations() : 0;
    if (acceptedHop >= 0) {
        const Hop& accepted = trace.hops[static_cast<std::size_t>(acceptedHop)];
        trace.finalTier = accepted.tier;
        trace.model = accepted.model;
        trace.answer = accepted.text;
        // What the user sees first: the stream itself when nothing has to be checked, else the checked draft.
        if (accepted.gates.empty() && accepted.ttftMs)
            trace.ttftMs = accepted.startMs + *accepted.ttftMs;
        else
            trace.ttftMs = accepted.startMs + accepted.totalMs;
        for (const GateResult& gate : accepted.gates) {
            if (!gate.rawScore)
                continue;
            trace.quality = qualityOfScore(*gate.rawScore, gate.of);
            trace.qualitySource = "judge:" + gate.rubric + "@" + gate.judgeModel;
            break;
        }
    }
    const std::shared_ptr<const Trace> done = m_trace;
    const std::shared_ptr<RunObserver> observer = m_observer;
    const RunId id = m_id;
    observer->executed(id, done);
    m_context.sink.record(done, [observer, id, done](Result<> durable) { observer->finished(id, done, durable); });
    m_onEnd(id);
}

void Run::addReasons(const std::vector<std::string>& reasons)
{
    for (const std::string& reason : reasons) {
        if (reason.empty())
            continue;
        if (std::find(m_trace->reasons.begin(), m_trace->reasons.end(), reason) == m_trace->reasons.end())
            m_trace->reasons.push_back(reason);
    }
}

} // namespace signalbox
