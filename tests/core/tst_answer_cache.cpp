// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that are given again: what is served, above all what is not, what it costs, and that it outlives a
// restart. Over real sockets, against the sandbox, whose model repeats what it is asked.
#include "cascade/cache_use.h"
#include "replay/kpis.h"
#include "routers/run_support.h"
#include "tests/support/live_cascade.h"
#include "tests/support/policies.h"
#include "tests/support/scripted_server.h"
#include "workspace/workspace.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <functional>

using namespace signalbox;
using nlohmann::json;

namespace {

/// All that an engine needs; another one over the same workspace is the program after a restart.
struct Live
{
    explicit Live(const std::string& workspacePath = {}, const std::vector<Document>& documents = {})
    {
        SandboxOptions options;
        options.scenarioJson = test::sourceFile("resources/scenarios/zero-latency.json");
        sandbox = std::move(Sandbox::start(options).value());
        restart(workspacePath, documents);
    }
    void restart(const std::string& workspacePath, const std::vector<Document>& documents = {})
    {
        engine.reset();
        transport.reset();
        workspace.reset();
        EngineConfig config;
        config.sandboxBaseUrl = sandbox->baseUrl();
        config.clock = [this] { return clockMs.load(); };
        if (!workspacePath.empty()) {
            workspace = std::move(Workspace::open(workspacePath, OpenMode::OpenOrCreate).value());
            config.answers = (*workspace->reader())->cachedAnswers().value();
        }
        index = documents.empty() ? nullptr : std::move(FtsIndex::build(documents).value());
        transport = std::make_unique<Transport>();
        TraceSink& traces = workspace ? static_cast<TraceSink&>(*workspace) : sink;
        engine = std::make_unique<CascadeEngine>(*transport, traces, secrets, index.get(), config);
    }
    TracePtr ask(const CompiledPolicyPtr& policy, Request request, RunOptions options = {}) const
    {
        const auto watcher = std::make_shared<test::Watcher>();
        engine->start(policy, std::move(request), std::move(options), watcher);
        return watcher->wait();
    }

    std::atomic<std::int64_t> clockMs = 1'000'000'000;
    test::MemorySink sink;
    EnvironmentSecrets secrets;
    std::unique_ptr<Sandbox> sandbox;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<FtsIndex> index;
    std::unique_ptr<Transport> transport;
    std::unique_ptr<CascadeEngine> engine;
};

/// T0 repeats what it is asked, so an answer says whose it is.
json cachingPolicy(const json& cache)
{
    json p = test::basePolicy();
    p["models"][0]["name"] = "echo";
    p["models"].push_back(
        {{"id", "embed"},
         {"endpoint", "local"},
         {"name", "embed-small"},
         {"capabilities", json::array({"embeddings"})},
         {"price", {{"input_per_mtok", 20.0}, {"source", "test"}, {"as_of", "2026-11-01"}}}});
    p["cache"] = cache;
    return p;
}

/// Every request may have every other's answer, as far as likeness goes.
json mostGenerous()
{
    return cachingPolicy({{"kind", "semantic"}, {"min_similarity", 0.0}, {"scope", {"account"}}});
}

Request asks(const std::string& text)
{
    static int n = 0;
    return Request::fromPrompt("r" + std::to_string(++n), text);
}

bool gave(const TracePtr& trace, const std::string& reason)
{
    return std::ranges::find(trace->reasons, reason) != trace->reasons.end();
}

std::string shown(const TracePtr& trace)
{
    return traceToJson(*trace);
}

constexpr const char* kQuestion = "How do I change the delivery address of a parcel";
constexpr const char* kAlike = "How can I change the delivery address of my parcel";

} // namespace

class AnswerCacheTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameWordsAreAnsweredOnce();
    void whatAPersonCallsBadIsNotGivenAgain();
    void likeWordsToo();
    void keptApart_data();
    void keptApart();
    void otherDocumentsAreOtherAnswers();
    void anotherPolicysAnswersAreNotServed();
    void neverFromTheCache_data();
    void neverFromTheCache();
    void lockedRulesComeFirst();
    void evidenceIsNeverServed();
    void onlyAcceptedAnswersAreKept_data();
    void onlyAcceptedAnswersAreKept();
    void whatMayBeGivenAgain();
    void answersGrowOld();
    void theEmbedderIsCharged();
    void theEmbedderMayFail();
    void aBarredEmbedderIsNotAsked();
    void cancelledWhileItEmbeds();
    void aRestartForgetsNothing();
    void figuresTellHitsApart();
    void theOldestAreLetGo();
    void whatIfSaysNo();
};

void AnswerCacheTest::sameWordsAreAnsweredOnce()
{
    Live live;
    const CompiledPolicyPtr policy = test::compiled(cachingPolicy({{"kind", "exact"}}));
    const TracePtr first = live.ask(policy, asks(kQuestion));
    QCOMPARE(first->status, TraceStatus::Answered);
    QVERIFY2(!first->cacheHit && first->cacheKey, shown(first).c_str());
    const std::uint64_t calls = live.sandbox->counters().requests;
    live.clockMs += 5000;
    const TracePtr hit = live.ask(policy, asks(std::string("  ") + kQuestion + " \r\n"));
    QVERIFY2(hit->cacheHit, shown(hit).c_str());
    QCOMPARE(live.sandbox->counters().requests, calls);
    QCOMPARE(hit->status, TraceStatus::Answered);
    QCOMPARE(hit->answer, first->answer);
    QCOMPARE(hit->cacheHit->traceId, first->id);
    QCOMPARE(hit->cacheHit->similarity, 1.0);
    QCOMPARE(hit->cacheHit->ageMs, std::int64_t{5000});
    QCOMPARE(hit->cacheHit->savedCost, first->cost().total());
    QVERIFY(*hit->cacheHit->savedCost > 0);
    QVERIFY(hit->hops.empty() && hit->charges.empty() && !hit->cacheKey);
    QCOMPARE(*hit->cost().total(), NanoUsd{0});
    QVERIFY(gave(hit, "cache.hit"));
    QCOMPARE(hit->route, std::string("T0")); // what was decided is still said
    QVERIFY(hit->simulated);
    // Other words are not the same words.
    QVERIFY(!live.ask(policy, asks(kAlike))->cacheHit);
}

void AnswerCacheTest::whatAPersonCallsBadIsNotGivenAgain()
{
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("w.signalbox")).toStdString();
    Live live(path);
    const CompiledPolicyPtr policy = test::compiled(cachingPolicy({{"kind", "exact"}}));
    const auto rate = [&](const TracePtr& trace, TierFit fit) {
        const auto bad = live.workspace->rate(trace->id, fit, "ann");
        QVERIFY(bad.has_value());
        live.engine->forgetAnswers(*bad);
    };
    const TracePtr first = live.ask(policy, asks(kQuestion));
    rate(first, TierFit::Overprovisioned); // too dear, but right
    const TracePtr hit = live.ask(policy, asks(kQuestion));
    QVERIFY2(hit->cacheHit, shown(hit).c_str());
    rate(hit, TierFit::Failed); // of the answer that was given again
    const TracePtr again = live.ask(policy, asks(kQuestion));
    QVERIFY2(!again->cacheHit, shown(again).c_str());
    QVERIFY(live.ask(policy, asks(kQuestion))->cacheHit); // there is a new one
    rate(again, TierFit::Underpowered);
    live.restart(path); // nor does it come back with the next start
    QVERIFY(!live.ask(policy, asks(kQuestion))->cacheHit);
    QVERIFY((*live.workspace->reader())->check()->empty());
}

