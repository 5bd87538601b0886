// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandbox.h"

#include "base/statistics.h"
#include "judging/json_shape.h"
#include "judging/judge.h"
#include "sandbox/scenario.h"
#include "sandbox/simulated_judge.h"
#include "sandbox/simulated_model.h"
#include "support/http_client.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

using namespace signalbox;
using signalbox::test::HttpConnection;
using signalbox::test::HttpReply;
using Json = nlohmann::json;

namespace {

constexpr const char* kKnowledge = "You are a support agent.\n\nKnowledge:\n"
                                   "[kb-1] Parcels: A parcel takes 5 to 7 business days. Express parcels "
                                   "take 2 days and cost $25. Returns are not accepted after 30 days.\n"
                                   "[kb-2] Passwords: The reset link works once and expires after 60 "
                                   "minutes. A password needs at least 12 characters.";

std::string sourceFile(const std::string& path)
{
    const std::string root = qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString();
    std::ifstream file(root + "/" + path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::unique_ptr<Sandbox>
startSandbox(const std::string& scenario = sourceFile("resources/scenarios/zero-latency.json"),
             std::uint64_t seed = 1)
{
    auto sandbox = Sandbox::start({0, scenario, seed});
    if (!sandbox)
        qFatal("%s", sandbox.error().message.c_str());
    return std::move(*sandbox);
}

std::string zeroLatencyWith(const std::string& faults)
{
    Json scenario = Json::parse(sourceFile("resources/scenarios/zero-latency.json"));
    scenario["faults"] = Json::parse(faults);
    return scenario.dump();
}

Json chat(const std::string& model, const std::string& question, bool stream,
          const std::string& system = kKnowledge)
{
    Json body = {{"model", model},
                 {"messages", Json::array({{{"role", "system"}, {"content", system}},
                                           {{"role", "user"}, {"content", question}}})}};
    if (stream) {
        body["stream"] = true;
        body["stream_options"] = {{"include_usage", true}};
    }
    return body;
}

HttpReply post(int port, const Json& body)
{
    return HttpConnection(port).ask("POST", "/v1/chat/completions", body.dump());
}

std::string contentOf(const HttpReply& reply)
{
    return Json::parse(reply.body)["choices"][0]["message"]["content"].get<std::string>();
}

struct Stream
{
    std::string text, finishReason;
    std::vector<Json> events;
    Json usage;
    bool done = false;
};

Stream readStream(const std::string& body)
{
    Stream out;
    for (const std::string_view line : splitLines(body)) {
        if (!line.starts_with("data: "))
            continue;
        if (line == "data: [DONE]") {
            out.done = true;
            continue;
        }
        const Json event = Json::parse(line.substr(6));
        out.events.push_back(event);
        if (event["choices"].empty()) {
            out.usage = event["usage"];
            continue;
        }
        const Json& choice = event["choices"][0];
        out.text += choice["delta"].value("content", "");
        if (choice["finish_reason"].is_string())
            out.finishReason = choice["finish_reason"].get<std::string>();
    }
    return out;
}

struct SamplePrompt
{
    std::string question;
    std::string knowledge;
    int difficulty = 1;
};

/// The sample's prompts, each with the articles that hold its answer.
std::vector<SamplePrompt> samplePrompts()
{
    std::map<std::string, std::string> articles;
    for (const std::string& text = sourceFile("resources/samples/harbor-support/articles.jsonl");
         const std::string_view line : splitLines(text)) {
        const Json article = Json::parse(line);
        articles[article["id"].get<std::string>()] = "[" + article["id"].get<std::string>() + "] " +
                                                     article["title"].get<std::string>() + ": " +
                                                     article["text"].get<std::string>();
    }
    std::vector<SamplePrompt> out;
    for (const std::string& text = sourceFile("resources/samples/harbor-support/prompts.jsonl");
         const std::string_view line : splitLines(text)) {
        const Json prompt = Json::parse(line);
        SamplePrompt sample{
            prompt["prompt"].get<std::string>(), {}, prompt["labels"]["difficulty"].get<int>()};
        for (const Json& id : prompt["labels"]["articles"])
            sample.knowledge += articles[id.get<std::string>()] + "\n";
        out.push_back(std::move(sample));
    }
    return out;
}

sandbox::WireRequest wireRequest(const std::string& model, const SamplePrompt& prompt)
{
    sandbox::WireRequest request;
    request.model = model;
    request.messages = {{"system", "You are a support agent.\n\nKnowledge:\n" + prompt.knowledge},
                        {"user", prompt.question}};
    return request;
}

} // namespace

class SandboxTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void builtInScenarioIsTheFile();
    void scenarioErrorsNameThePlace_data();
    void scenarioErrorsNameThePlace();
    void answersWhole();
    void streamsWhatItAnswersWhole();
    void listsModels();
    void refusesBadRequests_data();
    void refusesBadRequests();
    void refusesTooLarge();
    void answersPipelinedRequestsInOrder();
    void waitsForContinue();
    void speaksHttp10();
    void sameBytesSameAnswer();
    void aDraftChangesNothing();
    void answersPromptsThatNobodyListed();
    void limitsTokens();
    void fitsASchema();
    void breaksShapesAtTheStatedRate();
    void latencyFollowsTheScenario();
    void faultOfStatus();
    void faultOfCutAndGarbage();
    void stallEndsWithItsClient();
    void servesManyConnections();
    void portInUse();
    void endsWhileStreaming();
    void judgeAnswersItsForm();
    void judgeSeesWhatIsWrong();
    void judgeErrsAtTheStatedRate();
    void strongerModelsDoBetter();
};

void SandboxTest::builtInScenarioIsTheFile()
{
    QCOMPARE(std::string(sandbox::kDefaultScenario), sourceFile("resources/scenarios/harbor-support.json"));
    for (const char* name : {"harbor-support", "zero-latency", "faulty"}) {
        const auto scenario =
            sandbox::readScenario(sourceFile("resources/scenarios/" + std::string(name) + ".json"));
        QVERIFY2(scenario, scenario ? "" : scenario.error().message.c_str());
        for (const char* model : {"support-3b-ft", "mid-mini", "frontier", "judge-mini", "echo"})
            QVERIFY(scenario->models.contains(model));
    }
}

void SandboxTest::scenarioErrorsNameThePlace_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("text") << "models: all" << "";
    QTest::newRow("list") << "[]" << "";
    QTest::newRow("no models") << R"({"name":"x"})" << "";
    QTest::newRow("unknown key") << R"({"name":"x","models":{"m":{}},"speed":1})" << "/speed";
    QTest::newRow("unknown model key") << R"({"name":"x","models":{"m":{"ttft":1}}})" << "/models/m/ttft";
    QTest::newRow("skill") << R"({"name":"x","models":{"m":{"skill":[0.5,0.5,1.5]}}})" << "/models/m/skill/2";
    QTest::newRow("two skills") << R"({"name":"x","models":{"m":{"skill":[0.5,0.5]}}})" << "/models/m/skill";
    QTest::newRow("pace") << R"({"name":"x","models":{"m":{"tokens_per_second":0}}})"
                          << "/models/m/tokens_per_second";
    QTest::newRow("fault's model")
        << R"({"name":"x","models":{"m":{}},"faults":[{"model":"n","kind":"stall","every":1}]})"
        << "/faults/0/model";
    QTest::newRow("fault's kind")
        << R"({"name":"x","models":{"m":{}},"faults":[{"model":"m","kind":"slow","every":1}]})"
        << "/faults/0/kind";
    QTest::newRow("two whens")
        << R"({"name":"x","models":{"m":{}},"faults":[{"model":"m","kind":"cut","every":1,"first":1}]})"
        << "/faults/0";
    QTest::newRow("status missing")
        << R"({"name":"x","models":{"m":{}},"faults":[{"model":"m","kind":"status","every":1}]})"
        << "/faults/0";
}

