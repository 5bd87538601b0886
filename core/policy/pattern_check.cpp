// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/pattern_check.h"

#include <re2/re2.h>

#include <mutex>
#include <unordered_map>

namespace signalbox {

namespace {

constexpr std::int64_t kPatternMemory = 8 << 20;
/// RE2 allows a quarter of its memory for the program; an instruction takes 16 bytes (re2/compile.cc).
constexpr int kLargestPattern = kPatternMemory / 4 / 16;

const std::string kLongText(5000, 'x');

std::string manySigns()
{
    std::string signs;
    for (char c = ' '; c <= '~'; ++c)
        signs.push_back(c);
    return signs;
}

/// What occurs in texts that share nothing occurs in all of them. A pattern may also say what a text must
/// not have ("^[^?]*$") or how long it may be ("^.{1,80}$"; RE2 repeats at most 1000 times): that tells
/// requests apart.
bool occursEverywhere(const RE2& compiled)
{
    for (const std::string& probe : {std::string("x"), std::string("0 ~"), std::string("?"),
                                     std::string("\xd0\x96"), manySigns(), kLongText}) {
        if (!RE2::PartialMatch(probe, compiled))
            return false;
    }
    return true;
}

const char* hintFor(RE2::ErrorCode error)
{
    switch (error) {
    case RE2::ErrorPatternTooLarge:
    case RE2::ErrorRepeatSize:
        return "Repeat less: at most 1000 times in all, and fewer of a large class; or split the pattern.";
    case RE2::ErrorMissingParen:
    case RE2::ErrorMissingBracket:
        return "Close it; a bracket that is meant itself has a backslash before it.";
    default:
        return "Patterns have RE2's syntax, which knows neither look-around nor back-references.";
    }
}

/// Takes one of the probes nearly whole, but not numbers and words of other kinds.
bool takesPersonalData(const RE2& compiled)
{
    static constexpr const char* kProbes[] = {"4111 1111 1111 1111",
                                              "4111111111111111",
                                              "4111-1111-1111-1111",
                                              "5555 5555 5555 4444",
                                              "5555555555554444",
                                              "378282246310005",
                                              "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
                                              "DE89370400440532013000",
                                              "DE89 3704 0044 0532 0130 00",
                                              "123-45-6789",
                                              "jane.doe@example.com",
                                              "+49 30 1234567",
                                              "192.168.10.20"};
    const auto covers = [&](const re2::StringPiece& probe) {
        re2::StringPiece found;
        return compiled.Match(probe, 0, probe.size(), RE2::UNANCHORED, &found, 1) &&
               found.size() * 5 >= probe.size() * 4;
    };
    for (const char* other :
         {"The order 12345 of 2026-11-22, 10:30, came to 1,299.00 dollars", "Hello there", "7"}) {
        if (RE2::PartialMatch(other, compiled))
            return false;
    }
    for (const char* probe : kProbes) {
        if (covers(probe))
            return true;
    }
    return false;
}

/// The same of texts with a letter of the Latin alphabet.
bool occursWithEveryLetter(const RE2& compiled)
{
    for (const std::string& probe : {manySigns(), kLongText, std::string("\xd0\x96 x?")}) {
        if (!RE2::PartialMatch(probe, compiled))
            return false;
    }
    for (char letter = 'a'; letter <= 'z'; ++letter) {
        if (!RE2::PartialMatch(re2::StringPiece(&letter, 1), compiled))
            return false;
    }
    return true;
}

} // namespace

static PatternCheck compile(std::string_view pattern)
{
    // As the patterns of conditions are compiled when requests are matched.
    RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(false);
    options.set_max_mem(kPatternMemory);
    const RE2 compiled(re2::StringPiece(pattern.data(), pattern.size()), options);
    PatternCheck result;
    if (!compiled.ok()) {
        const bool large = compiled.error_code() == RE2::ErrorPatternTooLarge;
        result.error = compiled.error();
        result.hint = hintFor(compiled.error_code());
        result.size = large ? kLargestPattern : 0;
        return result;
    }
    result.size = compiled.ProgramSize();
    const bool anyCharacter = occursEverywhere(compiled);
    result.matchesEverything = anyCharacter && RE2::PartialMatch("", compiled);
    result.matchesAnyCharacter = anyCharacter && !result.matchesEverything;
    result.matchesAnyLetter = !anyCharacter && occursWithEveryLetter(compiled);
    // Without a digit or an "@" it cannot tell personal data from words.
    const bool maybePersonal = pattern.find_first_of("@0123456789") != std::string_view::npos ||
                               pattern.find("\\d") != std::string_view::npos ||
                               pattern.find("[:digit:]") != std::string_view::npos;
    result.describesPersonalData = maybePersonal && !anyCharacter && takesPersonalData(compiled);
    return result;
}

namespace {

struct Memory
{
    std::mutex mutex;
    std::unordered_map<std::string, PatternCheck> seen;
};

Memory& memory()
{
    static Memory one;
    return one;
}

} // namespace

std::optional<PatternCheck> rememberedPattern(std::string_view pattern)
{
    Memory& remembered = memory();
    const std::lock_guard lock(remembered.mutex);
    const auto found = remembered.seen.find(std::string(pattern));
    return found == remembered.seen.end() ? std::nullopt : std::optional(found->second);
}

PatternCheck checkPattern(std::string_view pattern)
{
    constexpr std::size_t kRemembered = 20000;
    constexpr std::size_t kLongest = 4096; // longer ones are rare and would make the memory large
    if (const auto known = rememberedPattern(pattern))
        return *known;
    PatternCheck result = compile(pattern);
    if (pattern.size() <= kLongest) {
        Memory& remembered = memory();
        const std::lock_guard lock(remembered.mutex);
        if (remembered.seen.size() >= kRemembered)
            remembered.seen.clear();
        remembered.seen.emplace(std::string(pattern), result);
    }
    return result;
}

} // namespace signalbox
