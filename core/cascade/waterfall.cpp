// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/waterfall.h"

#include "cascade/hop_budget.h"
#include "providers/errors.h"

#include <algorithm>

namespace signalbox {

namespace {

bool isOurCancel(const std::string& reason) { return reason == "cancelled"; }

/// A malformed request fails the same way at every tier; asking another only spends money.
/// So does one whose request has used up its own budget.
bool failsEverywhere(const std::string& reason)
{
    return reason == "provider.bad_request" || isRequestBudget(reason);
}

NextStep finish(TraceStatus status, int acceptedHop, std::vector<std::string> reasons)
{
    NextStep step;
    step.kind = NextStep::Kind::Finish;
    step.status = status;
    step.acceptedHop = acceptedHop;
    step.reasons = std::move(reasons);
    return step;
}

} // namespace

Waterfall::Waterfall(const Policy& policy, const Decision& decision, int inputTokens, const RequestGates* gates)
    : m_policy(policy), m_decision(decision), m_gates(gates), m_inputTokens(inputTokens),
      m_triggerUses(policy.triggers.size(), 0), m_asked(policy.triggers.size(), 0), m_tried(policy.tiers.size(), 0),
      m_template(decision.carries.promptTemplate)
{
}

NextStep Waterfall::first()
{
    if (m_decision.route.isHuman())
        return finish(TraceStatus::HandedOff, -1, {});
    if (!m_decision.route.isTier() || m_decision.isBarred(m_decision.route.tier))
        return finish(TraceStatus::Failed, -1, {"cascade.no_route"});
    return callOrSkip(m_decision.route.tier, false, {});
}

NextStep Waterfall::after(const HopOutcome& outcome) { return follow(outcome, m_hops - 1); }

NextStep Waterfall::follow(const HopOutcome& outcome, int hop)
{
    if (outcome.answered && outcome.unsure) // what it says is no answer, not even for want of a better one
        return unsure({outcome.firedReason});
    if (outcome.answered) {
        m_lastAnsweredHop = hop;
        if (outcome.firedTrigger < 0)
            return finish(TraceStatus::Answered, hop, {"gate.all_passed"});
    } else if (outcome.firedTrigger < 0) {
        return afterFailure(outcome, hop);
    }
    const bool broke = !outcome.answered && inSight(outcome); // a gate on the call cut what was being read
    if (broke && m_policy.cascade.afterCut == AfterCut::Stop)
        return leftWith(hop, outcome, finish(TraceStatus::Failed, -1, {outcome.firedReason}));
    if (!use(outcome.firedTrigger))
        return leftWith(hop, outcome, exhausted({outcome.firedReason}, "cascade.trigger_used_up"));
    NextStep step =
        escalate(&m_policy.triggers[static_cast<std::size_t>(outcome.firedTrigger)], {outcome.firedReason});
    if (broke && step.kind == NextStep::Kind::CallTier)
        step.reasons.push_back("stream.restarted");
    return leftWith(hop, outcome, std::move(step));
}

/// The user has read the beginning of an answer that broke off.
bool Waterfall::inSight(const HopOutcome& outcome) const
{
    const Cascade& cascade = m_policy.cascade;
    return outcome.begun && cascade.stream == StreamWhat::All &&
           (cascade.pattern == CascadePattern::Direct || cascade.pattern == CascadePattern::Waterfall ||
            cascade.pattern == CascadePattern::SpecialistPool);
}

NextStep Waterfall::afterFailure(const HopOutcome& outcome, int hop)
{
    const std::string& failure = outcome.failureReason;
    if (isOurCancel(failure))
        return finish(TraceStatus::Cancelled, -1, {failure});
    if (failsEverywhere(failure)) // an earlier draft is better than nothing
        return leftWith(hop, outcome, exhausted({failure}, "cascade.not_retried"));
    if (inSight(outcome) && m_policy.cascade.afterCut == AfterCut::Stop)
        return leftWith(hop, outcome, finish(TraceStatus::Failed, -1, {failure}));
    std::optional<NextStep> instead = standIn(failure);
    NextStep step = instead ? *std::move(instead) : escalate(nullptr, {failure});
    if (inSight(outcome) && step.kind == NextStep::Kind::CallTier)
        step.reasons.push_back("stream.restarted");
    return leftWith(hop, outcome, std::move(step));
}

/// When nobody answers, what the user has read stays.
NextStep Waterfall::leftWith(int hop, const HopOutcome& outcome, NextStep step) const
{
    if (!outcome.answered && inSight(outcome) && step.kind == NextStep::Kind::Finish &&
        step.status == TraceStatus::Failed) {
        step.keptHop = hop;
        step.reasons.push_back("stream.stopped");
    }
    return step;
}

/// Counts one use of the trigger; false when it has been used as often as it may.
bool Waterfall::use(int trigger)
{
    const auto index = static_cast<std::size_t>(trigger);
    const int atMost = m_policy.triggers[index].atMost;
    if (atMost > 0 && m_triggerUses[index] >= atMost)
        return false;
    ++m_triggerUses[index];
    return true;
}

Waterfall::Target Waterfall::targetOf(const Trigger* trigger, int from) const
{
    Target target;
    const Cascade& cascade = m_policy.cascade;
    const bool ofPool = cascade.pattern == CascadePattern::SpecialistPool &&
                        std::ranges::find(cascade.pool, from) != cascade.pool.end();
    const bool next = trigger == nullptr || trigger->escalateToNext;
    if (!next || ofPool) { // what comes next to a specialist is where it goes when it is unsure
        const Route& route = next ? cascade.unsure : trigger->escalateTo;
        if (route.isHuman()) {
            target.human = true;
            return target;
        }
        target.tier = route.tier;
        // Only a waterfall comes back to a tier, for as often as max_hops lets it.
        const bool again = m_policy.cascade.pattern != CascadePattern::Waterfall && target.tier >= 0 &&
                           m_tried[static_cast<std::size_t>(target.tier)] != 0;
        if (target.tier == from || again || m_decision.isBarred(target.tier))
            target.tier = nextTier(target.tier);
    } else {
        target.tier = nextTier(from);
    }
    if (target.tier < 0)
        target.nowhere = "cascade.last_tier";
    else if (m_calls >= m_policy.cascade.maxHops)
        target.nowhere = "cascade.max_hops";
    return target;
}

NextStep Waterfall::escalate(const Trigger* trigger, std::vector<std::string> reasons)
{
    const Target target = targetOf(trigger, m_tier);
    m_standIns.clear();
    if (target.human) {
        ++m_escalations;
        return finish(TraceStatus::HandedOff, -1, std::move(reasons));
    }
    if (!target.nowhere.empty())
        return exhausted(std::move(reasons), target.nowhere);
    if (trigger != nullptr && trigger->carries.promptTemplate >= 0)
        m_template = trigger->carries.promptTemplate;
    return callOrSkip(target.tier, true, std::move(reasons));
}

NextStep Waterfall::unsure(std::vector<std::string> reasons)
{
    if (m_policy.cascade.unsureCarries.promptTemplate >= 0)
        m_template = m_policy.cascade.unsureCarries.promptTemplate;
    return escalate(nullptr, std::move(reasons));
}

bool Waterfall::fits(int tier) const
{
    const Budget& budget = m_policy.tiers[static_cast<std::size_t>(tier)].budget;
    return !budget.maxInputTokens || m_inputTokens <= *budget.maxInputTokens;
}

int Waterfall::countCall(int tier)
{
    m_tier = tier;
    m_tried[static_cast<std::size_t>(tier)] = 1;
    m_standsInFor = -1;
    ++m_calls;
    return m_hops++;
}

Waterfall::Asked Waterfall::ask(int tier, bool again)
{
    Asked asked;
    for (const int index : m_gates != nullptr ? m_gates->of(tier) : std::vector<int>()) {
        const Trigger& trigger = m_policy.triggers[static_cast<std::size_t>(index)];
        const bool ofTier = trigger.gate == GateKind::TokenBudget;
        if (m_asked[static_cast<std::size_t>(index)] && !ofTier && !again)
            continue;
        m_asked[static_cast<std::size_t>(index)] = 1;
        asked.gates.push_back({index, m_gates->check(index, tier)});
        const Check& check = asked.gates.back().check;
        if (!check.fires && check.known)
            continue;
        asked.reason = check.fires ? trigger.reasonCode() : noVerdictReason(trigger);
        asked.fired = index;
        asked.ofLength = ofTier && check.fires;
        break;
    }
    return asked;
}

NextStep Waterfall::enter(int tier, bool escalates, std::vector<std::string> reasons)
{
    return callOrSkip(tier, escalates, std::move(reasons));
}

NextStep Waterfall::goOn(const HopOutcome& outcome, int tier, int hop, int best)
{
    m_tier = tier;
    m_standsInFor = -1;
    m_lastAnsweredHop = best;
    NextStep step = follow(outcome, hop);
    // An answer that was rejected took the place of a better one for a moment.
    if (step.kind == NextStep::Kind::Finish && step.status == TraceStatus::Answered && best >= 0 && outcome.firedTrigger >= 0)
        step.acceptedHop = best;
    if (best >= 0)
        m_lastAnsweredHop = best;
    return step;
}

NextStep Waterfall::goPast(int tier, int best, std::vector<std::string> reasons)
{
    m_tier = tier;
    m_standsInFor = -1;
    m_lastAnsweredHop = best;
    return escalate(nullptr, std::move(reasons));
}

bool Waterfall::leadsOn(int tier, const Asked& asked) const
{
    const Target target = targetOf(&m_policy.triggers[static_cast<std::size_t>(asked.fired)], tier);
    return target.human || target.nowhere.empty() || asked.ofLength ||
           m_policy.cascade.whenExhausted == WhenExhausted::Human;
}

NextStep Waterfall::leave(int tier, const Asked& asked)
{
    m_tier = tier;
    if (!use(asked.fired))
        return exhausted({asked.reason}, "cascade.trigger_used_up");
    return escalate(&m_policy.triggers[static_cast<std::size_t>(asked.fired)], {asked.reason});
}

/// Goes to the tier, or past it: when a gate on the request fires, the way that its trigger says, and when the request is
/// longer than the tier takes, to the next one. A tier that a gate turns the request away from and that nothing comes
/// after is asked all the same, unless a person is wanted or the request does not fit.
NextStep Waterfall::callOrSkip(int tier, bool escalates, std::vector<std::string> reasons)
{
    const auto addReason = [&](const std::string& reason) {
        if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end())
            reasons.push_back(reason);
    };
    std::vector<TurnedAway> turnedAway;
    const auto ended = [&](NextStep step) {
        step.turnedAway = std::move(turnedAway);
        return step;
    };
    // Neither length nor what a gate on the request says changes on the way: back at a tier that was passed, it would go
    // round for ever.
    std::vector<char> passed(m_policy.tiers.size(), 0);
    while (tier >= 0 && passed[static_cast<std::size_t>(tier)] == 0) {
        passed[static_cast<std::size_t>(tier)] = 1;
        TurnedAway here;
        here.tier = tier;
        Asked asked = ask(tier, false);
        here.gates = std::move(asked.gates);
        here.reason = std::move(asked.reason);
        const int fired = asked.fired;
        const bool weighed = asked.ofLength;
        if (fired >= 0) {
            addReason(here.reason);
            const Trigger& trigger = m_policy.triggers[static_cast<std::size_t>(fired)];
            Target target = targetOf(&trigger, tier);
            if (!use(fired)) {
                target = {};
                target.nowhere = "cascade.trigger_used_up";
            }
            if (target.tier >= 0 && target.tier != tier && passed[static_cast<std::size_t>(target.tier)] != 0)
                target.nowhere = "cascade.last_tier";
            const bool nowhere = !target.nowhere.empty();
            if (nowhere)
                addReason(target.nowhere);
            const bool toPerson = target.human || (nowhere && m_policy.cascade.whenExhausted == WhenExhausted::Human);
            if (!nowhere || toPerson || weighed) {
                turnedAway.push_back(std::move(here));
                ++m_hops;
                m_escalations += escalates;
                escalates = true;
                if (toPerson) {
                    m_escalations += target.human;
                    return ended(finish(TraceStatus::HandedOff, -1, std::move(reasons)));
                }
                if (nowhere)
                    return ended(exhausted(std::move(reasons), target.nowhere));
                if (trigger.carries.promptTemplate >= 0)
                    m_template = trigger.carries.promptTemplate;
                tier = target.tier;
                continue;
            }
        }
        if (!fits(tier)) {
            addReason("budget.input_tokens");
            if (isContestant(tier)) // after whom the order begins anew
                passOver(tier);
            tier = nextTier(tier);
            escalates = true;
            continue;
        }
        ++m_calls;
        m_escalations += escalates; // once, and only when somebody is really asked
        m_standsInFor = -1;
        NextStep step = call(tier, std::move(reasons));
        step.asked = std::move(here.gates);
        return ended(std::move(step));
    }
    return ended(exhausted(std::move(reasons), "cascade.last_tier"));
}

