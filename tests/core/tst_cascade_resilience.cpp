// SPDX-License-Identifier: GPL-3.0-or-later
// What happens when endpoints are down: fallbacks, breakers, lanes. Over real sockets, against scripted
// servers.
#include "providers/errors.h"
#include "tests/support/live_cascade.h"
#include "tests/support/policies.h"
#include "tests/support/scripted_server.h"

#include <QtTest>

#include <atomic>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

using namespace signalbox;
using nlohmann::json;
using signalbox::testing::ScriptedServer;
using signalbox::testing::SeenRequest;

namespace {

std::string zeroLatency()
{
    return test::sourceFile("resources/scenarios/zero-latency.json");
}

signalbox::testing::Script answered(const std::string& content)
{
    const json body = {
        {"id", "x"},
        {"object", "chat.completion"},
        {"choices", json::array({{{"index", 0},
                                  {"finish_reason", "stop"},
                                  {"message", {{"role", "assistant"}, {"content", content}}}}})},
        {"usage", {{"prompt_tokens", 10}, {"completion_tokens", 5}}}};
    return {signalbox::testing::send(
        signalbox::testing::response("200 OK", "Content-Type: application/json\r\n", body.dump()))};
}

signalbox::testing::Script unavailable()
{
    return {signalbox::testing::send(signalbox::testing::response("503 Service Unavailable", "", ""))};
}

/// What a server says that is none of ours: it is not asked again.
signalbox::testing::Script noAnswer()
{
    return {signalbox::testing::send(signalbox::testing::response("200 OK", "Content-Type: text/html\r\n", "<html></html>"))};
}

/// A server of many models, some of which are down, and how often each was asked.
struct Fleet
{
    explicit Fleet(std::set<std::string> broken) : down(std::move(broken)) {}

    int callsOf(const std::string& model)
    {
        const std::lock_guard lock(mutex);
        return calls[model];
    }
    /// Every tier on an endpoint of its own: they fail one by one.
    json policy() const
    {
        json p = test::basePolicy(server.url());
        p["endpoints"] = json::array();
        for (const char* name : {"a", "b", "c"}) {
            const std::string url = "http://127.0.0.1:" + std::to_string(server.port()) + "/" + name + "/v1";
            p["endpoints"].push_back(
                {{"id", name}, {"protocol", "openai"}, {"base_url", url}, {"residency", "on_prem"}});
        }
        p["models"][0]["endpoint"] = "a";
        p["models"][1]["endpoint"] = "b";
        p["models"][2]["endpoint"] = "c";
        p["models"][3]["endpoint"] = "c";
        return p;
    }

    std::set<std::string> down;
    std::mutex mutex;
    std::map<std::string, int> calls;
    ScriptedServer server{[this](const SeenRequest& seen) {
        const std::string model = json::parse(seen.body).value("model", "");
        const std::lock_guard lock(mutex);
        ++calls[model];
        return down.contains(model) ? unavailable() : answered("from " + model);
    }};
};

bool has(const TracePtr& trace, const std::string& reason)
{
    return std::ranges::find(trace->reasons, reason) != trace->reasons.end();
}

Request request(int n = 1)
{
    return Request::fromPrompt("r" + std::to_string(n), "hello " + std::to_string(n));
}

} // namespace

class CascadeResilienceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFallbackStandsInAndIsNoEscalation();
    void fallbacksGoOnUntilOneAnswers();
    void aDirectCascadeHasFallbacks();
    void afterTheFallbacksTheOrderGoesOn();
    void nothingIsAskedTwiceOfWhatIsDown();
    void aBarredTierNeverStandsIn();
    void aBadRequestHasNoFallback();
    void aBreakerLeavesAnEndpointAlone();
    void aSilentProbeDoesNotCloseABreaker();
    void healthyReplicasArePreferred();
    void evidenceIsGatheredAllTheSame();
    void aBatchLeavesRoomForAPerson();
    void whatWaitsCanBeCancelled();
};

