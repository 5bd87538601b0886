// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/timeline.h"

#include "ui/theme/text.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace signalbox {

namespace {

constexpr int kGutter = 76;
constexpr int kLaneHeight = 36;
constexpr int kBarHeight = 22;
constexpr int kAxisHeight = 28;
constexpr int kRight = 20;
constexpr int kFrameMs = 33;
constexpr double kLeastBar = 4;

QColor mix(const QColor& over, const QColor& under, double share)
{
    const auto part = [share](int a, int b) {
        return static_cast<int>(std::lround(a * share + b * (1 - share)));
    };
    return {part(over.red(), under.red()), part(over.green(), under.green()),
            part(over.blue(), under.blue())};
}

QColor readableOn(const QColor& background)
{
    const QColor light(Qt::white);
    const QColor dark(0x14, 0x17, 0x1E);
    return contrastRatio(light, background) >= contrastRatio(dark, background) ? light : dark;
}

/// What a model or a judge wrote is shown as it is, never as markup.
QString asToolTip(const QString& text)
{
    return QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped());
}

double niceStep(double spanMs, int atMost)
{
    const double rough = spanMs / std::max(1, atMost);
    const double power = std::pow(10.0, std::floor(std::log10(std::max(rough, 1e-3))));
    for (const double factor : {1.0, 2.0, 5.0, 10.0})
        if (power * factor >= rough)
            return power * factor;
    return power * 10;
}

} // namespace

Timeline::Timeline(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(tr("Timeline of the run"));
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_timer.setInterval(kFrameMs);
    connect(&m_timer, &QTimer::timeout, this, &Timeline::tick);
    connect(&Theme::instance(), &Theme::changed, this, &Timeline::refresh);
}

void Timeline::setRun(const RunView* run)
{
    m_run = run;
    refresh();
}

void Timeline::setLive(bool live)
{
    m_visible = live;
    refresh();
}

void Timeline::refresh()
{
    const std::size_t before = m_lanes.size();
    m_lanes = m_run ? lanesOf(*m_run) : std::vector<Lane>();
    m_nowMs = m_run ? m_run->nowMs() : 0;
    if (m_selected && (m_selected->lane >= m_lanes.size() ||
                       m_selected->segment >= m_lanes[m_selected->lane].segments.size()))
        m_selected.reset();
    const bool live = m_run && m_run->isLive() && m_visible;
    const bool moves = live && !Theme::instance().reduceMotion();
    if (moves && !m_timer.isActive())
        m_timer.start();
    else if (!moves)
        m_timer.stop();
    updateScale();
    if (before != m_lanes.size())
        updateGeometry();
    if (!live) // a reader is told of results, not of thirty states a second
        setAccessibleDescription(inWords(m_lanes));
    update();
}

void Timeline::tick()
{
    m_lanes = lanesOf(*m_run);
    m_nowMs = m_run->nowMs();
    updateScale();
    update();
}

void Timeline::updateScale()
{
    double end = m_run && m_run->isLive() ? m_nowMs : 0;
    for (const Lane& lane : m_lanes)
        for (const Segment& part : lane.segments)
            end = std::max(end, part.endMs.value_or(m_nowMs));
    const double span = std::max(200.0, end * 1.04);
    m_stepMs = niceStep(span, std::max(2, (width() - kGutter - kRight) / 84));
    // While it runs the axis grows by whole steps, so that nothing slides at every frame.
    m_axisMs = m_run && m_run->isLive() ? std::ceil(span / m_stepMs) * m_stepMs : span;
}

QSize Timeline::sizeHint() const
{
    const int lanes = std::max<int>(4, static_cast<int>(m_lanes.size()));
    return {640, lanes * kLaneHeight + kAxisHeight + 8};
}

QSize Timeline::minimumSizeHint() const
{
    return {320, sizeHint().height()};
}

double Timeline::xOf(double ms) const
{
    return kGutter + ms / m_axisMs * (width() - kGutter - kRight);
}

QRect Timeline::laneRect(std::size_t lane) const
{
    return {0, 4 + static_cast<int>(lane) * kLaneHeight, width(), kLaneHeight};
}

QRectF Timeline::rectOf(std::size_t lane, const Segment& part) const
{
    const QRect row = laneRect(lane);
    const double left = xOf(part.startMs);
    const double right = xOf(std::max(part.endMs.value_or(m_nowMs), part.startMs));
    return {left, row.center().y() - kBarHeight / 2.0 + 1, std::max(kLeastBar, right - left),
            static_cast<double>(kBarHeight)};
}

