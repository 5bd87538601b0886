// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The Traces mode.

#include "ui/shell/mode_page.h"

namespace signalbox {

ModePage* createTracesPage(Session& session, QWidget* parent);

} // namespace signalbox
