// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/load_report.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace signalbox {

namespace {

constexpr std::size_t kMostKinds = 100;
constexpr double kNormal95 = 1.959963984540054;
/// Below this many the normal approximation of a mean says more than is known.
constexpr std::uint64_t kFewestForMean = 30;

void countKind(std::map<std::string, std::uint64_t>& kinds, const std::string& kind)
{
    const bool fits = kinds.size() < kMostKinds || kinds.contains(kind);
    ++kinds[fits ? kind : "other"];
}

/// Why a request failed: what its last hop died of, else the last reason given.
std::string failureOf(const Trace& trace)
{
    if (!trace.hops.empty() && trace.hops.back().status == HopStatus::Failed &&
        !trace.hops.back().reason.empty())
        return trace.hops.back().reason;
    return trace.reasons.empty() ? std::string("unknown") : trace.reasons.back();
}

void settleVerdict(ObjectiveVerdict& one)
{
    if (!one.low || !one.high)
        return;
    if (one.atMost ? *one.high <= one.limit : *one.low >= one.limit)
        one.verdict = Verdict::Met;
    else if (one.atMost ? *one.low > one.limit : *one.high < one.limit)
        one.verdict = Verdict::Missed;
}

ObjectiveVerdict latencyObjective(const LatencyHistogram& latency, double limit, std::string userTier)
{
    ObjectiveVerdict one;
    one.objective = "p95_latency_ms";
    one.userTier = std::move(userTier);
    one.limit = limit;
    one.n = latency.count();
    if (const std::optional<QuantileBounds> p95 = latency.quantileBounds(0.95)) {
        one.value = p95->value;
        one.low = p95->low;
        one.high = p95->high;
    }
    settleVerdict(one);
    return one;
}

ObjectiveVerdict qualityObjective(const LoadReport& report, const MinQuality& wanted)
{
    ObjectiveVerdict one;
    one.objective = "min_quality";
    one.source = wanted.source;
    one.limit = wanted.atLeast;
    one.atMost = false;
    // A trace names the model that judged, too: "judge:grounding@judge-mini".
    RunningMean all;
    for (const auto& [source, mean] : report.quality) {
        if (source != wanted.source && !source.starts_with(wanted.source + "@"))
            continue;
        all = mean;
        break;
    }
    one.n = all.count();
    if (one.n > 0) { // 0–1 back to the scale on which the objective is stated
        const double scale = wanted.of - 1;
        one.value = 1 + scale * all.mean();
        if (one.n >= kFewestForMean) {
            const double half = kNormal95 * scale * std::sqrt(all.variance() / static_cast<double>(one.n));
            one.low = *one.value - half;
            one.high = *one.value + half;
        }
    }
    settleVerdict(one);
    return one;
}

} // namespace

void RunningMean::add(double value)
{
    ++m_count;
    const double before = value - m_mean;
    m_mean += before / static_cast<double>(m_count);
    m_squares += before * (value - m_mean);
}

LoadReport::LoadReport(const Policy& policy)
{
    for (const Tier& tier : policy.tiers) {
        tiers.emplace_back();
        tiers.back().tier = tier.id;
    }
    if (policy.slo.p95LatencyMs)
        p95Objectives[""] = *policy.slo.p95LatencyMs;
    for (const UserTier& tier : policy.userTiers) {
        userTiers[tier.id];
        if (tier.slo.p95LatencyMs)
            p95Objectives[tier.id] = *tier.slo.p95LatencyMs;
    }
}

/// A request that the test cut off is censored: all that is known is that it would have taken longer than it
/// had waited. When that is longer than the objective, it has missed it, by whatever; to leave it out would
/// make a server look faster the more hangs in it. When it is not, the request says nothing of the objective:
/// as a failure it would blame the policy for the end of the test, as a success praise it for nothing. So it
/// is left out. All of those were sent within the objective's own time before the end: what that can shift is
/// bounded by the share of so short a time in the whole test. (The product-limit estimate of Kaplan and Meier
/// 1958 would use them to the full; at the one point that is judged it differs by no more than that.) Where
/// nothing is stated, the slowest that ended takes the objective's place: what had waited longer is slower
/// than all of them, and among the others nobody knows its place.
bool LoadReport::cutTooEarly(double waitedMs, const std::string& userTier) const
{
    const auto objective = p95Objectives.find(userTier);
    return waitedMs <=
           (objective != p95Objectives.end() ? objective->second : latency.max().value_or(waitedMs));
}

