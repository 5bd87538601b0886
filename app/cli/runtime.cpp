// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runtime.h"

#include "exchange/files.h"

namespace signalbox::cli {

Result<std::unique_ptr<Sandbox>> openSandbox(const Policy& policy, const std::string& scenarioFile,
                                             std::uint64_t seed)
{
    if (!policy.usesSandbox())
        return std::unique_ptr<Sandbox>();
    SandboxOptions options;
    options.seed = seed;
    if (!scenarioFile.empty()) {
        Result<std::string> scenario = readWholeFile(scenarioFile);
        if (!scenario)
            return tl::unexpected(scenario.error());
        options.scenarioJson = std::move(*scenario);
    }
    return Sandbox::start(options);
}

Result<std::unique_ptr<FtsIndex>> openDocuments(WorkspaceReader& reader)
{
    const Result<std::vector<Document>> documents = reader.documents();
    if (!documents)
        return tl::unexpected(documents.error());
    if (documents->empty())
        return std::unique_ptr<FtsIndex>();
    return FtsIndex::build(*documents);
}

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
    Result<std::unique_ptr<FtsIndex>> documents = openDocuments(**reader);
    if (!documents)
        return tl::unexpected(documents.error());
    runtime->documents = std::move(*documents);

    Result<std::unique_ptr<Sandbox>> sandbox = openSandbox(policy, options.scenarioFile, options.seed);
    if (!sandbox)
        return tl::unexpected(sandbox.error());
    runtime->sandbox = std::move(*sandbox);

    EngineConfig config;
    config.seed = options.seed;
    auto answers = (*reader)->cachedAnswers(); // the cache outlives a restart
    if (!answers)
        return tl::unexpected(answers.error());
    config.answers = std::move(*answers);
    auto vectors = (*reader)->passageVectors();
    if (!vectors)
        return tl::unexpected(vectors.error());
    config.passageVectors = std::move(*vectors);
    if (runtime->sandbox)
        config.sandboxBaseUrl = runtime->sandbox->baseUrl();
    runtime->transport = std::make_unique<Transport>();
    runtime->engine = std::make_unique<CascadeEngine>(*runtime->transport, *runtime->workspace,
                                                      runtime->secrets, runtime->documents.get(), config);
    // … and so do hourly budgets, which are shared with whoever else runs under this workspace
    auto spending = SpendingWatch::start(
        *runtime->workspace, [engine = runtime->engine.get()](std::vector<SpentEarlier> spent) {
            engine->spentElsewhere(std::move(spent));
        });
    if (!spending)
        return tl::unexpected(spending.error());
    runtime->spending = std::move(*spending);
    return runtime;
}

} // namespace signalbox::cli
