// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/policy_map.h"

#include "ui/policy/policy_selection.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace signalbox {

namespace {

constexpr double kLeastZoom = 0.2;
constexpr double kMostZoom = 4;
constexpr double kMostFit = 1.15;
// A drag over this many pixels goes through the whole range.
constexpr double kDragPixels = 260;

NodeProblems problemsUnder(const std::vector<Diagnostic>& diagnostics, const QStringList& roots)
{
    NodeProblems found;
    for (const Diagnostic& diagnostic : diagnostics) {
        if (diagnostic.severity == Severity::Note)
            continue;
        const QString pointer = QString::fromStdString(diagnostic.pointer);
        if (!std::any_of(roots.begin(), roots.end(),
                         [&](const QString& root) { return liesWithin(pointer, root); }))
            continue;
        ++found.count;
        if (diagnostic.severity < found.worst)
            found.worst = diagnostic.severity;
    }
    return found;
}

} // namespace

PolicyMap::PolicyMap(PolicySelection& selection, QWidget* parent)
    : QGraphicsView(parent), m_selection(selection)
{
    setScene(new QGraphicsScene(this));
    scene()->setItemIndexMethod(QGraphicsScene::NoIndex); // rebuilt whole, and small
    setObjectName(QStringLiteral("policyMap"));
    setAccessibleName(tr("Policy map"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // panned by dragging, the wheel and the keys
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setRenderHint(QPainter::Antialiasing);
    setTransformationAnchor(QGraphicsView::AnchorUnderMouse);
    setFocusPolicy(Qt::StrongFocus);
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setMinimumSize(240, 160);
    connect(&selection, &PolicySelection::changed, this, [this] {
        refreshSelection();
        showElement(m_selection.element());
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] { rebuild(); });
}

PolicyMap::~PolicyMap() = default;

void PolicyMap::setGraph(PolicyGraph graph, const std::vector<Diagnostic>& diagnostics)
{
    m_graph = std::move(graph);
    m_diagnostics = diagnostics;
    rebuild();
}

void PolicyMap::rebuild()
{
    m_nodes.clear();
    m_edges.clear();
    m_pills.clear();
    m_stops.clear();
    scene()->clear();
    m_layout = layoutOf(m_graph, measureMapText);

    for (std::size_t i = 0; i < m_graph.edges.size(); ++i) {
        m_edges.push_back(new EdgeItem(m_graph.edges[i], m_layout.edges[i]));
        scene()->addItem(m_edges.back());
    }
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
        const GraphNode& node = m_graph.nodes[i];
        const NodeBox& box = m_layout.nodes[i];
        m_nodes.push_back(new NodeItem(node, box, problemsUnder(m_diagnostics, node.problemRoots)));
        scene()->addItem(m_nodes.back());
        m_stops.push_back({node.pointer, box.rect, static_cast<int>(i), -1, -1, -1});
        for (std::size_t line = 0; line < node.lines.size(); ++line) {
            if (!node.lines[line].pointer.isEmpty())
                m_stops.push_back({node.lines[line].pointer, box.lines[line], static_cast<int>(i),
                                   static_cast<int>(line), -1, -1});
        }
    }
    for (const PillBox& box : m_layout.pills) {
        const GraphEdge& edge = m_graph.edges[static_cast<std::size_t>(box.edge)];
        const GraphPill& pill = edge.pills[static_cast<std::size_t>(box.pill)];
        const NodeProblems problems = problemsUnder(m_diagnostics, {pill.pointer});
        const bool own = problems.count > 0 && edge.kind == GraphEdge::Kind::Escalation;
        m_pills.push_back(
            new PillItem(edge, pill, box.rect, own ? std::optional(problems.worst) : std::nullopt));
        scene()->addItem(m_pills.back());
        m_stops.push_back({pill.pointer, box.rect, -1, -1, box.edge, box.pill});
    }
    // Reading order: the nodes from left to right with what leaves them behind each.
    std::stable_sort(m_stops.begin(), m_stops.end(), [this](const Stop& a, const Stop& b) {
        const auto owner = [this](const Stop& stop) {
            return stop.edge < 0 ? stop.node : m_graph.edges[static_cast<std::size_t>(stop.edge)].from;
        };
        return std::pair(owner(a), a.edge >= 0) < std::pair(owner(b), b.edge >= 0);
    });

    QRectF room = m_layout.bounds;
    scene()->setSceneRect(room.adjusted(-160, -120, 160, 120));
    refreshSelection();
    if (m_autoFit && !m_drag) // the drawing holds still under a drag
        fit();
    describeSelf();
    viewport()->update();
}

void PolicyMap::refreshSelection()
{
    const QString element = m_selection.element();
    const bool stays = m_stop >= 0 && m_stop < static_cast<int>(m_stops.size()) &&
                       m_stops[static_cast<std::size_t>(m_stop)].pointer == element;
    if (!stays) {
        m_stop = -1;
        for (std::size_t i = 0; i < m_stops.size() && m_stop < 0; ++i) {
            if (m_stops[i].pointer == element)
                m_stop = static_cast<int>(i);
        }
    }
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        const GraphNode& node = m_graph.nodes[i];
        int selectedLine = -1;
        for (std::size_t line = 0; line < node.lines.size(); ++line) {
            if (!node.lines[line].pointer.isEmpty() && node.lines[line].pointer == element)
                selectedLine = static_cast<int>(line);
        }
        m_nodes[i]->setSelected(node.pointer == element, selectedLine);
    }
    std::vector<char> highlighted(m_edges.size(), 0);
    for (std::size_t i = 0; i < m_pills.size(); ++i) {
        const PillBox& box = m_layout.pills[i];
        const auto edge = static_cast<std::size_t>(box.edge);
        const GraphPill& pill = m_graph.edges[edge].pills[static_cast<std::size_t>(box.pill)];
        const bool selected =
            !element.isEmpty() && pill.pointer == element && element != QLatin1String("/router");
        m_pills[i]->setSelected(selected);
        if (selected)
            highlighted[edge] = 1;
    }
    for (std::size_t i = 0; i < m_edges.size(); ++i)
        m_edges[i]->setHighlighted(highlighted[i] != 0);
    describeSelf();
}

