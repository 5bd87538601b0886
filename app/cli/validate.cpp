// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inputs.h"
#include "exchange/policy_export.h"
#include "exchange/workspace_check.h"
#include "policy/diagnostic_format.h"
#include "policy/mend.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace signalbox::cli {

namespace {

struct ValidateArguments
{
    std::vector<std::string> policies;
    bool strict = false;
    bool fix = false;
    std::string format = "text";
    std::string workspace;
};

/// Applies what is certain and writes the file, if anything has changed. What was done goes to standard
/// error.
Result<PolicyDocumentPtr> fixed(const std::string& path, const PolicyDocumentPtr& document)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored))
        return fail("cli.not_a_file", "Only a file can be mended: \"" + path + "\" is none.", path);
    const MendedPolicy mended = mendPolicy(document);
    for (const std::string& done : mended.done)
        std::fprintf(stderr, "%s: %s\n", path.c_str(), done.c_str());
    if (mended.done.empty())
        return document;
    if (const Result<> written = writeFileAtomically(path, mended.document->text); !written)
        return tl::unexpected(written.error());
    return mended.document;
}

/// Everything there is to say of one policy, against the workspace too when there is one.
Result<CheckedText> checked(const std::string& reference, const ValidateArguments& options, WorkspaceReader* workspace)
{
    Result<PolicyDocumentPtr> document = loadPolicy(reference, options.workspace);
    if (document && options.fix)
        document = fixed(reference, *document);
    if (!document)
        return tl::unexpected<Error>(document.error());
    CheckedText text{reference, (*document)->text, (*document)->diagnostics};
    if (workspace) {
        const Result<std::vector<Diagnostic>> lacking = checkAgainstWorkspace(**document, *workspace);
        if (!lacking)
            return tl::unexpected<Error>(lacking.error());
        text.diagnostics.insert(text.diagnostics.end(), lacking->begin(), lacking->end());
        std::ranges::stable_sort(text.diagnostics, {}, &Diagnostic::offset);
    }
    return text;
}

int validate(const ValidateArguments& options, const Globals& globals)
{
    const bool asJson = globals.json || options.format == "json";
    bool sound = true;
    bool readable = true;
    std::vector<CheckedText> all;
    std::vector<std::string> unreadable;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<WorkspaceReader> reader;
    if (!options.workspace.empty()) {
        Result<std::unique_ptr<WorkspaceReader>> opened = openReader(options.workspace, workspace);
        if (opened) {
            reader = std::move(*opened);
        } else {
            report(opened.error());
            unreadable.push_back(options.workspace + ": " + opened.error().message);
            if (options.format == "text" && !asJson)
                return kFailed;
            readable = false;
        }
    }
    for (const std::string& reference : readable ? options.policies : std::vector<std::string>()) {
        Result<CheckedText> text = checked(reference, options, reader.get());
        if (!text) {
            report(text.error());
            unreadable.push_back(reference + ": " + text.error().message);
            readable = false;
            continue;
        }
        const auto fails = [&](const Diagnostic& d) {
            return d.severity == Severity::Error || (options.strict && d.severity == Severity::Warning);
        };
        sound = sound && std::ranges::none_of(text->diagnostics, fails);
        all.push_back(std::move(*text));
    }
    const int status = !readable ? kFailed : sound ? kComputed : kNo;
    if (options.format == "sarif") {
        std::printf("%s\n", policyDiagnosticsToSarif(all, SIGNALBOX_VERSION, unreadable).c_str());
        return status;
    }
    if (asJson) {
        nlohmann::json list = nlohmann::json::array();
        for (const CheckedText& file : all) {
            for (nlohmann::json& one :
                 nlohmann::json::parse(policyDiagnosticsToJson(file.diagnostics, file.name)))
                list.push_back(std::move(one));
        }
        std::printf("%s\n", list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
        return status;
    }
    int errors = 0;
    int warnings = 0;
    for (const CheckedText& file : all) {
        std::fputs(policyDiagnosticsToText(file.diagnostics, file.name).c_str(), stdout);
        for (const Diagnostic& d : file.diagnostics) {
            errors += d.severity == Severity::Error;
            warnings += d.severity == Severity::Warning;
        }
    }
    std::printf("%zu %s checked: %d %s, %d %s\n", all.size(), all.size() == 1 ? "policy" : "policies", errors,
                errors == 1 ? "error" : "errors", warnings, warnings == 1 ? "warning" : "warnings");
    return status;
}

} // namespace

std::function<int()> setupValidate(CLI::App& command, Globals& globals)
{
    auto options = std::make_shared<ValidateArguments>();
    command
        .add_option("POLICY", options->policies, "Policy files, or NAME@VERSION or NAME@TAG with --workspace")
        ->required();
    command.add_flag("--strict", options->strict, "Warnings count as errors");
    command.add_flag("--fix", options->fix, "Apply the quick fixes that are certain, and rewrite the files");
    command.add_option("--format", options->format, "text, json or sarif")
        ->check(CLI::IsMember({"text", "json", "sarif"}));
    command.add_option("--workspace", options->workspace, "Where NAME@VERSION or NAME@TAG is looked up, and what release gates are checked against");
    return [options, &globals] { return validate(*options, globals); };
}

} // namespace signalbox::cli
