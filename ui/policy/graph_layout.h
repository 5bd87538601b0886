// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where the parts of a policy's graph stand. Request, rules and router from left to right, a chain's steps
// below the router, then the person, the pattern and the tiers in cascade order. Routes of the router run
// through a column of pills of their own, routes of rules around the router in lanes, escalations between the
// tiers, and whatever leads further in lanes right of them: so no label covers another, whatever the policy.

#include "ui/policy/policy_graph.h"

#include <QPainterPath>
#include <QPolygonF>
#include <QRectF>

#include <functional>
#include <vector>

namespace signalbox {

enum class GraphText { Title, Small };

/// Width and height of a text in the scene.
using MeasureText = std::function<QSizeF(const QString& text, GraphText role)>;

struct NodeBox
{
    QRectF rect;
    std::vector<QRectF> lines; ///< of GraphNode::lines
};

struct PillBox
{
    int edge = 0;
    int pill = 0;
    QRectF rect;
};

struct EdgeShape
{
    QPainterPath path;
    QPolygonF arrow;
};

struct GraphLayout
{
    std::vector<NodeBox> nodes; ///< as in the graph
    std::vector<EdgeShape> edges;
    std::vector<PillBox> pills;
    std::vector<QRectF> groups; ///< frames, as in the graph
    QRectF bounds;
};

namespace graphsize {
inline constexpr double padding = 14;
inline constexpr double titleHeight = 20;
inline constexpr double lineHeight = 19;
inline constexpr double pillHeight = 22;
inline constexpr double pillPadding = 10;
inline constexpr double pillGap = 4;
inline constexpr double mostPillWidth = 210;
inline constexpr double detailGap = 6; ///< between a pill's text and its detail
} // namespace graphsize

GraphLayout layoutOf(const PolicyGraph& graph, const MeasureText& measure);

} // namespace signalbox
