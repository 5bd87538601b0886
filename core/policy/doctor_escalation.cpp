// SPDX-License-Identifier: GPL-3.0-or-later
// Triggers that lead down, in a circle or nowhere, or never fire; tiers that fall back to each other.
#include "policy/diagnostic_codes.h"
#include "policy/examination.h"

#include <algorithm>
#include <unordered_set>

namespace signalbox {

using namespace diagnostic;

namespace {

void escalatesDown(Examination& e, const Trigger& trigger, std::size_t position)
{
    if (trigger.escalateToNext || !trigger.escalateTo.isTier())
        return;
    const auto& order = e.policy().cascade.order;
    const auto target = std::ranges::find(order, trigger.escalateTo.tier);
    if (target == order.end())
        return;
    for (auto tier = target; tier != order.end(); ++tier) {
        // A trigger of every tier that leads to the top also looks at the top itself: nothing to warn of.
        const bool meant = tier != target || !trigger.appliesTo.empty();
        if (!meant || !e.appliesTo(trigger, *tier))
            continue;
        e.report(kEscalatesDown, e.of("triggers", position, "escalate"),
                 "From " + inQuotes(e.tier(*tier).id) + " this does not lead up, but to " +
                     inQuotes(trigger.escalateId) + ".",
                 "Name the lower tiers in \"applies_to\", or use \"next\".");
        return;
    }
}

/// Tiers of a circle of edges, in its order; empty when there is none. `edges` gives where a tier leads.
template <class Edges>
std::vector<int> circleOf(std::size_t count, Edges edges)
{
    enum : char { New, Open, Done };
    std::vector<char> state(count, New);
    std::vector<int> way;
    std::vector<std::size_t> next(count, 0);
    for (std::size_t start = 0; start < count; ++start) {
        if (state[start] != New)
            continue;
        way.assign(1, static_cast<int>(start));
        state[start] = Open;
        while (!way.empty()) {
            const auto at = static_cast<std::size_t>(way.back());
            const std::vector<int>& out = edges(at);
            if (next[at] == out.size()) {
                state[at] = Done;
                way.pop_back();
                continue;
            }
            const int to = out[next[at]++];
            char& there = state[static_cast<std::size_t>(to)];
            if (there == Open)
                return {std::ranges::find(way, to), way.end()};
            if (there == New) {
                there = Open;
                way.push_back(to);
            }
        }
    }
    return {};
}

std::string circleName(const Examination& e, std::vector<int> circle)
{
    constexpr std::size_t kNamed = 8;
    circle.push_back(circle.front());
    std::string name;
    for (std::size_t i = 0; i < circle.size(); ++i) {
        if (circle.size() > kNamed && i == kNamed - 2) {
            name += " → …"; // the rest of a long one helps nobody, but the way back does
            i = circle.size() - 2;
            continue;
        }
        name += (i == 0 ? "" : " → ") + e.tier(circle[i]).id;
    }
    return name;
}

/// Only what is named: "next" always leads up. What leads down the order has been said already.
void escalationCircle(Examination& e)
{
    const Policy& policy = e.policy();
    std::vector<int> place(policy.tiers.size(), -1);
    for (std::size_t i = 0; i < policy.cascade.order.size(); ++i)
        place[static_cast<std::size_t>(policy.cascade.order[i])] = static_cast<int>(i);
    std::vector<std::vector<int>> edges(policy.tiers.size());
    for (std::size_t i = 1; i < policy.cascade.order.size(); ++i)
        edges[static_cast<std::size_t>(policy.cascade.order[i - 1])].push_back(policy.cascade.order[i]);
    const auto add = [&](int from, int to) {
        const int a = place[static_cast<std::size_t>(from)];
        const int b = place[static_cast<std::size_t>(to)];
        if (from != to && !(a >= 0 && b >= 0 && b <= a))
            edges[static_cast<std::size_t>(from)].push_back(to);
    };
    std::vector<std::size_t> named;
    for (std::size_t i = 0; i < policy.triggers.size(); ++i) {
        const Trigger& trigger = policy.triggers[i];
        if (trigger.escalateToNext || !trigger.escalateTo.isTier() || trigger.appliesTo.empty())
            continue;
        named.push_back(i);
        for (const int from : trigger.appliesTo)
            add(from, trigger.escalateTo.tier);
    }
    if (policy.cascade.unsure.isTier()) {
        for (const int from : policy.cascade.pool)
            add(from, policy.cascade.unsure.tier);
    }
    const std::vector<int> circle =
        circleOf(edges.size(), [&](std::size_t tier) -> const std::vector<int>& { return edges[tier]; });
    if (circle.empty())
        return;
    const auto within = [&](int tier) { return std::ranges::find(circle, tier) != circle.end(); };
    // The step that leads farthest back closes the circle.
    auto closes = named.end();
    for (auto i = named.begin(); i != named.end(); ++i) {
        const Trigger& trigger = policy.triggers[*i];
        if (within(trigger.escalateTo.tier) && std::ranges::any_of(trigger.appliesTo, within) &&
            (closes == named.end() || trigger.escalateTo.tier < policy.triggers[*closes].escalateTo.tier))
            closes = i;
    }
    e.report(kEscalationCircle,
             closes == named.end() ? e.part("cascade") : e.of("triggers", *closes, "escalate"),
             "Escalation can come back to where it was (" + circleName(e, circle) +
                 "): a request is paid for "
                 "again and again until max_hops ends it.",
             "Let one of these steps lead to \"human\" or to a tier outside of the circle.");
}

void fallbackCircle(Examination& e)
{
    const Policy& policy = e.policy();
    const std::vector<int> circle =
        circleOf(policy.tiers.size(),
                 [&](std::size_t tier) -> const std::vector<int>& { return policy.tiers[tier].fallback; });
    if (circle.empty())
        return;
    const auto last = static_cast<std::size_t>(circle.back());
    e.report(kFallbackCircle, e.of("tiers", last, "fallback"),
             "Tiers fall back to each other (" + circleName(e, circle) +
                 "): when all of them are down, nobody outside of the circle is asked.",
             "Let the last one fall back to a tier outside of the circle, or to none.");
}

void unsureSpecialist(Examination& e)
{
    const Cascade& cascade = e.policy().cascade;
    if (!cascade.unsure.isTier() ||
        std::ranges::find(cascade.pool, cascade.unsure.tier) == cascade.pool.end())
        return;
    e.report(kEscalatesDown, e.keyOr(e.keyOr(e.part("cascade"), "unsure"), "escalate"),
             "The specialist " + inQuotes(cascade.unsureId) + ", when unsure, escalates to itself.",
             "Name a general tier, or \"human\".");
}

/// The specialist's one hop is all there is: who is unsure answers all the same.
void unsureWithoutHop(Examination& e)
{
    const Cascade& cascade = e.policy().cascade;
    if (cascade.unsure.isTier() && cascade.maxHops == 1 && cascade.whenExhausted != WhenExhausted::Human)
        e.report(kLeadsNowhere, e.keyOr(e.keyOr(e.part("cascade"), "unsure"), "escalate"),
                 "\"max_hops\" is 1: a specialist that is unsure escalates to nobody.",
                 "Raise \"max_hops\", or escalate to \"human\".");
}

/// A trigger that fires where there is no next tier and nobody takes over: it is paid for and changes
/// nothing.
void leadsNowhere(Examination& e, const Trigger& trigger, std::size_t position)
{
    const Cascade& cascade = e.policy().cascade;
    const bool toTier = !trigger.escalateToNext && trigger.escalateTo.isTier();
    const bool free = isAskedBefore(trigger.gate) && (toTier || cascade.pattern != CascadePattern::Direct);
    if (cascade.whenExhausted == WhenExhausted::Human || trigger.escalateTo.isHuman() || (free && toTier))
        return;
    const NodeIndex at = e.of("triggers", position, "escalate");
    if (cascade.pattern == CascadePattern::Direct) {
        e.report(kLeadsNowhere, at, "A direct cascade has one hop: this trigger escalates to nobody.",
                 "Use the pattern \"waterfall\", or escalate to \"human\".");
        return;
    }
    const bool tooFewAnyway = cascade.lanes.size() > 1 || cascade.samples > 1; // which is said of max_hops
    if (cascade.maxHops == 1 && !free && !tooFewAnyway) {
        e.report(kLeadsNowhere, at, "\"max_hops\" is 1: this trigger escalates to nobody.",
                 "Raise \"max_hops\", or escalate to \"human\".");
        return;
    }
    if (!trigger.escalateToNext || trigger.appliesTo.empty())
        return;
    const auto& order = cascade.order;
    const auto hasNext = [&](int tier) {
        if (std::ranges::find(cascade.lanes, tier) != cascade.lanes.end())
            return !order.empty();
        const auto place = std::ranges::find(order, tier);
        return place != order.end() && place + 1 != order.end();
    };
    if (cascade.pattern == CascadePattern::Waterfall && std::ranges::none_of(trigger.appliesTo, hasNext))
        e.report(kLeadsNowhere, at,
                 "There is no next tier after " + e.namesOf(trigger.appliesTo) +
                     ": when this trigger fires, the answer is given all the same.",
                 "Escalate to a tier or to \"human\", or write \"when_exhausted\": \"human\".");
}

/// Why the trigger can never fire; "" when it may.
std::string whyNever(const Examination& e, const Trigger& trigger, std::string_view& key)
{
    const Policy& policy = e.policy();
    const std::vector<int> tiers = e.tiersOf(trigger);
    const auto noTier = [&](auto&& test) {
        return std::ranges::none_of(tiers, [&](int tier) { return test(e.tier(tier)); });
    };
    const auto allModelsLack = [&](const char* capability) {
        return !tiers.empty() && std::ranges::all_of(tiers, [&](int tier) {
            return std::ranges::all_of(e.tier(tier).models,
                                       [&](int model) { return lacks(e.model(model), capability); });
        });
    };
    const auto unreachable = [&](int tier) { return !e.graph().ever(tier); };
    if (!trigger.appliesTo.empty() && !e.graph().tooLarge() &&
        std::ranges::all_of(trigger.appliesTo, unreachable)) {
        key = "applies_to";
        return "Nothing gets to " + e.namesOf(trigger.appliesTo) + ".";
    }
    key = "below";
    switch (trigger.gate) {
    case GateKind::Judge:
        return trigger.below <= 1 ? "No score is below 1." : "";
    case GateKind::Confidence:
        key = trigger.below <= 0 ? "below" : "gate";
        if (trigger.below <= 0)
            return "No confidence is below 0.";
        if (policy.router.kind == RouterKind::Fixed || policy.router.kind == RouterKind::Rules)
            return std::string("A router of kind \"") + routerKindName(policy.router.kind) +
                   "\" has no confidence that could be too low.";
        return {};
    case GateKind::Retrieval:
        key = trigger.below <= 0 ? "below" : "gate";
        return trigger.below <= 0          ? "No score of a passage is below 0."
               : !policy.retrieval.enabled ? "The policy does not retrieve."
                                           : "";
    case GateKind::SelfReported:
        return trigger.below <= 0 ? "No stated confidence is below 0." : "";
    case GateKind::LogProbability:
        key = "gate";
        return allModelsLack("logprobs") ? "No model of its tiers gives log-probabilities." : "";
    case GateKind::ToolCall:
        key = "gate";
        return allModelsLack("tools") ? "No model of its tiers calls tools." : "";
    case GateKind::TokenBudget:
        key = "gate";
        return noTier([](const Tier& tier) { return tier.budget.maxInputTokens.has_value(); })
                   ? "No tier that it applies to has \"max_input_tokens\"."
                   : "";
    case GateKind::Timeout:
        key = "gate";
        return !policy.budget.deadlineMs && !policy.budget.firstTokenMs && noTier([](const Tier& tier) {
            return tier.budget.deadlineMs || tier.budget.firstTokenMs;
        })
                   ? "No tier that it applies to has \"deadline_ms\" or \"first_token_ms\"."
                   : "";
    case GateKind::Verifier:
        key = "check";
        return trigger.check == VerifierCheck::Length && trigger.minChars.value_or(0) <= 0 &&
                       !trigger.maxChars
                   ? "Every answer has at least no characters at all."
                   : "";
    default:
        return {};
    }
}

/// Requests bring tools of their own, so the gate may have something to check; but only that.
void toolsUnnamed(Examination& e, const Trigger& trigger, std::size_t position)
{
    if (trigger.gate != GateKind::ToolCall || !e.policy().tools.empty())
        return;
    bool expected = trigger.when.has_value();
    for (const Rule& rule : e.policy().rules)
        forEachCondition(rule.when, [&](const Condition& part) { expected = expected || part.hasTools; });
    if (!expected)
        e.report(
            kNoToolsNamed, e.of("triggers", position, "gate"),
            "The gate checks tool calls, but the policy names no tool: only what a request brings along is "
            "checked.",
            "Define the tools in \"tools\", or let \"when\": {\"has_tools\": true} say that requests bring "
            "them.");
}

void examineTrigger(Examination& e, const Trigger& trigger, std::size_t position)
{
    std::string_view key;
    if (const std::string why = whyNever(e, trigger, key); !why.empty()) {
        e.report(kTriggerNeverFires, e.of("triggers", position, key), why + " This trigger never fires.",
                 trigger.gate == GateKind::Judge && key == "below" ? "The scale begins at 1."
                                                                   : "Mend what it waits for, or remove it.");
        return;
    }
    toolsUnnamed(e, trigger, position);
    escalatesDown(e, trigger, position);
    leadsNowhere(e, trigger, position);
}

/// What a winner must pass is asked of lanes only; a trigger of other tiers accepts every answer.
void acceptsUnchecked(Examination& e)
{
    const Cascade& cascade = e.policy().cascade;
    const NodeIndex list = e.keyOr(e.part("cascade"), "accept");
    for (std::size_t i = 0; i < cascade.accept.size(); ++i) {
        const Trigger& trigger = e.policy().triggers[static_cast<std::size_t>(cascade.accept[i])];
        if (std::ranges::any_of(cascade.lanes, [&](int lane) { return e.appliesTo(trigger, lane); }))
            continue;
        e.report(kTriggerNeverFires, e.tree().elementAt(list, i),
                 inQuotes(trigger.id) + " applies to no lane of the race: an answer wins without it.",
                 "Name the lanes in its \"applies_to\", or name another trigger.");
    }
}

} // namespace

void examineEscalation(Examination& e)
{
    acceptsUnchecked(e);
    if (e.comparable()) {
        for (std::size_t i = 0; i < e.policy().triggers.size(); ++i)
            examineTrigger(e, e.policy().triggers[i], i);
        escalationCircle(e);
    }
    fallbackCircle(e);
    unsureSpecialist(e);
    unsureWithoutHop(e);
}

} // namespace signalbox