void PolicyMap::describeSelf()
{
    QString text = describe(m_graph);
    if (m_stop >= 0) {
        const Stop& stop = m_stops[static_cast<std::size_t>(m_stop)];
        const GraphPill* pill = pillOf(stop);
        const QString name = pill             ? pill->text
                             : stop.line >= 0 ? m_graph.nodes[static_cast<std::size_t>(stop.node)]
                                                    .lines[static_cast<std::size_t>(stop.line)]
                                                    .text
                                              : m_graph.nodes[static_cast<std::size_t>(stop.node)].title;
        text = tr("Selected: %1").arg(name) + QLatin1Char('\n') + text;
    }
    setAccessibleDescription(text);
}

void PolicyMap::fit()
{
    m_autoFit = true;
    if (m_layout.bounds.isEmpty() || viewport()->width() < 20)
        return;
    const double zoom = std::clamp(std::min(viewport()->width() / m_layout.bounds.width(),
                                            viewport()->height() / m_layout.bounds.height()),
                                   kLeastZoom, kMostFit);
    setTransform(QTransform::fromScale(zoom, zoom));
    centerOn(m_layout.bounds.center());
    noteZoom();
}

void PolicyMap::zoomBy(double factor)
{
    m_autoFit = false;
    const double target = std::clamp(zoom() * factor, kLeastZoom, kMostZoom);
    scale(target / zoom(), target / zoom());
    noteZoom();
}

void PolicyMap::resetZoom()
{
    m_autoFit = false;
    setTransform({});
    noteZoom();
}

void PolicyMap::noteZoom()
{
    Q_EMIT zoomChanged(zoom());
}

void PolicyMap::showElement(const QString& pointer)
{
    for (const Stop& stop : m_stops) {
        if (stop.pointer != pointer)
            continue;
        if (!m_autoFit)
            ensureVisible(stop.rect, 24, 24);
        return;
    }
}

const PolicyMap::Stop* PolicyMap::stopAt(const QPoint& position) const
{
    const QPointF point = mapToScene(position);
    const Stop* found = nullptr;
    const auto rank = [](const Stop& stop) { return stop.edge >= 0 ? 2 : stop.line >= 0 ? 1 : 0; };
    for (const Stop& stop : m_stops) {
        if (stop.rect.adjusted(-2, -2, 2, 2).contains(point) && (!found || rank(stop) > rank(*found)))
            found = &stop;
    }
    return found;
}

const GraphPill* PolicyMap::pillOf(const Stop& stop) const
{
    if (stop.edge < 0)
        return nullptr;
    return &m_graph.edges[static_cast<std::size_t>(stop.edge)].pills[static_cast<std::size_t>(stop.pill)];
}

