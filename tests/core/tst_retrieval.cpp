// SPDX-License-Identifier: GPL-3.0-or-later
// Passages for questions: by words, by nearness, and within requests, where vectors are paid for. Over real
// sockets, against the sandbox.
#include "base/random.h"
#include "cascade/batch.h"
#include "retrieval/embedder.h"
#include "retrieval/fts_index.h"
#include "retrieval/rank_fusion.h"
#include "retrieval/vector_index.h"
#include "routers/run_support.h"
#include "tests/support/live_cascade.h"
#include "tests/support/policies.h"
#include "tests/support/scripted_server.h"
#include "workspace/workspace.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <thread>

using namespace signalbox;

class RetrievalTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheArticleByItsWords();
    void titleCountsMore();
    void scoresAreShares();
    void longDocumentsComeInPieces();
    void ranksAreFused();
    void wordsAndNearnessTogether();
    void anyTextIsAQuery_data();
    void anyTextIsAQuery();
    void emptyIndexAndNoWords();
    void manyThreadsSearchAtOnce();
    void searchesAThousandDocuments();
    void aRequestPaysForItsVectors();
    void oneOfManyPaysForTheDocuments();
    void aPayerThatIsStoppedIsReplaced();
    void withoutVectorsWordsAreLeft();
    void theGateKnowsAnAbsoluteScore();
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

void RetrievalTest::scoresAreShares()
{
    const auto index = indexOf(kArticles);
    // All that is asked for, also in another form of the word.
    QCOMPARE(index->search("refunds of cards", 3).front().score, 1.0);
    // Two words of equal rarity, of which one occurs; and one that occurs nowhere counts as rare.
    QVERIFY(std::abs(index->search("warehouse password", 3).front().score - 0.5) < 1e-12);
    QVERIFY(std::abs(index->search("warehouse xyzzy", 3).front().score - 0.5) < 1e-12);
    // A word that two articles have is worth less than one that only one has.
    const auto passages = index->search("days warehouse", 3);
    QCOMPARE(passages.front().score, 1.0);
    QVERIFY(passages.back().score < 0.5);
    QCOMPARE(passages.front().wordRank, std::optional(1));
    QVERIFY(!passages.front().vectorRank && !passages.front().similarity);
    const auto many = index->search("refund days delivery password card", 10);
    QVERIFY(many.size() >= 3);
    QCOMPARE(many.front().relative, 1.0);
    for (std::size_t i = 0; i < many.size(); ++i) {
        QVERIFY(many[i].score > 0 && many[i].score < 1);
        QVERIFY(many[i].relative > 0 && (i == 0 || many[i].relative <= many[i - 1].relative));
    }
    QCOMPARE(index->search("refund days delivery password card", 1).size(), std::size_t{1});
}

void RetrievalTest::longDocumentsComeInPieces()
{
    std::string text;
    for (int i = 0; i < 60; ++i)
        text +=
            "This sentence number " + std::to_string(i) + " says something about parcels and their ways.\n\n";
    const auto index = indexOf({{"long", "Parcels", text + "The needle is here."}, kArticles[0]});
    QVERIFY(index->pieces().size() > 3);
    const Passage found = index->search("needle", 1).front();
    QVERIFY2(found.documentId.starts_with("long#"), found.documentId.c_str());
    QCOMPARE(found.title, std::string("Parcels"));
    QVERIFY(found.text.find("needle") != std::string::npos && found.text.size() < text.size() / 2);
    QCOMPARE(index->search("refund", 1).front().documentId, std::string("refunds"));
    QVERIFY(index->version() != indexOf({kArticles[0]})->version());
    QCOMPARE(indexOf(kArticles)->version(), indexOf(kArticles)->version());
}

