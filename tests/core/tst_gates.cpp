// SPDX-License-Identifier: GPL-3.0-or-later
// Every gate that asks no judge, live over real sockets, and predicted from recorded outcomes.
#include "replay/outcome_matrix.h"
#include "replay/what_if.h"
#include "tests/support/live_cascade.h"
#include "tests/support/policies.h"
#include "tests/support/scripted_server.h"

#include <QtTest>

#include <map>

using namespace signalbox;
using nlohmann::json;
namespace st = signalbox::testing;

class GatesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void requestGateTurnsAwayBeforeACall_data();
    void requestGateTurnsAwayBeforeACall();
    void requestGateWithNowhereToGoIsNoFailure();
    void tooSmallTiersDoNotGoRoundForEver();
    void answerGates_data();
    void answerGates();
    void cheapestGateFirst();
    void toolsAreOfferedAndCallsChecked();
    void silenceEndsTheCall();
    void loopEndsTheCall();
    void lateFirstTokenAndDeadlineAreTimeouts();
    void whatIfPredictsEveryGate();
    void whatIfTakesTheLimitThatComesFirst_data();
    void whatIfTakesTheLimitThatComesFirst();
    void whatIsNotRecordedIsNotKnown();
};

namespace {

std::string zeroLatency() { return test::sourceFile("resources/scenarios/zero-latency.json"); }

st::Script completion(const json& message, const std::string& finish = "stop")
{
    const json body = {{"id", "x"}, {"object", "chat.completion"},
                       {"choices", json::array({json{{"index", 0}, {"finish_reason", message.contains("tool_calls") ? "tool_calls" : finish}, {"message", message}}})},
                       {"usage", {{"prompt_tokens", 10}, {"completion_tokens", 5}}}};
    return {st::send(st::response("200 OK", "Content-Type: application/json\r\n", body.dump()))};
}

st::Script says(const std::string& text, const std::string& finish = "stop") { return completion({{"role", "assistant"}, {"content", text}}, finish); }

/// An answer without a word.
st::Script calls(const std::string& tool, const std::string& arguments)
{
    return completion({{"role", "assistant"}, {"content", nullptr},
                       {"tool_calls", json::array({json{{"id", "c1"}, {"type", "function"}, {"function", {{"name", tool}, {"arguments", arguments}}}}})}});
}

std::string contentEvent(const std::string& text)
{
    return st::chunk("data: " + json{{"choices", json::array({json{{"index", 0}, {"delta", {{"content", text}}}}})}}.dump() + "\n\n");
}

std::string modelIn(const st::SeenRequest& seen) { return json::parse(seen.body).value("model", ""); }
bool isT0(const st::SeenRequest& seen) { return modelIn(seen) == "support-3b-ft"; }

json policyWith(const std::string& url, json trigger)
{
    json p = test::basePolicy(url);
    if (!trigger.contains("id"))
        trigger["id"] = "g";
    if (!trigger.contains("escalate"))
        trigger["escalate"] = "next";
    p["triggers"] = json::array({trigger});
    return p;
}

json scoringRouter()
{
    return {{"kind", "scoring"}, {"medium_at", 1}, {"hard_at", 2},
            {"signals", json::array({json{{"id", "q"}, {"feature", "questions"}, {"weight", 0.5}}})},
            {"map", json::array({json{{"difficulty", 1}, {"route", "T0"}}})}, {"otherwise", "T0"}};
}


} // namespace

