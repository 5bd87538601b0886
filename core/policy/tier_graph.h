// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which tiers a request can get to, in how many hops, and what the worst way through them costs and takes. It
// is an outer bound for the doctor: what it calls unreachable is unreachable. Private to core/policy.

#include "policy/policy.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace signalbox {

/// The longest request that a tier takes, in tokens.
int longestRequest(const Policy& policy, const Tier& tier);

/// Every route that a router may give, those of a chain's steps included.
std::vector<Route> routesOf(const Router& router);

struct Journey
{
    double total = 0;
    std::vector<int> tiers;   ///< in the order in which they are called
    std::size_t together = 1; ///< so many of the first are called at once
};

/// What lanes of a race do to a sum: they cost together, but take no longer than the slowest.
enum class Lanes { AddUp, Overlap };

class TierGraph
{
public:
    /// Beyond so many possible escalations nothing is worked out: every tier counts as reachable.
    static constexpr std::size_t kMostSteps = 1'000'000;

    /// The policy must have decoded without errors.
    explicit TierGraph(const Policy& policy);

    /// Some request gets there, if only because it is too long for every other tier, or because no model of
    /// another tier is available.
    bool ever(int tier) const;
    /// Hops until a request can be there that fits every tier, the first being 1; nothing when it never is.
    std::optional<int> hopsTo(int tier) const;
    /// The same, within max_hops.
    bool reachable(int tier) const;
    /// Where an answer of the tier may escalate to.
    const std::vector<int>& stepsFrom(int tier) const { return m_steps[static_cast<std::size_t>(tier)]; }
    /// What comes next to the tier in its pattern, whatever its triggers say: also for a request that an escalation sends
    /// to a tier which is barred to it.
    const std::vector<int>& nextTo(int tier) const { return m_next[static_cast<std::size_t>(tier)]; }
    bool tooLarge() const { return m_tooLarge; }

    /// The way of at most max_hops tiers with the greatest sum; nothing when a reachable tier has no weight.
    std::optional<Journey> heaviest(const std::vector<std::optional<double>>& weights, Lanes lanes) const;

private:
    using TierSet = std::vector<std::uint64_t>;
    static bool has(const TierSet& set, int tier);
    static void add(TierSet& set, int tier);
    /// By tier: the tiers that may be barred while this one is not.
    std::vector<TierSet> barredBeside(bool byLength) const;
    std::vector<TierSet> setsOfRules() const;
    void findEntries(const std::vector<TierSet>& beside, std::vector<char>& entry) const;
    void findSteps(const std::vector<TierSet>& beside);
    void addStep(int from, int to);
    void addFallbacks(std::vector<char>& entry);
    std::vector<int> hopsFrom(const std::vector<char>& entry) const;
    Journey longest(std::vector<double> start, int hops,
                    const std::vector<std::optional<double>>& weights) const;

    const Policy& m_policy;
    std::size_t m_count;
    std::vector<char> m_entry;             ///< by tier: a decision may begin there
    std::vector<std::vector<int>> m_steps; ///< by tier: where an escalation may lead
    std::vector<std::vector<int>> m_free;  ///< by tier: where a gate on the request may send it without a call
    std::vector<std::vector<int>> m_next;  ///< by tier: the part of it that needs no trigger's word
    std::vector<int> m_hops;               ///< by tier: fewest hops, 0 = never
    std::vector<int> m_everHops;           ///< the same of requests of every length
    bool m_tooLarge = false;
};

} // namespace signalbox
