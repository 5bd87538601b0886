// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inputs.h"
#include "exchange/policy_export.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

namespace signalbox::cli {

namespace {

using nlohmann::json;

struct ExportArguments
{
    std::string policy;
    std::string target;
    std::string out;
    std::string workspace;
    bool force = false;
};

/// A workspace is easily named by mistake, and holds what cannot be written again.
bool isDatabase(const std::string& path)
{
    static constexpr std::string_view kMagic("SQLite format 3\0",
                                             16); // https://www.sqlite.org/fileformat.html, 1.3
    std::array<char, kMagic.size()> head{};
    std::ifstream file(path, std::ios::binary);
    return file.read(head.data(), head.size()) && std::string_view(head.data(), head.size()) == kMagic;
}

int exportPolicy(const ExportArguments& options, const Globals& globals)
{
    if (isDatabase(options.out))
        return misuse(options.out +
                      " is a database, perhaps a workspace, and is not replaced: name another file");
    const Result<LoadedPolicy> loaded = loadPolicyVersion(options.policy, options.workspace);
    if (!loaded)
        return report(loaded.error());
    ExportOptions exporting;
    exporting.force = options.force;
    exporting.version = loaded->version;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<WorkspaceReader> reader;
    if (!options.workspace.empty()) {
        Result<std::unique_ptr<WorkspaceReader>> opened = openReader(options.workspace, workspace);
        if (!opened)
            return report(opened.error());
        reader = std::move(*opened);
        exporting.evidence = reader.get();
    }
    const Result<std::string> text = exportSignalboxPolicy(*loaded->document, exporting);
    if (!text) {
        report(text.error());
        const std::string& code = text.error().code;
        const bool refused =
            code == "export.has_errors" || code == "export.no_evidence" || code == "export.literal_key";
        return refused ? kNo : kFailed;
    }
    if (const Result<> written = writeFileAtomically(options.out, *text); !written)
        return report(written.error());
    if (globals.json) {
        const bool forced = json::parse(*text)["export"]["forced"].get<bool>();
        const json result{
            {"out", options.out}, {"bytes", text->size()}, {"target", options.target}, {"forced", forced}};
        std::printf("%s\n", result.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
        return kComputed;
    }
    std::printf("%s written, %zu bytes; target %s expresses the whole policy\n", options.out.c_str(),
                text->size(), options.target.c_str());
    return kComputed;
}

} // namespace

std::function<int()> setupExport(CLI::App& command, Globals& globals)
{
    auto options = std::make_shared<ExportArguments>();
    command
        .add_option("--policy", options->policy, "Policy file, or NAME@VERSION or NAME@TAG with --workspace")
        ->required();
    command.add_option("--target", options->target, "signalbox: canonical form")
        ->required()
        ->check(CLI::IsMember({"signalbox"}));
    command.add_option("--out", options->out, "File to write, whole or not at all")->required();
    command.add_option("--workspace", options->workspace, "Where NAME@VERSION or NAME@TAG is looked up");
    command.add_flag("--force", options->force, "Export despite errors, with a mark inside");
    return [options, &globals] { return exportPolicy(*options, globals); };
}

} // namespace signalbox::cli
