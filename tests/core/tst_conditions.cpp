// SPDX-License-Identifier: GPL-3.0-or-later
// Conditions of rules: what they see in a request, how they combine, and what happens when nobody can know.
#include "base/random.h"
#include "base/text.h"
#include "features/language.h"
#include "features/pii.h"
#include "routers/kleene.h"
#include "tests/support/policies.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QtTest>

#include <functional>
#include <set>

using namespace signalbox;

class ConditionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsPersonalData_data();
    void findsPersonalData();
    void longTextsOfHardFormsTakeLinearTime();
    void recognisesLanguages();
    void headersAndTools();
    void timeOfDay_data();
    void timeOfDay();
    void allAnyNot();
    void userTiers();
    void taintOutlivesItsTurn();
    void unfinishedMatchFailsClosed();
    void randomConditionsAgreeWithTheirMeaning();
    void randomPoliciesNeverOverrideConstraints();
    void fingerprintSeesEveryPart();
    void inputHashOfOldRequestsStays();
    void carriesReachTheDecision();
};

namespace {

Condition keyword(const char* word)
{
    Condition c;
    c.keywords = {word};
    return c;
}

Condition pattern(const char* expression)
{
    Condition c;
    c.patterns = {expression};
    return c;
}

Rule ruleOf(const char* id, Condition when, Route route, bool locked)
{
    Rule rule;
    rule.id = id;
    rule.when = std::move(when);
    rule.route = route;
    rule.locked = locked;
    rule.reason = std::string("policy.") + id;
    return rule;
}

Rule constraintOf(const char* id, Condition when, int tier)
{
    Rule rule;
    rule.id = id;
    rule.when = std::move(when);
    rule.exclude = {tier};
    rule.excludeIds = {"T" + std::to_string(tier)};
    rule.reason = std::string("policy.") + id;
    return rule;
}

CompiledPolicyPtr compiledWith(const std::function<void(Policy&)>& change)
{
    auto policy = std::make_shared<Policy>(*test::decoded(test::basePolicy()));
    change(*policy);
    return std::make_shared<const CompiledPolicy>(policy);
}

/// What the one rule of a policy sees: 0, Observation::kMatches or Observation::kUnknown.
int seenBy(const Condition& when, const Request& request)
{
    const CompiledPolicyPtr compiled =
        compiledWith([&](Policy& policy) { policy.rules = {ruleOf("r", when, Route::toTier(1), true)}; });
    return compiled->observe(request, extractFeatures(request)).ruleMatches.front();
}

bool holdsFor(const Condition& when, const Request& request)
{
    return seenBy(when, request) == Observation::kMatches;
}

bool holdsFor(const Condition& when, const char* prompt)
{
    return holdsFor(when, Request::fromPrompt("p", prompt));
}

bool has(const std::vector<std::string>& reasons, const char* reason)
{
    return std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
}

} // namespace

