// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/chat_protocol.h"

#include "providers/anthropic_messages.h"
#include "providers/gemini.h"
#include "providers/openai_chat.h"
#include "providers/openai_responses.h"

namespace signalbox {

const ChatProtocol& chatProtocol(Protocol protocol)
{
    static const OpenAiChat openAiChat;
    static const OpenAiResponses openAiResponses;
    static const AnthropicMessages anthropic;
    static const Gemini gemini;
    switch (protocol) {
    case Protocol::OpenAiResponses:
        return openAiResponses;
    case Protocol::AnthropicMessages:
        return anthropic;
    case Protocol::Gemini:
        return gemini;
    case Protocol::OpenAiChat:
        break;
    }
    return openAiChat;
}

} // namespace signalbox
