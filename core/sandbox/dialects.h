// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The protocols that the sandbox speaks besides OpenAI's chat completions, so that all of them can be tried
// without a network: the same models answer. None of this shares code with the client.

#include "sandbox/chat_wire.h"

#include <memory>
#include <optional>

namespace signalbox::sandbox {

enum class Dialect { OpenAiChat, OpenAiResponses, Anthropic, Gemini };

std::optional<Dialect> dialectOf(std::string_view path);
/// Error code: "invalid_request"; the context names the parameter.
Result<WireRequest> readRequest(Dialect dialect, std::string_view target, std::string_view body);
std::unique_ptr<ReplyWriter> writerFor(Dialect dialect, const WireReply& reply, const WireRequest& request,
                                       UsageStyle style);
std::string errorBodyOf(Dialect dialect, int status, std::string_view message, std::string_view param,
                        std::string_view code);

} // namespace signalbox::sandbox
