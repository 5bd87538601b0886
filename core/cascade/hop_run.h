// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One hop: a replica is chosen and called, its answer goes through the gates one after the other, and all
// that this cost is written down. A hop knows nothing of other hops: several of one run may be under way at
// once, and who comes next is for the run to say. Network thread only. Private to the engine.

#include "cascade/hop_budget.h"
#include "cascade/model_call.h"
#include "cascade/run_scope.h"
#include "judging/stalls.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace signalbox {

/// What a run wants of a hop.
struct HopPlan
{
    int index = 0; ///< in the trace
    int tier = -1;
    int promptTemplate = -1;           ///< that its route carries
    std::optional<CarriedDraft> draft; ///< of an earlier hop
    bool withKnowledge = true;         ///< the retrieved passages are given to the model
    std::vector<AskedGate> asked;      ///< gates on the request, which it has passed
    std::string role;                  ///< as in Hop
    std::optional<std::vector<Message>> messages; ///< what the model is told, when it is not the usual conversation
    std::optional<std::vector<int>> onlyGates;    ///< of the gates on the answer those that count; nothing = all
    std::string unsureMarker;          ///< an answer with it is none, and no gate is asked about it; "" = not looked for
    /// Evidence for what-if: every gate is asked, even after one has fired, and without the budgets that
    /// what-if may move.
    bool forEvidence = false;
};

/// What a hop leaves behind for the trace.
struct HopRecord
{
    Hop hop; ///< status, reason and trigger are the run's to fill in
    std::vector<Charge> charges;
    std::vector<std::string> judgeVersions; ///< of the rubrics that were asked
    bool simulated = false;
    std::vector<std::string> reasons; ///< of the trace, besides those of who comes next
    int estimatedInput = 0; ///< tokens of what the model was told
};

class HopRun : public std::enable_shared_from_this<HopRun>
{
public:
    /// Called once, at the very end, also from within start(); never after cancel().
    using OnEnd = std::function<void(HopRun&, const HopOutcome&)>;
    HopRun(std::shared_ptr<const RunScope> scope, HopPlan plan, OnEnd onEnd);

    void start();
    /// Stops whatever is under way. What had come and what was paid for until then is in the record.
    void cancel();

    int index() const { return m_plan.index; }
    HopRecord& record() { return m_record; }

private:
    const Policy& policy() const { return m_scope->policy(); }
    const Trigger& trigger(int index) const { return policy().triggers[static_cast<std::size_t>(index)]; }
    Hop& hop() { return m_record.hop; }
    double elapsedMs() const { return m_scope->elapsedMs(); }
    double leftMs() const;

    ChatRequest requestTo(const Model& model, std::vector<Message> messages) const;
    enum class CallOf { Draft, Judge };
    void call(const Model& model, ChatRequest request, const std::string& purpose, CallOf of,
              std::function<void(ChatResult)> done);
    void takeCall(CallRecord record);
    int choose() const;
    void chooseModel();
    bool goesToTwin(const ChatResult& result);
    void callModel();
    bool waitsForBreaker();
    bool waitsForHour();
    void callModelIn(double ms);
    void goOnSince(double from, double heldMs);
    void takeDraft(ChatResult result);
    void refuseUnofferedCalls(ChatResult& result) const;
    void draftCame(ChatResult result);

    // limits of the call: hop_limits.cpp
    void watch();
    void heard(std::string_view delta);
    void heardUnseen(std::size_t toolBytes);
    void noteActivity();
    void checkLimits();
    void armSilence(double ms);
    void endEarly(std::string failure, int trigger);
    void endSoon(std::string failure, int trigger);
    std::string limitReached() const;
    std::string requestLimitReached() const;
    bool fitsBudget(ChatRequest& request);
    bool truncates() const;
    void judgeCall();
    void stopTimers();
    int firstOf(GateKind kind) const;

    // gates: hop_gates.cpp
    void offerTools(ChatRequest& request);
    void nextGates();
    GateResult beginGate(const Trigger& trigger);
    GateResult checkDraft(int index);
    std::optional<GateResult> askJudge(int index, int tryNumber, double sinceMs);
    const GateResult* judgedBefore(const Rubric& rubric) const;
    GateResult judgedAgain(const Trigger& judged, const GateResult& before, GateResult gate) const;
    std::optional<GateResult> judgeNotAsked(const Model& judge, const ChatRequest& request, GateResult gate) const;
    GateResult judgeTooLate(GateResult gate, std::string explanation);
    std::optional<GateResult> judgeAnswered(int index, int tryNumber, GateResult gate,
                                            const ChatResult& result);
    void record(int index, GateResult gate);
    void gateEnded(int index, GateResult gate);

    void end();

    std::shared_ptr<const RunScope> m_scope;
    HopPlan m_plan;
    OnEnd m_onEnd;
    HopRecord m_record;
    HopOutcome m_outcome;
    const Model* m_model = nullptr;
    std::set<int> m_tried; ///< models of the tier that were not available
    std::vector<int> m_gates; ///< that look at this hop, in their order
    std::size_t m_nextGate = 0;
    std::vector<int> m_callGates;  ///< that look at the call while it runs
    std::vector<ToolSpec> m_tools; ///< that the model was offered
    std::optional<double> m_meanLogProbability;
    bool m_ended = false;
    HopBudget m_budget;  ///< what the tier's and the request's budgets leave for it …
    double m_budgetAtMs = 0; ///< … at this time
    bool m_again = false;    ///< some of the hop's time has gone by
    double m_heldMs = 0; ///< waited for room in an hour's budget: of that the hop's own time knows nothing
    int m_allowance = 0; ///< output tokens; 0 = no bound

    // the call that is under way
    std::shared_ptr<ModelCall> m_call;
    CallOf m_callOf = CallOf::Draft;
    double m_callStartMs = 0;

    // what is watched while the model answers
    LoopWatch m_loop;
    std::string m_failure;  ///< why the call is about to be ended
    bool m_keepPartial = false; ///< what has come is the answer: the user tier has it cut short
    int m_failedBy = -1;    ///< the trigger that ends it, or −1
    double m_heardMs = 0;   ///< when something came last
    double m_silenceMs = 0; ///< the longest silence
    bool m_anyText = false;
    TimerId m_waitTimer = 0; ///< before the call
    TimerId m_firstTokenTimer = 0;
    TimerId m_silenceTimer = 0;
    TimerId m_endTimer = 0;
};

} // namespace signalbox
