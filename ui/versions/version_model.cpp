// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/version_model.h"

#include "ui/theme/text.h"

#include <algorithm>

namespace signalbox {

std::vector<VersionLanes> lanesOf(const std::vector<PolicyVersion>& versions)
{
    std::vector<VersionLanes> out;
    std::vector<int> waiting; // by lane: the version that the line is on its way to; 0 = free
    for (const PolicyVersion& version : versions) {
        VersionLanes row;
        row.lane = -1;
        for (std::size_t lane = 0; lane < waiting.size(); ++lane) {
            if (waiting[lane] == 0)
                continue;
            if (waiting[lane] != version.version) {
                row.through.push_back(static_cast<int>(lane));
                continue;
            }
            row.from.push_back(static_cast<int>(lane));
            waiting[lane] = 0;
            if (row.lane < 0)
                row.lane = static_cast<int>(lane);
        }
        if (row.lane < 0) {
            const auto free = std::find(waiting.begin(), waiting.end(), 0);
            row.lane = static_cast<int>(free - waiting.begin());
            if (free == waiting.end())
                waiting.push_back(0);
        }
        row.hasParent =
            version.parent > 0 && version.parentName == version.name && version.parent < version.version;
        waiting[static_cast<std::size_t>(row.lane)] = row.hasParent ? version.parent : 0;
        row.width = static_cast<int>(waiting.size());
        while (!waiting.empty() && waiting.back() == 0)
            waiting.pop_back();
        out.push_back(std::move(row));
    }
    return out;
}

void VersionModel::setVersions(std::vector<PolicyVersion> versions)
{
    beginResetModel();
    // A child is saved after its parent, but the clock of the machine may have gone back between them.
    std::stable_sort(versions.begin(), versions.end(),
                     [](const PolicyVersion& a, const PolicyVersion& b) { return a.version > b.version; });
    m_versions = std::move(versions);
    m_lanes = lanesOf(m_versions);
    m_lanesAcross = 1;
    for (const VersionLanes& row : m_lanes)
        m_lanesAcross = std::max(m_lanesAcross, row.width);
    endResetModel();
}

void VersionModel::setCurrent(int version)
{
    if (m_current == version)
        return;
    m_current = version;
    if (!m_versions.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

const PolicyVersion* VersionModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_versions[static_cast<std::size_t>(row)] : nullptr;
}

int VersionModel::rowOf(int version) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (m_versions[static_cast<std::size_t>(row)].version == version)
            return row;
    }
    return -1;
}

int VersionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_versions.size());
}

QVariant VersionModel::data(const QModelIndex& index, int role) const
{
    const PolicyVersion* version = at(index.row());
    if (!version || !index.isValid())
        return {};
    QStringList tags;
    for (const std::string& tag : version->tags)
        tags.append(qs(tag));
    const QString message = version->message.empty() ? tr("(no message)") : qs(version->message);
    switch (role) {
    case Message:
        return message;
    case Author:
        return qs(version->author);
    case Time:
        return timeText(version->createdAtMs);
    case Number:
        return version->version;
    case Tags:
        return tags;
    case Traces:
        return version->traces;
    case Current:
        return m_current == version->version;
    case Qt::DisplayRole:
        return QStringLiteral("v%1 %2").arg(version->version).arg(message);
    case Qt::ToolTipRole:
        return QStringLiteral("v%1 · %2\n%3 · %4")
            .arg(version->version)
            .arg(message, qs(version->author), timeText(version->createdAtMs));
    case Qt::AccessibleTextRole: {
        QStringList parts{tr("Version %1").arg(version->version), message};
        if (!tags.isEmpty())
            parts.append(tr("tagged %1").arg(tags.join(QStringLiteral(", "))));
        parts << qs(version->author) << timeText(version->createdAtMs)
              << tr("%n trace(s)", nullptr, version->traces);
        if (version->parent > 0)
            parts.append(version->restoredFrom > 0 ? tr("restores version %1").arg(version->restoredFrom)
                                                   : tr("made from version %1").arg(version->parent));
        if (m_current == version->version)
            parts.append(tr("in the editor"));
        return parts.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

} // namespace signalbox
