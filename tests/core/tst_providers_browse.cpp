// SPDX-License-Identifier: GPL-3.0-or-later
// What an endpoint offers, and texts to vectors, over real sockets.
#include "providers/embeddings.h"
#include "providers/models.h"
#include "tests/support/chat_bench.h"
#include "tests/support/scripted_server.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace signalbox;
using namespace signalbox::testing;
using nlohmann::json;

namespace {

Script answer(const std::string& body, const std::string& status = "200 OK", const std::string& headers = {})
{
    return {send(response(status, "Content-Type: application/json\r\n" + headers, body))};
}

template <typename Call, typename Result, typename Request>
Result callAndWait(Bench& bench, Request request)
{
    auto result = std::make_shared<Result>();
    auto call = std::make_shared<std::shared_ptr<Call>>();
    std::promise<void> done;
    bench.onNetwork([&] {
        *call = Call::start(bench.transport, bench.secrets, std::move(request), [&, result, call](Result r) {
            *result = std::move(r);
            call->reset(); // destroys the call from inside its own callback
            done.set_value();
        });
    });
    done.get_future().wait();
    return *result;
}

ModelsResult browse(Bench& bench, ModelsRequest request)
{
    return callAndWait<ModelsCall, ModelsResult>(bench, std::move(request));
}

EmbeddingsResult embed(Bench& bench, EmbeddingsRequest request)
{
    return callAndWait<EmbeddingsCall, EmbeddingsResult>(bench, std::move(request));
}

ModelsRequest modelsAt(const ScriptedServer& server, Protocol protocol = Protocol::OpenAiChat)
{
    ModelsRequest request;
    request.protocol = protocol;
    request.baseUrl = server.url();
    request.key.env = "SET";
    return request;
}

EmbeddingsRequest textsTo(const ScriptedServer& server, std::size_t count,
                          Protocol protocol = Protocol::OpenAiChat)
{
    EmbeddingsRequest request;
    request.protocol = protocol;
    request.baseUrl = server.url();
    request.key.env = "SET";
    request.modelName = "embedder";
    for (std::size_t i = 0; i < count; ++i)
        request.texts.push_back("text " + std::to_string(i));
    return request;
}

} // namespace

class ProvidersBrowseTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsPlainLists();
    void readsSizesAndPrices();
    void readsAnthropicPages();
    void readsGeminiPages();
    void aListThatIsTooLongIsSaidToBe();
    void browsingFailsLikeAChat();
    void anotherListIsGarbage();
    void destroyingTheBrowseStopsIt();
    void embedsInOrderOfIndex();
    void embedsInBatches();
    void embedsWithGemini();
    void vectorsMustFit_data();
    void vectorsMustFit();
    void embeddingUsageIsUnknownIfABatchDoesNotSay();
    void nothingToEmbedIsNothing();
};

void ProvidersBrowseTest::readsPlainLists()
{
    ScriptedServer server([](const SeenRequest&) {
        return answer(
            R"({"object":"list","data":[{"id":"b","object":"model","owned_by":"x"},{"id":"a"},{"id":"b"},{"no":1},7]})");
    });
    Bench bench;
    const ModelsResult result = browse(bench, modelsAt(server));
    QVERIFY2(result.ok, result.message.c_str());
    QCOMPARE(result.models.size(), std::size_t{2}); // each once
    QCOMPARE(result.models[0].name, std::string("b"));
    QCOMPARE(result.models[1].name, std::string("a"));
    QVERIFY(!result.models[0].contextTokens && !result.models[0].price);
    const std::string head = server.seen().at(0).head;
    QVERIFY2(head.starts_with("GET /v1/models HTTP/1.1\r\n"), head.c_str());
    QVERIFY(head.find(std::string("Authorization: Bearer ") + kKey + "\r\n") != std::string::npos);
}

