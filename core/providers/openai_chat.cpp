// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai_chat.h"

#include "base/json_text.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "providers/errors.h"
#include "providers/protocol_parts.h"

#include <algorithm>

namespace signalbox {

namespace {

/// Some servers count reasoning beside the completion: then their total says so. A total that is more than its parts
/// leaves it unknown what the rest was.
void trustTotal(TokenUsage& read, const std::optional<std::int64_t>& total)
{
    if (!total || !read.input || !read.output || *total <= *read.input + *read.output)
        return;
    if (read.reasoning && *total == *read.input + *read.output + *read.reasoning)
        *read.output += *read.reasoning;
    else
        read.output.reset();
}

/// prompt_tokens counts cached tokens too, completion_tokens counts reasoning too.
void readUsage(JsonReader& json, TokenUsage& usage)
{
    if (json.peek() != '{') {
        json.skip(); // null in every chunk but the last
        return;
    }
    TokenUsage read;
    std::optional<std::int64_t> total;
    json.members([&](std::string_view key) {
        if (key == "prompt_tokens")
            read.input = readCount(json);
        else if (key == "completion_tokens")
            read.output = readCount(json);
        else if (key == "total_tokens")
            total = readCount(json);
        else if (key == "prompt_tokens_details")
            readInputDetails(json, read);
        else if (key == "completion_tokens_details")
            readOutputDetails(json, read);
        else if (key == "prompt_cache_hit_tokens" && !read.cachedInput) // DeepSeek's word
            read.cachedInput = readCount(json);
        else if (key == "cache_creation_input_tokens" && !read.cacheWrite) // as LiteLLM hands it on
            read.cacheWrite = readCount(json);
        else
            json.skip();
    });
    const bool nothing = read.input.value_or(0) == 0 && read.output.value_or(0) == 0;
    if (json.failed() || (nothing && usage.known())) // "usage": {} in the chunk after the one that had it
        return;
    trustTotal(read, total);
    takeApart(read);
    usage = read;
}

/// A message's content: text, null, or parts of which the texts count.
void readContent(JsonReader& json, std::string& text)
{
    if (json.peek() != '[') {
        readStringOrSkip(json, text);
        return;
    }
    json.elements([&] {
        json.members([&](std::string_view key) {
            if (key == "text")
                readStringOrSkip(json, text);
            else
                json.skip();
        });
    });
}

/// One call, or a piece of one. OpenAI numbers calls with `index`; Ollama gives several the same number, and
/// others give none: there an id of its own, or a second name, begins a new call.
void readToolCall(JsonReader& json, ChatProgress& progress)
{
    std::optional<std::int64_t> index;
    ToolCall piece;
    json.members([&](std::string_view key) {
        if (key == "index") {
            index = readCount(json);
        } else if (key == "id") {
            setStringOrSkip(json, piece.id);
        } else if (key == "function") {
            json.members([&](std::string_view inner) {
                if (inner == "name")
                    setStringOrSkip(json, piece.name);
                else if (inner == "arguments" && json.peek() == '{')
                    piece.argumentsJson = readRaw(json); // an object where the text of one is due
                else if (inner == "arguments")
                    readStringOrSkip(json, piece.argumentsJson);
                else
                    json.skip();
            });
        } else {
            json.skip();
        }
    });
    if (json.failed())
        return;
    const std::int64_t key = index.value_or(-1);
    ToolCall* call = &toolCallOf(progress, key);
    const bool otherId = !piece.id.empty() && !call->id.empty() && piece.id != call->id;
    const bool otherName = !index && piece.id.empty() && !piece.name.empty() && !call->name.empty();
    if (otherId || otherName)
        call = &newToolCall(progress, key);
    if (call->id.empty())
        call->id = piece.id;
    if (call->name.empty())
        call->name = piece.name;
    call->argumentsJson += piece.argumentsJson;
}

/// What a model thinks aloud is not its answer; some servers say it under two names at once.
void readMessage(JsonReader& json, ChatProgress& progress)
{
    std::string thought;
    std::size_t thoughtBytes = 0;
    json.members([&](std::string_view key) {
        if (key == "content") {
            readContent(json, progress.text);
        } else if (key == "reasoning_content" || key == "reasoning" || key == "thinking") {
            setStringOrSkip(json, thought);
            thoughtBytes = std::max(thoughtBytes, thought.size());
        }
        else if (key == "refusal") // the model's words when it declines a structured answer
            readStringOrSkip(json, progress.text);
        else if (key == "tool_calls")
            json.elements([&] { readToolCall(json, progress); });
        else
            json.skip();
    });
    progress.thoughtBytes += thoughtBytes;
}

void readLogProbabilities(JsonReader& json, ChatProgress& progress)
{
    json.members([&](std::string_view key) {
        if (key != "content") {
            json.skip();
            return;
        }
        json.elements([&] {
            json.members([&](std::string_view inner) {
                if (inner != "logprob")
                    json.skip();
                else if (const std::optional<double> value = readNumberOrSkip(json); value)
                    addLogProbability(progress, *value);
            });
        });
    });
}

void readChoice(JsonReader& json, ChatProgress& progress, std::optional<ServerError>& error)
{
    json.members([&](std::string_view key) {
        if (key == "delta" || key == "message") {
            readMessage(json, progress);
        } else if (key == "finish_reason" && json.peek() == '"') {
            std::string reason;
            json.appendString(reason);
            if (reason == "error") { // OpenRouter's, when the model behind it failed
                error = error ? error : ServerError{};
            } else if (!reason.empty()) {
                progress.finishReason = finishReasonOf(reason);
            }
        } else if (key == "logprobs") {
            readLogProbabilities(json, progress);
        } else if (key == "usage") { // where Moonshot tells it
            readUsage(json, progress.usage);
        } else if (key == "error" && json.peek() != 'n') {
            error = readServerError(json);
        } else {
            json.skip();
        }
    });
}

/// A chunk and a whole answer have the same shape, but for delta and message. The id of a chunk is not looked
/// at: proxies give each chunk its own.
void readObject(std::string_view text, ChatProgress& progress)
{
    JsonReader json(text);
    const std::size_t before = progress.text.size();
    std::optional<ServerError> error;
    ServerError top; // vLLM's older shape: the object itself is the error
    std::string object;
    bool choices = false;
    if (json.peek() == '{') {
        json.members([&](std::string_view key) {
            if (key == "choices" && json.peek() == '[') {
                choices = true;
                bool first = true;
                json.elements([&] {
                    if (first)
                        readChoice(json, progress, error);
                    else
                        json.skip(); // one answer is asked for
                    first = false;
                });
            } else if (key == "usage") {
                readUsage(json, progress.usage);
            } else if (key == "x_groq") { // in streams
                json.members([&](std::string_view inner) {
                    if (inner == "usage")
                        readUsage(json, progress.usage);
                    else
                        json.skip();
                });
            } else if (key == "error" && json.peek() != 'n') {
                error = readServerError(json);
            } else if (key == "object") {
                setStringOrSkip(json, object);
            } else if (!readErrorMember(json, key, top)) {
                json.skip();
            }
        });
    } else {
        json.enterObject(); // fails
    }
    // Older builds of llama.cpp say in a stream what went wrong without a word around it: code, message, type.
    const bool bare = !choices && !top.message.empty() && (!top.code.empty() || !top.type.empty());
    if ((object == "error" || bare) && !error)
        error = top;
    if (!json.finished()) {
        progress.text.resize(std::min(before, progress.text.size()));
        reportGarbage("The answer has a part that is not JSON.", progress);
    } else if (error) {
        reportError(*error, progress);
    } else if (choices) {
        progress.understood = true;
    }
}

/// OpenAI's own reasoning models refuse max_tokens; everybody else knows no other name.
bool isOpenAiItself(std::string_view baseUrl)
{
    return baseUrl.starts_with("https://api.openai.com/") ||
           baseUrl.find(".api.openai.com/") != std::string_view::npos || // "eu." and other regions
           baseUrl.find(".openai.azure.com/") != std::string_view::npos;
}

} // namespace

std::string OpenAiChat::url(const ChatRequest& request) const
{
    return request.baseUrl + "/chat/completions";
}

std::vector<std::string> OpenAiChat::headers(const ChatRequest& request, const std::string& key) const
{
    return jsonHeaders(request.stream, "Authorization: Bearer ", key);
}

Result<std::string> OpenAiChat::body(const ChatRequest& request) const
{
    if (const Result<> fine = checkSchemas(request); !fine)
        return tl::unexpected(fine.error());
    std::size_t size = 256 + request.responseSchemaJson.size();
    for (const Message& message : request.messages)
        size += message.content.size() + message.content.size() / 16 + 48;
    std::string body;
    body.reserve(size);
    body += "{\"model\":";
    appendJsonString(body, request.modelName);
    body += ",\"messages\":[";
    for (const Message& message : request.messages) {
        if (&message != &request.messages.front())
            body += ',';
        body += "{\"role\":";
        appendJsonString(body, message.role);
        body += ",\"content\":";
        appendJsonString(body, message.content);
        body += '}';
    }
    body += ']';
    if (request.stream)
        body += ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";
    if (request.maxOutputTokens > 0)
        body += (isOpenAiItself(request.baseUrl) ? ",\"max_completion_tokens\":" : ",\"max_tokens\":") +
                std::to_string(request.maxOutputTokens);
    if (request.temperature)
        body += ",\"temperature\":" + jsonNumber(*request.temperature);
    if (request.topP)
        body += ",\"top_p\":" + jsonNumber(*request.topP);
    if (!request.responseSchemaJson.empty()) {
        body += R"(,"response_format":{"type":"json_schema","json_schema":{"name":)";
        appendJsonString(body, plainName(request.responseSchemaName, "answer"));
        body += ",\"schema\":";
        body += request.responseSchemaJson;
        body += "}}";
    }
    for (const ToolSpec& tool : request.tools) {
        body += &tool == &request.tools.front() ? ",\"tools\":[" : ",";
        body += R"({"type":"function","function":{"name":)";
        appendJsonString(body, tool.name);
        if (!tool.description.empty()) {
            body += ",\"description\":";
            appendJsonString(body, tool.description);
        }
        body += ",\"parameters\":";
        body += parametersOf(tool);
        body += "}}";
    }
    if (!request.tools.empty())
        body += ']';
    if (request.logProbabilities)
        body += ",\"logprobs\":true";
    body += '}';
    return body;
}

void OpenAiChat::readEvent(std::string_view data, ChatProgress& progress) const
{
    if (trimmed(data) == "[DONE]") {
        progress.understood = true;
        progress.ended = true;
    } else {
        readObject(data, progress);
    }
}

void OpenAiChat::readAnswer(std::string_view json, ChatProgress& progress) const
{
    readObject(json, progress);
    if (!progress.errorKind.empty())
        return;
    progress.ended = progress.understood;
    if (!progress.understood) {
        reportGarbage("The answer is JSON, but not a chat completion.", progress);
    }
}

} // namespace signalbox
