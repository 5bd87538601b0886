// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which tiers a request can get to, in how many hops, and what the worst way through them costs and takes. It
// is an outer bound for the doctor: what it calls unreachable is unreachable. Private to core/policy.

#include "policy/policy.h"

#include <optional>
#include <vector>

namespace signalbox {

struct Journey
{
    double total = 0;
    std::vector<int> tiers; ///< in the order in which they are called
};

class TierGraph
{
public:
    /// Beyond so many possible escalations nothing is worked out: every tier counts as reachable.
    static constexpr std::size_t kMostSteps = 1'000'000;

    /// The policy must have decoded without errors.
    explicit TierGraph(const Policy& policy);

    /// Hops until the tier can be called, the first being 1; nothing when no number of hops leads there.
    std::optional<int> hopsTo(int tier) const;
    bool reachable(int tier) const;

    /// The way of at most max_hops tiers with the greatest sum; nothing when a reachable tier has no weight.
    std::optional<Journey> heaviest(const std::vector<std::optional<double>>& weights) const;

private:
    void findEntries();
    void findSteps();

    const Policy& m_policy;
    std::vector<char> m_entry;             ///< by tier: a decision may begin there
    std::vector<std::vector<int>> m_steps; ///< by tier: where an escalation may lead
    std::vector<int> m_hops;               ///< by tier: fewest hops, 0 = never
    bool m_tooLarge = false;
};

} // namespace signalbox
