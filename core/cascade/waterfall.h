// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The routing semantics of executing a decision, as a pure state machine. Live runs feed it what models and judges
// answered, what-if feeds it recorded outcomes; there is no other implementation.

#include "cascade/gate_checks.h"
#include "cascade/trace.h"
#include "policy/policy.h"
#include "routers/compiled_policy.h"
#include "routers/decision.h"

#include <optional>
#include <string>
#include <vector>

namespace signalbox {

/// What became of a hop, as far as routing is concerned.
struct HopOutcome
{
    bool answered = false;      ///< a complete draft came
    std::string failureReason;  ///< when not: "provider.unavailable", "budget.deadline", "cancelled" …
    int firedTrigger = -1;      ///< index into Policy::triggers; -1 = every gate passed
    std::string firedReason;    ///< its reason code, or "gate.judge_failed.…"
    bool begun = false;         ///< part of a draft had come before it failed
    bool unsure = false;        ///< a specialist said that it is; then no gate was asked
};

/// A gate on the request, as it was asked before a call.
struct AskedGate
{
    int trigger = -1;
    Check check;
};

/// A tier that was not asked because a gate on the request fired. It is a hop of the trace, without a call.
struct TurnedAway
{
    int tier = -1;
    std::vector<AskedGate> gates; ///< the last one fired
    std::string reason;
};

struct NextStep
{
    enum class Kind { CallTier, Finish };
    Kind kind = Kind::Finish;
    int tier = -1;            ///< to call
    int promptTemplate = -1;  ///< that its route carries
    bool standsIn = false;    ///< the tier is called for one that is not available, not for a better answer
    TraceStatus status = TraceStatus::Failed; ///< when finished
    int acceptedHop = -1;     ///< index of the hop whose draft is the answer, or -1
    int keptHop = -1;         ///< of the hop whose partial draft the user is left with, or -1
    std::vector<std::string> reasons; ///< reason codes that this step adds
    std::vector<TurnedAway> turnedAway; ///< before it, in their order
    std::vector<AskedGate> asked;       ///< of the tier that is called: it is, whatever they say
};

/// One request's way through the cascade.
class Waterfall
{
public:
    /// `gates` may be null: then none looks at the request.
    Waterfall(const Policy& policy, const Decision& decision, int inputTokens, const RequestGates* gates = nullptr);

    NextStep first();
    NextStep after(const HopOutcome& outcome);

    /// Of the trace: tiers that were called, and tiers that the request was turned away from. Only calls count for
    /// max_hops.
    int hops() const { return m_hops; }
    int escalations() const { return m_escalations; }
    int currentTier() const { return m_tier; }

    // For patterns that call tiers themselves and escalate along the order when nothing they got was good enough.

    bool mayCall() const { return m_calls < m_policy.cascade.maxHops; }
    bool fits(int tier) const; ///< the request is not longer than the tier takes
    int promptTemplate() const { return m_template; }
    int countCall(int tier); ///< the index of its hop
    int countTurnedAway() { return m_hops++; }
    /// The tier is not asked, and does not come next.
    void passOver(int tier) { m_tried[static_cast<std::size_t>(tier)] = 1; }
    /// What the gates on the request say of a tier: those that were asked, and the one that fired, or −1.
    struct Asked
    {
        std::vector<AskedGate> gates;
        int fired = -1;
        std::string reason;
        bool ofLength = false; ///< the request is longer than the tier takes: it cannot be asked all the same
    };
    /// `again`: also those that were asked of another tier.
    Asked ask(int tier, bool again);
    /// Goes to this tier, as a decision that names it does.
    NextStep enter(int tier, bool escalates, std::vector<std::string> reasons);
    /// Goes on from a tier that was called: `hop` is its hop, `best` the one whose draft is the answer when nothing better
    /// comes, or −1.
    NextStep goOn(const HopOutcome& outcome, int tier, int hop, int best);
    /// Goes to what comes after a tier although no gate fired.
    NextStep goPast(int tier, int best, std::vector<std::string> reasons);
    /// A gate turned the request away from a tier: whether its trigger leads anywhere; else the tier is asked all the same.
    bool leadsOn(int tier, const Asked& asked) const;
    NextStep leave(int tier, const Asked& asked);

private:
    /// Where a trigger leads from a tier: a tier, a person, or nowhere.
    struct Target
    {
        int tier = -1;
        bool human = false;
        std::string nowhere; ///< why, when neither
    };
    Target targetOf(const Trigger* trigger, int from) const;
    NextStep follow(const HopOutcome& outcome, int hop);
    NextStep afterFailure(const HopOutcome& outcome, int hop);
    bool inSight(const HopOutcome& outcome) const;
    NextStep leftWith(int hop, const HopOutcome& outcome, NextStep step) const;
    NextStep unsure(std::vector<std::string> reasons);
    bool use(int trigger);
    NextStep call(int tier, std::vector<std::string> reasons);
    std::optional<NextStep> standIn(const std::string& failureReason);
    NextStep callOrSkip(int tier, bool escalates, std::vector<std::string> reasons);
    NextStep escalate(const Trigger* trigger, std::vector<std::string> reasons);
    NextStep exhausted(std::vector<std::string> reasons, const std::string& why);
    int nextTier(int after) const;
    bool isContestant(int tier) const;

    const Policy& m_policy;
    const Decision& m_decision;
    const RequestGates* m_gates = nullptr;
    int m_inputTokens = 0;
    int m_tier = -1;
    int m_hops = 0;
    int m_calls = 0;             ///< towards max_hops: what stands in for another takes its place
    int m_standsInFor = -1;      ///< the tier that m_tier was called for, or -1
    std::vector<int> m_standIns; ///< fallbacks that are left, in their order
    int m_escalations = 0;
    int m_lastAnsweredHop = -1;
    std::vector<int> m_triggerUses;
    std::vector<char> m_asked; ///< by trigger: a gate on the request alone is asked once
    std::vector<char> m_tried; ///< by tier
    int m_template = -1; ///< what the decision's route, or the last trigger's that says so, carries
};

/// Whether a failed hop says that its tier is not available now, so that its fallbacks are asked. Not so for requests
/// that fail everywhere, and for what our own budgets ended.
bool isUnavailable(const std::string& failureReason);

/// Why the judge of this trigger may not see this request ("gate.judge_barred.RUBRIC"), or "": residency binds judges as it
/// binds tiers. A gate whose judge is barred is not asked and fires, like one whose judge failed.
std::string judgeBarred(const Policy& policy, const Decision& decision, const Trigger& trigger);

/// True when a judge's raw score fires the trigger. The one place where a score meets its threshold.
bool judgeFires(const Trigger& trigger, double rawScore);

/// (raw − 1) / (of − 1), the quality of a rubric score.
double qualityOfScore(double rawScore, int of);

} // namespace signalbox
