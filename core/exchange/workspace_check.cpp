// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/workspace_check.h"

#include "exchange/policy_export.h"
#include "policy/diagnostic_codes.h"
#include "policy/vocabulary.h"
#include "workspace/reader.h"

#include <algorithm>

namespace signalbox {

namespace {

std::string hintFor(const std::string& dataset, const std::vector<DatasetInfo>& datasets)
{
    std::vector<std::string_view> names;
    for (const DatasetInfo& one : datasets)
        names.push_back(one.name);
    const std::string meant = didYouMean(dataset, names);
    return meant.empty() ? "Import it: signalbox-cli import prompts FILE --dataset NAME --workspace FILE." : meant;
}

} // namespace

Result<std::vector<Diagnostic>> checkAgainstWorkspace(const PolicyDocument& document, WorkspaceReader& workspace)
{
    std::vector<Diagnostic> found;
    if (!document.runnable() || document.policy->releaseGates.empty())
        return found;
    const Result<std::vector<DatasetInfo>> datasets = workspace.datasets();
    if (!datasets)
        return tl::unexpected<Error>(datasets.error());
    const Policy& policy = *document.policy;
    const SyntaxTree& tree = document.tree;
    const NodeIndex gates = tree.member(tree.root(), "release_gates");
    for (std::size_t i = 0; i < policy.releaseGates.size(); ++i) {
        const ReleaseGate& gate = policy.releaseGates[i];
        const NodeIndex node = tree.member(tree.elementAt(gates, i), "dataset");
        if (std::ranges::find(*datasets, gate.dataset, &DatasetInfo::name) == datasets->end()) {
            found.push_back(diagnosticAt(document, diagnostic::kNoSuchDataset, node,
                                         "The workspace has no dataset \"" + gate.dataset + "\".",
                                         hintFor(gate.dataset, *datasets)));
            continue;
        }
        const Result<bool> evidence = hasEvidence(policy, gate, workspace);
        if (!evidence)
            return tl::unexpected<Error>(evidence.error());
        if (!*evidence)
            found.push_back(diagnosticAt(
                document, diagnostic::kNoEvidence, node,
                "No trace of this policy over the dataset \"" + gate.dataset + "\" is in the workspace.",
                "Send the dataset through the policy; until then the gate has no evidence, and an export is refused."));
    }
    return found;
}

} // namespace signalbox
