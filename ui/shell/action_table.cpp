// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/action_table.h"

namespace signalbox {

ActionTable::ActionTable(QObject* parent) : QObject(parent) {}

QAction* ActionTable::add(const ActionSpec& spec, QObject* context, std::function<void(bool)> run)
{
    Q_ASSERT_X(!action(spec.id), "ActionTable::add", "an action id is registered once");
    auto* result = new QAction(spec.text, this);
    result->setObjectName(spec.id);
    result->setShortcuts(spec.keys);
    result->setStatusTip(spec.explanation);
    result->setToolTip(spec.explanation);
    result->setCheckable(spec.checkable);
    result->setShortcutContext(Qt::WindowShortcut);
    result->setMenuRole(QAction::NoRole);
    connect(result, &QAction::triggered, context, [run = std::move(run)](bool checked) { run(checked); });
    m_entries.push_back({spec, result});
    return result;
}

QAction* ActionTable::action(const QString& id) const
{
    for (const Entry& entry : m_entries) {
        if (entry.spec.id == id)
            return entry.action;
    }
    return nullptr;
}

const ActionSpec* ActionTable::spec(const QString& id) const
{
    for (const Entry& entry : m_entries) {
        if (entry.spec.id == id)
            return &entry.spec;
    }
    return nullptr;
}

std::vector<ActionSpec> ActionTable::specs() const
{
    std::vector<ActionSpec> result;
    for (const Entry& entry : m_entries)
        result.push_back(entry.spec);
    return result;
}

QStringList ActionTable::conflicts() const
{
    QStringList found;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        for (std::size_t j = i + 1; j < m_entries.size(); ++j) {
            const ActionSpec& a = m_entries[i].spec;
            const ActionSpec& b = m_entries[j].spec;
            if (!a.place.isEmpty() && !b.place.isEmpty() && a.place != b.place)
                continue;
            for (const QKeySequence& key : a.keys) {
                for (const QKeySequence& other : b.keys) {
                    if (key.isEmpty() || other.isEmpty())
                        continue;
                    if (key.matches(other) != QKeySequence::NoMatch ||
                        other.matches(key) != QKeySequence::NoMatch)
                        found << a.id + QStringLiteral(" / ") + b.id + QStringLiteral(": ") + key.toString();
                }
            }
        }
    }
    return found;
}

} // namespace signalbox
