// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The drawing of the policy: zooms, pans, and lets nodes, rules and pills be selected, connected and put in
// order by mouse and keyboard. A pill that stands for a threshold can be dragged. The map changes nothing: it
// tells what was asked for, and draws whatever the policy then says. Which connections are legal it asks a
// judge.

#include "ui/policy/graph_edits.h"
#include "ui/policy/map_items.h"
#include "ui/policy/policy_graph.h"

#include <QGraphicsView>

#include <functional>
#include <vector>

namespace signalbox {

class PolicySelection;

class PolicyMap : public QGraphicsView
{
    Q_OBJECT
public:
    explicit PolicyMap(PolicySelection& selection, QWidget* parent = nullptr);
    ~PolicyMap() override;

    /// Draws another state of the policy; nothing happens when it is the same. Zoom and place stay, unless
    /// the whole drawing is shown anyway.
    void setGraph(PolicyGraph graph, const std::vector<Diagnostic>& diagnostics);
    const PolicyGraph& graph() const { return m_graph; }
    const GraphLayout& graphLayout() const { return m_layout; }

    /// Says whether a connection is legal; and whether a tier or stage can stand before another one.
    using JudgeConnection = std::function<ConnectionVerdict(const GraphEnd& from, const GraphEnd& to)>;
    using JudgeOrder = std::function<ConnectionVerdict(const GraphEnd& moved, int before)>;
    void setJudges(JudgeConnection connection, JudgeOrder order);

    void fit();
    /// Everything when it can be read then, else the beginning at a size that can be read.
    void fitForStart();
    void zoomBy(double factor);
    void resetZoom();
    double zoom() const { return transform().m11(); }
    void showElement(const QString& pointer);  ///< scrolls it into view
    void showPlace(const QPointF& scenePoint); ///< in the middle
    QRectF shownRect() const;                  ///< what of the scene is in view
    bool showsEverything() const;

    /// Begins to connect from what is selected: the arrow keys choose a target, Enter connects, Esc gives up.
    void startConnecting();
    bool isConnecting() const { return m_connect.has_value(); }

    /// What is current on the map: the end that it is, and the pill with its edge's start.
    std::optional<GraphEnd> currentEnd() const;
    struct CurrentPill
    {
        GraphEnd from;
        GraphPill pill;
    };
    std::optional<CurrentPill> currentPillWithEdge() const;
    QRect currentRect() const;                          ///< in the viewport; empty when nothing is current
    QString badgePointer(const QPoint& position) const; ///< of the badge there; "" = none
    void dropCurrent();

Q_SIGNALS:
    void thresholdMoved(const signalbox::GraphTunable& tunable, double value);
    void thresholdReleased();
    void deleteRequested();
    void moveRequested(int by); ///< Alt+Up, Alt+Down
    void connectRequested(const signalbox::GraphEnd& from, const signalbox::GraphEnd& to, const QPoint& at);
    void reorderRequested(const signalbox::GraphEnd& moved, int before);
    void expandRequested(const QString& list);
    void menuRequested(const QPoint& globalPosition);
    void problemRequested(const QString& pointer);
    /// What a gesture that is under way would do, or why it cannot; "" = none is.
    void gestureSaid(const QString& text, bool legal);
    void zoomChanged(double zoom);
    void viewChanged(); ///< another part is in view, or another drawing

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;

private:
    /// A thing that can be selected, in reading order. An edge without pills stands for itself.
    struct Stop
    {
        QString pointer;
        QRectF rect;
        int node = -1;
        int line = -1;
        int edge = -1;
        int pill = -1;
    };

    void rebuild();
    void addStops();
    void refreshSelection();
    int stopFor(const QString& pointer) const;
    const Stop* stopAt(const QPoint& position) const;
    const Stop* stopOnEdge(const QPointF& point) const;
    int nodeAt(const QPointF& point) const;
    int portAt(const QPoint& position) const; ///< the node whose port is there; -1 = none
    QString expandsAt(const Stop& stop) const;
    QString toolTipOf(const Stop& stop) const;
    const GraphPill* pillOf(const Stop& stop) const;
    const GraphPill* currentPill() const;
    const Stop* current() const;
    void selectStop(int index);
    void moveSpatially(int dx, int dy);
    void nudge(int steps);
    void describeSelf();
    void noteZoom();
    void hover(const QPoint& position);
    void dragThreshold(const QPoint& position);
    bool handleZoomKey(const QKeyEvent& event);
    void paintThreshold(QPainter* painter, const Stop& stop, const GraphTunable& tunable);

    // policy_map_gestures.cpp: connecting and putting in order
    void beginConnect(const GraphEnd& from, const QPointF& start, bool byKey);
    QPointF tipAt(int node) const;
    void aimAt(int node, const QPointF& tip);
    void aimNext(int step);
    void finishConnect();
    void cancelGesture();
    bool handleGestureKey(const QKeyEvent& event);
    void dragNode(const QPoint& position);
    GraphEnd draggedEnd() const;
    void placeDragged(double y);
    void finishReorder();
    bool handleGestureMove(const QPoint& position);
    bool handleGestureRelease();
    void paintGesture(QPainter* painter);

    PolicySelection& m_selection;
    PolicyGraph m_graph;
    GraphLayout m_layout;
    std::vector<MapProblem> m_problems;
    std::vector<NodeProblems> m_nodeProblems;
    std::vector<Stop> m_stops;
    std::vector<NodeItem*> m_nodes;
    std::vector<EdgeItem*> m_edges;
    std::vector<PillItem*> m_pills;
    JudgeConnection m_judgeConnection;
    JudgeOrder m_judgeOrder;
    int m_stop = -1;
    int m_hovered = -1;
    bool m_autoFit = true;   ///< everything is shown, whatever happens
    bool m_startFit = false; ///< nobody has moved the view since the policy was opened

    struct Drag
    {
        GraphTunable tunable;
        QPoint from;
        double startValue = 0;
        double value = 0;
        bool moved = false;
    };
    std::optional<Drag> m_drag;
    struct Connect
    {
        GraphEnd from;
        QPointF start;
        QPointF tip;
        int target = -1; ///< node
        ConnectionVerdict verdict;
        bool byKey = false;
    };
    std::optional<Connect> m_connect;
    struct Reorder
    {
        int node = -1;
        QPoint from;
        bool moved = false;
        int before = -1; ///< index of a tier, stage or rule
        double y = 0;    ///< where it would stand
        ConnectionVerdict verdict;
        int line = -1; ///< of the node, when a rule is dragged
    };
    std::optional<Reorder> m_reorder;
    std::optional<QPoint> m_panFrom;
    bool m_panned = false;
};

} // namespace signalbox