void GatesTest::requestGateTurnsAwayBeforeACall_data()
{
    QTest::addColumn<QByteArray>("change"); // of the policy, a JSON merge patch
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("keyword") << QByteArray(R"({"triggers": [{"id": "g", "gate": "keyword", "keyword": ["lawyer"], "escalate": "next"}]})") << QByteArray("gate.keyword.g");
    QTest::newRow("keyword by pattern") << QByteArray(R"({"triggers": [{"id": "g", "gate": "keyword", "pattern": ["law.er"], "escalate": "T1"}]})") << QByteArray("gate.keyword.g");
    QTest::newRow("retrieval") << QByteArray(R"({"retrieval": {"top_k": 2}, "triggers": [{"id": "g", "gate": "retrieval", "below": 0.3, "escalate": "next"}]})")
                               << QByteArray("gate.retrieval_below.g");
    QTest::newRow("confidence") << QByteArray(R"({"triggers": [{"id": "g", "gate": "confidence", "below": 0.99, "escalate": "next"}]})") << QByteArray("gate.confidence_below.g");
    QTest::newRow("token budget") << QByteArray(R"({"tiers": [{"id": "T0", "models": ["m0"], "budget": {"max_input_tokens": 3}}, {"id": "T1", "models": ["m1"]}, {"id": "T2", "models": ["m2"]}],
                                                    "triggers": [{"id": "g", "gate": "token_budget", "escalate": "next"}]})")
                                  << QByteArray("budget.input_tokens.g");
}

void GatesTest::requestGateTurnsAwayBeforeACall()
{
    QFETCH(QByteArray, change);
    QFETCH(QByteArray, reason);
    std::atomic<int> calls = 0;
    st::ScriptedServer server([&](const st::SeenRequest& seen) {
        ++calls;
        return says("from " + modelIn(seen));
    });
    test::LiveCascade live(zeroLatency());
    json p = test::basePolicy(server.url());
    p["router"] = scoringRouter();
    p.merge_patch(json::parse(change.toStdString()));
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "I will ask my lawyer about this."));
    QCOMPARE(calls.load(), 1);
    QCOMPARE(t->status, TraceStatus::Answered);
    QCOMPARE(t->finalTier, std::string("T1"));
    QCOMPARE(t->escalations, 1);
    QCOMPARE(t->hops.size(), std::size_t{2});
    const Hop& turned = t->hops[0];
    QCOMPARE(turned.tier, std::string("T0"));
    QCOMPARE(turned.status, HopStatus::Escalated);
    QCOMPARE(turned.reason, reason.toStdString());
    QVERIFY(turned.attempts.empty());
    QCOMPARE(turned.gates.size(), std::size_t{1});
    QCOMPARE(turned.gates[0].verdict, GateVerdict::Fired);
    QVERIFY(turned.gates[0].rawScore && turned.gates[0].threshold);
    QCOMPARE(t->charges.size(), std::size_t{1});
    QCOMPARE(t->charges[0].hop, 1);
    QVERIFY(!t->quality); // a gate's score is no quality
    const RunResult result = resultOf(*t);
    QCOMPARE(result.escalationReasons, std::vector<std::string>{reason.toStdString()});
}

void GatesTest::requestGateWithNowhereToGoIsNoFailure()
{
    st::ScriptedServer server([](const st::SeenRequest&) { return says("fine"); });
    test::LiveCascade live(zeroLatency());
    json p = policyWith(server.url(), {{"gate", "keyword"}, {"keyword", {"lawyer"}}, {"applies_to", {"T2"}}});
    p["router"]["otherwise"] = "T2";
    TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "lawyer"));
    QCOMPARE(t->status, TraceStatus::Answered); // when_exhausted is "answer"
    QCOMPARE(t->hops.size(), std::size_t{1});
    QCOMPARE(t->hops[0].gates[0].verdict, GateVerdict::Fired);
    p["cascade"]["when_exhausted"] = "human";
    t = live.run(test::compiled(p), Request::fromPrompt("one", "lawyer"));
    QCOMPARE(t->status, TraceStatus::HandedOff);
    p["triggers"][0]["escalate"] = "human";
    t = live.run(test::compiled(p), Request::fromPrompt("one", "lawyer"));
    QCOMPARE(t->status, TraceStatus::HandedOff);
    QCOMPARE(t->escalations, 1);
}

