// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/version_delegate.h"

#include "ui/theme/text.h"
#include "ui/theme/theme.h"
#include "ui/versions/version_model.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace signalbox {

namespace {

constexpr int kRow = 58;
constexpr int kLaneWidth = 14;
constexpr int kMostLanes = 5;
constexpr int kDotY = 18;

double laneX(const QRect& row, int lane)
{
    return row.left() + space::m + std::min(lane, kMostLanes - 1) * kLaneWidth + 4;
}

void paintLanes(QPainter& painter, const QRect& row, const VersionLanes& lanes, bool current)
{
    const ThemeColors& colors = Theme::instance().colors();
    const QPointF dot(laneX(row, lanes.lane), row.top() + kDotY);
    painter.setPen(QPen(colors.border, 1.6));
    painter.setBrush(Qt::NoBrush);
    for (const int lane : lanes.through)
        painter.drawLine(QPointF(laneX(row, lane), row.top()), QPointF(laneX(row, lane), row.bottom() + 1));
    for (const int lane : lanes.from) {
        const QPointF top(laneX(row, lane), row.top());
        QPainterPath path(top);
        path.cubicTo(QPointF(top.x(), dot.y() - 4), QPointF(dot.x(), top.y() + 4), dot);
        painter.drawPath(path);
    }
    if (lanes.hasParent)
        painter.drawLine(dot, QPointF(dot.x(), row.bottom() + 1));
    painter.setPen(QPen(current ? colors.accent : colors.muted, 2));
    painter.setBrush(current ? colors.accent : colors.panel);
    painter.drawEllipse(dot, 4.5, 4.5);
}

/// Returns the width that the pill took.
int paintTag(QPainter& painter, const QPoint& at, const QString& tag, int most)
{
    const Tone tone = tag == QLatin1String("production")  ? Tone::Good
                      : tag == QLatin1String("candidate") ? Tone::Info
                                                          : Tone::Neutral;
    const Theme& theme = Theme::instance();
    painter.setFont(Theme::font(TextSize::Small));
    const QFontMetrics metrics(painter.font());
    const QString text = metrics.elidedText(tag, Qt::ElideRight, most - 14);
    const QRect pill(at.x(), at.y(), metrics.horizontalAdvance(text) + 14, 17);
    painter.setPen(QPen(theme.border(tone), 1));
    painter.setBrush(theme.fill(tone));
    painter.drawRoundedRect(QRectF(pill).adjusted(0.5, 0.5, -0.5, -0.5), 8.5, 8.5);
    painter.setPen(theme.foreground(tone));
    painter.drawText(pill, Qt::AlignCenter, text);
    return pill.width() + space::xs;
}

} // namespace

QSize VersionDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {200, kRow};
}

void VersionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    const auto* model = qobject_cast<const VersionModel*>(index.model());
    if (!model)
        return;
    const ThemeColors& colors = Theme::instance().colors();
    const QRect row = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(row, colors.selection);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(row, colors.hover);
    const VersionLanes& lanes = model->lanes(index.row());
    const bool current = index.data(VersionModel::Current).toBool();
    paintLanes(*painter, row, lanes, current);

    const int left =
        row.left() + space::m + std::min(model->lanesAcross(), kMostLanes) * kLaneWidth + space::xs;
    const int right = row.right() - space::s;
    const QString number = QStringLiteral("v%1").arg(index.data(VersionModel::Number).toInt());

    painter->setFont(Theme::font(TextSize::Normal, QFont::DemiBold));
    const int numberWidth = QFontMetrics(painter->font()).horizontalAdvance(number) + space::s;
    const QRect firstLine(left, row.top() + 8, right - left, 20);
    painter->setPen(colors.text);
    painter->drawText(firstLine, Qt::AlignVCenter | Qt::AlignLeft, number);
    painter->setFont(Theme::font(TextSize::Normal));
    const QRect messageBox = firstLine.adjusted(numberWidth, 0, 0, 0);
    painter->drawText(
        messageBox, Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetrics(painter->font())
            .elidedText(index.data(VersionModel::Message).toString(), Qt::ElideRight, messageBox.width()));

    int x = left;
    const int y = row.top() + 31;
    const QStringList tags = index.data(VersionModel::Tags).toStringList();
    for (const QString& tag : tags) {
        if (x + 60 > right)
            break;
        x += paintTag(*painter, QPoint(x, y), tag, right - x);
    }
    QStringList about{index.data(VersionModel::Author).toString(), index.data(VersionModel::Time).toString()};
    if (const int traces = index.data(VersionModel::Traces).toInt(); traces > 0)
        about.append(VersionModel::tr("%n trace(s)", nullptr, traces));
    if (current)
        about.prepend(VersionModel::tr("in the editor"));
    painter->setFont(Theme::font(TextSize::Small));
    painter->setPen(colors.muted);
    const QRect aboutBox(x + (tags.isEmpty() ? 0 : space::xs), y, right - x, 17);
    painter->drawText(aboutBox, Qt::AlignVCenter | Qt::AlignLeft,
                      QFontMetrics(painter->font())
                          .elidedText(about.join(QStringLiteral(" · ")), Qt::ElideRight, aboutBox.width()));
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(colors.accent, 1, Qt::DotLine));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(row.adjusted(1, 1, -2, -2));
    }
    painter->restore();
}

} // namespace signalbox
