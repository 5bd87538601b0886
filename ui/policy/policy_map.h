// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The drawing of the policy: zooms, pans, and lets nodes, rules and pills be selected by mouse and keyboard.
// A pill that stands for a threshold can be dragged; the map tells of it and draws whatever the policy then
// says.

#include "ui/policy/map_items.h"
#include "ui/policy/policy_graph.h"

#include <QGraphicsView>

#include <vector>

namespace signalbox {

class PolicySelection;

class PolicyMap : public QGraphicsView
{
    Q_OBJECT
public:
    explicit PolicyMap(PolicySelection& selection, QWidget* parent = nullptr);
    ~PolicyMap() override;

    /// Draws another state of the policy. Zoom and place stay, unless the whole drawing is shown anyway.
    void setGraph(PolicyGraph graph, const std::vector<Diagnostic>& diagnostics);
    const PolicyGraph& graph() const { return m_graph; }
    const GraphLayout& graphLayout() const { return m_layout; }

    void fit();
    void zoomBy(double factor);
    void resetZoom();
    double zoom() const { return transform().m11(); }
    void showElement(const QString& pointer); ///< scrolls it into view

Q_SIGNALS:
    void thresholdMoved(const signalbox::GraphTunable& tunable, double value);
    void thresholdReleased();
    void deleteRequested();
    void moveRequested(int by); ///< Alt+Up, Alt+Down
    void zoomChanged(double zoom);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;

private:
    /// A thing that can be selected, in reading order.
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
    void refreshSelection();
    const Stop* stopAt(const QPoint& position) const;
    const GraphPill* pillOf(const Stop& stop) const;
    const GraphPill* currentPill() const;
    void selectStop(int index);
    void moveSpatially(int dx, int dy);
    void nudge(int steps);
    void describeSelf();
    void noteZoom();

    PolicySelection& m_selection;
    PolicyGraph m_graph;
    GraphLayout m_layout;
    std::vector<Diagnostic> m_diagnostics;
    std::vector<Stop> m_stops;
    std::vector<NodeItem*> m_nodes;
    std::vector<EdgeItem*> m_edges;
    std::vector<PillItem*> m_pills;
    int m_stop = -1;
    bool m_autoFit = true;

    struct Drag
    {
        GraphTunable tunable;
        QPoint from;
        double startValue = 0;
        double value = 0;
        bool moved = false;
    };
    std::optional<Drag> m_drag;
    std::optional<QPoint> m_panFrom;
    bool m_panned = false;
};

} // namespace signalbox
