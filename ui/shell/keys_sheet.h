// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// "?": the keys that work in a mode, from the action table.

#include <QDialog>

namespace signalbox {

class ActionTable;

class KeysSheet : public QDialog
{
    Q_OBJECT
public:
    KeysSheet(const ActionTable& actions, const QString& place, const QString& placeTitle, QWidget* parent);
};

} // namespace signalbox
