// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A policy made ready for deciding: its keywords and patterns compiled, its conditions turned into tests over one
// pass of matching. Immutable and thread-safe; shared by live runs and what-if.
//
// Deciding has two halves, so that what-if can move thresholds over thousands of requests without matching again:
// observe() does all the work that depends on the text, decide() applies rules, thresholds and maps to it.

#include "features/features.h"
#include "policy/policy.h"
#include "routers/decision.h"

#include <memory>
#include <string>
#include <vector>

namespace signalbox {

/// All that the rules and the router of a policy see in a request. Depends on the policy's conditions and signals
/// (see matchingFingerprint), not on its thresholds, maps or cascade.
struct Observation
{
    static constexpr char kMatches = 1;
    static constexpr char kUnknown = 2; ///< the match could not be completed: see ruleFires()

    int inputTokens = 0;
    int userTier = -1;                  ///< the first whose condition holds
    std::vector<char> ruleMatches;      ///< by rule: 0, kMatches or kUnknown
    std::vector<char> triggerApplies;   ///< by trigger: its `when` holds, or nobody knows
    std::vector<double> signalValues;   ///< by signal, after `per` and `atMost`
    std::vector<int> intentHits;        ///< by intent: distinct keywords that occur
};

class CompiledPolicy
{
public:
    explicit CompiledPolicy(PolicyPtr policy);
    ~CompiledPolicy();

    const Policy& policy() const { return *m_policy; }
    const PolicyPtr& policyPtr() const { return m_policy; }

    /// Keywords, patterns and personal data are looked for in all user messages, the language is the last one's. A
    /// rule that taints the thread is also asked as it would have been at each earlier user message.
    Observation observe(const Request& request, const Features& features) const;

    /// Equal fingerprints mean that observe() gives the same result under both policies.
    const std::string& matchingFingerprint() const { return m_fingerprint; }

private:
    struct Tests;
    PolicyPtr m_policy;
    std::unique_ptr<Tests> m_tests;
    std::string m_fingerprint;
};

using CompiledPolicyPtr = std::shared_ptr<const CompiledPolicy>;

/// Whether the rule speaks. A match that could not be completed fails closed: constraints, locked routes and routes
/// to a person fire, preferences do not.
bool ruleFires(const Policy& policy, const Observation& observation, std::size_t rule);

/// Precedence, everywhere the same: a request for a person; hard constraints intersect; locked routes in their
/// order; the router; then unlocked preferences of rules. An empty set of tiers goes to a person.
/// Pure: the same policy and observation give the same decision.
Decision decide(const Policy& policy, const Observation& observation);

/// Features, observation and decision in one, timed.
Decision decide(const CompiledPolicy& compiled, const Request& request);

} // namespace signalbox
