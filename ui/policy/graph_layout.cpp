// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/graph_layout.h"

#include <algorithm>
#include <cmath>

namespace signalbox {

namespace {

using namespace graphsize;

constexpr double kFlowGap = 28;
constexpr double kFan = 40; ///< between the router and its pills, where the routes part
constexpr double kLane = 12;
constexpr double kTierGap = 36;
constexpr double kPersonGap = 44;
constexpr double kCorner = 16;
constexpr double kMargin = 20;

using Kind = GraphNode::Kind;

/// A line with rounded corners through the points.
QPainterPath rounded(const std::vector<QPointF>& points)
{
    QPainterPath path(points.front());
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const QPointF in = points[i] - points[i - 1];
        const QPointF out = points[i + 1] - points[i];
        const double inLength = std::hypot(in.x(), in.y());
        const double outLength = std::hypot(out.x(), out.y());
        if (inLength < 0.5 || outLength < 0.5)
            continue;
        const double radius = std::min({kCorner, inLength / 2, outLength / 2});
        path.lineTo(points[i] - in / inLength * radius);
        path.quadTo(points[i], points[i] + out / outLength * radius);
    }
    path.lineTo(points.back());
    return path;
}

QPolygonF arrowHead(const QPointF& tip, const QPointF& direction)
{
    const QPointF side(-direction.y(), direction.x());
    return QPolygonF({tip, tip - direction * 9 + side * 5, tip - direction * 9 - side * 5});
}

/// The pills of one edge, in rows no wider than a limit.
struct Stack
{
    std::vector<QRectF> rects; ///< centred about (0, 0)
    QSizeF size;
};

class Layouter
{
public:
    Layouter(const PolicyGraph& graph, const MeasureText& measure) : m_graph(graph), m_measure(measure)
    {
        m_out.nodes.resize(graph.nodes.size());
        m_out.edges.resize(graph.edges.size());
        m_sizes.resize(graph.nodes.size());
        for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
            m_sizes[i] = sizeOf(graph.nodes[i]);
            switch (graph.nodes[i].kind) {
            case Kind::Request:
                m_request = i;
                break;
            case Kind::Rules:
                m_rules = i;
                break;
            case Kind::Router:
                m_router = i;
                break;
            case Kind::Person:
            case Kind::Tier:
                m_column.push_back(i);
                break;
            }
        }
    }

    GraphLayout run()
    {
        collect();
        placeColumn();
        placeFront();
        routeFlow();
        routeRules();
        routeRouter();
        routeNext();
        routeSkips();
        finish();
        return std::move(m_out);
    }

private:
    QSizeF sizeOf(const GraphNode& node) const
    {
        double width = m_measure(node.title, GraphText::Title).width();
        double height = padding * 2 + titleHeight - 4;
        if (!node.subtitle.isEmpty()) {
            width = std::max(width, m_measure(node.subtitle, GraphText::Small).width());
            height += lineHeight;
        }
        for (const GraphLine& line : node.lines)
            width = std::max(width, m_measure(line.text, GraphText::Small).width());
        if (!node.lines.empty())
            height += 4 + lineHeight * static_cast<double>(node.lines.size());
        const bool inColumn = node.kind == Kind::Tier || node.kind == Kind::Person;
        const double least = inColumn ? 190 : node.kind == Kind::Request ? 96 : 130;
        return {std::clamp(width + padding * 2 + 6, least, 250.0), height};
    }

    Stack stackOf(const GraphEdge& edge, double mostWidth) const
    {
        Stack stack;
        std::vector<std::vector<double>> rows;
        double rowWidth = 0;
        for (const GraphPill& pill : edge.pills) {
            const double width =
                std::min(m_measure(pill.text, GraphText::Small).width() + pillPadding * 2, mostPillWidth);
            if (rows.empty() || rowWidth + pillGap + width > mostWidth) {
                rows.emplace_back();
                rowWidth = -pillGap;
            }
            rows.back().push_back(width);
            rowWidth += pillGap + width;
        }
        const double height =
            static_cast<double>(rows.size()) * (pillHeight + pillGap) - (rows.empty() ? 0 : pillGap);
        double y = -height / 2;
        for (const std::vector<double>& row : rows) {
            double width = -pillGap;
            for (const double pill : row)
                width += pill + pillGap;
            double x = -width / 2;
            for (const double pill : row) {
                stack.rects.emplace_back(x, y, pill, pillHeight);
                x += pill + pillGap;
            }
            stack.size = {std::max(stack.size.width(), width), height};
            y += pillHeight + pillGap;
        }
        return stack;
    }

