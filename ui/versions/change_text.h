// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What changed between two policies, in sentences: for the list of changes and for the message of a version
// that was saved without one.

#include "policy/diff.h"

#include <QString>

#include <vector>

namespace signalbox {

struct ChangeLine
{
    PolicyChange::Kind kind = PolicyChange::Kind::Changed;
    QString pointer;  ///< what selecting it selects
    QString sentence; ///< "Trigger grounding: below 3.5 → 3.8"
    QString brief;    ///< "grounding below 3.5 → 3.8"
};

/// In the order of the changes; entries of one list of words are one line.
std::vector<ChangeLine> changeLines(const std::vector<PolicyChange>& changes, const PolicyDocument& before,
                                    const PolicyDocument& after);

/// "added", "removed", "changed", "moved".
QString changeWord(PolicyChange::Kind kind);
/// "+", "−", "~", "↕": a sign beside the colour.
QString changeSign(PolicyChange::Kind kind);

/// "grounding below 3.5 → 3.8", "3 changes: …", or that only the layout differs. `before` null = there is
/// none.
QString automaticMessage(const PolicyDocument* before, const PolicyDocument& after);

} // namespace signalbox
