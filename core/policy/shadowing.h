// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Finds rules, map rows and user tiers that can never take effect because an earlier one always does, and
// conditions that nothing fits. What is said here is certain: where the texts do not show it, it is not said.
// Private to core/policy.

#include "policy/policy.h"

#include <cstddef>
#include <vector>

namespace signalbox {

struct Shadow
{
    std::size_t hidden = 0; ///< position of the one that never takes effect
    std::size_t by = 0;     ///< position of the one that takes effect instead
    bool together = false;  ///< all up to there do so together
};

/// True when every request that fits `narrow` also fits `wide`, as far as the two texts show.
bool implies(const Condition& narrow, const Condition& wide);

/// True when no request fits, as far as the text shows.
bool neverHolds(const Condition& condition);

/// Routes that an earlier rule always takes, and constraints that an earlier one makes superfluous.
std::vector<Shadow> shadowedRules(const SharedList<Rule>& rules);
std::vector<Shadow> shadowedRows(const std::vector<RouterMapRow>& rows);
std::vector<Shadow> shadowedUserTiers(const std::vector<UserTier>& userTiers);

/// The rows take every request, whatever its intent, difficulty and confidence.
bool coversEverything(const std::vector<RouterMapRow>& rows);

} // namespace signalbox
