// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One question's answers in each chat protocol's words, for tests that hold the protocols against each other.

#include "providers/chat.h"

#include <map>
#include <string>
#include <vector>

namespace signalbox::testing {

inline const std::string kAnswer = "Gr\xC3\xBC\xC3\x9F"
                                   "e \xF0\x9F\x9A\x82!"; // of one, two and four bytes a character

/// One dialect's words for: the answer above in two pieces; two tool calls; an answer of a schema; failures.
struct Dialect
{
    Protocol protocol;
    std::string path;
    std::string keyHeader;
    std::vector<std::string> stream;
    std::string whole;
    std::vector<std::string> toolStream;
    std::string toolWhole;
    std::vector<std::string> schemaStream;
    std::vector<std::string> limitStream; ///< an answer that the limit of tokens ended
    std::vector<std::string> failure;     ///< overloaded, after the stream has begun
    TokenUsage usage;
};

inline std::string chatDelta(const std::string& delta, const std::string& rest = {})
{
    return R"({"id":"c","object":"chat.completion.chunk","model":"other-name","choices":[{"index":0,"delta":)" +
           delta + rest + "}]}";
}

inline Dialect openAiChat()
{
    const std::string usage =
        R"("usage":{"prompt_tokens":100,"completion_tokens":30,"total_tokens":130,)"
        R"("prompt_tokens_details":{"cached_tokens":40},"completion_tokens_details":{"reasoning_tokens":10}})";
    const std::string done = "[DONE]";
    Dialect d{};
    d.protocol = Protocol::OpenAiChat;
    d.path = "/v1/chat/completions";
    d.keyHeader = "Authorization: Bearer ";
    d.usage = {60, 40, 20, 10};
    const std::string stop = chatDelta("{}", R"(,"finish_reason":"stop")");
    // The usage in the last chunk with a choice, as llama.cpp sends it; tst_providers_chat has the other way.
    d.stream = {chatDelta(R"({"role":"assistant","content":null,"reasoning_content":"Hm."})"),
                chatDelta(R"({"reasoning":"A train?","content":""})"),
                chatDelta(R"({"content":"Gr\u00fc\u00df"})"),
                chatDelta(R"({"content":"e )"
                          "\xF0\x9F\x9A\x82"
                          R"(!"})"),
                stop.substr(0, stop.size() - 1) + "," + usage + "}",
                done};
    d.whole =
        R"({"object":"chat.completion","choices":[{"message":{"role":"assistant","reasoning_content":"Hm.",)"
        R"("content":"Gr\u00fc\u00dfe \ud83d\ude82!"},"finish_reason":"stop"}],)" +
        usage + "}";
    d.toolStream = {
        chatDelta(
            R"({"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"find","arguments":""}}]})"),
        chatDelta(R"({"tool_calls":[{"index":0,"function":{"arguments":"{\"q\":"}}]})"),
        chatDelta(
            R"({"tool_calls":[{"index":1,"id":"b","type":"function","function":{"name":"now","arguments":""}}]})"),
        chatDelta(R"({"tool_calls":[{"index":0,"function":{"arguments":"\"x\"}"}}]})"),
        chatDelta("{}", R"(,"finish_reason":"tool_calls")"),
        done};
    d.toolWhole =
        R"({"choices":[{"message":{"content":null,"tool_calls":[)"
        R"({"id":"a","type":"function","function":{"name":"find","arguments":"{\"q\":\"x\"}"}},)"
        R"({"id":"b","type":"function","function":{"name":"now","arguments":"{}"}}]},"finish_reason":"tool_calls"}]})";
    d.schemaStream = {chatDelta(R"({"content":"{\"score\":"})"), chatDelta(R"({"content":" 4}"})"), stop,
                      done};
    d.limitStream = {chatDelta(R"({"content":"Gr"})"), chatDelta("{}", R"(,"finish_reason":"length")"), done};
    d.failure = {R"({"error":{"message":"The engine is full","type":"server_error","code":503}})"};
    return d;
}

