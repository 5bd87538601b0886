// SPDX-License-Identifier: GPL-3.0-or-later
// Each chat protocol over real sockets: the same question and the same answer in four dialects, streamed and
// whole, and what servers of each do besides what its documentation says.
#include "base/text.h"
#include "providers/chat_protocol.h"
#include "tests/support/chat_bench.h"
#include "tests/support/chat_dialects.h"
#include "tests/support/scripted_server.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <map>

using namespace signalbox;
using namespace signalbox::testing;
using nlohmann::json;

namespace {

std::string eventsOf(const std::vector<std::string>& events, const std::string& end = "\n")
{
    std::string text;
    for (const std::string& event : events) {
        const json parsed = json::parse(event, nullptr, false);
        if (parsed.is_object() && parsed.contains("type"))
            text += "event: " + parsed["type"].get<std::string>() + end;
        text += sse(event, end);
    }
    return text;
}

Script streamOf(const std::vector<std::string>& events)
{
    return {send(streamHead() + chunk(eventsOf(events)) + lastChunk())};
}

Script wholeOf(const std::string& body)
{
    return {send(response("200 OK", "Content-Type: application/json\r\n", body))};
}

ChatRequest requestIn(const Dialect& dialect, const std::string& url)
{
    ChatRequest request = requestTo(url);
    request.protocol = dialect.protocol;
    request.key.env = "SET";
    request.maxAttempts = 1;
    return request;
}

void forEachDialect()
{
    QTest::addColumn<QString>("dialect");
    for (const auto& [name, dialect] : dialects())
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

const Dialect& dialectOfRow()
{
    return dialects().at(QTest::currentDataTag());
}

ChatProgress readAll(Protocol protocol, const std::vector<std::string>& events)
{
    ChatProgress progress;
    for (const std::string& event : events) {
        if (!progress.ended && progress.errorKind.empty())
            chatProtocol(protocol).readEvent(event, progress);
    }
    return progress;
}

} // namespace

class ProvidersProtocolsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void streams_data() { forEachDialect(); }
    void streams();
    void readsOddBytes_data() { forEachDialect(); }
    void readsOddBytes();
    void wholeAnswers_data() { forEachDialect(); }
    void wholeAnswers();
    void toolCalls_data() { forEachDialect(); }
    void toolCalls();
    void answersOfASchema_data() { forEachDialect(); }
    void answersOfASchema();
    void theLimitOfTokensIsALength_data() { forEachDialect(); }
    void theLimitOfTokensIsALength();
    void failuresInTheStream_data() { forEachDialect(); }
    void failuresInTheStream();
    void failuresByStatus_data() { forEachDialect(); }
    void failuresByStatus();
    void aStreamThatStopsIsCut_data() { forEachDialect(); }
    void aStreamThatStopsIsCut();
    void otherJsonIsNoAnswer_data() { forEachDialect(); }
    void otherJsonIsNoAnswer();
    void requestBodies();
    void requestsThatCannotBeSaid();
    void missingUsageIsUnknown();
    void anthropicUsageIsWhatTheEndSays();
    void geminiUsageLeavesOutZeros();
    void geminiListOfChunks();
    void blockedPromptsAreNoAnswer();
    void anotherAnswersEventsAreGarbage();
    void finishReasonsAreOneVocabulary();
    void toolCallDeltasOfCompatibleServers();
    void errorsOfCompatibleServers_data();
    void errorsOfCompatibleServers();
    void meanLogProbability();
};

void ProvidersProtocolsTest::streams()
{
    const Dialect& dialect = dialectOfRow();
    ScriptedServer server([&](const SeenRequest&) { return streamOf(dialect.stream); });
    Bench bench;
    const Outcome o = bench.call(requestIn(dialect, server.url()));
    QVERIFY2(o.result.ok, o.result.message.c_str());
    QCOMPARE(o.result.text, kAnswer);
    QCOMPARE(o.streamed, kAnswer);
    QCOMPARE(o.result.finishReason, std::string("stop"));
    QCOMPARE(o.result.usage, dialect.usage);
    QVERIFY(o.result.toolCalls.empty());
    const std::string head = server.seen().at(0).head;
    QVERIFY2(head.starts_with("POST " + dialect.path + " HTTP/1.1\r\n"), head.c_str());
    QVERIFY2(head.find("\r\n" + dialect.keyHeader + kKey + "\r\n") != std::string::npos, head.c_str());
    QCOMPARE(head.find(kKey), head.rfind(kKey)); // in that header, and nowhere else
    QVERIFY(server.seen().at(0).body.find(kKey) == std::string::npos);
    QCOMPARE(head.find("anthropic-version: 2023-06-01\r\n") != std::string::npos,
             dialect.protocol == Protocol::AnthropicMessages);
}

