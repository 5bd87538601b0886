// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the inspector shows of each kind of element. Every function fills a form; the policy is the one that
// is drawn at the moment, for what is listed, while values are read anew at every refresh.

#include "policy/policy.h"
#include "ui/policy/inspector_form.h"

namespace signalbox {

// Each returns false when there is no such element.
bool fillPolicy(InspectorForm& form, const Policy& policy);
bool fillEndpoint(InspectorForm& form, const Policy& policy, const QString& pointer);
bool fillModel(InspectorForm& form, const Policy& policy, const QString& pointer);
bool fillTier(InspectorForm& form, const Policy& policy, const QString& pointer);
bool fillRule(InspectorForm& form, const Policy& policy, const QString& pointer);
bool fillRouter(InspectorForm& form, const Policy& policy);
bool fillMapRow(InspectorForm& form, const Policy& policy, const QString& pointer);
bool fillCascade(InspectorForm& form, const Policy& policy);
bool fillRubric(InspectorForm& form, const Policy& policy, const QString& pointer);
bool fillTrigger(InspectorForm& form, const Policy& policy, const QString& pointer);
bool fillObjectives(InspectorForm& form, const Policy& policy);
bool fillRetrieval(InspectorForm& form, const Policy& policy);
bool fillPerson(InspectorForm& form, const Policy& policy);
bool fillList(InspectorForm& form, const Policy& policy, const QString& pointer);

/// The fields of a condition, for rules and triggers; `get` finds it in a policy, null when it is not stated.
void addCondition(InspectorForm& form, const QString& pointer,
                  std::function<const Condition*(const Policy&)> get);

// Options for choices.
std::vector<Option> tierOptions(const Policy& policy);
std::vector<Option> routeOptions(const Policy& policy); ///< tiers and the person
/// A field for the element's id; renames it everywhere.
void addId(InspectorForm& form, const QString& pointer);

/// Finds an element again in a later policy.
template <class List>
const typename List::value_type* elementIn(const List& list, const QString& token)
{
    for (const auto& element : list) {
        if (element.id == token.toStdString())
            return &element;
    }
    bool isNumber = false;
    const auto index = token.toUInt(&isNumber);
    return isNumber && index < list.size() ? &list[index] : nullptr;
}

} // namespace signalbox
