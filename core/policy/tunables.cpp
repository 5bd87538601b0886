// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/edit.h"

#include "policy/pointer.h"
#include "policy/policy.h"

#include <algorithm>

namespace signalbox {

namespace {

/// A value outside the usual range widens it: a slider must be able to stand where the policy stands.
Tunable tunable(std::string pointer, std::string label, double value, double low, double high, double step,
                std::string unit)
{
    return {std::move(pointer), std::move(label), value, std::min(low, value), std::max(high, value), step,
            std::move(unit)};
}

std::string rowLabel(const RouterMapRow& row, std::size_t position)
{
    std::string label = "Map row " + std::to_string(position + 1) + " (";
    if (!row.intent.empty())
        label += row.intent + ", ";
    if (row.difficulty)
        label += "difficulty " + std::to_string(*row.difficulty) + ", ";
    return label + "to " + row.routeId + "), confidence from";
}

} // namespace

std::vector<Tunable> tunablesOf(const Policy& policy)
{
    std::vector<Tunable> out;
    const Router& router = policy.router;
    if (router.kind == RouterKind::Scoring) {
        out.push_back(
            tunable("/router/medium_at", "Router, medium from score", router.mediumAt, -2, 6, 0.05, ""));
        out.push_back(tunable("/router/hard_at", "Router, hard from score", router.hardAt, -2, 6, 0.05, ""));
        for (std::size_t i = 0; i < router.map.size(); ++i) {
            if (const auto confidence = router.map[i].minConfidence)
                out.push_back(tunable("/router/map/" + std::to_string(i) + "/min_confidence",
                                      rowLabel(router.map[i], i), *confidence, 0, 1, 0.01, ""));
        }
    }
    if (policy.retrieval.enabled)
        out.push_back(tunable("/retrieval/min_score", "Retrieval, score from", policy.retrieval.minScore, 0,
                              1, 0.01, ""));
    for (const Tier& tier : policy.tiers) {
        if (tier.budget.deadlineMs)
            out.push_back(tunable("/tiers/" + escapedPointerToken(tier.id) + "/budget/deadline_ms",
                                  tier.id + ", deadline", *tier.budget.deadlineMs, 100, 20000, 50, "ms"));
    }
    for (const Trigger& trigger : policy.triggers) {
        if (trigger.gate == GateKind::Judge)
            out.push_back(tunable("/triggers/" + escapedPointerToken(trigger.id) + "/below",
                                  "Judge " + trigger.id + ", below", trigger.below, 1, trigger.of, 0.1,
                                  "of " + std::to_string(trigger.of)));
    }
    return out;
}

} // namespace signalbox
