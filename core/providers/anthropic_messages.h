// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Anthropic's messages (https://docs.anthropic.com/en/api/messages). An answer of a JSON Schema is asked for
// as the arguments of a tool that must be called: every model and every server of this protocol knows that,
// while output_format is known to a few. Private to this room.

#include "providers/chat_protocol.h"

namespace signalbox {

class AnthropicMessages final : public ChatProtocol
{
public:
    std::string url(const ChatRequest& request) const override;
    std::vector<std::string> headers(const ChatRequest& request, const std::string& key) const override;
    Result<std::string> body(const ChatRequest& request) const override;
    void readEvent(std::string_view data, ChatProgress& progress) const override;
    void readAnswer(std::string_view json, ChatProgress& progress) const override;
};

} // namespace signalbox
