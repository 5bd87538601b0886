// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/protocol_parts.h"

#include "base/text.h"
#include "providers/errors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace signalbox {

namespace {

constexpr double kMaxBelievableTokens = 1e9; ///< far beyond any context: more is a server's mistake
constexpr std::size_t kMaxToolCalls = 256;

/// Nobody can be asked on this account until somebody pays.
bool hasNothingLeft(const ServerError& error)
{
    const std::string text = toLowerAscii(error.code + ' ' + error.type);
    return text.find("insufficient_quota") != std::string::npos || text.find("billing") != std::string::npos;
}

/// Of google.rpc.RetryInfo: {"retryDelay": "34.1s"} among the details of an error.
void readRetryInfo(JsonReader& json, ServerError& error)
{
    json.elements([&] {
        json.members([&](std::string_view key) {
            if (key != "retryDelay") {
                json.skip();
                return;
            }
            setStringOrSkip(json, error.retryAfter);
            if (error.retryAfter.ends_with('s'))
                error.retryAfter.pop_back();
        });
    });
}

/// The kind of a failure that is reported inside an answer whose status said 200.
std::string kindOfError(const ServerError& error)
{
    if (error.code.size() == 3 && error.code[0] >= '4' && error.code[0] <= '5' &&
        error.code.find_first_not_of("0123456789") == std::string::npos)
        return errorKindOfStatus(std::stoi(error.code));
    if (hasNothingLeft(error))
        return error_kind::unauthorized;
    const std::string text = toLowerAscii(error.code + ' ' + error.type);
    const auto says = [&text](std::string_view word) { return text.find(word) != std::string::npos; };
    if (says("rate_limit") || says("ratelimit") || says("resource_exhausted"))
        return error_kind::rateLimited;
    if (says("authentication") || says("unauthenticated") || says("permission") || says("invalid_api_key"))
        return error_kind::unauthorized;
    if (says("not_found") || says("notfound"))
        return error_kind::notFound;
    if (says("invalid_") || says("bad_request") || says("badrequest") || says("context_length") ||
        says("content_filter") || says("too_large"))
        return error_kind::badRequest;
    return error_kind::unavailable;
}

} // namespace

void readStringOrSkip(JsonReader& json, std::string& out)
{
    if (json.peek() == '"')
        json.appendString(out);
    else
        json.skip();
}

void setStringOrSkip(JsonReader& json, std::string& out)
{
    if (json.peek() == '"')
        out.clear();
    readStringOrSkip(json, out);
}

std::optional<std::int64_t> readCount(JsonReader& json)
{
    const std::optional<double> value = readNumberOrSkip(json);
    if (!value || *value < 0 || *value > kMaxBelievableTokens || *value != std::floor(*value))
        return std::nullopt;
    return static_cast<std::int64_t>(*value);
}

std::optional<double> readNumberOrSkip(JsonReader& json)
{
    if (json.peek() != '0') {
        json.skip();
        return std::nullopt;
    }
    double value = std::nan(""); // stays if the number is out of range
    if (!json.readNumber(value) || std::isnan(value))
        return std::nullopt;
    return value;
}

std::string readRaw(JsonReader& json)
{
    std::string_view text;
    return json.rawValue(text) ? toValidUtf8(text) : std::string();
}

void readInputDetails(JsonReader& json, TokenUsage& usage)
{
    json.members([&](std::string_view key) {
        if (key == "cached_tokens")
            usage.cachedInput = readCount(json);
        else if (key == "cache_write_tokens" || key == "cache_creation_tokens") // OpenRouter's word, LiteLLM's
            usage.cacheWrite = readCount(json);
        else
            json.skip();
    });
}

void readOutputDetails(JsonReader& json, TokenUsage& usage)
{
    json.members([&](std::string_view key) {
        if (key == "reasoning_tokens")
            usage.reasoning = readCount(json);
        else
            json.skip();
    });
}

void takeApart(TokenUsage& usage)
{
    const auto takeFrom = [](std::optional<std::int64_t>& whole, std::optional<std::int64_t>& part) {
        if (!whole || !part)
            return;
        part = std::min(*part, *whole);
        *whole -= *part;
    };
    takeFrom(usage.input, usage.cachedInput);
    takeFrom(usage.input, usage.cacheWrite);
    takeFrom(usage.output, usage.reasoning);
}

