// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/gemini.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "providers/errors.h"
#include "providers/protocol_parts.h"

#include <algorithm>

namespace signalbox {

namespace {

struct GeminiUsage
{
    std::optional<std::int64_t> prompt; ///< cached content included
    std::optional<std::int64_t> cached;
    std::optional<std::int64_t> toolPrompt; ///< beside the prompt
    std::optional<std::int64_t> candidates; ///< without thoughts
    std::optional<std::int64_t> thoughts;
    std::optional<std::int64_t> total;
};

void readGeminiUsage(JsonReader& json, TokenUsage& usage)
{
    GeminiUsage read;
    json.members([&](std::string_view key) {
        if (key == "promptTokenCount")
            read.prompt = readCount(json);
        else if (key == "cachedContentTokenCount")
            read.cached = readCount(json);
        else if (key == "toolUsePromptTokenCount")
            read.toolPrompt = readCount(json);
        else if (key == "candidatesTokenCount")
            read.candidates = readCount(json);
        else if (key == "thoughtsTokenCount")
            read.thoughts = readCount(json);
        else if (key == "totalTokenCount")
            read.total = readCount(json);
        else
            json.skip();
    });
    if (json.failed() || !read.prompt)
        return;
    // Counts of zero are left out: what the total does not account for is the answer's.
    if (!read.candidates && read.total)
        read.candidates =
            *read.total - *read.prompt - read.toolPrompt.value_or(0) - read.thoughts.value_or(0);
    if (read.candidates && *read.candidates < 0)
        read.candidates.reset();
    TokenUsage split;
    split.input = read.prompt;
    split.cachedInput = read.cached;
    takeApart(split);
    *split.input += read.toolPrompt.value_or(0);
    split.output = read.candidates;
    split.reasoning = read.thoughts;
    usage = split;
}

void readPart(JsonReader& json, ChatProgress& progress)
{
    std::string text;
    bool thought = false;
    std::optional<ToolCall> call;
    json.members([&](std::string_view key) {
        if (key == "text") {
            setStringOrSkip(json, text);
        } else if (key == "thought") {
            thought = json.peek() == 't';
            json.skip();
        } else if (key == "functionCall" && json.peek() == '{') {
            call.emplace();
            json.members([&](std::string_view inner) {
                if (inner == "name")
                    setStringOrSkip(json, call->name);
                else if (inner == "id")
                    setStringOrSkip(json, call->id);
                else if (inner == "args" && json.peek() == '{')
                    call->argumentsJson = readRaw(json);
                else
                    json.skip();
            });
        } else {
            json.skip();
        }
    });
    if (json.failed())
        return;
    if (thought)
        progress.thoughtBytes += text.size();
    else
        progress.text += text;
    if (call) // they come whole
        newToolCall(progress, static_cast<std::int64_t>(progress.toolCalls.size())) = std::move(*call);
}

struct GeminiChunk
{
    bool known = false;
    std::string finishReason;
    std::optional<double> averageLogProbability;
    std::optional<ServerError> error;
};

void readCandidate(JsonReader& json, GeminiChunk& chunk, ChatProgress& progress)
{
    json.members([&](std::string_view key) {
        if (key == "content") {
            json.members([&](std::string_view inner) {
                if (inner == "parts")
                    json.elements([&] { readPart(json, progress); });
                else
                    json.skip();
            });
        } else if (key == "finishReason") {
            setStringOrSkip(json, chunk.finishReason);
        } else if (key == "avgLogprobs") {
            chunk.averageLogProbability = readNumberOrSkip(json);
        } else if (key == "logprobsResult") {
            json.members([&](std::string_view inner) {
                if (inner != "chosenCandidates") {
                    json.skip();
                    return;
                }
                json.elements([&] {
                    json.members([&](std::string_view token) {
                        if (token != "logProbability")
                            json.skip();
                        else if (const std::optional<double> value = readNumberOrSkip(json); value)
                            addLogProbability(progress, *value);
                    });
                });
            });
        } else {
            json.skip();
        }
    });
}

void readChunk(JsonReader& json, GeminiChunk& chunk, ChatProgress& progress)
{
    json.members([&](std::string_view key) {
        if (key == "candidates" && json.peek() == '[') {
            chunk.known = true;
            bool first = true;
            json.elements([&] {
                if (first)
                    readCandidate(json, chunk, progress);
                else
                    json.skip(); // one answer is asked for
                first = false;
            });
        } else if (key == "usageMetadata") {
            chunk.known = true;
            readGeminiUsage(json, progress.usage);
        } else if (key == "promptFeedback") {
            json.members([&](std::string_view inner) {
                if (inner == "blockReason" && json.peek() == '"') {
                    chunk.known = true;
                    chunk.finishReason = "SAFETY";
                }
                json.skip();
            });
        } else if (key == "error" && json.peek() != 'n') {
            chunk.error = readServerError(json);
        } else {
            json.skip();
        }
    });
}

/// A chunk, a whole answer, or a list of chunks (what comes where alt=sse is not understood).
void readChunks(std::string_view text, ChatProgress& progress)
{
    JsonReader json(text);
    const std::size_t before = progress.text.size();
    GeminiChunk chunk;
    if (json.peek() == '[')
        json.elements([&] { readChunk(json, chunk, progress); });
    else
        readChunk(json, chunk, progress);
    if (!json.finished()) {
        progress.text.resize(std::min(before, progress.text.size()));
        return reportGarbage("The answer has a part that is not JSON.", progress);
    }
    if (chunk.error)
        return reportError(*chunk.error, progress);
    progress.understood = progress.understood || chunk.known;
    if (!chunk.finishReason.empty() && chunk.finishReason != "FINISH_REASON_UNSPECIFIED") {
        progress.finishReason = finishReasonOf(chunk.finishReason);
        // Not the end yet: some versions say STOP in every chunk.
        progress.mayEnd = true;
        if (chunk.averageLogProbability && progress.logProbabilityTokens == 0 &&
            *chunk.averageLogProbability <= 0)
            progress.meanLogProbability = chunk.averageLogProbability;
    }
}

void writeParts(JsonWriter& body, std::string_view text)
{
    body.key("parts").beginArray().beginObject().key("text").text(text).endObject().endArray();
}

} // namespace

std::string Gemini::url(const ChatRequest& request) const
{
    return request.baseUrl + modelPath(request.modelName) +
           (request.stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
}

std::vector<std::string> Gemini::headers(const ChatRequest& request, const std::string& key) const
{
    return jsonHeaders(request.stream, "x-goog-api-key: ", key);
}

Result<std::string> Gemini::body(const ChatRequest& request) const
{
    if (const Result<> fine = checkSchemas(request); !fine)
        return tl::unexpected(fine.error());
    JsonWriter body;
    body.beginObject();
    // Most models of this protocol refuse a schema of the answer beside tools: there it is asked for in words.
    const bool schemaInWords = !request.responseSchemaJson.empty() && !request.tools.empty();
    std::string system = systemPromptOf(request.messages);
    if (schemaInWords)
        system += (system.empty() ? "" : "\n\n") +
                  ("When you answer without calling a function, answer with JSON alone, as this JSON Schema has it: " +
                   request.responseSchemaJson);
    if (!system.empty()) {
        body.key("systemInstruction").beginObject();
        writeParts(body, system);
        body.endObject();
    }
    body.key("contents").beginArray();
    bool said = false;
    for (const Message& message : request.messages) {
        if (message.role == "system" || message.content.empty())
            continue;
        said = true;
        body.beginObject().key("role").text(message.role == "assistant" ? "model" : "user");
        writeParts(body, message.content);
        body.endObject();
    }
    body.endArray();
    if (!said)
        return fail(error_kind::badRequest, "This protocol needs a message besides the system prompt.");
    if (!request.tools.empty()) {
        body.key("tools").beginArray().beginObject().key("functionDeclarations").beginArray();
        for (const ToolSpec& tool : request.tools) {
            body.beginObject().key("name").text(tool.name);
            if (!tool.description.empty())
                body.key("description").text(tool.description);
            if (!tool.parametersJson.empty())
                body.key("parametersJsonSchema").json(tool.parametersJson);
            body.endObject();
        }
        body.endArray().endObject().endArray();
    }
    body.key("generationConfig").beginObject();
    if (request.maxOutputTokens > 0)
        body.key("maxOutputTokens").integer(std::int64_t{request.maxOutputTokens});
    if (request.temperature)
        body.key("temperature").number(*request.temperature);
    if (request.topP)
        body.key("topP").number(*request.topP);
    if (!request.responseSchemaJson.empty() && !schemaInWords) {
        body.key("responseMimeType").text("application/json");
        body.key("responseJsonSchema").json(request.responseSchemaJson);
    }
    if (request.logProbabilities)
        body.key("responseLogprobs").boolean(true);
    return body.endObject().endObject().take();
}

void Gemini::readEvent(std::string_view data, ChatProgress& progress) const
{
    if (trimmed(data) == "[DONE]") // a proxy's: the protocol has no such word
        progress.ended = progress.mayEnd;
    else
        readChunks(data, progress);
}

void Gemini::readAnswer(std::string_view json, ChatProgress& progress) const
{
    readChunks(json, progress);
    if (!progress.errorKind.empty())
        return;
    progress.ended = progress.understood;
    if (!progress.understood)
        reportGarbage("The answer is JSON, but not generated content.", progress);
}

} // namespace signalbox
