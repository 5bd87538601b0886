// SPDX-License-Identifier: GPL-3.0-or-later
// Constraints and residency: what they leave, and what a cache makes of personal data.
#include "policy/diagnostic_codes.h"
#include "policy/examination.h"
#include "policy/quick_fix.h"
#include "policy/residency.h"
#include "policy/shadowing.h"

#include <algorithm>
#include <unordered_set>

namespace signalbox {

using namespace diagnostic;

namespace {

class Safety
{
public:
    explicit Safety(Examination& e) : m_e(e), m_policy(e.policy()), m_residency(e)
    {
        for (const Rule& rule : m_policy.rules)
            m_personal.push_back(concernsPersonalData(m_policy, rule.when));
    }

    void examine()
    {
        residencies();
        for (std::size_t i = 0; i < m_policy.rules.size(); ++i) {
            const Rule& rule = m_policy.rules[i];
            if (rule.isConstraint())
                leavesSomething(rule, i);
            if (m_personal[i] && rule.isConstraint() && !rule.taintsThread && mayCeaseToHold(rule.when))
                m_e.report(
                    kUntainted, m_e.element("rules", i),
                    "The rule also asks for what may be otherwise with the next message; then the personal data go "
                    "along, as a part of the conversation, to where it is answered.",
                    "Write \"taints_thread\": true to let it hold for the rest of the conversation.");
        }
        lockedBarred();
        cache();
    }

private:
    void residencies();
    void leavesSomething(const Rule& rule, std::size_t position);
    void lockedBarred();
    void cache();

    bool residencyKnown(const std::string& residency) const
    {
        return std::ranges::any_of(m_policy.endpoints,
                                   [&](const Endpoint& endpoint) { return endpoint.residency == residency; });
    }

    Examination& m_e;
    const Policy& m_policy;
    Residency m_residency;
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
        barred += m_residency.bars(rule, static_cast<int>(tier)) ? 1 : 0;
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
            if (!m_residency.bars(*constraint, rule.route->tier) || !implies(rule.when, constraint->when))
                continue;
            m_e.report(kLockedBarred, m_e.of("rules", i, "route"),
                       "Whenever this rule matches, " + inQuotes(constraint->id) + " bars " +
                           inQuotes(rule.routeId) + ": the request always goes to a person.",
                       "Route it to a tier that stays allowed, or to \"human\" if that is meant.");
            break;
        }
    }
}

void Safety::cache()
{
    if (!m_policy.cache || !m_policy.cache->scope.empty())
        return;
    // What "pii" finds takes no part in the cache anyway.
    const auto known = [](const Rule& rule) { return looksByPattern(rule.when); };
    const auto personal = std::ranges::find_if(m_policy.rules, known);
    if (personal == m_policy.rules.end())
        return;
    const Rule& rule = *personal;
    m_e.report(kCacheUnscoped, m_e.part("cache"),
               "The rule " + inQuotes(rule.id) +
                   " looks for personal data by a pattern of its own, which the cache does not know and which makes no "
                   "difference between people: one may be given another's answer.",
               "Name the key of the metadata that tells people apart: \"scope\": [\"account\"].");
}

} // namespace

void examineSafety(Examination& e)
{
    Safety(e).examine();
}

} // namespace signalbox
