// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Diagnostics for a terminal and for other programs.

#include "policy/diagnostic.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox {

/// A line each: "FILE:LINE:COL: error SB0201 /pointer: message (hint: …)". Control characters are shown as
/// U+FFFD, so that a policy cannot write to the terminal.
std::string policyDiagnosticsToText(const std::vector<Diagnostic>& diagnostics, std::string_view file);

/// A JSON array of {file, code, severity, pointer, line, column, message, hint}.
std::string policyDiagnosticsToJson(const std::vector<Diagnostic>& diagnostics, std::string_view file);

/// Files, as they were named, with their diagnostics as a log of SARIF 2.1.0, which code hosts and editors
/// show. The rules are the whole catalogue. Columns count code points.
std::string
policyDiagnosticsToSarif(const std::vector<std::pair<std::string, std::vector<Diagnostic>>>& files,
                         std::string_view version);

} // namespace signalbox
