// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/embeddings.h"

#include "base/json_writer.h"
#include "providers/errors.h"
#include "providers/json_call.h"
#include "providers/protocol_parts.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace signalbox {

namespace {

constexpr std::size_t kMaxEmbeddingBytes = 64u << 20;

std::size_t batchSizeOf(Protocol protocol)
{
    return protocol == Protocol::Gemini ? 100 : 256; // Gemini takes no more; others take at least so many
}

void readVector(JsonReader& json, std::vector<float>& vector)
{
    json.elements([&] {
        const std::optional<double> value = readNumberOrSkip(json);
        vector.push_back(static_cast<float>(value.value_or(std::nan(""))));
    });
}

struct EmbeddingsAnswer
{
    EmbeddingsBatch batch;
    std::vector<std::int64_t> indices;
    std::optional<ServerError> error;
    bool found = false;
};

void readVectors(JsonReader& json, EmbeddingsAnswer& answer)
{
    answer.found = json.peek() == '[';
    json.elements([&] {
        std::optional<std::int64_t> index;
        std::vector<float> vector;
        json.members([&](std::string_view key) {
            if (key == "index")
                index = readCount(json);
            else if (key == "embedding" || key == "values")
                readVector(json, vector);
            else
                json.skip();
        });
        answer.indices.push_back(index.value_or(static_cast<std::int64_t>(answer.indices.size())));
        answer.batch.vectors.push_back(std::move(vector));
    });
}

void readMembers(JsonReader& json, EmbeddingsAnswer& answer)
{
    json.members([&](std::string_view key) {
        if (key == "data" || key == "embeddings") {
            readVectors(json, answer);
        } else if (key == "usage" || key == "usageMetadata") {
            json.members([&](std::string_view inner) {
                if (inner == "prompt_tokens" || inner == "promptTokenCount")
                    answer.batch.usage.input = readCount(json);
                else
                    json.skip();
            });
        } else if (key == "error" && json.peek() != 'n') {
            answer.error = readServerError(json);
        } else {
            json.skip();
        }
    });
}

/// By index, not by arrival. False if an index is missing or there twice.
bool sortByIndex(EmbeddingsAnswer& answer)
{
    std::vector<std::vector<float>> sorted(answer.batch.vectors.size());
    std::vector<bool> seen(sorted.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const auto at = static_cast<std::size_t>(answer.indices[i]);
        if (at >= sorted.size() || seen[at])
            return false;
        seen[at] = true;
        sorted[at] = std::move(answer.batch.vectors[i]);
    }
    answer.batch.vectors = std::move(sorted);
    return true;
}

std::string geminiName(const std::string& name)
{
    return name.find('/') == std::string::npos ? "models/" + name : name;
}

std::string bodyOf(const EmbeddingsRequest& request, std::size_t from, std::size_t count)
{
    JsonWriter body;
    body.beginObject();
    if (request.protocol == Protocol::Gemini) {
        body.key("requests").beginArray();
        for (std::size_t i = from; i < from + count; ++i) {
            body.beginObject().key("model").text(geminiName(request.modelName));
            body.key("content").beginObject().key("parts").beginArray().beginObject();
            body.key("text").text(request.texts[i]).endObject().endArray().endObject();
            if (request.dimensions > 0)
                body.key("outputDimensionality").integer(std::int64_t{request.dimensions});
            body.endObject();
        }
        return body.endArray().endObject().take();
    }
    body.key("model").text(request.modelName).key("input").beginArray();
    for (std::size_t i = from; i < from + count; ++i)
        body.text(request.texts[i]);
    body.endArray().key("encoding_format").text("float");
    if (request.dimensions > 0)
        body.key("dimensions").integer(std::int64_t{request.dimensions});
    return body.endObject().take();
}

class EmbeddingsRun final : public EmbeddingsCall, public std::enable_shared_from_this<EmbeddingsRun>
{
public:
    EmbeddingsRun(Transport& transport, SecretSource& secrets, EmbeddingsRequest request,
                  std::function<void(EmbeddingsResult)> done)
        : m_transport(transport), m_secrets(secrets), m_request(std::move(request)), m_done(std::move(done)),
          m_startedAt(now())
    {
        m_result.usage = {0, std::nullopt, 0, std::nullopt}; // a vector is no output that is charged
    }
    ~EmbeddingsRun() override { m_transport.cancelTimer(m_timer); }

    EmbeddingsResult cancel() override
    {
        m_transport.cancelTimer(std::exchange(m_timer, 0));
        m_done = nullptr;
        if (m_call) {
            JsonOutcome outcome = m_call->cancel();
            m_call.reset();
            take(outcome);
        }
        m_result.errorKind = error_kind::cancelled;
        m_result.message = "It was cancelled.";
        m_result.vectors.clear();
        m_result.latencyMs = msBetween(m_startedAt, now());
        return std::move(m_result);
    }

    void begin()
    {
        if (m_request.protocol == Protocol::AnthropicMessages)
            return finishSoon(error_kind::badRequest, "This protocol has no embeddings.");
        if (m_request.texts.empty())
            return finishSoon({}, {});
        ask();
    }

private:
    void finishSoon(const std::string& kind, const std::string& message)
    {
        m_timer = m_transport.after(0, [this, kind, message] {
            m_timer = 0;
            finish(kind, message);
        });
    }

