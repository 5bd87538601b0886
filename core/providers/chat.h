// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One chat completion with its retries: what the cascade and the judges call. Runs on the network thread.

#include "base/clock.h"
#include "features/request.h"
#include "policy/policy.h"
#include "providers/secrets.h"
#include "providers/tool_call.h"
#include "providers/transport.h"
#include "providers/usage.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// A tool that the model may call.
struct ToolSpec
{
    std::string name;
    std::string description;
    std::string parametersJson; ///< JSON Schema of its arguments: an object; "" = it takes none
};

struct ChatRequest
{
    Protocol protocol = Protocol::OpenAiChat;
    std::string endpointId;
    std::string baseUrl; ///< resolved, no trailing slash: "http://127.0.0.1:8080/v1"
    SecretRef key;
    std::string modelName;
    std::vector<Message> messages;
    bool stream = true;
    int maxOutputTokens = 0;        ///< 0 = not sent
    std::optional<double> temperature; ///< nothing = not sent
    std::optional<double> topP;        ///< nothing = not sent
    std::string responseSchemaJson; ///< not empty: asks for an answer of this JSON Schema
    std::string responseSchemaName;
    std::vector<ToolSpec> tools;
    bool logProbabilities = false; ///< asks for them; not every protocol has them
    /// Each try goes out under an id of its own, "PREFIX.N", in the header X-Client-Request-Id; "" = under
    /// none. A try that was sent again because its connection had ended is "PREFIX.N+" from then on, and says
    /// PREFIX.N.
    std::string requestIdPrefix;
    int firstRequestId = 0;         ///< N of the first try
    double deadlineMs = 0;          ///< for everything, retries included; 0 = none
    double idleTimeoutMs = 0;       ///< an attempt in which nothing comes for so long ends as provider.timeout; 0 = never
    int maxAttempts = 3;
    std::uint64_t jitterSeed = 1;
};

/// One HTTP try.
struct ChatAttempt
{
    int number = 1;
    int httpStatus = 0;
    std::string errorKind; ///< "" = success
    std::string message;
    double startMs = 0;    ///< since the chat call's start
    double connectMs = 0;
    std::optional<double> ttftMs;
    double totalMs = 0;
    bool requestSent = false; ///< the request went out: it may have been worked on, and billed, whatever came back
    bool simulated = false; ///< the server said that it is the sandbox
    TokenUsage usage;       ///< what this try was charged for, as far as the server said
    std::string requestId;  ///< that it was sent under, or ""
    std::optional<double> retryAfterMs; ///< that the server asked for
    bool sentAgain = false; ///< an idle connection turned out to be closed, and it went out once more: nobody's failure
    double queueMs = 0;     ///< of it, until a connection was there to be used or made
};

struct ChatResult
{
    bool ok = false;
    std::string errorKind; ///< when not ok; one of errors.h
    std::string message;
    std::string text;      ///< complete, or what had come before the failure
    /// Why the model ended, in one vocabulary for all protocols: "stop", "length", "tool_calls",
    /// "content_filter", "other"; "" as long as it did not.
    std::string finishReason;
    std::vector<ToolCall> toolCalls; ///< an answer may be of these alone
    std::optional<double> meanLogProbability; ///< natural logarithm, mean over the answer's tokens
    TokenUsage usage;
    std::optional<double> ttftMs; ///< since the chat call's start
    double latencyMs = 0;
    std::vector<ChatAttempt> attempts;
    bool simulated = false;
};

/// What a call tells as it goes.
struct ChatCallbacks
{
    std::function<void(const std::string& requestId)>
        onAttempt; ///< it is about to go out; also within start()
    /// Asked before a retry that would help; false = none may go out now. Nothing = it may.
    std::function<bool()> mayRetry;
    std::function<void(std::string_view)> onText;
    /// What comes besides text: the arguments of tool calls, and what the model thinks aloud. Bytes since the last one.
    std::function<void(std::size_t toolBytes, std::size_t thoughtBytes)> onUnseen;
    std::function<void(const ChatAttempt&, double /*retryInMs; negative = no retry*/)> onAttemptFailed;
    std::function<void(ChatResult)> onDone; ///< exactly once unless cancelled
};

/// A running call; start() returns before any callback but onAttempt is called. Destroying or cancelling it
/// stops everything without onDone. On the network thread only.
class ChatCall
{
public:
    static std::shared_ptr<ChatCall> start(Transport& transport, SecretSource& secrets, ChatRequest request, ChatCallbacks callbacks);
    /// Stops; returns what had happened so far, for the trace.
    virtual ChatResult cancel() = 0;
    virtual ~ChatCall() = default;
};

} // namespace signalbox
