// SPDX-License-Identifier: GPL-3.0-or-later
// The deterministic checks of an answer: verifiers, refusals, loops, stated confidence.
#include "base/random.h"
#include "judging/refusals.h"
#include "judging/self_report.h"
#include "judging/stalls.h"
#include "judging/verifiers.h"

#include <QtTest>

#include <string>

using namespace signalbox;

class AnswerChecksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void arithmetic_data();
    void arithmetic();
    void arithmeticOfRandomSums();
    void code_data();
    void code();
    void length();
    void patterns();
    void refusals_data();
    void refusals();
    void authorsPatternsAddToThePhrases();
    void loops_data();
    void loops();
    void loopsDoNotDependOnThePieces();
    void confidence_data();
    void confidence();
    void nothingIsTooOddToBeChecked();
};

namespace {

enum Says { Passes, Fires, NothingToSay };

QByteArray shown(const Check& check) { return QByteArray::fromStdString(check.explanation); }

} // namespace

void AnswerChecksTest::arithmetic_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<int>("says");
    const auto row = [](const char* answer, Says says) { QTest::newRow(answer) << QString::fromUtf8(answer) << int(says); };
    row("2 + 2 = 4", Passes);
    row("2 + 2 = 5", Fires);
    row("So 17 × 23 = 391.", Passes);
    row("So 17 × 23 = 381.", Fires);
    row("2 + 3 * 4 = 14", Passes);
    row("(2 + 3) * 4 = 20", Passes);
    row("2^10 = 1024 and 2**3 = 8", Passes);
    row("1,250 + 750 = 2,000", Passes);
    row("1.250,50 + 749,50 = 2.000", Passes);
    row("1,250 + 750 = 2,100", Fires);
    row("12’000 + 500 = 12’500", Passes);
    row("$19.99 + $5.01 = $25.00", Passes);
    row("19,99 € + 5,01 € = 25,00 €", Passes);
    row("$19.99 + $5.02 = $25.00", Fires);
    row("3 kg + 4 kg = 7 kg", Passes);
    row("3 kg + 4 kg = 8 kg", Fires);
    row("1 km + 500 m = 1.5 km", NothingToSay);
    row("1 + 999,999 = 1 million", NothingToSay);
    row("60 km/h × 2 h = 120 km", Passes);
    row("10 / 3 = 3.33", Passes);
    row("10 / 3 = 3.34", Fires);
    row("22 / 7 ≈ 3.14", Passes);
    row("5 / 0 = 0", Fires);
    row("5 / 0 = ∞", NothingToSay);
    row("1/2 + 1/4 = 3/4", Passes);
    row("2 * 3 + 4 = 6 + 4 = 10", Passes);
    row("2 * 3 + 4 = 6 + 4 = 11", Fires);
    row("2+2=4=5", Fires);
    row("2 + 2 = 4 = 4", Passes);
    row("3 = 4 = 5", NothingToSay);
    row("1/3 = 0.33 = 0.333", Passes);
    row("1/3 = 0.33 = 0.35", Fires);
    row("1 kg + 2 kg = 3 kg = 3000 g", Passes);
    row("$5 + $5 = $10 = 9 €", Passes);
    row("1/4 = 0.25 = 25%", Passes);
    row("10 % of 50 = 5", Passes);
    row("10% of 50 is 6", Fires);
    row("20 % von 80 € sind 16 €", Passes);
    row("20 % von 80 € sind 15 €.", Fires);
    row("5% of 200 + 3 = 13", Passes);
    row("50% of 30 items = 15 items", Passes);
    row("20% of 100 is 15-25", NothingToSay);
    row("30% of users like it, 20% of 80 do not", NothingToSay);
    row("Page 3 of 5 is 2", NothingToSay);
    row("15% × 200 = 30", Passes);
    row("200 + 10% = 220", NothingToSay);
    row("x + 2 + 3 = 10", NothingToSay);
    row("2x + 3 = 7, so x = 2", NothingToSay);
    row("2 + 3 = 5x", NothingToSay);
    row("f(3 + 4) = 9", NothingToSay);
    row("x = 4", NothingToSay);
    row("if 2 + 2 == 5 then", NothingToSay);
    row("```python\nx = 2 + 2 = 5\n```", NothingToSay);
    row("From 10:30 - 9:15 = 1:15 remain", NothingToSay);
    row("Version 1.2.3 + 1 = 2", NothingToSay);
    row("- 2 + 2 = 4\n- 3 + 3 = 6", Passes);
    row("**2 + 2 = 5**", Fires);
    row("2 + 3 = 6 – that is it", Fires);
    row("3 x 4 = 12", Passes);
    row("-3 + 5 = 2", Passes);
    row("No numbers at all.", NothingToSay);
}

