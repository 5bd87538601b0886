// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The table of problems; a click or Enter goes to the place. The current row shows its whole text. Alt+Enter,
// or the link in the row, mends; F1, or its "Why?", explains.

#include <QTableView>

namespace signalbox {

class ProblemsModel;

class ProblemsView : public QTableView
{
    Q_OBJECT
public:
    explicit ProblemsView(ProblemsModel& model, QWidget* parent = nullptr);

Q_SIGNALS:
    void placeRequested(int row, bool byKey);
    void fixRequested(int row, int fix);
    void helpRequested(int row);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void placeColumns();
    void fitRows();
    bool isLink(const QModelIndex& index) const;

    ProblemsModel& m_problems;
};

} // namespace signalbox
