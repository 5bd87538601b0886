// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/shadowing.h"

#include "base/text.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace signalbox {

namespace {

/// Policies of thousands of rules must stay quick to read: of the earlier rules with a word in common so many
/// are compared, and nested conditions are looked at so many levels deep. A shadow beyond is missed, never
/// invented.
constexpr std::size_t kCompared = 64;
constexpr int kDeepest = 8;
constexpr std::size_t kMostParts = 64;

using Strings = std::vector<std::string>;
using Parts = std::vector<const Condition*>;

bool contains(const Strings& strings, const std::string& one)
{
    return std::ranges::find(strings, one) != strings.end();
}

bool allIn(const Strings& narrow, const Strings& wide)
{
    return std::ranges::all_of(narrow, [&](const std::string& entry) { return contains(wide, entry); });
}

bool disjoint(const Strings& a, const Strings& b)
{
    return std::ranges::none_of(a, [&](const std::string& entry) { return contains(b, entry); });
}

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80) != 0;
}

/// A text with the phrase also has the words. Both are folded.
bool phraseHas(std::string_view phrase, std::string_view words)
{
    if (words.empty() || !isWordByte(words.front()) || !isWordByte(words.back()))
        return phrase == words;
    for (std::size_t at = phrase.find(words); at != std::string_view::npos; at = phrase.find(words, at + 1)) {
        const std::size_t end = at + words.size();
        // Only spaces part words for certain: whether an apostrophe does is not for this room to say.
        if ((at == 0 || phrase[at - 1] == ' ') && (end == phrase.size() || phrase[end] == ' '))
            return true;
    }
    return false;
}

bool keywordsImply(const Strings& narrow, const Strings& wide)
{
    return !narrow.empty() && std::ranges::all_of(narrow, [&](const std::string& phrase) {
        const std::string folded = foldCase(phrase);
        return std::ranges::any_of(
            wide, [&](const std::string& words) { return phraseHas(folded, foldCase(words)); });
    });
}

bool piiImplies(const Strings& narrow, const Strings& wide)
{
    return !narrow.empty() && (contains(wide, "any") || allIn(narrow, wide));
}

bool namedImply(const std::map<std::string, Strings>& narrow, const std::string& name, const Strings& wide)
{
    const auto found = narrow.find(name);
    return found != narrow.end() && !found->second.empty() && allIn(found->second, wide);
}

/// Minutes of a week, the later not included.
struct Span
{
    int from = 0;
    int to = 0;
};

/// The minutes of a week, in UTC, that lie in the window: in their order, none touching the next.
std::vector<Span> weekOf(const TimeWindow& window)
{
    constexpr int kDay = 24 * 60;
    constexpr int kWeek = 7 * kDay;
    const int apart = window.toMinute - window.fromMinute;
    const int length = apart > 0 ? apart : apart + kDay; // one that ends where it begins is a day long
    std::vector<Span> pieces;
    for (int day = 0; day < 7; ++day) {
        if (!window.days.empty() && std::ranges::find(window.days, day) == window.days.end())
            continue;
        const int from = (day * kDay + window.fromMinute - window.utcOffsetMinutes + kWeek) % kWeek;
        pieces.push_back({from, std::min(from + length, kWeek)});
        if (from + length > kWeek)
            pieces.push_back({0, from + length - kWeek});
    }
    std::ranges::sort(pieces, {}, &Span::from);
    std::vector<Span> week;
    for (const Span& piece : pieces) {
        if (!week.empty() && piece.from <= week.back().to)
            week.back().to = std::max(week.back().to, piece.to);
        else
            week.push_back(piece);
    }
    return week;
}

/// Every moment of the narrow window lies in the wide one.
bool timeWithin(const std::optional<TimeWindow>& narrow, const TimeWindow& wide)
{
    if (narrow && *narrow == wide)
        return true;
    const std::vector<Span> around = weekOf(wide);
    const auto covered = [&](const Span& span) {
        return std::ranges::any_of(around,
                                   [&](const Span& one) { return one.from <= span.from && span.to <= one.to; });
    };
    return std::ranges::all_of(narrow ? weekOf(*narrow) : std::vector<Span>{{0, 7 * 24 * 60}}, covered);
}

