// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Tokens by class. Classes are disjoint: what is read from a cache or written to it is not part of input,
// reasoning not part of output.

#include <cstdint>
#include <optional>

namespace signalbox {

struct TokenUsage
{
    std::optional<std::int64_t> input;
    std::optional<std::int64_t> cachedInput; ///< read from the provider's cache of prompts
    std::optional<std::int64_t> output;
    std::optional<std::int64_t> reasoning;
    std::optional<std::int64_t> cacheWrite = {}; ///< input that was written to that cache, for a price of its own

    bool known() const { return input.has_value() && output.has_value(); }
    /// Of all classes of input together; what was not told counts nothing.
    std::int64_t wholeInput() const { return input.value_or(0) + cachedInput.value_or(0) + cacheWrite.value_or(0); }
    /// Of both classes of output together; what was not told counts nothing.
    std::int64_t wholeOutput() const { return output.value_or(0) + reasoning.value_or(0); }
    bool operator==(const TokenUsage&) const = default;
};

} // namespace signalbox
