// SPDX-License-Identifier: GPL-3.0-or-later
// Conditions and rules.
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"

#include <algorithm>
#include <unordered_set>

namespace signalbox {

using namespace diagnostic;

namespace {

void decodeMetadata(DecodeContext& context, NodeIndex node, Condition& condition)
{
    const SyntaxTree& tree = context.tree();
    if (tree.kind(node) != NodeKind::Object) {
        context.report(kWrongType, node, "\"metadata\" must be an object of keys and allowed values.");
        return;
    }
    if (tree.node(node).childCount == 0)
        context.report(kEmptyValue, node, "\"metadata\" is an empty object.",
                       "Name at least one key, or remove it.");
    for (NodeIndex child = tree.firstChild(node); child != kNoNode; child = tree.nextSibling(child)) {
        std::vector<std::string> values;
        const std::string key = tree.key(child);
        const auto take = [&](NodeIndex value) {
            if (tree.kind(value) == NodeKind::String)
                values.push_back(tree.string(value));
            else
                context.report(kWrongType, value,
                               "The value of " + quoted(key) + " must be a string or a list of strings.",
                               tree.kind(value) == NodeKind::Number || tree.kind(value) == NodeKind::Bool
                                   ? "Metadata is text: write the value in double quotes."
                                   : "");
        };
        if (tree.kind(child) == NodeKind::Array) {
            if (tree.node(child).childCount == 0)
                context.report(kEmptyValue, child, "The list of values of " + quoted(key) + " is empty.");
            for (NodeIndex value = tree.firstChild(child); value != kNoNode; value = tree.nextSibling(value))
                take(value);
        } else {
            take(child);
        }
        condition.metadata.emplace(key, std::move(values));
    }
}

bool wellFormedReason(const std::string& reason)
{
    bool dotted = false;
    char before = '.';
    for (const char c : reason) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (!letter && c != '.')
            return false;
        if (c == '.' && before == '.')
            return false;
        dotted = dotted || c == '.';
        before = c;
    }
    return dotted && before != '.' && reason.size() <= 128;
}

void decodeExclusions(DecodeContext& context, ObjectReader& reader, Rule& rule)
{
    std::unordered_set<std::string> seen;
    for (const Text& tier : reader.texts("exclude", true)) {
        if (!seen.insert(tier.value).second)
            context.report(kListedTwice, tier.node, quoted(tier.value) + " is excluded twice.");
        rule.excludeIds.push_back(tier.value);
        if (tier.value == "human")
            context.report(kBadId, tier.node, "A person cannot be excluded.");
        else
            rule.exclude.push_back(context.tierReference(tier.value, tier.node));
    }
}

Rule decodeRule(DecodeContext& context, ObjectReader& reader)
{
    Rule rule;
    rule.id = reader.id();
    if (const NodeIndex when = reader.require("when"); when != kNoNode)
        rule.when = decodeCondition(context, when).value_or(Condition{});
    int effects = 0;
    for (const char* effect : {"route", "exclude", "allow_residency"})
        effects += reader.has(effect) ? 1 : 0;
    if (effects != 1)
        context.report(kRuleEffects, reader.node(),
                       effects == 0
                           ? "The rule has no effect: it needs \"route\", \"exclude\" or \"allow_residency\"."
                           : "The rule has more than one of \"route\", \"exclude\" and \"allow_residency\".",
                       effects == 0 ? "" : "Write a rule for each.");
    if (reader.has("route")) {
        rule.routeId = reader.requiredText("route");
        if (!rule.routeId.empty())
            rule.route = context.routeReference(rule.routeId, reader.find("route"));
    }
    decodeExclusions(context, reader, rule);
    rule.allowResidency = valuesOf(reader.texts("allow_residency", true));
    rule.locked = reader.boolean("locked").value_or(false);
    rule.exclusive = reader.boolean("exclusive").value_or(false);
    if (effects == 1 && rule.isConstraint()) {
        for (const char* key : {"locked", "exclusive"}) {
            if (reader.has(key))
                context.reportKey(kNoEffect, reader.find(key),
                                  quoted(key) + " has no effect on a constraint: nothing can override one.");
        }
    }
    rule.reason = reader.requiredText("reason");
    if (!rule.reason.empty() && !wellFormedReason(rule.reason))
        context.report(kBadReason, reader.find("reason"), quoted(rule.reason) + " is not a reason code.",
                       "Write lower-case words with dots between them, for example \"policy.legal\".");
    return rule;
}

} // namespace

std::optional<Condition> decodeCondition(DecodeContext& context, NodeIndex node)
{
    ObjectReader reader(context, node, ObjectType::Condition);
    if (!reader.valid())
        return std::nullopt;
    constexpr int kMostTokens = 100'000'000;
    Condition condition;
    const std::vector<Text> keywords = reader.texts("keyword", true);
    checkKeywords(context, keywords);
    condition.keywords = valuesOf(keywords);
    const std::vector<Text> patterns = reader.texts("pattern", true);
    checkPatterns(context, patterns);
    condition.patterns = valuesOf(patterns);
    condition.hasAttachment = reader.boolean("has_attachment");
    if (const NodeIndex metadata = reader.find("metadata"); metadata != kNoNode)
        decodeMetadata(context, metadata, condition);
    condition.minInputTokens = reader.integer("min_input_tokens", 0, kMostTokens);
    condition.maxInputTokens = reader.integer("max_input_tokens", 0, kMostTokens);
    if (condition.minInputTokens && condition.maxInputTokens &&
        *condition.minInputTokens > *condition.maxInputTokens)
        context.report(kTokenRange, reader.find("min_input_tokens"),
                       "\"min_input_tokens\" is above \"max_input_tokens\": nothing fits.");
    const auto states = [&](const char* key) { return reader.has(key); };
    const char* const keys[] = {"keyword",  "pattern",          "has_attachment",
                                "metadata", "min_input_tokens", "max_input_tokens"};
    if (std::ranges::none_of(keys, states))
        context.report(kEmptyCondition, node,
                       "The condition states nothing, so it would hold for every request.",
                       "State at least one of keyword, pattern, has_attachment, metadata, min_input_tokens "
                       "and max_input_tokens.");
    return condition;
}

void decodeRules(DecodeContext& context, ObjectReader& top)
{
    IdIndex ids;
    for (const NodeIndex node : top.elements("rules")) {
        ObjectReader reader(context, node, ObjectType::Rule);
        Rule rule;
        if (reader.valid()) {
            rule = decodeRule(context, reader);
            registerId(context, ids, reader, rule.id, static_cast<int>(context.policy().rules.size()),
                       "rules");
        }
        context.policy().rules.push_back(std::move(rule));
    }
}

} // namespace signalbox