NextStep Waterfall::call(int tier, std::vector<std::string> reasons)
{
    m_tier = tier;
    m_tried[static_cast<std::size_t>(tier)] = 1;
    ++m_hops;
    NextStep step;
    step.kind = NextStep::Kind::CallTier;
    step.tier = tier;
    step.promptTemplate = m_template;
    step.reasons = std::move(reasons);
    return step;
}

/// The next fallback of a tier that is not available; nothing when none is left. Each tier stands in once a request, and
/// the fallbacks of a fallback come after those of the tier that it stands in for.
std::optional<NextStep> Waterfall::standIn(const std::string& failureReason)
{
    if (!isUnavailable(failureReason))
        return std::nullopt;
    const std::vector<int>& more = m_policy.tiers[static_cast<std::size_t>(m_tier)].fallback;
    m_standIns.insert(m_standIns.end(), more.begin(), more.end());
    const int instead = m_standsInFor < 0 ? m_tier : m_standsInFor;
    while (!m_standIns.empty()) {
        const int tier = m_standIns.front();
        m_standIns.erase(m_standIns.begin());
        if (tier < 0 || m_tried[static_cast<std::size_t>(tier)] != 0 || m_decision.isBarred(tier) || !fits(tier))
            continue;
        NextStep step = call(tier, {failureReason, "availability.fallback"});
        m_standsInFor = instead;
        step.standsIn = true;
        return step;
    }
    return std::nullopt;
}

