// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Examines a policy that decodes without errors: what will run, but hardly as its author meant. Warnings and
// notes only. Private to core/policy.

#include "policy/decode_context.h"

#include <string>

namespace signalbox {

/// `today` is YYYY-MM-DD, for the age of prices.
void examinePolicy(DecodeContext& context, const std::string& today);

} // namespace signalbox
