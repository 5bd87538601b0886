// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Applies the quick fixes of a policy, one after the other, as far as each of them makes it better.

#include "policy/document.h"

#include <string>
#include <vector>

namespace signalbox {

struct MendedPolicy
{
    PolicyDocumentPtr document;    ///< with what was mended
    std::vector<std::string> done; ///< a line each, in their order: "SB0104: Remove the comma"
};

/// Takes the first fix of every diagnostic, again until none is left. A fix that does not remove its
/// diagnostic, or makes the policy say less of itself because it can no longer be read, is left out.
MendedPolicy mendPolicy(const PolicyDocumentPtr& document, const ReadOptions& options = {});

} // namespace signalbox
