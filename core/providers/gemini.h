// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Google's generateContent (https://ai.google.dev/api/generate-content). A stream has no word for its end: it
// closes tidily after a finish reason. Private to this room.

#include "providers/chat_protocol.h"

namespace signalbox {

class Gemini final : public ChatProtocol
{
public:
    std::string url(const ChatRequest& request) const override;
    std::vector<std::string> headers(const ChatRequest& request, const std::string& key) const override;
    Result<std::string> body(const ChatRequest& request) const override;
    void readEvent(std::string_view data, ChatProgress& progress) const override;
    void readAnswer(std::string_view json, ChatProgress& progress) const override;
};

} // namespace signalbox
