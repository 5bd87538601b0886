// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/kpis.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace signalbox {

namespace {

using nlohmann::json;

constexpr const char* kHuman = "human";
constexpr const char* kDash = "\xE2\x80\x93"; // –

bool answered(const RunResult& r) { return r.status == TraceStatus::Answered; }

std::vector<TierShare> tierMixOf(std::span<const RunResult> results, const std::vector<std::string>& tierOrder)
{
    std::map<std::string, int> counts;
    for (const RunResult& r : results)
        ++counts[r.status == TraceStatus::HandedOff ? kHuman : answered(r) ? r.tier : std::string(name(r.status))];
    std::vector<std::string> order = tierOrder;
    for (const char* last : {kHuman, name(TraceStatus::Failed), name(TraceStatus::Cancelled)})
        order.emplace_back(last);
    for (const auto& [tier, count] : counts) {
        if (std::find(order.begin(), order.end(), tier) == order.end())
            order.push_back(tier);
    }
    std::vector<TierShare> mix;
    const int n = static_cast<int>(results.size());
    for (const std::string& tier : order) {
        const bool isTier = std::find(tierOrder.begin(), tierOrder.end(), tier) != tierOrder.end();
        const int count = counts.count(tier) ? counts[tier] : 0;
        if (isTier || count > 0)
            mix.push_back({tier, proportion(count, n).value_or(Estimate{}), count});
    }
    return mix;
}

/// Cost per resolved task: what all requests cost over how many were resolved, by bootstrap of the ratio. Only requests
/// whose outcome and cost are both known take part.
std::optional<Estimate> costPerResolved(std::span<const RunResult> results, int resamples)
{
    std::vector<const RunResult*> known;
    for (const RunResult& r : results) {
        if (r.resolved && r.cost.total())
            known.push_back(&r);
    }
    return bootstrap(static_cast<int>(known.size()), [&](std::span<const int> rows) -> std::optional<double> {
        double usd = 0;
        int resolved = 0;
        for (const int row : rows) {
            usd += toUsd(known[static_cast<std::size_t>(row)]->cost.known);
            resolved += *known[static_cast<std::size_t>(row)]->resolved;
        }
        return resolved == 0 ? std::nullopt : std::optional(usd / resolved);
    }, resamples);
}

std::string percent(double share)
{
    char out[32];
    std::snprintf(out, sizeof out, "%.1f\xE2\x80\x89%%", share * 100);
    return out;
}

std::string usd(double value) { return formatUsd(static_cast<std::int64_t>(std::llround(value * kNanoPerUsd))); }

std::string decimals(double value, int places)
{
    char out[32];
    std::snprintf(out, sizeof out, "%.*f", places, value);
    return out;
}

template <class Format>
std::string interval(const Estimate& e, Format format)
{
    return "[" + format(e.interval.low) + ", " + format(e.interval.high) + "]";
}

json toJson(const std::optional<Estimate>& e)
{
    if (!e)
        return nullptr;
    return {{"value", e->value}, {"ci", {e->interval.low, e->interval.high}}, {"n", e->n}};
}

/// Lines of name, value and interval; widths count code points, since values hold thin spaces and dashes.
class Table
{
public:
    void row(std::string label, std::string value, std::string detail = {})
    {
        m_rows.push_back({std::move(label), std::move(value), std::move(detail)});
    }
    std::string text() const
    {
        std::size_t width[2] = {0, 0};
        for (const auto& r : m_rows) {
            for (std::size_t c = 0; c < 2; ++c)
                width[c] = std::max(width[c], codePoints(r[c]));
        }
        std::string out;
        for (const auto& r : m_rows) {
            std::string line = r[0] + std::string(width[0] - codePoints(r[0]) + 2, ' ') + std::string(width[1] - codePoints(r[1]), ' ') + r[1];
            if (!r[2].empty())
                line += "  " + r[2];
            out += line + "\n";
        }
        return out;
    }

private:
    std::vector<std::array<std::string, 3>> m_rows;
};

} // namespace

void addSkippedTier(RunResult& result)
{
    const bool skipped = std::find(result.reasons.begin(), result.reasons.end(), "budget.input_tokens") != result.reasons.end();
    if (skipped && static_cast<int>(result.escalationReasons.size()) < result.escalations)
        result.escalationReasons.emplace_back("budget.input_tokens");
}

std::vector<std::string> escalationReasonsOf(std::span<const HopEnding> hops, TraceStatus status, int escalations)
{
    std::vector<std::string> reasons;
    for (std::size_t i = 0; i < hops.size(); ++i) {
        const HopEnding& hop = hops[i];
        if (hop.role == "background" || hop.status == HopStatus::Used || hop.status == HopStatus::Accepted)
            continue;
        const bool together = hop.role == "lane" || hop.role.starts_with("sample");
        const bool handedOff = status == TraceStatus::HandedOff;
        const bool wentOn = together ? hop.status != HopStatus::Cancelled && (escalations > 0 || handedOff)
                                     : handedOff || i + 1 < hops.size();
        if (wentOn)
            reasons.push_back(hop.reason);
    }
    return reasons;
}

