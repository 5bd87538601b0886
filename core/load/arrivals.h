// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// When requests come, and how large they are: a recorded trace of a real service, or independent users.

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace signalbox {

struct Arrival
{
    double atMs = 0;         ///< since the first one
    int inputTokens = 0;     ///< 0 = not recorded
    int generatedTokens = 0; ///< 0 = not recorded
};

/// Reads CSV with a head. Columns are found by name, whatever their case and order: the time ("TIMESTAMP": a
/// date and time, or seconds), the request's tokens ("ContextTokens", "Request tokens", "input_tokens") and
/// the answer's
/// ("GeneratedTokens", "Response tokens", "output_tokens"); the tokens may be missing. It is the layout of
/// the Azure LLM inference trace and its kin. The result is in order of time. Errors name the line:
/// load.bad_arrivals.
Result<std::vector<Arrival>> parseArrivals(std::string_view csv);

/// The next arrival, or nothing when there are no more. Called from one thread, in order.
using ArrivalSource = std::function<std::optional<Arrival>()>;

/// The trace at a multiple of its own speed.
ArrivalSource replay(std::vector<Arrival> trace, double speed);
/// Users who do not know of each other: a Poisson process of so many a second on average, repeatable by its
/// seed.
ArrivalSource poisson(double perSecond, std::uint64_t seed);

} // namespace signalbox
