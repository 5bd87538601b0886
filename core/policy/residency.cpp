// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/residency.h"

#include "policy/shadowing.h"

#include <algorithm>

namespace signalbox {

bool concernsPersonalData(const Condition& condition)
{
    if (!condition.pii.empty() || condition.takesPersonalData)
        return true;
    return std::ranges::any_of(condition.all, concernsPersonalData) ||
           std::ranges::any_of(condition.any, concernsPersonalData);
}

std::set<std::string> Residency::placesOf(int tier) const
{
    std::set<std::string> places;
    for (const int model : m_e.tier(tier).models)
        places.insert(m_e.residencyOf(model));
    return places;
}

bool Residency::allows(const std::vector<std::string>& allowed, int model) const
{
    return std::ranges::find(allowed, m_e.residencyOf(model)) != allowed.end();
}

bool Residency::fits(int tier, const std::vector<std::string>& allowed) const
{
    return std::ranges::all_of(m_e.tier(tier).models, [&](int model) { return allows(allowed, model); });
}

bool Residency::bars(const Rule& rule, int tier) const
{
    return std::ranges::find(rule.exclude, tier) != rule.exclude.end() ||
           (!rule.allowResidency.empty() && !fits(tier, rule.allowResidency));
}

bool Guard::bars(int tier) const
{
    return std::ranges::any_of(m_constraints,
                               [&](const Rule* rule) { return m_residency.bars(*rule, tier); });
}

bool Guard::forbids(int model) const
{
    return std::ranges::any_of(m_constraints, [&](const Rule* rule) {
        return !rule->allowResidency.empty() && !m_residency.allows(rule->allowResidency, model);
    });
}

Guards::Guards(const Examination& examination, const Residency& residency) : m_residency(residency)
{
    for (const Rule& rule : examination.policy().rules) {
        if (rule.isConstraint())
            m_constraints.push_back(&rule);
    }
}

std::optional<Guard> Guards::of(const Rule& rule)
{
    constexpr std::size_t kMostComparisons = 20'000;
    m_comparisons += m_constraints.size();
    if (m_comparisons > kMostComparisons)
        return std::nullopt;
    std::vector<const Rule*> implied;
    for (const Rule* constraint : m_constraints) {
        if (implies(rule.when, constraint->when))
            implied.push_back(constraint);
    }
    return Guard(m_residency, std::move(implied));
}

std::string inPlaces(const std::set<std::string>& places)
{
    std::vector<std::string> named;
    for (const std::string& place : places) {
        if (!place.empty())
            named.push_back(inQuotes(place));
    }
    const std::string unsaid = "where its endpoint does not say";
    if (named.empty())
        return unsaid;
    std::string text = "in ";
    for (std::size_t i = 0; i < named.size(); ++i)
        text += (i == 0 ? "" : i + 1 == named.size() ? " and " : ", ") + named[i];
    return places.contains("") ? text + " and " + unsaid : text;
}

} // namespace signalbox
