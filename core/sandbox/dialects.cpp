// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/dialects.h"

#include "base/json_writer.h"
#include "sandbox/dialect_writers.h"

#include <nlohmann/json.hpp>

namespace signalbox::sandbox {

namespace {

using WireJson = nlohmann::json;

/// What is wrong with a request in one of these dialects; thrown and caught within this file.
struct BadDialect
{
    std::string param;
    std::string message;
};

/// A string, or a list of parts with text.
std::string textOf(const WireJson& content, const std::string& at)
{
    if (content.is_string())
        return content.get<std::string>();
    if (!content.is_array())
        throw BadDialect{at, "must be a string or a list of parts"};
    std::string text;
    for (const WireJson& part : content) {
        if (!part.is_object())
            throw BadDialect{at, "has a part that is no object"};
        if (part.contains("text") && part["text"].is_string())
            text += (text.empty() ? "" : "\n") + part["text"].get<std::string>();
    }
    return text;
}

/// These protocols have one place for all system messages. A rejected draft must stay apart: see
/// simulateAnswer.
void addSystem(std::string text, WireRequest& out)
{
    constexpr std::string_view draft = "\n\nA previous draft was rejected";
    if (const std::size_t at = text.find(draft); at != std::string::npos) {
        out.messages.push_back({"system", text.substr(0, at)});
        text.erase(0, at + 2);
    }
    if (!text.empty())
        out.messages.push_back({"system", std::move(text)});
}

void readModel(const WireJson& body, WireRequest& out)
{
    if (!body.contains("model") || !body["model"].is_string() ||
        body["model"].get_ref<const std::string&>().empty())
        throw BadDialect{"model", "must be the name of a model"};
    out.model = body["model"].get<std::string>();
}

void readTurns(const WireJson& body, const char* list, const char* content, WireRequest& out)
{
    if (!body.contains(list) || !body[list].is_array() || body[list].empty())
        throw BadDialect{list, "must be a list with at least one message"};
    for (std::size_t i = 0; i < body[list].size(); ++i) {
        const WireJson& turn = body[list][i];
        const std::string at = std::string(list) + "[" + std::to_string(i) + "]";
        if (!turn.is_object() || !turn.contains(content))
            throw BadDialect{at + "." + content, "is missing"};
        std::string role =
            turn.contains("role") && turn["role"].is_string() ? turn["role"].get<std::string>() : "user";
        if (role == "model")
            role = "assistant";
        out.messages.push_back({std::move(role), textOf(turn[content], at + "." + content)});
    }
}

void readLimit(const WireJson& body, const char* key, bool required, WireRequest& out)
{
    if (!body.contains(key) || body[key].is_null()) {
        if (required)
            throw BadDialect{key, "must be given"};
        return;
    }
    if (!body[key].is_number_integer() || body[key] < 1 || body[key] > 10'000'000)
        throw BadDialect{key, "must be a whole number of at least 1"};
    out.maxTokens = body[key].get<int>();
}

void readStream(const WireJson& body, WireRequest& out)
{
    if (body.contains("stream") && !body["stream"].is_boolean())
        throw BadDialect{"stream", "must be true or false"};
    out.stream = body.value("stream", false);
}

WireRequest responsesRequest(const WireJson& body)
{
    WireRequest out;
    readModel(body, out);
    if (body.contains("instructions") && body["instructions"].is_string())
        addSystem(body["instructions"].get<std::string>(), out);
    if (body.contains("input") && body["input"].is_string())
        out.messages.push_back({"user", body["input"].get<std::string>()});
    else
        readTurns(body, "input", "content", out);
    readStream(body, out);
    readLimit(body, "max_output_tokens", false, out);
    const WireJson format = body.value(WireJson::json_pointer("/text/format"), WireJson());
    if (format.is_object() && format.value("type", "") == "json_schema") {
        if (!format.contains("schema") || !format["schema"].is_object())
            throw BadDialect{"text.format.schema", "must be an object"};
        out.schemaJson = format["schema"].dump();
    } else if (format.is_object() && format.value("type", "") == "json_object") {
        out.schemaJson = "{}";
    }
    return out;
}

WireRequest anthropicRequest(const WireJson& body)
{
    WireRequest out;
    readModel(body, out);
    readLimit(body, "max_tokens", true, out);
    if (body.contains("system"))
        addSystem(textOf(body["system"], "system"), out);
    readTurns(body, "messages", "content", out);
    readStream(body, out);
    // A structured answer is a tool that has to be called.
    const WireJson choice = body.value("tool_choice", WireJson());
    if (choice.is_object() && choice.value("type", "") == "tool") {
        const std::string name = choice.value("name", "");
        for (const WireJson& tool : body.value("tools", WireJson::array())) {
            if (tool.is_object() && tool.value("name", "") == name && tool.contains("input_schema"))
                out.schemaJson = tool["input_schema"].dump();
        }
        if (out.schemaJson.empty())
            throw BadDialect{"tool_choice.name", "is not the name of a tool"};
        out.answerTool = name;
    }
    return out;
}

WireRequest geminiRequest(std::string_view target, const WireJson& body)
{
    WireRequest out;
    const std::string_view path = target.substr(0, target.find('?'));
    const std::string_view last = path.substr(path.find("/models/") + 8);
    out.model = last.substr(0, last.rfind(':'));
    out.stream = last.ends_with(":streamGenerateContent");
    if (out.stream && target.find("alt=sse") == std::string_view::npos)
        throw BadDialect{"alt", "must be sse: no other stream is spoken here"};
    if (body.contains("systemInstruction") && body["systemInstruction"].is_object())
        addSystem(
            textOf(body["systemInstruction"].value("parts", WireJson::array()), "systemInstruction.parts"),
            out);
    readTurns(body, "contents", "parts", out);
    const WireJson config = body.value("generationConfig", WireJson::object());
    if (!config.is_object())
        throw BadDialect{"generationConfig", "must be an object"};
    readLimit(config, "maxOutputTokens", false, out);
    for (const char* key : {"responseJsonSchema", "responseSchema"}) {
        if (config.contains(key) && config[key].is_object())
            out.schemaJson = config[key].dump();
    }
    if (out.schemaJson.empty() && config.value("responseMimeType", "") == "application/json")
        out.schemaJson = "{}";
    return out;
}

std::string_view statusWord(int status)
{
    switch (status) {
    case 400:
        return "INVALID_ARGUMENT";
    case 401:
        return "UNAUTHENTICATED";
    case 403:
        return "PERMISSION_DENIED";
    case 404:
        return "NOT_FOUND";
    case 429:
        return "RESOURCE_EXHAUSTED";
    case 503:
        return "UNAVAILABLE";
    default:
        return status >= 500 ? "INTERNAL" : "FAILED_PRECONDITION";
    }
}

std::string_view anthropicType(int status)
{
    switch (status) {
    case 401:
        return "authentication_error";
    case 403:
        return "permission_error";
    case 404:
        return "not_found_error";
    case 429:
        return "rate_limit_error";
    case 503:
    case 529:
        return "overloaded_error";
    default:
        return status >= 500 ? "api_error" : "invalid_request_error";
    }
}

} // namespace

std::optional<Dialect> dialectOf(std::string_view path)
{
    if (path == "/v1/chat/completions")
        return Dialect::OpenAiChat;
    if (path == "/v1/responses")
        return Dialect::OpenAiResponses;
    if (path == "/v1/messages")
        return Dialect::Anthropic;
    if ((path.starts_with("/v1beta/models/") || path.starts_with("/v1/models/")) &&
        (path.ends_with(":generateContent") || path.ends_with(":streamGenerateContent")))
        return Dialect::Gemini;
    return std::nullopt;
}

Result<WireRequest> readRequest(Dialect dialect, std::string_view target, std::string_view body)
{
    if (dialect == Dialect::OpenAiChat)
        return readChatRequest(body);
    try {
        const WireJson json = WireJson::parse(body.begin(), body.end());
        if (!json.is_object())
            return fail("invalid_request", "The body must be a JSON object.");
        return dialect == Dialect::OpenAiResponses ? responsesRequest(json)
               : dialect == Dialect::Anthropic     ? anthropicRequest(json)
                                                   : geminiRequest(target, json);
    } catch (const BadDialect& bad) {
        return fail("invalid_request", "'" + bad.param + "' " + bad.message + ".", bad.param);
    } catch (const WireJson::exception&) {
        return fail("invalid_request", "The body of the request is not valid JSON, or not of this protocol.");
    }
}

std::string errorBodyOf(Dialect dialect, int status, std::string_view message, std::string_view param,
                        std::string_view code)
{
    JsonWriter json;
    switch (dialect) {
    case Dialect::OpenAiChat:
    case Dialect::OpenAiResponses:
        return errorBody(message,
                         status == 429   ? "rate_limit_error"
                         : status >= 500 ? "server_error"
                                         : "invalid_request_error",
                         param, code);
    case Dialect::Anthropic:
        json.beginObject().key("type").text("error").key("error").beginObject();
        json.key("type").text(anthropicType(status)).key("message").text(message);
        break;
    case Dialect::Gemini:
        json.beginObject().key("error").beginObject().key("code").integer(std::int64_t{status});
        json.key("message").text(message).key("status").text(statusWord(status));
        break;
    }
    return json.endObject().endObject().take();
}

std::unique_ptr<ReplyWriter> writerFor(Dialect dialect, const WireReply& reply, const WireRequest& request,
                                       UsageStyle style)
{
    switch (dialect) {
    case Dialect::OpenAiResponses:
        return std::make_unique<ResponsesWriter>(reply, style != UsageStyle::Missing);
    case Dialect::Anthropic:
        return std::make_unique<AnthropicWriter>(reply, style != UsageStyle::Missing, request.answerTool);
    case Dialect::Gemini:
        return std::make_unique<GeminiWriter>(reply, style != UsageStyle::Missing);
    case Dialect::OpenAiChat:
        break;
    }
    return std::make_unique<StreamWriter>(reply, request.includeUsage, style);
}

} // namespace signalbox::sandbox
