// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What chat protocols have in common: counts, errors, finish reasons, tool calls and headers, read and
// written the same way whatever the dialect. Private to this room.

#include "providers/chat_protocol.h"
#include "providers/json_reader.h"

namespace signalbox {

// Reading.

/// Appends a string; anything else is skipped.
void readStringOrSkip(JsonReader& json, std::string& out);
/// Sets to a string; anything else is skipped and leaves it as it was.
void setStringOrSkip(JsonReader& json, std::string& out);
/// A whole number of tokens that can be believed.
std::optional<std::int64_t> readCount(JsonReader& json);
std::optional<double> readNumberOrSkip(JsonReader& json);
/// The text of any value, well-formed UTF-8.
std::string readRaw(JsonReader& json);

/// What OpenAI's protocols tell of a prompt's tokens, and of an answer's, besides their number.
void readInputDetails(JsonReader& json, TokenUsage& usage);
void readOutputDetails(JsonReader& json, TokenUsage& usage);
/// For protocols that count what a cache had to do with into the input and reasoning into the output: our
/// classes are disjoint.
void takeApart(TokenUsage& usage);

struct ServerError
{
    std::string message;
    std::string type;
    std::string code; ///< as text; servers send a string, a number or null
    std::string retryAfter = {}; ///< seconds to wait, as Google says them in the body; "" = not said
};

/// Reads a member that belongs to an error; false if it is none, and not read.
bool readErrorMember(JsonReader& json, std::string_view key, ServerError& error);
/// An error object, or its text alone.
ServerError readServerError(JsonReader& json);
/// Marks what was said inside an answer whose status is 200 as the failure that it is.
void reportError(const ServerError& error, ChatProgress& progress);
void reportGarbage(std::string message, ChatProgress& progress);
/// What an error's body says; empty if it cannot be read.
ServerError readErrorBody(std::string_view body);
/// The kind of a failure with this status. 429 stands for "slower" and for "the account has nothing left": waiting helps
/// only the first.
std::string kindOfFailure(int status, const ServerError& error);

/// A server's word for why the model ended, in the vocabulary of ChatResult.
std::string finishReasonOf(std::string_view word);

/// The call that a stream names by this number; a new one if there is none yet.
ToolCall& toolCallOf(ChatProgress& progress, std::int64_t key);
ToolCall& newToolCall(ChatProgress& progress, std::int64_t key);

void addLogProbability(ChatProgress& progress, double value);

// Writing.

/// Names of schemas and tools have few letters to choose from: others become '_'.
std::string plainName(std::string_view wanted, std::string_view otherwise);
/// Fails unless each schema of the request is a JSON object, and each tool has a name of its own.
Result<> checkSchemas(const ChatRequest& request);
/// For a tool without parameters, the schema of none.
std::string_view parametersOf(const ToolSpec& tool);
/// All system messages, joined by an empty line, for protocols that have one place for them.
std::string systemPromptOf(const std::vector<Message>& messages);
/// For a path or a query (RFC 3986); bytes in `alsoPlain` stay as they are.
std::string percentEncoded(std::string_view text, std::string_view alsoPlain = {});
/// Where Gemini keeps a model: "/models/gemini-2.5-flash"; a name with a slash is whole ("tunedModels/mine").
std::string modelPath(std::string_view name);
/// "Content-Type", "Accept", and the key's header unless there is no key.
std::vector<std::string> jsonHeaders(bool stream, std::string_view keyHeader, const std::string& key);

} // namespace signalbox
