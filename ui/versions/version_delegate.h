// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A version in the list: the tree's lines and dot, its message, its tags, who saved it and when.

#include <QStyledItemDelegate>

namespace signalbox {

class VersionDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace signalbox
