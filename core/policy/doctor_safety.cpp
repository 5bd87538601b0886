// SPDX-License-Identifier: GPL-3.0-or-later
// Personal data and residency: where they can still get to although a rule means to keep them.
#include "policy/diagnostic_codes.h"
#include "policy/examination.h"
#include "policy/quick_fix.h"
#include "policy/shadowing.h"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace signalbox {

using namespace diagnostic;

namespace {

/// What must hold for the condition mentions personal data; what stands under "not" does not count.
bool concernsPersonalData(const Condition& condition)
{
    if (!condition.pii.empty() || condition.takesPersonalData)
        return true;
    return std::ranges::any_of(condition.all, concernsPersonalData) ||
           std::ranges::any_of(condition.any, concernsPersonalData);
}

class Safety
{
public:
    explicit Safety(Examination& e) : m_e(e), m_policy(e.policy())
    {
        for (const Rule& rule : m_policy.rules)
            m_personal.push_back(concernsPersonalData(rule.when));
    }

    void examine()
    {
        residencies();
        for (std::size_t i = 0; i < m_policy.rules.size(); ++i) {
            const Rule& rule = m_policy.rules[i];
            if (rule.isConstraint())
                leavesSomething(rule, i);
            if (!m_personal[i])
                continue;
            if (rule.route && rule.route->isTier())
                routeOfPersonalData(rule, i);
            if (!rule.exclude.empty())
                leftOver(rule, i);
            if (rule.isConstraint() && !rule.taintsThread)
                m_e.report(
                    kUntainted, m_e.element("rules", i),
                    "The rule looks at each message alone: what it finds in one goes along, as a part of the "
                    "conversation, when the next is answered elsewhere.",
                    "Write \"taints_thread\": true to let it hold for the rest of the conversation.");
        }
        lockedBarred();
        askedElsewhere();
        cache();
    }

private:
    void residencies();
    void leavesSomething(const Rule& rule, std::size_t position);
    void routeOfPersonalData(const Rule& rule, std::size_t position);
    void leftOver(const Rule& rule, std::size_t position);
    void lockedBarred();
    void askedElsewhere();
    void cache();

    /// The one place where all of a tier's models run; "" when there are several, or none is stated.
    std::string placeOf(int tier) const
    {
        std::string place;
        for (const int model : m_e.tier(tier).models) {
            const std::string& residency = m_e.residencyOf(model);
            if (residency.empty() || (!place.empty() && place != residency))
                return {};
            place = residency;
        }
        return place;
    }
    bool fits(int tier, const std::vector<std::string>& allowed) const
    {
        return std::ranges::all_of(m_e.tier(tier).models, [&](int model) {
            return std::ranges::find(allowed, m_e.residencyOf(model)) != allowed.end();
        });
    }
    bool bars(const Rule& rule, int tier) const
    {
        return std::ranges::find(rule.exclude, tier) != rule.exclude.end() ||
               (!rule.allowResidency.empty() && !fits(tier, rule.allowResidency));
    }
    bool residencyKnown(const std::string& residency) const
    {
        return std::ranges::any_of(m_policy.endpoints,
                                   [&](const Endpoint& endpoint) { return endpoint.residency == residency; });
    }