void AnswerCacheTest::likeWordsToo()
{
    Live live;
    const CompiledPolicyPtr policy =
        test::compiled(cachingPolicy({{"kind", "semantic"}, {"min_similarity", 0.5}}));
    const TracePtr first = live.ask(policy, asks(kQuestion));
    const TracePtr hit = live.ask(policy, asks(kAlike));
    QVERIFY2(hit->cacheHit, shown(hit).c_str());
    QCOMPARE(hit->answer, first->answer);
    QVERIFY(hit->cacheHit->similarity >= 0.5 && hit->cacheHit->similarity < 1);
    QVERIFY(!hit->quality);
    QVERIFY(!live.ask(policy, asks("Which invoices are overdue in the second quarter"))->cacheHit);
}

void AnswerCacheTest::keptApart_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<bool>("shared");
    const char* names[] = {"nothing: they share",
                           "value of the scope",
                           "scope stated once",
                           "system message",
                           "earlier turn",
                           "user tier",
                           "a preference of a rule",
                           "a constraint",
                           "a condition of a trigger",
                           "a keyword gate",
                           "a number in the question",
                           "tools",
                           "metadata that nobody asks for: they share",
                           "a denial"};
    for (int row = 0; row < static_cast<int>(std::size(names)); ++row)
        QTest::newRow(names[row]) << row << (row == 0 || row == 12);
}

void AnswerCacheTest::keptApart()
{
    QFETCH(int, row);
    QFETCH(bool, shared);
    json p = mostGenerous();
    Request one = asks("where is the parcel of order 17 please");
    Request other = asks("the parcel of order 17 is late, where is it");
    one.metadata = other.metadata = {{"account", "a"}};
    switch (row) {
    case 1:
        other.metadata["account"] = "b";
        break;
    case 2:
        other.metadata.clear();
        break;
    case 3:
        other.messages.insert(other.messages.begin(), {"system", "Answer in French."});
        break;
    case 4:
        one.messages.insert(one.messages.begin(), {{"user", "hello"}, {"assistant", "Hello!"}});
        other.messages.insert(other.messages.begin(), {{"user", "hello"}, {"assistant", "Good day!"}});
        break;
    case 5:
        p["user_tiers"] = json::array({{{"id", "paid"}, {"when", {{"metadata", {{"plan", "paid"}}}}}}});
        other.metadata["plan"] = "paid";
        break;
    case 6:
        p["rules"] = json::array({{{"id", "late"},
                                   {"when", {{"keyword", {"is late"}}}},
                                   {"route", "T0"},
                                   {"reason", "policy.late"}}});
        break;
    case 7:
        p["rules"] = json::array({{{"id", "weak"},
                                   {"when", {{"keyword", {"is late"}}}},
                                   {"exclude", {"T2"}},
                                   {"reason", "policy.weak"}}});
        break;
    case 8:
        p["triggers"] = json::array({{{"id", "short"},
                                      {"gate", "verifier"},
                                      {"check", "length"},
                                      {"min_chars", 1},
                                      {"when", {{"keyword", {"is late"}}}},
                                      {"escalate", "next"}}});
        break;
    case 9:
        p["triggers"] = json::array(
            {{{"id", "angry"}, {"gate", "keyword"}, {"keyword", {"is late"}}, {"escalate", "T1"}}});
        break;
    case 10:
        other.messages[0].content = "the parcel of order 18 is late, where is it";
        break;
    case 11:
        other.tools = {"lookup_order"};
        break;
    case 12:
        other.metadata["colour"] = "green";
        break;
    case 13:
        other.messages[0].content = "where is the parcel of order 17, please? Isn\xE2\x80\x99t it there";
        break;
    default:
        break;
    }
    Live live;
    const CompiledPolicyPtr policy = test::compiled(p);
    QVERIFY(policy);
    QVERIFY(live.ask(policy, one)->cacheKey);
    const TracePtr second = live.ask(policy, other);
    QCOMPARE(second->status, TraceStatus::Answered);
    QVERIFY2(second->cacheHit.has_value() == shared, shown(second).c_str());
    // Each is served its own.
    Request again = other;
    again.id = "again";
    QVERIFY(live.ask(policy, again)->cacheHit);
}

