// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// "?": the keys that work in a mode, from the action table and from the mode's parts.

#include "ui/shell/mode_page.h"

#include <QDialog>

namespace signalbox {

class ActionTable;

class KeysSheet : public QDialog
{
    Q_OBJECT
public:
    KeysSheet(const ActionTable& actions, const ModePage& page, QWidget* parent);
};

} // namespace signalbox
