// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/policy_map.h"

#include "ui/policy/policy_selection.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
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
constexpr double kReadableZoom = 0.5;
// A drag over this many pixels goes through the whole range.
constexpr double kDragPixels = 260;

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

void PolicyMap::setJudges(JudgeConnection connection, JudgeOrder order)
{
    m_judgeConnection = std::move(connection);
    m_judgeOrder = std::move(order);
}

void PolicyMap::setGraph(PolicyGraph graph, const std::vector<Diagnostic>& diagnostics)
{
    std::vector<MapProblem> problems = mapProblems(diagnostics);
    if (graph == m_graph && problems == m_problems && !m_nodes.empty())
        return;
    cancelGesture();
    m_graph = std::move(graph);
    m_problems = std::move(problems);
    m_nodeProblems.clear();
    for (const GraphNode& node : m_graph.nodes)
        m_nodeProblems.push_back(problemsUnder(m_problems, node.problemRoots));
    rebuild();
}

void PolicyMap::rebuild()
{
    m_nodes.clear();
    m_edges.clear();
    m_pills.clear();
    m_stops.clear();
    m_hovered = -1;
    scene()->clear();
    m_layout = layoutOf(m_graph, measureMapText);

    for (const QRectF& group : m_layout.groups)
        scene()->addItem(new GroupItem(group));
    for (std::size_t i = 0; i < m_graph.edges.size(); ++i) {
        m_edges.push_back(new EdgeItem(m_graph.edges[i], m_layout.edges[i]));
        scene()->addItem(m_edges.back());
    }
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
        m_nodes.push_back(new NodeItem(m_graph.nodes[i], m_layout.nodes[i], m_nodeProblems[i]));
        scene()->addItem(m_nodes.back());
    }
    for (const PillBox& box : m_layout.pills) {
        const GraphEdge& edge = m_graph.edges[static_cast<std::size_t>(box.edge)];
        const GraphPill& pill = edge.pills[static_cast<std::size_t>(box.pill)];
        const NodeProblems problems =
            pill.expands.isEmpty() && pill.pointer != QLatin1String("/router/otherwise")
                ? problemsUnder(m_problems, QStringList(pill.pointer) + pill.problemRoots)
                : NodeProblems();
        m_pills.push_back(new PillItem(edge, pill, box.rect,
                                       problems.count > 0 ? std::optional(problems.worst) : std::nullopt));
        scene()->addItem(m_pills.back());
    }
    addStops();
    scene()->setSceneRect(m_layout.bounds.adjusted(-160, -120, 160, 120));
    refreshSelection();
    if (m_autoFit && !m_drag) // the drawing holds still under a drag
        fit();
    viewport()->update();
    Q_EMIT viewChanged();
}

void PolicyMap::refreshSelection()
{
    const QString pointer = m_selection.pointer();
    const Stop* here = current();
    if (!here || here->pointer != pointer) {
        const int found = stopFor(pointer);
        const bool isAround =
            here && found >= 0 && m_stops[static_cast<std::size_t>(found)].pointer == here->pointer;
        if (!isAround)
            m_stop = found;
    }
    const QString shown = current() && !current()->pointer.isEmpty() ? current()->pointer : QString();
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        const GraphNode& node = m_graph.nodes[i];
        int selectedLine = -1;
        for (std::size_t line = 0; line < node.lines.size(); ++line) {
            if (!shown.isEmpty() && node.lines[line].pointer == shown)
                selectedLine = static_cast<int>(line);
        }
        const bool isMine = current() && current()->node == static_cast<int>(i) && current()->line < 0;
        m_nodes[i]->setSelected((!shown.isEmpty() && node.pointer == shown) || isMine, selectedLine);
    }
    std::vector<char> highlighted(m_edges.size(), 0);
    for (std::size_t i = 0; i < m_pills.size(); ++i) {
        const PillBox& box = m_layout.pills[i];
        const auto edge = static_cast<std::size_t>(box.edge);
        const GraphPill& pill = m_graph.edges[edge].pills[static_cast<std::size_t>(box.pill)];
        const bool selected = !shown.isEmpty() && pill.pointer == shown && pill.expands.isEmpty();
        m_pills[i]->setSelected(selected);
        if (selected)
            highlighted[edge] = 1;
    }
    if (current() && current()->edge >= 0)
        highlighted[static_cast<std::size_t>(current()->edge)] = 1;
    for (std::size_t i = 0; i < m_edges.size(); ++i)
        m_edges[i]->setHighlighted(highlighted[i] != 0);
    describeSelf();
}

void PolicyMap::fit()
{
    m_autoFit = true;
    m_startFit = false;
    if (m_layout.bounds.isEmpty() || viewport()->width() < 20)
        return;
    const double zoom = std::clamp(std::min(viewport()->width() / m_layout.bounds.width(),
                                            viewport()->height() / m_layout.bounds.height()),
                                   kLeastZoom, kMostFit);
    setTransform(QTransform::fromScale(zoom, zoom));
    centerOn(m_layout.bounds.center());
    noteZoom();
}

