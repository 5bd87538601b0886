// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the doctor's parts share: the policy with its tree, the graph of its tiers, and a way to the nodes
// that findings concern. Private to core/policy.

#include "policy/decode_context.h"
#include "policy/shadowing.h"
#include "policy/tier_graph.h"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// In less no model answers over a network.
inline constexpr int kShortestDeadlineMs = 50;

/// The model has prices, and none of them looks as if it were of another unit.
bool pricesLookSound(const Model& model);

class Examination;

/// Under whatever ids: what one server calls by one name is one model.
bool isSameModel(const Examination& examination, const Model& a, const Model& b);

/// The model states its capabilities, and this is none of them.
bool lacks(const Model& model, const char* capability);

class Examination
{
public:
    /// `today` is YYYY-MM-DD.
    Examination(DecodeContext& context, const std::string& today);

    const Policy& policy() const { return m_policy; }
    const SyntaxTree& tree() const { return m_tree; }
    const TierGraph& graph() const { return m_graph; }
    std::int64_t today() const { return m_today; } ///< days, as parseIsoDate() counts them

    void report(const char* code, NodeIndex node, std::string message, std::string hint = {},
                std::vector<QuickFix> fixes = {})
    {
        m_context.report(code, node, std::move(message), std::move(hint), std::move(fixes));
    }

    NodeIndex part(std::string_view key) const { return m_tree.member(m_tree.root(), key); }
    /// The key of an object, or the object itself when it does not state the key.
    NodeIndex keyOr(NodeIndex object, std::string_view key) const;
    /// An element of one of the policy's lists.
    NodeIndex element(const char* list, std::size_t position) const;
    /// A key of such an element, or the element.
    NodeIndex of(const char* list, std::size_t position, std::string_view key) const
    {
        return keyOr(element(list, position), key);
    }

    const Tier& tier(int index) const { return m_policy.tiers[static_cast<std::size_t>(index)]; }
    const Model& model(int index) const { return m_policy.models[static_cast<std::size_t>(index)]; }
    /// "" when the endpoint states none.
    const std::string& residencyOf(int model) const;
    /// "\"T0\", \"T1\" and \"T2\"", shortened when there are many.
    std::string namesOf(const std::vector<int>& tiers) const;
    /// "T0 → T1"; what runs at once is joined by "+".
    std::string journeyName(const Journey& journey) const;
    bool appliesTo(const Trigger& trigger, int tier) const;
    std::vector<int> tiersOf(const Trigger& trigger) const;
    /// Few enough to compare every trigger with every tier.
    bool comparable() const
    {
        return m_policy.triggers.size() * m_policy.tiers.size() <= TierGraph::kMostSteps;
    }

    /// The policy's router and the steps of a chain, each with its node.
    struct RouterAt
    {
        const Router* router;
        NodeIndex node;
        const Router* chain; ///< null for the policy's own
        std::size_t step;
    };
    const std::vector<RouterAt>& routers() const { return m_routers; }
    bool hasRouter(std::initializer_list<RouterKind> kinds) const;

private:
    DecodeContext& m_context;
    const SyntaxTree& m_tree;
    const Policy& m_policy;
    TierGraph m_graph;
    std::int64_t m_today = 0;
    std::vector<RouterAt> m_routers;
    mutable std::map<std::string_view, std::vector<NodeIndex>> m_elements;
};

/// Every condition of a condition, itself first.
void forEachCondition(const Condition& condition, const std::function<void(const Condition&)>& visit);

void examineReach(Examination& examination);
void examineEscalation(Examination& examination);
void examineRules(Examination& examination, const std::vector<Shadow>& shadows);
void examinePrices(Examination& examination);
void examineObjectives(Examination& examination);
void examineFit(Examination& examination);
void examineJudges(Examination& examination);
void examineSafety(Examination& examination);
void examinePersonalData(Examination& examination);
void examineRouters(Examination& examination);

} // namespace signalbox
