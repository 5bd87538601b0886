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

void checkAround(Obstacles& out, const Policy& policy)
{
    if (policy.retrieval.enabled && policy.retrieval.when != RetrieveWhen::Always)
        out.add("/retrieval/when",
                std::string("Documents are retrieved only when the router asks for them") + kNotYet);
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

Result<> maySimulate(const Policy& policy)
{
    if (Result<> may = mayRun(policy); !may)
        return may;
    const auto unreckoned = [](const std::string& pointer, const std::string& whose, const char* what) {
        return fail("policy.not_simulated_yet",
                    whose + " has " + what + ", which what-if cannot reckon with yet. Take it out to simulate the policy.",
                    pointer);
    };
    if (policy.retrieval.enabled && policy.retrieval.model >= 0)
        return unreckoned("/retrieval/model", "Retrieval", "an embedder, whose charges belong to no tier");
    if (policy.cache) // whom it answers depends on who asked before, and when
        return unreckoned("/cache", "The policy", "a cache of answers");
    const auto bindsARequest = [](Budget budget) {
        budget.maxCostPerHour.reset(); // what-if leaves hours aside
        return !budget.empty();
    };
    if (bindsARequest(policy.budget))
        return unreckoned("/budget", "The policy", "a budget for whole requests");
    for (const UserTier& tier : policy.userTiers) {
        if (bindsARequest(tier.budget))
            return unreckoned("/user_tiers/" + tier.id + "/budget", named("User tier", tier.id),
                              "a budget for whole requests");
    }
    for (const Tier& tier : policy.tiers) {
        if (tier.budget.maxTotalTokens)
            return unreckoned("/tiers/" + tier.id + "/budget/max_total_tokens", named("Tier", tier.id),
                              "a budget of total tokens");
    }
    return {};
}

} // namespace signalbox