RunResult resultOf(const Trace& trace)
{
    RunResult r;
    r.promptId = trace.promptId;
    r.tier = trace.status == TraceStatus::HandedOff ? kHuman : trace.finalTier;
    r.status = trace.status;
    r.hops = static_cast<int>(trace.hops.size());
    r.escalations = trace.escalations;
    r.cost = trace.cost();
    r.latencyMs = trace.latencyMs;
    r.quality = trace.quality;
    r.qualitySource = trace.qualitySource;
    r.resolved = trace.resolved;
    r.reasons = trace.reasons;
    r.simulated = trace.simulated;
    r.startedAtMs = trace.startedAtMs;
    if (trace.mode == TraceMode::Policy) {
        std::vector<HopEnding> endings;
        for (const Hop& hop : trace.hops)
            endings.push_back({hop.role, hop.status, hop.reason});
        r.escalationReasons = escalationReasonsOf(endings, r.status, r.escalations);
    }
    addSkippedTier(r);
    if (trace.cacheHit) {
        r.tier = kFromCache;
        r.fromCache = true;
        r.savedCost = trace.cacheHit->savedCost;
    }
    return r;
}

namespace {

WithoutCache withoutCacheOf(std::span<const RunResult> results, int resamples)
{
    std::vector<double> latency, cost, quality;
    for (const RunResult& r : results) {
        if (r.fromCache)
            continue;
        if (const auto total = r.cost.total())
            cost.push_back(toUsd(*total));
        if (answered(r))
            latency.push_back(r.latencyMs);
        if (r.quality)
            quality.push_back(*r.quality);
    }
    return {bootstrapMean(cost, resamples), bootstrapMean(quality, resamples), quantileEstimate(latency, 0.50),
            quantileEstimate(latency, 0.95)};
}

} // namespace

Kpis kpisOf(std::span<const RunResult> results, const std::vector<std::string>& tierOrder, int resamples)
{
    Kpis k;
    k.n = static_cast<int>(results.size());
    int escalated = 0;
    int routed = 0; // requests that models took part in
    std::vector<double> latency, cost, quality;
    for (const RunResult& r : results) {
        k.answered += answered(r);
        k.handedOff += r.status == TraceStatus::HandedOff;
        k.failed += r.status == TraceStatus::Failed;
        k.cancelled += r.status == TraceStatus::Cancelled;
        routed += r.hops > 0;
        escalated += r.escalations > 0;
        k.cost.add(r.cost);
        k.simulated = k.simulated || r.simulated;
        if (r.fromCache) {
            ++k.cacheHits;
            k.saved.add(r.savedCost);
        }
        if (const auto total = r.cost.total())
            cost.push_back(toUsd(*total));
        if (answered(r))
            latency.push_back(r.latencyMs);
        if (r.quality) {
            quality.push_back(*r.quality);
            if (std::find(k.qualitySources.begin(), k.qualitySources.end(), r.qualitySource) == k.qualitySources.end())
                k.qualitySources.push_back(r.qualitySource);
        }
        for (const std::string& reason : r.escalationReasons)
            ++k.escalationReasons[reason];
    }
    k.judged = static_cast<int>(quality.size());
    k.tierMix = tierMixOf(results, tierOrder);
    k.escalationRate = proportion(escalated, routed);
    k.costPerRequestUsd = bootstrapMean(cost, resamples);
    k.costPerResolvedUsd = costPerResolved(results, resamples);
    k.quality = bootstrapMean(quality, resamples);
    k.p50LatencyMs = quantileEstimate(latency, 0.50);
    k.p95LatencyMs = quantileEstimate(latency, 0.95);
    k.p99LatencyMs = quantileEstimate(latency, 0.99);
    if (k.cacheHits > 0) {
        k.cacheHitRate = proportion(k.cacheHits, k.n);
        k.withoutCache = withoutCacheOf(results, resamples);
    }
    return k;
}