void GatesTest::tooSmallTiersDoNotGoRoundForEver()
{
    test::LiveCascade live(zeroLatency());
    json p = test::basePolicy();
    for (json& tier : p["tiers"])
        tier["budget"] = {{"max_input_tokens", 2}};
    p["triggers"] = json::array({json{{"id", "up"}, {"gate", "token_budget"}, {"applies_to", {"T0"}}, {"escalate", "T2"}},
                                 json{{"id", "down"}, {"gate", "token_budget"}, {"applies_to", {"T2"}}, {"escalate", "T0"}}});
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "This is longer than two tokens."));
    QCOMPARE(t->status, TraceStatus::Failed);
    QCOMPARE(t->hops.size(), std::size_t{2});
    QCOMPARE(live.sandbox->counters().requests, std::uint64_t{0});
}

void GatesTest::answerGates_data()
{
    QTest::addColumn<QByteArray>("trigger");
    QTest::addColumn<QByteArray>("draft");
    QTest::addColumn<QByteArray>("verdict");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QByteArray>("finish");
    const auto row = [](const char* name, const char* trigger, const char* draft, const char* verdict, const char* reason, const char* finish = "stop") {
        QTest::newRow(name) << QByteArray(trigger) << QByteArray(draft) << QByteArray(verdict) << QByteArray(reason) << QByteArray(finish);
    };
    row("refusal", R"({"gate": "refusal"})", "I'm sorry, but I can't help with that.", "fired", "gate.refusal.g");
    row("refusal, of the author's", R"({"gate": "refusal", "pattern": ["ask your mother"]})", "Ask your mother.", "fired", "gate.refusal.g");
    row("no refusal", R"({"gate": "refusal"})", "Open the settings.", "passed", "");
    row("refused by a filter", R"({"gate": "refusal"})", "Open the", "fired", "gate.refusal.g", "content_filter");
    row("cut off is no refusal", R"({"gate": "refusal"})", "Open the", "passed", "", "length");
    row("complete", R"({"gate": "verifier", "check": "complete"})", "Open the settings.", "passed", "");
    row("cut off", R"({"gate": "verifier", "check": "complete"})", "Open the", "fired", "gate.verifier.g", "length");
    row("ended by a filter", R"({"gate": "verifier", "check": "complete"})", "Open the", "fired", "gate.verifier.g", "content_filter");
    row("marker", R"({"gate": "self_escalation", "marker": "UNSURE"})", "UNSURE, maybe 3.", "fired", "gate.self_escalation.g");
    row("no marker", R"({"gate": "self_escalation", "marker": "UNSURE"})", "Surely 3.", "passed", "");
    row("arithmetic", R"({"gate": "verifier", "check": "arithmetic"})", "2 + 2 = 5", "fired", "gate.verifier.g");
    row("length", R"({"gate": "verifier", "check": "length", "min_chars": 20})", "short", "fired", "gate.verifier.g");
    row("pattern", R"({"gate": "verifier", "check": "pattern", "pattern": ["order \\d+"]})", "Order 12 it is", "passed", "");
    row("code", R"({"gate": "verifier", "check": "code_parses"})", "```python\nprint((1)\n```", "fired", "gate.verifier.g");
    row("self-reported", R"({"gate": "self_reported", "below": 0.6})", "Paris. Confidence: 40%", "fired", "gate.self_reported_below.g");
    row("self-reported enough", R"({"gate": "self_reported", "below": 0.6})", "Paris. Confidence: 80%", "passed", "");
    row("nothing reported", R"({"gate": "self_reported", "below": 0.6})", "Paris.", "error", "gate.no_verdict.g");
    row("no log-probabilities came", R"({"gate": "log_probability", "below": -1})", "Paris.", "error", "gate.no_verdict.g");
}

