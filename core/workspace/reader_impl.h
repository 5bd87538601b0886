// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The reader over a SQLite connection of its own.

#include "workspace/reader.h"

namespace signalbox {

Result<std::unique_ptr<WorkspaceReader>> openReader(const std::string& path);

} // namespace signalbox
