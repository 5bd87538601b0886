// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/run.h"

#include "base/ids.h"
#include "base/text.h"
#include "cascade/hop_budget.h"
#include "cascade/hop_request.h"
#include "judging/judge.h"
#include "providers/pricing.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

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
    scope.standAside = [weak = weak_from_this()](double ms, std::function<void()> then) {
        const auto run = weak.lock();
        return run && !run->m_ended && run->standAside(ms, std::move(then));
    };
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
        finish({});
        return;
    }
    decideRoute();
    if (scope.decision.route.isHuman()) { // a person is asked for at once, however full it is
        proceed();
        return;
    }
    askCache();
    if (m_cacheKey && serveFromCache()) // without a call, it needs no room
        return;
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
    if (wait <= 0 || static_cast<double>(wait) > leftMs()) // it would wait in vain: its hops say why
        return false;
    wakeIn(static_cast<double>(wait), [](Run& run) { run.waitForRoom(); });
    return true;
}

/// Of the request's own time; without a limit, infinite. Evidence is gathered without budgets.
double Run::leftMs() const
{
    if (m_scope->options.mode != TraceMode::Policy)
        return std::numeric_limits<double>::infinity();
    const std::optional<int> whole = requestBudget(policy(), m_scope->seen.userTier).deadlineMs;
    return whole ? *whole - m_scope->elapsedMs() : std::numeric_limits<double>::infinity();
}

/// Before its cascade begins a request waits for one thing at a time.
void Run::wakeIn(double ms, std::function<void(Run&)> then)
{
    const std::weak_ptr<Run> weak = weak_from_this();
    m_doorTimer = m_scope->context.transport.after(ms, [weak, then = std::move(then)] {
        if (const auto run = weak.lock(); run && !run->m_ended) {
            run->m_doorTimer = 0;
            then(*run);
        }
    });
}

void Run::waitForRoom()
{
    if (m_waitingSinceMs == 0)
        m_waitingSinceMs = m_scope->elapsedMs();
    if (waitsForBudget())
        return;
    const int userTier = m_scope->seen.userTier;
    m_scope->background = m_scope->options.lane == ServiceLane::Background ||
                          (userTier >= 0 && policy().userTiers[static_cast<std::size_t>(userTier)].lane ==
                                                UserTier::Lane::Background);
    enter(
        [](Run& run) {
            run.m_scope->queuedMs = run.m_scope->elapsedMs() - run.m_waitingSinceMs;
            run.proceed();
        },
        [](Run& run) { // nobody is asked any more, and its first hop says why
            run.m_scope->queuedMs = run.m_scope->elapsedMs() - run.m_waitingSinceMs;
            run.startCascade(true);
        });
}

/// Waits at the engine's door until there is room, or until the request's own time is over.
void Run::enter(std::function<void(Run&)> inside, std::function<void(Run&)> tooLate)
{
    const std::weak_ptr<Run> weak = weak_from_this();
    const auto wasInside = std::make_shared<bool>(false); // at once, and may have gone again
    const Admission::Ticket ticket = m_scope->context.admission.enter(
        m_scope->background ? ServiceLane::Background : ServiceLane::Interactive,
        [weak, wasInside, inside = std::move(inside)](Admission::Ticket admitted) {
            const auto run = weak.lock();
            if (!run)
                return;
            *wasInside = true;
            run->m_ticket = admitted;
            run->m_scope->context.transport.cancelTimer(std::exchange(run->m_doorTimer, 0));
            if (!run->m_ended)
                inside(*run);
        });
    if (*wasInside || m_ended)
        return;
    m_ticket = ticket;
    if (!std::isfinite(leftMs()))
        return;
    wakeIn(std::max(0.0, leftMs()), [tooLate = std::move(tooLate)](Run& run) {
        run.m_scope->context.admission.leave(*std::exchange(run.m_ticket, std::nullopt));
        tooLate(run);
    });
}

/// For a hop that waits for the hour's budget: others may have the room meanwhile.
bool Run::standAside(double ms, std::function<void()> then)
{
    if (m_underWay.size() != 1 || !m_ticket)
        return false;
    m_scope->context.admission.leave(*std::exchange(m_ticket, std::nullopt));
    wakeIn(ms, [then = std::move(then)](Run& run) {
        const auto goOn = [then](Run&) { then(); };
        run.enter(goOn, goOn);
    });
    return true;
}