void ProvidersProtocolsTest::readsOddBytes()
{
    // A byte order mark, comments, CRLF, and each byte in an HTTP chunk of its own: characters are split.
    const Dialect& dialect = dialectOfRow();
    ScriptedServer server([&](const SeenRequest&) {
        const std::string body = "\xEF\xBB\xBF: hello\r\n\r\nretry: 5\r\n" + eventsOf(dialect.stream, "\r\n");
        Script script{send(streamHead())};
        for (const char c : body)
            script.push_back(send(chunk(std::string(1, c))));
        script.push_back(send(lastChunk()));
        return script;
    });
    Bench bench;
    const Outcome o = bench.call(requestIn(dialect, server.url()));
    QVERIFY2(o.result.ok, o.result.message.c_str());
    QCOMPARE(o.streamed, kAnswer);
    QCOMPARE(o.result.usage, dialect.usage);
}

void ProvidersProtocolsTest::wholeAnswers()
{
    const Dialect& dialect = dialectOfRow();
    ScriptedServer server([&](const SeenRequest&) { return wholeOf(dialect.whole); });
    Bench bench;
    for (const bool stream : {false, true}) { // some servers do not stream whatever they are asked
        ChatRequest request = requestIn(dialect, server.url());
        request.stream = stream;
        const Outcome o = bench.call(request);
        QVERIFY2(o.result.ok, o.result.message.c_str());
        QCOMPARE(o.result.text, kAnswer);
        QCOMPARE(o.result.finishReason, std::string("stop"));
        QCOMPARE(o.result.usage, dialect.usage);
    }
    QVERIFY(server.seen().at(0).body.find("\"stream\":true") == std::string::npos);
    QVERIFY(server.seen().at(0).head.find("streamGenerateContent") == std::string::npos);
}

void ProvidersProtocolsTest::toolCalls()
{
    const Dialect& dialect = dialectOfRow();
    ScriptedServer server([&](const SeenRequest& seen) {
        return seen.number == 1 ? streamOf(dialect.toolStream) : wholeOf(dialect.toolWhole);
    });
    Bench bench;
    for (int i = 0; i < 2; ++i) {
        ChatRequest request = requestIn(dialect, server.url());
        request.tools = {{"find", "Finds.", R"({"type":"object","properties":{"q":{"type":"string"}}})"},
                         {"now", {}, {}}};
        const Outcome o = bench.call(request);
        QVERIFY2(o.result.ok, o.result.message.c_str()); // calls alone are an answer
        QVERIFY(o.result.text.empty() && o.streamed.empty());
        QCOMPARE(o.result.finishReason, std::string("tool_calls"));
        QCOMPARE(o.result.toolCalls.size(), std::size_t{2});
        QVERIFY((o.result.toolCalls[0] == ToolCall{"a", "find", R"({"q":"x"})"}));
        QVERIFY((o.result.toolCalls[1] == ToolCall{"b", "now", "{}"}));
    }
}

void ProvidersProtocolsTest::answersOfASchema()
{
    const Dialect& dialect = dialectOfRow();
    ScriptedServer server([&](const SeenRequest&) { return streamOf(dialect.schemaStream); });
    Bench bench;
    ChatRequest request = requestIn(dialect, server.url());
    request.responseSchemaJson = R"({"type":"object","properties":{"score":{"type":"integer"}}})";
    const Outcome o = bench.call(request);
    QVERIFY2(o.result.ok, o.result.message.c_str());
    QCOMPARE(o.streamed, std::string(R"({"score": 4})"));
    QCOMPARE(o.result.finishReason, std::string("stop"));
    QVERIFY(o.result.toolCalls.empty());
    QVERIFY(server.seen().at(0).body.find(request.responseSchemaJson) != std::string::npos);
}

void ProvidersProtocolsTest::theLimitOfTokensIsALength()
{
    const Dialect& dialect = dialectOfRow();
    ScriptedServer server([&](const SeenRequest&) { return streamOf(dialect.limitStream); });
    Bench bench;
    const Outcome o = bench.call(requestIn(dialect, server.url()));
    QVERIFY2(o.result.ok, o.result.message.c_str());
    QCOMPARE(o.result.text, std::string("Gr"));
    QCOMPARE(o.result.finishReason, std::string("length"));
}

