// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Draws a row of the table of problems: a pill, the code, the message with its hint below, the place, and
// links.

#include <QStyledItemDelegate>

QT_BEGIN_NAMESPACE
class QTableView;
QT_END_NAMESPACE

namespace signalbox {

class ProblemDelegate : public QStyledItemDelegate
{
public:
    explicit ProblemDelegate(QTableView& view);

    /// Of a row whose message column is that wide; `whole`: nothing is cut; else two lines of the
    /// message and one of the hint.
    int heightOf(const QModelIndex& message, int width, bool whole) const;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    void paintMessage(QPainter& painter, const QRect& rect, const QModelIndex& index) const;
    QTableView& m_view;
};

} // namespace signalbox
