// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/map_items.h"

#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

namespace signalbox {

namespace {

const ThemeColors& colors()
{
    return Theme::instance().colors();
}

QColor severityColor(Severity severity)
{
    return severity == Severity::Error     ? colors().bad
           : severity == Severity::Warning ? colors().warn
           : colors().info.isValid()       ? colors().info
                                           : colors().muted;
}

QString elided(const QString& text, GraphText role, double width)
{
    return QFontMetricsF(mapFont(role)).elidedText(text, Qt::ElideRight, width);
}

} // namespace

QFont mapFont(GraphText role)
{
    return role == GraphText::Title ? Theme::font(TextSize::Normal, QFont::DemiBold)
                                    : Theme::font(TextSize::Small);
}

QSizeF measureMapText(const QString& text, GraphText role)
{
    const QFontMetricsF metrics(mapFont(role));
    return {metrics.horizontalAdvance(text), metrics.height()};
}

NodeItem::NodeItem(const GraphNode& node, const NodeBox& box, const NodeProblems& problems)
    : m_node(node), m_box(box), m_problems(problems)
{
    setZValue(2);
}

void NodeItem::setSelected(bool node, int line)
{
    m_selected = node;
    m_line = line;
    update();
}

QRectF NodeItem::boundingRect() const
{
    return m_box.rect.adjusted(-4, -12, 12, 4);
}

QColor NodeItem::barColor() const
{
    switch (m_node.kind) {
    case GraphNode::Kind::Tier:
        return Theme::instance().tier(m_node.tier);
    case GraphNode::Kind::Person:
        return colors().person;
    case GraphNode::Kind::Request:
        return colors().faint;
    case GraphNode::Kind::Rules:
        return colors().text;
    case GraphNode::Kind::Router:
        return colors().accent;
    }
    return colors().muted;
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF& rect = m_box.rect;
    QPainterPath card;
    card.addRoundedRect(rect, 8, 8);
    painter->fillPath(card, colors().panel);
    painter->save();
    painter->setClipPath(card);
    painter->fillRect(QRectF(rect.left(), rect.top(), 5, rect.height()), barColor());
    if (m_line >= 0 && m_line < static_cast<int>(m_box.lines.size()))
        painter->fillRect(m_box.lines[static_cast<std::size_t>(m_line)], colors().selection);
    painter->restore();
    const bool ring = m_selected && m_line < 0;
    painter->setPen(QPen(ring ? colors().accent : colors().border, ring ? 2 : 1));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(card);

    const double left = rect.left() + graphsize::padding + 4;
    const double width = rect.right() - graphsize::padding + 4 - left;
    double y = rect.top() + graphsize::padding - 4;
    const auto line = [&](const QString& text, GraphText role, const QColor& color, double height) {
        painter->setFont(mapFont(role));
        painter->setPen(color);
        painter->drawText(QRectF(left, y, width, height), Qt::AlignVCenter | Qt::AlignLeft,
                          elided(text, role, width));
        y += height;
    };
    line(m_node.title, GraphText::Title, colors().text, graphsize::titleHeight);
    if (!m_node.subtitle.isEmpty())
        line(m_node.subtitle, GraphText::Small, colors().muted, graphsize::lineHeight);
    for (std::size_t i = 0; i < m_node.lines.size(); ++i) {
        y = m_box.lines[i].top();
        line(m_node.lines[i].text, GraphText::Small, m_node.lines[i].muted ? colors().muted : colors().text,
             graphsize::lineHeight);
    }
    if (m_problems.count > 0)
        paintBadge(painter);
}

void NodeItem::paintBadge(QPainter* painter) const
{
    const QRectF badge(m_box.rect.right() - 12, m_box.rect.top() - 9, 20, 20);
    const QColor color = severityColor(m_problems.worst);
    painter->setPen(QPen(colors().canvas, 2));
    painter->setBrush(color);
    // An error is a square, so that the badge does not speak by colour alone.
    if (m_problems.worst == Severity::Error)
        painter->drawRoundedRect(badge, 5, 5);
    else
        painter->drawEllipse(badge);
    painter->setPen(colors().panel);
    painter->setFont(Theme::font(TextSize::Small, QFont::Bold));
    painter->drawText(badge, Qt::AlignCenter,
                      m_problems.count == 1  ? QStringLiteral("!")
                      : m_problems.count > 9 ? QStringLiteral("9+")
                                             : QString::number(m_problems.count));
}

EdgeItem::EdgeItem(const GraphEdge& edge, const EdgeShape& shape) : m_edge(edge), m_shape(shape)
{
    setZValue(1);
}

void EdgeItem::setHighlighted(bool highlighted)
{
    m_highlighted = highlighted;
    setZValue(highlighted ? 1.5 : 1);
    update();
}

QRectF EdgeItem::boundingRect() const
{
    return (m_shape.path.boundingRect() | m_shape.arrow.boundingRect()).adjusted(-3, -3, 3, 3);
}

QColor EdgeItem::color() const
{
    if (m_edge.kind == GraphEdge::Kind::Escalation)
        return colors().warn;
    if (m_edge.kind == GraphEdge::Kind::Flow)
        return colors().muted;
    return m_edge.toPerson ? colors().person : Theme::instance().tier(m_edge.tier);
}

void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    QPen pen(color(), m_highlighted ? 2.4 : 1.5);
    pen.setCapStyle(Qt::FlatCap);
    if (m_edge.kind == GraphEdge::Kind::Escalation)
        pen.setDashPattern({4, 3});
    painter->setPen(pen);
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(m_shape.path);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color());
    painter->drawPolygon(m_shape.arrow);
}

