// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/moved_model.h"

#include "ui/theme/text.h"
#include "ui/theme/theme.h"
#include "ui/tuning/tuning_work.h"

#include <algorithm>

namespace signalbox {

namespace {

QString routeName(const std::string& name)
{
    if (name.empty())
        return MovedModel::tr("failed");
    return name == "human" ? MovedModel::tr("a person") : qs(name);
}

/// Worse first, then the same, better, and what was not judged at the end; within each the larger change.
double order(const MovedRequest& moved)
{
    return moved.qualityFrom && moved.qualityTo ? *moved.qualityTo - *moved.qualityFrom : 2;
}

} // namespace

void MovedModel::show(std::vector<MovedRequest> moved, const QStringList& tiers)
{
    std::stable_sort(moved.begin(), moved.end(),
                     [](const MovedRequest& a, const MovedRequest& b) { return order(a) < order(b); });
    beginResetModel();
    m_moved = std::move(moved);
    m_tiers = tiers;
    endResetModel();
}

const MovedRequest* MovedModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_moved[static_cast<std::size_t>(row)] : nullptr;
}

int MovedModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_moved.size());
}

int MovedModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString MovedModel::text(const MovedRequest& moved, int column) const
{
    switch (column) {
    case RequestColumn:
        return qs(moved.prompt);
    case FromColumn:
        return routeName(moved.from);
    case ToColumn:
        return routeName(moved.to);
    case WhyColumn:
        return moved.why.empty() ? tr("no longer escalated") : qs(moved.why);
    case QualityColumn:
        return tr("%1 → %2").arg(qualityText(moved.qualityFrom), qualityText(moved.qualityTo));
    default:
        if (!moved.costFrom || !moved.costTo)
            return tr("unknown");
        const NanoUsd change = *moved.costTo - *moved.costFrom;
        const QString size = usdText(std::optional<NanoUsd>(change < 0 ? -change : change));
        return change < 0 ? QChar(0x2212) + size : change > 0 ? QLatin1Char('+') + size : size;
    }
}

QVariant MovedModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const MovedRequest& moved = m_moved[static_cast<std::size_t>(index.row())];
    const Theme& theme = Theme::instance();
    switch (role) {
    case Qt::DisplayRole:
        return text(moved, index.column());
    case Qt::ToolTipRole: {
        QString tip = text(moved, index.column());
        if (index.column() == WhyColumn && !moved.why.empty()) {
            QStringList words;
            for (const QString& code : qs(moved.why).split(QStringLiteral(", ")))
                words << reasonInWords(code);
            tip = words.join(QStringLiteral("; "));
        }
        return QStringLiteral("<p>%1</p>").arg(tip.toHtmlEscaped());
    }
    case Qt::TextAlignmentRole:
        return QVariant(index.column() >= QualityColumn ? Qt::AlignRight | Qt::AlignVCenter
                                                        : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        if (index.column() == FromColumn)
            return theme.route(qs(moved.from), m_tiers);
        if (index.column() == ToColumn)
            return theme.route(qs(moved.to), m_tiers);
        if (index.column() == QualityColumn) {
            const auto verdict = verdictOn(moved);
            return !verdict || *verdict == 0 ? theme.colors().muted
                   : *verdict < 0            ? theme.colors().bad
                                             : theme.colors().good;
        }
        return theme.colors().text;
    case Qt::FontRole:
        return index.column() == WhyColumn && !moved.why.empty() ? Theme::monospace(TextSize::Small)
                                                                 : Theme::font(TextSize::Normal);
    default:
        return {};
    }
}

QVariant MovedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section >= QualityColumn ? Qt::AlignRight | Qt::AlignVCenter
                                                 : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RequestColumn:
        return tr("request");
    case FromColumn:
        return tr("from");
    case ToColumn:
        return tr("to");
    case WhyColumn:
        return tr("why");
    case QualityColumn:
        return tr("quality");
    default:
        return tr("cost");
    }
}

} // namespace signalbox
