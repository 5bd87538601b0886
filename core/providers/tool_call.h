// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace signalbox {

/// A call that the model asks for. Nothing vouches for the arguments: they are what the model wrote.
struct ToolCall
{
    std::string id; ///< as the server named it; "" where the protocol names none
    std::string name;
    std::string argumentsJson;
    bool operator==(const ToolCall&) const = default;
};

/// [{"id", "name", "arguments"}]; the arguments are a text, as they are no JSON until somebody has looked.
std::string toolCallsJson(const std::vector<ToolCall>& calls);

} // namespace signalbox