void ConditionsTest::findsPersonalData_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("kinds");
    const auto row = [](const char* text, int kinds) { QTest::newRow(text) << QByteArray(text) << kinds; };
    row("write to jane.doe+x@mail.example.co.uk.", pii::kEmail);
    row("<jürgen@müller.de>", pii::kEmail);
    row("me@localhost, @handle and a@b.1", 0);
    row("call me @ 5 p.m.", 0);
    row("call +49 30 901820 today", pii::kPhone);
    row("call +1 (555) 234-5678", pii::kPhone);
    row("(555) 123-4567", pii::kPhone);
    row("555-123-4567", pii::kPhone);
    row("1-800-555-0199", pii::kPhone);
    row("0049 30 1234567", pii::kPhone);
    row("030 1234 5678", pii::kPhone);
    row("order 5551234567 of 2026-11-22", 0);
    row("version 1.2.3, 12:30:45, 3,500 and 12.40", 0);
    row("my card is 4111 1111 1111 1111", pii::kCard);
    row("4111111111111111", pii::kCard);
    row("3782-822463-10005", pii::kCard);
    row("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", pii::kCard);
    row("6304 0000 0000 0000", pii::kCard); // 16 digits
    row("6799990100000000019", pii::kCard); // 19 digits
    row("card 4111 1111 1111 1112", 0);
    row("0000 0000 0000 0000", 0);
    row("10 20 30 40 50 60 70 80 90", 0);
    row("DE89 3704 0044 0532 0130 00", pii::kIban);
    row("gb82west12345698765432", pii::kIban);
    row("DE89 3704 0044 0532 0130 02", 0);
    row("NO93 8601 1117 947, please", pii::kIban);
    row("my ssn: 123-45-6789", pii::kSsn);
    row("123 45 6789", pii::kSsn);
    row("666-45-6789 000-12-3456 123-00-4567 987-65-4321", 0);
    row("part 123-45-6789-1", 0);
    row("host 192.168.0.12.", pii::kIpAddress);
    row("ip:10.0.0.1, twice", pii::kIpAddress);
    row("http://10.0.0.1:8080/", pii::kIpAddress);
    row("256.1.1.1 and 1.2.3.4.5", 0);
    row("fe80::1ff:fe23:4567:890a", pii::kIpAddress);
    row("2001:db8:0:0:0:0:2:1", pii::kIpAddress);
    row("::ffff:192.0.2.128", pii::kIpAddress);
    row("std::vector and a::b at 12:30:45", 0);
    row("How do I reset my password?", 0);
    row("", 0);
    row("a@b.de 4111111111111111 +4930901820 10.0.0.1",
        pii::kEmail | pii::kCard | pii::kPhone | pii::kIpAddress);
}

void ConditionsTest::findsPersonalData()
{
    QFETCH(QByteArray, text);
    QFETCH(int, kinds);
    QCOMPARE(int(findPii(foldForMatching(text.toStdString()))), kinds);
}

void ConditionsTest::longTextsOfHardFormsTakeLinearTime()
{
    // Texts that make a careless search quadratic. 1 MB each: such a search would take minutes, and CTest
    // ends it.
    for (const char* piece :
         {"@", "a@a.", "1 ", "1-", "12", "111 ", "9.", "a:", "0:", "::", "+1", "de89", "de89 "}) {
        std::string text;
        while (text.size() < (1 << 20))
            text += piece;
        const PiiKinds found = findPii(text);
        QVERIFY((found & pii::kIban) == 0);
    }
}

void ConditionsTest::recognisesLanguages()
{
    const char* german =
        "Guten Tag, ich habe eine Frage zu meiner letzten Rechnung und möchte sie gerne prüfen lassen.";
    const char* english =
        "Good morning, I have a question about my latest invoice and would like to have it checked.";
    const char* hebrew = "שלום, יש לי שאלה על החשבונית האחרונה שלי ואני רוצה לבדוק אותה בבקשה היום";
    QCOMPARE(detectLanguage(german), std::string("de"));
    QCOMPARE(detectLanguage(english), std::string("en"));
    QCOMPARE(detectLanguage(hebrew), std::string("he")); // the detector itself says "iw"
    QCOMPARE(detectLanguage("ok"), std::string());
    QCOMPARE(detectLanguage(""), std::string());
    Condition condition;
    condition.languages = {"de", "nb"};
    QVERIFY(holdsFor(condition, german));
    QVERIFY(!holdsFor(condition, english));
    QVERIFY(!holdsFor(condition, "ok")); // not recognised is none of them
    Condition other;
    other.none = {condition};
    QVERIFY(holdsFor(other, "ok"));
    // The last user message counts.
    Request turn;
    turn.messages = {{"user", english}, {"assistant", english}, {"user", german}, {"assistant", english}};
    QVERIFY(holdsFor(condition, turn));
}

void ConditionsTest::headersAndTools()
{
    Request request = Request::fromPrompt("p", "hello");
    Condition header;
    header.headers["x-plan"] = {"free", "trial"};
    QVERIFY(!holdsFor(header, request));
    request.headers["x-plan"] = "trial";
    QVERIFY(holdsFor(header, request));
    request.headers["x-plan"] = "paid";
    QVERIFY(!holdsFor(header, request));
    Condition tools;
    tools.hasTools = true;
    QVERIFY(!holdsFor(tools, request));
    request.tools = {"lookup"};
    QVERIFY(holdsFor(tools, request));
    tools.hasTools = false;
    QVERIFY(!holdsFor(tools, request));
}

