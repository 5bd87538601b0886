// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The frame of the command line: exit statuses, what every command shares, and the table of commands.

#include "base/result.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace signalbox::cli {

/// Exit statuses that scripts rely on.
enum Status : int {
    kComputed = 0, ///< whatever the figures say
    kNo = 1,       ///< the answer to a yes-or-no command is no
    kUsage = 2,    ///< wrong usage
    kFailed = 3,   ///< something outside failed: file, network, database
};

/// Options that every command understands.
struct Globals
{
    bool json = false;
    std::uint64_t seed = 1;
    bool seedGiven = false;
};

/// What a command adds to the parser; returns what runs when it was chosen.
using Setup = std::function<std::function<int()>(CLI::App& command, Globals& globals)>;

struct Command
{
    const char* name;
    const char* description;
    Setup setup;
};

const std::vector<Command>& commands();

/// Prints "signalbox-cli: message (context)" to standard error; returns kFailed.
int report(const Error& error);
/// The same for a mistake of the caller; returns kUsage.
int misuse(const std::string& message);

std::function<int()> setupValidate(CLI::App& command, Globals& globals);
std::function<int()> setupExplain(CLI::App& command, Globals& globals);
std::function<int()> setupRoute(CLI::App& command, Globals& globals);
std::function<int()> setupRun(CLI::App& command, Globals& globals);
std::function<int()> setupModels(CLI::App& command, Globals& globals);
std::function<int()> setupSandbox(CLI::App& command, Globals& globals);
std::function<int()> setupImport(CLI::App& command, Globals& globals);
std::function<int()> setupDatasets(CLI::App& command, Globals& globals);
std::function<int()> setupWhatIf(CLI::App& command, Globals& globals);
std::function<int()> setupLoad(CLI::App& command, Globals& globals);
std::function<int()> setupCheck(CLI::App& command, Globals& globals);
std::function<int()> setupExport(CLI::App& command, Globals& globals);
std::function<int()> setupVersions(CLI::App& command, Globals& globals);
std::function<int()> setupTraces(CLI::App& command, Globals& globals);
std::function<int()> setupTag(CLI::App& command, Globals& globals);

} // namespace signalbox::cli
