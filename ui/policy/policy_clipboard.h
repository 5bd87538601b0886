// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Elements of a policy as text for the clipboard, and back. The text is JSON, so that it can be read, kept
// and pasted elsewhere: {"signalbox_clip": "tiers", "element": {…}}. Pasting gives a fresh id where the old
// one is taken.

#include "ui/policy/policy_edits.h"

namespace signalbox {

/// Whether the element can be copied: one of a list.
bool isCopyable(const PolicyDocument& document, const QString& pointer);
Result<std::string> copyElement(const PolicyDocument& document, const QString& pointer);
/// The element of the clipboard's text, at the end of its list; an error is a sentence that says what to do.
Result<PolicyEdit> pasteElement(const PolicyDocument& document, const std::string& clip);
/// A copy right after the element.
Result<PolicyEdit> duplicateElement(const PolicyDocument& document, const QString& pointer);

} // namespace signalbox
