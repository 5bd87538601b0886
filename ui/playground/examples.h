// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Prompts of a dataset to try, grouped by what is interesting about them: how hard they are, and which rule
// of the policy they meet.

#include "routers/compiled_policy.h"
#include "workspace/dataset.h"

#include <QString>

#include <vector>

namespace signalbox {

struct ExampleGroup
{
    QString id;   ///< "easy", "hard", "attachment", "json", "rule:legal"
    QString name; ///< translated
    std::vector<Request> requests;
};

/// At most `each` requests a group, spread over the dataset; empty groups are left out. Any thread; `policy`
/// may be null.
std::vector<ExampleGroup> exampleGroups(const std::vector<DatasetPrompt>& prompts,
                                        const CompiledPolicy* policy, std::size_t each = 8);

} // namespace signalbox
