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
    void missingCellLeavesTheRunOut();
    void evidenceOfOtherWordsIsNoEvidence();
    void budgetsHoldInWhatIf();
    void brokenAnswersStopOrStartAgain();
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
