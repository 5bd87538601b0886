// SPDX-License-Identifier: GPL-3.0-or-later
#include "judging/agreement.h"

#include "base/text.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <utility>
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

bool isWordStart(char c)
{
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

/// Words that an answer is put into, and that say nothing themselves. What denies is none of them.
bool isFiller(const std::string& word)
{
    static constexpr std::string_view kFillers[] = {
        "a",   "an",  "the", "it",  "is",   "so",   "to",   "that",  "this",  "we",      "get",     "of",       "comes",
        "gives", "equals", "makes", "answer", "result", "final", "total", "thus", "therefore", "das", "der",  "die",
        "es",  "ist", "sind", "wir", "also", "somit", "damit", "ergibt", "sich", "antwort", "lautet", "ergebnis", "insgesamt"};
    return std::ranges::find(kFillers, word) != std::end(kFillers);
}

/// Where a run of digits ends, with all that may stand within a number, a fraction, a date or a time.
std::size_t endOfDigits(std::string_view text, std::size_t at)
{
    const auto digitAt = [&](std::size_t i) { return i < text.size() && isDigit(text[i]); };
    std::size_t i = at + (isDigit(text[at]) ? 0 : 1);
    while (i < text.size()) {
        const bool exponent = (text[i] == 'e' || text[i] == 'E') &&
                              (digitAt(i + 1) || (i + 1 < text.size() && (text[i + 1] == '-' || text[i + 1] == '+') && digitAt(i + 2)));
        if (isDigit(text[i]) || (std::string_view(".,:/-'^").find(text[i]) != std::string_view::npos && digitAt(i + 1)))
            ++i;
        else if (exponent)
            i += 2;
        else
            break;
    }
    return i;
}

/// Numbers by value, and whatever else has digits (fractions, dates, times, decimal commas) as it stands; words; and the
/// signs that tell amounts and statements apart. Fillers are left out: what is left must be the same for two answers to
/// say the same. One that is put otherwise counts as another: to believe that models agree when they do not is worse
/// than to ask once more.
std::vector<std::string> tokensOf(std::string_view text)
{
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < text.size();) {
        const bool signedNumber = (text[i] == '-' || text[i] == '+') && i + 1 < text.size() && isDigit(text[i + 1]);
        if (isDigit(text[i]) || signedNumber) {
            const std::size_t end = endOfDigits(text, i);
            std::size_t read = i;
            const std::optional<double> value = numberAt(text.substr(0, end), i, read);
            tokens.push_back(value && read == end ? numberKey(*value) : std::string(text.substr(i, end - i)));
            i = end;
        } else if (isWordStart(text[i])) {
            std::size_t end = i + 1;
            while (end < text.size() && (isWordStart(text[end]) || isDigit(text[end]) ||
                                         (text[end] == '\'' && end + 1 < text.size() && isWordStart(text[end + 1]))))
                ++end;
            std::string word = foldCase(std::string(text.substr(i, end - i)));
            if (!isFiller(word))
                tokens.push_back(std::move(word));
            i = end;
        } else {
            if (std::string_view("$%=<>+/^").find(text[i]) != std::string_view::npos)
                tokens.emplace_back(1, text[i]);
            ++i;
        }
    }
    return tokens;
}

std::string joined(const std::vector<std::string>& tokens)
{
    std::string key;
    for (const std::string& token : tokens)
        key += (key.empty() ? "" : " ") + token;
    return key;
}

/// Nothing when it is more than a few words.
std::optional<std::string> keyOfFew(std::string_view few)
{
    const std::vector<std::string> tokens = tokensOf(few);
    if (tokens.empty() || tokens.size() > kMostWordsOfShortAnswer)
        return std::nullopt;
    return joined(tokens);
}

bool denies(std::string_view text)
{
    return std::ranges::any_of(wordsOf(text), [](const std::string& word) {
        return word == "no" || word == "not" || word == "never" || word == "none" || word == "nicht" || word == "nie" ||
               word.ends_with("n't") || word.starts_with("kein");
    });
}

/// The amount that a line without another number ends with: "Six times seven makes 42."
std::optional<std::string> concluded(std::string_view line)
{
    const std::string folded = toLowerAscii(line);
    std::size_t best = 0;
    for (const std::string_view words : {" makes ", " equals ", " is ", " gives ", " comes to ", " ist ", " ergibt "}) {
        const std::size_t at = folded.rfind(words);
        if (at != std::string::npos)
            best = std::max(best, at + words.size());
    }
    if (best == 0 || denies(line.substr(0, best)) || std::ranges::any_of(line.substr(0, best), isDigit))
        return std::nullopt;
    const std::vector<std::string> tokens = tokensOf(line.substr(best));
    const bool amount = !tokens.empty() && tokens.size() <= 2 &&
                        std::ranges::count_if(tokens, [](const std::string& one) { return one.starts_with('#'); }) == 1;
    return amount ? std::optional(joined(tokens)) : std::nullopt;
}

/// "yes" or "no" when the answer begins so: what comes after it may be the same for both.
std::string yesOrNo(std::string_view answer)
{
    const std::vector<std::string> words = wordsOf(answer.substr(0, 64));
    for (const auto& [said, means] : {std::pair{"yes", "yes "}, {"no", "no "}, {"ja", "yes "}, {"nein", "no "}}) {
        if (!words.empty() && words.front() == said)
            return means;
    }
    return {};
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

/// Up to the end of its first sentence; a point between digits is none.
std::string_view sentence(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool betweenDigits = i > 0 && i + 1 < text.size() && isDigit(text[i - 1]) && isDigit(text[i + 1]);
        if ((text[i] == '.' && !betweenDigits) || text[i] == ';')
            return text.substr(0, i);
    }
    return text;
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
    const std::string begins = yesOrNo(answer);
    const auto after = [&](const std::optional<std::string>& key) {
        return !key || begins.empty() || key->starts_with(begins) ? key : begins + *key;
    };
    if (const auto rest = announced(answer))
        return after(keyOfFew(sentence(*rest)));
    const std::string_view lastLine = trimmed(answer.substr(answer.find_last_of('\n') + 1));
    const bool whole = lastLine.size() == answer.size();
    const bool hasNumber = std::ranges::any_of(lastLine, isDigit);
    if (const auto amount = concluded(lastLine))
        return after(amount);
    if (whole || hasNumber) // a last line without a number may be a farewell
        return after(keyOfFew(lastLine));
    return wordsOf(answer).size() <= kMostWordsOfShortAnswer ? after(keyOfFew(answer)) : std::nullopt;
}

} // namespace signalbox
