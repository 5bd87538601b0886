// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The table of problems; a click or Enter goes to the place.

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

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

} // namespace signalbox
