// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/diagnostic.h"

namespace signalbox {

std::string applyFix(std::string_view text, const QuickFix& fix)
{
    std::string out;
    out.reserve(text.size() + 64);
    std::size_t at = 0;
    for (const TextEdit& edit : fix.edits) {
        out.append(text, at, edit.offset - at);
        out.append(edit.replacement);
        at = edit.offset + edit.length;
    }
    out.append(text, at);
    return out;
}

} // namespace signalbox
