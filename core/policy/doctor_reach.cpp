// SPDX-License-Identifier: GPL-3.0-or-later
// Tiers that nothing gets to, a way to a person, and what is defined and never used.
#include "policy/diagnostic_codes.h"
#include "policy/examination.h"
#include "policy/residency.h"
#include "policy/shadowing.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace signalbox {

using namespace diagnostic;

namespace {

/// The tiers whose name a route or the cascade says, or a fallback or a trigger of such a tier.
std::vector<char> namedTiers(const Policy& policy)
{
    std::vector<char> named(policy.tiers.size(), 0);
    std::vector<int> open;
    const auto name = [&](int tier) {
        if (tier >= 0 && !std::exchange(named[static_cast<std::size_t>(tier)], char{1}))
            open.push_back(tier);
    };
    const auto lead = [&](const Route& route) { name(route.isTier() ? route.tier : -1); };
    const Cascade& cascade = policy.cascade;
    for (const std::vector<int>* tiers : {&cascade.order, &cascade.lanes, &cascade.pool})
        std::ranges::for_each(*tiers, name);
    for (const Stage& stage : cascade.stages)
        name(stage.tier);
    lead(cascade.unsure);
    name(cascade.background);
    for (const Rule& rule : policy.rules)
        lead(rule.route.value_or(Route{}));
    std::ranges::for_each(routesOf(policy.router), lead);
    for (const Trigger& trigger : policy.triggers) {
        if (!trigger.escalateToNext && trigger.appliesTo.empty())
            lead(trigger.escalateTo);
    }
    while (!open.empty()) {
        const int from = open.back();
        open.pop_back();
        std::ranges::for_each(policy.tiers[static_cast<std::size_t>(from)].fallback, name);
        for (const Trigger& trigger : policy.triggers) {
            if (!trigger.escalateToNext && std::ranges::find(trigger.appliesTo, from) != trigger.appliesTo.end())
                lead(trigger.escalateTo);
        }
    }
    return named;
}

/// The id of a constraint that holds for every request and bars the tier, or "".
std::string alwaysBars(const Policy& policy, const Residency& residency, const std::vector<char>& always, int tier)
{
    for (std::size_t i = 0; i < policy.rules.size(); ++i) {
        if (always[i] && residency.bars(policy.rules[i], tier))
            return policy.rules[i].id;
    }
    return {};
}

void reachOfTiers(Examination& e)
{
    const Policy& policy = e.policy();
    const bool race = policy.cascade.pattern == CascadePattern::Race;
    const int lanes = static_cast<int>(policy.cascade.lanes.size());
    bool fewHops = false; // that there are too few is said once
    const auto tooFew = [&](const std::string& what, const char* hint) {
        if (std::exchange(fewHops, true))
            return;
        e.report(kHopsTooFew, e.keyOr(e.part("cascade"), "max_hops"),
                 what + ", but max_hops is " + std::to_string(policy.cascade.maxHops) + ".", hint);
    };
    if ((race || policy.cascade.pattern == CascadePattern::Agreement) && lanes > policy.cascade.maxHops)
        tooFew((race ? "The race has " : "The agreement has ") + std::to_string(lanes) + " lanes",
               "Every lane is a hop: raise max_hops, or take lanes out.");
    if (policy.cascade.samples > policy.cascade.maxHops)
        tooFew("There are to be " + std::to_string(policy.cascade.samples) + " samples",
               "Every sample is a hop: raise max_hops, or take fewer.");
    const std::vector<char> named = namedTiers(policy);
    const Residency residency(e);
    std::vector<char> always;
    for (const Rule& rule : policy.rules)
        always.push_back(rule.isConstraint() && implies(Condition(), rule.when));
    for (std::size_t i = 0; i < policy.tiers.size(); ++i) {
        const int tier = static_cast<int>(i);
        const std::string& id = policy.tiers[i].id;
        if (const std::string by = alwaysBars(policy, residency, always, tier); !by.empty()) {
            e.report(kTierUnreachable, e.element("tiers", i),
                     "The rule " + inQuotes(by) + " holds for every request and bars " + inQuotes(id) + ".",
                     "Narrow the rule, or remove the tier.");
            continue;
        }
        if (!e.graph().ever(tier)) {
            e.report(kTierUnreachable, e.element("tiers", i),
                     "Nothing routes or escalates to " + inQuotes(id) + ".",
                     "Name it in the router, in a rule or in the cascade, or remove it.");
            continue;
        }
        if (!named[i]) {
            e.report(kTierUnreachable, e.element("tiers", i),
                     "Nothing names " + inQuotes(id) +
                         "; only a request that is barred from every other tier gets to it.",
                     "Name it in the router, in a rule or in the cascade, or remove it.");
            continue;
        }
        const auto hops = e.graph().hopsTo(tier);
        if (hops && *hops > policy.cascade.maxHops && !fewHops)
            e.report(kHopsTooFew, e.keyOr(e.part("cascade"), "max_hops"),
                     "Escalation comes to " + inQuotes(id) + " at hop " + std::to_string(*hops) +
                         " at the earliest, but max_hops is " + std::to_string(policy.cascade.maxHops) + ".",
                     "Raise max_hops, or take the tier out of the cascade.");
    }
}

void wayToAPerson(Examination& e)
{
    const Policy& policy = e.policy();
    const auto rule = [](const Rule& r) { return r.route && r.route->isHuman(); };
    const auto trigger = [](const Trigger& t) { return !t.escalateToNext && t.escalateTo.isHuman(); };
    if (std::ranges::any_of(policy.rules, rule) ||
        std::ranges::any_of(routesOf(policy.router), &Route::isHuman) ||
        std::ranges::any_of(policy.triggers, trigger) || policy.cascade.unsure.isHuman() ||
        policy.cascade.whenExhausted == WhenExhausted::Human)
        return;
    e.report(
        kNoPerson, e.part("cascade"), "Nothing in the policy hands a request to a person.",
        "Add a rule with \"route\": \"human\" for those who ask for one, or \"when_exhausted\": \"human\".");
}

struct Uses
{
    std::unordered_set<int> endpoints;
    std::unordered_set<int> models;
    std::unordered_set<int> rubrics;
    std::unordered_set<int> templates;

