// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Edits by the catalogue of fields: elements of any list, ids wherever they are named, and the kind of a
// router, a cascade, a gate or a rule. Each makes a new text that becomes one step of the undo history.

#include "ui/policy/policy_edits.h"
#include "ui/policy/snapshot.h"

#include <functional>

namespace signalbox {

/// Adds a new element to the end of any list of objects; the list is made when it is missing.
Result<PolicyEdit> addElement(const Snapshot& policy, const QString& list);
/// Takes an element out of any list; a list that may be left out goes with its last element.
Result<PolicyEdit> removeListElement(const Snapshot& policy, const QString& pointer);
Result<PolicyEdit> moveListElement(const Snapshot& policy, const QString& pointer, int by);

/// Another id, everywhere it is named.
Result<PolicyEdit> renameById(const Snapshot& policy, const QString& pointer, const QString& id);

/// Sets the selector of the object (a gate, a router's kind, a rule's effect): keys that the new kind does
/// not know go, those that it needs come.
Result<PolicyEdit> switchKind(const Snapshot& policy, const QString& pointer, ObjectType type,
                              const QString& kind);

/// Removes a key if it is there. An object around it that says nothing any more goes as well, unless it is an
/// element of a list or stands at the top.
Result<std::string> removeKey(std::string_view text, const QString& pointer);
/// Sets a value; missing objects on the way are made with what they need, by the catalogue.
Result<std::string> setField(std::string_view text, const QString& pointer, const std::string& json);

/// JSON with what is between angle brackets put in: <tier>, <lasttier>, <tiers>, <tiers2>, <model>,
/// <lastmodel>, <endpoint>, <rubric>, <below>, <id>, <plain>.
std::string freshJson(const char* recipe, const Snapshot& policy, const QString& id = {},
                      const QString& gate = {});

/// What the elements of a top-level list are when they are named elsewhere; Refers::Nothing when they are not.
Refers refersOfList(const QString& list);
/// Every place where an id of the list is named: visit(node of the string).
void visitReferences(const Snapshot& policy, Refers refers, const std::function<void(NodeIndex)>& visit);

} // namespace signalbox
