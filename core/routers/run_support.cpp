// SPDX-License-Identifier: GPL-3.0-or-later
#include "routers/run_support.h"

namespace signalbox {

namespace {

constexpr const char* kNotYet = ", which cannot be run yet.";

/// What is said of one part of the policy.
class Obstacles
{
public:
    void add(std::string pointer, std::string message)
    {
        m_found.push_back({std::move(pointer), std::move(message)});
    }
    /// "Tier "T0" has …, which cannot be run yet."
    void has(const std::string& pointer, const std::string& whose, const std::string& what)
    {
        add(pointer, whose + " has " + what + kNotYet);
    }
    std::vector<RunObstacle> take() { return std::move(m_found); }

private:
    std::vector<RunObstacle> m_found;
};

std::string named(const char* what, const std::string& id)
{
    return std::string(what) + " \"" + id + "\"";
}

/// Tools that a route carries limit what a model may call; nothing offers tools to models yet.
void checkCarries(Obstacles& out, const std::string& pointer, const std::string& whose,
                  const RouteCarries& carries)
{
    if (carries.tools)
        out.add(pointer + "/tools", "The route of " + whose + " carries tools" + kNotYet);
}

void checkRouter(Obstacles& out, const Router& router)
{
    switch (router.kind) {
    case RouterKind::Scoring:
    case RouterKind::Fixed:
    case RouterKind::Rules:
        return;
    default:
        out.add("/router/kind",
                std::string("The router is of kind \"") + routerKindName(router.kind) + "\"" + kNotYet);
    }
}

void checkRoutes(Obstacles& out, const Policy& policy)
{
    for (const Rule& rule : policy.rules)
        checkCarries(out, "/rules/" + rule.id + "/route", named("rule", rule.id), rule.carries);
    for (std::size_t i = 0; i < policy.router.map.size(); ++i)
        checkCarries(out, "/router/map/" + std::to_string(i) + "/route",
                     "row " + std::to_string(i + 1) + " of the router's map", policy.router.map[i].carries);
    checkCarries(out, "/router/otherwise", "the router's \"otherwise\"", policy.router.otherwiseCarries);
    for (const Trigger& trigger : policy.triggers)
        checkCarries(out, "/triggers/" + trigger.id + "/escalate", named("trigger", trigger.id),
                     trigger.carries);
}

void checkTiers(Obstacles& out, const Policy& policy)
{
    for (const Tier& tier : policy.tiers) {
        const std::string pointer = "/tiers/" + tier.id;
        const std::string whose = named("Tier", tier.id);
        if (tier.budget.maxCostPerHour)
            out.has(pointer + "/budget/max_cost_usd_per_hour", whose, "a budget per hour");
        if (tier.budget.maxTotalTokens)
            out.has(pointer + "/budget/max_total_tokens", whose, "a budget of total tokens");
    }
}

void checkRequestBudgets(Obstacles& out, const Policy& policy)
{
    if (!policy.budget.empty())
        out.has("/budget", "The policy", "a budget for whole requests");
    for (const UserTier& tier : policy.userTiers) {
        if (!tier.budget.empty())
            out.has("/user_tiers/" + tier.id + "/budget", named("User tier", tier.id), "a budget");
        if (tier.overBudget != UserTier::OverBudget::Reject)
            out.has("/user_tiers/" + tier.id + "/over_budget", named("User tier", tier.id),
                    "an \"over_budget\"");
    }
}

void checkCascade(Obstacles& out, const Cascade& cascade)
{
    if (cascade.pattern != CascadePattern::Direct && cascade.pattern != CascadePattern::Waterfall)
        out.add("/cascade/pattern", std::string("The cascade is of pattern \"") +
                                        cascadePatternName(cascade.pattern) + "\"" + kNotYet);
    if (cascade.carryToolResults)
        out.add("/cascade/carry", std::string("The cascade carries tool results") + kNotYet);
    if (cascade.stream != StreamWhat::All)
        out.add("/cascade/stream", std::string("The cascade streams less than everything") + kNotYet);
}

void checkAround(Obstacles& out, const Policy& policy)
{
    if (policy.retrieval.enabled && policy.retrieval.when != RetrieveWhen::Always)
        out.add("/retrieval/when",
                std::string("Documents are retrieved only when the router asks for them") + kNotYet);
    if (policy.cache)
        out.has("/cache", "The policy", "a cache of answers");
    if (policy.stickiness)
        out.has("/stickiness", "The policy", "stickiness of sessions");
}

Result<> refused(const std::vector<RunObstacle>& obstacles)
{
    if (obstacles.empty())
        return {};
    std::string message = obstacles.front().message;
    if (obstacles.size() > 1)
        message += " It has " + std::to_string(obstacles.size() - 1) + " more such part" +
                   (obstacles.size() > 2 ? "s." : ".");
    message += obstacles.size() > 1 ? " Take them out to run the policy." : " Take it out to run the policy.";
    return fail("policy.not_runnable_yet", message, obstacles.front().pointer);
}

} // namespace

std::vector<RunObstacle> obstaclesToDeciding(const Policy& policy)
{
    Obstacles out;
    checkRouter(out, policy.router);
    return out.take();
}

std::vector<RunObstacle> obstaclesToRunning(const Policy& policy)
{
    Obstacles out;
    checkRouter(out, policy.router);
    checkRoutes(out, policy);
    checkTiers(out, policy);
    checkRequestBudgets(out, policy);
    checkCascade(out, policy.cascade);
    checkAround(out, policy);
    return out.take();
}

Result<> mayDecide(const Policy& policy)
{
    return refused(obstaclesToDeciding(policy));
}

Result<> mayRun(const Policy& policy)
{
    return refused(obstaclesToRunning(policy));
}

} // namespace signalbox
