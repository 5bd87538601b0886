// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The help pages of resources/help/diagnostics, which the build puts into the program. Private to
// core/policy; others ask diagnosticPage().

#include <cstddef>

namespace signalbox {

struct DiagnosticPage
{
    const char* code;
    const char* markdown;
};

extern const DiagnosticPage kDiagnosticPages[]; ///< in the order of the codes
extern const std::size_t kDiagnosticPageCount;

} // namespace signalbox
