// SPDX-License-Identifier: GPL-3.0-or-later
// What can be selected on the map, and what lies where.
#include "ui/policy/element_pointer.h"
#include "ui/policy/policy_map.h"
#include "ui/policy/policy_selection.h"

#include <QPainterPathStroker>

#include <algorithm>

namespace signalbox {

void PolicyMap::addStops()
{
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
        const GraphNode& node = m_graph.nodes[i];
        const NodeBox& box = m_layout.nodes[i];
        m_stops.push_back({node.pointer, box.rect, static_cast<int>(i), -1, -1, -1});
        for (std::size_t line = 0; line < node.lines.size(); ++line) {
            if (!node.lines[line].pointer.isEmpty() || !node.lines[line].expands.isEmpty())
                m_stops.push_back({node.lines[line].pointer, box.lines[line], static_cast<int>(i),
                                   static_cast<int>(line), -1, -1});
        }
    }
    for (const PillBox& box : m_layout.pills) {
        const GraphEdge& edge = m_graph.edges[static_cast<std::size_t>(box.edge)];
        m_stops.push_back(
            {edge.pills[static_cast<std::size_t>(box.pill)].pointer, box.rect, -1, -1, box.edge, box.pill});
    }
    for (std::size_t i = 0; i < m_graph.edges.size(); ++i) {
        const GraphEdge& edge = m_graph.edges[i];
        if (edge.kind != GraphEdge::Kind::Order || !edge.pills.empty())
            continue;
        const QPointF middle = m_layout.edges[i].path.pointAtPercent(0.5);
        m_stops.push_back({QStringLiteral("/cascade/order"), QRectF(middle - QPointF(8, 8), QSizeF(16, 16)),
                           -1, -1, static_cast<int>(i), -1});
    }
    // Reading order: the nodes from left to right with what leaves them behind each.
    std::stable_sort(m_stops.begin(), m_stops.end(), [this](const Stop& a, const Stop& b) {
        const auto owner = [this](const Stop& stop) {
            return stop.edge < 0 ? stop.node : m_graph.edges[static_cast<std::size_t>(stop.edge)].from;
        };
        return std::pair(owner(a), a.edge >= 0) < std::pair(owner(b), b.edge >= 0);
    });
}

/// The stop that shows the element, or the innermost thing around it.
int PolicyMap::stopFor(const QString& pointer) const
{
    int best = -1;
    qsizetype length = 0; // an empty pointer is the whole policy, which nothing stands for
    for (std::size_t i = 0; i < m_stops.size(); ++i) {
        const QString& here = m_stops[i].pointer;
        if (here.size() > length && liesWithin(pointer, here)) {
            best = static_cast<int>(i);
            length = here.size();
        }
    }
    return best;
}

const PolicyMap::Stop* PolicyMap::stopAt(const QPoint& position) const
{
    const QPointF point = mapToScene(position);
    const Stop* found = nullptr;
    const auto rank = [](const Stop& stop) { return stop.edge >= 0 ? 2 : stop.line >= 0 ? 1 : 0; };
    for (const Stop& stop : m_stops) {
        if (stop.rect.adjusted(-2, -2, 2, 2).contains(point) && (!found || rank(stop) > rank(*found)))
            found = &stop;
    }
    return found ? found : stopOnEdge(point);
}

/// An edge's line is as good as its first pill.
const PolicyMap::Stop* PolicyMap::stopOnEdge(const QPointF& point) const
{
    const double reach = 5 / std::max(zoom(), 0.1);
    const QRectF around(point - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach));
    for (std::size_t i = 0; i < m_layout.edges.size(); ++i) {
        const QPainterPath& path = m_layout.edges[i].path;
        if (!path.boundingRect().adjusted(-reach, -reach, reach, reach).intersects(around))
            continue;
        QPainterPathStroker stroker;
        stroker.setWidth(2 * reach);
        if (!stroker.createStroke(path).contains(point))
            continue;
        for (const Stop& stop : m_stops) {
            if (stop.edge == static_cast<int>(i))
                return &stop;
        }
    }
    return nullptr;
}

int PolicyMap::nodeAt(const QPointF& point) const
{
    for (std::size_t i = 0; i < m_layout.nodes.size(); ++i) {
        if (m_layout.nodes[i].rect.adjusted(-4, -4, 4, 4).contains(point))
            return static_cast<int>(i);
    }
    return -1;
}

int PolicyMap::portAt(const QPoint& position) const
{
    for (std::size_t i = 0; i < m_layout.nodes.size(); ++i) {
        if (!hasPort(m_graph.nodes[i].kind))
            continue;
        const QPoint port = mapFromScene(portOf(m_layout.nodes[i].rect));
        if ((port - position).manhattanLength() <= 11)
            return static_cast<int>(i);
    }
    return -1;
}

