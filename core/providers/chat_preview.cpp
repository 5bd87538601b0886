// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/chat_preview.h"

#include "providers/chat_protocol.h"

namespace signalbox {

namespace {

Result<ChatPreview> previewWith(const ChatRequest& request, const std::string& key)
{
    const ChatProtocol& protocol = chatProtocol(request.protocol);
    Result<std::string> body = protocol.body(request);
    if (!body)
        return tl::unexpected<Error>(body.error());
    ChatPreview preview;
    preview.hasKey = !request.key.empty();
    preview.url = protocol.url(request);
    preview.headers = protocol.headers(request, preview.hasKey ? key : std::string());
    preview.body = std::move(*body);
    return preview;
}

/// For a POSIX shell: nothing is special between single quotes but the quote itself.
std::string shellQuoted(const std::string& text)
{
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'')
            quoted += "'\\''";
        else
            quoted += c;
    }
    return quoted + "'";
}

} // namespace

Result<ChatPreview> previewOf(const ChatRequest& request)
{
    return previewWith(request, kMaskedKey);
}

Result<std::string> curlOf(const ChatRequest& request)
{
    const std::string placeholder = "$KEY";
    const Result<ChatPreview> preview = previewWith(request, placeholder);
    if (!preview)
        return tl::unexpected<Error>(preview.error());
    std::string command = "curl" + std::string(request.stream ? " -N" : "") + " " + shellQuoted(preview->url);
    for (const std::string& header : preview->headers) {
        const std::size_t key = preview->hasKey ? header.find(placeholder) : std::string::npos;
        // The shell puts the key in: its place is outside of the single quotes.
        command += " \\\n  -H " + (key == std::string::npos
                                       ? shellQuoted(header)
                                       : shellQuoted(header.substr(0, key)) + "\"$KEY\"" +
                                             (key + placeholder.size() < header.size()
                                                  ? shellQuoted(header.substr(key + placeholder.size()))
                                                  : std::string()));
    }
    return command + " \\\n  -d " + shellQuoted(preview->body) + "\n";
}

} // namespace signalbox
