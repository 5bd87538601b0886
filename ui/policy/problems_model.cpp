// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/problems_model.h"

#include "ui/theme/text.h"

#include <algorithm>

namespace signalbox {

namespace {

bool same(const Diagnostic& a, const Diagnostic& b)
{
    return a.code == b.code && a.pointer == b.pointer;
}

} // namespace

void ProblemsModel::setDocument(const PolicyDocumentPtr& document)
{
    std::vector<Diagnostic> fresh = document ? document->diagnostics : std::vector<Diagnostic>();
    std::stable_sort(fresh.begin(), fresh.end(),
                     [](const Diagnostic& a, const Diagnostic& b) { return a.severity < b.severity; });
    // Rows that stay keep their selection while a person types.
    std::size_t front = 0;
    while (front < fresh.size() && front < m_diagnostics.size() && same(fresh[front], m_diagnostics[front]))
        ++front;
    std::size_t back = 0;
    while (back + front < fresh.size() && back + front < m_diagnostics.size() &&
           same(fresh[fresh.size() - 1 - back], m_diagnostics[m_diagnostics.size() - 1 - back]))
        ++back;
    const auto at = static_cast<std::ptrdiff_t>(front);
    if (front + back < m_diagnostics.size()) {
        beginRemoveRows({}, static_cast<int>(front), static_cast<int>(m_diagnostics.size() - back) - 1);
        m_diagnostics.erase(m_diagnostics.begin() + at,
                            m_diagnostics.end() - static_cast<std::ptrdiff_t>(back));
        endRemoveRows();
    }
    if (front + back < fresh.size()) {
        beginInsertRows({}, static_cast<int>(front), static_cast<int>(fresh.size() - back) - 1);
        m_diagnostics.insert(m_diagnostics.begin() + at, fresh.begin() + at,
                             fresh.end() - static_cast<std::ptrdiff_t>(back));
        endInsertRows();
    }
    m_diagnostics = std::move(fresh);
    if (!m_diagnostics.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const Diagnostic* ProblemsModel::diagnosticAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_diagnostics[static_cast<std::size_t>(row)] : nullptr;
}

int ProblemsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_diagnostics.size());
}

int ProblemsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const
{
    const Diagnostic* diagnostic = index.isValid() ? diagnosticAt(index.row()) : nullptr;
    if (!diagnostic)
        return {};
    const auto severity = [&] {
        return diagnostic->severity == Severity::Error     ? tr("error")
               : diagnostic->severity == Severity::Warning ? tr("warning")
                                                           : tr("note");
    };
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case SeverityColumn:
            return severity();
        case CodeColumn:
            return qs(diagnostic->code);
        case MessageColumn:
            return qs(diagnostic->message);
        default:
            return diagnostic->pointer.empty() ? tr("line %1").arg(diagnostic->line)
                                               : qs(diagnostic->pointer);
        }
    case Qt::ToolTipRole: {
        QString text = qs(diagnostic->message);
        if (!diagnostic->hint.empty())
            text += QLatin1Char('\n') + qs(diagnostic->hint);
        return text + QLatin1Char('\n') +
               tr("Line %1, column %2").arg(diagnostic->line).arg(diagnostic->column);
    }
    case Qt::AccessibleTextRole:
        return index.column() == SeverityColumn
                   ? tr("%1: %2 %3").arg(severity(), qs(diagnostic->message), qs(diagnostic->hint))
                   : data(index, Qt::DisplayRole);
    case PointerRole:
        return qs(diagnostic->pointer);
    case SeverityRole:
        return static_cast<int>(diagnostic->severity);
    case HintRole:
        return qs(diagnostic->hint);
    case OffsetRole:
        return static_cast<qulonglong>(diagnostic->offset);
    default:
        return {};
    }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case SeverityColumn:
        return tr("Severity");
    case CodeColumn:
        return tr("Code");
    case MessageColumn:
        return tr("Message");
    case PlaceColumn:
        return tr("Place");
    default:
        return {};
    }
}

} // namespace signalbox
