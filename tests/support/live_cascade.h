// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A whole live path for tests: sandbox without delays, network thread, engine, and a sink that keeps traces in memory.

#include "base/ids.h"
#include "cascade/batch.h"
#include "providers/secrets.h"
#include "retrieval/fts_index.h"
#include "sandbox/sandbox.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace signalbox::test {

class MemorySink : public TraceSink
{
public:
    void record(TracePtr trace, Durable durable) override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_traces.push_back(std::move(trace));
        }
        durable({});
    }
    std::vector<TracePtr> traces() const
    {
        const std::lock_guard lock(m_mutex);
        return m_traces;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<TracePtr> m_traces;
};

/// Waits for the end of one run and keeps what it told.
class Watcher : public RunObserver
{
public:
    void hopText(RunId, int, std::string_view delta) override
    {
        const std::lock_guard lock(m_mutex);
        m_text += delta;
        m_changed.notify_all();
    }
    void hopStarted(RunId, int, const std::string& tier, const std::string&, double) override
    {
        const std::lock_guard lock(m_mutex);
        m_tiers.push_back(tier);
        m_changed.notify_all();
    }
    void attemptFailed(RunId, int, const Attempt& attempt, double retryInMs) override
    {
        const std::lock_guard lock(m_mutex);
        m_failed.emplace_back(attempt, retryInMs);
    }
    void finished(RunId, TracePtr trace, const Result<>&) override
    {
        const std::lock_guard lock(m_mutex);
        m_trace = std::move(trace);
        m_changed.notify_all();
    }
    TracePtr wait()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_trace != nullptr; });
        return m_trace;
    }
    void waitForText()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return !m_text.empty() || m_trace; });
    }
    std::vector<std::pair<Attempt, double>> failedAttempts()
    {
        const std::lock_guard lock(m_mutex);
        return m_failed;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::string m_text;
    std::vector<std::string> m_tiers;
    std::vector<std::pair<Attempt, double>> m_failed;
    TracePtr m_trace;
};

/// Members are destroyed from the last to the first.
struct LiveCascade
{
    explicit LiveCascade(const std::string& scenarioJson, const std::vector<Document>& documents = {}, std::uint64_t seed = 1,
                         AdmissionSettings admission = {})
    {
        SandboxOptions options;
        options.scenarioJson = scenarioJson;
        options.seed = seed;
        sandbox = std::move(Sandbox::start(options).value());
        if (!documents.empty())
            index = std::move(FtsIndex::build(documents).value());
        transport = std::make_unique<Transport>();
        engine = std::make_unique<CascadeEngine>(*transport, sink, secrets, index.get(), EngineConfig{sandbox->baseUrl(), seed, admission});
    }

    TracePtr run(const CompiledPolicyPtr& policy, Request request, RunOptions options = {})
    {
        const auto watcher = std::make_shared<Watcher>();
        engine->start(policy, std::move(request), std::move(options), watcher);
        return watcher->wait();
    }
    std::vector<TracePtr> runAll(const CompiledPolicyPtr& policy, std::vector<Request> requests, TraceMode mode, int concurrency = 16)
    {
        std::vector<TracePtr> traces;
        Batch::start(*engine, policy, std::move(requests), {mode, "test"}, concurrency, [&](const BatchProgress&, const TracePtr& trace) {
            if (trace)
                traces.push_back(trace);
        })->wait();
        return traces;
    }

    MemorySink sink;
    EnvironmentSecrets secrets;
    std::unique_ptr<Sandbox> sandbox;
    std::unique_ptr<FtsIndex> index;
    std::unique_ptr<Transport> transport;
    std::unique_ptr<CascadeEngine> engine;
};

} // namespace signalbox::test
