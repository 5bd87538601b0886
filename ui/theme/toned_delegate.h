// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Rows of a table keep the colours that have a meaning when they are selected: a failed request stays red.

#include <QStyledItemDelegate>

namespace signalbox {

class TonedDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.data(Qt::ForegroundRole).isValid())
            option->palette.setBrush(QPalette::HighlightedText, option->palette.brush(QPalette::Text));
    }
};

} // namespace signalbox
