// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Finds which of many keywords and RE2 patterns occur in a text. Keywords go through one Aho–Corasick automaton
// (Aho & Corasick 1975) and match whole words or phrases without regard to case; patterns through RE2.
// Immutable after construction and thread-safe. Of a pattern that cannot be compiled or evaluated it says so, and
// whoever asks must fail closed: failures() names those that did not compile.

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace signalbox {

class TextMatcher
{
public:
    class Builder
    {
    public:
        int addKeyword(std::string_view keyword); ///< returns its id; equal keywords share one
        int addPattern(std::string_view pattern); ///< returns its id; equal patterns share one
        std::shared_ptr<const TextMatcher> build();

    private:
        std::vector<std::string> m_keywords;
        std::vector<std::string> m_patterns;
        std::unordered_map<std::string, int> m_keywordIds;
        std::unordered_map<std::string, int> m_patternIds;
    };

    static constexpr char kOccurs = 1;
    static constexpr char kIncomplete = 2; ///< the pattern could not be looked for: nobody knows
    struct Hits
    {
        std::vector<char> keyword; ///< by keyword id: 0 or kOccurs
        std::vector<char> pattern; ///< by pattern id: 0, kOccurs or kIncomplete
    };

    ~TextMatcher();
    /// `folded` must have gone through foldForMatching(); patterns are matched without regard to case, too.
    Hits match(std::string_view folded) const;
    const std::vector<std::string>& failures() const;

private:
    TextMatcher();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Compiles the pattern and says what is wrong with it, or "" if nothing is.
std::string patternError(std::string_view pattern);

} // namespace signalbox