void RetrievalTest::ranksAreFused()
{
    const std::vector<int> rankings[] = {{7, 8, 9}, {9, 5}};
    const std::vector<FusedRank> fused = reciprocalRankFusion(rankings);
    QCOMPARE(fused.size(), std::size_t{4});
    QCOMPARE(fused[0].item, 9); // third and first beat first alone
    QVERIFY(std::abs(fused[0].score - (1.0 / 63 + 1.0 / 61)) < 1e-15);
    QCOMPARE(fused[1].item, 7);
    QCOMPARE(fused[2].item, 8); // as good as 5, and the earlier ranking says so
    QCOMPARE(fused[3].item, 5);
}

void RetrievalTest::wordsAndNearnessTogether()
{
    const auto index = indexOf(kArticles);
    VectorIndex vectors(kEmbeddingSize);
    for (const Document& piece : index->pieces())
        QVERIFY(vectors.add(embedded(textToEmbed(piece))));
    const std::string query = "passwrd forgoten"; // no word of it stands anywhere
    QVERIFY(index->search(query, 3).empty());
    const auto passages = index->searchNear(query, vectors, embedded(query), 2);
    QCOMPARE(passages.size(), std::size_t{2});
    QCOMPARE(passages.front().documentId, std::string("password"));
    QCOMPARE(passages.front().vectorRank, std::optional(1));
    QVERIFY(!passages.front().wordRank);
    QCOMPARE(passages.front().score, *passages.front().similarity);
    QCOMPARE(passages.front().relative, 1.0);
    QVERIFY(passages.back().relative < 1);
    const auto both = index->searchNear("forgot my password", vectors, embedded("forgot my password"), 1);
    QCOMPARE(both.front().wordRank, std::optional(1));
    QCOMPARE(both.front().vectorRank, std::optional(1));
    // A vector of another size is none.
    QVERIFY(!index->searchNear("refund", vectors, std::vector<float>{}, 1).front().vectorRank);
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
    QVERIFY(index->search("where is needle777 among word1 word2 word3", 3)
                .front()
                .documentId.starts_with("d777"));
    const std::string query = "word10 word20 word30 word40 word50 word60 word70 word80 word90 word100";
    QBENCHMARK
    {
        index->search(query, 3);
    }
}

namespace {

using nlohmann::json;

json nearPolicy(const std::string& embedderUrl = "sandbox://local/v1")
{
    json p = test::basePolicy();
    p["endpoints"].push_back(
        {{"id", "vectors"}, {"protocol", "openai"}, {"base_url", embedderUrl}, {"residency", "us"}});
    p["models"].push_back(
        {{"id", "embed"},
         {"endpoint", "vectors"},
         {"name", "embed-small"},
         {"capabilities", json::array({"embeddings"})},
         {"price", {{"input_per_mtok", 20.0}, {"source", "test"}, {"as_of", "2026-11-01"}}}});
    p["retrieval"] = {{"model", "embed"}, {"top_k", 2}};
    return p;
}

std::string scenario()
{
    return test::sourceFile("resources/scenarios/zero-latency.json");
}

int embeddings(const TracePtr& trace, const std::string& purpose)
{
    return static_cast<int>(std::ranges::count_if(trace->charges, [&](const Charge& charge) {
        return charge.kind == ChargeKind::Embedding && charge.purpose == purpose;
    }));
}

bool says(const TracePtr& trace, const std::string& reason)
{
    return std::ranges::find(trace->reasons, reason) != trace->reasons.end();
}

} // namespace

