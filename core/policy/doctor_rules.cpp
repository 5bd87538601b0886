// SPDX-License-Identifier: GPL-3.0-or-later
// Rules, rows and user tiers that can never take effect.
#include "policy/diagnostic_codes.h"
#include "policy/examination.h"
#include "policy/shadowing.h"

#include <algorithm>

namespace signalbox {

using namespace diagnostic;

namespace {

void hiddenOnes(Examination& e, const std::vector<Shadow>& shadows)
{
    const Policy& policy = e.policy();
    for (const Shadow& shadow : shadows) {
        const bool constraint = policy.rules[shadow.hidden].isConstraint();
        const std::string by = inQuotes(policy.rules[shadow.by].id);
        const bool movable = shadow.by < shadow.hidden; // else it decides wherever it stands
        const bool person = policy.rules[shadow.by].route && policy.rules[shadow.by].route->isHuman();
        const std::string decides = movable  ? ", comes first and decides."
                                    : person ? " and decides: a person comes before every tier."
                                             : " and decides: it is locked.";
        e.report(kRuleShadowed, e.element("rules", shadow.hidden),
                 constraint ? "Whenever this rule matches, " + by + " bars as much already."
                            : "Whenever this rule matches, " + by + " matches too" + decides,
                 constraint ? "Remove it, or let it bar more."
                 : movable  ? "Move it up, narrow the other rule, or remove one of them."
                            : "Narrow the other rule, or remove one of them.");
    }
    for (const Examination::RouterAt& at : e.routers()) {
        const NodeIndex map = e.tree().member(at.node, "map");
        for (const Shadow& shadow : shadowedRows(at.router->map))
            e.report(kMapRowShadowed, e.tree().elementAt(map, shadow.hidden),
                     (shadow.together ? "The rows up to row " + std::to_string(shadow.by + 1) + " of the map take"
                                      : "Row " + std::to_string(shadow.by + 1) + " of the map takes") +
                         " every request that this one, row " + std::to_string(shadow.hidden + 1) + ", would take.",
                     "Move it up, or remove one of them.");
    }
    for (const Shadow& shadow : shadowedUserTiers(policy.userTiers))
        e.report(kUserTierShadowed, e.element("user_tiers", shadow.hidden),
                 "Whoever belongs to this user tier belongs to " + inQuotes(policy.userTiers[shadow.by].id) +
                     " before it.",
                 "Move it up: the first user tier whose condition holds is the request's.");
}

void impossibleConditions(Examination& e)
{
    const Policy& policy = e.policy();
    const auto examine = [&](const Condition& condition, const char* list, std::size_t position) {
        if (neverHolds(condition))
            e.report(kNeverHolds, e.of(list, position, "when"),
                     "The parts of this condition contradict each other: it never holds.",
                     "Remove one of them, or put them under \"any\".");
    };
    for (std::size_t i = 0; i < policy.rules.size(); ++i)
        examine(policy.rules[i].when, "rules", i);
    for (std::size_t i = 0; i < policy.userTiers.size(); ++i)
        examine(policy.userTiers[i].when, "user_tiers", i);
    for (std::size_t i = 0; i < policy.triggers.size(); ++i) {
        if (policy.triggers[i].when)
            examine(*policy.triggers[i].when, "triggers", i);
    }
}

/// A preference speaks where the router has nothing to say; a scoring router with a row for everything always
/// has.
void unheardRules(Examination& e)
{
    const Policy& policy = e.policy();
    if (policy.router.kind != RouterKind::Scoring || !coversEverything(policy.router.map))
        return;
    for (std::size_t i = 0; i < policy.rules.size(); ++i) {
        const Rule& rule = policy.rules[i];
        if (!rule.route || !rule.route->isTier() || rule.locked)
            continue;
        e.report(
            kRuleUnheard, e.element("rules", i),
            "The router's map has a row for every request, and the router is asked before rules that are not "
            "locked: this one is never heard.",
            "Write \"locked\": true, or narrow the router's map.");
    }
}

} // namespace

void examineRules(Examination& e, const std::vector<Shadow>& shadows)
{
    hiddenOnes(e, shadows);
    impossibleConditions(e);
    unheardRules(e);
}

} // namespace signalbox
