// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandbox.h"
#include "app/cli/command.h"
#include "exchange/files.h"

#include <csignal>
#include <cstdio>
#include <pthread.h>

namespace signalbox::cli {

namespace {

struct SandboxArguments
{
    int port = 0;
    std::string scenario;
    std::string log;
    std::vector<std::string> faults;
};

int serve(const SandboxArguments& options, const Globals& globals)
{
    SandboxOptions sandboxOptions;
    sandboxOptions.port = options.port;
    sandboxOptions.seed = globals.seed;
    sandboxOptions.faults = options.faults;
    sandboxOptions.logPath = options.log;
    if (!options.scenario.empty()) {
        Result<std::string> scenario = readWholeFile(options.scenario);
        if (!scenario)
            return report(scenario.error());
        sandboxOptions.scenarioJson = std::move(*scenario);
    }
    // Blocked before any thread starts, so that only sigwait below sees them.
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stop, nullptr);

    const Result<std::unique_ptr<Sandbox>> sandbox = Sandbox::start(sandboxOptions);
    if (!sandbox)
        return report(sandbox.error());
    std::printf("%s\n", (*sandbox)->baseUrl().c_str());
    std::fflush(stdout);
    std::fprintf(stderr, "Sandbox: simulated models on loopback; Ctrl+C ends it\n");
    int signal = 0;
    sigwait(&stop, &signal);
    return kComputed;
}

} // namespace

std::function<int()> setupSandbox(CLI::App& command, Globals& globals)
{
    auto options = std::make_shared<SandboxArguments>();
    command.add_option("--port", options->port, "Port on 127.0.0.1; any free one without it")
        ->check(CLI::Range(0, 65535));
    command.add_option("--scenario", options->scenario,
                       "Scenario file; the Harbor Support scenario without it");
    command.add_option("--fault", options->faults,
                       "Faults of the scenario, by id, that are on from the beginning");
    command.add_option("--log", options->log, "File to append the request log to, as JSON Lines");
    return [options, &globals] { return serve(*options, globals); };
}

} // namespace signalbox::cli
