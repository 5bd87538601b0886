// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A circuit breaker: an endpoint that keeps failing is left alone for a while, then tried with one request at
// a time (Nygard, "Release It!", 2007, ch. 5). One for each endpoint; network thread only. Time comes in from
// outside.

#include "base/clock.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace signalbox {

struct BreakerSettings
{
    /// Open it whatever came before; but not before they are as many as the calls that are still under way:
    /// of many at once the failures are back first.
    int failuresInARow = 5;
    double failureShare = 0.5; ///< … as does this share of the calls within the window, 0–1
    int leastCalls = 20;       ///< of which there must be so many
    double openMs = 1000;      ///< how long it stays open the first time; doubled each time a probe fails
    double longestOpenMs = 60'000;
};

class CircuitBreaker
{
public:
    enum class State { Closed, Open, HalfOpen };
    /// What became of a call, as far as the endpoint's health is concerned. Neither: cancelled by us, or our
    /// own mistake.
    enum class Verdict { Healthy, Unhealthy, Neither };

    /// Whether a call may go out now. Keep it and give it back to ended().
    struct Permission
    {
        bool granted = false;
        bool probe = false;   ///< the one call of a half-open breaker
        double retryInMs = 0; ///< when not granted: ask again then
        std::uint64_t era = 0;
    };

    explicit CircuitBreaker(BreakerSettings settings = {}) : m_settings(settings) {}

    Permission ask(SteadyTime at);
    /// Whether ask() would grant it; takes nobody's turn.
    bool wouldGrant(SteadyTime at) const;
    /// Milliseconds until it is worth asking again; 0 = now.
    double waitMs(SteadyTime at) const;
    /// For every permission that was granted: once for each try that was made with it, and at least once;
    /// `last` when no other follows. What was granted before the breaker last opened or closed no longer
    /// counts.
    void ended(const Permission& permission, Verdict verdict, SteadyTime at, bool last = true);
    /// The endpoint asked for a pause (Retry-After): nothing goes out before it is over, at most
    /// `longestOpenMs`.
    void pause(double ms, SteadyTime at);
    State state(SteadyTime at) const;

private:
    static constexpr int kSeconds = 30; ///< of the window

    struct Second
    {
        std::int64_t second = -1;
        int good = 0;
        int bad = 0;
    };

    void open(SteadyTime at);
    void close();
    void count(bool good, SteadyTime at);
    bool mostlyFails(SteadyTime at) const;

    BreakerSettings m_settings;
    bool m_closed = true;
    bool m_probing = false;
    int m_inARow = 0;
    int m_underWay = 0; ///< permissions that were granted and have not ended
    double m_nextOpenMs = 0;
    SteadyTime m_openUntil;
    SteadyTime m_pausedUntil;
    std::uint64_t m_era = 0;
    std::array<Second, kSeconds> m_window;
};

/// What an error kind of errors.h says of the endpoint; "" is success. A request that the server rightly
/// refused, and an answer that was too long, are signs of health; a rate limit is none of either.
CircuitBreaker::Verdict verdictOf(std::string_view errorKind);

/// The breakers of all endpoints, by base URL: what stands behind one address fails together.
class CircuitBreakers
{
public:
    explicit CircuitBreakers(BreakerSettings settings = {}) : m_settings(settings) {}
    CircuitBreaker& of(const std::string& baseUrl);

private:
    BreakerSettings m_settings;
    std::map<std::string, CircuitBreaker> m_breakers;
};

} // namespace signalbox
