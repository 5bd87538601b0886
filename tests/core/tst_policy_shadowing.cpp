// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of conditions from their texts alone holds of requests: random conditions against random
// requests.
#include "base/random.h"
#include "policy/shadowing.h"

#include <QtTest>

#include <algorithm>

using namespace signalbox;

namespace {

/// What the conditions of this test can see of a request.
struct Seen
{
    std::vector<std::string> words; ///< in their order
    std::string account;
    std::string language;
    int tokens = 0;
    bool attachment = false;
    bool tools = false;
    bool card = false;
    bool mail = false;
    int minute = 0; ///< of the day, in UTC
    int day = 0;    ///< 0 = Monday
};

const std::vector<std::string> kWords = {"refund", "status", "legal"};
const std::vector<std::string> kPhrases = {"refund",        "status", "legal",
                                           "refund status", "Refund", "legal refund"};

bool says(const Seen& seen, const std::string& phrase)
{
    std::string text = " ";
    for (const std::string& word : seen.words)
        text += word + " ";
    std::string folded;
    for (const char c : phrase)
        folded.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    return text.find(" " + folded + " ") != std::string::npos;
}

/// A window belongs to the day on which it begins; one that ends where it begins is a whole day long.
bool within(const TimeWindow& window, const Seen& seen)
{
    constexpr int kDay = 24 * 60;
    const int length =
        window.fromMinute == window.toMinute ? kDay : (window.toMinute - window.fromMinute + kDay) % kDay;
    const int local = seen.day * kDay + seen.minute + window.utcOffsetMinutes + 7 * kDay;
    for (int ago = 0; ago < 2; ++ago) {
        const int since = local % kDay + ago * kDay - window.fromMinute;
        const int begun = (local / kDay + 7 - ago) % 7;
        if (since >= 0 && since < length &&
            (window.days.empty() || std::ranges::find(window.days, begun) != window.days.end()))
            return true;
    }
    return false;
}

bool holds(const Condition& c, const Seen& seen)
{
    if (c.timeOfDay && !within(*c.timeOfDay, seen))
        return false;
    const auto has = [](const std::vector<std::string>& list, const std::string& one) {
        return std::ranges::find(list, one) != list.end();
    };
    const auto inner = [&](const Condition& one) { return holds(one, seen); };
    if (!c.keywords.empty() &&
        std::ranges::none_of(c.keywords, [&](const std::string& phrase) { return says(seen, phrase); }))
        return false;
    if (c.hasAttachment && *c.hasAttachment != seen.attachment)
        return false;
    if (c.hasTools && *c.hasTools != seen.tools)
        return false;
    if ((c.minInputTokens && seen.tokens < *c.minInputTokens) ||
        (c.maxInputTokens && seen.tokens > *c.maxInputTokens))
        return false;
    if (!c.languages.empty() && !has(c.languages, seen.language))
        return false;
    for (const auto& [key, values] : c.metadata) {
        if (!has(values, seen.account))
            return false;
    }
    if (!c.pii.empty() && !(has(c.pii, "any") && (seen.card || seen.mail)) &&
        !(has(c.pii, "card") && seen.card) && !(has(c.pii, "email") && seen.mail))
        return false;
    return std::ranges::all_of(c.all, inner) && (c.any.empty() || std::ranges::any_of(c.any, inner)) &&
           std::ranges::none_of(c.none, inner);
}

class Maker
{
public:
    explicit Maker(std::uint64_t seed) : m_random(seed) {}

