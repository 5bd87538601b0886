// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which problem is meant where something is to be mended. Pure.

#include "policy/document.h"

#include <cstddef>

namespace signalbox {

/// It can be mended at a press of a key.
inline bool isFixable(const Diagnostic& diagnostic)
{
    return !diagnostic.fixes.empty();
}
/// The diagnostic whose place is nearest to a byte of the text: around it, else on its line. Null when there
/// is none there. `fixable`: of those with a fix only.
const Diagnostic* diagnosticNear(const PolicyDocument& document, std::size_t offset, bool fixable);

} // namespace signalbox
