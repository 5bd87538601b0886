// SPDX-License-Identifier: GPL-3.0-or-later
// Every pattern of a cascade: as a pure machine under random outcomes, live over real sockets, and over recorded outcomes.
#include "base/random.h"
#include "cascade/conversation.h"
#include "cascade/hop_request.h"
#include "cascade/strategy.h"
#include "judging/agreement.h"
#include "judging/marker.h"
#include "replay/outcome_matrix.h"
#include "replay/what_if.h"
#include "routers/run_support.h"
#include "tests/support/live_cascade.h"
#include "tests/support/policies.h"
#include "tests/support/scripted_models.h"

#include <QtTest>

#include <map>
#include <set>

using namespace signalbox;
using nlohmann::json;
using namespace signalbox::testing;

class CascadePatternsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whateverHappensEveryPatternEndsOnceAndWithinItsBounds();
    void theFirstAcceptableAnswerWinsTheRace();
    void aRejectedLaneLeavesTheRaceToTheOthers();
    void aRaceThatNobodyWinsGoesUpTheOrder();
    void laterLanesStartWhenTheirTimeHasComeOrNobodyIsLeft();
    void aBarredLaneIsNeverCalled();
    void aLockedRuleIsNoRace();
    void anUnsureSpecialistGoesToTheGeneralist();
    void stagesWorkOneAfterTheOther();
    void aVerdictIsItsFirstWord();
    void whatDoesNotPassItsCheckGoesOn();
    void cheapModelsThatAgreeAreBelieved();
    void theJudgeComparesInEitherOrder();
    void mostSamplesDecide();
    void theUserDoesNotWaitForTheBackground();
    void aGateOnLengthDoesNotGoRound();
    void lanesThatAreTooSmallLeadOn_data();
    void lanesThatAreTooSmallLeadOn();
    void theNextTierIsToldWhatWasTried();
    void recordedLatenciesDecideARace();
    void whatIfSaysWhatItCannotKnow();
    void whatIfAgreesWithLiveRuns();
    void numbersAndWordsAreComparedAsPeopleDo();
};

namespace {

bool hasReason(const std::vector<std::string>& reasons, const std::string& reason)
{
    return std::ranges::find(reasons, reason) != reasons.end();
}

std::string zeroLatencyScenario()
{
    return test::sourceFile("resources/scenarios/zero-latency.json");
}

json refusalTrigger()
{
    return {{"id", "refused"}, {"gate", "refusal"}, {"escalate", "next"}};
}

json racePolicy(const std::string& url)
{
    json p = test::basePolicy(url);
    p["cascade"] = {{"pattern", "race"}, {"lanes", {"T0", "T1"}}, {"order", {"T0", "T1", "T2"}}};
    p["triggers"] = json::array({refusalTrigger()});
    return p;
}

NanoUsd sumOf(const Trace& trace)
{
    NanoUsd sum = 0;
    for (const Charge& charge : trace.charges)
        sum += charge.cost.value_or(0);
    return sum;
}

const Hop& hopOf(const Trace& trace, const std::string& tier)
{
    for (const Hop& hop : trace.hops) {
        if (hop.tier == tier)
            return hop;
    }
    qFatal("no hop of tier %s", tier.c_str());
}

json randomCascade(Random& random)
{
    json cascade;
    json order = json::array({"T0", "T1", "T2"});
    switch (random.below(7)) {
    case 0:
        cascade = {{"pattern", "direct"}};
        break;
    case 1:
        cascade = {{"pattern", "waterfall"}, {"order", order}, {"max_hops", 1 + random.below(5)}};
        break;
    case 2:
        cascade = {{"pattern", "race"}, {"lanes", {"T0", "T1"}}, {"max_hops", 1 + random.below(5)}};
        if (random.below(2) == 0)
            cascade["stagger_ms"] = 50;
        if (random.below(3) != 0)
            cascade["order"] = order;
        break;
    case 3:
        cascade = {{"pattern", "specialist_pool"},
                   {"pool", {"T0", "T1"}},
                   {"unsure", {{"escalate", random.below(3) == 0 ? "human" : "T2"}}}};
        break;
    case 4:
        cascade = {{"pattern", "pipeline"},
                   {"stages", json::array({{{"id", "a"}, {"role", "rewrite"}, {"tier", "T0"}},
                                           {{"id", "b"}, {"role", "retrieve"}},
                                           {{"id", "c"}, {"role", "synthesise"}, {"tier", "T1"}},
                                           {{"id", "d"}, {"role", "verify"}, {"tier", "T0"}}})}};
        if (random.below(2) == 0)
            cascade["order"] = order;
        break;
    case 5:
        cascade = {{"pattern", "agreement"}, {"lanes", {"T0", "T1"}}, {"order", order}};
        if (random.below(3) == 0) {
            cascade["compare"] = "judge";
            cascade["rubric"] = "grounding";
            cascade["at_least"] = 4;
        }
        break;
    default:
        cascade = {{"pattern", "self_consistency"}, {"samples", 2 + random.below(4)}, {"order", order}};
        if (random.below(2) == 0)
            cascade["min_share"] = 0.8;
    }
    if (random.below(4) == 0)
        cascade["background"] = "T2";
    if (random.below(3) == 0)
        cascade["when_exhausted"] = "human";
    return cascade;
}

} // namespace