    Condition condition(int depth)
    {
        Condition c;
        while (c.empty()) {
            if (one(3))
                c.keywords = some(kPhrases);
            if (one(5))
                c.hasAttachment = one(2);
            if (one(7))
                c.hasTools = one(2);
            if (one(5))
                c.minInputTokens = below(4);
            if (one(5))
                c.maxInputTokens = below(4);
            if (one(5))
                c.languages = some({"de", "en", "fr"});
            if (one(5))
                c.metadata["account"] =
                    one(2) ? std::vector<std::string>{"a"} : std::vector<std::string>{"a", "b"};
            if (one(4)) {
                TimeWindow window;
                window.fromMinute = 360 * below(4);
                window.toMinute = 360 * below(4);
                if (one(2))
                    window.days = one(2) ? std::vector<int>{0} : std::vector<int>{0, 1};
                if (one(3))
                    window.utcOffsetMinutes = 360 * (below(5) - 2);
                c.timeOfDay = window;
            }
            if (one(5))
                c.pii = some({"any", "card", "email"});
            for (auto* parts : {&c.all, &c.any, &c.none}) {
                for (int left = depth > 0 && one(4) ? 1 + below(2) : 0; left > 0; --left)
                    parts->push_back(condition(depth - 1));
            }
            if (depth > 0 && one(8)) // twice not
                c.none.emplace_back().none.push_back(condition(depth - 1));
        }
        return c;
    }

    Seen seen()
    {
        Seen s;
        for (int left = below(4); left > 0; --left)
            s.words.push_back(kWords[m_random.below(kWords.size())]);
        s.account = one(2) ? "a" : "b";
        s.language = one(2) ? "de" : one(2) ? "en" : "fr";
        s.tokens = below(4);
        s.attachment = one(2);
        s.tools = one(2);
        s.card = one(3);
        s.mail = one(3);
        s.minute = 180 * below(8);
        s.day = one(2) ? 0 : below(7);
        return s;
    }

    int below(int n) { return static_cast<int>(m_random.below(static_cast<std::uint64_t>(n))); }
    bool one(int of) { return below(of) == 0; }

private:
    std::vector<std::string> some(const std::vector<std::string>& from)
    {
        std::vector<std::string> out;
        for (const std::string& each : from) {
            if (one(3))
                out.push_back(each);
        }
        return out;
    }
    Random m_random;
};

} // namespace

class PolicyShadowingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatImpliesHoldsOfRequests();
    void whatNeverHoldsNeverDoes();
    void everyConditionImpliesItself();
    void certainShadowsAreFound();
    void windowsAndExclusionsImply();
    void whatIsSaidOtherwiseIsTheSame();
};

void PolicyShadowingTest::whatImpliesHoldsOfRequests()
{
    Maker maker(3);
    int implied = 0;
    for (int i = 0; i < 20'000; ++i) {
        Condition wide = maker.condition(2);
        Condition narrow = maker.condition(2);
        if (maker.one(2))
            narrow.all.push_back(wide);
        else if (maker.one(2))
            wide.any.push_back(narrow);
        if (!implies(narrow, wide))
            continue;
        ++implied;
        for (int k = 0; k < 40; ++k) {
            const Seen seen = maker.seen();
            QVERIFY(!holds(narrow, seen) || holds(wide, seen));
        }
    }
    QVERIFY(implied > 1000);
}

void PolicyShadowingTest::whatNeverHoldsNeverDoes()
{
    Maker maker(4);
    int never = 0;
    for (int i = 0; i < 20'000; ++i) {
        Condition condition = maker.condition(3);
        if (maker.one(2))
            condition.none.push_back(condition);
        if (!neverHolds(condition))
            continue;
        ++never;
        for (int k = 0; k < 60; ++k)
            QVERIFY(!holds(condition, maker.seen()));
    }
    QVERIFY(never > 1000);
}

void PolicyShadowingTest::everyConditionImpliesItself()
{
    Maker maker(5);
    int implied = 0;
    for (int i = 0; i < 2000; ++i) {
        const Condition condition = maker.condition(2);
        implied += implies(condition, condition);
        if (condition.any.empty() && condition.all.empty() && condition.none.empty())
            QVERIFY(implies(condition, condition));
    }
    QVERIFY2(implied >= 1900, std::to_string(implied).c_str()); // of nested ones nearly all
}

