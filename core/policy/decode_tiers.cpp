// SPDX-License-Identifier: GPL-3.0-or-later
// Tiers and what holds for a request as a whole: budgets, user tiers, templates and tools.
#include "policy/canonical.h"
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"
#include "policy/quick_fix.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace signalbox {

using namespace diagnostic;

namespace {

constexpr double kMostUsd = 1'000'000;

struct Replica
{
    std::string modelId;
    NodeIndex node = kNoNode;
    double weight = 1;
};

/// An entry of a tier's `models`: an id, or an object with a weight.
std::optional<Replica> decodeReplica(DecodeContext& context, ObjectReader& tier, NodeIndex node)
{
    const SyntaxTree& tree = context.tree();
    Replica out;
    out.node = node;
    if (tree.kind(node) == NodeKind::Object) {
        ObjectReader reader(context, node, ObjectType::Replica);
        out.modelId = reader.requiredText("model");
        out.weight = reader.number("weight", 0.001, 1000).value_or(1);
        out.node = reader.has("model") ? reader.find("model") : node;
    } else if (tree.kind(node) == NodeKind::String) {
        out.modelId = tree.string(node);
        if (out.modelId.empty())
            context.report(kEmptyValue, node, "An entry of \"models\" is empty.");
    } else {
        tier.wrongType(node, "the id of a model or an object with \"model\"");
    }
    return out.modelId.empty() ? std::nullopt : std::optional(out);
}

void decodeReplicas(DecodeContext& context, ObjectReader& reader, Tier& tier)
{
    const NodeIndex list = reader.require("models");
    if (list != kNoNode && context.tree().kind(list) == NodeKind::String) {
        reader.wrongType(list, "a list of models",
                         fixByReplacing(context.tree(), list,
                                        "[" + std::string(context.tree().valueText(list)) + "]",
                                        "Write it as a list"));
        return;
    }
    const std::vector<NodeIndex> nodes = reader.elements("models");
    if (list != kNoNode && context.tree().kind(list) == NodeKind::Array && nodes.empty())
        context.report(kEmptyValue, list, "\"models\" is an empty list.", "A tier needs at least one model.");
    std::unordered_set<std::string> seen;
    for (const NodeIndex node : nodes) {
        const auto replica = decodeReplica(context, reader, node);
        if (!replica)
            continue;
        const int model = context.modelReference(replica->modelId, replica->node);
        if (model >= 0 && !seen.insert(replica->modelId).second)
            context.report(kListedTwice, replica->node,
                           inQuotes(replica->modelId) + " stands twice in its tier.");
        tier.modelIds.push_back(replica->modelId);
        tier.models.push_back(model);
        tier.weights.push_back(replica->weight);
    }
}

void decodeFallback(DecodeContext& context, ObjectReader& reader, Tier& tier)
{
    TierList fallback = decodeTierList(context, reader, "fallback");
    const NodeIndex list = reader.find("fallback");
    for (std::size_t i = 0; i < fallback.ids.size(); ++i) {
        if (fallback.ids[i] == tier.id && !tier.id.empty())
            context.report(kFallsBackToItself, list, "The tier " + inQuotes(tier.id) + " falls back to itself.",
                           "Name the tiers that stand in for it.");
    }
    tier.fallbackIds = std::move(fallback.ids);
    tier.fallback = std::move(fallback.tiers);
}

bool wellFormedToolName(std::string_view name)
{
    const auto fits = [](char c) {
        return c == '_' || c == '-' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    };
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, fits);
}

} // namespace

void checkToolName(DecodeContext& context, NodeIndex node, const std::string& name)
{
    if (!name.empty() && !wellFormedToolName(name))
        context.report(kBadId, node, inQuotes(name) + " cannot be the name of a tool.",
                       "Models take 1 to 64 letters, digits, underscores and dashes.");
}

void decodeBudget(DecodeContext& context, NodeIndex node, Budget& budget)
{
    if (node == kNoNode)
        return;
    ObjectReader reader(context, node, ObjectType::Budget);
    const auto usd = [&](const char* key) -> std::optional<NanoUsd> {
        const auto value = reader.number(key, 0, kMostUsd);
        return value ? std::optional(static_cast<NanoUsd>(std::llround(*value * kNanoPerUsd))) : std::nullopt;
    };
    budget.deadlineMs = reader.integer("deadline_ms", 1, 3'600'000);
    budget.firstTokenMs = reader.integer("first_token_ms", 1, 3'600'000);
    if (budget.deadlineMs && budget.firstTokenMs && *budget.firstTokenMs > *budget.deadlineMs)
        context.report(kNoEffect, reader.find("first_token_ms"),
                       "\"first_token_ms\" has no effect: \"deadline_ms\" is shorter and passes first.");
    budget.maxCost = usd("max_cost_usd");
    budget.maxCostPerHour = usd("max_cost_usd_per_hour");
    budget.maxInputTokens = reader.integer("max_input_tokens", 1, kMostTokens);
    budget.maxOutputTokens = reader.integer("max_output_tokens", 1, kMostTokens);
    budget.maxTotalTokens = reader.integer("max_total_tokens", 1, kMostTokens);
}

