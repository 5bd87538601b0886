// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The faults as a tree: a family, and under it what it has. What is on, what must come of it, and what came
// of it in the last run.

#include "ui/faults/fault_text.h"
#include "ui/faults/fault_verdict.h"

#include <QAbstractItemModel>

#include <vector>

namespace signalbox {

class FaultsModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { FaultColumn, ExpectedColumn, StateColumn, LastColumn, ColumnCount };
    enum Role { IdRole = Qt::UserRole, SearchRole };

    using QAbstractItemModel::QAbstractItemModel;

    void show(const SandboxFaults& faults, const std::map<std::string, FaultVerdict>& verdicts);
    QModelIndex indexOf(const QString& id) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        QString id;
        QStringList cells;
        QString toolTip;
        QString search;
        bool on = false;
        std::optional<FaultVerdict::Kind> verdict;
        bool operator==(const Row&) const = default;
    };
    struct Group
    {
        FaultFamily family = FaultFamily::Other;
        std::vector<Row> rows;
    };
    const Row* rowAt(const QModelIndex& index) const;
    QVariant groupData(const Group& group, int column, int role) const;

    std::vector<Group> m_groups;
};

} // namespace signalbox