void PolicyMap::fitForStart()
{
    fit();
    m_startFit = true;
    if (zoom() >= kReadableZoom || m_layout.nodes.empty())
        return;
    m_autoFit = false;
    setTransform(QTransform::fromScale(kReadableZoom, kReadableZoom));
    const QRectF view = shownRect();
    QPointF middle = m_layout.nodes.front().rect.center();
    middle.rx() = m_layout.bounds.left() + view.width() / 2;
    centerOn(middle);
    noteZoom();
}

QRectF PolicyMap::shownRect() const
{
    return mapToScene(viewport()->rect()).boundingRect();
}

bool PolicyMap::showsEverything() const
{
    return shownRect().adjusted(-2, -2, 2, 2).contains(m_layout.bounds);
}

void PolicyMap::showPlace(const QPointF& scenePoint)
{
    m_autoFit = false;
    m_startFit = false;
    centerOn(scenePoint);
}

void PolicyMap::zoomBy(double factor)
{
    m_autoFit = false;
    m_startFit = false;
    const double target = std::clamp(zoom() * factor, kLeastZoom, kMostZoom);
    scale(target / zoom(), target / zoom());
    noteZoom();
}

void PolicyMap::resetZoom()
{
    m_autoFit = false;
    m_startFit = false;
    setTransform({});
    noteZoom();
}

void PolicyMap::noteZoom()
{
    Q_EMIT zoomChanged(zoom());
    Q_EMIT viewChanged();
}

void PolicyMap::scrollContentsBy(int dx, int dy)
{
    QGraphicsView::scrollContentsBy(dx, dy);
    Q_EMIT viewChanged();
}

void PolicyMap::showElement(const QString& pointer)
{
    const int stop = stopFor(pointer);
    if (stop >= 0 && !pointer.isEmpty() && !m_autoFit)
        ensureVisible(m_stops[static_cast<std::size_t>(stop)].rect, 24, 24);
}

void PolicyMap::selectStop(int index)
{
    if (index < 0 || index >= static_cast<int>(m_stops.size()))
        return;
    m_stop = index;
    const Stop stop = m_stops[static_cast<std::size_t>(index)];
    if (expandsAt(stop).isEmpty() || stop.line < 0) // a list's "and 12 more" is no element
        m_selection.select(stop.pointer);
    m_stop = index < static_cast<int>(m_stops.size()) ? index : -1;
    if (!m_autoFit)
        ensureVisible(stop.rect, 24, 24);
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

bool PolicyMap::handleZoomKey(const QKeyEvent& event)
{
    if (!(event.modifiers() & Qt::ControlModifier))
        return false;
    switch (event.key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(1.25);
        return true;
    case Qt::Key_Minus:
        zoomBy(0.8);
        return true;
    case Qt::Key_0:
        fit();
        return true;
    case Qt::Key_1:
        resetZoom();
        return true;
    default:
        return false;
    }
}

void PolicyMap::keyPressEvent(QKeyEvent* event)
{
    event->accept();
    if (handleGestureKey(*event) || handleZoomKey(*event))
        return;
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const bool alt = event->modifiers() & Qt::AltModifier;
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
        if (const Stop* stop = current(); stop && !expandsAt(*stop).isEmpty())
            Q_EMIT expandRequested(expandsAt(*stop));
        else
            m_selection.editFirstField();
        return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT deleteRequested();
        return;
    default:
        break;
    }
    event->ignore();
    QGraphicsView::keyPressEvent(event);
}