NextStep Waterfall::exhausted(std::vector<std::string> reasons, const std::string& why)
{
    if (std::find(reasons.begin(), reasons.end(), why) == reasons.end())
        reasons.push_back(why);
    if (m_policy.cascade.whenExhausted == WhenExhausted::Human)
        return finish(TraceStatus::HandedOff, -1, std::move(reasons));
    if (m_lastAnsweredHop < 0)
        return finish(TraceStatus::Failed, -1, std::move(reasons));
    return finish(TraceStatus::Answered, m_lastAnsweredHop, std::move(reasons));
}

/// A tier that its pattern asks before anything escalates: what comes after it is the first of the order that was not asked.
bool Waterfall::isContestant(int tier) const
{
    const Cascade& cascade = m_policy.cascade;
    switch (cascade.pattern) {
    case CascadePattern::Race:
    case CascadePattern::Agreement:
        return std::ranges::find(cascade.lanes, tier) != cascade.lanes.end();
    case CascadePattern::Pipeline:
        return std::ranges::find(cascade.stages, tier, &Stage::tier) != cascade.stages.end();
    case CascadePattern::SelfConsistency:
        return tier == m_decision.route.tier &&
               std::ranges::find(cascade.order, tier) == cascade.order.end();
    default:
        return false;
    }
}

