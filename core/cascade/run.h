// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One request's way through the engine, from decision to trace: decides, retrieves, asks the Waterfall what
// is next, has hops do it, and finishes the trace. Lives on the network thread. Private to the engine.

#include "cascade/hop_run.h"
#include "cascade/run_scope.h"
#include "cascade/waterfall.h"

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
    void waitForRoom();
    bool waitsForBudget();
    void proceed();
    void retrieve();
    void follow(NextStep step);
    void nextOfAllTiers();
    void recordTurnedAway(const TurnedAway& turned);
    void startHop(int tier, int promptTemplate, std::vector<AskedGate> asked);
    void hopEnded(HopRun& hop, const HopOutcome& outcome);
    Hop& settle(HopRun& hop);
    void finish(TraceStatus status, int acceptedHop);
    void addReasons(const std::vector<std::string>& reasons);

    std::shared_ptr<RunScope> m_scope;
    OnEnd m_onEnd;
    Features m_features;
    std::optional<RequestGates> m_requestGates;
    std::optional<Waterfall> m_waterfall;
    int m_lastCalled = -1;        ///< index of the last hop that called a model
    std::vector<int> m_tiersLeft; ///< of an all-tiers run
    std::vector<std::shared_ptr<HopRun>> m_underWay;
    std::shared_ptr<Trace> m_trace;
    std::optional<Admission::Ticket> m_ticket; ///< at the engine's door, waiting or running
    double m_waitingSinceMs = 0;
    TimerId m_budgetTimer = 0;
    bool m_ended = false;
};

} // namespace signalbox
