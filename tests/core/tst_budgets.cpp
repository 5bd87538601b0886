// SPDX-License-Identifier: GPL-3.0-or-later
// Budgets that act: before a call, while an answer comes, over a whole request and over an hour that outlives
// the process; retries that must be paid for; one stop for everything. Over real sockets, against scripted
// servers.
#include "base/random.h"
#include "base/text.h"
#include "cascade/hop_budget.h"
#include "cascade/token_meter.h"
#include "providers/errors.h"
#include "providers/pricing.h"
#include "routers/run_support.h"
#include "tests/support/live_cascade.h"
#include "tests/support/patience.h"
#include "tests/support/policies.h"
#include "tests/support/scripted_server.h"
#include "workspace/spending_watch.h"
#include "workspace/workspace.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <atomic>

using namespace signalbox;
using nlohmann::json;
using signalbox::testing::ScriptedServer;
using signalbox::testing::SeenRequest;

namespace {

std::string piece(const std::string& content)
{
    const json event = {{"id", "x"},
                        {"choices", json::array({{{"index", 0}, {"delta", {{"content", content}}}}})}};
    return signalbox::testing::chunk("data: " + event.dump() + "\n\n");
}

/// A stream that ends as it should, and tells its usage.
signalbox::testing::Script streamed(const std::string& content, int input = 10, int output = 5)
{
    const json end = {
        {"id", "x"},
        {"choices", json::array({{{"index", 0}, {"delta", json::object()}, {"finish_reason", "stop"}}})},
        {"usage", {{"prompt_tokens", input}, {"completion_tokens", output}}}};
    return {
        signalbox::testing::send(signalbox::testing::streamHead() + piece(content) +
                                 signalbox::testing::chunk("data: " + end.dump() + "\n\ndata: [DONE]\n\n") +
                                 signalbox::testing::lastChunk())};
}

/// A server that does not heed any limit and never ends.
signalbox::testing::Script babbling()
{
    return {signalbox::testing::send(signalbox::testing::streamHead()),
            signalbox::testing::flood(piece("The answer goes on and says one new thing after the other, "))};
}

signalbox::testing::Script refused()
{
    return {signalbox::testing::send(signalbox::testing::response("503 Service Unavailable", "", ""))};
}

bool has(const TracePtr& trace, const std::string& reason)
{
    return std::ranges::find(trace->reasons, reason) != trace->reasons.end();
}

Request request(int n = 1)
{
    return Request::fromPrompt("r" + std::to_string(n), "hello " + std::to_string(n));
}

std::string noFaults()
{
    return test::sourceFile("resources/scenarios/zero-latency.json");
}

json directPolicy(const std::string& url)
{
    json p = test::basePolicy(url);
    p["cascade"] = {{"pattern", "direct"}};
    return p;
}

} // namespace

class BudgetsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aMeterCountsAsTheEstimateDoes();
    void theTighterLimitHolds();
    void aStreamIsCutAtItsCost();
    void aStreamIsCutAtItsTokens();
    void aUserTierMayCutInsteadOfRefusing();
    void aLongRequestIsRefusedOrShortened();
    void aRequestsBudgetHoldsOverItsHops();
    void anHourIsSharedAndRemembered();
    void whatIsWrittenToACacheCountsWithoutAPrice();
    void anHourIsSharedByProcessesThatRun();
    void whatAStreamMayCostIsNoted();
    void anHoursLimitActsInAStream();
    void whoQueuesWaitsForTheHour();
    void whatBeginsTogetherHasRoomTogether();
    void whoQueuesWaitsForWhatRuns();
    void nobodyQueuesBeyondItsOwnTime();
    void whatATryHasThoughtIsCountedAlthoughItBrokeOff();
    void whoQueuesLetsOthersPass();
    void aRacesLoserCountsForTheHour();
    void lanesShareTheRequestsBudget();
    void thoughtsAndToolCallsArePaidForAndAreNotSilence();
    void judgesHaveNoBudgetOfTheirOwn();
    void aDeadBackendIsNotWaitedForBeyondTheRequestsTime();
    void retriesArePaidForByRequests();
    void aBatchWaitsForAnEndpointThatIsDown();
    void whatIfDoesNotPretend();
    void oneStopEndsEverything();
};

void BudgetsTest::aMeterCountsAsTheEstimateDoes()
{
    const std::string text =
        "Grüße! \xF0\x9F\x98\x80  one two\nthree,four\tfive aVeryLongWordWithoutAnySpaceInIt 7 8 9";
    Random random(7);
    for (int round = 0; round < 200; ++round) {
        TokenMeter meter;
        std::size_t at = 0;
        QCOMPARE(meter.tokens(), std::int64_t{0});
        while (at < text.size()) {
            const std::size_t size = 1 + random.below(6);
            meter.feed(std::string_view(text).substr(at, size));
            at += size;
            if (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80)
                QCOMPARE(meter.tokens(), std::int64_t{estimateTokens(std::string_view(text).substr(0, at))});
        }
        QCOMPARE(meter.tokens(), std::int64_t{estimateTokens(text)});
    }
}

