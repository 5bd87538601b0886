// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is known of a request before a model is called. Numbers only; matching of keywords is TextMatcher's.

#include "features/request.h"

#include <string>

namespace signalbox {

struct Features
{
    std::string folded;   ///< all user messages, case-folded, for matching
    int inputTokens = 0;  ///< estimate over all messages
    int sentences = 0;    ///< of the last user message
    int questions = 0;    ///< question marks in it
    int numbers = 0;      ///< runs of digits in it
    int clauses = 0;      ///< commas, semicolons and connectives (but, because, if, although …) in it
    int uppercaseWords = 0; ///< words of three and more capitals in it
    bool hasAttachment = false;
};

Features extractFeatures(const Request& request);

} // namespace signalbox
