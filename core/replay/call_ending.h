// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How a recorded call would have ended under a tier's time limits and the gates on silence and loops. Live runs have
// timers for them, and the first that goes off ends the call; here the first is found from what was recorded of the
// call, as far as that tells.

#include "policy/policy.h"
#include "replay/outcome_matrix.h"
#include "routers/compiled_policy.h"

#include <string>

namespace signalbox {

struct CallEnding
{
    enum class How {
        Whole,  ///< no limit came: as it was recorded
        Ended,  ///< by a limit, and what came of it is no answer
        Unknown ///< what was recorded does not say which limit came first, or whether one did
    };
    How how = How::Whole;
    const char* unknown = nullptr; ///< why: "whatif.stall_not_recorded" …
    int trigger = -1;              ///< that fired, or −1
    std::string reason;            ///< reason code of the limit
    double afterMs = 0;   ///< from the call's start; of a stall within the answer the latest moment that it can have been
    bool begun = false;   ///< part of an answer had come
    bool toTheEnd = true; ///< the server had said all, what it used included
};

/// The cell must be a known one. The tier is the one that the policy would ask, which need not be the recorded one.
CallEnding endingOf(const Policy& policy, const Observation& seen, int tier, const OutcomeCell& cell);

} // namespace signalbox
