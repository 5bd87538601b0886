// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The routing semantics of executing a decision, as a pure state machine. Live runs feed it what models and judges
// answered, what-if feeds it recorded outcomes; there is no other implementation.

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
};

struct NextStep
{
    enum class Kind { CallTier, Finish };
    Kind kind = Kind::Finish;
    int tier = -1;            ///< to call
    int promptTemplate = -1;  ///< that its route carries
    TraceStatus status = TraceStatus::Failed; ///< when finished
    int acceptedHop = -1;     ///< index of the hop whose draft is the answer, or -1
    std::vector<std::string> reasons; ///< reason codes that this step adds
};

/// One request's way through the cascade.
class Waterfall
{
public:
    Waterfall(const Policy& policy, const Decision& decision, int inputTokens);

    NextStep first();
    NextStep after(const HopOutcome& outcome);

    int hops() const { return m_hops; }
    int escalations() const { return m_escalations; }
    int currentTier() const { return m_tier; }

private:
    NextStep callOrSkip(int tier, bool escalates, std::vector<std::string> reasons);
    NextStep escalate(const Trigger* trigger, std::vector<std::string> reasons);
    NextStep exhausted(std::vector<std::string> reasons, const std::string& why);
    int nextTier(int after) const;

    const Policy& m_policy;
    const Decision& m_decision;
    int m_inputTokens = 0;
    int m_tier = -1;
    int m_hops = 0;
    int m_escalations = 0;
    int m_lastAnsweredHop = -1;
    std::vector<int> m_triggerUses;
    int m_template = -1; ///< what the decision's route, or the last trigger's that says so, carries
};

/// The triggers that look at a draft of this tier for this request, cheapest gate first.
std::vector<int> gatesFor(const Policy& policy, const Observation& observation, int tier);

/// "schema@1a2b3c4d": which shape a json_schema gate asked for.
std::string schemaVersion(const Trigger& trigger);

/// Why the judge of this trigger may not see this request ("gate.judge_barred.RUBRIC"), or "": residency binds judges as it
/// binds tiers. A gate whose judge is barred is not asked and fires, like one whose judge failed.
std::string judgeBarred(const Policy& policy, const Decision& decision, const Trigger& trigger);

/// True when a judge's raw score fires the trigger. The one place where a score meets its threshold.
bool judgeFires(const Trigger& trigger, double rawScore);

/// (raw − 1) / (of − 1), the quality of a rubric score.
double qualityOfScore(double rawScore, int of);

} // namespace signalbox
