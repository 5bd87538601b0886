// SPDX-License-Identifier: GPL-3.0-or-later
// The sandbox speaks every protocol that the client speaks: the same model answers the same in each, says
// what it cost, and can be made to fail in each.
#include "base/text.h"
#include "providers/errors.h"
#include "sandbox/embeddings.h"
#include "sandbox/sandbox.h"
#include "support/chat_bench.h"
#include "support/http_client.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <array>
#include <fstream>
#include <sstream>

using namespace signalbox;
using namespace signalbox::testing;
using signalbox::test::HttpConnection;
using signalbox::test::HttpReply;
using Json = nlohmann::json;

namespace {

constexpr std::array<std::pair<const char*, Protocol>, 4> kProtocols = {
    {{"chat", Protocol::OpenAiChat},
     {"responses", Protocol::OpenAiResponses},
     {"messages", Protocol::AnthropicMessages},
     {"gemini", Protocol::Gemini}}};

std::unique_ptr<Sandbox> lab()
{
    std::ifstream file(qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString() +
                       "/resources/scenarios/fault-lab.json");
    std::stringstream text;
    text << file.rdbuf();
    SandboxOptions options;
    options.scenarioJson = text.str();
    Json scenario = Json::parse(options.scenarioJson);
    scenario["models"]["frontier"]["cache_writes_above_tokens"] = 64;
    options.scenarioJson = scenario.dump();
    auto sandbox = Sandbox::start(options);
    if (!sandbox)
        qFatal("%s", sandbox.error().message.c_str());
    return std::move(*sandbox);
}

ChatRequest question(const Sandbox& sandbox, Protocol protocol, bool stream)
{
    ChatRequest request = requestTo(sandbox.baseUrl() + "/v1");
    request.protocol = protocol;
    request.modelName = "frontier";
    request.messages = {{"system",
                         "You are a support agent.\n\nKnowledge:\n[kb-1] Parcels: A parcel takes 5 to 7 "
                         "business days. Express parcels take 2 days and cost $25."},
                        {"user", "How long does a parcel take, and is there express?"}};
    request.stream = stream;
    return request;
}

Json lastOf(const Sandbox& sandbox)
{
    const std::string text = sandbox.log();
    Json last;
    for (const std::string_view line : splitLines(text)) {
        if (!line.empty())
            last = Json::parse(line);
    }
    return last;
}

void protocolRows()
{
    QTest::addColumn<int>("protocol");
    QTest::addColumn<bool>("stream");
    for (const auto& [name, protocol] : kProtocols) {
        QTest::newRow(name) << static_cast<int>(protocol) << false;
        QTest::newRow((std::string(name) + " streamed").c_str()) << static_cast<int>(protocol) << true;
    }
}

double similarity(const std::vector<float>& a, const std::vector<float>& b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return sum;
}

} // namespace

class SandboxProtocolsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersTheSameInEach_data() { protocolRows(); }
    void answersTheSameInEach();
    void tellsWhatItCachesInEach_data() { protocolRows(); }
    void tellsWhatItCachesInEach();
    void fitsASchemaInEach_data() { protocolRows(); }
    void fitsASchemaInEach();
    void limitsTokensInEach_data() { protocolRows(); }
    void limitsTokensInEach();
    void failsInEach_data();
    void failsInEach();
    void refusesBadRequests_data();
    void refusesBadRequests();
    void embedsTexts();
    void refusesBadEmbeddings();
};

void SandboxProtocolsTest::tellsWhatItCachesInEach()
{
    QFETCH(int, protocol);
    QFETCH(bool, stream);
    const auto sandbox = lab();
    Bench bench;
    ChatRequest request = question(*sandbox, static_cast<Protocol>(protocol), stream);
    std::string& system = request.messages[0].content;
    std::string& user = request.messages[1].content;
    while (system.size() < 2000)
        system += " " + system;
    while (user.size() < 1000)
        user += " " + user;
    const Outcome o = bench.call(request);
    QVERIFY2(o.result.ok, o.result.message.c_str());
    const TokenUsage& usage = o.result.usage;
    QVERIFY(usage.cachedInput.value_or(0) > 0);
    QCOMPARE(usage.cacheWrite.value_or(0) > 0, static_cast<Protocol>(protocol) != Protocol::Gemini); // has no word for it
    QTRY_COMPARE(lastOf(*sandbox)["seq"], Json(1));
    const Json last = lastOf(*sandbox);
    QCOMPARE(Json(usage.input.value()), last["input_tokens"]);
    QCOMPARE(Json(*usage.cachedInput), last["cached_tokens"]);
    QCOMPARE(Json(usage.cacheWrite.value_or(0)), last["cache_write_tokens"]);
}

