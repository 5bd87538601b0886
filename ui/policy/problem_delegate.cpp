// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/problem_delegate.h"

#include "policy/diagnostic.h"
#include "ui/policy/problems_model.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QTableView>

#include <algorithm>

namespace signalbox {

namespace {

constexpr int kAside = 8; // left and right of a cell's text
constexpr int kAbove = 6; // above and below the message
constexpr int kShortFix = 120;

int linesHeight(const QFontMetrics& metrics, int width, const QString& text)
{
    return metrics.boundingRect(QRect(0, 0, width, 10'000), Qt::TextWordWrap, text).height();
}

/// A message has two lines before it is cut: most say in them all that they have to say.
int briefHeight(const QFontMetrics& metrics, int width, const QString& text)
{
    return std::min(linesHeight(metrics, width, text), 2 * metrics.height());
}

/// As much of it as two lines hold; what wraps leaves a part of the first one empty.
QString brief(const QFontMetrics& metrics, int width, const QString& text)
{
    if (linesHeight(metrics, width, text) <= 2 * metrics.height())
        return text;
    int room = 2 * width;
    QString cut;
    do {
        cut = metrics.elidedText(text, Qt::ElideRight, room);
        room -= std::max(8, width / 16);
    } while (room > width && linesHeight(metrics, width, cut) > 2 * metrics.height());
    return cut;
}

} // namespace

ProblemDelegate::ProblemDelegate(QTableView& view) : QStyledItemDelegate(&view), m_view(view) {}

int ProblemDelegate::heightOf(const QModelIndex& message, int width, bool whole) const
{
    const QFontMetrics metrics(Theme::font(TextSize::Normal));
    const QString hint = message.data(ProblemsModel::HintRole).toString();
    const int inside = std::max(80, width - 2 * kAside);
    if (!whole)
        return 2 * kAbove + briefHeight(metrics, inside, message.data().toString()) +
               (hint.isEmpty() ? 0 : metrics.height());
    return 2 * kAbove + linesHeight(metrics, inside, message.data().toString()) +
           (hint.isEmpty() ? 0 : linesHeight(metrics, inside, hint));
}

QSize ProblemDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    return {60, m_view.rowHeight(index.row())};
}

void ProblemDelegate::paintMessage(QPainter& painter, const QRect& rect, const QModelIndex& index) const
{
    const ThemeColors& colors = Theme::instance().colors();
    const QFont font = Theme::font(TextSize::Normal);
    const QFontMetrics metrics(font);
    const QString hint = index.data(ProblemsModel::HintRole).toString();
    const bool isWhole = index.row() == m_view.currentIndex().row();
    painter.setFont(font);
    painter.setPen(colors.text);
    int top = rect.top() + kAbove;
    const QString message = index.data().toString();
    const int height = isWhole ? linesHeight(metrics, rect.width(), message) : briefHeight(metrics, rect.width(), message);
    painter.drawText(QRect(rect.left(), top, rect.width(), height), Qt::TextWordWrap,
                     isWhole ? message : brief(metrics, rect.width(), message));
    top += height;
    painter.setPen(colors.muted);
    if (isWhole)
        painter.drawText(QRect(rect.left(), top, rect.width(), linesHeight(metrics, rect.width(), hint)),
                         Qt::TextWordWrap, hint);
    else
        painter.drawText(QRect(rect.left(), top, rect.width(), metrics.height()), Qt::AlignVCenter | Qt::AlignLeft,
                         metrics.elidedText(hint, Qt::ElideRight, rect.width()));
}

void ProblemDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    const Theme& theme = Theme::instance();
    const ThemeColors& colors = theme.colors();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, colors.selection);
    painter->setPen(colors.hairline);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const QRect rect = option.rect.adjusted(kAside, 0, -kAside, 0);
    // In a row of many lines everything stands beside the first.
    const QRect first(
        rect.left(), rect.top(), rect.width(),
        std::min(rect.height(), heightOf(index.siblingAtColumn(ProblemsModel::MessageColumn),
                                         m_view.columnWidth(ProblemsModel::MessageColumn), false)));
    QString text = index.data().toString();
    switch (index.column()) {
    case ProblemsModel::SeverityColumn: {
        const auto severity = static_cast<Severity>(index.data(ProblemsModel::SeverityRole).toInt());
        const Tone tone = severity == Severity::Error     ? Tone::Bad
                          : severity == Severity::Warning ? Tone::Warn
                                                          : Tone::Neutral;
        const QFont font = Theme::font(TextSize::Small);
        const int width = QFontMetrics(font).horizontalAdvance(text) + 18;
        const QRectF pill(first.left() + 2.5, first.center().y() - 9.5, width, 20);
        painter->setBrush(theme.fill(tone));
        painter->setPen(theme.border(tone));
        painter->drawRoundedRect(pill, 10, 10);
        painter->setFont(font);
        painter->setPen(theme.foreground(tone));
        painter->drawText(pill, Qt::AlignCenter, text);
        break;
    }
    case ProblemsModel::MessageColumn:
        paintMessage(*painter, rect, index);
        break;
    case ProblemsModel::FixColumn:
    case ProblemsModel::HelpColumn: {
        if (index.column() == ProblemsModel::FixColumn && !text.isEmpty() && rect.width() < kShortFix)
            text = ProblemsModel::tr("Fix");
        const QFont font = Theme::font(TextSize::Normal);
        painter->setFont(font);
        painter->setPen(colors.info);
        painter->drawText(first, Qt::AlignVCenter | Qt::AlignLeft,
                          QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width()));
        break;
    }
    default: {
        const QFont font = Theme::monospace(TextSize::Small);
        painter->setFont(font);
        painter->setPen(index.column() == ProblemsModel::CodeColumn ? colors.text : colors.muted);
        painter->drawText(first, Qt::AlignVCenter | Qt::AlignLeft,
                          QFontMetrics(font).elidedText(text, Qt::ElideMiddle, rect.width()));
    }
    }
    painter->restore();
}

} // namespace signalbox
