// SPDX-License-Identifier: GPL-3.0-or-later
// What the endpoints of a policy offer, beside what the policy makes of it.
#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "app/cli/table.h"
#include "base/json_text.h"
#include "cascade/hop_request.h"
#include "providers/models.h"
#include "providers/secrets.h"
#include "providers/transport.h"
#include "sandbox/sandbox.h"

#include <algorithm>
#include <cstdio>
#include <future>
#include <memory>
#include <nlohmann/json.hpp>

namespace signalbox::cli {

namespace {

struct ModelsOptions
{
    std::string policy;
    std::string workspace;
    std::vector<std::string> endpoints;
};

/// Asks on the network thread, and waits.
ModelsResult ask(Transport& transport, SecretSource& secrets, const Endpoint& endpoint, const std::string& sandboxUrl)
{
    ModelsRequest request;
    request.protocol = endpoint.protocol;
    request.baseUrl = addressOf(endpoint, sandboxUrl);
    request.key = endpoint.key;
    std::promise<ModelsResult> answered;
    std::shared_ptr<ModelsCall> call;
    transport.post([&] {
        call = ModelsCall::start(transport, secrets, std::move(request),
                                 [&](ModelsResult result) { answered.set_value(std::move(result)); });
    });
    ModelsResult result = answered.get_future().get();
    std::promise<void> gone; // it is destroyed where it lived
    transport.post([&] {
        call.reset();
        gone.set_value();
    });
    gone.get_future().wait();
    return result;
}

/// The policy's name for a model that an endpoint offers, or "".
std::string idInPolicy(const Policy& policy, const Endpoint& endpoint, const std::string& offered)
{
    const Model* model = modelOf(policy, endpoint.id, offered);
    return model == nullptr ? std::string() : model->id;
}

nlohmann::json asJson(const OfferedModel& model, const std::string& id)
{
    nlohmann::json out = {{"name", model.name}, {"in_policy", id.empty() ? nlohmann::json() : nlohmann::json(id)}};
    out["title"] = model.title.empty() ? nlohmann::json() : nlohmann::json(model.title);
    out["context_tokens"] = model.contextTokens ? nlohmann::json(*model.contextTokens) : nlohmann::json();
    out["max_output_tokens"] = model.maxOutputTokens ? nlohmann::json(*model.maxOutputTokens) : nlohmann::json();
    const auto price = [&](const char* key, const std::optional<double> Price::* part) {
        out[key] = model.price && (*model.price).*part ? nlohmann::json(*((*model.price).*part)) : nlohmann::json();
    };
    price("input_per_mtok", &Price::inputPerMtok);
    price("cached_input_per_mtok", &Price::cachedInputPerMtok);
    price("cache_write_per_mtok", &Price::cacheWritePerMtok);
    price("output_per_mtok", &Price::outputPerMtok);
    price("reasoning_per_mtok", &Price::reasoningPerMtok);
    return out;
}

std::string countOr(const std::optional<std::int64_t>& count)
{
    return count ? std::to_string(*count) : std::string("unknown");
}

void print(const Policy& policy, const Endpoint& endpoint, const ModelsResult& result)
{
    Table table({"model", "in the policy", "context", "output"});
    for (const OfferedModel& model : result.models)
        table.row({model.name, idInPolicy(policy, endpoint, model.name), countOr(model.contextTokens),
                   countOr(model.maxOutputTokens)});
    std::printf("%s\n%s\n", endpoint.id.c_str(), table.text().c_str());
}

int models(const ModelsOptions& options, const Globals& globals)
{
    const Result<PolicyDocumentPtr> document = loadPolicy(options.policy, options.workspace);
    if (!document)
        return report(document.error());
    const PolicyPtr policy = (*document)->policy;
    if (!policy)
        return misuse("The policy cannot be read; \"validate\" says why.");
    for (const std::string& id : options.endpoints) {
        if (std::ranges::find(policy->endpoints, id, &Endpoint::id) == policy->endpoints.end())
            return misuse("The policy has no endpoint \"" + id + "\".");
    }
    std::unique_ptr<Sandbox> simulated;
    if (std::ranges::any_of(policy->endpoints, &Endpoint::isSandbox)) {
        auto started = Sandbox::start({});
        if (!started)
            return report(started.error());
        simulated = std::move(*started);
    }
    EnvironmentSecrets secrets;
    Transport transport;
    int status = kComputed;
    nlohmann::json all = nlohmann::json::array();
    for (const Endpoint& endpoint : policy->endpoints) {
        if (!options.endpoints.empty() && std::ranges::find(options.endpoints, endpoint.id) == options.endpoints.end())
            continue;
        const ModelsResult result = ask(transport, secrets, endpoint, simulated ? simulated->baseUrl() : std::string());
        if (!result.ok) {
            std::fprintf(stderr, "%s: %s (%s)\n", endpoint.id.c_str(), result.message.c_str(), result.errorKind.c_str());
            status = kFailed;
        }
        if (result.ok && !result.complete)
            std::fprintf(stderr, "%s offers more models than are listed here.\n", endpoint.id.c_str());
        const std::vector<std::string> gone = result.ok && result.complete ? notOffered(*policy, endpoint.id, result.models) : std::vector<std::string>();
        for (const std::string& name : gone)
            std::fprintf(stderr, "%s does not offer \"%s\", which the policy calls.\n", endpoint.id.c_str(), name.c_str());
        if (!globals.json) {
            if (result.ok)
                print(*policy, endpoint, result);
            continue;
        }
        nlohmann::json offered = nlohmann::json::array();
        for (const OfferedModel& model : result.models)
            offered.push_back(asJson(model, idInPolicy(*policy, endpoint, model.name)));
        all.push_back({{"endpoint", endpoint.id}, {"simulated", endpoint.isSandbox()}, {"models", offered}, {"not_offered", gone}, {"complete", result.complete},
                       {"error", result.ok ? nlohmann::json() : nlohmann::json(result.errorKind)}});
    }
    if (globals.json)
        std::printf("%s\n", all.dump().c_str());
    return status;
}

} // namespace

std::function<int()> setupModels(CLI::App& command, Globals& globals)
{
    auto options = std::make_shared<ModelsOptions>();
    command.add_option("--policy", options->policy, "A file, or NAME@VERSION of a workspace")->required();
    command.add_option("--workspace", options->workspace, "The workspace that the policy is in");
    command.add_option("--endpoint", options->endpoints, "Only of this endpoint; may be given again");
    return [options, &globals] { return models(*options, globals); };
}

} // namespace signalbox::cli