void GatesTest::answerGates()
{
    QFETCH(QByteArray, trigger);
    QFETCH(QByteArray, draft);
    QFETCH(QByteArray, verdict);
    QFETCH(QByteArray, reason);
    QFETCH(QByteArray, finish);
    st::ScriptedServer server([&](const st::SeenRequest& seen) {
        return isT0(seen) ? says(draft.toStdString(), finish.toStdString()) : says("A sound answer, 2 + 2 = 4. Confidence: 99%");
    });
    test::LiveCascade live(zeroLatency());
    json spec = json::parse(trigger.toStdString());
    spec["applies_to"] = {"T0"};
    const TracePtr t = live.run(test::compiled(policyWith(server.url(), spec)), Request::fromPrompt("one", "hello"));
    QCOMPARE(t->status, TraceStatus::Answered);
    QCOMPARE(t->hops[0].finishReason, finish.toStdString());
    QCOMPARE(t->hops[0].gates.size(), std::size_t{1});
    const GateResult& gate = t->hops[0].gates[0];
    QCOMPARE(QByteArray(name(gate.verdict)), verdict);
    QCOMPARE(gate.reason, reason.toStdString());
    QVERIFY(!gate.explanation.empty());
    QCOMPARE(gate.rawScore.has_value(), verdict != "error");
    QCOMPARE(t->finalTier, std::string(verdict == "passed" ? "T0" : "T1"));
    QVERIFY(!t->quality);
}

void GatesTest::cheapestGateFirst()
{
    std::atomic<int> judged = 0;
    st::ScriptedServer server([&](const st::SeenRequest& seen) {
        judged += modelIn(seen) == "judge-mini";
        return says(modelIn(seen) == "judge-mini" ? R"({"score": 5, "evidence": "e", "explanation": "x"})" : isT0(seen) ? "I must decline." : "Yes.");
    });
    test::LiveCascade live(zeroLatency());
    json p = test::basePolicy(server.url());
    p["triggers"] = json::array({test::groundingTrigger(3), json{{"id", "declines"}, {"gate", "refusal"}, {"escalate", "next"}}});
    const TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "hello"));
    QCOMPARE(t->hops[0].gates.size(), std::size_t{1}); // the judge was not asked about what is refused anyway
    QCOMPARE(t->hops[0].gates[0].gate, std::string("refusal"));
    QCOMPARE(judged.load(), 1);
    QCOMPARE(t->hops[1].gates[0].gate, std::string("refusal"));
    QCOMPARE(t->hops[1].gates[1].gate, std::string("judge"));
    QCOMPARE(t->quality.value(), 1.0);
}

void GatesTest::toolsAreOfferedAndCallsChecked()
{
    std::mutex mutex;
    std::vector<json> bodies;
    std::string called = "get_help";
    std::string arguments = "{}";
    st::ScriptedServer server([&](const st::SeenRequest& seen) {
        const std::lock_guard lock(mutex);
        bodies.push_back(json::parse(seen.body));
        if (!isT0(seen))
            return says("A better answer.");
        return calls(called, arguments);
    });
    test::LiveCascade live(zeroLatency());
    json p = policyWith(server.url(), {{"gate", "self_escalation"}, {"tool", "get_help"}, {"applies_to", {"T0"}}});
    p["tools"] = json::array({json{{"id", "get_help"}, {"description", "Ask."}},
                              json{{"id", "lookup"}, {"description", "Finds."},
                                   {"parameters", {{"type", "object"}, {"required", {"number"}}, {"properties", {{"number", {{"type", "string"}}}}}}}}});
    TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "hello"));
    QVERIFY2(bodies.at(0).contains("tools"), bodies.at(0).dump().c_str());
    QCOMPARE(bodies.at(0).at("tools").size(), std::size_t{1});
    QCOMPARE(t->hops[0].reason, std::string("gate.self_escalation.g"));
    QCOMPARE(t->finalTier, std::string("T1"));

    p["triggers"] = json::array({json{{"id", "g"}, {"gate", "tool_call"}, {"applies_to", {"T0"}}, {"escalate", "next"}}});
    const CompiledPolicyPtr policy = test::compiled(p);
    const auto verdictOf = [&](const std::string& name, const std::string& args) {
        called = name;
        arguments = args;
        Request request = Request::fromPrompt("one", "hello");
        request.tools = {"lookup"};
        return live.run(policy, request)->hops.at(0).gates.at(0).verdict;
    };
    QCOMPARE(verdictOf("lookup", R"({"number": "12"})"), GateVerdict::Passed);
    QCOMPARE(verdictOf("lookup", R"({"number": 12})"), GateVerdict::Fired);
    QCOMPARE(verdictOf("lookup", "{"), GateVerdict::Fired);
    QCOMPARE(verdictOf("drop_tables", "{}"), GateVerdict::Fired);
}

