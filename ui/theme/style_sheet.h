// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one style sheet of the window, generated from the theme's colours.

#include "ui/theme/theme.h"

namespace signalbox {

QString styleSheetFor(const ThemeColors& colors, bool dark);

} // namespace signalbox
