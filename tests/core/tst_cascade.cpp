// SPDX-License-Identifier: GPL-3.0-or-later
// Live cascades over real sockets: against the sandbox, and against a server that misbehaves by script.
#include "cascade/conversation.h"
#include "exchange/documents.h"
#include "exchange/prompts.h"
#include "replay/outcome_matrix.h"
#include "replay/what_if.h"
#include "tests/support/live_cascade.h"
#include "tests/support/policies.h"
#include "tests/support/scripted_server.h"

#include <QtTest>

#include <cmath>
#include <future>
#include <map>
#include <set>

using namespace signalbox;
using nlohmann::json;

class CascadeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersAndAccounts();
    void escalatesWithReasonAndCarriesTheDraft();
    void barredTierIsNeverCalled();
    void barredJudgeIsNeverCalled();
    void allTiersMeansTiersOutsideTheOrderToo();
    void traceThatCannotBeWrittenEndsTheBatch();
    void personIsNeverKeptFromAPerson();
    void refusedEndpointEndsTheHopAndTheRunGoesOn();
    void stalledEndpointMeetsItsDeadline();
    void cancelledBeforeAnyByteCostsUnknown();
    void cutStreamAndGarbageAreFailures();
    void policySaysWhatBecomesOfABrokenAnswer();
    void blankAnswersEscalate();
    void rateLimitIsRetriedBadRequestIsNot();
    void judgeThatTalksNonsenseEscalates();
    void unpricedModelCostsUnknown();
    void cancelKeepsWhatCame();
    void cancelledBatchKeepsPartialResults();
    void wholeBatchEndsWithOneTraceEach();
    void whatIfPredictsLiveRequestByRequest();
    void routeCarriesItsTemplate();
    void samplingIsSentAndTellsEvidenceApart();
    void replicasAreDrawnByWeight();
    void nothingIsRunWithoutAPartOfItsPolicy();
};

namespace {

std::string zeroLatency() { return test::sourceFile("resources/scenarios/zero-latency.json"); }

std::vector<Document> sampleDocuments() { return parseDocuments(test::sourceFile("resources/samples/harbor-support/articles.jsonl")).documents; }

std::vector<Request> sampleRequests(std::size_t most = 1000)
{
    std::vector<Request> requests;
    for (DatasetPrompt& p : parsePrompts(test::sourceFile("resources/samples/harbor-support/prompts.jsonl"), "prompts.jsonl").prompts) {
        if (requests.size() < most)
            requests.push_back(std::move(p.request));
    }
    return requests;
}

json samplePolicy() { return json::parse(test::sourceFile("resources/samples/harbor-support.policy.json")); }

bool has(const std::vector<std::string>& reasons, const std::string& reason) { return std::find(reasons.begin(), reasons.end(), reason) != reasons.end(); }

std::string completion(const std::string& content)
{
    return json{{"id", "x"}, {"object", "chat.completion"}, {"choices", {{{"index", 0}, {"finish_reason", "stop"}, {"message", {{"role", "assistant"}, {"content", content}}}}}},
                {"usage", {{"prompt_tokens", 10}, {"completion_tokens", 5}}}}.dump();
}

signalbox::testing::Script jsonAnswer(const std::string& content)
{
    return {signalbox::testing::send(signalbox::testing::response("200 OK", "Content-Type: application/json\r\n", completion(content)))};
}

/// The model that a request names.
std::string modelIn(const signalbox::testing::SeenRequest& seen) { return json::parse(seen.body).value("model", ""); }

/// T0 lives on the scripted server, everything else in the sandbox.
json withT0At(const std::string& url)
{
    json p = test::basePolicy();
    p["endpoints"].push_back({{"id", "odd"}, {"protocol", "openai"}, {"base_url", url}, {"residency", "on_prem"}});
    p["models"][0]["endpoint"] = "odd";
    return p;
}

} // namespace