void ProvidersProtocolsTest::failuresInTheStream()
{
    const Dialect& dialect = dialectOfRow();
    ScriptedServer server([&](const SeenRequest& seen) {
        return streamOf(seen.number == 1 ? dialect.failure : dialect.stream);
    });
    Bench bench;
    ChatRequest request = requestIn(dialect, server.url());
    request.maxAttempts = 2;
    const Outcome o = bench.call(request);
    QVERIFY2(o.result.ok, o.result.message.c_str());
    QCOMPARE(o.result.text, kAnswer);
    QCOMPARE(o.failures.size(), std::size_t{1});
    QCOMPARE(o.failures[0].first.errorKind, std::string(error_kind::unavailable));
    QVERIFY(o.failures[0].first.message.find("The engine is full") != std::string::npos);
}

void ProvidersProtocolsTest::failuresByStatus()
{
    const Dialect& dialect = dialectOfRow();
    const std::string body =
        dialect.protocol == Protocol::AnthropicMessages
            ? R"({"type":"error","error":{"type":"invalid_request_error","message":"No such thing."}})"
        : dialect.protocol == Protocol::Gemini
            ? R"([{"error":{"code":400,"message":"No such thing.","status":"INVALID_ARGUMENT"}}])"
            : R"({"error":{"message":"No such thing.","type":"invalid_request_error","param":"x","code":null}})";
    const std::vector<std::pair<std::string, std::string>> expected{
        {"400 Bad", error_kind::badRequest},
        {"401 No", error_kind::unauthorized},
        {"404 None", error_kind::notFound},
        {"429 Slow", error_kind::rateLimited},
        {"529 Overload", error_kind::unavailable}};
    ScriptedServer server([&](const SeenRequest& seen) {
        return Script{send(response(expected[static_cast<std::size_t>(seen.number - 1)].first,
                                    "Content-Type: application/json\r\n", body))};
    });
    Bench bench;
    for (const auto& [status, kind] : expected) {
        const Outcome o = bench.call(requestIn(dialect, server.url()));
        QCOMPARE(o.result.errorKind, kind);
        QCOMPARE(o.result.message, "HTTP " + status.substr(0, 3) + ": No such thing.");
    }
}

void ProvidersProtocolsTest::aStreamThatStopsIsCut()
{
    const Dialect& dialect = dialectOfRow();
    ScriptedServer server([&](const SeenRequest&) {
        std::vector<std::string> events = dialect.limitStream;
        if (dialect.protocol == Protocol::Gemini)
            events = {dialect.toolStream[0]}; // without a reason to finish
        else
            events.pop_back();
        return streamOf(events);
    });
    Bench bench;
    const Outcome o = bench.call(requestIn(dialect, server.url()));
    QCOMPARE(o.result.errorKind, std::string(error_kind::cut));
}

void ProvidersProtocolsTest::otherJsonIsNoAnswer()
{
    const Dialect& dialect = dialectOfRow();
    ScriptedServer server([&](const SeenRequest& seen) {
        return seen.number % 2 == 1 ? wholeOf(R"({"hello":"world"})") : wholeOf(R"({"id":"x)");
    });
    Bench bench;
    for (int i = 0; i < 2; ++i)
        QCOMPARE(bench.call(requestIn(dialect, server.url())).result.errorKind,
                 std::string(error_kind::garbage));
}

