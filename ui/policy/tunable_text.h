// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The numbers that a person tunes, named in the window's language. Core names them in English.

#include "policy/edit.h"

#include <vector>

namespace signalbox {

/// tunablesOf(), with labels and units translated: "Judge grounding, below", "of 5".
std::vector<Tunable> namedTunables(const Policy& policy);

} // namespace signalbox