    QRectF& rect(std::size_t node) { return m_out.nodes[node].rect; }
    const GraphEdge& edgeAt(std::size_t edge) const { return m_graph.edges[edge]; }
    static std::size_t idx(int value) { return static_cast<std::size_t>(value); }

    void collect()
    {
        m_stacks.resize(m_graph.edges.size());
        for (std::size_t i = 0; i < m_graph.edges.size(); ++i) {
            const GraphEdge& edge = edgeAt(i);
            if (edge.kind == GraphEdge::Kind::Route && idx(edge.from) == m_rules)
                m_ruleRoutes.push_back(i);
            else if (edge.kind == GraphEdge::Kind::Route)
                m_routerRoutes.push_back(i);
            else if (edge.kind == GraphEdge::Kind::Escalation)
                (edge.next ? m_nextEdges : m_skips).push_back(i);
        }
        for (const std::size_t i : m_routerRoutes) {
            m_stacks[i] = stackOf(edgeAt(i), mostPillWidth);
            m_pillColumn = std::max(m_pillColumn, m_stacks[i].size.width());
        }
        for (const std::size_t i : m_ruleRoutes)
            m_stacks[i] = stackOf(edgeAt(i), mostPillWidth);
        for (const std::size_t i : m_nextEdges)
            m_stacks[i] = stackOf(edgeAt(i), 230);
        for (const std::size_t i : m_skips)
            m_stacks[i] = stackOf(edgeAt(i), 150);
    }

    double stackHeightInto(std::size_t node) const
    {
        double height = 0;
        for (const std::size_t i : m_routerRoutes) {
            if (idx(edgeAt(i).to) == node)
                height = std::max(height, m_stacks[i].size.height());
        }
        return height;
    }

    /// Person and tiers, one above the other, from y = 0 down; x follows in placeFront().
    void placeColumn()
    {
        double y = 0;
        double width = 0;
        for (const std::size_t node : m_column)
            width = std::max(width, m_sizes[node].width());
        for (std::size_t k = 0; k < m_column.size(); ++k) {
            const std::size_t node = m_column[k];
            // Pills that lead here stand beside the node; they may be taller than it is.
            const double overhang = std::max(0.0, (stackHeightInto(node) + 8 - m_sizes[node].height()) / 2);
            y += overhang;
            m_out.nodes[node].rect = QRectF(0, y, width, m_sizes[node].height());
            y += m_sizes[node].height() + overhang;
            double gap = m_graph.nodes[node].kind == Kind::Person ? kPersonGap : kTierGap;
            for (const std::size_t i : m_nextEdges) {
                if (idx(edgeAt(i).from) == node)
                    gap = std::max(gap, m_stacks[i].size.height() + 34);
            }
            y += gap;
        }
    }

    void placeFront()
    {
        double top = 0;
        double bottom = 0;
        bool first = true;
        for (const std::size_t node : m_column) {
            if (m_graph.nodes[node].kind == Kind::Person)
                continue;
            top = first ? rect(node).top() : std::min(top, rect(node).top());
            bottom = std::max(bottom, rect(node).bottom());
            first = false;
        }
        // Above them there is room for the lane to the person, below them for the lanes to the tiers.
        double middle = (top + bottom) / 2;
        double x = 0;
        for (const std::size_t node : {m_request, m_rules, m_router}) {
            const QSizeF size = m_sizes[node];
            rect(node) = QRectF(x, middle - size.height() / 2, size.width(), size.height());
            x += size.width() + kFlowGap;
        }
        x = rect(m_router).right();
        m_pillCenter = x + kFan + m_pillColumn / 2;
        m_busLeft = x + kFan + m_pillColumn + 14;
        m_columnLeft =
            m_busLeft + kLane * static_cast<double>(std::max<std::size_t>(m_ruleRoutes.size(), 1)) + 14;
        for (const std::size_t node : m_column)
            rect(node).moveLeft(m_columnLeft);
    }

    double routerPort(std::size_t node)
    {
        return hasRuleRoute(node) ? rect(node).top() + rect(node).height() * 0.36 : rect(node).center().y();
    }
    bool hasRuleRoute(std::size_t node) const
    {
        return std::any_of(m_ruleRoutes.begin(), m_ruleRoutes.end(),
                           [&](std::size_t i) { return idx(edgeAt(i).to) == node; });
    }
    bool hasRouterRoute(std::size_t node) const
    {
        return std::any_of(m_routerRoutes.begin(), m_routerRoutes.end(),
                           [&](std::size_t i) { return idx(edgeAt(i).to) == node; });
    }
    double rulePort(std::size_t node)
    {
        return hasRouterRoute(node) ? rect(node).top() + rect(node).height() * 0.78 : rect(node).center().y();
    }