void ProvidersBrowseTest::readsSizesAndPrices()
{
    const Result<ModelsPage> page = readModels(Protocol::OpenAiChat, R"({"data":[
        {"id":"maker/one","name":"Maker: One","context_length":200000,
         "pricing":{"prompt":"0.0000025","completion":"0.00001","input_cache_read":"0.00000025","input_cache_write":"0.000003125","internal_reasoning":"0"},
         "top_provider":{"context_length":128000,"max_completion_tokens":8192}},
        {"id":"auto","context_length":2000000,"pricing":{"prompt":"-1","completion":"-1"}},
        {"id":"free","pricing":{"prompt":"0","completion":"0","input_cache_write":"0"}},
        {"id":"broken","context_length":"many","pricing":{"prompt":"cheap","completion":[]}},
        {"id":"vllm","max_model_len":4096},{"id":"groq","context_window":131072},
        {"id":"llama.gguf","meta":{"n_ctx_train":32768}}]})");
    QVERIFY(page);
    const std::vector<OfferedModel>& models = page->models;
    QCOMPARE(models.size(), std::size_t{7});
    QCOMPARE(models[0].title, std::string("Maker: One"));
    QCOMPARE(models[0].contextTokens,
             std::optional<std::int64_t>(128000)); // what is served, not what could be
    QCOMPARE(models[0].maxOutputTokens, std::optional<std::int64_t>(8192));
    QCOMPARE(models[0].price->inputPerMtok, std::optional(2.5));
    QCOMPARE(models[0].price->outputPerMtok, std::optional(10.0));
    QCOMPARE(models[0].price->cachedInputPerMtok, std::optional(0.25));
    QCOMPARE(models[0].price->cacheWritePerMtok, std::optional(3.125));
    QVERIFY(!models[0].price->reasoningPerMtok);
    QVERIFY(!models[1].price); // it depends: unknown, not minus a million
    QCOMPARE(models[2].price->inputPerMtok, std::optional(0.0));
    QVERIFY(!models[2].price->cacheWritePerMtok);
    QVERIFY(!models[3].price && !models[3].contextTokens);
    QCOMPARE(models[4].contextTokens, std::optional<std::int64_t>(4096));
    QCOMPARE(models[5].contextTokens, std::optional<std::int64_t>(131072));
    QCOMPARE(models[6].contextTokens, std::optional<std::int64_t>(32768));
    QCOMPARE(readModels(Protocol::OpenAiChat, R"([{"id":"bare"}])")->models[0].name, std::string("bare"));
}

void ProvidersBrowseTest::readsAnthropicPages()
{
    ScriptedServer server([](const SeenRequest& seen) {
        return seen.number == 1
                   ? answer(
                         R"({"data":[{"type":"model","id":"a-1","display_name":"A 1"}],"has_more":true,"last_id":"a-1"})")
                   : answer(R"({"data":[{"type":"model","id":"a-2"}],"has_more":false,"last_id":"a-2"})");
    });
    Bench bench;
    const ModelsResult result = browse(bench, modelsAt(server, Protocol::AnthropicMessages));
    QVERIFY2(result.ok, result.message.c_str());
    QCOMPARE(result.models.size(), std::size_t{2});
    QCOMPARE(result.models[0].title, std::string("A 1"));
    QVERIFY(server.seen().at(0).head.find(std::string("x-api-key: ") + kKey) != std::string::npos);
    QVERIFY(server.seen().at(0).head.find("anthropic-version: ") != std::string::npos);
    QVERIFY(server.seen().at(1).head.starts_with("GET /v1/models?limit=1000&after_id=a-1 HTTP/1.1\r\n"));
}

void ProvidersBrowseTest::readsGeminiPages()
{
    ScriptedServer server([](const SeenRequest&) { // its last page asks for itself, for ever
        return answer(R"({"models":[{"name":"models/g-1","displayName":"G 1","inputTokenLimit":1048576,)"
                      R"("outputTokenLimit":65536}],"nextPageToken":"p&2"})");
    });
    Bench bench;
    const ModelsResult result = browse(bench, modelsAt(server, Protocol::Gemini));
    QVERIFY2(result.ok, result.message.c_str());
    QCOMPARE(result.models.size(), std::size_t{1});
    QCOMPARE(result.models[0].name, std::string("g-1"));
    QCOMPARE(result.models[0].contextTokens, std::optional<std::int64_t>(1048576));
    QCOMPARE(server.requests(), 2);
    QVERIFY(result.complete); // there is nothing more to ask for
    QVERIFY(
        server.seen().at(1).head.starts_with("GET /v1/models?pageSize=1000&pageToken=p%262 HTTP/1.1\r\n"));
    QVERIFY(server.seen().at(0).head.find(std::string("x-goog-api-key: ") + kKey) != std::string::npos);
}

void ProvidersBrowseTest::aListThatIsTooLongIsSaidToBe()
{
    ScriptedServer server([](const SeenRequest& seen) {
        const std::string id = "a-" + std::to_string(seen.number);
        return answer(R"({"data":[{"type":"model","id":")" + id + R"("}],"has_more":true,"last_id":")" + id + "\"}");
    });
    Bench bench;
    const ModelsResult result = browse(bench, modelsAt(server, Protocol::AnthropicMessages));
    QVERIFY2(result.ok, result.message.c_str());
    QVERIFY(!result.complete);
    QCOMPARE(result.models.size(), static_cast<std::size_t>(server.requests()));
}

