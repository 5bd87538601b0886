// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The few statistics that every chart and table uses, each with its interval and its source.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace signalbox {

struct Interval
{
    double low = 0;
    double high = 0;
    bool contains(double x) const { return low <= x && x <= high; }
};

struct Estimate
{
    double value = 0;
    Interval interval; ///< 95 % unless the function says otherwise
    int n = 0;
};

/// Quantile by linear interpolation between order statistics (Hyndman & Fan 1996, type 7). Nothing if empty.
std::optional<double> quantile(std::vector<double> values, double p);
/// The same over values that are sorted already.
std::optional<double> quantileSorted(std::span<const double> sorted, double p);

/// A quantile with its distribution-free interval from order statistics (Conover 1999, Practical Nonparametric
/// Statistics, §3.2). The interval is open-ended at the extremes: there it ends at the smallest or largest value.
std::optional<Estimate> quantileEstimate(std::vector<double> values, double p);

std::optional<double> mean(std::span<const double> values);

/// Proportion with Wilson's score interval (Wilson 1927), z = 1.96. Nothing if n = 0.
std::optional<Estimate> proportion(int successes, int n);

/// Percentile bootstrap (Efron 1979) of a statistic of rows 0…n−1, by resampling row indices.
/// `statistic` gets the resampled indices; a resample for which it returns nothing is left out.
std::optional<Estimate> bootstrap(int n, const std::function<std::optional<double>(std::span<const int>)>& statistic,
                                  int resamples = 1000, std::uint64_t seed = 1);

/// Bootstrap of a mean, specialised for speed.
std::optional<Estimate> bootstrapMean(std::span<const double> values, int resamples = 1000, std::uint64_t seed = 1);

} // namespace signalbox
