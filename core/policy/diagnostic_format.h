// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Diagnostics for a terminal and for other programs.

#include "policy/diagnostic.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// A line each: "FILE:LINE:COL: error SB0201 /pointer: message (hint: …)". Control characters are shown as
/// U+FFFD, so that a policy cannot write to the terminal.
std::string policyDiagnosticsToText(const std::vector<Diagnostic>& diagnostics, std::string_view file);

/// A JSON array of {file, code, severity, pointer, line, column, message, hint}.
std::string policyDiagnosticsToJson(const std::vector<Diagnostic>& diagnostics, std::string_view file);

} // namespace signalbox
