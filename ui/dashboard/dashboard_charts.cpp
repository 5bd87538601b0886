// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/dashboard_charts.h"

#include "ui/charts/chart_panel.h"
#include "ui/charts/chart_view.h"
#include "ui/theme/text.h"
#include "ui/theme/widgets.h"

#include <QDateTime>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QResizeEvent>
#include <QVBoxLayout>

namespace signalbox {

namespace {

constexpr int kThreeColumnsFrom = 1080;
constexpr int kChartHeight = 236;

QString estimateBelow(const std::optional<Estimate>& estimate, QString (*text)(double))
{
    return estimate ? intervalText(text(estimate->interval.low), text(estimate->interval.high)) : QString();
}

QString asPercent(double share)
{
    return percentText(share);
}
QString asUsd(double usd)
{
    return usdValueText(usd);
}
QString asMs(double ms)
{
    return msText(ms);
}
QString asScore(double quality)
{
    return qualityText(quality);
}

} // namespace

DashboardCharts::DashboardCharts(QWidget* parent)
    : QWidget(parent), m_requests(new KpiTile(tr("Requests"), this)),
      m_cost(new KpiTile(tr("Cost per request"), this)), m_quality(new KpiTile(tr("Judge quality"), this)),
      m_latency(new KpiTile(tr("p95 latency"), this)), m_escalation(new KpiTile(tr("Escalation rate"), this)),
      m_tierMix(new ChartPanel(tr("Tier mix"), QStringLiteral("tierMixChart"), this)),
      m_reasons(new ChartPanel(tr("Escalations by reason"), QStringLiteral("reasonsChart"), this)),
      m_costChart(new ChartPanel(tr("Cost"), QStringLiteral("costChart"), this)),
      m_latencyTime(new ChartPanel(tr("Latency over time"), QStringLiteral("latencyTimeChart"), this)),
      m_latencyTier(new ChartPanel(tr("Latency by tier"), QStringLiteral("latencyTierChart"), this)),
      m_scores(new ChartPanel(tr("Judge scores"), QStringLiteral("scoresChart"), this))
{
    setObjectName(QStringLiteral("dashboardCharts"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    auto* tiles = new QHBoxLayout;
    tiles->setSpacing(space::m);
    const std::pair<KpiTile*, const char*> named[] = {{m_requests, "requestsTile"},
                                                      {m_cost, "costTile"},
                                                      {m_quality, "qualityTile"},
                                                      {m_latency, "latencyTile"},
                                                      {m_escalation, "escalationTile"}};
    for (const auto& [tile, name] : named) {
        tile->setObjectName(QLatin1String(name));
        tiles->addWidget(tile, 1);
    }
    layout->addLayout(tiles);
    m_grid = new QGridLayout;
    m_grid->setSpacing(space::m);
    layout->addLayout(m_grid, 1);
    arrange(3);
    connect(&Theme::instance(), &Theme::changed, this, &DashboardCharts::draw);
}

void DashboardCharts::setData(DashboardData data)
{
    m_data = std::move(data);
    draw();
}

void DashboardCharts::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    measureAgain(); // the window may have been resized meanwhile
}

void DashboardCharts::measureAgain()
{
    // The scroll area measured the arrangement before; it measures again once this event is over.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (!isVisible())
                return;
            layout()->invalidate();
            layout()->activate();
            setMinimumHeight(layout()->totalMinimumSize().height());
            updateGeometry();
        },
        Qt::QueuedConnection);
}

void DashboardCharts::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange(width() >= kThreeColumnsFrom ? 3 : 2);
}