bool readErrorMember(JsonReader& json, std::string_view key, ServerError& error)
{
    if (key == "message") {
        setStringOrSkip(json, error.message);
    } else if (key == "type" || key == "status") { // Google's word for the type is status
        setStringOrSkip(json, error.type);
    } else if (key == "code") {
        if (json.peek() != '0') {
            setStringOrSkip(json, error.code);
        } else if (const std::optional<std::int64_t> code = readCount(json); code) {
            error.code = std::to_string(*code);
        }
    } else if (key == "details" && json.peek() == '[') {
        readRetryInfo(json, error);
    } else {
        return false;
    }
    return true;
}

ServerError readServerError(JsonReader& json)
{
    ServerError error;
    if (json.peek() != '{') {
        readStringOrSkip(json, error.message);
        return error;
    }
    json.members([&](std::string_view key) {
        if (!readErrorMember(json, key, error))
            json.skip();
    });
    return error;
}

void reportError(const ServerError& error, ChatProgress& progress)
{
    progress.errorKind = kindOfError(error);
    progress.message = error.message.empty() ? "The server reported an error without saying which."
                                             : "The server reported: " + error.message;
}

void reportGarbage(std::string message, ChatProgress& progress)
{
    progress.errorKind = error_kind::garbage;
    progress.message = std::move(message);
}

ServerError readErrorBody(std::string_view body)
{
    JsonReader json(body);
    ServerError error;
    std::string plain; // some servers put it at the top: {"message": …} or {"detail": …}
    const auto readTop = [&](std::string_view key) {
        if (key == "error") {
            error = readServerError(json);
        } else if ((key == "message" || key == "detail") && json.peek() == '"' && plain.empty()) {
            json.appendString(plain);
        } else if (key == "detail") { // FastAPI's list of what did not fit
            json.elements([&] {
                json.members([&](std::string_view inner) {
                    if (inner == "msg" && plain.empty())
                        readStringOrSkip(json, plain);
                    else
                        json.skip();
                });
            });
        } else {
            json.skip();
        }
    };
    if (json.peek() == '[')
        json.elements([&] { json.members(readTop); }); // Gemini wraps an error of a stream into a list
    else
        json.members(readTop);
    if (error.message.empty())
        error.message = std::move(plain);
    return error;
}

std::string kindOfFailure(int status, const ServerError& error)
{
    const bool ours = status == 400 || status == 429;
    return ours && hasNothingLeft(error) ? error_kind::unauthorized : errorKindOfStatus(status);
}

std::string finishReasonOf(std::string_view word)
{
    struct Meaning
    {
        std::string_view word;
        std::string_view reason;
    };
    static constexpr std::array<Meaning, 29> kMeanings{{
        {"stop", "stop"},
        {"end_turn", "stop"},
        {"stop_sequence", "stop"},
        {"completed", "stop"},
        {"eos", "stop"},
        {"eos_token", "stop"},
        {"length", "length"},
        {"max_tokens", "length"},
        {"max_output_tokens", "length"},
        {"model_length", "length"},
        {"model_context_window_exceeded", "length"},
        {"tool_calls", "tool_calls"},
        {"tool_use", "tool_calls"},
        {"function_call", "tool_calls"},
        {"content_filter", "content_filter"},
        {"refusal", "content_filter"},
        {"content_filtered", "content_filter"},
        {"guardrail_intervened", "content_filter"},
        {"safety", "content_filter"},
        {"recitation", "content_filter"},
        {"blocklist", "content_filter"},
        {"prohibited_content", "content_filter"},
        {"spii", "content_filter"},
        {"language", "content_filter"},
        {"image_safety", "content_filter"},
        {"image_prohibited_content", "content_filter"},
        {"image_recitation", "content_filter"},
        {"jailbreak", "content_filter"},
        {"model_armor", "content_filter"},
    }};
    const std::string lower = toLowerAscii(word);
    const auto* found =
        std::find_if(kMeanings.begin(), kMeanings.end(), [&](const Meaning& m) { return m.word == lower; });
    return std::string(found != kMeanings.end() ? found->reason : "other");
}

