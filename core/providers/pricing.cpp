// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/pricing.h"

#include <cmath>
#include <limits>

namespace signalbox {

namespace {

__extension__ using Wide = __int128;

constexpr long double kPriceSteps = 1e12L;    ///< a price is taken to twelve decimals, as it was written
constexpr Wide kStepsPerNano = 1'000'000'000; ///< 1e12 steps × 1e6 tokens / 1e9 nano-dollars
constexpr double kHighestPrice = 1e12;

/// Adds one class to the sum; false if it makes the sum unknown.
bool addClass(NanoUsd& sum, std::int64_t tokens, const std::optional<double>& perMtok)
{
    if (tokens == 0)
        return true;
    if (tokens < 0 || !perMtok || !std::isfinite(*perMtok) || std::fabs(*perMtok) > kHighestPrice)
        return false;
    // In integers: a price such as 0.15 is no binary fraction, and a half must not fall to the wrong side for
    // that.
    const Wide price = static_cast<Wide>(std::roundl(static_cast<long double>(*perMtok) * kPriceSteps));
    Wide product = 0;
    if (__builtin_mul_overflow(price, static_cast<Wide>(tokens), &product))
        return false;
    const Wide nano = (product + (product < 0 ? -kStepsPerNano : kStepsPerNano) / 2) / kStepsPerNano;
    if (nano > std::numeric_limits<NanoUsd>::max() || nano < std::numeric_limits<NanoUsd>::min())
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
        addClass(sum, usage.cacheWrite.value_or(0), price->cacheWritePerMtok) &&
        addClass(sum, *usage.output, price->outputPerMtok) &&
        addClass(sum, usage.reasoning.value_or(0), orElse(price->reasoningPerMtok, price->outputPerMtok));
    return known ? std::optional(sum) : std::nullopt;
}

std::optional<NanoUsd> leastCostOf(const TokenUsage& usage, std::optional<Price> price)
{
    if (price && !price->cacheWritePerMtok)
        price->cacheWritePerMtok = price->inputPerMtok;
    return costOf(usage, price);
}

} // namespace signalbox