void GatesTest::silenceEndsTheCall()
{
    st::ScriptedServer server([](const st::SeenRequest& seen) -> st::Script {
        if (!isT0(seen))
            return says("A better answer.");
        return {st::send(st::streamHead() + contentEvent("Let me th")), st::pauseAt("never")};
    });
    test::LiveCascade live(zeroLatency());
    const TracePtr t = live.run(test::compiled(policyWith(server.url(), {{"gate", "stall"}, {"after_ms", 120}, {"applies_to", {"T0"}}})), Request::fromPrompt("one", "hello"));
    QCOMPARE(t->finalTier, std::string("T1"));
    const Hop& hop = t->hops[0];
    QCOMPARE(hop.status, HopStatus::Failed);
    QCOMPARE(hop.reason, std::string("gate.stall.g"));
    QCOMPARE(hop.trigger, std::string("g"));
    QCOMPARE(hop.text, std::string("Let me th"));
    QVERIFY(hop.gates[0].rawScore.value() >= 120);
    QCOMPARE(hop.gates[0].threshold.value(), 120.0);
    QCOMPARE(hop.attempts.size(), std::size_t{1});
    QCOMPARE(t->charges.at(0).hop, 0);
    QVERIFY(!t->charges[0].cost); // a stream that was given up has no bill yet
}

void GatesTest::loopEndsTheCall()
{
    st::ScriptedServer server([](const st::SeenRequest& seen) -> st::Script {
        if (!isT0(seen))
            return says("A better answer.");
        std::string stream = st::streamHead();
        for (int i = 0; i < 60; ++i)
            stream += contentEvent("I will look into that. ");
        return {st::send(stream), st::pauseAt("never")};
    });
    test::LiveCascade live(zeroLatency());
    const TracePtr t = live.run(test::compiled(policyWith(server.url(), {{"gate", "stall"}, {"applies_to", {"T0"}}})), Request::fromPrompt("one", "hello"));
    QCOMPARE(t->finalTier, std::string("T1"));
    QCOMPARE(t->hops[0].reason, std::string("gate.stall.g"));
    QVERIFY(t->hops[0].text.starts_with("I will look into that. "));
    QVERIFY(t->hops[0].gates[0].explanation.find("repeats itself") != std::string::npos);
}

void GatesTest::lateFirstTokenAndDeadlineAreTimeouts()
{
    st::ScriptedServer server([](const st::SeenRequest& seen) -> st::Script {
        if (!isT0(seen))
            return says("A better answer.");
        return {st::send(st::streamHead()), st::pauseAt("never")};
    });
    test::LiveCascade live(zeroLatency());
    for (const char* limit : {"first_token_ms", "deadline_ms"}) {
        json p = policyWith(server.url(), {{"gate", "timeout"}, {"applies_to", {"T0"}}, {"escalate", "T2"}});
        p["tiers"][0]["budget"] = {{limit, 100}};
        TracePtr t = live.run(test::compiled(p), Request::fromPrompt("one", "hello"));
        QCOMPARE(t->hops[0].status, HopStatus::Failed);
        QCOMPARE(t->hops[0].reason, std::string("budget.deadline.g"));
        QCOMPARE(t->hops[0].gates[0].verdict, GateVerdict::Fired);
        QCOMPARE(t->finalTier, std::string("T2"));
        p["triggers"] = json::array();
        t = live.run(test::compiled(p), Request::fromPrompt("one", "hello")); // the limit holds without a trigger, too
        QCOMPARE(t->hops[0].reason, std::string(std::string_view(limit) == "first_token_ms" ? "budget.first_token" : "budget.deadline"));
        QCOMPARE(t->finalTier, std::string("T1"));
    }
}