void CascadeTest::answersAndAccounts()
{
    test::LiveCascade live(zeroLatency(), sampleDocuments());
    const CompiledPolicyPtr policy = test::compiled(samplePolicy());
    const TracePtr t = live.run(policy, Request::fromPrompt("one", "how do I reset my password?"));
    QCOMPARE(t->status, TraceStatus::Answered);
    QVERIFY(!t->answer.empty());
    QVERIFY(t->simulated);
    QVERIFY(!t->reasons.empty());
    QCOMPARE(t->policyHash, policy->policy().contentHash);
    QVERIFY(t->quality && !t->qualitySource.empty());
    QVERIFY(!t->retrieved.empty());
    // Every answered hop has a model charge and a judge charge, and the sum is the sum of the parts.
    NanoUsd sum = 0;
    std::size_t judges = 0;
    for (const Charge& c : t->charges) {
        QVERIFY(c.cost);
        QVERIFY(!c.priceSource.empty());
        sum += *c.cost;
        judges += c.kind == ChargeKind::Judge;
        QCOMPARE(c.purpose.starts_with("judge:"), c.kind == ChargeKind::Judge);
        QVERIFY(c.kind == ChargeKind::Judge || c.purpose == "model");
    }
    QCOMPARE(t->cost().total().value(), sum);
    QCOMPARE(judges, t->hops.size());
}

void CascadeTest::escalatesWithReasonAndCarriesTheDraft()
{
    std::mutex mutex;
    std::vector<std::string> bodies;
    signalbox::testing::ScriptedServer server([&](const signalbox::testing::SeenRequest& seen) {
        const std::lock_guard lock(mutex);
        bodies.push_back(seen.body);
        if (modelIn(seen) == "judge-mini")
            return jsonAnswer(R"({"score": )" + std::string(bodies.size() < 3 ? "2" : "5") + R"(, "evidence": "none", "explanation": "made up"})");
        return jsonAnswer("draft number " + std::to_string(bodies.size()));
    });
    test::LiveCascade live(zeroLatency());
    json p = test::basePolicy(server.url());
    p["triggers"] = json::array({test::groundingTrigger(3.5)});
    p["cascade"]["carry"] = {"draft"};
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "hello"));
    QCOMPARE(t->status, TraceStatus::Answered);
    QCOMPARE(t->escalations, 1);
    QCOMPARE(t->hops.size(), std::size_t{2});
    QCOMPARE(t->hops[0].status, HopStatus::Escalated);
    QCOMPARE(t->hops[0].reason, std::string("gate.judge_below.grounding"));
    QCOMPARE(t->hops[0].trigger, std::string("grounding"));
    QCOMPARE(t->hops[0].gates[0].rawScore.value(), 2.0);
    QCOMPARE(t->hops[1].status, HopStatus::Accepted);
    QCOMPARE(t->finalTier, std::string("T1"));
    QCOMPARE(t->quality.value(), 1.0);
    QVERIFY(!t->simulated); // the scripted server does not call itself a sandbox
    const std::string& second = bodies.at(2);
    QVERIFY(second.find("draft number 1") != std::string::npos);
    QVERIFY(second.find("gate.judge_below.grounding") != std::string::npos);
}

void CascadeTest::barredTierIsNeverCalled()
{
    std::mutex mutex;
    std::set<std::string> called;
    signalbox::testing::ScriptedServer server([&](const signalbox::testing::SeenRequest& seen) {
        const std::lock_guard lock(mutex);
        called.insert(modelIn(seen));
        return jsonAnswer("fine");
    });
    test::LiveCascade live(zeroLatency());
    json p = test::basePolicy(server.url());
    p["rules"] = {{{"id", "gap"}, {"when", {{"keyword", "secret"}}}, {"exclude", {"T1", "T2"}}, {"reason", "policy.gap"}}};
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "a secret"), {TraceMode::AllTiers, "d"});
    QCOMPARE(called, (std::set<std::string>{"support-3b-ft"}));
    QCOMPARE(t->hops.size(), std::size_t{1});
    QCOMPARE(t->barred.size(), std::size_t{2});
    const OutcomeRow row = outcomeRowOf(*t);
    QCOMPARE(row.barredTiers.size(), std::size_t{2});
    QCOMPARE(row.cells.size(), std::size_t{1});
}

void CascadeTest::barredJudgeIsNeverCalled()
{
    std::atomic<int> judged{0};
    signalbox::testing::ScriptedServer server([&](const signalbox::testing::SeenRequest& seen) {
        judged += modelIn(seen) == "judge-mini";
        return jsonAnswer("draft");
    });
    test::LiveCascade live(zeroLatency());
    json p = test::basePolicy(server.url());
    p["endpoints"].push_back({{"id", "cloud"}, {"protocol", "openai"}, {"base_url", server.url()}, {"residency", "us"}});
    p["models"][3]["endpoint"] = "cloud";
    p["triggers"] = json::array({test::groundingTrigger(3.5)});
    p["rules"] = {{{"id", "pii"}, {"when", {{"keyword", "secret"}}}, {"allow_residency", {"on_prem"}}, {"reason", "policy.pii"}}};
    for (const TraceMode mode : {TraceMode::Policy, TraceMode::AllTiers}) {
        const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "a secret"), {mode, "d"});
        QCOMPARE(judged.load(), 0);
        QCOMPARE(t->hops[0].gates[0].reason, std::string("gate.judge_barred.grounding"));
        QVERIFY(!t->quality);
    }
}