ToolCall& newToolCall(ChatProgress& progress, std::int64_t key)
{
    if (progress.toolCalls.size() >= kMaxToolCalls) {
        reportGarbage("The answer calls more than " + std::to_string(kMaxToolCalls) + " tools.", progress);
        return progress.toolCalls.back();
    }
    progress.toolKeys.push_back(key);
    return progress.toolCalls.emplace_back();
}

ToolCall& toolCallOf(ChatProgress& progress, std::int64_t key)
{
    // From the end: a server that gives several calls one number goes on with the newest.
    for (std::size_t i = progress.toolKeys.size(); i > 0; --i) {
        if (progress.toolKeys[i - 1] == key)
            return progress.toolCalls[i - 1];
    }
    return newToolCall(progress, key);
}

void addLogProbability(ChatProgress& progress, double value)
{
    if (!std::isfinite(value) || value > 0)
        return;
    progress.logProbabilitySum += value;
    progress.meanLogProbability =
        progress.logProbabilitySum / static_cast<double>(++progress.logProbabilityTokens);
}

std::string plainName(std::string_view wanted, std::string_view otherwise)
{
    std::string name(wanted.substr(0, 64));
    for (char& c : name) {
        const bool fine =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '-';
        if (!fine)
            c = '_';
    }
    return name.empty() ? std::string(otherwise) : name;
}

Result<> checkSchemas(const ChatRequest& request)
{
    const auto isObject = [](std::string_view text) {
        JsonReader schema(text);
        return schema.peek() == '{' && schema.skip() && schema.finished();
    };
    if (!request.responseSchemaJson.empty() && !isObject(request.responseSchemaJson))
        return fail(error_kind::badRequest,
                    "The response schema is not a JSON object; mend it in the policy.");
    std::set<std::string_view> names;
    for (const ToolSpec& tool : request.tools) {
        if (tool.name.empty() || plainName(tool.name, {}) != tool.name)
            return fail(error_kind::badRequest, "The tool \"" + tool.name +
                                                    "\" needs a name of at most 64 letters, digits, '_' and "
                                                    "'-'.");
        if (!names.insert(tool.name).second)
            return fail(error_kind::badRequest, "There are two tools \"" + tool.name + "\".");
        if (!isObject(parametersOf(tool)))
            return fail(error_kind::badRequest,
                        "The parameters of the tool \"" + tool.name + "\" are not a JSON Schema object.");
    }
    return {};
}

std::string_view parametersOf(const ToolSpec& tool)
{
    return tool.parametersJson.empty() ? R"({"type":"object","properties":{}})"
                                       : std::string_view(tool.parametersJson);
}

std::string systemPromptOf(const std::vector<Message>& messages)
{
    std::string prompt;
    for (const Message& message : messages) {
        if (message.role != "system" || message.content.empty())
            continue;
        if (!prompt.empty())
            prompt += "\n\n";
        prompt += message.content;
    }
    return prompt;
}

std::string percentEncoded(std::string_view text, std::string_view alsoPlain)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '-' ||
                           c == '_' || c == '.' || c == '~' || alsoPlain.find(c) != std::string_view::npos;
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += kHex[static_cast<unsigned char>(c) >> 4];
            out += kHex[static_cast<unsigned char>(c) & 15];
        }
    }
    return out;
}

std::string modelPath(std::string_view name)
{
    const bool whole = name.find('/') != std::string_view::npos;
    return (whole ? "/" : "/models/") + percentEncoded(name, "/@");
}

std::vector<std::string> jsonHeaders(bool stream, std::string_view keyHeader, const std::string& key)
{
    std::vector<std::string> headers;
    headers.reserve(4);
    headers.emplace_back("Content-Type: application/json");
    headers.emplace_back(stream ? "Accept: text/event-stream" : "Accept: application/json");
    if (!key.empty())
        headers.push_back(std::string(keyHeader) + key);
    return headers;
}

} // namespace signalbox
