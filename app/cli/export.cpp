// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inputs.h"
#include "exchange/policy_export.h"

#include <cstdio>

namespace signalbox::cli {

namespace {

struct Options
{
    std::string policy;
    std::string target;
    std::string out;
    std::string workspace;
    bool force = false;
};

int exportPolicy(const Options& options)
{
    const Result<PolicyDocumentPtr> document = loadPolicy(options.policy, options.workspace);
    if (!document)
        return report(document.error());
    const Result<std::string> text = exportSignalboxPolicy(**document, options.force);
    if (!text) {
        report(text.error());
        return text.error().code == "export.has_errors" ? kNo : kFailed;
    }
    if (const Result<> written = writeFileAtomically(options.out, *text); !written)
        return report(written.error());
    std::printf("%s written, %zu bytes; target %s expresses the whole policy\n", options.out.c_str(), text->size(), options.target.c_str());
    return kComputed;
}

} // namespace

std::function<int()> setupExport(CLI::App& command, Globals&)
{
    auto options = std::make_shared<Options>();
    command.add_option("--policy", options->policy, "Policy file, or NAME@VERSION with --workspace")->required();
    command.add_option("--target", options->target, "signalbox: canonical form")->required()->check(CLI::IsMember({"signalbox"}));
    command.add_option("--out", options->out, "File to write, whole or not at all")->required();
    command.add_option("--workspace", options->workspace, "Where NAME@VERSION is looked up");
    command.add_flag("--force", options->force, "Export despite errors, with a mark inside");
    return [options] { return exportPolicy(*options); };
}

} // namespace signalbox::cli
