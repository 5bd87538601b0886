// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/request.h"

#include "base/ids.h"

namespace signalbox {

namespace {

/// Length-prefixed, so that no two different requests have the same layout.
void appendField(std::string& out, std::string_view text)
{
    out += std::to_string(text.size());
    out += ':';
    out += text;
}

} // namespace

Request Request::fromPrompt(std::string id, std::string prompt)
{
    Request request;
    request.id = std::move(id);
    request.messages.push_back({"user", std::move(prompt)});
    return request;
}

std::string_view Request::lastUserText() const
{
    for (auto it = messages.rbegin(); it != messages.rend(); ++it) {
        if (it->role == "user")
            return it->content;
    }
    return {};
}

std::string Request::inputHash() const
{
    std::string layout;
    for (const Message& message : messages) {
        appendField(layout, message.role);
        appendField(layout, message.content);
    }
    layout += '|';
    for (const auto& [key, value] : metadata) {
        appendField(layout, key);
        appendField(layout, value);
    }
    layout += '|';
    for (const Attachment& attachment : attachments) {
        appendField(layout, attachment.kind);
        appendField(layout, attachment.name);
    }
    // A request without these keeps the hash that it had before there were any.
    if (!headers.empty() || !tools.empty() || receivedAtMs != 0) {
        layout += '|';
        for (const auto& [name, value] : headers) {
            appendField(layout, name);
            appendField(layout, value);
        }
        layout += '|';
        for (const std::string& tool : tools)
            appendField(layout, tool);
        layout += '|';
        layout += std::to_string(receivedAtMs);
    }
    return sha256Hex(layout);
}

} // namespace signalbox
