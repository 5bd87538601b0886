// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Sends many requests through an engine, so many at a time, with progress, cancel and partial results kept.

#include "cascade/engine.h"

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace signalbox {

struct BatchProgress
{
    int total = 0;
    int started = 0;
    int finished = 0;     ///< traces on disk
    int failed = 0;       ///< of those, with status failed
    int notRecorded = 0;  ///< runs whose trace could not be written
    CostSum cost;
    bool cancelled = false;
    bool done = false;
};

class Batch : public std::enable_shared_from_this<Batch>
{
public:
    /// Called from any thread, one call at a time, in order of completion. `trace` is null when it could not be
    /// written, and in the last call, which has `done` set. A trace that cannot be written ends the batch: nobody would keep
    /// what it still pays for.
    using OnProgress = std::function<void(const BatchProgress&, const TracePtr& trace)>;

    static std::shared_ptr<Batch> start(CascadeEngine& engine, CompiledPolicyPtr policy, std::vector<Request> requests,
                                        RunOptions options, int concurrency, OnProgress onProgress);
    /// Starts nothing more and cancels what runs.
    void cancel();
    /// Blocks until done; for the command line and tests.
    BatchProgress wait();

private:
    Batch();
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace signalbox
