// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/faults/faults_model.h"

#include "ui/theme/text.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace signalbox {

namespace {

constexpr quintptr kIsGroup = ~quintptr{0};

QString stateText(const SandboxFaults& faults, const FaultState& fault)
{
    if (!fault.on)
        return {};
    QStringList parts{FaultsModel::tr("on")};
    if (const QString target = faults.targetOf(fault); !target.isEmpty())
        parts << target;
    if (fault.left)
        //: %1 is a number of requests after which a fault goes off by itself
        parts << FaultsModel::tr("%1 left").arg(countText(*fault.left));
    if (fault.hits > 0)
        parts << FaultsModel::tr("%n hit(s)", nullptr, static_cast<int>(fault.hits));
    return parts.join(QStringLiteral(" · "));
}

QString verdictText(const FaultVerdict& verdict)
{
    switch (verdict.kind) {
    case FaultVerdict::Kind::AsExpected:
        return QStringLiteral("✓ ") + verdict.reason;
    case FaultVerdict::Kind::Otherwise:
        return QStringLiteral("✗ ") + verdict.reason;
    case FaultVerdict::Kind::NotMet:
    case FaultVerdict::Kind::NotStated:
        break;
    }
    return QStringLiteral("– ") + verdict.reason;
}

} // namespace

void FaultsModel::show(const SandboxFaults& faults, const std::map<std::string, FaultVerdict>& verdicts)
{
    std::vector<Group> groups;
    for (int family = 0; family < kFaultFamilies; ++family) {
        Group group{static_cast<FaultFamily>(family), {}};
        for (const FaultState& fault : faults.faults()) {
            if (familyOf(fault.kind) != group.family)
                continue;
            Row row;
            row.id = qs(fault.id);
            row.on = fault.on;
            const auto verdict = verdicts.find(fault.id);
            if (verdict != verdicts.end())
                row.verdict = verdict->second.kind;
            row.cells = {faultTitle(fault), expectedText(fault.expect), stateText(faults, fault),
                         verdict == verdicts.end() ? QString() : verdictText(verdict->second)};
            row.toolTip = QStringLiteral("<p><b>%1</b></p><p>%2</p><p>%3</p>")
                              .arg(row.id.toHtmlEscaped(), kindInWords(fault.kind).toHtmlEscaped(),
                                   expectedInWords(fault.expect).toHtmlEscaped());
            row.search = QStringList{row.id,
                                     row.cells[0],
                                     row.cells[1],
                                     qs(fault.expect ? fault.expect->outcome : std::string()),
                                     qs(fault.kind),
                                     kindInWords(fault.kind),
                                     familyName(group.family)}
                             .join(QLatin1Char('\n'));
            group.rows.push_back(std::move(row));
        }
        if (!group.rows.empty())
            groups.push_back(std::move(group));
    }
    const auto shape = [](const std::vector<Group>& of) {
        QStringList ids;
        for (const Group& group : of) {
            for (const Row& row : group.rows)
                ids << row.id;
            ids << QString();
        }
        return ids;
    };
    if (shape(groups) != shape(m_groups)) {
        beginResetModel();
        m_groups = std::move(groups);
        endResetModel();
        return;
    }
    for (std::size_t g = 0; g < groups.size(); ++g) {
        for (std::size_t r = 0; r < groups[g].rows.size(); ++r) {
            if (groups[g].rows[r] == m_groups[g].rows[r])
                continue;
            m_groups[g].rows[r] = std::move(groups[g].rows[r]);
            const QModelIndex parent = index(static_cast<int>(g), 0);
            Q_EMIT dataChanged(index(static_cast<int>(r), 0, parent),
                               index(static_cast<int>(r), ColumnCount - 1, parent));
            Q_EMIT dataChanged(parent, index(static_cast<int>(g), ColumnCount - 1));
        }
    }
}

QModelIndex FaultsModel::indexOf(const QString& id) const
{
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        for (std::size_t r = 0; r < m_groups[g].rows.size(); ++r) {
            if (m_groups[g].rows[r].id == id)
                return index(static_cast<int>(r), 0, index(static_cast<int>(g), 0));
        }
    }
    return {};
}

QModelIndex FaultsModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) : kIsGroup);
}

QModelIndex FaultsModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == kIsGroup)
        return {};
    return createIndex(static_cast<int>(child.internalId()), 0, kIsGroup);
}

int FaultsModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != kIsGroup || parent.column() != 0)
        return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].rows.size());
}

int FaultsModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

const FaultsModel::Row* FaultsModel::rowAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == kIsGroup)
        return nullptr;
    return &m_groups[static_cast<std::size_t>(index.internalId())]
                .rows[static_cast<std::size_t>(index.row())];
}

QVariant FaultsModel::groupData(const Group& group, int column, int role) const
{
    const auto on =
        std::count_if(group.rows.begin(), group.rows.end(), [](const Row& row) { return row.on; });
    switch (role) {
    case Qt::DisplayRole:
        if (column == FaultColumn)
            return QStringLiteral("%1 · %2").arg(familyName(group.family),
                                                 countText(static_cast<qint64>(group.rows.size())));
        return column == StateColumn && on > 0 ? tr("%1 on").arg(countText(on)) : QVariant();
    case Qt::FontRole:
        return Theme::font(TextSize::Normal, QFont::DemiBold);
    case Qt::ForegroundRole:
        return column == StateColumn ? Theme::instance().colors().warn : Theme::instance().colors().muted;
    case SearchRole:
        return QString(); // a family is found by what is in it
    default:
        return {};
    }
}

QVariant FaultsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.internalId() == kIsGroup)
        return groupData(m_groups[static_cast<std::size_t>(index.row())], index.column(), role);
    const Row& row = *rowAt(index);
    const ThemeColors& colors = Theme::instance().colors();
    switch (role) {
    case Qt::DisplayRole:
        return row.cells[index.column()];
    case Qt::ToolTipRole:
        return index.column() == LastColumn && !row.cells[LastColumn].isEmpty() ? row.cells[LastColumn]
                                                                                : row.toolTip;
    case Qt::AccessibleTextRole:
        return row.cells[index.column()];
    case IdRole:
        return row.id;
    case SearchRole:
        return row.search;
    case Qt::FontRole:
        return Theme::font(TextSize::Normal,
                           row.on && index.column() <= StateColumn ? QFont::DemiBold : QFont::Normal);
    case Qt::ForegroundRole:
        if (index.column() == StateColumn)
            return colors.warn;
        if (index.column() == LastColumn && row.verdict)
            return *row.verdict == FaultVerdict::Kind::AsExpected  ? colors.good
                   : *row.verdict == FaultVerdict::Kind::Otherwise ? colors.bad
                                                                   : colors.muted;
        return index.column() == ExpectedColumn ? colors.muted : colors.text;
    default:
        return {};
    }
}

QVariant FaultsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FaultColumn:
        return tr("fault");
    case ExpectedColumn:
        return tr("must end as");
    case StateColumn:
        return tr("state");
    case LastColumn:
        return tr("in the last run");
    default:
        return {};
    }
}

} // namespace signalbox
