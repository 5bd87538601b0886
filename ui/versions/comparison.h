// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Two states of a policy, compared off the Qt thread: everything that the window shows of it.

#include "policy/diff.h"
#include "ui/versions/change_text.h"
#include "ui/versions/graph_diff.h"

#include <memory>
#include <string>
#include <vector>

namespace signalbox {

struct Comparison
{
    PolicyDocumentPtr before; ///< null = there is nothing before it
    PolicyDocumentPtr after;
    std::vector<ChangeLine> changes;
    DiffGraph graph;                               ///< without marks when there is nothing before it
    std::shared_ptr<const std::string> textBefore; ///< canonical where there is a canonical form
    std::shared_ptr<const std::string> textAfter;
    std::vector<DiffLine> lines; ///< of the two texts
};

std::shared_ptr<const Comparison> compareDocuments(PolicyDocumentPtr before, PolicyDocumentPtr after);

} // namespace signalbox
