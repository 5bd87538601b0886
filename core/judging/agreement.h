// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Whether answers say the same, worked out without a model.

#include <optional>
#include <string>
#include <string_view>

namespace signalbox {

/// The words of the answer, without regard to case, punctuation and markup: equal for answers that say the
/// same word for word. Nothing for an answer without words.
std::optional<std::string> sameWordsKey(std::string_view answer);

/// What the answer comes to, in a few words: what is boxed, what stands behind "the answer is" or "Answer:", else its
/// last line with a number, else the whole of a short answer; and the yes or no that it begins with. Numbers are equal by
/// value ("1,234.50" is 1234.5); units, dates, fractions and all other words as they stand, but for those that only lead
/// to it ("it comes to"). Nothing when the answer comes to no few words.
std::optional<std::string> shortAnswerKey(std::string_view answer);

} // namespace signalbox