const GraphPill* PolicyMap::currentPill() const
{
    return m_stop < 0 ? nullptr : pillOf(m_stops[static_cast<std::size_t>(m_stop)]);
}

void PolicyMap::selectStop(int index)
{
    if (index < 0 || index >= static_cast<int>(m_stops.size()))
        return;
    m_stop = index;
    const QString pointer = m_stops[static_cast<std::size_t>(index)].pointer;
    m_selection.select(pointer);
    if (!m_autoFit)
        ensureVisible(m_stops[static_cast<std::size_t>(index)].rect, 24, 24);
    refreshSelection();
    viewport()->update();
}

void PolicyMap::moveSpatially(int dx, int dy)
{
    if (m_stops.empty())
        return;
    if (m_stop < 0) {
        selectStop(0);
        return;
    }
    const Stop& here = m_stops[static_cast<std::size_t>(m_stop)];
    const QPointF from = here.rect.center();
    int best = -1;
    double bestCost = 0;
    for (std::size_t i = 0; i < m_stops.size(); ++i) {
        if (static_cast<int>(i) == m_stop)
            continue;
        const Stop& stop = m_stops[i];
        const QPointF delta = stop.rect.center() - from;
        const double along = delta.x() * dx + delta.y() * dy;
        const double across = std::abs(delta.x() * dy) + std::abs(delta.y() * dx);
        if (along < 4 || across > along * 2.5 + 12)
            continue;
        const double cost = along + across * 2;
        if (best < 0 || cost < bestCost) {
            best = static_cast<int>(i);
            bestCost = cost;
        }
    }
    selectStop(best);
}

void PolicyMap::nudge(int steps)
{
    const GraphPill* pill = currentPill();
    if (!pill || !pill->tunable)
        return;
    const GraphTunable tunable = *pill->tunable;
    const double value = std::clamp(tunable.value + steps * tunable.step, tunable.low, tunable.high);
    if (value != tunable.value)
        Q_EMIT thresholdMoved(tunable, value);
}

bool PolicyMap::focusNextPrevChild(bool next)
{
    const int target = m_stop + (next ? 1 : -1);
    if (m_stop >= 0 ? target >= 0 && target < static_cast<int>(m_stops.size()) : next && !m_stops.empty()) {
        selectStop(m_stop < 0 ? 0 : target);
        return true;
    }
    return QGraphicsView::focusNextPrevChild(next);
}

void PolicyMap::focusInEvent(QFocusEvent* event)
{
    QGraphicsView::focusInEvent(event);
    if (m_stop < 0 && (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason))
        selectStop(0);
    viewport()->update();
}

