// SPDX-License-Identifier: GPL-3.0-or-later
// Rules.
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"

namespace signalbox {

using namespace diagnostic;

namespace {

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
        RouteText route = decodeRoute(context, reader, "route");
        rule.routeId = std::move(route.id);
        rule.carries = std::move(route.carries);
        if (!rule.routeId.empty())
            rule.route = route.route;
    }
    TierList exclude = decodeTierList(context, reader, "exclude", true);
    rule.excludeIds = std::move(exclude.ids);
    rule.exclude = std::move(exclude.tiers);
    rule.allowResidency = valuesOf(reader.texts("allow_residency", true));
    rule.locked = reader.boolean("locked").value_or(false);
    rule.exclusive = reader.boolean("exclusive").value_or(false);
    rule.taintsThread = reader.boolean("taints_thread").value_or(false);
    if (reader.has("taints_thread") && effects == 1 && !rule.isConstraint())
        context.reportKey(kUnknownKey, reader.find("taints_thread"),
                          "\"taints_thread\" is not known in a rule with a route.",
                          "It belongs to constraints, \"exclude\" and \"allow_residency\": they can hold for "
                          "the rest of a conversation.");
    if (effects == 1 && rule.isConstraint()) {
        for (const char* key : {"locked", "exclusive"}) {
            if (reader.has(key))
                context.reportKey(kNoEffect, reader.find(key),
                                  inQuotes(key) + " has no effect on a constraint: nothing can override one.");
        }
    }
    rule.reason = reader.requiredText("reason");
    if (!rule.reason.empty() && !wellFormedReason(rule.reason))
        context.report(kBadReason, reader.find("reason"), inQuotes(rule.reason) + " is not a reason code.",
                       "Write lower-case words with dots between them, for example \"policy.legal\".");
    return rule;
}

} // namespace

void decodeRules(DecodeContext& context, ObjectReader& top)
{
    IdIndex ids;
    const std::vector<NodeIndex> nodes = top.elements("rules");
    context.policy().rules.reserve(nodes.size());
    for (const NodeIndex node : nodes) {
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
