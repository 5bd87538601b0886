// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/load_text.h"

#include "app/cli/table.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace signalbox::cli {

namespace {

constexpr int kTextBars = 24;
constexpr int kBarWidth = 40;

std::string rightTo(std::string text, std::size_t width)
{
    const std::size_t has = codePoints(text);
    return has < width ? std::string(width - has, ' ') + text : text;
}

std::string count(std::uint64_t n)
{
    return rightTo(groupedNumber(static_cast<std::int64_t>(n)), 7);
}

std::string msText(const std::optional<double>& ms)
{
    return ms && std::isinf(*ms) ? "never" : formatMs(ms);
}

std::string boundsText(const QuantileBounds& bounds)
{
    return "[" + msText(bounds.low) + ", " + (std::isinf(bounds.high) ? "no bound" : msText(bounds.high)) +
           "]";
}

std::string loadPercent(std::uint64_t part, std::uint64_t whole)
{
    char out[32];
    std::snprintf(out, sizeof out, "%.1f %%",
                  whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
    return out;
}

/// Name, number and five quantiles, for a table.
std::vector<std::string> latencyRow(const std::string& name, const LatencyHistogram& latency)
{
    std::vector<std::string> cells{name, count(latency.count())};
    for (const double p : {0.5, 0.9, 0.95, 0.99})
        cells.push_back(rightTo(msText(latency.quantile(p)), 8));
    cells.push_back(rightTo(latency.never() > 0 ? "never" : msText(latency.max()), 8));
    return cells;
}

std::string summary(const LoadReport& report, const std::string& how)
{
    char out[512];
    std::snprintf(out, sizeof out,
                  "%s\n%llu requests sent in %.1f s: %llu answered, %llu handed to a person, %llu failed, "
                  "%llu cut off by the test\n"
                  "%.1f a second; %s of charges known, %s\n",
                  how.c_str(), static_cast<unsigned long long>(report.started), report.seconds,
                  static_cast<unsigned long long>(report.answered),
                  static_cast<unsigned long long>(report.handedOff),
                  static_cast<unsigned long long>(report.failed),
                  static_cast<unsigned long long>(report.unfinished), report.perSecond(),
                  loadPercent(static_cast<std::uint64_t>(report.cost.knownParts),
                              static_cast<std::uint64_t>(report.cost.knownParts + report.cost.unknownParts))
                      .c_str(),
                  report.cost.knownParts > 0 ? formatUsd(report.cost.known).c_str() : "cost unknown");
    std::string text = out;
    if (report.stoppedEarly)
        text += "Stopped early: " + report.stopReason + ".\n";
    if (report.unfinished > 0)
        text += groupedNumber(static_cast<std::int64_t>(report.leftOut)) + " of " +
                groupedNumber(static_cast<std::int64_t>(report.unfinished)) +
                " that were cut off had not waited long enough to tell and are left out of the latencies; the "
                "others are infinitely slow.\n";
    return text;
}

std::string quantiles(const LoadReport& report)
{
    Table table({"latency", "", "95 % interval"});
    struct Row
    {
        const char* name;
        double p;
    };
    for (const Row& row :
         std::array<Row, 5>{{{"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}, {"p99.9", 0.999}}}) {
        if (const std::optional<QuantileBounds> bounds = report.latency.quantileBounds(row.p))
            table.row({row.name, rightTo(msText(bounds->value), 8), boundsText(*bounds)});
    }
    return table.text();
}

std::string histogram(const LatencyHistogram& latency)
{
    const std::vector<LatencyHistogram::Bar> bars = latency.bars(kTextBars);
    std::uint64_t highest = latency.never();
    for (const LatencyHistogram::Bar& bar : bars)
        highest = std::max(highest, bar.count);
    if (highest == 0)
        return {};
    std::uint64_t seen = 0;
    std::string text;
    const auto line = [&](const std::string& label, std::uint64_t n) {
        const double share = static_cast<double>(n) / static_cast<double>(highest);
        const int wide = n == 0 ? 0 : std::max(1, static_cast<int>(std::lround(share * kBarWidth)));
        seen += n;
        text += rightTo(label, 20) + "  " + std::string(static_cast<std::size_t>(wide), '#') +
                std::string(static_cast<std::size_t>(kBarWidth - wide), ' ') + count(n) +
                rightTo(loadPercent(seen, latency.count()), 9) + "\n";
    };
    for (const LatencyHistogram::Bar& bar : bars)
        line("to " + msText(bar.toMs), bar.count);
    if (latency.never() > 0)
        line("never", latency.never());
    return text;
}

std::string byTierAndDepth(const LoadReport& report, int worstDepth)
{
    Table table({"", rightTo("n", 7), rightTo("p50", 8), rightTo("p90", 8), rightTo("p95", 8),
                 rightTo("p99", 8), rightTo("max", 8)});
    if (report.latency.count() > 0)
        table.row(latencyRow("whole request", report.latency));
    if (report.firstToken.count() > 0)
        table.row(latencyRow("first token", report.firstToken));
    if (report.service.count() > 0)
        table.row(latencyRow("answered, once sent", report.service));
    if (report.lateness.max().value_or(0) > 1)
        table.row(latencyRow("sent too late by", report.lateness));
    for (const TierLoad& tier : report.tiers) {
        if (tier.hops > 0)
            table.row(latencyRow("hop on " + tier.tier, tier.latency));
    }
    std::size_t deepest = 0;
    for (std::size_t i = 0; i < report.depths.size(); ++i) {
        if (report.depths[i].latency.count() == 0)
            continue;
        deepest = i;
        table.row(
            latencyRow(std::to_string(i) + (i == 1 ? " hop deep" : " hops deep"), report.depths[i].latency));
    }
    std::string text =
        table.text() + "deepest way taken: " + std::to_string(deepest) + (deepest == 1 ? " hop" : " hops");
    if (worstDepth > 0)
        text += ", the policy's worst case is " + std::to_string(worstDepth);
    return text + "\n";
}

std::string tierCounts(const LoadReport& report)
{
    Table table(
        {"tier", rightTo("hops", 7), rightTo("accepted", 9), rightTo("escalated", 9), rightTo("failed", 9)});
    for (const TierLoad& tier : report.tiers)
        table.row({tier.tier, count(tier.hops), rightTo(count(tier.accepted), 9),
                   rightTo(count(tier.escalated), 9), rightTo(count(tier.failed), 9)});
    return table.text();
}

std::string errors(const LoadReport& report)
{
    std::string text;
    const auto list = [&](const char* head, const std::map<std::string, std::uint64_t>& kinds) {
        if (kinds.empty())
            return;
        Table table({head, rightTo("n", 7)});
        for (const auto& [kind, n] : kinds)
            table.row({kind, count(n)});
        text += "\n" + table.text();
    };
    list("failed requests", report.failures);
    list("failed tries", report.attemptErrors);
    return text;
}

std::string valueText(const ObjectiveVerdict& one, const std::optional<double>& value)
{
    if (one.objective == "p95_latency_ms")
        return msText(value);
    char out[32];
    std::snprintf(out, sizeof out, "%.2f", value.value_or(0));
    return value ? out : "unknown";
}

std::string verdictText(const std::vector<ObjectiveVerdict>& verdicts, const Policy& policy)
{
    if (verdicts.empty())
        return "The policy states no objective that a load test can judge.\n";
    Table table({"objective", "", "found", "95 % interval", rightTo("n", 7), "verdict"});
    for (const ObjectiveVerdict& one : verdicts) {
        std::string interval = "unknown";
        if (one.low && one.high)
            interval = "[" + valueText(one, one.low) + ", " +
                       (std::isinf(*one.high) ? "no bound" : valueText(one, one.high)) + "]";
        table.row({one.objective + (one.userTier.empty() ? "" : " of " + one.userTier) +
                       (one.source.empty() ? "" : ", " + one.source),
                   (one.atMost ? "at most " : "at least ") + valueText(one, one.limit),
                   valueText(one, one.value), interval, count(one.n), name(one.verdict)});
    }
    std::string text = table.text();
    if (policy.slo.costPerResolvedUsd)
        text += "cost_per_resolved_usd is not judged: nobody says of a load test what was resolved.\n";
    return text + "SLO: " + name(overall(verdicts)) + "\n";
}

} // namespace

std::string loadReportText(const LoadReport& report, const std::vector<ObjectiveVerdict>& verdicts,
                           const Policy& policy, const std::string& how, int worstDepth)
{
    std::string text = summary(report, how);
    text += "\n" + quantiles(report);
    text += "\nfrom when a request was to be sent                                   n  up to here\n" +
            histogram(report.latency);
    text += "\n" + byTierAndDepth(report, worstDepth);
    text += "\n" + tierCounts(report);
    text += errors(report);
    text += "\n" + verdictText(verdicts, policy);
    if (report.simulated)
        text += "Sandbox: the models behind these figures are simulated.\n";
    return text;
}

} // namespace signalbox::cli
