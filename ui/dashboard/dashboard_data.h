// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the dashboard shows, computed from runs: figures with intervals, buckets of time, tiers, scores. Pure;
// any thread.

#include "base/money.h"
#include "replay/kpis.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace signalbox {

struct Percentiles
{
    std::optional<double> p50, p95, p99; ///< nothing when no run answered
};

struct TimeBucket
{
    std::int64_t fromMs = 0;
    int n = 0;
    std::vector<int> byPlace; ///< as DashboardData::places
    int escalated = 0;
    CostSum cost;
    std::vector<CostSum> costByPlace;
    Percentiles latency;
};

inline constexpr int kScoreBins = 10;

struct PlaceFigures
{
    int n = 0;
    int judged = 0;
    Percentiles latency;
    CostSum cost;
    std::array<int, kScoreBins> scores{}; ///< judge scores in bins of 0.1, the last includes 1
};

struct DashboardData
{
    Kpis kpis;
    std::vector<std::string> places;   ///< where requests ended: tiers in order, "human", "failed"
    int tiers = 0;                     ///< how many of them are tiers
    std::int64_t fromMs = 0, toMs = 0; ///< first and last start
    std::int64_t bucketMs = 0;
    std::vector<TimeBucket> buckets; ///< without gaps, at most kMostBuckets
    std::vector<PlaceFigures> byPlace;
    int leftOut = 0; ///< older runs that were not read
};

inline constexpr int kMostBuckets = 24;

/// The narrowest round width (1 s … 28 days, then whole multiples) that cuts the span into at most
/// kMostBuckets.
std::int64_t bucketWidthMs(std::int64_t spanMs);

DashboardData dashboardDataOf(std::span<const RunResult> results, const std::vector<std::string>& tierOrder);

} // namespace signalbox