void AnswerCacheTest::otherDocumentsAreOtherAnswers()
{
    json p = mostGenerous();
    p["retrieval"] = {{"top_k", 2}};
    const CompiledPolicyPtr policy = test::compiled(p);
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("w.signalbox")).toStdString();
    Live live(path, {{"d", "Parcels", "A parcel takes two days."}});
    QVERIFY(live.ask(policy, asks("how long does a parcel take"))->cacheKey);
    live.restart(path, {{"d", "Parcels", "A parcel takes two days."}});
    QVERIFY(live.ask(policy, asks("how long does a parcel take"))->cacheHit);
    live.restart(path, {{"d", "Parcels", "A parcel takes nine days."}});
    QVERIFY(!live.ask(policy, asks("how long does a parcel take"))->cacheHit);
}

void AnswerCacheTest::anotherPolicysAnswersAreNotServed()
{
    Live live;
    json p = mostGenerous();
    QVERIFY(live.ask(test::compiled(p), asks(kQuestion))->cacheKey);
    p["system_prompt"] = "Answer in one sentence.";
    QVERIFY(!live.ask(test::compiled(p), asks(kQuestion))->cacheHit);
}

void AnswerCacheTest::neverFromTheCache_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("reason");
    QTest::newRow("personal data in the question") << 0 << "cache.not_used.personal_data";
    QTest::newRow("personal data in an earlier turn") << 1 << "cache.not_used.personal_data";
    QTest::newRow("an attachment") << 2 << "cache.not_used.attachment";
    QTest::newRow("no question") << 3 << "cache.not_used.no_question";
}

void AnswerCacheTest::neverFromTheCache()
{
    QFETCH(int, row);
    QFETCH(QString, reason);
    Request request = asks(kQuestion);
    if (row == 0)
        request.messages[0].content += ", I am jo@example.com";
    if (row == 1)
        request.messages.insert(request.messages.begin(),
                                {{"user", "I am jo@example.com"}, {"assistant", "Hello."}});
    if (row == 2)
        request.attachments = {{"image", "parcel.png"}};
    if (row == 3)
        request.messages = {{"system", "Say hello."}};
    Live live;
    const CompiledPolicyPtr policy = test::compiled(mostGenerous());
    QVERIFY(live.ask(policy, asks(kQuestion))->cacheKey);
    for (int time = 0; time < 2; ++time) {
        const TracePtr t = live.ask(policy, request);
        QVERIFY2(!t->cacheHit && !t->cacheKey && gave(t, reason.toStdString()), shown(t).c_str());
    }
}

void AnswerCacheTest::lockedRulesComeFirst()
{
    json p = mostGenerous();
    p["rules"] = json::array({{{"id", "person"},
                               {"when", {{"metadata", {{"wants", "person"}}}}},
                               {"route", "human"},
                               {"locked", true},
                               {"reason", "policy.person"}},
                              {{"id", "legal"},
                               {"when", {{"metadata", {{"about", "law"}}}}},
                               {"route", "T2"},
                               {"locked", true},
                               {"reason", "policy.legal"}}});
    Live live;
    const CompiledPolicyPtr policy = test::compiled(p);
    QVERIFY(live.ask(policy, asks(kQuestion))->cacheKey);
    Request person = asks(kQuestion);
    person.metadata = {{"wants", "person"}};
    const TracePtr handed = live.ask(policy, person);
    QCOMPARE(handed->status, TraceStatus::HandedOff);
    QVERIFY(!handed->cacheHit && !handed->cacheKey && handed->answer.empty());
    Request legal = asks(kQuestion);
    legal.metadata = {{"about", "law"}};
    const TracePtr locked = live.ask(policy, legal);
    QVERIFY(!locked->cacheHit);
    QCOMPARE(locked->finalTier, std::string("T2"));
}

