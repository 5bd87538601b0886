// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/dashboard_data.h"

#include <algorithm>
#include <cmath>

namespace signalbox {

namespace {

constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

std::string placeOf(const RunResult& result)
{
    if (!result.tier.empty())
        return result.tier;
    return result.status == TraceStatus::HandedOff ? "human" : "failed";
}

Percentiles percentilesOf(std::vector<double>& values)
{
    std::sort(values.begin(), values.end());
    return {quantileSorted(values, 0.50), quantileSorted(values, 0.95), quantileSorted(values, 0.99)};
}

void addCost(CostSum& sum, const CostSum& part)
{
    sum.known += part.known;
    sum.knownParts += part.knownParts;
    sum.unknownParts += part.unknownParts;
}

} // namespace

std::int64_t bucketWidthMs(std::int64_t spanMs)
{
    for (const std::int64_t width :
         {kSecond, 2 * kSecond, 5 * kSecond, 10 * kSecond, 30 * kSecond, kMinute, 5 * kMinute, 15 * kMinute,
          kHour, 3 * kHour, 6 * kHour, kDay, 7 * kDay, 28 * kDay}) {
        if (spanMs / width + 2 <= kMostBuckets)
            return width;
    }
    return 28 * kDay * (spanMs / (28 * kDay * (kMostBuckets - 2)) + 1);
}

DashboardData dashboardDataOf(std::span<const RunResult> results, const std::vector<std::string>& tierOrder)
{
    DashboardData data;
    // Fewer resamples over many runs: the interval is narrow there, and its own error shrinks with it.
    data.kpis = kpisOf(results, tierOrder, results.size() > 5000 ? 200 : 1000);
    if (results.empty())
        return data;

    data.places = tierOrder;
    std::vector<std::string> others;
    for (const RunResult& result : results) {
        const std::string place = placeOf(result);
        if (place != "human" && place != "failed" &&
            std::find(data.places.begin(), data.places.end(), place) == data.places.end())
            data.places.push_back(place);
    }
    data.tiers = static_cast<int>(data.places.size());
    data.places.emplace_back("human");
    data.places.emplace_back("failed");

    data.fromMs = data.toMs = results.front().startedAtMs;
    for (const RunResult& result : results) {
        data.fromMs = std::min(data.fromMs, result.startedAtMs);
        data.toMs = std::max(data.toMs, result.startedAtMs);
    }
    data.bucketMs = bucketWidthMs(data.toMs - data.fromMs);
    const std::int64_t first = data.fromMs / data.bucketMs;
    const std::size_t count = static_cast<std::size_t>(data.toMs / data.bucketMs - first + 1);
    data.buckets.resize(count);
    data.byPlace.resize(data.places.size());
    std::vector<std::vector<double>> bucketLatency(count);
    std::vector<std::vector<double>> placeLatency(data.places.size());
    for (std::size_t i = 0; i < count; ++i) {
        data.buckets[i].fromMs = (first + static_cast<std::int64_t>(i)) * data.bucketMs;
        data.buckets[i].byPlace.resize(data.places.size());
        data.buckets[i].costByPlace.resize(data.places.size());
    }
    for (const RunResult& result : results) {
        const auto place = static_cast<std::size_t>(
            std::find(data.places.begin(), data.places.end(), placeOf(result)) - data.places.begin());
        const auto slot = static_cast<std::size_t>(result.startedAtMs / data.bucketMs - first);
        TimeBucket& bucket = data.buckets[slot];
        PlaceFigures& figures = data.byPlace[place];
        ++bucket.n;
        ++bucket.byPlace[place];
        bucket.escalated += result.escalations > 0 ? 1 : 0;
        addCost(bucket.cost, result.cost);
        addCost(bucket.costByPlace[place], result.cost);
        ++figures.n;
        addCost(figures.cost, result.cost);
        if (result.quality) {
            ++figures.judged;
            const int bin = static_cast<int>(std::floor(*result.quality * kScoreBins));
            ++figures.scores[static_cast<std::size_t>(std::clamp(bin, 0, kScoreBins - 1))];
        }
        if (result.status == TraceStatus::Answered) {
            bucketLatency[slot].push_back(result.latencyMs);
            placeLatency[place].push_back(result.latencyMs);
        }
    }
    for (std::size_t i = 0; i < count; ++i)
        data.buckets[i].latency = percentilesOf(bucketLatency[i]);
    for (std::size_t i = 0; i < data.places.size(); ++i)
        data.byPlace[i].latency = percentilesOf(placeLatency[i]);
    return data;
}

} // namespace signalbox
