// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace signalbox {

namespace {

/// Length of the well-formed UTF-8 sequence at `at`, or 0 (Unicode 15, table 3-7).
std::size_t sequenceLength(std::string_view s, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const auto within = [&](std::size_t i, unsigned low, unsigned high) { return i < s.size() && byte(i) >= low && byte(i) <= high; };
    const unsigned b = byte(at);
    if (b < 0x80)
        return 1;
    if (b >= 0xC2 && b <= 0xDF)
        return within(at + 1, 0x80, 0xBF) ? 2 : 0;
    if (b >= 0xE0 && b <= 0xEF) {
        const unsigned low = b == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = b == 0xED ? 0x9F : 0xBF;
        return within(at + 1, low, high) && within(at + 2, 0x80, 0xBF) ? 3 : 0;
    }
    if (b >= 0xF0 && b <= 0xF4) {
        const unsigned low = b == 0xF0 ? 0x90 : 0x80;
        const unsigned high = b == 0xF4 ? 0x8F : 0xBF;
        return within(at + 1, low, high) && within(at + 2, 0x80, 0xBF) && within(at + 3, 0x80, 0xBF) ? 4 : 0;
    }
    return 0;
}

bool isWordByte(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

} // namespace

bool isValidUtf8(std::string_view bytes)
{
    for (std::size_t i = 0; i < bytes.size();) {
        std::uint64_t word = 0; // most of a text is ASCII: eight characters at a time
        if (i + sizeof word <= bytes.size()) {
            std::memcpy(&word, bytes.data() + i, sizeof word);
            if ((word & 0x8080808080808080U) == 0) {
                i += sizeof word;
                continue;
            }
        }
        const std::size_t n = sequenceLength(bytes, i);
        if (n == 0)
            return false;
        i += n;
    }
    return true;
}

std::string toValidUtf8(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t n = sequenceLength(bytes, i);
        if (n == 0) {
            out += "\xEF\xBF\xBD";
            ++i;
        } else {
            out.append(bytes, i, n);
            i += n;
        }
    }
    return out;
}

std::string toLowerAscii(std::string_view text)
{
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string foldCase(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const unsigned char c = static_cast<unsigned char>(text[i]);
        if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c - 'A' + 'a');
            ++i;
            continue;
        }
        if (c < 0xC3 || c > 0xD0 || i + 1 >= text.size()) {
            out += text[i++];
            continue;
        }
        // Two-byte letters: decode, shift, encode.
        const unsigned char d = static_cast<unsigned char>(text[i + 1]);
        unsigned code = ((c & 0x1Fu) << 6) | (d & 0x3Fu);
        if ((d & 0xC0u) == 0x80u) {
            if (code >= 0xC0 && code <= 0xDE && code != 0xD7)
                code += 0x20; // Latin-1
            else if (code >= 0x391 && code <= 0x3A9 && code != 0x3A2)
                code += 0x20; // Greek
            else if (code >= 0x410 && code <= 0x42F)
                code += 0x20; // Cyrillic
            else if (code >= 0x400 && code <= 0x40F)
                code += 0x50;
        } else {
            out += text[i++];
            continue;
        }
        out += static_cast<char>(0xC0u | (code >> 6));
        out += static_cast<char>(0x80u | (code & 0x3Fu));
        i += 2;
    }
    return out;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n\f\v";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::vector<std::string_view> splitLines(std::string_view text)
{
    std::vector<std::string_view> lines;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        std::string_view line = text.substr(start, end - start);
        if (!line.empty() && line.back() == '\r')
            line.remove_suffix(1);
        lines.push_back(line);
        start = end + 1;
    }
    return lines;
}

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const unsigned char c = i < text.size() ? static_cast<unsigned char>(text[i]) : ' ';
        const bool innerApostrophe = c == '\'' && !word.empty() && i + 1 < text.size() && isWordByte(static_cast<unsigned char>(text[i + 1]));
        if (isWordByte(c) || innerApostrophe) {
            word += static_cast<char>(c);
        } else if (!word.empty()) {
            words.push_back(foldCase(word));
            word.clear();
        }
    }
    return words;
}

int estimateTokens(std::string_view text)
{
    if (text.empty())
        return 0;
    int words = 0;
    bool inWord = false;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        words += !space && !inWord;
        inWord = !space;
    }
    const double byCharacters = static_cast<double>(codePoints(text)) / 4.0;
    return std::max(1, static_cast<int>(std::ceil(std::max(byCharacters, words * 0.75))));
}

std::size_t codePoints(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string groupedNumber(std::int64_t value)
{
    const std::string digits = std::to_string(value < 0 ? -static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value));
    std::string out = value < 0 ? "\xE2\x88\x92" : "";
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0)
            out += "\xE2\x80\x89";
        out += digits[i];
    }
    return out;
}

std::string formatUsd(std::optional<std::int64_t> nanoUsd)
{
    if (!nanoUsd)
        return "unknown";
    const double usd = static_cast<double>(*nanoUsd) / 1e9;
    const double size = std::fabs(usd);
    const std::string sign = usd < 0 ? "\xE2\x88\x92" : "";
    char digits[64];
    if (size == 0) {
        return "$0";
    } else if (size >= 1) {
        std::snprintf(digits, sizeof digits, "%.2f", size);
        const std::string text = digits;
        const std::size_t dot = text.find('.');
        return sign + "$" + groupedNumber(std::atoll(text.substr(0, dot).c_str())) + text.substr(dot);
    }
    // Two significant digits at least, in groups of three after the point.
    const int leading = static_cast<int>(-std::floor(std::log10(size))); // first significant decimal
    const int decimals = std::clamp(leading + 1, 2, 9);
    std::snprintf(digits, sizeof digits, "%.*f", decimals, size);
    const std::string text = digits;
    std::string out = sign + "$" + text.substr(0, 2);
    for (std::size_t i = 2; i < text.size(); ++i) {
        if (i > 2 && (i - 2) % 3 == 0)
            out += "\xE2\x80\x89";
        out += text[i];
    }
    return out;
}

std::string formatMs(std::optional<double> ms)
{
    if (!ms)
        return "\xE2\x80\x93";
    char out[64];
    if (*ms >= 1000)
        std::snprintf(out, sizeof out, "%.2f\xE2\x80\x89s", *ms / 1000);
    else if (*ms >= 10)
        std::snprintf(out, sizeof out, "%.0f\xE2\x80\x89ms", *ms);
    else
        std::snprintf(out, sizeof out, "%.1f\xE2\x80\x89ms", *ms);
    return out;
}

bool globMatches(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

} // namespace signalbox
