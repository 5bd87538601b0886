// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The OpenAI chat completions wire format as a server sees it: a request body in, response bytes out.

#include "base/result.h"
#include "features/request.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::sandbox {

struct WireRequest
{
    std::string model;
    std::vector<Message> messages; ///< parts of type text are joined; other parts are left out
    bool stream = false;
    bool includeUsage = false;
    int maxTokens = 0;      ///< 0 = no limit
    std::string answerTool; ///< of Anthropic's protocol: the answer is this tool's arguments
    std::string schemaJson; ///< of response_format json_schema; "{}" for json_object; "" = plain text
    std::string_view lastUser() const;
};

struct WireUsage
{
    std::int64_t prompt = 0;
    std::int64_t completion = 0;
    std::int64_t cached = -1;    ///< part of prompt; -1 = not reported
    std::int64_t cacheWrite = -1; ///< another part of prompt; -1 = not reported
    std::int64_t reasoning = -1; ///< part of completion; -1 = not reported
};

/// How an answer tells what it cost.
enum class UsageStyle { AsAsked, Missing, WithoutTotal, EachChunk };

struct WireReply
{
    std::string id;
    std::int64_t createdS = 0;
    std::string model;
    std::string content;
    std::string finishReason = "stop"; ///< or "length", "content_filter"
    WireUsage usage;
    bool isCutShort() const { return finishReason != "stop"; }
};

/// Error code: "invalid_request"; the context names the parameter.
Result<WireRequest> readChatRequest(std::string_view body);

/// {"error": {"message", "type", "param", "code"}}
std::string errorBody(std::string_view message, std::string_view type, std::string_view param,
                      std::string_view code);

/// The whole answer in one object.
std::string completionBody(const WireReply& reply, UsageStyle usage = UsageStyle::AsAsked);

/// The parts of a streamed answer, in order.
enum class ReplyPart { Start, Content, Finish, Usage, Done };

/// One answer in a protocol's words: server-sent events, or one object.
class ReplyWriter
{
public:
    virtual ~ReplyWriter() = default;
    virtual std::string first() const = 0;
    /// `tokensSoFar`: of the completion with this piece, for an answer that counts in each chunk.
    virtual std::string piece(std::string_view text, std::int64_t tokensSoFar) const = 0;
    virtual std::string finish() const = 0;
    virtual std::string usage() const = 0; ///< "" when it has no event of its own
    virtual std::string done() const = 0;
    virtual std::string whole() const = 0;
    virtual ReplyPart usageIn() const = 0; ///< which part tells the cost
};

/// OpenAI's chat completions. The first event carries the role, the last the reason it ended.
class StreamWriter final : public ReplyWriter
{
public:
    StreamWriter(const WireReply& reply, bool includeUsage, UsageStyle style = UsageStyle::AsAsked);
    std::string first() const override;
    std::string piece(std::string_view text, std::int64_t tokensSoFar) const override;
    std::string finish() const override;
    std::string usage() const override;
    std::string done() const override;
    std::string whole() const override { return completionBody(m_reply, m_style); }
    ReplyPart usageIn() const override
    {
        return m_style == UsageStyle::EachChunk ? ReplyPart::Finish : ReplyPart::Usage;
    }

private:
    void event(std::string& out, std::string_view delta, std::string_view finishReason,
               std::int64_t tokensSoFar) const;
    const WireReply& m_reply;
    bool m_includeUsage;
    UsageStyle m_style;
    std::string m_head;
};

/// The content in pieces of about `wordsEach` words, spaces included: joined they are the content.
std::vector<std::string_view> piecesOf(std::string_view content, int wordsEach);

} // namespace signalbox::sandbox
