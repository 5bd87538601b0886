// SPDX-License-Identifier: GPL-3.0-or-later
// Every fault of the fault lab through real sockets with the real client: it ends as the scenario says, after
// so many tries, and what it cost is what the server's own log says.
#include "base/text.h"
#include "providers/chat.h"
#include "providers/errors.h"
#include "sandbox/sandbox.h"
#include "sandbox/scenario.h"
#include "support/http_client.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <fstream>
#include <future>
#include <set>
#include <sstream>

using namespace signalbox;
using signalbox::test::HttpConnection;
using signalbox::test::HttpReply;
using Json = nlohmann::json;
using sandbox::Fault;

namespace {

constexpr std::chrono::seconds kLongerThanAnyCall{90};

std::string labJson()
{
    std::ifstream file(qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString() +
                       "/resources/scenarios/fault-lab.json");
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::unique_ptr<Sandbox> started(const std::string& scenario, std::vector<std::string> faults = {},
                                 std::uint64_t seed = 1)
{
    SandboxOptions options;
    options.scenarioJson = scenario;
    options.seed = seed;
    options.faults = std::move(faults);
    auto sandbox = Sandbox::start(options);
    if (!sandbox)
        qFatal("%s", sandbox.error().message.c_str());
    return std::move(*sandbox);
}

std::string withFaults(const std::string& faults, double timeScale = 0)
{
    Json scenario = Json::parse(labJson());
    scenario["faults"] = Json::parse(faults);
    scenario["time_scale"] = timeScale;
    return scenario.dump();
}

std::vector<Json> logOf(const Sandbox& sandbox)
{
    std::vector<Json> entries;
    const std::string text = sandbox.log();
    for (const std::string_view line : splitLines(text)) {
        if (!line.empty())
            entries.push_back(Json::parse(line));
    }
    return entries;
}

Json faultState(const Sandbox& sandbox, const std::string& id)
{
    const Json state = Json::parse(sandbox.faultsJson());
    for (const Json& fault : state["faults"]) {
        if (fault["id"] == id)
            return fault;
    }
    return {};
}

class NoSecrets : public SecretSource
{
public:
    Result<std::string> secret(const SecretRef&) override
    {
        return fail(error_kind::noKey, "There is none.");
    }
};

ChatRequest requestTo(const Sandbox& sandbox, bool stream, double deadlineMs)
{
    ChatRequest request;
    request.endpointId = "sandbox";
    request.baseUrl = sandbox.baseUrl() + "/v1";
    request.modelName = "frontier";
    request.messages = {{"system",
                         "You are a support agent.\n\nKnowledge:\n[kb-1] Parcels: A parcel takes 5 to 7 "
                         "business days. Express parcels take 2 days and cost $25. Returns are not "
                         "accepted after 30 days."},
                        {"user", "How long does a parcel take, and is there express?"}};
    request.stream = stream;
    request.deadlineMs = deadlineMs;
    return request;
}

struct Outcome
{
    bool ended = false;
    ChatResult result;
    std::string streamed;
};

/// One call on a network thread of its own, so that no connection is kept from the last one.
Outcome call(ChatRequest request)
{
    NoSecrets secrets;
    auto outcome = std::make_shared<Outcome>();
    auto done = std::make_shared<std::promise<void>>();
    std::shared_ptr<ChatCall> running;
    Transport transport;
    ChatCallbacks callbacks;
    callbacks.onText = [outcome](std::string_view text) { outcome->streamed += text; };
    callbacks.onDone = [outcome, done](ChatResult result) {
        outcome->result = std::move(result);
        outcome->ended = true;
        done->set_value();
    };
    transport.post(
        [&] { running = ChatCall::start(transport, secrets, std::move(request), std::move(callbacks)); });
    const bool ended = done->get_future().wait_for(kLongerThanAnyCall) == std::future_status::ready;
    std::promise<void> gone;
    transport.post([&] {
        running.reset();
        gone.set_value();
    });
    gone.get_future().wait();
    return ended ? *outcome : Outcome{};
}

const std::vector<Fault>& labFaults()
{
    static const std::vector<Fault> faults = [] {
        const auto scenario = sandbox::readScenario(labJson());
        if (!scenario)
            qFatal("%s", scenario.error().message.c_str());
        return scenario->faults;
    }();
    return faults;
}

const Fault& labFault(const QString& id)
{
    for (const Fault& fault : labFaults()) {
        if (fault.id == id.toStdString())
            return fault;
    }
    qFatal("no such fault");
}

void faultRows()
{
    QTest::addColumn<QString>("id");
    for (const Fault& fault : labFaults())
        QTest::newRow(fault.id.c_str()) << QString::fromStdString(fault.id);
}

/// Long enough for every wait that a fault asks for; short where nothing else ends it.
double deadlineFor(const Fault& fault)
{
    return fault.expect->outcome == error_kind::deadline ? 700 : 60'000;
}

HttpReply switchFaults(const Sandbox& sandbox, const Json& body)
{
    return HttpConnection(sandbox.port()).ask("POST", "/_signalbox/faults", body.dump());
}

} // namespace

class FaultLabTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isALabOfManyFaults();
    void endsAsTheScenarioSays_data() { faultRows(); }
    void endsAsTheScenarioSays();
    void nothingWorseWithoutAStream_data() { faultRows(); }
    void nothingWorseWithoutAStream();
    void scenarioErrorsNameThePlace_data();
    void scenarioErrorsNameThePlace();
    void selectorsPickTheirRequests_data();
    void selectorsPickTheirRequests();
    void chanceIsRepeatable();
    void sequenceBeginsAnewWhenSwitchedOn();
    void switchedOverHttp();
    void aimedAtModelsAndForSoManyRequests();
    void switchingRefusesWhatItDoesNotKnow();
    void isNotControlledByWebPages();
    void faultsOnFromTheBeginning();
    void closedPortOpensAgain();
    void hugeBodyComesWhole();
    void waitsForASlowReader();
    void earlyCloseSparesTheOtherPaths();
    void logTellsEveryRequest();
    void logGoesToAFile();
};

