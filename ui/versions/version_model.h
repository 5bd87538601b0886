// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The versions of one policy, newest first, with the lanes of the tree that is drawn beside them.

#include "workspace/reader.h"

#include <QAbstractListModel>

#include <vector>

namespace signalbox {

/// What is drawn beside a version: its dot, and the lines that go through its row.
struct VersionLanes
{
    int lane = 0;             ///< of the dot
    std::vector<int> through; ///< lanes that only pass
    std::vector<int> from;    ///< lanes of children that end at this dot
    bool hasParent = false;   ///< a line goes on downwards from the dot
    int width = 1;            ///< lanes in this row
};

class VersionModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { Message = Qt::UserRole, Author, Time, Number, Tags, Traces, Lanes, Current };
    using QAbstractListModel::QAbstractListModel;

    void setVersions(std::vector<PolicyVersion> versions);
    /// The version that is in the editor; 0 = none.
    void setCurrent(int version);
    const std::vector<PolicyVersion>& versions() const { return m_versions; }
    const PolicyVersion* at(int row) const;
    int rowOf(int version) const;                     ///< −1 when it is not here
    int lanesAcross() const { return m_lanesAcross; } ///< of the widest row
    const VersionLanes& lanes(int row) const { return m_lanes[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<PolicyVersion> m_versions;
    std::vector<VersionLanes> m_lanes;
    int m_lanesAcross = 1;
    int m_current = 0;
};

/// Lanes for versions that stand newest first; parents stand below their children.
std::vector<VersionLanes> lanesOf(const std::vector<PolicyVersion>& versions);

} // namespace signalbox
