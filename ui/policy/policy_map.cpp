// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/policy_map.h"

#include "ui/policy/element_pointer.h"
#include "ui/policy/policy_selection.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainterPathStroker>
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

void PolicyMap::addStops()
{
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
        const GraphNode& node = m_graph.nodes[i];
        const NodeBox& box = m_layout.nodes[i];
        m_stops.push_back({node.pointer, box.rect, static_cast<int>(i), -1, -1, -1});
        for (std::size_t line = 0; line < node.lines.size(); ++line) {
            if (!node.lines[line].pointer.isEmpty() || !node.lines[line].expands.isEmpty())
                m_stops.push_back({node.lines[line].pointer, box.lines[line], static_cast<int>(i),
                                   static_cast<int>(line), -1, -1});
        }
    }
    for (const PillBox& box : m_layout.pills) {
        const GraphEdge& edge = m_graph.edges[static_cast<std::size_t>(box.edge)];
        m_stops.push_back(
            {edge.pills[static_cast<std::size_t>(box.pill)].pointer, box.rect, -1, -1, box.edge, box.pill});
    }
    for (std::size_t i = 0; i < m_graph.edges.size(); ++i) {
        const GraphEdge& edge = m_graph.edges[i];
        if (edge.kind != GraphEdge::Kind::Order || !edge.pills.empty())
            continue;
        const QPointF middle = m_layout.edges[i].path.pointAtPercent(0.5);
        m_stops.push_back({QStringLiteral("/cascade/order"), QRectF(middle - QPointF(8, 8), QSizeF(16, 16)),
                           -1, -1, static_cast<int>(i), -1});
    }
    // Reading order: the nodes from left to right with what leaves them behind each.
    std::stable_sort(m_stops.begin(), m_stops.end(), [this](const Stop& a, const Stop& b) {
        const auto owner = [this](const Stop& stop) {
            return stop.edge < 0 ? stop.node : m_graph.edges[static_cast<std::size_t>(stop.edge)].from;
        };
        return std::pair(owner(a), a.edge >= 0) < std::pair(owner(b), b.edge >= 0);
    });
}

