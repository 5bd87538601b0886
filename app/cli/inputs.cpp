// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inputs.h"

#include "exchange/prompts.h"
#include "policy/diagnostic_format.h"

#include <cstdio>
#include <filesystem>

namespace signalbox::cli {

Result<LoadedPolicy> loadPolicyVersion(const std::string& reference, const std::string& workspacePath)
{
    std::error_code ignored;
    if (std::filesystem::exists(reference, ignored) || workspacePath.empty()) {
        Result<PolicyDocumentPtr> document = readPolicyFile(reference);
        if (document)
            return LoadedPolicy{*document, 0};
        Error error = document.error();
        if (reference.find('@') != std::string::npos && workspacePath.empty())
            error.message += " A version of a workspace needs --workspace.";
        return tl::unexpected(std::move(error));
    }
    std::unique_ptr<Workspace> workspace;
    const Result<std::unique_ptr<WorkspaceReader>> reader = openReader(workspacePath, workspace);
    if (!reader)
        return tl::unexpected(reader.error());
    const Result<PolicyVersion> version = (*reader)->policyByReference(reference);
    if (!version)
        return tl::unexpected(version.error());
    return LoadedPolicy{readPolicy(version->text), version->version};
}

Result<PolicyDocumentPtr> loadPolicy(const std::string& reference, const std::string& workspacePath)
{
    Result<LoadedPolicy> loaded = loadPolicyVersion(reference, workspacePath);
    if (!loaded)
        return tl::unexpected(loaded.error());
    return std::move(loaded->document);
}

Result<PolicyPtr> loadRunnablePolicy(const std::string& reference, const std::string& workspacePath)
{
    const Result<PolicyDocumentPtr> document = loadPolicy(reference, workspacePath);
    if (!document)
        return tl::unexpected(document.error());
    if (!(*document)->runnable()) {
        std::fputs(policyDiagnosticsToText((*document)->diagnostics, reference).c_str(), stderr);
        return fail("policy.has_errors",
                    "The policy has errors and cannot be used; mend what is listed above", reference);
    }
    return (*document)->policy;
}

Result<std::vector<DatasetPrompt>> loadPrompts(const std::string& path)
{
    Result<PromptImport> import = readPromptsFile(path);
    if (!import)
        return tl::unexpected(import.error());
    for (const RowProblem& problem : import->problems)
        std::fprintf(stderr, "%s:%d: %s\n", path.c_str(), problem.line, problem.message.c_str());
    if (import->prompts.empty())
        return fail("import.no_prompts", "There is no usable prompt in the file", path);
    return std::move(import->prompts);
}

Result<std::unique_ptr<WorkspaceReader>> openReader(const std::string& workspacePath,
                                                    std::unique_ptr<Workspace>& keep)
{
    Result<std::unique_ptr<Workspace>> workspace = Workspace::open(workspacePath, OpenMode::ReadOnly);
    if (!workspace)
        return tl::unexpected(workspace.error());
    keep = std::move(*workspace);
    return keep->reader();
}

} // namespace signalbox::cli