void CascadeResilienceTest::aFallbackStandsInAndIsNoEscalation()
{
    Fleet fleet({"support-3b-ft"});
    json p = fleet.policy();
    p["tiers"][0]["fallback"] = {"T2"};
    test::LiveCascade live(zeroLatency());
    const TracePtr t = live.run(test::compiled(p), request());
    QCOMPARE(t->status, TraceStatus::Answered);
    QCOMPARE(t->finalTier, std::string("T2"));
    QCOMPARE(t->answer, std::string("from frontier"));
    QCOMPARE(t->escalations, 0);
    QCOMPARE(t->hops.size(), std::size_t{2});
    QCOMPARE(t->hops[0].status, HopStatus::Failed);
    QCOMPARE(t->hops[0].reason, std::string(error_kind::unavailable));
    QVERIFY(has(t, "availability.fallback"));
    QCOMPARE(fleet.callsOf("mid-mini"), 0);
}

void CascadeResilienceTest::fallbacksGoOnUntilOneAnswers()
{
    Fleet fleet({"support-3b-ft", "mid-mini"});
    json p = fleet.policy();
    p["tiers"][0]["fallback"] = {"T1"};
    p["tiers"][1]["fallback"] = {"T2"}; // of the one that stands in
    p["cascade"] = {{"pattern", "direct"}};
    test::LiveCascade live(zeroLatency());
    const TracePtr t = live.run(test::compiled(p), request());
    QCOMPARE(t->status, TraceStatus::Answered);
    QCOMPARE(t->finalTier, std::string("T2"));
    QCOMPARE(t->escalations, 0);
    QCOMPARE(t->hops.size(), std::size_t{3});
}

void CascadeResilienceTest::aDirectCascadeHasFallbacks()
{
    Fleet fleet({"frontier"});
    json p = fleet.policy();
    p["router"]["otherwise"] = "T2";
    p["tiers"][2]["fallback"] = {"T0"}; // downwards
    p["cascade"] = {{"pattern", "direct"}};
    test::LiveCascade live(zeroLatency());
    const TracePtr t = live.run(test::compiled(p), request());
    QCOMPARE(t->finalTier, std::string("T0"));
    QCOMPARE(t->escalations, 0);
}

void CascadeResilienceTest::afterTheFallbacksTheOrderGoesOn()
{
    Fleet fleet({"support-3b-ft", "frontier"});
    json p = fleet.policy();
    p["tiers"][0]["fallback"] = {"T2"};
    test::LiveCascade live(zeroLatency());
    const TracePtr t = live.run(test::compiled(p), request());
    QCOMPARE(t->finalTier, std::string("T1"));
    QCOMPARE(t->hops.size(), std::size_t{3});
    QCOMPARE(t->hops[1].tier, std::string("T2"));
}

void CascadeResilienceTest::nothingIsAskedTwiceOfWhatIsDown()
{
    Fleet fleet({"support-3b-ft", "mid-mini", "frontier"});
    json p = fleet.policy();
    p["tiers"][0]["fallback"] = {"T1", "T2"};
    p["tiers"][1]["fallback"] = {"T2"};
    test::LiveCascade live(zeroLatency());
    const TracePtr t = live.run(test::compiled(p), request());
    QCOMPARE(t->status, TraceStatus::Failed);
    std::vector<std::string> tiers;
    for (const Hop& hop : t->hops)
        tiers.push_back(hop.tier);
    QCOMPARE(tiers, (std::vector<std::string>{"T0", "T1", "T2"}));
}

void CascadeResilienceTest::aBarredTierNeverStandsIn()
{
    Fleet fleet({"support-3b-ft"});
    json p = fleet.policy();
    p["tiers"][0]["fallback"] = {"T2", "T1"};
    p["rules"] = json::array({{{"id", "gap"}, {"when", {{"keyword", "hello"}}}, {"exclude", {"T2"}}, {"reason", "policy.gap"}}});
    test::LiveCascade live(zeroLatency());
    const TracePtr t = live.run(test::compiled(p), request());
    QCOMPARE(t->finalTier, std::string("T1"));
    QCOMPARE(fleet.callsOf("frontier"), 0);
}