void Run::proceed()
{
    if (m_cacheKey) { // another may have been answered in the meantime
        if (serveFromCache())
            return;
        if (m_cacheKey->vector.empty() && policy().cache->model >= 0) {
            embedQuestion();
            return;
        }
    }
    goThroughCascade();
}

/// The request is answered by models, or by a person.
void Run::goThroughCascade()
{
    const RunScope& scope = *m_scope;
    const bool policyMode = scope.options.mode == TraceMode::Policy || scope.decision.route.isHuman();
    const bool byStage = policyMode && runsStages(policy(), scope.decision) &&
                         std::ranges::find(policy().cascade.stages, Stage::Role::Retrieve, &Stage::role) !=
                             policy().cascade.stages.end();
    if (scope.decision.route.isHuman() || byStage || !policy().retrieval.enabled) {
        startCascade(policyMode);
        return;
    }
    const std::weak_ptr<Run> weak = weak_from_this();
    retrieve(std::string(scope.request.lastUserText()), [weak, policyMode] {
        if (const auto run = weak.lock(); run && !run->m_ended)
            run->startCascade(policyMode);
    });
}

void Run::startCascade(bool policyMode)
{
    const RunScope& scope = *m_scope;
    m_requestGates.emplace(policy(), scope.facts->matchers, scope.seen, scope.decision, &m_features,
                           bestPassage());
    if (policyMode) {
        m_strategy = makeStrategy(policy(), scope.decision, scope.seen.inputTokens, &*m_requestGates);
        happened([](Strategy& strategy) { return strategy.begin(); });
        return;
    }
    addReasons({"mode.all_tiers"});
    for (int tier = 0; tier < static_cast<int>(policy().tiers.size()); ++tier) {
        if (!scope.decision.isBarred(tier))
            m_tiersLeft.push_back(tier);
    }
    nextOfAllTiers();
}

