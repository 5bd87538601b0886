// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything a live run needs, wired: workspace, documents, sandbox, network thread, engine.

#include "app/cli/command.h"
#include "cascade/engine.h"
#include "providers/secrets.h"
#include "providers/transport.h"
#include "retrieval/fts_index.h"
#include "sandbox/sandbox.h"
#include "workspace/spending_watch.h"
#include "workspace/workspace.h"

#include <memory>
#include <string>

namespace signalbox::cli {

struct RuntimeOptions
{
    std::string workspace;
    std::string scenarioFile; ///< for the built-in sandbox; empty = Harbor Support
    std::uint64_t seed = 1;
};

/// Members are destroyed from the last to the first: the engine lets go before what it uses.
struct Runtime
{
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<FtsIndex> documents; ///< null when the workspace holds none
    std::unique_ptr<Sandbox> sandbox;    ///< null when the policy needs none
    EnvironmentSecrets secrets;
    std::unique_ptr<Transport> transport;
    std::unique_ptr<CascadeEngine> engine;
    std::unique_ptr<SpendingWatch> spending; ///< of other processes, told to the engine

    static Result<std::unique_ptr<Runtime>> open(const Policy& policy, const RuntimeOptions& options);
};

/// The built-in sandbox; null when the policy needs none. `scenarioFile`: empty = Harbor Support.
Result<std::unique_ptr<Sandbox>> openSandbox(const Policy& policy, const std::string& scenarioFile, std::uint64_t seed);
/// An index of the workspace's documents; null when there are none.
Result<std::unique_ptr<FtsIndex>> openDocuments(WorkspaceReader& reader);

} // namespace signalbox::cli
