// SPDX-License-Identifier: GPL-3.0-or-later
// What the map paints besides its items.
#include "ui/policy/policy_map.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace signalbox {

void PolicyMap::drawBackground(QPainter* painter, const QRectF& rect)
{
    const ThemeColors& colors = Theme::instance().colors();
    painter->fillRect(rect, colors.canvas);
    double pitch = 24;
    while (pitch * zoom() < 14) // no thicker on the screen when the drawing is small
        pitch *= 2;
    // Small squares in whole pixels: thousands of round points would take longer than the map itself.
    const QTransform toView = painter->transform();
    painter->save();
    painter->resetTransform();
    painter->setRenderHint(QPainter::Antialiasing, false);
    for (double x = std::floor(rect.left() / pitch) * pitch; x < rect.right(); x += pitch) {
        for (double y = std::floor(rect.top() / pitch) * pitch; y < rect.bottom(); y += pitch) {
            const QPoint dot = toView.map(QPointF(x, y)).toPoint();
            painter->fillRect(QRect(dot, QSize(2, 2)), colors.hairline);
        }
    }
    painter->restore();
}

/// The frame of the focus, the range of the threshold that is dragged, and what a gesture would do.
void PolicyMap::drawForeground(QPainter* painter, const QRectF&)
{
    painter->setRenderHint(QPainter::Antialiasing);
    paintGesture(painter);
    const Stop* stop = current();
    if (!stop)
        return;
    if (hasFocus() && !m_drag) {
        painter->setPen(QPen(Theme::instance().colors().accent, 1, Qt::DotLine));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(stop->rect.adjusted(-4, -4, 4, 4), 10, 10);
    }
    const GraphPill* pill = pillOf(*stop);
    if (m_drag && pill && pill->tunable)
        paintThreshold(painter, *stop, *pill->tunable);
}

void PolicyMap::paintThreshold(QPainter* painter, const Stop& stop, const GraphTunable& tunable)
{
    const ThemeColors& colors = Theme::instance().colors();
    const double share =
        tunable.high > tunable.low ? (tunable.value - tunable.low) / (tunable.high - tunable.low) : 0;
    const QRectF box(stop.rect.center().x() - 100, stop.rect.bottom() + 6, 200, 34);
    painter->setPen(QPen(colors.border, 1));
    painter->setBrush(colors.panel);
    painter->drawRoundedRect(box, 6, 6);
    const QLineF track(box.left() + 14, box.top() + 11, box.right() - 14, box.top() + 11);
    painter->setPen(QPen(colors.border, 3, Qt::SolidLine, Qt::RoundCap));
    painter->drawLine(track);
    const QPointF knob = track.pointAt(std::clamp(share, 0.0, 1.0));
    painter->setPen(QPen(colors.warn, 3, Qt::SolidLine, Qt::RoundCap));
    painter->drawLine(track.p1(), knob);
    painter->setBrush(colors.warn);
    painter->setPen(QPen(colors.panel, 2));
    painter->drawEllipse(knob, 6, 6);
    painter->setFont(Theme::font(TextSize::Small));
    painter->setPen(colors.muted);
    const QRectF labels = box.adjusted(10, 17, -10, -1);
    painter->drawText(labels, Qt::AlignLeft | Qt::AlignVCenter, thresholdText(tunable.low, tunable.step));
    painter->drawText(labels, Qt::AlignRight | Qt::AlignVCenter, thresholdText(tunable.high, tunable.step));
    painter->setPen(colors.text);
    painter->drawText(labels, Qt::AlignCenter, thresholdText(tunable.value, tunable.step));
}

} // namespace signalbox