void Timeline::paintEvent(QPaintEvent*)
{
    updateScale();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), Theme::instance().colors().panel);
    if (m_lanes.empty())
        return;
    paintAxis(painter);
    for (std::size_t i = 0; i < m_lanes.size(); ++i)
        paintLane(painter, i);
    if (hasFocus() && !m_selected) {
        painter.setPen(QPen(Theme::instance().colors().accent, 1));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void Timeline::paintAxis(QPainter& painter) const
{
    const ThemeColors& colors = Theme::instance().colors();
    const int bottom = 4 + static_cast<int>(m_lanes.size()) * kLaneHeight;
    painter.setFont(Theme::font(TextSize::Small));
    for (double ms = 0; ms <= m_axisMs + 0.001; ms += m_stepMs) {
        const double x = std::round(xOf(ms)) + 0.5;
        painter.setPen(colors.grid);
        painter.drawLine(QPointF(x, 4), QPointF(x, bottom));
        painter.setPen(colors.muted);
        const QString label = tr("%1 ms").arg(countText(static_cast<qint64>(std::llround(ms))));
        const double wide = painter.fontMetrics().horizontalAdvance(label) + 2.0;
        const double left = std::min(x - wide / 2, width() - wide - 4); // the last one stays whole
        if (x <= width())
            painter.drawText(QRectF(left, bottom + 4, wide, kAxisHeight - 8), Qt::AlignHCenter | Qt::AlignTop,
                             label);
    }
}

void Timeline::paintLane(QPainter& painter, std::size_t index) const
{
    const Theme& theme = Theme::instance();
    const ThemeColors& colors = theme.colors();
    const Lane& lane = m_lanes[index];
    const QRect row = laneRect(index);
    const bool unused = lane.tier >= 0 && lane.segments.empty();

    painter.setFont(Theme::font(TextSize::Normal, QFont::DemiBold));
    painter.setPen(lane.tier < 0 ? colors.text : unused ? colors.muted : theme.tier(lane.tier));
    painter.drawText(row.adjusted(space::m, 0, -(width() - kGutter), 0), Qt::AlignVCenter | Qt::AlignLeft,
                     lane.further
                         ? QStringLiteral("↳") // the same tier again, at the same time
                         : painter.fontMetrics().elidedText(lane.name, Qt::ElideRight, kGutter - space::l));

    double right = kGutter + 2;
    for (std::size_t i = 0; i < lane.segments.size(); ++i) {
        const QRectF bar = rectOf(index, lane.segments[i]);
        paintSegment(painter, lane, lane.segments[i], bar);
        right = std::max(right, bar.right());
        if (m_selected && m_selected->lane == index && m_selected->segment == i) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(colors.accent, 2));
            painter.drawRoundedRect(bar.adjusted(-2, -2, 2, 2), 5, 5);
        }
    }
    const bool cancelled = !lane.segments.empty() && lane.segments.back().kind == SegmentKind::Cancelled;
    if (lane.note.isEmpty() || (lane.tier >= 0 && !lane.segments.empty() && !lane.barred && !cancelled))
        return;
    painter.setFont(Theme::font(TextSize::Small));
    painter.setPen(lane.barred ? colors.warn : colors.muted);
    const QRectF box(right + space::s, row.top(), width() - right - space::l, row.height());
    painter.drawText(
        box, Qt::AlignVCenter | Qt::AlignLeft,
        painter.fontMetrics().elidedText(lane.note, Qt::ElideRight, static_cast<int>(box.width())));
}