    Examination& m_e;
    const Policy& m_policy;
    std::vector<char> m_personal; ///< by rule
};

void Safety::residencies()
{
    std::unordered_set<std::string_view> known;
    for (const Endpoint& endpoint : m_policy.endpoints)
        known.insert(endpoint.residency);
    for (std::size_t i = 0; i < m_policy.rules.size(); ++i) {
        const auto& allowed = m_policy.rules[i].allowResidency;
        for (std::size_t k = 0; k < allowed.size(); ++k) {
            if (known.contains(allowed[k]))
                continue;
            std::vector<std::string_view> stated(known.begin(), known.end());
            std::erase(stated, std::string_view());
            const NodeIndex list = m_e.of("rules", i, "allow_residency");
            const NodeIndex node =
                m_e.tree().kind(list) == NodeKind::Array ? m_e.tree().elementAt(list, k) : list;
            m_e.report(kNoSuchResidency, node, "No endpoint has the residency " + inQuotes(allowed[k]) + ".",
                       didYouMean(allowed[k], stated), fixBySpelling(m_e.tree(), node, allowed[k], stated));
        }
    }
}

void Safety::leavesSomething(const Rule& rule, std::size_t position)
{
    const bool stated = std::ranges::all_of(
        rule.allowResidency, [&](const std::string& residency) { return residencyKnown(residency); });
    if (!stated)
        return;
    std::size_t barred = 0;
    for (std::size_t tier = 0; tier < m_policy.tiers.size(); ++tier)
        barred += bars(rule, static_cast<int>(tier)) ? 1 : 0;
    // A rule that bars nothing today may still guard against tiers of tomorrow, unless it allows every place.
    const bool everywhere = std::ranges::all_of(m_policy.endpoints, [&](const Endpoint& endpoint) {
        return std::ranges::find(rule.allowResidency, endpoint.residency) != rule.allowResidency.end();
    });
    const bool several = everywhere && rule.allowResidency.size() > 1;
    if (barred == 0 && several)
        m_e.report(kBarsNothing, m_e.of("rules", position, "allow_residency"),
                   "Every endpoint runs where this rule allows: it keeps nothing from anywhere.",
                   "Leave out of the list where the requests must not go.");
    if (barred < m_policy.tiers.size())
        return;
    const bool residency = !rule.allowResidency.empty();
    m_e.report(
        kNothingLeft, m_e.of("rules", position, residency ? "allow_residency" : "exclude"),
        residency
            ? "No tier runs only where this rule allows: every request that it matches goes to a person."
            : "The rule bars every tier: every request that it matches goes to a person.",
        residency ? "A tier with one model elsewhere is barred whole; give those models a tier of their own."
                  : "Write \"route\": \"human\" if that is meant.");
}

void Safety::routeOfPersonalData(const Rule& rule, std::size_t position)
{
    const NodeIndex node = m_e.element("rules", position);
    const auto barred = [&](int tier) {
        return std::ranges::any_of(m_policy.rules, [&](const Rule& other) {
            return other.isConstraint() && bars(other, tier) && implies(rule.when, other.when);
        });
    };
    const int target = rule.route->tier;
    const std::string place = placeOf(target);
    if (!rule.locked) {
        // With everything of another place barred anyway, the route is a mere preference.
        bool held = !place.empty();
        for (std::size_t tier = 0; held && tier < m_policy.tiers.size(); ++tier)
            held = placeOf(static_cast<int>(tier)) == place || barred(static_cast<int>(tier));
        if (held)
            return;
        const NodeIndex locked = m_e.tree().member(node, "locked");
        m_e.report(kPiiUnlocked, m_e.keyOr(node, "route"),
                   "The rule routes personal data to " + inQuotes(rule.routeId) +
                       ", but is not locked: the router is asked first and may send it elsewhere.",
                   "Write \"locked\": true, or better a constraint: \"allow_residency\".",
                   locked == kNoNode ? fixByAdding(m_e.tree(), node, "locked", "true")
                                     : fixByReplacing(m_e.tree(), locked, "true"));
        return;
    }
    if (place.empty() || m_e.graph().tooLarge())
        return;
    std::vector<int> open = {target};
    std::set<int> seen = {target};
    for (std::size_t i = 0; i < open.size(); ++i) {
        std::vector<int> next = m_e.tier(open[i]).fallback;
        if (m_policy.cascade.maxHops > 1) {
            const std::vector<int>& steps = m_e.graph().stepsFrom(open[i]);
            next.insert(next.end(), steps.begin(), steps.end());
        }
        for (const int tier : next) {
            if (!seen.insert(tier).second || barred(tier))
                continue;
            if (placeOf(tier) != place) {
                const std::string there = placeOf(tier);
                m_e.report(kPiiWayRound, m_e.keyOr(node, "route"),
                           "The rule keeps personal data in " + inQuotes(place) + ", but from " +
                               inQuotes(rule.routeId) + " an escalation or a fallback leads to " +
                               inQuotes(m_e.tier(tier).id) +
                               (there.empty() ? ", which also runs elsewhere."
                                              : ", which runs in " + inQuotes(there) + "."),
                           "A route only says where to begin; write a constraint, \"allow_residency\", that "
                           "holds to "
                           "the end.");
                return;
            }
            open.push_back(tier);
        }
    }
}

void Safety::leftOver(const Rule& rule, std::size_t position)
{
    std::set<std::string> places;
    for (const int tier : rule.exclude) {
        for (const int model : m_e.tier(tier).models)
            places.insert(m_e.residencyOf(model));
    }
    places.erase("");
    places.erase("on_prem"); // what is excluded here is not excluded for where it runs
    std::vector<int> open;
    for (std::size_t tier = 0; tier < m_policy.tiers.size(); ++tier) {
        const int index = static_cast<int>(tier);
        const auto there = [&](int model) { return places.contains(m_e.residencyOf(model)); };
        if (!bars(rule, index) && std::ranges::any_of(m_e.tier(index).models, there))
            open.push_back(index);
    }
    const auto otherwiseBarred = [&](int tier) {
        return std::ranges::any_of(m_policy.rules, [&](const Rule& other) {
            return other.isConstraint() && bars(other, tier) && implies(rule.when, other.when);
        });
    };
    std::erase_if(open, otherwiseBarred);
    if (!open.empty())
        m_e.report(kPiiLeftOver, m_e.of("rules", position, "exclude"),
                   "The rule keeps personal data from some tiers, but " + m_e.namesOf(open) +
                       (open.size() == 1 ? " runs" : " run") + " in the same place and stay" +
                       (open.size() == 1 ? "s" : "") + " open.",
                   "Write \"allow_residency\": it also holds for tiers that are added later.");
}

void Safety::lockedBarred()
{
    constexpr std::size_t kMostComparisons = 20'000;
    std::size_t comparisons = 0;
    std::vector<const Rule*> constraints;
    for (const Rule& rule : m_policy.rules) {
        if (rule.isConstraint())
            constraints.push_back(&rule);
    }
    for (std::size_t i = 0; i < m_policy.rules.size(); ++i) {
        const Rule& rule = m_policy.rules[i];
        if (!rule.locked || !rule.route || !rule.route->isTier())
            continue;
        for (const Rule* constraint : constraints) {
            if (++comparisons > kMostComparisons)
                return;
            if (!bars(*constraint, rule.route->tier) || !implies(rule.when, constraint->when))
                continue;
            m_e.report(kLockedBarred, m_e.of("rules", i, "route"),
                       "Whenever this rule matches, " + inQuotes(constraint->id) + " bars " +
                           inQuotes(rule.routeId) + ": the request always goes to a person.",
                       "Route it to a tier that stays allowed, or to \"human\" if that is meant.");
            break;
        }
    }
}

void Safety::askedElsewhere()
{
    std::set<NodeIndex> said;
    for (const Rule& rule : m_policy.rules) {
        if (rule.allowResidency.empty())
            continue;
        const auto forbidden = [&](int model) {
            return model >= 0 && std::ranges::find(rule.allowResidency, m_e.residencyOf(model)) ==
                                     rule.allowResidency.end();
        };
        const auto report = [&](int model, NodeIndex node, const std::string& what) {
            if (!forbidden(model) || !said.insert(node).second)
                return;
            const std::string& place = m_e.residencyOf(model);
            m_e.report(kAskedElsewhere, node,
                       what + " " + inQuotes(m_e.model(model).id) + " runs " +
                           (place.empty() ? "where its endpoint does not say" : "in " + inQuotes(place)) +
                           ", which the rule " + inQuotes(rule.id) +
                           " does not allow: for its requests it must not be asked.",
                       "Use a model that runs where the rule allows.");
        };
        for (const Examination::RouterAt& at : m_e.routers())
            report(at.router->model, m_e.keyOr(at.node, "model"), "The router's model");
        if (m_policy.cache)
            report(m_policy.cache->model, m_e.keyOr(m_e.part("cache"), "model"), "The cache's embedder");
        if (m_policy.retrieval.enabled)
            report(m_policy.retrieval.model, m_e.keyOr(m_e.part("retrieval"), "model"),
                   "The embedder of retrieval");
        if (!m_e.comparable() || std::ranges::none_of(m_policy.triggers, [](const Trigger& trigger) {
                return trigger.gate == GateKind::Judge;
            }))
            continue;
        for (std::size_t i = 0; i < m_policy.triggers.size(); ++i) {
            const Trigger& trigger = m_policy.triggers[i];
            if (trigger.gate != GateKind::Judge || trigger.rubric < 0)
                continue;
            const auto rubric = static_cast<std::size_t>(trigger.rubric);
            const NodeIndex node = m_e.of("rubrics", rubric, "model");
            if (said.contains(node) || !forbidden(m_policy.rubrics[rubric].model))
                continue;
            const auto allowed = [&](int tier) { return fits(tier, rule.allowResidency); };
            if (std::ranges::any_of(m_e.tiersOf(trigger), allowed))
                report(m_policy.rubrics[rubric].model, node, "The judge");
        }
    }
}

void Safety::cache()
{
    if (!m_policy.cache || !m_policy.cache->scope.empty())
        return;
    const auto personal = std::ranges::find(m_personal, char{1});
    if (personal == m_personal.end())
        return;
    const Rule& rule = m_policy.rules[static_cast<std::size_t>(personal - m_personal.begin())];
    m_e.report(kCacheUnscoped, m_e.part("cache"),
               "Requests carry personal data, says the rule " + inQuotes(rule.id) +
                   ", but the cache makes no difference between people: one may be given another's answer.",
               "Name the key of the metadata that tells people apart: \"scope\": [\"account\"].");
}

} // namespace

void examineSafety(Examination& e)
{
    Safety(e).examine();
}

} // namespace signalbox
