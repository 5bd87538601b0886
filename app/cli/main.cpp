// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>

int main(int argc, char** argv)
{
    CLI::App app("Signalbox: author, run, observe and tune LLM model routing", "signalbox-cli");
    app.set_version_flag("--version", SIGNALBOX_VERSION);
    CLI11_PARSE(app, argc, argv);
    return 0;
}