void CascadeResilienceTest::aBadRequestHasNoFallback()
{
    ScriptedServer server([](const SeenRequest&) {
        return signalbox::testing::Script{
            signalbox::testing::send(signalbox::testing::response("400 Bad Request", "", ""))};
    });
    json p = test::basePolicy(server.url());
    p["tiers"][0]["fallback"] = {"T2"};
    test::LiveCascade live(zeroLatency());
    const TracePtr t = live.run(test::compiled(p), request());
    QCOMPARE(t->status, TraceStatus::Failed);
    QCOMPARE(t->hops.size(), std::size_t{1});
}

void CascadeResilienceTest::aBreakerLeavesAnEndpointAlone()
{
    Fleet fleet({"support-3b-ft"});
    json p = fleet.policy();
    p["tiers"][0]["fallback"] = {"T1"};
    const CompiledPolicyPtr policy = test::compiled(p);
    test::LiveCascade live(zeroLatency());
    for (int i = 0; i < 2; ++i)
        QCOMPARE(live.run(policy, request(i))->finalTier, std::string("T1"));
    const int before = fleet.callsOf("support-3b-ft");
    QVERIFY(before >= 5);
    const TracePtr t = live.run(policy, request(3));
    QCOMPARE(t->finalTier, std::string("T1"));
    QCOMPARE(t->hops[0].reason, std::string(error_kind::breakerOpen));
    QVERIFY(t->hops[0].attempts.empty());
    QVERIFY(t->charges.size() == 1); // of the tier that answered
    QCOMPARE(fleet.callsOf("support-3b-ft"), before);
}

void CascadeResilienceTest::aSilentProbeDoesNotCloseABreaker()
{
    std::atomic<bool> silent = false;
    ScriptedServer server([&](const SeenRequest& seen) -> signalbox::testing::Script {
        if (json::parse(seen.body).value("model", "") != "support-3b-ft")
            return answered("yes");
        return silent ? signalbox::testing::Script{signalbox::testing::pauseAt("never")} : noAnswer();
    });
    Fleet fleet({}); // for its endpoints, one for each tier
    json p = fleet.policy();
    for (json& endpoint : p["endpoints"])
        endpoint["base_url"] = "http://127.0.0.1:" + std::to_string(server.port()) + "/" + endpoint["id"].get<std::string>() + "/v1";
    p["tiers"][0]["fallback"] = {"T1"};
    p["tiers"][0]["budget"] = {{"first_token_ms", 50}};
    const CompiledPolicyPtr policy = test::compiled(p);
    test::LiveCascade live(zeroLatency());
    const auto whatFirst = [&](int n) { return live.run(policy, request(n))->hops.at(0).reason; };
    int n = 0;
    while (n < 20 && whatFirst(n) != error_kind::breakerOpen)
        ++n;
    QVERIFY(n < 20);
    silent = true;
    std::string reason; // the probe goes out as soon as the breaker's time is over
    for (int i = 0; i < 400 && reason != "budget.first_token"; ++i) {
        QTest::qWait(20);
        reason = whatFirst(++n);
    }
    QCOMPARE(reason, std::string("budget.first_token"));
    // It has said nothing: the next one is a probe again, and its failure opens the breaker anew, a single one.
    silent = false;
    QCOMPARE(whatFirst(++n), std::string(error_kind::garbage));
    QCOMPARE(whatFirst(++n), std::string(error_kind::breakerOpen));
}