/// The condition under "not" says only what must not hold, and only one thing: that must hold then.
bool isDoubleNot(const Condition& excluded)
{
    if (excluded.none.size() != 1 || !excluded.keywords.empty() || !excluded.patterns.empty())
        return false;
    Condition rest = excluded;
    rest.none.clear();
    return rest.empty();
}

/// The condition and everything under its "all", or twice under "not": what holds together.
void collectTogether(const Condition& condition, Parts& parts, int depth)
{
    parts.push_back(&condition);
    for (const Condition& one : condition.all) {
        if (depth < kDeepest && parts.size() < kMostParts)
            collectTogether(one, parts, depth + 1);
    }
    for (const Condition& excluded : condition.none) {
        if (depth < kDeepest && parts.size() < kMostParts && isDoubleNot(excluded))
            collectTogether(excluded.none.front(), parts, depth + 1);
    }
}

/// Two windows that share no minute of the week.
bool timesApart(const std::optional<TimeWindow>& a, const std::optional<TimeWindow>& b)
{
    if (!a || !b || *a == *b)
        return false;
    const std::vector<Span> one = weekOf(*a);
    const std::vector<Span> other = weekOf(*b);
    return std::ranges::none_of(one, [&](const Span& x) {
        return std::ranges::any_of(other, [&](const Span& y) { return x.from < y.to && y.from < x.to; });
    });
}

/// What the two state directly cannot hold of one request.
bool contradict(const Condition& a, const Condition& b)
{
    const auto apart = [](const Strings& one, const Strings& other) {
        return !one.empty() && !other.empty() && disjoint(one, other);
    };
    const auto tooLong = [](const Condition& one, const Condition& other) {
        return one.minInputTokens && other.maxInputTokens && *one.minInputTokens > *other.maxInputTokens;
    };
    if ((a.hasAttachment && b.hasAttachment && a.hasAttachment != b.hasAttachment) ||
        (a.hasTools && b.hasTools && a.hasTools != b.hasTools) || apart(a.languages, b.languages) ||
        apart(a.userTiers, b.userTiers) || timesApart(a.timeOfDay, b.timeOfDay) || tooLong(a, b) ||
        tooLong(b, a))
        return true;
    return std::ranges::any_of(a.metadata, [&](const auto& entry) {
        const auto other = b.metadata.find(entry.first);
        return other != b.metadata.end() && apart(entry.second, other->second);
    });
}

bool togetherImply(const Parts& narrow, const Condition& wide, int depth);

/// The parts of `wide` that stand in it directly, without all, any and not.
bool ownPartsFollow(const Parts& narrow, const Condition& wide)
{
    const auto some = [&](auto&& follows) {
        return std::ranges::any_of(narrow, [&](const Condition* part) { return follows(*part); });
    };
    using C = Condition;
    if (!wide.keywords.empty() && !some([&](const C& c) { return keywordsImply(c.keywords, wide.keywords); }))
        return false;
    if (!wide.patterns.empty() &&
        !some([&](const C& c) { return !c.patterns.empty() && allIn(c.patterns, wide.patterns); }))
        return false;
    if (wide.hasAttachment && !some([&](const C& c) { return c.hasAttachment == wide.hasAttachment; }))
        return false;
    if (wide.hasTools && !some([&](const C& c) { return c.hasTools == wide.hasTools; }))
        return false;
    if (wide.minInputTokens &&
        !some([&](const C& c) { return c.minInputTokens.value_or(0) >= *wide.minInputTokens; }))
        return false;
    if (wide.maxInputTokens &&
        !some([&](const C& c) { return c.maxInputTokens && *c.maxInputTokens <= *wide.maxInputTokens; }))
        return false;
    if (!wide.languages.empty() &&
        !some([&](const C& c) { return !c.languages.empty() && allIn(c.languages, wide.languages); }))
        return false;
    if (!wide.userTiers.empty() &&
        !some([&](const C& c) { return !c.userTiers.empty() && allIn(c.userTiers, wide.userTiers); }))
        return false;
    if (!wide.pii.empty() && !some([&](const C& c) { return piiImplies(c.pii, wide.pii); }))
        return false;
    if (wide.timeOfDay && !some([&](const C& c) { return timeWithin(c.timeOfDay, *wide.timeOfDay); }))
        return false;
    for (const auto& [key, values] : wide.metadata) {
        if (!some([&](const C& c) { return namedImply(c.metadata, key, values); }))
            return false;
    }
    for (const auto& [name, values] : wide.headers) {
        if (!some([&](const C& c) { return namedImply(c.headers, name, values); }))
            return false;
    }
    return true;
}