void AnswerChecksTest::arithmetic()
{
    QFETCH(QString, answer);
    QFETCH(int, says);
    const Check check = checkArithmetic(answer.toStdString());
    QVERIFY(check.known);
    QVERIFY2(check.fires == (says == Fires), shown(check));
    QVERIFY2(check.score.has_value() == (says != NothingToSay), shown(check));
    QVERIFY(!check.explanation.empty());
}

void AnswerChecksTest::arithmeticOfRandomSums()
{
    Random random(7);
    for (int i = 0; i < 2000; ++i) {
        const int a = static_cast<int>(random.below(100000));
        const int b = static_cast<int>(random.below(100000));
        const int off = 1 + static_cast<int>(random.below(9));
        const std::string left = std::to_string(a) + " + " + std::to_string(b) + " * 3 = ";
        const int right = a + b * 3;
        QVERIFY2(!checkArithmetic(left + std::to_string(right)).fires, left.c_str());
        QVERIFY2(checkArithmetic(left + std::to_string(right + off)).fires, left.c_str());
    }
}

void AnswerChecksTest::code_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<int>("says");
    const auto row = [](const char* name, const char* answer, Says says) { QTest::newRow(name) << QString::fromUtf8(answer) << int(says); };
    row("no code", "Just words (and an open bracket.", NothingToSay);
    row("json", "```json\n{\"a\": [1, 2, \"}\"]}\n```", Passes);
    row("json with a comma too many", "```json\n{\"a\": [1, 2,]}\n```", Fires);
    row("json cut off", "```json\n{\"a\": [1, 2\n```", Fires);
    row("fence that never closes", "Here:\n```python\nprint(1)\n", Fires);
    row("longer fence around a shorter", "````md\n```python\nprint(\n```\n````", NothingToSay);
    row("python", "```python\ndef f(a):\n    return {'k': a[0], \"it's\": '}'}  # :-(\n```", Passes);
    row("python, triple quotes", "```python\ns = \"\"\"it's ( [ {\n\"\"\"\nprint(s)\n```", Passes);
    row("python, bracket left open", "```python\nprint((1)\n```", Fires);
    row("python, wrong bracket", "```python\nx = [1, 2)\n```", Fires);
    row("python, quote left open", "```python\nx = 'abc\nprint(x)\n```", Fires);
    row("sql", "```sql\nSELECT 'it''s (', \"a)b\" FROM t -- (\nWHERE x IN (1, 2);\n```", Passes);
    row("sql, bracket left open", "```sql\nSELECT count(* FROM t;\n```", Fires);
    row("javascript", "```js\nconst r = /[(]\\//.test(s) ? `a ${f({x: 1})} )` : 'b'; // {\n```", Passes);
    row("javascript, division", "```js\nconst r = (a / b) / c;\n```", Passes);
    row("javascript, template left open", "```js\nconst r = `a ${b}\n```", Fires);
    row("c++", "```cpp\nint main() { auto s = R\"x( ) } )x\"; char c = '{'; return 1'000; /* ( */ }\n```", Passes);
    row("c++, brace left open", "```cpp\nint main() { if (x) { return 1; }\n```", Fires);
    row("c, comment left open", "```c\nint x; /* never\n```", Fires);
    row("rust lifetimes", "```rust\nfn f<'a>(x: &'a str) -> &'a str { let c = '('; x }\n```", Passes);
    row("go raw string", "```go\nvar s = `( {`\n```", Passes);
    row("shell is not checked", "```sh\ncase x in a) echo;; esac\n```", NothingToSay);
    row("no language is not checked", "```\n:-(\n```", NothingToSay);
    row("one of two", "```python\nprint(1)\n```\nand\n```python\nprint(1\n```", Fires);
    row("code within a line", "```x = (``` is code in a line", NothingToSay);
}