void PolicyMap::keyPressEvent(QKeyEvent* event)
{
    const bool control = event->modifiers() & Qt::ControlModifier;
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const bool alt = event->modifiers() & Qt::AltModifier;
    event->accept();
    switch (event->key()) {
    case Qt::Key_Left:
        shift ? nudge(-1) : moveSpatially(-1, 0);
        return;
    case Qt::Key_Right:
        shift ? nudge(1) : moveSpatially(1, 0);
        return;
    case Qt::Key_Up:
        if (alt)
            Q_EMIT moveRequested(-1);
        else
            moveSpatially(0, -1);
        return;
    case Qt::Key_Down:
        if (alt)
            Q_EMIT moveRequested(1);
        else
            moveSpatially(0, 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_selection.editFirstField();
        return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT deleteRequested();
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        if (control) {
            zoomBy(1.25);
            return;
        }
        break;
    case Qt::Key_Minus:
        if (control) {
            zoomBy(0.8);
            return;
        }
        break;
    case Qt::Key_0:
        if (control) {
            fit();
            return;
        }
        break;
    default:
        break;
    }
    event->ignore();
    QGraphicsView::keyPressEvent(event);
}

void PolicyMap::mousePressEvent(QMouseEvent* event)
{
    setFocus(Qt::MouseFocusReason);
    if (event->button() == Qt::MiddleButton) {
        m_panFrom = event->position().toPoint();
        m_panned = true;
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    const Stop* stop = stopAt(event->position().toPoint());
    if (!stop) {
        m_panFrom = event->position().toPoint();
        m_panned = false;
        return;
    }
    if (const GraphPill* pill = pillOf(*stop); pill && pill->tunable)
        m_drag = Drag{*pill->tunable, event->position().toPoint(), pill->tunable->value, pill->tunable->value,
                      false};
    selectStop(static_cast<int>(stop - m_stops.data()));
}

void PolicyMap::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (m_drag) {
        const int dx = at.x() - m_drag->from.x();
        if (!m_drag->moved && std::abs(dx) < 4)
            return;
        m_drag->moved = true;
        const GraphTunable& tunable = m_drag->tunable;
        const double raw = m_drag->startValue + dx / kDragPixels * (tunable.high - tunable.low);
        const double stepped = tunable.low + std::round((raw - tunable.low) / tunable.step) * tunable.step;
        const double value = std::clamp(stepped, tunable.low, tunable.high);
        if (std::abs(value - m_drag->value) > tunable.step / 1000) {
            m_drag->value = value;
            Q_EMIT thresholdMoved(tunable, value);
        }
        viewport()->update();
        return;
    }
    if (m_panFrom) {
        const QPoint by = at - *m_panFrom;
        if (!m_panned && by.manhattanLength() < 4)
            return;
        m_panned = true;
        m_autoFit = false;
        m_panFrom = at;
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
        verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
        viewport()->setCursor(Qt::ClosedHandCursor);
        return;
    }
    const Stop* stop = stopAt(at);
    const GraphPill* pill = stop ? pillOf(*stop) : nullptr;
    viewport()->setCursor(pill && pill->tunable ? Qt::SizeHorCursor
                          : stop                ? Qt::PointingHandCursor
                                                : Qt::ArrowCursor);
}

void PolicyMap::mouseReleaseEvent(QMouseEvent*)
{
    if (m_drag) {
        const bool moved = m_drag->moved;
        m_drag.reset();
        if (moved) {
            Q_EMIT thresholdReleased();
            if (m_autoFit)
                fit();
        }
        viewport()->update();
    }
    if (m_panFrom) {
        if (!m_panned)
            m_selection.select(QString());
        m_panFrom.reset();
        viewport()->setCursor(Qt::ArrowCursor);
    }
}

void PolicyMap::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (stopAt(event->position().toPoint()))
        m_selection.editFirstField();
    else
        fit();
}

void PolicyMap::wheelEvent(QWheelEvent* event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        zoomBy(std::pow(1.0015, event->angleDelta().y()));
        event->accept();
        return;
    }
    if (!m_autoFit)
        QGraphicsView::wheelEvent(event);
}

void PolicyMap::resizeEvent(QResizeEvent* event)
{
    QGraphicsView::resizeEvent(event);
    if (m_autoFit)
        fit();
}

bool PolicyMap::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const Stop* stop = stopAt(help->pos());
        const GraphPill* pill = stop ? pillOf(*stop) : nullptr;
        QString text;
        if (pill) {
            text = pill->text;
            if (!pill->toolTip.isEmpty())
                text += QLatin1Char('\n') + pill->toolTip;
            if (pill->tunable)
                text += QLatin1Char('\n') +
                        tr("Drag, or press Shift+Left and Shift+Right, to move the threshold");
        }
        QToolTip::showText(help->globalPos(), text, viewport());
        return true;
    }
    return QGraphicsView::viewportEvent(event);
}

void PolicyMap::drawBackground(QPainter* painter, const QRectF& rect)
{
    const ThemeColors& colors = Theme::instance().colors();
    painter->fillRect(rect, colors.canvas);
    constexpr double pitch = 24;
    painter->setPen(QPen(colors.hairline, 1.6, Qt::SolidLine, Qt::RoundCap));
    QPolygonF dots;
    for (double x = std::floor(rect.left() / pitch) * pitch; x < rect.right(); x += pitch) {
        for (double y = std::floor(rect.top() / pitch) * pitch; y < rect.bottom(); y += pitch)
            dots.append(QPointF(x, y));
    }
    painter->drawPoints(dots);
}

/// The frame of the focus, and the range of the threshold that is selected or dragged.
void PolicyMap::drawForeground(QPainter* painter, const QRectF&)
{
    const ThemeColors& colors = Theme::instance().colors();
    if (m_stop < 0 || m_stop >= static_cast<int>(m_stops.size()))
        return;
    const Stop& stop = m_stops[static_cast<std::size_t>(m_stop)];
    painter->setRenderHint(QPainter::Antialiasing);
    if (hasFocus() && !m_drag) {
        painter->setPen(QPen(colors.accent, 1, Qt::DotLine));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(stop.rect.adjusted(-4, -4, 4, 4), 10, 10);
    }
    const GraphPill* pill = pillOf(stop);
    if (!m_drag || !pill || !pill->tunable)
        return;
    const GraphTunable& tunable = *pill->tunable;
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