/// The stop that shows the element, or the innermost thing around it.
int PolicyMap::stopFor(const QString& pointer) const
{
    int best = -1;
    qsizetype length = 0; // an empty pointer is the whole policy, which nothing stands for
    for (std::size_t i = 0; i < m_stops.size(); ++i) {
        const QString& here = m_stops[i].pointer;
        if (here.size() > length && liesWithin(pointer, here)) {
            best = static_cast<int>(i);
            length = here.size();
        }
    }
    return best;
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

void PolicyMap::describeSelf()
{
    QString text = describe(m_graph);
    if (const Stop* stop = current()) {
        const GraphPill* pill = pillOf(*stop);
        const QString name =
            pill ? pill->detail.isEmpty() ? pill->text : pill->text + QLatin1Char(' ') + pill->detail
            : stop->edge >= 0 ? tr("order")
            : stop->line >= 0 ? m_graph.nodes[static_cast<std::size_t>(stop->node)]
                                    .lines[static_cast<std::size_t>(stop->line)]
                                    .text
                              : m_graph.nodes[static_cast<std::size_t>(stop->node)].title;
        text = tr("Selected: %1").arg(name) + QLatin1Char('\n') + text;
    }
    setAccessibleDescription(text);
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

const PolicyMap::Stop* PolicyMap::stopAt(const QPoint& position) const
{
    const QPointF point = mapToScene(position);
    const Stop* found = nullptr;
    const auto rank = [](const Stop& stop) { return stop.edge >= 0 ? 2 : stop.line >= 0 ? 1 : 0; };
    for (const Stop& stop : m_stops) {
        if (stop.rect.adjusted(-2, -2, 2, 2).contains(point) && (!found || rank(stop) > rank(*found)))
            found = &stop;
    }
    return found ? found : stopOnEdge(point);
}

/// An edge's line is as good as its first pill.
const PolicyMap::Stop* PolicyMap::stopOnEdge(const QPointF& point) const
{
    const double reach = 5 / std::max(zoom(), 0.1);
    const QRectF around(point - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach));
    for (std::size_t i = 0; i < m_layout.edges.size(); ++i) {
        const QPainterPath& path = m_layout.edges[i].path;
        if (!path.boundingRect().adjusted(-reach, -reach, reach, reach).intersects(around))
            continue;
        QPainterPathStroker stroker;
        stroker.setWidth(2 * reach);
        if (!stroker.createStroke(path).contains(point))
            continue;
        for (const Stop& stop : m_stops) {
            if (stop.edge == static_cast<int>(i))
                return &stop;
        }
    }
    return nullptr;
}

int PolicyMap::nodeAt(const QPointF& point) const
{
    for (std::size_t i = 0; i < m_layout.nodes.size(); ++i) {
        if (m_layout.nodes[i].rect.adjusted(-4, -4, 4, 4).contains(point))
            return static_cast<int>(i);
    }
    return -1;
}

int PolicyMap::portAt(const QPoint& position) const
{
    for (std::size_t i = 0; i < m_layout.nodes.size(); ++i) {
        if (!hasPort(m_graph.nodes[i].kind))
            continue;
        const QPoint port = mapFromScene(portOf(m_layout.nodes[i].rect));
        if ((port - position).manhattanLength() <= 11)
            return static_cast<int>(i);
    }
    return -1;
}

QString PolicyMap::badgePointer(const QPoint& position) const
{
    const QPointF point = mapToScene(position);
    for (std::size_t i = 0; i < m_layout.nodes.size(); ++i) {
        if (m_nodeProblems[i].count > 0 && badgeRect(m_layout.nodes[i].rect).contains(point))
            return m_nodeProblems[i].first;
    }
    return {};
}

QString PolicyMap::expandsAt(const Stop& stop) const
{
    if (const GraphPill* pill = pillOf(stop))
        return pill->expands;
    if (stop.node < 0)
        return {};
    const GraphNode& node = m_graph.nodes[static_cast<std::size_t>(stop.node)];
    return stop.line < 0 ? node.expands : node.lines[static_cast<std::size_t>(stop.line)].expands;
}

const GraphPill* PolicyMap::pillOf(const Stop& stop) const
{
    if (stop.edge < 0 || stop.pill < 0)
        return nullptr;
    return &m_graph.edges[static_cast<std::size_t>(stop.edge)].pills[static_cast<std::size_t>(stop.pill)];
}

const PolicyMap::Stop* PolicyMap::current() const
{
    return m_stop < 0 || m_stop >= static_cast<int>(m_stops.size())
               ? nullptr
               : &m_stops[static_cast<std::size_t>(m_stop)];
}

std::optional<GraphEnd> PolicyMap::currentEnd() const
{
    const Stop* stop = current();
    if (!stop)
        return std::nullopt;
    if (stop->node >= 0 && stop->line < 0)
        return endOf(m_graph.nodes[static_cast<std::size_t>(stop->node)]);
    if (stop->node >= 0) { // a rule's route can be led elsewhere
        GraphEnd end = endOf(m_graph.nodes[static_cast<std::size_t>(stop->node)]);
        end.route = end.kind == GraphNode::Kind::Rules ? stop->pointer : QString();
        return end;
    }
    const GraphEdge& edge = m_graph.edges[static_cast<std::size_t>(stop->edge)];
    const GraphPill* pill = pillOf(*stop);
    return pill ? endOf(m_graph.nodes[static_cast<std::size_t>(edge.from)], *pill) : std::nullopt;
}

std::optional<PolicyMap::CurrentPill> PolicyMap::currentPillWithEdge() const
{
    const Stop* stop = current();
    if (!stop || stop->edge < 0)
        return std::nullopt;
    const GraphEdge& edge = m_graph.edges[static_cast<std::size_t>(stop->edge)];
    const GraphEnd from = endOf(m_graph.nodes[static_cast<std::size_t>(edge.from)]);
    if (const GraphPill* pill = pillOf(*stop))
        return CurrentPill{from, *pill};
    // The order's own edge: without it, the later tier leaves the order.
    GraphPill order;
    order.text = tr("order");
    order.pointer =
        QStringLiteral("/cascade/order/%1").arg(m_graph.nodes[static_cast<std::size_t>(edge.to)].name);
    return CurrentPill{from, order};
}

QRect PolicyMap::currentRect() const
{
    const Stop* stop = current();
    return stop ? mapFromScene(stop->rect).boundingRect() : QRect();
}

void PolicyMap::dropCurrent()
{
    m_stop = -1;
}

const GraphPill* PolicyMap::currentPill() const
{
    const Stop* stop = current();
    return stop ? pillOf(*stop) : nullptr;
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
        m_reorder = Reorder{stop->node, at, false, -1, 0, {}};
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

QString PolicyMap::toolTipOf(const Stop& stop) const
{
    if (const GraphPill* pill = pillOf(stop)) {
        QString text =
            pill->detail.isEmpty() ? pill->text : pill->text + QStringLiteral(" · ") + pill->detail;
        if (!pill->toolTip.isEmpty())
            text += QLatin1Char('\n') + pill->toolTip;
        if (pill->tunable)
            text +=
                QLatin1Char('\n') + tr("Drag, or press Shift+Left and Shift+Right, to move the threshold");
        return text;
    }
    if (stop.node < 0)
        return tr("The order of the cascade; no trigger leads this way");
    const GraphNode& node = m_graph.nodes[static_cast<std::size_t>(stop.node)];
    if (stop.line >= 0) {
        const GraphLine& line = node.lines[static_cast<std::size_t>(stop.line)];
        return line.toolTip.isEmpty() ? line.text : line.text + QLatin1Char('\n') + line.toolTip;
    }
    return node.toolTip;
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
