// SPDX-License-Identifier: GPL-3.0-or-later
// The precedence of a decision, in the order in which it is written in decideInOrder() at the end of this file.
#include "base/text.h"
#include "routers/compiled_policy.h"

#include <algorithm>
#include <cmath>

namespace signalbox {

namespace {

void addReason(Decision& decision, const std::string& reason)
{
    if (std::find(decision.reasons.begin(), decision.reasons.end(), reason) == decision.reasons.end())
        decision.reasons.push_back(reason);
}

/// Says so when a rule fired only because its match could not be completed.
void addIncomplete(const Observation& seen, std::size_t rule, Decision& decision)
{
    if (rule < seen.ruleMatches.size() && seen.ruleMatches[rule] == Observation::kUnknown)
        addReason(decision, "rule.match_incomplete");
}

bool residesIn(const Policy& policy, int model, const std::vector<std::string>& allowed)
{
    const int endpoint = model < 0 ? -1 : policy.models[static_cast<std::size_t>(model)].endpoint;
    if (endpoint < 0)
        return false;
    const std::string& residency = policy.endpoints[static_cast<std::size_t>(endpoint)].residency;
    return std::find(allowed.begin(), allowed.end(), residency) != allowed.end();
}

/// What two lists have in common; a rule that says nothing allows everything.
std::vector<std::string> intersection(const std::optional<std::vector<std::string>>& a, const std::vector<std::string>& b)
{
    if (!a)
        return b;
    std::vector<std::string> common;
    for (const std::string& one : *a) {
        if (std::find(b.begin(), b.end(), one) != b.end())
            common.push_back(one);
    }
    return common;
}

/// True when a request may not be answered by this tier because of where one of its models runs. A tier with one
/// forbidden replica is barred whole: load balancing must not be able to leak.
bool residencyForbids(const Policy& policy, const Tier& tier, const std::vector<std::string>& allowed)
{
    return std::any_of(tier.models.begin(), tier.models.end(), [&](int m) { return !residesIn(policy, m, allowed); });
}

bool contextTooSmall(const Policy& policy, const Tier& tier, int inputTokens)
{
    return std::any_of(tier.models.begin(), tier.models.end(), [&](int m) {
        const int context = m < 0 ? 0 : policy.models[static_cast<std::size_t>(m)].contextTokens;
        return context > 0 && inputTokens > context;
    });
}

/// Hard constraints intersect: each bars tiers, none can be lifted by another.
void barTiers(const Policy& policy, const Observation& seen, Decision& decision)
{
    const auto bar = [&](int tier, const std::string& reason) {
        if (tier >= 0 && !decision.isBarred(tier))
            decision.barred.push_back({tier, reason});
    };
    for (std::size_t r = 0; r < policy.rules.size(); ++r) {
        const Rule& rule = policy.rules[r];
        if (!rule.isConstraint() || !ruleFires(policy, seen, r))
            continue;
        addIncomplete(seen, r, decision);
        for (const int tier : rule.exclude)
            bar(tier, rule.reason);
        if (rule.allowResidency.empty())
            continue;
        decision.allowedResidency = intersection(decision.allowedResidency, rule.allowResidency);
        for (std::size_t t = 0; t < policy.tiers.size(); ++t) {
            if (residencyForbids(policy, policy.tiers[t], rule.allowResidency))
                bar(static_cast<int>(t), rule.reason);
        }
    }
    for (std::size_t t = 0; t < policy.tiers.size(); ++t) {
        if (contextTooSmall(policy, policy.tiers[t], seen.inputTokens))
            bar(static_cast<int>(t), "constraint.context_window");
    }
}

/// The first rule that asks for a person, or −1. Asking for a person needs no lock.
int personRule(const Policy& policy, const Observation& seen)
{
    for (std::size_t r = 0; r < policy.rules.size(); ++r) {
        if (policy.rules[r].route && policy.rules[r].route->isHuman() && ruleFires(policy, seen, r))
            return static_cast<int>(r);
    }
    return -1;
}

struct RouteRules
{
    int locked = -1;     ///< first matching locked rule with a tier
    int preference = -1; ///< first matching unlocked rule with a tier
};

RouteRules matchingRouteRules(const Policy& policy, const Observation& seen)
{
    RouteRules found;
    bool preferencesClosed = false;
    for (std::size_t r = 0; r < policy.rules.size(); ++r) {
        const Rule& rule = policy.rules[r];
        if (!rule.route || !rule.route->isTier() || !ruleFires(policy, seen, r))
            continue;
        if (!rule.locked && preferencesClosed)
            continue;
        int& slot = rule.locked ? found.locked : found.preference;
        if (slot < 0)
            slot = static_cast<int>(r);
        // An unlocked rule can close the list of preferences, but never keep a locked rule from being heard.
        preferencesClosed = preferencesClosed || rule.exclusive;
        if (rule.locked)
            break;
    }
    return found;
}

void assess(const Router& router, const Observation& seen, Decision& decision)
{
    double score = router.bias;
    for (std::size_t i = 0; i < router.signals.size() && i < seen.signalValues.size(); ++i)
        score += router.signals[i].weight * seen.signalValues[i];
    const auto sigmoid = [](double x) { return 1.0 / (1.0 + std::exp(-x)); };
    // Proportional odds (McCullagh, "Regression models for ordinal data", JRSS B 42, 1980).
    const double upToEasy = sigmoid(router.steepness * (router.mediumAt - score));
    const double upToMedium = std::max(upToEasy, sigmoid(router.steepness * (router.hardAt - score)));
    const double p[3] = {upToEasy, upToMedium - upToEasy, 1 - upToMedium};
    const int best = static_cast<int>(std::max_element(p, p + 3) - p);
    decision.score = score;
    decision.difficulty = best + 1;
    decision.confidence = p[best];
    for (int d = 0; d < 3; ++d)
        decision.alternatives.push_back({"difficulty " + std::to_string(d + 1), p[d]});
    int hits = 0;
    for (std::size_t i = 0; i < router.intents.size() && i < seen.intentHits.size(); ++i) {
        if (seen.intentHits[i] > hits) {
            hits = seen.intentHits[i];
            decision.intent = router.intents[i].id;
        }
    }
}

/// The first row of the map that fits, or nothing. Says so when confidence alone kept an earlier row from fitting.
const RouterMapRow* fittingRow(const Router& router, Decision& decision)
{
    for (const RouterMapRow& row : router.map) {
        if (!row.intent.empty() && (decision.intent.empty() || !globMatches(row.intent, decision.intent)))
            continue;
        if (row.difficulty && *row.difficulty != decision.difficulty)
            continue;
        if (row.minConfidence && decision.confidence.value_or(0) < *row.minConfidence) {
            addReason(decision, "router.low_confidence");
            continue;
        }
        addReason(decision, row.intent.empty() ? "router.difficulty_" + std::to_string(decision.difficulty) : "router.intent");
        return &row;
    }
    return nullptr;
}

/// The nearest tier that is not barred: upwards in the cascade's order first, then downwards. −1 if there is none.
int nearestAllowed(const Policy& policy, const Decision& decision, int wanted)
{
    const std::vector<int>& order = policy.cascade.order;
    const auto place = std::find(order.begin(), order.end(), wanted);
    if (place != order.end()) {
        for (auto it = place; it != order.end(); ++it) {
            if (*it >= 0 && !decision.isBarred(*it))
                return *it;
        }
        for (auto it = std::make_reverse_iterator(place); it != order.rend(); ++it) {
            if (*it >= 0 && !decision.isBarred(*it))
                return *it;
        }
    }
    for (int t = 0; t < static_cast<int>(policy.tiers.size()); ++t) {
        if (!decision.isBarred(t))
            return t;
    }
    return -1;
}

void handOff(Decision& decision, const std::string& router, const std::string& reason)
{
    decision.route = Route::toHuman();
    decision.router = router;
    addReason(decision, reason);
}

/// Takes the route unless it is barred; then the nearest tier that is not.
void take(const Policy& policy, Decision& decision, const Route& route, const RouteCarries& carries)
{
    decision.carries = carries;
    if (!route.isTier() || !decision.isBarred(route.tier)) {
        decision.route = route;
        return;
    }
    const int instead = nearestAllowed(policy, decision, route.tier);
    for (const BarredTier& barred : decision.barred) {
        if (barred.tier == route.tier)
            addReason(decision, barred.reason);
    }
    decision.route = Route::toTier(instead);
    addReason(decision, "constraint.moved");
}

} // namespace

bool ruleFires(const Policy& policy, const Observation& seen, std::size_t rule)
{
    if (rule >= seen.ruleMatches.size() || seen.ruleMatches[rule] == 0)
        return false;
    const Rule& r = policy.rules[rule];
    return seen.ruleMatches[rule] == Observation::kMatches || r.isConstraint() || r.locked || (r.route && r.route->isHuman());
}

bool Decision::allowsModel(const Policy& policy, int model) const
{
    return !allowedResidency || residesIn(policy, model, *allowedResidency);
}

bool Decision::isBarred(int tier) const
{
    return std::any_of(barred.begin(), barred.end(), [&](const BarredTier& b) { return b.tier == tier; });
}

namespace {

Decision decideInOrder(const Policy& policy, const Observation& seen)
{
    Decision decision;
    barTiers(policy, seen, decision);

    // 1. A request for a person, whatever else holds.
    if (const int person = personRule(policy, seen); person >= 0) {
        const Rule& rule = policy.rules[static_cast<std::size_t>(person)];
        decision.ruleId = rule.id;
        decision.locked = true;
        handOff(decision, "rules", rule.reason);
        addIncomplete(seen, static_cast<std::size_t>(person), decision);
        return decision;
    }
    // 2. Hard constraints: what is left?
    if (decision.barred.size() >= policy.tiers.size()) {
        for (const BarredTier& barred : decision.barred)
            addReason(decision, barred.reason);
        handOff(decision, "constraints", "constraint.nothing_left");
        return decision;
    }
    // 3. Locked routes. A locked tier that a constraint bars is no licence to pick another: a person decides.
    const RouteRules rules = matchingRouteRules(policy, seen);
    if (rules.locked >= 0) {
        const Rule& rule = policy.rules[static_cast<std::size_t>(rules.locked)];
        decision.ruleId = rule.id;
        decision.locked = true;
        addReason(decision, rule.reason);
        addIncomplete(seen, static_cast<std::size_t>(rules.locked), decision);
        if (decision.isBarred(rule.route->tier)) {
            for (const BarredTier& barred : decision.barred) {
                if (barred.tier == rule.route->tier)
                    addReason(decision, barred.reason);
            }
            handOff(decision, "constraints", "constraint.locked_route_barred");
            return decision;
        }
        decision.route = *rule.route;
        decision.carries = rule.carries;
        decision.router = "rules";
        return decision;
    }
    // 4. The router.
    const RouterMapRow* row = nullptr;
    if (policy.router.kind == RouterKind::Scoring) {
        decision.router = "scoring";
        assess(policy.router, seen, decision);
        row = fittingRow(policy.router, decision);
    } else {
        decision.router = routerKindName(policy.router.kind);
    }
    if (row != nullptr) {
        take(policy, decision, row->route, row->carries);
        return decision;
    }
    // 5. Preferences: unlocked rules speak where the router had nothing to say.
    if (rules.preference >= 0) {
        const Rule& rule = policy.rules[static_cast<std::size_t>(rules.preference)];
        decision.ruleId = rule.id;
        decision.router = "rules";
        addReason(decision, rule.reason);
        take(policy, decision, *rule.route, rule.carries);
        return decision;
    }
    switch (policy.router.kind) {
    case RouterKind::Fixed:
        addReason(decision, "router.fixed");
        break;
    case RouterKind::Rules:
        addReason(decision, "router.no_rule");
        break;
    default:
        addReason(decision, "router.otherwise");
    }
    take(policy, decision, policy.router.otherwise, policy.router.otherwiseCarries);
    return decision;
}

} // namespace

Decision decide(const Policy& policy, const Observation& seen)
{
    Decision decision = decideInOrder(policy, seen);
    if (seen.userTier >= 0) {
        decision.userTier = policy.userTiers[static_cast<std::size_t>(seen.userTier)].id;
        addReason(decision, "user_tier." + decision.userTier);
    }
    return decision;
}

} // namespace signalbox
