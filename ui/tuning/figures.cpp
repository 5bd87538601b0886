// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/figures.h"

#include "ui/theme/text.h"

#include <QGridLayout>
#include <QResizeEvent>

#include <cmath>

namespace signalbox {

namespace {

constexpr double kThousand = 1000;
constexpr int kWide = 560;

/// With its sign, a true minus.
QString signedText(double value, int decimals)
{
    const QString size = QString::number(std::abs(value), 'f', decimals);
    return value < 0 ? QChar(0x2212) + size : value > 0 ? QLatin1Char('+') + size : size;
}

} // namespace

DifferenceText differenceText(const std::optional<Estimate>& difference,
                              const std::function<QString(double)>& format, const QString& unit,
                              std::optional<bool> lowerIsBetter)
{
    if (!difference)
        return {Figures::tr("difference unknown"), Tone::Neutral};
    const Interval& interval = difference->interval;
    if (difference->value == 0 && interval.low == 0 && interval.high == 0)
        return {Figures::tr("no change"), Tone::Neutral};
    const QString figures = QStringLiteral("%1 %2%3").arg(
        format(difference->value), intervalText(format(interval.low), format(interval.high)), unit);
    if (interval.contains(0))
        return {Figures::tr("%1, no evidence of a change").arg(figures), Tone::Neutral};
    if (!lowerIsBetter)
        return {figures, Tone::Neutral};
    return {figures, (difference->value < 0) == *lowerIsBetter ? Tone::Good : Tone::Bad};
}

Figures::Figures(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("figures"));
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(space::m);
    const auto tile = [this](const QString& name, const char* objectName) {
        auto* made = new KpiTile(name, this);
        made->setObjectName(QLatin1String(objectName));
        return made;
    };
    m_cost = tile(tr("Cost of 1 000 requests"), "costTile");
    m_quality = tile(tr("Quality by the judge, 0–1"), "qualityTile");
    m_latency = tile(tr("Latency, 95th percentile"), "latencyTile");
    m_escalation = tile(tr("Escalation rate"), "escalationTile");
    arrange(4);
}

void Figures::arrange(int columns)
{
    if (columns == m_columns)
        return;
    m_columns = columns;
    int i = 0;
    for (KpiTile* tile : {m_cost, m_quality, m_latency, m_escalation}) {
        m_grid->addWidget(tile, i / columns, i % columns);
        ++i;
    }
    for (int column = 0; column < 4; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
}

void Figures::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange(event->size().width() >= kWide ? 4 : 2);
}

void Figures::show(const TuningBase& base, const TuningOutcome& outcome, const QString& dataset)
{
    const Kpis& now = outcome.result.kpis;
    const Kpis& before = base.result.kpis;
    const auto explain = [&](KpiTile* tile, const QString& what, int n) {
        tile->setExplanation(
            tr("%1, n = %4 requests of %2, re-simulated from recorded runs of all tiers. In brackets "
               "the 95 % interval of the paired difference from the policy, by %3 resamples.")
                .arg(what, dataset, countText(outcome.resamples), countText(n)));
    };

    // Relative to the policy's own mean, which makes the figure the same whatever the unit.
    const auto cost = outcome.difference.costUsd;
    const double mean = before.costPerRequestUsd ? before.costPerRequestUsd->value : 0;
    const double of = mean > 0 ? mean / 100 : 1 / kThousand;
    const DifferenceText costText = differenceText(
        cost, [of](double usd) { return signedText(usd / of, 1); }, mean > 0 ? tr("\u2009%") : tr(" dollars"),
        true);
    m_cost->setFigure(now.costPerRequestUsd ? usdValueText(now.costPerRequestUsd->value * kThousand)
                                            : QString(),
                      costText.text, costText.tone);
    explain(m_cost, tr("Mean cost of a request, a thousand times"),
            now.costPerRequestUsd ? now.costPerRequestUsd->n : 0);

    const DifferenceText qualityChange = differenceText(
        outcome.difference.quality, [](double quality) { return signedText(quality, 3); }, QString(), false);
    m_quality->setFigure(now.quality ? QString::number(now.quality->value, 'f', 3) : QString(),
                         qualityChange.text, qualityChange.tone);
    QStringList sources;
    for (const std::string& source : now.qualitySources)
        sources << qs(source);
    explain(m_quality,
            tr("Mean quality of the accepted answers on 0–1, where a score s of n is (s − 1)/(n − 1), as "
               "judged by %1")
                .arg(sources.isEmpty() ? tr("nobody") : sources.join(QStringLiteral(", "))),
            now.judged);

    const DifferenceText latencyText = differenceText(
        outcome.p95LatencyMs, [](double ms) { return signedText(ms, 0); }, tr("\u2009ms"), true);
    m_latency->setFigure(now.p95LatencyMs ? msText(now.p95LatencyMs->value) : QString(), latencyText.text,
                         latencyText.tone);
    explain(m_latency, tr("95th percentile of the time to the end of the accepted answer"),
            now.p95LatencyMs ? now.p95LatencyMs->n : 0);

    const DifferenceText escalationText = differenceText(
        outcome.difference.escalationRate, [](double share) { return signedText(share * 100, 1); },
        tr(" points"), std::nullopt);
    m_escalation->setFigure(now.escalationRate ? percentText(now.escalationRate->value) : QString(),
                            escalationText.text, escalationText.tone);
    explain(m_escalation, tr("Share of requests that were escalated at least once"),
            now.escalationRate ? now.escalationRate->n : 0);
}

} // namespace signalbox
