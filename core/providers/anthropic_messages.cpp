// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/anthropic_messages.h"

#include "base/json_writer.h"
#include "providers/errors.h"
#include "providers/protocol_parts.h"

namespace signalbox {

namespace {

/// The tool whose arguments are the answer, when one of a schema is asked for. The name is fixed, since
/// reading an answer knows nothing of its request.
constexpr std::string_view kAnswerTool = "structured_answer";
/// The protocol insists on a limit; this is what every model of the family allows.
constexpr int kDefaultMaxTokens = 4096;

struct Block
{
    std::string type;
    std::string id;
    std::string name;
    std::string text;
    std::string input;
};

struct AnthropicUsage
{
    std::optional<std::int64_t> input;
    std::optional<std::int64_t> cacheWrites;
    std::optional<std::int64_t> cacheReads;
    std::optional<std::int64_t> output;
};

/// An event, or a whole answer: they share their members' names.
struct AnthropicObject
{
    std::string type;
    std::string id;
    std::int64_t index = 0;
    std::string stopReason;
    std::string deltaText;
    std::string deltaThought;
    std::string deltaJson;
    std::vector<Block> blocks;
    AnthropicUsage usage;
    std::optional<ServerError> error;
};

void setIfGiven(std::optional<std::int64_t>& count, const std::optional<std::int64_t>& read)
{
    if (read)
        count = read;
}

AnthropicUsage readAnthropicUsage(JsonReader& json)
{
    AnthropicUsage usage;
    json.members([&](std::string_view key) {
        if (key == "input_tokens")
            usage.input = readCount(json);
        else if (key == "cache_creation_input_tokens")
            usage.cacheWrites = readCount(json);
        else if (key == "cache_read_input_tokens")
            usage.cacheReads = readCount(json);
        else if (key == "output_tokens")
            usage.output = readCount(json);
        else
            json.skip();
    });
    return usage;
}

Block readBlock(JsonReader& json)
{
    Block block;
    json.members([&](std::string_view key) {
        if (key == "type")
            setStringOrSkip(json, block.type);
        else if (key == "id")
            setStringOrSkip(json, block.id);
        else if (key == "name")
            setStringOrSkip(json, block.name);
        else if (key == "text")
            setStringOrSkip(json, block.text);
        else if (key == "input" && json.peek() == '{')
            block.input = readRaw(json);
        else
            json.skip();
    });
    return block;
}

void readMember(JsonReader& json, std::string_view key, AnthropicObject& object)
{
    if (key == "type") {
        setStringOrSkip(json, object.type);
    } else if (key == "id") {
        setStringOrSkip(json, object.id);
    } else if (key == "index") {
        object.index = readCount(json).value_or(0);
    } else if (key == "stop_reason") {
        setStringOrSkip(json, object.stopReason);
    } else if (key == "usage") {
        object.usage = readAnthropicUsage(json);
    } else if (key == "error" && json.peek() != 'n') {
        object.error = readServerError(json);
    } else if (key == "content") {
        json.elements([&] { object.blocks.push_back(readBlock(json)); });
    } else if (key == "content_block") {
        object.blocks.push_back(readBlock(json));
    } else if (key == "message" && json.peek() == '{') { // of message_start: the answer as far as it is
        json.members([&](std::string_view inner) {
            if (inner == "id")
                setStringOrSkip(json, object.id);
            else if (inner == "usage")
                object.usage = readAnthropicUsage(json);
            else
                json.skip();
        });
    } else if (key == "delta") {
        json.members([&](std::string_view inner) {
            if (inner == "text")
                setStringOrSkip(json, object.deltaText);
            else if (inner == "partial_json")
                setStringOrSkip(json, object.deltaJson);
            else if (inner == "thinking")
                setStringOrSkip(json, object.deltaThought);
            else if (inner == "stop_reason")
                setStringOrSkip(json, object.stopReason);
            else
                json.skip(); // signatures of what it thinks
        });
    } else {
        json.skip();
    }
}

/// Input, cache writes and cache reads are disjoint here, unlike elsewhere.
void applyUsage(const AnthropicUsage& read, bool outputIsFinal, ChatProgress& progress)
{
    setIfGiven(progress.usage.input, read.input);
    setIfGiven(progress.usage.cacheWrite, read.cacheWrites);
    setIfGiven(progress.usage.cachedInput, read.cacheReads);
    if (outputIsFinal) // a message starts with the count of its first token
        setIfGiven(progress.usage.output, read.output);
}

void applyBlock(const Block& block, std::int64_t index, ChatProgress& progress)
{
    if (block.type == "text") {
        progress.text += block.text;
    } else if (block.type == "tool_use") {
        const bool hasInput = !block.input.empty() && block.input != "{}"; // a stream sends it in pieces
        if (block.name == kAnswerTool) {
            progress.answerBlock = index;
            if (hasInput)
                progress.text += block.input;
            return;
        }
        ToolCall& call = toolCallOf(progress, index);
        call.id = block.id;
        call.name = block.name;
        if (hasInput)
            call.argumentsJson = block.input;
    }
}

void applyStopReason(const std::string& word, ChatProgress& progress)
{
    if (word.empty())
        return;
    progress.finishReason = finishReasonOf(word);
    if (progress.finishReason == "tool_calls" && progress.answerBlock && progress.toolCalls.empty())
        progress.finishReason = "stop"; // the only tool was the answer
}

void applyEvent(const AnthropicObject& event, ChatProgress& progress)
{
    if (event.type == "message_start") {
        if (progress.understood)
            return reportGarbage("Another answer begins in the midst of the stream.", progress);
        progress.understood = true;
        progress.answerId = event.id;
        applyUsage(event.usage, false, progress);
    } else if (event.type == "content_block_start") {
        for (const Block& block : event.blocks)
            applyBlock(block, event.index, progress);
    } else if (event.type == "content_block_delta") {
        progress.text += event.deltaText;
        progress.thoughtBytes += event.deltaThought.size();
        if (event.deltaJson.empty())
            return;
        if (progress.answerBlock == event.index)
            progress.text += event.deltaJson;
        else
            toolCallOf(progress, event.index).argumentsJson += event.deltaJson;
    } else if (event.type == "message_delta") {
        applyStopReason(event.stopReason, progress);
        applyUsage(event.usage, true, progress);
    } else if (event.type == "message_stop") {
        progress.understood = true;
        progress.ended = true;
    }
}

/// False if it is not JSON, or reports a failure.
bool readAnthropicObject(std::string_view text, AnthropicObject& object, ChatProgress& progress)
{
    JsonReader json(text);
    json.members([&](std::string_view key) { readMember(json, key, object); });
    if (!json.finished())
        reportGarbage("The answer has a part that is not JSON.", progress);
    else if (object.error || object.type == "error")
        reportError(object.error.value_or(ServerError{}), progress);
    return progress.errorKind.empty();
}

void writeTool(JsonWriter& body, std::string_view name, std::string_view description, std::string_view schema)
{
    body.beginObject().key("name").text(name);
    if (!description.empty())
        body.key("description").text(description);
    body.key("input_schema").json(schema).endObject();
}

} // namespace

std::string AnthropicMessages::url(const ChatRequest& request) const
{
    return request.baseUrl + "/messages";
}

std::vector<std::string> AnthropicMessages::headers(const ChatRequest& request, const std::string& key) const
{
    std::vector<std::string> headers = jsonHeaders(request.stream, "x-api-key: ", key);
    headers.emplace_back("anthropic-version: 2023-06-01");
    return headers;
}

Result<std::string> AnthropicMessages::body(const ChatRequest& request) const
{
    if (const Result<> fine = checkSchemas(request); !fine)
        return tl::unexpected(fine.error());
    JsonWriter body;
    body.beginObject().key("model").text(request.modelName).key("max_tokens");
    body.integer(std::int64_t{request.maxOutputTokens > 0 ? request.maxOutputTokens : kDefaultMaxTokens});
    if (const std::string system = systemPromptOf(request.messages); !system.empty())
        body.key("system").text(system);
    body.key("messages").beginArray();
    bool said = false;
    for (const Message& message : request.messages) {
        if (message.role == "system" || message.content.empty())
            continue; // an empty message is refused there
        said = true;
        body.beginObject().key("role").text(message.role == "assistant" ? "assistant" : "user");
        body.key("content").text(message.content).endObject();
    }
    body.endArray();
    if (!said)
        return fail(error_kind::badRequest, "This protocol needs a message besides the system prompt.");
    if (request.stream)
        body.key("stream").boolean(true);
    if (request.temperature)
        body.key("temperature").number(*request.temperature);
    if (request.topP)
        body.key("top_p").number(*request.topP);

    const bool structured = !request.responseSchemaJson.empty();
    if (structured || !request.tools.empty()) {
        body.key("tools").beginArray();
        for (const ToolSpec& tool : request.tools) {
            if (tool.name == kAnswerTool)
                return fail(error_kind::badRequest,
                            "The name of the tool \"" + tool.name + "\" is taken; choose another one.");
            writeTool(body, tool.name, tool.description, parametersOf(tool));
        }
        if (structured)
            writeTool(body, kAnswerTool, "Gives the answer. Its arguments are the answer.",
                      request.responseSchemaJson);
        body.endArray();
    }
    if (structured) {
        body.key("tool_choice").beginObject();
        if (request.tools.empty())
            body.key("type").text("tool").key("name").text(kAnswerTool);
        else
            body.key("type").text("any");
        body.endObject();
    }
    return body.endObject().take();
}

void AnthropicMessages::readEvent(std::string_view data, ChatProgress& progress) const
{
    AnthropicObject event;
    if (readAnthropicObject(data, event, progress))
        applyEvent(event, progress);
}

void AnthropicMessages::readAnswer(std::string_view json, ChatProgress& progress) const
{
    AnthropicObject answer;
    if (!readAnthropicObject(json, answer, progress))
        return;
    if (answer.type != "message")
        return reportGarbage("The answer is JSON, but not a message.", progress);
    progress.understood = true;
    progress.ended = true;
    progress.answerId = answer.id;
    for (std::size_t i = 0; i < answer.blocks.size(); ++i)
        applyBlock(answer.blocks[i], static_cast<std::int64_t>(i), progress);
    if (progress.answerBlock && progress.text.empty())
        progress.text = "{}"; // an answer without members is an answer
    applyStopReason(answer.stopReason, progress);
    applyUsage(answer.usage, true, progress);
}

} // namespace signalbox
