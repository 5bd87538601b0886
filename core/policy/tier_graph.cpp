// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/tier_graph.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <set>

namespace signalbox {

namespace {

constexpr double kUnreached = -1;

std::size_t at(int tier)
{
    return static_cast<std::size_t>(tier);
}

/// Tiers that the pattern asks before anything escalates (Waterfall::isContestant()). A sampled tier is one where it
/// stands outside of the order.
std::vector<int> contestantsOf(const Cascade& cascade, std::size_t count)
{
    std::vector<int> tiers;
    switch (cascade.pattern) {
    case CascadePattern::Race:
    case CascadePattern::Agreement:
        return cascade.lanes;
    case CascadePattern::Pipeline:
        for (const Stage& stage : cascade.stages) {
            if (stage.tier >= 0 && std::ranges::find(tiers, stage.tier) == tiers.end())
                tiers.push_back(stage.tier);
        }
        return tiers;
    case CascadePattern::SelfConsistency:
        for (int tier = 0; tier < static_cast<int>(count); ++tier) {
            if (std::ranges::find(cascade.order, tier) == cascade.order.end())
                tiers.push_back(tier);
        }
        return tiers;
    default:
        return tiers;
    }
}

} // namespace

int longestRequest(const Policy& policy, const Tier& tier)
{
    int most = tier.budget.maxInputTokens.value_or(std::numeric_limits<int>::max());
    for (const int model : tier.models) {
        const int context = policy.models[at(model)].contextTokens;
        if (context > 0)
            most = std::min(most, context);
    }
    return most;
}

std::vector<Route> routesOf(const Router& router)
{
    std::vector<Route> routes;
    for (const RouterMapRow& row : router.map)
        routes.push_back(row.route);
    routes.insert(routes.end(), router.candidates.begin(), router.candidates.end());
    routes.insert(routes.end(), router.allow.begin(), router.allow.end());
    for (const AgenticChoice& choice : router.choices)
        routes.push_back(choice.route);
    for (const Route& route : {router.weak, router.strong, router.otherwise})
        routes.push_back(route);
    for (const Router& step : router.steps) {
        const std::vector<Route> more = routesOf(step);
        routes.insert(routes.end(), more.begin(), more.end());
    }
    std::erase_if(routes, [](const Route& route) { return route.kind == Route::Kind::None; });
    return routes;
}

TierGraph::TierGraph(const Policy& policy)
    : m_policy(policy), m_count(policy.tiers.size()), m_entry(m_count, 0), m_steps(m_count), m_free(m_count),
      m_next(m_count)
{
    const std::vector<TierSet> sets = setsOfRules();
    m_tooLarge =
        m_count * policy.triggers.size() > kMostSteps || m_count * (sets.size() + m_count) > kMostSteps;
    if (m_tooLarge) {
        m_hops.assign(m_count, 1);
        m_everHops = m_hops;
        return;
    }
    // Requests of every length first: whatever they can do counts as possible.
    std::vector<TierSet> beside = barredBeside(true);
    std::vector<char> entry(m_count, 0);
    findEntries(beside, entry);
    findSteps(beside);
    addFallbacks(entry);
    m_everHops = hopsFrom(entry);

    beside = barredBeside(false);
    m_steps.assign(m_count, {});
    m_free = m_next = m_steps;
    findEntries(beside, m_entry);
    findSteps(beside);
    addFallbacks(m_entry);
    m_hops = hopsFrom(m_entry);
}

bool TierGraph::has(const TierSet& set, int tier)
{
    return (set[at(tier) / 64] >> (at(tier) % 64) & 1) != 0;
}

void TierGraph::add(TierSet& set, int tier)
{
    set[at(tier) / 64] |= std::uint64_t{1} << (at(tier) % 64);
}

/// What each constraint bars, every set once: rules by the thousand bar the same few.
std::vector<TierGraph::TierSet> TierGraph::setsOfRules() const
{
    std::set<TierSet> sets;
    std::set<std::vector<std::string>> residencies;
    for (const Rule& rule : m_policy.rules) {
        if (!rule.isConstraint())
            continue;
        if (!rule.exclude.empty()) {
            TierSet barred((m_count + 63) / 64, 0);
            for (const int tier : rule.exclude)
                add(barred, tier);
            sets.insert(std::move(barred));
        }
        if (rule.allowResidency.empty() || !residencies.insert(rule.allowResidency).second)
            continue;
        TierSet barred((m_count + 63) / 64, 0);
        for (std::size_t tier = 0; tier < m_count; ++tier) {
            const auto elsewhere = [&](int model) {
                const auto& endpoint = m_policy.endpoints[at(m_policy.models[at(model)].endpoint)];
                return std::ranges::find(rule.allowResidency, endpoint.residency) ==
                       rule.allowResidency.end();
            };
            if (std::ranges::any_of(m_policy.tiers[tier].models, elsewhere))
                add(barred, static_cast<int>(tier));
        }
        sets.insert(std::move(barred));
    }
    return {sets.begin(), sets.end()};
}

std::vector<TierGraph::TierSet> TierGraph::barredBeside(bool byLength) const
{
    const std::vector<TierSet> sets = setsOfRules();
    std::vector<int> lengths;
    for (const Tier& tier : m_policy.tiers)
        lengths.push_back(longestRequest(m_policy, tier));
    std::vector<TierSet> beside(m_count, TierSet((m_count + 63) / 64, 0));
    for (std::size_t tier = 0; tier < m_count; ++tier) {
        for (const TierSet& set : sets) {
            if (has(set, static_cast<int>(tier)))
                continue;
            for (std::size_t word = 0; word < set.size(); ++word)
                beside[tier][word] |= set[word];
        }
        for (std::size_t other = 0; byLength && other < m_count; ++other) {
            if (lengths[other] < lengths[tier])
                add(beside[tier], static_cast<int>(other));
        }
    }
    return beside;
}

void TierGraph::findEntries(const std::vector<TierSet>& beside, std::vector<char>& entry) const
{
    const auto enter = [&](const Route& route) {
        if (route.isTier())
            entry[at(route.tier)] = 1;
    };
    for (const Rule& rule : m_policy.rules)
        enter(rule.route.value_or(Route{}));
    for (const Route& route : routesOf(m_policy.router))
        enter(route);
    for (const auto* tiers : {&m_policy.cascade.lanes, &m_policy.cascade.pool}) {
        for (const int tier : *tiers)
            entry[at(tier)] = 1;
    }
    for (const Stage& stage : m_policy.cascade.stages) {
        if (stage.tier >= 0)
            entry[at(stage.tier)] = 1;
    }
    if (m_policy.cascade.background >= 0)
        entry[at(m_policy.cascade.background)] = 1;
    // Where the chosen tier is barred, the nearest one of the order stands in for it: upwards first, then
    // downwards, then any (nearestAllowed() of the router's room).
    const std::vector<char> chosen = entry;
    const std::vector<int>& order = m_policy.cascade.order;
    std::vector<char> ordered(m_count, 0);
    for (const int tier : order)
        ordered[at(tier)] = 1;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const TierSet& barred = beside[at(order[i])];
        for (std::size_t below = i; below-- > 0 && has(barred, order[below]);)
            entry[at(order[i])] |= chosen[at(order[below])];
        bool someBarred = false;
        std::size_t above = order.size();
        for (; above > i + 1 && has(barred, order[above - 1]); --above)
            someBarred = someBarred || chosen[at(order[above - 1])];
        if (above == i + 1 && someBarred)
            entry[at(order[i])] = 1;
    }
    const bool strays = [&] {
        for (std::size_t tier = 0; tier < m_count; ++tier) {
            if (chosen[tier] && !ordered[tier])
                return true;
        }
        return false;
    }();
    for (std::size_t tier = 0; tier < m_count; ++tier) {
        const auto barred = [&](int other) { return has(beside[tier], other); };
        const bool allOfOrder = !order.empty() && std::ranges::all_of(order, barred);
        bool first = strays || allOfOrder;
        for (std::size_t other = 0; first && other < tier; ++other)
            first = barred(static_cast<int>(other));
        bool instead = false;
        for (std::size_t other = 0; first && other < m_count; ++other)
            instead = instead ||
                      (chosen[other] && barred(static_cast<int>(other)) && (allOfOrder || !ordered[other]));
        if (first && instead)
            entry[tier] = 1;
    }
}

