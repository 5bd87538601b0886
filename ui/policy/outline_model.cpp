// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/outline_model.h"

#include "ui/policy/element_pointer.h"
#include "ui/theme/text.h"
#include "ui/theme/widgets.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace signalbox {

OutlineModel::OutlineModel(QObject* parent) : QAbstractItemModel(parent)
{
    m_sections = sectionsOf(PolicyDocument());
}

OutlineModel::~OutlineModel() = default;

std::vector<OutlineModel::Section> OutlineModel::sectionsOf(const PolicyDocument& document)
{
    static const Policy empty;
    const Policy& policy = document.policy ? *document.policy : empty;
    std::vector<Section> sections;
    const auto single = [&](const QString& text, const QString& pointer) {
        sections.push_back({{pointer, text, -1, 0, 0}, false, {}});
    };
    const auto list = [&](const QString& text, const QString& pointer, const auto& elements) {
        Section section{{pointer, text, -1, 0, 0}, true, {}};
        section.children.reserve(elements.size());
        std::unordered_set<std::string_view> seen; // as listElementPointer(), of all elements in one walk
        for (std::size_t i = 0; i < elements.size(); ++i) {
            const std::string& id = elements[i].id;
            const bool byId = !id.empty() && seen.insert(id).second;
            section.children.push_back(
                {pointer + QLatin1Char('/') + (byId ? escapedToken(qs(id)) : QString::number(i)),
                 id.empty() ? tr("(no id)") : qs(id), -1, 0, 0});
        }
        sections.push_back(std::move(section));
    };
    single(tr("Policy"), QString());
    list(tr("Endpoints"), QStringLiteral("/endpoints"), policy.endpoints);
    list(tr("Models"), QStringLiteral("/models"), policy.models);
    list(tr("Rules"), QStringLiteral("/rules"), policy.rules);
    single(tr("Router"), QStringLiteral("/router"));
    list(tr("Tiers"), QStringLiteral("/tiers"), policy.tiers);
    for (std::size_t i = 0; i < policy.tiers.size(); ++i) {
        Entry& entry = sections.back().children[i];
        entry.tier = static_cast<int>(i);
        if (!policy.tiers[i].modelIds.empty())
            entry.text += QLatin1Char(' ') + qs(policy.tiers[i].modelIds.front());
    }
    single(tr("Cascade"), QStringLiteral("/cascade"));
    list(tr("Rubrics"), QStringLiteral("/rubrics"), policy.rubrics);
    list(tr("Triggers"), QStringLiteral("/triggers"), policy.triggers);
    single(tr("Objectives"), QStringLiteral("/slo"));
    single(tr("Retrieval"), QStringLiteral("/retrieval"));
    list(tr("User tiers"), QStringLiteral("/user_tiers"), policy.userTiers);
    list(tr("Templates"), QStringLiteral("/templates"), policy.templates);
    list(tr("Tools"), QStringLiteral("/tools"), policy.tools);
    single(tr("Cache"), QStringLiteral("/cache"));
    single(tr("Stickiness"), QStringLiteral("/stickiness"));
    single(tr("Handoff"), QStringLiteral("/handoff"));
    list(tr("Release gates"), QStringLiteral("/release_gates"), policy.releaseGates);

    // Of a long list few elements have problems.
    const auto elementPointer = [](const QString& pointer) { return pointer.section(QLatin1Char('/'), 0, 2); };
    QSet<QString> concerned;
    for (const Diagnostic& diagnostic : document.diagnostics)
        concerned.insert(elementPointer(qs(diagnostic.pointer)));
    QHash<QString, Entry*> children;
    for (Section& section : sections) {
        for (Entry& child : section.children) {
            if (concerned.contains(child.pointer))
                children.insert(child.pointer, &child);
        }
    }
    for (const Diagnostic& diagnostic : document.diagnostics) {
        if (diagnostic.severity == Severity::Note)
            continue;
        const QString pointer = qs(diagnostic.pointer);
        const auto count = [&](Entry& entry) {
            ++(diagnostic.severity == Severity::Error ? entry.errors : entry.warnings);
        };
        Section* home = &sections.front();
        for (Section& section : sections) {
            if (!section.entry.pointer.isEmpty() && liesWithin(pointer, section.entry.pointer))
                home = &section;
        }
        count(home->entry);
        if (Entry* child = children.value(elementPointer(pointer)))
            count(*child);
    }
    return sections;
}

