// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A hash over all that observe() depends on. Private to core/routers.

#include "policy/policy.h"

#include <string>

namespace signalbox {

/// Equal exactly when two policies see the same things in every request.
std::string matchingFingerprintOf(const Policy& policy);

} // namespace signalbox