PillItem::PillItem(const GraphEdge& edge, const GraphPill& pill, const QRectF& rect,
                   std::optional<Severity> problem)
    : m_kind(edge.kind), m_tier(edge.tier), m_toPerson(edge.toPerson), m_pill(pill), m_rect(rect),
      m_problem(problem)
{
    setZValue(3);
}

void PillItem::setSelected(bool selected)
{
    m_selected = selected;
    update();
}

QRectF PillItem::boundingRect() const
{
    return m_rect.adjusted(-4, -6, 8, 4);
}

void PillItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::instance();
    QColor line;
    QColor fill;
    if (m_kind == GraphEdge::Kind::Escalation) {
        line = colors().warnBorder;
        fill = colors().warnFill;
    } else if (m_toPerson || m_tier < 0) {
        line = colors().border;
        fill = colors().surface;
    } else {
        line = theme.tier(m_tier);
        line.setAlphaF(0.55F);
        fill = theme.tierFill(m_tier);
    }
    // What lies behind shall not shine through a translucent fill.
    const double radius = m_rect.height() / 2;
    painter->setPen(Qt::NoPen);
    painter->setBrush(colors().panel);
    painter->drawRoundedRect(m_rect, radius, radius);
    painter->setBrush(fill);
    painter->setPen(m_selected ? QPen(colors().accent, 2) : QPen(line, 1));
    painter->drawRoundedRect(m_rect, radius, radius);
    painter->setFont(mapFont(GraphText::Small));
    painter->setPen(colors().text);
    const QRectF inside = m_rect.adjusted(graphsize::pillPadding - 2, 0, -graphsize::pillPadding + 2, 0);
    painter->drawText(inside, Qt::AlignCenter, elided(m_pill.text, GraphText::Small, inside.width()));
    if (m_problem) {
        painter->setPen(QPen(colors().canvas, 1.5));
        painter->setBrush(severityColor(*m_problem));
        const QRectF dot(m_rect.right() - 8, m_rect.top() - 4, 11, 11);
        if (*m_problem == Severity::Error)
            painter->drawRoundedRect(dot, 3, 3);
        else
            painter->drawEllipse(dot);
    }
}

} // namespace signalbox
