// SPDX-License-Identifier: GPL-3.0-or-later
#include "routers/run_support.h"

namespace signalbox {

namespace {

void add(std::vector<RunObstacle>& out, std::string pointer, std::string message)
{
    out.push_back({std::move(pointer), std::move(message)});
}

void checkRouter(std::vector<RunObstacle>& out, const Policy& policy)
{
    switch (policy.router.kind) {
    case RouterKind::Scoring:
    case RouterKind::Fixed:
    case RouterKind::Rules:
        return;
    default:
        add(out, "/router/kind",
            std::string("The router is of kind \"") + routerKindName(policy.router.kind) +
                "\", which cannot be run yet.");
    }
}

void checkEndpoints(std::vector<RunObstacle>& out, const Policy& policy)
{
    for (const Endpoint& endpoint : policy.endpoints) {
        if (endpoint.protocol != Protocol::OpenAiChat)
            add(out, "/endpoints/" + endpoint.id + "/protocol",
                "Endpoint \"" + endpoint.id + "\" speaks a protocol that cannot be run yet.");
    }
}

void checkCascade(std::vector<RunObstacle>& out, const Cascade& cascade)
{
    if (cascade.pattern != CascadePattern::Direct && cascade.pattern != CascadePattern::Waterfall)
        add(out, "/cascade/pattern",
            std::string("The cascade is of pattern \"") + cascadePatternName(cascade.pattern) +
                "\", which cannot be run yet.");
}

void checkTriggers(std::vector<RunObstacle>& out, const Policy& policy)
{
    for (const Trigger& trigger : policy.triggers) {
        if (trigger.gate != GateKind::Judge && trigger.gate != GateKind::JsonSchema)
            add(out, "/triggers/" + trigger.id + "/gate",
                "Trigger \"" + trigger.id + "\" has the gate \"" + gateName(trigger.gate) +
                    "\", which cannot be run yet.");
    }
}

Result<> refused(const std::vector<RunObstacle>& obstacles)
{
    if (obstacles.empty())
        return {};
    std::string message = obstacles.front().message;
    if (obstacles.size() > 1)
        message += " It has " + std::to_string(obstacles.size() - 1) + " more such part" +
                   (obstacles.size() > 2 ? "s." : ".");
    return fail("policy.not_runnable_yet", message, obstacles.front().pointer);
}

} // namespace

std::vector<RunObstacle> obstaclesToDeciding(const Policy& policy)
{
    std::vector<RunObstacle> out;
    checkRouter(out, policy);
    return out;
}

std::vector<RunObstacle> obstaclesToRunning(const Policy& policy)
{
    std::vector<RunObstacle> out = obstaclesToDeciding(policy);
    checkEndpoints(out, policy);
    checkCascade(out, policy.cascade);
    checkTriggers(out, policy);
    return out;
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
