// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/problems_model.h"

#include "ui/policy/quick_fixes.h"
#include "ui/theme/text.h"

#include <algorithm>

namespace signalbox {

namespace {

bool same(const Diagnostic& a, const Diagnostic& b)
{
    return a.code == b.code && a.pointer == b.pointer;
}

/// All that a row shows.
bool looksTheSame(const Diagnostic& a, const Diagnostic& b)
{
    return same(a, b) && a.severity == b.severity && a.message == b.message && a.hint == b.hint &&
           a.line == b.line && a.column == b.column && a.fixes.size() == b.fixes.size() &&
           (a.fixes.empty() || a.fixes.front().title == b.fixes.front().title);
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
    int first = -1;
    int last = -1;
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        if (looksTheSame(m_diagnostics[i], fresh[i]))
            continue;
        last = static_cast<int>(i);
        if (first < 0)
            first = last;
    }
    m_diagnostics = std::move(fresh);
    if (first >= 0)
        Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
}

int ProblemsModel::rowOf(const Diagnostic& diagnostic) const
{
    for (std::size_t i = 0; i < m_diagnostics.size(); ++i) {
        if (m_diagnostics[i].code == diagnostic.code && m_diagnostics[i].offset == diagnostic.offset)
            return static_cast<int>(i);
    }
    for (std::size_t i = 0; i < m_diagnostics.size(); ++i) {
        if (same(m_diagnostics[i], diagnostic))
            return static_cast<int>(i);
    }
    return -1;
}

int ProblemsModel::fixableCount() const
{
    return static_cast<int>(std::ranges::count_if(m_diagnostics, isFixable));
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
        case FixColumn:
            return isFixable(*diagnostic) ? qs(diagnostic->fixes.front().title) : QString();
        case HelpColumn:
            return tr("Why?");
        default:
            return diagnostic->pointer.empty() ? tr("line %1").arg(diagnostic->line)
                                               : qs(diagnostic->pointer);
        }
    case Qt::ToolTipRole: {
        if (index.column() == HelpColumn || index.column() == CodeColumn)
            return tr("Opens the help on %1 (F1)").arg(qs(diagnostic->code));
        if (index.column() == FixColumn)
            return isFixable(*diagnostic)
                       ? tr("%1 (Alt+Enter)").arg(qs(diagnostic->fixes.front().title).toHtmlEscaped())
                       : QVariant();
        // As rich text, so that it wraps.
        QString text = QStringLiteral("<p>%1</p>").arg(qs(diagnostic->message).toHtmlEscaped());
        if (!diagnostic->hint.empty())
            text += QStringLiteral("<p>%1</p>").arg(qs(diagnostic->hint).toHtmlEscaped());
        return text + QStringLiteral("<p>%1</p>")
                          .arg(tr("Line %1, column %2").arg(diagnostic->line).arg(diagnostic->column));
    }
    case Qt::AccessibleTextRole:
        if (index.column() == SeverityColumn)
            return tr("%1: %2 %3").arg(severity(), qs(diagnostic->message), qs(diagnostic->hint));
        if (index.column() == FixColumn && isFixable(*diagnostic))
            return tr("Fix: %1").arg(qs(diagnostic->fixes.front().title));
        return data(index, Qt::DisplayRole);
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
    case FixColumn:
        return tr("Fix");
    default:
        return {};
    }
}

} // namespace signalbox
