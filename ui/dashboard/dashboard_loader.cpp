// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/dashboard_loader.h"

#include <algorithm>

namespace signalbox {

Result<DashboardData> loadDashboard(WorkspaceReader& reader, TraceFilter filter,
                                    const std::vector<std::string>& tierOrder)
{
    auto count = reader.traceCount(filter);
    if (!count)
        return tl::unexpected<Error>(count.error());
    filter.order = TraceFilter::Order::Newest;
    filter.limit = kMostRuns;
    auto traces = reader.traces(filter);
    if (!traces)
        return tl::unexpected<Error>(traces.error());
    std::vector<RunResult> results;
    results.reserve(traces->size());
    for (const Trace& trace : *traces)
        results.push_back(resultOf(trace));
    DashboardData data = dashboardDataOf(results, tierOrder);
    data.leftOut = std::max(0, *count - static_cast<int>(results.size()));
    return data;
}

} // namespace signalbox
