// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the files that write edits share. Private to the edits of the Policy mode.

#include "base/result.h"
#include "ui/policy/element_pointer.h"

#include <QString>

#include <cstddef>

namespace signalbox {

/// As a position: at the end of a list.
inline constexpr std::size_t kListEnd = static_cast<std::size_t>(-1);

inline Error noPolicy()
{
    return {"policy.no_json",
            "The text is no JSON object, so nothing can be added to it. Mend the text first.",
            {}};
}

/// The first of "STEM1", "STEM2" … that no element has, counting from `first`.
template <class List>
QString freeId(const List& elements, const QString& stem, int first)
{
    for (int i = first;; ++i) {
        const QString id = stem + QString::number(i);
        if (!positionOf(elements, id))
            return id;
    }
}

} // namespace signalbox
