// SPDX-License-Identifier: GPL-3.0-or-later
// Checks of keywords and patterns, wherever they stand.
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"
#include "policy/pattern_check.h"

#include <algorithm>

namespace signalbox {

using namespace diagnostic;

bool checkPatterns(DecodeContext& context, const std::vector<Text>& patterns)
{
    bool personal = false;
    for (const Text& pattern : patterns) {
        if (context.patternWork > DecodeContext::kMostPatternWork)
            break; // has been said; the policy does not run
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
        context.patternWork += check.size;
        personal = personal || check.describesPersonalData;
        if (!check.error.empty())
            context.report(kBadPattern, pattern.node, "The pattern is not valid: " + check.error + ".",
                           check.hint);
        else if (check.matchesEverything || check.matchesAnyCharacter || check.matchesAnyLetter)
            context.report(kMatchesEverything, pattern.node,
                           "The pattern " + inQuotes(pattern.value) + " occurs in every text" +
                               (check.matchesEverything     ? "."
                                : check.matchesAnyCharacter ? " that is not empty."
                                                            : " that has a letter."),
                           check.matchesAnyLetter
                               ? "A pattern is searched anywhere in the text; write more of what is looked for."
                               : "A pattern is searched anywhere in the text; leave out what may be missing.");
        if (context.patternWork > DecodeContext::kMostPatternWork)
            context.report(kBadPattern, pattern.node,
                           "With this one the patterns of the policy are too large together; those after it "
                           "are not looked at.",
                           "Repeat less in them, above all of large classes such as \\pL, or use fewer.");
    }
    return personal;
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
                           "The keyword " + inQuotes(keyword.value) + " has neither letters nor digits.",
                           "Keywords are whole words or phrases; use a pattern for signs.");
    }
}

} // namespace signalbox
