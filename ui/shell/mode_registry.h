// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The modes of the main window, in the order of the work. A new mode is a line here and a folder of its own.

#include <QtGlobal>

#include <vector>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace signalbox {

class ModePage;
class Session;

using ModeFactory = ModePage* (*)(Session&, QWidget*);
const std::vector<ModeFactory>& modeFactories();

} // namespace signalbox
