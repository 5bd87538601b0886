// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Export of a policy as a canonical, validated file.

#include "base/result.h"
#include "policy/document.h"

#include <string>
#include <string_view>

namespace signalbox {

class WorkspaceReader;

/// A trace of this very content over the gate's dataset is in the workspace.
Result<bool> hasEvidence(const Policy& policy, const ReleaseGate& gate, WorkspaceReader& workspace);

struct ExportOptions
{
    bool force = false; ///< although there are errors, or no evidence; the file says so
    int version =
        0; ///< of the workspace; 0 = not known, what an earlier export said is kept if it still fits
    WorkspaceReader* evidence = nullptr; ///< where the policy's release gates look for traces; null = nowhere
};

/// The canonical text with "export": what was checked (errors, warnings, notes), the content hash, the
/// version. The same document gives the same bytes, and so does the document that is read from them. Errors:
/// export.has_errors, export.no_evidence (a release gate without a trace of this very content over its
/// dataset), unless forced; export.literal_key, whatever is forced, when a key stands in the policy.
Result<std::string> exportSignalboxPolicy(const PolicyDocument& document, const ExportOptions& options);
Result<std::string> exportSignalboxPolicy(const PolicyDocument& document, bool force);

/// Writes a file whole or not at all: a temporary file beside it, fsync, rename.
Result<> writeFileAtomically(const std::string& path, std::string_view bytes);

} // namespace signalbox