void AnswerChecksTest::code()
{
    QFETCH(QString, answer);
    QFETCH(int, says);
    const Check check = checkCode(answer.toStdString());
    QVERIFY2(check.fires == (says == Fires), shown(check));
    QVERIFY2(check.score.has_value() == (says != NothingToSay), shown(check));
}

void AnswerChecksTest::length()
{
    QVERIFY(checkLength(3, {}, "äö").fires);
    QVERIFY(!checkLength(2, {}, "äö").fires);
    QCOMPARE(checkLength(2, {}, "äö").score.value(), 2.0);
    QVERIFY(checkLength({}, 2, "abc").fires);
    QVERIFY(!checkLength(1, 3, "abc").fires);
    QCOMPARE(checkLength(5, {}, "abc").threshold.value(), 5.0);
}

void AnswerChecksTest::patterns()
{
    TextMatcher::Builder builder;
    builder.addPattern(R"(\border \d{6}\b)");
    builder.addPattern("ticket");
    const auto matcher = builder.build();
    QVERIFY(!checkPatterns(*matcher, "It is ORDER\n123456.").fires);
    QVERIFY(checkPatterns(*matcher, "It is order 12.").fires);
    QVERIFY(checkPatterns(*matcher, "").fires);
}

void AnswerChecksTest::refusals_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("declines");
    const auto row = [](const char* name, const std::string& answer, bool declines) { QTest::newRow(name) << QString::fromStdString(answer) << declines; };
    row("plain", "I'm sorry, but I can't help with that.", true);
    row("typographic", "I’m sorry, but I can’t assist with this request.", true);
    row("unable", "Unfortunately, I am unable to provide that information.", true);
    row("as an AI", "As an AI language model, I cannot give medical advice.", true);
    row("decline", "I must respectfully decline.", true);
    row("guidelines", "That goes against my guidelines.", true);
    row("late in a short answer", "Thanks for asking. This concerns another customer, so I am not able to share it.", true);
    row("german", "Es tut mir leid, dabei kann ich Ihnen leider nicht helfen.", true);
    row("german, other order", "Ich kann Ihnen diese Frage leider nicht beantworten.", true);
    row("german, decline", "Ich muss diese Anfrage leider ablehnen.", true);
    row("german, not allowed", "Ich bin nicht befugt, Kundendaten herauszugeben.", true);
    row("will not be able", "I won't be able to help you with this.", true);
    row("not something", "That's not something I can help with.", true);
    row("we do not talk of it", "We cannot comment on ongoing cases.", true);
    row("german, work on", "Diese Anfrage kann ich nicht bearbeiten.", true);
    row("german, short", "Tut mir leid, das kann ich nicht.", true);
    row("german, speak of", "Dazu darf ich mich nicht äußern.", true);
    row("german, we do not say", "Das dürfen wir Ihnen leider nicht mitteilen.", true);
    row("what a company does not do", "We can't give refunds after 30 days.", false);
    row("what a company does not offer", "We cannot offer a discount on plans that are paid by the month.", false);
    row("german, what a company does not do", "Wir können Ihnen nach 30 Tagen keine Erstattung geben.", false);
    row("german, does not offer", "Einen Rabatt können wir auf Monatspläne nicht anbieten.", false);
    const std::string moral(500, 'x');
    row("a long sermon", "I'm sorry, but I can't help with that. " + moral, true);
    row("helps", "To reset your password, open Settings and choose Security.", false);
    row("cannot of another kind", "You cannot return worn shoes. The shop can't help it.", false);
    row("cannot see", "I can't see an attachment in your message. Send it again and I will look.", false);
    row("german, other not", "Ich kann Ihnen helfen, die Schuhe nicht zu verlieren.", false);
    row("a quoted refusal", "The bot answered \"I'm sorry, but I can't help with that.\" because its policy forbids refunds above 50 euros. Ask for a person "
                            "instead: they can look at the order and approve the refund within a day, and you will get a mail.", false);
    row("german quotation marks", "Der Bot schrieb: „Dabei kann ich Ihnen nicht helfen.“ Das liegt an der Einstellung.", false);
    row("quoted lines", "They wrote:\n> I can't help with that.\nThis means that the ticket was closed.", false);
    row("in code", "```\nprint(\"I can't help with that\")\n```\nprints a refusal.", false);
    row("helps after all", "I can't share other customers' data, but here is how you find your own order: open the mail with the confirmation, "
                           "follow the link in it, and enter the postcode. The page then shows where the parcel is, who carries it and when it comes.", false);
    row("steps", "I can't process that here.\n1. Open the portal.\n2. Choose Refund.", false);
    std::string late = "Your order was sent on Monday. ";
    while (late.size() < 900)
        late += "It travels by ship and then by truck to the depot nearest to you. ";
    row("a limit at the end of a long answer", late + "I can't comment on customs.", false);
    row("empty", "", false);
}