void CascadePatternsTest::whateverHappensEveryPatternEndsOnceAndWithinItsBounds()
{
    Random random(20261122);
    std::map<CascadePattern, int> answered;
    int escalated = 0;
    for (int round = 0; round < 3000; ++round) {
        json p = test::basePolicy();
        p["cascade"] = randomCascade(random);
        p["router"]["otherwise"] = "T" + std::to_string(random.below(2));
        p["triggers"] = json::array({refusalTrigger()});
        if (random.below(3) == 0)
            p["triggers"].push_back({{"id", "sure"}, {"gate", "confidence"}, {"below", 0.5}, {"escalate", "next"}});
        if (random.below(4) == 0)
            p["triggers"][0]["escalate"] = random.below(2) == 0 ? "human" : "T2";
        if (random.below(4) == 0)
            p["tiers"][random.below(3)]["budget"] = {{"max_input_tokens", 5}};
        if (random.below(3) == 0)
            p["rules"] = json::array({{{"id", "no"},
                                       {"when", {{"keyword", json::array({"x"})}}},
                                       {"exclude", json::array({"T" + std::to_string(random.below(3))})},
                                       {"reason", "policy.no"}}});
        const PolicyPtr policy = test::decoded(p);
        QVERIFY2(policy, p["cascade"].dump().c_str());
        QVERIFY(mayRun(*policy));
        const CompiledPolicy compiled(policy);
        Decision d = decide(compiled, Request::fromPrompt("p", "x"));
        if (random.below(2) == 0)
            d.confidence = random.uniform();
        const GateMatchers matchers(*policy);
        const Request request = Request::fromPrompt("p", "x");
        const Features features = extractFeatures(request);
        const Observation seen = compiled.observe(request, features);
        const RequestGates gates(*policy, matchers, seen, d, &features, 0);
        const std::unique_ptr<Strategy> strategy = makeStrategy(*policy, d, 10, &gates);

        std::map<int, HopStart> underWay;
        std::map<int, HopVerdict> verdicts;
        std::map<int, int> calls; // by tier
        std::optional<CascadeEnd> end, answer;
        std::vector<int> comparing;
        int hops = 0;
        int called = 0;
        bool wakes = false;
        const std::string where = p["cascade"].dump() + " round " + std::to_string(round);
        std::function<void(const Moves&)> follow = [&](const Moves& moves) {
            QVERIFY2(!end, where.c_str());
            for (const int hop : moves.cancel) {
                QVERIFY2(underWay.erase(hop) == 1, where.c_str());
                QVERIFY(std::ranges::any_of(moves.verdicts, [&](const HopVerdict& v) { return v.hop == hop; }));
            }
            for (const HopVerdict& verdict : moves.verdicts) {
                QVERIFY2(verdict.hop >= 0 && verdict.hop < hops, where.c_str());
                QVERIFY2(!verdict.reason.empty(), where.c_str());
                verdicts[verdict.hop] = verdict;
            }
            for (const TurnedAway& tier : moves.turnedAway) {
                QVERIFY2(!d.isBarred(tier.tier), where.c_str());
                ++hops;
            }
            wakes = moves.wakeInMs ? true : moves.stayAsleep || moves.end ? false : wakes;
            for (const HopStart& start : moves.start) {
                QVERIFY2(start.hop == hops++, where.c_str());
                QVERIFY2(!d.isBarred(start.tier), where.c_str());
                QVERIFY2(start.draftOf < start.hop && !underWay.contains(start.draftOf), where.c_str());
                underWay[start.hop] = start;
                if (start.part == HopPart::Background) {
                    QVERIFY2(moves.answer && calls[start.tier] == 0, where.c_str());
                    continue;
                }
                QVERIFY2(++called <= policy->cascade.maxHops, where.c_str());
                if (start.part != HopPart::Sample && start.part != HopPart::Stage &&
                    policy->cascade.pattern != CascadePattern::Waterfall &&
                    policy->cascade.pattern != CascadePattern::Pipeline)
                    QVERIFY2(calls[start.tier] == 0, where.c_str());
                ++calls[start.tier];
            }
            if (moves.answer) {
                QVERIFY(!answer);
                answer = moves.answer;
            }
            if (moves.compare)
                comparing = {moves.compare->first, moves.compare->second};
            if (moves.end)
                end = moves.end;
            if (moves.retrieve)
                follow(strategy->retrieved());
        };
        follow(strategy->begin());
        for (int step = 0; !end; ++step) {
            QVERIFY2(step < 100, where.c_str());
            if (!comparing.empty()) {
                comparing.clear();
                follow(strategy->compared(random.below(4) == 0 ? std::nullopt
                                                               : std::optional(1 + 4 * random.uniform())));
                continue;
            }
            if (wakes && (underWay.empty() || random.below(3) == 0)) {
                wakes = false;
                follow(strategy->woken());
                continue;
            }
            QVERIFY2(!underWay.empty(), where.c_str());
            auto chosen = underWay.begin();
            std::advance(chosen, static_cast<long>(random.below(underWay.size())));
            const int hop = chosen->first;
            const HopStart start = chosen->second;
            underWay.erase(chosen);
            HopOutcome outcome;
            outcome.answered = random.below(4) != 0;
            if (!outcome.answered) {
                outcome.failureReason = random.below(8) == 0 ? "provider.bad_request" : "provider.unavailable";
            } else if (!start.unsureMarker.empty() && random.below(3) == 0) {
                outcome.unsure = true;
                outcome.firedReason = "pool.unsure";
            } else if (!(start.gates && start.gates->empty()) && random.below(3) == 0) {
                outcome.firedTrigger = 0;
                outcome.firedReason = "gate.refusal.refused";
            }
            const char* texts[] = {"PASS", "FAIL: no", "the answer is 4", "5"};
            follow(strategy->ended(hop, outcome, texts[random.below(4)]));
        }
        QVERIFY2(underWay.empty(), where.c_str());
        QCOMPARE(strategy->hops(), hops);
        if (end->status == TraceStatus::Answered) {
            QVERIFY2(end->acceptedHop >= 0 && verdicts.contains(end->acceptedHop), where.c_str());
            const HopStatus status = verdicts[end->acceptedHop].status;
            QVERIFY2(status == HopStatus::Accepted || status == HopStatus::Escalated, where.c_str());
            ++answered[policy->cascade.pattern];
        }
        QVERIFY2(std::ranges::count_if(verdicts, [](const auto& v) { return v.second.status == HopStatus::Accepted; }) <=
                     1,
                 where.c_str());
        QVERIFY(strategy->escalations() <= policy->cascade.maxHops + 3);
        escalated += strategy->escalations() > 0;
    }
    QCOMPARE(answered.size(), std::size_t{7});
    for (const auto& [pattern, n] : answered)
        QVERIFY2(n > 100, cascadePatternName(pattern));
    QVERIFY(escalated > 500);
}

