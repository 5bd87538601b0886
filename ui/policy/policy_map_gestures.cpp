// SPDX-License-Identifier: GPL-3.0-or-later
// Connecting and putting in order on the map, by mouse and by keyboard.
#include "ui/policy/policy_map.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace signalbox {

namespace {

constexpr int kDragFrom = 6; ///< pixels until a press is a drag

} // namespace

static std::optional<GraphEnd> endOfNode(const PolicyGraph& graph, int node)
{
    return node < 0 ? std::nullopt : std::optional(endOf(graph.nodes[static_cast<std::size_t>(node)]));
}

void PolicyMap::startConnecting()
{
    const auto from = currentEnd();
    const Stop* stop = current();
    if (!from || !stop) {
        Q_EMIT gestureSaid(tr("Select a node or a label first, then press C to connect it."), false);
        return;
    }
    if (from->route.isEmpty() && !hasPort(from->kind)) {
        const GraphEnd tier{GraphNode::Kind::Rules, -1, {}};
        Q_EMIT gestureSaid(m_judgeConnection ? m_judgeConnection(*from, tier).sentence() : QString(), false);
        return;
    }
    const QPointF start = stop->node >= 0 && stop->line < 0 ? portOf(stop->rect) : stop->rect.center();
    beginConnect(*from, start, true);
    aimNext(1);
}

void PolicyMap::beginConnect(const GraphEnd& from, const QPointF& start, bool byKey)
{
    cancelGesture();
    m_connect = Connect{from, start, start, -1, {}, byKey};
    Q_EMIT gestureSaid(byKey ? tr("Arrow keys choose where to, Enter connects, Esc gives up.")
                             : tr("Drag to a tier or a person."),
                       true);
    viewport()->update();
}

/// Where a connection meets a node: on the side that is nearer.
QPointF PolicyMap::tipAt(int node) const
{
    const QRectF rect = m_layout.nodes[static_cast<std::size_t>(node)].rect;
    return {m_connect->start.x() > rect.center().x() ? rect.right() : rect.left(), rect.center().y()};
}

void PolicyMap::aimAt(int node, const QPointF& tip)
{
    m_connect->tip = tip;
    if (node != m_connect->target) {
        m_connect->target = node;
        m_connect->verdict = {};
        if (const auto to = endOfNode(m_graph, node); to && m_judgeConnection) {
            m_connect->verdict = m_judgeConnection(m_connect->from, *to);
            Q_EMIT gestureSaid(m_connect->verdict.sentence(), m_connect->verdict.legal());
        } else {
            Q_EMIT gestureSaid(tr("Drag to a tier or a person."), true);
        }
    }
    viewport()->update();
}

/// By keyboard every node is a target in turn, from the person down; what cannot be connected says why.
void PolicyMap::aimNext(int step)
{
    const auto count = static_cast<int>(m_graph.nodes.size());
    std::vector<int> targets;
    for (int i = 0; i < count; ++i) {
        const GraphNode::Kind kind = m_graph.nodes[static_cast<std::size_t>(i)].kind;
        if (kind != GraphNode::Kind::Request && kind != GraphNode::Kind::Rules &&
            kind != GraphNode::Kind::Router &&
            endOf(m_graph.nodes[static_cast<std::size_t>(i)]) !=
                GraphEnd{m_connect->from.kind, m_connect->from.index, {}})
            targets.push_back(i);
    }
    if (targets.empty())
        return;
    const auto at = std::find(targets.begin(), targets.end(), m_connect->target);
    std::size_t next = 0;
    if (at != targets.end()) {
        const auto size = static_cast<std::ptrdiff_t>(targets.size());
        next = static_cast<std::size_t>(((at - targets.begin()) + step + size) % size);
    } else { // first what is legal
        for (std::size_t i = 0; i < targets.size(); ++i) {
            const auto to = endOfNode(m_graph, targets[i]);
            if (m_judgeConnection && m_judgeConnection(m_connect->from, *to).legal()) {
                next = i;
                break;
            }
        }
    }
    if (!m_autoFit)
        ensureVisible(m_layout.nodes[static_cast<std::size_t>(targets[next])].rect, 24, 24);
    aimAt(targets[next], tipAt(targets[next]));
}

