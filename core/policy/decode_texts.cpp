// SPDX-License-Identifier: GPL-3.0-or-later
// Checks of keywords and patterns, wherever they stand.
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"
#include "policy/pattern_check.h"

#include <algorithm>

namespace signalbox {

using namespace diagnostic;

void checkPatterns(DecodeContext& context, const std::vector<Text>& patterns)
{
    for (const Text& pattern : patterns) {
        std::optional<PatternCheck> known = rememberedPattern(pattern.value);
        if (!known) {
            if (context.newPatternsLeft <= 0) {
                ++context.uncheckedPatterns;
                continue;
            }
            --context.newPatternsLeft;
            known = checkPattern(pattern.value);
        }
        const PatternCheck& check = *known;
        if (!check.error.empty())
            context.report(
                kBadPattern, pattern.node, "The pattern is not valid: " + check.error + ".",
                "Patterns have RE2's syntax, which knows neither look-around nor back-references.");
        else if (check.matchesEverything)
            context.report(kMatchesEverything, pattern.node,
                           "The pattern " + quoted(pattern.value) + " occurs in every text.",
                           "A pattern is searched anywhere in the text; leave out what may be missing.");
    }
}

void checkKeywords(DecodeContext& context, const std::vector<Text>& keywords)
{
    const auto wordByte = [](char c) {
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    for (const Text& keyword : keywords) {
        if (std::ranges::none_of(keyword.value, wordByte))
            context.report(kMatchesEverything, keyword.node,
                           "The keyword " + quoted(keyword.value) + " has neither letters nor digits.",
                           "Keywords are whole words or phrases; use a pattern for signs.");
    }
}

} // namespace signalbox
