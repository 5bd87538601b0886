// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/request_ledger.h"

#include "base/clock.h"

#include <algorithm>
#include <limits>

namespace signalbox {

namespace {

constexpr char kBetween = '\x1f';
constexpr std::int64_t kAskAgainMs = 1000;

} // namespace

std::string policyScope(const std::string& policyName)
{
    return policyName;
}
std::string tierScope(const std::string& policyName, const std::string& tier)
{
    return policyName + kBetween + "tier" + kBetween + tier;
}
std::string userTierScope(const std::string& policyName, const std::string& userTier)
{
    return policyName + kBetween + "user_tier" + kBetween + userTier;
}

void remember(Spending& spending, const SpentEarlier& earlier)
{
    spending.add(policyScope(earlier.policyName), earlier.atMs, earlier.cost);
    if (!earlier.tier.empty())
        spending.add(tierScope(earlier.policyName, earlier.tier), earlier.atMs, earlier.cost);
    if (!earlier.userTier.empty())
        spending.add(userTierScope(earlier.policyName, earlier.userTier), earlier.atMs, earlier.cost);
}

RequestSpent RequestLedger::spent(double elapsedMs) const
{
    RequestSpent now = m_spent;
    now.elapsedMs = elapsedMs;
    return now;
}

std::vector<std::string> RequestLedger::scopesOf(int tier) const
{
    std::vector<std::string> scopes{policyScope(m_policy.name)};
    if (tier >= 0)
        scopes.push_back(tierScope(m_policy.name, m_policy.tiers[static_cast<std::size_t>(tier)].id));
    if (m_userTier >= 0)
        scopes.push_back(
            userTierScope(m_policy.name, m_policy.userTiers[static_cast<std::size_t>(m_userTier)].id));
    return scopes;
}

void RequestLedger::add(const Running& call, int sign)
{
    m_spent.cost += sign * call.cost;
    m_spent.outputTokens += sign * call.outputTokens;
    m_spent.totalTokens += sign * call.totalTokens;
    const NanoUsd held = std::max(call.cost, call.reserved);
    if (held == 0)
        return;
    for (const std::string& scope : scopesOf(call.tier))
        m_spending.addRunning(scope, sign * held);
}

void RequestLedger::begin(const Running& call)
{
    add(call, 1);
}

void RequestLedger::grow(Running& call, const Running& now)
{
    m_spent.cost += now.cost - call.cost;
    m_spent.outputTokens += now.outputTokens - call.outputTokens;
    m_spent.totalTokens += now.totalTokens - call.totalTokens;
    const NanoUsd more = std::max(now.cost, now.reserved) - std::max(call.cost, call.reserved);
    if (more != 0) {
        for (const std::string& scope : scopesOf(now.tier))
            m_spending.addRunning(scope, more);
    }
    call = now;
}

void RequestLedger::end(const Running& call, const std::vector<Charge>& charges)
{
    add(call, -1);
    const std::int64_t at = wallClockMs();
    for (const Charge& charge : charges) {
        const NanoUsd cost = charge.cost.value_or(charge.estimate.value_or(0));
        m_spent.cost += cost;
        m_spent.outputTokens += charge.tokens.wholeOutput();
        m_spent.totalTokens += charge.tokens.wholeInput() + charge.tokens.wholeOutput();
        if (cost == 0)
            continue;
        for (const std::string& scope : scopesOf(call.tier))
            m_spending.add(scope, at, cost);
    }
}

std::string RequestLedger::hourlyLimit(int tier, NanoUsd more, Expected expected) const
{
    const std::int64_t at = wallClockMs();
    const auto reached = [&](const std::string& scope, const std::optional<NanoUsd>& limit) {
        if (!limit)
            return false;
        const NanoUsd running = m_spending.running(scope);
        const NanoUsd all = m_spending.lastHour(scope, at) + running;
        const bool beside = running > 0 || (all > 0 && expected.known); // the first of its hour may always try
        return all + more >= *limit || (beside && all + expected.cost > *limit);
    };
    if (reached(policyScope(m_policy.name), m_policy.budget.maxCostPerHour))
        return "budget.request_cost_per_hour";
    if (m_userTier >= 0) {
        const UserTier& user = m_policy.userTiers[static_cast<std::size_t>(m_userTier)];
        if (reached(userTierScope(m_policy.name, user.id), user.budget.maxCostPerHour))
            return "budget.request_cost_per_hour";
    }
    if (tier < 0)
        return {};
    const Tier& own = m_policy.tiers[static_cast<std::size_t>(tier)];
    return reached(tierScope(m_policy.name, own.id), own.budget.maxCostPerHour) ? "budget.cost_per_hour" : "";
}

NanoUsd RequestLedger::room(int tier) const
{
    const std::int64_t at = wallClockMs();
    NanoUsd least = std::numeric_limits<NanoUsd>::max();
    const auto bound = [&](const std::string& scope, const std::optional<NanoUsd>& limit) {
        if (limit)
            least = std::min(least, *limit - m_spending.lastHour(scope, at) - m_spending.running(scope));
    };
    bound(policyScope(m_policy.name), m_policy.budget.maxCostPerHour);
    if (m_userTier >= 0) {
        const UserTier& user = m_policy.userTiers[static_cast<std::size_t>(m_userTier)];
        bound(userTierScope(m_policy.name, user.id), user.budget.maxCostPerHour);
    }
    if (tier >= 0) {
        const Tier& own = m_policy.tiers[static_cast<std::size_t>(tier)];
        bound(tierScope(m_policy.name, own.id), own.budget.maxCostPerHour);
    }
    return std::max<NanoUsd>(0, least);
}

std::int64_t RequestLedger::roomInMs() const
{
    const std::int64_t at = wallClockMs();
    std::int64_t wait = 0;
    const auto ask = [&](const std::string& scope, const std::optional<NanoUsd>& limit) {
        if (!limit || wait < 0)
            return;
        const NanoUsd running = m_spending.running(scope);
        const NanoUsd spent = m_spending.lastHour(scope, at);
        if (running > 0 && spent < *limit) {
            wait = std::max(wait, spent + running < *limit ? std::int64_t{0} : kAskAgainMs);
            return;
        }
        const std::int64_t own = m_spending.roomInMs(scope, *limit, running + 1, at);
        wait = own < 0 ? own : std::max(wait, own);
    };
    ask(policyScope(m_policy.name), m_policy.budget.maxCostPerHour);
    if (m_userTier >= 0) {
        const UserTier& user = m_policy.userTiers[static_cast<std::size_t>(m_userTier)];
        ask(userTierScope(m_policy.name, user.id), user.budget.maxCostPerHour);
    }
    return wait;
}

} // namespace signalbox