void AnswerChecksTest::refusals()
{
    QFETCH(QString, answer);
    QFETCH(bool, declines);
    const Check check = checkRefusal(nullptr, answer.toStdString());
    QVERIFY2(check.fires == declines, shown(check));
    QCOMPARE(check.score.value(), declines ? 0.0 : 1.0);
}

void AnswerChecksTest::authorsPatternsAddToThePhrases()
{
    TextMatcher::Builder builder;
    builder.addPattern("contact (the )?support");
    const auto more = builder.build();
    QVERIFY(checkRefusal(more.get(), "Please contact\nSupport.").fires);
    QVERIFY(!checkRefusal(more.get(), "Our sign says \"contact support\".").fires);
    QVERIFY(checkRefusal(more.get(), "I can't help with that.").fires);
    QVERIFY(!checkRefusal(more.get(), "Open the settings.").fires);
}

void AnswerChecksTest::loops_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("loops");
    const auto repeated = [](const std::string& unit, int times) {
        std::string out;
        for (int i = 0; i < times; ++i)
            out += unit;
        return QString::fromStdString(out);
    };
    QTest::newRow("sentence") << "Well. " + repeated("I will look into that. ", 20) << true;
    QTest::newRow("word") << repeated("ja ", 150) << true;
    QTest::newRow("paragraph") << repeated(std::string(180, 'a') + " b " + std::string(180, 'c') + "\n", 5) << true;
    QTest::newRow("paragraph twice") << repeated(std::string(180, 'a').substr(0, 90) + " then b, then c, and so on to the end.\n", 2) << false;
    QTest::newRow("rule of dashes") << "Title\n" + repeated("-", 300) + "\ntext" << false;
    QTest::newRow("endless dashes") << repeated("-", 4000) << true;
    QTest::newRow("row of zeros") << repeated("0, ", 200) << false;
    QTest::newRow("counting") << [] {
        QString text;
        for (int i = 0; i < 500; ++i)
            text += QStringLiteral("line %1\n").arg(i);
        return text;
    }() << false;
    QTest::newRow("umlauts") << repeated("über öde ", 80) << true;
    QTest::newRow("empty") << QString() << false;
}

void AnswerChecksTest::loops()
{
    QFETCH(QString, answer);
    QFETCH(bool, loops);
    LoopWatch watch;
    QCOMPARE(watch.feed(answer.toStdString()), loops);
    QCOMPARE(watch.explanation().empty(), !loops);
}

