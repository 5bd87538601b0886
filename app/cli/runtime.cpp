// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runtime.h"

#include "base/clock.h"
#include "exchange/files.h"

namespace signalbox::cli {

Result<std::unique_ptr<Runtime>> Runtime::open(const Policy& policy, const RuntimeOptions& options)
{
    auto runtime = std::make_unique<Runtime>();
    Result<std::unique_ptr<Workspace>> workspace = Workspace::open(options.workspace, OpenMode::OpenOrCreate);
    if (!workspace)
        return tl::unexpected(workspace.error());
    runtime->workspace = std::move(*workspace);

    const Result<std::unique_ptr<WorkspaceReader>> reader = runtime->workspace->reader();
    if (!reader)
        return tl::unexpected(reader.error());
    const Result<std::vector<Document>> documents = (*reader)->documents();
    if (!documents)
        return tl::unexpected(documents.error());
    if (!documents->empty()) {
        Result<std::unique_ptr<FtsIndex>> index = FtsIndex::build(*documents);
        if (!index)
            return tl::unexpected(index.error());
        runtime->documents = std::move(*index);
    }

    EngineConfig config;
    config.seed = options.seed;
    auto spent = (*reader)->spentSince(wallClockMs() - 3'600'000); // hourly budgets outlive a restart
    if (!spent)
        return tl::unexpected(spent.error());
    config.spent = std::move(*spent);
    if (policy.usesSandbox()) {
        SandboxOptions sandboxOptions;
        sandboxOptions.seed = options.seed;
        if (!options.scenarioFile.empty()) {
            Result<std::string> scenario = readWholeFile(options.scenarioFile);
            if (!scenario)
                return tl::unexpected(scenario.error());
            sandboxOptions.scenarioJson = std::move(*scenario);
        }
        Result<std::unique_ptr<Sandbox>> sandbox = Sandbox::start(sandboxOptions);
        if (!sandbox)
            return tl::unexpected(sandbox.error());
        runtime->sandbox = std::move(*sandbox);
        config.sandboxBaseUrl = runtime->sandbox->baseUrl();
    }
    runtime->transport = std::make_unique<Transport>();
    runtime->engine = std::make_unique<CascadeEngine>(*runtime->transport, *runtime->workspace,
                                                      runtime->secrets, runtime->documents.get(), config);
    return runtime;
}

} // namespace signalbox::cli