void GatesTest::whatIfPredictsEveryGate()
{
    // What a model answers depends on the request alone, so that the evidence and the live run meet the same answers.
    static const std::string kDrafts[] = {"I'm sorry, but I can't help with that.", "UNSURE about this one.", "2 + 2 = 5, obviously.", "Short.",
                                          "Open the settings and choose Security. Confidence: 90%", "Es tut mir leid, dabei kann ich nicht helfen.",
                                          "3 * 3 = 9 and that is all. Confidence: 30%", "```json\n{\"a\": 1,}\n```", "",
                                          "Open the settings and (length)", "Here is how you (content_filter)"};
    st::ScriptedServer server([](const st::SeenRequest& seen) {
        const json body = json::parse(seen.body);
        const std::string prompt = body.at("messages").back().at("content");
        if (modelIn(seen) == "judge-mini")
            return says(R"({"score": )" + std::to_string(1 + prompt.size() % 5) + R"(, "evidence": "e", "explanation": "x"})");
        const int number = std::atoi(prompt.c_str() + prompt.find('#') + 1);
        const int step = modelIn(seen) == "support-3b-ft" ? 0 : modelIn(seen) == "mid-mini" ? 3 : 5;
        const std::string& draft = kDrafts[static_cast<std::size_t>(number * 7 / 3 + step) % std::size(kDrafts)];
        const bool cutOff = draft.ends_with(')');
        return draft.empty() ? calls("look_up", "{}") : cutOff ? says(draft, draft.substr(draft.rfind('(') + 1, draft.size() - draft.rfind('(') - 2)) : says(draft);
    });
    test::LiveCascade live(zeroLatency());
    std::vector<Request> requests;
    for (int i = 0; i < 60; ++i) {
        requests.push_back(Request::fromPrompt(std::to_string(i), std::string(i % 4 == 0 ? "My lawyer asks" : "I ask") + (i % 3 == 0 ? ", and again, and again? " : " ") +
                                                                      "about #" + std::to_string(i)));
        requests.back().tools = {"look_up"};
    }
    json base = test::basePolicy(server.url());
    base["router"] = scoringRouter();
    base["tools"] = json::array({json{{"id", "look_up"}, {"description", "Finds."}}});
    const json judged = test::groundingTrigger(3.5);
    const json soundCalls = {{"id", "calls"}, {"gate", "tool_call"}, {"escalate", "next"}}; // offers the tool, too
    base["triggers"] = json::array({soundCalls, judged});
    auto matrix = std::make_shared<OutcomeMatrix>();
    for (const TracePtr& t : live.runAll(test::compiled(base), requests, TraceMode::AllTiers, 8))
        matrix->rows.push_back(outcomeRowOf(*t));
    WhatIf whatIf(matrix);

    const json next = {{"escalate", "next"}};
    const auto with = [&](std::vector<json> triggers) {
        json p = base;
        p["triggers"] = json::array({soundCalls});
        for (std::size_t i = 0; i < triggers.size(); ++i) {
            json one = next;
            one["id"] = "g" + std::to_string(i);
            one.update(triggers[i]);
            p["triggers"].push_back(one);
        }
        return p;
    };
    const json declines = {{"gate", "refusal"}};
    const json unsure = {{"gate", "self_escalation"}, {"marker", "UNSURE"}, {"escalate", "T2"}};
    const json wrong = {{"gate", "verifier"}, {"check", "arithmetic"}};
    const json tooShort = {{"gate", "verifier"}, {"check", "length"}, {"min_chars", 10}, {"at_most", 1}};
    const json complete = {{"gate", "verifier"}, {"check", "complete"}};
    const json code = {{"gate", "verifier"}, {"check", "code_parses"}, {"escalate", "human"}};
    const json lawyer = {{"gate", "keyword"}, {"keyword", {"lawyer"}}, {"applies_to", {"T0"}}};
    const json lawyerToPerson = {{"gate", "keyword"}, {"pattern", {"law.er"}}, {"escalate", "human"}};
    const json doubt = {{"gate", "confidence"}, {"below", 0.7}};
    const json reported = {{"gate", "self_reported"}, {"below", 0.5}, {"applies_to", {"T0", "T1"}}};
    const json stall = {{"gate", "stall"}};
    std::vector<json> policies = {with({declines}), with({complete}), with({unsure}), with({wrong, tooShort}), with({lawyer, declines, judged}), with({doubt, wrong, unsure}),
                                  with({reported}), with({stall, code, lawyerToPerson}), with({declines, unsure, complete, wrong, tooShort, lawyer, doubt, reported, stall, judged})};
    policies.push_back(with({json{{"gate", "token_budget"}, {"escalate", "T2"}}, declines}));
    policies.back()["tiers"][0]["budget"] = {{"max_input_tokens", 6}};
    policies.push_back(policies.back());
    policies.back()["tiers"][2]["budget"] = {{"max_input_tokens", 7}};
    policies.push_back(with({declines, doubt}));
    policies.back()["cascade"]["when_exhausted"] = "human";
    std::set<std::string> fired;
    for (const json& policyJson : policies) {
        const CompiledPolicyPtr policy = test::compiled(policyJson);
        QVERIFY(policy);
        const WhatIfResult predicted = whatIf.simulate(*policy, 20);
        QCOMPARE(predicted.incomplete, 0);
        std::map<std::string, RunResult> actual;
        for (const TracePtr& t : live.runAll(policy, requests, TraceMode::Policy, 8))
            actual[t->promptId] = resultOf(*t);
        for (const SimulatedRun& run : predicted.runs) {
            const RunResult& p = run.result;
            const RunResult& a = actual.at(p.promptId);
            const QByteArray where = QByteArray::fromStdString(policyJson["triggers"].dump() + " " + p.promptId + " " + run.path);
            QVERIFY2(p.tier == a.tier && p.status == a.status, where);
            QVERIFY2(p.hops == a.hops && p.escalations == a.escalations, where);
            QVERIFY2(p.reasons == a.reasons, where);
            QVERIFY2(p.escalationReasons == a.escalationReasons, where);
            QVERIFY2(p.quality == a.quality, where);
            QVERIFY2(p.cost.total() == a.cost.total(), where);
            for (const std::string& reason : p.escalationReasons)
                fired.insert(reason.substr(0, reason.rfind('.')));
        }
    }
    for (const char* reason : {"gate.refusal", "gate.self_escalation", "gate.verifier", "gate.keyword", "gate.confidence_below", "gate.self_reported_below",
                               "gate.no_verdict", "gate.judge_below", "budget.input_tokens"})
        QVERIFY2(fired.count(reason), reason);
}

