// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What was spent in the last hour, by scope ("policy", "tier:T0", "user_tier:free"): the memory of hourly
// budgets. Network thread only. It survives a restart because the workspace fills it again from its traces.

#include "base/money.h"

#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace signalbox {

class Spending
{
public:
    /// Times are milliseconds since 1970. Costs may come in any order; those of more than an hour before the
    /// newest are forgotten.
    void add(const std::string& scope, std::int64_t atMs, NanoUsd cost);
    /// Calls under way, by what they are estimated to cost so far; taken back with a negative sum.
    void addRunning(const std::string& scope, NanoUsd cost) { m_running[scope] += cost; }
    NanoUsd running(const std::string& scope) const
    {
        const auto found = m_running.find(scope);
        return found == m_running.end() ? 0 : found->second;
    }
    /// Kept by whole minutes, and a minute that the hour cuts counts whole: never too little.
    NanoUsd lastHour(const std::string& scope, std::int64_t nowMs) const;
    /// Milliseconds until the last hour's sum has room for `cost` under `limit`, if nothing else is spent; 0
    /// when it has now, negative when it never will.
    std::int64_t roomInMs(const std::string& scope, NanoUsd limit, NanoUsd cost, std::int64_t nowMs) const;

private:
    struct Minute
    {
        std::int64_t minute = 0;
        NanoUsd cost = 0;
    };
    std::map<std::string, std::deque<Minute>> m_minutes; ///< ascending
    std::map<std::string, NanoUsd> m_running;
};

} // namespace signalbox
