// SPDX-License-Identifier: GPL-3.0-or-later
// Replicas of a tier: who is asked, what becomes of a request whose replica is not available, and who is left alone for
// a while. Over real sockets, against scripted servers.
#include "cascade/replica.h"
#include "providers/errors.h"
#include "routers/run_support.h"
#include "tests/support/live_cascade.h"
#include "tests/support/policies.h"
#include "tests/support/scripted_models.h"

#include <QtTest>

#include <algorithm>

using namespace signalbox;
using nlohmann::json;
using namespace signalbox::testing;

class ReplicasTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aSickReplicaIsReplacedByItsTwin_data();
    void aSickReplicaIsReplacedByItsTwin();
    void whoHasReadAWordIsNotToldAnother();
    void aRequestThatIsWrongIsWrongForTheTwin();
    void whenNoneIsAvailableTheFallbackIs();
    void whoAskedToBeLeftAloneIs();
    void modelsRestLongerEachTime();
};

namespace {

Script failsWith(const std::string& status, const std::string& headers = {})
{
    return {send(response(status, headers, R"({"error": {"message": "no"}})"))};
}

/// One tier of two replicas: the first as it is given; the second, behind an address of its own, is well.
json twins(const Models& models, const char* balance, const char* pattern = "direct")
{
    json p = test::basePolicy(models.url());
    json other = p["endpoints"][0];
    other["id"] = "other";
    std::string url = other["base_url"];
    url.replace(url.find("127.0.0.1"), 9, "localhost");
    other["base_url"] = url;
    p["endpoints"].push_back(other);
    p["models"][1]["endpoint"] = "other";
    p["tiers"][0]["models"] = {"m0", "m1"};
    p["tiers"][0]["balance"] = balance;
    p["cascade"] = {{"pattern", pattern}};
    if (std::string(pattern) == "waterfall")
        p["cascade"]["order"] = {"T0", "T2"};
    return p;
}

std::vector<Request> requests(int count)
{
    std::vector<Request> all;
    for (int n = 0; n < count; ++n)
        all.push_back(Request::fromPrompt("r" + std::to_string(n), "hello " + std::to_string(n)));
    return all;
}

bool has(const TracePtr& trace, const std::string& reason)
{
    return std::ranges::find(trace->reasons, reason) != trace->reasons.end();
}

std::string zeroLatency() { return test::sourceFile("resources/scenarios/zero-latency.json"); }

} // namespace

void ReplicasTest::aSickReplicaIsReplacedByItsTwin_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("balance");
    for (const char* status : {"401 Unauthorized", "403 Forbidden", "404 Not Found", "429 Too Many Requests",
                               "503 Service Unavailable", "200 OK"}) { // the last one with something that is no answer
        for (const char* balance : {"weighted", "least_busy"})
            QTest::addRow("%s, %s", status, balance) << QByteArray(status) << QByteArray(balance);
    }
}

void ReplicasTest::aSickReplicaIsReplacedByItsTwin()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, balance);
    Models models({{kSmall, [&](const SeenRequest&) { return failsWith(status.toStdString()); }}});
    const CompiledPolicyPtr policy = test::compiled(twins(models, balance.constData(), "waterfall"));
    test::LiveCascade live(zeroLatency());
    int replaced = 0;
    for (const TracePtr& t : live.runAll(policy, requests(40), TraceMode::Policy, 4)) {
        QVERIFY2(t->status == TraceStatus::Answered, traceToJson(*t).c_str());
        QCOMPARE(t->finalTier, std::string("T0"));
        QCOMPARE(t->escalations, 0);
        QCOMPARE(t->hops.size(), std::size_t{1});
        const Hop& hop = t->hops[0];
        QCOMPARE(hop.model, std::string("m1"));
        const bool triedBoth = hop.attempts.front().errorKind != "";
        QCOMPARE(has(t, "replica.not_available"), triedBoth);
        QVERIFY(hop.ttftMs && *hop.ttftMs <= hop.totalMs);
        QVERIFY(hop.latencyMs <= hop.totalMs + 0.01);
        for (const Charge& charge : t->charges) // what the sick one says costs nothing, but for what is an answer in part
            QVERIFY(charge.model == "m1" || status.startsWith("200"));
        replaced += triedBoth;
    }
    QVERIFY(replaced > 0);
    if (status.startsWith("4")) // what fails at once must not draw every request to itself
        QVERIFY2(replaced < 20, std::to_string(replaced).c_str());
}

