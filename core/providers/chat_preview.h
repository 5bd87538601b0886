// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a chat call sends, to look at: address, headers and body as its protocol makes them, with a word in
// the key's place. No key is ever read here.

#include "base/result.h"
#include "providers/chat.h"

#include <string>
#include <vector>

namespace signalbox {

struct ChatPreview
{
    std::string method = "POST";
    std::string url;
    std::vector<std::string> headers; ///< "Name: value"; the key is kMaskedKey
    std::string body;
    bool hasKey = false;
};

inline constexpr const char* kMaskedKey = "••••••";

/// Fails if the request cannot be said in its protocol.
Result<ChatPreview> previewOf(const ChatRequest& request);

/// The same as a command for a POSIX shell, with "$KEY" where the key goes: nothing in it is secret.
Result<std::string> curlOf(const ChatRequest& request);

} // namespace signalbox
