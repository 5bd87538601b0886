// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"
#include "base/text.h"
#include "features/features.h"
#include "features/text_matcher.h"

#include <QtTest>

using namespace signalbox;

class FeaturesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsWhatAPersonWouldCount();
    void foldsTypography();
    void keywordsMatchWholeWords();
    void matcherAgreesWithNaiveSearch();
    void patternsAreFilteredAndStillFound();
    void brokenPatternFailsClosed();
    void inputHashKeepsFieldsApart();
};

void FeaturesTest::countsWhatAPersonWouldCount()
{
    Request request = Request::fromPrompt("a", "I paid 3,500 on May 3rd, but my invoice says 12.40. Why?? Because of VAT, or not?");
    request.attachments.push_back({"image", "x.png"});
    const Features f = extractFeatures(request);
    QCOMPARE(f.numbers, 3);        // 3,500 · 3 · 12.40
    QCOMPARE(f.questions, 2);      // "??" is one
    QCOMPARE(f.sentences, 3);
    QCOMPARE(f.clauses, 2 + 2);    // two commas, but, because
    QCOMPARE(f.uppercaseWords, 1); // VAT; May and I are no shouting
    QVERIFY(f.hasAttachment);
    QVERIFY(f.inputTokens > 10);
}

void FeaturesTest::foldsTypography()
{
    QCOMPARE(foldForMatching("  Don\xE2\x80\x99t\n\tTALK\xC2\xA0to \xE2\x80\x8B me "), std::string("don't talk to me"));
}

void FeaturesTest::keywordsMatchWholeWords()
{
    TextMatcher::Builder builder;
    const int legal = builder.addKeyword("legal");
    const int person = builder.addKeyword("talk to a  Person");
    const int same = builder.addKeyword("LEGAL");
    QCOMPARE(same, legal);
    const auto matcher = builder.build();
    const auto hit = [&](const char* text, int id) { return matcher->match(foldForMatching(text)).keyword[static_cast<std::size_t>(id)] != 0; };
    QVERIFY(hit("Is this LEGAL?", legal));
    QVERIFY(!hit("illegal", legal));
    QVERIFY(!hit("legally", legal));
    QVERIFY(hit("let me talk\nto a person!", person));
    QVERIFY(!hit("talk to a personality", person));
}

void FeaturesTest::matcherAgreesWithNaiveSearch()
{
    Random random(11);
    const auto word = [&] {
        std::string w;
        for (std::uint64_t i = 0, n = 1 + random.below(4); i < n; ++i)
            w += static_cast<char>('a' + random.below(3));
        return w;
    };
    const auto boundary = [](const std::string& text, std::size_t i) { return i >= text.size() || text[i] == ' '; };
    for (int round = 0; round < 300; ++round) {
        TextMatcher::Builder builder;
        std::vector<std::pair<int, std::string>> keywords;
        for (int k = 0; k < 6; ++k) {
            const std::string w = k % 3 == 0 ? word() + " " + word() : word();
            keywords.emplace_back(builder.addKeyword(w), w);
        }
        std::string text;
        for (int k = 0; k < 12; ++k)
            text += (k > 0 ? " " : "") + word();
        const TextMatcher::Hits hits = builder.build()->match(text);
        for (const auto& [id, w] : keywords) {
            bool expected = false;
            for (std::size_t at = text.find(w); at != std::string::npos; at = text.find(w, at + 1))
                expected = expected || ((at == 0 || text[at - 1] == ' ') && boundary(text, at + w.size()));
            QCOMPARE(hits.keyword[static_cast<std::size_t>(id)] != 0, expected);
        }
    }
}

void FeaturesTest::patternsAreFilteredAndStillFound()
{
    TextMatcher::Builder builder;
    const int card = builder.addPattern("\\b(?:\\d[ -]?){13,16}\\b");
    const int order = builder.addPattern("order (no|number)\\.? ?\\d+");
    const auto matcher = builder.build();
    QVERIFY(matcher->failures().empty());
    const auto hits = matcher->match(foldForMatching("My card 4111 1111 1111 1111 was charged"));
    QVERIFY(hits.pattern[static_cast<std::size_t>(card)]);
    QVERIFY(!hits.pattern[static_cast<std::size_t>(order)]);
    QVERIFY(matcher->match(foldForMatching("ORDER NUMBER 17")).pattern[static_cast<std::size_t>(order)]);
}

void FeaturesTest::brokenPatternFailsClosed()
{
    TextMatcher::Builder builder;
    const int broken = builder.addPattern("(unclosed");
    const auto matcher = builder.build();
    QVERIFY(matcher->match("anything").pattern[static_cast<std::size_t>(broken)]);
    QCOMPARE(matcher->failures().size(), std::size_t{1});
    QVERIFY(!patternError("(unclosed").empty());
    QVERIFY(patternError("fine.*").empty());
}

void FeaturesTest::inputHashKeepsFieldsApart()
{
    Request a = Request::fromPrompt("1", "ab");
    Request b = Request::fromPrompt("2", "ab");
    QCOMPARE(a.inputHash(), b.inputHash()); // the id is no input
    b.metadata["x"] = "y";
    QVERIFY(a.inputHash() != b.inputHash());
    Request c;
    c.messages = {{"user", "a"}, {"user", "b"}};
    Request d;
    d.messages = {{"user", "a4:userb"}};
    QVERIFY(c.inputHash() != d.inputHash());
}

QTEST_GUILESS_MAIN(FeaturesTest)
#include "tst_features.moc"
