// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inputs.h"
#include "app/cli/table.h"
#include "base/text.h"
#include "routers/compiled_policy.h"
#include "routers/run_support.h"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace signalbox::cli {

namespace {

using nlohmann::json;

struct RouteArguments
{
    std::string policy;
    std::string prompts;
    std::string workspace;
};

/// The model that the route would call first, or null: replicas are chosen when a call is made.
json modelOf(const Policy& policy, const Route& route)
{
    if (!route.isTier())
        return nullptr;
    const Tier& tier = policy.tiers[static_cast<std::size_t>(route.tier)];
    return tier.modelIds.empty() ? json(nullptr) : json(tier.modelIds.front());
}

json decisionJson(const Policy& policy, const std::string& id, const Decision& d)
{
    json barred = json::array();
    for (const BarredTier& b : d.barred)
        barred.push_back({{"tier", policy.tiers[static_cast<std::size_t>(b.tier)].id}, {"reason", b.reason}});
    return {{"id", id},
            {"route", policy.routeName(d.route)},
            {"model", modelOf(policy, d.route)},
            {"router", d.router},
            {"confidence", d.confidence ? json(*d.confidence) : json(nullptr)},
            {"intent", d.intent.empty() ? json(nullptr) : json(d.intent)},
            {"difficulty", d.difficulty > 0 ? json(d.difficulty) : json(nullptr)},
            {"template", d.carries.templateId.empty() ? json(nullptr) : json(d.carries.templateId)},
            {"tools", d.carries.tools ? json(*d.carries.tools) : json(nullptr)},
            {"user_tier", d.userTier.empty() ? json(nullptr) : json(d.userTier)},
            {"reasons", d.reasons},
            {"barred", std::move(barred)},
            {"micros", static_cast<double>(d.nanos) / 1000.0}};
}

int route(const RouteArguments& options, const Globals& globals)
{
    const Result<PolicyPtr> policy = loadRunnablePolicy(options.policy, options.workspace);
    if (!policy)
        return report(policy.error());
    if (const Result<> may = mayDecide(**policy); !may)
        return report(may.error());
    const Result<std::vector<DatasetPrompt>> prompts = loadPrompts(options.prompts);
    if (!prompts)
        return report(prompts.error());
    const CompiledPolicy compiled(*policy);
    const bool forPeople = !globals.json && isatty(STDOUT_FILENO) != 0;
    Table table({"id", "route", "router", "confidence", "reasons", "micros"});
    for (const DatasetPrompt& prompt : *prompts) {
        const Decision d = decide(compiled, prompt.request);
        if (!forPeople) {
            std::printf("%s\n", decisionJson(**policy, prompt.request.id, d)
                                    .dump(-1, ' ', false, json::error_handler_t::replace)
                                    .c_str());
            continue;
        }
        std::string reasons;
        for (const std::string& reason : d.reasons)
            reasons += (reasons.empty() ? "" : ", ") + reason;
        char confidence[16] = "\xE2\x80\x93";
        if (d.confidence)
            std::snprintf(confidence, sizeof confidence, "%.2f", *d.confidence);
        char micros[32];
        std::snprintf(micros, sizeof micros, "%.1f", static_cast<double>(d.nanos) / 1000.0);
        table.row({prompt.request.id, (*policy)->routeName(d.route), d.router, confidence, reasons, micros});
    }
    if (forPeople)
        std::fputs(table.text().c_str(), stdout);
    return kComputed;
}

} // namespace

std::function<int()> setupRoute(CLI::App& command, Globals& globals)
{
    auto options = std::make_shared<RouteArguments>();
    command
        .add_option("--policy", options->policy, "Policy file, or NAME@VERSION or NAME@TAG with --workspace")
        ->required();
    command.add_option("--prompts", options->prompts, "JSON Lines or plain text, one prompt a line")
        ->required();
    command.add_option("--workspace", options->workspace,
                       "Where NAME@VERSION or NAME@TAG is looked up; only read");
    return [options, &globals] { return route(*options, globals); };
}

} // namespace signalbox::cli