    void ask()
    {
        const std::size_t from = m_result.vectors.size();
        const std::size_t count = std::min(batchSizeOf(m_request.protocol), m_request.texts.size() - from);
        JsonQuestion question;
        question.http.url = m_request.baseUrl + (m_request.protocol == Protocol::Gemini
                                                     ? modelPath(m_request.modelName) + ":batchEmbedContents"
                                                     : std::string("/embeddings"));
        question.http.headers = plainHeadersOf(m_request.protocol);
        question.http.headers.emplace_back("Content-Type: application/json");
        question.http.body = bodyOf(m_request, from, count);
        question.http.maxResponseBytes = kMaxEmbeddingBytes;
        question.key = m_request.key;
        question.keyHeader = keyHeaderOf(m_request.protocol);
        question.deadlineMs = m_request.deadlineMs;
        question.maxAttempts = m_request.maxAttempts;
        question.jitterSeed = m_request.jitterSeed;
        question.requestIdPrefix = m_request.requestIdPrefix;
        question.firstRequestId = m_request.firstRequestId + static_cast<int>(m_result.attempts.size());
        question.onAttempt = m_request.onAttempt;
        m_call = JsonCall::start(
            m_transport, m_secrets, std::move(question),
            [this, count](std::string_view body) -> Result<> {
                Result<EmbeddingsBatch> batch = readEmbeddings(body, count);
                if (!batch)
                    return tl::unexpected(batch.error());
                m_batch = std::move(*batch);
                return {};
            },
            [this](JsonOutcome outcome) { onBatch(std::move(outcome)); });
    }

    void take(JsonOutcome& outcome)
    {
        for (ChatAttempt& attempt : outcome.attempts) {
            m_result.simulated = m_result.simulated || attempt.simulated;
            m_result.attempts.push_back(std::move(attempt));
        }
    }

    void onBatch(JsonOutcome outcome)
    {
        const std::shared_ptr<EmbeddingsRun> self = shared_from_this();
        take(outcome);
        if (!outcome.ok)
            return finish(outcome.errorKind, outcome.message);
        m_result.attempts.back().usage = m_batch.usage;
        if (m_result.usage.input && m_batch.usage.input)
            *m_result.usage.input += *m_batch.usage.input;
        else
            m_result.usage.input.reset();
        for (std::vector<float>& vector : m_batch.vectors)
            m_result.vectors.push_back(std::move(vector));
        if (m_result.vectors.back().size() != m_result.vectors.front().size())
            return finish(error_kind::garbage, "The vectors differ in size from batch to batch.");
        if (m_result.vectors.size() < m_request.texts.size())
            return ask();
        finish({}, {});
    }

    void finish(std::string kind, std::string message)
    {
        const std::shared_ptr<EmbeddingsRun> self = shared_from_this();
        m_result.ok = kind.empty();
        m_result.errorKind = std::move(kind);
        m_result.message = std::move(message);
        if (!m_result.ok)
            m_result.vectors.clear();
        m_result.latencyMs = msBetween(m_startedAt, now());
        const auto done = std::move(m_done);
        if (done)
            done(std::move(m_result));
    }

    Transport& m_transport;
    SecretSource& m_secrets;
    EmbeddingsRequest m_request;
    std::function<void(EmbeddingsResult)> m_done;
    SteadyTime m_startedAt;
    EmbeddingsBatch m_batch;
    EmbeddingsResult m_result;
    TimerId m_timer = 0;
    std::shared_ptr<JsonCall> m_call;
};

} // namespace

Result<EmbeddingsBatch> readEmbeddings(std::string_view text, std::size_t count)
{
    JsonReader json(text);
    EmbeddingsAnswer answer;
    readMembers(json, answer);
    if (!json.finished())
        return fail(error_kind::garbage, "The answer has a part that is not JSON.");
    if (answer.error) {
        ChatProgress progress;
        reportError(*answer.error, progress);
        return fail(progress.errorKind, progress.message);
    }
    std::vector<std::vector<float>>& vectors = answer.batch.vectors;
    if (!answer.found)
        return fail(error_kind::garbage, "The answer is JSON, but has no embeddings.");
    if (vectors.size() != count)
        return fail(error_kind::garbage, "The answer has " + std::to_string(vectors.size()) +
                                             " vectors for " + std::to_string(count) + " texts.");
    if (!sortByIndex(answer))
        return fail(error_kind::garbage, "The answer's vectors do not say which texts they are of.");
    for (const std::vector<float>& vector : vectors) {
        const bool finite =
            std::all_of(vector.begin(), vector.end(), [](float value) { return std::isfinite(value); });
        if (vector.empty() || vector.size() != vectors.front().size() || !finite)
            return fail(error_kind::garbage, "The vectors are empty, differ in size or are not numbers.");
    }
    answer.batch.usage.output = 0;
    return std::move(answer.batch);
}

std::shared_ptr<EmbeddingsCall> EmbeddingsCall::start(Transport& transport, SecretSource& secrets,
                                                      EmbeddingsRequest request,
                                                      std::function<void(EmbeddingsResult)> done)
{
    auto run = std::make_shared<EmbeddingsRun>(transport, secrets, std::move(request), std::move(done));
    run->begin();
    return run;
}

} // namespace signalbox
