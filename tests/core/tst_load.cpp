// SPDX-License-Identifier: GPL-3.0-or-later
// Load tests: what the histogram and its intervals promise, arrivals, the worst case, and loops over real
// sockets.
#include "base/random.h"
#include "base/text.h"
#include "cascade/strategy.h"
#include "load/load_test.h"
#include "load/synthetic_prompts.h"
#include "load/worst_case.h"
#include "tests/support/live_cascade.h"
#include "tests/support/policies.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

using namespace signalbox;
using nlohmann::json;

class LoadTestTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void histogramIsWithinOnePercent();
    void histogramIsBounded();
    void barsHoldEveryRequest();
    void ranksAreTheBinomials();
    void intervalsCoverTheQuantile();
    void whatNeverEndsIsInfinitelySlow();
    void arrivalsAreRead_data();
    void arrivalsAreRead();
    void badArrivalsNameTheirLine_data();
    void badArrivalsNameTheirLine();
    void realArrivalsAreRead();
    void randomArrivalsKeepTheirRate();
    void madeUpPromptsHaveTheirLength();
    void worstCaseGoesAllTheWay();
    void worstCaseKnowsItsLimits();
    void worstCaseIsTheEngines();
    void noRequestGoesDeeperThanTheWorstCase();
    void verdictGoesByTheInterval();
    void userTiersHaveTheirOwnObjective();
    void closedLoopSendsWhatItSays();
    void everyRequestGoesTheWholeWayInTheWorstCase();
    void waitingCountsFromTheIntendedTime();
    void failuresAreCountedByKind();
    void stopsWhenAsked();
    void stopsWhenItCostsTooMuch();
    void nobodyWaitsForTheBackground();
    void whatTheTestCutOffIsNoFailure();
    void whatWasTooSlowAlreadyIsOne();
    void reportIsJson();
};

namespace {

json samplePolicyJson()
{
    return json::parse(test::sourceFile("resources/samples/harbor-support.policy.json"));
}

/// One tier on the model "echo".
json echoPolicyJson()
{
    return json::parse(
        R"({"signalbox": 1, "name": "Echo", "priority": "cost", "slo": {"p95_latency_ms": 60000},
        "endpoints": [{"id": "local", "protocol": "openai", "base_url": "sandbox://local/v1", "residency": "on_prem"}],
        "models": [{"id": "echo", "endpoint": "local", "name": "echo", "context_tokens": 8192,
                    "price": {"input_per_mtok": 1000, "output_per_mtok": 1000, "source": "test", "as_of": "2026-11-01"}}],
        "tiers": [{"id": "T0", "models": ["echo"]}],
        "rules": [{"id": "person", "when": {"keyword": ["talk to a person"]}, "route": "human", "locked": true,
                   "reason": "policy.person"}],
        "router": {"kind": "fixed", "otherwise": "T0"},
        "cascade": {"pattern": "direct", "order": ["T0"], "max_hops": 1}})");
}

std::string echoScenario(double timeScale, const std::string& faults = "[]")
{
    return R"({"name": "Echo", "time_scale": )" + std::to_string(timeScale) +
           R"(, "models": {"echo": {"echo": true, "ttft_ms": {"median": 30, "sigma": 0.0},
             "tokens_per_second": {"median": 100000, "sigma": 0.0}}},
             "judge": {"error_rate": 0, "max_error": 0.5}, "faults": )" +
           faults + "}";
}

LoadPlan planFor(std::uint64_t requests, int concurrency)
{
    LoadPlan plan;
    plan.concurrency = concurrency;
    plan.requests = requests;
    plan.request = [](std::uint64_t index, const Arrival*) { return syntheticRequest(index, 40, 0, 1); };
    return plan;
}

LoadReport loaded(test::LiveCascade& live, const PolicyPtr& policy, LoadPlan plan)
{
    const auto test =
        LoadTest::start(*live.engine, std::make_shared<CompiledPolicy>(policy), std::move(plan));
    while (!test->waitFor(std::chrono::minutes(1))) {
    }
    return test->report();
}

} // namespace

void LoadTestTest::histogramIsWithinOnePercent()
{
    Random random(7);
    for (const double sigma : {0.1, 1.0, 3.0}) {
        LatencyHistogram all;
        LatencyHistogram halves[2];
        std::vector<double> values;
        for (int i = 0; i < 5000; ++i) {
            values.push_back(random.logNormal(80, sigma));
            all.add(values.back());
            halves[i % 2].add(values.back());
        }
        halves[0].add(halves[1]);
        std::ranges::sort(values);
        for (const double p : {0.0, 0.001, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
            const auto rank = static_cast<std::size_t>(std::max(1.0, std::ceil(p * 5000)));
            const double exact = values[rank - 1];
            const double told = all.quantile(p).value();
            QVERIFY2(std::abs(told - exact) <= 0.008 * exact + 0.001,
                     qPrintable(QString("%1: %2 for %3").arg(p).arg(told).arg(exact)));
            QCOMPARE(halves[0].quantile(p).value(), told);
        }
        QCOMPARE(all.min().value(), values.front());
        QCOMPARE(all.max().value(), values.back());
    }
}

void LoadTestTest::histogramIsBounded()
{
    LatencyHistogram histogram;
    for (const double ms : {0.0, -3.0, 0.0004, 1e-300, 1.0, 1e6, 1e12, 1e300})
        histogram.add(ms);
    QCOMPARE(histogram.count(), std::uint64_t{8});
    QCOMPARE(histogram.never(), std::uint64_t{0});
    QVERIFY(histogram.bytes() < 64u << 10);
    histogram.add(std::nan(""));
    histogram.add(INFINITY);
    QCOMPARE(histogram.never(), std::uint64_t{2});
    QVERIFY(!LatencyHistogram().quantile(0.5));
    QVERIFY(!LatencyHistogram().quantileBounds(0.5));
    QVERIFY(LatencyHistogram().bars(10).empty());
}

void LoadTestTest::barsHoldEveryRequest()
{
    Random random(3);
    for (const double sigma : {0.0, 0.05, 0.5, 2.0}) {
        LatencyHistogram histogram;
        for (int i = 0; i < 1000; ++i)
            histogram.add(random.logNormal(40, sigma));
        for (const int most : {1, 5, 24, 200}) {
            const auto bars = histogram.bars(most);
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < bars.size(); ++i) {
                sum += bars[i].count;
                QVERIFY(bars[i].fromMs < bars[i].toMs);
                if (i > 0)
                    QVERIFY(std::abs(bars[i].fromMs / bars[i - 1].toMs - 1) < 1e-9);
            }
            QCOMPARE(sum, std::uint64_t{1000});
            if (most >= 5)
                QVERIFY(static_cast<int>(bars.size()) <= most);
        }
    }
}