void ProvidersBrowseTest::browsingFailsLikeAChat()
{
    ScriptedServer server([](const SeenRequest& seen) {
        switch (seen.number) {
        case 1:
            return answer("{}", "503 Busy", "Retry-After: 0\r\n");
        case 2:
            return answer(R"({"data":[]})");
        case 3:
            return answer(std::string(R"({"error":{"message":"Bad key )") + kKey + "\"}}", "401 No");
        case 4:
            return answer({}, "302 Found", "Location: file:///etc/passwd\r\n");
        default:
            return Script{pauseAt("never")};
        }
    });
    Bench bench;
    const ModelsResult retried = browse(bench, modelsAt(server));
    QVERIFY(retried.ok && retried.models.empty());
    QCOMPARE(retried.attempts.size(), std::size_t{2});
    QCOMPARE(retried.attempts[0].errorKind, std::string(error_kind::unavailable));
    const ModelsResult refused = browse(bench, modelsAt(server));
    QCOMPARE(refused.errorKind, std::string(error_kind::unauthorized));
    QCOMPARE(refused.message, std::string("HTTP 401: Bad key ***"));
    const ModelsResult redirected = browse(bench, modelsAt(server));
    QCOMPARE(redirected.errorKind, std::string(error_kind::garbage));
    ModelsRequest slow = modelsAt(server);
    slow.deadlineMs = 50;
    const ModelsResult late = browse(bench, slow);
    QCOMPARE(late.errorKind, std::string(error_kind::deadline));
    QVERIFY(late.attempts.at(0).requestSent);
    ModelsRequest keyless = modelsAt(server);
    keyless.key.env = "UNSET";
    QCOMPARE(browse(bench, keyless).errorKind, std::string(error_kind::noKey));
    QCOMPARE(server.requests(), 5);
}

void ProvidersBrowseTest::anotherListIsGarbage()
{
    for (const char* body : {"", "null", "{}", "7", "{\"data\":{}}", "<html>", R"({"data":[)"}) {
        const Result<ModelsPage> page = readModels(Protocol::OpenAiChat, body);
        QVERIFY2(!page && page.error().code == error_kind::garbage, body);
    }
    QVERIFY(readModels(Protocol::Gemini, "{}")); // an empty list is left out there
    const Result<ModelsPage> failed =
        readModels(Protocol::OpenAiChat, R"({"error":{"message":"why","code":429}})");
    QCOMPARE(failed.error().code, std::string(error_kind::rateLimited));
    QVERIFY(failed.error().message.find("why") != std::string::npos);
}

void ProvidersBrowseTest::destroyingTheBrowseStopsIt()
{
    ScriptedServer server([](const SeenRequest&) { return Script{pauseAt("never")}; });
    Bench bench;
    std::shared_ptr<ModelsCall> call;
    bool done = false;
    bench.onNetwork([&] {
        call = ModelsCall::start(bench.transport, bench.secrets, modelsAt(server),
                                 [&](ModelsResult) { done = true; });
    });
    QVERIFY(server.waitForRequests(1));
    bench.onNetwork([&] { call.reset(); });
    QVERIFY(server.waitForHangUps(1));
    bench.onNetwork([&] { QVERIFY(!done); });
}

void ProvidersBrowseTest::embedsInOrderOfIndex()
{
    ScriptedServer server([](const SeenRequest&) {
        return answer(
            R"({"object":"list","data":[{"index":2,"embedding":[3,30]},{"index":0,"embedding":[1,1e1]},)"
            R"({"index":1,"embedding":[-2,2.5]}],"model":"other","usage":{"prompt_tokens":9,"total_tokens":9}})");
    });
    Bench bench;
    EmbeddingsRequest request = textsTo(server, 3);
    request.dimensions = 2;
    const EmbeddingsResult result = embed(bench, request);
    QVERIFY2(result.ok, result.message.c_str());
    QVERIFY((result.vectors == std::vector<std::vector<float>>{{1, 10}, {-2, 2.5F}, {3, 30}}));
    QCOMPARE(result.usage, (TokenUsage{9, std::nullopt, 0, std::nullopt}));
    QCOMPARE(result.attempts.at(0).usage, result.usage);
    const SeenRequest seen = server.seen().at(0);
    QVERIFY(seen.head.starts_with("POST /v1/embeddings HTTP/1.1\r\n"));
    QCOMPARE(json::parse(seen.body),
             json::parse(R"({"model":"embedder","input":["text 0","text 1","text 2"],)"
                         R"("encoding_format":"float","dimensions":2})"));
}

