// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A view of a chart without QChartView's traps (Qt 6.4.2): a press where nothing lies does not crash
// (QTBUG-118669), Ctrl and the wheel zoom, a drag pans, the keyboard does both, and assistive technology gets
// a sentence.

#include <QChartView>

namespace signalbox {

class ChartView : public QChartView
{
    Q_OBJECT
public:
    explicit ChartView(QWidget* parent = nullptr);

    /// Zoom and pan along x; off for charts whose whole is the message.
    void setZoomable(bool zoomable) { m_zoomable = zoomable; }
    /// What the chart says, in a sentence.
    void setSentence(const QString& sentence) { setAccessibleDescription(sentence); }

    /// Not the scene's size, as QGraphicsView has it: a chart takes the room that it is given, and gives it back.
    QSize sizeHint() const override { return {240, 160}; }

    void zoom(double factor);
    void pan(double shareOfWidth);
    void resetZoom();

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    bool m_zoomable = false;
    bool m_panning = false;
    QPointF m_last;
};

} // namespace signalbox