double Run::bestPassage() const
{
    double best = 0;
    for (const RetrievedPassage& passage : m_scope->retrieved)
        best = std::max(best, passage.score);
    return best;
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

/// Tells the strategy what happened, one event after the other: a hop may end within its start.
void Run::happened(std::function<Moves(Strategy&)> event)
{
    m_events.push_back(std::move(event));
    if (m_telling)
        return;
    const std::shared_ptr<Run> self = shared_from_this(); // its end may be the end of it
    m_telling = true;
    while (!m_events.empty() && !m_ended) {
        const std::function<Moves(Strategy&)> next = std::move(m_events.front());
        m_events.pop_front();
        follow(next(*m_strategy));
    }
    m_telling = false;
}

void Run::follow(Moves moves)
{
    for (const int hop : moves.cancel)
        stop(hop, ChargeKind::RaceLoser);
    addReasons(moves.reasons);
    for (const HopVerdict& verdict : moves.verdicts)
        conclude(verdict);
    for (const TurnedAway& tier : moves.turnedAway)
        recordTurnedAway(tier);
    Transport& transport = m_scope->context.transport;
    const std::weak_ptr<Run> weak = weak_from_this();
    if ((moves.stayAsleep || moves.wakeInMs || moves.end) && m_wake != 0)
        transport.cancelTimer(std::exchange(m_wake, 0));
    if (moves.wakeInMs) {
        m_wake = transport.after(*moves.wakeInMs, [weak] {
            if (const auto run = weak.lock(); run && !run->m_ended) {
                run->m_wake = 0;
                run->happened([](Strategy& strategy) { return strategy.woken(); });
            }
        });
    }
    if (moves.answer)
        deliver(*moves.answer);
    if (moves.retrieve) {
        retrieve(moves.retrieveWith >= 0 ? m_trace->hops[static_cast<std::size_t>(moves.retrieveWith)].text
                                         : std::string(m_scope->request.lastUserText()),
                 [weak] {
                     const auto run = weak.lock();
                     if (!run || run->m_ended)
                         return;
                     run->m_requestGates->found(run->bestPassage());
                     run->happened([](Strategy& strategy) { return strategy.retrieved(); });
                 });
    }
    if (moves.compare)
        compare(*moves.compare);
    for (const HopStart& start : moves.start) {
        if (start.part == HopPart::Background)
            startInBackground(start);
        else
            startHop(planOf(start));
    }
    if (moves.end)
        finish(*moves.end);
}

/// How a hop ended, as the pattern sees it.
void Run::conclude(const HopVerdict& verdict)
{
    Hop& h = m_trace->hops[static_cast<std::size_t>(verdict.hop)];
    if (verdict.status == HopStatus::Cancelled && h.status != HopStatus::Cancelled)
        return; // it had ended by itself
    h.trigger =
        verdict.trigger < 0 ? std::string() : policy().triggers[static_cast<std::size_t>(verdict.trigger)].id;
    if (verdict.agreement) {
        GateResult gate;
        gate.gate = gate.trigger = cascadePatternName(policy().cascade.pattern);
        gate.verdict = !verdict.agreement->known  ? GateVerdict::Error
                       : verdict.agreement->fires ? GateVerdict::Fired
                                                  : GateVerdict::Passed;
        gate.rawScore = verdict.agreement->score;
        gate.threshold = verdict.agreement->threshold;
        gate.reason = gate.verdict == GateVerdict::Passed ? std::string() : verdict.reason;
        gate.explanation = verdict.agreement->explanation;
        gate.startMs = m_scope->elapsedMs();
        sayWhoCompared(gate);
        m_scope->observer->gateStarted(m_scope->id, h.index, gate.trigger, gate.startMs);
        h.gates.push_back(std::move(gate));
        m_scope->observer->gateFinished(m_scope->id, h.index, h.gates.back());
    }
    takeVerdict(h, verdict.status, verdict.reason);
}

/// Of answers that a judge compared. The scale stays out of `of`: how alike two answers are is not how good one is.
void Run::sayWhoCompared(GateResult& gate) const
{
    if (m_comparedMs <= 0)
        return;
    const Rubric& rubric = policy().rubrics[static_cast<std::size_t>(policy().cascade.rubric)];
    gate.rubric = rubric.id;
    gate.judgeModel = policy().models[static_cast<std::size_t>(rubric.model)].id;
    gate.latencyMs = m_comparedMs;
    gate.startMs -= m_comparedMs;
    if (!m_judgeSaid.empty())
        gate.explanation += " " + m_judgeSaid;
}

void Run::takeVerdict(Hop& hop, HopStatus status, std::string reason)
{
    hop.status = status;
    hop.reason = std::move(reason);
    m_scope->observer->hopFinished(m_scope->id, hop);
}

/// Has the policy's judge compare two answers.
void Run::compare(const Comparison& comparison)
{
    const RunScope& scope = *m_scope;
    const Rubric& rubric = policy().rubrics[static_cast<std::size_t>(policy().cascade.rubric)];
    if (!scope.decision.allowsModel(policy(), rubric.model)) {
        addReasons({"gate.judge_barred." + rubric.id});
        happened([](Strategy& strategy) { return strategy.compared(std::nullopt); });
        return;
    }
    const std::string version = pairJudgeVersion(rubric);
    if (m_trace->judgeVersions.find(version) == std::string::npos)
        m_trace->judgeVersions += (m_trace->judgeVersions.empty() ? "" : ",") + version;
    m_judgedHop = comparison.second;
    m_comparingSinceMs = scope.elapsedMs();
    const auto text = [&](int hop) { return m_trace->hops[static_cast<std::size_t>(hop)].text; };
    const std::weak_ptr<Run> weak = weak_from_this();
    m_judge.emplace(m_scope, rubric, m_trace->hops[static_cast<std::size_t>(comparison.second)],
                    text(comparison.first), text(comparison.second),
                    [weak, hop = comparison.second](PairJudge::Verdict verdict) {
                        const auto run = weak.lock();
                        if (!run || run->m_ended)
                            return;
                        const std::optional<double> score = verdict.score;
                        run->takeComparison(hop, std::move(verdict));
                        run->happened([score](Strategy& strategy) { return strategy.compared(score); });
                    });
    m_judge->start();
}

void Run::takeComparison(int hop, PairJudge::Verdict verdict)
{
    m_judgedHop = -1;
    m_comparedMs += m_scope->elapsedMs() - m_comparingSinceMs;
    m_judgeSaid += (m_judgeSaid.empty() ? "" : " ") + verdict.explanation;
    Hop& h = m_trace->hops[static_cast<std::size_t>(hop)];
    for (Attempt& attempt : verdict.attempts)
        h.attempts.push_back(std::move(attempt));
    for (Charge& charge : verdict.charges)
        m_trace->charges.push_back(std::move(charge));
    m_trace->simulated = m_trace->simulated || verdict.simulated;
}

/// The user has an answer: what is asked now waits behind whoever has none.
void Run::startInBackground(const HopStart& start)
{
    Admission& admission = m_scope->context.admission;
    if (m_ticket)
        admission.leave(*m_ticket);
    m_ticket.reset();
    const std::weak_ptr<Run> weak = weak_from_this();
    const auto wasInside = std::make_shared<bool>(false);
    const Admission::Ticket ticket =
        admission.enter(ServiceLane::Background, [weak, wasInside, start](Admission::Ticket admitted) {
            const auto run = weak.lock();
            if (!run)
                return;
            *wasInside = true;
            run->m_ticket = admitted;
            if (!run->m_ended)
                run->startHop(run->planOf(start));
        });
    if (!*wasInside && !m_ended)
        m_ticket = ticket;
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
        finish({any ? TraceStatus::Answered : TraceStatus::Failed});
        return;
    }
    HopPlan plan;
    plan.index = static_cast<int>(m_trace->hops.size());
    plan.tier = m_tiersLeft.front();
    plan.promptTemplate = m_scope->decision.carries.promptTemplate;
    plan.forEvidence = true;
    m_tiersLeft.erase(m_tiersLeft.begin());
    startHop(std::move(plan));
}

