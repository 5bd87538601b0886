// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The card with the requests that would move, and how many of them come off better, the same or worse.

#include "ui/theme/widgets.h"
#include "ui/tuning/moved_model.h"

class QTableView;

namespace signalbox {

class MovedCard : public Card
{
    Q_OBJECT
public:
    explicit MovedCard(QWidget* parent = nullptr);
    void show(const std::vector<MovedRequest>& moved, const QStringList& tiers, bool changed);

Q_SIGNALS:
    /// Enter or a double click on a row: its place in the matrix.
    void requestChosen(int row);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void setColumns();
    MovedModel* m_model;
    QTableView* m_table;
    QLabel* m_title;
    Pill* m_better;
    Pill* m_same;
    Pill* m_worse;
    Pill* m_unknown;
    MutedLabel* m_none;
};

} // namespace signalbox
