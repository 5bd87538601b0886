// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/batch.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace signalbox {

/// Runs report from the network thread (executed) and from the writer's (finished); one mutex guards the counts.
struct Batch::State : RunObserver, std::enable_shared_from_this<Batch::State>
{
    CascadeEngine* engine = nullptr;
    CompiledPolicyPtr policy;
    std::vector<Request> requests;
    RunOptions options;
    OnProgress onProgress;

    std::mutex mutex; ///< counts, running
    std::condition_variable ended;
    std::mutex reportMutex; ///< one report at a time, in order
    BatchProgress progress;
    std::vector<RunId> running;
    bool closing = false;
    std::uint64_t stopsBefore = 0; ///< of the engine, when the batch began

    void startNext()
    {
        if (engine->stops() != stopsBefore)
            close();
        // Held while starting, so that a run cannot report its end before it stands in `running`.
        const std::lock_guard lock(mutex);
        if (closing || progress.started >= progress.total)
            return;
        Request request = std::move(requests[static_cast<std::size_t>(progress.started++)]);
        RunOptions now = options;
        now.unlessStoppedSince = stopsBefore;
        running.push_back(engine->start(policy, std::move(request), std::move(now), shared_from_this()));
    }

    void executed(RunId id, const TracePtr&) override
    {
        {
            const std::lock_guard lock(mutex);
            running.erase(std::remove(running.begin(), running.end(), id), running.end());
        }
        startNext();
    }

    void finished(RunId, TracePtr trace, const Result<>& durable) override
    {
        const std::lock_guard report(reportMutex);
        BatchProgress now;
        {
            const std::lock_guard lock(mutex);
            progress.finished += durable.has_value();
            progress.failed += durable && trace->status == TraceStatus::Failed;
            progress.notRecorded += !durable;
            progress.cost.add(trace->cost());
            now = progress;
        }
        if (onProgress)
            onProgress(now, durable ? trace : nullptr);
        if (!durable)
            close();
        endIfDone();
    }

    /// Starts nothing more and cancels what runs.
    void close()
    {
        std::vector<RunId> left;
        {
            const std::lock_guard lock(mutex);
            if (closing || progress.done)
                return;
            closing = true;
            progress.cancelled = true;
            left = running;
        }
        for (const RunId id : left)
            engine->cancel(id);
    }

    void endIfDone()
    {
        {
            const std::lock_guard lock(mutex);
            const int expected = closing ? progress.started : progress.total;
            if (progress.done || progress.finished + progress.notRecorded < expected)
                return;
            progress.done = true;
        }
        if (onProgress)
            onProgress(progress, nullptr);
        const std::lock_guard lock(mutex);
        reported = true;
        ended.notify_all();
    }
    bool reported = false;
};

Batch::Batch() : m_state(std::make_shared<State>()) {}

std::shared_ptr<Batch> Batch::start(CascadeEngine& engine, CompiledPolicyPtr policy, std::vector<Request> requests, RunOptions options,
                                    int concurrency, OnProgress onProgress)
{
    const std::shared_ptr<Batch> batch(new Batch);
    State& state = *batch->m_state;
    state.engine = &engine;
    state.stopsBefore = engine.stops();
    state.policy = std::move(policy);
    state.progress.total = static_cast<int>(requests.size());
    state.requests = std::move(requests);
    state.options = std::move(options);
    state.options.lane = ServiceLane::Background; // a batch must not starve a person who waits
    state.onProgress = std::move(onProgress);
    if (state.progress.total == 0) {
        const std::lock_guard report(state.reportMutex);
        state.endIfDone();
        return batch;
    }
    const int atOnce = std::min(std::max(1, concurrency), state.progress.total);
    for (int i = 0; i < atOnce; ++i)
        state.startNext();
    return batch;
}

void Batch::cancel()
{
    m_state->close();
    // Nothing may be left to finish: then this call is the last event.
    const std::lock_guard report(m_state->reportMutex);
    m_state->endIfDone();
}

BatchProgress Batch::wait()
{
    std::unique_lock lock(m_state->mutex);
    m_state->ended.wait(lock, [&] { return m_state->reported; });
    return m_state->progress;
}

} // namespace signalbox