void CascadePatternsTest::theFirstAcceptableAnswerWinsTheRace()
{
    Models models({{kSmall, always("Use the form.")},
                   {kMid, [](const SeenRequest&) { return beginsToSay("Well, let me think about this"); }}});
    test::LiveCascade live(zeroLatencyScenario());
    const TracePtr t = live.run(test::compiled(racePolicy(models.url())), Request::fromPrompt("one", "how?"));
    QCOMPARE(t->status, TraceStatus::Answered);
    QCOMPARE(t->answer, std::string("Use the form."));
    QCOMPARE(t->finalTier, std::string("T0"));
    QCOMPARE(t->escalations, 0);
    QVERIFY(hasReason(t->reasons, "race.won"));
    QCOMPARE(t->hops.size(), std::size_t{2});
    QCOMPARE(hopOf(*t, "T0").status, HopStatus::Accepted);
    const Hop& loser = hopOf(*t, "T1");
    QCOMPARE(loser.status, HopStatus::Cancelled);
    QCOMPARE(loser.reason, std::string("race.lost"));
    QCOMPARE(loser.role, std::string("lane"));
    // Stopped as soon as there is a winner. Of several races, since this machine may have other things to do in between.
    double apart = 1e9;
    for (int i = 0; i < 5; ++i) {
        const TracePtr again = live.run(test::compiled(racePolicy(models.url())), Request::fromPrompt("more", "how?"));
        const Hop& lost = hopOf(*again, "T1");
        const Hop& won = hopOf(*again, "T0");
        QCOMPARE(lost.reason, std::string("race.lost"));
        apart = std::min(apart, lost.startMs + lost.totalMs - won.startMs - won.totalMs);
    }
    qInfo("a loser was stopped %.3f ms after the winner's answer was accepted", apart);
    QVERIFY2(apart >= 0 && apart < 10, QByteArray::number(apart));
    int losers = 0;
    for (const Charge& charge : t->charges) {
        if (charge.kind != ChargeKind::RaceLoser)
            continue;
        ++losers;
        QCOMPARE(charge.hop, loser.index);
        QVERIFY(!charge.cost && charge.estimated); // the server never said
        QVERIFY(charge.tokens.input && charge.tokens.output);
        QVERIFY(charge.estimate && *charge.estimate > 0);
    }
    QCOMPARE(losers, 1);
    QCOMPARE(t->cost().known, sumOf(*t));
    QCOMPARE(t->cost().unknownParts, 1);
    const json shown = json::parse(traceToJson(*t));
    QCOMPARE(shown["charges"].size(), t->charges.size());
    QVERIFY(shown.dump().find("race_loser") != std::string::npos);
    models.server().open("never");
}

void CascadePatternsTest::aRejectedLaneLeavesTheRaceToTheOthers()
{
    Models models({{kSmall, always("I'm sorry, but I can't help with that.")}, {kMid, always("Use the form.")}});
    test::LiveCascade live(zeroLatencyScenario());
    const TracePtr t = live.run(test::compiled(racePolicy(models.url())), Request::fromPrompt("one", "how?"));
    QCOMPARE(t->finalTier, std::string("T1"));
    QVERIFY(hasReason(t->reasons, "race.won"));
    const HopStatus other = hopOf(*t, "T0").status; // it was rejected, or stopped before anybody looked at it
    QVERIFY(other == HopStatus::Escalated || other == HopStatus::Cancelled);
    QCOMPARE(t->escalations, 0);
    QCOMPARE(resultOf(*t).escalationReasons.size(), std::size_t{0});
}

void CascadePatternsTest::aRaceThatNobodyWinsGoesUpTheOrder()
{
    const std::string refusal = "I'm sorry, but I can't help with that.";
    Models models({{kSmall, always(refusal)}, {kMid, always(refusal)}, {kFrontier, always("Use the form.")}});
    test::LiveCascade live(zeroLatencyScenario());
    json p = racePolicy(models.url());
    p["cascade"]["carry"] = json::array({"draft"});
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "how?"));
    QCOMPARE(t->finalTier, std::string("T2"));
    QCOMPARE(t->escalations, 1);
    QVERIFY(hasReason(t->reasons, "race.none_acceptable"));
    QCOMPARE(models.asked().back(), std::string(kFrontier));
    QVERIFY2(models.texts().back().find("A previous draft was rejected (gate.refusal.refused)") != std::string::npos,
             models.texts().back().c_str());
    p["cascade"]["max_hops"] = 2; // no hop is left: the strongest lane's draft is the answer
    const TracePtr ends = live.run(test::compiled(p), Request::fromPrompt("two", "how?"));
    QCOMPARE(ends->status, TraceStatus::Answered);
    QCOMPARE(ends->finalTier, std::string("T1"));
    QVERIFY(hasReason(ends->reasons, "cascade.max_hops"));
    p["cascade"]["when_exhausted"] = "human";
    QCOMPARE(live.run(test::compiled(p), Request::fromPrompt("two", "how?"))->status, TraceStatus::HandedOff);
}

void CascadePatternsTest::laterLanesStartWhenTheirTimeHasComeOrNobodyIsLeft()
{
    json p = racePolicy("sandbox://local/v1");
    p["cascade"]["stagger_ms"] = 60'000;
    {
        Models models({{kSmall, always("Use the form.")}});
        test::LiveCascade live(zeroLatencyScenario());
        p["endpoints"][0]["base_url"] = models.url();
        const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "how?"));
        QCOMPARE(t->finalTier, std::string("T0"));
        QCOMPARE(models.asked(), std::vector<std::string>{kSmall}); // the other lane was never needed
        QCOMPARE(t->hops.size(), std::size_t{1});
    }
    Models models({{kSmall, always("I'm sorry, but I can't help with that.")}, {kMid, always("Use the form.")}});
    test::LiveCascade live(zeroLatencyScenario());
    p["endpoints"][0]["base_url"] = models.url();
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "how?"));
    QCOMPARE(t->finalTier, std::string("T1")); // at once, and not a minute later
    QCOMPARE(hopOf(*t, "T0").status, HopStatus::Escalated);
}

