// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"
#include "retrieval/fts_index.h"

#include <QtTest>

#include <thread>

using namespace signalbox;

class RetrievalTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheArticleByItsWords();
    void titleCountsMore();
    void scoresAreRelativeToTheBest();
    void anyTextIsAQuery_data();
    void anyTextIsAQuery();
    void emptyIndexAndNoWords();
    void manyThreadsSearchAtOnce();
    void searchesAThousandDocuments();
};

namespace {

const std::vector<Document> kArticles = {
    {"refunds", "How refunds work",
     "A refund goes back to the card that paid. It takes five working days to arrive."},
    {"password", "Reset your password",
     "Open the sign-in page and choose Forgot password. A link is mailed to you."},
    {"shipping", "Shipping times",
     "Orders leave the warehouse within two days. Delivery takes three to five days."},
    {"müller", "Rückgabe", "Die Rückgabe ist innerhalb von 30 Tagen möglich."},
};

std::unique_ptr<FtsIndex> indexOf(const std::vector<Document>& documents)
{
    auto index = FtsIndex::build(documents);
    return index ? std::move(*index) : nullptr;
}

} // namespace

void RetrievalTest::findsTheArticleByItsWords()
{
    const auto index = indexOf(kArticles);
    QVERIFY(index);
    // Another form of the word, and words that no article has.
    const auto passages = index->search("When will my money be refunded, dear xyzzy?", 3);
    QVERIFY(!passages.empty());
    QCOMPARE(passages.front().documentId, std::string("refunds"));
    QCOMPARE(passages.front().text, kArticles[0].text);
    QCOMPARE(passages.front().title, kArticles[0].title);
    QCOMPARE(index->search("rückgabe", 3).front().documentId, std::string("müller"));
}

void RetrievalTest::titleCountsMore()
{
    const auto index =
        indexOf({{"body", "Something else entirely", "invoice number and more words here"},
                 {"title", "Invoice questions here now", "number and more words of other things"}});
    QVERIFY(index);
    QCOMPARE(index->search("invoice", 2).front().documentId, std::string("title"));
}

void RetrievalTest::scoresAreRelativeToTheBest()
{
    const auto index = indexOf(kArticles);
    const auto passages = index->search("refund days delivery password card", 10);
    QVERIFY(passages.size() >= 3);
    QCOMPARE(passages.front().score, 1.0);
    for (std::size_t i = 1; i < passages.size(); ++i) {
        QVERIFY(passages[i].score <= passages[i - 1].score);
        QVERIFY(passages[i].score > 0);
    }
    QCOMPARE(index->search("refund days delivery password card", 1).size(), std::size_t{1});
}

void RetrievalTest::anyTextIsAQuery_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("quotes") << QByteArray("\"refund\" OR (");
    QTest::newRow("operators") << QByteArray("refund AND NOT NEAR(card, 3) ^title: col* -");
    QTest::newRow("apostrophes") << QByteArray("don't '; DROP TABLE passages; -- refund");
    QTest::newRow("zero byte") << QByteArray("refund\0card", 11);
    QTest::newRow("ill-formed utf-8") << QByteArray("refund \xff\xfe\xc3 \xe2\x82");
    QTest::newRow("emoji among words") << QByteArray("\xf0\x9f\x98\x80 refund \xf0\x9f\x98\x80");
    QTest::newRow("long") << QByteArray("refund ") + QByteArray("lorem ipsum dolor ").repeated(20000);
}

void RetrievalTest::anyTextIsAQuery()
{
    QFETCH(QByteArray, query);
    const auto index = indexOf(kArticles);
    const auto passages =
        index->search(std::string_view(query.constData(), static_cast<std::size_t>(query.size())), 3);
    QVERIFY(!passages.empty());
    QCOMPARE(passages.front().documentId, std::string("refunds"));
}

void RetrievalTest::emptyIndexAndNoWords()
{
    QVERIFY(indexOf({})->search("refund", 3).empty());
    const auto index = indexOf(kArticles);
    QVERIFY(index->search("", 3).empty());
    QVERIFY(index->search("?!… 😀", 3).empty());
    QVERIFY(index->search("refund", 0).empty());
    // Only function words: better than nothing, and no error.
    QVERIFY(!index->search("how to", 3).empty());
}

void RetrievalTest::manyThreadsSearchAtOnce()
{
    const auto index = indexOf(kArticles);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 200; ++i) {
                const char* query = (t + i) % 2 == 0 ? "refund card" : "forgot password";
                const char* expected = (t + i) % 2 == 0 ? "refunds" : "password";
                const auto passages = index->search(query, 1);
                if (passages.size() != 1 || passages.front().documentId != expected)
                    ++wrong;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

void RetrievalTest::searchesAThousandDocuments()
{
    Random random(7);
    std::vector<Document> documents;
    for (int i = 0; i < 1000; ++i) {
        std::string text;
        for (int w = 0; w < 150; ++w)
            text += "word" + std::to_string(random.below(3000)) + " ";
        documents.push_back(
            {"d" + std::to_string(i), "Article " + std::to_string(i), text + "needle" + std::to_string(i)});
    }
    const auto index = indexOf(documents);
    QVERIFY(index);
    QCOMPARE(index->search("where is needle777 among word1 word2 word3", 3).front().documentId,
             std::string("d777"));
    const std::string query = "word10 word20 word30 word40 word50 word60 word70 word80 word90 word100";
    QBENCHMARK
    {
        index->search(query, 3);
    }
}

QTEST_GUILESS_MAIN(RetrievalTest)
#include "tst_retrieval.moc"
