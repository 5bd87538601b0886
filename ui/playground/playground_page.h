// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The Playground mode.

#include "ui/shell/mode_page.h"

namespace signalbox {

ModePage* createPlaygroundPage(Session& session, QWidget* parent);

} // namespace signalbox
