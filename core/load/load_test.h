// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Puts load on a policy's cascade: so many requests at once, or requests at times that are given whether or
// not the earlier ones have been answered (an open loop), and reports what came of it.

#include "cascade/engine.h"
#include "load/arrivals.h"
#include "load/load_report.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace signalbox {

/// Keeps nothing: a load test's traces are no evidence of anything but speed.
class DiscardingSink : public TraceSink
{
public:
    void record(TracePtr, Durable durable) override { durable({}); }
};

struct LoadPlan
{
    /// Closed loop: so many requests at once, each followed by the next one as soon as it ends.
    int concurrency = 1;
    /// When set, an open loop takes the place of the closed one.
    ArrivalSource arrivals;
    /// The request of this number; `arrival` is null in a closed loop. From any thread, one call at a time.
    std::function<Request(std::uint64_t index, const Arrival* arrival)> request;

    std::optional<double> seconds;         ///< nothing is sent after
    std::optional<std::uint64_t> requests; ///< nor more than so many
    double drainSeconds = 30;              ///< how long is then waited for what is under way
    int mostAtOnce = 4096;                 ///< of an open loop; what comes then waits, and its clock runs
    std::optional<NanoUsd> mostCost;       ///< the test ends when the known cost reaches it
};

/// These requests over and over, each time under an id of its own.
std::function<Request(std::uint64_t, const Arrival*)> repeatedly(std::vector<Request> requests);
/// Made-up requests of a recorded arrival's length, or of `inputTokens` where none is recorded.
std::function<Request(std::uint64_t, const Arrival*)> madeUp(int inputTokens, std::uint64_t seed);

class LoadTest
{
public:
    /// The engine is the test's alone, and its admission must let all in that the plan has at once.
    static std::unique_ptr<LoadTest> start(CascadeEngine& engine, CompiledPolicyPtr policy, LoadPlan plan);
    ~LoadTest(); ///< stops, and waits until nothing is under way

    /// Sends nothing more and gives up on what is under way.
    void stop();
    /// True when it is over; waits so long for that.
    bool waitFor(std::chrono::milliseconds time);
    /// What has been found by now. From any thread.
    LoadReport report() const;
    /// Under way at this moment.
    int underWay() const;

private:
    LoadTest();
    struct State;
    std::shared_ptr<State> m_state;
};

/// The admission that an engine for this plan needs.
AdmissionSettings admissionFor(const LoadPlan& plan);

} // namespace signalbox