std::string kpiTable(const Kpis& k)
{
    Table table;
    const auto ms = [](double v) { return formatMs(v); };
    table.row("requests", groupedNumber(k.n),
              std::to_string(k.answered) + " answered, " + std::to_string(k.handedOff) + " handed to a person, " + std::to_string(k.failed) + " failed" +
                  (k.cancelled > 0 ? ", " + std::to_string(k.cancelled) + " cancelled" : ""));
    for (const TierShare& share : k.tierMix)
        table.row("  " + share.tier, percent(share.share.value), interval(share.share, percent) + "  n = " + std::to_string(share.count));
    if (k.escalationRate)
        table.row("escalation rate", percent(k.escalationRate->value), interval(*k.escalationRate, percent));
    for (const auto& [reason, count] : k.escalationReasons)
        table.row("  " + reason, groupedNumber(count));
    table.row("cost", k.cost.knownParts == 0 && k.cost.unknownParts > 0 ? "unknown" : formatUsd(k.cost.known), percent(k.cost.knownShare()) + " of charges known");
    if (k.costPerRequestUsd)
        table.row("cost per request", usd(k.costPerRequestUsd->value), interval(*k.costPerRequestUsd, usd));
    table.row("cost per resolved", k.costPerResolvedUsd ? usd(k.costPerResolvedUsd->value) : "unknown",
              k.costPerResolvedUsd ? interval(*k.costPerResolvedUsd, usd) : "no outcome has been recorded");
    const auto latencyRow = [&](const char* label, const std::optional<Estimate>& e) {
        table.row(label, e ? ms(e->value) : kDash, e ? interval(*e, ms) : "");
    };
    latencyRow("latency p50", k.p50LatencyMs);
    latencyRow("latency p95", k.p95LatencyMs);
    latencyRow("latency p99", k.p99LatencyMs);
    std::string sources;
    for (const std::string& source : k.qualitySources)
        sources += (sources.empty() ? "" : ", ") + source;
    const auto three = [](double v) { return decimals(v, 3); };
    table.row("quality, 0\xE2\x80\x93" "1", k.quality ? three(k.quality->value) : "unknown",
              k.quality ? interval(*k.quality, three) + "  " + std::to_string(k.judged) + " judged by " + sources : "nothing was judged");
    if (k.cacheHits > 0) {
        const WithoutCache& rest = k.withoutCache;
        table.row("from the cache", percent(k.cacheHitRate->value),
                  interval(*k.cacheHitRate, percent) + "  n = " + std::to_string(k.cacheHits) + ", saved " +
                      (k.saved.knownParts == 0 ? "unknown" : formatUsd(k.saved.known)));
        if (rest.costPerRequestUsd)
            table.row("  without, cost per request", usd(rest.costPerRequestUsd->value), interval(*rest.costPerRequestUsd, usd));
        latencyRow("  without, latency p50", rest.p50LatencyMs);
        latencyRow("  without, latency p95", rest.p95LatencyMs);
        table.row("  without, quality", rest.quality ? three(rest.quality->value) : "unknown",
                  rest.quality ? interval(*rest.quality, three) : "nothing was judged");
    }
    std::string out = table.text();
    if (k.simulated)
        out += "Sandbox: the models and the judge behind these figures are simulated.\n";
    return out;
}

std::string kpisToJson(const Kpis& k)
{
    json mix = json::array();
    for (const TierShare& share : k.tierMix)
        mix.push_back({{"tier", share.tier}, {"share", share.share.value}, {"ci", {share.share.interval.low, share.share.interval.high}}, {"count", share.count}});
    json out = {
        {"n", k.n},
        {"answered", k.answered},
        {"handed_off", k.handedOff},
        {"failed", k.failed},
        {"cancelled", k.cancelled},
        {"tier_mix", std::move(mix)},
        {"escalation_rate", toJson(k.escalationRate)},
        {"escalation_reasons", k.escalationReasons},
        {"cost_known_share", k.cost.knownShare()},
        {"cost_usd", k.cost.total() ? json(toUsd(k.cost.known)) : json(nullptr)},
        {"cost_known_usd", toUsd(k.cost.known)},
        {"cost_per_request_usd", toJson(k.costPerRequestUsd)},
        {"cost_per_resolved_usd", toJson(k.costPerResolvedUsd)},
        {"latency_ms", {{"p50", toJson(k.p50LatencyMs)}, {"p95", toJson(k.p95LatencyMs)}, {"p99", toJson(k.p99LatencyMs)}}},
        {"quality", toJson(k.quality)},
        {"quality_sources", k.qualitySources},
        {"judged", k.judged},
        {"simulated", k.simulated},
    };
    if (k.cacheHits > 0) {
        out["cache"] = {{"hits", k.cacheHits},
                        {"hit_rate", toJson(k.cacheHitRate)},
                        {"saved_usd", k.saved.total() ? json(toUsd(k.saved.known)) : json(nullptr)},
                        {"without_hits",
                         {{"cost_per_request_usd", toJson(k.withoutCache.costPerRequestUsd)},
                          {"quality", toJson(k.withoutCache.quality)},
                          {"latency_ms",
                           {{"p50", toJson(k.withoutCache.p50LatencyMs)}, {"p95", toJson(k.withoutCache.p95LatencyMs)}}}}}};
    } else {
        out["cache"] = nullptr;
    }
    return out.dump();
}

} // namespace signalbox