void ProvidersProtocolsTest::requestBodies()
{
    ChatRequest request = requestTo("https://api.example.com/v1");
    request.messages = {{"system", "Be brief."},
                        {"user", "Hi"},
                        {"assistant", "Hello"},
                        {"system", "Be kind."},
                        {"user", "Bye"}};
    request.maxOutputTokens = 7;
    request.temperature = 0.5;
    request.topP = 0.25;
    request.logProbabilities = true;
    request.responseSchemaJson = R"({"type":"object"})";
    request.responseSchemaName = "a verdict";
    request.tools = {{"find", "Finds.", R"({"type":"object","properties":{}})"}};
    const auto bodyOf = [&](Protocol protocol) {
        request.protocol = protocol;
        return json::parse(chatProtocol(protocol).body(request).value());
    };
    const json schema = json::parse(R"({"type":"object"})");
    const json parameters = json::parse(request.tools[0].parametersJson);

    const json chat = bodyOf(Protocol::OpenAiChat);
    QCOMPARE(chat["messages"].size(), std::size_t{5});
    QCOMPARE(chat["messages"][3]["role"], json("system"));
    QCOMPARE(chat["max_tokens"], json(7));
    QCOMPARE(chat["logprobs"], json(true));
    QCOMPARE(chat["tools"][0]["function"]["parameters"], parameters);
    for (const char* own : {"https://eu.api.openai.com/v1", "https://x.openai.azure.com/openai/v1", "https://api.openai.com/v1"}) {
        request.baseUrl = own;
        QVERIFY(!bodyOf(Protocol::OpenAiChat).contains("max_tokens"));
        QCOMPARE(bodyOf(Protocol::OpenAiChat)["max_completion_tokens"], json(7));
    }

    QCOMPARE(bodyOf(Protocol::OpenAiResponses), json::parse(R"({"model":"test-model",
        "instructions":"Be brief.\n\nBe kind.","input":[{"role":"user","content":"Hi"},
        {"role":"assistant","content":"Hello"},{"role":"user","content":"Bye"}],"store":false,"stream":true,
        "max_output_tokens":7,"temperature":0.5,"top_p":0.25,
        "text":{"format":{"type":"json_schema","name":"a_verdict","schema":{"type":"object"}}},
        "tools":[{"type":"function","name":"find","description":"Finds.",
        "parameters":{"type":"object","properties":{}},"strict":false}],
        "include":["message.output_text.logprobs"]})"));

    QCOMPARE(bodyOf(Protocol::AnthropicMessages), json::parse(R"({"model":"test-model","max_tokens":7,
        "system":"Be brief.\n\nBe kind.","messages":[{"role":"user","content":"Hi"},
        {"role":"assistant","content":"Hello"},{"role":"user","content":"Bye"}],"stream":true,
        "temperature":0.5,"top_p":0.25,
        "tools":[{"name":"find","description":"Finds.","input_schema":{"type":"object","properties":{}}},
        {"name":"structured_answer","description":"Gives the answer. Its arguments are the answer.",
        "input_schema":{"type":"object"}}],"tool_choice":{"type":"any"}})"));

    // A schema and tools at once are refused there: the schema is said in words.
    json gemini = bodyOf(Protocol::Gemini);
    const std::string system = gemini["systemInstruction"]["parts"][0]["text"];
    QVERIFY2(system.starts_with("Be brief.\n\nBe kind.\n\n") && system.ends_with(R"({"type":"object"})"), system.c_str());
    gemini["systemInstruction"]["parts"][0]["text"] = "Be brief.";
    QCOMPARE(gemini, json::parse(R"({
        "systemInstruction":{"parts":[{"text":"Be brief."}]},
        "contents":[{"role":"user","parts":[{"text":"Hi"}]},{"role":"model","parts":[{"text":"Hello"}]},
        {"role":"user","parts":[{"text":"Bye"}]}],
        "tools":[{"functionDeclarations":[{"name":"find","description":"Finds.",
        "parametersJsonSchema":{"type":"object","properties":{}}}]}],
        "generationConfig":{"maxOutputTokens":7,"temperature":0.5,"topP":0.25,"responseLogprobs":true}})"));

    request.tools.clear();
    gemini = bodyOf(Protocol::Gemini);
    QCOMPARE(gemini["systemInstruction"]["parts"][0]["text"], json("Be brief.\n\nBe kind."));
    QCOMPARE(gemini["generationConfig"]["responseMimeType"], json("application/json"));
    QCOMPARE(gemini["generationConfig"]["responseJsonSchema"], schema);
    QCOMPARE(bodyOf(Protocol::AnthropicMessages)["tool_choice"],
             json::parse(R"({"type":"tool","name":"structured_answer"})"));
    request.maxOutputTokens = 0;
    QVERIFY(bodyOf(Protocol::AnthropicMessages)["max_tokens"].get<int>() > 0); // it may not be left out there

    request.modelName = "tunedModels/my model?key=x";
    QCOMPARE(chatProtocol(Protocol::Gemini).url(request),
             std::string(
                 "https://api.openai.com/v1/tunedModels/my%20model%3Fkey%3Dx:streamGenerateContent?alt=sse"));
}

