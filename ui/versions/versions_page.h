// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/mode_page.h"

namespace signalbox {

/// Versions: the tree of what was saved, what differs between any two, tags, restore and export.
/// reveal() takes "v7" or "NAME@7".
ModePage* createVersionsPage(Session& session, QWidget* parent);

} // namespace signalbox
