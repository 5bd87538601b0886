// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The Policy mode.

#include "ui/shell/mode_page.h"

namespace signalbox {

ModePage* createPolicyPage(Session& session, QWidget* parent);

} // namespace signalbox
