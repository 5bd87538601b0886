// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a row of prompts says besides its text: the headers of the call, the tools that it brings, when it came.
// Private to core/exchange.

#include "features/request.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox {

/// Reads "headers", "tools" and "received_at" into the request. Says what is wrong, or "".
std::string readCircumstances(const nlohmann::ordered_json& object, Request& request);

/// Milliseconds since 1970 of a time as RFC 3339 writes it: "2026-11-22T18:30:00Z", "2026-11-22 18:30:00.5+01:00".
std::optional<std::int64_t> unixMsFromRfc3339(std::string_view text);

} // namespace signalbox
