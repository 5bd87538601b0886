// SPDX-License-Identifier: GPL-3.0-or-later
// Figures, what-if and the JSON of a trace, over outcomes that are written down by hand.
#include "cascade/conversation.h"
#include "exchange/policy_export.h"
#include "judging/judge.h"
#include "replay/what_if.h"
#include "tests/support/policies.h"

#include <QtTest>

#include <cmath>

using namespace signalbox;
using nlohmann::json;

class ReplayTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void unknownStaysUnknownInFigures();
    void mixAndEscalationsAreCounted();
    void intervalsComeWithEveryFigure();
    void deadlineInWhatIfEndsTheHop();
    void theFirstLimitEndsTheCall_data();
    void theFirstLimitEndsTheCall();
    void missingCellLeavesTheRunOut();
    void evidenceOfOtherWordsIsNoEvidence();
    void passagesThatAreNotCarriedAreMissed();
    void budgetsHoldInWhatIf();
    void brokenAnswersStopOrStartAgain();
    void costsThatAreEstimatesSaySo();
    void differenceIsPairedAndHonest();
    void sweepMovesOneNumberOnly();
    void traceJsonHoldsWhatTheCommandLinePromises();
    void exportedPolicyIsCanonicalOrMarked();
};

namespace {

OutcomeCell cell(double score, NanoUsd cost, double ms)
{
    OutcomeCell c;
    c.state = CellState::Known;
    c.answered = true;
    c.quality = (score - 1) / 4;
    c.qualitySource = "judge:grounding@judge";
    c.modelCost.add(cost);
    c.gateCost["grounding"].add(10);
    c.outputTokens = 20;
    c.generationMs = ms;
    c.gateMs["grounding"] = 100;
    c.scores["grounding"] = score;
    return c;
}

/// Rows alternate: the small model is good enough on the even ones.
std::shared_ptr<OutcomeMatrix> matrixOf(int n)
{
    auto matrix = std::make_shared<OutcomeMatrix>();
    for (int i = 0; i < n; ++i) {
        OutcomeRow row;
        row.request = Request::fromPrompt(std::to_string(i), "prompt " + std::to_string(i));
        row.cells[{"T0", "m0"}] = cell(i % 2 == 0 ? 4.5 : 2.0, 100, 200);
        row.cells[{"T1", "m1"}] = cell(4.6, 1000, 500);
        row.cells[{"T2", "m2"}] = cell(4.9, 20000, 1500);
        matrix->rows.push_back(row);
    }
    return matrix;
}

json judgedPolicy(double below)
{
    json p = test::basePolicy();
    p["triggers"] = json::array({test::groundingTrigger(below)});
    return p;
}

} // namespace

void ReplayTest::unknownStaysUnknownInFigures()
{
    std::vector<RunResult> results(4);
    for (RunResult& r : results) {
        r.status = TraceStatus::Answered;
        r.tier = "T0";
        r.hops = 1;
        r.cost.add(std::nullopt);
    }
    const Kpis k = kpisOf(results, {"T0", "T1"}, 100);
    QVERIFY(!k.quality && !k.costPerRequestUsd && !k.costPerResolvedUsd && !k.cost.total());
    QCOMPARE(k.cost.knownShare(), 0.0);
    const std::string table = kpiTable(k);
    QVERIFY(table.find("unknown") != std::string::npos);
    const json out = json::parse(kpisToJson(k));
    QVERIFY(out["cost_usd"].is_null() && out["quality"].is_null());
}

void ReplayTest::mixAndEscalationsAreCounted()
{
    std::vector<RunResult> results(10);
    for (std::size_t i = 0; i < results.size(); ++i) {
        RunResult& r = results[i];
        r.status = i < 8 ? TraceStatus::Answered : i == 8 ? TraceStatus::HandedOff : TraceStatus::Failed;
        r.tier = i < 5 ? "T0" : i < 8 ? "T1" : i == 8 ? "human" : "";
        r.hops = i == 8 ? 0 : 1;
        if (i >= 5 && i < 8) {
            r.escalations = 1;
            r.escalationReasons = {"gate.judge_below.grounding"};
        }
    }
    const Kpis k = kpisOf(results, {"T0", "T1", "T2"}, 100);
    QCOMPARE(k.tierMix.size(), std::size_t{5}); // T2 is listed although nothing went there
    QCOMPARE(k.tierMix[0].count, 5);
    QCOMPARE(k.tierMix[2].count, 0);
    QCOMPARE(k.tierMix[3].tier, std::string("human"));
    QCOMPARE(k.escalationRate->n, 9); // a request that goes straight to a person cannot escalate
    QCOMPARE(k.escalationReasons.at("gate.judge_below.grounding"), 3);
}