void AnswerCacheTest::evidenceIsNeverServed()
{
    Live live;
    const CompiledPolicyPtr policy = test::compiled(mostGenerous());
    RunOptions all;
    all.mode = TraceMode::AllTiers;
    QVERIFY(!live.ask(policy, asks(kQuestion), all)->cacheKey);
    QVERIFY(live.ask(policy, asks(kQuestion))->cacheKey);
    const TracePtr evidence = live.ask(policy, asks(kQuestion), all);
    QVERIFY(!evidence->cacheHit);
    QCOMPARE(static_cast<int>(evidence->hops.size()), 3);
}

void AnswerCacheTest::onlyAcceptedAnswersAreKept_data()
{
    QTest::addColumn<int>("row");
    QTest::newRow("a gate fired, and there was nothing better") << 0;
    QTest::newRow("cut off by its length") << 1;
    QTest::newRow("failed") << 2;
}

void AnswerCacheTest::onlyAcceptedAnswersAreKept()
{
    QFETCH(int, row);
    json p = mostGenerous();
    if (row == 0)
        p["triggers"] = json::array({{{"id", "long"},
                                      {"gate", "verifier"},
                                      {"check", "length"},
                                      {"min_chars", 100000},
                                      {"escalate", "next"}}});
    if (row == 1)
        p["tiers"][0]["budget"] = {{"max_output_tokens", 2}};
    if (row == 2)
        p["endpoints"][0]["base_url"] = "http://127.0.0.1:9/v1";
    Live live;
    const CompiledPolicyPtr policy = test::compiled(p);
    const TracePtr first = live.ask(policy, asks(kQuestion));
    QCOMPARE(first->status, row == 2 ? TraceStatus::Failed : TraceStatus::Answered);
    QVERIFY2(!first->cacheKey, shown(first).c_str());
    QVERIFY(!live.ask(policy, asks(kQuestion))->cacheHit);
}

void AnswerCacheTest::whatMayBeGivenAgain()
{
    Trace trace;
    trace.status = TraceStatus::Answered;
    trace.answer = "Yes.";
    Hop hop;
    hop.status = HopStatus::Accepted;
    hop.reason = "gate.all_passed";
    hop.gates.emplace_back();
    QVERIFY(mayBeGivenAgain(trace, hop));
    const auto not_ = [&](const std::function<void(Trace&, Hop&)>& change) {
        Trace t = trace;
        Hop h = hop;
        change(t, h);
        return !mayBeGivenAgain(t, h);
    };
    QVERIFY(not_([](Trace&, Hop& h) { h.partial = true; }));
    QVERIFY(not_([](Trace&, Hop& h) { h.gates[0].verdict = GateVerdict::Fired; }));
    QVERIFY(not_([](Trace&, Hop& h) { h.gates[0].verdict = GateVerdict::Error; }));
    QVERIFY(not_([](Trace&, Hop& h) { h.status = HopStatus::Used; }));
    QVERIFY(not_([](Trace&, Hop& h) { h.reason = "pool.unsure"; }));
    QVERIFY(not_([](Trace& t, Hop&) { t.status = TraceStatus::HandedOff; }));
    QVERIFY(not_([](Trace& t, Hop&) { t.status = TraceStatus::Cancelled; }));
    QVERIFY(not_([](Trace& t, Hop&) { t.answer.clear(); }));
    QVERIFY(not_([](Trace& t, Hop&) { t.reasons = {"budget.truncated"}; }));
}

