// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/tier_graph.h"

#include <algorithm>
#include <deque>

namespace signalbox {

TierGraph::TierGraph(const Policy& policy)
    : m_policy(policy), m_entry(policy.tiers.size(), 0), m_steps(policy.tiers.size()),
      m_hops(policy.tiers.size(), 0)
{
    m_tooLarge = policy.tiers.size() * policy.triggers.size() > kMostSteps;
    if (m_tooLarge) {
        m_hops.assign(policy.tiers.size(), 1);
        return;
    }
    findEntries();
    findSteps();
    std::deque<int> open;
    for (std::size_t tier = 0; tier < m_entry.size(); ++tier) {
        if (m_entry[tier]) {
            m_hops[tier] = 1;
            open.push_back(static_cast<int>(tier));
        }
    }
    for (; !open.empty(); open.pop_front()) {
        const auto from = static_cast<std::size_t>(open.front());
        for (const int to : m_steps[from]) {
            int& hops = m_hops[static_cast<std::size_t>(to)];
            if (hops == 0) {
                hops = m_hops[from] + 1;
                open.push_back(to);
            }
        }
    }
}

void TierGraph::findEntries()
{
    const auto enter = [&](const Route& route) {
        if (route.isTier())
            m_entry[static_cast<std::size_t>(route.tier)] = 1;
    };
    bool constrained = false;
    for (const Rule& rule : m_policy.rules) {
        if (rule.route)
            enter(*rule.route);
        constrained = constrained || rule.isConstraint();
    }
    for (const RouterMapRow& row : m_policy.router.map)
        enter(row.route);
    enter(m_policy.router.otherwise);
    // Where the chosen tier is barred or too small for the request, another one of the order may stand in for
    // it.
    for (const Tier& tier : m_policy.tiers)
        constrained = constrained || tier.budget.maxInputTokens.has_value();
    if (constrained) {
        for (const int tier : m_policy.cascade.order)
            m_entry[static_cast<std::size_t>(tier)] = 1;
    }
}

void TierGraph::findSteps()
{
    const Cascade& cascade = m_policy.cascade;
    if (cascade.pattern == CascadePattern::Direct)
        return;
    for (std::size_t i = 0; i + 1 < cascade.order.size(); ++i)
        m_steps[static_cast<std::size_t>(cascade.order[i])].push_back(cascade.order[i + 1]);
    for (const Trigger& trigger : m_policy.triggers) {
        if (trigger.escalateToNext || !trigger.escalateTo.isTier())
            continue;
        const auto step = [&](std::size_t from) {
            std::vector<int>& steps = m_steps[from];
            if (static_cast<int>(from) != trigger.escalateTo.tier &&
                std::ranges::find(steps, trigger.escalateTo.tier) == steps.end())
                steps.push_back(trigger.escalateTo.tier);
        };
        for (const int tier : trigger.appliesTo)
            step(static_cast<std::size_t>(tier));
        for (std::size_t tier = 0; trigger.appliesTo.empty() && tier < m_steps.size(); ++tier)
            step(tier);
    }
}

std::optional<int> TierGraph::hopsTo(int tier) const
{
    const int hops = m_hops[static_cast<std::size_t>(tier)];
    return hops == 0 ? std::nullopt : std::optional(hops);
}

bool TierGraph::reachable(int tier) const
{
    const auto hops = hopsTo(tier);
    return hops && *hops <= m_policy.cascade.maxHops;
}

std::optional<Journey> TierGraph::heaviest(const std::vector<std::optional<double>>& weights) const
{
    const std::size_t count = m_policy.tiers.size();
    if (m_tooLarge)
        return std::nullopt;
    for (std::size_t tier = 0; tier < count; ++tier) {
        if (reachable(static_cast<int>(tier)) && !weights[tier])
            return std::nullopt;
    }
    // best[tier]: the heaviest way of exactly `hop` hops that ends in this tier; from[hop][tier]: the tier
    // before.
    constexpr double kNone = -1;
    const auto hops = static_cast<std::size_t>(std::max(m_policy.cascade.maxHops, 1));
    std::vector<std::vector<int>> from(hops, std::vector<int>(count, -1));
    std::vector<double> best(count, kNone);
    for (std::size_t tier = 0; tier < count; ++tier) {
        if (m_entry[tier])
            best[tier] = weights[tier].value_or(0);
    }
    Journey heaviest;
    for (std::size_t hop = 0; hop < hops; ++hop) {
        const auto top = std::ranges::max_element(best);
        if (top != best.end() && *top > heaviest.total) {
            heaviest.total = *top;
            heaviest.tiers.clear();
            int tier = static_cast<int>(top - best.begin());
            for (std::size_t back = hop + 1; back-- > 0 && tier >= 0;
                 tier = from[back][static_cast<std::size_t>(tier)])
                heaviest.tiers.insert(heaviest.tiers.begin(), tier);
        }
        if (hop + 1 == hops)
            break;
        std::vector<double> next(count, kNone);
        for (std::size_t tier = 0; tier < count; ++tier) {
            for (const int to : best[tier] < 0 ? std::vector<int>{} : m_steps[tier]) {
                const auto target = static_cast<std::size_t>(to);
                const double total = best[tier] + weights[target].value_or(0);
                if (total > next[target]) {
                    next[target] = total;
                    from[hop + 1][target] = static_cast<int>(tier);
                }
            }
        }
        best = std::move(next);
    }
    return heaviest;
}

} // namespace signalbox
