// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/dialect_writers.h"

#include "base/json_writer.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace signalbox::sandbox {

namespace {

std::string namedEvent(std::string_view name, std::string json)
{
    return "event: " + std::string(name) + "\ndata: " + std::move(json) + "\n\n";
}

std::int64_t known(std::int64_t count)
{
    return std::max<std::int64_t>(0, count);
}

JsonWriter typed(std::string_view type)
{
    JsonWriter json;
    json.beginObject().key("type").text(type);
    return json;
}

} // namespace

// ---- OpenAI's responses ----------------------------------------------------------------------------------

std::string ResponsesWriter::item(bool ended) const
{
    JsonWriter json = typed("message");
    json.key("id").text("msg_" + m_reply.id).key("role").text("assistant");
    json.key("status").text(ended ? "completed" : "in_progress").key("content").beginArray();
    if (ended) {
        json.beginObject().key("type").text("output_text").key("text").text(m_reply.content);
        json.key("annotations").beginArray().endArray().endObject();
    }
    return json.endArray().endObject().take();
}

std::string ResponsesWriter::response(bool ended) const
{
    JsonWriter json;
    json.beginObject().key("id").text(m_reply.id).key("object").text("response");
    json.key("created_at").integer(m_reply.createdS);
    json.key("status").text(!ended ? "in_progress" : m_reply.isCutShort() ? "incomplete" : "completed");
    json.key("error").null().key("incomplete_details");
    if (ended && m_reply.isCutShort())
        json.beginObject()
            .key("reason")
            .text(m_reply.finishReason == "length" ? "max_output_tokens" : "content_filter")
            .endObject();
    else
        json.null();
    json.key("model").text(m_reply.model).key("output").beginArray();
    if (ended)
        json.json(item(true));
    json.endArray().key("usage");
    if (ended && m_tellsUsage) {
        const WireUsage& usage = m_reply.usage;
        json.beginObject()
            .key("input_tokens")
            .integer(usage.prompt)
            .key("input_tokens_details")
            .beginObject();
        json.key("cached_tokens").integer(known(usage.cached));
        if (usage.cacheWrite >= 0)
            json.key("cache_write_tokens").integer(usage.cacheWrite);
        json.endObject();
        json.key("output_tokens").integer(usage.completion).key("output_tokens_details").beginObject();
        json.key("reasoning_tokens").integer(known(usage.reasoning)).endObject();
        json.key("total_tokens").integer(usage.prompt + usage.completion).endObject();
    } else {
        json.null();
    }
    return json.endObject().take();
}

std::string ResponsesWriter::first() const
{
    JsonWriter created = typed("response.created");
    created.key("response").json(response(false)).endObject();
    JsonWriter added = typed("response.output_item.added");
    added.key("output_index").integer(std::int64_t{0}).key("item").json(item(false)).endObject();
    return namedEvent("response.created", created.take()) +
           namedEvent("response.output_item.added", added.take());
}

std::string ResponsesWriter::piece(std::string_view text, std::int64_t) const
{
    JsonWriter json = typed("response.output_text.delta");
    json.key("item_id").text("msg_" + m_reply.id).key("output_index").integer(std::int64_t{0});
    json.key("content_index").integer(std::int64_t{0}).key("delta").text(text).endObject();
    return namedEvent("response.output_text.delta", json.take());
}

std::string ResponsesWriter::finish() const
{
    JsonWriter text = typed("response.output_text.done");
    text.key("output_index").integer(std::int64_t{0}).key("text").text(m_reply.content).endObject();
    JsonWriter done = typed("response.output_item.done");
    done.key("output_index").integer(std::int64_t{0}).key("item").json(item(true)).endObject();
    return namedEvent("response.output_text.done", text.take()) +
           namedEvent("response.output_item.done", done.take());
}

std::string ResponsesWriter::done() const
{
    const std::string_view type = m_reply.isCutShort() ? "response.incomplete" : "response.completed";
    JsonWriter json = typed(type);
    json.key("response").json(response(true)).endObject();
    return namedEvent(type, json.take());
}

std::string ResponsesWriter::whole() const
{
    return response(true);
}

// ---- Anthropic's messages --------------------------------------------------------------------------------

namespace {

/// Cached tokens are not part of the input here. Thinking is part of the output, and not told apart.
void writeAnthropicInput(JsonWriter& json, const WireUsage& usage)
{
    json.key("input_tokens").integer(usage.prompt - known(usage.cached) - known(usage.cacheWrite));
    json.key("cache_creation_input_tokens").integer(known(usage.cacheWrite));
    json.key("cache_read_input_tokens").integer(known(usage.cached));
}

} // namespace

std::string_view AnthropicWriter::stopReason() const
{
    if (m_reply.isCutShort())
        return m_reply.finishReason == "length" ? "max_tokens" : "refusal";
    return m_answerTool.empty() ? "end_turn" : "tool_use";
}

