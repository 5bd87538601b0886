// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inputs.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace signalbox::cli {

namespace {

struct TracesArguments
{
    std::string workspace;
    TraceFilter filter;
};

/// Oldest first, page by page: a workspace may hold more than fits into memory.
int print(const TracesArguments& options)
{
    std::unique_ptr<Workspace> workspace;
    const Result<std::unique_ptr<WorkspaceReader>> reader = openReader(options.workspace, workspace);
    if (!reader)
        return report(reader.error());
    constexpr int kPage = 500;
    TraceFilter filter = options.filter;
    filter.order = TraceFilter::Order::Oldest;
    for (filter.limit = kPage;; filter.offset += kPage) {
        const Result<std::vector<Trace>> traces = (*reader)->traces(filter);
        if (!traces)
            return report(traces.error());
        for (const Trace& trace : *traces) {
            const std::string line = traceToJson(trace) + "\n";
            if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size())
                return report({"output.unwritable",
                               "The traces cannot be written out: " + std::string(std::strerror(errno)),
                               {}});
        }
        if (traces->size() < static_cast<std::size_t>(kPage))
            return kComputed;
    }
}

} // namespace

std::function<int()> setupTraces(CLI::App& command, Globals&)
{
    auto options = std::make_shared<TracesArguments>();
    command.add_option("--workspace", options->workspace, "Workspace to read")->required();
    command.add_option("--dataset", options->filter.dataset, "Only traces of this dataset");
    return [options] { return print(*options); };
}

} // namespace signalbox::cli
