// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Text and number helpers. All text is UTF-8.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// True if the bytes are well-formed UTF-8 (no overlong forms, no surrogates, at most U+10FFFF).
bool isValidUtf8(std::string_view bytes);

/// The same text with every ill-formed sequence replaced by U+FFFD.
std::string toValidUtf8(std::string_view bytes);

/// ASCII lower case; other bytes stay. Enough for keyword matching together with foldCase.
std::string toLowerAscii(std::string_view text);

/// Lower case of ASCII, Latin-1, Greek and Cyrillic letters, for matching without regard to case.
std::string foldCase(std::string_view text);

std::string_view trimmed(std::string_view text);
std::vector<std::string_view> splitLines(std::string_view text);

/// Words in lower case (letters, digits, apostrophes inside), as used by lexical scores.
std::vector<std::string> wordsOf(std::string_view text);

/// Estimated tokens of an English-like text for a byte-pair vocabulary: about 4 characters a token, never
/// below the number of words × 0.75 nor below 1 for non-empty text. An estimate, and named so wherever shown.
int estimateTokens(std::string_view text);

/// ASCII digits only, whatever the locale.
constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Code points in a valid UTF-8 text.
std::size_t codePoints(std::string_view text);

/// "1 234 567" with U+2009 thin spaces.
std::string groupedNumber(std::int64_t value);

/// US dollars with enough digits to differ from zero: "$410.25", "$0.000 47"; "unknown" for nothing.
std::string formatUsd(std::optional<std::int64_t> nanoUsd);

/// "640 ms", "1.24 s"; "–" for nothing.
std::string formatMs(std::optional<double> ms);

/// Matches `faq.*`-like globs: `*` stands for any characters.
bool globMatches(std::string_view pattern, std::string_view text);

} // namespace signalbox
