// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/chat_wire.h"

#include "base/json_text.h"
#include "base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace signalbox::sandbox {

namespace {

using Json = nlohmann::json;

/// What is wrong with the request; thrown and caught within this file.
struct BadRequest
{
    std::string param;
    std::string message;
};

std::string contentOf(const Json& content, const std::string& at)
{
    if (content.is_null())
        return {};
    if (content.is_string())
        return content.get<std::string>();
    if (!content.is_array())
        throw BadRequest{at, "must be a string or a list of parts"};
    std::string text;
    for (const Json& part : content) {
        if (!part.is_object() || !part.contains("type") || !part["type"].is_string())
            throw BadRequest{at, "has a part without a type"};
        if (part["type"] != "text")
            continue;
        if (!part.contains("text") || !part["text"].is_string())
            throw BadRequest{at, "has a text part without text"};
        text += (text.empty() ? "" : "\n") + part["text"].get<std::string>();
    }
    return text;
}

bool flag(const Json& object, const char* key)
{
    const auto found = object.find(key);
    if (found == object.end() || found->is_null())
        return false;
    if (!found->is_boolean())
        throw BadRequest{key, "must be true or false"};
    return found->get<bool>();
}

std::string schemaOf(const Json& format)
{
    if (!format.is_object() || !format.contains("type") || !format["type"].is_string())
        throw BadRequest{"response_format", "must be an object with a type"};
    const std::string type = format["type"].get<std::string>();
    if (type == "text")
        return {};
    if (type == "json_object")
        return "{}";
    if (type != "json_schema")
        throw BadRequest{"response_format.type", "must be text, json_object or json_schema"};
    const auto schema = format.find("json_schema");
    if (schema == format.end() || !schema->is_object() || !schema->contains("schema") ||
        !(*schema)["schema"].is_object())
        throw BadRequest{"response_format.json_schema", "must be an object with a schema"};
    return (*schema)["schema"].dump();
}

WireRequest requestOf(const Json& body)
{
    if (!body.is_object())
        throw BadRequest{"", "The body must be a JSON object"};
    WireRequest out;
    const auto model = body.find("model");
    if (model == body.end() || !model->is_string() || model->get_ref<const std::string&>().empty())
        throw BadRequest{"model", "must be the name of a model"};
    out.model = model->get<std::string>();
    const auto messages = body.find("messages");
    if (messages == body.end() || !messages->is_array() || messages->empty())
        throw BadRequest{"messages", "must be a list with at least one message"};
    for (std::size_t i = 0; i < messages->size(); ++i) {
        const Json& message = (*messages)[i];
        const std::string at = "messages[" + std::to_string(i) + "]";
        if (!message.is_object() || !message.contains("role") || !message["role"].is_string())
            throw BadRequest{at + ".role", "must be a string"};
        const auto content = message.find("content");
        out.messages.push_back(
            {message["role"].get<std::string>(),
             content == message.end() ? std::string() : contentOf(*content, at + ".content")});
    }
    out.stream = flag(body, "stream");
    if (const auto options = body.find("stream_options"); options != body.end() && !options->is_null()) {
        if (!options->is_object())
            throw BadRequest{"stream_options", "must be an object"};
        if (!out.stream)
            throw BadRequest{"stream_options", "is only allowed when stream is true"};
        out.includeUsage = flag(*options, "include_usage");
    }
    for (const char* key : {"max_tokens", "max_completion_tokens"}) {
        if (const auto limit = body.find(key); limit != body.end() && !limit->is_null()) {
            if (!limit->is_number_integer() || *limit < 1 || *limit > 10'000'000)
                throw BadRequest{key, "must be a whole number of at least 1"};
            out.maxTokens = limit->get<int>();
        }
    }
    if (const auto format = body.find("response_format"); format != body.end() && !format->is_null())
        out.schemaJson = schemaOf(*format);
    return out;
}

void appendUsage(std::string& out, const WireUsage& usage, bool withTotal = true)
{
    out += "{\"prompt_tokens\":" + std::to_string(usage.prompt) +
           ",\"completion_tokens\":" + std::to_string(usage.completion);
    if (withTotal)
        out += ",\"total_tokens\":" + std::to_string(usage.prompt + usage.completion);
    if (usage.cached >= 0 || usage.cacheWrite >= 0) {
        out += ",\"prompt_tokens_details\":{\"cached_tokens\":" +
               std::to_string(std::max<std::int64_t>(0, usage.cached));
        if (usage.cacheWrite >= 0) // OpenRouter's word
            out += ",\"cache_write_tokens\":" + std::to_string(usage.cacheWrite);
        out += "}";
    }
    if (usage.reasoning >= 0)
        out +=
            ",\"completion_tokens_details\":{\"reasoning_tokens\":" + std::to_string(usage.reasoning) + "}";
    out += "}";
}

std::string headOf(const WireReply& reply, std::string_view object)
{
    std::string out = "{\"id\":\"" + reply.id + "\",\"object\":\"" + std::string(object) +
                      "\",\"created\":" + std::to_string(reply.createdS) + ",\"model\":\"";
    appendJsonEscaped(out, reply.model);
    out += "\",\"system_fingerprint\":\"signalbox-sandbox\",";
    return out;
}

} // namespace

