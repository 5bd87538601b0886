// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The Tuning mode.

#include "ui/shell/mode_page.h"

namespace signalbox {

ModePage* createTuningPage(Session& session, QWidget* parent);

} // namespace signalbox