void AnswerCacheTest::answersGrowOld()
{
    Live live;
    const CompiledPolicyPtr policy = test::compiled(cachingPolicy({{"kind", "exact"}, {"ttl_s", 60}}));
    const TracePtr first = live.ask(policy, asks(kQuestion));
    live.clockMs += 59'999;
    QCOMPARE(live.ask(policy, asks(kQuestion))->cacheHit->ageMs, std::int64_t{59'999});
    live.clockMs += 1; // a hit does not make it younger
    const TracePtr anew = live.ask(policy, asks(kQuestion));
    QVERIFY(!anew->cacheHit);
    live.clockMs += 59'999;
    QCOMPARE(live.ask(policy, asks(kQuestion))->cacheHit->traceId, anew->id);
}

void AnswerCacheTest::theEmbedderIsCharged()
{
    QTemporaryDir dir;
    const auto at = [&](const char* name) { return dir.filePath(QString::fromLatin1(name)); };
    Live live(at("w.signalbox").toStdString());
    json p = cachingPolicy({{"kind", "semantic"}, {"min_similarity", 0.5}, {"model", "embed"}});
    p["triggers"] = json::array({test::groundingTrigger(1.5)});
    const CompiledPolicyPtr policy = test::compiled(p);
    QVERIFY(policy);
    const TracePtr first = live.ask(policy, asks(kQuestion));
    QVERIFY2(first->cacheKey && first->cacheKey->vector.size() == 256, shown(first).c_str());
    QCOMPARE(first->charges.front().kind, ChargeKind::Embedding);
    QCOMPARE(static_cast<int>(first->calls.size()), 1);
    const TracePtr hit = live.ask(policy, asks(kAlike));
    QVERIFY2(hit->cacheHit, shown(hit).c_str());
    QVERIFY(hit->hops.empty());
    QCOMPARE(static_cast<int>(hit->charges.size()), 1);
    const Charge& charge = hit->charges.front();
    QCOMPARE(charge.kind, ChargeKind::Embedding);
    QCOMPARE(charge.model, std::string("embed"));
    QVERIFY(*charge.cost > 0);
    QCOMPARE(*charge.cost, *charge.tokens.input * 20'000); // 20 USD per million
    QCOMPARE(hit->cost().total(), charge.cost);
    QCOMPARE(*hit->cacheHit->savedCost + *first->charges.front().cost, *first->cost().total());
    // The same words need no vector.
    QVERIFY(live.ask(policy, asks(kQuestion))->charges.empty());
    QVERIFY(live.ask(policy, asks("Which invoices are overdue"))->cacheKey);

    QVERIFY(live.workspace->flush());
    const auto reader = std::move(live.workspace->reader().value());
    QVERIFY(reader->check()->empty());
    std::ofstream traces(at("traces.jsonl").toStdString());
    const std::vector<Trace> stored = reader->traces({}).value();
    for (const Trace& trace : stored)
        traces << traceToJson(trace) << "\n";
    traces.close();
    std::ofstream(at("p.json").toStdString()) << p.dump();
    QTRY_VERIFY(live.sandbox->log().find("embed-small") != std::string::npos);
    std::ofstream(at("log.jsonl").toStdString()) << live.sandbox->log();
    QProcess recount;
    const QString script = QString::fromStdString(std::string(qgetenv("SIGNALBOX_SOURCE_DIR").constData())) +
                           QStringLiteral("/tests/support/recount.py");
    recount.start(QStringLiteral("python3"),
                  {script, QStringLiteral("--log"), at("log.jsonl"), QStringLiteral("--policy"), at("p.json"),
                   QStringLiteral("--traces"), at("traces.jsonl"), QStringLiteral("--expect"),
                   QStringLiteral("4")});
    QVERIFY(recount.waitForFinished(30'000));
    const QByteArray said = recount.readAllStandardOutput() + recount.readAllStandardError();
    QVERIFY2(recount.exitCode() == 0 && said.contains("agrees to the nano-dollar"), said.constData());
}

void AnswerCacheTest::theEmbedderMayFail()
{
    using signalbox::testing::ScriptedServer;
    ScriptedServer server([](const signalbox::testing::SeenRequest&) -> signalbox::testing::Script {
        return {signalbox::testing::send(signalbox::testing::response("400 Bad Request", "", "{}"))};
    });
    json p = cachingPolicy({{"kind", "semantic"}, {"model", "embed"}});
    p["endpoints"].push_back(
        {{"id", "broken"}, {"protocol", "openai"}, {"base_url", server.url()}, {"residency", "on_prem"}});
    p["models"].back()["endpoint"] = "broken";
    Live live;
    const CompiledPolicyPtr policy = test::compiled(p);
    const TracePtr t = live.ask(policy, asks(kQuestion));
    QCOMPARE(t->status, TraceStatus::Answered);
    QVERIFY2(gave(t, "cache.embedding_failed"), shown(t).c_str());
    QCOMPARE(t->calls.front().errorKind, std::string("provider.bad_request"));
    QVERIFY(
        std::ranges::none_of(t->charges, [](const Charge& c) { return c.kind == ChargeKind::Embedding; }));
    QVERIFY(live.ask(policy, asks(kQuestion))->cacheHit); // the same words need no vector
}

void AnswerCacheTest::aBarredEmbedderIsNotAsked()
{
    json p = cachingPolicy({{"kind", "semantic"}, {"model", "embed"}});
    p["endpoints"].push_back(
        {{"id", "away"}, {"protocol", "openai"}, {"base_url", "sandbox://local/v1"}, {"residency", "us"}});
    p["models"].back()["endpoint"] = "away";
    p["rules"] = json::array({{{"id", "home"},
                               {"when", {{"keyword", {"parcel"}}}},
                               {"allow_residency", {"on_prem"}},
                               {"reason", "policy.home"}}});
    Live live;
    const CompiledPolicyPtr policy = test::compiled(p);
    QVERIFY(policy);
    const TracePtr t = live.ask(policy, asks(kQuestion));
    QVERIFY2(gave(t, "cache.embedder_barred") && t->calls.empty(), shown(t).c_str());
    QCOMPARE(t->status, TraceStatus::Answered);
}

void AnswerCacheTest::cancelledWhileItEmbeds()
{
    using signalbox::testing::ScriptedServer;
    std::atomic<bool> asked = false;
    ScriptedServer server([&](const signalbox::testing::SeenRequest&) -> signalbox::testing::Script {
        asked = true;
        return {signalbox::testing::pauseAt("never")};
    });
    json p = cachingPolicy({{"kind", "semantic"}, {"model", "embed"}});
    p["endpoints"].push_back(
        {{"id", "slow"}, {"protocol", "openai"}, {"base_url", server.url()}, {"residency", "on_prem"}});
    p["models"].back()["endpoint"] = "slow";
    Live live;
    const auto watcher = std::make_shared<test::Watcher>();
    const RunId run = live.engine->start(test::compiled(p), asks(kQuestion), {}, watcher);
    QTRY_VERIFY(asked);
    live.engine->cancel(run);
    const TracePtr t = watcher->wait();
    QCOMPARE(t->status, TraceStatus::Cancelled);
    QCOMPARE(static_cast<int>(t->charges.size()), 1); // nobody can say that it was free
    QCOMPARE(t->charges[0].kind, ChargeKind::Embedding);
    QVERIFY(!t->charges[0].cost);
    QCOMPARE(t->calls.at(0).errorKind, std::string("cancelled"));
}

void AnswerCacheTest::aRestartForgetsNothing()
{
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("w.signalbox")).toStdString();
    Live live(path);
    const CompiledPolicyPtr policy =
        test::compiled(cachingPolicy({{"kind", "semantic"}, {"min_similarity", 0.5}, {"ttl_s", 3600}}));
    const TracePtr first = live.ask(policy, asks(kQuestion));
    live.restart(path);
    live.clockMs += 1000;
    const TracePtr hit = live.ask(policy, asks(kAlike));
    QVERIFY2(hit->cacheHit, shown(hit).c_str());
    QCOMPARE(hit->cacheHit->traceId, first->id);
    QCOMPARE(hit->answer, first->answer);
    QCOMPARE(hit->cacheHit->ageMs, std::int64_t{1000});
    QCOMPARE(hit->cacheHit->savedCost, first->cost().total());
    QVERIFY(live.workspace->flush());
    const auto reader = std::move(live.workspace->reader().value());
    const Trace stored = reader->trace(hit->id).value();
    QVERIFY(stored.cacheHit);
    QCOMPARE(traceToJson(stored), traceToJson(*hit));
    QVERIFY(reader->check()->empty());
    live.restart(path);
    live.clockMs += 3'600'000;
    QVERIFY(!live.ask(policy, asks(kQuestion))->cacheHit); // nor does it make anything younger
}

void AnswerCacheTest::figuresTellHitsApart()
{
    Live live;
    const CompiledPolicyPtr policy = test::compiled(cachingPolicy({{"kind", "exact"}}));
    std::vector<RunResult> results;
    for (int i = 0; i < 8; ++i)
        results.push_back(resultOf(*live.ask(policy, asks(i < 2 ? "first question" : "second question"))));
    const Kpis kpis = kpisOf(results, {"T0", "T1", "T2"}, 100);
    QCOMPARE(kpis.cacheHits, 6);
    QCOMPARE(kpis.cacheHitRate->value, 0.75);
    QCOMPARE(kpis.tierMix.front().count, 2); // T0 answered those that it was asked
    QCOMPARE(kpis.tierMix.back().tier, std::string(kFromCache));
    QCOMPARE(kpis.tierMix.back().count, 6);
    QVERIFY(kpis.costPerRequestUsd->value > 0);
    QVERIFY(std::abs(kpis.withoutCache.costPerRequestUsd->value - 4 * kpis.costPerRequestUsd->value) < 1e-15);
    QVERIFY(kpis.saved.known > 0);
    const json shownKpis = json::parse(kpisToJson(kpis));
    QCOMPARE(shownKpis["cache"]["hits"].get<int>(), 6);
    QVERIFY(kpiTable(kpis).find("from the cache") != std::string::npos);
}

void AnswerCacheTest::theOldestAreLetGo()
{
    AnswerCache cache(2);
    const auto entry = [](const std::string& question, const std::string& partition = "p") {
        CachedAnswer one;
        one.key = {partition, question, {1.0F, 0.0F}, 10};
        one.traceId = question;
        return one;
    };
    const auto has = [&](const std::string& question, const std::string& partition = "p") {
        return cache.find({partition, question, {}, 0}, std::nullopt, 0).has_value();
    };
    cache.put(entry("a"));
    cache.put(entry("b", "q"));
    cache.put(entry("a")); // in its own place
    QCOMPARE(cache.size(), std::size_t{2});
    QVERIFY(has("a") && has("b", "q") && !has("b"));
    cache.put(entry("c"));
    QCOMPARE(cache.size(), std::size_t{2});
    QVERIFY(has("a") && !has("b", "q") && has("c"));
    // The nearest, and of equals the newest; a vector of another size is near to none.
    QCOMPARE(cache.find({"p", "x", {0.9F, 0.1F}, 0}, 0.5, 0)->answer->traceId, std::string("c"));
    QVERIFY(!cache.find({"p", "x", {0.0F, 1.0F}, 0}, 0.5, 0));
    QVERIFY(!cache.find({"p", "x", {1.0F}, 0}, 0.5, 0));
    QVERIFY(!cache.find({"p", "a", {}, 0}, std::nullopt, 11));
}

void AnswerCacheTest::whatIfSaysNo()
{
    const PolicyPtr policy = test::decoded(cachingPolicy({{"kind", "exact"}}));
    QVERIFY(mayRun(*policy));
    QCOMPARE(maySimulate(*policy).error().code, std::string("policy.not_simulated_yet"));
    QCOMPARE(maySimulate(*policy).error().context, std::string("/cache"));
}

QTEST_GUILESS_MAIN(AnswerCacheTest)
#include "tst_answer_cache.moc"