void TierGraph::addStep(int from, int to)
{
    if (from != to)
        m_steps[at(from)].push_back(to);
}

void TierGraph::findSteps(const std::vector<TierSet>& beside)
{
    const Cascade& cascade = m_policy.cascade;
    const auto turnAway = [&](int tier, const Trigger& trigger) {
        if (!trigger.escalateToNext && trigger.escalateTo.isTier())
            m_free[at(tier)].push_back(trigger.escalateTo.tier);
        else if (trigger.escalateToNext)
            m_free[at(tier)].insert(m_free[at(tier)].end(), m_next[at(tier)].begin(), m_next[at(tier)].end());
    };
    const auto turnAwayBefore = [&] {
        for (const Trigger& trigger : m_policy.triggers) {
            if (!isAskedBefore(trigger.gate))
                continue;
            for (const int tier : trigger.appliesTo)
                turnAway(tier, trigger);
            for (std::size_t tier = 0; trigger.appliesTo.empty() && tier < m_count; ++tier)
                turnAway(static_cast<int>(tier), trigger);
        }
    };
    if (cascade.pattern == CascadePattern::Direct) {
        turnAwayBefore();
        return;
    }
    const std::vector<int>& order = cascade.order;
    for (std::size_t i = 1; i < order.size(); ++i) {
        addStep(order[i - 1], order[i]);
        for (std::size_t below = i - 1; below > 0 && has(beside[at(order[i])], order[below]); --below)
            addStep(order[below - 1], order[i]);
    }
    const std::vector<int> contestants = contestantsOf(cascade, m_count);
    const auto isContestant = [&](int tier) {
        return std::ranges::find(contestants, tier) != contestants.end();
    };
    for (const int contestant : contestants) { // after them: the first of the order that has not run yet
        for (std::size_t i = 0; i < order.size(); ++i) {
            addStep(contestant, order[i]);
            const bool passed = [&] {
                for (std::size_t next = i + 1; next < order.size(); ++next) {
                    if (has(beside[at(order[next])], order[i]))
                        return true;
                }
                return isContestant(order[i]);
            }();
            if (!passed)
                break;
        }
    }
    m_next = m_steps;
    turnAwayBefore();
    for (const int tier : cascade.pool) {
        if (cascade.unsure.isTier())
            addStep(tier, cascade.unsure.tier);
    }
    for (const Trigger& trigger : m_policy.triggers) {
        if (trigger.escalateToNext || !trigger.escalateTo.isTier())
            continue;
        for (const int tier : trigger.appliesTo)
            addStep(tier, trigger.escalateTo.tier);
        for (std::size_t tier = 0; trigger.appliesTo.empty() && tier < m_count; ++tier)
            addStep(static_cast<int>(tier), trigger.escalateTo.tier);
    }
    for (std::vector<int>& steps : m_steps) {
        std::ranges::sort(steps);
        steps.erase(std::ranges::unique(steps).begin(), steps.end());
    }
}

