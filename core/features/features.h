// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is known of a request before a model is called. Numbers only; matching of keywords is TextMatcher's.

#include "features/request.h"

#include <string>
#include <string_view>

namespace signalbox {

struct Features
{
    std::string folded;   ///< all user messages through foldForMatching(), a line each
    int inputTokens = 0;  ///< estimate over all messages
    int sentences = 0;    ///< of the last user message
    int questions = 0;    ///< question marks in it; "??" counts once
    int numbers = 0;      ///< runs of digits in it
    int clauses = 0;      ///< commas, semicolons and connectives (but, because, if, although …) in it
    int uppercaseWords = 0; ///< words of three and more capitals in it
    bool hasAttachment = false;
    /// False when a text could not be read whole: a user message is no valid UTF-8, or there is more than
    /// kMostMatchedBytes. What is found in such a text is there; what is not found may be there all the same.
    bool textComplete = true;
};

/// More than the largest context windows hold; what comes behind is not matched.
inline constexpr std::size_t kMostMatchedBytes = 4 << 20;

Features extractFeatures(const Request& request);

/// What keywords and patterns are matched against: case folded, runs of white space made one space, typographic
/// apostrophes and quotes made plain, zero-width characters dropped.
std::string foldForMatching(std::string_view text);

} // namespace signalbox
