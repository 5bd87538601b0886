// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/batch_rest.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace signalbox {

Result<std::vector<DatasetPrompt>> promptsLeft(WorkspaceReader& reader, const std::string& dataset,
                                               const std::string& policyHash, TraceMode mode)
{
    TraceFilter filter;
    filter.dataset = dataset;
    filter.policyHash = policyHash;
    filter.mode = mode;
    const Result<std::vector<TraceRow>> rows = reader.traceRows(filter);
    if (!rows)
        return tl::unexpected<Error>(rows.error());
    std::unordered_map<std::string, int> done;
    int most = 0;
    for (const TraceRow& row : *rows) {
        if (row.status != TraceStatus::Cancelled)
            most = std::max(most, ++done[row.promptId]);
    }
    if (most == 0)
        return std::vector<DatasetPrompt>();
    Result<std::vector<DatasetPrompt>> prompts = reader.prompts(dataset);
    if (prompts)
        std::erase_if(*prompts, [&](const DatasetPrompt& prompt) {
            const auto found = done.find(prompt.request.id);
            return found != done.end() && found->second >= most;
        });
    return prompts;
}

Result<BatchRest> batchRest(Workspace& workspace, WorkspaceReader& reader, const std::string& dataset,
                            const std::string& policyHash, TraceMode mode)
{
    auto prompts = promptsLeft(reader, dataset, policyHash, mode);
    if (!prompts)
        return tl::unexpected<Error>(prompts.error());
    std::set<std::string> left;
    for (const DatasetPrompt& prompt : *prompts)
        left.insert(prompt.request.id);
    RunOutline runs;
    runs.dataset = dataset;
    runs.policyHash = policyHash;
    runs.mode = mode;
    auto lost = workspace.takeOverLostCalls(runs, left);
    if (!lost)
        return tl::unexpected<Error>(lost.error());
    return BatchRest{std::move(*prompts), std::make_shared<const std::map<std::string, std::vector<Charge>>>(
                                              std::move(lost->byPrompt))};
}

} // namespace signalbox
