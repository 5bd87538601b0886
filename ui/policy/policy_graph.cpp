// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/policy_graph.h"

#include "policy/edit.h"
#include "policy/policy.h"
#include "ui/policy/element_pointer.h"
#include "ui/policy/tunable_text.h"
#include "ui/theme/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>

namespace signalbox {

namespace {

// A node with more lines than this says how many more there are.
constexpr std::size_t kMostLines = 9;
constexpr std::size_t kMostPills = 5;

QString counted(std::size_t count, const QString& one, const QString& many)
{
    return count == 1 ? one : many.arg(count);
}
QString counted(int count, const QString& one, const QString& many)
{
    return counted(static_cast<std::size_t>(count), one, many);
}

QString joined(const std::vector<std::string>& parts)
{
    QStringList list;
    for (const std::string& part : parts)
        list.append(qs(part));
    return list.join(QStringLiteral(", "));
}

QString shortUsd(double usd)
{
    return QStringLiteral("$") + QString::number(usd, 'f', usd != 0 && usd < 0.01 ? 3 : 2);
}

class Builder
{
    Q_DECLARE_TR_FUNCTIONS(signalbox::PolicyGraph)
public:
    explicit Builder(const Policy& policy) : m_policy(policy)
    {
        for (const Tunable& tunable : namedTunables(policy)) {
            m_tunables[tunable.pointer] = {qs(tunable.pointer), qs(tunable.label), tunable.value,
                                           tunable.low,         tunable.high,      tunable.step,
                                           qs(tunable.unit)};
        }
    }

    PolicyGraph build()
    {
        addRequest();
        addRules();
        addRouter();
        addPerson();
        addTiers();
        addFlow();
        addRuleRoutes();
        addRouterRoutes();
        addEscalations();
        return std::move(m_graph);
    }

private:
    std::optional<GraphTunable> tunable(const QString& pointer) const
    {
        const auto found = m_tunables.find(ss(pointer));
        return found == m_tunables.end() ? std::nullopt : std::optional(found->second);
    }

    int add(GraphNode node)
    {
        m_graph.nodes.push_back(std::move(node));
        return static_cast<int>(m_graph.nodes.size()) - 1;
    }

    void addRequest()
    {
        GraphNode node;
        node.kind = GraphNode::Kind::Request;
        node.name = QStringLiteral("request");
        node.title = tr("Request");
        node.subtitle = m_policy.retrieval.enabled
                            ? counted(m_policy.retrieval.topK, tr("+ 1 passage"), tr("+ %1 passages"))
                            : QString();
        node.problemRoots = {QStringLiteral("/retrieval")};
        m_request = add(std::move(node));
    }

    QString ruleLine(const Rule& rule) const
    {
        QString text = rule.id.empty() ? tr("(no id)") : qs(rule.id);
        if (!rule.excludeIds.empty())
            return tr("%1: not %2").arg(text, joined(rule.excludeIds));
        if (!rule.allowResidency.empty())
            return tr("%1: only %2").arg(text, joined(rule.allowResidency));
        return rule.locked ? tr("%1 · locked").arg(text) : text;
    }

    void addRules()
    {
        GraphNode node;
        node.kind = GraphNode::Kind::Rules;
        node.name = QStringLiteral("rules");
        node.pointer = QStringLiteral("/rules");
        node.title = tr("Rules");
        const auto count = m_policy.rules.size();
        node.subtitle = count == 0 ? tr("none") : tr("%n, in order", nullptr, static_cast<int>(count));
        const std::size_t shown = count <= kMostLines ? count : kMostLines - 1;
        for (std::size_t i = 0; i < shown; ++i) {
            const Rule& rule = m_policy.rules[i];
            node.lines.push_back({ruleLine(rule), rulePointer(i), !rule.locked && !rule.isConstraint()});
        }
        if (shown < count)
            node.lines.push_back({tr("and %n more", nullptr, static_cast<int>(count - shown)), {}, true});
        node.problemRoots = {node.pointer};
        m_rules = add(std::move(node));
    }

