// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <cstdio>

namespace signalbox::cli {

const std::vector<Command>& commands()
{
    static const std::vector<Command> all = {
        {"validate", "All diagnostics of each policy", setupValidate},
        {"explain", "What a diagnostic means, why it matters and how to mend it", setupExplain},
        {"route", "Decisions for prompts, without calling any model", setupRoute},
        {"run", "Sends prompts through the live cascade and records the traces", setupRun},
        {"models", "What the endpoints of a policy offer, beside what the policy calls", setupModels},
        {"sandbox", "Serves the sandbox endpoints on loopback", setupSandbox},
        {"import", "Brings prompts, documents or a policy into a workspace", setupImport},
        {"datasets", "What is in a workspace, with counts", setupDatasets},
        {"traces", "The traces in a workspace, whole, one JSON line each", setupTraces},
        {"whatif", "A policy re-simulated over recorded outcomes", setupWhatIf},
        {"load", "Load test: latencies under load, and a verdict on the objectives", setupLoad},
        {"check", "Integrity of a workspace", setupCheck},
        {"export", "A validated policy file", setupExport},
        {"versions", "The history of the policies in a workspace", setupVersions},
        {"tag", "Puts a tag on a version of a policy, or takes it away", setupTag},
    };
    return all;
}

int report(const Error& error)
{
    std::string line = "signalbox-cli: " + error.message;
    if (!error.context.empty() && error.message.find(error.context) == std::string::npos)
        line += " (" + error.context + ")";
    std::fprintf(stderr, "%s [%s]\n", line.c_str(), error.code.c_str());
    return kFailed;
}

int misuse(const std::string& message)
{
    std::fprintf(stderr, "signalbox-cli: %s\n", message.c_str());
    return kUsage;
}

} // namespace signalbox::cli
