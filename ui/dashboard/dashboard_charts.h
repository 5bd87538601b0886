// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The dashboard's tiles and charts. Shown in the mode, and drawn without a window by the headless run.

#include "ui/dashboard/dashboard_data.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QGridLayout;
QT_END_NAMESPACE

namespace signalbox {

class ChartPanel;
class KpiTile;

class DashboardCharts : public QWidget
{
    Q_OBJECT
public:
    explicit DashboardCharts(QWidget* parent = nullptr);
    void setData(DashboardData data);
    const DashboardData& data() const { return m_data; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void draw();
    void measureAgain();
    void drawTiles();
    void drawTierMix();
    void drawReasons();
    void drawCost();
    void drawLatencyOverTime();
    void drawLatencyByTier();
    void drawScores();
    void arrange(int columns);
    QStringList bucketLabels() const;
    QString placeName(std::size_t place) const;
    QColor placeColor(std::size_t place) const;
    QString note(int n) const;
    QString whence() const;

    DashboardData m_data;
    KpiTile* m_requests;
    KpiTile* m_cost;
    KpiTile* m_quality;
    KpiTile* m_latency;
    KpiTile* m_escalation;
    ChartPanel* m_tierMix;
    ChartPanel* m_reasons;
    ChartPanel* m_costChart;
    ChartPanel* m_latencyTime;
    ChartPanel* m_latencyTier;
    ChartPanel* m_scores;
    QGridLayout* m_grid;
    int m_columns = 0;
};

} // namespace signalbox