int Waterfall::nextTier(int after) const
{
    const CascadePattern pattern = m_policy.cascade.pattern;
    if (pattern == CascadePattern::Direct)
        return -1;
    const std::vector<int>& order = m_policy.cascade.order;
    if (isContestant(after)) {
        const auto next = std::ranges::find_if(order, [&](int tier) {
            return tier >= 0 && tier != after && m_tried[static_cast<std::size_t>(tier)] == 0 &&
                   !m_decision.isBarred(tier);
        });
        return next == order.end() ? -1 : *next;
    }
    auto place = std::find(order.begin(), order.end(), after);
    const bool stoodIn = after == m_tier && m_standsInFor >= 0;
    if (stoodIn) {
        // After an answer that was not good enough: from the higher of the two places. When nobody answered: from the
        // place of the tier that was to answer.
        const auto instead = std::find(order.begin(), order.end(), m_standsInFor);
        const bool answered = m_lastAnsweredHop == m_hops - 1;
        if (place == order.end() || (instead != order.end() && (!answered || instead > place)))
            place = instead;
    }
    if (place == order.end())
        return -1;
    for (auto it = place + 1; it != order.end(); ++it) {
        const bool failed = stoodIn && *it >= 0 && m_tried[static_cast<std::size_t>(*it)] != 0;
        if (*it >= 0 && !failed && !m_decision.isBarred(*it))
            return *it;
    }
    return -1;
}

bool isUnavailable(const std::string& failureReason)
{
    for (const char* kind : {error_kind::refused, error_kind::timeout, error_kind::cut, error_kind::garbage,
                             error_kind::emptyAnswer, error_kind::tooLarge, error_kind::tls, error_kind::unauthorized,
                             error_kind::notFound, error_kind::rateLimited, error_kind::unavailable, error_kind::noKey,
                             error_kind::breakerOpen}) {
        if (failureReason == kind)
            return true;
    }
    return false;
}

std::string judgeBarred(const Policy& policy, const Decision& decision, const Trigger& trigger)
{
    const Rubric& rubric = policy.rubrics[static_cast<std::size_t>(trigger.rubric)];
    return decision.allowsModel(policy, rubric.model) ? std::string() : "gate.judge_barred." + rubric.id;
}

bool judgeFires(const Trigger& trigger, double rawScore) { return rawScore < trigger.below; }

double qualityOfScore(double rawScore, int of) { return of > 1 ? (rawScore - 1) / (of - 1) : 0; }

} // namespace signalbox