void CascadePatternsTest::aBarredLaneIsNeverCalled()
{
    Models models({});
    test::LiveCascade live(zeroLatencyScenario());
    for (const char* pattern : {"race", "agreement", "self_consistency", "pipeline", "specialist_pool"}) {
        json p = racePolicy(models.url());
        p["router"]["otherwise"] = "T1";
        p["cascade"]["pattern"] = pattern;
        const std::string is = pattern;
        if (is == "self_consistency") {
            p["cascade"].erase("lanes");
            p["cascade"]["samples"] = 3;
        } else if (is == "pipeline") {
            p["cascade"].erase("lanes");
            p["cascade"]["stages"] = json::array({{{"id", "ask"}, {"role", "rewrite"}, {"tier", "T1"}},
                                                  {{"id", "write"}, {"role", "synthesise"}, {"tier", "T0"}},
                                                  {{"id", "check"}, {"role", "verify"}, {"tier", "T1"}}});
        } else if (is == "specialist_pool") {
            p["cascade"] = {{"pattern", is}, {"pool", {"T0", "T1"}}, {"unsure", {{"escalate", "T1"}}}};
        }
        p["cascade"]["background"] = "T1";
        p["rules"] = json::array(
            {{{"id", "no"}, {"when", {{"keyword", json::array({"secret"})}}}, {"exclude", json::array({"T1"})}, {"reason", "policy.no"}}});
        const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "a secret question"));
        QVERIFY2(!hasReason(models.asked(), kMid), pattern);
        QVERIFY2(!t->hops.empty() && !t->reasons.empty(), pattern);
    }
}

void CascadePatternsTest::aLockedRuleIsNoRace()
{
    Models models({});
    test::LiveCascade live(zeroLatencyScenario());
    json p = racePolicy(models.url());
    p["rules"] = json::array({{{"id", "legal"},
                               {"when", {{"keyword", json::array({"lawyer"})}}},
                               {"route", "T2"},
                               {"locked", true},
                               {"reason", "policy.legal"}}});
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "my lawyer says"));
    QCOMPARE(t->finalTier, std::string("T2"));
    QCOMPARE(models.asked(), std::vector<std::string>{kFrontier});
}

void CascadePatternsTest::anUnsureSpecialistGoesToTheGeneralist()
{
    Models models({{kSmall, always("UNSURE")}, {kFrontier, always("Use the form.")}});
    test::LiveCascade live(zeroLatencyScenario());
    json p = test::basePolicy(models.url());
    p["cascade"] = {{"pattern", "specialist_pool"}, {"pool", {"T0", "T1"}}, {"unsure", {{"escalate", "T2"}}}};
    p["triggers"] = json::array({test::groundingTrigger(1)});
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "how?"));
    QCOMPARE(t->finalTier, std::string("T2"));
    QCOMPARE(t->escalations, 1);
    QVERIFY(hasReason(t->reasons, "pool.unsure"));
    QCOMPARE(t->hops[0].reason, std::string("pool.unsure"));
    QVERIFY(t->hops[0].gates.empty()); // no judge is paid for what is no answer
    QVERIFY(models.texts().front().find("answer with UNSURE and nothing else") != std::string::npos);
    // It is no answer either when there is nobody else.
    p["cascade"]["max_hops"] = 1;
    const TracePtr failed = live.run(test::compiled(p), Request::fromPrompt("two", "how?"));
    QCOMPARE(failed->status, TraceStatus::Failed);
    QVERIFY(failed->answer.empty());
    p["cascade"]["unsure"]["escalate"] = "human";
    QCOMPARE(live.run(test::compiled(p), Request::fromPrompt("two", "how?"))->status, TraceStatus::HandedOff);
}

namespace {

json pipelinePolicy(const std::string& url)
{
    json p = test::basePolicy(url);
    p["cascade"] = {{"pattern", "pipeline"},
                    {"order", {"T2"}},
                    {"stages", json::array({{{"id", "question"}, {"role", "rewrite"}, {"tier", "T0"}},
                                            {{"id", "passages"}, {"role", "retrieve"}},
                                            {{"id", "answer"}, {"role", "synthesise"}, {"tier", "T1"}, {"prompt", "Name each."}},
                                            {{"id", "check"}, {"role", "verify"}, {"tier", "T0"}}})}};
    p["retrieval"] = {{"enabled", true}, {"top_k", 2}};
    return p;
}

Models::Answer rewritesAndChecks(const std::string& verdict)
{
    return [verdict](const SeenRequest& seen) {
        return says(allText(seen).find("PASS") != std::string::npos ? verdict : "parcel tracking number lost");
    };
}

std::vector<Document> parcelDocuments()
{
    return {{"a1", "Parcels", "A parcel with a lost tracking number is found by its address."},
            {"a2", "Cheese", "Cheese is made of milk."}};
}

} // namespace

void CascadePatternsTest::stagesWorkOneAfterTheOther()
{
    Models models({{kSmall, rewritesAndChecks("PASS")}, {kMid, always("By its address [a1].")}});
    test::LiveCascade live(zeroLatencyScenario(), parcelDocuments());
    const TracePtr t = live.run(test::compiled(pipelinePolicy(models.url())), Request::fromPrompt("one", "where is it?"));
    QCOMPARE(t->status, TraceStatus::Answered);
    QCOMPARE(t->answer, std::string("By its address [a1]."));
    QCOMPARE(t->hops.size(), std::size_t{3});
    QCOMPARE(t->hops[0].role, std::string("stage:question"));
    QCOMPARE(t->hops[1].role, std::string("stage:answer"));
    QCOMPARE(t->hops[2].role, std::string("stage:check"));
    QCOMPARE(t->hops[1].status, HopStatus::Accepted);
    QCOMPARE(t->hops[0].status, HopStatus::Used);
    QCOMPARE(t->hops[2].status, HopStatus::Used);
    QVERIFY(!t->retrieved.empty() && t->retrieved[0].documentId == "a1"); // found with the new words
    const std::string told = models.texts()[1];
    QVERIFY(told.find("Name each.") != std::string::npos && told.find("found by its address") != std::string::npos);
    QVERIFY(told.find("user: where is it?") != std::string::npos);
    QVERIFY(models.texts()[2].find("By its address [a1].") != std::string::npos);
    QCOMPARE(t->charges.size(), std::size_t{3});
    QCOMPARE(t->cost().total().value(), sumOf(*t));
}

