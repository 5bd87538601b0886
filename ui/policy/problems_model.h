// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is wrong with the policy, as a table: severity, code, message with hint, place, what mends it, why.

#include "policy/document.h"

#include <QAbstractTableModel>

namespace signalbox {

class ProblemsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        SeverityColumn,
        CodeColumn,
        MessageColumn,
        PlaceColumn,
        FixColumn,
        HelpColumn,
        ColumnCount
    };
    enum Role { PointerRole = Qt::UserRole + 1, SeverityRole, HintRole, OffsetRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setDocument(const PolicyDocumentPtr& document);
    const Diagnostic* diagnosticAt(int row) const;
    int rowOf(const Diagnostic& diagnostic) const; ///< by code and place; -1 when it is not there
    int fixableCount() const;                      ///< how many *Fix All* would mend

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Diagnostic> m_diagnostics; ///< errors first
};

} // namespace signalbox