void RetrievalTest::aRequestPaysForItsVectors()
{
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("w.signalbox")).toStdString();
    SandboxOptions options;
    options.scenarioJson = scenario();
    const auto sandbox = std::move(Sandbox::start(options).value());
    const CompiledPolicyPtr policy = test::compiled(nearPolicy());
    QVERIFY(policy);
    QCOMPARE(maySimulate(policy->policy()).error().context, std::string("/retrieval/model"));
    const auto ask = [&](const std::vector<Document>& documents, int times) {
        const auto workspace = std::move(Workspace::open(path, OpenMode::OpenOrCreate).value());
        const auto reader = std::move(workspace->reader().value());
        const auto index = indexOf(documents);
        EnvironmentSecrets secrets;
        Transport transport;
        EngineConfig config;
        config.sandboxBaseUrl = sandbox->baseUrl();
        config.passageVectors = reader->passageVectors().value();
        CascadeEngine engine(transport, *workspace, secrets, index.get(), config);
        std::vector<TracePtr> traces;
        for (int i = 0; i < times; ++i) {
            const auto watcher = std::make_shared<test::Watcher>();
            engine.start(policy, Request::fromPrompt("r", "when does my refund arrive on the card"), {},
                         watcher);
            traces.push_back(watcher->wait());
        }
        if (!workspace->flush() || !reader->check()->empty())
            traces.clear();
        const Trace stored = reader->trace(traces.back()->id).value();
        if (traceToJson(stored) != traceToJson(*traces.back()) ||
            stored.retrieved.at(0).vectorRank != traces.back()->retrieved.at(0).vectorRank ||
            stored.retrieved.at(0).similarity != traces.back()->retrieved.at(0).similarity)
            traces.clear();
        return traces;
    };
    std::vector<Document> documents = kArticles;
    const std::vector<TracePtr> first = ask(documents, 2);
    QCOMPARE(first.size(), std::size_t{2});
    QCOMPARE(embeddings(first[0], "embedding:documents"), 1);
    QCOMPARE(embeddings(first[0], "embedding"), 1);
    QCOMPARE(embeddings(first[1], "embedding:documents"), 0);
    QCOMPARE(embeddings(first[1], "embedding"), 1);
    QCOMPARE(static_cast<int>(first[0]->calls.size()), 2);
    const RetrievedPassage& best = first[1]->retrieved.at(0);
    QCOMPARE(best.documentId, std::string("refunds"));
    QCOMPARE(best.wordRank, std::optional(1));
    QCOMPARE(best.vectorRank, std::optional(1));
    QVERIFY(best.similarity && *best.similarity > 0.2 && best.score == *best.similarity);
    // After a restart nobody pays for them again; only for what is new.
    QCOMPARE(embeddings(ask(documents, 1).at(0), "embedding:documents"), 0);
    documents[1].text += " It is valid for an hour.";
    const TracePtr changed = ask(documents, 1).at(0);
    QCOMPARE(embeddings(changed, "embedding:documents"), 1);
    const auto tokensOf = [](const TracePtr& trace) { return *trace->charges.front().tokens.input; };
    QVERIFY(tokensOf(changed) < tokensOf(first[0]) / 2);
}

void RetrievalTest::oneOfManyPaysForTheDocuments()
{
    test::LiveCascade live(scenario(), kArticles);
    std::vector<Request> requests;
    for (int i = 0; i < 40; ++i)
        requests.push_back(
            Request::fromPrompt("r" + std::to_string(i), "refund number " + std::to_string(i)));
    int payers = 0;
    for (const TracePtr& t : live.runAll(test::compiled(nearPolicy()), requests, TraceMode::Policy, 16)) {
        payers += embeddings(t, "embedding:documents");
        QCOMPARE(embeddings(t, "embedding"), 1);
        QVERIFY(t->retrieved.at(0).vectorRank);
    }
    QCOMPARE(payers, 1);
}

