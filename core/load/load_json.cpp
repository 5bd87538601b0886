// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/load_report.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace signalbox {

namespace {

using nlohmann::json;

constexpr int kJsonBars = 60;

/// Infinite and unknown are null: JSON has no other word for either.
json finite(const std::optional<double>& value)
{
    return value && std::isfinite(*value) ? json(*value) : json(nullptr);
}

json quantileJson(const LatencyHistogram& latency, double p)
{
    const std::optional<QuantileBounds> bounds = latency.quantileBounds(p);
    if (!bounds)
        return nullptr;
    return {{"value", finite(bounds->value)}, {"ci", {finite(bounds->low), finite(bounds->high)}}};
}

json latencyJson(const LatencyHistogram& latency)
{
    return {{"n", latency.count()},
            {"never", latency.never()},
            {"min", finite(latency.min())},
            {"mean", finite(latency.mean())},
            {"p50", quantileJson(latency, 0.5)},
            {"p90", quantileJson(latency, 0.9)},
            {"p95", quantileJson(latency, 0.95)},
            {"p99", quantileJson(latency, 0.99)},
            {"p999", quantileJson(latency, 0.999)},
            {"max", finite(latency.max())}};
}

json barsJson(const LatencyHistogram& latency)
{
    json bars = json::array();
    for (const LatencyHistogram::Bar& bar : latency.bars(kJsonBars))
        bars.push_back({{"from_ms", bar.fromMs}, {"to_ms", bar.toMs}, {"count", bar.count}});
    return bars;
}

json verdictsJson(const std::vector<ObjectiveVerdict>& verdicts)
{
    json out = json::array();
    for (const ObjectiveVerdict& one : verdicts) {
        json entry = {{"objective", one.objective}, {one.atMost ? "at_most" : "at_least", one.limit}};
        if (!one.userTier.empty())
            entry["user_tier"] = one.userTier;
        if (!one.source.empty())
            entry["source"] = one.source;
        entry["value"] = finite(one.value);
        entry["ci"] = {finite(one.low), finite(one.high)};
        entry["n"] = one.n;
        entry["verdict"] = name(one.verdict);
        out.push_back(std::move(entry));
    }
    return out;
}

} // namespace

std::string loadReportJson(const LoadReport& report, const std::vector<ObjectiveVerdict>& verdicts,
                           int worstDepth)
{
    json tiers = json::array();
    for (const TierLoad& tier : report.tiers)
        tiers.push_back({{"tier", tier.tier},
                         {"hops", tier.hops},
                         {"accepted", tier.accepted},
                         {"escalated", tier.escalated},
                         {"failed", tier.failed},
                         {"latency_ms", latencyJson(tier.latency)},
                         {"ttft_ms", latencyJson(tier.firstToken)}});
    json depths = json::array();
    std::size_t deepest = 0;
    for (std::size_t i = 0; i < report.depths.size(); ++i) {
        if (report.depths[i].latency.count() == 0)
            continue;
        deepest = i;
        depths.push_back({{"hops", i}, {"latency_ms", latencyJson(report.depths[i].latency)}});
    }
    json quality = json::object();
    for (const auto& [source, mean] : report.quality)
        quality[source] = {{"mean", mean.mean()}, {"n", mean.count()}};
    const json out = {
        {"started", report.started},
        {"answered", report.answered},
        {"handed_off", report.handedOff},
        {"failed", report.failed},
        {"unfinished", report.unfinished},
        {"left_out", report.leftOut},
        {"seconds", report.seconds},
        {"requests_per_second", report.perSecond()},
        {"stopped_early", report.stoppedEarly ? json(report.stopReason) : json(nullptr)},
        {"latency_ms", latencyJson(report.latency)},
        {"ttft_ms", latencyJson(report.firstToken)},
        {"service_ms", latencyJson(report.service)},
        {"lateness_ms", latencyJson(report.lateness)},
        {"histogram", barsJson(report.latency)},
        {"tiers", std::move(tiers)},
        {"depth",
         {{"deepest", deepest},
          {"worst_case", worstDepth > 0 ? json(worstDepth) : json(nullptr)},
          {"by_hops", std::move(depths)}}},
        {"failures", report.failures},
        {"attempt_errors", report.attemptErrors},
        {"cost_known_usd", toUsd(report.cost.known)},
        {"cost_usd", report.cost.total() ? json(toUsd(*report.cost.total())) : json(nullptr)},
        {"cost_known_share", report.cost.knownShare()},
        {"quality", std::move(quality)},
        {"simulated", report.simulated},
        {"objectives", verdictsJson(verdicts)},
        {"verdict", verdicts.empty() ? json(nullptr) : json(name(overall(verdicts)))},
    };
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace signalbox
