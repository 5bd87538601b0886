// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A small seeded generator (splitmix64) with the few distributions we need; the same on every platform,
// which std::normal_distribution and its kin are not.

#include <cmath>
#include <cstdint>
#include <numbers>

namespace signalbox {

class Random
{
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}

    /// Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// Uniform in [0, 1).
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    /// Uniform integer in [0, n); n > 0. The modulo bias is below n / 2^64.
    std::uint64_t below(std::uint64_t n) { return next() % n; }
    /// Standard normal, by Box and Muller (1958).
    double normal()
    {
        const double u = 1.0 - uniform();
        return std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * uniform());
    }
    /// Log-normal with the given median and log-scale sigma.
    double logNormal(double median, double sigma) { return median * std::exp(sigma * normal()); }

private:
    std::uint64_t m_state;
};

} // namespace signalbox
