// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How deep a policy lets a request go: every way that its rules, its router and its gates allow, walked on the engine's
// own machine. Private to the load test.

#include "base/result.h"
#include "policy/policy.h"

#include <cstddef>
#include <vector>

namespace signalbox {

inline std::size_t asIndex(int index)
{
    return static_cast<std::size_t>(index);
}

/// Tiers that were called one after the other, and the gate of each that led on; the last one has none.
struct WayDown
{
    std::vector<int> tiers;
    std::vector<int> gates;
};

/// The deepest way of the policy; an empty one when there is none. `always`: only ways on which a tier leads to the same
/// one whenever it is called, and to another than itself, as gates do that reject whatever comes. Error:
/// load.no_worst_case, when there are more ways than can be looked at.
Result<WayDown> deepestWay(const Policy& policy, bool always);

} // namespace signalbox
