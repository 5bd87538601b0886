// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/graph_shapes.h"

#include <algorithm>
#include <cmath>

namespace signalbox {

namespace {

constexpr double kCorner = 16;

} // namespace

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

std::size_t Lanes::take(double top, double bottom)
{
    constexpr double kApart = 8;
    for (std::size_t lane = 0;; ++lane) {
        if (lane == m_lanes.size())
            m_lanes.emplace_back();
        if (std::none_of(m_lanes[lane].begin(), m_lanes[lane].end(), [&](const auto& other) {
                return top < other.second + kApart && other.first < bottom + kApart;
            })) {
            m_lanes[lane].emplace_back(top, bottom);
            return lane;
        }
    }
}

QRectF freePlace(double x, double top, double bottom, const QSizeF& size, std::vector<QRectF>& taken)
{
    const double middle = (top + bottom - size.height()) / 2;
    const double room = std::max(0.0, (bottom - top - size.height()) / 2);
    for (double shift = 0;; shift += 24) {
        for (double off = 0; off <= room; off += 13) {
            for (const double y : {middle + off, middle - off}) {
                const QRectF area(QPointF(x + shift, y), size);
                const auto hits = [&area](const QRectF& other) {
                    return area.adjusted(-4, -4, 4, 4).intersects(other);
                };
                if (std::none_of(taken.begin(), taken.end(), hits)) {
                    taken.push_back(area);
                    return area;
                }
            }
        }
    }
}

} // namespace signalbox