void ReplayTest::intervalsComeWithEveryFigure()
{
    WhatIf whatIf(matrixOf(60));
    const Kpis k = whatIf.simulate(*test::compiled(judgedPolicy(3.5))).kpis;
    QCOMPARE(k.n, 60);
    QCOMPARE(k.escalationRate->value, 0.5);
    for (const auto& e : {k.escalationRate, k.costPerRequestUsd, k.quality, k.p50LatencyMs}) {
        QVERIFY(e);
        QVERIFY(e->interval.low < e->value && e->value < e->interval.high);
    }
    QCOMPARE(k.p95LatencyMs->value, 900.0); // half of all requests take exactly this long: the interval has no width
    QCOMPARE(k.p95LatencyMs->interval.low, 900.0);
    // Even rows: 100 + 10. Odd rows: (100 + 10) + (1000 + 10), no draft is carried.
    QCOMPARE(k.cost.total().value(), NanoUsd{30 * 110 + 30 * 1120});
}

void ReplayTest::deadlineInWhatIfEndsTheHop()
{
    json p = judgedPolicy(3.5);
    p["tiers"][0]["budget"] = {{"deadline_ms", 250}}; // generation takes 200, the judge 100 more
    WhatIf whatIf(matrixOf(4));
    const WhatIfResult result = whatIf.simulate(*test::compiled(p), 50);
    for (const SimulatedRun& run : result.runs) {
        QCOMPARE(run.result.tier, std::string("T1"));
        QCOMPARE(run.result.escalationReasons.front(), std::string("budget.deadline"));
        QCOMPARE(run.result.latencyMs, 250.0 + 500 + 100);
        QCOMPARE(run.result.escalations, 1);
        QVERIFY(!run.result.cost.total()); // nobody knows what the judge that was cut off costs
    }
}

void ReplayTest::theFirstLimitEndsTheCall_data()
{
    QTest::addColumn<QByteArray>("stall");  // its after_ms; "" = there is no such trigger
    QTest::addColumn<QByteArray>("budget"); // of the tier
    QTest::addColumn<QByteArray>("call");   // as it was recorded
    QTest::addColumn<QByteArray>("ends");   // with this reason; "" = as it was recorded, "whatif.…" = nobody knows
    QTest::addColumn<double>("ms");         // when
    const auto row = [](const char* name, const char* stall, const char* budget, const char* call, const char* ends, double ms) {
        QTest::newRow(name) << QByteArray(stall) << QByteArray(budget) << QByteArray(call) << QByteArray(ends) << ms;
    };
    const char* silentAtFirst = R"({"ttft": 500, "silence": 500, "ms": 510})";
    row("silence before the first token's limit", "120", R"({"first_token_ms": 200})", silentAtFirst, "gate.stall.s", 120);
    row("the first token's limit before silence", "300", R"({"first_token_ms": 200})", silentAtFirst, "budget.first_token", 200);
    const char* silentWithin = R"({"ttft": 10, "silence": 700, "ms": 720})";
    row("the deadline before silence", "500", R"({"deadline_ms": 300})", silentWithin, "budget.deadline", 300);
    row("silence before the deadline", "300", R"({"deadline_ms": 600})", silentWithin, "gate.stall.s", 320); // it began at 20 at the latest
    row("silence, nobody knows when", "300", R"({"deadline_ms": 600})", R"({"ttft": 10, "silence": 400, "ms": 1000})", "whatif.stall_not_recorded", 0);
    row("silence among thoughts", "200", "{}", R"({"ttft": 500, "silence": 300, "ms": 900})", "whatif.stall_not_recorded", 0);
    row("silence not measured, after the deadline", "500", R"({"deadline_ms": 300})", R"({"ttft": 10, "ms": 720})", "budget.deadline", 300);
    row("silence not measured", "200", R"({"deadline_ms": 300})", R"({"ttft": 10, "ms": 720})", "whatif.stall_not_recorded", 0);
    row("a loop", "900", R"({"deadline_ms": 800})", R"({"ttft": 10, "silence": 50, "ms": 720, "loops": true})", "gate.stall.s", 720);
    row("a loop, before or after the deadline", "900", R"({"deadline_ms": 300})", R"({"ttft": 10, "silence": 50, "ms": 720, "loops": true})", "whatif.stall_not_recorded", 0);
    row("a loop that came too late", "900", R"({"deadline_ms": 300})", R"({"ttft": 400, "silence": 400, "ms": 720, "loops": true})", "budget.deadline", 300);
    const char* callsATool = R"({"silence": 800, "ms": 900, "text": ""})";
    row("a call of a tool, late", "200", "{}", callsATool, "gate.stall.s", 300);
    row("a call of a tool and the first token's limit", "", R"({"first_token_ms": 200, "deadline_ms": 300})", callsATool, "whatif.first_token_not_recorded", 0);
    row("a call of a tool after the deadline", "", R"({"first_token_ms": 300, "deadline_ms": 200})", callsATool, "budget.deadline", 200);
    row("a failure without a word, silence", "200", "{}", R"({"answered": false, "ms": 900})", "gate.stall.s", 200);
    row("a failure without a word, first token", "", R"({"first_token_ms": 200})", R"({"answered": false, "ms": 900})", "budget.first_token", 200);
    row("a failure at once", "200", R"({"first_token_ms": 200})", R"({"answered": false, "ms": 100})", "provider.cut", 100);
    row("a failure within the answer", "200", "{}", R"({"answered": false, "begun": true, "ttft": 10, "ms": 900})", "whatif.stall_not_recorded", 0);
    row("within all limits", "600", R"({"first_token_ms": 200, "deadline_ms": 900})", R"({"ttft": 100, "silence": 300, "ms": 800})", "", 800);
}