void CascadePatternsTest::aVerdictIsItsFirstWord()
{
    const auto verdict = [](const std::string& answer) -> std::string {
        const std::vector<char> bytes(answer.begin(), answer.end()); // nothing readable stands behind its end
        const auto found = parseStageVerdict({bytes.data(), bytes.size()});
        return !found ? "none" : (found->passed ? "pass" : "fail") + (found->why.empty() ? "" : "|" + found->why);
    };
    for (const char* answer : {"", "5", "pas", "yes", "passable", "failure", "PASSEDXY", "  \n** ",
                               "Pass/Fail: FAIL", "PASS or FAIL? FAIL"})
        QCOMPARE(verdict(answer), std::string("none"));
    for (const char* answer : {"pass", "PASS", "Passed", "**PASS**", "\"pass\"", "PASS.\n"})
        QCOMPARE(verdict(answer), std::string("pass"));
    QCOMPARE(verdict("PASS. No check did fail."), std::string("pass|No check did fail."));
    for (const char* answer :
         {"FAIL: the total is wrong", "Failed - the total is wrong", "**fail** the total is wrong"})
        QCOMPARE(verdict(answer), std::string("fail|the total is wrong"));
}

void CascadePatternsTest::whatDoesNotPassItsCheckGoesOn()
{
    for (const char* verdict : {"FAIL: made up", "I think so"}) {
        Models models({{kSmall, rewritesAndChecks(verdict)}, {kMid, always("By magic.")}, {kFrontier, always("By its address.")}});
        test::LiveCascade live(zeroLatencyScenario(), parcelDocuments());
        const TracePtr t = live.run(test::compiled(pipelinePolicy(models.url())), Request::fromPrompt("one", "where is it?"));
        QCOMPARE(t->finalTier, std::string("T2"));
        QCOMPARE(t->escalations, 1);
        QVERIFY(hasReason(t->reasons, std::string(verdict) == "I think so" ? "pipeline.no_verdict.check"
                                                                           : "pipeline.verify_failed.check"));
        QCOMPARE(t->hops[1].status, HopStatus::Escalated);
    }
}

void CascadePatternsTest::cheapModelsThatAgreeAreBelieved()
{
    const auto policy = [](const std::string& url) {
        json p = test::basePolicy(url);
        p["cascade"] = {{"pattern", "agreement"}, {"lanes", {"T0", "T1"}}, {"compare", "answer"}, {"order", {"T2"}}};
        return p;
    };
    {
        Models models({{kSmall, always("Six times seven makes 42.")}, {kMid, always("The answer is 42.0")}});
        test::LiveCascade live(zeroLatencyScenario());
        const TracePtr t = live.run(test::compiled(policy(models.url())), Request::fromPrompt("one", "6*7?"));
        QCOMPARE(t->finalTier, std::string("T0"));
        QVERIFY(hasReason(t->reasons, "agreement.agreed"));
        QCOMPARE(hopOf(*t, "T1").status, HopStatus::Used);
        QCOMPARE(hopOf(*t, "T0").gates.back().rawScore, std::optional(1.0));
        QCOMPARE(models.asked().size(), std::size_t{2});
    }
    Models models({{kSmall, always("Six times seven makes 42.")}, {kMid, always("The answer is 41")}});
    test::LiveCascade live(zeroLatencyScenario());
    const TracePtr t = live.run(test::compiled(policy(models.url())), Request::fromPrompt("one", "6*7?"));
    QCOMPARE(t->finalTier, std::string("T2"));
    QCOMPARE(t->escalations, 1);
    QVERIFY(hasReason(t->reasons, "agreement.disagreed"));
    QCOMPARE(hopOf(*t, "T0").status, HopStatus::Escalated);
    QCOMPARE(hopOf(*t, "T1").gates.back().verdict, GateVerdict::Fired);
}

void CascadePatternsTest::theJudgeComparesInEitherOrder()
{
    // A judge that says that the answers agree when the longer one stands first.
    Models models({{kSmall, always("By mail, or else by telephone.")},
                   {kMid, always("By mail.")},
                   {"judge-mini", [](const SeenRequest& seen) {
                        const std::string text = allText(seen);
                        const bool longer = text.find("<answer_1>\nBy mail, or") != std::string::npos;
                        return says(R"({"score": )" + std::string(longer ? "5" : "2") +
                                    R"(, "evidence": "mail", "explanation": "so"})");
                    }}});
    test::LiveCascade live(zeroLatencyScenario());
    json p = test::basePolicy(models.url());
    p["cascade"] = {{"pattern", "agreement"}, {"lanes", {"T0", "T1"}}, {"compare", "judge"},
                    {"rubric", "grounding"},  {"at_least", 4},         {"order", {"T2"}}};
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "how?"));
    QCOMPARE(t->finalTier, std::string("T2"));
    QVERIFY(hasReason(t->reasons, "agreement.disagreed"));
    QCOMPARE(std::ranges::count(t->charges, ChargeKind::Judge, &Charge::kind), 2);
    QVERIFY(!t->judgeVersions.empty());
    p["cascade"]["at_least"] = 2;
    const TracePtr agreed = live.run(test::compiled(p), Request::fromPrompt("two", "how?"));
    QCOMPARE(agreed->finalTier, std::string("T0"));

    // What the judge costs counts for the hour: without it there would be room for another request.
    NanoUsd all = 0;
    NanoUsd judged = 0;
    for (const Charge& charge : agreed->charges) {
        all += charge.cost.value();
        judged += charge.kind == ChargeKind::Judge ? *charge.cost : 0;
    }
    QVERIFY(judged > 0);
    test::LiveCascade fresh(zeroLatencyScenario());
    QCOMPARE(fresh.run(test::compiled(p), Request::fromPrompt("three", "how?"))->status, TraceStatus::Answered);
    p["budget"] = {{"max_cost_usd_per_hour", static_cast<double>(all - judged / 2) / 1e9}};
    const CompiledPolicyPtr bounded = test::compiled(p);
    const TracePtr refused = fresh.run(bounded, Request::fromPrompt("four", "how?"));
    QCOMPARE(refused->status, TraceStatus::Failed);
    QVERIFY2(hasReason(refused->reasons, "budget.request_cost_per_hour"), traceToJson(*refused).c_str());
}