inline Dialect openAiResponses()
{
    const std::string usage =
        R"("usage":{"input_tokens":100,"input_tokens_details":{"cached_tokens":40},"output_tokens":30,)"
        R"("output_tokens_details":{"reasoning_tokens":10},"total_tokens":130})";
    const std::string created = R"({"type":"response.created","response":{"id":"r","object":"response",)"
                                R"("status":"in_progress","error":null,"output":[],"usage":null}})";
    const auto event = [](const std::string& type, const std::string& members) {
        return R"({"type":"response.)" + type + R"(","sequence_number":1,)" + members + "}";
    };
    const auto completed = [&](const std::string& output) {
        return event("completed",
                     R"("response":{"id":"r","object":"response","status":"completed","error":null,)"
                     R"("incomplete_details":null,"output":[)" +
                         output + "]," + usage + "}");
    };
    const std::string call = R"({"type":"function_call","id":"fc_1","call_id":"a","name":"find",)"
                             R"("arguments":"{\"q\":\"x\"}","status":"completed"})";
    const std::string otherCall =
        R"({"type":"function_call","id":"fc_2","call_id":"b","name":"now","arguments":"{}"})";
    const std::string message = R"({"type":"message","role":"assistant","content":[{"type":"output_text",)"
                                R"("text":"Gr\u00fc\u00dfe \ud83d\ude82!","annotations":[],"logprobs":[]}]})";
    Dialect d{};
    d.protocol = Protocol::OpenAiResponses;
    d.path = "/v1/responses";
    d.keyHeader = "Authorization: Bearer ";
    d.usage = {60, 40, 20, 10};
    d.stream = {created,
                event("output_item.added", R"("output_index":0,"item":{"type":"reasoning","summary":[]})"),
                event("reasoning_summary_text.delta", R"("output_index":0,"delta":"Hm.")"),
                event("output_item.added", R"("output_index":1,"item":{"type":"message","content":[]})"),
                event("output_text.delta", R"("output_index":1,"delta":"Gr\u00fc\u00df","logprobs":[])"),
                event("output_text.delta", R"("output_index":1,"delta":"e )"
                                           "\xF0\x9F\x9A\x82"
                                           R"(!","logprobs":[])"),
                event("output_text.done", R"("output_index":1,"text":"all of it again")"),
                completed(message)};
    d.whole = R"({"id":"r","object":"response","status":"completed","error":null,"output":[)"
              R"({"type":"reasoning","summary":[]},)" +
              message + "]," + usage + "}";
    d.toolStream = {
        created,
        event(
            "output_item.added",
            R"("output_index":0,"item":{"type":"function_call","id":"fc_1","call_id":"a","name":"find","arguments":""})"),
        event("function_call_arguments.delta", R"("item_id":"fc_1","output_index":0,"delta":"{\"q\":")"),
        event("function_call_arguments.delta", R"("item_id":"fc_1","output_index":0,"delta":"\"x\"}")"),
        event("function_call_arguments.done", R"("output_index":0,"arguments":"{\"q\":\"x\"}")"),
        event("output_item.done", R"("output_index":0,"item":)" + call),
        event(
            "output_item.added",
            R"("output_index":1,"item":{"type":"function_call","id":"fc_2","call_id":"b","name":"now","arguments":""})"),
        completed(call + "," + otherCall)};
    d.toolWhole =
        R"({"id":"r","object":"response","status":"completed","output":[)" + call + "," + otherCall + "]}";
    d.schemaStream = {created, event("output_text.delta", R"("delta":"{\"score\":")"),
                      event("output_text.delta", R"("delta":" 4}")"), completed({})};
    d.limitStream = {created, event("output_text.delta", R"("delta":"Gr")"),
                     event("incomplete",
                           R"("response":{"id":"r","status":"incomplete",)"
                           R"("incomplete_details":{"reason":"max_output_tokens"},"output":[]})")};
    d.failure = {created, event("failed", R"("response":{"id":"r","status":"failed","error":)"
                                          R"({"code":"server_error","message":"The engine is full"}})")};
    return d;
}

inline Dialect anthropic()
{
    const std::string start =
        R"({"type":"message_start","message":{"id":"m","type":"message","role":"assistant","content":[],)"
        R"("model":"other-name","stop_reason":null,"usage":{"input_tokens":50,"cache_creation_input_tokens":10,)"
        R"("cache_read_input_tokens":40,"output_tokens":1}}})";
    const auto stop = [](const std::string& reason) {
        return R"({"type":"message_delta","delta":{"stop_reason":")" + reason +
               R"(","stop_sequence":null},"usage":{"output_tokens":30}})";
    };
    const auto json = [](int index, const std::string& part) {
        return R"({"type":"content_block_delta","index":)" + std::to_string(index) +
               R"(,"delta":{"type":"input_json_delta","partial_json":")" + part + R"("}})";
    };
    const std::string end = R"({"type":"message_stop"})";
    Dialect d{};
    d.protocol = Protocol::AnthropicMessages;
    d.path = "/v1/messages";
    d.keyHeader = "x-api-key: ";
    d.usage = {50, 40, 30, std::nullopt, 10};
    d.stream = {
        start,
        R"({"type":"ping"})",
        R"({"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}})",
        R"({"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm."}})",
        R"({"type":"content_block_stop","index":0})",
        R"({"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}})",
        R"({"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Gr\u00fc\u00df"}})",
        R"({"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"e )"
        "\xF0\x9F\x9A\x82"
        R"(!"}})",
        stop("end_turn"),
        end};
    d.whole =
        R"({"id":"m","type":"message","role":"assistant","content":[{"type":"thinking","thinking":"Hm."},)"
        R"({"type":"text","text":"Gr\u00fc\u00dfe \ud83d\ude82!"}],"stop_reason":"end_turn",)"
        R"("usage":{"input_tokens":50,"cache_creation_input_tokens":10,"cache_read_input_tokens":40,)"
        R"("output_tokens":30}})";
    d.toolStream = {
        start,
        R"({"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"find","input":{}}})",
        json(0, R"({\"q\":)"),
        json(0, R"(\"x\"})"),
        R"({"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"b","name":"now","input":{}}})",
        stop("tool_use"),
        end};
    d.toolWhole =
        R"({"type":"message","content":[{"type":"tool_use","id":"a","name":"find","input":{"q":"x"}},)"
        R"({"type":"tool_use","id":"b","name":"now","input":{}}],"stop_reason":"tool_use"})";
    d.schemaStream = {
        start,
        R"({"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"z","name":"structured_answer","input":{}}})",
        json(0, R"({\"score\":)"),
        json(0, " 4}"),
        stop("tool_use"),
        end};
    d.limitStream = {start,
                     R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Gr"}})",
                     stop("max_tokens"), end};
    d.failure = {start,
                 R"({"type":"error","error":{"type":"overloaded_error","message":"The engine is full"}})"};
    return d;
}