void ReplayTest::theFirstLimitEndsTheCall()
{
    QFETCH(QByteArray, stall);
    QFETCH(QByteArray, budget);
    QFETCH(QByteArray, call);
    QFETCH(QByteArray, ends);
    QFETCH(double, ms);
    json p = test::basePolicy();
    p["tiers"][0]["budget"] = json::parse(budget.toStdString());
    if (!stall.isEmpty())
        p["triggers"] = json::array({json{{"id", "s"}, {"gate", "stall"}, {"after_ms", stall.toInt()}, {"applies_to", {"T0"}}, {"escalate", "next"}}});
    auto matrix = matrixOf(1);
    const json recorded = json::parse(call.toStdString());
    OutcomeCell& asked = matrix->rows[0].cells[{"T0", "m0"}];
    asked.generationMs = recorded["ms"];
    asked.answered = recorded.value("answered", true);
    asked.begun = recorded.value("begun", false);
    asked.failureReason = asked.answered ? "" : "provider.cut";
    if (recorded.contains("ttft"))
        asked.ttftMs = recorded["ttft"].get<double>();
    if (recorded.contains("silence"))
        asked.longestSilenceMs = recorded["silence"].get<double>();
    if (asked.answered)
        asked.answer = recorded.value("text", "A late answer.");
    for (int i = 0; i < 60 && recorded.contains("loops"); ++i)
        *asked.answer += "I will look into that. ";
    const SimulatedRun run = WhatIf(matrix).simulate(*test::compiled(p), 20).runs.front();
    if (ends.startsWith("whatif.")) {
        QVERIFY(!run.complete);
        QCOMPARE(run.missing, ends.toStdString());
        return;
    }
    QVERIFY2(run.complete, run.missing.c_str());
    QCOMPARE(run.result.tier, std::string(ends.isEmpty() ? "T0" : "T1"));
    QCOMPARE(run.result.latencyMs, ends.isEmpty() ? ms : ms + 500);
    QCOMPARE(run.result.escalationReasons, ends.isEmpty() ? std::vector<std::string>() : std::vector<std::string>{ends.toStdString()});
    QCOMPARE(run.result.cost.total().has_value(), ends.isEmpty() || ends == "provider.cut"); // what was cut off, nobody knows the price of
}

void ReplayTest::missingCellLeavesTheRunOut()
{
    auto matrix = matrixOf(4);
    matrix->rows[1].cells.erase({"T1", "m1"});
    WhatIf whatIf(matrix);
    const CompiledPolicyPtr policy = test::compiled(judgedPolicy(3.5));
    const WhatIfResult result = whatIf.simulate(*policy, 50);
    QCOMPARE(result.incomplete, 1);
    QVERIFY(!result.runs[1].complete);
    QCOMPARE(result.kpis.n, 3);
    QCOMPARE(matrix->coverage(policy->policy()), 11.0 / 12);
}