void PolicyMap::mousePressEvent(QMouseEvent* event)
{
    setFocus(Qt::MouseFocusReason);
    const QPoint at = event->position().toPoint();
    if (event->button() == Qt::MiddleButton) {
        m_panFrom = at;
        m_panned = true;
        return;
    }
    if (event->button() == Qt::RightButton) { // the menu is of what lies under it
        const Stop* stop = stopAt(at);
        selectStop(stop ? static_cast<int>(stop - m_stops.data()) : -1);
        if (!stop) {
            m_stop = -1;
            m_selection.select(QString());
            refreshSelection();
        }
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    if (m_connect) { // begun by keyboard, ended by mouse
        handleGestureMove(at);
        finishConnect();
        return;
    }
    if (const QString problem = badgePointer(at); !problem.isEmpty()) {
        Q_EMIT problemRequested(problem);
        return;
    }
    if (const int node = portAt(at); node >= 0) {
        beginConnect(endOf(m_graph.nodes[static_cast<std::size_t>(node)]),
                     portOf(m_layout.nodes[static_cast<std::size_t>(node)].rect), false);
        return;
    }
    const Stop* stop = stopAt(at);
    if (!stop) {
        m_panFrom = at;
        m_panned = false;
        return;
    }
    if (const QString list = expandsAt(*stop); !list.isEmpty()) {
        Q_EMIT expandRequested(list);
        return;
    }
    if (const GraphPill* pill = pillOf(*stop); pill && pill->tunable)
        m_drag = Drag{*pill->tunable, at, pill->tunable->value, pill->tunable->value, false};
    else if (stop->node >= 0 && stop->line < 0)
        m_reorder = Reorder{stop->node, at, false, -1, 0, {}, -1};
    else if (stop->node >= 0 &&
             m_graph.nodes[static_cast<std::size_t>(stop->node)].kind == GraphNode::Kind::Rules)
        m_reorder = Reorder{stop->node, at, false, -1, 0, {}, stop->line};
    selectStop(static_cast<int>(stop - m_stops.data()));
}

void PolicyMap::dragThreshold(const QPoint& position)
{
    const int dx = position.x() - m_drag->from.x();
    if (!m_drag->moved && std::abs(dx) < 4)
        return;
    m_drag->moved = true;
    const GraphTunable tunable = m_drag->tunable;
    const double raw = m_drag->startValue + dx / kDragPixels * (tunable.high - tunable.low);
    const double stepped = tunable.low + std::round((raw - tunable.low) / tunable.step) * tunable.step;
    const double value = std::clamp(stepped, tunable.low, tunable.high);
    if (std::abs(value - m_drag->value) > tunable.step / 1000) {
        m_drag->value = value;
        Q_EMIT thresholdMoved(tunable, value);
    }
    viewport()->update();
}

void PolicyMap::hover(const QPoint& position)
{
    const int port = portAt(position);
    const int node = port >= 0 ? port : nodeAt(mapToScene(position));
    if (node != m_hovered) {
        if (m_hovered >= 0)
            m_nodes[static_cast<std::size_t>(m_hovered)]->setHovered(false);
        if (node >= 0)
            m_nodes[static_cast<std::size_t>(node)]->setHovered(true);
        m_hovered = node;
    }
    const Stop* stop = stopAt(position);
    const GraphPill* pill = stop ? pillOf(*stop) : nullptr;
    viewport()->setCursor(port >= 0               ? Qt::CrossCursor
                          : pill && pill->tunable ? Qt::SizeHorCursor
                          : stop                  ? Qt::PointingHandCursor
                                                  : Qt::ArrowCursor);
}

void PolicyMap::leaveEvent(QEvent* event)
{
    QGraphicsView::leaveEvent(event);
    if (m_hovered >= 0)
        m_nodes[static_cast<std::size_t>(m_hovered)]->setHovered(false);
    m_hovered = -1;
}

void PolicyMap::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (m_drag) {
        dragThreshold(at);
        return;
    }
    if (handleGestureMove(at))
        return;
    if (m_panFrom) {
        const QPoint by = at - *m_panFrom;
        if (!m_panned && by.manhattanLength() < 4)
            return;
        m_panned = true;
        m_autoFit = false;
        m_startFit = false;
        m_panFrom = at;
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
        verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
        viewport()->setCursor(Qt::ClosedHandCursor);
        return;
    }
    hover(at);
}

void PolicyMap::mouseReleaseEvent(QMouseEvent*)
{
    if (handleGestureRelease())
        return;
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
    cancelGesture();
    if (stopAt(event->position().toPoint()))
        m_selection.editFirstField();
    else
        fit();
}

void PolicyMap::contextMenuEvent(QContextMenuEvent* event)
{
    cancelGesture();
    if (event->reason() != QContextMenuEvent::Keyboard) {
        Q_EMIT menuRequested(event->globalPos());
        return;
    }
    const QRect rect = currentRect();
    Q_EMIT menuRequested(
        viewport()->mapToGlobal(rect.isEmpty() ? viewport()->rect().center() : rect.center()));
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
    if (m_startFit)
        fitForStart();
    else if (m_autoFit)
        fit();
}

bool PolicyMap::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QGraphicsView::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString text;
    const QPointF point = mapToScene(help->pos());
    for (std::size_t i = 0; i < m_layout.nodes.size(); ++i) {
        if (m_nodeProblems[i].count > 0 && badgeRect(m_layout.nodes[i].rect).contains(point))
            text = m_nodeProblems[i].list;
    }
    const Stop* stop = text.isEmpty() ? stopAt(help->pos()) : nullptr;
    if (portAt(help->pos()) >= 0 && text.isEmpty())
        text = tr("Drag to a tier or a person to connect");
    else if (stop)
        text = toolTipOf(*stop);
    QToolTip::showText(help->globalPos(), text, viewport());
    return true;
}

} // namespace signalbox