/// Where a tier is called, those that stand in for it when it is not available may be called instead.
void TierGraph::addFallbacks(std::vector<char>& entry)
{
    const auto any = [](const Tier& tier) { return !tier.fallback.empty(); };
    if (std::ranges::none_of(m_policy.tiers, any))
        return;
    const auto withFallbacks = [&](std::vector<int> open) {
        std::vector<char> seen(m_count, 0);
        for (const int tier : open)
            seen[at(tier)] = 1;
        for (std::size_t i = 0; i < open.size(); ++i) {
            for (const int tier : m_policy.tiers[at(open[i])].fallback) {
                if (!seen[at(tier)]) {
                    seen[at(tier)] = 1;
                    open.push_back(tier);
                }
            }
        }
        return open;
    };
    std::vector<int> entries;
    for (std::size_t tier = 0; tier < m_count; ++tier) {
        if (entry[tier])
            entries.push_back(static_cast<int>(tier));
    }
    for (const int tier : withFallbacks(std::move(entries)))
        entry[at(tier)] = 1;
    for (std::vector<int>& steps : m_steps)
        steps = withFallbacks(std::move(steps));
}

std::vector<int> TierGraph::hopsFrom(const std::vector<char>& entry) const
{
    // Lanes begin at hop 1, but what follows a race comes after all of them.
    const std::vector<int>& lanes = m_policy.cascade.lanes;
    std::vector<int> hops(m_count, 0);
    std::vector<int> left(m_count, 0); ///< hops that are used up when the tier has answered
    using Open = std::pair<int, int>;
    std::priority_queue<Open, std::vector<Open>, std::greater<>> open;
    for (std::size_t tier = 0; tier < m_count; ++tier) {
        if (!entry[tier])
            continue;
        const bool lane = std::ranges::find(lanes, static_cast<int>(tier)) != lanes.end();
        hops[tier] = 1;
        left[tier] = lane ? static_cast<int>(lanes.size()) : std::max(m_policy.cascade.samples, 1);
        open.emplace(left[tier], static_cast<int>(tier));
    }
    const auto arrive = [&](int tier, int hop) {
        if (hops[at(tier)] != 0 && hops[at(tier)] <= hop)
            return;
        hops[at(tier)] = left[at(tier)] = hop;
        open.emplace(hop, tier);
    };
    while (!open.empty()) {
        const auto [used, from] = open.top();
        open.pop();
        if (used > left[at(from)]) // there is a shorter way by now
            continue;
        for (const int to : m_free[at(from)])
            arrive(to, hops[at(from)]);
        for (const int to : m_steps[at(from)])
            arrive(to, used + 1);
    }
    return hops;
}

bool TierGraph::ever(int tier) const
{
    return m_everHops[at(tier)] > 0 || m_hops[at(tier)] > 0;
}

