// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/synthetic_prompts.h"

#include "base/ids.h"
#include "base/random.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

namespace signalbox {

namespace {

constexpr std::array<std::string_view, 48> kPromptWords = {
    "the",  "order",  "was",    "sent",  "on",      "monday", "and",   "has",  "not",   "arrived",
    "yet",  "our",    "team",   "needs", "a",       "copy",   "of",    "this", "note",  "before",
    "next", "week",   "please", "look",  "at",      "list",   "below", "each", "line",  "names",
    "one",  "part",   "with",   "its",   "size",    "colour", "count", "and",  "place", "where",
    "it",   "stands", "today",  "some",  "entries", "may",    "be",    "old"};

/// Of a word and the space before it.
constexpr double kWordsToAToken = 0.75;

} // namespace

Request syntheticRequest(std::uint64_t index, int inputTokens, int generatedTokens, std::uint64_t seed)
{
    Random random(hash64("load " + std::to_string(index), seed));
    std::string text =
        "Case " + std::to_string(index + 1) + ": which of these lines needs our attention first?";
    if (generatedTokens > 0)
        text += " Answer in about " +
                std::to_string(std::max(1L, std::lround(generatedTokens * kWordsToAToken))) + " words.";
    // Four characters to a token; a long text is not counted anew for each word.
    const std::size_t wanted = static_cast<std::size_t>(std::max(0, inputTokens)) * 4;
    text.reserve(wanted + 16);
    for (int words = 0; text.size() < wanted; ++words) {
        const std::string_view word = kPromptWords[random.below(kPromptWords.size())];
        const bool begins = words % 12 == 0;
        text += begins ? (words == 0 ? " " : ". ") : " ";
        text += word;
        if (begins)
            text[text.size() - word.size()] = static_cast<char>(word[0] - 'a' + 'A');
    }
    return Request::fromPrompt("load-" + std::to_string(index + 1), std::move(text));
}

} // namespace signalbox
