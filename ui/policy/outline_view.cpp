// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/outline_view.h"

#include "ui/policy/outline_model.h"
#include "ui/policy/policy_selection.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

namespace signalbox {

namespace {

/// Text, count, tier dot and the badge of problems at the right.
class OutlineDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {80, 26}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const ThemeColors& colors = Theme::instance().colors();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, colors.selection);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, colors.hover);
        QRect rect = option.rect.adjusted(4, 0, -8, 0);
        const int tier = index.data(OutlineModel::TierRole).toInt();
        if (tier >= 0) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(Theme::instance().tier(tier));
            painter->drawEllipse(QPointF(rect.left() + 5, rect.center().y() + 1), 4, 4);
            rect.adjust(16, 0, 0, 0);
        }
        const int errors = index.data(OutlineModel::ErrorsRole).toInt();
        const int warnings = index.data(OutlineModel::WarningsRole).toInt();
        if (errors + warnings > 0) {
            const QString text =
                errors > 0 ? QStringLiteral("✕ %1").arg(errors) : QStringLiteral("! %1").arg(warnings);
            const QFont font = Theme::font(TextSize::Small);
            const int width = QFontMetrics(font).horizontalAdvance(text) + 12;
            const QRect pill(rect.right() - width, rect.center().y() - 8, width, 17);
            painter->setBrush(errors > 0 ? colors.badFill : colors.warnFill);
            painter->setPen(errors > 0 ? colors.badBorder : colors.warnBorder);
            painter->drawRoundedRect(QRectF(pill).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
            painter->setFont(font);
            painter->setPen(errors > 0 ? colors.bad : Theme::instance().foreground(Tone::Warn));
            painter->drawText(pill, Qt::AlignCenter, text);
            rect.setRight(pill.left() - 6);
        }
        const QString text = index.data(Qt::DisplayRole).toString();
        const QFont font = Theme::font(TextSize::Normal);
        const QFontMetrics metrics(font);
        painter->setFont(font);
        painter->setPen(colors.text);
        const QString shown = metrics.elidedText(text, Qt::ElideRight, rect.width());
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft, shown);
        const QVariant count = index.data(OutlineModel::CountRole);
        if (count.isValid()) {
            rect.setLeft(rect.left() + metrics.horizontalAdvance(shown) + 8);
            painter->setPen(colors.muted);
            painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft, count.toString());
        }
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(QPen(colors.accent, 1, Qt::DotLine));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
        painter->restore();
    }
};

} // namespace

OutlineView::OutlineView(OutlineModel& model, PolicySelection& selection, QWidget* parent)
    : QTreeView(parent), m_outline(model), m_selection(selection)
{
    setObjectName(QStringLiteral("policyOutline"));
    setAccessibleName(tr("Outline of the policy"));
    setModel(&model);
    setItemDelegate(new OutlineDelegate(this));
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setStyleSheet(QStringLiteral("QTreeView:focus { border: none; }")); // the row itself shows the focus
    setIndentation(16);
    setUniformRowHeights(true);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    header()->setStretchLastSection(true);
    connect(&selection, &PolicySelection::changed, this, [this] { followSelection(); });
    connect(this, &QAbstractItemView::activated, this, [this] { m_selection.editFirstField(); });
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this] {
        m_following = false;
        followSelection();
    });
    connect(&model, &QAbstractItemModel::rowsInserted, this, [this] { followSelection(); });
    expandForStart();
}

/// The tree moves its current row when rows vanish; that is nobody's choice.
void OutlineView::rowsAboutToBeRemoved(const QModelIndex& parent, int start, int end)
{
    m_following = true;
    QTreeView::rowsAboutToBeRemoved(parent, start, end);
}

void OutlineView::expandForStart()
{
    for (const char* pointer : {"/rules", "/tiers", "/triggers"})
        expand(m_outline.indexOf(QLatin1String(pointer)));
    followSelection();
}

void OutlineView::followSelection()
{
    if (m_following)
        return;
    const QModelIndex index = m_outline.indexOf(m_selection.element());
    if (index == currentIndex())
        return;
    const QScopedValueRollback guard(m_following, true);
    if (!index.isValid()) {
        selectionModel()->clear();
        return;
    }
    setCurrentIndex(index);
    scrollTo(index);
}

void OutlineView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    if (m_following || !current.isValid())
        return;
    const QScopedValueRollback guard(m_following, true);
    m_selection.select(current.data(OutlineModel::PointerRole).toString());
}

void OutlineView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete) {
        Q_EMIT deleteRequested();
        return;
    }
    if ((event->modifiers() & Qt::AltModifier) &&
        (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        Q_EMIT moveRequested(event->key() == Qt::Key_Up ? -1 : 1);
        return;
    }
    QTreeView::keyPressEvent(event);
}

} // namespace signalbox