std::string AnthropicWriter::first() const
{
    JsonWriter start = typed("message_start");
    start.key("message").beginObject().key("id").text(m_reply.id).key("type").text("message");
    start.key("role").text("assistant").key("content").beginArray().endArray();
    start.key("model").text(m_reply.model).key("stop_reason").null();
    if (m_tellsUsage) {
        start.key("usage").beginObject();
        writeAnthropicInput(start, m_reply.usage);
        start.key("output_tokens").integer(std::int64_t{1}).endObject();
    }
    start.endObject().endObject();
    JsonWriter block = typed("content_block_start");
    block.key("index").integer(std::int64_t{0}).key("content_block").beginObject();
    if (m_answerTool.empty())
        block.key("type").text("text").key("text").text("");
    else
        block.key("type")
            .text("tool_use")
            .key("id")
            .text("toolu_1")
            .key("name")
            .text(m_answerTool)
            .key("input")
            .json("{}");
    block.endObject().endObject();
    return namedEvent("message_start", start.take()) + namedEvent("content_block_start", block.take()) +
           namedEvent("ping", R"({"type":"ping"})");
}

std::string AnthropicWriter::piece(std::string_view text, std::int64_t) const
{
    JsonWriter json = typed("content_block_delta");
    json.key("index").integer(std::int64_t{0}).key("delta").beginObject();
    json.key("type").text(m_answerTool.empty() ? "text_delta" : "input_json_delta");
    json.key(m_answerTool.empty() ? "text" : "partial_json").text(text);
    json.endObject().endObject();
    return namedEvent("content_block_delta", json.take());
}

std::string AnthropicWriter::finish() const
{
    return namedEvent("content_block_stop", R"({"type":"content_block_stop","index":0})");
}

std::string AnthropicWriter::usage() const
{
    JsonWriter json = typed("message_delta");
    json.key("delta")
        .beginObject()
        .key("stop_reason")
        .text(stopReason())
        .key("stop_sequence")
        .null()
        .endObject();
    if (m_tellsUsage)
        json.key("usage").beginObject().key("output_tokens").integer(m_reply.usage.completion).endObject();
    json.endObject();
    return namedEvent("message_delta", json.take());
}

std::string AnthropicWriter::done() const
{
    return namedEvent("message_stop", R"({"type":"message_stop"})");
}

std::string AnthropicWriter::whole() const
{
    // Arguments are an object: an answer that is none, because the model errs, comes as text.
    const bool asTool =
        !m_answerTool.empty() && nlohmann::json::accept(m_reply.content) && m_reply.content.starts_with('{');
    JsonWriter json;
    json.beginObject().key("id").text(m_reply.id).key("type").text("message").key("role").text("assistant");
    json.key("model").text(m_reply.model).key("content").beginArray();
    if (asTool) {
        json.beginObject().key("type").text("tool_use").key("id").text("toolu_1");
        json.key("name").text(m_answerTool).key("input").json(m_reply.content).endObject();
    } else {
        json.beginObject().key("type").text("text").key("text").text(m_reply.content).endObject();
    }
    json.endArray().key("stop_reason").text(stopReason()).key("stop_sequence").null();
    if (m_tellsUsage) {
        json.key("usage").beginObject();
        writeAnthropicInput(json, m_reply.usage);
        json.key("output_tokens").integer(m_reply.usage.completion).endObject();
    }
    return json.endObject().take();
}

// ---- Gemini ----------------------------------------------------------------------------------------------

std::string GeminiWriter::chunk(std::string_view text, bool last) const
{
    JsonWriter json;
    json.beginObject().key("candidates").beginArray().beginObject().key("content").beginObject();
    json.key("parts").beginArray().beginObject().key("text").text(text).endObject().endArray();
    json.key("role").text("model").endObject();
    if (last)
        json.key("finishReason").text(!m_reply.isCutShort() ? "STOP" : m_reply.finishReason == "length" ? "MAX_TOKENS" : "SAFETY");
    json.key("index").integer(std::int64_t{0}).endObject().endArray();
    if (last &&
        m_tellsUsage) { // cached tokens are part of the prompt, thoughts are not part of the candidates
        const WireUsage& usage = m_reply.usage;
        json.key("usageMetadata").beginObject().key("promptTokenCount").integer(usage.prompt);
        json.key("candidatesTokenCount").integer(usage.completion - known(usage.reasoning));
        if (usage.cached >= 0)
            json.key("cachedContentTokenCount").integer(usage.cached);
        if (usage.reasoning >= 0)
            json.key("thoughtsTokenCount").integer(usage.reasoning);
        json.key("totalTokenCount").integer(usage.prompt + usage.completion).endObject();
    }
    json.key("modelVersion").text(m_reply.model).key("responseId").text(m_reply.id);
    return json.endObject().take();
}

} // namespace signalbox::sandbox