void SandboxTest::scenarioErrorsNameThePlace()
{
    QFETCH(QString, scenario);
    QFETCH(QString, pointer);
    const auto started = Sandbox::start({0, scenario.toStdString(), 1});
    QVERIFY(!started);
    QCOMPARE(started.error().code, std::string("sandbox.scenario_invalid"));
    QCOMPARE(QString::fromStdString(started.error().context), pointer);
    QVERIFY(started.error().message.size() > 20);
}

void SandboxTest::answersWhole()
{
    const auto sandbox = startSandbox();
    const HttpReply reply = post(sandbox->port(), chat("frontier", "How long does a parcel take?", false));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.headers.at("x-signalbox-sandbox"), std::string("1"));
    const Json body = Json::parse(reply.body);
    QCOMPARE(body["object"], Json("chat.completion"));
    QCOMPARE(body["model"], Json("frontier"));
    QCOMPARE(body["system_fingerprint"], Json("signalbox-sandbox"));
    QCOMPARE(body["choices"][0]["finish_reason"], Json("stop"));
    QVERIFY(!contentOf(reply).empty());
    QVERIFY(body["usage"]["prompt_tokens"] > 40);
    QCOMPARE(body["usage"]["completion_tokens"], Json(estimateTokens(contentOf(reply))));
}

