// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/mistakes.h"

#include "base/text.h"

#include <array>
#include <cstdlib>
#include <utility>

namespace signalbox::sandbox {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string replaced(std::string_view text, std::size_t at, std::size_t length, std::string_view with)
{
    return std::string(text.substr(0, at)) + std::string(with) + std::string(text.substr(at + length));
}

template <std::size_t N>
std::string_view pick(const std::array<std::string_view, N>& choices, Random& random)
{
    return choices[random.below(N)];
}

} // namespace

std::string withOtherNumbers(std::string_view text, double severity, Random& random)
{
    std::string out;
    bool changed = false;
    for (std::size_t i = 0; i < text.size();) {
        const bool starts = isDigit(text[i]) &&
                            (i == 0 || (!isLetter(text[i - 1]) && text[i - 1] != '-' && text[i - 1] != '.'));
        if (!starts) {
            out += text[i++];
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && isDigit(text[end]))
            ++end;
        const std::string_view digits = text.substr(i, end - i);
        const bool change = digits.size() <= 6 && (!changed || random.uniform() < severity);
        if (change) {
            const long value = std::strtol(std::string(digits).c_str(), nullptr, 10);
            constexpr std::array<long, 5> shifts = {1, 2, 4, 6, 9};
            const long factor = 2 + static_cast<long>(random.below(2));
            const bool down = value > 8 && random.uniform() < 0.5;
            out +=
                std::to_string(down ? value / factor : value * factor + shifts[random.below(shifts.size())]);
            changed = true;
        } else {
            out += digits;
        }
        i = end;
    }
    return changed ? out : std::string();
}

std::string negated(std::string_view sentence)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> undo = {
        {{" cannot be ", " can be "},
         {" cannot ", " can "},
         {" is not ", " is "},
         {" are not ", " are "},
         {" does not ", " does "},
         {" do not ", " do "},
         {" must not ", " must "},
         {" may not ", " may "},
         {" will not ", " will "},
         {" not ", " "},
         {" never ", " always "},
         {" no ", " a "}}};
    for (const auto& [with, without] : undo) {
        if (const std::size_t at = sentence.find(with); at != std::string_view::npos)
            return replaced(sentence, at, with.size(), without);
    }
    static constexpr std::array<std::string_view, 10> verbs = {
        " is ", " are ", " can ", " must ", " will ", " was ", " were ", " should ", " may ", " has been "};
    std::size_t first = std::string_view::npos;
    std::string_view verb;
    for (const std::string_view one : verbs) {
        if (const std::size_t at = sentence.find(one); at < first) {
            first = at;
            verb = one;
        }
    }
    if (first == std::string_view::npos)
        return {};
    if (verb == " has been ")
        return replaced(sentence, first, verb.size(), " has not been ");
    return replaced(sentence, first, verb.size(),
                    verb == " can " ? std::string(" cannot ") : std::string(verb) + "not ");
}

std::string inventedPolicy(Random& random)
{
    constexpr std::array<std::string_view, 4> what = {
        "There is a courtesy period of ", "Our loyalty rule covers this for ",
        "You qualify for a one-time exception of ", "The goodwill guarantee applies for "};
    constexpr std::array<std::string_view, 4> then = {
        " hours, after which a handling charge of $15 is taken.",
        " days, and the team waives everything during that window.",
        " weeks as long as you mention it in your next message.",
        " days from the first login, no questions asked."};
    const std::uint64_t amount = 17 + random.below(70);
    return std::string(pick(what, random)) + std::to_string(amount) + std::string(pick(then, random));
}

std::string vagueAnswer(Random& random)
{
    constexpr std::array<std::string_view, 5> choices = {
        "It depends on your situation. In most cases this sorts itself out, and the settings are a good "
        "place to look.",
        "That can vary from case to case. Please have a look at the help pages for the details.",
        "Generally this should not be a problem. Give it some time and try again if it goes on.",
        "There are several possible reasons for this. It usually helps to check the usual places first.",
        "This is normally handled automatically, so you may not need to do anything for now."};
    return std::string(pick(choices, random));
}

} // namespace signalbox::sandbox
