// SPDX-License-Identifier: GPL-3.0-or-later
// Checks of keywords and patterns, wherever they stand.
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"
#include "policy/pattern_check.h"

#include <algorithm>

namespace signalbox {

using namespace diagnostic;

namespace {

/// Why the pattern occurs in no text, or hardly in one; "" when it may.
std::string whyNowhere(std::string_view pattern)
{
    const auto wide = [&](std::size_t at) { return at < pattern.size() && (pattern[at] & 0x80) != 0; };
    bool exact = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern.substr(i).starts_with("(?-i")) {
            exact = true;
            i += 3;
        } else if (pattern[i] == '\\') {
            // RE2's word boundaries know ASCII only (re2.h, "syntax").
            if (i + 1 < pattern.size() && pattern[i + 1] == 'b' && (wide(i + 2) || (i > 0 && wide(i - 1))))
                return "beside a letter that is not of ASCII \"\\b\" is no word's edge";
            ++i;
        } else if (exact && pattern[i] >= 'A' && pattern[i] <= 'Z') {
            return "texts are folded to small letters before they are searched, so that a capital under \"(?-i)\" is in none";
        }
    }
    return {};
}

} // namespace

bool checkPatterns(DecodeContext& context, const std::vector<Text>& patterns, bool excluded)
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
        else if (const std::string why = whyNowhere(pattern.value); !why.empty())
            context.report(kNeverHolds, pattern.node,
                           "The pattern " + inQuotes(pattern.value) + " can hardly occur: " + why + ".",
                           "Whole words are what \"keyword\" looks for; patterns are without regard to case anyway.");
        else if (check.matchesEverything || check.matchesAnyCharacter || (check.matchesAnyLetter && !excluded))
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