Parts together(const Parts& parts, const Condition& more, int depth)
{
    Parts all = parts;
    collectTogether(more, all, depth);
    return all;
}

/// One way or another the condition holds, beside the rest of it.
struct Ways
{
    Condition rest;
    std::vector<Condition> ways;
};

/// The entries of a list, of which any is enough, as conditions of their own; longer lists are left alone.
void splitList(const Condition& part, const Strings& list, const std::function<Strings&(Condition&)>& listOf,
               std::vector<Ways>& out)
{
    constexpr std::size_t kLongest = 16;
    if (list.size() < 2 || list.size() > kLongest)
        return;
    Ways& split = out.emplace_back(Ways{part, {}});
    listOf(split.rest).clear();
    for (const std::string& entry : list)
        listOf(split.ways.emplace_back()) = {entry};
}

/// How the part can be told apart into ways of which one holds: by its "any", and by each of its lists.
std::vector<Ways> waysOf(const Condition& part, bool alsoLists)
{
    std::vector<Ways> out;
    if (!part.any.empty()) {
        Ways& split = out.emplace_back(Ways{part, part.any});
        split.rest.any.clear();
    }
    if (!alsoLists)
        return out;
    for (Strings Condition::*list : {&Condition::keywords, &Condition::patterns, &Condition::languages,
                                     &Condition::userTiers, &Condition::pii})
        splitList(part, part.*list, [&](Condition& c) -> Strings& { return c.*list; }, out);
    for (const auto& [key, values] : part.metadata)
        splitList(part, values, [&](Condition& c) -> Strings& { return c.metadata[key]; }, out);
    for (const auto& [name, values] : part.headers)
        splitList(part, values, [&](Condition& c) -> Strings& { return c.headers[name]; }, out);
    for (Ways& split : out) { // a key without values would ask for nothing
        std::erase_if(split.rest.metadata, [](const auto& entry) { return entry.second.empty(); });
        std::erase_if(split.rest.headers, [](const auto& entry) { return entry.second.empty(); });
    }
    return out;
}

/// Somewhere in it one of several conditions is enough.
bool asksEither(const Condition& condition, int depth = 0)
{
    const auto inner = [&](const Condition& one) { return depth < kDeepest && asksEither(one, depth + 1); };
    return condition.any.size() > 1 || std::ranges::any_of(condition.all, inner) ||
           std::ranges::any_of(condition.any, inner) || std::ranges::any_of(condition.none, inner);
}

bool togetherImply(const Parts& narrow, const Condition& wide, int depth)
{
    if (depth > kDeepest || narrow.size() > kMostParts)
        return false;
    const auto direct = [&] {
        if (!ownPartsFollow(narrow, wide))
            return false;
        const auto follows = [&](const Condition& part) { return togetherImply(narrow, part, depth + 1); };
        if (!std::ranges::all_of(wide.all, follows))
            return false;
        if (!wide.any.empty() && !std::ranges::any_of(wide.any, follows))
            return false;
        // What must not hold does not, when it contradicts what holds, or would imply something that must
        // not hold either.
        return std::ranges::all_of(wide.none, [&](const Condition& excluded) {
            if (isDoubleNot(excluded) && follows(excluded.none.front()))
                return true;
            if (std::ranges::any_of(narrow,
                                    [&](const Condition* part) { return contradict(*part, excluded); }))
                return true;
            Parts held;
            collectTogether(excluded, held, 0);
            return std::ranges::any_of(narrow, [&](const Condition* part) {
                return std::ranges::any_of(part->none, [&](const Condition& other) {
                    return togetherImply(held, other, depth + 1);
                });
            });
        });
    };
    if (direct())
        return true;
    // One of several ways holds; if every one of them would do, it does not matter which.
    if (depth >= 3)
        return false;
    const bool alsoLists = asksEither(wide);
    return std::ranges::any_of(narrow, [&](const Condition* part) {
        return std::ranges::any_of(waysOf(*part, alsoLists), [&](const Ways& split) {
            return std::ranges::all_of(split.ways, [&](const Condition& one) {
                Parts parts = together(narrow, one, 0);
                std::erase(parts, part);
                parts.push_back(&split.rest);
                return togetherImply(parts, wide, depth + 1);
            });
        });
    });
}

