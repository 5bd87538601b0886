// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a load test found: latencies whole, by tier and by depth, throughput, errors by kind, cost, quality.
// Bounded in size whatever the number of requests, so it is kept up to date while they run and may be copied
// at any time.

#include "base/money.h"
#include "cascade/trace.h"
#include "load/histogram.h"
#include "policy/policy.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

/// Mean and variance as they come (Welford 1962).
class RunningMean
{
public:
    void add(double value);
    std::uint64_t count() const { return m_count; }
    double mean() const { return m_mean; }
    double variance() const { return m_count < 2 ? 0 : m_squares / static_cast<double>(m_count - 1); }

private:
    std::uint64_t m_count = 0;
    double m_mean = 0;
    double m_squares = 0;
};

struct TierLoad
{
    std::string tier;
    std::uint64_t hops = 0; ///< that called a model
    std::uint64_t accepted = 0;
    std::uint64_t escalated = 0;
    std::uint64_t failed = 0;
    LatencyHistogram latency; ///< of the hop, gates included; failed ones are infinitely slow
    LatencyHistogram firstToken;
};

/// Requests that called so many models, one after the other.
struct DepthLoad
{
    LatencyHistogram latency;
};

struct LoadReport
{
    std::uint64_t started = 0;
    std::uint64_t ended = 0;
    std::uint64_t answered = 0;
    std::uint64_t handedOff = 0;
    std::uint64_t failed = 0;
    std::uint64_t unfinished = 0; ///< cut off by the end of the test, or by whoever stopped it
    std::uint64_t leftOut = 0;    ///< of these: too early to tell how slow they would have been
    double seconds = 0;           ///< from the first request to the end of the last, or to now
    bool over = false;
    bool stoppedEarly = false; ///< by whoever asked, or by the limit of cost
    std::string stopReason;

    /// From the moment when a request was to be sent, not from when it was: what waits behind a slow answer
    /// waits too. Else each stall hides the requests that it kept from being sent ("coordinated omission",
    /// Gil Tene; wrk2). Failed requests are infinitely slow, and those that the test cut off when they were
    /// slower than the objective already; the others that it cut off are left out, and so are requests that
    /// went to a person.
    LatencyHistogram latency;
    LatencyHistogram firstToken; ///< likewise, of answers
    LatencyHistogram service;  ///< from when they were really sent, of answers: what a naive test would show
    LatencyHistogram lateness; ///< of sending
    std::vector<TierLoad> tiers;                       ///< in the policy's order
    std::vector<DepthLoad> depths;                     ///< [1] asked one model, …
    std::map<std::string, LatencyHistogram> userTiers; ///< latency, by id of the policy's user tiers
    std::map<std::string, double> p95Objectives;       ///< in ms, by id of the user tier; "" = the policy's

    std::map<std::string, std::uint64_t> failures; ///< failed requests by reason
    std::map<std::string, std::uint64_t>
        attemptErrors; ///< every failed try by kind, also where a later one went well
    CostSum cost;
    RunningMean costUsd;                        ///< of requests whose cost is known
    std::map<std::string, RunningMean> quality; ///< 0–1, by source
    bool simulated = false;

    explicit LoadReport(const Policy& policy);
    LoadReport() = default;
    /// A request that has ended. `sinceIntendedMs`: since it was to be sent; `latenessMs`: by how much it was
    /// sent later.
    void add(const Trace& trace, double sinceIntendedMs, double latenessMs, const std::string& userTier);
    /// Whether a request that the test cut off after so long may yet have met the objective.
    bool cutTooEarly(double waitedMs, const std::string& userTier) const;
    double perSecond() const { return seconds > 0 ? static_cast<double>(answered + handedOff) / seconds : 0; }
};

enum class Verdict { Met, Missed, CannotTell };
const char* name(Verdict verdict); ///< "met", "missed", "not enough requests to tell"

/// An objective of the policy against what was found, by the interval's bounds and not by the estimate: met
/// when all of the interval is, missed when none of it is.
struct ObjectiveVerdict
{
    std::string objective; ///< "p95_latency_ms", "min_quality"
    std::string userTier;  ///< whose it is; "" = the policy's
    std::string source;    ///< of quality
    double limit = 0;
    bool atMost = true;
    std::optional<double> value; ///< in the limit's unit; infinite when requests that failed decide it
    std::optional<double> low;   ///< of the 95 % interval
    std::optional<double> high;
    std::uint64_t n = 0;
    Verdict verdict = Verdict::CannotTell;
};

/// `answersMatter`: the prompts are such as users write, and what is answered is what users would get; else
/// quality is not judged. Cost per resolved request never is: nobody says of a load test what was resolved.
std::vector<ObjectiveVerdict> judgeLoad(const LoadReport& report, const Policy& policy, bool answersMatter);
/// Missed if any is, else met if all are; met when there are none.
Verdict overall(const std::vector<ObjectiveVerdict>& verdicts);

/// One JSON object. `worstDepth`: hops of the policy's worst case, 0 = not known.
std::string loadReportJson(const LoadReport& report, const std::vector<ObjectiveVerdict>& verdicts,
                           int worstDepth);

} // namespace signalbox