void BudgetsTest::theTighterLimitHolds()
{
    json p = test::basePolicy();
    p["budget"] = {{"deadline_ms", 1000}, {"max_cost_usd", 0.001}, {"max_total_tokens", 500}};
    p["user_tiers"] = json::array({{{"id", "free"},
                                    {"when", {{"metadata", {{"plan", "free"}}}}},
                                    {"budget", {{"deadline_ms", 600}, {"max_output_tokens", 50}}}}});
    p["tiers"][0]["budget"] = {{"deadline_ms", 700}, {"max_cost_usd", 0.0001}};
    const PolicyPtr policy = test::decoded(p);
    QVERIFY(policy != nullptr);
    const HopBudget first = hopBudget(*policy, 0, -1, {});
    QCOMPARE(first.budget.deadlineMs, std::optional(700)); // the tier's own
    QCOMPARE(std::string(first.deadlineReason()), std::string("budget.deadline"));
    QCOMPARE(first.budget.maxCost, std::optional<NanoUsd>(100'000));
    QCOMPARE(first.budget.maxTotalTokens, std::optional(500));
    const HopBudget later = hopBudget(*policy, 0, 0, {450, 950'000, 20, 400});
    QCOMPARE(later.budget.deadlineMs, std::optional(150));
    QCOMPARE(std::string(later.deadlineReason()), std::string("budget.request_deadline"));
    QCOMPARE(later.budget.maxCost, std::optional<NanoUsd>(50'000));
    QCOMPARE(later.budget.maxOutputTokens, std::optional(30));
    QCOMPARE(later.budget.maxTotalTokens, std::optional(100));
    QVERIFY(later.exhausted.empty());
    QCOMPARE(hopBudget(*policy, 1, 0, {600, 0, 0, 0}).exhausted, std::string("budget.request_deadline"));
    QCOMPARE(hopBudget(*policy, 1, -1, {0, 1'000'000, 0, 0}).exhausted, std::string("budget.request_cost"));
    QCOMPARE(hopBudget(*policy, 1, 0, {0, 0, 50, 50}).exhausted, std::string("budget.request_tokens"));
}

void BudgetsTest::aStreamIsCutAtItsCost()
{
    ScriptedServer server([](const SeenRequest&) { return babbling(); });
    json p = directPolicy(server.url());
    p["tiers"][0]["budget"] = {{"max_cost_usd", 0.000012}}; // 200 tokens of output
    test::LiveCascade live(noFaults());
    const TracePtr t = live.run(test::compiled(p), request());
    QCOMPARE(t->status, TraceStatus::Failed);
    QVERIFY(has(t, "budget.cost"));
    const Hop& hop = t->hops.at(0);
    QVERIFY(hop.partial);
    QVERIFY(!hop.text.empty());
    // What was generated is charged, as an estimate that says so; the cost itself stays unknown.
    QCOMPARE(t->charges.size(), std::size_t{1});
    const Charge& charge = t->charges[0];
    QVERIFY(!charge.cost);
    QVERIFY(charge.estimated);
    QVERIFY(charge.estimate.has_value());
    QVERIFY2(*charge.estimate >= 12'000, std::to_string(*charge.estimate).c_str());
    QCOMPARE(*charge.tokens.output, std::int64_t{estimateTokens(hop.text)});
    QVERIFY(!t->cost().total());
    QCOMPARE(live.sink.traces().size(), std::size_t{1});
}

void BudgetsTest::aStreamIsCutAtItsTokens()
{
    ScriptedServer server([](const SeenRequest&) { return babbling(); });
    for (const char* limit : {"max_output_tokens", "max_total_tokens"}) {
        json p = directPolicy(server.url());
        p["tiers"][0]["budget"] = {{limit, 100}};
        test::LiveCascade live(noFaults());
        const TracePtr t = live.run(test::compiled(p), request());
        QCOMPARE(t->status, TraceStatus::Failed);
        QVERIFY2(has(t, std::string(limit) == "max_output_tokens" ? "budget.output_tokens"
                                                                  : "budget.total_tokens"),
                 traceToJson(*t).c_str());
        QVERIFY(t->charges.at(0).estimated);
    }
}

void BudgetsTest::aUserTierMayCutInsteadOfRefusing()
{
    ScriptedServer server([](const SeenRequest&) { return babbling(); });
    json p = directPolicy(server.url());
    p["user_tiers"] = json::array({{{"id", "free"},
                                    {"when", {{"metadata", {{"plan", "free"}}}}},
                                    {"budget", {{"max_output_tokens", 60}}},
                                    {"over_budget", "truncate"}}});
    test::LiveCascade live(noFaults());
    Request free = request();
    free.metadata["plan"] = "free";
    const TracePtr t = live.run(test::compiled(p), free);
    QCOMPARE(t->status, TraceStatus::Answered);
    QVERIFY(t->hops.at(0).partial);
    QVERIFY(!t->answer.empty());
    QVERIFY(has(t, "budget.truncated"));
    QVERIFY(has(t, "budget.request_tokens"));
    QCOMPARE(t->userTier, std::string("free"));
}

void BudgetsTest::aLongRequestIsRefusedOrShortened()
{
    std::mutex mutex;
    std::string body;
    ScriptedServer server([&](const SeenRequest& seen) {
        const std::lock_guard lock(mutex);
        body = seen.body;
        return streamed("Yes.");
    });
    json p = directPolicy(server.url());
    p["budget"] = {{"max_input_tokens", 40}};
    p["user_tiers"] = json::array({{{"id", "free"},
                                    {"when", {{"metadata", {{"plan", "free"}}}}},
                                    {"budget", {{"max_cost_usd", 1}}},
                                    {"over_budget", "truncate"}}});
    test::LiveCascade live(noFaults());
    Request longOne;
    longOne.id = "long";
    for (int i = 0; i < 30; ++i) {
        longOne.messages.push_back({"user", "turn " + std::to_string(i) + " of a long conversation"});
        longOne.messages.push_back({"assistant", "an answer to turn " + std::to_string(i)});
    }
    longOne.messages.push_back({"user", "and what about now?"});
    const TracePtr refusedOne = live.run(test::compiled(p), longOne);
    QCOMPARE(refusedOne->status, TraceStatus::Failed);
    QVERIFY(has(refusedOne, "budget.request_input_tokens"));
    QVERIFY(refusedOne->charges.empty());
    QCOMPARE(server.requests(), 0);
    longOne.metadata["plan"] = "free";
    const TracePtr shortened = live.run(test::compiled(p), longOne);
    QCOMPARE(shortened->status, TraceStatus::Answered);
    QVERIFY(has(shortened, "budget.truncated"));
    const std::lock_guard lock(mutex);
    const json sent = json::parse(body);
    int tokens = 0;
    for (const json& message : sent["messages"])
        tokens += estimateTokens(message["content"].get<std::string>());
    QVERIFY2(tokens <= 40, sent.dump().c_str());
    QCOMPARE(sent["messages"].back()["content"].get<std::string>(), std::string("and what about now?"));
}

void BudgetsTest::aRequestsBudgetHoldsOverItsHops()
{
    // The first answer is refused and uses up what the request may cost: nobody else is asked.
    ScriptedServer server(
        [](const SeenRequest&) { return streamed("I am sorry, but I cannot help with that.", 10, 900); });
    json p = test::basePolicy(server.url());
    p["triggers"] = json::array({{{"id", "no"}, {"gate", "refusal"}, {"escalate", "next"}}});
    p["budget"] = {{"max_cost_usd", 0.00005}};
    test::LiveCascade live(noFaults());
    const TracePtr t = live.run(test::compiled(p), request());
    QVERIFY2(has(t, "budget.request_cost"), traceToJson(*t).c_str());
    QCOMPARE(server.requests(), 1);
    QCOMPARE(t->status, TraceStatus::Answered); // the draft is better than nothing
    QCOMPARE(t->finalTier, std::string("T0"));
}

void BudgetsTest::anHourIsSharedAndRemembered()
{
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("w.signalbox")).toStdString();
    ScriptedServer server([](const SeenRequest&) { return streamed("Yes.", 1000, 500); }); // 0.00005 USD each
    json p = directPolicy(server.url());
    p["tiers"][0]["budget"] = {{"max_cost_usd_per_hour", 0.00012}};
    const CompiledPolicyPtr policy = test::compiled(p);
    const auto ask = [&](int n) {
        auto workspace = std::move(Workspace::open(path, OpenMode::OpenOrCreate).value());
        EnvironmentSecrets secrets;
        Transport transport;
        EngineConfig config;
        config.spent = (*workspace->reader())->spentSince(wallClockMs() - 3'600'000).value();
        CascadeEngine engine(transport, *workspace, secrets, nullptr, config);
        const auto watcher = std::make_shared<test::Watcher>();
        engine.start(policy, request(n), {}, watcher);
        return watcher->wait();
    };
    for (int n = 1; n <= 3; ++n) // each in a process of its own, as far as the engine can tell
        QCOMPARE(ask(n)->status, TraceStatus::Answered);
    const TracePtr over = ask(4);
    QCOMPARE(over->status, TraceStatus::Failed);
    QVERIFY2(has(over, "budget.cost_per_hour"), traceToJson(*over).c_str());
    QCOMPARE(server.requests(), 3);
}

void BudgetsTest::whatIsWrittenToACacheCountsWithoutAPrice()
{
    ScriptedServer server([](const SeenRequest&) {
        const json end = {{"choices", json::array({{{"index", 0}, {"delta", {{"content", "Yes."}}}, {"finish_reason", "stop"}}})},
                          {"usage", {{"prompt_tokens", 1000}, {"completion_tokens", 5}, {"prompt_tokens_details", {{"cache_write_tokens", 900}}}}}};
        return signalbox::testing::Script{signalbox::testing::send(
            signalbox::testing::streamHead() + signalbox::testing::chunk("data: " + end.dump() + "\n\ndata: [DONE]\n\n") + signalbox::testing::lastChunk())};
    });
    json p = directPolicy(server.url());
    p["budget"] = {{"max_cost_usd_per_hour", 0.00001}};
    const Price price = *test::decoded(p)->models[0].price;
    test::LiveCascade live(noFaults());
    const CompiledPolicyPtr policy = test::compiled(p);
    const TracePtr first = live.run(policy, request(1));
    QVERIFY2(first->status == TraceStatus::Answered, traceToJson(*first).c_str());
    const Charge& charge = first->charges.at(0);
    QCOMPARE(charge.tokens, (TokenUsage{100, std::nullopt, 5, std::nullopt, 900}));
    QVERIFY(!charge.cost && !charge.estimated && !first->cost().total()); // unknown stays unknown …
    QCOMPARE(charge.estimate, costOf({1000, std::nullopt, 5, std::nullopt}, price));
    QVERIFY(*charge.estimate > 10'000);
    QVERIFY(has(live.run(policy, request(2)), "budget.request_cost_per_hour")); // … and is no gift
}

void BudgetsTest::anHourIsSharedByProcessesThatRun()
{
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("w.signalbox")).toStdString();
    ScriptedServer server([](const SeenRequest&) { return streamed("Yes.", 1000, 500); }); // 0.00005 USD each
    json p = directPolicy(server.url());
    p["budget"] = {{"max_cost_usd_per_hour", 0.00016}};
    const CompiledPolicyPtr policy = test::compiled(p);
    struct Process // as far as the workspace can tell
    {
        explicit Process(const std::string& file)
            : workspace(std::move(Workspace::open(file, OpenMode::OpenOrCreate).value())),
              engine(transport, *workspace, secrets, nullptr, {}),
              watch(std::move(SpendingWatch::start(
                                  *workspace,
                                  [this](std::vector<SpentEarlier> spent) {
                                      const auto count = static_cast<int>(spent.size());
                                      engine.spentElsewhere(std::move(spent));
                                      told += count;
                                  },
                                  2)
                                  .value()))
        {
        }
        std::unique_ptr<Workspace> workspace;
        EnvironmentSecrets secrets;
        Transport transport;
        CascadeEngine engine;
        std::atomic<int> told = 0;
        std::unique_ptr<SpendingWatch> watch;
    };
    Process one(path);
    Process other(path);
    const auto ask = [&](Process& process, int n) {
        const auto watcher = std::make_shared<test::Watcher>();
        process.engine.start(policy, request(n), {}, watcher);
        return watcher->wait();
    };
    QCOMPARE(ask(one, 1)->status, TraceStatus::Answered);
    QTRY_COMPARE(other.told.load(), 1);
    QCOMPARE(ask(other, 2)->status, TraceStatus::Answered);
    QTRY_COMPARE(one.told.load(), 1);
    QCOMPARE(ask(one, 3)->status, TraceStatus::Answered); // none is counted twice by who paid for it
    QTRY_COMPARE(other.told.load(), 2);
    QVERIFY(has(ask(one, 4), "budget.request_cost_per_hour"));
    QVERIFY(has(ask(other, 5), "budget.request_cost_per_hour"));
    QCOMPARE(server.requests(), 3);
}

void BudgetsTest::whatAStreamMayCostIsNoted()
{
    class Notes : public TraceSink
    {
    public:
        void callBegins(const RunOutline&, const std::string&, const Charge& call) override
        {
            id = call.requestId;
            atFirst = call.estimate.value_or(-1);
        }
        void callGrows(const std::string&, const std::string& requestId, NanoUsd estimate) override
        {
            wrong += requestId != id || estimate <= last;
            last = estimate;
            ++grown;
        }
        void record(TracePtr, Durable durable) override { durable({}); }
        std::string id;
        NanoUsd atFirst = 0;
        NanoUsd last = 0;
        int grown = 0;
        int wrong = 0;
    };
    ScriptedServer server([](const SeenRequest&) { return babbling(); });
    const auto ask = [&](const char* limit, const json& value) {
        auto notes = std::make_unique<Notes>();
        json p = directPolicy(server.url());
        p["budget"] = {{limit, value}};
        EnvironmentSecrets secrets;
        Transport transport;
        const auto watcher = std::make_shared<test::Watcher>();
        CascadeEngine engine(transport, *notes, secrets, nullptr, {});
        engine.start(test::compiled(p), request(), {}, watcher);
        const TracePtr trace = watcher->wait();
        const NanoUsd taken = trace->charges.at(0).estimate.value_or(-1);
        if (std::max(notes->atFirst, notes->last) < taken || taken < 0)
            notes->wrong = 100; // the call costs more than the journal believes
        return notes;
    };
    // Nothing bounds the answer but the hour: it is noted as it grows, a few times.
    const auto open = ask("max_cost_usd_per_hour", 0.0004);
    QCOMPARE(open->wrong, 0);
    QVERIFY2(open->grown > 0 && open->grown < 20, std::to_string(open->grown).c_str());
    // An answer of at most so many tokens is noted with all of them at once.
    const auto bounded = ask("max_output_tokens", 1000);
    QVERIFY2(bounded->atFirst >= 60'000, std::to_string(bounded->atFirst).c_str());
    QCOMPARE(bounded->wrong, 0);
}

void BudgetsTest::anHoursLimitActsInAStream()
{
    ScriptedServer server([](const SeenRequest&) { return babbling(); });
    json p = directPolicy(server.url());
    p["budget"] = {{"max_cost_usd_per_hour", 0.00002}};
    test::LiveCascade live(noFaults());
    const CompiledPolicyPtr policy = test::compiled(p);
    std::vector<Request> requests;
    for (int n = 0; n < 4; ++n)
        requests.push_back(request(n));
    // Side by side: what runs counts before it is paid for.
    NanoUsd estimated = 0;
    for (const TracePtr& t : live.runAll(policy, requests, TraceMode::Policy, 4)) {
        QCOMPARE(t->status, TraceStatus::Failed);
        QVERIFY2(has(t, "budget.request_cost_per_hour"), traceToJson(*t).c_str());
        for (const Charge& charge : t->charges)
            estimated += charge.estimate.value_or(0);
    }
    QVERIFY2(estimated >= 20'000, std::to_string(estimated).c_str());
    const int before = server.requests();
    QVERIFY(has(live.run(policy, request(9)), "budget.request_cost_per_hour"));
    QCOMPARE(server.requests(), before); // and now nobody is even asked
}

void BudgetsTest::whoQueuesWaitsForTheHour()
{
    ScriptedServer server([](const SeenRequest&) { return streamed("Yes.", 1000, 500); });
    json p = directPolicy(server.url());
    p["user_tiers"] = json::array({{{"id", "batch"},
                                    {"when", {{"metadata", {{"plan", "batch"}}}}},
                                    {"lane", "background"},
                                    {"budget", {{"max_cost_usd_per_hour", 0.00004}}},
                                    {"over_budget", "queue"}}});
    test::LiveCascade live(noFaults());
    const CompiledPolicyPtr policy = test::compiled(p);
    Request first = request(1);
    first.metadata["plan"] = "batch";
    QCOMPARE(live.run(policy, first)->status, TraceStatus::Answered);
    Request second = request(2);
    second.metadata["plan"] = "batch";
    const auto watcher = std::make_shared<test::Watcher>();
    const RunId waiting = live.engine->start(policy, second, {}, watcher);
    QCOMPARE(live.run(policy, request(3))->status, TraceStatus::Answered); // others are not held up
    live.engine->cancel(waiting);
    const TracePtr t = watcher->wait();
    QCOMPARE(t->status, TraceStatus::Cancelled); // it waited, and was not refused
    QVERIFY(t->hops.empty());
    QCOMPARE(server.requests(), 2);
}

void BudgetsTest::whatBeginsTogetherHasRoomTogether()
{
    // An answer costs 31,800 nano-dollars at most, the hour has room for three: three are answered whole, and nobody is cut.
    ScriptedServer server([](const SeenRequest&) { return streamed("Yes, that is so.", 90, 500); });
    json p = directPolicy(server.url());
    p["models"][0]["max_output_tokens"] = 500;
    p["budget"] = {{"max_cost_usd_per_hour", 0.0001}};
    test::LiveCascade live(noFaults());
    std::vector<Request> requests;
    for (int n = 0; n < 30; ++n)
        requests.push_back(request(n));
    int answered = 0;
    NanoUsd spent = 0;
    for (const TracePtr& t : live.runAll(test::compiled(p), requests, TraceMode::Policy, 16)) {
        answered += t->status == TraceStatus::Answered;
        QVERIFY2(t->status == TraceStatus::Answered || has(t, "budget.request_cost_per_hour"), traceToJson(*t).c_str());
        for (const Hop& hop : t->hops)
            QVERIFY(!hop.partial);
        for (const Charge& charge : t->charges)
            spent += charge.cost.value();
    }
    QCOMPARE(answered, 3);
    QVERIFY2(spent <= 100'000, std::to_string(spent).c_str());
}

void BudgetsTest::whoQueuesWaitsForWhatRuns()
{
    // Each reserves ten times what it costs, and one reservation is all that there is room for.
    ScriptedServer server([](const SeenRequest&) { return streamed("Yes.", 10, 50); });
    json p = directPolicy(server.url());
    p["models"][0]["max_output_tokens"] = 500;
    p["user_tiers"] = json::array({{{"id", "batch"},
                                    {"when", {{"metadata", {{"plan", "batch"}}}}},
                                    {"lane", "background"},
                                    {"budget", {{"max_cost_usd_per_hour", 0.00004}}},
                                    {"over_budget", "queue"}}});
    test::LiveCascade live(noFaults());
    std::vector<Request> requests;
    for (int n = 0; n < 8; ++n) {
        requests.push_back(request(n));
        requests.back().metadata["plan"] = "batch";
    }
    double waited = 0;
    for (const TracePtr& t : live.runAll(test::compiled(p), requests, TraceMode::Policy, 8)) {
        QVERIFY2(t->status == TraceStatus::Answered, traceToJson(*t).c_str());
        for (const Hop& hop : t->hops)
            waited = std::max(waited, hop.queueMs);
    }
    QVERIFY2(waited > 0, "the first was alone with what it had reserved");
}

void BudgetsTest::nobodyQueuesBeyondItsOwnTime()
{
    // The hour is used up, and so is the only slot: neither is waited for longer than the request has time.
    ScriptedServer server([](const SeenRequest& seen) {
        return json::parse(seen.body).dump().find("hold") == std::string::npos
                   ? streamed("Yes.", 1000, 500)
                   : signalbox::testing::Script{signalbox::testing::send(signalbox::testing::streamHead()), signalbox::testing::pauseAt("never")};
    });
    json p = directPolicy(server.url());
    p["user_tiers"] = json::array({{{"id", "batch"},
                                    {"when", {{"metadata", {{"plan", "batch"}}}}},
                                    {"lane", "background"},
                                    {"budget", {{"max_cost_usd_per_hour", 0.00004}, {"deadline_ms", 1500}}},
                                    {"over_budget", "queue"}}});
    const CompiledPolicyPtr policy = test::compiled(p);
    test::LiveCascade live(noFaults(), {}, 1, {1, 0});
    Request batch = request(1);
    batch.metadata["plan"] = "batch";
    QCOMPARE(live.run(policy, batch)->status, TraceStatus::Answered);
    const TracePtr late = live.run(policy, batch);
    QCOMPARE(late->status, TraceStatus::Failed);
    QVERIFY2(has(late, "budget.request_cost_per_hour"), traceToJson(*late).c_str());

    json own = directPolicy(server.url());
    own["budget"] = {{"deadline_ms", 200}};
    const auto holds = std::make_shared<test::Watcher>();
    live.engine->start(test::compiled(directPolicy(server.url())), Request::fromPrompt("h", "hold the slot"), {}, holds);
    QTRY_VERIFY(server.requests() == 2);
    const TracePtr outside = live.run(test::compiled(own), request(3));
    QCOMPARE(outside->status, TraceStatus::Failed);
    QVERIFY2(has(outside, "budget.request_deadline"), traceToJson(*outside).c_str());
    QCOMPARE(server.requests(), 2);
    live.engine->cancelAll();
    QCOMPARE(holds->wait()->status, TraceStatus::Cancelled);
    QCOMPARE(live.run(test::compiled(directPolicy(server.url())), request(4))->status, TraceStatus::Answered); // the slot is free
}

void BudgetsTest::whatATryHasThoughtIsCountedAlthoughItBrokeOff()
{
    ScriptedServer server([](const SeenRequest& seen) {
        if (seen.number > 1)
            return streamed("Yes.");
        const json thought = {{"choices", json::array({{{"index", 0}, {"delta", {{"reasoning_content", std::string(4000, 'x')}}}}})}};
        return signalbox::testing::Script{signalbox::testing::send(signalbox::testing::streamHead() + signalbox::testing::chunk("data: " + thought.dump() + "\n\n")),
                                          signalbox::testing::hangUp()};
    });
    const json p = directPolicy(server.url());
    test::LiveCascade live(noFaults());
    const TracePtr t = live.run(test::compiled(p), request());
    QCOMPARE(t->status, TraceStatus::Answered);
    QCOMPARE(t->charges.size(), std::size_t{2});
    QCOMPARE(t->charges[0].kind, ChargeKind::Retry);
    QVERIFY(t->charges[0].estimated && !t->charges[0].cost);
    QCOMPARE(t->charges[0].tokens.output, std::optional<std::int64_t>(1000));
    QVERIFY(t->charges[0].estimate.value_or(0) > 0);
    QVERIFY(!t->charges[1].estimated && t->charges[1].cost); // what the second one used it has said
}

void BudgetsTest::whoQueuesLetsOthersPass()
{
    // Two of the background's two places: both wait for room in their hour, which will be long.
    ScriptedServer server([](const SeenRequest&) { return streamed("Yes.", 10, 480); });
    json p = directPolicy(server.url());
    p["models"][0]["max_output_tokens"] = 500;
    p["user_tiers"] = json::array({{{"id", "batch"},
                                    {"when", {{"metadata", {{"plan", "batch"}}}}},
                                    {"lane", "background"},
                                    {"budget", {{"max_cost_usd_per_hour", 0.00004}}},
                                    {"over_budget", "queue"}}});
    const CompiledPolicyPtr policy = test::compiled(p);
    test::LiveCascade live(noFaults(), {}, 1, {3, 1});
    Request batch = request(1);
    batch.metadata["plan"] = "batch";
    QCOMPARE(live.run(policy, batch)->status, TraceStatus::Answered); // what it costs fits, what the next may cost does not
    std::vector<std::shared_ptr<test::Watcher>> waiting;
    for (int n = 2; n < 5; ++n) {
        batch.id = "r" + std::to_string(n);
        waiting.push_back(std::make_shared<test::Watcher>());
        live.engine->start(policy, batch, {}, waiting.back());
    }
    RunOptions background;
    background.lane = ServiceLane::Background;
    for (int n = 5; n < 8; ++n)
        QCOMPARE(live.run(policy, request(n), background)->status, TraceStatus::Answered);
    QCOMPARE(server.requests(), 4);
    live.engine->cancelAll();
    for (const auto& one : waiting)
        QCOMPARE(one->wait()->status, TraceStatus::Cancelled);

    // With a time of its own it waits for that long, and is asked for once.
    p["user_tiers"][0]["budget"]["deadline_ms"] = 500;
    batch.id = "late";
    const TracePtr late = live.run(test::compiled(p), batch);
    QCOMPARE(late->status, TraceStatus::Failed);
    QVERIFY2(has(late, "budget.request_cost_per_hour") || has(late, "budget.request_deadline"), traceToJson(*late).c_str());
    QCOMPARE(late->hops.size(), std::size_t{1});
    QVERIFY(late->hops[0].queueMs > 0);
    QCOMPARE(live.run(policy, request(9), background)->status, TraceStatus::Answered);
}

void BudgetsTest::aRacesLoserCountsForTheHour()
{
    // The dear lane has read a long prompt when the cheap one answers.
    ScriptedServer server([](const SeenRequest& seen) {
        const json body = json::parse(seen.body);
        const std::string prompt = body["messages"].back()["content"];
        return body.value("model", "") == "support-3b-ft"
                   ? signalbox::testing::Script{signalbox::testing::pauseAt(prompt.substr(0, 3)), streamed("Yes.").front()}
                   : signalbox::testing::Script{signalbox::testing::pauseAt("never")};
    });
    json p = test::basePolicy(server.url());
    p["cascade"] = {{"pattern", "race"}, {"lanes", {"T0", "T1"}}};
    p["budget"] = {{"max_cost_usd_per_hour", 0.0005}};
    p["models"][1]["max_output_tokens"] = 100;
    const CompiledPolicyPtr policy = test::compiled(p);
    test::LiveCascade live(noFaults());
    std::string words;
    for (int i = 0; i < 800; ++i)
        words += " word";
    int races = 0;
    for (TracePtr t; races < 8; ++races) {
        const std::string gate = "go" + std::to_string(races);
        const int before = server.requests();
        const auto watcher = std::make_shared<test::Watcher>();
        live.engine->start(policy, Request::fromPrompt("r", gate + words), {}, watcher);
        QTRY_VERIFY(server.requests() > before);
        QTest::qWait(50); // the other lane goes out at the same moment, if it does
        server.open(gate);
        t = watcher->wait();
        QCOMPARE(t->finalTier, std::string("T0"));
        if (std::ranges::any_of(t->hops, [](const Hop& hop) { return hop.reason == "budget.request_cost_per_hour"; }))
            break;
    }
    QVERIFY2(races > 0 && races < 8, std::to_string(races).c_str()); // a race costs a third of the hour
}

void BudgetsTest::lanesShareTheRequestsBudget()
{
    // Eight samples of a hundred tokens: each is within the four hundred, all are not.
    std::string words;
    for (int n = 0; n < 75; ++n)
        words += "word ";
    ScriptedServer server([&](const SeenRequest&) {
        return signalbox::testing::Script{
            signalbox::testing::send(signalbox::testing::streamHead() + piece(words)),
            signalbox::testing::pauseAt("all have begun"), signalbox::testing::send(piece("and more")),
            signalbox::testing::pauseAt("never")};
    });
    struct Pieces : test::Watcher
    {
        std::atomic<int> count = 0;
        void hopText(RunId run, int hop, std::string_view delta) override
        {
            ++count;
            Watcher::hopText(run, hop, delta);
        }
    };
    json p = test::basePolicy(server.url());
    p["cascade"] = {{"pattern", "self_consistency"}, {"samples", 8}};
    p["budget"] = {{"max_output_tokens", 400}, {"deadline_ms", 60000}};
    test::LiveCascade live(noFaults());
    const auto watcher = std::make_shared<Pieces>();
    live.engine->start(test::compiled(p), request(), {}, watcher);
    QTRY_COMPARE(watcher->count.load(), 8);
    server.open("all have begun");
    const TracePtr t = watcher->wait();
    QCOMPARE(t->hops.size(), std::size_t{8});
    for (const Hop& hop : t->hops)
        QCOMPARE(hop.reason, std::string("budget.request_tokens"));
}

void BudgetsTest::thoughtsAndToolCallsArePaidForAndAreNotSilence()
{
    const auto event = [](const json& delta) {
        return signalbox::testing::chunk(
            "data: " + json{{"id", "x"}, {"choices", json::array({{{"index", 0}, {"delta", delta}}})}}.dump() + "\n\n");
    };
    const std::string words = "one thought leads to the next one, and so it goes on and on ";
    const json call = {{"index", 0}, {"function", {{"arguments", words}}}};
    for (const json& delta : {json{{"reasoning_content", words}}, json{{"reasoning", words}, {"reasoning_content", words}},
                              json{{"tool_calls", json::array({call})}}}) {
        ScriptedServer server([&](const SeenRequest&) {
            return signalbox::testing::Script{signalbox::testing::send(signalbox::testing::streamHead()),
                                              signalbox::testing::flood(event(delta))};
        });
        json p = directPolicy(server.url());
        p["tiers"][0]["budget"] = {{"max_output_tokens", 300}};
        test::LiveCascade live(noFaults());
        const TracePtr t = live.run(test::compiled(p), request());
        QVERIFY2(has(t, "budget.output_tokens"), traceToJson(*t).c_str());
        QVERIFY(t->charges.at(0).estimated);
        QVERIFY(t->charges.at(0).tokens.output.value() >= 300);
    }
    // Thinking for longer than the silence that ends a call.
    constexpr int kThoughts = 5;
    ScriptedServer thinker([&](const SeenRequest&) {
        signalbox::testing::Script script{signalbox::testing::send(signalbox::testing::streamHead())};
        for (int n = 0; n < kThoughts; ++n) {
            script.push_back(signalbox::testing::send(event({{"reasoning_content", words}})));
            script.push_back(signalbox::testing::pauseAt(std::to_string(n)));
        }
        const signalbox::testing::Script answer = streamed("Yes.");
        std::string rest = answer.front().text;
        script.push_back(signalbox::testing::send(rest.substr(signalbox::testing::streamHead().size())));
        return script;
    });
    json p = directPolicy(thinker.url());
    p["triggers"] = json::array({json{{"id", "silent"}, {"gate", "stall"}, {"after_ms", 1000}, {"escalate", "next"}}});
    test::LiveCascade live(noFaults());
    const auto watcher = std::make_shared<test::Watcher>();
    live.engine->start(test::compiled(p), request(), {}, watcher);
    for (int n = 0; n < kThoughts; ++n) { // the pace of the thoughts, well within the silence that is allowed
        QTest::qWait(300);
        thinker.open(std::to_string(n));
    }
    const TracePtr t = watcher->wait();
    QVERIFY2(t->status == TraceStatus::Answered && !has(t, "gate.stall.silent"), traceToJson(*t).c_str());
}

void BudgetsTest::judgesHaveNoBudgetOfTheirOwn()
{
    std::atomic<int> judged = 0;
    ScriptedServer server([&](const SeenRequest& seen) {
        judged += seen.body.find("judge-mini") != std::string::npos ? 1 : 0;
        return streamed("Yes.", 10, 5);
    });
    json p = directPolicy(server.url());
    p["models"].back()["price"]["input_per_mtok"] = 5000;
    p["triggers"] = json::array({test::groundingTrigger(3)});
    p["budget"] = {{"max_cost_usd", 0.01}};
    test::LiveCascade live(noFaults());
    const TracePtr t = live.run(test::compiled(p), request());
    QCOMPARE(judged.load(), 0);
    const GateResult& gate = t->hops.at(0).gates.at(0);
    QCOMPARE(gate.verdict, GateVerdict::Error);
    QCOMPARE(gate.reason, std::string("budget.request_cost"));
    p["budget"] = {{"max_cost_usd_per_hour", 0.01}};
    QCOMPARE(live.run(test::compiled(p), request(2))->hops.at(0).gates.at(0).reason, std::string("budget.request_cost_per_hour"));
    QCOMPARE(judged.load(), 0);
    p.erase("budget");
    live.run(test::compiled(p), request(3));
    QVERIFY(judged.load() > 0);
}

void BudgetsTest::aDeadBackendIsNotWaitedForBeyondTheRequestsTime()
{
    ScriptedServer server([](const SeenRequest&) { return refused(); });
    json p = directPolicy(server.url());
    p["budget"] = {{"deadline_ms", 1500}};
    test::LiveCascade live(noFaults());
    std::vector<Request> requests;
    for (int n = 0; n < 40; ++n)
        requests.push_back(request(n));
    for (const TracePtr& t : live.runAll(test::compiled(p), requests, TraceMode::Policy, 8)) {
        QCOMPARE(t->status, TraceStatus::Failed);
        for (const Hop& hop : t->hops) // what it waited for the breaker is within what it had
            QVERIFY2(hop.queueMs < 1500, traceToJson(*t).c_str());
    }
}

void BudgetsTest::retriesArePaidForByRequests()
{
    // A limit of rate opens no breaker, which would keep requests from being sent at all.
    ScriptedServer server([](const SeenRequest&) {
        return signalbox::testing::Script{signalbox::testing::send(signalbox::testing::response("429 Too Many Requests", "", ""))};
    });
    test::LiveCascade live(noFaults());
    const CompiledPolicyPtr policy = test::compiled(directPolicy(server.url()));
    std::vector<Request> requests;
    constexpr int kRequests = 150;
    for (int n = 0; n < kRequests; ++n)
        requests.push_back(request(n));
    int retries = 0;
    for (const TracePtr& t : live.runAll(policy, requests, TraceMode::Policy, kRequests)) {
        QCOMPARE(t->status, TraceStatus::Failed);
        QVERIFY(!t->hops.at(0).attempts.empty());
        retries += static_cast<int>(t->hops.at(0).attempts.size()) - 1;
    }
    // Two retries each would be 300: every fifth is paid for by a request, and some twenty are free.
    QVERIFY2(retries > 0 && retries <= kRequests / 5 + 60, std::to_string(retries).c_str());
}

void BudgetsTest::aBatchWaitsForAnEndpointThatIsDown()
{
    // Down until a probe has failed, then well: the breaker opens, and the batch does not use itself up meanwhile.
    ScriptedServer server([](const SeenRequest& seen) { return seen.number <= 14 ? refused() : streamed("Yes."); });
    test::LiveCascade live(noFaults());
    const CompiledPolicyPtr policy = test::compiled(directPolicy(server.url()));
    std::vector<Request> requests;
    for (int n = 0; n < 200; ++n)
        requests.push_back(request(n));
    int answered = 0;
    double queued = 0;
    for (const TracePtr& t : live.runAll(policy, requests, TraceMode::Policy, 8)) {
        answered += t->status == TraceStatus::Answered;
        for (const Hop& hop : t->hops)
            queued = std::max(queued, hop.queueMs);
    }
    QVERIFY2(answered >= 180, std::to_string(answered).c_str());
    QVERIFY2(queued >= 100, std::to_string(queued).c_str()); // the breaker was open, and the traces say who waited
}

void BudgetsTest::whatIfDoesNotPretend()
{
    json p = test::basePolicy();
    p["tiers"][0]["budget"] = {{"max_cost_usd_per_hour", 1}, {"deadline_ms", 500}};
    p["budget"] = {{"max_cost_usd_per_hour", 1}};
    QVERIFY(mayRun(*test::decoded(p)).has_value());
    QVERIFY(maySimulate(*test::decoded(p)).has_value());
    p["budget"]["max_cost_usd"] = 0.01;
    QVERIFY(mayRun(*test::decoded(p)).has_value());
    const Result<> refusedOne = maySimulate(*test::decoded(p));
    QVERIFY(!refusedOne.has_value());
    QCOMPARE(refusedOne.error().context, std::string("/budget"));
}

void BudgetsTest::oneStopEndsEverything()
{
    // Of three kinds: answers that never end, retries that wait, and requests that were not let in yet.
    ScriptedServer server([](const SeenRequest& seen) -> signalbox::testing::Script {
        if (seen.body.find("hello 1") != std::string::npos) // 1, 10 … 19
            return {signalbox::testing::send(
                signalbox::testing::response("429 Too Many Requests", "Retry-After: 60\r\n", ""))};
        return {signalbox::testing::send(signalbox::testing::streamHead() + piece("Well, ")),
                signalbox::testing::pauseAt("never")};
    });
    json p = directPolicy(server.url());
    test::LiveCascade live(noFaults(), {}, 1, {8, 0});
    const CompiledPolicyPtr policy = test::compiled(p);
    std::vector<Request> requests;
    for (int n = 0; n < 40; ++n)
        requests.push_back(request(n));
    int traces = 0;
    const auto batch =
        Batch::start(*live.engine, policy, std::move(requests), {TraceMode::Policy, "test"}, 20,
                     [&](const BatchProgress&, const TracePtr& trace) { traces += trace != nullptr; });
    const auto person = std::make_shared<test::Watcher>();
    live.engine->start(policy, request(99), {}, person);
    QTRY_VERIFY(server.requests() >= 8);
    const SteadyTime before = now();
    live.engine->cancelAll();
    const BatchProgress end = batch->wait();
    const TracePtr t = person->wait();
    const double took = msBetween(before, now());
    QVERIFY(end.done && end.cancelled);
    QCOMPARE(t->status, TraceStatus::Cancelled);
    QCOMPARE(traces, end.started); // each that was begun has its trace
    QVERIFY(end.started < 40);     // and no other was begun
    qInfo("everything had ended after %.1f ms", took);
    QCOMPARE(static_cast<int>(live.sink.traces().size()), end.started + 1);
}

QTEST_GUILESS_MAIN(BudgetsTest)
#include "tst_budgets.moc"
