// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/problems_view.h"

#include "policy/diagnostic.h"
#include "ui/policy/problems_model.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace signalbox {

namespace {

class ProblemDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        return {60, index.data(ProblemsModel::HintRole).toString().isEmpty() ? 30 : 46};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = Theme::instance();
        const ThemeColors& colors = theme.colors();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, colors.selection);
        painter->setPen(colors.hairline);
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
        QRect rect = option.rect.adjusted(8, 0, -8, 0);
        const QString text = index.data().toString();
        switch (index.column()) {
        case ProblemsModel::SeverityColumn: {
            const auto severity = static_cast<Severity>(index.data(ProblemsModel::SeverityRole).toInt());
            const Tone tone = severity == Severity::Error     ? Tone::Bad
                              : severity == Severity::Warning ? Tone::Warn
                                                              : Tone::Neutral;
            const QFont font = Theme::font(TextSize::Small);
            const int width = QFontMetrics(font).horizontalAdvance(text) + 18;
            const QRectF pill(rect.left() + 2.5, rect.center().y() - 9.5, width, 20);
            painter->setBrush(theme.fill(tone));
            painter->setPen(theme.border(tone));
            painter->drawRoundedRect(pill, 10, 10);
            painter->setFont(font);
            painter->setPen(theme.foreground(tone));
            painter->drawText(pill, Qt::AlignCenter, text);
            break;
        }
        case ProblemsModel::CodeColumn:
        case ProblemsModel::PlaceColumn: {
            const QFont font = Theme::monospace(TextSize::Small);
            painter->setFont(font);
            painter->setPen(index.column() == ProblemsModel::CodeColumn ? colors.text : colors.muted);
            painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
                              QFontMetrics(font).elidedText(text, Qt::ElideMiddle, rect.width()));
            break;
        }
        default: {
            const QFont font = Theme::font(TextSize::Normal);
            const QFontMetrics metrics(font);
            painter->setFont(font);
            painter->setPen(colors.text);
            const QString hint = index.data(ProblemsModel::HintRole).toString();
            const auto line = [&](const QRect& place, const QString& words) {
                painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeft,
                                  metrics.elidedText(words, Qt::ElideRight, place.width()));
            };
            if (hint.isEmpty()) {
                line(rect, text);
            } else {
                line({rect.left(), rect.top() + 4, rect.width(), 19}, text);
                painter->setPen(colors.muted);
                line({rect.left(), rect.top() + 23, rect.width(), 19}, hint);
            }
        }
        }
        painter->restore();
    }
};

} // namespace

ProblemsView::ProblemsView(ProblemsModel& model, QWidget* parent) : QTableView(parent)
{
    setObjectName(QStringLiteral("policyProblems"));
    setAccessibleName(tr("Problems of the policy"));
    setModel(&model);
    setItemDelegate(new ProblemDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents); // a hint takes a second line
    horizontalHeader()->hide();
    horizontalHeader()->setMinimumSectionSize(40);
    horizontalHeader()->setSectionResizeMode(ProblemsModel::MessageColumn, QHeaderView::Stretch);
    setColumnWidth(ProblemsModel::SeverityColumn, 84);
    setColumnWidth(ProblemsModel::CodeColumn, 72);
    setColumnWidth(ProblemsModel::PlaceColumn, 190);
    connect(this, &QAbstractItemView::clicked, this,
            [this](const QModelIndex& index) { Q_EMIT placeRequested(index.row(), false); });
}

void ProblemsView::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT placeRequested(currentIndex().row(), true);
        return;
    }
    QTableView::keyPressEvent(event);
}

void ProblemsView::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setFont(Theme::font(TextSize::Normal));
    painter.setPen(Theme::instance().colors().muted);
    painter.drawText(viewport()->rect(), Qt::AlignCenter,
                     tr("No problems. The policy can be run and exported."));
}

} // namespace signalbox
