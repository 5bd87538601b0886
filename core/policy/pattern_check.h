// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Checks of the regular expressions of a policy, without matching anything with them.

#include <optional>
#include <string>
#include <string_view>

namespace signalbox {

struct PatternCheck
{
    std::string error;                ///< what RE2 says is wrong; "" if nothing is
    std::string hint;                 ///< what to do about the error
    int size = 0;                     ///< instructions that it compiles to: what it costs in time and memory
    bool matchesEverything = false;   ///< it occurs in every text, as ".*" does
    bool matchesAnyCharacter = false; ///< it occurs in every text that is not empty, as "." does
    bool matchesAnyLetter = false;    ///< it occurs in every text with a letter a–z, as "\\w" does
    bool describesPersonalData = false; ///< it takes a card's or an account's number, an address and the like
};

/// Thread-safe. Remembers what it has seen, since an editor reads the same policy at every keystroke.
PatternCheck checkPattern(std::string_view pattern);

/// The same when it is remembered; compiles nothing.
std::optional<PatternCheck> rememberedPattern(std::string_view pattern);

} // namespace signalbox