void ProvidersProtocolsTest::requestsThatCannotBeSaid()
{
    for (const auto& [name, dialect] : dialects()) {
        const ChatProtocol& protocol = chatProtocol(dialect.protocol);
        const auto refuses = [&](const std::function<void(ChatRequest&)>& change) {
            ChatRequest request = requestIn(dialect, "http://127.0.0.1:1/v1");
            change(request);
            const Result<std::string> body = protocol.body(request);
            return !body && body.error().code == error_kind::badRequest;
        };
        for (const char* schema : {"[]", "{", "{} {}", "\"x\""})
            QVERIFY2(refuses([&](ChatRequest& r) { r.responseSchemaJson = schema; }), name.c_str());
        QVERIFY(refuses([](ChatRequest& r) { r.tools = {{"find", {}, "{\"type\":"}}; }));
        QVERIFY(refuses([](ChatRequest& r) { r.tools = {{"no spaces", {}, {}}}; }));
        QVERIFY(refuses([](ChatRequest& r) { r.tools = {{"", {}, {}}}; }));
        QVERIFY(refuses([](ChatRequest& r) { r.tools = {{"a", {}, {}}, {"a", {}, {}}}; }));
        QVERIFY(!refuses([](ChatRequest& r) { r.tools = {{"a", {}, {}}, {"b", {}, {}}}; }));
    }
}

void ProvidersProtocolsTest::missingUsageIsUnknown()
{
    using enum Protocol;
    QVERIFY(!readAll(OpenAiChat, dialects().at("OpenAI chat").toolStream).usage.known());
    QVERIFY(!readAll(OpenAiResponses, dialects().at("OpenAI responses").limitStream).usage.known());
    const std::vector<std::string> bare{
        R"({"type":"message_start","message":{"id":"m"}})",
        R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}})",
        R"({"type":"message_delta","delta":{"stop_reason":"end_turn"}})", R"({"type":"message_stop"})"};
    const ChatProgress anthropic = readAll(AnthropicMessages, bare);
    QVERIFY(anthropic.ended && anthropic.usage == TokenUsage{});
    QVERIFY(readAll(Gemini, {R"({"candidates":[{"content":{"parts":[{"text":"Hi"}]}}]})"}).usage ==
            TokenUsage{});
}

void ProvidersProtocolsTest::anthropicUsageIsWhatTheEndSays()
{
    std::vector<std::string> events = dialects().at("Anthropic").stream;
    // A stream that stops before its end has told of one token of many: that is no count of them.
    const ChatProgress begun = readAll(Protocol::AnthropicMessages, {events.begin(), events.end() - 2});
    QCOMPARE(begun.usage, (TokenUsage{50, 40, std::nullopt, std::nullopt, 10}));
    // Proxies know the counts at the end only.
    events[events.size() - 2] =
        R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":500,)"
        R"("cache_creation_input_tokens":null,"cache_read_input_tokens":0,"output_tokens":9}})";
    QCOMPARE(readAll(Protocol::AnthropicMessages, events).usage, (TokenUsage{500, 0, 9, std::nullopt, 10}));
}

void ProvidersProtocolsTest::geminiUsageLeavesOutZeros()
{
    const ChatProgress progress =
        readAll(Protocol::Gemini,
                {R"({"candidates":[{"finishReason":"MAX_TOKENS"}],"usageMetadata":{"promptTokenCount":20,)"
                 R"("toolUsePromptTokenCount":5,"thoughtsTokenCount":64,"totalTokenCount":89}})"});
    QCOMPARE(progress.usage, (TokenUsage{25, std::nullopt, 0, 64}));
    QCOMPARE(progress.finishReason, std::string("length"));
}

void ProvidersProtocolsTest::geminiListOfChunks()
{
    // Where alt=sse is not understood, the stream is one long list.
    const Dialect dialect = gemini();
    ScriptedServer server([&](const SeenRequest&) {
        return wholeOf("[" + dialect.stream[0] + ",\r\n" + dialect.stream[1] + "," + dialect.stream[2] + "]");
    });
    Bench bench;
    const Outcome o = bench.call(requestIn(dialect, server.url()));
    QVERIFY2(o.result.ok, o.result.message.c_str());
    QCOMPARE(o.result.text, kAnswer);
    QCOMPARE(o.result.usage, dialect.usage);
}