void LoadReport::add(const Trace& trace, double sinceIntendedMs, double latenessMs,
                     const std::string& userTier)
{
    ++ended;
    simulated = simulated || trace.simulated;
    lateness.add(latenessMs);
    std::size_t calls = 0;
    for (const Hop& hop : trace.hops) {
        for (const Attempt& attempt : hop.attempts) {
            if (!attempt.errorKind.empty())
                countKind(attemptErrors, attempt.errorKind);
        }
        const auto tier = std::ranges::find(tiers, hop.tier, &TierLoad::tier);
        if (hop.attempts.empty() || tier == tiers.end())
            continue; // turned away, or barred: no model was asked
        calls += hop.role != "background"; // the user had an answer by then
        ++tier->hops;
        tier->accepted += hop.status == HopStatus::Accepted;
        tier->escalated += hop.status == HopStatus::Escalated;
        tier->failed += hop.status == HopStatus::Failed;
        if (hop.status == HopStatus::Accepted || hop.status == HopStatus::Escalated)
            tier->latency.add(hop.totalMs);
        else if (hop.status == HopStatus::Failed)
            tier->latency.addNever();
        if (hop.ttftMs)
            tier->firstToken.add(*hop.ttftMs);
    }
    if (calls >= depths.size())
        depths.resize(calls + 1);

    const CostSum spent = trace.cost();
    cost.add(spent);
    if (const std::optional<NanoUsd> total = spent.total())
        costUsd.add(toUsd(*total));
    if (trace.quality && (quality.size() < kMostKinds || quality.contains(trace.qualitySource)))
        quality[trace.qualitySource].add(*trace.quality);

    double took = std::numeric_limits<double>::infinity();
    switch (trace.status) {
    case TraceStatus::Answered:
        ++answered;
        took = sinceIntendedMs;
        service.add(trace.latencyMs);
        if (trace.ttftMs)
            firstToken.add(sinceIntendedMs - trace.latencyMs + *trace.ttftMs);
        break;
    case TraceStatus::HandedOff:
        ++handedOff;
        return;
    case TraceStatus::Failed:
        ++failed;
        countKind(failures, failureOf(trace));
        break;
    case TraceStatus::Cancelled:
        ++unfinished;
        break;
    }
    const bool cut = trace.status == TraceStatus::Cancelled;
    if (const auto own = userTiers.find(userTier);
        own != userTiers.end() && !(cut && cutTooEarly(sinceIntendedMs, userTier)))
        own->second.add(took);
    if (cut && cutTooEarly(sinceIntendedMs, {})) {
        ++leftOut;
        return;
    }
    latency.add(took);
    depths[calls].latency.add(took);
}

const char* name(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Met:
        return "met";
    case Verdict::Missed:
        return "missed";
    case Verdict::CannotTell:
        break;
    }
    return "not enough requests to tell";
}

std::vector<ObjectiveVerdict> judgeLoad(const LoadReport& report, const Policy& policy, bool answersMatter)
{
    std::vector<ObjectiveVerdict> all;
    if (policy.slo.p95LatencyMs)
        all.push_back(latencyObjective(report.latency, *policy.slo.p95LatencyMs, {}));
    for (const UserTier& tier : policy.userTiers) {
        const auto found = report.userTiers.find(tier.id);
        if (tier.slo.p95LatencyMs && found != report.userTiers.end())
            all.push_back(latencyObjective(found->second, *tier.slo.p95LatencyMs, tier.id));
    }
    if (answersMatter && policy.slo.minQuality)
        all.push_back(qualityObjective(report, *policy.slo.minQuality));
    return all;
}

Verdict overall(const std::vector<ObjectiveVerdict>& verdicts)
{
    const auto any = [&](Verdict what) {
        return std::ranges::find(verdicts, what, &ObjectiveVerdict::verdict) != verdicts.end();
    };
    if (any(Verdict::Missed))
        return Verdict::Missed;
    return any(Verdict::CannotTell) ? Verdict::CannotTell : Verdict::Met;
}

} // namespace signalbox
