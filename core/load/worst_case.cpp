// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/worst_case.h"

#include "cascade/gate_checks.h"

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

/// How far a request can get from each tier by gates on answers alone.
class Depths
{
public:
    explicit Depths(const Policy& policy) : m_policy(policy) {}

    /// The gate of the tier that leads deepest within so many calls, or −1. Of equals it is the one that is
    /// asked last.
    int leadsOn(int tier, int calls, const std::map<int, int>& uses = {})
    {
        int best = -1;
        int deepest = 0;
        for (std::size_t i = 0; i < m_policy.triggers.size(); ++i) {
            const Trigger& trigger = m_policy.triggers[i];
            const int next = targetOf(trigger, tier);
            const auto used = uses.find(static_cast<int>(i));
            const bool usedUp = trigger.atMost > 0 && used != uses.end() && used->second >= trigger.atMost;
            if (phaseOf(trigger.gate) != GatePhase::Answer || !appliesAt(trigger, tier) || next < 0 || usedUp)
                continue;
            const int depth = from(next, calls - 1);
            const bool later = best < 0 || trigger.gate == GateKind::Judge ||
                               m_policy.triggers[static_cast<std::size_t>(best)].gate != GateKind::Judge;
            if (depth > deepest || (depth == deepest && depth > 0 && later)) {
                deepest = depth;
                best = static_cast<int>(i);
            }
        }
        return best;
    }
    /// Calls from this tier on, itself included.
    int from(int tier, int calls)
    {
        if (calls <= 0)
            return 0;
        const auto known = m_known.find({tier, calls});
        if (known != m_known.end())
            return known->second;
        m_known[{tier, calls}] = 1;
        const int gate = leadsOn(tier, calls);
        const int depth =
            gate < 0 ? 1
                     : 1 + from(targetOf(m_policy.triggers[static_cast<std::size_t>(gate)], tier), calls - 1);
        m_known[{tier, calls}] = depth;
        return depth;
    }
    int targetOf(const Trigger& trigger, int from) const
    {
        if (trigger.escalateToNext)
            return after(from);
        if (!trigger.escalateTo.isTier())
            return -1;
        return trigger.escalateTo.tier != from ? trigger.escalateTo.tier : after(from); // as the cascade does
    }

private:
    int after(int tier) const
    {
        if (m_policy.cascade.pattern == CascadePattern::Direct)
            return -1;
        const std::vector<int>& order = m_policy.cascade.order;
        const auto at = std::ranges::find(order, tier);
        return at == order.end() || at + 1 == order.end() ? -1 : *(at + 1);
    }

    const Policy& m_policy;
    std::map<std::pair<int, int>, int> m_known;
};

void addRoutes(const Router& router, std::vector<int>& tiers)
{
    const auto add = [&](const Route& route) {
        if (route.isTier())
            tiers.push_back(route.tier);
    };
    for (const RouterMapRow& row : router.map)
        add(row.route);
    add(router.weak);
    add(router.strong);
    for (const std::vector<Route>* routes : {&router.candidates, &router.allow})
        std::ranges::for_each(*routes, add);
    for (const AgenticChoice& choice : router.choices)
        add(choice.route);
    for (const Router& step : router.steps)
        addRoutes(step, tiers);
    add(router.otherwise);
}

/// A gate that rejects whatever comes, and leads where the given one does.
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
    Depths depths(policy);
    std::vector<int> entries;
    addRoutes(policy.router, entries);
    for (const Rule& rule : policy.rules) { // what a rule says comes before the router
        if (rule.route && rule.route->isTier())
            entries.push_back(rule.route->tier);
    }
    if (entries.empty())
        return fail("load.no_worst_case", "The router leads to no tier.", "/router");
    const int calls = std::max(1, policy.cascade.maxHops);
    const int first =
        *std::ranges::max_element(entries, {}, [&](int tier) { return depths.from(tier, calls); });

    WorstCase worst;
    auto changed = std::make_shared<Policy>(policy);
    std::map<int, std::vector<int>> rejects; ///< trigger → tiers where it does
    std::map<int, int> uses;
    for (int tier = first, left = calls; tier >= 0 && left > 0; --left) {
        worst.tiers.push_back(tier);
        const int gate = depths.leadsOn(tier, left, uses);
        if (gate < 0)
            break;
        ++uses[gate];
        if (std::ranges::find(rejects[gate], tier) == rejects[gate].end())
            rejects[gate].push_back(tier);
        tier = depths.targetOf(policy.triggers[static_cast<std::size_t>(gate)], tier);
    }
    for (Trigger& trigger : changed->triggers) {
        if (trigger.gate == GateKind::Judge)
            trigger.below = std::numeric_limits<double>::lowest();
    }
    std::vector<Trigger> last;
    for (const auto& [index, tiers] : rejects) {
        Trigger reject = rejecting(policy.triggers[static_cast<std::size_t>(index)]);
        reject.appliesTo = tiers;
        reject.appliesToIds.clear();
        for (const int tier : tiers)
            reject.appliesToIds.push_back(policy.tiers[static_cast<std::size_t>(tier)].id);
        last.push_back(std::move(reject));
        Trigger& original = changed->triggers[static_cast<std::size_t>(index)];
        if (original.gate != GateKind::Judge)
            continue; // it stays: a schema, or tools, change what is asked of the model
        // A judge is asked once, and its copy does that.
        if (original.appliesTo.empty()) {
            for (int tier = 0; tier < static_cast<int>(policy.tiers.size()); ++tier)
                original.appliesTo.push_back(tier);
        }
        std::erase_if(original.appliesTo,
                      [&](int tier) { return std::ranges::find(tiers, tier) != tiers.end(); });
        if (original.appliesTo.empty())
            original.appliesTo.push_back(-1); // no tier: empty would be all of them
    }
    for (Trigger& reject : last)
        changed->triggers.push_back(std::move(reject));
    // What is asked before a call would turn requests away from tiers of the way.
    std::erase_if(changed->triggers,
                  [](const Trigger& trigger) { return phaseOf(trigger.gate) == GatePhase::Request; });

    Router fixed;
    fixed.kind = RouterKind::Fixed;
    fixed.otherwise = Route::toTier(first);
    fixed.otherwiseId = policy.tiers[static_cast<std::size_t>(first)].id;
    changed->router = std::move(fixed);
    changed->rules = {};
    for (const Rule& rule : policy.rules) {
        if (!rule.route || !rule.route->isTier())
            changed->rules.push_back(rule);
    }
    changed->cache.reset(); // an answer that is given again goes nowhere
    worst.policy = std::move(changed);
    return worst;
}

} // namespace signalbox