void CascadeTest::allTiersMeansTiersOutsideTheOrderToo()
{
    test::LiveCascade live(zeroLatency());
    json p = test::basePolicy();
    p["cascade"]["order"] = {"T0"};
    p["tiers"][2]["budget"] = {{"max_cost_usd", 1e-9}}; // evidence is gathered without budgets
    QCOMPARE(live.run(test::compiled(p), Request::fromPrompt("one", "hello"), {TraceMode::AllTiers, "d"})->hops.size(), std::size_t{3});
}

void CascadeTest::traceThatCannotBeWrittenEndsTheBatch()
{
    class FullDisk : public TraceSink
    {
    public:
        void record(TracePtr, Durable durable) override { durable(fail("workspace.disk_full", "The disk is full")); }
    } full;
    test::LiveCascade live(zeroLatency());
    CascadeEngine engine(*live.transport, full, live.secrets, nullptr, {live.sandbox->baseUrl(), 1});
    std::vector<Request> requests;
    for (int i = 0; i < 200; ++i)
        requests.push_back(Request::fromPrompt(std::to_string(i), "hello"));
    std::atomic<int> shown{0};
    const BatchProgress end = Batch::start(engine, test::compiled(test::basePolicy()), requests, {TraceMode::Policy, "d"}, 4,
                                           [&](const BatchProgress&, const TracePtr& trace) { shown += trace != nullptr; })->wait();
    QVERIFY(end.cancelled && end.notRecorded > 0 && end.started < 200);
    QCOMPARE(shown.load(), 0);
}

void CascadeTest::personIsNeverKeptFromAPerson()
{
    test::LiveCascade live(zeroLatency());
    for (const TraceMode mode : {TraceMode::Policy, TraceMode::AllTiers}) {
        const TracePtr t = live.run(test::compiled(samplePolicy()), Request::fromPrompt("one", "I want to talk to a person"), {mode, "d"});
        QCOMPARE(t->status, TraceStatus::HandedOff);
        QVERIFY(t->hops.empty() && t->charges.empty());
        QVERIFY(has(t->reasons, "policy.human_requested"));
    }
    QCOMPARE(live.sandbox->counters().requests, std::uint64_t{0});
}

void CascadeTest::refusedEndpointEndsTheHopAndTheRunGoesOn()
{
    int port = 0;
    {
        signalbox::testing::ScriptedServer gone([](const signalbox::testing::SeenRequest&) { return signalbox::testing::Script{}; });
        port = gone.port();
    }
    test::LiveCascade live(zeroLatency());
    const TracePtr t = live.run(test::compiled(withT0At("http://127.0.0.1:" + std::to_string(port) + "/v1")), Request::fromPrompt("one", "hello"));
    QCOMPARE(t->hops[0].status, HopStatus::Failed);
    QCOMPARE(t->hops[0].reason, std::string("provider.refused"));
    QVERIFY(t->hops[0].attempts.size() > 1); // a lost connection may be retried
    QCOMPARE(t->status, TraceStatus::Answered);
    QCOMPARE(t->finalTier, std::string("T1"));
    QVERIFY(has(t->reasons, "provider.refused"));
    for (const Charge& c : t->charges)
        QCOMPARE(c.hop, 1); // nothing was sold by a server that was not there
}