void SandboxTest::streamsWhatItAnswersWhole()
{
    const auto sandbox = startSandbox();
    for (const char* model : {"support-3b-ft", "mid-mini", "frontier", "echo"}) {
        Json body = chat(model, "How long does a parcel take, and is there express?", true);
        const HttpReply reply = post(sandbox->port(), body);
        QCOMPARE(reply.status, 200);
        QVERIFY(reply.whole);
        QCOMPARE(reply.headers.at("content-type"), std::string("text/event-stream"));
        const Stream stream = readStream(reply.body);
        QVERIFY(stream.done);
        QVERIFY(stream.events.size() > 3);
        QCOMPARE(stream.events.front()["choices"][0]["delta"]["role"], Json("assistant"));
        QCOMPARE(stream.finishReason, std::string("stop"));
        QCOMPARE(stream.usage["completion_tokens"], Json(estimateTokens(stream.text)));
        QCOMPARE(stream.text,
                 contentOf(post(sandbox->port(),
                                chat(model, "How long does a parcel take, and is there express?", false))));

        body.erase("stream_options");
        const Stream without = readStream(post(sandbox->port(), body).body);
        QVERIFY(without.usage.is_null());
        QCOMPARE(without.text, stream.text);
    }
}

void SandboxTest::listsModels()
{
    const auto sandbox = startSandbox();
    const Json list = Json::parse(HttpConnection(sandbox->port()).ask("GET", "/v1/models").body);
    std::set<std::string> names;
    for (const Json& model : list["data"])
        names.insert(model["id"].get<std::string>());
    QCOMPARE(names, (std::set<std::string>{"support-3b-ft", "mid-mini", "frontier", "judge-mini", "echo"}));
}

void SandboxTest::refusesBadRequests_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("param");
    const QString chatPath = "/v1/chat/completions";
    const auto row = [&](const char* name, const char* body, int status, const char* param) {
        QTest::newRow(name) << "POST" << chatPath << QByteArray(body) << status << param;
    };
    row("not JSON", "{\"model\":", 400, "");
    row("not UTF-8", "{\"model\":\"\xff\",\"messages\":[]}", 400, "");
    row("a list", "[1]", 400, "");
    row("no model", R"({"messages":[{"role":"user","content":"x"}]})", 400, "model");
    row("no messages", R"({"model":"echo"})", 400, "messages");
    row("empty messages", R"({"model":"echo","messages":[]})", 400, "messages");
    row("no role", R"({"model":"echo","messages":[{"content":"x"}]})", 400, "messages[0].role");
    row("number as content", R"({"model":"echo","messages":[{"role":"user","content":3}]})", 400,
        "messages[0].content");
    row("stream as text", R"({"model":"echo","messages":[{"role":"user","content":"x"}],"stream":"yes"})",
        400, "stream");
    row("options without stream",
        R"({"model":"echo","messages":[{"role":"user","content":"x"}],"stream_options":{}})", 400,
        "stream_options");
    row("format",
        R"({"model":"echo","messages":[{"role":"user","content":"x"}],"response_format":{"type":"yaml"}})",
        400, "response_format.type");
    row("unknown model", R"({"model":"gpt-17","messages":[{"role":"user","content":"x"}]})", 404, "model");
    QTest::newRow("unknown path") << "POST" << "/v1/completions" << QByteArray("{}") << 404 << "";
    QTest::newRow("wrong method") << "GET" << chatPath << QByteArray() << 405 << "";
}

