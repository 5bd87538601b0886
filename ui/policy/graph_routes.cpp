// SPDX-License-Identifier: GPL-3.0-or-later
// The ways of a policy's graph from the request to a tier or a person.
#include "ui/policy/condition_words.h"
#include "ui/policy/element_pointer.h"
#include "ui/policy/graph_builder.h"
#include "ui/theme/text.h"

namespace signalbox {

void GraphBuilder::addFlow()
{
    edge(GraphEdge::Kind::Flow, m_request, m_rules);
    edge(GraphEdge::Kind::Flow, m_rules, m_router);
    int before = m_router;
    for (std::size_t i = 0; i < m_stepNode.size(); ++i) {
        GraphEdge& flow = edge(GraphEdge::Kind::Flow, before, m_stepNode[i]);
        if (i > 0) {
            const QString pointer = node(before).pointer + QStringLiteral("/min_confidence");
            const auto& least = m_policy.router.steps[i - 1].minConfidence;
            const auto threshold = tunable(pointer);
            flow.pills.push_back(
                {least ? tr("unsure < %1").arg(thresholdText(*least, threshold ? threshold->step : 0.01))
                       : tr("abstains"),
                 pointer, tr("The next step is asked when this one is not sure enough"), threshold});
        }
        before = m_stepNode[i];
    }
}

QString GraphBuilder::carriesText(const RouteCarries& carries) const
{
    QStringList parts;
    if (!carries.templateId.empty())
        parts.append(tr("template %1").arg(qs(carries.templateId)));
    if (carries.tools) {
        QStringList tools;
        for (const std::string& tool : *carries.tools)
            tools.append(qs(tool));
        parts.append(tools.isEmpty() ? tr("no tools") : tr("tools %1").arg(tools.join(QStringLiteral(", "))));
    }
    return parts.isEmpty() ? QString() : tr("Carries %1").arg(parts.join(QStringLiteral(", ")));
}

void GraphBuilder::addRuleRoutes()
{
    for (std::size_t i = 0; i < m_policy.rules.size(); ++i) {
        const Rule& rule = m_policy.rules[i];
        const int to = rule.route ? nodeOf(*rule.route) : -1;
        if (to < 0)
            continue;
        addPill(edge(GraphEdge::Kind::Route, m_rules, to), [&] {
            QStringList about{tr("When %1").arg(conditionWhole(rule.when))};
            if (const QString carries = carriesText(rule.carries); !carries.isEmpty())
                about.append(carries);
            if (!rule.reason.empty())
                about.append(qs(rule.reason));
            GraphPill pill{rule.id.empty() ? tr("(no id)") : qs(rule.id),
                           listElementPointer(QStringLiteral("/rules"), m_policy.rules, i),
                           about.join(QLatin1Char('\n')),
                           {}};
            pill.detail = conditionShort(rule.when);
            return pill;
        });
    }
}

QString GraphBuilder::rowText(const RouterMapRow& row, const std::optional<GraphTunable>& tunable) const
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

void GraphBuilder::addRoute(int from, const Route& route, GraphPill pill)
{
    const int to = nodeOf(route);
    if (to >= 0 && to != from)
        addPill(edge(GraphEdge::Kind::Route, from, to), [&] { return std::move(pill); });
}

void GraphBuilder::addRoutes(const Router& router, const QString& pointer, int from)
{
    const auto at = [&pointer](const char* list, std::size_t i) {
        return QStringLiteral("%1/%2/%3").arg(pointer, QLatin1String(list)).arg(i);
    };
    for (std::size_t i = 0; i < router.map.size(); ++i) {
        const RouterMapRow& row = router.map[i];
        const QString row_ = at("map", i);
        const auto threshold = tunable(row_ + QStringLiteral("/min_confidence"));
        QStringList about;
        if (threshold)
            about.append(tr("Drag to move the least confidence"));
        if (const QString carries = carriesText(row.carries); !carries.isEmpty())
            about.append(carries);
        addRoute(from, row.route, {rowText(row, threshold), row_, about.join(QLatin1Char('\n')), threshold});
    }
    if (router.kind == RouterKind::Predictive) {
        const QString key = pointer + QStringLiteral("/threshold");
        const auto threshold = tunable(key);
        const QString value = thresholdText(router.threshold, threshold ? threshold->step : 0.01);
        addRoute(from, router.weak,
                 {tr("weak suffices ≥ %1").arg(value), pointer + QStringLiteral("/weak"),
                  tr("The probability that the weak tier's answer is good enough"), threshold});
        addRoute(from, router.strong, {tr("else strong"), pointer + QStringLiteral("/strong"), {}, {}});
    }
    for (std::size_t i = 0; i < router.candidates.size(); ++i)
        addRoute(from, router.candidates[i], {tr("candidate"), at("candidates", i), {}, {}});
    for (std::size_t i = 0; i < router.allow.size(); ++i)
        addRoute(from, router.allow[i], {tr("may answer"), at("allow", i), {}, {}});
    for (std::size_t i = 0; i < router.choices.size(); ++i) {
        const AgenticChoice& choice = router.choices[i];
        addRoute(from, choice.route,
                 {qs(choice.id),
                  listElementPointer(pointer + QStringLiteral("/choices"), router.choices, i),
                  qs(choice.description),
                  {}});
    }
    const bool isAlways = router.kind == RouterKind::Fixed;
    addRoute(from, router.otherwise,
             {isAlways ? tr("always") : tr("otherwise"),
              pointer + QStringLiteral("/otherwise"),
              carriesText(router.otherwiseCarries),
              {}});
}

} // namespace signalbox