inline Dialect gemini()
{
    const auto chunk = [](const std::string& parts, const std::string& rest) {
        return R"({"candidates":[{"content":{"parts":[)" + parts + R"(],"role":"model"},"index":0)" + rest +
               R"(}],"usageMetadata":{"promptTokenCount":100,"cachedContentTokenCount":40,)"
               R"("candidatesTokenCount":20,"thoughtsTokenCount":10,"totalTokenCount":130},"modelVersion":"other"})";
    };
    const std::string stop = R"(,"finishReason":"STOP")";
    const std::string call = R"({"functionCall":{"id":"a","name":"find","args":{"q":"x"}}})";
    const std::string otherCall = R"({"functionCall":{"id":"b","name":"now"}})";
    Dialect d{};
    d.protocol = Protocol::Gemini;
    d.path = "/v1/models/test-model:streamGenerateContent?alt=sse";
    d.keyHeader = "x-goog-api-key: ";
    d.usage = {60, 40, 20, 10};
    d.stream = {chunk(R"({"thought":true,"text":"Hm."})", {}),
                chunk(R"({"text":"Gr\u00fc\u00df"})", stop), // some versions say it in every chunk
                chunk(R"({"text":"e )"
                      "\xF0\x9F\x9A\x82"
                      R"(!"})",
                      stop)};
    d.whole =
        chunk(R"({"text":"Hm.","thought":true},{"text":"Gr\u00fc\u00dfe "},{"text":"\ud83d\ude82!"})", stop);
    d.toolStream = {chunk(call, {}), chunk(otherCall, stop)};
    d.toolWhole = chunk(call + "," + otherCall, stop);
    d.schemaStream = {chunk(R"({"text":"{\"score\":"})", {}), chunk(R"({"text":" 4}"})", stop)};
    d.limitStream = {chunk(R"({"text":"Gr"})", R"(,"finishReason":"MAX_TOKENS")")};
    d.failure = {R"({"error":{"code":503,"message":"The engine is full","status":"UNAVAILABLE"}})"};
    return d;
}

inline const std::map<std::string, Dialect>& dialects()
{
    static const std::map<std::string, Dialect> all{{"OpenAI chat", openAiChat()},
                                                    {"OpenAI responses", openAiResponses()},
                                                    {"Anthropic", anthropic()},
                                                    {"Gemini", gemini()}};
    return all;
}

} // namespace signalbox::testing
