// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What one request has taken so far, and what the hour has room for: the memory of its kill switches. Calls
// under way count with what they are estimated to cost, of all requests that share an hour. Network thread
// only. Private to the engine.

#include "cascade/engine.h"
#include "cascade/hop_budget.h"
#include "cascade/spending.h"
#include "cascade/trace.h"

#include <string>
#include <vector>

namespace signalbox {

/// The hours that a charge counts for: of the policy, a tier, a user tier.
std::string policyScope(const std::string& policyName);
std::string tierScope(const std::string& policyName, const std::string& tier);
std::string userTierScope(const std::string& policyName, const std::string& userTier);

void remember(Spending& spending, const SpentEarlier& earlier);

class RequestLedger
{
public:
    RequestLedger(Spending& spending, const Policy& policy) : m_spending(spending), m_policy(policy) {}

    void setUserTier(int userTier) { m_userTier = userTier; }
    RequestSpent spent(double elapsedMs) const;

    /// What a call of this tier (−1 = of none) is estimated to cost and to have used so far.
    struct Running
    {
        int tier = -1;
        NanoUsd cost = 0;
        std::int64_t outputTokens = 0;
        std::int64_t totalTokens = 0;
        NanoUsd reserved = 0; ///< of the hours, while it costs less
    };
    void begin(const Running& call);
    /// The estimate has grown to `now`.
    void grow(Running& call, const Running& now);
    /// The call is over: charges take the estimate's place.
    void end(const Running& call, const std::vector<Charge>& charges);

    /// What a call is likely to cost, and whether that is more than a guess.
    struct Expected
    {
        NanoUsd cost = 0;
        bool known = false;
    };
    /// The reason code when an hour's limit is reached by what is spent, what runs, and `more`; "" otherwise. What is
    /// expected has to find room beside what others have reserved, and beside what is spent unless it is a guess.
    std::string hourlyLimit(int tier, NanoUsd more, Expected expected) const;
    std::string hourlyLimit(int tier, NanoUsd more) const { return hourlyLimit(tier, more, {}); }
    /// What the hours have room for; the largest number when none is limited.
    NanoUsd room(int tier) const;
    /// Milliseconds until the hours of the policy and the user tier have room again, or until it is worth asking again
    /// because what runs may turn out to cost less; 0 = they have, negative = never.
    std::int64_t roomInMs() const;

private:
    std::vector<std::string> scopesOf(int tier) const;
    void add(const Running& call, int sign);

    Spending& m_spending;
    const Policy& m_policy;
    int m_userTier = -1;
    RequestSpent m_spent; ///< with what runs
};

} // namespace signalbox
