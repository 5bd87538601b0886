// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Diagnostics for a terminal and for other programs.

#include "policy/diagnostic.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// A line each: "FILE:LINE:COL: error SB0201 /pointer: message (hint: …) [fix available: …]". Control
/// characters are shown as U+FFFD, so that a policy cannot write to the terminal.
std::string policyDiagnosticsToText(const std::vector<Diagnostic>& diagnostics, std::string_view file);

/// A JSON array of {file, code, severity, pointer, line, column, offset, length, message, hint, fixes}; a fix
/// has a title and edits of the text's bytes: {offset, length, replacement}.
std::string policyDiagnosticsToJson(const std::vector<Diagnostic>& diagnostics, std::string_view file);

/// What was said of a text.
struct CheckedText
{
    std::string name; ///< of the file, as it was given
    std::string text;
    std::vector<Diagnostic> diagnostics;
};

/// A log of SARIF 2.1.0, which code hosts and editors show: regions, fixes, and the whole catalogue as rules
/// with their help pages. Columns count code points. `notRead` has a sentence for each file that could not be read.
std::string policyDiagnosticsToSarif(const std::vector<CheckedText>& files, std::string_view version,
                                     const std::vector<std::string>& notRead = {});

} // namespace signalbox
