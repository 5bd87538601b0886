// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inputs.h"
#include "app/cli/table.h"
#include "base/text.h"
#include "policy/edit.h"
#include "replay/what_if.h"
#include "routers/run_support.h"

#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

namespace signalbox::cli {

namespace {

/// Why requests were left out, and how many for each reason.
std::map<std::string, int> missingOf(const WhatIfResult& result)
{
    std::map<std::string, int> missing;
    for (const SimulatedRun& run : result.runs) {
        if (!run.complete && !run.missing.empty())
            ++missing[run.missing];
    }
    return missing;
}

using nlohmann::json;

struct WhatIfArguments
{
    std::string workspace;
    std::string dataset;
    std::string policy;
    std::string baseline;
    std::vector<std::string> settings;
};

/// "POINTER=VALUE" applied to the text; a value that is no JSON is taken as a string.
Result<std::string> withSetting(const std::string& text, const std::string& setting)
{
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || setting.empty() || setting.front() != '/')
        return fail("usage.setting", "--set needs POINTER=VALUE, such as /triggers/grounding/below=3.2",
                    setting);
    std::string value = setting.substr(equals + 1);
    if (!json::accept(value))
        value = json(toValidUtf8(value)).dump();
    return setValue(text, setting.substr(0, equals), value);
}

json estimateJson(const std::optional<Estimate>& e)
{
    if (!e)
        return nullptr;
    return {{"value", e->value},
            {"ci", {e->interval.low, e->interval.high}},
            {"n", e->n},
            {"evidence_of_change", !e->interval.contains(0)}};
}

json movedJson(const OutcomeMatrix& matrix, const MovedRequest& m)
{
    const auto usd = [](const std::optional<NanoUsd>& nano) {
        return nano ? json(toUsd(*nano)) : json(nullptr);
    };
    const auto number = [](const std::optional<double>& v) { return v ? json(*v) : json(nullptr); };
    return {{"id", matrix.rows[static_cast<std::size_t>(m.row)].request.id},
            {"from", m.from},
            {"to", m.to},
            {"why", m.why},
            {"quality", {number(m.qualityFrom), number(m.qualityTo)}},
            {"cost_usd", {usd(m.costFrom), usd(m.costTo)}},
            {"cost_estimated", {m.costFromIsEstimate, m.costToIsEstimate}}};
}

void printDifference(const Difference& d)
{
    Table table({"against the baseline", "difference", "95 % interval", ""});
    const auto row = [&](const char* name, const std::optional<Estimate>& e, auto format) {
        if (!e) {
            table.row({name, "unknown", "", ""});
            return;
        }
        table.row({name, format(e->value),
                   "[" + format(e->interval.low) + ", " + format(e->interval.high) + "]",
                   e->interval.contains(0) ? "no evidence of a change" : ""});
    };
    const auto fixed = [](int places, const char* unit) {
        return [places, unit](double v) {
            char out[64];
            std::snprintf(out, sizeof out, "%+.*f%s", places, v, unit);
            return std::string(out);
        };
    };
    row("quality, 0\xE2\x80\x93"
        "1",
        d.quality, fixed(4, ""));
    row("cost per request", d.costUsd, fixed(6, " USD"));
    row("mean latency", d.latencyMs, fixed(1, " ms"));
    row("escalation rate", d.escalationRate, fixed(4, ""));
    std::fputs(table.text().c_str(), stdout);
    std::printf("%zu requests would move\n", d.moved.size());
}

int whatIf(const WhatIfArguments& options, const Globals& globals)
{
    const Result<PolicyDocumentPtr> base =
        loadPolicy(options.baseline.empty() ? options.policy : options.baseline, options.workspace);
    if (!base)
        return report(base.error());
    Result<PolicyDocumentPtr> changed = loadPolicy(options.policy, options.workspace);
    if (!changed)
        return report(changed.error());
    std::string text = (*changed)->text;
    for (const std::string& setting : options.settings) {
        const Result<std::string> edited = withSetting(text, setting);
        if (!edited)
            return misuse("--set " + setting + ": " + edited.error().message);
        text = *edited;
    }
    const PolicyDocumentPtr document = readPolicy(text);
    for (const PolicyDocumentPtr& d : {*base, document}) {
        if (d->runnable()) {
            if (const Result<> may = maySimulate(*d->policy); !may)
                return report(may.error());
            continue;
        }
        for (const Diagnostic& problem : d->diagnostics) {
            if (problem.severity == Severity::Error)
                std::fprintf(stderr, "%s %s: %s\n", problem.code.c_str(), problem.pointer.c_str(),
                             problem.message.c_str());
        }
        return report({"policy.has_errors", "The policy has errors and cannot be simulated", options.policy});
    }

    std::unique_ptr<Workspace> workspace;
    const Result<std::unique_ptr<WorkspaceReader>> reader = openReader(options.workspace, workspace);
    if (!reader)
        return report(reader.error());
    Result<OutcomeMatrix> loaded = loadOutcomeMatrix(**reader, options.dataset);
    if (!loaded)
        return report(loaded.error());
    if (loaded->rows.empty())
        return report({"dataset.no_outcomes",
                       "The dataset has no recorded outcomes; fill them with: signalbox-cli run --all-tiers "
                       "--dataset " +
                           options.dataset,
                       options.dataset});
    const auto matrix = std::make_shared<const OutcomeMatrix>(std::move(*loaded));
    WhatIf engine(matrix);
    const WhatIfResult now = engine.simulate(CompiledPolicy(document->policy));
    const bool compares = !options.settings.empty() || !options.baseline.empty();
    const WhatIfResult before = compares ? engine.simulate(CompiledPolicy((*base)->policy)) : WhatIfResult{};
    const Difference difference = compares ? engine.compare(before, now) : Difference{};

    if (globals.json) {
        json out = {{"dataset", options.dataset},
                    {"policy_hash", document->policy->contentHash},
                    {"n", matrix->rows.size()},
                    {"incomplete", now.incomplete},
                    {"missing", missingOf(now)},
                    {"estimated_costs", now.estimatedCosts},
                    {"coverage", matrix->coverage(*document->policy)},
                    {"kpis", json::parse(kpisToJson(now.kpis))}};
        if (compares) {
            json moved = json::array();
            for (const MovedRequest& m : difference.moved)
                moved.push_back(movedJson(*matrix, m));
            out["baseline"] = {{"policy_hash", (*base)->policy->contentHash},
                               {"incomplete", before.incomplete},
                               {"estimated_costs", before.estimatedCosts},
                               {"kpis", json::parse(kpisToJson(before.kpis))}};
            out["difference"] = {{"quality", estimateJson(difference.quality)},
                                 {"cost_per_request_usd", estimateJson(difference.costUsd)},
                                 {"latency_ms", estimateJson(difference.latencyMs)},
                                 {"escalation_rate", estimateJson(difference.escalationRate)}};
            out["moved"] = std::move(moved);
        }
        std::printf("%s\n", out.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
        return kComputed;
    }
    std::printf("%s", kpiTable(now.kpis).c_str());
    std::printf(
        "%zu requests re-simulated, %d left out for want of a recorded outcome, coverage %.1f %% of cells\n",
        matrix->rows.size(), now.incomplete, matrix->coverage(*document->policy) * 100);
    for (const auto& [why, count] : missingOf(now))
        std::printf("  %d: %s\n", count, why.c_str());
    if (now.estimatedCosts > 0)
        std::printf("%d of the costs are estimates: of calls that are stopped before they end, or that carry a draft\n",
                    now.estimatedCosts);
    if (compares)
        printDifference(difference);
    return kComputed;
}

} // namespace

std::function<int()> setupWhatIf(CLI::App& command, Globals& globals)
{
    auto options = std::make_shared<WhatIfArguments>();
    command.add_option("--workspace", options->workspace, "Workspace with the outcomes; only read")
        ->required();
    command.add_option("--dataset", options->dataset, "Dataset that was run with --all-tiers")->required();
    command
        .add_option("--policy", options->policy, "Policy file, or NAME@VERSION or NAME@TAG of the workspace")
        ->required();
    command.add_option("--set", options->settings,
                       "POINTER=VALUE, such as /triggers/grounding/below=3.2; may be repeated");
    command.add_option("--baseline", options->baseline,
                       "Policy to compare with; default is the policy without --set");
    return [options, &globals] { return whatIf(*options, globals); };
}

} // namespace signalbox::cli
