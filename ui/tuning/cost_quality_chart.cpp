// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/cost_quality_chart.h"

#include "ui/theme/text.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace signalbox {

namespace {

constexpr double kLeft = 52, kRight = 20, kTop = 30, kBottom = 44;
constexpr double kThousand = 1000;
constexpr double kReach = 18; ///< pixels from a point at which it still answers

double niceStep(double span, int about)
{
    const double rough = std::max(span, 1e-12) / std::max(1, about);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0})
        if (power * factor >= rough)
            return power * factor;
    return power * 10;
}

QString qualityLabel(double quality, double step)
{
    return QString::number(quality, 'f', step < 0.0099 ? 3 : 2);
}

QString costLabel(double usd, double step)
{
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step * kThousand) - 1e-9)), 0, 6);
    return QStringLiteral("$") + QString::number(usd * kThousand, 'f', std::max(decimals, 2));
}

} // namespace

CostQualityChart::CostQualityChart(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("costQualityChart"));
    setAccessibleName(tr("Cost against quality"));
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CostQualityChart::setCurve(std::vector<CurvePoint> curve, const QString& settingName)
{
    std::erase_if(curve, [](const CurvePoint& point) { return !point.costKnown || !point.qualityKnown; });
    m_curve = std::move(curve);
    m_settingName = settingName;
    updateRanges();
    describe();
    update();
}

void CostQualityChart::setPoints(std::optional<Point> current, std::optional<Point> baseline)
{
    m_current = current;
    m_baseline = baseline;
    updateRanges();
    describe();
    update();
}

void CostQualityChart::setObjective(std::optional<double> quality)
{
    m_objective = quality;
    updateRanges();
    update();
}

void CostQualityChart::setBusy(bool busy)
{
    m_busy = busy;
    update();
}

void CostQualityChart::updateRanges()
{
    std::vector<double> costs;
    std::vector<double> qualities;
    for (const CurvePoint& point : m_curve) {
        costs.push_back(point.costUsd);
        qualities.push_back(point.qualityInterval.low);
        qualities.push_back(point.qualityInterval.high);
    }
    for (const auto& point : {m_current, m_baseline}) {
        if (!point)
            continue;
        costs.push_back(point->costUsd);
        qualities.push_back(point->quality.interval.low);
        qualities.push_back(point->quality.interval.high);
    }
    if (costs.empty())
        return;
    // The objective is drawn when that leaves the curve most of the room; else words say where it is.
    if (m_objective) {
        const auto [min, max] = std::minmax_element(qualities.begin(), qualities.end());
        const double span = std::max(*max - *min, 0.02);
        if (*m_objective > *min - span / 2 && *m_objective < *max + span / 2)
            qualities.push_back(*m_objective);
    }
    const auto fit = [](const std::vector<double>& values, int about, double least, double* low, double* high,
                        double* step) {
        const auto [min, max] = std::minmax_element(values.begin(), values.end());
        const double span = std::max(*max - *min, least);
        *step = niceStep(span, about);
        *low = std::floor((*min - span * 0.04) / *step) * *step;
        *high = std::ceil((*max + span * 0.04) / *step) * *step;
    };
    const double largest = *std::max_element(costs.begin(), costs.end());
    fit(costs, 4, std::max(largest * 0.02, 1e-9), &m_costLow, &m_costHigh, &m_costStep);
    m_costLow = std::max(0.0, m_costLow);
    fit(qualities, 5, 0.02, &m_qualityLow, &m_qualityHigh, &m_qualityStep);
    m_qualityLow = std::max(0.0, m_qualityLow);
    m_qualityHigh = std::min(1.0, m_qualityHigh);
}

void CostQualityChart::describe()
{
    QStringList sentences;
    const auto say = [](const QString& name, const Point& point) {
        return tr("%1: %2 for a thousand requests, quality %3.")
            .arg(name, usdValueText(point.costUsd * kThousand), qualityText(point.quality.value));
    };
    if (m_current)
        sentences << say(tr("This setting"), *m_current);
    if (m_baseline)
        sentences << say(tr("The policy"), *m_baseline);
    if (m_curve.size() > 1)
        sentences << tr("Over the range of %1 cost goes from %2 to %3 and quality from %4 to %5.")
                         .arg(m_settingName, usdValueText(m_curve.front().costUsd * kThousand),
                              usdValueText(m_curve.back().costUsd * kThousand),
                              qualityText(m_curve.front().quality), qualityText(m_curve.back().quality));
    setAccessibleDescription(sentences.join(QLatin1Char(' ')));
}

