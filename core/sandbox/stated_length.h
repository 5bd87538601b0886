// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A question may say how long its answer is to be ("in about 120 words"), and models keep to that, more or
// less.

#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox::sandbox {

/// How many words the question asks for; 0 = it does not say.
int wordsAskedFor(std::string_view question);

/// The text, gone on with until it has about so many words. What is added says nothing, and does not go round
/// in circles.
std::string stretched(std::string text, int words, std::uint64_t seed);

} // namespace signalbox::sandbox