    void addRouter()
    {
        const Router& router = m_policy.router;
        GraphNode node;
        node.kind = GraphNode::Kind::Router;
        node.name = QStringLiteral("router");
        node.pointer = QStringLiteral("/router");
        node.title = tr("Router");
        if (router.kind == RouterKind::Scoring) {
            node.subtitle =
                counted(router.signals.size(), tr("scoring · 1 signal"), tr("scoring · %1 signals"));
            node.lines.push_back(
                {tr("medium ≥ %1 · hard ≥ %2").arg(router.mediumAt).arg(router.hardAt), {}, false});
            if (!router.intents.empty())
                node.lines.push_back(
                    {counted(router.intents.size(), tr("1 intent"), tr("%1 intents")), {}, false});
            node.lines.push_back(
                {tr("otherwise %1").arg(routeText(router.otherwise, router.otherwiseId)), {}, true});
        } else {
            node.subtitle = tr("fixed");
            node.lines.push_back(
                {tr("always %1").arg(routeText(router.otherwise, router.otherwiseId)), {}, false});
        }
        node.problemRoots = {node.pointer};
        m_router = add(std::move(node));
    }

    QString routeText(const Route& route, const std::string& written) const
    {
        if (route.isHuman())
            return tr("a person");
        return written.empty() ? tr("nowhere") : qs(written);
    }

    bool needsPerson() const
    {
        const auto human = [](const auto& part) { return part.route == Route::toHuman(); };
        const Router& router = m_policy.router;
        return std::any_of(m_policy.rules.begin(), m_policy.rules.end(), human) ||
               std::any_of(router.map.begin(), router.map.end(), human) || router.otherwise.isHuman() ||
               m_policy.cascade.whenExhausted == WhenExhausted::Human ||
               std::any_of(m_policy.triggers.begin(), m_policy.triggers.end(), [](const Trigger& trigger) {
                   return !trigger.escalateToNext && trigger.escalateTo.isHuman();
               });
    }

    void addPerson()
    {
        if (!needsPerson())
            return;
        GraphNode node;
        node.kind = GraphNode::Kind::Person;
        node.name = QStringLiteral("human");
        node.pointer = QLatin1String(kPersonPointer);
        node.title = tr("Person");
        node.subtitle = tr("handoff");
        m_person = add(std::move(node));
    }

    GraphNode tierNode(int index) const
    {
        const Tier& tier = m_policy.tiers[static_cast<std::size_t>(index)];
        GraphNode node;
        node.kind = GraphNode::Kind::Tier;
        node.name = tier.id.empty() ? QStringLiteral("#%1").arg(index) : qs(tier.id);
        node.pointer =
            listElementPointer(QStringLiteral("/tiers"), m_policy.tiers, static_cast<std::size_t>(index));
        node.title =
            tier.modelIds.empty() ? qs(tier.id) : tr("%1 · %2").arg(qs(tier.id), joined(tier.modelIds));
        node.tier = index;
        node.problemRoots = {node.pointer};
        QStringList about;
        for (const int modelIndex : tier.models) {
            if (modelIndex < 0)
                continue;
            const Model& model = m_policy.models[static_cast<std::size_t>(modelIndex)];
            node.problemRoots.append(listElementPointer(QStringLiteral("/models"), m_policy.models,
                                                        static_cast<std::size_t>(modelIndex)));
            if (!about.isEmpty())
                continue; // the first replica speaks for its tier
            if (model.endpoint >= 0)
                about.append(qs(m_policy.endpoints[static_cast<std::size_t>(model.endpoint)].residency));
            if (model.price && model.price->inputPerMtok && model.price->outputPerMtok)
                about.append(shortUsd(*model.price->inputPerMtok) + QStringLiteral(" / ") +
                             shortUsd(*model.price->outputPerMtok));
            else
                about.append(tr("price unknown"));
        }
        node.subtitle = about.join(QStringLiteral(" · "));
        QStringList budget;
        if (tier.budget.deadlineMs)
            budget.append(QStringLiteral("≤ ") + msText(*tier.budget.deadlineMs));
        if (tier.budget.maxCost)
            budget.append(QStringLiteral("≤ ") + shortUsd(toUsd(*tier.budget.maxCost)));
        if (!budget.isEmpty())
            node.lines.push_back({tr("%1 a hop").arg(budget.join(QStringLiteral(" · "))), {}, false});
        return node;
    }