QRectF CostQualityChart::plot() const
{
    return {kLeft, kTop, width() - kLeft - kRight, height() - kTop - kBottom};
}

QPointF CostQualityChart::at(double costUsd, double quality) const
{
    const QRectF area = plot();
    return {area.left() + (costUsd - m_costLow) / (m_costHigh - m_costLow) * area.width(),
            area.bottom() - (quality - m_qualityLow) / (m_qualityHigh - m_qualityLow) * area.height()};
}

void CostQualityChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = Theme::instance().colors();
    if (m_curve.empty() && !m_current && !m_baseline) {
        painter.setFont(Theme::font(TextSize::Normal));
        painter.setPen(colors.muted);
        painter.drawText(rect(), Qt::AlignCenter,
                         m_busy ? tr("Computing the curve.")
                                : tr("Cost or quality is unknown for every setting."));
        return;
    }
    paintAxes(painter);
    paintCurve(painter);
    if (m_baseline)
        paintPoint(painter, *m_baseline, tr("the policy"), false,
                   m_current && m_baseline->costUsd < m_current->costUsd);
    if (m_current)
        paintPoint(painter, *m_current, tr("this setting"), true,
                   !m_baseline || m_current->costUsd <= m_baseline->costUsd);
}

void CostQualityChart::paintAxes(QPainter& painter) const
{
    const ThemeColors& colors = Theme::instance().colors();
    const QRectF area = plot();
    painter.setFont(Theme::font(TextSize::Small));
    for (double quality = m_qualityLow; quality <= m_qualityHigh + m_qualityStep / 100;
         quality += m_qualityStep) {
        const double y = std::round(at(m_costLow, quality).y()) + 0.5;
        painter.setPen(colors.grid);
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        painter.setPen(colors.muted);
        painter.drawText(QRectF(0, y - 10, kLeft - 8, 20), Qt::AlignRight | Qt::AlignVCenter,
                         qualityLabel(quality, m_qualityStep));
    }
    for (double cost = m_costLow; cost <= m_costHigh + m_costStep / 100; cost += m_costStep) {
        const double x = at(cost, m_qualityLow).x();
        painter.setPen(colors.muted);
        painter.drawText(QRectF(x - 40, area.bottom() + 5, 80, 16), Qt::AlignHCenter | Qt::AlignTop,
                         costLabel(cost, m_costStep));
    }
    painter.setPen(colors.muted);
    painter.drawText(QRectF(area.left(), area.bottom() + 22, area.width(), 18),
                     Qt::AlignHCenter | Qt::AlignTop, tr("cost of 1 000 requests"));
    painter.drawText(QRectF(0, 0, area.width(), 18), Qt::AlignLeft | Qt::AlignVCenter, tr("quality, 0–1"));
    if (m_objective)
        paintObjective(painter);
}