void PolicyMap::finishConnect()
{
    const Connect done = *m_connect;
    m_connect.reset();
    viewport()->update();
    const auto to = endOfNode(m_graph, done.target);
    if (!to) {
        Q_EMIT gestureSaid(QString(), true);
        return;
    }
    if (!done.verdict.legal()) { // the reason stays to be read
        Q_EMIT gestureSaid(done.verdict.why, false);
        return;
    }
    Q_EMIT gestureSaid(QString(), true);
    Q_EMIT connectRequested(done.from, *to, viewport()->mapToGlobal(mapFromScene(done.tip)));
}

void PolicyMap::cancelGesture()
{
    if (!m_connect && !m_reorder)
        return;
    if (m_reorder && m_reorder->moved && m_reorder->node < static_cast<int>(m_nodes.size()))
        m_nodes[static_cast<std::size_t>(m_reorder->node)]->setDragged(false);
    const bool was = m_connect || m_reorder->moved;
    m_connect.reset();
    m_reorder.reset();
    if (was)
        Q_EMIT gestureSaid(QString(), true);
    viewport()->update();
}

bool PolicyMap::handleGestureKey(const QKeyEvent& event)
{
    if (event.key() == Qt::Key_Escape && (m_connect || (m_reorder && m_reorder->moved))) {
        cancelGesture();
        return true;
    }
    if (!m_connect)
        return false;
    switch (event.key()) {
    case Qt::Key_Down:
    case Qt::Key_Right:
    case Qt::Key_Tab:
        aimNext(1);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Left:
    case Qt::Key_Backtab:
        aimNext(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        finishConnect();
        return true;
    default:
        return false;
    }
}

/// What is dragged: a node, or one of the lines of the rules' node, which stand in the rules' order.
GraphEnd PolicyMap::draggedEnd() const
{
    const GraphNode& node = m_graph.nodes[static_cast<std::size_t>(m_reorder->node)];
    if (m_reorder->line < 0)
        return endOf(node);
    return {node.kind, m_reorder->line, node.lines[static_cast<std::size_t>(m_reorder->line)].pointer};
}

/// It would stand before the one whose middle is below the pointer.
void PolicyMap::placeDragged(double y)
{
    int before = -1;
    double at = 0;
    const auto comesBefore = [&](int index, const QRectF& rect, double gap) {
        if (y < rect.center().y()) {
            before = index;
            at = rect.top() - gap;
            return true;
        }
        at = rect.bottom() + gap;
        return false;
    };
    if (m_reorder->line >= 0) {
        const auto node = static_cast<std::size_t>(m_reorder->node);
        const auto& lines = m_graph.nodes[node].lines;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const bool isRest = !lines[i].expands.isEmpty(); // further down there are more
            if (isRest)
                before = static_cast<int>(i);
            if (isRest || comesBefore(static_cast<int>(i), m_layout.nodes[node].lines[i], 0))
                break;
        }
    } else {
        const GraphNode::Kind kind = draggedEnd().kind;
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const GraphNode& node = m_graph.nodes[i];
            if (node.kind == kind && comesBefore(node.index, m_layout.nodes[i].rect, 12))
                break;
        }
    }
    m_reorder->before = before;
    m_reorder->y = at;
}

void PolicyMap::dragNode(const QPoint& position)
{
    const auto node = static_cast<std::size_t>(m_reorder->node);
    if (!m_reorder->moved) {
        const QPoint by = position - m_reorder->from;
        if (by.manhattanLength() < kDragFrom)
            return;
        const GraphNode::Kind kind = m_graph.nodes[node].kind;
        if (m_reorder->line < 0 && kind != GraphNode::Kind::Tier && kind != GraphNode::Kind::Stage) {
            m_reorder.reset();
            m_panFrom = position; // what has no order drags the whole map
            m_panned = true;
            return;
        }
        m_reorder->moved = true;
        if (m_reorder->line < 0)
            m_nodes[node]->setDragged(true);
        viewport()->setCursor(Qt::SizeVerCursor);
    }
    placeDragged(mapToScene(position).y());
    m_reorder->verdict = m_judgeOrder ? m_judgeOrder(draggedEnd(), m_reorder->before) : ConnectionVerdict();
    Q_EMIT gestureSaid(m_reorder->verdict.sentence(), m_reorder->verdict.legal());
    viewport()->update();
}