void OutlineModel::setDocument(const PolicyDocumentPtr& document)
{
    if (!document || !document->policy)
        return;
    std::vector<Section> fresh = sectionsOf(*document);
    for (std::size_t row = 0; row < fresh.size(); ++row) {
        Section& section = m_sections[row];
        updateChildren(static_cast<int>(row), std::move(fresh[row].children));
        section.entry = fresh[row].entry;
        const QModelIndex changed = index(static_cast<int>(row), 0);
        Q_EMIT dataChanged(changed, changed);
    }
}

void OutlineModel::updateChildren(int row, std::vector<Entry> fresh)
{
    std::vector<Entry>& old = m_sections[static_cast<std::size_t>(row)].children;
    const QModelIndex parent = index(row, 0);
    // One stretch of rows differs after any one edit: what is equal before and behind it stays.
    std::size_t front = 0;
    while (front < old.size() && front < fresh.size() && old[front].pointer == fresh[front].pointer)
        ++front;
    std::size_t back = 0;
    while (back + front < old.size() && back + front < fresh.size() &&
           old[old.size() - 1 - back].pointer == fresh[fresh.size() - 1 - back].pointer)
        ++back;
    const auto at = static_cast<std::ptrdiff_t>(front);
    if (front + back < old.size()) {
        beginRemoveRows(parent, static_cast<int>(front), static_cast<int>(old.size() - back) - 1);
        old.erase(old.begin() + at, old.end() - static_cast<std::ptrdiff_t>(back));
        endRemoveRows();
    }
    if (front + back < fresh.size()) {
        beginInsertRows(parent, static_cast<int>(front), static_cast<int>(fresh.size() - back) - 1);
        old.insert(old.begin() + at, fresh.begin() + at, fresh.end() - static_cast<std::ptrdiff_t>(back));
        endInsertRows();
    }
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        if (old[i] == fresh[i])
            continue;
        old[i] = fresh[i];
        const QModelIndex changed = index(static_cast<int>(i), 0, parent);
        Q_EMIT dataChanged(changed, changed);
    }
}

bool OutlineModel::contains(const QString& pointer) const
{
    return std::ranges::any_of(m_sections, [&](const Section& section) {
        return section.entry.pointer == pointer ||
               (pointer.startsWith(section.entry.pointer + QLatin1Char('/')) &&
                std::ranges::any_of(section.children,
                                    [&](const Entry& child) { return child.pointer == pointer; }));
    });
}

QModelIndex OutlineModel::indexOf(const QString& pointer) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex section = index(row, 0);
        const Section& entry = m_sections[static_cast<std::size_t>(row)];
        if (entry.entry.pointer == pointer)
            return section;
        for (std::size_t i = 0; i < entry.children.size(); ++i) {
            if (entry.children[i].pointer == pointer)
                return index(static_cast<int>(i), 0, section);
        }
    }
    // A row of the router's map has no line of its own.
    return pointer.startsWith(QLatin1String("/router/")) ? indexOf(QStringLiteral("/router")) : QModelIndex();
}

// The internal id is 0 for sections, else the section's row + 1.
QModelIndex OutlineModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row() + 1) : quintptr(0));
}

QModelIndex OutlineModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr(0));
}

int OutlineModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_sections.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_sections[static_cast<std::size_t>(parent.row())].children.size());
}

int OutlineModel::columnCount(const QModelIndex&) const
{
    return 1;
}

const OutlineModel::Entry* OutlineModel::entryAt(const QModelIndex& index) const
{
    if (!index.isValid())
        return nullptr;
    if (index.internalId() == 0)
        return &m_sections[static_cast<std::size_t>(index.row())].entry;
    return &m_sections[index.internalId() - 1].children[static_cast<std::size_t>(index.row())];
}

QVariant OutlineModel::data(const QModelIndex& index, int role) const
{
    const Entry* entry = entryAt(index);
    if (!entry)
        return {};
    const bool isSection = index.internalId() == 0;
    const Section* section = isSection ? &m_sections[static_cast<std::size_t>(index.row())] : nullptr;
    switch (role) {
    case Qt::DisplayRole:
        return entry->text;
    case PointerRole:
        return entry->pointer;
    case CountRole:
        return section && section->isList ? QVariant(static_cast<int>(section->children.size())) : QVariant();
    case ErrorsRole:
        return entry->errors;
    case WarningsRole:
        return entry->warnings;
    case TierRole:
        return entry->tier;
    case SectionRole:
        return isSection;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
        QStringList parts{entry->text};
        if (section && section->isList)
            parts.append(QString::number(section->children.size()));
        if (entry->errors > 0)
            parts.append(entry->errors == 1 ? tr("1 error") : tr("%1 errors").arg(entry->errors));
        if (entry->warnings > 0)
            parts.append(entry->warnings == 1 ? tr("1 warning") : tr("%1 warnings").arg(entry->warnings));
        return parts.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

} // namespace signalbox
