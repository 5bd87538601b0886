// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One request's way through the engine, from decision to trace: decides, retrieves, asks the policy's
// Strategy what is next, has hops do it, and finishes the trace. Lives on the network thread. Private to the
// engine.

#include "cascade/embedding_call.h"
#include "cascade/hop_run.h"
#include "cascade/pair_judge.h"
#include "cascade/run_scope.h"
#include "cascade/strategy.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

class Run : public std::enable_shared_from_this<Run>
{
public:
    using OnEnd = std::function<void(RunId)>;
    Run(EngineContext& context, RunId id, const CompiledPolicyPtr& policy, Request request,
        RunOptions options, std::shared_ptr<RunObserver> observer, OnEnd onEnd);

    void begin();
    void cancel();

private:
    const Policy& policy() const { return m_scope->policy(); }

    void takeOverLostCalls();
    void decideRoute();
    double leftMs() const;
    void wakeIn(double ms, std::function<void(Run&)> then);
    void waitForRoom();
    void enter(std::function<void(Run&)> inside, std::function<void(Run&)> tooLate);
    bool standAside(double ms, std::function<void()> then);
    bool waitsForBudget();
    void proceed();
    void askCache();
    void embedQuestion();
    bool serveFromCache();
    void keepInCache();
    void goThroughCascade();
    void startCascade(bool policyMode);
    using Vectors = std::vector<std::vector<float>>;
    void embed(EmbeddingTask::What what, std::function<void(Vectors)> then);
    void takeEmbedding(EmbeddingTask::Outcome outcome);
    void retrieve(const std::string& query, const std::function<void()>& then);
    void retrieveNear(const std::string& query, const std::function<void()>& then);
    void withPassageVectors(const std::function<void(const VectorIndex*)>& then);
    void leavePassages(EmbeddedPassages& passages, bool failed);
    void takePassages(std::vector<Passage> passages);
    double bestPassage() const;
    void happened(std::function<Moves(Strategy&)> event);
    void follow(Moves moves);
    void conclude(const HopVerdict& verdict);
    void compare(const Comparison& comparison);
    void takeComparison(int hop, PairJudge::Verdict verdict);
    void startInBackground(const HopStart& start);
    void nextOfAllTiers();
    void recordTurnedAway(const TurnedAway& turned);
    HopPlan planOf(const HopStart& start) const;
    void startHop(HopPlan plan);
    void hopEnded(HopRun& hop, const HopOutcome& outcome);
    Hop& settle(HopRun& hop);
    void stop(int hop, ChargeKind kind);
    void sayWhoCompared(GateResult& gate) const;
    void takeVerdict(Hop& hop, HopStatus status, std::string reason);
    void deliver(const CascadeEnd& end);
    void finish(const CascadeEnd& end);
    void addReasons(const std::vector<std::string>& reasons);

    std::shared_ptr<RunScope> m_scope;
    OnEnd m_onEnd;
    Features m_features;
    std::optional<RequestGates> m_requestGates;
    std::unique_ptr<Strategy> m_strategy;
    std::deque<std::function<Moves(Strategy&)>> m_events; ///< that the strategy was not told of yet
    bool m_telling = false;
    std::optional<PairJudge> m_judge;
    int m_judgedHop = -1; ///< that it is asked about, or −1
    double m_comparingSinceMs = 0;
    double m_comparedMs = 0;  ///< all that it took
    std::string m_judgeSaid; ///< of what it compared
    TimerId m_wake = 0;
    bool m_delivered = false;     ///< the user has the answer
    std::vector<int> m_tiersLeft; ///< of an all-tiers run
    std::vector<std::shared_ptr<HopRun>> m_underWay;
    std::shared_ptr<Trace> m_trace;
    std::optional<Admission::Ticket> m_ticket; ///< at the engine's door, waiting or running
    double m_waitingSinceMs = 0;
    TimerId m_doorTimer = 0; ///< while it waits: for the hour's budget, or for the end of its own time
    bool m_ended = false;
    std::optional<CacheKey> m_cacheKey; ///< nothing = the cache has no part in this request
    std::optional<EmbeddingTask> m_embedding; ///< under way
    std::vector<float> m_questionVector;      ///< by the cache's model
    int m_acceptedHop = -1;
};

} // namespace signalbox
