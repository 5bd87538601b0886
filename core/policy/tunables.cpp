// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/edit.h"

#include "policy/pointer.h"
#include "policy/policy.h"

#include <algorithm>

namespace signalbox {

namespace {

std::string rowLabel(const RouterMapRow& row, std::size_t position)
{
    std::string label = "Map row " + std::to_string(position + 1) + " (";
    if (!row.intent.empty())
        label += row.intent + ", ";
    if (row.difficulty)
        label += "difficulty " + std::to_string(*row.difficulty) + ", ";
    return label + "to " + row.routeId + "), confidence from";
}

/// Collects the thresholds in the order in which a request meets them.
class Collector
{
public:
    explicit Collector(const Policy& policy) : m_policy(policy) {}

    std::vector<Tunable> collect()
    {
        if (m_policy.cache && m_policy.cache->kind == AnswerCacheSpec::Kind::Semantic)
            share("/cache/min_similarity", "Cache, similarity from", m_policy.cache->minSimilarity);
        router(m_policy.router, "/router", "Router");
        if (m_policy.retrieval.enabled)
            share("/retrieval/min_score", "Retrieval, score from", m_policy.retrieval.minScore);
        deadlines(m_policy.budget, "/budget", "Request");
        for (const UserTier& tier : m_policy.userTiers)
            deadlines(tier.budget, "/user_tiers/" + escapedPointerToken(tier.id) + "/budget",
                      "User tier " + tier.id);
        for (const Tier& tier : m_policy.tiers)
            deadlines(tier.budget, "/tiers/" + escapedPointerToken(tier.id) + "/budget", tier.id);
        if (m_policy.cascade.pattern == CascadePattern::Race)
            add("/cascade/stagger_ms", "Race, next lane after", m_policy.cascade.staggerMs, 0, 5000, 50,
                "ms");
        for (const Trigger& trigger : m_policy.triggers)
            threshold(trigger);
        return std::move(m_out);
    }

private:
    /// A value outside the usual range widens it: a slider must be able to stand where the policy stands.
    void add(std::string pointer, std::string label, double value, double low, double high, double step,
             std::string unit = {})
    {
        m_out.push_back({std::move(pointer), std::move(label), value, std::min(low, value),
                         std::max(high, value), step, std::move(unit)});
    }
    void share(std::string pointer, std::string label, double value)
    {
        add(std::move(pointer), std::move(label), value, 0, 1, 0.01);
    }
    void shareIf(std::string pointer, std::string label, const std::optional<double>& value)
    {
        if (value)
            share(std::move(pointer), std::move(label), *value);
    }

    void deadlines(const Budget& budget, const std::string& at, const std::string& name)
    {
        if (budget.firstTokenMs)
            add(at + "/first_token_ms", name + ", first token", *budget.firstTokenMs, 50, 10000, 50, "ms");
        if (budget.deadlineMs)
            add(at + "/deadline_ms", name + ", deadline", *budget.deadlineMs, 100, 20000, 50, "ms");
    }

    void map(const Router& router, const std::string& at)
    {
        for (std::size_t i = 0; i < router.map.size(); ++i)
            shareIf(at + "/map/" + std::to_string(i) + "/min_confidence", rowLabel(router.map[i], i),
                    router.map[i].minConfidence);
    }

    void router(const Router& router, const std::string& at, const std::string& name)
    {
        if (router.kind == RouterKind::Scoring) {
            add(at + "/medium_at", name + ", medium from score", router.mediumAt, -2, 6, 0.05);
            add(at + "/hard_at", name + ", hard from score", router.hardAt, -2, 6, 0.05);
        }
        if (router.deadlineMs)
            add(at + "/deadline_ms", name + ", deadline", *router.deadlineMs, 50, 10000, 50, "ms");
        shareIf(at + "/min_similarity", name + ", similarity from", router.minSimilarity);
        shareIf(at + "/min_margin", name + ", lead from", router.minMargin);
        if (router.kind == RouterKind::Predictive)
            share(at + "/threshold", name + ", weak suffices from", router.threshold);
        if (router.kind == RouterKind::Knn) {
            add(at + "/k", name + ", neighbours", router.k, 1, 100, 1);
            share(at + "/min_quality", name + ", quality from", router.minQuality);
        }
        if (router.kind == RouterKind::Bandit)
            share(at + "/exploration", name + ", exploration", router.exploration);
        shareIf(at + "/min_confidence", name + ", confidence from", router.minConfidence);
        map(router, at);
        for (const Router& step : router.steps)
            this->router(step, at + "/steps/" + escapedPointerToken(step.id), "Step " + step.id);
    }

    void threshold(const Trigger& trigger)
    {
        const std::string at = "/triggers/" + escapedPointerToken(trigger.id);
        switch (trigger.gate) {
        case GateKind::Judge:
            return add(at + "/below", "Judge " + trigger.id + ", below", trigger.below, 1, trigger.of, 0.1,
                       "of " + std::to_string(trigger.of));
        case GateKind::Confidence:
            return share(at + "/below", "Confidence " + trigger.id + ", below", trigger.below);
        case GateKind::Retrieval:
            return share(at + "/below", "Retrieval " + trigger.id + ", below", trigger.below);
        case GateKind::SelfReported:
            return share(at + "/below", "Stated confidence " + trigger.id + ", below", trigger.below);
        case GateKind::LogProbability:
            return add(at + "/below", "Log-probability " + trigger.id + ", below", trigger.below, -5, 0,
                       0.05);
        case GateKind::Stall:
            if (trigger.afterMs)
                add(at + "/after_ms", "Stall " + trigger.id + ", after", *trigger.afterMs, 100, 20000, 50,
                    "ms");
            return;
        case GateKind::JsonSchema:
        case GateKind::ToolCall:
        case GateKind::Keyword:
        case GateKind::TokenBudget:
        case GateKind::Timeout:
        case GateKind::Refusal:
        case GateKind::SelfEscalation:
        case GateKind::Verifier:
            return;
        }
    }

    const Policy& m_policy;
    std::vector<Tunable> m_out;
};

} // namespace

std::vector<Tunable> tunablesOf(const Policy& policy)
{
    return Collector(policy).collect();
}

} // namespace signalbox
