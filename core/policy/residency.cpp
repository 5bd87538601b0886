// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/residency.h"

#include "policy/shadowing.h"

#include <algorithm>

namespace signalbox {

namespace {

constexpr char kEndpoint = '\x1f'; ///< before the id of an endpoint that stands for its place

bool concerns(const Policy& policy, const Condition& condition, bool followUserTiers)
{
    if (!condition.pii.empty() || condition.takesPersonalData)
        return true;
    const auto within = [&](const Condition& one) { return concerns(policy, one, followUserTiers); };
    const auto notNot = [&](const Condition& one) { return std::ranges::any_of(one.none, within); };
    const auto ofTier = [&](const std::string& id) {
        const auto tier = std::ranges::find(policy.userTiers, id, &UserTier::id);
        return tier != policy.userTiers.end() && concerns(policy, tier->when, false); // theirs name no user tiers
    };
    return std::ranges::any_of(condition.all, within) || std::ranges::any_of(condition.any, within) ||
           std::ranges::any_of(condition.none, notNot) ||
           (followUserTiers && std::ranges::any_of(condition.userTiers, ofTier));
}

} // namespace

bool mayCeaseToHold(const Condition& condition)
{
    return condition.hasAttachment || condition.hasTools || !condition.metadata.empty() ||
           condition.minInputTokens || condition.maxInputTokens || !condition.languages.empty() ||
           !condition.headers.empty() || condition.timeOfDay || !condition.userTiers.empty() ||
           !condition.none.empty() || std::ranges::any_of(condition.all, mayCeaseToHold) ||
           std::ranges::any_of(condition.any, mayCeaseToHold);
}

bool looksByPattern(const Condition& condition)
{
    return condition.takesPersonalData || std::ranges::any_of(condition.all, looksByPattern) ||
           std::ranges::any_of(condition.any, looksByPattern) ||
           std::ranges::any_of(condition.none, [](const Condition& one) { return std::ranges::any_of(one.none, looksByPattern); });
}

bool concernsPersonalData(const Policy& policy, const Condition& condition)
{
    return concerns(policy, condition, true);
}

bool alwaysFindsPersonalData(const Condition& condition)
{
    return !condition.pii.empty() || std::ranges::any_of(condition.all, alwaysFindsPersonalData) ||
           (!condition.any.empty() && std::ranges::all_of(condition.any, alwaysFindsPersonalData));
}

std::string Residency::placeOf(int model) const
{
    const std::string& residency = m_e.residencyOf(model);
    return residency.empty() ? kEndpoint + m_e.model(model).endpointId : residency;
}

std::set<std::string> Residency::placesOf(int tier) const
{
    std::set<std::string> places;
    for (const int model : m_e.tier(tier).models)
        places.insert(placeOf(model));
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
    std::string text;
    std::size_t left = places.size();
    for (const std::string& place : places) {
        const bool endpoint = place.starts_with(kEndpoint);
        text += text.empty() ? "" : left == 1 ? " and " : ", ";
        if (endpoint)
            text += "at the endpoint " + inQuotes(std::string_view(place).substr(1));
        else
            text += (text.starts_with("in ") ? "" : "in ") + inQuotes(place);
        --left;
    }
    return text;
}

} // namespace signalbox
