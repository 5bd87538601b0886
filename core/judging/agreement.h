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

/// The number or the few words that the answer comes to: what is boxed, what stands behind "the answer is" or
/// "Answer:", else its last line's only number, else the whole of a short answer. Numbers are equal by value
/// ("1,234.50" is 1234.5), words as above. Nothing when the answer comes to none.
std::optional<std::string> shortAnswerKey(std::string_view answer);

} // namespace signalbox
