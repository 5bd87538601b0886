// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/ids.h"
#include "base/json_text.h"
#include "base/random.h"
#include "base/statistics.h"
#include "base/text.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <cmath>
#include <set>

using namespace signalbox;

class BaseTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void timestampsRoundTrip();
    void idsSortByCreation();
    void sha256KnownAnswer();
    void utf8();
    void foldsCaseOfLetters();
    void globs();
    void jsonTextIsReadBackByAnother();
    void formatsMoney();
    void quantilesOfType7();
    void wilsonIntervalKnownValues();
    void bootstrapCoversTheMean();
};

void BaseTest::timestampsRoundTrip()
{
    QCOMPARE(isoTimestamp(0), std::string("1970-01-01T00:00:00.000Z"));
    QCOMPARE(isoTimestamp(951'782'400'123), std::string("2000-02-29T00:00:00.123Z"));
    std::int64_t days = 0;
    QVERIFY(parseIsoDate("2000-02-29", days));
    QCOMPARE(days, std::int64_t{11016});
    QVERIFY(!parseIsoDate("1900-02-29", days));
    QVERIFY(!parseIsoDate("2026-13-01", days));
    QVERIFY(!parseIsoDate("yesterday!", days));
}

void BaseTest::idsSortByCreation()
{
    std::set<std::string> seen;
    std::string last;
    for (int i = 0; i < 5000; ++i) {
        const std::string id = newId();
        QCOMPARE(id.size(), std::size_t{26});
        QVERIFY(id > last);
        seen.insert(id);
        last = id;
    }
    QCOMPARE(seen.size(), std::size_t{5000});
}

void BaseTest::sha256KnownAnswer()
{
    // FIPS 180-4 example: "abc".
    QCOMPARE(sha256Hex("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

void BaseTest::utf8()
{
    QVERIFY(isValidUtf8("plain, \xC3\xA9, \xE2\x82\xAC, \xF0\x9F\x98\x80"));
    QVERIFY(!isValidUtf8("\xC0\xAF"));         // overlong
    QVERIFY(!isValidUtf8("\xED\xA0\x80"));     // surrogate
    QVERIFY(!isValidUtf8("\xF4\x90\x80\x80")); // beyond U+10FFFF
    QVERIFY(!isValidUtf8("cut \xE2\x82"));
    QVERIFY(isValidUtf8(toValidUtf8("a\xFF\xE2\x82z")));
    QCOMPARE(codePoints("\xE2\x82\xAC\xC3\xA9x"), std::size_t{3});
}

void BaseTest::foldsCaseOfLetters()
{
    QCOMPARE(foldCase("ABC \xC3\x89t\xC3\xA9 \xD0\x96\xD0\x96 \xCE\xA9"), std::string("abc \xC3\xA9t\xC3\xA9 \xD0\xB6\xD0\xB6 \xCF\x89"));
    QCOMPARE(foldCase("\xC3\x97"), std::string("\xC3\x97")); // the multiplication sign is no letter
}

void BaseTest::globs()
{
    QVERIFY(globMatches("faq.*", "faq.password_reset"));
    QVERIFY(!globMatches("faq.*", "billing.faq.x"));
    QVERIFY(globMatches("*", ""));
    QVERIFY(globMatches("a*b*c", "a--b--b--c"));
    QVERIFY(!globMatches("", "x"));
}

void BaseTest::jsonTextIsReadBackByAnother()
{
    Random random(3);
    for (int round = 0; round < 500; ++round) {
        std::string text;
        for (std::uint64_t i = 0, n = random.below(40); i < n; ++i) {
            if (random.below(4) == 0)
                appendUtf8(text, static_cast<unsigned>(random.below(0xD800)));
            else
                text += static_cast<char>(random.below(256));
        }
        std::string json;
        appendJsonString(json, text);
        QCOMPARE(nlohmann::json::parse(json).get<std::string>(), toValidUtf8(text));
    }
    std::string far;
    appendUtf8(far, 0x1F600);
    QCOMPARE(far, std::string("\xF0\x9F\x98\x80"));
}

void BaseTest::formatsMoney()
{
    QCOMPARE(formatUsd(std::nullopt), std::string("unknown"));
    QCOMPARE(formatUsd(0), std::string("$0"));
    QCOMPARE(formatUsd(410'250'000'000), std::string("$410.25"));
    QCOMPARE(formatUsd(476'000), std::string("$0.000\xE2\x80\x89" "48"));
    QCOMPARE(formatUsd(1), std::string("$0.000\xE2\x80\x89" "000\xE2\x80\x89" "001"));
}

void BaseTest::quantilesOfType7()
{
    QCOMPARE(quantile({1, 2, 3, 4}, 0.5).value(), 2.5);
    QCOMPARE(quantile({4, 1, 3, 2}, 1.0).value(), 4.0);
    QVERIFY(!quantile({}, 0.5));
}

void BaseTest::wilsonIntervalKnownValues()
{
    // Newcombe (1998), table I: 81 of 263 gives [0.2553, 0.3662].
    const auto e = proportion(81, 263);
    QVERIFY(e);
    QVERIFY(std::fabs(e->interval.low - 0.2553) < 5e-5);
    QVERIFY(std::fabs(e->interval.high - 0.3662) < 5e-5);
    QCOMPARE(proportion(0, 20)->interval.low, 0.0);
    QVERIFY(!proportion(0, 0));
}

void BaseTest::bootstrapCoversTheMean()
{
    std::vector<double> values;
    for (int i = 0; i < 200; ++i)
        values.push_back(i % 10);
    const auto e = bootstrapMean(values, 2000, 7);
    QVERIFY(e);
    QCOMPARE(e->value, 4.5);
    QVERIFY(e->interval.contains(4.5));
    // Normal theory: half width 1.96 · sd / √n.
    const double half = 1.96 * std::sqrt(8.25 / 200);
    QVERIFY(std::fabs((e->interval.high - e->interval.low) / 2 - half) < 0.05);
    const auto again = bootstrapMean(values, 2000, 7);
    QCOMPARE(again->interval.low, e->interval.low);
}

QTEST_GUILESS_MAIN(BaseTest)
#include "tst_base.moc"
