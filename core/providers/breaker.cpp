// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/breaker.h"

#include "providers/errors.h"

#include <algorithm>

namespace signalbox {

namespace {

std::int64_t secondOf(SteadyTime at)
{
    return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}

} // namespace

CircuitBreaker::Permission CircuitBreaker::ask(SteadyTime at)
{
    Permission permission;
    permission.era = m_era;
    if (at < m_pausedUntil) {
        permission.retryInMs = msBetween(at, m_pausedUntil);
        return permission;
    }
    if (m_closed) {
        permission.granted = true;
        ++m_underWay;
        return permission;
    }
    if (at < m_openUntil || m_probing) {
        permission.retryInMs = at < m_openUntil ? msBetween(at, m_openUntil) : m_settings.openMs;
        return permission;
    }
    m_probing = true;
    ++m_underWay;
    permission.granted = true;
    permission.probe = true;
    return permission;
}

bool CircuitBreaker::wouldGrant(SteadyTime at) const
{
    return at >= m_pausedUntil && (m_closed || (at >= m_openUntil && !m_probing));
}

double CircuitBreaker::waitMs(SteadyTime at) const
{
    if (wouldGrant(at))
        return 0;
    constexpr double kProbeMs = 20; // a probe is under way, and may end at any time
    const SteadyTime until = m_closed ? m_pausedUntil : std::max(m_pausedUntil, m_openUntil);
    return std::max(kProbeMs, msBetween(at, until));
}

void CircuitBreaker::ended(const Permission& permission, Verdict verdict, SteadyTime at, bool last)
{
    if (permission.granted && last)
        m_underWay = std::max(0, m_underWay - 1);
    if (!permission.granted || permission.era != m_era)
        return;
    if (permission.probe) {
        m_probing = false;
        if (verdict == Verdict::Healthy)
            close();
        else if (verdict == Verdict::Unhealthy)
            open(at);
        return; // a probe that says nothing leaves the way free for the next
    }
    if (verdict == Verdict::Neither)
        return;
    const bool good = verdict == Verdict::Healthy;
    count(good, at);
    m_inARow = good ? 0 : m_inARow + 1;
    const bool downForAll = m_inARow >= m_settings.failuresInARow && m_inARow >= m_underWay;
    if (!good && (downForAll || mostlyFails(at)))
        open(at);
}

void CircuitBreaker::pause(double ms, SteadyTime at)
{
    m_pausedUntil = std::max(m_pausedUntil, later(at, std::clamp(ms, 0.0, m_settings.longestOpenMs)));
}

CircuitBreaker::State CircuitBreaker::state(SteadyTime at) const
{
    if (m_closed)
        return at < m_pausedUntil ? State::Open : State::Closed;
    return at < m_openUntil ? State::Open : State::HalfOpen;
}

void CircuitBreaker::open(SteadyTime at)
{
    m_nextOpenMs = m_closed ? m_settings.openMs : std::min(m_nextOpenMs * 2, m_settings.longestOpenMs);
    m_closed = false;
    m_openUntil = later(at, m_nextOpenMs);
    ++m_era;
}

void CircuitBreaker::close()
{
    m_closed = true;
    m_inARow = 0;
    m_window = {};
    ++m_era;
}

void CircuitBreaker::count(bool good, SteadyTime at)
{
    const std::int64_t second = secondOf(at);
    Second& slot = m_window[static_cast<std::size_t>(second % kSeconds)];
    if (slot.second != second)
        slot = {second, 0, 0};
    ++(good ? slot.good : slot.bad);
}

bool CircuitBreaker::mostlyFails(SteadyTime at) const
{
    int good = 0;
    int bad = 0;
    for (const Second& slot : m_window) {
        if (slot.second >= 0 && secondOf(at) - slot.second < kSeconds) {
            good += slot.good;
            bad += slot.bad;
        }
    }
    return good + bad >= m_settings.leastCalls && bad >= m_settings.failureShare * (good + bad);
}

CircuitBreaker::Verdict verdictOf(std::string_view errorKind)
{
    using Verdict = CircuitBreaker::Verdict;
    for (const char* sick : {error_kind::refused, error_kind::timeout, error_kind::cut, error_kind::garbage,
                             error_kind::tls, error_kind::unavailable}) {
        if (errorKind == sick)
            return Verdict::Unhealthy;
    }
    for (const char* unknown :
         {error_kind::rateLimited, error_kind::noKey, error_kind::deadline, error_kind::cancelled}) {
        if (errorKind == unknown)
            return Verdict::Neither;
    }
    return Verdict::Healthy;
}

CircuitBreaker& CircuitBreakers::of(const std::string& baseUrl)
{
    return m_breakers.try_emplace(baseUrl, m_settings).first->second;
}

} // namespace signalbox