bool togetherNever(const Parts& parts, int depth)
{
    if (depth > kDeepest || parts.size() > kMostParts)
        return false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Condition& a = *parts[i];
        for (std::size_t k = 0; k < i; ++k) {
            const Condition& b = *parts[k];
            if (contradict(a, b))
                return true;
        }
        if (contradict(a, a))
            return true;
        const auto holds = [&](const Condition& excluded) {
            return togetherImply(parts, excluded, depth + 1);
        };
        if (std::ranges::any_of(a.none, holds))
            return true;
        const auto impossible = [&](const Condition& one) {
            return togetherNever(together(parts, one, depth), depth + 1);
        };
        if (depth < 3 && !a.any.empty() && std::ranges::all_of(a.any, impossible))
            return true;
    }
    return false;
}

/// One word of the condition by which those that it implies can be found, and the words by which they are
/// filed.
Strings filedUnder(const Condition& condition)
{
    Parts parts;
    collectTogether(condition, parts, 0);
    Strings words;
    for (const Condition* part : parts) {
        for (const std::string& keyword : part->keywords)
            words.push_back("k" + foldCase(keyword));
        if (!words.empty())
            return words;
        for (const std::string& pattern : part->patterns)
            words.push_back("p" + pattern);
        if (!words.empty())
            return words;
        if (!part->metadata.empty()) {
            const auto& [key, values] = *part->metadata.begin();
            for (const std::string& value : values)
                words.push_back("m" + key + "=" + value);
            return words;
        }
    }
    return {""};
}

/// A phrase is found under every run of its words.
void lookUnderPhrase(const std::string& phrase, Strings& words)
{
    std::vector<std::size_t> begins = {0};
    for (std::size_t i = 0; i < phrase.size() && begins.size() < 8; ++i) {
        if (phrase[i] == ' ')
            begins.push_back(i + 1);
    }
    for (std::size_t i = 0; i < begins.size(); ++i) {
        for (std::size_t k = i; k < begins.size(); ++k) {
            const std::size_t end = k + 1 < begins.size() ? begins[k + 1] - 1 : phrase.size();
            words.push_back("k" + phrase.substr(begins[i], end - begins[i]));
        }
    }
}

Strings lookedUnder(const Condition& condition)
{
    Strings words = {""};
    Parts parts;
    collectTogether(condition, parts, 0);
    // What follows from every part of "any" also follows from the first.
    for (std::size_t i = 0; i < parts.size() && parts.size() < kMostParts; ++i) {
        if (!parts[i]->any.empty())
            collectTogether(parts[i]->any.front(), parts, 0);
    }
    for (const Condition* part : parts) {
        if (!part->keywords.empty())
            lookUnderPhrase(foldCase(part->keywords.front()), words);
        if (!part->patterns.empty())
            words.push_back("p" + part->patterns.front());
        for (const auto& [key, values] : part->metadata) {
            if (!values.empty())
                words.push_back("m" + key + "=" + values.front());
        }
    }
    return words;
}

using Filed = std::unordered_map<std::string, std::vector<std::size_t>>;

void file(Filed& filed, const Condition& condition, std::size_t position)
{
    for (const std::string& word : filedUnder(condition)) {
        if (auto& bucket = filed[word]; bucket.size() < kCompared)
            bucket.push_back(position);
    }
}

