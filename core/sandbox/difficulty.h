// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How hard a question is for a simulated model: the sandbox's own reading of its text, not the router's.

#include "sandbox/reading.h"

#include <string_view>

namespace signalbox::sandbox {

/// 1 (one plain fact) … 3 (several facts at odds with each other), continuous.
double latentDifficulty(std::string_view question, const Knowledge& knowledge);

} // namespace signalbox::sandbox