    void use(const RouteCarries& carries) { templates.insert(carries.promptTemplate); }
    void use(const Router& router)
    {
        models.insert(router.model);
        use(router.otherwiseCarries);
        for (const RouterMapRow& row : router.map)
            use(row.carries);
        for (const AgenticChoice& choice : router.choices)
            use(choice.carries);
        for (const Router& step : router.steps)
            use(step);
    }
    void useQuality(const Policy& policy, const std::string& source)
    {
        if (source.rfind("judge:", 0) != 0)
            return;
        const std::string id = source.substr(6, source.find('@') - 6);
        const auto found = std::ranges::find(policy.rubrics, id, &Rubric::id);
        rubrics.insert(static_cast<int>(found - policy.rubrics.begin()));
    }
};

Uses usesOf(const Policy& policy)
{
    Uses uses;
    for (const Tier& tier : policy.tiers)
        uses.models.insert(tier.models.begin(), tier.models.end());
    uses.use(policy.router);
    uses.use(policy.cascade.unsureCarries);
    uses.rubrics.insert(policy.cascade.rubric);
    for (const Rubric& rubric : policy.rubrics)
        uses.models.insert(rubric.model);
    if (policy.cache)
        uses.models.insert(policy.cache->model);
    if (policy.retrieval.enabled)
        uses.models.insert(policy.retrieval.model);
    for (const Model& model : policy.models)
        uses.endpoints.insert(model.endpoint);
    for (const Rule& rule : policy.rules)
        uses.use(rule.carries);
    for (const Trigger& trigger : policy.triggers) {
        uses.rubrics.insert(trigger.rubric);
        uses.use(trigger.carries);
    }
    const auto objectives = [&](const Slo& slo) {
        if (slo.minQuality)
            uses.useQuality(policy, slo.minQuality->source);
    };
    objectives(policy.slo);
    for (const UserTier& userTier : policy.userTiers)
        objectives(userTier.slo);
    for (const ReleaseGate& gate : policy.releaseGates)
        uses.useQuality(policy, gate.source);
    return uses;
}

void unused(Examination& e)
{
    const Policy& policy = e.policy();
    const Uses uses = usesOf(policy);
    const auto report = [&](const char* list, const auto& elements, const std::unordered_set<int>& used,
                            const char* what) {
        for (std::size_t i = 0; i < elements.size(); ++i) {
            if (!used.contains(static_cast<int>(i)))
                e.report(kUnused, e.element(list, i),
                         std::string("Nothing uses the ") + what + " " + inQuotes(elements[i].id) + ".");
        }
    };
    report("endpoints", policy.endpoints, uses.endpoints, "endpoint");
    report("models", policy.models, uses.models, "model");
    report("rubrics", policy.rubrics, uses.rubrics, "rubric");
    report("templates", policy.templates, uses.templates, "template");
}

} // namespace

void examineReach(Examination& e)
{
    reachOfTiers(e);
    wayToAPerson(e);
    unused(e);
}

} // namespace signalbox
