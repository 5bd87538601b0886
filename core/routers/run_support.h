// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a policy says that this Signalbox can read, draw and examine, but not run yet. A policy with such a part is
// refused when it is run, with the message that is found here; it is never run without that part.

#include "base/result.h"
#include "policy/policy.h"

#include <string>
#include <vector>

namespace signalbox {

struct RunObstacle
{
    std::string pointer; ///< of the part, by id
    std::string message; ///< "The router is of kind \"classifier\", which cannot be run yet."
};

/// What keeps the policy from deciding: rules and router.
std::vector<RunObstacle> obstaclesToDeciding(const Policy& policy);
/// What keeps it from being run or simulated: the same, and cascade, triggers, retrieval, cache and so on.
std::vector<RunObstacle> obstaclesToRunning(const Policy& policy);

/// Error "policy.not_runnable_yet" that names the obstacles, or success.
Result<> mayDecide(const Policy& policy);
Result<> mayRun(const Policy& policy);
/// Whether what-if knows what the policy would do: it may be run, and no budget holds for a whole request.
Result<> maySimulate(const Policy& policy);

} // namespace signalbox
