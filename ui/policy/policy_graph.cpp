// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/policy_graph.h"

#include "policy/edit.h"
#include "ui/policy/graph_builder.h"
#include "ui/policy/tunable_text.h"
#include "ui/theme/text.h"

#include <algorithm>
#include <cmath>

namespace signalbox {

namespace {

constexpr int kMostPills = 5;

QString arrowOf(GraphEdge::Kind kind)
{
    switch (kind) {
    case GraphEdge::Kind::Escalation:
        return QStringLiteral("=>");
    case GraphEdge::Kind::Fallback:
        return QStringLiteral("~>");
    case GraphEdge::Kind::Member:
        return QStringLiteral("+>");
    case GraphEdge::Kind::Order:
        return QStringLiteral(">>");
    case GraphEdge::Kind::Flow:
    case GraphEdge::Kind::Route:
        break;
    }
    return QStringLiteral("->");
}

} // namespace

GraphBuilder::GraphBuilder(const Policy& policy, const GraphOptions& options)
    : m_policy(policy), m_options(options), m_triggerPills(policy.triggers.size())
{
    for (const Tunable& tunable : namedTunables(policy)) {
        m_tunables[tunable.pointer] = {qs(tunable.pointer), qs(tunable.label), tunable.value,   tunable.low,
                                       tunable.high,        tunable.step,      qs(tunable.unit)};
    }
}

PolicyGraph GraphBuilder::build()
{
    addRequest();
    addRules();
    addRouter();
    addSteps();
    addPerson();
    addPattern();
    addStages();
    addTiers();
    addFlow();
    addRuleRoutes();
    addRoutes(m_policy.router, QStringLiteral("/router"), m_router);
    for (std::size_t i = 0; i < m_stepNode.size(); ++i)
        addRoutes(m_policy.router.steps[i], node(m_stepNode[i]).pointer, m_stepNode[i]);
    addMembers();
    addEscalations();
    addOrder();
    addFallbacks();
    sayHowManyMore();
    return std::move(m_graph);
}

std::optional<GraphTunable> GraphBuilder::tunable(const QString& pointer) const
{
    const auto found = m_tunables.find(ss(pointer));
    return found == m_tunables.end() ? std::nullopt : std::optional(found->second);
}

QString GraphBuilder::routeText(const Route& route, const std::string& written) const
{
    if (route.isHuman())
        return tr("a person");
    return written.empty() ? tr("nowhere") : qs(written);
}

int GraphBuilder::nodeOfTier(int tier) const
{
    return tier >= 0 && tier < static_cast<int>(m_tierNode.size())
               ? m_tierNode[static_cast<std::size_t>(tier)]
               : -1;
}

int GraphBuilder::nodeOf(const Route& route) const
{
    if (route.isHuman())
        return m_person;
    return route.isTier() ? nodeOfTier(route.tier) : -1;
}

/// Pills of routes with the same start and end share an edge.
GraphEdge& GraphBuilder::edge(GraphEdge::Kind kind, int from, int to)
{
    const auto [place, isNew] =
        m_edgeAt.try_emplace({static_cast<int>(kind), from, to}, m_graph.edges.size());
    if (isNew) {
        GraphEdge fresh;
        fresh.kind = kind;
        fresh.from = from;
        fresh.to = to;
        fresh.tier = node(to).tier;
        fresh.toPerson = to == m_person;
        m_graph.edges.push_back(std::move(fresh));
    }
    return m_graph.edges[place->second];
}

QString GraphBuilder::edgeKey(const GraphEdge& edge) const
{
    return QStringLiteral("%1>%2").arg(node(edge.from).name, node(edge.to).name);
}

bool GraphBuilder::takesPill(std::size_t index)
{
    const GraphEdge& edge = m_graph.edges[index];
    const auto size = static_cast<int>(edge.pills.size());
    if (size < kMostPills || size < m_options.of(edgeKey(edge), kMostPills))
        return true;
    ++m_uncounted[index];
    return false;
}

void GraphBuilder::sayHowManyMore()
{
    for (const auto& [index, count] : m_uncounted) {
        GraphEdge& edge = m_graph.edges[index];
        GraphPill& last = edge.pills.back(); // the summary takes its place
        const QString list = last.pointer.left(last.pointer.lastIndexOf(QLatin1Char('/')));
        last = {tr("and %n more", nullptr, count + 1), list, tr("Press Enter or click to show more"), {}};
        last.expands = edgeKey(edge);
    }
}

int GraphOptions::of(const QString& list, int usual) const
{
    const auto found = shown.find(list);
    return found == shown.end() ? usual : found->second;
}

int PolicyGraph::indexOf(const QString& name) const
{
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].name == name)
            return static_cast<int>(i);
    }
    return -1;
}

PolicyGraph graphOf(const Policy& policy, const GraphOptions& options)
{
    return GraphBuilder(policy, options).build();
}

QString describe(const PolicyGraph& graph)
{
    QStringList lines;
    for (const GraphEdge& edge : graph.edges) {
        const QString& from = graph.nodes[static_cast<std::size_t>(edge.from)].name;
        const QString& to = graph.nodes[static_cast<std::size_t>(edge.to)].name;
        const QString arrow = arrowOf(edge.kind);
        if (edge.pills.empty())
            lines.append(QStringLiteral("%1 %2 %3").arg(from, arrow, to));
        for (const GraphPill& pill : edge.pills)
            lines.append(QStringLiteral("%1 -%2%3 %4").arg(from, pill.text, arrow, to));
    }
    return lines.join(QLatin1Char('\n'));
}

QString thresholdText(double value, double step)
{
    int digits = 0;
    for (double rest = step; digits < 4 && std::abs(rest - std::round(rest)) > 1e-9; rest *= 10)
        ++digits;
    // A value that is finer than the step is not rounded away.
    while (digits < 4 &&
           std::abs(value * std::pow(10, digits) - std::round(value * std::pow(10, digits))) > 1e-6)
        ++digits;
    return QString::number(value, 'f', digits);
}

} // namespace signalbox
