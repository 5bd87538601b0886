// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The figures of a set of runs, each with its interval, whether the runs were live or re-simulated.

#include "base/money.h"
#include "base/statistics.h"
#include "cascade/trace.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace signalbox {

/// One request's result as far as figures go.
struct RunResult
{
    std::string promptId;
    std::string tier;  ///< final tier, "human", kFromCache, or "" when it failed
    TraceStatus status = TraceStatus::Failed;
    int hops = 0;
    int escalations = 0;
    CostSum cost;
    double latencyMs = 0;
    std::optional<double> quality; ///< 0–1
    std::string qualitySource;
    std::optional<bool> resolved;
    std::vector<std::string> reasons;
    std::vector<std::string> escalationReasons; ///< why each escalation happened, in order
    bool simulated = false;
    std::int64_t startedAtMs = 0;
    bool fromCache = false;            ///< its answer was an earlier one
    std::optional<NanoUsd> savedCost = {}; ///< what a hit saved; nothing = unknown
};

/// Stands in the place of a tier for answers from the cache; no tier can be called so.
inline constexpr const char* kFromCache = "(cache)";

RunResult resultOf(const Trace& trace);

/// What a hop came to, as far as escalation goes.
struct HopEnding
{
    std::string role; ///< as in Hop
    HopStatus status = HopStatus::Failed;
    std::string reason;
};
/// Why a request went on from hop to hop: the reason of each that was left for another, or for a person.
std::vector<std::string> escalationReasonsOf(std::span<const HopEnding> hops, TraceStatus status, int escalations);

/// A tier that was passed over for the length of the input leaves no hop behind, but is an escalation: adds its reason.
void addSkippedTier(RunResult& result);

struct TierShare
{
    std::string tier;
    Estimate share; ///< of all requests; Wilson interval
    int count = 0;
};

/// What the figures are when answers from the cache are left out.
struct WithoutCache
{
    std::optional<Estimate> costPerRequestUsd;
    std::optional<Estimate> quality;
    std::optional<Estimate> p50LatencyMs, p95LatencyMs;
};

struct Kpis
{
    int n = 0;
    int answered = 0;
    int handedOff = 0;
    int failed = 0;
    int cancelled = 0;
    std::vector<TierShare> tierMix; ///< in the policy's order, then human, then failed
    std::optional<Estimate> escalationRate;
    CostSum cost;
    std::optional<Estimate> costPerRequestUsd; ///< over requests whose cost is known
    std::optional<Estimate> costPerResolvedUsd; ///< nothing while no outcome is known
    std::optional<Estimate> quality; ///< 0–1, mean over judged requests
    int judged = 0;
    std::vector<std::string> qualitySources;
    std::optional<Estimate> p50LatencyMs, p95LatencyMs, p99LatencyMs; ///< over answered requests
    std::map<std::string, int> escalationReasons; ///< reason code of each escalation → count
    bool simulated = false; ///< some of it was
    int cacheHits = 0;                    ///< answered from the cache; they are in all figures above
    std::optional<Estimate> cacheHitRate; ///< of all requests; Wilson interval
    CostSum saved;                        ///< what the answers of hits had cost
    WithoutCache withoutCache;            ///< filled when there are hits
};

/// Intervals: means by bootstrap over requests (seeded), proportions by Wilson, quantiles from order statistics.
Kpis kpisOf(std::span<const RunResult> results, const std::vector<std::string>& tierOrder, int resamples = 1000);

/// The table that `run` and the window print: aligned columns, one line a figure.
std::string kpiTable(const Kpis& kpis);
std::string kpisToJson(const Kpis& kpis);

} // namespace signalbox
