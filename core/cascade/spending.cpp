// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/spending.h"

#include <algorithm>
#include <limits>

namespace signalbox {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;

NanoUsd sum(NanoUsd a, NanoUsd b)
{
    NanoUsd out = 0;
    return __builtin_add_overflow(a, b, &out) ? std::numeric_limits<NanoUsd>::max() : out;
}

} // namespace

void Spending::add(const std::string& scope, std::int64_t atMs, NanoUsd cost)
{
    std::deque<Minute>& minutes = m_minutes[scope];
    const std::int64_t minute = atMs / kMinuteMs;
    const auto at = std::lower_bound(minutes.begin(), minutes.end(), minute,
                                     [](const Minute& m, std::int64_t wanted) { return m.minute < wanted; });
    if (at != minutes.end() && at->minute == minute)
        at->cost = sum(at->cost, cost);
    else
        minutes.insert(at, {minute, cost});
    while (minutes.front().minute + 61 < minutes.back().minute)
        minutes.pop_front();
}

NanoUsd Spending::lastHour(const std::string& scope, std::int64_t nowMs) const
{
    const auto found = m_minutes.find(scope);
    if (found == m_minutes.end())
        return 0;
    NanoUsd all = 0;
    for (const Minute& m : found->second) {
        if ((m.minute + 1) * kMinuteMs > nowMs - kHourMs)
            all = sum(all, m.cost);
    }
    return all;
}

std::int64_t Spending::roomInMs(const std::string& scope, NanoUsd limit, NanoUsd cost,
                                std::int64_t nowMs) const
{
    if (cost > limit)
        return -1;
    NanoUsd left = lastHour(scope, nowMs);
    if (sum(left, cost) <= limit)
        return 0;
    for (const Minute& m : m_minutes.at(scope)) {
        const std::int64_t gone = (m.minute + 1) * kMinuteMs + kHourMs; // it no longer counts from here on
        if (gone <= nowMs)
            continue;
        left -= m.cost;
        if (sum(left, cost) <= limit)
            return gone - nowMs;
    }
    return -1;
}

} // namespace signalbox