void ConditionsTest::timeOfDay_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<QList<int>>("days");
    QTest::addColumn<int>("offset");
    QTest::addColumn<QString>("when"); // UTC
    QTest::addColumn<bool>("inside");
    const QList<int> workdays = {0, 1, 2, 3, 4};
    // 2026-11-20 is a Friday.
    QTest::newRow("inside") << 540 << 1080 << QList<int>{} << 0 << "2026-11-20T09:00:00Z" << true;
    QTest::newRow("to is exclusive") << 540 << 1080 << QList<int>{} << 0 << "2026-11-20T18:00:00Z" << false;
    QTest::newRow("just before") << 540 << 1080 << QList<int>{} << 0 << "2026-11-20T08:59:59Z" << false;
    QTest::newRow("over midnight, evening")
        << 1320 << 360 << QList<int>{} << 0 << "2026-11-20T23:00:00Z" << true;
    QTest::newRow("over midnight, morning")
        << 1320 << 360 << QList<int>{} << 0 << "2026-11-20T05:59:00Z" << true;
    QTest::newRow("over midnight, noon")
        << 1320 << 360 << QList<int>{} << 0 << "2026-11-20T12:00:00Z" << false;
    QTest::newRow("Friday's night reaches Saturday")
        << 1320 << 360 << workdays << 0 << "2026-11-21T05:00:00Z" << true;
    QTest::newRow("Saturday's own night") << 1320 << 360 << workdays << 0 << "2026-11-21T23:00:00Z" << false;
    QTest::newRow("Sunday's night is none of Monday")
        << 1320 << 360 << workdays << 0 << "2026-11-23T05:00:00Z" << false;
    QTest::newRow("Monday's night at the week's end")
        << 1320 << 360 << QList<int>{6} << 0 << "2026-11-23T05:00:00Z" << true;
    QTest::newRow("offset east") << 540 << 1080 << QList<int>{} << 60 << "2026-11-20T08:00:00Z" << true;
    QTest::newRow("offset east, too early")
        << 540 << 1080 << QList<int>{} << 60 << "2026-11-20T07:59:00Z" << false;
    QTest::newRow("offset changes the day")
        << 0 << 60 << QList<int>{0} << 600 << "2026-11-22T14:30:00Z" << true;
    QTest::newRow("offset west") << 540 << 1080 << QList<int>{4} << -480 << "2026-11-21T01:59:00Z" << true;
    QTest::newRow("the whole day") << 300 << 300 << QList<int>{4} << 0 << "2026-11-21T04:59:00Z" << true;
    QTest::newRow("the whole day, over")
        << 300 << 300 << QList<int>{4} << 0 << "2026-11-21T05:00:00Z" << false;
    QTest::newRow("before 1970") << 540 << 1080 << QList<int>{2} << 0 << "1969-12-31T09:00:30Z" << true;
}

void ConditionsTest::timeOfDay()
{
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(QList<int>, days);
    QFETCH(int, offset);
    QFETCH(QString, when);
    QFETCH(bool, inside);
    Condition condition;
    condition.timeOfDay = TimeWindow{from, to, {days.begin(), days.end()}, offset};
    Request request = Request::fromPrompt("p", "hello");
    request.receivedAtMs = QDateTime::fromString(when, Qt::ISODate).toMSecsSinceEpoch();
    QCOMPARE(holdsFor(condition, request), inside);
}