void LoadTestTest::ranksAreTheBinomials()
{
    // The textbook's interval of a median, and the fewest requests that bound a p95 from above: 0.95^72 <
    // 0.025.
    QCOMPARE(quantileRanks(100, 0.5).low, std::uint64_t{40});
    QCOMPARE(quantileRanks(100, 0.5).high, std::uint64_t{61});
    QCOMPARE(quantileRanks(71, 0.95).high, std::uint64_t{72});
    QCOMPARE(quantileRanks(72, 0.95).high, std::uint64_t{72});
    QCOMPARE(quantileRanks(1, 0.95).low, std::uint64_t{0});
    QCOMPARE(quantileRanks(0, 0.95).high, std::uint64_t{1});
    const RankInterval many = quantileRanks(1'000'000, 0.5); // ± 1.96 · √n / 2
    QVERIFY(std::abs(static_cast<double>(many.low) - (500'000 - 980)) < 3);
    QVERIFY(std::abs(static_cast<double>(many.high) - (500'000 + 980)) < 3);
}

void LoadTestTest::intervalsCoverTheQuantile()
{
    Random random(11);
    for (const double p : {0.5, 0.95}) {
        const double truth = -std::log(1 - p) * 100; // of an exponential distribution with mean 100
        int covered = 0;
        for (int repeat = 0; repeat < 1000; ++repeat) {
            LatencyHistogram histogram;
            for (int i = 0; i < 150; ++i)
                histogram.add(-std::log(1 - random.uniform()) * 100);
            const QuantileBounds bounds = histogram.quantileBounds(p).value();
            QVERIFY(bounds.low <= bounds.value && bounds.value <= bounds.high);
            covered += bounds.low <= truth && truth <= bounds.high;
        }
        QVERIFY2(covered >= 935,
                 qPrintable(QString::number(covered))); // 950 expected; three standard deviations are 21
    }
}

void LoadTestTest::whatNeverEndsIsInfinitelySlow()
{
    LatencyHistogram histogram;
    for (int i = 0; i < 94; ++i)
        histogram.add(10);
    for (int i = 0; i < 6; ++i)
        histogram.addNever();
    QCOMPARE(histogram.quantile(0.5).value(), 10.0);
    QVERIFY(std::isinf(histogram.quantile(0.95).value()));
    QCOMPARE(histogram.max().value(), 10.0);
    const QuantileBounds p95 = histogram.quantileBounds(0.95).value();
    QCOMPARE(p95.low, 10.0);
    QVERIFY(std::isinf(p95.high));
}

void LoadTestTest::arrivalsAreRead_data()
{
    QTest::addColumn<QString>("csv");
    QTest::newRow("Azure") << "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03.9799600,4808,10\n"
                              "2023-11-16 18:17:04.0319600,3180,8\n";
    QTest::newRow("offset, other order, CRLF")
        << "\xEF\xBB\xBF\"Generated "
           "Tokens\",context_tokens,Timestamp\r\n10,4808,2023-11-16T18:17:03.97996Z\r\n"
           "8,3180,2023-11-16T20:17:04.03196+02:00\r\n\r\n";
    QTest::newRow("seconds, out of order")
        << "Timestamp,Model,Request tokens,Response tokens\n5.052,x,3180,8\n5.0,x,4808,10\n";
}

void LoadTestTest::arrivalsAreRead()
{
    QFETCH(QString, csv);
    const Result<std::vector<Arrival>> arrivals = parseArrivals(csv.toStdString());
    QVERIFY2(arrivals, arrivals ? "" : arrivals.error().message.c_str());
    QCOMPARE(arrivals->size(), std::size_t{2});
    QCOMPARE((*arrivals)[0].atMs, 0.0);
    QCOMPARE((*arrivals)[0].inputTokens, 4808);
    QCOMPARE((*arrivals)[0].generatedTokens, 10);
    QVERIFY(std::abs((*arrivals)[1].atMs - 52) < 0.01);
    QCOMPARE((*arrivals)[1].inputTokens, 3180);
    const ArrivalSource source = replay(*arrivals, 2);
    QCOMPARE(source()->atMs, 0.0);
    QVERIFY(std::abs(source()->atMs - 26) < 0.01);
    QVERIFY(!source());
    QVERIFY(!source());
}

void LoadTestTest::badArrivalsNameTheirLine_data()
{
    QTest::addColumn<QString>("csv");
    QTest::addColumn<QString>("line");
    QTest::newRow("nothing") << "" << "line 1";
    QTest::newRow("no time column") << "a,b\n1,2\n" << "line 1";
    QTest::newRow("no arrivals") << "TIMESTAMP\n\n" << "";
    QTest::newRow("no date") << "TIMESTAMP\n1\n2023-02-30 10:00:00\n" << "line 3";
    QTest::newRow("no time") << "TIMESTAMP\n2023-11-16 25:00:00\n" << "line 2";
    QTest::newRow("not a number") << "TIMESTAMP\nnan\n" << "line 2";
    QTest::newRow("bad offset") << "TIMESTAMP\n2023-11-16 10:00:00+1\n" << "line 2";
    QTest::newRow("cell missing") << "ContextTokens,TIMESTAMP\n5\n" << "line 2";
    QTest::newRow("tokens missing") << "TIMESTAMP,ContextTokens\n1,\n" << "line 2";
    QTest::newRow("tokens negative") << "TIMESTAMP,ContextTokens\n1,-5\n" << "line 2";
    QTest::newRow("tokens beyond bounds") << "TIMESTAMP,ContextTokens\n1,1e300\n" << "line 2";
}

void LoadTestTest::badArrivalsNameTheirLine()
{
    QFETCH(QString, csv);
    QFETCH(QString, line);
    const auto arrivals = parseArrivals(csv.toStdString());
    QVERIFY(!arrivals);
    QCOMPARE(arrivals.error().code, std::string("load.bad_arrivals"));
    QCOMPARE(QString::fromStdString(arrivals.error().context), line);
}

void LoadTestTest::realArrivalsAreRead()
{
    QFile file(QStringLiteral("/work/shared/data/azure-llm-trace/AzureLLMInferenceTrace_conv.csv"));
    if (!file.open(QIODevice::ReadOnly))
        QSKIP("the recorded hour is not here");
    const auto arrivals = parseArrivals(file.readAll().toStdString());
    QVERIFY(arrivals);
    QCOMPARE(arrivals->size(), std::size_t{19'366});
    QVERIFY(std::abs(arrivals->back().atMs - 3'501'700) < 3'600'000);
    QVERIFY(std::ranges::is_sorted(*arrivals, {}, &Arrival::atMs));
}

void LoadTestTest::randomArrivalsKeepTheirRate()
{
    const ArrivalSource one = poisson(50, 4);
    const ArrivalSource same = poisson(50, 4);
    const ArrivalSource other = poisson(50, 5);
    double last = -1;
    bool differs = false;
    for (int i = 0; i < 10'000; ++i) {
        const double at = one()->atMs;
        QVERIFY(at > last || i == 0);
        QCOMPARE(same()->atMs, at);
        differs = differs || other()->atMs != at;
        last = at;
    }
    QVERIFY(differs);
    QVERIFY(std::abs(last / 1000 - 200) < 8); // 10,000 at 50 a second; four standard deviations
}

void LoadTestTest::madeUpPromptsHaveTheirLength()
{
    std::set<std::string> seen;
    for (const int tokens : {40, 374, 4808, 14'050}) {
        for (std::uint64_t i = 0; i < 5; ++i) {
            const Request request = syntheticRequest(i, tokens, 0, 1);
            const int counted = estimateTokens(request.lastUserText());
            QVERIFY2(std::abs(counted - tokens) <= 3,
                     qPrintable(QString("%1 for %2").arg(counted).arg(tokens)));
            QVERIFY(seen.insert(std::string(request.lastUserText())).second);
            QCOMPARE(syntheticRequest(i, tokens, 0, 1).lastUserText(), request.lastUserText());
            QVERIFY(syntheticRequest(i, tokens, 0, 2).lastUserText() != request.lastUserText());
        }
    }
    QVERIFY(syntheticRequest(0, 100, 200, 1).lastUserText().find("about 150 words") !=
            std::string_view::npos);
}

void LoadTestTest::worstCaseGoesAllTheWay()
{
    json text = samplePolicyJson();
    const auto tiersOf = [](const json& policy) {
        const PolicyPtr read = test::decoded(policy);
        const WorstCase worst = worstCaseOf(*read).value();
        std::vector<std::string> ids;
        for (const int tier : worst.tiers)
            ids.push_back(read->tiers[static_cast<std::size_t>(tier)].id);
        return ids;
    };
    QCOMPARE(tiersOf(text), (std::vector<std::string>{"T0", "T1", "T2"}));
    json caching = text;
    caching["cache"] = {{"kind", "exact"}};
    QVERIFY(!worstCaseOf(*test::decoded(caching))->policy->cache);
    text["cascade"]["max_hops"] = 2;
    QCOMPARE(tiersOf(text).size(), std::size_t{2});
    text["cascade"]["max_hops"] = 3;
    text["triggers"] = json::parse(
        R"([{"id": "g", "gate": "judge", "rubric": "grounding", "below": 3, "of": 5, "escalate": "T2"}])");
    QCOMPARE(tiersOf(text).size(), std::size_t{2}); // past T1
    text["triggers"].push_back(
        json::parse(R"({"id": "n", "gate": "refusal", "escalate": "next", "applies_to": ["T0"]})"));
    QCOMPARE(tiersOf(text), (std::vector<std::string>{"T0", "T1", "T2"}));
    text["triggers"] = json::array();
    QCOMPARE(tiersOf(text).size(), std::size_t{1});

    // Back to itself is on to the next, as in the cascade.
    text["triggers"] = json::parse(R"([{"id": "g", "gate": "refusal", "escalate": "T0", "applies_to": ["T0"]}])");
    QCOMPARE(tiersOf(text), (std::vector<std::string>{"T0", "T1"}));
    // So often and no more.
    text["triggers"] = json::parse(R"([{"id": "g", "gate": "refusal", "escalate": "next", "at_most": 1}])");
    QCOMPARE(tiersOf(text).size(), std::size_t{2});
    // What a rule says comes before the router.
    text["triggers"] = json::parse(R"([{"id": "g", "gate": "refusal", "escalate": "next"}])");
    text["router"] = {{"kind", "fixed"}, {"otherwise", "T2"}};
    text["rules"] = json::parse(R"([{"id": "low", "when": {"keyword": ["low"]}, "route": "T0", "locked": true, "reason": "policy.low"}])");
    QCOMPARE(tiersOf(text), (std::vector<std::string>{"T0", "T1", "T2"}));
}

void LoadTestTest::worstCaseKnowsItsLimits()
{
    const PolicyPtr echo = test::decoded(echoPolicyJson());
    QCOMPARE(worstCaseOf(*echo).value().tiers.size(), std::size_t{1});
    Policy race = *test::decoded(samplePolicyJson());
    race.cascade.pattern = CascadePattern::Race;
    QCOMPARE(worstCaseOf(race).error().code, std::string("load.no_worst_case"));
}

void LoadTestTest::worstCaseIsTheEngines()
{
    using Ids = std::vector<std::string>;
    const auto of = [](const json& policy) {
        const PolicyPtr read = test::decoded(policy);
        const WorstCase worst = worstCaseOf(*read).value();
        Ids ids;
        for (const int tier : worst.tiers)
            ids.push_back(read->tiers[static_cast<std::size_t>(tier)].id);
        return std::pair(ids, worst.depth);
    };
    json policy = test::basePolicy();
    policy["triggers"] = json::array({test::groundingTrigger(3.5)});
    // A rule takes it to where the router never does.
    policy["router"]["otherwise"] = "T2";
    QCOMPARE(of(policy), std::pair(Ids{"T2"}, 1));
    policy["rules"] = json::parse(
        R"([{"id": "low", "when": {"keyword": "x"}, "route": "T0", "locked": true, "reason": "policy.low"}])");
    QCOMPARE(of(policy), std::pair(Ids{"T0", "T1", "T2"}, 3));
    // One that bars the tier that was chosen moves it down.
    policy["cascade"]["order"] = {"T1", "T2", "T0"};
    policy["rules"] = json::parse(
        R"([{"id": "not", "when": {"keyword": "x"}, "exclude": ["T0", "T2"], "reason": "policy.not"}])");
    policy["router"]["otherwise"] = "T0";
    policy["triggers"][0]["applies_to"] = {"T1"};
    policy["triggers"][0]["escalate"] = "T1"; // to itself: to what comes next, which is barred there
    QCOMPARE(of(policy), std::pair(Ids{"T0"}, 1));

    // To the tier itself is to the next one, which leads back.
    policy = test::basePolicy();
    policy["triggers"] = json::array({test::groundingTrigger(3.5)});
    policy["triggers"][0]["escalate"] = "T0";
    policy["cascade"]["max_hops"] = 5;
    QCOMPARE(of(policy), std::pair(Ids{"T0", "T1", "T0", "T1", "T0"}, 5));
    policy["triggers"][0]["at_most"] = 2;
    QCOMPARE(of(policy), std::pair(Ids{"T0", "T1", "T0"}, 3));

    policy["triggers"][0]["escalate"] = "next";
    policy["triggers"][0]["at_most"] = 1;
    QCOMPARE(of(policy), std::pair(Ids{"T0", "T1"}, 2));

    // Back once, and then on: no gate of T1 that rejects always does both.
    policy["triggers"] = json::parse(
        R"([{"id": "back", "gate": "refusal", "escalate": "T0", "applies_to": ["T1"], "at_most": 1},
            {"id": "on", "gate": "refusal", "escalate": "next"}])");
    QCOMPARE(of(policy).second, 5); // T0, T1, T0, T1, T2
    QCOMPARE(of(policy).first.size(), std::size_t{4});

    // A request that is too long for T1 stays with T0; and one that a gate turns away begins there.
    policy["triggers"] = json::parse(
        R"([{"id": "long", "gate": "token_budget", "escalate": "T0", "applies_to": ["T1"]},
            {"id": "on", "gate": "refusal", "escalate": "next"}])");
    policy["tiers"][1]["budget"] = {{"max_input_tokens", 5}};
    QCOMPARE(of(policy), std::pair(Ids{"T0", "T1", "T2"}, 5));
    policy["triggers"][0] = {{"id", "word"}, {"gate", "keyword"}, {"keyword", {"x"}}, {"escalate", "T0"}};
    policy["router"]["otherwise"] = "T2";
    QCOMPARE(of(policy), std::pair(Ids{"T0", "T1", "T2"}, 3));
}

namespace {

/// A waterfall over three tiers whose rules, gates and lengths lead anywhere.
json randomWaterfall(Random& random)
{
    const auto tier = [&] { return "T" + std::to_string(random.below(3)); };
    json p = test::basePolicy();
    p["cascade"]["max_hops"] = 1 + random.below(5);
    p["router"]["otherwise"] = tier();
    if (random.below(3) == 0)
        p["cascade"]["order"] = random.below(2) == 0 ? json{"T2", "T0", "T1"} : json{"T1", "T2"};
    if (random.below(3) == 0)
        p["tiers"][random.below(3)]["budget"] = {{"max_input_tokens", 20}};
    for (const char* word : {"red", "blue"}) {
        json rule = {{"id", word}, {"when", {{"keyword", word}}}, {"reason", std::string("policy.") + word}};
        if (random.below(2) == 0)
            rule["exclude"] = json::array({tier()});
        else
            rule["route"] = tier();
        if (random.below(2) == 0)
            p["rules"].push_back(std::move(rule));
    }
    const int gates = static_cast<int>(1 + random.below(3));
    for (int i = 0; i < gates; ++i) {
        json gate = {{"id", "g" + std::to_string(i)}, {"gate", "refusal"}};
        if (random.below(4) == 0)
            gate.update({{"gate", "keyword"}, {"keyword", json::array({"word" + std::to_string(i)})}});
        else if (random.below(4) == 0)
            gate["gate"] = "token_budget";
        gate["escalate"] = random.below(2) == 0 ? "next" : tier();
        if (random.below(2) == 0)
            gate["applies_to"] = json::array({tier()});
        if (random.below(3) == 0)
            gate["at_most"] = 1 + random.below(2);
        p["triggers"].push_back(std::move(gate));
    }
    return p;
}

/// Plays one request; `choose` says which of the gates on an answer rejects it, −1 = none.
std::vector<int> played(const CompiledPolicy& compiled, const Request& request,
                        const std::function<int(const std::vector<int>&)>& choose)
{
    const Policy& policy = compiled.policy();
    const Features features = extractFeatures(request);
    const Observation seen = compiled.observe(request, features);
    const Decision decision = decide(policy, seen);
    const GateMatchers matchers(policy);
    const RequestGates gates(policy, matchers, seen, decision, &features, 0);
    const std::unique_ptr<Strategy> strategy = makeStrategy(policy, decision, seen.inputTokens, &gates);
    std::vector<int> tiers;
    Moves moves = strategy->begin();
    while (!moves.end) {
        const HopStart start = moves.start.at(0);
        tiers.push_back(start.tier);
        HopOutcome outcome;
        outcome.answered = true;
        outcome.firedTrigger = choose(gatesFor(policy, seen, start.tier, GatePhase::Answer));
        outcome.firedReason = "gate.fired";
        moves = strategy->ended(start.hop, outcome, "answer");
    }
    return tiers;
}

/// The deepest that the request can get, whichever gates reject.
std::size_t deepestOf(const CompiledPolicy& compiled, const Request& request)
{
    std::size_t deepest = 0;
    std::vector<std::size_t> chosen; // by answer; counted up until all have been tried
    std::vector<std::size_t> sizes;
    do {
        sizes.clear();
        const auto choose = [&](const std::vector<int>& gates) {
            if (chosen.size() == sizes.size())
                chosen.push_back(0);
            sizes.push_back(std::max<std::size_t>(gates.size(), 1));
            return gates.empty() ? -1 : gates[chosen[sizes.size() - 1]];
        };
        deepest = std::max(deepest, played(compiled, request, choose).size());
        chosen.resize(sizes.size());
        while (!chosen.empty() && ++chosen.back() == sizes[chosen.size() - 1])
            chosen.pop_back();
    } while (!chosen.empty());
    return deepest;
}

} // namespace

void LoadTestTest::noRequestGoesDeeperThanTheWorstCase()
{
    Random random(20261123);
    std::vector<Request> requests;
    for (int which = 0; which < 64; ++which) { // all that the policies can tell apart
        std::string words;
        int bit = 1;
        for (const char* word : {"red ", "blue ", "word0 ", "word1 ", "word2 "}) {
            words += (which & bit) != 0 ? word : "";
            bit *= 2;
        }
        requests.push_back(Request::fromPrompt("p", words + (which >= 32 ? std::string(400, '.') : "")));
    }
    int reached = 0;
    std::set<int> depths;
    for (int round = 0; round < 120; ++round) {
        const json text = randomWaterfall(random);
        const CompiledPolicyPtr compiled = test::compiled(text);
        QVERIFY2(compiled, text.dump().c_str());
        const Result<WorstCase> worst = worstCaseOf(compiled->policy());
        QVERIFY2(worst, text.dump().c_str());
        std::size_t deepest = 0;
        for (const Request& request : requests)
            deepest = std::max(deepest, deepestOf(*compiled, request));
        const std::string said = text.dump() + " says " + std::to_string(worst->depth) + ", goes ";
        QVERIFY2(static_cast<std::size_t>(worst->depth) == deepest,
                 (said + std::to_string(deepest)).c_str());

        // Whichever gates reject on the policy that is tested, a request that no rule speaks of goes the way.
        const CompiledPolicy tested(worst->policy);
        const std::size_t last = worst->tiers.size() - 1;
        std::size_t hop = 0;
        const std::vector<int> way = played(tested, requests[0], [&](const std::vector<int>& gates) {
            return hop++ == last || gates.empty() ? -1 : gates[random.below(gates.size())];
        });
        QVERIFY2(way == worst->tiers, text.dump().c_str());
        reached += worst->depth == static_cast<int>(way.size());
        depths.insert(worst->depth);
    }
    QVERIFY(reached > 100); // all but those whose tiers lead to several in turn
    QCOMPARE(depths.size(), std::size_t{5});
}

void LoadTestTest::verdictGoesByTheInterval()
{
    Policy policy = *test::decoded(echoPolicyJson());
    policy.slo.p95LatencyMs = 100;
    policy.slo.minQuality = MinQuality{4, 5, "judge:g"};
    const auto of = [&](int quick, int slow, double quality, int judged) {
        LoadReport report(policy);
        for (int i = 0; i < quick; ++i)
            report.latency.add(50);
        for (int i = 0; i < slow; ++i)
            report.latency.add(150);
        for (int i = 0; i < judged; ++i)
            report.quality["judge:g@m"].add(quality + (i % 2 == 0 ? 0.1 : -0.1));
        return judgeLoad(report, policy, judged > 0);
    };
    QCOMPARE(of(1000, 10, 0, 0).at(0).verdict, Verdict::Met);
    QCOMPARE(of(1000, 100, 0, 0).at(0).verdict, Verdict::Missed);
    QCOMPARE(of(950, 50, 0, 0).at(0).verdict,
             Verdict::CannotTell); // on the line, whatever the point estimate is
    QCOMPARE(of(71, 0, 0, 0).at(0).verdict, Verdict::CannotTell); // all quick, and still too few
    QCOMPARE(of(72, 0, 0, 0).at(0).verdict, Verdict::Met);
    QCOMPARE(of(0, 0, 0, 0).at(0).verdict, Verdict::CannotTell);
    QCOMPARE(of(1000, 0, 0, 0).size(), std::size_t{1});

    QCOMPARE(of(1000, 0, 0.9, 100).at(1).verdict, Verdict::Met); // 4.6 of 5
    QCOMPARE(of(1000, 0, 0.5, 100).at(1).verdict, Verdict::Missed);
    QCOMPARE(of(1000, 0, 0.75, 100).at(1).verdict, Verdict::CannotTell);
    QCOMPARE(of(1000, 0, 0.9, 10).at(1).verdict, Verdict::CannotTell);
    QCOMPARE(overall(of(1000, 0, 0.9, 100)), Verdict::Met);
    QCOMPARE(overall(of(1000, 0, 0.5, 100)), Verdict::Missed);
    QCOMPARE(overall(of(71, 0, 0.5, 100)), Verdict::Missed);
    QCOMPARE(overall(of(71, 0, 0.9, 100)), Verdict::CannotTell);
    QCOMPARE(overall({}), Verdict::Met);
}

void LoadTestTest::userTiersHaveTheirOwnObjective()
{
    json text = echoPolicyJson();
    text["user_tiers"] = json::parse(
        R"([{"id": "paid", "when": {"metadata": {"plan": "paid"}}, "slo": {"p95_latency_ms": 60000}},
                                        {"id": "free", "when": {"metadata": {"plan": "free"}}, "slo": {"p95_latency_ms": 1}}])");
    const PolicyPtr policy = test::decoded(text);
    test::LiveCascade live(echoScenario(1));
    LoadPlan plan = planFor(200, 50);
    plan.request = [](std::uint64_t index, const Arrival*) {
        Request request = syntheticRequest(index, 40, 0, 1);
        request.metadata["plan"] = index % 2 == 0 ? "paid" : "free";
        return request;
    };
    const LoadReport report = loaded(live, policy, std::move(plan));
    const auto verdicts = judgeLoad(report, *policy, false);
    QCOMPARE(verdicts.size(), std::size_t{3});
    QCOMPARE(verdicts[1].userTier, std::string("paid"));
    QCOMPARE(verdicts[1].n, std::uint64_t{100});
    QCOMPARE(verdicts[1].verdict, Verdict::Met);
    QCOMPARE(verdicts[2].userTier, std::string("free"));
    QCOMPARE(verdicts[2].verdict, Verdict::Missed);
    QCOMPARE(overall(verdicts), Verdict::Missed);
}

void LoadTestTest::closedLoopSendsWhatItSays()
{
    test::LiveCascade live(echoScenario(0));
    std::set<std::uint64_t> numbers;
    LoadPlan plan = planFor(500, 20);
    plan.request = [&numbers](std::uint64_t index, const Arrival* arrival) {
        if (arrival != nullptr)
            qFatal("a closed loop has no arrivals");
        numbers.insert(index);
        return index % 100 == 7 ? Request::fromPrompt("p", "I want to talk to a person")
                                : syntheticRequest(index, 40, 0, 1);
    };
    const LoadReport report = loaded(live, test::decoded(echoPolicyJson()), std::move(plan));
    QCOMPARE(numbers.size(), std::size_t{500});
    QCOMPARE(report.started, std::uint64_t{500});
    QCOMPARE(report.ended, std::uint64_t{500});
    QCOMPARE(report.answered, std::uint64_t{495});
    QCOMPARE(report.handedOff, std::uint64_t{5});
    QCOMPARE(report.latency.count(), std::uint64_t{495});
    QCOMPARE(report.tiers.at(0).hops, std::uint64_t{495});
    QCOMPARE(report.tiers.at(0).accepted, std::uint64_t{495});
    QCOMPARE(report.depths.at(1).latency.count(), std::uint64_t{495});
    QCOMPARE(report.failures.size(), std::size_t{0});
    QCOMPARE(live.sandbox->counters().requests, std::uint64_t{495});
    QVERIFY(live.sandbox->counters().connections <= 20);
    QVERIFY(report.simulated);
    QVERIFY(report.over && !report.stoppedEarly);
    QVERIFY(report.perSecond() > 0);
    QCOMPARE(report.costUsd.count(), std::uint64_t{500});
}

void LoadTestTest::everyRequestGoesTheWholeWayInTheWorstCase()
{
    test::LiveCascade live(test::sourceFile("resources/scenarios/zero-latency.json"));
    const PolicyPtr sample = test::decoded(samplePolicyJson());
    const LoadReport usual = loaded(live, sample, planFor(60, 10));
    QVERIFY(usual.depths.at(1).latency.count() > 0);
    const LoadReport worst = loaded(live, worstCaseOf(*sample).value().policy, planFor(60, 10));
    QCOMPARE(worst.answered, std::uint64_t{60});
    QCOMPARE(worst.depths.size(), std::size_t{4});
    QCOMPARE(worst.depths[3].latency.count(), std::uint64_t{60});
    QCOMPARE(worst.tiers.at(0).escalated, std::uint64_t{60});
    QCOMPARE(worst.tiers.at(2).hops, std::uint64_t{60});
    // The judge is asked of each draft, as always: two calls a hop. A judge that answers nonsense is asked
    // again.
    QVERIFY(live.sandbox->counters().requests >= 60 * 6);
}

void LoadTestTest::waitingCountsFromTheIntendedTime()
{
    // Twenty requests that are to be sent at once, over a client that sends one at a time: each one waits for
    // all before it, although the server answers each as quickly as the first.
    test::LiveCascade live(echoScenario(1));
    LoadPlan plan = planFor(20, 1);
    plan.arrivals = replay(std::vector<Arrival>(20, Arrival{0, 30, 10}), 1);
    plan.mostAtOnce = 1;
    const LoadReport report = loaded(live, test::decoded(echoPolicyJson()), std::move(plan));
    QCOMPARE(report.answered, std::uint64_t{20});
    QVERIFY(report.latency.quantile(0.5).value() > 5 * report.service.quantile(0.5).value());
    QVERIFY(report.latency.max().value() > 19 * report.service.min().value());
    QVERIFY(report.lateness.max().value() > 18 * report.service.min().value());
    QVERIFY(report.firstToken.max().value() > 18 * report.service.min().value());
}

void LoadTestTest::failuresAreCountedByKind()
{
    test::LiveCascade live(
        echoScenario(0, R"([{"model": "echo", "kind": "status", "status": 400, "every": 2}])"));
    const LoadReport report = loaded(live, test::decoded(echoPolicyJson()), planFor(100, 1));
    QCOMPARE(report.answered, std::uint64_t{50});
    QCOMPARE(report.failed, std::uint64_t{50});
    QCOMPARE(report.failures, (std::map<std::string, std::uint64_t>{{"provider.bad_request", 50}}));
    QCOMPARE(report.attemptErrors, (std::map<std::string, std::uint64_t>{{"provider.bad_request", 50}}));
    QCOMPARE(report.latency.never(), std::uint64_t{50});
    QCOMPARE(report.tiers.at(0).failed, std::uint64_t{50});
    Policy policy = *test::decoded(echoPolicyJson());
    QCOMPARE(judgeLoad(report, policy, false).at(0).verdict,
             Verdict::Missed); // however fast the other half was
}

void LoadTestTest::stopsWhenAsked()
{
    test::LiveCascade live(echoScenario(1, R"([{"model": "echo", "kind": "stall", "every": 1}])"));
    LoadPlan plan = planFor(1'000'000, 8);
    const auto test = LoadTest::start(
        *live.engine, std::make_shared<CompiledPolicy>(test::decoded(echoPolicyJson())), std::move(plan));
    QTRY_COMPARE(test->underWay(), 8);
    QVERIFY(!test->waitFor(std::chrono::milliseconds(0)));
    test->stop();
    QVERIFY(test->waitFor(std::chrono::minutes(1)));
    const LoadReport report = test->report();
    QCOMPARE(report.started, std::uint64_t{8});
    QCOMPARE(report.unfinished, std::uint64_t{8});
    QCOMPARE(report.leftOut, std::uint64_t{8}); // the objective is a minute: nobody knows
    QCOMPARE(report.latency.count(), std::uint64_t{0}); // how long they would have taken nobody knows
    QCOMPARE(judgeLoad(report, *test::decoded(echoPolicyJson()), false).at(0).verdict, Verdict::CannotTell);
    QVERIFY(report.stoppedEarly);
}

void LoadTestTest::stopsWhenItCostsTooMuch()
{
    test::LiveCascade live(echoScenario(0));
    LoadPlan plan = planFor(1'000'000, 4);
    plan.mostCost = NanoUsd{1'000'000'000}; // a request costs about five cents
    const LoadReport report = loaded(live, test::decoded(echoPolicyJson()), std::move(plan));
    QVERIFY(report.stoppedEarly);
    QVERIFY(report.cost.known >= 1'000'000'000);
    QVERIFY(report.cost.known < 1'500'000'000);
    QVERIFY(report.started < 200);
    QCOMPARE(report.unfinished, std::uint64_t{0}); // what ran was not made slow by being cut
    QCOMPARE(report.latency.never(), std::uint64_t{0});
    QCOMPARE(report.answered, report.started);
    QCOMPARE(report.leftOut, std::uint64_t{0});
    QVERIFY(judgeLoad(report, *test::decoded(echoPolicyJson()), false).at(0).verdict != Verdict::Missed);
}

void LoadTestTest::nobodyWaitsForTheBackground()
{
    // The first tier answers at once, the second takes its time for evidence.
    std::string scenario = echoScenario(1);
    json text = echoPolicyJson();
    text["models"].push_back(text["models"][0]);
    text["models"].back()["id"] = "slow";
    text["models"].back()["name"] = "slow";
    text["tiers"].push_back({{"id", "T9"}, {"models", {"slow"}}});
    text["cascade"]["background"] = "T9";
    json models = json::parse(scenario);
    models["models"]["slow"] = models["models"]["echo"];
    models["models"]["slow"]["ttft_ms"]["median"] = 1000;
    test::LiveCascade live(models.dump());
    const LoadReport report = loaded(live, test::decoded(text), planFor(20, 4));
    QCOMPARE(report.answered, std::uint64_t{20});
    QVERIFY2(*report.latency.quantile(0.95) < 1000, std::to_string(*report.latency.quantile(0.95)).c_str());
    QCOMPARE(report.depths.size(), std::size_t{2}); // one model was waited for
    QCOMPARE(report.depths.at(1).latency.count(), std::uint64_t{20});
}

namespace {

/// So many requests that ended so after 100 ms.
void addAll(LoadReport& report, int requests, TraceStatus status, double waitedMs = 100,
            const std::string& userTier = {})
{
    Trace trace;
    trace.status = status;
    trace.latencyMs = waitedMs;
    trace.reasons = {"cancelled"};
    for (int i = 0; i < requests; ++i)
        report.add(trace, waitedMs, 0, userTier);
}

} // namespace

void LoadTestTest::whatTheTestCutOffIsNoFailure()
{
    Policy policy = *test::decoded(echoPolicyJson());
    policy.slo.p95LatencyMs = 300;
    LoadReport report(policy);
    addAll(report, 572, TraceStatus::Answered, 76);
    addAll(report, 63, TraceStatus::Cancelled, 40);
    QCOMPARE(report.unfinished, std::uint64_t{63});
    QCOMPARE(report.leftOut, std::uint64_t{63});
    QCOMPARE(report.latency.count(), std::uint64_t{572});
    QCOMPARE(report.depths.at(0).latency.count(), std::uint64_t{572});
    const ObjectiveVerdict p95 = judgeLoad(report, policy, false).at(0);
    QCOMPARE(p95.verdict, Verdict::Met);
    QCOMPARE(p95.n, std::uint64_t{572});
    QCOMPARE(json::parse(loadReportJson(report, {}, 0)).at("left_out").get<int>(), 63);

    // Where no objective is stated, the slowest that ended is the measure.
    policy.slo.p95LatencyMs.reset();
    LoadReport free(policy);
    addAll(free, 10, TraceStatus::Answered, 76);
    addAll(free, 5, TraceStatus::Cancelled, 40);
    addAll(free, 2, TraceStatus::Cancelled, 80);
    QCOMPARE(free.leftOut, std::uint64_t{5});
    QCOMPARE(free.latency.never(), std::uint64_t{2});
}

void LoadTestTest::whatWasTooSlowAlreadyIsOne()
{
    Policy policy = *test::decoded(echoPolicyJson());
    policy.slo.p95LatencyMs = 300;
    policy.userTiers.emplace_back();
    policy.userTiers.back().id = "paid";
    policy.userTiers.back().slo.p95LatencyMs = 30;
    LoadReport report(policy);
    addAll(report, 572, TraceStatus::Answered, 20, "paid");
    addAll(report, 63, TraceStatus::Cancelled, 40, "paid"); // each by its own objective
    QCOMPARE(report.leftOut, std::uint64_t{63});
    QCOMPARE(report.userTiers.at("paid").never(), std::uint64_t{63});
    addAll(report, 63, TraceStatus::Cancelled, 301, "paid");
    QCOMPARE(report.unfinished, std::uint64_t{126});
    QCOMPARE(report.leftOut, std::uint64_t{63});
    QCOMPARE(report.latency.never(), std::uint64_t{63});
    const auto verdicts = judgeLoad(report, policy, false);
    QCOMPARE(verdicts.at(0).verdict, Verdict::Missed);
    QCOMPARE(verdicts.at(1).verdict, Verdict::Missed);
    addAll(report, 10, TraceStatus::Failed); // who fails is infinitely slow however soon it did
    QCOMPARE(report.latency.never(), std::uint64_t{73});
}

void LoadTestTest::reportIsJson()
{
    test::LiveCascade live(
        echoScenario(0, R"([{"model": "echo", "kind": "status", "status": 400, "every": 2}])"));
    const PolicyPtr policy = test::decoded(echoPolicyJson());
    const LoadReport report = loaded(live, policy, planFor(100, 4));
    const json out = json::parse(loadReportJson(report, judgeLoad(report, *policy, false), 1));
    QCOMPARE(out.at("started").get<int>(), 100);
    QCOMPARE(out.at("failures").at("provider.bad_request").get<int>(), 50);
    QVERIFY(out.at("latency_ms").at("p95").at("value").is_null()); // never, and not zero
    QVERIFY(out.at("latency_ms").at("p50").at("ci").at(0).is_number());
    int sum = 0;
    for (const json& bar : out.at("histogram"))
        sum += bar.at("count").get<int>();
    QCOMPARE(sum, 50);
    QCOMPARE(out.at("depth").at("worst_case").get<int>(), 1);
    QCOMPARE(out.at("verdict").get<std::string>(), std::string("missed"));
    QCOMPARE(out.at("objectives").at(0).at("at_most").get<double>(), 60000.0);
    const json none = json::parse(loadReportJson(LoadReport(*policy), {}, 0));
    QVERIFY(none.at("verdict").is_null());
    QVERIFY(none.at("latency_ms").at("p50").is_null());
}

QTEST_GUILESS_MAIN(LoadTestTest)
#include "tst_load.moc"
