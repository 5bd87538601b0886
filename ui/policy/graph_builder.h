// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Makes the graph of a policy. Private to policy_graph.cpp and the files beside it: graph_nodes.cpp makes the
// nodes, graph_routes.cpp the ways into the tiers, graph_escalations.cpp the ways between them.

#include "policy/policy.h"
#include "ui/policy/policy_graph.h"

#include <QCoreApplication>

#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace signalbox {

class GraphBuilder
{
    Q_DECLARE_TR_FUNCTIONS(signalbox::PolicyGraph)
public:
    GraphBuilder(const Policy& policy, const GraphOptions& options);
    PolicyGraph build();

private:
    // graph_nodes.cpp
    int add(GraphNode node);
    void addRequest();
    void addRules();
    void addRouter();
    void addSteps();
    void addPerson();
    void addPattern();
    void addStages();
    void addTiers();
    GraphNode tierNode(int tier) const;
    GraphNode routerNode(const Router& router, const QString& pointer) const;
    std::vector<int> tiersInOrder() const; ///< lanes or pool first, then the order, then the others
    bool needsPerson() const;

    // graph_routes.cpp
    void addFlow();
    void addRuleRoutes();
    void addRoutes(const Router& router, const QString& pointer, int from);
    void addRoute(int from, const Route& route, GraphPill pill);
    QString rowText(const RouterMapRow& row, const std::optional<GraphTunable>& tunable) const;
    QString carriesText(const RouteCarries& carries) const;

    // graph_escalations.cpp
    void addMembers();
    void addOrder();
    void addEscalations();
    void escalate(int from, const Trigger& trigger, std::size_t index, int next);
    void addFallbacks();
    const GraphPill& triggerPill(std::size_t index);
    int nodeAfterPattern() const;

    // policy_graph.cpp
    std::optional<GraphTunable> tunable(const QString& pointer) const;
    QString routeText(const Route& route, const std::string& written) const;
    int nodeOf(const Route& route) const;
    int nodeOfTier(int tier) const;
    GraphEdge& edge(GraphEdge::Kind kind, int from, int to);
    /// Adds the pill that `make` makes, unless the edge has as many as are shown: then it is only counted.
    template <class Make>
    void addPill(GraphEdge& edge, Make make)
    {
        const auto position = static_cast<std::size_t>(&edge - m_graph.edges.data());
        if (takesPill(position))
            edge.pills.push_back(make());
    }
    bool takesPill(std::size_t edge);
    void sayHowManyMore();
    QString edgeKey(const GraphEdge& edge) const;
    const GraphNode& node(int index) const { return m_graph.nodes[static_cast<std::size_t>(index)]; }

    const Policy& m_policy;
    const GraphOptions& m_options;
    std::map<std::string, GraphTunable> m_tunables;
    std::map<std::tuple<int, int, int>, std::size_t> m_edgeAt;
    std::map<std::size_t, int> m_uncounted; ///< by edge: pills that are not shown
    std::vector<std::optional<GraphPill>> m_triggerPills;
    PolicyGraph m_graph;
    std::vector<int> m_tierNode; ///< by tier
    std::vector<int> m_stepNode;
    std::vector<int> m_stageNode;
    int m_request = -1;
    int m_rules = -1;
    int m_router = -1;
    int m_person = -1;
    int m_pattern = -1;
};

} // namespace signalbox