void ConditionsTest::allAnyNot()
{
    Condition c;
    c.all = {keyword("red"), keyword("blue")};
    QVERIFY(holdsFor(c, "red and blue"));
    QVERIFY(!holdsFor(c, "red"));
    Condition any;
    any.any = {keyword("red"), keyword("blue")};
    QVERIFY(holdsFor(any, "blue"));
    QVERIFY(!holdsFor(any, "green"));
    Condition none;
    none.none = {keyword("red"), keyword("blue")};
    QVERIFY(holdsFor(none, "green"));
    QVERIFY(!holdsFor(none, "blue"));
    // The parts of one object are joined by "and".
    Condition mixed = any;
    mixed.none = {keyword("gold")};
    mixed.keywords = {"please"};
    QVERIFY(holdsFor(mixed, "red, please"));
    QVERIFY(!holdsFor(mixed, "red"));
    QVERIFY(!holdsFor(mixed, "red gold, please"));
    QVERIFY(!holdsFor(mixed, "please"));
    Condition pii;
    pii.pii = {"card", "iban"};
    QVERIFY(holdsFor(pii, "4111 1111 1111 1111"));
    QVERIFY(!holdsFor(pii, "me@example.com"));
    pii.pii = {"any"};
    QVERIFY(holdsFor(pii, "me@example.com"));
    QVERIFY(!holdsFor(Condition{}, "anything"));
}

void ConditionsTest::userTiers()
{
    const CompiledPolicyPtr compiled = compiledWith([](Policy& policy) {
        UserTier gold;
        gold.id = "gold";
        gold.when.metadata["plan"] = {"gold"};
        UserTier everyone;
        everyone.id = "everyone";
        everyone.when.minInputTokens = 0;
        policy.userTiers = {gold, everyone};
        Condition of;
        of.userTiers = {"gold"};
        policy.rules = {ruleOf("gold", of, Route::toTier(2), true)};
    });
    Request request = Request::fromPrompt("p", "hello");
    const Decision plain = decide(*compiled, request);
    QCOMPARE(plain.userTier, std::string("everyone"));
    QCOMPARE(plain.route, Route::toTier(0));
    QVERIFY(has(plain.reasons, "user_tier.everyone"));
    request.metadata["plan"] = "gold";
    const Decision gold = decide(*compiled, request);
    QCOMPARE(gold.userTier, std::string("gold")); // the first that holds
    QCOMPARE(gold.route, Route::toTier(2));
}

void ConditionsTest::taintOutlivesItsTurn()
{
    // Personal data in a short message; "not" makes the condition false again at the second turn.
    Condition when = pattern("card \\d+");
    when.none = {keyword("never mind")};
    const auto decideWith = [&](bool taints, const Request& request) {
        return decide(*compiledWith([&](Policy& policy) {
            Rule rule = constraintOf("pii", when, 0);
            rule.taintsThread = taints;
            policy.rules = {rule};
        }),
                      request);
    };
    Request request;
    request.messages = {{"user", "my card 4111"}, {"assistant", "thanks"}, {"user", "never mind"}};
    QVERIFY(!decideWith(false, request).isBarred(0));
    QVERIFY(decideWith(true, request).isBarred(0));
    // What comes in one message says nothing of earlier turns, and an assistant's words are nobody's data.
    request.messages = {{"user", "hello"}, {"assistant", "my card 4111"}, {"user", "never mind"}};
    QVERIFY(!decideWith(true, request).isBarred(0));
    request.messages = {{"user", "my card 4111, never mind"}};
    QVERIFY(!decideWith(true, request).isBarred(0));

    // The length at the earlier turn counts.
    Condition brief = keyword("secret");
    brief.maxInputTokens = 10;
    Request longer;
    longer.messages = {{"user", "secret"}, {"assistant", std::string(400, 'x')}, {"user", "go on"}};
    const CompiledPolicyPtr compiled = compiledWith([&](Policy& policy) {
        Rule rule = constraintOf("brief", brief, 0);
        rule.taintsThread = true;
        policy.rules = {rule, constraintOf("now", brief, 1)};
    });
    const Decision d = decide(*compiled, longer);
    QVERIFY(d.isBarred(0));
    QVERIFY(!d.isBarred(1));
}

