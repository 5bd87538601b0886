// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/map_items.h"

#include "ui/policy/element_pointer.h"
#include "ui/theme/text.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <algorithm>

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

/// Making metrics takes longer than measuring a word, and every text of the map is measured and elided.
const QFontMetricsF& metricsOf(GraphText role)
{
    static const QFontMetricsF title(mapFont(GraphText::Title));
    static const QFontMetricsF text(mapFont(GraphText::Small));
    return role == GraphText::Title ? title : text;
}

QString elided(const QString& text, GraphText role, double width)
{
    const QFontMetricsF& metrics = metricsOf(role);
    return metrics.horizontalAdvance(text) <= width ? text : metrics.elidedText(text, Qt::ElideRight, width);
}

} // namespace

QFont mapFont(GraphText role)
{
    return role == GraphText::Title ? Theme::font(TextSize::Normal, QFont::DemiBold)
                                    : Theme::font(TextSize::Small);
}

QSizeF measureMapText(const QString& text, GraphText role)
{
    const QFontMetricsF& metrics = metricsOf(role);
    return {metrics.horizontalAdvance(text), metrics.height()};
}

std::vector<MapProblem> mapProblems(const std::vector<Diagnostic>& diagnostics)
{
    std::vector<MapProblem> problems;
    for (const Diagnostic& diagnostic : diagnostics) {
        if (diagnostic.severity != Severity::Note)
            problems.push_back({qs(diagnostic.pointer), qs(diagnostic.code + "  " + diagnostic.message),
                                diagnostic.severity});
    }
    return problems;
}

NodeProblems problemsUnder(const std::vector<MapProblem>& problems, const QStringList& roots)
{
    constexpr qsizetype kMostListed = 8;
    NodeProblems found;
    QStringList lines;
    for (const MapProblem& problem : problems) {
        if (std::none_of(roots.begin(), roots.end(),
                         [&](const QString& root) { return liesWithin(problem.pointer, root); }))
            continue;
        if (found.count == 0 || problem.severity < found.worst) {
            found.worst = problem.severity;
            found.first = problem.pointer;
        }
        ++found.count;
        if (lines.size() < kMostListed)
            lines.append(problem.line);
    }
    if (found.count > lines.size())
        lines.append(QStringLiteral("+%1").arg(found.count - lines.size()));
    found.list = lines.join(QLatin1Char('\n'));
    return found;
}

QRectF badgeRect(const QRectF& node)
{
    return {node.right() - 12, node.top() - 9, 20, 20};
}

QPointF portOf(const QRectF& node)
{
    return {node.right(), node.height() < 40 ? node.center().y() : node.bottom() - 14};
}

bool hasPort(GraphNode::Kind kind)
{
    return kind != GraphNode::Kind::Request && kind != GraphNode::Kind::Person &&
           kind != GraphNode::Kind::More;
}

NodeItem::NodeItem(const GraphNode& node, const NodeBox& box, const NodeProblems& problems)
    : m_node(node), m_box(box), m_problems(problems)
{
    setZValue(2);
    setFlag(ItemUsesExtendedStyleOption); // a list of thousands paints what is in view
}

void NodeItem::setSelected(bool node, int line)
{
    if (m_selected == node && m_line == line)
        return;
    m_selected = node;
    m_line = line;
    update();
}

void NodeItem::setHovered(bool hovered)
{
    if (m_hovered == hovered)
        return;
    m_hovered = hovered;
    update();
}

