// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Lines, arrows and free places for the layout of the policy's graph. Private to graph_layout.cpp.

#include <QPainterPath>
#include <QPolygonF>
#include <QRectF>

#include <utility>
#include <vector>

namespace signalbox {

/// A line with rounded corners through the points.
QPainterPath rounded(const std::vector<QPointF>& points);
QPolygonF arrowHead(const QPointF& tip, const QPointF& direction);

/// Vertical stretches in parallel lanes: each takes the first lane that is free over its height.
class Lanes
{
public:
    std::size_t take(double top, double bottom);

private:
    std::vector<std::vector<std::pair<double, double>>> m_lanes;
};

/// A place of the size beside the lane at x, between top and bottom, that touches none of those taken; else
/// further right. It is taken then.
QRectF freePlace(double x, double top, double bottom, const QSizeF& size, std::vector<QRectF>& taken);

} // namespace signalbox