void PolicyMap::finishReorder()
{
    const Reorder done = *m_reorder;
    const GraphEnd moved = draggedEnd();
    cancelGesture();
    viewport()->setCursor(Qt::ArrowCursor);
    if (done.moved && done.verdict.legal())
        Q_EMIT reorderRequested(moved, done.before);
}

bool PolicyMap::handleGestureMove(const QPoint& position)
{
    if (m_connect) {
        const QPointF point = mapToScene(position);
        const int node = nodeAt(point);
        aimAt(node, node < 0 ? point : tipAt(node));
        return true;
    }
    if (m_reorder) {
        dragNode(position);
        return true;
    }
    return false;
}

bool PolicyMap::handleGestureRelease()
{
    if (m_connect && !m_connect->byKey) {
        finishConnect();
        return true;
    }
    if (m_reorder) {
        finishReorder();
        return true;
    }
    return false;
}

/// A rubber band, green and whole where it may end, red and dashed with a cross where it may not; a bar where
/// a dragged node would stand.
void PolicyMap::paintGesture(QPainter* painter)
{
    const ThemeColors& colors = Theme::instance().colors();
    if (m_connect) {
        const bool aims = m_connect->target >= 0;
        const bool legal = aims && m_connect->verdict.legal();
        const QColor color = !aims ? colors.accent : legal ? colors.good : colors.bad;
        QPen pen(color, 2.2);
        if (aims && !legal)
            pen.setDashPattern({4, 3});
        painter->setPen(pen);
        painter->setBrush(Qt::NoBrush);
        QPainterPath band(m_connect->start);
        const QPointF delta = m_connect->tip - m_connect->start;
        const QPointF reach(std::max(30.0, std::abs(delta.x()) * 0.45), 0);
        const bool fromRight =
            aims && delta.x() < 60 &&
            m_connect->tip.x() >
                m_layout.nodes[static_cast<std::size_t>(m_connect->target)].rect.center().x();
        band.cubicTo(m_connect->start + reach, fromRight ? m_connect->tip + reach : m_connect->tip - reach,
                     m_connect->tip);
        painter->drawPath(band);
        if (!aims)
            return;
        const QRectF rect = m_layout.nodes[static_cast<std::size_t>(m_connect->target)].rect;
        painter->drawRoundedRect(rect.adjusted(-3, -3, 3, 3), 10, 10);
        const QRectF mark(m_connect->tip - QPointF(10, 10), QSizeF(20, 20));
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawEllipse(mark);
        painter->setPen(QPen(colors.panel, 2, Qt::SolidLine, Qt::RoundCap));
        const QPointF middle = mark.center();
        if (legal) {
            painter->drawPolyline(
                QPolygonF({middle + QPointF(-4, 0), middle + QPointF(-1, 3), middle + QPointF(4, -4)}));
        } else {
            painter->drawLine(middle + QPointF(-3.5, -3.5), middle + QPointF(3.5, 3.5));
            painter->drawLine(middle + QPointF(-3.5, 3.5), middle + QPointF(3.5, -3.5));
        }
    }
    if (m_reorder && m_reorder->moved) {
        const QRectF rect = m_layout.nodes[static_cast<std::size_t>(m_reorder->node)].rect;
        const QColor color = m_reorder->verdict.legal() ? colors.accent : colors.faint;
        painter->setPen(QPen(color, 3, Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(QPointF(rect.left() - 8, m_reorder->y), QPointF(rect.right() + 8, m_reorder->y));
        painter->setBrush(color);
        painter->setPen(Qt::NoPen);
        painter->drawEllipse(QPointF(rect.left() - 8, m_reorder->y), 5, 5);
    }
}

void PolicyMap::focusOutEvent(QFocusEvent* event)
{
    QGraphicsView::focusOutEvent(event);
    if (m_connect && m_connect->byKey && event->reason() != Qt::PopupFocusReason &&
        event->reason() != Qt::ActiveWindowFocusReason)
        cancelGesture();
    viewport()->update();
}

} // namespace signalbox
