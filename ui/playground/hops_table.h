// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The table of hops under the cards: as high as its rows, so that the page scrolls and not the table.

#include "ui/playground/hops_model.h"
#include "ui/theme/widgets.h"

class QTableView;

namespace signalbox {

class HopsTable : public Card
{
    Q_OBJECT
public:
    explicit HopsTable(QWidget* parent = nullptr);
    void show(const RunView& run);
    HopsModel* model() const { return m_model; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    HopsModel* m_model;
    QTableView* m_table;
};

} // namespace signalbox
