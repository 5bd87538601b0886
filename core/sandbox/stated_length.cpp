// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/stated_length.h"

#include "base/random.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace signalbox::sandbox {

namespace {

constexpr int kMostWords = 20'000;
constexpr std::array<std::string_view, 32> kFiller = {
    "in",    "this",  "case",   "we",     "would", "look",   "at",  "each", "entry", "again", "and",
    "then",  "note",  "what",   "stands", "there", "before", "the", "next", "step",  "is",    "taken",
    "which", "keeps", "things", "clear",  "for",   "those",  "who", "read", "it",    "later"};

} // namespace

int wordsAskedFor(std::string_view question)
{
    constexpr std::string_view before = "in about ";
    constexpr std::string_view after = " words";
    for (std::size_t at = question.find(before); at != std::string_view::npos;
         at = question.find(before, at + 1)) {
        const std::string_view rest = question.substr(at + before.size());
        int words = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), words);
        if (error == std::errc() && words > 0 &&
            std::string_view(end, rest.data() + rest.size()).starts_with(after))
            return std::min(words, kMostWords);
    }
    return 0;
}

std::string stretched(std::string text, int words, std::uint64_t seed)
{
    Random random(seed);
    for (int left = words - static_cast<int>(wordsOf(text).size()), n = 0; left > 0; --left, ++n) {
        std::string word(kFiller[random.below(kFiller.size())]);
        if (n % 12 == 0)
            word[0] = static_cast<char>(word[0] - 'a' + 'A');
        text += (text.empty() ? "" : " ") + word;
        if (n % 12 == 11 || left == 1)
            text += ".";
    }
    return text;
}

} // namespace signalbox::sandbox
