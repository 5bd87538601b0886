// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which of a tier's models is asked.

#include "policy/policy.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace signalbox {

/// Index into Policy::models, −1 when the tier has none. The same draw meets the same replica, as far as load
/// does not come into it. `inFlight`: calls by model id. Replicas that `available` denies are passed over,
/// unless it denies all of them.
int chooseReplica(const Policy& policy, const Tier& tier, std::uint64_t draw,
                  const std::map<std::string, int>& inFlight,
                  const std::function<bool(const Model&)>& available);

} // namespace signalbox