void NodeItem::setDragged(bool dragged)
{
    m_dragged = dragged;
    setOpacity(dragged ? 0.45 : 1);
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
    case GraphNode::Kind::Stage:
        return m_node.tier < 0 ? colors().muted : Theme::instance().tier(m_node.tier);
    case GraphNode::Kind::Person:
        return colors().person;
    case GraphNode::Kind::Request:
        return colors().faint;
    case GraphNode::Kind::Rules:
        return colors().text;
    case GraphNode::Kind::Router:
    case GraphNode::Kind::Step:
        return colors().accent;
    case GraphNode::Kind::Pattern:
    case GraphNode::Kind::More:
        break;
    }
    return colors().muted;
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    if (m_node.kind == GraphNode::Kind::Pattern || m_node.kind == GraphNode::Kind::More) {
        paintCaption(painter);
    } else {
        const QRectF& rect = m_box.rect;
        QPainterPath card;
        card.addRoundedRect(rect, 8, 8);
        painter->fillPath(card, colors().panel);
        painter->save();
        painter->setClipPath(card, Qt::IntersectClip);
        painter->fillRect(QRectF(rect.left(), rect.top(), 5, rect.height()), barColor());
        if (m_line >= 0 && m_line < static_cast<int>(m_box.lines.size()))
            painter->fillRect(m_box.lines[static_cast<std::size_t>(m_line)], colors().selection);
        painter->restore();
        const bool ring = m_selected && m_line < 0;
        QPen pen(ring ? colors().accent : colors().border, ring ? 2 : 1);
        if (m_node.ghost && !ring)
            pen.setDashPattern({4, 3});
        painter->setPen(pen);
        painter->setBrush(Qt::NoBrush);
        painter->drawPath(card);
        paintTexts(painter, option ? option->exposedRect : rect);
    }
    paintPort(painter);
    if (m_problems.count > 0)
        paintBadge(painter);
}

/// A caption over what follows: one muted line in a rounded frame.
void NodeItem::paintCaption(QPainter* painter) const
{
    const QRectF& rect = m_box.rect;
    const bool isMore = m_node.kind == GraphNode::Kind::More;
    QPen pen(m_selected ? colors().accent : colors().border, m_selected ? 2 : 1);
    if (isMore && !m_selected)
        pen.setDashPattern({4, 3});
    painter->setPen(pen);
    painter->setBrush(colors().surface);
    painter->drawRoundedRect(rect, 8, 8);
    painter->setFont(mapFont(GraphText::Small));
    painter->setPen(isMore ? colors().accent : colors().muted);
    const QRectF inside = rect.adjusted(10, 0, -14, 0);
    painter->drawText(inside, Qt::AlignVCenter | (isMore ? Qt::AlignHCenter : Qt::AlignLeft),
                      elided(m_node.title, GraphText::Small, inside.width()));
}

void NodeItem::paintTexts(QPainter* painter, const QRectF& exposed) const
{
    const QRectF& rect = m_box.rect;
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
    line(m_node.title, GraphText::Title, m_node.ghost ? colors().muted : colors().text,
         graphsize::titleHeight);
    if (!m_node.subtitle.isEmpty())
        line(m_node.subtitle, GraphText::Small, colors().muted, graphsize::lineHeight);
    for (std::size_t i = 0; i < m_node.lines.size(); ++i) {
        const GraphLine& text = m_node.lines[i];
        y = m_box.lines[i].top();
        if (y > exposed.bottom() || m_box.lines[i].bottom() < exposed.top())
            continue;
        line(text.text, GraphText::Small,
             !text.expands.isEmpty() ? colors().accent
             : text.muted            ? colors().muted
                                     : colors().text,
             graphsize::lineHeight);
    }
}

/// Faint until the pointer or the selection is on its node.
void NodeItem::paintPort(QPainter* painter) const
{
    if (!hasPort(m_node.kind) || m_dragged)
        return;
    const QPointF port = portOf(m_box.rect);
    if (m_hovered || m_selected) {
        painter->setPen(QPen(colors().panel, 1.5));
        painter->setBrush(colors().accent);
        painter->drawEllipse(port, 6.5, 6.5);
        painter->setPen(QPen(colors().onAccent, 1.4));
        painter->drawLine(port - QPointF(3, 0), port + QPointF(3, 0));
        painter->drawLine(port - QPointF(0, 3), port + QPointF(0, 3));
        return;
    }
    painter->setPen(QPen(colors().border, 1));
    painter->setBrush(colors().panel);
    painter->drawEllipse(port, 3.5, 3.5);
}

