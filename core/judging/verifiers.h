// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Deterministic verifiers of an answer. None of them says that an answer is right; each says what it looked
// at.

#include "features/text_matcher.h"
#include "judging/check.h"

#include <string_view>

namespace signalbox {

/// Fires when none of the matcher's patterns occurs. They are matched as in conditions: without regard to
/// case, white space made single.
Check checkPatterns(const TextMatcher& patterns, std::string_view answer);

/// Fires outside of the bounds, which count code points. The score is the length.
Check checkLength(std::optional<int> minChars, std::optional<int> maxChars, std::string_view answer);

/// Looks at each fenced code block. A fence that is never closed fires. JSON is parsed. Of Python, SQL,
/// JavaScript, TypeScript and the languages of C's family, brackets must pair and quotes and comments must
/// end; that is no parse, and a block that passes may still not compile. Blocks of other languages, or of
/// none that is named, are not checked. The score is the share of checked blocks that hold.
Check checkCode(std::string_view answer);

/// Works out each "a op b = c" in numbers (+ − × ÷ ^, parentheses, chains of equals signs), and "p % of a is b". English and
/// German separators, currency signs, percent signs and units are understood as far as they are unambiguous;
/// what is not (mixed units, letters for numbers, "million") is left out. A result may be rounded to the
/// places it shows. Something divided by zero equals nothing. The score is the share of equations that hold.
Check checkArithmetic(std::string_view answer);

} // namespace signalbox
