// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The Dashboard mode.

#include "ui/shell/mode_page.h"

namespace signalbox {

ModePage* createDashboardPage(Session& session, QWidget* parent);

} // namespace signalbox
