// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Traces of the workspace as a table: the number of rows is known at once, rows are read in pages when they
// are looked at.

#include "ui/shell/store.h"
#include "workspace/reader.h"

#include <QAbstractTableModel>
#include <QHash>

#include <vector>

namespace signalbox {

class TracesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        Time,
        Prompt,
        RouteTier,
        Status,
        Hops,
        Reasons,
        FirstToken,
        Latency,
        Cost,
        Quality,
        Source,
        ColumnCount
    };
    static constexpr int kPage = 100;

    explicit TracesModel(Store& store, QObject* parent = nullptr);

    void setFilter(const TraceFilter& filter);
    const TraceFilter& filter() const { return m_filter; }
    void setTierOrder(const QStringList& tiers);
    /// Reads again; rows stay until the new ones have come.
    void reload();
    /// Forgets all rows: another workspace.
    void clear();

    /// Null while the row has not been read.
    const TraceRow* row(int index) const;
    int rowOf(const QString& traceId) const; ///< among rows that were read; -1
    bool isLoading() const { return m_counting || !m_wanted.isEmpty(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void loaded();
    void failed(const signalbox::Error& error);

private:
    void want(int page) const;
    void fetch(int page);
    QString text(const TraceRow& row, int column) const;
    QString hover(const TraceRow& row, int column) const;

    Store& m_store;
    TraceFilter m_filter;
    QStringList m_tiers;
    int m_count = 0;
    QHash<int, std::vector<TraceRow>> m_pages;
    mutable QList<int> m_wanted; ///< pages that are being read
    Generation m_asked;
    quint64 m_ticket = 0;
    bool m_counting = false;
    bool m_again = false;
};

} // namespace signalbox
