// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The requests that would go elsewhere at another setting, what gets worse first.

#include "replay/what_if.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace signalbox {

class MovedModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { RequestColumn, FromColumn, ToColumn, WhyColumn, QualityColumn, CostColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void show(std::vector<MovedRequest> moved, const QStringList& tiers);
    const MovedRequest* at(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const MovedRequest& moved, int column) const;

    std::vector<MovedRequest> m_moved;
    QStringList m_tiers;
};

} // namespace signalbox
