// SPDX-License-Identifier: GPL-3.0-or-later
// How each chart of the dashboard is drawn from its data.
#include "ui/dashboard/dashboard_charts.h"

#include "ui/charts/chart_panel.h"
#include "ui/charts/chart_theme.h"
#include "ui/charts/chart_view.h"
#include "ui/theme/text.h"

#include <QBarCategoryAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QChart>
#include <QHorizontalBarSeries>
#include <QLegend>
#include <QLineSeries>
#include <QStackedBarSeries>

#include <algorithm>
#include <cmath>

namespace signalbox {

namespace {

QBarSet* barSet(const QString& name, const QColor& color)
{
    auto* set = new QBarSet(name);
    set->setColor(color);
    set->setBorderColor(color);
    return set;
}

void place(ChartPanel* panel, QAbstractSeries* series, QAbstractAxis* x, QAbstractAxis* y)
{
    QChart* chart = panel->chart();
    if (!chart->axes().contains(x))
        chart->addAxis(x, Qt::AlignBottom);
    if (!chart->axes().contains(y))
        chart->addAxis(y, Qt::AlignLeft);
    series->attachAxis(x);
    series->attachAxis(y);
}

void legendBelow(ChartPanel* panel)
{
    panel->chart()->legend()->setVisible(true);
    panel->chart()->legend()->setAlignment(Qt::AlignBottom);
}

QString cell(const std::optional<double>& ms)
{
    return ms ? QString::number(*ms, 'f', 1) : QStringLiteral("unknown");
}

} // namespace

void DashboardCharts::drawTierMix()
{
    if (m_data.buckets.empty()) {
        m_tierMix->setEmpty(tr("Which tier answered, over time."));
        return;
    }
    m_tierMix->clearChart();
    auto* series = new QStackedBarSeries;
    series->setBarWidth(0.8);
    ChartTable table;
    table.columns << tr("from");
    QStringList said;
    int highest = 0;
    for (std::size_t p = 0; p < m_data.places.size(); ++p) {
        if (m_data.byPlace[p].n == 0)
            continue;
        QBarSet* set = barSet(placeName(p), placeColor(p));
        for (const TimeBucket& bucket : m_data.buckets)
            set->append(bucket.byPlace[p]);
        series->append(set);
        table.columns << placeName(p);
        said << tr("%1 %2").arg(placeName(p), percentText(double(m_data.byPlace[p].n) / m_data.kpis.n, 0));
    }
    const QStringList labels = bucketLabels();
    for (std::size_t b = 0; b < m_data.buckets.size(); ++b) {
        QStringList row{timeText(m_data.buckets[b].fromMs)};
        for (std::size_t p = 0; p < m_data.places.size(); ++p) {
            if (m_data.byPlace[p].n > 0)
                row << QString::number(m_data.buckets[b].byPlace[p]);
        }
        table.rows << row;
        highest = std::max(highest, m_data.buckets[b].n);
    }
    m_tierMix->chart()->addSeries(series);
    place(m_tierMix, series, positionAxis(labels, 4),
          figureAxis(0, highest, QStringLiteral("%d"), tr("requests")));
    legendBelow(m_tierMix);
    m_tierMix->setContent(
        tr("Requests by the tier that ended them: %1.").arg(said.join(QStringLiteral(", "))), table,
        said.join(QStringLiteral(" · ")));
}

void DashboardCharts::drawReasons()
{
    const auto& reasons = m_data.kpis.escalationReasons;
    if (reasons.empty()) {
        m_reasons->setEmpty(m_data.kpis.n > 0 ? tr("No request escalated.")
                                              : tr("Why requests went to a further tier."));
        return;
    }
    std::vector<std::pair<std::string, int>> sorted(reasons.begin(), reasons.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    ChartTable table{{tr("reason"), tr("escalations")}, {}};
    for (const auto& [code, count] : sorted)
        table.rows << QStringList{qs(code), QString::number(count)};
    const std::size_t shown = std::min<std::size_t>(sorted.size(), 7);
    m_reasons->clearChart();
    auto* set = barSet(tr("escalations"), Theme::instance().colors().amber);
    QStringList names;
    for (std::size_t i = shown; i-- > 0;) { // the axis counts from below
        set->append(sorted[i].second);
        QString name = qs(sorted[i].first);
        name.remove(QStringLiteral("provider."))
            .remove(QStringLiteral("gate.")); // the kind is plain from the rest
        names << name;
    }
    auto* series = new QHorizontalBarSeries;
    series->append(set);
    series->setBarWidth(shown == 1 ? 0.25 : 0.6);
    series->setLabelsVisible(true);
    // Beside the bar: one that is shorter than its figure would hide it.
    series->setLabelsPosition(QAbstractBarSeries::LabelsOutsideEnd);
    set->setLabelColor(Theme::instance().colors().text);
    set->setLabelFont(Theme::font(TextSize::Small));
    auto* codes = new QBarCategoryAxis;
    codes->append(names);
    codes->setGridLineVisible(false);
    QChart* chart = m_reasons->chart();
    chart->addSeries(series);
    // Room for the figure beside the longest bar.
    QAbstractAxis* counts = figureAxis(0, sorted.front().second * 1.15, QStringLiteral("%d"));
    chart->addAxis(counts, Qt::AlignBottom);
    chart->addAxis(codes, Qt::AlignLeft);
    series->attachAxis(counts);
    series->attachAxis(codes);
    chart->legend()->setVisible(false);
    int all = 0;
    for (const auto& [code, count] : sorted)
        all += count;
    m_reasons->setContent(tr("%n escalation(s); the most frequent reason is %1.", nullptr, all)
                              .arg(reasonInWords(qs(sorted.front().first))),
                          table, tr("%1 in all").arg(countText(all)));
}

void DashboardCharts::drawCost()
{
    if (m_data.buckets.empty()) {
        m_costChart->setEmpty(tr("What requests cost, over time and by tier."));
        return;
    }
    double highest = 0;
    for (const TimeBucket& bucket : m_data.buckets)
        highest = std::max(highest, toUsd(bucket.cost.known));
    const bool milli = highest < 0.5; // thousandths of a dollar keep the axis short
    const double scale = milli ? 1000 : 1;
    m_costChart->clearChart();
    auto* series = new QStackedBarSeries;
    series->setBarWidth(0.8);
    ChartTable table{{tr("from"), tr("known cost in USD"), tr("charges known"), tr("charges unknown")}, {}};
    for (std::size_t p = 0; p < m_data.places.size(); ++p) {
        if (m_data.byPlace[p].n == 0)
            continue;
        QBarSet* set = barSet(placeName(p), placeColor(p));
        for (const TimeBucket& bucket : m_data.buckets)
            set->append(toUsd(bucket.costByPlace[p].known) * scale);
        series->append(set);
    }
    for (const TimeBucket& bucket : m_data.buckets)
        table.rows << QStringList{timeText(bucket.fromMs), QString::number(toUsd(bucket.cost.known), 'f', 9),
                                  QString::number(bucket.cost.knownParts),
                                  QString::number(bucket.cost.unknownParts)};
    m_costChart->chart()->addSeries(series);
    place(m_costChart, series, positionAxis(bucketLabels(), 4),
          figureAxis(0, highest * scale,
                     highest * scale < 5 ? QStringLiteral("%.1f") : QStringLiteral("%.0f"),
                     milli ? tr("10⁻³ USD") : tr("USD")));
    legendBelow(m_costChart);
    const CostSum& cost = m_data.kpis.cost;
    m_costChart->setContent(tr("Requests cost %1; %2 of charges have a known price.")
                                .arg(usdText(cost), percentText(cost.knownShare(), 0)),
                            table,
                            tr("%1 · %2 of charges known")
                                .arg(usdText(cost.knownParts > 0 ? std::optional(cost.known) : std::nullopt),
                                     percentText(cost.knownShare(), 0)));
}

void DashboardCharts::drawLatencyOverTime()
{
    double highest = 0;
    for (const TimeBucket& bucket : m_data.buckets)
        highest = std::max(highest, bucket.latency.p99.value_or(0));
    if (highest <= 0) {
        m_latencyTime->setEmpty(tr("How long answered requests took: median, p95 and p99 over time."));
        return;
    }
    m_latencyTime->clearChart();
    const bool seconds = highest >= 2000;
    const double scale = seconds ? 0.001 : 1;
    const ThemeColors& colors = Theme::instance().colors();
    struct Line
    {
        QString name;
        std::optional<double> Percentiles::* value;
        QPen pen;
    };
    // Told apart by dash as well as by colour.
    const Line lines[] = {{QStringLiteral("p50"), &Percentiles::p50, QPen(colors.accent, 2)},
                          {QStringLiteral("p95"), &Percentiles::p95, QPen(colors.amber, 2, Qt::DashLine)},
                          {QStringLiteral("p99"), &Percentiles::p99, QPen(colors.bad, 2, Qt::DotLine)}};
    QAbstractAxis* x = positionAxis(bucketLabels(), 4);
    QAbstractAxis* y =
        figureAxis(0, highest * scale, seconds ? QStringLiteral("%.1f") : QStringLiteral("%.0f"),
                   seconds ? tr("seconds") : tr("milliseconds"));
    for (const Line& line : lines) {
        auto* series = new QLineSeries;
        series->setName(line.name);
        QList<QPointF> points;
        for (std::size_t b = 0; b < m_data.buckets.size(); ++b) {
            if (const auto value = m_data.buckets[b].latency.*line.value)
                points << QPointF(static_cast<double>(b), *value * scale);
        }
        series->replace(points);
        series->setPen(line.pen);
        series->setPointsVisible(points.size() == 1);
        m_latencyTime->chart()->addSeries(series);
        place(m_latencyTime, series, x, y);
        series->setPen(line.pen);
    }
    legendBelow(m_latencyTime);
    m_latencyTime->view()->setZoomable(true);
    ChartTable table{
        {tr("from"), QStringLiteral("p50 ms"), QStringLiteral("p95 ms"), QStringLiteral("p99 ms")}, {}};
    for (const TimeBucket& bucket : m_data.buckets)
        table.rows << QStringList{timeText(bucket.fromMs), cell(bucket.latency.p50), cell(bucket.latency.p95),
                                  cell(bucket.latency.p99)};
    const Kpis& kpis = m_data.kpis;
    m_latencyTime->setContent(tr("Latency of answered requests: median %1, p95 %2, p99 %3.")
                                  .arg(kpis.p50LatencyMs ? msText(kpis.p50LatencyMs->value) : tr("unknown"),
                                       kpis.p95LatencyMs ? msText(kpis.p95LatencyMs->value) : tr("unknown"),
                                       kpis.p99LatencyMs ? msText(kpis.p99LatencyMs->value) : tr("unknown")),
                              table, note(kpis.answered));
}

void DashboardCharts::drawLatencyByTier()
{
    double highest = 0;
    QStringList tiers;
    std::vector<std::size_t> shown;
    for (std::size_t p = 0; p < static_cast<std::size_t>(m_data.tiers); ++p) {
        if (!m_data.byPlace[p].latency.p50)
            continue;
        shown.push_back(p);
        tiers << placeName(p);
        highest = std::max(highest, m_data.byPlace[p].latency.p99.value_or(0));
    }
    if (shown.empty()) {
        m_latencyTier->setEmpty(tr("How long each tier's answers took."));
        return;
    }
    m_latencyTier->clearChart();
    const bool seconds = highest >= 2000;
    const double scale = seconds ? 0.001 : 1;
    const ThemeColors& colors = Theme::instance().colors();
    const std::tuple<QString, std::optional<double> Percentiles::*, QColor> sets[] = {
        {QStringLiteral("p50"), &Percentiles::p50, colors.accent},
        {QStringLiteral("p95"), &Percentiles::p95, colors.amber},
        {QStringLiteral("p99"), &Percentiles::p99, colors.bad}};
    auto* series = new QBarSeries;
    series->setBarWidth(0.7);
    for (const auto& [name, value, color] : sets) {
        QBarSet* set = barSet(name, color);
        for (const std::size_t p : shown)
            set->append((m_data.byPlace[p].latency.*value).value_or(0) * scale);
        series->append(set);
    }
    auto* names = new QBarCategoryAxis;
    names->append(tiers);
    names->setGridLineVisible(false);
    m_latencyTier->chart()->addSeries(series);
    place(m_latencyTier, series, names,
          figureAxis(0, highest * scale, seconds ? QStringLiteral("%.1f") : QStringLiteral("%.0f"),
                     seconds ? tr("seconds") : tr("milliseconds")));
    legendBelow(m_latencyTier);
    ChartTable table{{tr("tier"), tr("requests"), QStringLiteral("p50 ms"), QStringLiteral("p95 ms"),
                      QStringLiteral("p99 ms"), tr("cost in USD")},
                     {}};
    QStringList said;
    for (const std::size_t p : shown) {
        const PlaceFigures& figures = m_data.byPlace[p];
        table.rows << QStringList{placeName(p),
                                  QString::number(figures.n),
                                  cell(figures.latency.p50),
                                  cell(figures.latency.p95),
                                  cell(figures.latency.p99),
                                  QString::number(toUsd(figures.cost.known), 'f', 9)};
        said << tr("%1 %2").arg(placeName(p), msText(figures.latency.p50));
    }
    m_latencyTier->setContent(tr("Median latency by tier: %1.").arg(said.join(QStringLiteral(", "))), table,
                              note(m_data.kpis.answered));
}

void DashboardCharts::drawScores()
{
    if (m_data.kpis.judged == 0) {
        m_scores->setEmpty(tr("How judges scored the answers."));
        return;
    }
    m_scores->clearChart();
    auto* series = new QStackedBarSeries;
    series->setBarWidth(0.9);
    ChartTable table{{tr("quality from")}, {}};
    std::array<int, kScoreBins> sums{};
    for (std::size_t p = 0; p < m_data.places.size(); ++p) {
        const PlaceFigures& figures = m_data.byPlace[p];
        if (figures.judged == 0)
            continue;
        QBarSet* set = barSet(placeName(p), placeColor(p));
        for (std::size_t bin = 0; bin < kScoreBins; ++bin) {
            set->append(figures.scores[bin]);
            sums[bin] += figures.scores[bin];
        }
        series->append(set);
        table.columns << placeName(p);
    }
    QStringList labels;
    for (std::size_t bin = 0; bin < kScoreBins; ++bin) {
        // The last bin holds a full 1, so the table names both ends; below a bar there is room for where it begins.
        labels << QString::number(double(bin) / kScoreBins, 'f', 1);
        QStringList row{labels.back() + QChar(0x2013) + QString::number(double(bin + 1) / kScoreBins, 'f', 1)};
        for (const PlaceFigures& figures : m_data.byPlace) {
            if (figures.judged > 0)
                row << QString::number(figures.scores[bin]);
        }
        table.rows << row;
    }
    m_scores->chart()->addSeries(series);
    place(m_scores, series, positionAxis(labels, 5),
          figureAxis(0, *std::max_element(sums.begin(), sums.end()), QStringLiteral("%d"), tr("answers")));
    legendBelow(m_scores);
    QStringList sources;
    for (const std::string& source : m_data.kpis.qualitySources)
        sources << qs(source);
    m_scores->setContent(
        tr("Quality of %1 answers from 0 to 1, by %2; the mean is %3.")
            .arg(countText(m_data.kpis.judged), sources.join(QStringLiteral(", ")),
                 qualityText(m_data.kpis.quality ? std::optional(m_data.kpis.quality->value) : std::nullopt)),
        table, sources.join(QStringLiteral(", ")));
}

} // namespace signalbox
