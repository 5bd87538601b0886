// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The edits of the Policy mode that are more than one value: adding, removing and moving elements. Each makes
// a new text that becomes one step of the undo history.

#include "base/result.h"
#include "policy/document.h"
#include "providers/models.h"

#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

struct PolicyEdit
{
    std::string text;
    QString label;  ///< of the undo step: "add tier T3"
    QString select; ///< what is selected afterwards
};

// All of them want a document with a policy.
Result<PolicyEdit> addTier(const PolicyDocument& document);
Result<PolicyEdit> addRule(const PolicyDocument& document);
Result<PolicyEdit> addTrigger(const PolicyDocument& document);

/// What an edit at the pointer is about: elementOf(), or the stage, step or choice that it lies within.
QString editedElement(const QString& pointer);
/// Whether the element at the pointer stands in a list and can go.
bool isRemovable(const QString& pointer);
Result<PolicyEdit> removeElement(const PolicyDocument& document, const QString& pointer);

/// Gives the element another id, everywhere it is named. The new id must be free.
Result<PolicyEdit> renameElement(const PolicyDocument& document, const QString& pointer, const QString& id);
/// A new endpoint, model or rubric; `list` is "/endpoints", "/models" or "/rubrics".
Result<PolicyEdit> addPart(const PolicyDocument& document, const QString& list);
/// Models as an endpoint lists them; prices are of its list, as of that day (YYYY-MM-DD).
Result<PolicyEdit> addOfferedModels(const PolicyDocument& document, const std::string& endpoint,
                                    const std::vector<OfferedModel>& models, const std::string& asOf);
Result<PolicyEdit> addMapRow(const PolicyDocument& document);
/// A tier with a specialty; in a specialist pool it stands in the pool at once, else outside the order.
Result<PolicyEdit> addSpecialist(const PolicyDocument& document);
/// A stage of a pipeline, a step of a chain of routers: at the end of their lists.
Result<PolicyEdit> addStage(const PolicyDocument& document);
Result<PolicyEdit> addStep(const PolicyDocument& document);
/// Another pattern: what only the old one knows goes, what the new one needs comes.
Result<PolicyEdit> setPattern(const PolicyDocument& document, CascadePattern pattern);

/// Up (−1) or down (+1) in its list; a tier moves in the cascade's order as well.
Result<PolicyEdit> moveElement(const PolicyDocument& document, const QString& pointer, int by);
bool isMovable(const PolicyDocument& document, const QString& pointer, int by);

/// Sets a value; objects on the way that are missing are made.
Result<std::string> setNested(std::string_view text, const QString& pointer, const std::string& json);
/// Removes a value if it is there, and the object around it when nothing else is in it.
Result<std::string> removeIfThere(std::string_view text, const QString& pointer);

/// The text of an edit of this house that adds to a list, which is made when it is missing.
Result<std::string> appendTo(std::string_view text, const QString& list, const std::string& element);

std::string jsonText(const QString& value); ///< with quotes
std::string jsonNumber(double value);       ///< shortest that reads back
std::string jsonList(const QStringList& values);

} // namespace signalbox