void Timeline::paintSegment(QPainter& painter, const Lane& lane, const Segment& part, const QRectF& bar) const
{
    const Theme& theme = Theme::instance();
    const ThemeColors& colors = theme.colors();
    const QColor tier = lane.tier < 0 ? colors.text : theme.tier(lane.tier);
    QColor fill = tier;
    Qt::BrushStyle pattern = Qt::SolidPattern;
    switch (part.kind) {
    case SegmentKind::Decide:
    case SegmentKind::Generate:
        break;
    case SegmentKind::Queue:
        fill = mix(tier, colors.panel, 0.28);
        break;
    case SegmentKind::FirstToken:
        fill = mix(tier, colors.panel, 0.5);
        break;
    case SegmentKind::GateRunning:
        fill = mix(colors.warn, colors.panel, 0.35);
        break;
    case SegmentKind::GatePassed:
        fill = colors.good;
        break;
    case SegmentKind::GateFired:
        fill = colors.warn;
        break;
    case SegmentKind::GateError:
    case SegmentKind::TryFailed:
        fill = colors.bad;
        break;
    case SegmentKind::RetryWait:
        fill = colors.muted;
        pattern = Qt::BDiagPattern;
        break;
    case SegmentKind::Cancelled: { // a cross where it ended
        const QPointF at(bar.left(), bar.center().y());
        painter.setPen(QPen(colors.text, 2));
        painter.drawLine(at + QPointF(-4, -4), at + QPointF(4, 4));
        painter.drawLine(at + QPointF(-4, 4), at + QPointF(4, -4));
        return;
    }
    }
    const QRectF inner = bar.adjusted(0.5, 0, -0.5, 0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QBrush(fill, pattern));
    painter.drawRoundedRect(inner, 3, 3);
    if (part.label.isEmpty())
        return;
    painter.setFont(Theme::font(TextSize::Small, QFont::Medium));
    const bool gate = part.kind == SegmentKind::GatePassed || part.kind == SegmentKind::GateFired ||
                      part.kind == SegmentKind::GateError;
    if (painter.fontMetrics().horizontalAdvance(part.label) + (gate ? 2 : 12) > inner.width())
        return;
    painter.setPen(pattern == Qt::SolidPattern ? readableOn(fill) : colors.text);
    if (pattern != Qt::SolidPattern) {
        const int textWidth = painter.fontMetrics().horizontalAdvance(part.label) + 8;
        painter.fillRect(
            QRectF(inner.center().x() - textWidth / 2.0, inner.top() + 3, textWidth, inner.height() - 6),
            colors.panel);
        painter.drawText(inner, Qt::AlignCenter, part.label);
    } else if (gate) {
        painter.drawText(inner, Qt::AlignCenter, part.label);
    } else {
        painter.drawText(inner.adjusted(6, 0, -4, 0), Qt::AlignVCenter | Qt::AlignLeft, part.label);
    }
}

std::optional<Timeline::Place> Timeline::placeAt(QPoint position) const
{
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane) {
        if (!laneRect(lane).contains(position))
            continue;
        const auto& segments = m_lanes[lane].segments;
        // The last one that is hit: a narrow gate lies over the end of what it checks.
        for (std::size_t i = segments.size(); i-- > 0;)
            if (rectOf(lane, segments[i]).adjusted(-1, -6, 1, 6).contains(position))
                return Place{lane, i};
    }
    return std::nullopt;
}

QString Timeline::explanationAt(QPoint position) const
{
    if (const auto place = placeAt(position))
        return m_lanes[place->lane].segments[place->segment].explanation;
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane)
        if (laneRect(lane).contains(position) && m_lanes[lane].barred)
            return tr("%1 may not be called for this request: %2")
                .arg(m_lanes[lane].name, m_lanes[lane].note);
    return {};
}

std::vector<Timeline::Place> Timeline::places() const
{
    std::vector<Place> all;
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane)
        for (std::size_t i = 0; i < m_lanes[lane].segments.size(); ++i)
            all.push_back({lane, i});
    return all;
}

void Timeline::select(std::optional<Place> place, bool show)
{
    m_selected = place;
    update();
    if (!place || !show)
        return;
    const Segment& part = m_lanes[place->lane].segments[place->segment];
    setAccessibleDescription(QStringLiteral("%1: %2").arg(m_lanes[place->lane].name, part.explanation));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    QToolTip::showText(mapToGlobal(rectOf(place->lane, part).bottomLeft().toPoint()),
                       asToolTip(part.explanation), this);
}

bool Timeline::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = explanationAt(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), asToolTip(text), this);
        return true;
    }
    return QWidget::event(event);
}

void Timeline::keyPressEvent(QKeyEvent* event)
{
    const auto all = places();
    const bool forward = event->key() == Qt::Key_Right;
    if ((!forward && event->key() != Qt::Key_Left) || all.empty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    std::size_t at = forward ? 0 : all.size() - 1;
    if (m_selected)
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].lane == m_selected->lane && all[i].segment == m_selected->segment)
                at = forward ? std::min(i + 1, all.size() - 1) : i - std::min<std::size_t>(i, 1);
    select(all[at], true);
}

void Timeline::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void Timeline::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    select(std::nullopt, false);
}

} // namespace signalbox
