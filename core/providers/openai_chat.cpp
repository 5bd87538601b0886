// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai_chat.h"

#include "base/json_text.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "providers/errors.h"
#include "providers/json_reader.h"

#include <algorithm>
#include <cmath>

namespace signalbox {

namespace {

constexpr double kMaxBelievableTokens = 1e9; ///< far beyond any context: more is a server's mistake

struct ServerError
{
    std::string message;
    std::string type;
    std::string code; ///< as text; servers send a string, a number or null
};

std::optional<std::int64_t> readCount(JsonReader& json)
{
    double value = -1;
    if (json.peek() != '0') {
        json.skip();
        return std::nullopt;
    }
    if (!json.readNumber(value) || value < 0 || value > kMaxBelievableTokens || value != std::floor(value))
        return std::nullopt;
    return static_cast<std::int64_t>(value);
}

void readStringOrSkip(JsonReader& json, std::string& out)
{
    if (json.peek() == '"')
        json.appendString(out);
    else
        json.skip();
}

/// One count inside a details object.
std::optional<std::int64_t> readDetail(JsonReader& json, std::string_view wanted)
{
    std::optional<std::int64_t> count;
    if (json.peek() != '{') {
        json.skip();
        return count;
    }
    json.enterObject();
    std::string_view key;
    while (json.nextKey(key)) {
        if (key == wanted)
            count = readCount(json);
        else
            json.skip();
    }
    return count;
}

/// prompt_tokens counts cached tokens too, completion_tokens counts reasoning too; our classes are disjoint.
void readUsage(JsonReader& json, TokenUsage& usage)
{
    if (json.peek() != '{') {
        json.skip();
        return;
    }
    TokenUsage read;
    json.enterObject();
    std::string_view key;
    while (json.nextKey(key)) {
        if (key == "prompt_tokens")
            read.input = readCount(json);
        else if (key == "completion_tokens")
            read.output = readCount(json);
        else if (key == "prompt_tokens_details")
            read.cachedInput = readDetail(json, "cached_tokens");
        else if (key == "completion_tokens_details")
            read.reasoning = readDetail(json, "reasoning_tokens");
        else
            json.skip();
    }
    if (json.failed())
        return;
    if (read.input && read.cachedInput) {
        read.cachedInput = std::min(*read.cachedInput, *read.input);
        *read.input -= *read.cachedInput;
    }
    if (read.output && read.reasoning) {
        read.reasoning = std::min(*read.reasoning, *read.output);
        *read.output -= *read.reasoning;
    }
    usage = read;
}

ServerError readServerError(JsonReader& json)
{
    ServerError error;
    if (json.peek() != '{') {
        readStringOrSkip(json, error.message);
        return error;
    }
    json.enterObject();
    std::string_view key;
    while (json.nextKey(key)) {
        if (key == "message") {
            readStringOrSkip(json, error.message);
        } else if (key == "type") {
            readStringOrSkip(json, error.type);
        } else if (key == "code" && json.peek() == '0') {
            double number = 0;
            if (json.readNumber(number) && number >= 0 && number < 1e6)
                error.code = std::to_string(static_cast<int>(number));
        } else if (key == "code") {
            readStringOrSkip(json, error.code);
        } else {
            json.skip();
        }
    }
    return error;
}

/// The kind of a failure that is reported inside an answer whose status said 200.
std::string kindOf(const ServerError& error)
{
    if (error.code.size() == 3 && error.code[0] >= '4' && error.code[0] <= '5' &&
        error.code.find_first_not_of("0123456789") == std::string::npos)
        return errorKindOfStatus(std::stoi(error.code));
    const std::string text = toLowerAscii(error.code + ' ' + error.type);
    const auto says = [&text](std::string_view word) { return text.find(word) != std::string::npos; };
    if (says("rate_limit") || says("insufficient_quota"))
        return error_kind::rateLimited;
    if (says("authentication") || says("permission") || says("invalid_api_key"))
        return error_kind::unauthorized;
    if (says("not_found"))
        return error_kind::notFound;
    if (says("invalid_request") || says("bad_request") || says("badrequest") || says("context_length") ||
        says("content_filter"))
        return error_kind::badRequest;
    return error_kind::unavailable;
}

/// A message's content: text, null, or parts of which the texts count.
void readContent(JsonReader& json, std::string& text)
{
    if (json.peek() != '[') {
        readStringOrSkip(json, text);
        return;
    }
    json.enterArray();
    while (json.nextElement()) {
        if (json.peek() != '{') {
            json.skip();
            continue;
        }
        json.enterObject();
        std::string_view key;
        while (json.nextKey(key)) {
            if (key == "text")
                readStringOrSkip(json, text);
            else
                json.skip();
        }
    }
}

void readMessage(JsonReader& json, std::string& text)
{
    if (json.peek() != '{') {
        json.skip();
        return;
    }
    json.enterObject();
    std::string_view key;
    while (json.nextKey(key)) {
        if (key == "content")
            readContent(json, text);
        else if (key == "refusal") // the model's words when it declines a structured answer
            readStringOrSkip(json, text);
        else
            json.skip();
    }
}

void readChoice(JsonReader& json, ChatProgress& progress)
{
    if (json.peek() != '{') {
        json.skip();
        return;
    }
    json.enterObject();
    std::string_view key;
    while (json.nextKey(key)) {
        if (key == "delta" || key == "message") {
            readMessage(json, progress.text);
        } else if (key == "finish_reason" && json.peek() == '"') {
            progress.finishReason.clear();
            json.appendString(progress.finishReason);
        } else {
            json.skip();
        }
    }
}

/// A chunk and a whole answer have the same shape, but for delta and message.
void readObject(std::string_view text, ChatProgress& progress)
{
    JsonReader json(text);
    const std::size_t before = progress.text.size();
    std::optional<ServerError> error;
    bool choices = false;
    std::string_view key;
    json.enterObject();
    while (json.nextKey(key)) {
        if (key == "choices" && json.peek() == '[') {
            choices = true;
            json.enterArray();
            for (bool first = true; json.nextElement(); first = false) {
                if (first)
                    readChoice(json, progress);
                else
                    json.skip(); // one answer is asked for
            }
        } else if (key == "usage") {
            readUsage(json, progress.usage);
        } else if (key == "error" && json.peek() != 'n') {
            error = readServerError(json);
        } else {
            json.skip();
        }
    }
    if (!json.finished()) {
        progress.text.resize(std::min(before, progress.text.size()));
        progress.errorKind = error_kind::garbage;
        progress.message = "The answer has a part that is not JSON.";
    } else if (error) {
        progress.errorKind = kindOf(*error);
        progress.message = error->message.empty() ? "The server reported an error without saying which."
                                                  : "The server reported: " + error->message;
    } else if (choices) {
        progress.understood = true;
    }
}

std::string schemaName(std::string_view wanted)
{
    std::string name(wanted.substr(0, 64));
    for (char& c : name) {
        const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          c == '_' || c == '-';
        if (!fine)
            c = '_';
    }
    return name.empty() ? "answer" : name;
}

} // namespace

std::string OpenAiChat::url(const ChatRequest& request) const
{
    return request.baseUrl + "/chat/completions";
}

std::vector<std::string> OpenAiChat::headers(const ChatRequest& request, const std::string& key) const
{
    std::vector<std::string> headers;
    headers.reserve(3);
    headers.emplace_back("Content-Type: application/json");
    headers.emplace_back(request.stream ? "Accept: text/event-stream" : "Accept: application/json");
    if (!key.empty())
        headers.push_back("Authorization: Bearer " + key);
    return headers;
}

Result<std::string> OpenAiChat::body(const ChatRequest& request) const
{
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
        body += ",\"max_tokens\":" + std::to_string(request.maxOutputTokens);
    if (request.temperature)
        body += ",\"temperature\":" + jsonNumber(*request.temperature);
    if (request.topP)
        body += ",\"top_p\":" + jsonNumber(*request.topP);
    if (!request.responseSchemaJson.empty()) {
        JsonReader schema(request.responseSchemaJson);
        if (schema.peek() != '{' || !schema.skip() || !schema.finished())
            return fail(error_kind::badRequest,
                        "The response schema is not a JSON object; mend it in the policy.");
        body += R"(,"response_format":{"type":"json_schema","json_schema":{"name":)";
        appendJsonString(body, schemaName(request.responseSchemaName));
        body += ",\"schema\":";
        body += request.responseSchemaJson;
        body += "}}";
    }
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
        progress.errorKind = error_kind::garbage;
        progress.message = "The answer is JSON, but not a chat completion.";
    }
}

std::string OpenAiChat::readError(std::string_view body) const
{
    JsonReader json(body);
    if (json.peek() != '{')
        return {};
    std::string message;
    std::string plain; // some servers put it at the top: {"message": …} or {"detail": …}
    json.enterObject();
    std::string_view key;
    while (json.nextKey(key)) {
        if (key == "error")
            message = readServerError(json).message;
        else if ((key == "message" || key == "detail") && json.peek() == '"' && plain.empty())
            json.appendString(plain);
        else
            json.skip();
    }
    return message.empty() ? plain : message;
}

const ChatProtocol& chatProtocol(Protocol protocol)
{
    static const OpenAiChat openAi;
    switch (protocol) {
    case Protocol::OpenAiChat:
    case Protocol::OpenAiResponses: // these are refused before a run: see mayRun()
    case Protocol::AnthropicMessages:
    case Protocol::Gemini:
        break;
    }
    return openAi;
}

} // namespace signalbox
