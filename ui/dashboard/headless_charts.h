// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Draws a workspace's dashboard into a picture without showing a window.

#include <QString>

namespace signalbox {

/// Exit status: 0 written, 3 when the workspace cannot be read or the picture not written (said on standard
/// error).
int drawHeadlessCharts(const QString& workspace, const QString& picture);

} // namespace signalbox
