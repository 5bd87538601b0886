// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/worst_case.h"

#include "cascade/gate_checks.h"
#include "load/deepest_way.h"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>

namespace signalbox {

namespace {

bool appliesAt(const Trigger& trigger, int tier)
{
    return trigger.appliesTo.empty() || std::ranges::find(trigger.appliesTo, tier) != trigger.appliesTo.end();
}

/// A gate that rejects whatever comes.
Trigger rejecting(const Trigger& like)
{
    Trigger out = like;
    out.when.reset();
    if (like.gate == GateKind::Judge) { // asked as always: its time and money are a part of the way
        out.below = std::numeric_limits<double>::max();
        return out;
    }
    out.gate = GateKind::Verifier;
    out.check = VerifierCheck::Length;
    out.minChars = std::numeric_limits<int>::max();
    out.maxChars.reset();
    return out;
}

/// Its answers are those of one tier, and whichever are rejected go to another one, however often.
Trigger onTheWay(Trigger trigger, const Policy& policy, int from, int to)
{
    trigger.appliesTo = {from};
    trigger.appliesToIds = {policy.tiers[asIndex(from)].id};
    trigger.escalateToNext = false;
    trigger.escalateTo = Route::toTier(to);
    trigger.escalateId = policy.tiers[asIndex(to)].id;
    trigger.atMost = 0;
    return trigger;
}

/// The gates of a policy on which every request goes this way. All that a tier has stay with it, as a schema,
/// or tools, change what is asked of the model; judges find everything good, but for the one that leads on.
std::vector<Trigger> triggersFor(const Policy& policy, const WayDown& way)
{
    std::map<int, std::pair<int, int>> on; ///< tier → the next, and the gate that leads there
    for (std::size_t i = 0; i + 1 < way.tiers.size(); ++i)
        on.emplace(way.tiers[i], std::pair(way.tiers[i + 1], way.gates[i]));
    std::vector<Trigger> triggers;
    for (int index = 0; index < static_cast<int>(policy.triggers.size()); ++index) {
        Trigger original = policy.triggers[asIndex(index)];
        // What is asked before a call would turn requests away from tiers of the way.
        if (phaseOf(original.gate) == GatePhase::Request)
            continue;
        if (original.gate == GateKind::Judge)
            original.below = std::numeric_limits<double>::lowest();
        std::vector<int> elsewhere;
        for (int tier = 0; tier < static_cast<int>(policy.tiers.size()); ++tier) {
            const auto next = on.find(tier);
            if (!appliesAt(original, tier))
                continue;
            if (next == on.end())
                elsewhere.push_back(tier);
            else if (original.gate != GateKind::Judge || next->second.second != index) // it is asked once
                triggers.push_back(onTheWay(original, policy, tier, next->second.first));
        }
        if (elsewhere.empty()) // of no tier; no list would be all of them
            continue;
        original.appliesTo = std::move(elsewhere);
        original.appliesToIds.clear();
        for (const int tier : original.appliesTo)
            original.appliesToIds.push_back(policy.tiers[asIndex(tier)].id);
        triggers.push_back(std::move(original));
    }
    for (const auto& [tier, next] : on) { // after all others, so that those are asked
        const Trigger& gate = policy.triggers[asIndex(next.second)];
        triggers.push_back(onTheWay(rejecting(gate), policy, tier, next.first));
    }
    return triggers;
}

PolicyPtr policyOf(const Policy& policy, const WayDown& way)
{
    auto changed = std::make_shared<Policy>(policy);
    changed->triggers = triggersFor(policy, way);
    const auto last = std::prev(way.tiers.end());
    if (std::find(way.tiers.begin(), last, *last) != last) // it would go round again
        changed->cascade.maxHops = static_cast<int>(way.tiers.size());
    Router fixed;
    fixed.kind = RouterKind::Fixed;
    fixed.otherwise = Route::toTier(way.tiers.front());
    fixed.otherwiseId = policy.tiers[asIndex(way.tiers.front())].id;
    changed->router = std::move(fixed);
    changed->rules = {};
    for (const Rule& rule : policy.rules) { // what another one sends somewhere would not begin at the top of the way
        if (!rule.route || !rule.route->isTier())
            changed->rules.push_back(rule);
    }
    changed->cache.reset(); // an answer that is given again goes nowhere
    return changed;
}

} // namespace

Result<WorstCase> worstCaseOf(const Policy& policy)
{
    const CascadePattern pattern = policy.cascade.pattern;
    if (pattern != CascadePattern::Waterfall && pattern != CascadePattern::Direct)
        return fail("load.no_worst_case",
                    std::string("The worst case is known for cascades whose tiers are asked one after the "
                                "other; this one is of pattern \"") +
                        cascadePatternName(pattern) + "\".",
                    "/cascade/pattern");
    const Result<WayDown> taken = deepestWay(policy, true);
    const Result<WayDown> deepest = taken ? deepestWay(policy, false) : taken;
    if (!deepest)
        return tl::unexpected(deepest.error());
    if (taken->tiers.empty())
        return fail("load.no_worst_case", "The router leads to no tier.", "/router");
    WorstCase worst;
    worst.depth = static_cast<int>(deepest->tiers.size());
    worst.tiers = taken->tiers;
    worst.policy = policyOf(policy, *taken);
    return worst;
}

} // namespace signalbox
