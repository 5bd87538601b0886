// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a session brings up off the Qt thread: the workspace with the sample in it, the sandbox, the engine.

#include "cascade/engine.h"
#include "policy/document.h"
#include "providers/secrets.h"
#include "retrieval/fts_index.h"
#include "sandbox/sandbox.h"
#include "ui/shell/session.h"
#include "workspace/spending_watch.h"
#include "workspace/workspace.h"

#include <QByteArray>

#include <memory>
#include <string>

namespace signalbox {

struct Session::Core
{
    // In the order in which they come up; they go down in the opposite one.
    std::shared_ptr<Workspace> workspace;
    std::unique_ptr<Sandbox> sandbox;
    std::unique_ptr<FtsIndex> documents;
    EnvironmentSecrets secrets;
    std::unique_ptr<Transport> transport;
    std::unique_ptr<CascadeEngine> engine;
    std::unique_ptr<SpendingWatch> spending; ///< of other processes, told to the engine

    PolicyDocumentPtr policy; ///< the newest of the workspace; null = it has none
    int policyVersion = 0;
    std::string notice; ///< something the user should know although all went well

    /// Any thread but the Qt thread: opens files, reads, writes the sample.
    static Result<std::shared_ptr<Core>> bringUp(const std::string& path, bool createWithSample);

private:
    Result<> addSample();
    Result<> loadPolicy();
    Result<> startEngine();
};

/// An embedded file; empty when it is not part of this build.
std::string embeddedText(const char* resource);
inline constexpr const char* kSamplePolicy = ":/signalbox/samples/harbor-support.policy.json";
inline constexpr const char* kFaultLab = ":/signalbox/scenarios/fault-lab.json";

} // namespace signalbox