void CascadeTest::stalledEndpointMeetsItsDeadline()
{
    for (const bool headersCame : {true, false}) {
        signalbox::testing::ScriptedServer server([headersCame](const signalbox::testing::SeenRequest&) {
            return signalbox::testing::Script{signalbox::testing::send(headersCame ? signalbox::testing::streamHead() : ""),
                                              signalbox::testing::pauseAt("never")};
        });
        test::LiveCascade live(zeroLatency());
        json p = withT0At(server.url());
        p["tiers"][0]["budget"] = {{"deadline_ms", 150}};
        const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "hello"));
        QCOMPARE(t->hops[0].status, HopStatus::Failed);
        QCOMPARE(t->hops[0].reason, std::string("budget.deadline"));
        QVERIFY(t->hops[0].totalMs >= 150);
        QCOMPARE(t->finalTier, std::string("T1"));
        // The server had the request: what it cost is not known, and is not zero.
        QVERIFY(!t->cost().total());
        QCOMPARE(t->charges.at(0).hop, 0);
        QCOMPARE(t->charges.at(0).purpose, std::string("model"));
        QVERIFY(!t->charges.at(0).cost);
    }
}

void CascadeTest::cancelledBeforeAnyByteCostsUnknown()
{
    signalbox::testing::ScriptedServer server([](const signalbox::testing::SeenRequest&) {
        return signalbox::testing::Script{signalbox::testing::pauseAt("never")};
    });
    test::LiveCascade live(zeroLatency());
    const auto watcher = std::make_shared<test::Watcher>();
    const RunId run = live.engine->start(test::compiled(withT0At(server.url())), Request::fromPrompt("one", "hello"), {}, watcher);
    QVERIFY(server.waitForRequests(1));
    live.engine->cancel(run);
    const TracePtr t = watcher->wait();
    QCOMPARE(t->status, TraceStatus::Cancelled);
    QCOMPARE(t->charges.size(), std::size_t{1});
    QVERIFY(!t->charges[0].cost);
    QVERIFY(!t->cost().total());
}

void CascadeTest::cutStreamAndGarbageAreFailures()
{
    using namespace signalbox::testing;
    for (const bool garbage : {false, true}) {
        ScriptedServer server([garbage](const SeenRequest&) -> Script {
            if (garbage)
                return {signalbox::testing::send(response("200 OK", "Content-Type: text/html\r\n", "<html>Welcome</html>"))};
            return {signalbox::testing::send(streamHead()), signalbox::testing::send(chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"half an ans\"}}]}\n\n")), hangUp()};
        });
        test::LiveCascade live(zeroLatency());
        const TracePtr t = live.run(test::compiled(withT0At(server.url())), Request::fromPrompt("one", "hello"));
        QCOMPARE(t->hops[0].status, HopStatus::Failed);
        QCOMPARE(t->hops[0].reason, std::string(garbage ? "provider.garbage" : "provider.cut"));
        QCOMPARE(t->status, TraceStatus::Answered);
        if (!garbage)
            QCOMPARE(t->hops[0].text, std::string("half an ans"));
    }
}

void CascadeTest::policySaysWhatBecomesOfABrokenAnswer()
{
    using namespace signalbox::testing;
    ScriptedServer server([](const SeenRequest&) -> Script {
        return {signalbox::testing::send(streamHead()), signalbox::testing::send(chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"half an ans\"}}]}\n\n")), hangUp()};
    });
    const auto ran = [&](const char* stream, const char* afterCut, bool standIn) {
        json p = withT0At(server.url());
        p["cascade"]["stream"] = stream;
        if (*afterCut)
            p["cascade"]["after_cut"] = afterCut;
        if (standIn)
            p["tiers"][0]["fallback"] = json::array({"T2"});
        test::LiveCascade live(zeroLatency());
        return live.run(test::compiled(p), Request::fromPrompt("one", "hello"));
    };
    // What the user has begun to read: kept and marked, whatever comes then.
    for (const bool standIn : {false, true}) {
        const TracePtr stopped = ran("all", "stop", standIn);
        QCOMPARE(stopped->status, TraceStatus::Failed);
        QCOMPARE(stopped->answer, std::string("half an ans"));
        QCOMPARE(stopped->hops.size(), std::size_t{1});
        QVERIFY(stopped->hops[0].partial && stopped->ttftMs && *stopped->ttftMs <= stopped->latencyMs);
        QVERIFY(stopped->finalTier.empty() && !stopped->quality);
        QCOMPARE(stopped->reasons.back(), std::string("stream.stopped"));
        QVERIFY(has(stopped->reasons, "provider.cut"));
        const TracePtr restarted = ran("all", "restart", standIn);
        QCOMPARE(restarted->status, TraceStatus::Answered);
        QCOMPARE(restarted->finalTier, std::string(standIn ? "T2" : "T1"));
        QVERIFY(restarted->hops[0].partial && has(restarted->reasons, "stream.restarted"));
        QCOMPARE(ran("all", "", standIn)->reasons, restarted->reasons); // the default
    }
    // Nobody has read anything: it is no cut in sight.
    const TracePtr hidden = ran("first_acceptable", "", false);
    QCOMPARE(hidden->status, TraceStatus::Answered);
    QVERIFY(!has(hidden->reasons, "stream.restarted"));
}

