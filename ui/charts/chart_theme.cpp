// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_theme.h"

#include "ui/theme/theme.h"

#include <QAbstractAxis>
#include <QCategoryAxis>
#include <QChart>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLegendMarker>
#include <QValueAxis>

#include <algorithm>

namespace signalbox {

void applyTheme(QChart* chart)
{
    const ThemeColors& colors = Theme::instance().colors();
    chart->setBackgroundVisible(true);
    chart->setBackgroundRoundness(0);
    chart->setBackgroundBrush(colors.panel);
    chart->setBackgroundPen(Qt::NoPen);
    chart->setPlotAreaBackgroundVisible(false);
    chart->setMargins(QMargins(0, 4, 10, 0));
    if (chart->layout())
        chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setDropShadowEnabled(false);
    chart->legend()->setLabelColor(colors.muted);
    chart->legend()->setFont(Theme::font(TextSize::Small));
    chart->legend()->setBackgroundVisible(false);
    const auto markers = chart->legend()->markers();
    for (QLegendMarker* marker : markers)
        marker->setPen(Qt::NoPen);
    const auto axes = chart->axes();
    for (QAbstractAxis* axis : axes) {
        axis->setLabelsColor(colors.muted);
        axis->setLabelsFont(Theme::font(TextSize::Small));
        axis->setTitleFont(Theme::font(TextSize::Small));
        axis->setTitleBrush(colors.muted);
        axis->setLinePen(QPen(colors.hairline, 1));
        axis->setGridLinePen(QPen(colors.grid, 1));
        axis->setMinorGridLineVisible(false);
        axis->setShadesVisible(false);
    }
}

QAbstractAxis* positionAxis(const QStringList& labels, int most)
{
    auto* axis = new QCategoryAxis;
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    const int count = static_cast<int>(labels.size());
    const int stride = std::max(1, (count + most - 1) / std::max(1, most));
    QString invisible; // labels of an axis must differ; equal ones differ by characters of no width
    for (int i = 0; i < count; i += stride) {
        axis->append(labels[i] + invisible, i);
        invisible += QChar(0x200B);
    }
    axis->setRange(-0.5, std::max(0.5, count - 0.5));
    axis->setGridLineVisible(false);
    return axis;
}

QAbstractAxis* figureAxis(double low, double high, const QString& format, const QString& title)
{
    auto* axis = new QValueAxis;
    axis->setRange(low, high > low ? high : low + 1);
    axis->applyNiceNumbers();
    axis->setLabelFormat(format);
    axis->setTitleText(title);
    axis->setLineVisible(false);
    return axis;
}

} // namespace signalbox