void SandboxProtocolsTest::answersTheSameInEach()
{
    QFETCH(int, protocol);
    QFETCH(bool, stream);
    const auto sandbox = lab();
    Bench bench;
    const Outcome reference = bench.call(question(*sandbox, Protocol::OpenAiChat, true));
    QVERIFY2(reference.result.ok, reference.result.message.c_str());
    const Outcome o = bench.call(question(*sandbox, static_cast<Protocol>(protocol), stream));
    QVERIFY2(o.result.ok, o.result.message.c_str());
    QCOMPARE(o.result.text, reference.result.text);
    QCOMPARE(o.result.finishReason, std::string("stop"));
    QVERIFY(o.result.simulated);
    QTRY_COMPARE(lastOf(*sandbox)["seq"], Json(2));
    const Json last = lastOf(*sandbox);
    QCOMPARE(last["usage_told"], Json(true));
    QCOMPARE(Json(o.result.usage.input.value()), last["input_tokens"]);
    QCOMPARE(Json(o.result.usage.cachedInput.value_or(0)), last["cached_tokens"]);
    QCOMPARE(Json(o.result.usage.cacheWrite.value_or(0)), last["cache_write_tokens"]);
    QCOMPARE(Json(o.result.usage.output.value()), last["output_tokens"]);
    QCOMPARE(Json(o.result.usage.reasoning.value_or(0)), last["reasoning_tokens"]);
}

void SandboxProtocolsTest::fitsASchemaInEach()
{
    QFETCH(int, protocol);
    QFETCH(bool, stream);
    const auto sandbox = lab();
    Bench bench;
    ChatRequest request = question(*sandbox, static_cast<Protocol>(protocol), stream);
    request.responseSchemaName = "reply";
    request.responseSchemaJson =
        R"({"type":"object","properties":{"reply":{"type":"string"},"handoff":{"type":"boolean"}},)"
        R"("required":["reply","handoff"]})";
    const Outcome o = bench.call(request);
    QVERIFY2(o.result.ok, o.result.message.c_str());
    const Json answer = Json::parse(o.result.text, nullptr, false);
    QVERIFY2(answer.is_object() && answer["reply"].is_string() && answer["handoff"].is_boolean(),
             o.result.text.c_str());
    QCOMPARE(o.result.finishReason, std::string("stop"));
}

void SandboxProtocolsTest::limitsTokensInEach()
{
    QFETCH(int, protocol);
    QFETCH(bool, stream);
    const auto sandbox = lab();
    Bench bench;
    ChatRequest request = question(*sandbox, static_cast<Protocol>(protocol), stream);
    request.maxOutputTokens = 5;
    const Outcome o = bench.call(request);
    QVERIFY2(o.result.ok, o.result.message.c_str());
    QCOMPARE(o.result.finishReason, std::string("length"));
    QVERIFY(estimateTokens(o.result.text) <= 5);
}

void SandboxProtocolsTest::failsInEach_data()
{
    QTest::addColumn<int>("protocol");
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("kind"); // "" = it copes
    QTest::addColumn<int>("attempts");
    const auto row = [](const char* fault, const char* kind, int attempts) {
        for (const auto& [name, protocol] : kProtocols)
            QTest::newRow((std::string(name) + " " + fault).c_str())
                << static_cast<int>(protocol) << QString::fromLatin1(fault) << QString::fromLatin1(kind)
                << attempts;
    };
    row("rate-limit-then-busy", "", 3);
    row("unauthorized", error_kind::unauthorized, 1);
    row("cut-before-first-token", "", 2);
    row("cut-mid-stream", error_kind::cut, 1);
    row("bad-json-mid-stream", error_kind::garbage, 1);
    row("html-page", error_kind::garbage, 1);
    row("byte-by-byte", "", 1);
    row("split-characters", "", 1);
    row("crlf-lines", "", 1);
    row("comments", "", 1);
    row("json-for-a-stream", "", 1);
    row("gzip", "", 1);
    row("usage-missing", "", 1);
    row("error-in-stream", "", 2);
    row("error-mid-stream", error_kind::unavailable, 1);
    row("finish-only", error_kind::emptyAnswer, 1);
    row("huge-stream", error_kind::tooLarge, 1);
    row("http-1-0", "", 1);
}

void SandboxProtocolsTest::failsInEach()
{
    QFETCH(int, protocol);
    QFETCH(QString, fault);
    QFETCH(QString, kind);
    QFETCH(int, attempts);
    const auto sandbox = lab();
    Bench bench;
    const std::string whole =
        bench.call(question(*sandbox, static_cast<Protocol>(protocol), true)).result.text;
    QVERIFY(sandbox->setFault(fault.toStdString(), true));
    const Outcome o = bench.call(question(*sandbox, static_cast<Protocol>(protocol), true));
    QVERIFY2(QString::fromStdString(o.result.errorKind) == kind,
             (o.result.errorKind + ": " + o.result.message).c_str());
    QCOMPARE(static_cast<int>(o.result.attempts.size()), attempts);
    if (kind.isEmpty())
        QVERIFY2(o.result.text.starts_with(whole), o.result.text.c_str());
    QCOMPARE(o.result.usage.known(),
             fault != QStringLiteral("usage-missing") &&
                 (kind.isEmpty() || kind == QString::fromLatin1(error_kind::emptyAnswer)));
}