void CascadeTest::blankAnswersEscalate()
{
    {
        signalbox::testing::ScriptedServer server([](const signalbox::testing::SeenRequest&) { return jsonAnswer(" \n"); });
        test::LiveCascade live(zeroLatency());
        const TracePtr t = live.run(test::compiled(withT0At(server.url())), Request::fromPrompt("one", "hello"));
        QCOMPARE(t->hops[0].status, HopStatus::Failed);
        QCOMPARE(t->hops[0].reason, std::string("provider.empty_answer"));
        QCOMPARE(t->finalTier, std::string("T1"));
        QVERIFY(t->charges.at(0).hop == 0 && t->charges.at(0).cost); // the server said what it counted
    }
    // A judge that says nothing has not passed the draft.
    signalbox::testing::ScriptedServer server([](const signalbox::testing::SeenRequest& seen) {
        return jsonAnswer(modelIn(seen) == "judge-mini" ? "" : "draft");
    });
    test::LiveCascade live(zeroLatency());
    json p = test::basePolicy(server.url());
    p["triggers"] = json::array({test::groundingTrigger(3.5)});
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "hello"));
    QCOMPARE(t->hops.size(), std::size_t{3});
    QCOMPARE(t->hops[0].reason, std::string("gate.judge_failed.grounding"));
    QVERIFY(has(t->reasons, "gate.judge_failed.grounding"));
    QVERIFY(!t->quality);
}

void CascadeTest::rateLimitIsRetriedBadRequestIsNot()
{
    using namespace signalbox::testing;
    std::atomic<int> calls{0};
    ScriptedServer limited([&](const SeenRequest&) -> Script {
        if (++calls == 1)
            return {signalbox::testing::send(response("429 Too Many Requests", "Retry-After: 0\r\n", R"({"error":{"message":"slow down"}})"))};
        return jsonAnswer("second try");
    });
    test::LiveCascade live(zeroLatency());
    const TracePtr ok = live.run(test::compiled(withT0At(limited.url())), Request::fromPrompt("one", "hello"));
    QCOMPARE(ok->status, TraceStatus::Answered);
    QCOMPARE(ok->finalTier, std::string("T0"));
    QCOMPARE(ok->hops[0].attempts.size(), std::size_t{2});
    QCOMPARE(ok->hops[0].attempts[0].errorKind, std::string("provider.rate_limited"));

    std::atomic<int> bad{0};
    ScriptedServer refusing([&](const SeenRequest&) -> Script {
        ++bad;
        return {signalbox::testing::send(response("400 Bad Request", "", R"({"error":{"message":"no"}})"))};
    });
    const TracePtr failed = live.run(test::compiled(withT0At(refusing.url())), Request::fromPrompt("one", "hello"));
    QCOMPARE(bad.load(), 1);
    QCOMPARE(failed->status, TraceStatus::Failed);
    QCOMPARE(failed->hops.size(), std::size_t{1});
    QVERIFY(has(failed->reasons, "provider.bad_request"));
    QVERIFY(failed->charges.empty()); // turned away: known to cost nothing
}

void CascadeTest::judgeThatTalksNonsenseEscalates()
{
    signalbox::testing::ScriptedServer server([](const signalbox::testing::SeenRequest& seen) {
        return jsonAnswer(modelIn(seen) == "judge-mini" ? "I quite liked it, 11 out of 5" : "draft");
    });
    test::LiveCascade live(zeroLatency());
    json p = test::basePolicy(server.url());
    p["triggers"] = json::array({test::groundingTrigger(3.5)});
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "hello"));
    QCOMPARE(t->hops.size(), std::size_t{3});
    QCOMPARE(t->hops[0].reason, std::string("gate.judge_failed.grounding"));
    QCOMPARE(t->hops[0].gates[0].verdict, GateVerdict::Error);
    QVERIFY(!t->hops[0].gates[0].rawScore);
    QVERIFY(!t->quality); // nobody judged it: unknown, not zero
    QCOMPARE(t->status, TraceStatus::Answered);
    QVERIFY(has(t->reasons, "cascade.last_tier"));
    int judgeAttempts = 0;
    for (const Attempt& a : t->hops[0].attempts)
        judgeAttempts += a.purpose == "judge:grounding";
    QCOMPARE(judgeAttempts, 2);
}