void ReplayTest::evidenceOfOtherWordsIsNoEvidence()
{
    json p = judgedPolicy(3.5);
    const PolicyPtr policy = test::decoded(p);
    auto matrix = matrixOf(4);
    for (OutcomeRow& row : matrix->rows) {
        row.promptVersion = promptVersion(*policy);
        row.judgeVersions = judgeVersion(policy->rubrics[0]);
        for (auto& [where, cell] : row.cells)
            cell.judgeModels["grounding"] = "judge";
    }
    WhatIf whatIf(matrix);
    QCOMPARE(whatIf.simulate(CompiledPolicy(policy), 20).incomplete, 0);
    const auto incomplete = [&](const json& other) { return whatIf.simulate(*test::compiled(other), 20).incomplete; };
    json words = p;
    words["system_prompt"] = "Be brief.";
    QCOMPARE(incomplete(words), 4);
    json rubric = p;
    rubric["rubrics"][0]["instructions"] = "Be strict.";
    QCOMPARE(incomplete(rubric), 4);
    json judge = p;
    judge["rubrics"][0]["model"] = "m2";
    QCOMPARE(incomplete(judge), 4);
    json shape = p;
    shape["triggers"].push_back({{"id", "shape"}, {"gate", "json_schema"}, {"schema", {{"type", "object"}}}, {"escalate", "next"}});
    QCOMPARE(incomplete(shape), 4);
}

void ReplayTest::passagesThatAreNotCarriedAreMissed()
{
    auto matrix = matrixOf(4);
    for (OutcomeRow& row : matrix->rows) {
        row.passageScores = {0.4};
        row.passageShares = {1};
    }
    json p = judgedPolicy(3.5);
    p["retrieval"] = {{"top_k", 2}};
    WhatIf whatIf(matrix);
    const WhatIfResult left = whatIf.simulate(*test::compiled(p), 20);
    for (std::size_t i = 0; i < left.runs.size(); ++i) {
        QCOMPARE(left.runs[i].complete, i % 2 == 0); // the odd ones escalate, to a tier that is not told what was found
        QCOMPARE(left.runs[i].missing, std::string(i % 2 == 0 ? "" : "whatif.other_passages"));
    }
    p["cascade"]["carry"] = {"retrieval"};
    QCOMPARE(whatIf.simulate(*test::compiled(p), 20).incomplete, 0);
    p["cascade"].erase("carry");
    for (OutcomeRow& row : matrix->rows)
        row.passageScores = row.passageShares = {};
    QCOMPARE(whatIf.simulate(*test::compiled(p), 20).incomplete, 0); // nothing was found: nobody is told anything
}

void ReplayTest::budgetsHoldInWhatIf()
{
    json p = judgedPolicy(3.5);
    auto matrix = matrixOf(2);
    for (OutcomeRow& row : matrix->rows) {
        for (auto& [where, cell] : row.cells)
            cell.inputTokens = 100;
    }
    WhatIf whatIf(matrix);
    p["tiers"][0]["budget"] = {{"max_cost_usd", 1e-9}};
    const WhatIfResult refused = whatIf.simulate(*test::compiled(p), 20);
    for (const SimulatedRun& run : refused.runs) {
        QCOMPARE(run.result.tier, std::string("T1"));
        QCOMPARE(run.result.escalationReasons.front(), std::string("budget.cost"));
    }
    p["tiers"][0]["budget"] = {{"max_output_tokens", 5}}; // the recorded answers are longer: nobody knows the shorter ones
    QCOMPARE(whatIf.simulate(*test::compiled(p), 20).incomplete, 2);
}

void ReplayTest::brokenAnswersStopOrStartAgain()
{
    auto matrix = matrixOf(2);
    for (OutcomeRow& row : matrix->rows) {
        OutcomeCell& broken = row.cells[{"T0", "m0"}];
        broken.answered = false;
        broken.failureReason = "provider.cut";
        broken.begun = row.request.id == "0";
    }
    WhatIf whatIf(matrix);
    json p = judgedPolicy(3.5);
    for (const bool stop : {false, true}) {
        p["cascade"]["after_cut"] = stop ? "stop" : "restart";
        const WhatIfResult result = whatIf.simulate(*test::compiled(p), 20);
        const RunResult& inSight = result.runs[0].result;
        QCOMPARE(inSight.status, stop ? TraceStatus::Failed : TraceStatus::Answered);
        QCOMPARE(inSight.hops, stop ? 1 : 2);
        QCOMPARE(inSight.reasons.back() == "stream.stopped", stop);
        QCOMPARE(std::ranges::count(inSight.reasons, "stream.restarted"), stop ? 0 : 1);
        QCOMPARE(result.runs[1].result.status, TraceStatus::Answered); // nothing had come yet
    }
}