    void addTiers()
    {
        m_tierNode.assign(m_policy.tiers.size(), -1);
        for (const int tier : m_policy.cascade.order) {
            if (tier >= 0 && m_tierNode[static_cast<std::size_t>(tier)] < 0)
                m_tierNode[static_cast<std::size_t>(tier)] = add(tierNode(tier));
        }
        for (std::size_t tier = 0; tier < m_policy.tiers.size(); ++tier) {
            if (m_tierNode[tier] < 0)
                m_tierNode[tier] = add(tierNode(static_cast<int>(tier)));
        }
    }

    int nodeOf(const Route& route) const
    {
        if (route.isHuman())
            return m_person;
        if (route.isTier() && route.tier >= 0 && route.tier < static_cast<int>(m_tierNode.size()))
            return m_tierNode[static_cast<std::size_t>(route.tier)];
        return -1;
    }

    void addFlow()
    {
        m_graph.edges.push_back({GraphEdge::Kind::Flow, m_request, m_rules, {}, -1, false, false});
        m_graph.edges.push_back({GraphEdge::Kind::Flow, m_rules, m_router, {}, -1, false, false});
    }

    /// Pills of routes with the same start and end share an edge.
    GraphEdge& edge(GraphEdge::Kind kind, int from, int to)
    {
        for (GraphEdge& old : m_graph.edges) {
            if (old.kind == kind && old.from == from && old.to == to)
                return old;
        }
        GraphEdge fresh;
        fresh.kind = kind;
        fresh.from = from;
        fresh.to = to;
        fresh.tier = m_graph.nodes[static_cast<std::size_t>(to)].tier;
        fresh.toPerson = to == m_person;
        m_graph.edges.push_back(std::move(fresh));
        return m_graph.edges.back();
    }

    void addPill(GraphEdge& edge, GraphPill pill, const QString& restPointer)
    {
        if (edge.pills.size() < kMostPills) {
            edge.pills.push_back(std::move(pill));
            return;
        }
        int& more = m_more[&edge - m_graph.edges.data()];
        ++more; // beside the one whose place the summary takes
        edge.pills.back() = {tr("and %n more", nullptr, more + 1), restPointer, {}, {}};
    }

    QString rulePointer(std::size_t index) const
    {
        return listElementPointer(QStringLiteral("/rules"), m_policy.rules, index);
    }

    void addRuleRoutes()
    {
        for (std::size_t i = 0; i < m_policy.rules.size(); ++i) {
            const Rule& rule = m_policy.rules[i];
            const int to = rule.route ? nodeOf(*rule.route) : -1;
            if (to < 0)
                continue;
            addPill(edge(GraphEdge::Kind::Route, m_rules, to),
                    {rule.id.empty() ? tr("(no id)") : qs(rule.id), rulePointer(i), qs(rule.reason), {}},
                    QStringLiteral("/rules"));
        }
    }

    QString rowText(const RouterMapRow& row, const std::optional<GraphTunable>& tunable) const
    {
        QStringList parts;
        if (!row.intent.empty())
            parts.append(qs(row.intent));
        if (row.difficulty)
            parts.append(tr("difficulty %1").arg(*row.difficulty));
        if (row.minConfidence)
            parts.append(tr("≥ %1").arg(thresholdText(*row.minConfidence, tunable ? tunable->step : 0.01)));
        return parts.isEmpty() ? tr("any") : parts.join(QStringLiteral(" · "));
    }