void GatesTest::whatIfTakesTheLimitThatComesFirst_data()
{
    QTest::addColumn<bool>("begins"); // with a word, before it falls silent
    QTest::addColumn<int>("stall");   // milliseconds
    QTest::addColumn<QByteArray>("limit");
    QTest::addColumn<int>("limitMs");
    QTest::addColumn<QByteArray>("tier"); // that answers in the end
    // The other limit is so far away that only the order of the two decides, and nothing waits for it.
    QTest::newRow("silence before the first token's limit") << false << 100 << QByteArray("first_token_ms") << 20'000 << QByteArray("T1");
    QTest::newRow("the first token's limit before silence") << false << 20'000 << QByteArray("first_token_ms") << 100 << QByteArray("T2");
    QTest::newRow("silence before the deadline") << true << 100 << QByteArray("deadline_ms") << 20'000 << QByteArray("T1");
    QTest::newRow("the deadline before silence") << true << 20'000 << QByteArray("deadline_ms") << 100 << QByteArray("T2");
}

void GatesTest::whatIfTakesTheLimitThatComesFirst()
{
    QFETCH(bool, begins);
    QFETCH(int, stall);
    QFETCH(QByteArray, limit);
    QFETCH(int, limitMs);
    QFETCH(QByteArray, tier);
    st::ScriptedServer server([&](const st::SeenRequest& seen) -> st::Script {
        if (!isT0(seen))
            return says("A better answer.");
        return {st::send(st::streamHead() + (begins ? contentEvent("Let me th") : std::string())), st::pauseAt("never")};
    });
    json p = policyWith(server.url(), {{"id", "silent"}, {"gate", "stall"}, {"after_ms", stall}, {"applies_to", {"T0"}}});
    p["triggers"].push_back({{"id", "late"}, {"gate", "timeout"}, {"applies_to", {"T0"}}, {"escalate", "T2"}});
    p["tiers"][0]["budget"] = {{limit.toStdString(), limitMs}};
    const CompiledPolicyPtr policy = test::compiled(p);
    test::LiveCascade live(zeroLatency());
    const RunResult actual = resultOf(*live.run(policy, Request::fromPrompt("one", "hello")));

    // The same silence, had it ended after half a minute.
    auto matrix = std::make_shared<OutcomeMatrix>();
    OutcomeRow row;
    row.request = Request::fromPrompt("one", "hello");
    OutcomeCell cell;
    cell.state = CellState::Known;
    cell.answered = true;
    cell.answer = "Let me think.";
    cell.modelCost.add(NanoUsd{100});
    row.cells[{"T1", "m1"}] = row.cells[{"T2", "m2"}] = cell;
    cell.ttftMs = begins ? 5 : 30'000;
    cell.longestSilenceMs = begins ? 29'995 : 30'000;
    cell.generationMs = 30'010;
    row.cells[{"T0", "m0"}] = cell;
    matrix->rows.push_back(row);
    const SimulatedRun predicted = WhatIf(matrix).simulate(*policy, 10).runs.front();

    QVERIFY2(predicted.complete, predicted.missing.c_str());
    QCOMPARE(actual.tier, tier.toStdString());
    QCOMPARE(predicted.result.tier, actual.tier);
    QCOMPARE(predicted.result.status, actual.status);
    QCOMPARE(predicted.result.hops, actual.hops);
    QCOMPARE(predicted.result.escalations, actual.escalations);
    QCOMPARE(predicted.result.escalationReasons, actual.escalationReasons);
    QVERIFY(!predicted.result.cost.total() && !actual.cost.total());
}