HopPlan Run::planOf(const HopStart& start) const
{
    const Cascade& cascade = policy().cascade;
    const RunScope& scope = *m_scope;
    HopPlan plan;
    plan.index = start.hop;
    plan.tier = start.tier;
    plan.promptTemplate = start.promptTemplate;
    plan.asked = start.asked;
    plan.onlyGates = start.gates;
    plan.unsureMarker = start.unsureMarker;
    plan.role = start.role();
    plan.withKnowledge = start.first || cascade.carryRetrieval;
    const Hop* before =
        start.draftOf >= 0 ? &m_trace->hops[static_cast<std::size_t>(start.draftOf)] : nullptr;
    if (start.part == HopPart::Stage) {
        const Stage& stage = cascade.stages[static_cast<std::size_t>(start.number)];
        plan.role = "stage:" + stage.id;
        const std::string rewritten = start.rewriteOf >= 0
                                          ? m_trace->hops[static_cast<std::size_t>(start.rewriteOf)].text
                                          : std::string();
        plan.messages =
            stageConversation(policy(), stage, scope.request.messages, scope.retrieved, rewritten,
                              before != nullptr ? before->text : std::string(), start.promptTemplate);
        return plan;
    }
    if (before == nullptr)
        return plan;
    plan.draft = carriedFrom(*before, cascade);
    return plan;
}

