// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Whether an answer is the word that a model was told to say when it has none.

#include <string_view>

namespace signalbox {

/// True when the answer is the marker, or begins with it, whatever its case; or has it, as it is written, as a word of its
/// own: "I am UNSURE about this", but not "UNSURED cargo", "UNSURE=1" or "when you are unsure".
bool saysMarker(std::string_view answer, std::string_view marker);

} // namespace signalbox