void CascadeTest::unpricedModelCostsUnknown()
{
    test::LiveCascade live(zeroLatency());
    json p = test::basePolicy();
    p["models"][0].erase("price");
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "hello"));
    QCOMPARE(t->charges.size(), std::size_t{1});
    QVERIFY(!t->charges[0].cost);
    QVERIFY(!t->cost().total());
    QCOMPARE(t->cost().knownShare(), 0.0);
}

void CascadeTest::cancelKeepsWhatCame()
{
    using namespace signalbox::testing;
    ScriptedServer server([](const SeenRequest&) -> Script {
        return {signalbox::testing::send(streamHead()), signalbox::testing::send(chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"so far\"}}]}\n\n")), pauseAt("never")};
    });
    test::LiveCascade live(zeroLatency());
    const auto watcher = std::make_shared<test::Watcher>();
    const RunId run = live.engine->start(test::compiled(withT0At(server.url())), Request::fromPrompt("one", "hello"), {}, watcher);
    watcher->waitForText();
    live.engine->cancel(run);
    const TracePtr t = watcher->wait();
    QCOMPARE(t->status, TraceStatus::Cancelled);
    QCOMPARE(t->hops[0].text, std::string("so far"));
    QCOMPARE(t->hops[0].status, HopStatus::Cancelled);
    QVERIFY(has(t->reasons, "cancelled"));
    QCOMPARE(live.sink.traces().size(), std::size_t{1});
}

void CascadeTest::cancelledBatchKeepsPartialResults()
{
    test::LiveCascade live(zeroLatency());
    std::vector<Request> requests;
    for (int i = 0; i < 500; ++i)
        requests.push_back(Request::fromPrompt(std::to_string(i), "hello " + std::to_string(i)));
    std::shared_ptr<Batch> batch;
    std::atomic<int> seen{0};
    std::promise<void> some;
    batch = Batch::start(*live.engine, test::compiled(test::basePolicy()), requests, {TraceMode::Policy, "d"}, 8,
                         [&](const BatchProgress& progress, const TracePtr&) {
                             if (progress.finished >= 20 && seen.exchange(1) == 0)
                                 some.set_value();
                         });
    some.get_future().wait();
    batch->cancel();
    const BatchProgress end = batch->wait();
    QVERIFY(end.cancelled && end.done);
    QVERIFY(end.finished >= 20 && end.finished < 500);
    QCOMPARE(end.finished, end.started);
    QCOMPARE(live.sink.traces().size(), static_cast<std::size_t>(end.finished));
}

void CascadeTest::wholeBatchEndsWithOneTraceEach()
{
    test::LiveCascade live(zeroLatency(), sampleDocuments());
    const std::vector<Request> requests = sampleRequests();
    const std::vector<TracePtr> traces = live.runAll(test::compiled(samplePolicy()), requests, TraceMode::Policy, 32);
    std::set<std::string> ids, tiers;
    for (const TracePtr& t : traces) {
        ids.insert(t->promptId);
        tiers.insert(t->finalTier);
        QVERIFY(!t->reasons.empty());
        for (const Hop& hop : t->hops) {
            QVERIFY(!hop.reason.empty());
            if (hop.status == HopStatus::Escalated)
                QVERIFY(!hop.trigger.empty());
        }
    }
    QCOMPARE(ids.size(), requests.size());
    QVERIFY(tiers.count("T0") && tiers.count("T1") && tiers.count("T2"));
}

