// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reads what the dashboard shows from a workspace. Any thread.

#include "base/result.h"
#include "ui/dashboard/dashboard_data.h"
#include "workspace/reader.h"

namespace signalbox {

/// Reads at most this many of the newest runs; DashboardData::leftOut counts the others.
inline constexpr int kMostRuns = 50'000;

Result<DashboardData> loadDashboard(WorkspaceReader& reader, TraceFilter filter,
                                    const std::vector<std::string>& tierOrder);

} // namespace signalbox