std::string_view WireRequest::lastUser() const
{
    for (auto it = messages.rbegin(); it != messages.rend(); ++it) {
        if (it->role == "user")
            return it->content;
    }
    return {};
}

Result<WireRequest> readChatRequest(std::string_view body)
{
    try {
        return requestOf(Json::parse(body.begin(), body.end()));
    } catch (const BadRequest& bad) {
        return fail("invalid_request",
                    bad.param.empty() ? bad.message + "." : "'" + bad.param + "' " + bad.message + ".",
                    bad.param);
    } catch (const Json::exception&) {
        return fail("invalid_request", "The body of the request is not valid JSON.");
    }
}

std::string errorBody(std::string_view message, std::string_view type, std::string_view param,
                      std::string_view code)
{
    const auto quoted = [](std::string_view text) {
        std::string out = "\"";
        appendJsonEscaped(out, text);
        return out + "\"";
    };
    return "{\"error\":{\"message\":" + quoted(message) + ",\"type\":" + quoted(type) +
           ",\"param\":" + (param.empty() ? "null" : quoted(param)) +
           ",\"code\":" + (code.empty() ? "null" : quoted(code)) + "}}";
}

std::string completionBody(const WireReply& reply, UsageStyle usage)
{
    std::string out = headOf(reply, "chat.completion");
    out += "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"";
    appendJsonEscaped(out, reply.content);
    out += "\"},\"logprobs\":null,\"finish_reason\":\"" + reply.finishReason + "\"}]";
    if (usage != UsageStyle::Missing) {
        out += ",\"usage\":";
        appendUsage(out, reply.usage, usage != UsageStyle::WithoutTotal);
    }
    out += "}";
    return out;
}

StreamWriter::StreamWriter(const WireReply& reply, bool includeUsage, UsageStyle style)
    : m_reply(reply), m_includeUsage(includeUsage && style != UsageStyle::Missing), m_style(style),
      m_head("data: " + headOf(reply, "chat.completion.chunk"))
{
}

void StreamWriter::event(std::string& out, std::string_view delta, std::string_view finishReason,
                         std::int64_t tokensSoFar) const
{
    out += m_head;
    out += "\"choices\":[{\"index\":0,\"delta\":{";
    out += delta;
    out += "},\"finish_reason\":";
    if (finishReason.empty()) {
        out += "null}]";
    } else {
        out += '"';
        out += finishReason;
        out += "\"}]";
    }
    if (m_style == UsageStyle::EachChunk) {
        WireUsage usage = m_reply.usage;
        usage.completion =
            std::min(usage.completion, tokensSoFar + std::max<std::int64_t>(usage.reasoning, 0));
        out += ",\"usage\":";
        appendUsage(out, usage);
        out += "}\n\n";
        return;
    }
    out += m_includeUsage ? ",\"usage\":null}\n\n" : "}\n\n";
}

std::string StreamWriter::first() const
{
    std::string out;
    event(out, "\"role\":\"assistant\",\"content\":\"\"", {}, 0);
    return out;
}

std::string StreamWriter::piece(std::string_view text, std::int64_t tokensSoFar) const
{
    std::string delta = "\"content\":\"";
    appendJsonEscaped(delta, text);
    delta += '"';
    std::string out;
    out.reserve(m_head.size() + delta.size() + 96);
    event(out, delta, {}, tokensSoFar);
    return out;
}

std::string StreamWriter::finish() const
{
    std::string out;
    event(out, {}, m_reply.finishReason, m_reply.usage.completion);
    return out;
}

std::string StreamWriter::usage() const
{
    if (!m_includeUsage || m_style == UsageStyle::EachChunk)
        return {};
    std::string out = m_head + "\"choices\":[],\"usage\":";
    appendUsage(out, m_reply.usage, m_style != UsageStyle::WithoutTotal);
    out += "}\n\n";
    return out;
}

std::string StreamWriter::done() const
{
    return "data: [DONE]\n\n";
}

std::vector<std::string_view> piecesOf(std::string_view content, int wordsEach)
{
    std::vector<std::string_view> pieces;
    std::size_t start = 0;
    int words = 0;
    for (std::size_t i = 1; i < content.size(); ++i) {
        if (content[i] == ' ' && content[i - 1] != ' ' && ++words == wordsEach) {
            pieces.push_back(content.substr(start, i - start));
            start = i;
            words = 0;
        }
    }
    if (start < content.size())
        pieces.push_back(content.substr(start));
    return pieces;
}

} // namespace signalbox::sandbox
