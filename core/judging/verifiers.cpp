// SPDX-License-Identifier: GPL-3.0-or-later
#include "judging/verifiers.h"

#include "base/text.h"
#include "features/features.h"

#include <algorithm>

namespace signalbox {

Check checkPatterns(const TextMatcher& patterns, std::string_view answer)
{
    Check check;
    check.threshold = 1;
    const TextMatcher::Hits hits = patterns.match(foldForMatching(answer));
    const auto any = [&](char state) { return std::ranges::find(hits.pattern, state) != hits.pattern.end(); };
    if (any(TextMatcher::kOccurs)) {
        check.score = 1;
        check.explanation = "A pattern occurs in the answer.";
    } else if (any(TextMatcher::kIncomplete)) {
        check.known = false;
        check.explanation = "A pattern could not be looked for.";
    } else {
        check.score = 0;
        check.fires = true;
        check.explanation = "No pattern occurs in the answer.";
    }
    return check;
}

Check checkLength(std::optional<int> minChars, std::optional<int> maxChars, std::string_view answer)
{
    Check check;
    const std::size_t length = codePoints(answer);
    check.score = static_cast<double>(length);
    check.explanation = "The answer has " + std::to_string(length) + " characters";
    if (minChars && length < static_cast<std::size_t>(*minChars)) {
        check.fires = true;
        check.threshold = *minChars;
        check.explanation += ", fewer than " + std::to_string(*minChars);
    } else if (maxChars && length > static_cast<std::size_t>(*maxChars)) {
        check.fires = true;
        check.explanation += ", more than " + std::to_string(*maxChars);
    }
    check.explanation += ".";
    return check;
}

} // namespace signalbox