QString PolicyMap::badgePointer(const QPoint& position) const
{
    const QPointF point = mapToScene(position);
    for (std::size_t i = 0; i < m_layout.nodes.size(); ++i) {
        if (m_nodeProblems[i].count > 0 && badgeRect(m_layout.nodes[i].rect).contains(point))
            return m_nodeProblems[i].first;
    }
    return {};
}

QString PolicyMap::expandsAt(const Stop& stop) const
{
    if (const GraphPill* pill = pillOf(stop))
        return pill->expands;
    if (stop.node < 0)
        return {};
    const GraphNode& node = m_graph.nodes[static_cast<std::size_t>(stop.node)];
    return stop.line < 0 ? node.expands : node.lines[static_cast<std::size_t>(stop.line)].expands;
}

const GraphPill* PolicyMap::pillOf(const Stop& stop) const
{
    if (stop.edge < 0 || stop.pill < 0)
        return nullptr;
    return &m_graph.edges[static_cast<std::size_t>(stop.edge)].pills[static_cast<std::size_t>(stop.pill)];
}

const PolicyMap::Stop* PolicyMap::current() const
{
    return m_stop < 0 || m_stop >= static_cast<int>(m_stops.size())
               ? nullptr
               : &m_stops[static_cast<std::size_t>(m_stop)];
}

std::optional<GraphEnd> PolicyMap::currentEnd() const
{
    const Stop* stop = current();
    if (!stop)
        return std::nullopt;
    if (stop->node >= 0 && stop->line < 0)
        return endOf(m_graph.nodes[static_cast<std::size_t>(stop->node)]);
    if (stop->node >= 0) { // a rule's route can be led elsewhere
        GraphEnd end = endOf(m_graph.nodes[static_cast<std::size_t>(stop->node)]);
        end.route = end.kind == GraphNode::Kind::Rules ? stop->pointer : QString();
        return end;
    }
    const GraphEdge& edge = m_graph.edges[static_cast<std::size_t>(stop->edge)];
    const GraphPill* pill = pillOf(*stop);
    return pill ? endOf(m_graph.nodes[static_cast<std::size_t>(edge.from)], *pill) : std::nullopt;
}

std::optional<PolicyMap::CurrentPill> PolicyMap::currentPillWithEdge() const
{
    const Stop* stop = current();
    if (!stop || stop->edge < 0)
        return std::nullopt;
    const GraphEdge& edge = m_graph.edges[static_cast<std::size_t>(stop->edge)];
    const GraphEnd from = endOf(m_graph.nodes[static_cast<std::size_t>(edge.from)]);
    if (const GraphPill* pill = pillOf(*stop))
        return CurrentPill{from, *pill};
    // The order's own edge: without it, the later tier leaves the order.
    GraphPill order;
    order.text = tr("order");
    order.pointer =
        QStringLiteral("/cascade/order/%1").arg(m_graph.nodes[static_cast<std::size_t>(edge.to)].name);
    return CurrentPill{from, order};
}

QRect PolicyMap::currentRect() const
{
    const Stop* stop = current();
    return stop ? mapFromScene(stop->rect).boundingRect() : QRect();
}

void PolicyMap::dropCurrent()
{
    m_stop = -1;
}

const GraphPill* PolicyMap::currentPill() const
{
    const Stop* stop = current();
    return stop ? pillOf(*stop) : nullptr;
}

void PolicyMap::describeSelf()
{
    QString text = describe(m_graph);
    if (const Stop* stop = current()) {
        const GraphPill* pill = pillOf(*stop);
        const QString name =
            pill ? pill->detail.isEmpty() ? pill->text : pill->text + QLatin1Char(' ') + pill->detail
            : stop->edge >= 0 ? tr("order")
            : stop->line >= 0 ? m_graph.nodes[static_cast<std::size_t>(stop->node)]
                                    .lines[static_cast<std::size_t>(stop->line)]
                                    .text
                              : m_graph.nodes[static_cast<std::size_t>(stop->node)].title;
        text = tr("Selected: %1").arg(name) + QLatin1Char('\n') + text;
    }
    setAccessibleDescription(text);
}

QString PolicyMap::toolTipOf(const Stop& stop) const
{
    if (const GraphPill* pill = pillOf(stop)) {
        QString text =
            pill->detail.isEmpty() ? pill->text : pill->text + QStringLiteral(" · ") + pill->detail;
        if (!pill->toolTip.isEmpty())
            text += QLatin1Char('\n') + pill->toolTip;
        if (pill->tunable)
            text +=
                QLatin1Char('\n') + tr("Drag, or press Shift+Left and Shift+Right, to move the threshold");
        return text;
    }
    if (stop.node < 0)
        return tr("The order of the cascade; no trigger leads this way");
    const GraphNode& node = m_graph.nodes[static_cast<std::size_t>(stop.node)];
    if (stop.line >= 0) {
        const GraphLine& line = node.lines[static_cast<std::size_t>(stop.line)];
        return line.toolTip.isEmpty() ? line.text : line.text + QLatin1Char('\n') + line.toolTip;
    }
    return node.toolTip;
}

} // namespace signalbox