void CascadePatternsTest::mostSamplesDecide()
{
    std::atomic<int> asked{0};
    Models models({{kSmall, [&](const SeenRequest&) { return says(++asked % 3 == 1 ? "It is 7." : "It is 8."); }},
                   {kMid, always("Nine.")}});
    test::LiveCascade live(zeroLatencyScenario());
    json p = test::basePolicy(models.url());
    p["cascade"] = {{"pattern", "self_consistency"}, {"samples", 3}, {"compare", "answer"}, {"min_share", 0.6}, {"order", {"T0", "T1"}}};
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "how many?"));
    QCOMPARE(t->answer, std::string("It is 8."));
    QCOMPARE(t->hops.size(), std::size_t{3});
    QVERIFY(hasReason(t->reasons, "self_consistency.agreed"));
    for (const Hop& hop : t->hops) {
        if (hop.status == HopStatus::Accepted) {
            QVERIFY(qFuzzyCompare(hop.gates.back().rawScore.value(), 2.0 / 3));
            QCOMPARE(hop.gates.back().threshold, std::optional(0.6));
        }
    }
    p["cascade"]["min_share"] = 0.9;
    const TracePtr more = live.run(test::compiled(p), Request::fromPrompt("two", "how many?"));
    QCOMPARE(more->finalTier, std::string("T1"));
    QVERIFY(hasReason(more->reasons, "self_consistency.disagreed"));
}

void CascadePatternsTest::theUserDoesNotWaitForTheBackground()
{
    class Told : public test::Watcher
    {
    public:
        void answered(RunId, int hop) override
        {
            answeredHop = hop;
            release();
        }
        std::function<void()> release;
        std::atomic<int> answeredHop{-1};
    };
    Models models({{kSmall, always("Use the form.")},
                   {kFrontier, [](const SeenRequest&) {
                        Script script = {testing::pauseAt("answered")}; // not before the user has an answer
                        for (testing::Step& step : says("Use the form on page 2."))
                            script.push_back(std::move(step));
                        return script;
                    }}});
    test::LiveCascade live(zeroLatencyScenario());
    json p = test::basePolicy(models.url());
    p["cascade"] = {{"pattern", "direct"}, {"background", "T2"}};
    const auto told = std::make_shared<Told>();
    told->release = [&] { models.server().open("answered"); };
    live.engine->start(test::compiled(p), Request::fromPrompt("one", "how?"), {}, told);
    const TracePtr t = told->wait();
    QCOMPARE(told->answeredHop.load(), 0);
    QCOMPARE(t->answer, std::string("Use the form."));
    QCOMPARE(t->escalations, 0);
    const Hop& background = hopOf(*t, "T2");
    QCOMPARE(background.role, std::string("background"));
    QCOMPARE(background.status, HopStatus::Used);
    QCOMPARE(background.text, std::string("Use the form on page 2."));
    QVERIFY(t->latencyMs <= background.startMs);
    QVERIFY(t->ttftMs && *t->ttftMs <= t->latencyMs);
    QCOMPARE(t->charges.size(), std::size_t{2});
    QVERIFY(hasReason(t->reasons, "background.asked"));
    QVERIFY(resultOf(*t).escalationReasons.empty());
}

void CascadePatternsTest::lanesThatAreTooSmallLeadOn_data()
{
    QTest::addColumn<QByteArray>("cascade");
    QTest::newRow("race") << QByteArray(R"({"pattern": "race", "lanes": ["T0", "T1"]})");
    QTest::newRow("agreement") << QByteArray(R"({"pattern": "agreement", "lanes": ["T0", "T1"]})");
    QTest::newRow("pipeline") << QByteArray(R"({"pattern": "pipeline", "stages": [{"id": "rewrite", "role": "rewrite", "tier": "T0"},
                                                {"id": "write", "role": "synthesise", "tier": "T1"}]})");
}

/// A gate on length that leads back to a tier which is too small as well.
void CascadePatternsTest::aGateOnLengthDoesNotGoRound()
{
    Models models({});
    json p = test::basePolicy(models.url());
    p["router"] = {{"kind", "fixed"}, {"otherwise", "T2"}};
    p["tiers"][0]["budget"] = p["tiers"][1]["budget"] = p["tiers"][2]["budget"] = {{"max_input_tokens", 5}};
    p["triggers"] = json::array({{{"id", "long"}, {"gate", "token_budget"}, {"applies_to", {"T2"}}, {"escalate", "T0"}}});
    test::LiveCascade live(zeroLatencyScenario());
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "This is a good deal longer than five tokens."));
    QCOMPARE(t->status, TraceStatus::Failed);
    QVERIFY2(hasReason(t->reasons, "cascade.last_tier"), traceToJson(*t).c_str());
    QVERIFY(models.asked().empty());
}

/// Two tiers that take no request of this length, one after the other: neither leads back to the other.
void CascadePatternsTest::lanesThatAreTooSmallLeadOn()
{
    QFETCH(QByteArray, cascade);
    Models models({});
    json p = test::basePolicy(models.url());
    p["cascade"] = json::parse(cascade.toStdString());
    p["cascade"]["order"] = {"T0", "T1", "T2"};
    p["cascade"]["max_hops"] = 4;
    for (const int tier : {0, 1})
        p["tiers"][static_cast<std::size_t>(tier)]["budget"] = {{"max_input_tokens", 5}};
    test::LiveCascade live(zeroLatencyScenario());
    const CompiledPolicyPtr policy = test::compiled(p);
    const TracePtr t = live.run(policy, Request::fromPrompt("one", "This is a good deal longer than five tokens."));
    QVERIFY2(hasReason(t->reasons, "budget.input_tokens"), traceToJson(*t).c_str());
    QCOMPARE(t->finalTier, std::string("T2"));
    QCOMPARE(models.asked(), std::vector<std::string>{kFrontier});
    QCOMPARE(live.run(policy, Request::fromPrompt("two", "Short."))->status, TraceStatus::Answered); // and the engine lives
}