void AnswerChecksTest::loopsDoNotDependOnThePieces()
{
    Random random(11);
    for (int round = 0; round < 200; ++round) {
        std::string text;
        while (text.size() < 1500)
            text += static_cast<char>('a' + random.below(round % 2 == 0 ? 2 : 20));
        if (round % 3 == 0) {
            const std::string unit = text.substr(0, 1 + random.below(100));
            for (int i = 0; i < 40; ++i)
                text += unit;
        }
        LoopWatch whole;
        whole.feed(text);
        LoopWatch pieces;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t take = 1 + random.below(150);
            pieces.feed(std::string_view(text).substr(at, take));
            at += take;
        }
        QCOMPARE(pieces.loops(), whole.loops());
        QCOMPARE(pieces.explanation(), whole.explanation());
    }
}

void AnswerChecksTest::confidence_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<double>("stated"); // < 0: nothing
    const auto row = [](const char* answer, double stated) { QTest::newRow(answer) << QString::fromUtf8(answer) << stated; };
    row("It is Paris.\n\nConfidence: 85%", 0.85);
    row("**Confidence:** 0.9", 0.9);
    row("confidence = 1", 1);
    row("{\"answer\": \"Paris\", \"confidence\": 0.35}", 0.35);
    row("Confidence: 8/10", 0.8);
    row("Confidence: 4 out of 5.", 0.8);
    row("My confidence level is 70 percent.", 0.7);
    row("I am about 60% sure.", 0.6);
    row("I’m 95% confident that it is Paris.", 0.95);
    row("Paris, 90% confident.", 0.9);
    row("Confidence: .2", 0.2);
    row("Konfidenz: 0,75", 0.75);
    row("Ich bin mir zu 80 % sicher.", 0.8);
    row("Sicherheit: 40 %", 0.4);
    row("Confidence: 20%. On reflection, confidence: 90%.", 0.9);
    row("Confidence: 85", 0.85);
    row("Confidence: 7", -1);
    row("Confidence: 150%", -1);
    row("Confidence: high", -1);
    row("The 95 percent interval is wide.", -1);
    row("I am sure.", -1);
    row("", -1);
}

void AnswerChecksTest::confidence()
{
    QFETCH(QString, answer);
    QFETCH(double, stated);
    const std::optional<double> found = statedConfidence(answer.toStdString());
    QCOMPARE(found.value_or(-1), stated);
    const Check check = checkSelfReport(0.5, answer.toStdString());
    QCOMPARE(check.known, stated >= 0);
    QCOMPARE(check.fires, stated >= 0 && stated < 0.5);
}

void AnswerChecksTest::nothingIsTooOddToBeChecked()
{
    Random random(3);
    static const std::string kPieces[] = {"```", "json\n", "\n", "(", ")", "{", "\"", "'", "1", "2.5", " + ", " = ", "/0", "%", "€", "\xFF", "\xE2\x80",
                                          "\\", "`", "${", "/*", "confidence: ", "I can't help", "kg", "x", "^", "-", "$"};
    for (int round = 0; round < 5000; ++round) {
        std::string text;
        for (int i = static_cast<int>(random.below(40)); i >= 0; --i)
            text += kPieces[random.below(std::size(kPieces))];
        LoopWatch().feed(text);
        for (const Check& check : {checkArithmetic(text), checkCode(text), checkRefusal(nullptr, text), checkSelfReport(0.5, text), checkLength(1, 5, text)}) {
            QVERIFY(!check.explanation.empty());
            if (check.score)
                QVERIFY(*check.score >= 0);
        }
    }
    const std::string deep(100000, '(');
    QVERIFY(!checkArithmetic(deep + "1").fires);
    std::string terms = "1";
    for (int i = 0; i < 50000; ++i)
        terms += " + 1";
    QVERIFY(!checkArithmetic(terms).fires);
}

QTEST_GUILESS_MAIN(AnswerChecksTest)
#include "tst_answer_checks.moc"
