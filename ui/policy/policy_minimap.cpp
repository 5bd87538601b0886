// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/policy_minimap.h"

#include "ui/policy/policy_map.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace signalbox {

namespace {

constexpr QSize kMost(168, 120);
constexpr int kLeast = 36;
constexpr int kInset = 6;

QColor nodeColor(const GraphNode& node)
{
    const ThemeColors& colors = Theme::instance().colors();
    switch (node.kind) {
    case GraphNode::Kind::Tier:
    case GraphNode::Kind::Stage:
        return node.tier < 0 ? colors.muted : Theme::instance().tier(node.tier);
    case GraphNode::Kind::Router:
    case GraphNode::Kind::Step:
        return colors.accent;
    case GraphNode::Kind::Person:
        return colors.person;
    default:
        return colors.faint;
    }
}

} // namespace

PolicyMinimap::PolicyMinimap(PolicyMap& map) : QWidget(&map), m_map(map)
{
    setObjectName(QStringLiteral("policyMinimap"));
    setAccessibleName(tr("Overview of the map"));
    setToolTip(tr("Overview: click or drag to move the view"));
    setCursor(Qt::PointingHandCursor);
    hide();
    map.installEventFilter(this);
    connect(&map, &PolicyMap::viewChanged, this, [this] { refresh(); });
    connect(&Theme::instance(), &Theme::changed, this, [this] { update(); });
}

void PolicyMinimap::refresh()
{
    const QRectF bounds = m_map.graphLayout().bounds;
    if (bounds.isEmpty() || m_map.showsEverything() || m_map.width() < 3 * kMost.width()) {
        hide();
        return;
    }
    const double scale = std::min((kMost.width() - 2 * kInset) / bounds.width(),
                                  (kMost.height() - 2 * kInset) / bounds.height());
    const QSize size(std::max(kLeast, qRound(bounds.width() * scale) + 2 * kInset),
                     std::max(kLeast, qRound(bounds.height() * scale) + 2 * kInset));
    setGeometry(m_map.width() - size.width() - 12, m_map.height() - size.height() - 12, size.width(),
                size.height());
    show();
    raise();
    update();
}

QTransform PolicyMinimap::fromScene() const
{
    const QRectF bounds = m_map.graphLayout().bounds;
    const double scale =
        std::min((width() - 2 * kInset) / bounds.width(), (height() - 2 * kInset) / bounds.height());
    QTransform transform;
    transform.translate(width() / 2.0, height() / 2.0);
    transform.scale(scale, scale);
    transform.translate(-bounds.center().x(), -bounds.center().y());
    return transform;
}

void PolicyMinimap::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = Theme::instance().colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.border, 1));
    painter.setBrush(colors.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    const QTransform transform = fromScene();
    painter.setPen(Qt::NoPen);
    const GraphLayout& layout = m_map.graphLayout();
    for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
        QRectF box = transform.mapRect(layout.nodes[i].rect);
        box.setHeight(std::max(box.height(), 1.5));
        painter.setBrush(nodeColor(m_map.graph().nodes[i]));
        painter.drawRect(box);
    }
    const QRectF shown =
        transform.mapRect(m_map.shownRect()).intersected(QRectF(rect()).adjusted(2, 2, -2, -2));
    QColor fill = colors.accent;
    fill.setAlphaF(0.12F);
    painter.setBrush(fill);
    painter.setPen(QPen(colors.accent, 1.5));
    painter.drawRoundedRect(shown, 2, 2);
}

void PolicyMinimap::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        m_map.showPlace(fromScene().inverted().map(event->position()));
}

void PolicyMinimap::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        m_map.showPlace(fromScene().inverted().map(event->position()));
}

bool PolicyMinimap::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show)
        refresh();
    return QWidget::eventFilter(watched, event);
}

} // namespace signalbox