void ConditionsTest::unfinishedMatchFailsClosed()
{
    const char* broken = "(unclosed";
    const auto with = [](const Condition& when) {
        return compiledWith([&](Policy& policy) {
            policy.rules = {constraintOf("constraint", when, 0),
                            ruleOf("locked", when, Route::toTier(2), true),
                            ruleOf("preference", when, Route::toTier(1), false)};
        });
    };
    const Request hello = Request::fromPrompt("p", "hello");
    const Decision d = decide(*with(pattern(broken)), hello);
    QVERIFY(d.isBarred(0));
    QCOMPARE(d.ruleId, std::string("locked"));
    QVERIFY(has(d.reasons, "rule.match_incomplete"));

    // A preference alone does not fire.
    const CompiledPolicyPtr preference = compiledWith([&](Policy& policy) {
        policy.rules = {ruleOf("preference", pattern("(unclosed"), Route::toTier(1), false)};
    });
    const Decision p = decide(*preference, hello);
    QCOMPARE(p.route, Route::toTier(0));
    QVERIFY(!has(p.reasons, "rule.match_incomplete"));
    // A person can be asked for without a lock.
    const CompiledPolicyPtr person = compiledWith([&](Policy& policy) {
        policy.rules = {ruleOf("person", pattern("(unclosed"), Route::toHuman(), false)};
    });
    QVERIFY(decide(*person, hello).route.isHuman());

    // Under "not", closed is the other way round: unknown stays unknown, and the rule fires.
    Condition negated;
    negated.none = {pattern(broken)};
    QCOMPARE(seenBy(negated, hello), int(Observation::kUnknown));
    // A part that decides alone leaves nothing unknown.
    Condition decided = negated;
    decided.keywords = {"absent"};
    QCOMPARE(seenBy(decided, hello), 0);
    Condition either;
    either.any = {pattern(broken), keyword("hello")};
    QCOMPARE(seenBy(either, hello), int(Observation::kMatches));
    Condition neither;
    neither.none = {pattern(broken), keyword("hello")};
    QCOMPARE(seenBy(neither, hello), 0);

    // Text that is no UTF-8: what is found is there, what is not found may be.
    const Request garbled = Request::fromPrompt("p", "my legal \xFF\xFE case");
    QCOMPARE(seenBy(keyword("legal"), garbled), int(Observation::kMatches));
    QCOMPARE(seenBy(keyword("card"), garbled), int(Observation::kUnknown));
    Condition language;
    language.languages = {"de"};
    QCOMPARE(seenBy(language, garbled), int(Observation::kUnknown));
    Condition anyPii;
    anyPii.pii = {"any"};
    QCOMPARE(seenBy(anyPii, garbled), int(Observation::kUnknown));
    Condition tokens;
    tokens.minInputTokens = 1000;
    QCOMPARE(seenBy(tokens, garbled), 0);

    // And text behind the bound.
    const Request endless =
        Request::fromPrompt("p", "legal " + std::string(kMostMatchedBytes, 'x') + " card");
    QCOMPARE(seenBy(keyword("legal"), endless), int(Observation::kMatches));
    QCOMPARE(seenBy(keyword("card"), endless), int(Observation::kUnknown));

    // A trigger whose condition is unknown is asked.
    const CompiledPolicyPtr triggered = compiledWith([&](Policy& policy) {
        Trigger trigger;
        trigger.id = "t";
        trigger.when = pattern("(unclosed");
        policy.triggers = {trigger};
    });
    QVERIFY(triggered->observe(hello, extractFeatures(hello)).triggerApplies.front());

    // A condition that is nested deeper than any that can be written is not guessed at.
    Condition deep = keyword("hello");
    for (int i = 0; i < 40; ++i) {
        Condition outer;
        outer.all = {deep};
        deep = outer;
    }
    QCOMPARE(seenBy(deep, hello), int(Observation::kUnknown));
}

