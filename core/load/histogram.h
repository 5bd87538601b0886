// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Latencies of any number of requests in bounded memory: buckets that grow with the value, 128 to each
// doubling, so that what is read back is within 0.8 % of what went in (the layout of Gil Tene's
// HdrHistogram). Requests that will never get an answer are counted as infinitely slow: leaving them out
// would make a server look faster the more it drops.

#include <cstdint>
#include <optional>
#include <vector>

namespace signalbox {

/// A quantile with its 95 % interval. Infinite where requests that never ended decide it, or where there are
/// too few to bound it.
struct QuantileBounds
{
    double value = 0;
    double low = 0;
    double high = 0;
};

/// Ranks of the order statistics, from 1, that hold the p-quantile of a continuous distribution between them
/// with at least 95 %, whatever the distribution; exact, by the binomial (Conover 1999, Practical
/// Nonparametric Statistics, §3.2; David & Nagaraja 2003, Order Statistics, §7.1). `low` 0: there is no lower
/// bound; `high` n + 1: no upper one.
struct RankInterval
{
    std::uint64_t low = 0;
    std::uint64_t high = 0;
};
RankInterval quantileRanks(std::uint64_t n, double p);

class LatencyHistogram
{
public:
    void add(double ms); ///< below 0 counts as 0; not finite as never
    void addNever() { ++m_never; }
    void add(const LatencyHistogram& other);

    std::uint64_t count() const { return m_count + m_never; }
    std::uint64_t never() const { return m_never; }
    /// Of those that ended.
    std::optional<double> min() const;
    std::optional<double> max() const;
    std::optional<double> mean() const;
    /// The smallest value that a share of p of all is not above. Nothing when there are none.
    std::optional<double> quantile(double p) const;
    std::optional<QuantileBounds> quantileBounds(double p) const;

    /// What a person looks at: at most so many bars, equally wide on a logarithmic scale, without gaps.
    struct Bar
    {
        double fromMs = 0;
        double toMs = 0;
        std::uint64_t count = 0;
    };
    std::vector<Bar> bars(int most) const;

    std::size_t bytes() const { return m_buckets.capacity() * sizeof(std::uint64_t); }

private:
    static std::size_t bucketOf(std::uint64_t micros);
    static std::uint64_t lowestOf(std::size_t bucket);
    static double middleMs(std::size_t bucket);
    std::size_t bucketOfRank(std::uint64_t rank) const;
    double clampMs(double ms) const;

    std::vector<std::uint64_t> m_buckets; ///< grown as needed
    std::uint64_t m_count = 0;            ///< of those that ended
    std::uint64_t m_never = 0;
    double m_min = 0;
    double m_max = 0;
    double m_sum = 0;
};

} // namespace signalbox
