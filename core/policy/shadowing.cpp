// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/shadowing.h"

#include "base/text.h"

#include <algorithm>
#include <unordered_map>

namespace signalbox {

namespace {

/// Policies of thousands of rules must stay quick to read: of the earlier rules with a word in common so many
/// are compared. A shadow beyond them is missed, never invented.
constexpr std::size_t kCompared = 64;

bool allIn(const std::vector<std::string>& narrow, const std::vector<std::string>& wide, bool fold)
{
    return std::ranges::all_of(narrow, [&](const std::string& entry) {
        return std::ranges::any_of(wide, [&](const std::string& other) {
            return fold ? foldCase(entry) == foldCase(other) : entry == other;
        });
    });
}

/// One word of the condition by which those that it implies can be found, and the words by which they are
/// filed.
std::vector<std::string> filedUnder(const Condition& condition)
{
    std::vector<std::string> words;
    if (!condition.keywords.empty()) {
        for (const std::string& keyword : condition.keywords)
            words.push_back("k" + foldCase(keyword));
    } else if (!condition.patterns.empty()) {
        for (const std::string& pattern : condition.patterns)
            words.push_back("p" + pattern);
    } else if (!condition.metadata.empty()) {
        const auto& [key, values] = *condition.metadata.begin();
        for (const std::string& value : values)
            words.push_back("m" + key + "=" + value);
    } else {
        words.push_back("");
    }
    return words;
}

std::vector<std::string> lookedUnder(const Condition& condition)
{
    std::vector<std::string> words = {""};
    if (!condition.keywords.empty())
        words.push_back("k" + foldCase(condition.keywords.front()));
    if (!condition.patterns.empty())
        words.push_back("p" + condition.patterns.front());
    for (const auto& [key, values] : condition.metadata) {
        if (!values.empty())
            words.push_back("m" + key + "=" + values.front());
    }
    return words;
}

} // namespace

bool implies(const Condition& narrow, const Condition& wide)
{
    if (!wide.keywords.empty() && (narrow.keywords.empty() || !allIn(narrow.keywords, wide.keywords, true)))
        return false;
    if (!wide.patterns.empty() && (narrow.patterns.empty() || !allIn(narrow.patterns, wide.patterns, false)))
        return false;
    if (wide.hasAttachment && narrow.hasAttachment != wide.hasAttachment)
        return false;
    if (wide.minInputTokens && (!narrow.minInputTokens || *narrow.minInputTokens < *wide.minInputTokens))
        return false;
    if (wide.maxInputTokens && (!narrow.maxInputTokens || *narrow.maxInputTokens > *wide.maxInputTokens))
        return false;
    return std::ranges::all_of(wide.metadata, [&](const auto& entry) {
        const auto found = narrow.metadata.find(entry.first);
        return found != narrow.metadata.end() && allIn(found->second, entry.second, false);
    });
}

std::vector<Shadow> shadowedRules(const std::vector<Rule>& rules)
{
    std::vector<Shadow> shadows;
    std::unordered_map<std::string, std::vector<std::size_t>> filed;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const Rule& rule = rules[i];
        if (!rule.route)
            continue; // constraints always hold together
        // A request for a person comes first wherever its rule stands, so only a rule of its kind can hide
        // it.
        const auto hides = [&](std::size_t earlier) {
            return (!rule.route->isHuman() || rules[earlier].route->isHuman()) &&
                   implies(rule.when, rules[earlier].when);
        };
        for (const std::string& word : lookedUnder(rule.when)) {
            const auto bucket = filed.find(word);
            if (bucket == filed.end())
                continue;
            const auto found = std::ranges::find_if(bucket->second, hides);
            if (found != bucket->second.end()) {
                shadows.push_back({i, *found});
                break;
            }
        }
        if (rule.locked || rule.exclusive) {
            for (const std::string& word : filedUnder(rule.when)) {
                if (auto& bucket = filed[word]; bucket.size() < kCompared)
                    bucket.push_back(i);
            }
        }
    }
    return shadows;
}

std::vector<Shadow> shadowedRows(const std::vector<RouterMapRow>& rows)
{
    const auto covers = [](const RouterMapRow& early, const RouterMapRow& late) {
        const bool intent =
            early.intent.empty() || (!late.intent.empty() && globMatches(early.intent, late.intent));
        const bool difficulty = !early.difficulty || early.difficulty == late.difficulty;
        return intent && difficulty && early.minConfidence.value_or(0) <= late.minConfidence.value_or(0);
    };
    std::vector<Shadow> shadows;
    for (std::size_t late = 1; late < rows.size(); ++late) {
        for (std::size_t early = 0; early < std::min(late, 4 * kCompared); ++early) {
            if (covers(rows[early], rows[late])) {
                shadows.push_back({late, early});
                break;
            }
        }
    }
    return shadows;
}

} // namespace signalbox