namespace {

const char* const kWords[] = {"red", "blue", "green", "gold"};

Condition randomCondition(Random& random, int depth)
{
    Condition c;
    const auto list = [&](std::vector<Condition>& into) {
        for (std::uint64_t i = 0, n = 1 + random.below(3); i < n; ++i)
            into.push_back(randomCondition(random, depth - 1));
    };
    do {
        if (random.below(3) == 0)
            c.keywords = {kWords[random.below(4)], kWords[random.below(4)]};
        if (random.below(4) == 0)
            c.patterns = {std::string(kWords[random.below(4)]) + " +" + kWords[random.below(4)]};
        if (random.below(8) == 0)
            c.patterns.push_back("(broken");
        if (random.below(6) == 0)
            c.hasAttachment = random.below(2) == 0;
        if (random.below(6) == 0)
            c.hasTools = random.below(2) == 0;
        if (random.below(6) == 0)
            c.minInputTokens = static_cast<int>(random.below(8));
        if (random.below(6) == 0)
            c.maxInputTokens = static_cast<int>(random.below(8));
        if (random.below(6) == 0)
            c.metadata["plan"] = {"a", "b"};
        if (random.below(6) == 0)
            c.headers["x-plan"] = {"a"};
        if (depth > 0 && random.below(3) == 0)
            list(c.all);
        if (depth > 0 && random.below(3) == 0)
            list(c.any);
        if (depth > 0 && random.below(3) == 0)
            list(c.none);
    } while (c.empty());
    return c;
}

/// What a condition means, read off its definition with two truth values: unknown parts are given as `guess`.
bool meaning(const Condition& c, const Request& request, const std::string& text, bool guess)
{
    const auto occurs = [&](const std::string& word) {
        return (" " + text + " ").find(" " + word + " ") != std::string::npos;
    };
    const auto among = [](const std::map<std::string, std::vector<std::string>>& wanted,
                          const std::map<std::string, std::string>& given) {
        return std::all_of(wanted.begin(), wanted.end(), [&](const auto& entry) {
            const auto found = given.find(entry.first);
            return found != given.end() &&
                   std::find(entry.second.begin(), entry.second.end(), found->second) != entry.second.end();
        });
    };
    const auto all = [&](const std::vector<Condition>& list, bool expected) {
        return std::all_of(list.begin(), list.end(), [&](const Condition& one) {
            // Below "not" the guess turns over, so that the whole is guessed to one side.
            return meaning(one, request, text, expected ? guess : !guess) == expected;
        });
    };
    const auto patternOccurs = [&](const std::string& p) {
        return p == "(broken" ? guess
                              : QRegularExpression(QString::fromStdString("(?:" + p + ")"))
                                    .match(QString::fromStdString(text))
                                    .hasMatch();
    };
    const int tokens = estimateTokens(text);
    return (c.keywords.empty() || std::any_of(c.keywords.begin(), c.keywords.end(), occurs)) &&
           (c.patterns.empty() || std::any_of(c.patterns.begin(), c.patterns.end(), patternOccurs)) &&
           (!c.hasAttachment || *c.hasAttachment == !request.attachments.empty()) &&
           (!c.hasTools || *c.hasTools == !request.tools.empty()) &&
           (!c.minInputTokens || tokens >= *c.minInputTokens) &&
           (!c.maxInputTokens || tokens <= *c.maxInputTokens) && among(c.metadata, request.metadata) &&
           among(c.headers, request.headers) && all(c.all, true) &&
           (c.any.empty() ||
            std::any_of(c.any.begin(), c.any.end(),
                        [&](const Condition& one) { return meaning(one, request, text, guess); })) &&
           all(c.none, false);
}

Request randomRequest(Random& random)
{
    std::string text;
    for (std::uint64_t i = 0, n = 1 + random.below(5); i < n; ++i)
        text += (i > 0 ? " " : "") + std::string(random.below(5) == 0 ? "stone" : kWords[random.below(4)]);
    Request request = Request::fromPrompt("p", text);
    if (random.below(2))
        request.attachments.push_back({"image", "x"});
    if (random.below(2))
        request.tools.push_back("t");
    if (random.below(2))
        request.metadata["plan"] = random.below(2) ? "a" : "c";
    if (random.below(2))
        request.headers["x-plan"] = random.below(2) ? "a" : "c";
    return request;
}

} // namespace

void ConditionsTest::randomConditionsAgreeWithTheirMeaning()
{
    Random random(23);
    int counts[3] = {};
    for (int round = 0; round < 3000; ++round) {
        const Condition condition = randomCondition(random, 3);
        const Request request = randomRequest(random);
        const std::string text = request.messages.front().content;
        const int seen = seenBy(condition, request);
        const bool least = meaning(condition, request, text, false);
        const bool most = meaning(condition, request, text, true);
        QCOMPARE(seen, least == most ? (least ? int(Observation::kMatches) : 0) : int(Observation::kUnknown));
        ++counts[seen];
    }
    QVERIFY(counts[0] > 300 && counts[1] > 300 && counts[2] > 100);
}