    void placePills(std::size_t edge, const QPointF& center)
    {
        for (std::size_t p = 0; p < m_stacks[edge].rects.size(); ++p) {
            m_out.pills.push_back(
                {static_cast<int>(edge), static_cast<int>(p), m_stacks[edge].rects[p].translated(center)});
        }
    }

    void routeFlow()
    {
        for (std::size_t i = 0; i < m_graph.edges.size(); ++i) {
            const GraphEdge& edge = edgeAt(i);
            if (edge.kind != GraphEdge::Kind::Flow)
                continue;
            const QPointF from(rect(idx(edge.from)).right(), rect(idx(edge.from)).center().y());
            const QPointF to(rect(idx(edge.to)).left(), rect(idx(edge.to)).center().y());
            QPainterPath path(from);
            path.lineTo(to - QPointF(6, 0));
            m_out.edges[i] = {path, arrowHead(to, {1, 0})};
        }
    }

    /// From the rules around the router: above it to the person, below it to the tiers.
    void routeRules()
    {
        const QRectF rules = rect(m_rules);
        const double routerRight = rect(m_router).right();
        const double frontTop = std::min(rules.top(), rect(m_router).top());
        double lane = std::max(rules.bottom(), rect(m_router).bottom()) + 14;

        // A lane to a higher tier lies above and turns up further left, so that lanes do not cross.
        std::vector<std::size_t> below;
        for (const std::size_t i : m_ruleRoutes) {
            if (!edgeAt(i).toPerson)
                below.push_back(i);
        }
        std::sort(below.begin(), below.end(), [&](std::size_t a, std::size_t b) {
            return rect(idx(edgeAt(a).to)).top() < rect(idx(edgeAt(b).to)).top();
        });
        for (const std::size_t i : m_ruleRoutes) {
            if (!edgeAt(i).toPerson)
                continue;
            const std::size_t to = idx(edgeAt(i).to);
            const double port =
                hasRouterRoute(to) ? rect(to).top() + rect(to).height() * 0.25 : rect(to).center().y();
            const double y = std::min(port, frontTop - 14 - m_stacks[i].size.height() / 2);
            const double x = rules.left() + rules.width() * 0.5;
            const double bus = m_busLeft + 4;
            const QPointF tip(m_columnLeft, port);
            m_out.edges[i] = {rounded({{x, rules.top()}, {x, y}, {bus, y}, {bus, port}, tip - QPointF(6, 0)}),
                              arrowHead(tip, {1, 0})};
            placePills(i, {pillX(i, x, routerRight), y});
        }
        for (std::size_t k = 0; k < below.size(); ++k) {
            const std::size_t i = below[k];
            const std::size_t to = idx(edgeAt(i).to);
            const double port = rulePort(to);
            const double half = m_stacks[i].size.height() / 2;
            double y = lane + half;
            if (k + 1 == below.size() && port > y)
                y = port; // the last lane goes straight in
            lane = y + half + 12;
            const double spread = std::min(14.0, rules.width() / static_cast<double>(below.size() + 1));
            // The upper lane starts further right, so that the drops do not cross the lanes.
            const double x = rules.center().x() +
                             spread * (static_cast<double>(below.size() - 1) / 2 - static_cast<double>(k));
            const double bus = m_busLeft + kLane * static_cast<double>(k);
            const QPointF tip(m_columnLeft, port);
            m_out.edges[i] = {
                rounded({{x, rules.bottom()}, {x, y}, {bus, y}, {bus, port}, tip - QPointF(6, 0)}),
                arrowHead(tip, {1, 0})};
            placePills(i, {pillX(i, x, routerRight), y});
        }
    }

    /// Between the corner under the rules and the column of the router's pills.
    double pillX(std::size_t edge, double corner, double routerRight) const
    {
        const double half = m_stacks[edge].size.width() / 2;
        const double left = corner + kCorner + 4 + half;
        return std::max(left, std::min((corner + routerRight) / 2 + 10, routerRight + kFan - 12 - half));
    }

