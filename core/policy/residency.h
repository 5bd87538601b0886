// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where tiers and models run, and what a policy's constraints keep from them. Private to core/policy.

#include "policy/examination.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace signalbox {

/// A part of it looks at the last message or at the moment, and may hold of one request and not of the next.
bool mayCeaseToHold(const Condition& condition);
/// Personal data are looked for by a pattern of the policy's own.
bool looksByPattern(const Condition& condition);
/// What must hold for the condition mentions personal data, itself or by way of a user tier; what stands under "not" does
/// not count.
bool concernsPersonalData(const Policy& policy, const Condition& condition);
/// Personal data were found in every request that the condition takes.
bool alwaysFindsPersonalData(const Condition& condition);

class Residency
{
public:
    explicit Residency(const Examination& examination) : m_e(examination) {}

    /// Where the model runs: its residency, or its endpoint where that states none.
    std::string placeOf(int model) const;
    std::set<std::string> placesOf(int tier) const;
    bool allows(const std::vector<std::string>& allowed, int model) const;
    /// All of the tier's models run where it is allowed.
    bool fits(int tier, const std::vector<std::string>& allowed) const;
    bool bars(const Rule& rule, int tier) const;

private:
    const Examination& m_e;
};

/// The constraints that hold whenever a rule matches.
class Guard
{
public:
    Guard(const Residency& residency, std::vector<const Rule*> constraints)
        : m_residency(residency), m_constraints(std::move(constraints))
    {
    }
    bool bars(int tier) const;
    /// No constraint lets the model see the request.
    bool forbids(int model) const;

private:
    const Residency& m_residency;
    std::vector<const Rule*> m_constraints;
};

/// Finds guards; in a policy of thousands of rules no more than can be compared while somebody types.
class Guards
{
public:
    Guards(const Examination& examination, const Residency& residency);
    /// Nothing when too much was compared already.
    std::optional<Guard> of(const Rule& rule);

private:
    const Residency& m_residency;
    std::vector<const Rule*> m_constraints;
    std::size_t m_comparisons = 0;
};

/// "in \"eu\"", "in \"eu\" and \"us\"", "at the endpoint \"far\"".
std::string inPlaces(const std::set<std::string>& places);

} // namespace signalbox
