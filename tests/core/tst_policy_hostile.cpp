// SPDX-License-Identifier: GPL-3.0-or-later
// Policies that were written to hurt, and mistakes that look sound: what a person who knows the language, but
// not the doctor, would try.
#include "policy/diagnostic_codes.h"
#include "policy/document.h"
#include "policy/edit.h"
#include "policy/syntax_tree.h"

#include <QtTest>

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace signalbox;

namespace {

std::string baseText()
{
    std::ifstream file(qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString() +
                           "/tests/policies/sound/base.policy.json",
                       std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

PolicyDocumentPtr read(std::string text)
{
    return readPolicy(std::move(text), {"2026-11-22"});
}

PolicyDocumentPtr with(const char* pointer, const std::string& value)
{
    const Result<std::string> text = setValue(baseText(), pointer, value);
    return text ? read(*text) : nullptr;
}

std::string said(const PolicyDocumentPtr& document)
{
    std::string out;
    for (const Diagnostic& d : document->diagnostics)
        out += (out.empty() ? "" : ", ") + d.code + " " + d.pointer;
    return out;
}

const Diagnostic* find(const PolicyDocumentPtr& document, std::string_view code)
{
    const auto found = std::ranges::find(document->diagnostics, code, &Diagnostic::code);
    return found == document->diagnostics.end() ? nullptr : &*found;
}

std::string repeated(const std::string& one, int times)
{
    std::string out;
    for (int i = 0; i < times; ++i)
        out += (i == 0 ? "" : ",") + one;
    return out;
}

} // namespace

class PolicyHostileTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void valuesAreBounded();
    void patternsAreBoundedTogether();
    void aLargePatternSaysWhatToDo();
    void loopbackIsNoPrefix_data();
    void loopbackIsNoPrefix();
    void patternsThatTellNothingApart_data();
    void patternsThatTellNothingApart();
    void longRequestsGoWhereTheyFit_data();
    void longRequestsGoWhereTheyFit();
    void lockedRuleForEverythingSilencesTheRouter_data();
    void lockedRuleForEverythingSilencesTheRouter();
    void unsureNeedsAHop();
    void longCirclesAreNamedInShort();
    void everyDiagnosticSaysWhatToDo_data();
    void everyDiagnosticSaysWhatToDo();
};

/// What is decoded of "{}" takes hundreds of times the room of its text.
void PolicyHostileTest::valuesAreBounded()
{
    const auto document =
        read("{\"rules\": [" + repeated("{}", static_cast<int>(SyntaxTree::kMaxValues)) + "]}");
    QCOMPARE(said(document), std::string("SB0107 "));
    QVERIFY(!document->policy);
    QCOMPARE(said(read(std::string(100'000'000, '['))), std::string("SB0107 "));
}

void PolicyHostileTest::patternsAreBoundedTogether()
{
    std::string patterns;
    for (int i = 0; i < 2000; ++i)
        patterns += (i == 0 ? "" : ",") + ("\"(\\\\pL{1,100}){1,3}x" + std::to_string(i) + "\"");
    const auto document = with("/rules/long/when", "{\"pattern\": [" + patterns + "]}");
    QVERIFY(document);
    QVERIFY(!document->runnable());
    QVERIFY2(document->diagnostics.size() < 100, std::to_string(document->diagnostics.size()).c_str());
    const Diagnostic& last = document->diagnostics.back();
    QCOMPARE(last.code, std::string("SB0502"));
    QVERIFY2(last.message.find("together") != std::string::npos, last.message.c_str());
}

void PolicyHostileTest::aLargePatternSaysWhatToDo()
{
    const auto document = with("/rules/long/when", R"({"pattern": "((a{100}){100}){100}"})");
    QCOMPARE(said(document), std::string("SB0502 /rules/long/when/pattern"));
    QVERIFY2(document->diagnostics[0].hint.find("Repeat less") == 0, document->diagnostics[0].hint.c_str());
}

void PolicyHostileTest::loopbackIsNoPrefix_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("warned");
    const auto row = [](const char* url, bool warned) {
        QTest::newRow(url) << QString::fromLatin1(url) << warned;
    };
    row("http://127.0.0.1:8080/v1", false);
    row("http://127.8.9.10/v1", false);
    row("http://localhost/v1", false);
    row("http://127.0.0.1.example.com/v1", true);
    row("http://127.example.com/v1", true);
    row("http://localhost.example.com/v1", true);
}

