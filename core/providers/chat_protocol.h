// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What differs between chat protocols: the request's bytes, and how an answer is read. Implementations are
// stateless; what an answer has said so far is in ChatProgress. Private to this room.

#include "providers/chat.h"

namespace signalbox {

struct ChatProgress
{
    std::string text;
    std::string finishReason; ///< in the vocabulary of ChatResult
    std::vector<ToolCall> toolCalls;
    std::size_t thoughtBytes = 0; ///< of what the model has thought aloud, which is no answer but is paid for
    std::optional<double> meanLogProbability;
    TokenUsage usage;
    bool understood = false; ///< something of the protocol came
    bool ended = false;      ///< the protocol's own end came
    std::string errorKind;   ///< not empty: the server reported a failure, or what came is not the protocol
    std::string message;
    bool mayEnd = false; ///< for a protocol without a word for its end: the stream may close tidily now

    // What readers of a stream keep from one event to the next.
    std::string answerId;               ///< what the server calls this answer
    std::vector<std::int64_t> toolKeys; ///< the stream's own number of each call
    double logProbabilitySum = 0;
    std::int64_t logProbabilityTokens = 0;
    std::optional<std::int64_t> answerBlock; ///< the part whose arguments are the answer itself
};

class ChatProtocol
{
public:
    virtual ~ChatProtocol() = default;
    virtual std::string url(const ChatRequest& request) const = 0;
    virtual std::vector<std::string> headers(const ChatRequest& request, const std::string& key) const = 0;
    /// Fails if the request cannot be said in this protocol.
    virtual Result<std::string> body(const ChatRequest& request) const = 0;
    /// The data of one server-sent event.
    virtual void readEvent(std::string_view data, ChatProgress& progress) const = 0;
    /// A whole answer that is no stream.
    virtual void readAnswer(std::string_view json, ChatProgress& progress) const = 0;
};

const ChatProtocol& chatProtocol(Protocol protocol);

} // namespace signalbox