void ProvidersProtocolsTest::blockedPromptsAreNoAnswer()
{
    const Dialect dialect = gemini();
    ScriptedServer server([&](const SeenRequest&) {
        return streamOf({R"({"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":)"
                         R"({"promptTokenCount":9,"totalTokenCount":9}})"});
    });
    Bench bench;
    const Outcome o = bench.call(requestIn(dialect, server.url()));
    QCOMPARE(o.result.errorKind, std::string(error_kind::emptyAnswer));
    QCOMPARE(o.result.finishReason, std::string("content_filter"));
    QCOMPARE(o.result.usage, (TokenUsage{9, std::nullopt, 0, std::nullopt}));
}

void ProvidersProtocolsTest::anotherAnswersEventsAreGarbage()
{
    std::vector<std::string> events = dialects().at("Anthropic").stream;
    events.insert(events.begin() + 6, events[0]);
    QCOMPARE(readAll(Protocol::AnthropicMessages, events).errorKind, std::string(error_kind::garbage));
    events = dialects().at("OpenAI responses").stream;
    const std::size_t at = events.back().find(R"("id":"r")");
    events.back().replace(at, 8, R"("id":"q")");
    QCOMPARE(readAll(Protocol::OpenAiResponses, events).errorKind, std::string(error_kind::garbage));
}

void ProvidersProtocolsTest::finishReasonsAreOneVocabulary()
{
    const auto chat = [](const std::string& word) {
        return readAll(Protocol::OpenAiChat, {chatDelta("{}", R"(,"finish_reason":")" + word + "\"")})
            .finishReason;
    };
    QCOMPARE(chat("function_call"), std::string("tool_calls"));
    QCOMPARE(chat("content_filter"), std::string("content_filter"));
    QCOMPARE(chat("eos"), std::string("stop"));
    QCOMPARE(chat("abort"), std::string("other"));
    QCOMPARE(chat(""), std::string());
    const auto anthropic = [](const std::string& word) {
        return readAll(Protocol::AnthropicMessages,
                       {R"({"type":"message_delta","delta":{"stop_reason":")" + word + R"("}})"})
            .finishReason;
    };
    QCOMPARE(anthropic("stop_sequence"), std::string("stop"));
    QCOMPARE(anthropic("refusal"), std::string("content_filter"));
    QCOMPARE(anthropic("model_context_window_exceeded"), std::string("length"));
    QCOMPARE(anthropic("pause_turn"), std::string("other"));
    const auto google = [](const std::string& word) {
        return readAll(Protocol::Gemini, {R"({"candidates":[{"finishReason":")" + word + R"("}]})"})
            .finishReason;
    };
    QCOMPARE(google("RECITATION"), std::string("content_filter"));
    QCOMPARE(google("MALFORMED_FUNCTION_CALL"), std::string("other"));
    QCOMPARE(google("FINISH_REASON_UNSPECIFIED"), std::string());
}

void ProvidersProtocolsTest::toolCallDeltasOfCompatibleServers()
{
    const auto calls = [](const std::vector<std::string>& deltas) {
        std::vector<std::string> events;
        for (const std::string& delta : deltas)
            events.push_back(chatDelta(R"({"tool_calls":[)" + delta + "]}"));
        std::string all;
        for (const ToolCall& call : readAll(Protocol::OpenAiChat, events).toolCalls)
            all += call.id + "/" + call.name + call.argumentsJson + " ";
        return all;
    };
    const std::string a = R"("id":"a","function":{"name":"f","arguments":"{\"x\":1}"})";
    const std::string b = R"("id":"b","function":{"name":"g","arguments":"{}"})";
    const std::string both = R"(a/f{"x":1} b/g{} )";
    QCOMPARE(calls({"{\"index\":0," + a + "},{\"index\":1," + b + "}"}), both);
    QCOMPARE(calls({"{\"index\":0," + a + "}", "{\"index\":0," + b + "}"}), both); // Ollama: all are number 0
    QCOMPARE(calls({"{" + a + "},{" + b + "}"}), both);                            // no number at all
    QCOMPARE(
        calls({R"({"function":{"name":"f","arguments":"{}"}},{"function":{"name":"g","arguments":"{}"}})"}),
        std::string("/f{} /g{} ")); // neither number nor id
    QCOMPARE(calls({R"({"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\""}})",
                    R"({"index":0,"id":"a","function":{"name":"f","arguments":":1}"}})"}),
             std::string(R"(a/f{"x":1} )")); // id and name again in each piece
    QCOMPARE(calls({R"({"index":0,"id":"a","function":{"name":"f","arguments":{"x":1}}})"}),
             std::string(R"(a/f{"x":1} )")); // an object where text is due
}

