// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Export of a policy as a canonical, validated file.

#include "base/result.h"
#include "policy/document.h"

#include <string>
#include <string_view>

namespace signalbox {

/// The canonical text. Error export.has_errors when the document has error diagnostics, unless `force`, which marks
/// the text with "export": {"forced": true, "errors": N}. Error export.literal_key, whatever `force` says, when a key
/// stands in the policy.
Result<std::string> exportSignalboxPolicy(const PolicyDocument& document, bool force);

/// Writes a file whole or not at all: a temporary file beside it, fsync, rename.
Result<> writeFileAtomically(const std::string& path, std::string_view bytes);

} // namespace signalbox
