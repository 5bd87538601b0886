// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Time: a steady clock for durations, a wall clock for records.

#include <chrono>
#include <cstdint>
#include <string>

namespace signalbox {

using SteadyTime = std::chrono::steady_clock::time_point;

inline SteadyTime now() { return std::chrono::steady_clock::now(); }

inline double msBetween(SteadyTime from, SteadyTime to)
{
    return std::chrono::duration<double, std::milli>(to - from).count();
}

inline SteadyTime later(SteadyTime at, double ms)
{
    return at + std::chrono::duration_cast<SteadyTime::duration>(std::chrono::duration<double, std::milli>(ms));
}

/// Milliseconds since 1970-01-01 UTC.
std::int64_t wallClockMs();

/// "2026-11-22T01:02:03.456Z"
std::string isoTimestamp(std::int64_t wallMs);

/// Today as "YYYY-MM-DD" in UTC.
std::string todayUtc();

/// Days since 1970-01-01 of "YYYY-MM-DD" (proleptic Gregorian), or nothing if it is no date.
bool parseIsoDate(const std::string& text, std::int64_t& daysOut);

} // namespace signalbox
