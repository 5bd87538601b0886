// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The longest way that a policy lets a request take, and a policy on which every request takes it: what a
// load test has to show is how slow it gets when everything escalates at once, which on ordinary prompts it
// hardly ever does.

#include "base/result.h"
#include "policy/policy.h"

#include <vector>

namespace signalbox {

struct WorstCase
{
    /// The most calls that a request can come to when every tier answers and gates reject, whichever of its
    /// conditions hold: no request makes more, and one makes as many unless the conditions exclude each other.
    /// What stands in for tiers that are not available comes on top.
    int depth = 0;
    std::vector<int> tiers; ///< in the order of their calls; as many as `depth`, but see worstCaseOf()
    PolicyPtr policy;       ///< sends every request along them, as far as constraints, persons and lengths let it
};

/// The policy that comes back differs from the one given in this: the router begins at the first tier of the
/// way, and no rule routes to another; in each tier the gate that leads on rejects whatever comes, and whichever
/// rejects leads to the next tier of the way. Other gates are asked as always, judges that stand before it among
/// them, but those find everything good. Tiers, budgets, constraints and retrieval stay as they are. Its answers say nothing of quality,
/// so its traces are no evidence. Where the deepest way leads from one tier to different ones in turn
/// (at_most), no gates that reject always go along it; then `tiers` is the deepest on which each leads to one.
/// Errors: load.no_worst_case for patterns whose hops do not follow each other, and when there are more ways
/// than can be looked at.
Result<WorstCase> worstCaseOf(const Policy& policy);

} // namespace signalbox
