// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// An answer in the shape that response_format asks for, or nearly so.

#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox::sandbox {

/// JSON that fits the schema: strings get the reply, booleans the decision, numbers the least that is
/// allowed.
std::string fittingReply(std::string_view schemaJson, std::string_view reply, bool decision);

/// The same, broken in one of the ways that models break it; `draw` picks which.
std::string misshapenReply(std::string_view schemaJson, std::string_view reply, bool decision,
                           std::uint64_t draw);

} // namespace signalbox::sandbox