void ConditionsTest::randomPoliciesNeverOverrideConstraints()
{
    Random random(29);
    int humans = 0;
    int lockedOnes = 0;
    for (int round = 0; round < 1500; ++round) {
        const CompiledPolicyPtr compiled = compiledWith([&](Policy& policy) {
            for (std::uint64_t r = 0, n = random.below(6); r < n; ++r) {
                const std::string id = "r" + std::to_string(r);
                const Condition when = randomCondition(random, 2);
                const int tier = static_cast<int>(random.below(3));
                switch (random.below(4)) {
                case 0:
                    policy.rules.push_back(ruleOf(id.c_str(), when, Route::toHuman(), random.below(2) == 0));
                    break;
                case 1: {
                    Rule constraint = constraintOf(id.c_str(), when, tier);
                    constraint.taintsThread = random.below(2) == 0;
                    policy.rules.push_back(std::move(constraint));
                    break;
                }
                default:
                    Rule route = ruleOf(id.c_str(), when, Route::toTier(tier), random.below(2) == 0);
                    route.exclusive = random.below(3) == 0;
                    policy.rules.push_back(std::move(route));
                }
            }
            policy.router.kind = random.below(2) ? RouterKind::Fixed : RouterKind::Rules;
            policy.router.otherwise = Route::toTier(static_cast<int>(random.below(3)));
        });
        const Policy& policy = compiled->policy();
        const Request request = randomRequest(random);
        const std::string text = request.messages.front().content;
        const Decision d = decide(*compiled, request);
        QVERIFY(!d.reasons.empty());
        QVERIFY(d.route.kind != Route::Kind::None);
        bool personAsked = false;
        std::vector<char> barred(policy.tiers.size(), 0);
        const Rule* locked = nullptr;
        for (const Rule& rule : policy.rules) {
            // Closed: a constraint, a lock and a wish for a person hold when they may hold.
            if (!meaning(rule.when, request, text, true))
                continue;
            for (const int tier : rule.exclude)
                barred[static_cast<std::size_t>(tier)] = 1;
            personAsked = personAsked || (rule.route && rule.route->isHuman());
            if (rule.route && rule.route->isTier() && rule.locked && locked == nullptr)
                locked = &rule;
        }
        for (std::size_t t = 0; t < barred.size(); ++t)
            QCOMPARE(d.isBarred(static_cast<int>(t)), barred[t] != 0);
        const bool nothingLeft = std::find(barred.begin(), barred.end(), 0) == barred.end();
        if (personAsked || nothingLeft) {
            QVERIFY(d.route.isHuman());
        } else if (locked != nullptr) {
            const bool lockedBarred = barred[static_cast<std::size_t>(locked->route->tier)] != 0;
            QCOMPARE(d.route, lockedBarred ? Route::toHuman() : *locked->route);
            QCOMPARE(d.ruleId, locked->id);
            ++lockedOnes;
        } else {
            QVERIFY(d.route.isTier() && barred[static_cast<std::size_t>(d.route.tier)] == 0);
        }
        humans += d.route.isHuman();
    }
    QVERIFY(humans > 100 && lockedOnes > 100);
}