void CostQualityChart::paintObjective(QPainter& painter) const
{
    const QRectF area = plot();
    const QString name = tr("objective: quality ≥ %1").arg(qualityLabel(*m_objective, 0.01));
    painter.setPen(Theme::instance().colors().good);
    if (*m_objective < m_qualityLow) {
        painter.drawText(area.adjusted(0, 0, -4, -4), Qt::AlignRight | Qt::AlignBottom,
                         tr("%1, below ↓").arg(name));
    } else if (*m_objective > m_qualityHigh) {
        painter.drawText(area.adjusted(0, 4, -4, 0), Qt::AlignRight | Qt::AlignTop,
                         tr("%1, above ↑").arg(name));
    } else {
        const double y = at(m_costLow, *m_objective).y();
        painter.drawText(QRectF(area.left(), y - 18, area.width() - 4, 16), Qt::AlignRight | Qt::AlignBottom,
                         name);
        painter.setPen(QPen(Theme::instance().colors().good, 1.5, Qt::DashLine));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
}

void CostQualityChart::paintCurve(QPainter& painter) const
{
    if (m_curve.empty())
        return;
    const ThemeColors& colors = Theme::instance().colors();
    painter.save();
    painter.setClipRect(plot().adjusted(-2, -2, 2, 2));
    // A band between neighbours: where the curve turns back on itself each piece still lies around its line.
    QPainterPath band;
    band.setFillRule(Qt::WindingFill);
    for (std::size_t i = 0; i + 1 < m_curve.size(); ++i) {
        const CurvePoint& a = m_curve[i];
        const CurvePoint& b = m_curve[i + 1];
        QPolygonF piece{at(a.costUsd, a.qualityInterval.low), at(a.costUsd, a.qualityInterval.high),
                        at(b.costUsd, b.qualityInterval.high), at(b.costUsd, b.qualityInterval.low)};
        if (b.costUsd < a.costUsd)
            std::reverse(piece.begin(), piece.end());
        band.addPolygon(piece);
        band.closeSubpath();
    }
    QColor fill = colors.accent;
    fill.setAlphaF(0.13F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPath(band);
    QPolygonF line;
    for (const CurvePoint& point : m_curve)
        line << at(point.costUsd, point.quality);
    painter.setPen(QPen(colors.info, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
    painter.setBrush(colors.info);
    painter.setPen(Qt::NoPen);
    for (const QPointF& point : line)
        painter.drawEllipse(point, 2, 2);
    painter.restore();
}

void CostQualityChart::paintPoint(QPainter& painter, const Point& point, const QString& name, bool filled,
                                  bool left) const
{
    const ThemeColors& colors = Theme::instance().colors();
    const QPointF place = at(point.costUsd, point.quality.value);
    painter.setPen(QPen(filled ? colors.info : colors.muted, 2));
    painter.drawLine(at(point.costUsd, point.quality.interval.low),
                     at(point.costUsd, point.quality.interval.high));
    painter.setBrush(filled ? colors.info : colors.panel);
    painter.drawEllipse(place, filled ? 6.0 : 5.0, filled ? 6.0 : 5.0);
    // The cheaper one is named above on its left, the dearer one below on its right: a curve of diminishing
    // returns leaves both corners free.
    painter.setFont(Theme::font(TextSize::Small, filled ? QFont::DemiBold : QFont::Normal));
    painter.setPen(filled ? colors.info : colors.muted);
    const QRectF area = plot();
    const double textWidth = painter.fontMetrics().horizontalAdvance(name) + 4;
    const double x = std::clamp(left ? place.x() - textWidth - 8 : place.x() + 8, area.left(),
                                std::max(area.left(), area.right() - textWidth));
    painter.drawText(QRectF(x, place.y() + (left ? -24 : 6), textWidth, 18), Qt::AlignCenter, name);
}

const CurvePoint* CostQualityChart::nearest(QPointF position) const
{
    const CurvePoint* best = nullptr;
    double least = kReach * kReach;
    for (const CurvePoint& point : m_curve) {
        const QPointF away = at(point.costUsd, point.quality) - position;
        const double distance = QPointF::dotProduct(away, away);
        if (distance <= least) {
            least = distance;
            best = &point;
        }
    }
    return best;
}

void CostQualityChart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        if (const CurvePoint* point = nearest(event->position()))
            Q_EMIT settingPicked(point->setting);
    event->accept();
}

bool CostQualityChart::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const CurvePoint* point = nearest(help->pos())) {
        const QString text =
            tr("%1 at %2: %3 for 1 000 requests, quality %4 %5, p95 %6, escalated %7, n = %8")
                .arg(m_settingName, QString::number(point->setting, 'g', 6),
                     usdValueText(point->costUsd * kThousand), qualityText(point->quality),
                     intervalText(qualityText(point->qualityInterval.low),
                                  qualityText(point->qualityInterval.high)),
                     msText(point->p95LatencyMs), percentText(point->escalationRate), countText(point->n));
        QToolTip::showText(help->globalPos(), QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped()), this);
    } else {
        QToolTip::hideText();
    }
    return true;
}

} // namespace signalbox