/// The first that is filed under one of the words and hides.
template <class Hides>
std::optional<std::size_t> firstThatHides(const Filed& filed, const Strings& words, Hides hides)
{
    if (filed.empty())
        return std::nullopt;
    for (const std::string& word : words) {
        const auto bucket = filed.find(word);
        if (bucket == filed.end())
            continue;
        if (const auto found = std::ranges::find_if(bucket->second, hides); found != bucket->second.end())
            return *found;
    }
    return std::nullopt;
}

/// The earlier constraint bars at least what the later one bars.
bool barsAsMuch(const Rule& earlier, const Rule& later)
{
    if (earlier.taintsThread != later.taintsThread && later.taintsThread)
        return false;
    if (!later.exclude.empty())
        return allIn(later.excludeIds, earlier.excludeIds);
    return !earlier.allowResidency.empty() && allIn(earlier.allowResidency, later.allowResidency);
}

} // namespace

bool implies(const Condition& narrow, const Condition& wide)
{
    Parts parts;
    collectTogether(narrow, parts, 0);
    return togetherImply(parts, wide, 0);
}

bool neverHolds(const Condition& condition)
{
    // Without other conditions in it there is nothing that could contradict; the decoder sees the rest.
    if (condition.all.empty() && condition.any.empty() && condition.none.empty())
        return false;
    Parts parts;
    collectTogether(condition, parts, 0);
    return togetherNever(parts, 0);
}

std::vector<Shadow> shadowedRules(const SharedList<Rule>& rules)
{
    // A request for a person comes before every tier and a locked route before every other, wherever their
    // rules stand; only among their own kind the order counts.
    Filed people;
    Filed locked;
    const auto toTier = [](const Rule& rule) { return rule.route && rule.route->isTier(); };
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (rules[i].route && rules[i].route->isHuman())
            file(people, rules[i].when, i);
        else if (toTier(rules[i]) && rules[i].locked)
            file(locked, rules[i].when, i);
    }
    std::vector<Shadow> shadows;
    Filed constraints;
    Filed exclusive;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const Rule& rule = rules[i];
        Parts parts;
        collectTogether(rule.when, parts, 0);
        const Strings words = lookedUnder(rule.when);
        const auto anywhere = [&](std::size_t other) { return togetherImply(parts, rules[other].when, 0); };
        const auto earlier = [&](std::size_t other) { return other < i && anywhere(other); };
        std::optional<std::size_t> by;
        if (rule.isConstraint()) {
            by = firstThatHides(constraints, words, [&](std::size_t other) {
                return barsAsMuch(rules[other], rule) && anywhere(other);
            });
            file(constraints, rule.when, i);
        } else if (toTier(rule)) {
            by = firstThatHides(people, words, anywhere);
            if (!by && rule.locked)
                by = firstThatHides(locked, words, earlier);
            if (!by && !rule.locked)
                by = firstThatHides(locked, words, anywhere);
            if (!by && !rule.locked)
                by = firstThatHides(exclusive, words, anywhere);
            if (rule.exclusive && !rule.locked)
                file(exclusive, rule.when, i);
        } else if (rule.route) {
            by = firstThatHides(people, words, earlier);
        }
        if (by)
            shadows.push_back({i, *by});
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
        const bool hidden = !shadows.empty() && shadows.back().hidden == late;
        if (!hidden && late <= 4 * kCompared && coversEverything({rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(late)}))
            shadows.push_back({late, late - 1, true});
    }
    return shadows;
}

std::vector<Shadow> shadowedUserTiers(const std::vector<UserTier>& userTiers)
{
    std::vector<Shadow> shadows;
    for (std::size_t late = 1; late < userTiers.size(); ++late) {
        for (std::size_t early = 0; early < std::min(late, kCompared); ++early) {
            if (implies(userTiers[late].when, userTiers[early].when)) {
                shadows.push_back({late, early});
                break;
            }
        }
    }
    return shadows;
}

bool coversEverything(const std::vector<RouterMapRow>& rows)
{
    bool difficulties[4] = {};
    for (const RouterMapRow& row : rows) {
        if (row.minConfidence.value_or(0) > 0 || !row.intent.empty())
            continue; // even "*" does not fit a request without any intent
        if (!row.difficulty)
            return true;
        difficulties[*row.difficulty] = true;
    }
    return difficulties[1] && difficulties[2] && difficulties[3];
}

} // namespace signalbox
