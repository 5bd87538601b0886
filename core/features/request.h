// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A request: what somebody asks, before anything has been decided about it.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

struct Message
{
    std::string role; ///< "system", "user", "assistant"
    std::string content;
    bool operator==(const Message&) const = default;
};

struct Attachment
{
    std::string kind; ///< "image", "pdf", "log" …
    std::string name;
    bool operator==(const Attachment&) const = default;
};

struct Request
{
    std::string id;
    std::vector<Message> messages;
    std::map<std::string, std::string> metadata;
    std::vector<Attachment> attachments;
    std::map<std::string, std::string> headers; ///< of the call that brought it; names in lower case
    std::vector<std::string> tools;             ///< names of the tools that it brings
    std::int64_t receivedAtMs = 0;              ///< Unix time, when stated; 0 = when it is decided
    std::string reference; ///< a known good answer; never sent to a model

    static Request fromPrompt(std::string id, std::string prompt);
    /// The last user message, or "" if there is none.
    std::string_view lastUserText() const;
    /// SHA-256 over messages, metadata and attachments, and over headers, tools and time where there are any, in a
    /// canonical layout; not over id and reference.
    std::string inputHash() const;
};

} // namespace signalbox
