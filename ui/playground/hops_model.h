// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The run as a table: a row for each hop, its failed tries and its judges, and the sum. What is not known
// says so.

#include "ui/playground/run_view.h"

#include <QAbstractTableModel>

namespace signalbox {

class HopsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        HopColumn,
        TierColumn,
        ResultColumn,
        ReasonColumn,
        TokensColumn,
        FirstTokenColumn,
        TotalColumn,
        CostColumn,
        ColumnCount
    };
    enum Role { ExplanationRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    void show(const RunView& run);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    enum class Kind { Hop, Try, Gate, Sum };
    struct Row
    {
        Kind kind = Kind::Hop;
        int tier = -1;
        QStringList cells;
        QString explanation;
        bool operator==(const Row&) const = default;
    };
    class Charges;
    void addHop(std::vector<Row>& rows, const RunView& run, const HopView& view, Charges& charges) const;
    Row tryRow(const HopView& view, std::size_t attempt, Charges& charges) const;
    Row gateRow(const HopView& view, const GateResult& gate, Charges& charges) const;
    Row sumRow(const RunView& run) const;

    std::vector<Row> m_rows;
};

} // namespace signalbox
