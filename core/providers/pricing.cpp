// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/pricing.h"

#include <cmath>

namespace signalbox {

namespace {

constexpr double kNanoUsdPerTokenAtOneUsdPerMtok = 1000.0; // 1e9 nano-dollars / 1e6 tokens
constexpr double kMaxNano = 9e18;

/// Adds one class to the sum; false if it makes the sum unknown.
bool addClass(NanoUsd& sum, std::int64_t tokens, const std::optional<double>& perMtok)
{
    if (tokens == 0)
        return true;
    if (tokens < 0 || !perMtok || !std::isfinite(*perMtok))
        return false;
    const double nano =
        std::round(static_cast<double>(tokens) * (*perMtok * kNanoUsdPerTokenAtOneUsdPerMtok));
    if (std::fabs(nano) > kMaxNano)
        return false;
    return !__builtin_add_overflow(sum, static_cast<NanoUsd>(nano), &sum);
}

} // namespace

std::optional<NanoUsd> costOf(const TokenUsage& usage, const std::optional<Price>& price)
{
    if (!usage.known() || !price)
        return std::nullopt;
    const auto orElse = [](const std::optional<double>& a, const std::optional<double>& b) {
        return a ? a : b;
    };
    NanoUsd sum = 0;
    const bool known =
        addClass(sum, *usage.input, price->inputPerMtok) &&
        addClass(sum, usage.cachedInput.value_or(0),
                 orElse(price->cachedInputPerMtok, price->inputPerMtok)) &&
        addClass(sum, *usage.output, price->outputPerMtok) &&
        addClass(sum, usage.reasoning.value_or(0), orElse(price->reasoningPerMtok, price->outputPerMtok));
    return known ? std::optional(sum) : std::nullopt;
}

} // namespace signalbox
