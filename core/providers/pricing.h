// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Tokens × price = nano-dollars, by class. A class with tokens and without a price makes the whole charge unknown.

#include "base/money.h"
#include "policy/policy.h"
#include "providers/usage.h"

#include <optional>

namespace signalbox {

/// Each class is rounded to whole nano-dollars on its own (half away from zero), so that parts add up to the sum.
std::optional<NanoUsd> costOf(const TokenUsage& usage, const std::optional<Price>& price);

/// For budgets, which must not overlook what was bought because nobody states the price of writing to a cache: it counts
/// as input that is read anew, which it costs at least.
std::optional<NanoUsd> leastCostOf(const TokenUsage& usage, std::optional<Price> price);

} // namespace signalbox