void CascadePatternsTest::theNextTierIsToldWhatWasTried()
{
    json p = test::basePolicy();
    Models models({{kSmall, [](const SeenRequest&) {
                        const json body = {
                            {"choices",
                             {{{"index", 0},
                               {"finish_reason", "tool_calls"},
                               {"message",
                                {{"role", "assistant"},
                                 {"content", nullptr},
                                 {"tool_calls",
                                  json::array({{{"id", "c"},
                                                {"type", "function"},
                                                {"function", {{"name", "help"}, {"arguments", "{\"order\": 7}"}}}}})}}}}}},
                            {"usage", {{"prompt_tokens", 10}, {"completion_tokens", 5}}}};
                        return Script{testing::send(testing::response(
                            "200 OK", "Content-Type: application/json\r\n", body.dump()))};
                    }}});
    p["endpoints"][0]["base_url"] = models.url();
    p["tools"] = json::array({{{"id", "help"}, {"description", "Asks for help."}}});
    p["triggers"] = json::array(
        {{{"id", "help"}, {"gate", "self_escalation"}, {"tool", "help"}, {"escalate", {{"to", "next"}, {"template", "second"}}}}});
    p["templates"] = json::array({{{"id", "second"}, {"system_prompt", "Somebody else has tried."}}});
    p["cascade"]["carry"] = {"draft", "tool_results"};
    test::LiveCascade live(zeroLatencyScenario());
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "how?"));
    QCOMPARE(t->finalTier, std::string("T1"));
    QVERIFY2(models.texts().back().find("help({\"order\": 7})") != std::string::npos, models.texts().back().c_str());
    QCOMPARE(t->hops[0].toolCalls, (std::vector<ToolCall>{{"c", "help", "{\"order\": 7}"}}));
    QCOMPARE(t->hops[0].finishReason, std::string("tool_calls"));

    // What went out can be made again from the trace, to the letter.
    const CompiledPolicyPtr policy = test::compiled(p);
    for (std::size_t i = 0; i < t->hops.size(); ++i) {
        const auto request = requestOfHop(*policy, *t, t->hops[i], {});
        QVERIFY2(request, request ? "" : request.error().message.c_str());
        std::string text;
        for (const Message& message : request->messages)
            text += message.role + ": " + message.content + "\n";
        QCOMPARE(text, models.texts().at(i));
        QCOMPARE(request->tools.size(), std::size_t{1});
    }
}

namespace {

OutcomeCell recorded(const std::string& answer, double ms, NanoUsd cost)
{
    OutcomeCell cell;
    cell.state = CellState::Known;
    cell.answered = true;
    cell.answer = answer;
    cell.generationMs = ms;
    cell.inputTokens = 10;
    cell.outputTokens = 5;
    cell.modelCost.add(cost);
    return cell;
}

std::shared_ptr<OutcomeMatrix> oneRow(std::map<std::string, OutcomeCell> byTier)
{
    auto matrix = std::make_shared<OutcomeMatrix>();
    OutcomeRow row;
    row.request = Request::fromPrompt("one", "how?");
    for (auto& [tier, cell] : byTier)
        row.cells[{tier, "m" + tier.substr(1)}] = cell;
    matrix->rows.push_back(row);
    return matrix;
}

} // namespace

void CascadePatternsTest::recordedLatenciesDecideARace()
{
    json p = racePolicy("sandbox://local/v1");
    const auto play = [&](std::map<std::string, OutcomeCell> cells) {
        return WhatIf(oneRow(std::move(cells))).simulate(*test::compiled(p), 10).runs.front();
    };
    const OutcomeCell fast = recorded("Use the form.", 100, 1000);
    const OutcomeCell slow = recorded("Use the other form.", 400, 8000);
    const SimulatedRun run = play({{"T0", fast}, {"T1", slow}});
    QVERIFY(run.complete);
    QCOMPARE(run.result.tier, std::string("T0"));
    QCOMPARE(run.result.latencyMs, 100.0);
    QCOMPARE(run.result.cost.known, NanoUsd{1000 + 2000}); // a quarter of the loser's time
    QVERIFY(run.costIsEstimate);
    QCOMPARE(run.result.escalations, 0);
    const SimulatedRun refused =
        play({{"T0", recorded("I'm sorry, but I can't help with that.", 100, 1000)}, {"T1", slow}});
    QCOMPARE(refused.result.tier, std::string("T1"));
    QCOMPARE(refused.result.latencyMs, 400.0);
    QCOMPARE(refused.result.cost.known, NanoUsd{9000});
    QVERIFY(!refused.costIsEstimate); // nobody was stopped
    p["cascade"]["stagger_ms"] = 150; // the other lane starts too late to cost anything
    const SimulatedRun staggered = play({{"T0", fast}, {"T1", slow}});
    QCOMPARE(staggered.result.hops, 1);
    QCOMPARE(staggered.result.cost.known, NanoUsd{1000});
    p["cascade"]["stagger_ms"] = 50;
    QCOMPARE(play({{"T0", fast}, {"T1", slow}}).result.cost.known, NanoUsd{2000});
}

void CascadePatternsTest::whatIfSaysWhatItCannotKnow()
{
    const std::map<std::string, OutcomeCell> cells = {{"T0", recorded("42", 100, 1)},
                                                      {"T1", recorded("It is 42.", 100, 1)},
                                                      {"T2", recorded("41", 100, 1)}};
    WhatIf whatIf(oneRow(cells));
    json p = test::basePolicy();
    const auto missing = [&] { return whatIf.simulate(*test::compiled(p), 10).runs.front().missing; };
    p["cascade"] = {{"pattern", "self_consistency"}, {"samples", 3}};
    QCOMPARE(missing(), std::string("whatif.not_enough_samples"));
    p["cascade"] = pipelinePolicy("sandbox://local/v1")["cascade"];
    QCOMPARE(missing(), std::string("whatif.stage_not_recorded"));
    p["cascade"] = {{"pattern", "agreement"}, {"lanes", {"T0", "T1"}}, {"compare", "judge"}, {"rubric", "grounding"}, {"at_least", 4}};
    QCOMPARE(missing(), std::string("whatif.comparison_not_recorded"));
    p["cascade"] = {{"pattern", "agreement"}, {"lanes", {"T0", "T1"}}, {"compare", "answer"}};
    const SimulatedRun agreed = whatIf.simulate(*test::compiled(p), 10).runs.front();
    QVERIFY(agreed.complete && agreed.missing.empty());
    QCOMPARE(agreed.result.tier, std::string("T0"));
    p["cascade"]["lanes"] = {"T0", "T2"};
    p["cascade"]["order"] = {"T1"};
    QCOMPARE(whatIf.simulate(*test::compiled(p), 10).runs.front().result.tier, std::string("T1"));
}

