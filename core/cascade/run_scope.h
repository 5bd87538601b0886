// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the hops of one run share, and what the runs of one engine share. Network thread only. Private to the
// engine.

#include "base/clock.h"
#include "cascade/admission.h"
#include "cascade/conversation.h"
#include "cascade/engine.h"
#include "cascade/expected_output.h"
#include "cascade/replica.h"
#include "cascade/request_ledger.h"
#include "cascade/waterfall.h"
#include "providers/breaker.h"
#include "providers/retry_budget.h"
#include "retrieval/vector_index.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace signalbox {

/// What is the same for every request under one policy.
struct PolicyFacts
{
    explicit PolicyFacts(CompiledPolicyPtr compiled);
    CompiledPolicyPtr policy;
    PromptVersions promptVersions;
    GateMatchers matchers;
    std::vector<std::string> judgeVersions; ///< by rubric
    std::vector<std::string> judgeSchemas;  ///< by rubric
    bool runnable = false;                  ///< mayRun()
};

/// The engine's documents under one embedding model.
struct EmbeddedPassages
{
    std::unordered_map<std::string, std::vector<float>> known; ///< by pieceHash()
    std::unique_ptr<const VectorIndex> index;                  ///< of all pieces, once each is known
    std::size_t looked = 0; ///< pieces before it are known
    RunId embeds = 0; ///< the run that has the missing ones embedded, and pays for them; 0 = none
    std::vector<std::function<void(bool failed)>> waiting; ///< for it
};

/// What the runs of one engine share.
struct EngineContext
{
    EngineContext(Transport& http, TraceSink& traces, SecretSource& keys, const DocumentIndex* index,
                  EngineConfig how)
        : transport(http), sink(traces), secrets(keys), documents(index), config(std::move(how)),
          admission(config.admission)
    {
        for (const SpentEarlier& one : config.spent)
            remember(spending, one);
        for (CachedAnswer& one : config.answers)
            answers.put(std::move(one));
        config.answers.clear();
        for (PassageVectors& one : config.passageVectors) {
            for (auto& [hash, vector] : one.vectors)
                passages[one.embedder].known.insert_or_assign(hash, std::move(vector));
        }
        config.passageVectors.clear();
    }
    Transport& transport;
    TraceSink& sink;
    SecretSource& secrets;
    const DocumentIndex* documents;
    EngineConfig config;
    std::map<std::string, int> inFlight;      ///< calls by model id, for choosing the least busy replica
    CoolDowns coolDowns;                      ///< of models that refuse, for choosing another replica
    std::map<std::string, ExpectedOutput> outputs; ///< by model id
    std::shared_ptr<const PolicyFacts> facts; ///< of the policy that was used last
    CircuitBreakers breakers;
    std::map<std::string, RetryBudget> retryBudgets; ///< by base URL
    Spending spending;
    Admission admission;
    AnswerCache answers;
    std::map<std::string, EmbeddedPassages> passages; ///< by embedder

    std::shared_ptr<const PolicyFacts> factsOf(const CompiledPolicyPtr& policy);
};

/// What the hops of one run share: the request, what was decided and found for it, and who is told. The run
/// fills it in before its first hop and leaves it alone from then on.
struct RunScope
{
    RunScope(EngineContext& engine, RunId run, const CompiledPolicyPtr& policy, Request what, RunOptions how,
             std::shared_ptr<RunObserver> who);

    const Policy& policy() const { return facts->policy->policy(); }
    double elapsedMs() const { return msBetween(begin, now()); }

    EngineContext& context;
    RunId id;
    std::shared_ptr<const PolicyFacts> facts;
    Request request;
    RunOptions options;
    std::shared_ptr<RunObserver> observer;
    SteadyTime begin;
    bool background = false; ///< of the lane
    double queuedMs = 0;     ///< waited for room in the engine, and for room in an hour's budget
    std::shared_ptr<RequestLedger> ledger;
    RunOutline outline;
    std::string inputHash;
    Observation seen;
    Decision decision;
    std::vector<RetrievedPassage> retrieved;
    /// Calls `then` in so many milliseconds, and leaves the request's room in the engine to others until then. False, and
    /// nothing happens, when other hops of the run need it.
    std::function<bool(double ms, std::function<void()> then)> standAside;
};

/// What a check says, as the trace keeps it.
GateResult concluded(const Trigger& trigger, GateResult gate, Check check);

} // namespace signalbox
