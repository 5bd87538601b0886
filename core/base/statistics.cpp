// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/statistics.h"

#include "base/random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace signalbox {

namespace {

constexpr double kZ95 = 1.959963984540054;

std::optional<Estimate> percentileInterval(double value, std::vector<double> resampled, int n)
{
    if (resampled.empty())
        return std::nullopt;
    std::sort(resampled.begin(), resampled.end());
    return Estimate{value, {*quantileSorted(resampled, 0.025), *quantileSorted(resampled, 0.975)}, n};
}

} // namespace

std::optional<double> quantileSorted(std::span<const double> sorted, double p)
{
    if (sorted.empty())
        return std::nullopt;
    const double h = (static_cast<double>(sorted.size()) - 1) * std::clamp(p, 0.0, 1.0);
    const auto below = static_cast<std::size_t>(std::floor(h));
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (h - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::optional<double> quantile(std::vector<double> values, double p)
{
    std::sort(values.begin(), values.end());
    return quantileSorted(values, p);
}

std::optional<Estimate> quantileEstimate(std::vector<double> values, double p)
{
    if (values.empty())
        return std::nullopt;
    std::sort(values.begin(), values.end());
    const double n = static_cast<double>(values.size());
    const double half = kZ95 * std::sqrt(n * p * (1 - p));
    const auto at = [&](double rank) { return values[static_cast<std::size_t>(std::clamp(rank, 1.0, n)) - 1]; };
    return Estimate{*quantileSorted(values, p), {at(std::floor(n * p - half)), at(std::ceil(n * p + half) + 1)}, static_cast<int>(values.size())};
}

std::optional<double> mean(std::span<const double> values)
{
    if (values.empty())
        return std::nullopt;
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::optional<Estimate> proportion(int successes, int n)
{
    if (n <= 0)
        return std::nullopt;
    const double p = static_cast<double>(successes) / n;
    const double z2 = kZ95 * kZ95;
    const double centre = (p + z2 / (2.0 * n)) / (1 + z2 / n);
    const double half = kZ95 / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
    // At the ends the formula's bound is 0 or 1 exactly; rounding must not step over it.
    const double low = successes == 0 ? 0.0 : std::max(0.0, centre - half);
    const double high = successes == n ? 1.0 : std::min(1.0, centre + half);
    return Estimate{p, {low, high}, n};
}

std::optional<Estimate> bootstrap(int n, const std::function<std::optional<double>(std::span<const int>)>& statistic,
                                  int resamples, std::uint64_t seed)
{
    if (n <= 0)
        return std::nullopt;
    std::vector<int> rows(static_cast<std::size_t>(n));
    std::iota(rows.begin(), rows.end(), 0);
    const std::optional<double> value = statistic(rows);
    if (!value)
        return std::nullopt;
    Random random(seed);
    std::vector<double> resampled;
    resampled.reserve(static_cast<std::size_t>(resamples));
    for (int r = 0; r < resamples; ++r) {
        for (int& row : rows)
            row = static_cast<int>(random.below(static_cast<std::uint64_t>(n)));
        if (const auto one = statistic(rows))
            resampled.push_back(*one);
    }
    return percentileInterval(*value, std::move(resampled), n);
}

std::optional<Estimate> bootstrapMean(std::span<const double> values, int resamples, std::uint64_t seed)
{
    const std::optional<double> value = mean(values);
    if (!value)
        return std::nullopt;
    Random random(seed);
    std::vector<double> resampled(static_cast<std::size_t>(std::max(1, resamples)));
    for (double& one : resampled) {
        double sum = 0;
        for (std::size_t i = 0; i < values.size(); ++i)
            sum += values[random.below(values.size())];
        one = sum / static_cast<double>(values.size());
    }
    return percentileInterval(*value, std::move(resampled), static_cast<int>(values.size()));
}

} // namespace signalbox
