// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Shows every mode in turn, light and dark, small and large, and writes a picture of each; then quits.

#include <QString>

namespace signalbox {

class MainWindow;
class Session;

/// Begins once the session's workspace is open (or could not be opened) and everything is idle.
void startTour(MainWindow& window, Session& session, const QString& directory);

} // namespace signalbox