void SandboxTest::refusesBadRequests()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, param);
    const auto sandbox = startSandbox();
    HttpConnection connection(sandbox->port());
    const HttpReply reply = connection.ask(method.toStdString(), path.toStdString(), body.toStdString());
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.headers.at("x-signalbox-sandbox"), std::string("1"));
    const Json error = Json::parse(reply.body)["error"];
    QVERIFY(error["message"].get<std::string>().size() > 10);
    QCOMPARE(error["type"], Json("invalid_request_error"));
    QCOMPARE(error["param"], param.isEmpty() ? Json() : Json(param.toStdString()));
    // The connection is still good.
    QCOMPARE(connection.ask("GET", "/v1/models").status, 200);
}

void SandboxTest::refusesTooLarge()
{
    const auto sandbox = startSandbox();
    const HttpReply large = post(sandbox->port(), chat("echo", std::string(9u << 20, 'x'), false));
    QCOMPARE(large.status, 413);
    QCOMPARE(Json::parse(large.body)["error"]["code"], Json("request_too_large"));
    HttpConnection headers(sandbox->port());
    headers.send("GET /v1/models HTTP/1.1\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n");
    QCOMPARE(headers.receive().status, 431);
    HttpConnection noHttp(sandbox->port());
    noHttp.send("\x16\x03\x01 this is no HTTP\r\n\r\n");
    QCOMPARE(noHttp.receive().status, 400);
}

void SandboxTest::answersPipelinedRequestsInOrder()
{
    const auto sandbox = startSandbox();
    HttpConnection connection(sandbox->port());
    for (int i = 0; i < 20; ++i)
        connection.sendRequest(
            "POST", "/v1/chat/completions",
            chat(i % 2 ? "echo" : "mid-mini", "How long does a parcel take?", i % 3 == 0).dump());
    for (int i = 0; i < 20; ++i) {
        const HttpReply reply = connection.receive();
        QCOMPARE(reply.status, 200);
        QVERIFY(reply.whole);
        QVERIFY(reply.body.find(i % 2 ? "\"echo\"" : "\"mid-mini\"") != std::string::npos);
    }
    QCOMPARE(sandbox->counters().connections, std::uint64_t{1});
    QCOMPARE(sandbox->counters().requests, std::uint64_t{20});
}

