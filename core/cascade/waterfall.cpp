// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/waterfall.h"

#include "base/ids.h"

#include <algorithm>

namespace signalbox {

namespace {

bool isOurCancel(const std::string& reason) { return reason == "cancelled"; }

/// A malformed request fails the same way at every tier; asking another only spends money.
bool failsEverywhere(const std::string& reason) { return reason == "provider.bad_request"; }

NextStep finish(TraceStatus status, int acceptedHop, std::vector<std::string> reasons)
{
    NextStep step;
    step.kind = NextStep::Kind::Finish;
    step.status = status;
    step.acceptedHop = acceptedHop;
    step.reasons = std::move(reasons);
    return step;
}

int costRank(GateKind gate) { return gate == GateKind::JsonSchema ? 0 : 1; }

} // namespace

Waterfall::Waterfall(const Policy& policy, const Decision& decision, int inputTokens)
    : m_policy(policy), m_decision(decision), m_inputTokens(inputTokens), m_triggerUses(policy.triggers.size(), 0),
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

NextStep Waterfall::after(const HopOutcome& outcome)
{
    const int hop = m_hops - 1;
    if (!outcome.answered) {
        if (isOurCancel(outcome.failureReason))
            return finish(TraceStatus::Cancelled, -1, {outcome.failureReason});
        if (failsEverywhere(outcome.failureReason)) // an earlier draft is better than nothing
            return exhausted({outcome.failureReason}, "cascade.not_retried");
        return escalate(nullptr, {outcome.failureReason});
    }
    m_lastAnsweredHop = hop;
    if (outcome.firedTrigger < 0)
        return finish(TraceStatus::Answered, hop, {"gate.all_passed"});

    const auto index = static_cast<std::size_t>(outcome.firedTrigger);
    const Trigger& trigger = m_policy.triggers[index];
    if (trigger.atMost > 0 && m_triggerUses[index] >= trigger.atMost)
        return exhausted({outcome.firedReason}, "cascade.trigger_used_up");
    ++m_triggerUses[index];
    return escalate(&trigger, {outcome.firedReason});
}

NextStep Waterfall::escalate(const Trigger* trigger, std::vector<std::string> reasons)
{
    int target = -1;
    if (trigger != nullptr && !trigger->escalateToNext) {
        if (trigger->escalateTo.isHuman()) {
            ++m_escalations;
            return finish(TraceStatus::HandedOff, -1, std::move(reasons));
        }
        target = trigger->escalateTo.tier;
        if (target == m_tier || m_decision.isBarred(target))
            target = nextTier(target);
    } else {
        target = nextTier(m_tier);
    }
    if (target < 0)
        return exhausted(std::move(reasons), "cascade.last_tier");
    if (m_hops >= m_policy.cascade.maxHops)
        return exhausted(std::move(reasons), "cascade.max_hops");
    if (trigger != nullptr && trigger->carries.promptTemplate >= 0)
        m_template = trigger->carries.promptTemplate;
    return callOrSkip(target, true, std::move(reasons));
}

NextStep Waterfall::callOrSkip(int tier, bool escalates, std::vector<std::string> reasons)
{
    while (tier >= 0) {
        const Budget& budget = m_policy.tiers[static_cast<std::size_t>(tier)].budget;
        if (!budget.maxInputTokens || m_inputTokens <= *budget.maxInputTokens) {
            m_tier = tier;
            ++m_hops;
            m_escalations += escalates; // once, and only when somebody is really asked
            NextStep step;
            step.kind = NextStep::Kind::CallTier;
            step.tier = tier;
            step.promptTemplate = m_template;
            step.reasons = std::move(reasons);
            return step;
        }
        if (std::find(reasons.begin(), reasons.end(), "budget.input_tokens") == reasons.end())
            reasons.emplace_back("budget.input_tokens");
        tier = nextTier(tier);
        escalates = true;
    }
    return exhausted(std::move(reasons), "cascade.last_tier");
}

NextStep Waterfall::exhausted(std::vector<std::string> reasons, const std::string& why)
{
    reasons.push_back(why);
    if (m_policy.cascade.whenExhausted == WhenExhausted::Human)
        return finish(TraceStatus::HandedOff, -1, std::move(reasons));
    if (m_lastAnsweredHop < 0)
        return finish(TraceStatus::Failed, -1, std::move(reasons));
    return finish(TraceStatus::Answered, m_lastAnsweredHop, std::move(reasons));
}

int Waterfall::nextTier(int after) const
{
    if (m_policy.cascade.pattern == CascadePattern::Direct)
        return -1;
    const std::vector<int>& order = m_policy.cascade.order;
    const auto place = std::find(order.begin(), order.end(), after);
    if (place == order.end())
        return -1;
    for (auto it = place + 1; it != order.end(); ++it) {
        if (*it >= 0 && !m_decision.isBarred(*it))
            return *it;
    }
    return -1;
}

std::vector<int> gatesFor(const Policy& policy, const Observation& observation, int tier)
{
    std::vector<int> gates;
    for (std::size_t t = 0; t < policy.triggers.size(); ++t) {
        const Trigger& trigger = policy.triggers[t];
        const bool here = trigger.appliesTo.empty() || std::find(trigger.appliesTo.begin(), trigger.appliesTo.end(), tier) != trigger.appliesTo.end();
        if (here && t < observation.triggerApplies.size() && observation.triggerApplies[t])
            gates.push_back(static_cast<int>(t));
    }
    std::stable_sort(gates.begin(), gates.end(), [&](int a, int b) {
        return costRank(policy.triggers[static_cast<std::size_t>(a)].gate) < costRank(policy.triggers[static_cast<std::size_t>(b)].gate);
    });
    return gates;
}

std::string schemaVersion(const Trigger& trigger) { return "schema@" + sha256Hex(trigger.schemaJson).substr(0, 8); }

std::string judgeBarred(const Policy& policy, const Decision& decision, const Trigger& trigger)
{
    const Rubric& rubric = policy.rubrics[static_cast<std::size_t>(trigger.rubric)];
    return decision.allowsModel(policy, rubric.model) ? std::string() : "gate.judge_barred." + rubric.id;
}

bool judgeFires(const Trigger& trigger, double rawScore) { return rawScore < trigger.below; }

double qualityOfScore(double rawScore, int of) { return of > 1 ? (rawScore - 1) / (of - 1) : 0; }

} // namespace signalbox