void decodeTiers(DecodeContext& context, ObjectReader& top)
{
    static const std::vector<std::string_view> kBalances = {"weighted", "least_busy"};
    const NodeIndex list = top.require("tiers");
    std::vector<ObjectReader> readers;
    auto& tiers = context.policy().tiers;
    for (const NodeIndex node : top.elements("tiers")) {
        ObjectReader& reader = readers.emplace_back(context, node, ObjectType::Tier);
        Tier tier;
        if (reader.valid()) {
            tier.id = reader.id({"human", "next"});
            tier.title = reader.text("title").value_or("");
            if (reader.has("specialty"))
                tier.specialty = reader.requiredText("specialty");
            decodeReplicas(context, reader, tier);
            if (reader.choice("balance", kBalances) == 1)
                tier.balance = Balance::LeastBusy;
            decodeBudget(context, reader.find("budget"), tier.budget);
            tier.temperature = reader.number("temperature", 0, 2);
            tier.topP = reader.number("top_p", 0, 1);
            tier.systemPrompt = reader.text("system_prompt").value_or("");
            registerId(context, context.tiers, reader, tier.id, static_cast<int>(tiers.size()), "tiers");
        }
        tiers.push_back(std::move(tier));
    }
    for (std::size_t i = 0; i < readers.size(); ++i) // any tier may fall back to any other
        decodeFallback(context, readers[i], tiers[i]);
    if (list != kNoNode && context.tree().kind(list) == NodeKind::Array && tiers.empty())
        context.report(kEmptyValue, list, "A policy needs at least one tier.",
                       "Write one: {\"id\", \"models\"}.");
}

void decodeTemplates(DecodeContext& context, ObjectReader& top)
{
    auto& templates = context.policy().templates;
    for (const NodeIndex node : top.elements("templates")) {
        ObjectReader reader(context, node, ObjectType::Template);
        PromptTemplate out;
        if (reader.valid()) {
            out.id = reader.id();
            out.systemPrompt = reader.requiredText("system_prompt");
            registerId(context, context.templates, reader, out.id, static_cast<int>(templates.size()),
                       "templates");
        }
        templates.push_back(std::move(out));
    }
}

void decodeTools(DecodeContext& context, ObjectReader& top)
{
    auto& tools = context.policy().tools;
    for (const NodeIndex node : top.elements("tools")) {
        ObjectReader reader(context, node, ObjectType::Tool);
        Tool tool;
        if (reader.valid()) {
            tool.id = reader.requiredText("id");
            checkToolName(context, reader.find("id"), tool.id);
            tool.description = reader.text("description").value_or("");
            if (const NodeIndex schema = reader.find("parameters"); schema != kNoNode) {
                if (context.tree().kind(schema) == NodeKind::Object)
                    tool.parametersJson = canonicalValue(context.tree(), schema, ObjectType::Free);
                else
                    reader.wrongType(schema, "an object (a JSON Schema)");
            }
            registerId(context, context.tools, reader, tool.id, static_cast<int>(tools.size()), "tools");
        }
        tools.push_back(std::move(tool));
    }
}

void decodeUserTiers(DecodeContext& context, ObjectReader& top)
{
    static const std::vector<std::string_view> kLanes = {"interactive", "background"};
    static const std::vector<std::string_view> kOver = {"reject", "truncate", "queue"};
    auto& userTiers = context.policy().userTiers;
    for (const NodeIndex node : top.elements("user_tiers")) {
        ObjectReader reader(context, node, ObjectType::UserTier);
        UserTier out;
        if (reader.valid()) {
            out.id = reader.id();
            if (const NodeIndex when = reader.require("when"); when != kNoNode)
                out.when = decodeCondition(context, when, UserTierKnown::No).value_or(Condition{});
            decodeBudget(context, reader.find("budget"), out.budget);
            decodeSlo(context, reader.find("slo"), out.slo);
            if (reader.choice("lane", kLanes) == 1)
                out.lane = UserTier::Lane::Background;
            if (const int over = reader.choice("over_budget", kOver); over >= 0)
                out.overBudget = static_cast<UserTier::OverBudget>(over);
            if (out.overBudget == UserTier::OverBudget::Queue && out.lane == UserTier::Lane::Interactive)
                context.report(kQueueInteractive, reader.find("over_budget"),
                               "A request can be queued only in the lane \"background\": somebody waits for "
                               "an interactive one.",
                               "Write \"lane\": \"background\", or \"over_budget\": \"reject\" or "
                               "\"truncate\".");
            registerId(context, context.userTiers, reader, out.id, static_cast<int>(userTiers.size()),
                       "user tiers");
        }
        userTiers.push_back(std::move(out));
    }
}

} // namespace signalbox