void PolicyShadowingTest::windowsAndExclusionsImply()
{
    const auto at = [](int from, int to, std::vector<int> days = {}) {
        Condition condition;
        condition.timeOfDay = TimeWindow{from * 60, to * 60, std::move(days), 0};
        return condition;
    };
    QVERIFY(implies(at(9, 12), at(8, 18)));
    QVERIFY(!implies(at(8, 18), at(9, 12)));
    QVERIFY(implies(at(9, 12, {0}), at(8, 18, {0, 1})));
    QVERIFY(!implies(at(9, 12), at(8, 18, {0, 1})));
    QVERIFY(implies(at(23, 2), at(22, 6)));
    QVERIFY(implies(at(1, 3), at(22, 6)));
    QVERIFY(!implies(at(1, 3, {1}), at(22, 6, {1}))); // that night began on the day before
    QVERIFY(implies(at(22, 6), at(0, 0)));
    QVERIFY(implies(at(22, 6, {0}), at(20, 8, {0})));
    const auto eastwards = [&](int hours, int from, int to, std::vector<int> days = {}) {
        Condition condition = at(from, to, std::move(days));
        condition.timeOfDay->utcOffsetMinutes = hours * 60;
        return condition;
    };
    QVERIFY(implies(eastwards(2, 10, 12), at(8, 10)));
    QVERIFY(!implies(eastwards(2, 8, 10), at(8, 10)));
    QVERIFY(implies(eastwards(2, 1, 2, {0}), at(23, 0, {6}))); // still Sunday in Greenwich
    QVERIFY(!implies(eastwards(2, 1, 2, {0}), at(23, 0, {0})));
    Condition both = eastwards(-5, 9, 12);
    both.all.push_back(at(9, 14));
    QVERIFY(neverHolds(both));
    both.all.front().timeOfDay->toMinute += 1;
    QVERIFY(!neverHolds(both));
    Condition french;
    french.languages = {"fr"};
    Condition notGerman;
    notGerman.none.emplace_back().languages = {"de"};
    QVERIFY(implies(french, notGerman));
    QVERIFY(!implies(notGerman, french));
}

void PolicyShadowingTest::whatIsSaidOtherwiseIsTheSame()
{
    Condition either;
    either.keywords = {"refund", "status"};
    Condition spelled;
    for (const char* word : {"status", "refund", "legal"})
        spelled.any.emplace_back().keywords = {word};
    QVERIFY(implies(either, spelled));
    QVERIFY(!implies(spelled, either));
    either.keywords.push_back("other");
    QVERIFY(!implies(either, spelled));

    Condition accounts;
    accounts.metadata["account"] = {"a", "b"};
    Condition oneByOne;
    for (const char* account : {"a", "b"})
        oneByOne.any.emplace_back().metadata["account"] = {account};
    QVERIFY(implies(accounts, oneByOne));
    oneByOne.any.pop_back();
    QVERIFY(!implies(accounts, oneByOne));

    Condition word;
    word.keywords = {"refund"};
    Condition twice;
    twice.none.emplace_back().none.push_back(word);
    QVERIFY(implies(twice, word));
    QVERIFY(implies(word, twice));
    Condition never = twice;
    never.none.push_back(word);
    QVERIFY(neverHolds(never));
}

void PolicyShadowingTest::certainShadowsAreFound()
{
    const auto word = [](const char* keyword) {
        Condition condition;
        condition.keywords = {keyword};
        return condition;
    };
    const auto rule = [](const char* id, Condition when, Route route, bool locked) {
        Rule out;
        out.id = id;
        out.when = std::move(when);
        out.route = route;
        out.locked = locked;
        return out;
    };
    Condition either;
    either.any = {word("refund status"), word("refund please")};
    // A locked rule decides before one that is not, wherever they stand; a person before both.
    const SharedList<Rule> rules = {rule("early", either, Route::toTier(0), false),
                                     rule("locked", word("refund"), Route::toTier(1), true),
                                     rule("other", word("legal"), Route::toTier(1), true),
                                     rule("person", word("legal"), Route::toHuman(), false)};
    const std::vector<Shadow> shadows = shadowedRules(rules);
    QCOMPARE(shadows.size(), std::size_t(2));
    QCOMPARE(shadows[0].hidden, std::size_t(0));
    QCOMPARE(shadows[0].by, std::size_t(1));
    QCOMPARE(shadows[1].hidden, std::size_t(2));
    QCOMPARE(shadows[1].by, std::size_t(3));
}

QTEST_GUILESS_MAIN(PolicyShadowingTest)
#include "tst_policy_shadowing.moc"
