// SPDX-License-Identifier: GPL-3.0-or-later
#include "retrieval/stop_words.h"

#include <algorithm>
#include <array>

namespace signalbox {

namespace {

constexpr std::array<std::string_view, 86> kStopWords = {
    "a",      "about", "after", "all",  "also", "am",    "an",    "and",  "any",  "are",    "as",
    "at",     "be",    "been",  "but",  "by",   "can",   "could", "did",  "do",   "does",   "for",
    "from",   "get",   "had",   "has",  "have", "he",    "hello", "her",  "hi",   "his",    "how",
    "i",      "i'm",   "i've",  "if",   "in",   "into",  "is",    "it",   "it's", "its",    "just",
    "me",     "my",    "no",    "not",  "of",   "on",    "or",    "our",  "out",  "please", "she",
    "should", "so",    "some",  "than", "that", "the",   "their", "them", "then", "there",  "they",
    "this",   "to",    "too",   "up",   "us",   "was",   "we",    "were", "what", "when",   "where",
    "which",  "who",   "why",   "will", "with", "would", "you",   "your", "yours"};
static_assert(std::is_sorted(kStopWords.begin(), kStopWords.end()));

} // namespace

bool isStopWord(std::string_view word)
{
    return std::binary_search(kStopWords.begin(), kStopWords.end(), word);
}

} // namespace signalbox