void ConditionsTest::fingerprintSeesEveryPart()
{
    const auto printOf = [](const std::function<void(Policy&)>& change) {
        return compiledWith(change)->matchingFingerprint();
    };
    std::set<std::string> prints;
    const auto add = [&](const std::function<void(Condition&)>& state) {
        prints.insert(printOf([&](Policy& policy) {
            Condition c = keyword("x");
            state(c);
            policy.rules = {ruleOf("r", c, Route::toTier(0), true)};
        }));
    };
    add([](Condition&) {});
    add([](Condition& c) { c.languages = {"de"}; });
    add([](Condition& c) { c.pii = {"card"}; });
    add([](Condition& c) { c.headers["a"] = {"b"}; });
    add([](Condition& c) { c.metadata["a"] = {"b"}; });
    add([](Condition& c) { c.timeOfDay = TimeWindow{}; });
    add([](Condition& c) { c.timeOfDay = TimeWindow{0, 0, {1}, 0}; });
    add([](Condition& c) { c.timeOfDay = TimeWindow{0, 0, {}, 60}; });
    add([](Condition& c) { c.userTiers = {"gold"}; });
    add([](Condition& c) { c.hasTools = true; });
    add([](Condition& c) { c.hasTools = false; });
    add([](Condition& c) { c.all = {keyword("y")}; });
    add([](Condition& c) { c.any = {keyword("y")}; });
    add([](Condition& c) { c.none = {keyword("y")}; });
    add([](Condition& c) { c.all = {keyword("y"), keyword("z")}; });
    QCOMPARE(prints.size(), std::size_t{15});
    const auto tainting = [&](bool taints, Route route) {
        return printOf([&](Policy& policy) {
            Rule rule = ruleOf("r", keyword("x"), route, true);
            rule.taintsThread = taints;
            policy.rules = {rule};
        });
    };
    QVERIFY(tainting(true, Route::toTier(0)) != tainting(false, Route::toTier(0)));
    QCOMPARE(tainting(true, Route::toTier(0)),
             tainting(true, Route::toTier(1))); // where it goes is not what it sees
}

void ConditionsTest::inputHashOfOldRequestsStays()
{
    Request request = Request::fromPrompt("1", "ab");
    request.metadata["k"] = "v";
    // What every workspace of the version before has on disk for this request.
    QCOMPARE(request.inputHash(),
             std::string("231654425885c0a112312ef32a516525d46ac74265187866dc0eea21f60cf45d"));
    Request timed = request;
    timed.receivedAtMs = 5;
    QVERIFY(timed.inputHash() != request.inputHash());
    request.id = "another";
    request.reference = "42";
    QCOMPARE(request.inputHash(),
             std::string("231654425885c0a112312ef32a516525d46ac74265187866dc0eea21f60cf45d"));
    Request withHeader = request;
    withHeader.headers["k"] = "v";
    Request withTool = request;
    withTool.tools = {"k"};
    QVERIFY(withHeader.inputHash() != request.inputHash());
    QVERIFY(withTool.inputHash() != request.inputHash());
    QVERIFY(withTool.inputHash() != withHeader.inputHash());
}

void ConditionsTest::carriesReachTheDecision()
{
    RouteCarries refund;
    refund.templateId = "refund";
    refund.promptTemplate = 0;
    refund.tools = {"lookup"};
    const auto with = [&](const std::function<void(Policy&)>& change) {
        return decide(*compiledWith([&](Policy& policy) {
            policy.templates = {{"refund", "Handle refunds."}};
            change(policy);
        }),
                      Request::fromPrompt("p", "refund"));
    };
    QVERIFY(with([](Policy&) {}).carries.empty());
    QCOMPARE(with([&](Policy& policy) { policy.router.otherwiseCarries = refund; }).carries, refund);
    for (const bool locked : {true, false}) {
        const Decision d = with([&](Policy& policy) {
            Rule rule = ruleOf("r", keyword("refund"), Route::toTier(1), locked);
            rule.carries = refund;
            policy.rules = {rule};
        });
        QCOMPARE(d.route, Route::toTier(1));
        QCOMPARE(d.carries, refund);
    }
    const Decision moved = with([&](Policy& policy) {
        policy.router.otherwiseCarries = refund;
        policy.rules = {constraintOf("c", keyword("refund"), 0)};
    });
    QCOMPARE(moved.route, Route::toTier(1));
    QCOMPARE(moved.carries, refund); // a limit on tools must not get lost on the way
    const Decision rules = with([](Policy& policy) { policy.router.kind = RouterKind::Rules; });
    QCOMPARE(rules.router, std::string("rules"));
    QVERIFY(has(rules.reasons, "router.no_rule"));
}

QTEST_GUILESS_MAIN(ConditionsTest)
#include "tst_conditions.moc"