void GatesTest::whatIsNotRecordedIsNotKnown()
{
    auto matrix = std::make_shared<OutcomeMatrix>();
    OutcomeRow row;
    row.request = Request::fromPrompt("one", "hello");
    OutcomeCell cell;
    cell.state = CellState::Known;
    cell.answered = true;
    row.cells[{"T0", "m0"}] = cell;
    matrix->rows.push_back(row);
    const auto incomplete = [&](const json& trigger) {
        json p = policyWith("sandbox://local/v1", trigger);
        p["tools"] = json::array({json{{"id", "get_help"}, {"description", "Ask."}}});
        return WhatIf(matrix).simulate(*test::compiled(p), 10).incomplete;
    };
    for (const json& trigger : {json{{"gate", "refusal"}}, json{{"gate", "verifier"}, {"check", "arithmetic"}}, json{{"gate", "log_probability"}, {"below", -1}},
                                json{{"gate", "self_escalation"}, {"tool", "get_help"}}, json{{"gate", "tool_call"}}, json{{"gate", "stall"}, {"after_ms", 100}}})
        QVERIFY2(incomplete(trigger) == 1, trigger.dump().c_str());
    matrix->rows[0].cells[{"T0", "m0"}].answer = "Open the settings.";
    QCOMPARE(incomplete({{"gate", "refusal"}}), 0);
    QCOMPARE(incomplete({{"gate", "verifier"}, {"check", "complete"}}), 1);
    matrix->rows[0].cells[{"T0", "m0"}].finishReason = "stop";
    QCOMPARE(incomplete({{"gate", "verifier"}, {"check", "complete"}}), 0);
    QCOMPARE(incomplete({{"gate", "stall"}}), 0);
    QCOMPARE(incomplete({{"gate", "stall"}, {"after_ms", 100}}), 1);
}

QTEST_GUILESS_MAIN(GatesTest)
#include "tst_gates.moc"
