// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <cstdio>
#include <exception>
#include <memory>

using namespace signalbox::cli;

int main(int argc, char** argv)
{
    CLI::App app("Signalbox: author, run, observe and tune LLM model routing.\n"
                 "Results go to standard output, messages to standard error. Exit status: 0 computed, 1 the "
                 "answer is no, "
                 "2 wrong usage, 3 something outside failed.",
                 "signalbox-cli");
    app.set_version_flag("--version", SIGNALBOX_VERSION);
    app.require_subcommand(1);

    Globals globals;
    std::vector<std::pair<CLI::App*, std::function<int()>>> chosen;
    for (const Command& command : commands()) {
        CLI::App* sub = app.add_subcommand(command.name, command.description);
        sub->add_flag("--json", globals.json, "Results as JSON");
        sub->add_option("--seed", globals.seed, "Makes everything that draws numbers repeat exactly");
        chosen.emplace_back(sub, command.setup(*sub, globals));
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int status = app.exit(error);
        return status == 0 ? kComputed : kUsage;
    }
    for (const auto& [sub, run] : chosen) {
        if (!sub->parsed())
            continue;
        globals.seedGiven = sub->count("--seed") > 0;
        try {
            return run();
        } catch (const std::exception& error) {
            return report({"cli.unexpected", std::string("Stopped: ") + error.what(), sub->get_name()});
        }
    }
    return kUsage;
}
