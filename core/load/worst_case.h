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
    std::vector<int> tiers; ///< in the order in which they are called; at most max_hops
    PolicyPtr policy;       ///< sends every request along them, as far as rules and lengths let it
};

/// The policy that comes back differs from the one given in two things: the router begins at the first tier
/// of the way, and in each tier the gate that leads on rejects whatever comes. Other gates are asked as
/// always, judges that stand before it among them, but those find everything good. Tiers, budgets, rules and
/// retrieval stay as they are. Its answers say nothing of quality, so its traces are no evidence. Error:
/// load.no_worst_case for patterns whose hops do not follow each other.
Result<WorstCase> worstCaseOf(const Policy& policy);

} // namespace signalbox