void ProvidersBrowseTest::embedsInBatches()
{
    ScriptedServer server([](const SeenRequest& seen) {
        json data = json::array();
        const json input = json::parse(seen.body)["input"];
        for (std::size_t i = input.size(); i > 0; --i) // the last one first
            data.push_back(
                {{"index", i - 1},
                 {"embedding", json::array({std::stod(input[i - 1].get<std::string>().substr(5))})}});
        return answer(json{{"data", data}, {"usage", {{"prompt_tokens", input.size() * 2}}}}.dump());
    });
    Bench bench;
    const EmbeddingsResult result = embed(bench, textsTo(server, 600));
    QVERIFY2(result.ok, result.message.c_str());
    QCOMPARE(server.requests(), 3);
    QCOMPARE(result.vectors.size(), std::size_t{600});
    for (std::size_t i = 0; i < 600; ++i)
        QCOMPARE(result.vectors[i].at(0), static_cast<float>(i));
    QCOMPARE(result.usage.input, std::optional<std::int64_t>(1200));
}

void ProvidersBrowseTest::embedsWithGemini()
{
    ScriptedServer server(
        [](const SeenRequest&) { return answer(R"({"embeddings":[{"values":[1]},{"values":[2]}]})"); });
    Bench bench;
    const EmbeddingsResult result = embed(bench, textsTo(server, 2, Protocol::Gemini));
    QVERIFY2(result.ok, result.message.c_str());
    QVERIFY((result.vectors == std::vector<std::vector<float>>{{1}, {2}}));
    QVERIFY(!result.usage.input); // it does not say
    const SeenRequest seen = server.seen().at(0);
    QVERIFY(seen.head.starts_with("POST /v1/models/embedder:batchEmbedContents HTTP/1.1\r\n"));
    QVERIFY(seen.head.find(std::string("x-goog-api-key: ") + kKey) != std::string::npos);
    QCOMPARE(json::parse(seen.body)["requests"][1],
             json::parse(R"({"model":"models/embedder","content":{"parts":[{"text":"text 1"}]}})"));
    QCOMPARE(embed(bench, textsTo(server, 1, Protocol::AnthropicMessages)).errorKind,
             std::string(error_kind::badRequest));
}

void ProvidersBrowseTest::vectorsMustFit_data()
{
    QTest::addColumn<QString>("body");
    const auto row = [](const char* name, const char* body) {
        QTest::newRow(name) << QString::fromLatin1(body);
    };
    row("too few", R"({"data":[{"index":0,"embedding":[1]}]})");
    row("too many",
        R"({"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1]},{"index":2,"embedding":[1]}]})");
    row("twice", R"({"data":[{"index":1,"embedding":[1]},{"index":1,"embedding":[1]}]})");
    row("out of range", R"({"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[1]}]})");
    row("two sizes", R"({"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]})");
    row("empty", R"({"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]})");
    row("no numbers", R"({"data":[{"index":0,"embedding":[null]},{"index":1,"embedding":[1]}]})");
    row("beyond a float", R"({"data":[{"index":0,"embedding":[1e300]},{"index":1,"embedding":[1]}]})");
    row("text", R"({"data":[{"index":0,"embedding":"AAAA"},{"index":1,"embedding":"AAAA"}]})");
    row("no list", R"({"hello":"world"})");
    row("no JSON", R"({"data":[{"index":0,"embedding":[1)");
}

void ProvidersBrowseTest::vectorsMustFit()
{
    QFETCH(QString, body);
    ScriptedServer server([&](const SeenRequest&) { return answer(body.toStdString()); });
    Bench bench;
    const EmbeddingsResult result = embed(bench, textsTo(server, 2));
    QCOMPARE(result.errorKind, std::string(error_kind::garbage));
    QVERIFY(result.vectors.empty());
    QVERIFY(!result.message.empty());
    QCOMPARE(server.requests(), 1); // asking again would not mend it
}

void ProvidersBrowseTest::embeddingUsageIsUnknownIfABatchDoesNotSay()
{
    ScriptedServer server([](const SeenRequest& seen) {
        json data = json::array();
        for (std::size_t i = 0; i < json::parse(seen.body)["input"].size(); ++i)
            data.push_back({{"embedding", json::array({seen.number})}});
        json body{{"data", data}};
        if (seen.number == 1)
            body["usage"] = {{"prompt_tokens", 5}};
        return answer(body.dump());
    });
    Bench bench;
    const EmbeddingsResult result = embed(bench, textsTo(server, 300));
    QVERIFY2(result.ok, result.message.c_str());
    QVERIFY(!result.usage.known());
    QCOMPARE(result.attempts.at(0).usage.input, std::optional<std::int64_t>(5));
}

void ProvidersBrowseTest::nothingToEmbedIsNothing()
{
    ScriptedServer server([](const SeenRequest&) { return answer("{}"); });
    Bench bench;
    const EmbeddingsResult result = embed(bench, textsTo(server, 0));
    QVERIFY(result.ok && result.vectors.empty() && result.attempts.empty());
    QCOMPARE(server.requests(), 0);
}

QTEST_GUILESS_MAIN(ProvidersBrowseTest)
#include "tst_providers_browse.moc"
