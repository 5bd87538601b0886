// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/quick_fixes.h"

#include <algorithm>
#include <tuple>

namespace signalbox {

const Diagnostic* diagnosticNear(const PolicyDocument& document, std::size_t offset, bool fixable)
{
    const std::string_view text = document.text;
    offset = std::min(offset, text.size());
    const std::size_t newline = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
    const std::size_t lineStart = newline == std::string_view::npos ? 0 : newline + 1;
    const std::size_t lineEnd = std::min(text.find('\n', offset), text.size());
    const Diagnostic* best = nullptr;
    std::tuple<bool, bool, std::size_t, Severity> bestRank;
    for (const Diagnostic& diagnostic : document.diagnostics) {
        if (fixable && !isFixable(diagnostic))
            continue;
        const std::size_t end = diagnostic.offset + diagnostic.length;
        const bool isAround = diagnostic.offset <= offset && offset <= end;
        const bool startsOnLine = lineStart <= diagnostic.offset && diagnostic.offset <= lineEnd;
        if (!isAround && !startsOnLine)
            continue;
        // An object of many lines that is wrong as a whole comes after what is wrong on this line.
        const std::tuple rank{!startsOnLine, !isAround, diagnostic.length, diagnostic.severity};
        if (!best || rank < bestRank) {
            best = &diagnostic;
            bestRank = rank;
        }
    }
    return best;
}

} // namespace signalbox
