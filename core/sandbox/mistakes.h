// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The ways in which a simulated model goes wrong.

#include "base/random.h"

#include <string>
#include <string_view>

namespace signalbox::sandbox {

/// The text with numbers changed, more of them the higher the severity (0–1); "" when it has none.
std::string withOtherNumbers(std::string_view text, double severity, Random& random);

/// The sentence with its meaning turned round, or "" when it has no verb that we can turn.
std::string negated(std::string_view sentence);

/// A confident statement about a policy that nobody has.
std::string inventedPolicy(Random& random);

/// Words that commit to nothing.
std::string vagueAnswer(Random& random);

} // namespace signalbox::sandbox
