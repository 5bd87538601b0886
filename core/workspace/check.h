// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What `check` looks for in a workspace.

#include "base/sqlite.h"
#include "workspace/reader.h"

namespace signalbox {

Result<std::vector<CheckProblem>> checkWorkspace(const sqlite::Database& database);

} // namespace signalbox