std::optional<int> TierGraph::hopsTo(int tier) const
{
    const int hops = m_hops[at(tier)];
    return hops == 0 ? std::nullopt : std::optional(hops);
}

bool TierGraph::reachable(int tier) const
{
    const auto hops = hopsTo(tier);
    return hops && *hops <= m_policy.cascade.maxHops;
}

/// `start` holds by tier what its first call adds up to, or kUnreached.
Journey TierGraph::longest(std::vector<double> start, int hops,
                           const std::vector<std::optional<double>>& weights) const
{
    // best[tier]: the heaviest way of exactly `hop` hops that ends in this tier; from[hop][tier]: the tier
    // before.
    const auto most = at(std::max(hops, 1));
    std::vector<std::vector<int>> from(most, std::vector<int>(m_count, -1));
    std::vector<double> best = std::move(start);
    Journey heaviest;
    for (std::size_t hop = 0; hop < most; ++hop) {
        const auto top = std::ranges::max_element(best);
        if (top != best.end() && *top > heaviest.total) {
            heaviest.total = *top;
            heaviest.tiers.clear();
            int tier = static_cast<int>(top - best.begin());
            for (std::size_t back = hop + 1; back-- > 0 && tier >= 0; tier = from[back][at(tier)])
                heaviest.tiers.insert(heaviest.tiers.begin(), tier);
        }
        if (hop + 1 == most)
            break;
        std::vector<double> next(m_count, kUnreached);
        for (std::size_t tier = 0; tier < m_count; ++tier) {
            if (best[tier] < 0)
                continue;
            for (const int to : m_steps[tier]) {
                const double total = best[tier] + weights[at(to)].value_or(0);
                if (total > next[at(to)]) {
                    next[at(to)] = total;
                    from[hop + 1][at(to)] = static_cast<int>(tier);
                }
            }
        }
        best = std::move(next);
    }
    return heaviest;
}

std::optional<Journey> TierGraph::heaviest(const std::vector<std::optional<double>>& weights,
                                           Lanes lanes) const
{
    if (m_tooLarge)
        return std::nullopt;
    for (std::size_t tier = 0; tier < m_count; ++tier) {
        if (reachable(static_cast<int>(tier)) && !weights[tier])
            return std::nullopt;
    }
    const Cascade& cascade = m_policy.cascade;
    std::vector<double> start(m_count, kUnreached);
    if (cascade.pattern == CascadePattern::Pipeline) {
        Journey stages;
        for (const Stage& stage : cascade.stages) {
            if (stage.tier < 0)
                continue;
            stages.total += weights[at(stage.tier)].value_or(0);
            stages.tiers.push_back(stage.tier);
        }
        const int rest = cascade.maxHops - static_cast<int>(stages.tiers.size());
        if (rest < 1 || cascade.order.empty())
            return stages;
        for (const int tier : cascade.order) {
            if (tier >= 0)
                start[at(tier)] = weights[at(tier)].value_or(0);
        }
        const Journey after = longest(std::move(start), rest, weights);
        stages.total += after.total;
        stages.tiers.insert(stages.tiers.end(), after.tiers.begin(), after.tiers.end());
        return stages;
    }
    const bool together =
        cascade.pattern == CascadePattern::Race || cascade.pattern == CascadePattern::Agreement;
    if (!together || cascade.lanes.empty()) {
        const bool sampled = cascade.pattern == CascadePattern::SelfConsistency;
        const int samples = sampled ? std::min(cascade.samples, cascade.maxHops) : 1;
        for (std::size_t tier = 0; tier < m_count; ++tier) {
            if (m_entry[tier])
                start[tier] = weights[tier].value_or(0) * (lanes == Lanes::AddUp ? samples : 1);
        }
        return longest(std::move(start), cascade.maxHops - samples + 1, weights);
    }
    Journey race{0, cascade.lanes, cascade.lanes.size()};
    for (std::size_t i = 0; i < cascade.lanes.size(); ++i) {
        const double weight = weights[at(cascade.lanes[i])].value_or(0);
        race.total = lanes == Lanes::AddUp
                         ? race.total + weight
                         : std::max(race.total,
                                    weight + static_cast<double>(cascade.staggerMs) * static_cast<double>(i));
        for (const int next : m_steps[at(cascade.lanes[i])]) {
            if (std::ranges::find(cascade.lanes, next) == cascade.lanes.end())
                start[at(next)] = weights[at(next)].value_or(0);
        }
    }
    const int left = cascade.maxHops - static_cast<int>(cascade.lanes.size());
    if (left < 1)
        return race;
    const Journey after = longest(std::move(start), left, weights);
    race.total += after.total;
    race.tiers.insert(race.tiers.end(), after.tiers.begin(), after.tiers.end());
    return race;
}

} // namespace signalbox