void RetrievalTest::aPayerThatIsStoppedIsReplaced()
{
    using signalbox::testing::ScriptedServer;
    std::atomic<int> asked = 0;
    ScriptedServer server([&](const signalbox::testing::SeenRequest& seen) -> signalbox::testing::Script {
        if (++asked == 1)
            return {signalbox::testing::pauseAt("never")};
        json answer = {{"data", json::array()}, {"usage", {{"prompt_tokens", 3}}}};
        const std::size_t texts = json::parse(seen.body)["input"].size();
        for (std::size_t i = 0; i < texts; ++i)
            answer["data"].push_back(
                {{"index", i}, {"embedding", json::array({1.0, static_cast<double>(i)})}});
        return {signalbox::testing::send(
            signalbox::testing::response("200 OK", "Content-Type: application/json\r\n", answer.dump()))};
    });
    test::LiveCascade live(scenario(), kArticles);
    const CompiledPolicyPtr policy = test::compiled(nearPolicy(server.url()));
    const auto first = std::make_shared<test::Watcher>();
    const auto second = std::make_shared<test::Watcher>();
    const RunId run = live.engine->start(policy, Request::fromPrompt("a", "refund"), {}, first);
    QTRY_COMPARE(asked.load(), 1);
    live.engine->start(policy, Request::fromPrompt("b", "refund"), {}, second);
    live.engine->cancel(run);
    QCOMPARE(first->wait()->status, TraceStatus::Cancelled);
    const TracePtr t = second->wait();
    QCOMPARE(t->status, TraceStatus::Answered);
    QCOMPARE(embeddings(t, "embedding:documents"), 1);
    QVERIFY(t->retrieved.at(0).vectorRank);
}

void RetrievalTest::withoutVectorsWordsAreLeft()
{
    using signalbox::testing::ScriptedServer;
    ScriptedServer server([](const signalbox::testing::SeenRequest&) -> signalbox::testing::Script {
        return {signalbox::testing::send(signalbox::testing::response("400 Bad Request", "", "{}"))};
    });
    test::LiveCascade live(scenario(), kArticles);
    const TracePtr failed = live.run(test::compiled(nearPolicy(server.url())),
                                     Request::fromPrompt("a", "when is my refund there"));
    QCOMPARE(failed->status, TraceStatus::Answered);
    QVERIFY2(says(failed, "retrieval.embedding_failed"), traceToJson(*failed).c_str());
    QCOMPARE(failed->retrieved.at(0).documentId, std::string("refunds"));
    QVERIFY(!failed->retrieved.at(0).vectorRank);
    json barred = nearPolicy();
    barred["rules"] = json::array({{{"id", "home"},
                                    {"when", {{"keyword", {"refund"}}}},
                                    {"allow_residency", {"on_prem"}},
                                    {"reason", "policy.home"}}});
    const TracePtr atHome =
        live.run(test::compiled(barred), Request::fromPrompt("a", "when is my refund there"));
    QVERIFY2(says(atHome, "retrieval.embedder_barred") && atHome->calls.empty(),
             traceToJson(*atHome).c_str());
    QCOMPARE(atHome->retrieved.at(0).documentId, std::string("refunds"));
}

void RetrievalTest::theGateKnowsAnAbsoluteScore()
{
    json p = test::basePolicy();
    p["retrieval"] = {{"top_k", 2}};
    p["triggers"] = json::array({{{"id", "found"},
                                  {"gate", "retrieval"},
                                  {"below", 0.4},
                                  {"applies_to", {"T0"}},
                                  {"escalate", "T1"}}});
    test::LiveCascade live(scenario(), kArticles);
    const auto asked = [&](const char* text) {
        return live.run(test::compiled(p), Request::fromPrompt("r", text));
    };
    QCOMPARE(asked("how long does a refund to the card take")->finalTier, std::string("T0"));
    // One word of many stands somewhere: the best passage of all, and no good one.
    const TracePtr poor = asked("compare pension schemes of warehouse workers in Sweden");
    QVERIFY(!poor->retrieved.empty());
    QCOMPARE(poor->finalTier, std::string("T1"));
    const GateResult& gate = poor->hops.at(0).gates.at(0);
    QVERIFY(gate.rawScore && *gate.rawScore > 0 && *gate.rawScore < 0.4);
}

QTEST_GUILESS_MAIN(RetrievalTest)
#include "tst_retrieval.moc"
