// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One request's way through the engine, from decision to trace. Lives on the network thread. Private to the engine.

#include "base/clock.h"
#include "cascade/conversation.h"
#include "cascade/engine.h"
#include "cascade/waterfall.h"
#include "providers/chat.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

/// What is the same for every request under one policy.
struct PolicyFacts
{
    explicit PolicyFacts(CompiledPolicyPtr compiled);
    CompiledPolicyPtr policy;
    PromptVersions promptVersions;
    std::vector<std::string> judgeVersions; ///< by rubric
    std::vector<std::string> judgeSchemas;  ///< by rubric
    bool runnable = false;                  ///< mayRun()
};

/// What the runs of one engine share. Network thread only.
struct EngineContext
{
    Transport& transport;
    TraceSink& sink;
    SecretSource& secrets;
    const DocumentIndex* documents;
    EngineConfig config;
    std::map<std::string, int> inFlight; ///< calls by model id, for choosing the least busy replica
    std::shared_ptr<const PolicyFacts> facts; ///< of the policy that was used last

    std::shared_ptr<const PolicyFacts> factsOf(const CompiledPolicyPtr& policy);
};

class Run : public std::enable_shared_from_this<Run>
{
public:
    using OnEnd = std::function<void(RunId)>;
    Run(EngineContext& context, RunId id, CompiledPolicyPtr policy, Request request, RunOptions options,
        std::shared_ptr<RunObserver> observer, OnEnd onEnd);

    void begin();
    void cancel();

private:
    const Policy& policy() const { return m_facts->policy->policy(); }
    Hop& hop() { return m_trace->hops.back(); }
    double elapsedMs() const { return msBetween(m_begin, now()); }
    double deadlineOf(int tier) const;

    void decideRoute();
    void retrieve();
    void follow(NextStep step);
    void nextOfAllTiers();
    void startHop(int tier);
    int chooseReplica(const Tier& tier) const;
    ChatRequest chatRequest(const Model& model, std::vector<Message> messages) const;
    void call(const Model& model, ChatRequest request, const std::string& purpose, std::function<void(ChatResult)> done,
              bool streamText);
    void draftCame(ChatResult result);
    void nextGate();
    void checkShape(const Trigger& trigger, int index);
    void askJudge(const Trigger& trigger, int index, int tryNumber, double sinceMs);
    void judgeTooLate(int index, GateResult gate, std::string explanation);
    void judgeAnswered(const Trigger& trigger, int index, int tryNumber, GateResult gate, const ChatResult& result);
    void gateEnded(int trigger, GateResult gate);
    void endHop(HopOutcome outcome);
    void finish(TraceStatus status, int acceptedHop);
    void addReasons(const std::vector<std::string>& reasons);
    void takeCall(const ChatResult& result, const Model& model, ChargeKind kind, const std::string& purpose, double offsetMs);

    EngineContext& m_context;
    RunId m_id;
    std::shared_ptr<const PolicyFacts> m_facts;
    Request m_request;
    RunOptions m_options;
    std::shared_ptr<RunObserver> m_observer;
    OnEnd m_onEnd;

    SteadyTime m_begin;
    Observation m_seen;
    Decision m_decision;
    std::optional<Waterfall> m_waterfall;
    std::vector<int> m_tiersLeft; ///< of an all-tiers run
    std::shared_ptr<Trace> m_trace;

    // the hop that runs
    int m_tier = -1;
    int m_template = -1; ///< that its route carries
    const Model* m_model = nullptr;
    std::vector<int> m_gatesLeft;
    HopOutcome m_outcome;
    std::shared_ptr<ChatCall> m_call;
    const Model* m_callModel = nullptr;
    std::string m_callPurpose;
    double m_callStartMs = 0;
    bool m_ended = false;
};

} // namespace signalbox