void PolicyHostileTest::loopbackIsNoPrefix()
{
    QFETCH(QString, url);
    QFETCH(bool, warned);
    const auto document = with("/endpoints/here/base_url", "\"" + url.toStdString() + "\"");
    QCOMPARE(find(document, diagnostic::kPlainHttp) != nullptr, warned);
}

void PolicyHostileTest::patternsThatTellNothingApart_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("warned");
    const auto row = [](const char* pattern, bool warned) {
        QTest::newRow(pattern) << QString::fromLatin1(pattern) << warned;
    };
    for (const char* pattern : {".*", ".", ".+", "\\S", "[^z]", "(?s:.)", "^.", ".$", "a*", "refund|",
                                "[a-z]", "\\w", "\\b", "[a-z0-9]+"})
        row(pattern, true);
    // Short messages, messages without a sign or of one script only: these tell requests apart.
    for (const char* pattern :
         {"^.{1,80}$", "^.{0,200}$", "^[^?]*$", "^$", "\\d", "^[[:ascii:]]+$", "^\\w+$", "[aeiou]", "\\w{3}"})
        row(pattern, false);
}

void PolicyHostileTest::patternsThatTellNothingApart()
{
    QFETCH(QString, pattern);
    QFETCH(bool, warned);
    const std::string written =
        QString(pattern).replace(QLatin1Char('\\'), QLatin1String("\\\\")).toStdString();
    const auto document = with("/rules/long/when", "{\"pattern\": \"" + written + "\"}");
    QVERIFY(document);
    QVERIFY2((find(document, diagnostic::kMatchesEverything) != nullptr) == warned, said(document).c_str());
}

void PolicyHostileTest::longRequestsGoWhereTheyFit_data()
{
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("route");
    QTest::addColumn<bool>("warned");
    QTest::newRow("window") << R"({"min_input_tokens": 20000})" << "T0" << true;
    QTest::newRow("nested") << R"({"all": [{"min_input_tokens": 20000}]})" << "T0" << true;
    QTest::newRow("one of several") << R"({"any": [{"min_input_tokens": 20000}, {"has_tools": true}]})"
                                    << "T0" << false;
    QTest::newRow("fits") << R"({"min_input_tokens": 20000})" << "T1" << false;
    QTest::newRow("just fits") << R"({"min_input_tokens": 8000})" << "T0" << false;
}

void PolicyHostileTest::longRequestsGoWhereTheyFit()
{
    QFETCH(QString, when);
    QFETCH(QString, route);
    QFETCH(bool, warned);
    const auto document =
        with("/rules/long", "{\"id\": \"long\", \"when\": " + when.toStdString() + ", \"route\": \"" +
                                route.toStdString() + "\", \"locked\": true, \"reason\": \"policy.long\"}");
    QVERIFY(document && document->policy);
    QVERIFY2((find(document, diagnostic::kCannotTake) != nullptr) == warned, said(document).c_str());
}

void PolicyHostileTest::lockedRuleForEverythingSilencesTheRouter_data()
{
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("effect");
    QTest::addColumn<bool>("warned");
    const QString locked = QStringLiteral(R"("route": "T1", "locked": true)");
    QTest::newRow("any length") << R"({"min_input_tokens": 0})" << locked << true;
    QTest::newRow("all day") << R"({"time_of_day": {"from": "09:00", "to": "09:00"}})" << locked << true;
    QTest::newRow("one of several") << R"({"any": [{"has_tools": true}, {"min_input_tokens": 0}]})" << locked
                                    << true;
    QTest::newRow("to a person") << R"({"min_input_tokens": 0})" << R"("route": "human")" << true;
    QTest::newRow("a preference") << R"({"min_input_tokens": 0})" << R"("route": "T1")" << false;
    QTest::newRow("a constraint") << R"({"min_input_tokens": 0})" << R"("exclude": ["T0"])" << false;
    QTest::newRow("some length") << R"({"min_input_tokens": 1})" << locked << false;
    QTest::newRow("mondays") << R"({"time_of_day": {"from": "09:00", "to": "09:00", "days": ["mon"]}})"
                             << locked << false;
}