void SandboxProtocolsTest::refusesBadRequests_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* path, const char* body, int status, const char* says) {
        QTest::newRow(name) << QString::fromLatin1(path) << QString::fromLatin1(body) << status
                            << QString::fromLatin1(says);
    };
    row("responses not JSON", "/v1/responses", "{", 400, "not valid JSON");
    row("responses without input", "/v1/responses", R"({"model":"echo"})", 400, "input");
    row("responses model", "/v1/responses", R"({"model":"nobody","input":"x"})", 404, "nobody");
    row("messages without a limit", "/v1/messages",
        R"({"model":"echo","messages":[{"role":"user","content":"x"}]})", 400, "max_tokens");
    row("messages' tool", "/v1/messages",
        R"({"model":"echo","max_tokens":9,"messages":[{"role":"user","content":"x"}],"tool_choice":{"type":"tool","name":"t"}})",
        400, "tool_choice");
    row("messages model", "/v1/messages",
        R"({"model":"nobody","max_tokens":9,"messages":[{"role":"user","content":"x"}]})", 404,
        "not_found_error");
    row("gemini without contents", "/v1beta/models/echo:generateContent", "{}", 400, "INVALID_ARGUMENT");
    row("gemini's other stream", "/v1beta/models/echo:streamGenerateContent",
        R"({"contents":[{"parts":[{"text":"x"}]}]})", 400, "alt");
    row("gemini model", "/v1beta/models/nobody:generateContent", R"({"contents":[{"parts":[{"text":"x"}]}]})",
        404, "NOT_FOUND");
    row("wrong types", "/v1/messages", R"({"model":"echo","max_tokens":9,"messages":{"role":3}})", 400,
        "messages");
    row("a number as parts", "/v1beta/models/echo:generateContent", R"({"contents":[{"parts":3}]})", 400,
        "parts");
    row("a number as config", "/v1beta/models/echo:generateContent",
        R"({"contents":[{"parts":[]}],"generationConfig":7})", 400, "generationConfig");
}

void SandboxProtocolsTest::refusesBadRequests()
{
    QFETCH(QString, path);
    QFETCH(QString, body);
    QFETCH(int, status);
    QFETCH(QString, says);
    const auto sandbox = lab();
    HttpConnection connection(sandbox->port());
    const HttpReply reply = connection.ask("POST", path.toStdString(), body.toStdString());
    QCOMPARE(reply.status, status);
    QVERIFY2(reply.body.find(says.toStdString()) != std::string::npos, reply.body.c_str());
    QVERIFY(Json::accept(reply.body));
    QCOMPARE(connection.ask("GET", path.toStdString()).status, 405);
}

void SandboxProtocolsTest::embedsTexts()
{
    const auto sandbox = lab();
    const Json asked = {
        {"model", "embed"},
        {"input", Json::array({"How long does a parcel take?", "A parcel takes long", "Reset my password"})}};
    const HttpReply reply = HttpConnection(sandbox->port()).ask("POST", "/v1/embeddings", asked.dump());
    QCOMPARE(reply.status, 200);
    const Json answer = Json::parse(reply.body);
    QCOMPARE(answer["data"].size(), std::size_t{3});
    QVERIFY(answer["usage"]["prompt_tokens"] > 5);
    std::vector<std::vector<float>> vectors;
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(answer["data"][i]["index"], Json(i));
        vectors.push_back(answer["data"][i]["embedding"].get<std::vector<float>>());
        QCOMPARE(vectors[i].size(), std::size_t{256});
        QVERIFY(std::abs(similarity(vectors[i], vectors[i]) - 1) < 1e-5);
        QCOMPARE(vectors[i],
                 sandbox::embeddingOf(asked["input"][i].get<std::string>(), 256)); // the same each time
    }
    QVERIFY(similarity(vectors[0], vectors[1]) > 0.5);
    QVERIFY(similarity(vectors[0], vectors[2]) < 0.3);
    QTRY_COMPARE(lastOf(*sandbox)["input_tokens"], answer["usage"]["prompt_tokens"]);
    // Words that carry nothing, or none at all: still a direction, of length 1.
    for (const char* text : {"?", "the of and", "\xE2\x82\xAC"})
        QCOMPARE(similarity(sandbox::embeddingOf(text, 8), sandbox::embeddingOf(text, 8)), 1.0);
}

void SandboxProtocolsTest::refusesBadEmbeddings()
{
    const auto sandbox = lab();
    HttpConnection connection(sandbox->port());
    for (const char* body : {"[]", "{", R"({"input":"x"})", R"({"model":"e"})", R"({"model":"e","input":""})",
                             R"({"model":"e","input":[]})", R"({"model":"e","input":[1]})",
                             R"({"model":"e","input":"x","dimensions":0})",
                             R"({"model":"e","input":"x","encoding_format":"base64"})"})
        QCOMPARE(connection.ask("POST", "/v1/embeddings", body).status, 400);
    QCOMPARE(connection.ask("POST", "/v1/embeddings", R"({"model":"e","input":"x","dimensions":3})").status,
             200);
}

QTEST_GUILESS_MAIN(SandboxProtocolsTest)
#include "tst_sandbox_protocols.moc"
