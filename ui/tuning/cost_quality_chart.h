// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Cost against quality over the range of one setting, with the band of its 95 % interval, the setting that is
// looked at and the policy's own. Painted by hand: a curve of a few dozen points with a band, and nothing
// that crashes when it is clicked beside a point.

#include "replay/what_if.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace signalbox {

class CostQualityChart : public QWidget
{
    Q_OBJECT
public:
    explicit CostQualityChart(QWidget* parent = nullptr);

    struct Point
    {
        double costUsd = 0; ///< of one request
        Estimate quality;
    };

    void setCurve(std::vector<CurvePoint> curve, const QString& settingName);
    void setPoints(std::optional<Point> current, std::optional<Point> baseline);
    void setObjective(std::optional<double> quality);
    void setBusy(bool busy);

    QSize sizeHint() const override { return {520, 220}; }
    QSize minimumSizeHint() const override { return {280, 200}; }
    const std::vector<CurvePoint>& curve() const { return m_curve; }

Q_SIGNALS:
    /// A place of the curve was clicked.
    void settingPicked(double setting);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    void updateRanges();
    void describe();
    QRectF plot() const;
    QPointF at(double costUsd, double quality) const;
    const CurvePoint* nearest(QPointF position) const;
    void paintAxes(QPainter& painter) const;
    void paintObjective(QPainter& painter) const;
    void paintCurve(QPainter& painter) const;
    void paintPoint(QPainter& painter, const Point& point, const QString& name, bool filled, bool left) const;

    std::vector<CurvePoint> m_curve;
    QString m_settingName;
    std::optional<Point> m_current, m_baseline;
    std::optional<double> m_objective;
    bool m_busy = false;
    double m_costLow = 0, m_costHigh = 1, m_costStep = 1;
    double m_qualityLow = 0, m_qualityHigh = 1, m_qualityStep = 0.2;
};

} // namespace signalbox
