// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What an interrupted dataset run left undone: stopped by a person, or killed with the program.

#include "cascade/trace.h"
#include "workspace/workspace.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace signalbox {

/// The prompts that are left, and calls that went out for them and that a killed process could not record: the runs that
/// come now are charged for them (RunOptions::lostCalls).
struct BatchRest
{
    std::vector<DatasetPrompt> prompts;
    std::shared_ptr<const std::map<std::string, std::vector<Charge>>> lostCalls;
};
/// Calls of prompts that are not left are charged to the traces that these have.
Result<BatchRest> batchRest(Workspace& workspace, WorkspaceReader& reader, const std::string& dataset,
                            const std::string& policyHash, TraceMode mode);

/// The prompts that were run less often than others under this policy: those that the last run did not get
/// to. Nothing when it got to all of them, and when there was none. A trace that was cancelled is no result.
Result<std::vector<DatasetPrompt>> promptsLeft(WorkspaceReader& reader, const std::string& dataset,
                                               const std::string& policyHash, TraceMode mode);

} // namespace signalbox
