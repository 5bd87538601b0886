// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai_responses.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "providers/errors.h"
#include "providers/protocol_parts.h"

#include <utility>

namespace signalbox {

namespace {

/// One item of an answer's output: a message's text, or a call.
struct ResponseItem
{
    std::string type;
    std::string text;
    ToolCall call;
};

struct Response
{
    std::string object;
    std::string id;
    std::string status;
    std::string incompleteReason;
    std::vector<ResponseItem> output;
    std::vector<double> logProbabilities;
    TokenUsage usage;
    std::optional<ServerError> error;
};

struct ResponseEvent
{
    std::string type;
    std::int64_t outputIndex = 0;
    std::string delta;
    std::string arguments;
    std::vector<double> logProbabilities;
    ResponseItem item;
    Response response;
    std::optional<ServerError> error;
    ServerError top; ///< of an error event that is itself the error
};

void readLogProbabilityList(JsonReader& json, std::vector<double>& values)
{
    json.elements([&] {
        json.members([&](std::string_view key) {
            if (key != "logprob")
                json.skip();
            else if (const std::optional<double> value = readNumberOrSkip(json); value)
                values.push_back(*value);
        });
    });
}

TokenUsage readResponseUsage(JsonReader& json)
{
    TokenUsage usage;
    json.members([&](std::string_view key) {
        if (key == "input_tokens")
            usage.input = readCount(json);
        else if (key == "output_tokens")
            usage.output = readCount(json);
        else if (key == "input_tokens_details")
            readInputDetails(json, usage);
        else if (key == "output_tokens_details")
            readOutputDetails(json, usage);
        else
            json.skip();
    });
    takeApart(usage);
    return usage;
}

ResponseItem readItem(JsonReader& json, std::vector<double>& logProbabilities)
{
    ResponseItem item;
    std::string id; // the item's; the call's own is call_id
    json.members([&](std::string_view key) {
        if (key == "type") {
            setStringOrSkip(json, item.type);
        } else if (key == "id") {
            setStringOrSkip(json, id);
        } else if (key == "call_id") {
            setStringOrSkip(json, item.call.id);
        } else if (key == "name") {
            setStringOrSkip(json, item.call.name);
        } else if (key == "arguments") {
            setStringOrSkip(json, item.call.argumentsJson);
        } else if (key == "content") {
            json.elements([&] {
                json.members([&](std::string_view inner) {
                    if (inner == "text" || inner == "refusal")
                        readStringOrSkip(json, item.text);
                    else if (inner == "logprobs")
                        readLogProbabilityList(json, logProbabilities);
                    else
                        json.skip();
                });
            });
        } else {
            json.skip();
        }
    });
    if (item.call.id.empty())
        item.call.id = id;
    return item;
}

void readResponse(JsonReader& json, Response& response)
{
    json.members([&](std::string_view key) {
        if (key == "object") {
            setStringOrSkip(json, response.object);
        } else if (key == "id") {
            setStringOrSkip(json, response.id);
        } else if (key == "status") {
            setStringOrSkip(json, response.status);
        } else if (key == "usage") {
            response.usage = readResponseUsage(json);
        } else if (key == "error" && json.peek() != 'n') {
            response.error = readServerError(json);
        } else if (key == "incomplete_details") {
            json.members([&](std::string_view inner) {
                if (inner == "reason")
                    setStringOrSkip(json, response.incompleteReason);
                else
                    json.skip();
            });
        } else if (key == "output") {
            json.elements([&] { response.output.push_back(readItem(json, response.logProbabilities)); });
        } else {
            json.skip();
        }
    });
}

ResponseEvent readResponseEvent(JsonReader& json)
{
    ResponseEvent event;
    std::vector<double> ofItem; // told token by token before
    json.members([&](std::string_view key) {
        if (key == "type")
            setStringOrSkip(json, event.type);
        else if (key == "output_index")
            event.outputIndex = readCount(json).value_or(0);
        else if (key == "delta")
            setStringOrSkip(json, event.delta);
        else if (key == "arguments")
            setStringOrSkip(json, event.arguments);
        else if (key == "logprobs")
            readLogProbabilityList(json, event.logProbabilities);
        else if (key == "item")
            event.item = readItem(json, ofItem);
        else if (key == "response")
            readResponse(json, event.response);
        else if (key == "error" && json.peek() != 'n')
            event.error = readServerError(json);
        else if (!readErrorMember(json, key, event.top))
            json.skip();
    });
    return event;
}

void applyCall(const ToolCall& read, std::int64_t key, ChatProgress& progress)
{
    ToolCall& call = toolCallOf(progress, key);
    call.id = read.id;
    call.name = read.name;
    if (!read.argumentsJson.empty())
        call.argumentsJson = read.argumentsJson;
}

void applyOutput(const Response& response, ChatProgress& progress)
{
    const bool textCame = !progress.text.empty();
    for (std::size_t i = 0; i < response.output.size(); ++i) {
        const ResponseItem& item = response.output[i];
        if (item.type == "function_call")
            applyCall(item.call, static_cast<std::int64_t>(i), progress);
        else if (item.type == "message" && !textCame)
            progress.text += item.text;
    }
    if (progress.logProbabilityTokens == 0) {
        for (const double value : response.logProbabilities)
            addLogProbability(progress, value);
    }
}

/// The answer as it is at its end, whole or as the last event of a stream.
void applyEnd(const Response& response, ChatProgress& progress)
{
    if (!progress.answerId.empty() && !response.id.empty() && progress.answerId != response.id)
        return reportGarbage("The stream ends with the end of another answer.", progress);
    progress.usage = response.usage;
    if (response.error || response.status == "failed")
        return reportError(response.error.value_or(ServerError{}), progress);
    if (response.status == "cancelled")
        return reportError({"The answer was cancelled at the server.", {}, {}}, progress);
    applyOutput(response, progress);
    progress.understood = true;
    progress.ended = true;
    if (response.status == "incomplete")
        progress.finishReason = finishReasonOf(response.incompleteReason);
    else
        progress.finishReason = progress.toolCalls.empty() ? "stop" : "tool_calls";
}

void applyResponseEvent(const ResponseEvent& event, ChatProgress& progress)
{
    const std::string& type = event.type;
    if (type == "error" || event.error) {
        reportError(event.error.value_or(event.top), progress);
    } else if (type == "response.output_text.delta") {
        progress.text += event.delta;
        for (const double value : event.logProbabilities)
            addLogProbability(progress, value);
    } else if (type == "response.refusal.delta") {
        progress.text += event.delta;
    } else if (type == "response.reasoning_text.delta" || type == "response.reasoning_summary_text.delta") {
        progress.thoughtBytes += event.delta.size();
    } else if (type == "response.output_item.added" || type == "response.output_item.done") {
        if (event.item.type == "function_call")
            applyCall(event.item.call, event.outputIndex, progress);
    } else if (type == "response.function_call_arguments.delta") {
        toolCallOf(progress, event.outputIndex).argumentsJson += event.delta;
    } else if (type == "response.function_call_arguments.done") {
        if (!event.arguments.empty())
            toolCallOf(progress, event.outputIndex).argumentsJson = event.arguments;
    } else if (type == "response.created") {
        if (!progress.answerId.empty() && progress.answerId != event.response.id)
            return reportGarbage("Another answer begins in the midst of the stream.", progress);
        progress.answerId = event.response.id;
    } else if (type == "response.completed" || type == "response.incomplete" || type == "response.failed" ||
               type == "response.cancelled") {
        Response response = event.response;
        response.status = type.substr(sizeof "response." - 1); // the event's word counts
        applyEnd(response, progress);
    }
    progress.understood = progress.understood || type.starts_with("response.");
}

} // namespace

std::string OpenAiResponses::url(const ChatRequest& request) const
{
    return request.baseUrl + "/responses";
}

std::vector<std::string> OpenAiResponses::headers(const ChatRequest& request, const std::string& key) const
{
    return jsonHeaders(request.stream, "Authorization: Bearer ", key);
}

Result<std::string> OpenAiResponses::body(const ChatRequest& request) const
{
    if (const Result<> fine = checkSchemas(request); !fine)
        return tl::unexpected(fine.error());
    JsonWriter body;
    body.beginObject().key("model").text(request.modelName);
    if (const std::string system = systemPromptOf(request.messages); !system.empty())
        body.key("instructions").text(system);
    body.key("input").beginArray();
    for (const Message& message : request.messages) {
        if (message.role == "system")
            continue;
        body.beginObject().key("role").text(message.role);
        body.key("content").text(message.content).endObject();
    }
    body.endArray().key("store").boolean(false);
    if (request.stream)
        body.key("stream").boolean(true);
    if (request.maxOutputTokens > 0)
        body.key("max_output_tokens").integer(std::int64_t{request.maxOutputTokens});
    if (request.temperature)
        body.key("temperature").number(*request.temperature);
    if (request.topP)
        body.key("top_p").number(*request.topP);
    if (!request.responseSchemaJson.empty()) {
        body.key("text").beginObject().key("format").beginObject().key("type").text("json_schema");
        body.key("name").text(plainName(request.responseSchemaName, "answer"));
        body.key("schema").json(request.responseSchemaJson).endObject().endObject();
    }
    if (!request.tools.empty()) {
        body.key("tools").beginArray();
        for (const ToolSpec& tool : request.tools) {
            body.beginObject().key("type").text("function").key("name").text(tool.name);
            if (!tool.description.empty())
                body.key("description").text(tool.description);
            body.key("parameters").json(parametersOf(tool));
            body.key("strict").boolean(false).endObject(); // strict unless told otherwise here
        }
        body.endArray();
    }
    if (request.logProbabilities)
        body.key("include").beginArray().text("message.output_text.logprobs").endArray();
    return body.endObject().take();
}

void OpenAiResponses::readEvent(std::string_view data, ChatProgress& progress) const
{
    if (trimmed(data) == "[DONE]") // a proxy's; the protocol's own end comes before it
        return;
    JsonReader json(data);
    const ResponseEvent event = readResponseEvent(json);
    if (!json.finished())
        reportGarbage("The answer has a part that is not JSON.", progress);
    else
        applyResponseEvent(event, progress);
}

void OpenAiResponses::readAnswer(std::string_view text, ChatProgress& progress) const
{
    JsonReader json(text);
    Response response;
    readResponse(json, response);
    if (!json.finished())
        reportGarbage("The answer has a part that is not JSON.", progress);
    else if (response.object != "response" && !response.error)
        reportGarbage("The answer is JSON, but not a response.", progress);
    else
        applyEnd(response, progress);
}

} // namespace signalbox