void NodeItem::paintBadge(QPainter* painter) const
{
    const QRectF badge = badgeRect(m_box.rect);
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

GroupItem::GroupItem(const QRectF& rect) : m_rect(rect)
{
    setZValue(0);
}

QRectF GroupItem::boundingRect() const
{
    return m_rect.adjusted(-2, -2, 2, 2);
}

void GroupItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    QPen pen(colors().border, 1);
    pen.setDashPattern({5, 4});
    painter->setPen(pen);
    painter->setBrush(colors().surface);
    painter->drawRoundedRect(m_rect, 12, 12);
}

EdgeItem::EdgeItem(const GraphEdge& edge, const EdgeShape& shape)
    : m_kind(edge.kind), m_tier(edge.tier), m_toPerson(edge.toPerson), m_shape(shape)
{
    setZValue(1);
}

void EdgeItem::setHighlighted(bool highlighted)
{
    if (m_highlighted == highlighted)
        return;
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
    switch (m_kind) {
    case GraphEdge::Kind::Escalation:
        return colors().warn;
    case GraphEdge::Kind::Fallback:
        return colors().person;
    case GraphEdge::Kind::Flow:
    case GraphEdge::Kind::Order:
        return colors().muted;
    case GraphEdge::Kind::Member:
    case GraphEdge::Kind::Route:
        break;
    }
    return m_toPerson || m_tier < 0 ? colors().person : Theme::instance().tier(m_tier);
}

/// Every kind has its own line, so that colour is not all that tells them apart: escalations are dashed,
/// fallbacks dotted with a hollow arrow, the order is dotted and thin.
void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    const bool isFallback = m_kind == GraphEdge::Kind::Fallback;
    QPen pen(color(), m_highlighted ? 2.4 : m_kind == GraphEdge::Kind::Order ? 1.1 : 1.5);
    pen.setCapStyle(Qt::FlatCap);
    if (m_kind == GraphEdge::Kind::Escalation)
        pen.setDashPattern({4, 3});
    else if (isFallback)
        pen.setDashPattern({1.6, 2.4});
    else if (m_kind == GraphEdge::Kind::Order)
        pen.setDashPattern({1, 3});
    painter->setPen(pen);
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(m_shape.path);
    painter->setPen(isFallback ? QPen(color(), 1.3) : QPen(Qt::NoPen));
    painter->setBrush(isFallback ? colors().canvas : color());
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
    } else if (m_toPerson || m_tier < 0 || m_kind == GraphEdge::Kind::Fallback ||
               m_kind == GraphEdge::Kind::Flow) {
        line = colors().border;
        fill = colors().surface;
        if (m_kind == GraphEdge::Kind::Fallback)
            line = colors().person;
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
    QPen frame = m_selected ? QPen(colors().accent, 2) : QPen(line, 1);
    if (m_kind == GraphEdge::Kind::Fallback && !m_selected)
        frame.setDashPattern({2, 2});
    painter->setPen(frame);
    painter->drawRoundedRect(m_rect, radius, radius);
    painter->setFont(mapFont(GraphText::Small));
    painter->setPen(colors().text);
    const QRectF inside = m_rect.adjusted(graphsize::pillPadding - 2, 0, -graphsize::pillPadding + 2, 0);
    const QString text = elided(m_pill.text, GraphText::Small, inside.width());
    const double rest =
        inside.width() - measureMapText(text, GraphText::Small).width() - graphsize::detailGap;
    if (m_pill.detail.isEmpty() || rest < 18) {
        painter->drawText(inside, Qt::AlignCenter, text);
    } else {
        painter->drawText(inside, Qt::AlignVCenter | Qt::AlignLeft, text);
        painter->setPen(colors().muted);
        painter->drawText(inside.adjusted(inside.width() - rest, 0, 0, 0), Qt::AlignVCenter | Qt::AlignRight,
                          elided(m_pill.detail, GraphText::Small, rest));
    }
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
