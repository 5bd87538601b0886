// SPDX-License-Identifier: GPL-3.0-or-later
// The ways of a policy's graph between tiers: membership of a pattern, escalation for quality, the order, and
// the fallbacks for availability.
#include "ui/policy/condition_words.h"
#include "ui/policy/element_pointer.h"
#include "ui/policy/graph_builder.h"
#include "ui/theme/text.h"

#include <algorithm>

namespace signalbox {

namespace {

/// Gates whose score has a threshold.
bool hasThreshold(GateKind gate)
{
    return gate == GateKind::Judge || gate == GateKind::Confidence || gate == GateKind::Retrieval ||
           gate == GateKind::LogProbability || gate == GateKind::SelfReported;
}

} // namespace

const GraphPill& GraphBuilder::triggerPill(std::size_t index)
{
    std::optional<GraphPill>& kept = m_triggerPills[index];
    if (kept)
        return *kept;
    const Trigger& trigger = m_policy.triggers[index];
    GraphPill pill;
    pill.pointer = listElementPointer(QStringLiteral("/triggers"), m_policy.triggers, index);
    pill.toolTip = triggerWhole(trigger) + QLatin1Char('\n') + qs(trigger.reasonCode());
    pill.text = trigger.id.empty() ? tr("(no id)") : qs(trigger.id);
    if (hasThreshold(trigger.gate)) {
        pill.tunable = tunable(pill.pointer + QStringLiteral("/below"));
        const double step = pill.tunable ? pill.tunable->step : trigger.gate == GateKind::Judge ? 0.1 : 0.01;
        pill.text = tr("%1 < %2").arg(pill.text, thresholdText(trigger.below, step));
    }
    QString detail = trigger.gate == GateKind::Judge ? QString() : gateShort(trigger);
    if (trigger.id == gateName(trigger.gate) || detail.compare(qs(trigger.id), Qt::CaseInsensitive) == 0)
        detail.clear(); // its name says it
    if (trigger.gate == GateKind::Stall)
        pill.tunable = tunable(pill.pointer + QStringLiteral("/after_ms"));
    if (trigger.when) {
        const QString only = conditionShort(*trigger.when);
        detail = detail.isEmpty() ? only : QStringLiteral("%1 · %2").arg(detail, only);
    }
    pill.detail = detail;
    if (!trigger.rubricId.empty())
        pill.problemRoots.append(QStringLiteral("/rubrics/") + escapedToken(qs(trigger.rubricId)));
    kept = std::move(pill);
    return *kept;
}

void GraphBuilder::addMembers()
{
    const Cascade& cascade = m_policy.cascade;
    if (m_pattern < 0)
        return;
    const auto at = [](const char* list, std::size_t i) {
        return QStringLiteral("/cascade/%1/%2").arg(QLatin1String(list)).arg(i);
    };
    if (cascade.pattern == CascadePattern::Race) {
        for (std::size_t i = 0; i < cascade.lanes.size(); ++i) {
            const int to = nodeOfTier(cascade.lanes[i]);
            if (to < 0)
                continue;
            const int after = cascade.staggerMs * static_cast<int>(i);
            const QString text = after == 0 ? tr("starts at once") : tr("after %1").arg(msText(after));
            addPill(edge(GraphEdge::Kind::Member, m_pattern, to),
                    [&] { return GraphPill{text, at("lanes", i), tr("Lane %1").arg(i + 1), {}}; });
        }
    }
    if (cascade.pattern == CascadePattern::Agreement) {
        for (std::size_t i = 0; i < cascade.lanes.size(); ++i) {
            const int to = nodeOfTier(cascade.lanes[i]);
            if (to >= 0)
                addPill(edge(GraphEdge::Kind::Member, m_pattern, to), [&] {
                    return GraphPill{tr("must agree"), at("lanes", i), {}, {}};
                });
        }
    }
    if (cascade.pattern == CascadePattern::SpecialistPool) {
        for (std::size_t i = 0; i < cascade.pool.size(); ++i) {
            const int to = nodeOfTier(cascade.pool[i]);
            if (to < 0)
                continue;
            const Tier& tier = m_policy.tiers[static_cast<std::size_t>(cascade.pool[i])];
            addPill(edge(GraphEdge::Kind::Member, m_pattern, to), [&] {
                return GraphPill{
                    tier.specialty.empty() ? tr("in the pool") : qs(tier.specialty), at("pool", i), {}, {}};
            });
        }
        const int to = nodeOf(cascade.unsure);
        if (to >= 0)
            addPill(edge(GraphEdge::Kind::Escalation, m_pattern, to), [&] {
                return GraphPill{tr("says “%1”").arg(qs(cascade.unsureMarker)),
                                 QStringLiteral("/cascade/unsure"),
                                 tr("A specialist that is not sure says so; then it goes here"),
                                 {}};
            });
    }
    int before = m_pattern;
    for (std::size_t i = 0; i < m_stageNode.size(); ++i) {
        edge(GraphEdge::Kind::Flow, before, m_stageNode[i]);
        before = m_stageNode[i];
        if (const int to = nodeOfTier(cascade.stages[i].tier); to >= 0)
            addPill(edge(GraphEdge::Kind::Member, m_stageNode[i], to), [&] {
                return GraphPill{tr("stage %1").arg(i + 1),
                                 node(m_stageNode[i]).pointer,
                                 tr("This tier does the stage's work"),
                                 {}};
            });
    }
}

/// Where "next" leads from a race, a pool or a pipeline.
int GraphBuilder::nodeAfterPattern() const
{
    const Cascade& cascade = m_policy.cascade;
    if (cascade.pattern == CascadePattern::SpecialistPool && nodeOf(cascade.unsure) >= 0)
        return nodeOf(cascade.unsure);
    for (const int tier : cascade.order) {
        const auto& lanes = cascade.lanes;
        if (tier >= 0 && std::find(lanes.begin(), lanes.end(), tier) == lanes.end())
            return nodeOfTier(tier);
    }
    return cascade.whenExhausted == WhenExhausted::Human ? m_person : -1;
}

void GraphBuilder::escalate(int from, const Trigger& trigger, std::size_t index, int next)
{
    const int to = trigger.escalateToNext ? next : nodeOf(trigger.escalateTo);
    if (from < 0 || to < 0 || to == from)
        return;
    GraphEdge& escalation = edge(GraphEdge::Kind::Escalation, from, to);
    escalation.next = escalation.next || (to == next && node(to).kind == GraphNode::Kind::Tier);
    addPill(escalation, [&] { return triggerPill(index); });
}

void GraphBuilder::addEscalations()
{
    const Cascade& cascade = m_policy.cascade;
    if (cascade.pattern == CascadePattern::Direct)
        return;
    const auto applies = [](const Trigger& trigger, int tier) {
        return trigger.appliesTo.empty() ||
               std::find(trigger.appliesTo.begin(), trigger.appliesTo.end(), tier) != trigger.appliesTo.end();
    };
    const bool isWaterfall = cascade.pattern == CascadePattern::Waterfall;
    if (!isWaterfall && m_pattern >= 0) {
        // Of the whole pattern, unless the trigger says of whom.
        const int after = nodeAfterPattern();
        for (std::size_t i = 0; i < m_policy.triggers.size(); ++i) {
            const Trigger& trigger = m_policy.triggers[i];
            if (trigger.appliesTo.empty())
                escalate(m_pattern, trigger, i, after);
            for (const int tier : trigger.appliesTo)
                escalate(nodeOfTier(tier), trigger, i, after);
        }
        return;
    }
    const int last = cascade.whenExhausted == WhenExhausted::Human ? m_person : -1;
    std::vector<char> inOrder(m_policy.tiers.size(), 0);
    for (std::size_t at = 0; at < cascade.order.size(); ++at) {
        const int tier = cascade.order[at];
        if (tier < 0)
            continue;
        inOrder[static_cast<std::size_t>(tier)] = 1;
        const int following = at + 1 < cascade.order.size() ? nodeOfTier(cascade.order[at + 1]) : -1;
        for (std::size_t i = 0; i < m_policy.triggers.size(); ++i) {
            if (applies(m_policy.triggers[i], tier))
                escalate(nodeOfTier(tier), m_policy.triggers[i], i, following >= 0 ? following : last);
        }
    }
    for (std::size_t i = 0; i < m_policy.triggers.size(); ++i) {
        for (const int tier : m_policy.triggers[i].appliesTo) {
            if (tier >= 0 && !inOrder[static_cast<std::size_t>(tier)] && !m_policy.triggers[i].escalateToNext)
                escalate(nodeOfTier(tier), m_policy.triggers[i], i, -1);
        }
    }
}

/// The order is shown where no trigger says it already.
void GraphBuilder::addOrder()
{
    const Cascade& cascade = m_policy.cascade;
    if (cascade.pattern != CascadePattern::Waterfall)
        return;
    for (std::size_t at = 0; at + 1 < cascade.order.size(); ++at) {
        const int from = nodeOfTier(cascade.order[at]);
        const int to = nodeOfTier(cascade.order[at + 1]);
        if (from < 0 || to < 0 || from == to ||
            m_edgeAt.contains({static_cast<int>(GraphEdge::Kind::Escalation), from, to}))
            continue;
        edge(GraphEdge::Kind::Order, from, to).next = true;
    }
}

void GraphBuilder::addFallbacks()
{
    for (std::size_t tier = 0; tier < m_policy.tiers.size(); ++tier) {
        const int from = nodeOfTier(static_cast<int>(tier));
        const std::vector<int>& fallback = m_policy.tiers[tier].fallback;
        for (std::size_t i = 0; i < fallback.size(); ++i) {
            const int to = nodeOfTier(fallback[i]);
            if (to < 0 || to == from)
                continue;
            addPill(edge(GraphEdge::Kind::Fallback, from, to), [&] {
                return GraphPill{fallback.size() == 1 ? tr("if down") : tr("if down, %1").arg(i + 1),
                                 QStringLiteral("%1/fallback/%2")
                                     .arg(listElementPointer(QStringLiteral("/tiers"), m_policy.tiers, tier))
                                     .arg(i),
                                 tr("When none of the tier's models is available"),
                                 {}};
            });
        }
    }
}

} // namespace signalbox