    void addRouterRoutes()
    {
        const Router& router = m_policy.router;
        if (router.kind == RouterKind::Scoring) {
            for (std::size_t i = 0; i < router.map.size(); ++i) {
                const int to = nodeOf(router.map[i].route);
                if (to < 0)
                    continue;
                const QString pointer = QStringLiteral("/router/map/%1").arg(i);
                const auto threshold = tunable(pointer + QStringLiteral("/min_confidence"));
                addPill(edge(GraphEdge::Kind::Route, m_router, to),
                        {rowText(router.map[i], threshold), pointer,
                         threshold ? tr("Drag to move the least confidence") : QString(), threshold},
                        QStringLiteral("/router"));
            }
        }
        const int to = nodeOf(router.otherwise);
        if (to >= 0) {
            addPill(edge(GraphEdge::Kind::Route, m_router, to),
                    {router.kind == RouterKind::Scoring ? tr("otherwise") : tr("always"),
                     QStringLiteral("/router"),
                     QString(),
                     {}},
                    QStringLiteral("/router"));
        }
    }

    GraphPill triggerPill(std::size_t index) const
    {
        const Trigger& trigger = m_policy.triggers[index];
        GraphPill pill;
        pill.pointer = listElementPointer(QStringLiteral("/triggers"), m_policy.triggers, index);
        pill.toolTip = qs(trigger.reasonCode());
        pill.text = trigger.id.empty() ? tr("(no id)") : qs(trigger.id);
        if (trigger.gate == GateKind::Judge) {
            pill.tunable = tunable(pill.pointer + QStringLiteral("/below"));
            pill.text = tr("%1 < %2").arg(
                pill.text, thresholdText(trigger.below, pill.tunable ? pill.tunable->step : 0.1));
        }
        return pill;
    }

    void addEscalations()
    {
        const Cascade& cascade = m_policy.cascade;
        if (cascade.pattern != CascadePattern::Waterfall)
            return;
        for (std::size_t at = 0; at < cascade.order.size(); ++at) {
            const int tier = cascade.order[at];
            if (tier < 0)
                continue;
            const int from = m_tierNode[static_cast<std::size_t>(tier)];
            const int following = at + 1 < cascade.order.size() ? cascade.order[at + 1] : -1;
            for (std::size_t i = 0; i < m_policy.triggers.size(); ++i) {
                const Trigger& trigger = m_policy.triggers[i];
                const bool applies = trigger.appliesTo.empty() ||
                                     std::find(trigger.appliesTo.begin(), trigger.appliesTo.end(), tier) !=
                                         trigger.appliesTo.end();
                if (!applies)
                    continue;
                int to = -1;
                if (!trigger.escalateToNext)
                    to = nodeOf(trigger.escalateTo);
                else if (following >= 0)
                    to = m_tierNode[static_cast<std::size_t>(following)];
                else if (cascade.whenExhausted == WhenExhausted::Human)
                    to = m_person;
                if (to < 0 || to == from)
                    continue;
                GraphEdge& escalation = edge(GraphEdge::Kind::Escalation, from, to);
                escalation.next = following >= 0 && to == m_tierNode[static_cast<std::size_t>(following)];
                addPill(escalation, triggerPill(i), QStringLiteral("/triggers"));
            }
        }
    }

    const Policy& m_policy;
    std::map<std::string, GraphTunable> m_tunables;
    std::map<std::ptrdiff_t, int> m_more;
    PolicyGraph m_graph;
    std::vector<int> m_tierNode;
    int m_request = -1;
    int m_rules = -1;
    int m_router = -1;
    int m_person = -1;
};

} // namespace

int PolicyGraph::indexOf(const QString& name) const
{
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].name == name)
            return static_cast<int>(i);
    }
    return -1;
}

PolicyGraph graphOf(const Policy& policy)
{
    return Builder(policy).build();
}

QString describe(const PolicyGraph& graph)
{
    QStringList lines;
    for (const GraphEdge& edge : graph.edges) {
        const QString& from = graph.nodes[static_cast<std::size_t>(edge.from)].name;
        const QString& to = graph.nodes[static_cast<std::size_t>(edge.to)].name;
        const QString arrow =
            edge.kind == GraphEdge::Kind::Escalation ? QStringLiteral("=>") : QStringLiteral("->");
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
