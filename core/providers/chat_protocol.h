// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What differs between chat protocols: the request's bytes, and how an answer is read. Implementations are
// stateless; what an answer has said so far is in ChatProgress. Private to this room.

#include "providers/chat.h"

namespace signalbox {

struct ChatProgress
{
    std::string text;
    std::string finishReason;
    TokenUsage usage;
    bool understood = false; ///< something of the protocol came
    bool ended = false;      ///< the protocol's own end came
    std::string errorKind;   ///< not empty: the server reported a failure, or what came is not the protocol
    std::string message;
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
    /// What an error's body says in words; "" if it cannot be read.
    virtual std::string readError(std::string_view body) const = 0;
};

const ChatProtocol& chatProtocol(Protocol protocol);

} // namespace signalbox