void FaultLabTest::isALabOfManyFaults()
{
    QVERIFY(labFaults().size() >= 30);
    std::set<Fault::Kind> kinds;
    for (const Fault& fault : labFaults()) {
        QVERIFY(!fault.id.empty());
        QVERIFY(!fault.title.empty());
        QVERIFY(fault.expect);
        QVERIFY2(!fault.on, "a lab begins without faults");
        kinds.insert(fault.kind);
    }
    QCOMPARE(kinds.size(), static_cast<std::size_t>(Fault::Kind::Refuse) + 1); // none is missing
}

void FaultLabTest::endsAsTheScenarioSays()
{
    QFETCH(QString, id);
    const Fault& fault = labFault(id);
    const sandbox::Expectation& expect = *fault.expect;
    const auto sandbox = started(labJson());
    const Outcome reference = call(requestTo(*sandbox, true, 60'000));
    QVERIFY2(reference.result.ok, reference.result.message.c_str());
    QTRY_COMPARE(logOf(*sandbox).size(), std::size_t{1});

    QVERIFY(sandbox->setFault(fault.id, true));
    Outcome o;
    std::size_t before = 1;
    for (int tries = 0; tries < 200; ++tries) { // until it hits, for those that hit now and then
        o = call(requestTo(*sandbox, true, deadlineFor(fault)));
        if (fault.kind == Fault::Kind::Refuse || faultState(*sandbox, fault.id)["hits"] > 0)
            break;
        QVERIFY2(o.result.ok, o.result.message.c_str());
        ++before;
        QTRY_COMPARE(logOf(*sandbox).size(), before);
    }
    QVERIFY2(o.ended, "the call hangs");
    QCOMPARE(o.result.ok ? std::string("ok") : o.result.errorKind, expect.outcome);
    QCOMPARE(static_cast<int>(o.result.attempts.size()), expect.attempts);
    QCOMPARE(o.result.text, o.streamed);
    const std::string whole = reference.result.text;
    if (expect.text == "whole" && fault.how == "characters")
        QCOMPARE(o.result.text, whole + " \xE2\x82\xAC \xF0\x9F\x9A\x82 \xC3\xA9");
    else if (expect.text == "whole")
        QCOMPARE(o.result.text, whole);
    else if (expect.text == "none")
        QCOMPARE(o.result.text, std::string());
    else
        QVERIFY2(!o.result.text.empty() && o.result.text != whole, o.result.text.c_str());
    if (expect.text == "part" && fault.kind != Fault::Kind::HugeBody && fault.kind != Fault::Kind::Endless)
        QVERIFY2(whole.starts_with(o.result.text), o.result.text.c_str());
    if (!o.result.ok) {
        QVERIFY(o.result.message.size() > 10);
        QCOMPARE(expect.retry == "same_endpoint", isRetryable(o.result.errorKind));
        QCOMPARE(expect.retry == "never", o.result.errorKind == error_kind::badRequest);
    }

    // Every try is in the server's log, and nothing else: no redirect was followed, nothing was asked twice.
    const std::size_t seen = fault.kind == Fault::Kind::Refuse ? 0 : o.result.attempts.size();
    QTRY_COMPARE(logOf(*sandbox).size(), before + seen);
    const Json last = logOf(*sandbox).back();
    if (expect.usage == "known") {
        const TokenUsage& usage = o.result.usage;
        QCOMPARE(last["usage_told"], Json(true));
        QCOMPARE(Json(usage.input.value()), last["input_tokens"]);
        QCOMPARE(Json(usage.cachedInput.value_or(0)), last["cached_tokens"]);
        QCOMPARE(Json(usage.cacheWrite.value_or(0)), last["cache_write_tokens"]);
        QCOMPARE(Json(usage.output.value()), last["output_tokens"]);
        QCOMPARE(Json(usage.reasoning.value_or(0)), last["reasoning_tokens"]);
    } else {
        QVERIFY(!o.result.usage.known());
    }

    // The server is none the worse for it.
    QVERIFY(sandbox->setFault(fault.id, false));
    const Outcome after = call(requestTo(*sandbox, true, 60'000));
    QVERIFY2(after.result.ok, after.result.message.c_str());
    QCOMPARE(after.result.text, whole);
    QCOMPARE(after.result.attempts.size(), std::size_t{1});
}

void FaultLabTest::nothingWorseWithoutAStream()
{
    QFETCH(QString, id);
    const Fault& fault = labFault(id);
    const auto sandbox = started(labJson());
    const std::string whole = call(requestTo(*sandbox, false, 60'000)).result.text;
    QVERIFY(!whole.empty());
    QVERIFY(sandbox->setFault(fault.id, true));
    const Outcome o = call(requestTo(*sandbox, false, 2'000));
    QVERIFY2(o.ended, "the call hangs");
    if (o.result.ok && fault.expect->text == "part")
        QVERIFY2(o.result.text.size() < whole.size() && whole.starts_with(o.result.text), o.result.text.c_str());
    else if (o.result.ok)
        QVERIFY2(o.result.text.starts_with(whole), o.result.text.c_str());
    else
        QVERIFY2(o.result.text.empty() && o.result.errorKind.find('.') != std::string::npos,
                 o.result.errorKind.c_str());
    if (fault.expect->outcome == "ok" && fault.statuses.empty())
        QVERIFY2(o.result.ok, o.result.message.c_str());
    QVERIFY(sandbox->setFault("*", false));
    QVERIFY(call(requestTo(*sandbox, false, 60'000)).result.ok);
}

void FaultLabTest::scenarioErrorsNameThePlace_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char* name, const char* fault, const char* pointer) {
        QTest::newRow(name) << QString::fromLatin1(fault) << QString::fromLatin1(pointer);
    };
    row("no object", "[]", "/faults/1");
    row("no kind", R"({"every":1})", "/faults/1");
    row("another kind's key", R"({"kind":"garbage","every":1,"bytes":5})", "/faults/1/bytes");
    row("unknown variant", R"({"kind":"cut","every":1,"how":"softly"})", "/faults/1/how");
    row("how where there is none", R"({"kind":"stall","every":1,"how":"long"})", "/faults/1/how");
    row("status in between", R"({"kind":"status","every":1,"status":[429,302]})", "/faults/1/status/1");
    row("no statuses", R"({"kind":"status","every":1,"status":[]})", "/faults/1/status");
    row("two retry-afters", R"({"kind":"status","every":1,"status":429,"retry_after_s":1,"retry_after":"x"})",
        "/faults/1");
    row("header injected", R"({"kind":"status","every":1,"status":429,"retry_after":"1\r\nX: y"})",
        "/faults/1/retry_after");
    row("location injected", R"({"kind":"redirect","every":1,"location":"/\r\nX: y"})", "/faults/1/location");
    row("no location", R"({"kind":"redirect","every":1})", "/faults/1");
    row("too large", R"({"kind":"huge_body","every":1,"bytes":1e12})", "/faults/1/bytes");
    row("how large", R"({"kind":"huge_body","every":1})", "/faults/1");
    row("nth is a list", R"({"kind":"garbage","nth":3})", "/faults/1/nth");
    row("nth from 1", R"({"kind":"garbage","nth":[1,0]})", "/faults/1/nth/1");
    row("no selector", R"({"kind":"garbage"})", "/faults/1");
    row("a closed port picks no request", R"({"kind":"refuse","every":1})", "/faults/1/every");
    row("a closed port has no model", R"({"kind":"refuse","model":"echo"})", "/faults/1/model");
    row("the same id", R"({"id":"a","kind":"garbage","every":1})", "/faults/1/id");
    row("off without an id", R"({"on":false,"kind":"garbage","every":1})", "/faults/1");
    row("outcome", R"({"kind":"garbage","every":1,"expect":{"outcome":"bad","attempts":1,"text":"none"}})",
        "/faults/1/expect/outcome");
    row("retry of a success",
        R"({"kind":"garbage","every":1,"expect":{"outcome":"ok","attempts":1,"text":"none","retry":"never"}})",
        "/faults/1/expect");
    row("expect lacks attempts", R"({"kind":"garbage","every":1,"expect":{"outcome":"ok","text":"none"}})",
        "/faults/1/expect");
}

void FaultLabTest::scenarioErrorsNameThePlace()
{
    QFETCH(QString, fault);
    QFETCH(QString, pointer);
    const auto bad = sandbox::readScenario(
        withFaults(R"([{"id":"a","kind":"garbage","every":1},)" + fault.toStdString() + "]"));
    QVERIFY(!bad);
    QCOMPARE(bad.error().code, std::string("sandbox.scenario_invalid"));
    QCOMPARE(QString::fromStdString(bad.error().context), pointer);
}

namespace {

/// Which of so many requests were answered with 503.
std::vector<int> hitsOf(const Sandbox& sandbox, int requests, const std::string& model = "echo")
{
    std::vector<int> hits;
    HttpConnection connection(sandbox.port());
    const std::string body = R"({"model":")" + model + R"(","messages":[{"role":"user","content":"x"}]})";
    for (int i = 1; i <= requests; ++i) {
        if (connection.ask("POST", "/v1/chat/completions", body).status == 503)
            hits.push_back(i);
    }
    return hits;
}

} // namespace

void FaultLabTest::selectorsPickTheirRequests_data()
{
    QTest::addColumn<QString>("selector");
    QTest::addColumn<QList<int>>("hits");
    QTest::newRow("every third") << R"("every":3)" << QList<int>{3, 6, 9};
    QTest::newRow("the first two") << R"("first":2)" << QList<int>{1, 2};
    QTest::newRow("these") << R"("nth":[7,2,7])" << QList<int>{2, 7};
    QTest::newRow("a model") << R"("model":"echo","every":5)" << QList<int>{5, 10};
    QTest::newRow("another model") << R"("model":"frontier","every":1)" << QList<int>{};
}

void FaultLabTest::selectorsPickTheirRequests()
{
    QFETCH(QString, selector);
    QFETCH(QList<int>, hits);
    const auto sandbox =
        started(withFaults(R"([{"kind":"status","status":503,)" + selector.toStdString() + "}]"));
    QCOMPARE(hitsOf(*sandbox, 10), std::vector<int>(hits.begin(), hits.end()));
}

void FaultLabTest::chanceIsRepeatable()
{
    const std::string scenario = withFaults(R"([{"kind":"status","status":503,"probability":0.3}])");
    const std::vector<int> once = hitsOf(*started(scenario), 300);
    QCOMPARE(hitsOf(*started(scenario), 300), once);
    QVERIFY(hitsOf(*started(scenario, {}, 2), 300) != once);
    // 300 draws at 0.3: beyond ±6 standard deviations in less than one seed of 10^8.
    QVERIFY2(once.size() > 42 && once.size() < 138, std::to_string(once.size()).c_str());
}

void FaultLabTest::sequenceBeginsAnewWhenSwitchedOn()
{
    const auto sandbox =
        started(withFaults(R"([{"id":"s","kind":"status","status":[503,200,503],"every":1}])"));
    QCOMPARE(hitsOf(*sandbox, 7), (std::vector<int>{1, 3, 4, 6, 7}));
    QVERIFY(sandbox->setFault("s", true)); // it is on already: nothing changes
    QCOMPARE(hitsOf(*sandbox, 1), std::vector<int>{});
    QVERIFY(sandbox->setFault("s", false));
    QCOMPARE(hitsOf(*sandbox, 2), std::vector<int>{});
    QVERIFY(sandbox->setFault("s", true));
    QCOMPARE(hitsOf(*sandbox, 3), (std::vector<int>{1, 3}));
}

void FaultLabTest::switchedOverHttp()
{
    const auto sandbox = started(labJson());
    const HttpReply on = switchFaults(*sandbox, {{"on", Json::array({"always-unavailable", "bad-request"})}});
    QCOMPARE(on.status, 200);
    QCOMPARE(faultState(*sandbox, "bad-request")["on"], Json(true));
    QCOMPARE(hitsOf(*sandbox, 1), std::vector<int>{1});
    QCOMPARE(
        switchFaults(*sandbox, {{"off", Json::array({"*"})}, {"on", Json::array({"bad-request"})}}).status,
        200);
    QCOMPARE(faultState(*sandbox, "always-unavailable")["on"], Json(false));
    QCOMPARE(faultState(*sandbox, "bad-request")["on"], Json(true));

    const HttpReply state = HttpConnection(sandbox->port()).ask("GET", "/_signalbox/faults");
    QCOMPARE(state.status, 200);
    QCOMPARE(state.body, sandbox->faultsJson());
    QCOMPARE(Json::parse(state.body)["faults"].size(), labFaults().size());
    const HttpReply log = HttpConnection(sandbox->port()).ask("GET", "/_signalbox/log");
    QCOMPARE(log.body, sandbox->log());
    QCOMPARE(logOf(*sandbox).size(), std::size_t{1}); // the control paths are not in it
    QCOMPARE(sandbox->counters().requests, std::uint64_t{1});
}

void FaultLabTest::aimedAtModelsAndForSoManyRequests()
{
    const auto sandbox = started(withFaults(
        R"([{"id":"s","on":false,"kind":"status","status":503,"every":1},{"id":"early","on":false,"kind":"early_close","first":1}])"));
    const Json aimed = {{"id", "s"}, {"models", Json::array({"frontier", "mid-mini"})}, {"next", 3}};
    QCOMPARE(switchFaults(*sandbox, {{"on", Json::array({aimed})}}).status, 200);
    QCOMPARE(faultState(*sandbox, "s")["left"], Json(3));
    QCOMPARE(hitsOf(*sandbox, 3, "echo"), std::vector<int>{}); // it is for others, and they are not counted
    QCOMPARE(hitsOf(*sandbox, 1, "mid-mini"), std::vector<int>{1});
    QCOMPARE(faultState(*sandbox, "s")["left"], Json(2));
    QCOMPARE(hitsOf(*sandbox, 5, "frontier"), (std::vector<int>{1, 2}));
    QCOMPARE(faultState(*sandbox, "s")["on"], Json(false)); // it went off by itself
    QCOMPARE(faultState(*sandbox, "s")["hits"], Json(3));

    // Switched on again without an aim it is as the scenario says.
    QVERIFY(sandbox->setFault("s", true));
    QCOMPARE(hitsOf(*sandbox, 2, "echo"), (std::vector<int>{1, 2}));
    QVERIFY(sandbox->setFault("s", false));

    const auto refused = [&](const Json& aim) { return switchFaults(*sandbox, {{"on", Json::array({aim})}}).status; };
    QCOMPARE(refused({{"id", "early"}, {"models", Json::array({"echo"})}}), 400);
    QCOMPARE(refused({{"id", "s"}, {"next", 0}}), 400);
    QCOMPARE(refused({{"id", "s"}, {"next", 1.5}}), 400);
    QCOMPARE(refused({{"id", "s"}, {"models", "echo"}}), 400);
    QCOMPARE(refused({{"id", "s"}, {"colour", "red"}}), 400);
    QCOMPARE(refused({{"next", 1}}), 400);
    QCOMPARE(refused({{"id", "gremlins"}, {"next", 1}}), 404);
    QCOMPARE(faultState(*sandbox, "s")["on"], Json(false));
}

void FaultLabTest::switchingRefusesWhatItDoesNotKnow()
{
    const auto sandbox = started(labJson());
    const Json both = {{"on", Json::array({"garbage", "gremlins"})}};
    QCOMPARE(switchFaults(*sandbox, both).status, 404);
    QCOMPARE(faultState(*sandbox, "garbage")["on"], Json(false)); // all or nothing
    QCOMPARE(switchFaults(*sandbox, {{"enable", Json::array()}}).status, 400);
    QCOMPARE(switchFaults(*sandbox, {{"on", "garbage"}}).status, 400);
    QCOMPARE(switchFaults(*sandbox, {{"on", Json::array({1})}}).status, 400);
    HttpConnection connection(sandbox->port());
    QCOMPARE(connection.ask("POST", "/_signalbox/faults", "{").status, 400);
    QCOMPARE(connection.ask("DELETE", "/_signalbox/faults").status, 405);
    QCOMPARE(connection.ask("POST", "/_signalbox/log", "{}").status, 405);
    QCOMPARE(connection.ask("GET", "/_signalbox/").status, 404);
    QCOMPARE(sandbox->setFault("gremlins", true).error().code, std::string("sandbox.unknown_fault"));
    SandboxOptions options;
    options.scenarioJson = labJson();
    options.faults = {"gremlins"};
    const auto refused = Sandbox::start(options);
    QVERIFY(!refused);
    QCOMPARE(refused.error().context, std::string("gremlins"));
}

void FaultLabTest::isNotControlledByWebPages()
{
    const auto sandbox = started(labJson());
    HttpConnection connection(sandbox->port());
    const std::string body = R"({"on":["garbage"]})";
    connection.send("POST /_signalbox/faults HTTP/1.1\r\nHost: x\r\nOrigin: http://evil.example\r\n"
                    "Content-Type: text/plain\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body);
    QCOMPARE(connection.receive().status, 403);
    QCOMPARE(faultState(*sandbox, "garbage")["on"], Json(false));
}

void FaultLabTest::faultsOnFromTheBeginning()
{
    const auto sandbox = started(labJson(), {"always-unavailable"});
    QCOMPARE(hitsOf(*sandbox, 2), (std::vector<int>{1, 2}));
}

void FaultLabTest::closedPortOpensAgain()
{
    const auto sandbox = started(withFaults(R"([{"id":"closed","on":false,"kind":"refuse","for_ms":50},
                                                {"id":"long","on":false,"kind":"refuse","for_ms":3600000}])"));
    HttpConnection idle(sandbox->port());
    QCOMPARE(idle.ask("GET", "/v1/models").status, 200);
    QVERIFY(sandbox->setFault("closed", true));
    QCOMPARE(idle.ask("GET", "/v1/models").status, 0);        // kept connections are gone, too
    QTRY_VERIFY(HttpConnection(sandbox->port()).connected()); // by itself
    QCOMPARE(faultState(*sandbox, "closed")["on"], Json(false));

    QVERIFY(sandbox->setFault("long", true));
    QVERIFY(!HttpConnection(sandbox->port()).connected());
    QVERIFY(sandbox->setFault("long", false));
    QCOMPARE(HttpConnection(sandbox->port()).ask("GET", "/v1/models").status, 200);
}

void FaultLabTest::hugeBodyComesWhole()
{
    const auto sandbox =
        started(withFaults(R"([{"kind":"huge_body","how":"one_event","bytes":67108864,"every":1}])"));
    const HttpReply reply =
        HttpConnection(sandbox->port())
            .ask("POST", "/v1/chat/completions",
                 R"({"model":"echo","stream":true,"messages":[{"role":"user","content":"x"}]})");
    QVERIFY(reply.whole);
    QCOMPARE(reply.body.size(), std::size_t{67108864 + 8}); // "data: " and two line ends
}

void FaultLabTest::waitsForASlowReader()
{
    const auto sandbox = started(withFaults(R"([{"kind":"endless","how":"words","every":1}])"));
    {
        HttpConnection lazy(sandbox->port());
        lazy.sendRequest("POST", "/v1/chat/completions",
                         R"({"model":"echo","stream":true,"messages":[{"role":"user","content":"x"}]})");
        std::vector<char> some(1u << 20);
        QVERIFY(lazy.take(some.data(), some.size()));
        // It serves others while the first one takes nothing.
        for (int i = 0; i < 20; ++i)
            QCOMPARE(HttpConnection(sandbox->port()).ask("GET", "/v1/models").status, 200);
    }
    QTRY_COMPARE(logOf(*sandbox).size(), std::size_t{21});
    const Json last = logOf(*sandbox).back();
    QCOMPARE(last["end"], Json("hung_up"));
    // What the kernel keeps for the two sockets, and no more.
    QVERIFY2(last["bytes"] >= 1u << 20 && last["bytes"] < 64u << 20, last.dump().c_str());
}

void FaultLabTest::earlyCloseSparesTheOtherPaths()
{
    const auto sandbox = started(withFaults(R"([{"id":"e","kind":"early_close","every":1}])"));
    HttpConnection connection(sandbox->port());
    QCOMPARE(connection.ask("GET", "/v1/models").status, 200);
    QCOMPARE(switchFaults(*sandbox, Json::object()).status, 200);
    QCOMPARE(connection.ask("POST", "/v1/chat/completions", std::string(300'000, ' ')).status, 0);
    const Json last = logOf(*sandbox).back();
    QCOMPARE(last["fault"], Json("e"));
    QCOMPARE(last["end"], Json("reset"));
    QCOMPARE(last["status"], Json(0));
}

void FaultLabTest::logTellsEveryRequest()
{
    const auto sandbox = started(withFaults(R"([{"id":"third","kind":"cut","after_chunks":1,"nth":[3]}])"));
    for (const bool stream : {false, true, true}) {
        ChatRequest request = requestTo(*sandbox, stream, 60'000);
        request.maxAttempts = 1;
        QVERIFY(call(request).ended);
    }
    QTRY_COMPARE(logOf(*sandbox).size(), std::size_t{3});
    const std::vector<Json> log = logOf(*sandbox);
    std::set<std::string> ids;
    for (std::size_t i = 0; i < 3; ++i) {
        const Json& entry = log[i];
        QCOMPARE(entry["seq"], Json(i + 1));
        QCOMPARE(entry["method"], Json("POST"));
        QCOMPARE(entry["path"], Json("/v1/chat/completions"));
        QCOMPARE(entry["model"], Json("frontier"));
        QCOMPARE(entry["status"], Json(200));
        QVERIFY(entry["output_tokens"] > 5);
        QCOMPARE(entry["reasoning_tokens"], Json(32));
        QVERIFY(entry["bytes"] > 300);
        QCOMPARE(entry["usage_told"], Json(i < 2));
        QCOMPARE(entry["end"], Json(i < 2 ? "whole" : "cut"));
        QCOMPARE(entry["fault"], i < 2 ? Json() : Json("third"));
        QVERIFY(entry["time"].get<std::string>().starts_with("20"));
    }
    QCOMPARE(log[0]["input_tokens"], log[1]["input_tokens"]);
    QCOMPARE(log[0]["output_tokens"], log[1]["output_tokens"]);
}

void FaultLabTest::logGoesToAFile()
{
    QTemporaryDir directory;
    SandboxOptions options;
    options.scenarioJson = labJson();
    options.logPath = directory.filePath(QStringLiteral("log.jsonl")).toStdString();
    for (int round = 1; round <= 2; ++round) { // the second one goes on where the first one ended
        const auto sandbox = Sandbox::start(options);
        QVERIFY(sandbox);
        QCOMPARE(HttpConnection((*sandbox)->port()).ask("GET", "/v1/models").status, 200);
        QTRY_VERIFY(!(*sandbox)->log().empty());
        std::ifstream file(options.logPath);
        int lines = 0;
        for (std::string line; std::getline(file, line); ++lines)
            QCOMPARE(Json::parse(line)["path"], Json("/v1/models"));
        QCOMPARE(lines, round);
    }
    options.logPath = directory.filePath(QStringLiteral("no/such/folder")).toStdString();
    const auto refused = Sandbox::start(options);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("sandbox.log_unwritable"));
}

QTEST_GUILESS_MAIN(FaultLabTest)
#include "tst_fault_lab.moc"