void ProvidersProtocolsTest::errorsOfCompatibleServers_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("kind");
    const auto row = [](const char* name, const char* body, const char* kind) {
        QTest::newRow(name) << QString::fromLatin1(body) << QString::fromLatin1(kind);
    };
    row("vLLM", R"(data: {"error":{"object":"error","message":"why","type":"BadRequestError","code":400}})",
        error_kind::badRequest);
    row("vLLM, older", R"(data: {"object":"error","message":"why","type":"NotFoundError","code":404})",
        error_kind::notFound);
    row("llama.cpp, older",
        R"(error: {"code":503,"message":"why","type":"unavailable_error"})"
        "\n\n"
        R"(data: {"error":{"code":503,"message":"why","type":"unavailable_error"}})",
        error_kind::unavailable);
    row("LiteLLM", R"(data: {"error":{"message":"why","type":"None","param":"None","code":"429"}})",
        error_kind::rateLimited);
    row("OpenRouter",
        R"(data: {"id":"x","provider":"p","error":{"code":"server_error","message":"why"},)"
        R"("choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]})",
        error_kind::unavailable);
    row("OpenRouter, in the choice",
        R"(data: {"choices":[{"delta":{},"finish_reason":"error","error":{"code":502,"message":"why"}}]})",
        error_kind::unavailable);
    row("Ollama", R"({"error":{"message":"why","type":"api_error","param":null,"code":null}})",
        error_kind::unavailable);
    row("as text", R"(data: {"error":"why"})", error_kind::unavailable);
}

void ProvidersProtocolsTest::errorsOfCompatibleServers()
{
    QFETCH(QString, body);
    QFETCH(QString, kind);
    ScriptedServer server([&](const SeenRequest&) {
        return Script{send(streamHead() + chunk(sse(chatDelta(R"({"role":"assistant","content":""})"))) +
                           chunk(body.toStdString() + "\n\n") + lastChunk())};
    });
    Bench bench;
    const Outcome o = bench.call(requestIn(dialects().at("OpenAI chat"), server.url()));
    QCOMPARE(o.result.errorKind, kind.toStdString());
    QVERIFY2(o.result.message.find("why") != std::string::npos, o.result.message.c_str());
}

void ProvidersProtocolsTest::meanLogProbability()
{
    using enum Protocol;
    const auto near = [](const ChatProgress& progress, double expected) {
        return progress.meanLogProbability && std::abs(*progress.meanLogProbability - expected) < 1e-12;
    };
    const auto tokens = [](const std::string& word, const std::string& values) {
        std::string all;
        for (const char c : values)
            all += std::string(all.empty() ? "" : ",") + "{\"" + word + "\":-0." + c + ",\"token\":\"x\"}";
        return "[" + all + "]";
    };
    QVERIFY(near(readAll(OpenAiChat, {chatDelta(R"({"content":"a"})",
                                                R"(,"logprobs":{"content":)" + tokens("logprob", "1") + "}"),
                                      chatDelta(R"({"content":"bc"})",
                                                R"(,"logprobs":{"content":)" + tokens("logprob", "24") + "}"),
                                      chatDelta("{}", R"(,"logprobs":null)")}),
                 -0.7 / 3));
    QVERIFY(near(
        readAll(
            OpenAiResponses,
            {R"({"type":"response.output_text.delta","delta":"ab","logprobs":)" + tokens("logprob", "13") +
                 "}",
             R"({"type":"response.completed","response":{"output":[{"type":"message","content":[{"text":"ab","logprobs":)" +
                 tokens("logprob", "13") + "}]}]}}"}),
        -0.2));
    QVERIFY(near(
        readAll(
            Gemini,
            {R"({"candidates":[{"content":{"parts":[{"text":"a"}]},"logprobsResult":{"chosenCandidates":)" +
             tokens("logProbability", "15") + "}}]}"}),
        -0.3));
    QVERIFY(
        near(readAll(Gemini, {R"({"candidates":[{"finishReason":"STOP","avgLogprobs":-0.25}]})"}), -0.25));
    for (const auto& [name, dialect] : dialects())
        QVERIFY(!readAll(dialect.protocol, dialect.stream).meanLogProbability);
}

QTEST_GUILESS_MAIN(ProvidersProtocolsTest)
#include "tst_providers_protocols.moc"
