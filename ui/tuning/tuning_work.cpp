// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/tuning_work.h"

#include "policy/document.h"
#include "routers/run_support.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

namespace signalbox {

namespace {

std::string numberText(double value)
{
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    return {buffer, end.ptr};
}

Result<PolicyPtr> runnablePolicy(const std::string& text)
{
    const PolicyDocumentPtr document = readPolicy(text);
    if (document->runnable()) {
        if (auto may = maySimulate(*document->policy); !may)
            return tl::unexpected<Error>(may.error());
        return document->policy;
    }
    for (const Diagnostic& diagnostic : document->diagnostics)
        if (diagnostic.severity == Severity::Error)
            return fail("policy.has_errors", diagnostic.message, diagnostic.pointer);
    return fail("policy.has_errors", "The text is no policy.");
}

/// Paired bootstrap of the difference of two 95th percentiles over requests that both policies answered.
std::optional<Estimate> p95Difference(const WhatIfResult& before, const WhatIfResult& after, int resamples)
{
    std::vector<double> from;
    std::vector<double> to;
    for (std::size_t i = 0; i < std::min(before.runs.size(), after.runs.size()); ++i) {
        const SimulatedRun& a = before.runs[i];
        const SimulatedRun& b = after.runs[i];
        if (!a.complete || !b.complete || a.result.status != TraceStatus::Answered ||
            b.result.status != TraceStatus::Answered)
            continue;
        from.push_back(a.result.latencyMs);
        to.push_back(b.result.latencyMs);
    }
    std::vector<double> a(from.size());
    std::vector<double> b(to.size());
    return bootstrap(
        static_cast<int>(from.size()),
        [&](std::span<const int> rows) -> std::optional<double> {
            for (std::size_t i = 0; i < rows.size(); ++i) {
                a[i] = from[static_cast<std::size_t>(rows[i])];
                b[i] = to[static_cast<std::size_t>(rows[i])];
            }
            std::sort(a.begin(), a.end());
            std::sort(b.begin(), b.end());
            const auto low = quantileSorted(a, 0.95);
            const auto high = quantileSorted(b, 0.95);
            return low && high ? std::optional(*high - *low) : std::nullopt;
        },
        resamples);
}

} // namespace

Result<TuningBasePtr> tuningBase(std::shared_ptr<WhatIf> whatIf, const std::string& policyText, int resamples)
{
    const auto policy = runnablePolicy(policyText);
    if (!policy)
        return tl::unexpected<Error>(policy.error());
    auto base = std::make_shared<TuningBase>();
    base->policyText = policyText;
    base->policy = *policy;
    base->result = whatIf->simulate(CompiledPolicy(*policy), resamples);
    base->coverage = whatIf->matrix().coverage(**policy);
    base->resamples = resamples;
    base->whatIf = std::move(whatIf);
    return base;
}

Result<TuningOutcomePtr> tuningOutcome(const TuningBase& base, const std::string& pointer, double setting,
                                       int resamples)
{
    const auto began = std::chrono::steady_clock::now();
    const auto text = setValue(base.policyText, pointer, numberText(setting));
    if (!text)
        return tl::unexpected<Error>(text.error());
    const auto policy = runnablePolicy(*text);
    if (!policy)
        return tl::unexpected<Error>(policy.error());
    auto outcome = std::make_shared<TuningOutcome>();
    outcome->pointer = pointer;
    outcome->setting = setting;
    outcome->result = base.whatIf->simulate(CompiledPolicy(*policy), resamples);
    outcome->difference = base.whatIf->compare(base.result, outcome->result, resamples);
    outcome->p95LatencyMs = p95Difference(base.result, outcome->result, resamples);
    outcome->resamples = resamples;
    outcome->tookMs =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
    return outcome;
}

std::vector<double> curveSettings(const Tunable& tunable, int count)
{
    const double step = tunable.step > 0 ? tunable.step : (tunable.high - tunable.low) / 100;
    std::vector<double> settings{tunable.value};
    for (int i = 0; i < count; ++i) {
        const double at = tunable.low + (tunable.high - tunable.low) * i / std::max(1, count - 1);
        const double whole = tunable.low + std::round((at - tunable.low) / step) * step;
        settings.push_back(std::clamp(whole, tunable.low, tunable.high));
    }
    std::sort(settings.begin(), settings.end());
    settings.erase(std::unique(settings.begin(), settings.end(),
                               [step](double a, double b) { return std::abs(a - b) < step / 1000; }),
                   settings.end());
    return settings;
}

std::optional<int> verdictOn(const MovedRequest& moved)
{
    if (!moved.qualityFrom || !moved.qualityTo)
        return std::nullopt;
    const double change = *moved.qualityTo - *moved.qualityFrom;
    constexpr double kSame = 1e-9;
    return change > kSame ? 1 : change < -kSame ? -1 : 0;
}

} // namespace signalbox
