// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Opening what a command works on: policies, prompts, workspaces.

#include "app/cli/command.h"
#include "policy/document.h"
#include "workspace/workspace.h"

#include <memory>
#include <string>
#include <vector>

namespace signalbox::cli {

struct LoadedPolicy
{
    PolicyDocumentPtr document;
    int version = 0; ///< in the workspace; 0 = a file
};
/// A policy by file; or by NAME, NAME@VERSION or NAME@TAG of a workspace when no such file exists.
Result<LoadedPolicy> loadPolicyVersion(const std::string& reference, const std::string& workspacePath);
Result<PolicyDocumentPtr> loadPolicy(const std::string& reference, const std::string& workspacePath);

/// The policy if it can be run; else its errors go to standard error.
Result<PolicyPtr> loadRunnablePolicy(const std::string& reference, const std::string& workspacePath);

/// Prompts of a file; malformed rows go to standard error with their line. An error when none is left.
Result<std::vector<DatasetPrompt>> loadPrompts(const std::string& path);

Result<std::unique_ptr<WorkspaceReader>> openReader(const std::string& workspacePath, std::unique_ptr<Workspace>& keep);

} // namespace signalbox::cli