    void routeRouter()
    {
        const QRectF router = rect(m_router);
        std::vector<std::size_t> order = m_routerRoutes;
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return rect(idx(edgeAt(a).to)).top() < rect(idx(edgeAt(b).to)).top();
        });
        for (std::size_t k = 0; k < order.size(); ++k) {
            const std::size_t i = order[k];
            const std::size_t to = idx(edgeAt(i).to);
            const double port = edgeAt(i).toPerson && hasRuleRoute(to)
                                    ? rect(to).top() + rect(to).height() * 0.75
                                    : routerPort(to);
            const double step = std::min(14.0, (router.height() - 24) / static_cast<double>(order.size()));
            const QPointF from(router.right(),
                               router.center().y() + step * (static_cast<double>(k) -
                                                             (static_cast<double>(order.size()) - 1) / 2));
            const QPointF fanned(m_pillCenter - m_stacks[i].size.width() / 2, port);
            const QPointF tip(m_columnLeft, port);
            QPainterPath path(from);
            const double reach = std::max(kFan, fanned.x() - from.x()) * 0.55;
            path.cubicTo(from + QPointF(reach, 0), fanned - QPointF(reach, 0), fanned);
            path.lineTo(tip - QPointF(6, 0));
            m_out.edges[i] = {path, arrowHead(tip, {1, 0})};
            placePills(i, {m_pillCenter, port});
        }
    }

    void routeNext()
    {
        for (const std::size_t i : m_nextEdges) {
            const QRectF from = rect(idx(edgeAt(i).from));
            const QRectF to = rect(idx(edgeAt(i).to));
            const double x = from.center().x();
            QPainterPath path(QPointF(x, from.bottom()));
            path.lineTo(x, to.top() - 6);
            m_out.edges[i] = {path, arrowHead({x, to.top()}, {0, 1})};
            placePills(i, {x, (from.bottom() + to.top()) / 2 - 4});
        }
    }

    /// Escalations that leave the order out: in lanes right of the tiers.
    void routeSkips()
    {
        std::vector<QRectF> taken;
        for (std::size_t k = 0; k < m_skips.size(); ++k) {
            const std::size_t i = m_skips[k];
            const QRectF from = rect(idx(edgeAt(i).from));
            const QRectF to = rect(idx(edgeAt(i).to));
            const double lane = from.right() + 26 + kLane * static_cast<double>(k);
            const double inset = std::min(0.8, 0.3 + 0.12 * static_cast<double>(k));
            const double startY = from.top() + from.height() * (1 - inset);
            const QPointF tip(to.right(), to.top() + to.height() * inset);
            m_out.edges[i] = {
                rounded({{from.right(), startY}, {lane, startY}, {lane, tip.y()}, tip + QPointF(6, 0)}),
                arrowHead(tip, {-1, 0})};
            QRectF area(QPointF(lane - 8, (startY + tip.y() - m_stacks[i].size.height()) / 2),
                        m_stacks[i].size);
            for (bool moved = true; moved;) {
                moved = false;
                for (const QRectF& other : taken) {
                    if (area.adjusted(-2, -4, 2, 4).intersects(other)) {
                        area.moveTop(other.bottom() + 6);
                        moved = true;
                    }
                }
            }
            taken.push_back(area);
            placePills(i, area.center());
        }
    }

    void finish()
    {
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const GraphNode& node = m_graph.nodes[i];
            NodeBox& box = m_out.nodes[i];
            double y =
                box.rect.top() + padding - 2 + titleHeight + (node.subtitle.isEmpty() ? 0 : lineHeight) + 4;
            for (std::size_t line = 0; line < node.lines.size(); ++line) {
                box.lines.emplace_back(box.rect.left() + 6, y, box.rect.width() - 8, lineHeight);
                y += lineHeight;
            }
            m_out.bounds |= box.rect;
        }
        for (const EdgeShape& edge : m_out.edges)
            m_out.bounds |= edge.path.boundingRect();
        for (const PillBox& pill : m_out.pills)
            m_out.bounds |= pill.rect;
        m_out.bounds.adjust(-kMargin, -kMargin, kMargin, kMargin);
    }

    const PolicyGraph& m_graph;
    const MeasureText& m_measure;
    GraphLayout m_out;
    std::vector<QSizeF> m_sizes;
    std::vector<Stack> m_stacks;
    std::vector<std::size_t> m_column;
    std::vector<std::size_t> m_ruleRoutes, m_routerRoutes, m_nextEdges, m_skips;
    std::size_t m_request = 0;
    std::size_t m_rules = 0;
    std::size_t m_router = 0;
    double m_pillColumn = 60;
    double m_pillCenter = 0;
    double m_busLeft = 0;
    double m_columnLeft = 0;
};

} // namespace

GraphLayout layoutOf(const PolicyGraph& graph, const MeasureText& measure)
{
    if (graph.nodes.empty())
        return {};
    return Layouter(graph, measure).run();
}

} // namespace signalbox