void ReplayTest::costsThatAreEstimatesSaySo()
{
    auto matrix = matrixOf(4);
    WhatIf whatIf(matrix);
    json race = test::basePolicy();
    race["cascade"] = {{"pattern", "race"}, {"lanes", {"T0", "T1"}}, {"order", {"T2"}}};
    json best = test::basePolicy();
    best["router"]["otherwise"] = "T2";
    const WhatIfResult before = whatIf.simulate(*test::compiled(best), 20);
    const WhatIfResult after = whatIf.simulate(*test::compiled(race), 20);
    QCOMPARE(before.estimatedCosts, 0);
    QCOMPARE(after.estimatedCosts, 4);
    for (const SimulatedRun& run : after.runs) {
        QVERIFY(run.costIsEstimate); // live, nobody says what the lane that lost has cost
        QCOMPARE(run.result.cost.total().value(), NanoUsd{100 + 400});
    }
    const Difference difference = whatIf.compare(before, after, 20);
    QCOMPARE(difference.moved.size(), std::size_t{4});
    QVERIFY(!difference.moved[0].costFromIsEstimate && difference.moved[0].costToIsEstimate);

    json carries = judgedPolicy(3.5);
    QCOMPARE(whatIf.simulate(*test::compiled(carries), 20).estimatedCosts, 0);
    carries["cascade"]["carry"] = {"draft"};
    const auto runs = [&] { return whatIf.simulate(*test::compiled(carries), 20).runs; };
    QVERIFY(!runs()[0].costIsEstimate);
    QVERIFY(runs()[1].costIsEstimate); // it escalates, and the rejected draft makes the next one's input longer
    const NanoUsd withDraft = runs()[1].result.cost.known;
    matrix->rows[1].cells[{"T0", "m0"}].answer = ""; // it calls a tool: there are no words to carry
    QVERIFY(!runs()[1].costIsEstimate);
    QVERIFY(runs()[1].result.cost.known < withDraft);
}

void ReplayTest::differenceIsPairedAndHonest()
{
    WhatIf whatIf(matrixOf(80));
    const WhatIfResult base = whatIf.simulate(*test::compiled(judgedPolicy(3.5)));
    const Difference none = whatIf.compare(base, whatIf.simulate(*test::compiled(judgedPolicy(3.0))));
    QVERIFY(none.moved.empty());
    QVERIFY(none.quality->interval.contains(0));
    const Difference less = whatIf.compare(base, whatIf.simulate(*test::compiled(judgedPolicy(1.5))));
    QCOMPARE(less.moved.size(), std::size_t{40});
    QCOMPARE(less.moved.front().from, std::string("T1"));
    QCOMPARE(less.moved.front().to, std::string("T0"));
    QVERIFY(less.quality->interval.high < 0);
    QVERIFY(less.costUsd->interval.high < 0);
    QVERIFY(std::fabs(less.escalationRate->value + 0.5) < 1e-12);
}

void ReplayTest::sweepMovesOneNumberOnly()
{
    WhatIf whatIf(matrixOf(20));
    const auto curve = sweepSetting(whatIf, judgedPolicy(3.5).dump(), "/triggers/grounding/below", {1.5, 3.5, 4.55, 9.0});
    QVERIFY(curve);
    QCOMPARE(curve->size(), std::size_t{3}); // 9 of 5 is no legal setting
    QVERIFY((*curve)[0].costUsd < (*curve)[1].costUsd && (*curve)[1].costUsd < (*curve)[2].costUsd);
    QVERIFY((*curve)[0].quality < (*curve)[1].quality);
    QCOMPARE((*curve)[1].escalationRate, 0.5);
    QVERIFY(!sweepSetting(whatIf, judgedPolicy(3.5).dump(), "/triggers/nobody/below", {1.0}));
    int asked = 0;
    const auto stopped = sweepSetting(whatIf, judgedPolicy(3.5).dump(), "/triggers/grounding/below", {1.5, 2.5, 3.5}, [&] { return ++asked > 1; });
    QCOMPARE(stopped->size(), std::size_t{1});
}

