// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Answers that decline, in English or German.

#include "features/text_matcher.h"
#include "judging/check.h"

#include <string_view>

namespace signalbox {

/// Fires when the answer itself declines. What it quotes (quotation marks, quoted lines, code) is not its
/// own; in an answer of some length only its beginning counts, and not when it goes on to help ("but here is
/// how …", numbered steps). `more`, the author's patterns, may be null; they count wherever the answer says
/// them of its own.
Check checkRefusal(const TextMatcher* more, std::string_view answer);

} // namespace signalbox
