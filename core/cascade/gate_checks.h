// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the gates that ask no model say. Live runs and what-if ask here; there is no other implementation.

#include "features/features.h"
#include "judging/check.h"
#include "policy/policy.h"
#include "providers/chat.h"
#include "routers/compiled_policy.h"
#include "routers/decision.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

class TextMatcher;

/// When a gate can speak: before a tier is called, while it answers, or of its answer.
enum class GatePhase { Request, Call, Answer };
GatePhase phaseOf(GateKind gate);
/// The same of a gate in a trace, by its written name.
bool looksAtAnswer(std::string_view gateName);

/// The triggers of a phase that hold for this tier and this request, cheapest gate first.
std::vector<int> gatesFor(const Policy& policy, const Observation& observation, int tier, GatePhase phase);

/// The reason of a gate that could not tell: it escalates like one that fired.
std::string noVerdictReason(const Trigger& trigger);

/// The keywords and patterns of a policy's triggers, made ready. Immutable and thread-safe.
class GateMatchers
{
public:
    explicit GateMatchers(const Policy& policy);
    bool needsFeatures() const { return m_needsFeatures; } ///< a gate looks for keywords in the request
    const TextMatcher* of(int trigger) const { return m_matchers[static_cast<std::size_t>(trigger)].get(); }

private:
    std::vector<std::shared_ptr<const TextMatcher>> m_matchers; ///< by trigger; null = it looks for nothing
    bool m_needsFeatures = false;
};

/// The gates on one request: the router's confidence, what was retrieved, keywords, its length.
class RequestGates
{
public:
    /// `features` may be null when the matchers do not need them. `bestPassage`: its score; 0 when nothing
    /// was found.
    RequestGates(const Policy& policy, const GateMatchers& matchers, const Observation& seen,
                 const Decision& decision, const Features* features, double bestPassage);
    /// In their order, for a tier.
    std::vector<int> of(int tier) const;
    Check check(int trigger, int tier) const;
    /// Documents were searched later than that.
    void found(double bestPassage) { m_bestPassage = bestPassage; }

private:
    Check keyword(int trigger, const GateMatchers& matchers, const Features* features) const;

    const Policy& m_policy;
    const Observation& m_seen;
    std::optional<double> m_confidence;
    double m_bestPassage = 0;
    std::vector<Check> m_keywords; ///< by trigger
};

/// What the gates on an answer see of it, beside its words.
struct AnswerSight
{
    std::string_view text;
    std::string_view finishReason; ///< as in Hop
    const std::vector<ToolCall>* toolCalls = nullptr;
    const std::vector<ToolSpec>* offered = nullptr;    ///< the tools that the model was given
    const std::vector<std::string>* brought = nullptr; ///< names of the tools that the request brings
    std::optional<double> meanLogProbability;
};

/// A deterministic gate of the phase Answer; not for judges.
Check checkAnswer(const Policy& policy, const GateMatchers& matchers, int trigger, const AnswerSight& sight);

/// True when the words of the answer, and how it ended, are all that the gate looks at: then it can be asked again of a
/// recorded one.
bool judgedByText(const Trigger& trigger);

/// What a gate that needs more than the answer's words asked for, so that its verdict holds only for the
/// same: "schema@1a2b3c4d", "tools@…"; "" for the others.
std::string gateVersion(const Policy& policy, const Trigger& trigger);

/// The gate on silence and on loops. `longestSilenceMs`: nothing = not measured.
Check checkStall(const Trigger& trigger, std::string_view text, std::optional<double> longestSilenceMs);

/// The gate on a tier's own time limits; fires when one of them has passed.
Check checkTimeout(const Tier& tier, double elapsedMs, std::optional<double> firstTokenMs, bool ended);

} // namespace signalbox
