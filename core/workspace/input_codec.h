// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How messages, metadata and attachments stand in the columns of `inputs`, and lists in single columns.

#include "features/request.h"
#include "providers/tool_call.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox {

/// What came with a request besides its text. Stands in the column of the metadata, which is then a list of
/// metadata, headers, tools and time instead of an object.
struct Circumstances
{
    std::map<std::string, std::string> metadata;
    std::map<std::string, std::string> headers;
    std::vector<std::string> tools;
    std::int64_t receivedAtMs = 0;
};

/// The columns; an empty text stands for NULL.
struct StoredInput
{
    std::string_view prompt; ///< into the messages that were given
    std::string messages;
    std::string metadata;
    std::string attachments;
};

StoredInput storedInput(const std::vector<Message>& messages, const Circumstances& circumstances,
                        const std::vector<Attachment>& attachments);

std::vector<Message> messagesFrom(std::string_view prompt, std::string_view messages);
Circumstances circumstancesFrom(std::string_view json);
std::vector<Attachment> attachmentsFrom(std::string_view json);

/// A list of pairs of texts as JSON; "" for an empty list.
std::string storedPairs(const std::vector<std::pair<std::string, std::string>>& pairs);
std::vector<std::pair<std::string, std::string>> pairsFrom(std::string_view json);

/// What toolCallsJson() wrote.
std::vector<ToolCall> toolCallsFrom(std::string_view json);

/// Reason codes, one a line.
std::string joinedReasons(const std::vector<std::string>& reasons);
std::vector<std::string> reasonsFrom(std::string_view joined);

/// A request's id without that of its trace, if it begins with that.
std::string storedRequestId(const std::string& traceId, const std::string& requestId);
std::string wholeRequestId(const std::string& traceId, std::string stored);

/// Numbers as bytes, little-endian on every machine.
std::string storedVector(std::span<const float> vector);
std::vector<float> vectorFrom(std::string_view bytes);

/// The first 160 characters, white space runs as one space.
std::string previewOf(std::string_view prompt);

} // namespace signalbox
