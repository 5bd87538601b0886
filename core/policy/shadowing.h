// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Finds rules and map rows that can never take effect because an earlier one always does. Private to
// core/policy.

#include "policy/policy.h"

#include <utility>
#include <vector>

namespace signalbox {

struct Shadow
{
    std::size_t hidden = 0; ///< position of the one that never takes effect
    std::size_t by = 0;     ///< position of the earlier one
};

/// True when every request that fits `narrow` also fits `wide`, as far as the two texts show.
bool implies(const Condition& narrow, const Condition& wide);

std::vector<Shadow> shadowedRules(const std::vector<Rule>& rules);
std::vector<Shadow> shadowedRows(const std::vector<RouterMapRow>& rows);

} // namespace signalbox