void DashboardCharts::arrange(int columns)
{
    if (columns == m_columns)
        return;
    m_columns = columns;
    int place = 0;
    for (ChartPanel* panel : {m_tierMix, m_reasons, m_costChart, m_latencyTime, m_latencyTier, m_scores}) {
        panel->setMinimumHeight(kChartHeight);
        m_grid->addWidget(panel, place / columns, place % columns);
        ++place;
    }
    for (int column = 0; column < 3; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    measureAgain();
}

QString DashboardCharts::placeName(std::size_t place) const
{
    const std::string& name = m_data.places[place];
    return name == "human"     ? tr("person")
           : name == "failed"  ? tr("failed")
           : name == kFromCache ? tr("cache")
                                : qs(name);
}

QColor DashboardCharts::placeColor(std::size_t place) const
{
    const Theme& theme = Theme::instance();
    if (static_cast<int>(place) < m_data.tiers)
        return theme.tier(static_cast<int>(place));
    return m_data.places[place] == "human" ? theme.colors().person : theme.colors().bad;
}

QString DashboardCharts::note(int n) const
{
    QString text = QStringLiteral("n = ") + countText(n);
    if (m_data.kpis.simulated)
        text += QStringLiteral(" · ") + tr("Sandbox");
    return text;
}

QString DashboardCharts::whence() const
{
    QString text = tr("%1 to %2").arg(timeText(m_data.fromMs), timeText(m_data.toMs));
    if (m_data.leftOut > 0)
        text += tr("; %n older run(s) are not counted", nullptr, m_data.leftOut);
    if (m_data.kpis.simulated)
        text += tr("; simulated by the sandbox");
    return text;
}

QStringList DashboardCharts::bucketLabels() const
{
    const QString format = m_data.bucketMs < 60'000       ? QStringLiteral("hh:mm:ss")
                           : m_data.bucketMs < 86'400'000 ? QStringLiteral("hh:mm")
                                                          : QStringLiteral("d MMM");
    QStringList labels;
    for (const TimeBucket& bucket : m_data.buckets)
        labels << QDateTime::fromMSecsSinceEpoch(bucket.fromMs).toString(format);
    return labels;
}

void DashboardCharts::draw()
{
    drawTiles();
    drawTierMix();
    drawReasons();
    drawCost();
    drawLatencyOverTime();
    drawLatencyByTier();
    drawScores();
}

void DashboardCharts::drawTiles()
{
    const Kpis& kpis = m_data.kpis;
    const QString from = whence();
    QStringList parts;
    if (kpis.answered > 0)
        parts << tr("%1 answered").arg(countText(kpis.answered));
    if (kpis.cacheHits > 0)
        parts << tr("%1 from the cache").arg(countText(kpis.cacheHits));
    if (kpis.handedOff > 0)
        parts << tr("%1 to a person").arg(countText(kpis.handedOff));
    if (kpis.failed > 0)
        parts << tr("%1 failed").arg(countText(kpis.failed));
    if (kpis.cancelled > 0)
        parts << tr("%1 cancelled").arg(countText(kpis.cancelled));
    m_requests->setFigure(countText(kpis.n), parts.join(QStringLiteral(" · ")),
                          kpis.failed > 0 ? Tone::Warn : Tone::Neutral);
    QString explanation = tr("Requests that fit the filter, %1.").arg(from);
    if (kpis.cacheHits > 0) {
        const WithoutCache& rest = kpis.withoutCache;
        explanation += QLatin1Char(' ') +
                       tr("%1 of them were answered from the cache; without those a request costs %2, p95 is %3 and the "
                          "judge quality %4.")
                           .arg(percentText(kpis.cacheHitRate->value, 1),
                                rest.costPerRequestUsd ? usdValueText(rest.costPerRequestUsd->value) : tr("unknown"),
                                rest.p95LatencyMs ? msText(rest.p95LatencyMs->value) : tr("unknown"),
                                rest.quality ? QString::number(rest.quality->value, 'f', 3) : tr("unknown"));
    }
    m_requests->setExplanation(explanation);

    QString costBelow = estimateBelow(kpis.costPerRequestUsd, asUsd);
    if (kpis.cost.unknownParts > 0)
        costBelow +=
            QStringLiteral(" · ") + tr("%1 of charges known").arg(percentText(kpis.cost.knownShare(), 0));
    m_cost->setFigure(kpis.costPerRequestUsd ? usdValueText(kpis.costPerRequestUsd->value) : QString(),
                      costBelow);
    m_cost->setExplanation(tr("Mean cost of a request with judges and retries, 95 % interval by resampling "
                              "requests, over %1 requests whose "
                              "cost is known; %2 in all; %3.")
                               .arg(countText(kpis.costPerRequestUsd ? kpis.costPerRequestUsd->n : 0),
                                    usdText(kpis.cost), from));

    QStringList sources;
    for (const std::string& source : kpis.qualitySources)
        sources << qs(source);
    m_quality->setFigure(kpis.quality ? qualityText(kpis.quality->value) : QString(),
                         kpis.quality ? estimateBelow(kpis.quality, asScore) + QStringLiteral(" · ") +
                                            tr("%1 judged").arg(countText(kpis.judged))
                                      : tr("nothing judged"));
    m_quality->setExplanation(tr("Mean quality from 0 to 1 by %1, 95 % interval, over %2 of %3 requests; %4.")
                                  .arg(sources.isEmpty() ? tr("nobody") : sources.join(QStringLiteral(", ")),
                                       countText(kpis.judged), countText(kpis.n), from));

    m_latency->setFigure(kpis.p95LatencyMs ? msText(kpis.p95LatencyMs->value) : QString(),
                         estimateBelow(kpis.p95LatencyMs, asMs));
    m_latency->setExplanation(
        tr("95 % of answered requests took at most this long; median %1, p99 %2; 95 % interval, over %3 "
           "answered requests; %4.")
            .arg(kpis.p50LatencyMs ? msText(kpis.p50LatencyMs->value) : tr("unknown"),
                 kpis.p99LatencyMs ? msText(kpis.p99LatencyMs->value) : tr("unknown"),
                 countText(kpis.answered), from));

    m_escalation->setFigure(kpis.escalationRate ? percentText(kpis.escalationRate->value) : QString(),
                            estimateBelow(kpis.escalationRate, asPercent));
    m_escalation->setExplanation(tr("Share of requests that went to a further tier at least once, 95 % "
                                    "Wilson interval, over %1 requests; %2.")
                                     .arg(countText(kpis.escalationRate ? kpis.escalationRate->n : 0), from));
}

} // namespace signalbox
