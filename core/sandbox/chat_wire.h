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
    std::string schemaJson; ///< of response_format json_schema; "{}" for json_object; "" = plain text
    std::string_view lastUser() const;
};

struct WireUsage
{
    std::int64_t prompt = 0;
    std::int64_t completion = 0;
    std::int64_t cached = -1;    ///< part of prompt; -1 = not reported
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
    std::string finishReason = "stop";
    WireUsage usage;
};

/// Error code: "invalid_request"; the context names the parameter.
Result<WireRequest> readChatRequest(std::string_view body);

/// {"error": {"message", "type", "param", "code"}}
std::string errorBody(std::string_view message, std::string_view type, std::string_view param,
                      std::string_view code);

/// The whole answer in one object.
std::string completionBody(const WireReply& reply, UsageStyle usage = UsageStyle::AsAsked);

/// Server-sent events of one streamed answer. The first event carries the role, the last the reason it ended.
class StreamWriter
{
public:
    StreamWriter(const WireReply& reply, bool includeUsage, UsageStyle style = UsageStyle::AsAsked);
    std::string first() const;
    /// `tokensSoFar`: of the completion with this piece, for an answer that counts in each chunk.
    std::string piece(std::string_view text, std::int64_t tokensSoFar = 0) const;
    std::string finish() const;
    std::string usage() const; ///< "" when it is not told
    std::string done() const;
    std::string last() const { return finish() + usage() + done(); }

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