void CascadeTest::routeCarriesItsTemplate()
{
    // A server that writes down the system prompts it is given.
    test::LiveCascade live(zeroLatency());
    std::mutex mutex;
    std::vector<std::string> prompts;
    signalbox::testing::ScriptedServer server([&](const signalbox::testing::SeenRequest& seen) {
        const std::lock_guard lock(mutex);
        prompts.push_back(json::parse(seen.body)["messages"][0]["content"].get<std::string>());
        return jsonAnswer("fine");
    });
    json p = withT0At(server.url());
    p["system_prompt"] = "Be kind.";
    for (json& model : p["models"])
        model["endpoint"] = "odd";
    const auto withTemplate = [&](const char* words) {
        auto policy = std::make_shared<Policy>(*test::decoded(p));
        policy->templates = {{"other", "Other words."}, {"refund", words}};
        Rule rule;
        rule.id = "refund";
        rule.when.keywords = {"refund"};
        rule.route = Route::toTier(1);
        rule.locked = true;
        rule.carries.templateId = "refund";
        rule.carries.promptTemplate = 1;
        rule.reason = "policy.refund";
        policy->rules = {rule};
        return std::make_shared<const CompiledPolicy>(policy);
    };
    const CompiledPolicyPtr policy = withTemplate("Handle refunds.");
    const TracePtr refund = live.run(policy, Request::fromPrompt("one", "a refund"));
    const TracePtr plain = live.run(policy, Request::fromPrompt("two", "hello"));
    QVERIFY((prompts == std::vector<std::string>{"Handle refunds.", "Be kind."}));
    QVERIFY(refund->promptVersion != plain->promptVersion);
    QCOMPARE(plain->promptVersion, promptVersion(*test::decoded(p))); // evidence from before there were templates stays

    // What-if takes an answer as evidence only for the words that it was given.
    auto matrix = std::make_shared<OutcomeMatrix>();
    for (const char* prompt : {"a refund", "hello"})
        matrix->rows.push_back(outcomeRowOf(*live.run(policy, Request::fromPrompt(prompt, prompt), {TraceMode::AllTiers, "d"})));
    WhatIf whatIf(matrix);
    QCOMPARE(whatIf.simulate(*policy, 10).incomplete, 0);
    const WhatIfResult other = whatIf.simulate(*withTemplate("Refuse refunds."), 10);
    QVERIFY(!other.runs[0].complete);
    QVERIFY(other.runs[1].complete);
    // A trigger's route can bring another template: nobody knows what that would have said.
    auto triggered = std::make_shared<Policy>(policy->policy());
    Trigger shape;
    shape.id = "shape";
    shape.gate = GateKind::JsonSchema;
    shape.carries.promptTemplate = 0;
    triggered->triggers = {shape};
    prompts.clear();
    const TracePtr escalated = live.run(std::make_shared<const CompiledPolicy>(triggered), Request::fromPrompt("one", "hello"));
    QCOMPARE(escalated->hops.size(), std::size_t{3});
    QVERIFY((prompts == std::vector<std::string>{"Be kind.", "Other words.", "Other words."}));
}

void CascadeTest::samplingIsSentAndTellsEvidenceApart()
{
    test::LiveCascade live(zeroLatency());
    json sent;
    signalbox::testing::ScriptedServer server([&](const signalbox::testing::SeenRequest& seen) {
        sent = json::parse(seen.body);
        return jsonAnswer("fine");
    });
    auto policy = std::make_shared<Policy>(*test::decoded(withT0At(server.url())));
    const std::string before = promptVersion(*policy);
    live.run(std::make_shared<const CompiledPolicy>(policy), Request::fromPrompt("one", "hello"));
    QVERIFY(!sent.contains("temperature") && !sent.contains("top_p"));
    auto cool = std::make_shared<Policy>(*policy);
    cool->tiers[0].temperature = 0.2;
    cool->tiers[0].topP = 0.9;
    live.run(std::make_shared<const CompiledPolicy>(cool), Request::fromPrompt("one", "hello"));
    QCOMPARE(sent["temperature"].get<double>(), 0.2);
    QCOMPARE(sent["top_p"].get<double>(), 0.9);
    QVERIFY(promptVersion(*cool) != before);
}

void CascadeTest::replicasAreDrawnByWeight()
{
    test::LiveCascade live(zeroLatency());
    auto policy = std::make_shared<Policy>(*test::decoded(test::basePolicy()));
    policy->tiers[0].modelIds = {"m0", "m1"};
    policy->tiers[0].models = {0, 1};
    policy->tiers[0].weights = {3, 1};
    const auto share = [&] {
        std::vector<Request> requests;
        for (int i = 0; i < 400; ++i)
            requests.push_back(Request::fromPrompt("p" + std::to_string(i), "hello " + std::to_string(i)));
        int first = 0;
        for (const TracePtr& t : live.runAll(std::make_shared<const CompiledPolicy>(policy), requests, TraceMode::Policy))
            first += t->model == "m0";
        return first;
    };
    const int byWeight = share(); // 300 expected, standard deviation 8.7
    QVERIFY2(byWeight > 256 && byWeight < 344, QByteArray::number(byWeight));
    QCOMPARE(share(), byWeight); // the same requests meet the same replicas
}

