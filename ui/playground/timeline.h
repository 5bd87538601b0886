// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The cascade as it runs: a lane for the decision and one for each tier, time from left to right. Painted by
// hand; it moves only while a run is live, and not at all when movement is switched off.

#include "ui/playground/lanes.h"

#include <QTimer>
#include <QWidget>

namespace signalbox {

class Timeline : public QWidget
{
    Q_OBJECT
public:
    explicit Timeline(QWidget* parent = nullptr);

    /// The run must outlive the widget; call refresh() whenever it changed.
    void setRun(const RunView* run);
    void refresh();
    void setLive(bool live); ///< whether the page can be seen

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    // For tests and for those who read instead of see.
    const std::vector<Lane>& lanes() const { return m_lanes; }
    QString explanationAt(QPoint position) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Place
    {
        std::size_t lane = 0;
        std::size_t segment = 0;
    };
    void tick();
    void updateScale();
    double xOf(double ms) const;
    QRectF rectOf(std::size_t lane, const Segment& segment) const;
    QRect laneRect(std::size_t lane) const;
    std::optional<Place> placeAt(QPoint position) const;
    std::vector<Place> places() const;
    void select(std::optional<Place> place, bool show);
    void paintAxis(QPainter& painter) const;
    void paintLane(QPainter& painter, std::size_t index) const;
    void paintSegment(QPainter& painter, const Lane& lane, const Segment& segment, const QRectF& rect) const;

    const RunView* m_run = nullptr;
    std::vector<Lane> m_lanes;
    std::optional<Place> m_selected;
    QTimer m_timer;
    bool m_visible = true;
    double m_axisMs = 1000;
    double m_stepMs = 200;
    double m_nowMs = 0;
};

} // namespace signalbox
