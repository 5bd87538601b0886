// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inputs.h"
#include "policy/diagnostic_format.h"

#include <cstdio>
#include <nlohmann/json.hpp>

namespace signalbox::cli {

namespace {

struct Options
{
    std::vector<std::string> policies;
    bool strict = false;
    std::string format = "text";
    std::string workspace;
};

int validate(const Options& options, const Globals& globals)
{
    const bool asJson = globals.json || options.format == "json";
    bool sound = true;
    bool readable = true;
    std::vector<std::pair<std::string, std::vector<Diagnostic>>> all;
    for (const std::string& reference : options.policies) {
        const Result<PolicyDocumentPtr> document = loadPolicy(reference, options.workspace);
        if (!document) {
            report(document.error());
            readable = false;
            continue;
        }
        const PolicyDocument& d = **document;
        sound = sound && d.runnable() && (!options.strict || d.count(Severity::Warning) == 0);
        all.emplace_back(reference, d.diagnostics);
    }
    const int status = !readable ? kFailed : sound ? kComputed : kNo;
    if (options.format == "sarif") {
        std::printf("%s\n", policyDiagnosticsToSarif(all, SIGNALBOX_VERSION).c_str());
        return status;
    }
    if (asJson) {
        nlohmann::json list = nlohmann::json::array();
        for (const auto& [file, diagnostics] : all) {
            for (nlohmann::json& one : nlohmann::json::parse(policyDiagnosticsToJson(diagnostics, file)))
                list.push_back(std::move(one));
        }
        std::printf("%s\n", list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
        return status;
    }
    int errors = 0;
    int warnings = 0;
    for (const auto& [file, diagnostics] : all) {
        std::fputs(policyDiagnosticsToText(diagnostics, file).c_str(), stdout);
        for (const Diagnostic& d : diagnostics) {
            errors += d.severity == Severity::Error;
            warnings += d.severity == Severity::Warning;
        }
    }
    std::printf("%zu %s checked: %d errors, %d warnings\n", all.size(), all.size() == 1 ? "policy" : "policies", errors, warnings);
    return status;
}

} // namespace

std::function<int()> setupValidate(CLI::App& command, Globals& globals)
{
    auto options = std::make_shared<Options>();
    command.add_option("POLICY", options->policies, "Policy files, or NAME@VERSION or NAME@TAG with --workspace")->required();
    command.add_flag("--strict", options->strict, "Warnings count as errors");
    command.add_option("--format", options->format, "text, json or sarif")->check(CLI::IsMember({"text", "json", "sarif"}));
    command.add_option("--workspace", options->workspace, "Where NAME@VERSION or NAME@TAG is looked up");
    return [options, &globals] { return validate(*options, globals); };
}

} // namespace signalbox::cli
