// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Answers in the words of OpenAI's responses, Anthropic's messages and Gemini's generated content.

#include "sandbox/chat_wire.h"

namespace signalbox::sandbox {

class ResponsesWriter final : public ReplyWriter
{
public:
    ResponsesWriter(const WireReply& reply, bool tellsUsage) : m_reply(reply), m_tellsUsage(tellsUsage) {}
    std::string first() const override;
    std::string piece(std::string_view text, std::int64_t tokensSoFar) const override;
    std::string finish() const override;
    std::string usage() const override { return {}; }
    std::string done() const override;
    std::string whole() const override;
    ReplyPart usageIn() const override { return ReplyPart::Done; }

private:
    std::string response(bool ended) const;
    std::string item(bool ended) const;
    const WireReply& m_reply;
    bool m_tellsUsage;
};

class AnthropicWriter final : public ReplyWriter
{
public:
    /// `answerTool`: the answer is the arguments of this tool; "" = text.
    AnthropicWriter(const WireReply& reply, bool tellsUsage, std::string answerTool)
        : m_reply(reply), m_tellsUsage(tellsUsage), m_answerTool(std::move(answerTool))
    {
    }
    std::string first() const override;
    std::string piece(std::string_view text, std::int64_t tokensSoFar) const override;
    std::string finish() const override;
    std::string usage() const override; ///< the reason it ended is told with it
    std::string done() const override;
    std::string whole() const override;
    ReplyPart usageIn() const override { return ReplyPart::Usage; }

private:
    std::string_view stopReason() const;
    const WireReply& m_reply;
    bool m_tellsUsage;
    std::string m_answerTool;
};

class GeminiWriter final : public ReplyWriter
{
public:
    GeminiWriter(const WireReply& reply, bool tellsUsage) : m_reply(reply), m_tellsUsage(tellsUsage) {}
    std::string first() const override { return event({}, false); }
    std::string piece(std::string_view text, std::int64_t) const override { return event(text, false); }
    std::string finish() const override { return event({}, true); }
    std::string usage() const override { return {}; }
    std::string done() const override { return {}; } ///< the end of the body is its end
    std::string whole() const override { return chunk(m_reply.content, true); }
    ReplyPart usageIn() const override { return ReplyPart::Finish; }

private:
    std::string chunk(std::string_view text, bool last) const;
    std::string event(std::string_view text, bool last) const
    {
        return "data: " + chunk(text, last) + "\r\n\r\n";
    }
    const WireReply& m_reply;
    bool m_tellsUsage;
};

} // namespace signalbox::sandbox
