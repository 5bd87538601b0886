// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include "ui/theme/theme.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

namespace signalbox {

namespace {

// Every icon is drawn within 3…21 of a square of 24.
QPainterPath pathOf(IconKind kind)
{
    QPainterPath p;
    switch (kind) {
    case IconKind::Policy: // one node that forks into two
        p.addRoundedRect(QRectF(3, 9, 6, 6), 1.5, 1.5);
        p.addRoundedRect(QRectF(15, 3.5, 6, 6), 1.5, 1.5);
        p.addRoundedRect(QRectF(15, 14.5, 6, 6), 1.5, 1.5);
        p.moveTo(9, 12);
        p.cubicTo(13, 12, 11, 6.5, 15, 6.5);
        p.moveTo(9, 12);
        p.cubicTo(13, 12, 11, 17.5, 15, 17.5);
        break;
    case IconKind::Playground: // lanes of a run
        p.moveTo(3, 6);
        p.lineTo(11, 6);
        p.moveTo(8, 12);
        p.lineTo(17, 12);
        p.moveTo(14, 18);
        p.lineTo(21, 18);
        break;
    case IconKind::Traces: // a list with marks
        for (const double y : {6.0, 12.0, 18.0}) {
            p.addEllipse(QPointF(4.5, y), 1.2, 1.2);
            p.moveTo(9, y);
            p.lineTo(21, y);
        }
        break;
    case IconKind::Tuning: // sliders
        p.moveTo(3, 7);
        p.lineTo(12, 7);
        p.addEllipse(QPointF(14.5, 7), 2.5, 2.5);
        p.moveTo(17, 7);
        p.lineTo(21, 7);
        p.moveTo(3, 17);
        p.lineTo(6, 17);
        p.addEllipse(QPointF(8.5, 17), 2.5, 2.5);
        p.moveTo(11, 17);
        p.lineTo(21, 17);
        break;
    case IconKind::Dashboard: // bars on a ground line
        p.moveTo(3, 20.5);
        p.lineTo(21, 20.5);
        p.addRect(QRectF(5, 12, 3, 8.5));
        p.addRect(QRectF(10.5, 5, 3, 15.5));
        p.addRect(QRectF(16, 9, 3, 11.5));
        break;
    case IconKind::Versions:
        p.addEllipse(QPointF(7, 5.5), 2.5, 2.5);
        p.addEllipse(QPointF(7, 18.5), 2.5, 2.5);
        p.addEllipse(QPointF(17, 8.5), 2.5, 2.5);
        p.moveTo(7, 8);
        p.lineTo(7, 16);
        p.moveTo(17, 11);
        p.cubicTo(17, 15, 9, 12, 7.6, 16.1);
        break;
    case IconKind::Search:
        p.addEllipse(QPointF(10.5, 10.5), 6.5, 6.5);
        p.moveTo(15.5, 15.5);
        p.lineTo(21, 21);
        break;
    case IconKind::Stop:
        p.addRoundedRect(QRectF(6, 6, 12, 12), 1.5, 1.5);
        break;
    case IconKind::Run:
        p.moveTo(7, 4.5);
        p.lineTo(19, 12);
        p.lineTo(7, 19.5);
        p.closeSubpath();
        break;
    case IconKind::Copy:
        p.addRoundedRect(QRectF(8, 8, 12, 12), 2, 2);
        p.moveTo(16, 8);
        p.lineTo(16, 5);
        p.lineTo(5, 5);
        p.lineTo(5, 16);
        p.lineTo(8, 16);
        break;
    case IconKind::Export:
        p.moveTo(12, 15);
        p.lineTo(12, 3.5);
        p.moveTo(7.5, 8);
        p.lineTo(12, 3.5);
        p.lineTo(16.5, 8);
        p.moveTo(4, 14);
        p.lineTo(4, 20);
        p.lineTo(20, 20);
        p.lineTo(20, 14);
        break;
    case IconKind::Table:
        p.addRoundedRect(QRectF(3.5, 4.5, 17, 15), 1.5, 1.5);
        p.moveTo(3.5, 9.5);
        p.lineTo(20.5, 9.5);
        p.moveTo(3.5, 14.5);
        p.lineTo(20.5, 14.5);
        p.moveTo(10, 4.5);
        p.lineTo(10, 19.5);
        break;
    case IconKind::Undo:
        p.moveTo(8, 5);
        p.lineTo(4, 9);
        p.lineTo(8, 13);
        p.moveTo(4, 9);
        p.lineTo(14, 9);
        p.cubicTo(22, 9, 22, 19, 14, 19);
        p.lineTo(10, 19);
        break;
    case IconKind::Redo:
        p.moveTo(16, 5);
        p.lineTo(20, 9);
        p.lineTo(16, 13);
        p.moveTo(20, 9);
        p.lineTo(10, 9);
        p.cubicTo(2, 9, 2, 19, 10, 19);
        p.lineTo(14, 19);
        break;
    case IconKind::Warning:
        p.moveTo(12, 4);
        p.lineTo(21, 20);
        p.lineTo(3, 20);
        p.closeSubpath();
        p.moveTo(12, 10);
        p.lineTo(12, 14.5);
        p.moveTo(12, 17);
        p.lineTo(12, 17.4);
        break;
    case IconKind::Person:
        p.addEllipse(QPointF(12, 8), 4, 4);
        p.moveTo(4, 20.5);
        p.cubicTo(4, 12.5, 20, 12.5, 20, 20.5);
        break;
    case IconKind::Lock:
        p.addRoundedRect(QRectF(5, 10.5, 14, 10), 2, 2);
        p.moveTo(8, 10.5);
        p.lineTo(8, 8);
        p.cubicTo(8, 2.5, 16, 2.5, 16, 8);
        p.lineTo(16, 10.5);
        break;
    }
    return p;
}

class LineIconEngine : public QIconEngine
{
public:
    LineIconEngine(IconKind kind, QColor color) : m_kind(kind), m_color(std::move(color)) {}
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        QColor color = m_color.isValid() ? m_color : Theme::instance().colors().text;
        if (mode == QIcon::Disabled)
            color.setAlphaF(0.4F);
        paintIcon(*painter, m_kind, rect, color);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap map(size);
        map.fill(Qt::transparent);
        QPainter painter(&map);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return map;
    }
    QIconEngine* clone() const override { return new LineIconEngine(m_kind, m_color); }

private:
    IconKind m_kind;
    QColor m_color;
};

} // namespace

void paintIcon(QPainter& painter, IconKind kind, const QRectF& target, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(target.topLeft());
    const double scale = std::min(target.width(), target.height()) / 24.0;
    painter.scale(scale, scale);
    const bool lanes = kind == IconKind::Playground;
    painter.setPen(QPen(color, lanes ? 3.2 : 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(pathOf(kind));
    painter.restore();
}

QIcon lineIcon(IconKind kind, const QColor& color)
{
    return QIcon(new LineIconEngine(kind, color));
}

QIcon applicationIcon()
{
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 128}) {
        QPixmap map(size, size);
        map.fill(Qt::transparent);
        QPainter painter(&map);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::colorsFor(false).rail);
        painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.2, size * 0.2);
        const double unit = size / 24.0;
        for (int tier = 0; tier < 3; ++tier) { // a signal's three lamps
            painter.setBrush(Theme::tierColor(tier, true));
            painter.drawEllipse(QPointF(12 * unit, (6 + 6 * tier) * unit), 2.3 * unit, 2.3 * unit);
        }
        icon.addPixmap(map);
    }
    return icon;
}

} // namespace signalbox