void SandboxTest::waitsForContinue()
{
    const auto sandbox = startSandbox();
    const std::string body = chat("echo", "Hello there?", false).dump();
    HttpConnection connection(sandbox->port());
    connection.send(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n");
    char bytes[64] = {};
    QVERIFY(connection.take(bytes, 25));
    QCOMPARE(std::string(bytes), std::string("HTTP/1.1 100 Continue\r\n\r\n"));
    connection.send(body);
    QCOMPARE(connection.receive().status, 200);
}

void SandboxTest::speaksHttp10()
{
    const auto sandbox = startSandbox();
    const std::string body = chat("mid-mini", "How long does a parcel take?", true).dump();
    HttpConnection connection(sandbox->port());
    connection.send("POST /v1/chat/completions HTTP/1.0\r\nContent-Length: " + std::to_string(body.size()) +
                    "\r\n\r\n" + body);
    const HttpReply reply = connection.receive();
    QVERIFY(!reply.headers.contains("transfer-encoding"));
    QVERIFY(readStream(reply.body).done);
}

void SandboxTest::sameBytesSameAnswer()
{
    const Json questions = {"How long does a parcel take?", "Can I return it after 40 days?",
                            "How long must a password be, and does the link expire?"};
    std::vector<std::string> first, again, other;
    for (auto* answers : {&first, &again, &other}) {
        const auto sandbox =
            startSandbox(sourceFile("resources/scenarios/zero-latency.json"), answers == &other ? 2 : 1);
        for (std::size_t i = 0; i < 60; ++i) {
            // The second server is asked in another order and with other requests between: it must not
            // matter.
            const std::size_t n = answers == &again ? 59 - i : i;
            if (answers == &again)
                post(sandbox->port(), chat("support-3b-ft", "Something else?", false));
            answers->push_back(contentOf(
                post(sandbox->port(),
                     chat("support-3b-ft",
                          questions[n % 3].get<std::string>() + " Ticket " + std::to_string(n), false))));
        }
    }
    std::reverse(again.begin(), again.end());
    QCOMPARE(again, first);
    QVERIFY(other != first);
}

void SandboxTest::aDraftChangesNothing()
{
    const auto sandbox = startSandbox();
    for (int i = 0; i < 20; ++i) {
        const Json plain =
            chat("mid-mini", "How long does an express parcel take? Ticket " + std::to_string(i), false);
        Json carried = plain;
        carried["messages"].insert(
            carried["messages"].begin() + 1,
            Json{{"role", "system"},
                 {"content", "A previous draft was rejected (gate.judge_below.grounding):\n[kb-9] Lies: "
                             "Express parcels take 99 days."}});
        QCOMPARE(contentOf(post(sandbox->port(), carried)), contentOf(post(sandbox->port(), plain)));
    }
}

void SandboxTest::answersPromptsThatNobodyListed()
{
    const auto sandbox = startSandbox();
    const std::string zoo = "Knowledge:\n[z-1] Zebras: A zebra sleeps 7 hours a day. Zebras eat "
                            "grass.\n[z-2] Otters: An otter holds hands while it sleeps.";
    int sleeps = 0;
    for (int i = 0; i < 40; ++i)
        sleeps += contentOf(post(sandbox->port(), chat("frontier",
                                                       "Visitor " + std::to_string(i) +
                                                           " asks: how many hours does a zebra sleep?",
                                                       false, zoo)))
                      .find("7 hours") != std::string::npos;
    QVERIFY2(sleeps >= 32, qPrintable(QString::number(sleeps)));
    for (const char* odd :
         {"", " ", "?", "\xF0\x9F\x90\x9F", "SELECT * FROM t; --", "][}{", "a\nb\n[kb-1] c: d"}) {
        for (const char* system :
             {"", "Knowledge:\n", "Knowledge:\n[x] \n[] :\n[y] no title", "Knowledge:\n[z] T: "})
            QVERIFY(!contentOf(post(sandbox->port(), chat("support-3b-ft", odd, false, system))).empty());
    }
}

void SandboxTest::limitsTokens()
{
    const auto sandbox = startSandbox();
    Json body = chat("frontier", "How long does a parcel take, and what does express cost?", false);
    body["max_tokens"] = 5;
    const Json reply = Json::parse(post(sandbox->port(), body).body);
    QCOMPARE(reply["choices"][0]["finish_reason"], Json("length"));
    QVERIFY(reply["usage"]["completion_tokens"] <= 5);
    // A long system message is reported as cached by the model that has a prompt cache.
    const Json longPrompt = Json::parse(
        post(sandbox->port(), chat("frontier", "Hm?", false, kKnowledge + std::string(4000, 'x'))).body);
    QVERIFY(longPrompt["usage"]["prompt_tokens_details"]["cached_tokens"] > 256);
    QVERIFY(longPrompt["usage"]["prompt_tokens_details"]["cached_tokens"] <=
            longPrompt["usage"]["prompt_tokens"]);
}

void SandboxTest::fitsASchema()
{
    const auto sandbox = startSandbox();
    for (
        const char* schema :
        {R"({"type":"object","required":["reply","needs_person"],"additionalProperties":false,"properties":{"reply":{"type":"string","minLength":1},"needs_person":{"type":"boolean"}}})",
         R"({"type":"object","required":["a"],"properties":{"a":{"type":"array","minItems":2,"items":{"enum":["x","y"]}},"n":{"type":"integer","minimum":3},"o":{"type":"object","properties":{"s":{"type":"string","maxLength":5}}}}})",
         R"({"type":"string","minLength":600})"}) {
        for (int i = 0; i < 30; ++i) {
            Json body = chat("judge-mini", "How long does a parcel take? " + std::to_string(i),
                             i % 2); // breaks no shape
            body["response_format"] = {
                {"type", "json_schema"},
                {"json_schema", {{"name", "answer"}, {"schema", Json::parse(schema)}}}};
            const HttpReply reply = post(sandbox->port(), body);
            const std::string content = i % 2 ? readStream(reply.body).text : contentOf(reply);
            QCOMPARE(shapeError(schema, content), std::string());
        }
    }
}

void SandboxTest::breaksShapesAtTheStatedRate()
{
    const char* schema =
        R"({"type":"object","required":["reply","needs_person"],"additionalProperties":false,"properties":{"reply":{"type":"string"},"needs_person":{"type":"boolean"}}})";
    const auto scenario = sandbox::readScenario(sandbox::kDefaultScenario);
    const auto& model = scenario->models.find("support-3b-ft")->second;
    int broken = 0;
    constexpr int n = 2000;
    for (int i = 0; i < n; ++i) {
        sandbox::WireRequest request = wireRequest(
            "support-3b-ft", {"How long does a parcel take? Ticket " + std::to_string(i), kKnowledge, 1});
        request.schemaJson = schema;
        const auto answer =
            sandbox::simulateAnswer(model, request, sandbox::drawsFor(request.model, request.lastUser(), 1));
        broken += !shapeError(schema, answer.text).empty();
    }
    const auto rate = proportion(broken, n);
    QVERIFY2(rate->interval.contains(model.shapeErrorRate), qPrintable(QString::number(rate->value)));
}

void SandboxTest::latencyFollowsTheScenario()
{
    // Scaled to a tenth; the delays are lower bounds, so a slow machine cannot fail this.
    Json scenario = Json::parse(sandbox::kDefaultScenario);
    scenario["time_scale"] = 0.1;
    const auto sandbox = startSandbox(scenario.dump());
    std::vector<double> slow, fast;
    for (int i = 0; i < 7; ++i) {
        for (auto* times : {&fast, &slow}) {
            QElapsedTimer timer;
            timer.start();
            const HttpReply reply = post(
                sandbox->port(),
                chat(times == &slow ? "frontier" : "support-3b-ft",
                     "How long does a parcel take, and what does express cost? " + std::to_string(i), true));
            QVERIFY(reply.whole);
            times->push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }
    }
    QVERIFY(*quantile(fast, 0.5) > 20);
    QVERIFY(*quantile(slow, 0.5) > 60);
}

void SandboxTest::faultOfStatus()
{
    const auto sandbox = startSandbox(
        zeroLatencyWith(R"([{"model":"mid-mini","kind":"status","status":429,"retry_after_s":1.5,"first":2},
                                                          {"model":"frontier","kind":"status","status":503,"every":3}])"));
    std::vector<int> mid, frontier;
    for (int i = 0; i < 6; ++i) {
        const HttpReply reply = post(sandbox->port(), chat("mid-mini", "Hello?", true));
        mid.push_back(reply.status);
        if (reply.status == 429) {
            QCOMPARE(reply.headers.at("retry-after"), std::string("1.5"));
            QCOMPARE(Json::parse(reply.body)["error"]["type"], Json("rate_limit_error"));
        }
        frontier.push_back(post(sandbox->port(), chat("frontier", "Hello?", false)).status);
    }
    QCOMPARE(mid, (std::vector{429, 429, 200, 200, 200, 200}));
    QCOMPARE(frontier, (std::vector{200, 200, 503, 200, 200, 503}));
    QCOMPARE(sandbox->counters().faulted, std::uint64_t{4});
}

void SandboxTest::faultOfCutAndGarbage()
{
    const auto sandbox = startSandbox(zeroLatencyWith(
        R"([{"model":"mid-mini","kind":"cut","after_chunks":2,"every":1},{"model":"frontier","kind":"garbage","every":1},
                                                          {"model":"support-3b-ft","kind":"cut","every":1}])"));
    const HttpReply cut = post(sandbox->port(), chat("mid-mini", "How long does a parcel take?", true));
    QCOMPARE(cut.status, 200);
    QVERIFY(!cut.whole);
    QCOMPARE(readStream(cut.body).events.size(), std::size_t{3}); // the role and two chunks
    QVERIFY(!readStream(cut.body).done);
    QVERIFY(!post(sandbox->port(), chat("mid-mini", "How long does a parcel take?", false)).whole);
    QCOMPARE(post(sandbox->port(), chat("support-3b-ft", "How long does a parcel take?", true)).status, 0);
    const HttpReply garbage = post(sandbox->port(), chat("frontier", "How long does a parcel take?", false));
    QCOMPARE(garbage.status, 200);
    QVERIFY(!Json::accept(garbage.body));
}

void SandboxTest::stallEndsWithItsClient()
{
    const auto sandbox =
        startSandbox(zeroLatencyWith(R"([{"model":"mid-mini","kind":"stall","after_chunks":1,"first":1}])"));
    {
        HttpConnection patient(sandbox->port(), 200);
        patient.sendRequest("POST", "/v1/chat/completions",
                            chat("mid-mini", "How long does a parcel take?", true).dump());
        const HttpReply reply = patient.receive();
        QCOMPARE(reply.status, 200);
        QVERIFY(!reply.whole);
        QCOMPARE(readStream(reply.body).events.size(), std::size_t{2});
    }
    QCOMPARE(post(sandbox->port(), chat("mid-mini", "How long does a parcel take?", true)).status, 200);
}

void SandboxTest::servesManyConnections()
{
    Json scenario = Json::parse(sandbox::kDefaultScenario);
    scenario["time_scale"] = 0.05;
    const auto sandbox = startSandbox(scenario.dump());
    std::vector<std::unique_ptr<HttpConnection>> connections;
    for (int i = 0; i < 256; ++i)
        connections.push_back(std::make_unique<HttpConnection>(sandbox->port()));
    for (int round = 0; round < 2; ++round) {
        for (std::size_t i = 0; i < connections.size(); ++i)
            connections[i]->sendRequest(
                "POST", "/v1/chat/completions",
                chat("mid-mini", "How long does a parcel take? " + std::to_string(i), true).dump());
        for (const auto& connection : connections) {
            const HttpReply reply = connection->receive();
            QVERIFY(reply.whole && readStream(reply.body).done);
        }
    }
    QCOMPARE(sandbox->counters().connections, std::uint64_t{256});
    QCOMPARE(sandbox->counters().completed, std::uint64_t{512});
}

void SandboxTest::portInUse()
{
    const auto sandbox = startSandbox();
    const auto second = Sandbox::start({sandbox->port(), {}, 1});
    QVERIFY(!second);
    QCOMPARE(second.error().code, std::string("sandbox.port_in_use"));
    QVERIFY(second.error().message.find(std::to_string(sandbox->port())) != std::string::npos);
}

void SandboxTest::endsWhileStreaming()
{
    auto sandbox = startSandbox(sandbox::kDefaultScenario);
    HttpConnection streaming(sandbox->port()), idle(sandbox->port()), half(sandbox->port());
    streaming.sendRequest("POST", "/v1/chat/completions",
                          chat("frontier", "How long does a parcel take?", true).dump());
    half.send("POST /v1/chat");
    QTRY_VERIFY(sandbox->counters().requests == 1);
    sandbox.reset();
    QVERIFY(!streaming.receive().whole);
}

void SandboxTest::judgeAnswersItsForm()
{
    const auto sandbox = startSandbox();
    Rubric rubric;
    rubric.id = "grounding";
    rubric.of = 7;
    rubric.instructions = "Score the support.";
    const auto messages = judgeMessages(rubric, "How long does a parcel take?",
                                        {{"kb-1", "Parcels", "A parcel takes 5 to 7 business days.", 1}},
                                        "It takes 5 to 7 business days.");
    Json body = {{"model", "judge-mini"}, {"messages", Json::array()}};
    for (const Message& message : messages)
        body["messages"].push_back({{"role", message.role}, {"content", message.content}});
    body["response_format"] = {
        {"type", "json_schema"},
        {"json_schema", {{"name", "verdict"}, {"schema", Json::parse(judgeAnswerSchema(rubric))}}}};
    const auto verdict = parseJudgeAnswer(rubric, contentOf(post(sandbox->port(), body)));
    QVERIFY2(verdict, verdict ? "" : verdict.error().message.c_str());
    QVERIFY(!verdict->evidence.empty());
    QVERIFY(!verdict->explanation.empty());
}

void SandboxTest::judgeSeesWhatIsWrong()
{
    const std::string question = "How long does an express parcel take and what does it cost?";
    const auto score = [&](const std::string& answer, const std::string& knowledge = kKnowledge) {
        return sandbox::assess({question, knowledge, answer, 5}).score;
    };
    const double right = score("Express parcels take 2 days and cost $25.");
    QVERIFY(right >= 4);
    QVERIFY(score("Sure. Express parcels take 2 days and cost $25. A parcel takes 5 to 7 business days.") >=
            4);
    QVERIFY(score(R"({"reply":"Express parcels take 2 days and cost $25.","needs_person":false})") >= 4);
    QVERIFY(score("Express parcels take 9 days and cost $80.") < 2.5);             // other numbers
    QVERIFY(score("Express parcels do not take 2 days and cost $25.") < 3.5);      // the opposite
    QVERIFY(score("The reset link works once and expires after 60 minutes.") < 3); // another matter
    QVERIFY(score("It depends on your situation. Please check the usual places.") < 2.5);
    QVERIFY(score("A purple elephant dances on the moon every Sunday night.") < 2);
    QVERIFY(score("") == 1);
    QVERIFY(score("I do not have the details, and I would rather not guess.", "") >= 3.5);
    QVERIFY(score("I do not have the details, and I would rather not guess.") < 3.5);
    QVERIFY(sandbox::assess({question, kKnowledge, "Express parcels take 2 days and cost $25.", 10}).score >=
            8);
}

void SandboxTest::judgeErrsAtTheStatedRate()
{
    const sandbox::JudgeScenario judge = sandbox::readScenario(sandbox::kDefaultScenario)->judge;
    int off = 0;
    constexpr int n = 4000;
    for (int i = 0; i < n; ++i) {
        const std::string answer = i % 3 == 0   ? "Express parcels take 2 days and cost $25."
                                   : i % 3 == 1 ? "Express parcels take 9 days and cost $80."
                                                : "It depends.";
        const sandbox::JudgeTask task{"How long does an express parcel take? Ticket number " +
                                          std::to_string(i),
                                      kKnowledge, answer, 5};
        const double error = std::abs(sandbox::judged(task, judge, 1).score - sandbox::assess(task).score);
        QVERIFY(error < 1e-9 || (error > 0.5 - 1e-9 && error < judge.maxError + 0.1 + 1e-9));
        off += error > 1e-9;
    }
    const auto rate = proportion(off, n);
    QVERIFY2(rate->interval.contains(judge.errorRate), qPrintable(QString::number(rate->value)));
}

void SandboxTest::strongerModelsDoBetter()
{
    const std::vector<SamplePrompt> prompts = samplePrompts();
    QVERIFY(prompts.size() >= 150);
    const auto scenario = sandbox::readScenario(sandbox::kDefaultScenario);
    const auto shareOfGood = [&](const std::string& model, std::uint64_t seed) {
        int good = 0;
        for (const SamplePrompt& prompt : prompts) {
            const auto request = wireRequest(model, prompt);
            const auto answer = sandbox::simulateAnswer(scenario->models.find(model)->second, request,
                                                        sandbox::drawsFor(model, prompt.question, seed));
            good +=
                sandbox::judged({prompt.question, prompt.knowledge, answer.text, 5}, scenario->judge, seed)
                    .score >= 3.5;
        }
        return static_cast<double>(good) / static_cast<double>(prompts.size());
    };
    // Over three seeds, so that no single draw decides.
    double t0 = 0, t1 = 0, t2 = 0;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        t0 += shareOfGood("support-3b-ft", seed) / 3;
        t1 += shareOfGood("mid-mini", seed) / 3;
        t2 += shareOfGood("frontier", seed) / 3;
    }
    qInfo("judged 3.5 or better: support-3b-ft %.3f, mid-mini %.3f, frontier %.3f", t0, t1, t2);
    QVERIFY(t0 > 0.60 && t0 < 0.76);
    QVERIFY(t1 > 0.79 && t1 < 0.91);
    QVERIFY(t2 > 0.91 && t2 < 0.98);
}

QTEST_GUILESS_MAIN(SandboxTest)
#include "tst_sandbox.moc"
