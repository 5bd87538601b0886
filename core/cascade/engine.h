// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Runs decisions: calls tiers, checks gates, escalates, records the trace. All work happens on the transport's
// network thread; the functions below may be called from any thread and never block.

#include "base/result.h"
#include "base/clock.h"
#include "cascade/admission.h"
#include "cascade/answer_cache.h"
#include "cascade/trace.h"
#include "cascade/trace_sink.h"
#include "providers/transport.h"
#include "providers/secrets.h"
#include "retrieval/document_index.h"
#include "routers/compiled_policy.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace signalbox {

using RunId = std::uint64_t;

/// What a run tells as it goes. Called on the network thread, except finished() (any thread). Must not block.
class RunObserver
{
public:
    virtual ~RunObserver() = default;
    virtual void decided(RunId, const Decision&) {}
    virtual void retrieved(RunId, const std::vector<RetrievedPassage>&) {}
    /// The answer is an earlier one; no hop will start.
    virtual void servedFromCache(RunId, const CacheHit&) {}
    virtual void hopStarted(RunId, int /*hop*/, const std::string& /*tier*/, const std::string& /*model*/, double /*atMs*/) {}
    virtual void hopText(RunId, int /*hop*/, std::string_view /*delta*/) {}
    virtual void attemptFailed(RunId, int /*hop*/, const Attempt&, double /*retryInMs; negative = no retry*/) {}
    virtual void gateStarted(RunId, int /*hop*/, const std::string& /*trigger*/, double /*atMs*/) {}
    virtual void gateFinished(RunId, int /*hop*/, const GateResult&) {}
    /// Again when something else decides of its answer later: a vote, a check.
    virtual void hopFinished(RunId, const Hop&) {}
    /// The user has the answer of this hop; what comes after is evidence.
    virtual void answered(RunId, int /*hop*/) {}
    /// Everything has happened; the trace is on its way to the disk. On the network thread.
    virtual void executed(RunId, const TracePtr&) {}
    /// The trace is on disk (or `durable` says why it is not).
    virtual void finished(RunId, TracePtr, const Result<>& /*durable*/) {}
};

struct RunOptions
{
    TraceMode mode = TraceMode::Policy;
    std::string dataset;
    ServiceLane lane = ServiceLane::Interactive; ///< a user tier of the lane "background" is served there in any case
    /// By the request's id: calls of a process that ended before it could record them. The run that asks
    /// again takes them over, so that they are charged to the request that caused them.
    std::shared_ptr<const std::map<std::string, std::vector<Charge>>> lostCalls = {};
    /// What stops() said when whoever starts it began: a run that begins after another stop is cancelled at once.
    std::optional<std::uint64_t> unlessStoppedSince = {};
};

/// Of an earlier process, or of another that runs.
struct SpentEarlier
{
    std::int64_t atMs = 0;
    std::string policyName;
    std::string tier;     ///< or ""
    std::string userTier; ///< or ""
    NanoUsd cost = 0;
};

struct EngineConfig
{
    std::string sandboxBaseUrl; ///< what "sandbox://local" stands for, "http://127.0.0.1:PORT"; empty = none runs
    std::uint64_t seed = 1;     ///< for replica choice and backoff jitter
    AdmissionSettings admission = {};
    /// What the last hour has cost already, so that hourly budgets outlive a restart.
    std::vector<SpentEarlier> spent = {};
    /// Answers that may be given again, the oldest first, so that the cache outlives a restart.
    std::vector<CachedAnswer> answers = {};
    std::vector<PassageVectors> passageVectors = {}; ///< of documents, known from earlier
    std::function<std::int64_t()> clock = wallClockMs; ///< by which answers grow old
};

class CascadeEngine
{
public:
    /// `documents` may be null: then nothing is retrieved. Everything passed must outlive the engine.
    CascadeEngine(Transport& transport, TraceSink& sink, SecretSource& secrets, const DocumentIndex* documents,
                  EngineConfig config);
    /// Cancels what runs and waits until the network thread has let go of it.
    ~CascadeEngine();

    /// Starts a request. Every started run ends with exactly one finished().
    RunId start(CompiledPolicyPtr policy, Request request, RunOptions options, std::shared_ptr<RunObserver> observer);
    /// Ends a run as soon as possible with status cancelled; its trace is kept.
    void cancel(RunId run);
    /// The global stop: ends all runs, and batches start no more of theirs.
    void cancelAll();
    /// These traces' answers are not given to other requests any more, once this is known to the network thread.
    void forgetAnswers(std::vector<std::string> traceIds);
    /// Counts for the hours of budgets from now on: what earlier processes, or others that run, have spent.
    void spentElsewhere(std::vector<SpentEarlier> spent);
    /// How often cancelAll() was called; any thread.
    std::uint64_t stops() const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace signalbox