void ReplayTest::traceJsonHoldsWhatTheCommandLinePromises()
{
    Trace trace;
    trace.id = "01";
    trace.promptId = "p-1";
    trace.status = TraceStatus::Answered;
    trace.route = "T0";
    trace.finalTier = "T1";
    trace.model = "m1";
    trace.answer = "quote \" and \xE2\x82\xAC";
    trace.reasons = {"router.fixed", "gate.all_passed"};
    Hop hop;
    hop.tier = "T0";
    hop.model = "m0";
    hop.status = HopStatus::Escalated;
    hop.reason = "gate.judge_below.grounding";
    hop.tokens.input = 5;
    trace.hops = {hop};
    Charge charge;
    charge.kind = ChargeKind::Judge;
    charge.model = "judge";
    charge.cost = 500;
    charge.purpose = "judge:grounding";
    charge.hop = 0;
    Charge retried = charge;
    retried.kind = ChargeKind::Retry;
    Charge own = charge;
    own.kind = ChargeKind::Retry;
    own.purpose = "model";
    own.cost = 2000;
    Charge older = charge;
    older.purpose = "";
    Charge unknown;
    trace.charges = {charge, retried, own, older, unknown};
    const json out = json::parse(traceToJson(trace));
    for (const char* key : {"id", "status", "route", "model", "hops", "charges", "escalations", "cost_usd", "cost_known_share", "latency_ms", "quality",
                            "quality_source", "resolved", "answer", "reasons", "policy", "policy_hash", "prompt_version", "judge_versions", "input_hash", "simulated"})
        QVERIFY2(out.contains(key), key);
    QCOMPARE(out["id"].get<std::string>(), std::string("p-1"));
    QVERIFY(out["quality"].is_null() && out["resolved"].is_null() && out["cost_usd"].is_null());
    for (const char* key : {"tier", "model", "status", "reason", "ttft_ms", "latency_ms", "tokens", "cost_usd"})
        QVERIFY2(out["hops"][0].contains(key), key);
    QVERIFY(out["hops"][0]["tokens"]["output"].is_null());
    QCOMPARE(out["hops"][0]["tokens"]["input"].get<int>(), 5);
    QCOMPARE(out["hops"][0]["cost_usd"].get<double>(), 2000e-9); // its judge's calls apart, also those tried again
    QCOMPARE(out["charges"][1]["purpose"].get<std::string>(), std::string("judge:grounding"));
    QVERIFY(out["charges"][3]["purpose"].is_null());
    for (const char* key : {"kind", "model", "purpose", "tokens", "price_source", "cost_usd"})
        QVERIFY2(out["charges"][0].contains(key), key);
    QCOMPARE(out["answer"].get<std::string>(), trace.answer);
}

void ReplayTest::exportedPolicyIsCanonicalOrMarked()
{
    const PolicyDocumentPtr sound = readPolicy(judgedPolicy(3.5).dump());
    const auto text = exportSignalboxPolicy(*sound, false);
    QVERIFY(text);
    QCOMPARE(exportSignalboxPolicy(*readPolicy(*text), false).value(), *text);
    QCOMPARE(readPolicy(*text)->policy->contentHash, sound->policy->contentHash);
    json broken = judgedPolicy(3.5);
    broken["router"]["otherwise"] = "T7";
    const PolicyDocumentPtr faulty = readPolicy(broken.dump());
    QCOMPARE(exportSignalboxPolicy(*faulty, false).error().code, std::string("export.has_errors"));
    const json forced = json::parse(exportSignalboxPolicy(*faulty, true).value());
    QVERIFY(forced["export"]["forced"].get<bool>());
    QVERIFY(forced["export"]["errors"].get<int>() >= 1);
    json open = judgedPolicy(3.5);
    open["endpoints"][0]["key"] = "sk-live-hunter2";
    for (const bool force : {false, true}) {
        const auto refused = exportSignalboxPolicy(*readPolicy(open.dump()), force);
        QCOMPARE(refused.error().code, std::string("export.literal_key"));
        QVERIFY(refused.error().message.find("sk-live") == std::string::npos);
    }
}

QTEST_GUILESS_MAIN(ReplayTest)
#include "tst_replay.moc"