void ReplicasTest::whoHasReadAWordIsNotToldAnother()
{
    Models models({{kSmall, [](const SeenRequest&) {
                        Script script = beginsToSay("It is so that");
                        script.back() = hangUp();
                        return script;
                    }}});
    const CompiledPolicyPtr policy = test::compiled(twins(models, "weighted"));
    test::LiveCascade live(zeroLatency());
    int cut = 0;
    for (const TracePtr& t : live.runAll(policy, requests(12), TraceMode::Policy, 1)) {
        if (t->status == TraceStatus::Answered)
            continue;
        ++cut;
        QCOMPARE(t->hops[0].model, std::string("m0"));
        QCOMPARE(t->hops[0].text, std::string("It is so that"));
        QVERIFY(!has(t, "replica.not_available"));
    }
    QVERIFY(cut > 0);
}

void ReplicasTest::aRequestThatIsWrongIsWrongForTheTwin()
{
    Models models({{kSmall, [](const SeenRequest&) { return failsWith("400 Bad Request"); }},
                   {kMid, [](const SeenRequest&) { return failsWith("400 Bad Request"); }}});
    test::LiveCascade live(zeroLatency());
    const TracePtr t = live.run(test::compiled(twins(models, "weighted")), requests(1)[0]);
    QCOMPARE(t->status, TraceStatus::Failed);
    QCOMPARE(models.asked().size(), std::size_t{1});
}

void ReplicasTest::whenNoneIsAvailableTheFallbackIs()
{
    Models models({{kSmall, [](const SeenRequest&) { return failsWith("404 Not Found"); }},
                   {kMid, [](const SeenRequest&) { return failsWith("401 Unauthorized"); }}});
    json p = twins(models, "weighted");
    p["tiers"][0]["fallback"] = {"T2"};
    test::LiveCascade live(zeroLatency());
    const TracePtr t = live.run(test::compiled(p), requests(1)[0]);
    QCOMPARE(t->finalTier, std::string("T2"));
    QCOMPARE(t->hops.size(), std::size_t{2});
    QCOMPARE(t->hops[0].attempts.size(), std::size_t{2}); // both of them
    QVERIFY(has(t, "availability.fallback"));
    QCOMPARE(t->escalations, 0);
}

void ReplicasTest::whoAskedToBeLeftAloneIs()
{
    // The first call says how long; nobody comes again before that is over, since there is a twin.
    Models models({{kSmall, [](const SeenRequest&) { return failsWith("429 Too Many Requests", "Retry-After: 60\r\n"); }}});
    json p = twins(models, "least_busy");
    p["tiers"][0]["budget"] = {{"deadline_ms", 5000}};
    test::LiveCascade live(zeroLatency());
    for (const TracePtr& t : live.runAll(test::compiled(p), requests(30), TraceMode::Policy, 1))
        QCOMPARE(t->status, TraceStatus::Answered);
    const std::vector<std::string> asked = models.asked();
    QCOMPARE(std::ranges::count(asked, std::string(kSmall)), 1);
}

void ReplicasTest::modelsRestLongerEachTime()
{
    CoolDowns rests;
    SteadyTime at = now();
    QCOMPARE(rests.waitMs("m", at), 0.0);
    double last = 0;
    for (int n = 0; n < 10; ++n) {
        rests.failed("m", std::nullopt, at);
        rests.failed("m", std::nullopt, at); // another one that was under way says nothing new
        const double wait = rests.waitMs("m", at);
        QVERIFY(wait > last || wait == 60'000);
        QCOMPARE(rests.waitMs("other", at), 0.0);
        last = wait;
        at = later(at, wait);
        QCOMPARE(rests.waitMs("m", at), 0.0);
    }
    QCOMPARE(last, 60'000.0);
    rests.failed("m", 2'500.0, at);
    QCOMPARE(rests.waitMs("m", at), 2'500.0);
    rests.answered("m");
    QCOMPARE(rests.waitMs("m", at), 0.0);
}

QTEST_GUILESS_MAIN(ReplicasTest)
#include "tst_replicas.moc"
