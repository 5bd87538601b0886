// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Tokens by class. Classes are disjoint: cached input is not part of input, reasoning not part of output.

#include <cstdint>
#include <optional>

namespace signalbox {

struct TokenUsage
{
    std::optional<std::int64_t> input;
    std::optional<std::int64_t> cachedInput;
    std::optional<std::int64_t> output;
    std::optional<std::int64_t> reasoning;
    bool known() const { return input.has_value() && output.has_value(); }
    bool operator==(const TokenUsage&) const = default;
};

} // namespace signalbox
