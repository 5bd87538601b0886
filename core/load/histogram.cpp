// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/histogram.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace signalbox {

namespace {

constexpr unsigned kSubBits = 7;                                    ///< 2^7 buckets to each doubling
constexpr std::uint64_t kMostMicros = (std::uint64_t{1} << 36) - 1; ///< 19 hours
constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kTail = 0.025;

} // namespace

RankInterval quantileRanks(std::uint64_t n, double p)
{
    if (n == 0)
        return {0, 1};
    const double count = static_cast<double>(n);
    const double spread = std::sqrt(count * p * (1 - p));
    // What lies further than twelve standard deviations out does not add up to anything.
    const auto first = static_cast<std::uint64_t>(std::max(0.0, std::floor(count * p - 12 * spread - 12)));
    double k = static_cast<double>(first);
    double mass = std::exp(std::lgamma(count + 1) - std::lgamma(k + 1) - std::lgamma(count - k + 1) +
                           k * std::log(p) + (count - k) * std::log1p(-p));
    double below = 0; // P(B < rank), B being how many of the n lie below the quantile
    RankInterval ranks{0, n + 1};
    for (std::uint64_t rank = first; rank <= n; ++rank) {
        if (below <= kTail)
            ranks.low = rank;
        if (1 - below <= kTail) {
            ranks.high = rank;
            break;
        }
        below += mass;
        mass *= (count - k) / (k + 1) * p / (1 - p);
        ++k;
    }
    return ranks;
}

std::size_t LatencyHistogram::bucketOf(std::uint64_t micros)
{
    const int doublings =
        std::max(0, static_cast<int>(std::bit_width(micros)) - static_cast<int>(kSubBits) - 1);
    return (static_cast<std::size_t>(doublings) << kSubBits) + static_cast<std::size_t>(micros >> doublings);
}

std::uint64_t LatencyHistogram::lowestOf(std::size_t bucket)
{
    const std::size_t half = std::size_t{1} << kSubBits;
    if (bucket < 2 * half)
        return bucket;
    const std::size_t doublings = bucket / half - 1;
    return (bucket - doublings * half) << doublings;
}

double LatencyHistogram::middleMs(std::size_t bucket)
{
    return static_cast<double>(lowestOf(bucket) + lowestOf(bucket + 1)) / 2000;
}

void LatencyHistogram::add(double ms)
{
    if (!std::isfinite(ms))
        return addNever();
    ms = std::max(ms, 0.0);
    const auto micros = static_cast<std::uint64_t>(std::min(ms * 1000, static_cast<double>(kMostMicros)));
    const std::size_t bucket = bucketOf(micros);
    if (bucket >= m_buckets.size())
        m_buckets.resize(bucket + 1);
    ++m_buckets[bucket];
    m_min = m_count == 0 ? ms : std::min(m_min, ms);
    m_max = std::max(m_max, ms);
    m_sum += ms;
    ++m_count;
}

void LatencyHistogram::add(const LatencyHistogram& other)
{
    if (other.m_count > 0) {
        m_buckets.resize(std::max(m_buckets.size(), other.m_buckets.size()));
        for (std::size_t i = 0; i < other.m_buckets.size(); ++i)
            m_buckets[i] += other.m_buckets[i];
        m_min = m_count == 0 ? other.m_min : std::min(m_min, other.m_min);
        m_max = std::max(m_max, other.m_max);
        m_sum += other.m_sum;
    }
    m_count += other.m_count;
    m_never += other.m_never;
}

std::optional<double> LatencyHistogram::min() const
{
    return m_count == 0 ? std::nullopt : std::optional(m_min);
}

std::optional<double> LatencyHistogram::max() const
{
    return m_count == 0 ? std::nullopt : std::optional(m_max);
}

std::optional<double> LatencyHistogram::mean() const
{
    return m_count == 0 ? std::nullopt : std::optional(m_sum / static_cast<double>(m_count));
}

double LatencyHistogram::clampMs(double ms) const
{
    return std::clamp(ms, m_min, m_max);
}

/// `rank` from 1 to m_count.
std::size_t LatencyHistogram::bucketOfRank(std::uint64_t rank) const
{
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        seen += m_buckets[i];
        if (seen >= rank)
            return i;
    }
    return m_buckets.size() - 1;
}

std::optional<double> LatencyHistogram::quantile(double p) const
{
    const std::uint64_t n = count();
    if (n == 0)
        return std::nullopt;
    const double wanted = std::ceil(std::clamp(p, 0.0, 1.0) * static_cast<double>(n));
    const auto rank = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(wanted), 1, n);
    return rank > m_count ? kNever : clampMs(middleMs(bucketOfRank(rank)));
}

std::optional<QuantileBounds> LatencyHistogram::quantileBounds(double p) const
{
    const std::optional<double> value = quantile(p);
    if (!value)
        return std::nullopt;
    const RankInterval ranks = quantileRanks(count(), p);
    // The ends of the buckets, so that coarseness widens the interval and never narrows it.
    const auto lowEnd = [&] {
        if (ranks.low == 0)
            return 0.0;
        if (ranks.low > m_count)
            return kNever;
        return clampMs(static_cast<double>(lowestOf(bucketOfRank(ranks.low))) / 1000);
    };
    const auto highEnd = [&] {
        if (ranks.high > m_count)
            return kNever;
        return clampMs(static_cast<double>(lowestOf(bucketOfRank(ranks.high) + 1)) / 1000);
    };
    return QuantileBounds{*value, lowEnd(), highEnd()};
}

std::vector<LatencyHistogram::Bar> LatencyHistogram::bars(int most) const
{
    if (m_count == 0 || most < 1)
        return {};
    // Bars to a power of ten, as many as fit. Below a hundredth of a millisecond all is one bar.
    const auto logOf = [](double ms) { return std::log10(std::max(ms, 0.01)); };
    constexpr std::array kToADecade{40.0, 20.0, 10.0, 5.0, 4.0, 2.0, 1.0, 0.5, 0.2, 0.05};
    double perDecade = 1;
    int first = 0;
    int last = 0;
    for (const double fine : kToADecade) {
        perDecade = fine;
        first = static_cast<int>(std::floor(logOf(m_min) * fine));
        last = static_cast<int>(std::floor(logOf(m_max) * fine));
        if (last - first < most)
            break;
    }
    std::vector<Bar> out(static_cast<std::size_t>(last - first) + 1);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].fromMs = std::pow(10.0, (first + static_cast<double>(i)) / perDecade);
        out[i].toMs = std::pow(10.0, (first + static_cast<double>(i) + 1) / perDecade);
    }
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        if (m_buckets[i] == 0)
            continue;
        const int at = static_cast<int>(std::floor(logOf(clampMs(middleMs(i))) * perDecade)) - first;
        out[static_cast<std::size_t>(std::clamp(at, 0, last - first))].count += m_buckets[i];
    }
    return out;
}

} // namespace signalbox