void Run::startHop(HopPlan plan)
{
    std::vector<Hop>& hops = m_trace->hops; // its place; filled in when the hop ends
    hops.resize(std::max(hops.size(), static_cast<std::size_t>(plan.index) + 1));
    Hop& place = hops[static_cast<std::size_t>(plan.index)];
    place.index = plan.index;
    place.role = plan.role;
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

/// Stops a hop that is under way. What its model cost until then is charged as `kind`; where the server did
/// not say, the tokens are estimated, and the cost is unknown.
void Run::stop(int index, ChargeKind kind)
{
    const auto found = std::ranges::find_if(
        m_underWay, [&](const std::shared_ptr<HopRun>& one) { return one->index() == index; });
    if (found == m_underWay.end())
        return;
    const std::shared_ptr<HopRun> hop = *found;
    hop->cancel();
    for (Charge& charge : hop->record().charges) {
        if (charge.kind != ChargeKind::Model)
            continue;
        charge.kind = kind;
        if (charge.tokens.known() || kind == ChargeKind::Model)
            continue;
        charge.estimated = true;
        charge.tokens.input = hop->record().estimatedInput;
        charge.tokens.output = estimateTokens(hop->record().hop.text);
        if (const int model = policy().modelIndex(charge.model); model >= 0)
            charge.estimate = costOf(charge.tokens, policy().models[static_cast<std::size_t>(model)].price);
        RequestLedger::Running ended; // when the call ended, nothing was known of what it cost
        ended.tier = policy().tierIndex(hop->record().hop.tier);
        m_scope->ledger->end(ended, {charge});
    }
    settle(*hop).status = HopStatus::Cancelled;
}

void Run::hopEnded(HopRun& ended, const HopOutcome& outcome)
{
    Hop& h = settle(ended);
    if (!m_strategy) {
        takeVerdict(h, outcome.answered ? HopStatus::Accepted : HopStatus::Failed,
                    !outcome.answered          ? outcome.failureReason
                    : outcome.firedTrigger < 0 ? "gate.all_passed"
                                               : outcome.firedReason);
        nextOfAllTiers();
        return;
    }
    happened([this, hop = h.index, outcome](Strategy& strategy) {
        return strategy.ended(hop, outcome, m_trace->hops[static_cast<std::size_t>(hop)].text);
    });
}

void Run::cancel()
{
    if (m_ended)
        return;
    for (const std::shared_ptr<HopRun>& hop : std::vector(m_underWay)) {
        stop(hop->index(), ChargeKind::Model);
        takeVerdict(m_trace->hops[static_cast<std::size_t>(hop->index())], HopStatus::Cancelled, "cancelled");
    }
    if (m_embedding)
        takeEmbedding(m_embedding->cancel());
    for (auto& [embedder, passages] : m_scope->context.passages) {
        if (passages.embeds == m_scope->id)
            leavePassages(passages, false);
    }
    if (m_judge && m_judgedHop >= 0)
        takeComparison(m_judgedHop, m_judge->cancel());
    addReasons({m_delivered ? "background.cancelled" : "cancelled"});
    finish({TraceStatus::Cancelled});
}

/// The answer is the user's from now on, whatever is still asked.
void Run::deliver(const CascadeEnd& end)
{
    m_delivered = true;
    Trace& trace = *m_trace;
    trace.status = end.status;
    trace.latencyMs = m_scope->elapsedMs();
    trace.escalations = m_strategy ? m_strategy->escalations() : 0;
    m_acceptedHop = end.acceptedHop;
    if (end.keptHop >= 0) { // no answer, but the user has read this much of one
        const Hop& kept = trace.hops[static_cast<std::size_t>(end.keptHop)];
        trace.answer = kept.text;
        if (kept.ttftMs)
            trace.ttftMs = kept.startMs + *kept.ttftMs;
    }
    if (end.acceptedHop < 0)
        return;
    const Hop& accepted = trace.hops[static_cast<std::size_t>(end.acceptedHop)];
    trace.finalTier = accepted.tier;
    trace.model = accepted.model;
    trace.answer = accepted.text;
    // What the user sees first: the stream itself when nothing has to be checked, else the checked draft.
    const StreamWhat stream = policy().cascade.stream;
    const bool checked =
        stream != StreamWhat::All ||
        std::ranges::any_of(accepted.gates, [](const GateResult& gate) { return looksAtAnswer(gate.gate); });
    if (end.atOnce || stream == StreamWhat::Final)
        trace.ttftMs = trace.latencyMs;
    else if (!checked && accepted.ttftMs)
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
    m_scope->observer->answered(m_scope->id, end.acceptedHop);
}

void Run::finish(const CascadeEnd& end)
{
    if (!m_delivered)
        deliver(end);
    m_ended = true;
    keepInCache();
    if (m_wake != 0)
        m_scope->context.transport.cancelTimer(std::exchange(m_wake, 0));
    const std::shared_ptr<const Trace> done = m_trace;
    const std::shared_ptr<RunObserver> observer = m_scope->observer;
    const RunId id = m_scope->id;
    if (m_doorTimer != 0)
        m_scope->context.transport.cancelTimer(m_doorTimer);
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
