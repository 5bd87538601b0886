// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/diff_map.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

namespace signalbox {

namespace {

constexpr double kHalo = 7;

QPen outlineOf(DiffMark mark, double width)
{
    QPen pen(Theme::instance().foreground(toneOf(mark)), width);
    if (mark == DiffMark::Removed)
        pen.setStyle(Qt::DashLine);
    else if (mark == DiffMark::Changed)
        pen.setStyle(Qt::DotLine);
    return pen;
}

} // namespace

Tone toneOf(DiffMark mark)
{
    switch (mark) {
    case DiffMark::Added:
        return Tone::Good;
    case DiffMark::Removed:
        return Tone::Bad;
    case DiffMark::Changed:
        return Tone::Warn;
    case DiffMark::Same:
        break;
    }
    return Tone::Neutral;
}

QString wordOf(DiffMark mark)
{
    switch (mark) {
    case DiffMark::Added:
        return QCoreApplication::translate("signalbox::DiffMap", "+ added");
    case DiffMark::Removed:
        return QCoreApplication::translate("signalbox::DiffMap", "− removed");
    case DiffMark::Changed:
        return QCoreApplication::translate("signalbox::DiffMap", "~ changed");
    case DiffMark::Same:
        break;
    }
    return {};
}

DiffMap::DiffMap(PolicySelection& selection, QWidget* parent) : PolicyMap(selection, parent)
{
    setObjectName(QStringLiteral("versionsMap"));
    setAccessibleName(tr("Map of the differences"));
}

void DiffMap::setDiff(DiffGraph diff)
{
    m_diff = std::move(diff);
    setGraph(m_diff.graph, {});
    viewport()->update(); // the marks may differ although the drawing does not
    setAccessibleDescription(describe(m_diff));
}

void DiffMap::clear()
{
    setDiff({});
}

/// A halo under the edges that are new, gone or say something else.
void DiffMap::drawBackground(QPainter* painter, const QRectF& rect)
{
    PolicyMap::drawBackground(painter, rect);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    const GraphLayout& layout = graphLayout();
    for (std::size_t i = 0; i < m_diff.edges.size() && i < layout.edges.size(); ++i) {
        const DiffMark mark = m_diff.edges[i];
        if (mark == DiffMark::Same)
            continue;
        QPen pen = outlineOf(mark, kHalo);
        QColor color = pen.color();
        color.setAlphaF(0.28F);
        pen.setColor(color);
        pen.setCapStyle(Qt::FlatCap);
        painter->setPen(pen);
        painter->drawPath(layout.edges[i].path);
    }
}

void DiffMap::drawForeground(QPainter* painter, const QRectF& rect)
{
    painter->setRenderHint(QPainter::Antialiasing);
    drawNodes(*painter);
    drawPills(*painter);
    PolicyMap::drawForeground(painter, rect);
}

void DiffMap::drawNodes(QPainter& painter) const
{
    const GraphLayout& layout = graphLayout();
    const ThemeColors& colors = Theme::instance().colors();
    for (std::size_t i = 0; i < m_diff.nodes.size() && i < layout.nodes.size(); ++i) {
        const DiffMark mark = m_diff.nodes[i];
        const QRectF& box = layout.nodes[i].rect;
        painter.setBrush(Qt::NoBrush);
        if (mark == DiffMark::Same) {
            QColor veil = colors.canvas;
            veil.setAlphaF(0.55F);
            painter.setPen(Qt::NoPen);
            painter.setBrush(veil);
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 8, 8);
            continue;
        }
        painter.setPen(outlineOf(mark, 2));
        painter.drawRoundedRect(box, 8, 8);
        for (std::size_t line = 0; line < m_diff.lines[i].size() && line < layout.nodes[i].lines.size();
             ++line) {
            const DiffMark lineMark = m_diff.lines[i][line];
            if (lineMark == DiffMark::Same || mark != DiffMark::Changed)
                continue;
            QColor fill = Theme::instance().foreground(toneOf(lineMark));
            fill.setAlphaF(0.14F);
            painter.fillRect(layout.nodes[i].lines[line].adjusted(6, 1, -2, -1), fill);
        }
        const QString word = wordOf(mark);
        painter.setFont(mapFont(GraphText::Small));
        const double width = measureMapText(word, GraphText::Small).width() + 14;
        const QRectF badge(box.right() - width - 6, box.top() - 10, width, 18);
        painter.setPen(QPen(Theme::instance().border(toneOf(mark)), 1));
        painter.setBrush(colors.panel);
        painter.drawRoundedRect(badge, 9, 9);
        painter.setBrush(Theme::instance().fill(toneOf(mark)));
        painter.drawRoundedRect(badge, 9, 9);
        painter.setPen(Theme::instance().foreground(toneOf(mark)));
        painter.drawText(badge, Qt::AlignCenter, word);
    }
}

void DiffMap::drawPills(QPainter& painter) const
{
    const GraphLayout& layout = graphLayout();
    for (const PillBox& box : layout.pills) {
        const auto edge = static_cast<std::size_t>(box.edge);
        const auto pill = static_cast<std::size_t>(box.pill);
        if (edge >= m_diff.pills.size() || pill >= m_diff.pills[edge].size())
            continue;
        const DiffMark mark = m_diff.pills[edge][pill];
        const double radius = box.rect.height() / 2;
        if (mark == DiffMark::Same) {
            QColor veil = Theme::instance().colors().canvas;
            veil.setAlphaF(0.55F);
            painter.setPen(Qt::NoPen);
            painter.setBrush(veil);
            painter.drawRoundedRect(box.rect.adjusted(-1, -1, 1, 1), radius, radius);
            continue;
        }
        painter.setPen(outlineOf(mark, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.rect, radius, radius);
    }
}

} // namespace signalbox