void CascadeResilienceTest::healthyReplicasArePreferred()
{
    Fleet fleet({"support-3b-ft"});
    json p = fleet.policy();
    p["tiers"][0]["models"] = {"m0", "m1"};
    p["cascade"] = {{"pattern", "direct"}};
    const CompiledPolicyPtr policy = test::compiled(p);
    test::LiveCascade live(zeroLatency());
    for (int i = 0; i < 20 && fleet.callsOf("support-3b-ft") < 5; ++i)
        live.run(policy, request(i));
    QVERIFY(fleet.callsOf("support-3b-ft") >= 5);
    for (int i = 100; i < 110; ++i) {
        const TracePtr t = live.run(policy, request(i));
        // A probe may go out when the breaker's time is over; every other request meets the healthy replica.
        QVERIFY(t->model == "m1" || t->hops[0].reason == error_kind::unavailable);
    }
    QVERIFY(fleet.callsOf("mid-mini") >= 5);
}

void CascadeResilienceTest::evidenceIsGatheredAllTheSame()
{
    Fleet fleet({"support-3b-ft"});
    const CompiledPolicyPtr policy = test::compiled(fleet.policy());
    test::LiveCascade live(zeroLatency());
    for (int i = 0; i < 3; ++i) {
        const TracePtr t = live.run(policy, request(i), {TraceMode::AllTiers, "test"});
        QCOMPARE(t->hops.size(), std::size_t{3});
        QCOMPARE(t->hops[0].reason, std::string(error_kind::unavailable));
        QVERIFY(!t->hops[0].attempts.empty());
    }
}

void CascadeResilienceTest::aBatchLeavesRoomForAPerson()
{
    std::mutex mutex;
    std::string order; // b: of the batch, p: the person's
    ScriptedServer server([&](const SeenRequest& seen) {
        const bool person = seen.body.find("a person") != std::string::npos;
        const std::lock_guard lock(mutex);
        order += person ? 'p' : 'b';
        signalbox::testing::Script script = answered("yes");
        if (!person)
            script.insert(script.begin(), signalbox::testing::pauseAt("batch"));
        return script;
    });
    json p = test::basePolicy(server.url());
    p["cascade"] = {{"pattern", "direct"}};
    const CompiledPolicyPtr policy = test::compiled(p);
    test::LiveCascade live(zeroLatency(), {}, 1, {4, 1});
    std::vector<Request> requests;
    for (int i = 0; i < 20; ++i)
        requests.push_back(request(i));
    const auto batch = Batch::start(*live.engine, policy, std::move(requests), {TraceMode::Policy, "test"},
                                    20, [](const BatchProgress&, const TracePtr&) {});
    QTRY_COMPARE(([&] {
                     const std::lock_guard lock(mutex);
                     return order;
                 }()),
                 std::string("bbb")); // three of the four slots, and no more
    const TracePtr t = live.run(policy, Request::fromPrompt("me", "I am a person"));
    QCOMPARE(t->status, TraceStatus::Answered);
    {
        const std::lock_guard lock(mutex);
        QCOMPARE(order, std::string("bbbp"));
    }
    server.open("batch");
    QCOMPARE(batch->wait().finished, 20);
}

void CascadeResilienceTest::whatWaitsCanBeCancelled()
{
    ScriptedServer server([&](const SeenRequest&) {
        signalbox::testing::Script script = answered("yes");
        script.insert(script.begin(), signalbox::testing::pauseAt("all"));
        return script;
    });
    json p = test::basePolicy(server.url());
    const CompiledPolicyPtr policy = test::compiled(p);
    test::LiveCascade live(zeroLatency(), {}, 1, {1, 0});
    const auto first = std::make_shared<test::Watcher>();
    live.engine->start(policy, request(1), {}, first);
    const auto second = std::make_shared<test::Watcher>();
    const RunId waiting = live.engine->start(policy, request(2), {}, second);
    live.engine->cancel(waiting);
    const TracePtr t = second->wait(); // a trace of what never began, too
    QCOMPARE(t->status, TraceStatus::Cancelled);
    QVERIFY(t->hops.empty());
    QVERIFY(t->charges.empty());
    server.open("all");
    QCOMPARE(first->wait()->status, TraceStatus::Answered);
    QCOMPARE(live.run(policy, request(3))->status, TraceStatus::Answered); // the slot is free again
}

QTEST_GUILESS_MAIN(CascadeResilienceTest)
#include "tst_cascade_resilience.moc"
