// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every action of the window is registered here once, with its shortcut. Menus, shortcuts, the palette of
// Ctrl+K and the sheet of keys are fed from this one table, and a test asks it for conflicts.

#include <QAction>
#include <QKeySequence>
#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace signalbox {

struct ActionSpec
{
    QString id;    ///< "file.save_version", "playground.send"
    QString text;  ///< with mnemonic, title case: "&Save Version"
    QString place; ///< "" = everywhere, else the id of the mode in which it works
    QString
        menu; ///< "file", "edit", "view", "help"; "" = in no menu of the bar (actions of a mode: menu "Mode")
    QList<QKeySequence> keys; ///< the first is shown
    QString explanation;      ///< one sentence, for the status bar and the sheet of keys
    bool checkable = false;
};

class ActionTable : public QObject
{
    Q_OBJECT
public:
    explicit ActionTable(QObject* parent = nullptr);

    /// Adds an action; `context` bounds the connection's life. An id is added once.
    QAction* add(const ActionSpec& spec, QObject* context, std::function<void(bool checked)> run);
    QAction* action(const QString& id) const; ///< null when there is none
    const ActionSpec* spec(const QString& id) const;
    std::vector<ActionSpec> specs() const; ///< in order of registration

    /// Two actions whose keys are equal (or one a prefix of the other) and that work in the same place; empty
    /// when all is well.
    QStringList conflicts() const;

private:
    struct Entry
    {
        ActionSpec spec;
        QAction* action = nullptr;
    };
    std::vector<Entry> m_entries;
};

} // namespace signalbox
