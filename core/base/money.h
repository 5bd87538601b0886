// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Money is counted in whole nano-dollars (1e-9 USD), so that sums are exact whatever their order.

#include <cstdint>
#include <optional>
#include <string>

namespace signalbox {

using NanoUsd = std::int64_t;

inline constexpr double kNanoPerUsd = 1e9;

inline double toUsd(NanoUsd nano) { return static_cast<double>(nano) / kNanoPerUsd; }

/// A sum that says how much of it is known: a part without a price is counted, never taken for zero.
struct CostSum
{
    NanoUsd known = 0;     ///< sum of the parts whose price is known
    int knownParts = 0;
    int unknownParts = 0;

    void add(const std::optional<NanoUsd>& part)
    {
        NanoUsd sum = 0;
        if (part && !__builtin_add_overflow(known, *part, &sum)) {
            known = sum;
            ++knownParts;
        } else {
            ++unknownParts; // a sum that no longer fits is not known either
        }
    }
    void add(const CostSum& other)
    {
        NanoUsd sum = 0;
        if (__builtin_add_overflow(known, other.known, &sum)) {
            unknownParts += other.knownParts;
        } else {
            known = sum;
            knownParts += other.knownParts;
        }
        unknownParts += other.unknownParts;
    }
    /// Share of parts that are known, in 0–1; 1 for an empty sum.
    double knownShare() const
    {
        const int all = knownParts + unknownParts;
        return all == 0 ? 1.0 : static_cast<double>(knownParts) / all;
    }
    /// The total, or nothing when any part is unknown.
    std::optional<NanoUsd> total() const { return unknownParts == 0 ? std::optional(known) : std::nullopt; }
};

} // namespace signalbox
