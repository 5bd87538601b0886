// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/run.h"

#include "base/ids.h"

#include <algorithm>

namespace signalbox {

Run::Run(EngineContext& context, RunId id, const CompiledPolicyPtr& policy, Request request,
         RunOptions options, std::shared_ptr<RunObserver> observer, OnEnd onEnd)
    : m_scope(std::make_shared<RunScope>(context, id, policy, std::move(request), std::move(options),
                                         std::move(observer))),
      m_onEnd(std::move(onEnd)), m_trace(std::make_shared<Trace>())
{
}

void Run::begin()
{
    RunScope& scope = *m_scope;
    scope.begin = now();
    scope.inputHash = scope.request.inputHash();
    Trace& trace = *m_trace;
    trace.id = newId();
    trace.dataset = scope.options.dataset;
    trace.promptId = scope.request.id;
    trace.startedAtMs = wallClockMs();
    trace.mode = scope.options.mode;
    trace.policyName = policy().name;
    trace.policyHash = policy().contentHash;
    trace.inputHash = scope.inputHash;
    trace.messages = scope.request.messages;
    trace.metadata = scope.request.metadata;
    trace.attachments = scope.request.attachments;
    trace.headers = scope.request.headers;
    trace.tools = scope.request.tools;
    trace.receivedAtMs = scope.request.receivedAtMs;
    if (scope.request.receivedAtMs == 0)
        scope.request.receivedAtMs = trace.startedAtMs; // what-if decides it again at this time of day

    scope.outline = {trace.id,         trace.startedAtMs, trace.dataset,
                     trace.promptId,   trace.mode,        trace.policyHash,
                     trace.policyName, trace.inputHash,   {}};
    takeOverLostCalls();

    if (!scope.facts->runnable) { // whoever starts runs asks before; nothing is ever run without a part of
                                  // its policy
        addReasons({"policy.not_runnable_yet"});
        finish(TraceStatus::Failed, -1);
        return;
    }
    decideRoute();
    if (scope.decision.route.isHuman()) // a person is asked for at once, however full it is
        proceed();
    else
        waitForRoom();
}

void Run::takeOverLostCalls()
{
    const auto& lost = m_scope->options.lostCalls;
    const auto found = lost ? lost->find(m_scope->request.id) : decltype(lost->end())();
    if (!lost || found == lost->end())
        return;
    m_trace->charges = found->second;
    addReasons({"run.resumed"});
}

/// For a request that rather waits than be refused: until the hour's budget has room again.
bool Run::waitsForBudget()
{
    const int userTier = m_scope->seen.userTier;
    if (userTier < 0 ||
        policy().userTiers[static_cast<std::size_t>(userTier)].overBudget != UserTier::OverBudget::Queue)
        return false;
    const std::int64_t wait = m_scope->ledger->roomInMs();
    if (wait <= 0)
        return false;
    const std::weak_ptr<Run> weak = weak_from_this();
    m_budgetTimer = m_scope->context.transport.after(static_cast<double>(wait), [weak] {
        if (const auto run = weak.lock(); run && !run->m_ended) {
            run->m_budgetTimer = 0;
            run->waitForRoom();
        }
    });
    return true;
}

void Run::waitForRoom()
{
    if (m_waitingSinceMs == 0)
        m_waitingSinceMs = m_scope->elapsedMs();
    if (waitsForBudget())
        return;
    const int userTier = m_scope->seen.userTier;
    const bool background = m_scope->options.lane == ServiceLane::Background ||
                            (userTier >= 0 && policy().userTiers[static_cast<std::size_t>(userTier)].lane ==
                                                  UserTier::Lane::Background);
    m_scope->background = background;
    const std::weak_ptr<Run> weak = weak_from_this();
    const Admission::Ticket ticket = m_scope->context.admission.enter(
        background ? ServiceLane::Background : ServiceLane::Interactive, [weak](Admission::Ticket admitted) {
            if (const auto run = weak.lock()) {
                run->m_ticket = admitted;
                run->m_scope->queuedMs = run->m_scope->elapsedMs() - run->m_waitingSinceMs;
                run->proceed();
            }
        });
    if (!m_ticket && !m_ended)
        m_ticket = ticket;
}

void Run::proceed()
{
    const RunScope& scope = *m_scope;
    if (!scope.decision.route.isHuman())
        retrieve();
    double bestPassage = 0;
    for (const RetrievedPassage& passage : scope.retrieved)
        bestPassage = std::max(bestPassage, passage.score);
    m_requestGates.emplace(policy(), scope.facts->matchers, scope.seen, scope.decision, &m_features,
                           bestPassage);
    m_waterfall.emplace(policy(), scope.decision, scope.seen.inputTokens, &*m_requestGates);
    if (scope.options.mode == TraceMode::Policy || scope.decision.route.isHuman()) {
        follow(m_waterfall->first());
        return;
    }
    addReasons({"mode.all_tiers"});
    for (int tier = 0; tier < static_cast<int>(policy().tiers.size()); ++tier) {
        if (!scope.decision.isBarred(tier))
            m_tiersLeft.push_back(tier);
    }
    nextOfAllTiers();
}

void Run::decideRoute()
{
    const CompiledPolicy& compiled = *m_scope->facts->policy;
    const SteadyTime begin = now();
    m_features = extractFeatures(m_scope->request);
    m_scope->seen = compiled.observe(m_scope->request, m_features);
    m_scope->decision = decide(policy(), m_scope->seen);
    Decision& decision = m_scope->decision;
    decision.nanos = std::chrono::duration_cast<std::chrono::nanoseconds>(now() - begin).count();

    Trace& trace = *m_trace;
    if (m_scope->seen.userTier >= 0)
        trace.userTier = policy().userTiers[static_cast<std::size_t>(m_scope->seen.userTier)].id;
    m_scope->outline.userTier = trace.userTier;
    m_scope->ledger->setUserTier(m_scope->seen.userTier);
    trace.promptVersion = m_scope->facts->promptVersions.of(decision.carries.promptTemplate);
    trace.route = policy().routeName(decision.route);
    trace.router = decision.router;
    trace.confidence = decision.confidence;
    trace.intent = decision.intent;
    trace.difficulty = decision.difficulty;
    trace.decisionNanos = decision.nanos;
    for (const BarredTier& barred : decision.barred)
        trace.barred.emplace_back(policy().tiers[static_cast<std::size_t>(barred.tier)].id, barred.reason);
    addReasons(decision.reasons);
    m_scope->observer->decided(m_scope->id, decision);
}

void Run::retrieve()
{
    const Retrieval& retrieval = policy().retrieval;
    if (!retrieval.enabled || m_scope->context.documents == nullptr)
        return;
    std::vector<RetrievedPassage>& found = m_scope->retrieved;
    for (Passage& passage :
         m_scope->context.documents->search(m_scope->request.lastUserText(), retrieval.topK)) {
        if (passage.score >= retrieval.minScore)
            found.push_back({std::move(passage.documentId), std::move(passage.title), std::move(passage.text),
                             passage.score});
    }
    m_trace->retrieved = found;
    m_scope->observer->retrieved(m_scope->id, found);
}

void Run::follow(NextStep step)
{
    addReasons(step.reasons);
    for (const TurnedAway& tier : step.turnedAway)
        recordTurnedAway(tier);
    if (step.kind == NextStep::Kind::CallTier)
        startHop(step.tier, step.promptTemplate, std::move(step.asked));
    else
        finish(step.status, step.acceptedHop);
}

/// A hop without a call: a gate on the request kept the tier from being asked.
void Run::recordTurnedAway(const TurnedAway& turned)
{
    const RunScope& scope = *m_scope;
    Hop hop;
    hop.index = static_cast<int>(m_trace->hops.size());
    hop.tier = policy().tiers[static_cast<std::size_t>(turned.tier)].id;
    hop.status = HopStatus::Escalated;
    hop.reason = turned.reason;
    hop.startMs = scope.elapsedMs();
    scope.observer->hopStarted(scope.id, hop.index, hop.tier, hop.model, hop.startMs);
    for (const AskedGate& asked : turned.gates) {
        const Trigger& trigger = policy().triggers[static_cast<std::size_t>(asked.trigger)];
        GateResult gate;
        gate.trigger = trigger.id;
        gate.gate = gateName(trigger.gate);
        gate.startMs = hop.startMs;
        scope.observer->gateStarted(scope.id, hop.index, trigger.id, gate.startMs);
        hop.gates.push_back(concluded(trigger, std::move(gate), asked.check));
        scope.observer->gateFinished(scope.id, hop.index, hop.gates.back());
        hop.trigger = trigger.id; // the last one fired
    }
    hop.totalMs = scope.elapsedMs() - hop.startMs;
    scope.observer->hopFinished(scope.id, hop);
    m_trace->hops.push_back(std::move(hop));
}

void Run::nextOfAllTiers()
{
    if (m_tiersLeft.empty()) {
        const bool any = std::any_of(m_trace->hops.begin(), m_trace->hops.end(),
                                     [](const Hop& h) { return h.status == HopStatus::Accepted; });
        finish(any ? TraceStatus::Answered : TraceStatus::Failed, -1);
        return;
    }
    const int tier = m_tiersLeft.front();
    m_tiersLeft.erase(m_tiersLeft.begin());
    startHop(tier, m_scope->decision.carries.promptTemplate, {});
}

void Run::startHop(int tier, int promptTemplate, std::vector<AskedGate> asked)
{
    const std::vector<Hop>& before = m_trace->hops;
    HopPlan plan;
    plan.index = static_cast<int>(before.size());
    plan.tier = tier;
    plan.promptTemplate = promptTemplate;
    plan.asked = std::move(asked);
    plan.forEvidence = m_scope->options.mode == TraceMode::AllTiers;
    plan.withKnowledge = m_lastCalled < 0 || plan.forEvidence || policy().cascade.carryRetrieval;
    if (!plan.forEvidence && policy().cascade.carryDraft && m_lastCalled >= 0) {
        const Hop& last = before[static_cast<std::size_t>(m_lastCalled)];
        if (!last.text.empty())
            plan.draft = CarriedDraft{last.tier, last.reason, last.text};
    }
    m_lastCalled = plan.index;

    m_trace->hops.emplace_back(); // its place; filled in when the hop ends
    const std::weak_ptr<Run> weak = weak_from_this();
    const auto hop =
        std::make_shared<HopRun>(m_scope, std::move(plan), [weak](HopRun& ended, const HopOutcome& outcome) {
            if (const auto run = weak.lock())
                run->hopEnded(ended, outcome);
        });
    m_underWay.push_back(hop);
    hop->start();
}

/// Takes what the hop leaves behind into the trace. The hop itself stays alive until its caller returns.
Hop& Run::settle(HopRun& hop)
{
    HopRecord& record = hop.record();
    Trace& trace = *m_trace;
    for (Charge& charge : record.charges)
        trace.charges.push_back(std::move(charge));
    for (const std::string& version : record.judgeVersions) {
        if (trace.judgeVersions.find(version) == std::string::npos)
            trace.judgeVersions += (trace.judgeVersions.empty() ? "" : ",") + version;
    }
    trace.simulated = trace.simulated || record.simulated;
    addReasons(record.reasons);
    Hop& place = trace.hops[static_cast<std::size_t>(hop.index())];
    place = std::move(record.hop);
    std::erase_if(m_underWay, [&](const std::shared_ptr<HopRun>& one) { return one.get() == &hop; });
    return place;
}

void Run::hopEnded(HopRun& ended, const HopOutcome& outcome)
{
    Hop& h = settle(ended);
    if (m_scope->options.mode == TraceMode::AllTiers) {
        h.status = outcome.answered ? HopStatus::Accepted : HopStatus::Failed;
        h.reason = !outcome.answered          ? outcome.failureReason
                   : outcome.firedTrigger < 0 ? "gate.all_passed"
                                              : outcome.firedReason;
        m_scope->observer->hopFinished(m_scope->id, h);
        nextOfAllTiers();
        return;
    }
    NextStep step = m_waterfall->after(outcome);
    if (!outcome.answered) {
        h.status = HopStatus::Failed;
        h.reason = outcome.failureReason;
    } else if (outcome.firedTrigger < 0 ||
               (step.kind == NextStep::Kind::Finish && step.acceptedHop == h.index)) {
        h.status = HopStatus::Accepted;
        h.reason = outcome.firedTrigger < 0 ? "gate.all_passed" : outcome.firedReason;
    } else {
        h.status = HopStatus::Escalated;
        h.reason = outcome.firedReason;
    }
    if (outcome.firedTrigger >= 0)
        h.trigger = policy().triggers[static_cast<std::size_t>(outcome.firedTrigger)].id;
    m_scope->observer->hopFinished(m_scope->id, h);
    follow(std::move(step));
}

void Run::cancel()
{
    if (m_ended)
        return;
    for (const std::shared_ptr<HopRun>& hop : std::vector(m_underWay)) {
        hop->cancel();
        Hop& h = settle(*hop);
        h.status = HopStatus::Cancelled;
        h.reason = "cancelled";
        m_scope->observer->hopFinished(m_scope->id, h);
    }
    addReasons({"cancelled"});
    finish(TraceStatus::Cancelled, -1);
}

void Run::finish(TraceStatus status, int acceptedHop)
{
    m_ended = true;
    Trace& trace = *m_trace;
    trace.status = status;
    trace.latencyMs = m_scope->elapsedMs();
    trace.escalations =
        m_waterfall && m_scope->options.mode == TraceMode::Policy ? m_waterfall->escalations() : 0;
    if (acceptedHop >= 0) {
        const Hop& accepted = trace.hops[static_cast<std::size_t>(acceptedHop)];
        trace.finalTier = accepted.tier;
        trace.model = accepted.model;
        trace.answer = accepted.text;
        // What the user sees first: the stream itself when nothing has to be checked, else the checked draft.
        const bool checked = std::ranges::any_of(
            accepted.gates, [](const GateResult& gate) { return looksAtAnswer(gate.gate); });
        if (!checked && accepted.ttftMs)
            trace.ttftMs = accepted.startMs + *accepted.ttftMs;
        else
            trace.ttftMs = accepted.startMs + accepted.totalMs;
        for (const GateResult& gate : accepted.gates) {
            if (!gate.rawScore || gate.of == 0)
                continue; // only a rubric's score is one of quality
            trace.quality = qualityOfScore(*gate.rawScore, gate.of);
            trace.qualitySource = "judge:" + gate.rubric + "@" + gate.judgeModel;
            break;
        }
    }
    const std::shared_ptr<const Trace> done = m_trace;
    const std::shared_ptr<RunObserver> observer = m_scope->observer;
    const RunId id = m_scope->id;
    if (m_budgetTimer != 0)
        m_scope->context.transport.cancelTimer(m_budgetTimer);
    if (m_ticket)
        m_scope->context.admission.leave(*m_ticket);
    observer->executed(id, done);
    m_scope->context.sink.record(
        done, [observer, id, done](Result<> durable) { observer->finished(id, done, durable); });
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