void CascadePatternsTest::whatIfAgreesWithLiveRuns()
{
    // What a model says follows from the request, so that a recorded answer is the answer of any run.
    const auto answers = [](const char* which) -> Models::Answer {
        return [which = std::string(which)](const SeenRequest& seen) {
            const std::string text = allText(seen);
            const std::uint64_t drawn = hash64(which + text.substr(text.rfind("user: ")), 5);
            if (drawn % 5 == 0)
                return says("UNSURE");
            if (drawn % 5 == 1)
                return says("I'm sorry, but I can't help with that.");
            return says("It is " + std::to_string(drawn % 3) + ".");
        };
    };
    Models models({{kSmall, answers("a")}, {kMid, answers("b")}, {kFrontier, answers("c")}});
    test::LiveCascade live(zeroLatencyScenario());
    std::vector<Request> requests;
    for (int i = 0; i < 60; ++i)
        requests.push_back(Request::fromPrompt("p" + std::to_string(i), "question " + std::to_string(i)));
    const json order = json::array({"T0", "T1", "T2"});
    const std::vector<json> cascades = {
        {{"pattern", "specialist_pool"}, {"pool", {"T0"}}, {"unsure", {{"escalate", "T1"}}}},
        {{"pattern", "agreement"}, {"lanes", {"T0", "T1"}}, {"compare", "answer"}, {"order", order}},
        {{"pattern", "agreement"}, {"lanes", {"T0", "T1"}}, {"order", order}, {"background", "T2"}, {"when_exhausted", "human"}},
        {{"pattern", "waterfall"}, {"order", order}, {"background", "T2"}},
    };
    for (const json& cascade : cascades) {
        json p = test::basePolicy(models.url());
        p["cascade"] = cascade;
        p["triggers"] = json::array({refusalTrigger()});
        const CompiledPolicyPtr policy = test::compiled(p);
        auto matrix = std::make_shared<OutcomeMatrix>();
        for (const TracePtr& t : live.runAll(policy, requests, TraceMode::AllTiers))
            matrix->rows.push_back(outcomeRowOf(*t));
        const WhatIfResult predicted = WhatIf(matrix).simulate(*policy, 10);
        QCOMPARE(predicted.incomplete, 0);
        std::map<std::string, RunResult> actual;
        std::set<std::string> tiers;
        for (const TracePtr& t : live.runAll(policy, requests, TraceMode::Policy)) {
            actual[t->promptId] = resultOf(*t);
            tiers.insert(t->finalTier);
        }
        QVERIFY(tiers.size() > 1);
        for (const SimulatedRun& run : predicted.runs) {
            const RunResult& a = actual.at(run.result.promptId);
            const QByteArray where = QByteArray::fromStdString(cascade.dump() + " " + a.promptId + " " + run.path);
            QVERIFY2(run.result.tier == a.tier && run.result.status == a.status, where);
            QVERIFY2(run.result.hops == a.hops && run.result.escalations == a.escalations, where);
            QVERIFY2(run.result.reasons == a.reasons, where);
            QVERIFY2(run.result.cost.total() == a.cost.total(), where);
            QVERIFY2(run.result.escalationReasons == a.escalationReasons, where);
        }
    }
}

void CascadePatternsTest::numbersAndWordsAreComparedAsPeopleDo()
{
    const auto same = [](const char* a, const char* b) {
        const auto key = shortAnswerKey(a);
        return key && key == shortAnswerKey(b);
    };
    QVERIFY(same("42", "The answer is 42."));
    QVERIFY(same("We add 40 and 2.\nSo the answer is **42**.", "42.0"));
    QVERIFY(same("1,234.50", "Answer: 1234.5"));
    QVERIFY(same("\\boxed{-7}", "It comes to -7"));
    for (const char* unsure : {"UNSURE", "unsure", "Unsure.", "**UNSURE**", "UNSURE: two plans fit", "I am UNSURE about this."})
        QVERIFY2(saysMarker(unsure, "UNSURE"), unsure);
    for (const char* sure : {"Set the flag UNSURE=1 first.", "UNSURED cargo", "When you are unsure, call us.", "Unsure about it? Call us.", ""})
        QVERIFY2(!saysMarker(sure, "UNSURE"), sure);
    QVERIFY(saysMarker("I do not know [?]", "[?]"));
    QVERIFY(same("Paris.", "paris"));
    QVERIFY(!same("42", "43"));
    QVERIFY(!same("-7", "7"));
    QVERIFY(same("The answer is $12.50.", "Answer: $12.5"));
    QVERIFY(same("It is 5 km.", "So the answer is 5 km"));
    QVERIFY(same("Yes, you may.", "yes you may"));
    QVERIFY(same("Six times seven makes 42.", "The answer is 42"));
    for (const auto& [a, b] : std::initializer_list<std::pair<const char*, const char*>>{
             {"No. You have 14 days.", "Yes. You have 14 days."},
             {"No.\nYou have 14 days.", "Yes.\nYou have 14 days."},
             {"1/2", "1/3"},
             {"1,5 kg", "1,7 kg"},
             {"10:30", "10:45"},
             {"The answer is 10:30.", "The answer is 10:45."},
             {"2026-11-23", "2026-01-01"},
             {"$1.5 million", "$1.5 billion"},
             {"5 km", "5 miles"},
             {"1e3", "1e6"},
             {"x = 3, y = 4", "x = 3, y = 5"},
             {"It is not refundable after 30 days.", "It is refundable within 30 days."},
             {"The answer is 30 days, not 14.", "The answer is 30 days, and then 14."},
             {"at most 5", "at least 5"},
             {"< 5", "> 5"},
             {"The fee is 5", "The fee is not 5"},
             {"It never is 5", "It is 5"},
             {"After 14 days the fee is 5", "After 30 days the fee is 5"}})
        QVERIFY2(!same(a, b), a);
    QVERIFY(!same("Paris", "London"));
    QVERIFY(!shortAnswerKey("Well, there is a lot to be said about this, and no end of it"));
    QVERIFY(!shortAnswerKey(""));
    QCOMPARE(sameWordsKey("Hello, World!"), sameWordsKey("hello   world"));
    QVERIFY(sameWordsKey("Hello") != sameWordsKey("Hello you"));
    QVERIFY(!sameWordsKey(" ?! "));
    Random random(7);
    for (int i = 0; i < 2000; ++i) { // whatever it says, and equal to itself
        std::string text;
        for (std::uint64_t n = random.below(40); n > 0; --n)
            text += "0123456789-+.,{}\\ answer is:\n"[random.below(29)];
        QCOMPARE(shortAnswerKey(text), shortAnswerKey(text + " "));
    }
}

QTEST_GUILESS_MAIN(CascadePatternsTest)
#include "tst_cascade_patterns.moc"