void PolicyHostileTest::lockedRuleForEverythingSilencesTheRouter()
{
    QFETCH(QString, when);
    QFETCH(QString, effect);
    QFETCH(bool, warned);
    const auto document = with("/rules/long", "{\"id\": \"long\", \"when\": " + when.toStdString() + ", " +
                                                  effect.toStdString() + ", \"reason\": \"policy.long\"}");
    QVERIFY(document && document->policy);
    const Diagnostic* found = find(document, diagnostic::kNoChoice);
    QVERIFY2((found != nullptr) == warned, said(document).c_str());
    if (found)
        QCOMPARE(found->pointer, std::string("/rules/long/when"));
}

void PolicyHostileTest::unsureNeedsAHop()
{
    const auto cascade = [](int hops) {
        return with("/cascade", R"({"pattern": "specialist_pool", "pool": ["T0"], "max_hops": )" +
                                    std::to_string(hops) + R"(, "unsure": {"escalate": "T1"}})");
    };
    const auto unsure = [](const Diagnostic& d) { return d.pointer == "/cascade/unsure/escalate"; };
    const auto one = cascade(1);
    const auto found = std::ranges::find_if(one->diagnostics, unsure);
    QVERIFY2(found != one->diagnostics.end(), said(one).c_str());
    QCOMPARE(found->code, std::string("SB1011"));
    QVERIFY(std::ranges::none_of(cascade(2)->diagnostics, unsure));
}

void PolicyHostileTest::longCirclesAreNamedInShort()
{
    std::string tiers = "[";
    for (int i = 0; i < 60; ++i)
        tiers += (i == 0 ? "" : ",") +
                 ("{\"id\": \"T" + std::to_string(i) + "\", \"models\": [\"large\"], \"fallback\": [\"T" +
                  std::to_string((i + 1) % 60) + "\"]}");
    const auto document = with("/tiers", tiers + "]");
    const Diagnostic* circle = find(document, diagnostic::kFallbackCircle);
    QVERIFY2(circle, said(document).c_str());
    QVERIFY2(circle->message.find("(T0 → T1 → T2 → T3 → T4 → T5 → … → T0)") != std::string::npos,
             circle->message.c_str());
}

void PolicyHostileTest::everyDiagnosticSaysWhatToDo_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("hint");
    const auto row = [](const char* name, const char* from, const char* to, const char* hint) {
        QTest::newRow(name) << QString::fromUtf8(from) << QString::fromUtf8(to) << QString::fromUtf8(hint);
    };
    row("price in micro-dollars", "\"input_per_mtok\": 3", "\"input_per_mtok\": 3000000",
        "per million tokens");
    row("curly quotes", "\"name\": \"Base\"", "“name”: \"Base\"", "straight");
    row("unusual space", "\"name\": \"Base\"", "\u00a0\"name\": \"Base\"", "unusual space");
    row("plus", "\"weight\": 0.5", "\"weight\": +0.5", "begins with a digit");
    row("point", "\"weight\": 0.5", "\"weight\": .5", "begins with a digit");
    row("minus infinity", "\"weight\": 0.5", "\"weight\": -Infinity", "no numbers of JSON");
    row("two commas", "\"Base\",", "\"Base\",,", "comma too many");
    row("template", "\"otherwise\": \"T1\"", "\"otherwise\": {\"to\": \"T1\", \"template\": \"x\"}",
        "\"templates\"");
    row("reserved id", "{\"id\": \"T0\"", "{\"id\": \"human\"", "another id");
    row("empty name", "\"name\": \"Base\"", "\"name\": \"\"", "Fill it in");
    row("range", "\"max_hops\": 2", "\"max_hops\": 0", "range");
}

void PolicyHostileTest::everyDiagnosticSaysWhatToDo()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, hint);
    QString text = QString::fromStdString(baseText());
    QCOMPARE(text.count(from) > 0, true);
    text.replace(text.indexOf(from), from.size(), to);
    const auto document = read(text.toStdString());
    QVERIFY(!document->diagnostics.empty());
    for (const Diagnostic& d : document->diagnostics)
        QVERIFY2(!d.hint.empty(), (d.code + ": " + d.message).c_str());
    QVERIFY2(document->diagnostics[0].hint.find(hint.toStdString()) != std::string::npos,
             document->diagnostics[0].hint.c_str());
}

QTEST_GUILESS_MAIN(PolicyHostileTest)
#include "tst_policy_hostile.moc"
