// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/graph_layout.h"

#include "ui/policy/graph_shapes.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace signalbox {

namespace {

using namespace graphsize;

constexpr double kFlowGap = 28;
constexpr double kFan = 40; ///< between the router and its pills, where the routes part
constexpr double kLane = 12;
constexpr double kTierGap = 36;
constexpr double kPersonGap = 44;
constexpr double kCorner = 16;
constexpr double kStepGap = 50;   ///< between a router and its steps, room for a pill
constexpr double kStackGap = 6;   ///< between the pills of two routers that lead to the same tier
constexpr double kFirstLane = 30; ///< right of the tiers
constexpr double kLanePitch = 14;
constexpr double kMargin = 20;
constexpr std::size_t kNoEdge = static_cast<std::size_t>(-1);

using Kind = GraphNode::Kind;

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
        m_place.assign(graph.nodes.size(), -1);
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
            case Kind::Step:
                m_routers.push_back(i);
                break;
            case Kind::Person:
            case Kind::Pattern:
            case Kind::Stage:
            case Kind::Tier:
            case Kind::More:
                m_place[i] = static_cast<int>(m_column.size());
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
        routeStraight();
        routeLanes();
        finish();
        return std::move(m_out);
    }

private:
    QSizeF sizeOf(const GraphNode& node) const
    {
        double width = m_measure(node.title, GraphText::Title).width();
        if (node.kind == Kind::Pattern || node.kind == Kind::More) // a caption
            return {std::clamp(m_measure(node.title, GraphText::Small).width() + 28, 150.0, 250.0), 28};
        double height = padding * 2 + titleHeight - 4;
        if (!node.subtitle.isEmpty()) {
            width = std::max(width, m_measure(node.subtitle, GraphText::Small).width());
            height += lineHeight;
        }
        for (const GraphLine& line : node.lines)
            width = std::max(width, m_measure(line.text, GraphText::Small).width());
        if (!node.lines.empty())
            height += 4 + lineHeight * static_cast<double>(node.lines.size());
        const bool inColumn = isInColumn(node.kind);
        const double least = inColumn ? 190 : node.kind == Kind::Request ? 96 : 130;
        return {std::clamp(width + padding * 2 + 6, least, 250.0), height};
    }

    static bool isInColumn(Kind kind)
    {
        return kind == Kind::Tier || kind == Kind::Person || kind == Kind::Stage || kind == Kind::Pattern ||
               kind == Kind::More;
    }

    double pillWidth(const GraphPill& pill) const
    {
        double width = m_measure(pill.text, GraphText::Small).width() + pillPadding * 2;
        if (!pill.detail.isEmpty())
            width += detailGap + m_measure(pill.detail, GraphText::Small).width();
        return std::min(width, mostPillWidth);
    }

    Stack stackOf(const GraphEdge& edge, double mostWidth) const
    {
        Stack stack;
        std::vector<std::vector<double>> rows;
        double rowWidth = 0;
        for (const GraphPill& pill : edge.pills) {
            const double width = std::min(pillWidth(pill), mostWidth);
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
        m_straight.assign(m_graph.nodes.size(), kNoEdge);
        std::vector<std::size_t> between;
        for (std::size_t i = 0; i < m_graph.edges.size(); ++i) {
            const GraphEdge& edge = edgeAt(i);
            if (m_place[idx(edge.from)] >= 0)
                between.push_back(i);
            else if (edge.kind == GraphEdge::Kind::Flow)
                m_flow.push_back(i);
            else if (idx(edge.from) == m_rules)
                m_ruleRoutes.push_back(i);
            else
                m_routerRoutes.push_back(i);
        }
        for (const std::size_t i : m_routerRoutes) {
            m_stacks[i] = stackOf(edgeAt(i), mostPillWidth);
            m_pillColumn = std::max(m_pillColumn, m_stacks[i].size.width());
        }
        for (const std::size_t i : m_ruleRoutes)
            m_stacks[i] = stackOf(edgeAt(i), mostPillWidth);
        for (const std::size_t i : m_flow)
            m_stacks[i] = stackOf(edgeAt(i), 150);
        // One edge goes straight down from a node to the one below it; escalations first, as they say most.
        std::stable_sort(between.begin(), between.end(), [this](std::size_t a, std::size_t b) {
            return (edgeAt(a).kind == GraphEdge::Kind::Escalation) >
                   (edgeAt(b).kind == GraphEdge::Kind::Escalation);
        });
        for (const std::size_t i : between) {
            const GraphEdge& edge = edgeAt(i);
            const bool isBelow = m_place[idx(edge.to)] == m_place[idx(edge.from)] + 1;
            if (isBelow && m_straight[idx(edge.from)] == kNoEdge) {
                m_straight[idx(edge.from)] = i;
                m_stacks[i] = stackOf(edge, 230);
            } else {
                m_lanes.push_back(i);
                m_stacks[i] = stackOf(edge, 150);
            }
        }
        m_into.resize(m_graph.nodes.size());
        for (const std::size_t i : m_routerRoutes)
            m_into[idx(edgeAt(i).to)].push_back(i);
    }

    double stackHeightInto(std::size_t node) const
    {
        double height = 0;
        for (const std::size_t i : m_into[node])
            height += (height > 0 ? kStackGap : 0) + m_stacks[i].size.height();
        return height;
    }

    /// Person and tiers, one above the other, from y = 0 down; x follows in placeFront().
    void placeColumn()
    {
        double y = 0;
        double width = 0;
        for (const std::size_t node : m_column)
            width = std::max(width, m_sizes[node].width());
        for (const std::size_t node : m_column) {
            // Pills that lead here stand beside the node; they may be taller than it is.
            const double overhang = std::max(0.0, (stackHeightInto(node) + 8 - m_sizes[node].height()) / 2);
            const Kind kind = m_graph.nodes[node].kind;
            y += overhang;
            m_out.nodes[node].rect = QRectF(0, y, width, m_sizes[node].height());
            y += m_sizes[node].height() + overhang;
            double gap = kind == Kind::Person ? kPersonGap : kind == Kind::Pattern ? 16 : kTierGap;
            if (const std::size_t i = m_straight[node]; i != kNoEdge)
                gap = std::max(gap, m_stacks[i].size.height() + 34);
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
        const double middle = (top + bottom) / 2;
        double x = 0;
        for (const std::size_t node : {m_request, m_rules}) {
            const QSizeF size = m_sizes[node];
            rect(node) = QRectF(x, middle - size.height() / 2, size.width(), size.height());
            x += size.width() + kFlowGap;
        }
        double width = 0;
        double height = 0;
        for (const std::size_t node : m_routers) {
            width = std::max(width, m_sizes[node].width());
            height += (height > 0 ? kStepGap : 0) + m_sizes[node].height();
        }
        double y = middle - height / 2;
        for (const std::size_t node : m_routers) {
            rect(node) = QRectF(x, y, width, m_sizes[node].height());
            y += m_sizes[node].height() + kStepGap;
        }
        m_frontTop = std::min(rect(m_rules).top(), rect(m_routers.front()).top());
        m_frontBottom = std::max(rect(m_rules).bottom(), rect(m_routers.back()).bottom());
        m_routerRight = x + width;
        m_pillCenter = m_routerRight + kFan + m_pillColumn / 2;
        m_busLeft = m_routerRight + kFan + m_pillColumn + 14;
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
    bool hasRouterRoute(std::size_t node) const { return !m_into[node].empty(); }
    double rulePort(std::size_t node)
    {
        return hasRouterRoute(node) ? rect(node).top() + rect(node).height() * 0.78 : rect(node).center().y();
    }

    void placePills(std::size_t edge, const QPointF& center)
    {
        for (std::size_t p = 0; p < m_stacks[edge].rects.size(); ++p) {
            const QRectF box = m_stacks[edge].rects[p].translated(center);
            m_out.pills.push_back({static_cast<int>(edge), static_cast<int>(p), box});
        }
    }

    void drawDown(std::size_t edge, const QRectF& from, const QRectF& to)
    {
        const double x = std::min(from.center().x(), to.center().x());
        QPainterPath path(QPointF(x, from.bottom()));
        path.lineTo(x, to.top() - 6);
        m_out.edges[edge] = {path, arrowHead({x, to.top()}, {0, 1})};
        placePills(edge, {x, (from.bottom() + to.top()) / 2 - 4});
    }

    void routeFlow()
    {
        for (const std::size_t i : m_flow) {
            const GraphEdge& edge = edgeAt(i);
            const QRectF from = rect(idx(edge.from));
            const QRectF to = rect(idx(edge.to));
            if (m_graph.nodes[idx(edge.to)].kind == Kind::Step) {
                drawDown(i, from, to);
                continue;
            }
            // A chain's router stands above its steps, so the way to it may have to rise.
            const double y = std::clamp(to.center().y(), from.top() + 16, from.bottom() - 16);
            const QPointF tip(to.left(), std::clamp(y, to.top() + 12, to.bottom() - 12));
            const double bend = (from.right() + to.left()) / 2 - 3;
            m_out.edges[i] = {
                std::abs(tip.y() - y) < 1
                    ? rounded({{from.right(), y}, tip - QPointF(6, 0)})
                    : rounded({{from.right(), y}, {bend, y}, {bend, tip.y()}, tip - QPointF(6, 0)}),
                arrowHead(tip, {1, 0})};
        }
    }

    /// From the rules around the router: above it to the person, below it to the tiers.
    void routeRules()
    {
        const QRectF rules = rect(m_rules);
        double lane = m_frontBottom + 14;

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
            const double y = std::min(port, m_frontTop - 14 - m_stacks[i].size.height() / 2);
            const double x = rules.left() + rules.width() * 0.5;
            const double bus = m_busLeft + 4;
            const QPointF tip(m_columnLeft, port);
            m_out.edges[i] = {rounded({{x, rules.top()}, {x, y}, {bus, y}, {bus, port}, tip - QPointF(6, 0)}),
                              arrowHead(tip, {1, 0})};
            placePills(i, {pillX(i, x), y});
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
            placePills(i, {pillX(i, x), y});
        }
    }

    /// Between the corner under the rules and the column of the router's pills.
    double pillX(std::size_t edge, double corner) const
    {
        const double half = m_stacks[edge].size.width() / 2;
        const double left = corner + kCorner + 4 + half;
        return std::max(left, std::min((corner + m_routerRight) / 2 + 10, m_routerRight + kFan - 12 - half));
    }

    /// Where the ends of the router's routes stand: for each target, one stack of pills above the other.
    std::vector<double> routeHeights()
    {
        std::vector<double> heights(m_graph.edges.size(), 0);
        for (const std::size_t to : m_column) {
            const double port = m_graph.nodes[to].kind == Kind::Person && hasRuleRoute(to)
                                    ? rect(to).top() + rect(to).height() * 0.75
                                    : routerPort(to);
            double y = m_into[to].size() < 2 ? port : rect(to).center().y();
            y -= stackHeightInto(to) / 2;
            for (const std::size_t i : m_into[to]) {
                heights[i] = y + m_stacks[i].size.height() / 2;
                y += m_stacks[i].size.height() + kStackGap;
            }
        }
        return heights;
    }

    void routeRouter()
    {
        const std::vector<double> heights = routeHeights();
        for (const std::size_t router : m_routers) {
            std::vector<std::size_t> order;
            for (const std::size_t i : m_routerRoutes) {
                if (idx(edgeAt(i).from) == router)
                    order.push_back(i);
            }
            std::sort(order.begin(), order.end(),
                      [&](std::size_t a, std::size_t b) { return heights[a] < heights[b]; });
            const QRectF box = rect(router);
            const double step = std::min(14.0, (box.height() - 24) / static_cast<double>(order.size()));
            for (std::size_t k = 0; k < order.size(); ++k)
                routeOne(order[k],
                         {box.right(),
                          box.center().y() +
                              step * (static_cast<double>(k) - (static_cast<double>(order.size()) - 1) / 2)},
                         heights[order[k]]);
        }
    }

    void routeOne(std::size_t edge, const QPointF& from, double height)
    {
        const QRectF to = rect(idx(edgeAt(edge).to));
        const QPointF tip(m_columnLeft, std::clamp(height, to.top() + 8, to.bottom() - 8));
        const QPointF fanned(m_pillCenter - m_stacks[edge].size.width() / 2, height);
        QPainterPath path(from);
        const double reach = std::max(kFan, fanned.x() - from.x()) * 0.55;
        path.cubicTo(from + QPointF(reach, 0), fanned - QPointF(reach, 0), fanned);
        path.lineTo(m_pillCenter + m_stacks[edge].size.width() / 2, height);
        path.lineTo(tip - QPointF(6, 0));
        m_out.edges[edge] = {path, arrowHead(tip, {1, 0})};
        placePills(edge, {m_pillCenter, height});
    }

    void routeStraight()
    {
        for (const std::size_t i : m_straight) {
            if (i != kNoEdge)
                drawDown(i, rect(idx(edgeAt(i).from)), rect(idx(edgeAt(i).to)));
        }
    }

    /// Where edges begin and end on the right side of the nodes, spread over its height.
    std::map<std::pair<std::size_t, std::size_t>, double> lanePorts()
    {
        std::vector<std::vector<std::pair<double, std::size_t>>> ends(m_graph.nodes.size());
        for (const std::size_t i : m_lanes) {
            const std::size_t from = idx(edgeAt(i).from);
            const std::size_t to = idx(edgeAt(i).to);
            ends[from].emplace_back(rect(to).center().y(), i);
            ends[to].emplace_back(rect(from).center().y(), i);
        }
        std::map<std::pair<std::size_t, std::size_t>, double> ports;
        for (std::size_t node = 0; node < ends.size(); ++node) {
            std::sort(ends[node].begin(), ends[node].end());
            const double pitch = rect(node).height() / static_cast<double>(ends[node].size() + 1);
            for (std::size_t k = 0; k < ends[node].size(); ++k)
                ports[{node, ends[node][k].second}] = rect(node).top() + pitch * static_cast<double>(k + 1);
        }
        return ports;
    }

    /// Edges that leave nodes out, and second edges between neighbours: in lanes right of the column, the
    /// short ones further in. An edge takes the first lane that is free over its height.
    void routeLanes()
    {
        const auto ports = lanePorts();
        struct Span
        {
            double top, bottom;
        };
        const auto spanOf = [&](std::size_t i) {
            const double a = ports.at({idx(edgeAt(i).from), i});
            const double b = ports.at({idx(edgeAt(i).to), i});
            return Span{std::min(a, b), std::max(a, b)};
        };
        std::stable_sort(m_lanes.begin(), m_lanes.end(), [&](std::size_t a, std::size_t b) {
            return spanOf(a).bottom - spanOf(a).top < spanOf(b).bottom - spanOf(b).top;
        });
        std::vector<QRectF> taken;
        for (const PillBox& pill : m_out.pills) {
            if (m_place[idx(edgeAt(idx(pill.edge)).from)] >= 0)
                taken.push_back(pill.rect);
        }
        double right = 0;
        for (const std::size_t node : m_column)
            right = std::max(right, rect(node).right());
        Lanes lanes;
        for (const std::size_t i : m_lanes) {
            const Span span = spanOf(i);
            const std::size_t lane = lanes.take(span.top, span.bottom);
            const double x = right + kFirstLane + kLanePitch * static_cast<double>(lane);
            const QPointF start(rect(idx(edgeAt(i).from)).right(), ports.at({idx(edgeAt(i).from), i}));
            const QPointF tip(rect(idx(edgeAt(i).to)).right(), ports.at({idx(edgeAt(i).to), i}));
            m_out.edges[i] = {rounded({start, {x, start.y()}, {x, tip.y()}, tip + QPointF(6, 0)}),
                              arrowHead(tip, {-1, 0})};
            if (!m_stacks[i].size.isEmpty())
                placePills(i, freePlace(x - 8, span.top, span.bottom, m_stacks[i].size, taken).center());
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
        for (const GraphGroup& group : m_graph.groups) {
            QRectF frame;
            for (int node = group.first; node <= group.last; ++node)
                frame |= rect(idx(node));
            m_out.groups.push_back(frame.adjusted(-10, -10, 10, 12));
            m_out.bounds |= m_out.groups.back();
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
    std::vector<int> m_place; ///< by node: its place in the column, -1 = not in it
    std::vector<Stack> m_stacks;
    std::vector<std::size_t> m_column, m_routers;
    std::vector<std::size_t> m_flow, m_ruleRoutes, m_routerRoutes, m_lanes;
    std::vector<std::size_t> m_straight;          ///< by node: the edge that goes straight down from it
    std::vector<std::vector<std::size_t>> m_into; ///< by node: the router's routes to it
    std::size_t m_request = 0;
    std::size_t m_rules = 0;
    double m_frontTop = 0;
    double m_frontBottom = 0;
    double m_routerRight = 0;
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
