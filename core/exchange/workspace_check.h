// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a policy needs of a workspace before it is exported: the datasets of its release gates, and evidence on them.

#include "base/result.h"
#include "policy/document.h"

#include <vector>

namespace signalbox {

class WorkspaceReader;

/// What the workspace lacks, in the order of the text. Nothing of a policy with errors. An error only when the workspace
/// cannot be read.
Result<std::vector<Diagnostic>> checkAgainstWorkspace(const PolicyDocument& document, WorkspaceReader& workspace);

} // namespace signalbox
