// SPDX-License-Identifier: GPL-3.0-or-later
#include "judging/agreement.h"

#include "base/text.h"

#include <cctype>
#include <charconv>
#include <cmath>
#include <vector>

namespace signalbox {

namespace {

constexpr std::size_t kMostWordsOfShortAnswer = 6;
constexpr std::size_t kMostComparedBytes = 64u << 10;

/// A number that begins at text[at]: its value and where it ends. Commas and thin spaces group digits by
/// threes.
std::optional<double> numberAt(std::string_view text, std::size_t at, std::size_t& end)
{
    std::string digits;
    std::size_t i = at;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) {
        if (text[i] == '-')
            digits += '-';
        ++i;
    }
    if (i >= text.size() || !isDigit(text[i]))
        return std::nullopt;
    const auto threeDigits = [&](std::size_t from) {
        for (std::size_t k = 0; k < 3; ++k) {
            if (from + k >= text.size() || !isDigit(text[from + k]))
                return false;
        }
        return from + 3 >= text.size() || !isDigit(text[from + 3]);
    };
    while (i < text.size()) {
        if (isDigit(text[i]))
            digits += text[i++];
        else if (text[i] == ',' && threeDigits(i + 1))
            ++i;
        else
            break;
    }
    if (i + 1 < text.size() && text[i] == '.' && isDigit(text[i + 1])) {
        digits += text[i++];
        while (i < text.size() && isDigit(text[i]))
            digits += text[i++];
    }
    double value = 0;
    const auto [last, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || last != digits.data() + digits.size() || !std::isfinite(value))
        return std::nullopt;
    end = i;
    return value;
}

std::string numberKey(double value)
{
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value == 0 ? 0.0 : value);
    return "#" + std::string(buffer, end.ptr);
}

/// The numbers of a text. Digits within a word are none ("GPT4").
std::vector<double> numbersIn(std::string_view text)
{
    std::vector<double> numbers;
    for (std::size_t i = 0; i < text.size();) {
        const bool signedNumber =
            (text[i] == '-' || text[i] == '+') && i + 1 < text.size() && isDigit(text[i + 1]);
        const unsigned char before = i == 0 ? ' ' : static_cast<unsigned char>(text[i - 1]);
        const bool inWord = std::isalnum(before) != 0 || before >= 0x80 || before == '_';
        std::size_t end = i;
        if ((isDigit(text[i]) || signedNumber) && !inWord) {
            if (const std::optional<double> value = numberAt(text, i, end)) {
                numbers.push_back(*value);
                i = end;
                continue;
            }
        }
        if (isDigit(text[i])) {
            while (i < text.size() && isDigit(text[i]))
                ++i;
        } else {
            ++i;
        }
    }
    return numbers;
}

std::optional<std::string> keyOfFew(std::string_view few)
{
    const std::vector<double> numbers = numbersIn(few);
    if (numbers.size() == 1)
        return numberKey(numbers.front());
    return sameWordsKey(few);
}

/// What stands in the braces of the last "\boxed{…}".
std::optional<std::string_view> boxed(std::string_view text)
{
    constexpr std::string_view opening = "\\boxed{";
    const std::size_t at = text.rfind(opening);
    if (at == std::string_view::npos)
        return std::nullopt;
    int depth = 1;
    const std::size_t begin = at + opening.size();
    for (std::size_t i = begin; i < text.size(); ++i) {
        depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
        if (depth == 0)
            return text.substr(begin, i - begin);
    }
    return std::nullopt;
}

/// What follows the last "answer is", "answer:" or "result:" on its line.
std::optional<std::string_view> announced(std::string_view text)
{
    const std::string folded = toLowerAscii(text);
    std::size_t best = std::string::npos;
    for (const std::string_view words :
         {"answer is", "answer:", "result:", "result is", "answer**:", "answer:**"}) {
        const std::size_t at = folded.rfind(words);
        if (at != std::string::npos && (best == std::string::npos || at + words.size() > best))
            best = at + words.size();
    }
    if (best == std::string::npos)
        return std::nullopt;
    std::string_view rest = text.substr(best);
    rest = trimmed(rest.substr(0, rest.find('\n')));
    return rest.empty() ? std::nullopt : std::optional(rest);
}

} // namespace

std::optional<std::string> sameWordsKey(std::string_view answer)
{
    std::string key;
    for (const std::string& word : wordsOf(answer.substr(0, kMostComparedBytes)))
        key += (key.empty() ? "" : " ") + word;
    return key.empty() ? std::nullopt : std::optional(std::move(key));
}

std::optional<std::string> shortAnswerKey(std::string_view answer)
{
    answer = trimmed(answer.size() > kMostComparedBytes ? answer.substr(answer.size() - kMostComparedBytes) : answer);
    if (const auto inside = boxed(answer))
        return keyOfFew(*inside);
    if (const auto rest = announced(answer)) {
        const std::vector<double> numbers = numbersIn(*rest);
        if (!numbers.empty())
            return numberKey(numbers.front());
        return keyOfFew(rest->substr(0, rest->find_first_of(".;")));
    }
    const std::string_view lastLine = trimmed(answer.substr(answer.find_last_of('\n') + 1));
    if (const std::vector<double> numbers = numbersIn(lastLine); numbers.size() == 1)
        return numberKey(numbers.front());
    if (wordsOf(answer).size() <= kMostWordsOfShortAnswer)
        return keyOfFew(answer);
    return std::nullopt;
}

} // namespace signalbox