void CascadeTest::nothingIsRunWithoutAPartOfItsPolicy()
{
    test::LiveCascade live(zeroLatency());
    auto policy = std::make_shared<Policy>(*test::decoded(test::basePolicy()));
    policy->stickiness = Stickiness{};
    const auto compiled = std::make_shared<const CompiledPolicy>(policy);
    const TracePtr t = live.run(compiled, Request::fromPrompt("one", "hello"));
    QCOMPARE(t->status, TraceStatus::Failed);
    QCOMPARE(t->reasons.front(), std::string("policy.not_runnable_yet"));
    QCOMPARE(live.sandbox->counters().requests, std::uint64_t{0});
    auto matrix = std::make_shared<OutcomeMatrix>();
    matrix->rows.resize(2);
    QCOMPARE(WhatIf(matrix).simulate(*compiled, 10).incomplete, 2);
}

void CascadeTest::whatIfPredictsLiveRequestByRequest()
{
    const std::vector<Document> documents = sampleDocuments();
    test::LiveCascade live(zeroLatency(), documents);
    json base = samplePolicy();
    for (json& tier : base["tiers"])
        tier["budget"].erase("deadline_ms"); // how fast this machine is must not decide who answers
    base["cascade"]["carry"] = {"retrieval"}; // without the draft the prediction is exact to the nano-dollar
    const std::vector<TracePtr> evidence = live.runAll(test::compiled(base), sampleRequests(), TraceMode::AllTiers, 32);
    auto matrix = std::make_shared<OutcomeMatrix>();
    for (const TracePtr& t : evidence)
        matrix->rows.push_back(outcomeRowOf(*t));
    WhatIf whatIf(matrix);

    std::vector<json> others(5, base);
    others[0]["triggers"][1]["below"] = 4.6;
    others[1]["triggers"][1]["below"] = 2.0;
    others[1]["router"]["medium_at"] = 2.0;
    others[2]["cascade"]["max_hops"] = 2;
    others[2]["router"]["map"][0]["min_confidence"] = 0.9;
    others[3]["cascade"]["when_exhausted"] = "human";
    others[3]["triggers"][1]["below"] = 4.9;
    others[3]["rules"] = json::array();
    others[4]["triggers"][1]["below"] = 4.6;
    others[4]["cascade"].erase("carry"); // whoever comes second is not told what was found: what it says then was not recorded
    int escalated = 0;
    int handedOff = 0;
    for (const json& b : others) {
        const CompiledPolicyPtr policy = test::compiled(b);
        const WhatIfResult predicted = whatIf.simulate(*policy, 50);
        std::map<std::string, RunResult> actual;
        for (const TracePtr& t : live.runAll(policy, sampleRequests(), TraceMode::Policy, 32))
            actual[t->promptId] = resultOf(*t);
        int compared = 0;
        int otherPassages = 0;
        for (const SimulatedRun& run : predicted.runs) {
            const RunResult& p = run.result;
            const RunResult& a = actual.at(p.promptId);
            if (run.missing == "whatif.other_passages") {
                QVERIFY2(a.hops > 1, a.promptId.c_str());
                ++otherPassages;
            }
            if (!run.complete)
                continue; // a request that the evidence run handed to a person has no outcomes
            ++compared;
            const QByteArray where = QByteArray::fromStdString(p.promptId + " " + run.path);
            QVERIFY2(p.tier == a.tier, where);
            QVERIFY2(p.status == a.status, where);
            QVERIFY2(p.hops == a.hops && p.escalations == a.escalations, where);
            QVERIFY2(p.reasons == a.reasons, where);
            QVERIFY2(p.quality == a.quality, where);
            QVERIFY2(p.cost.total() == a.cost.total(), where);
            escalated += p.escalations > 0;
            handedOff += p.status == TraceStatus::HandedOff;
        }
        QVERIFY(compared + otherPassages >= 300);
        QCOMPARE(otherPassages > 0, !b["cascade"].contains("carry"));
    }
    QVERIFY(escalated > 100);
    QVERIFY(handedOff > 10);
}

QTEST_GUILESS_MAIN(CascadeTest)
#include "tst_cascade.moc"
