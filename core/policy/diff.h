// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What differs between two policies: by element, for pictures and lists, and by line, for reading. Pure.

#include "policy/document.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// One difference of what two policies say. Layout, order of keys and "export" are no differences.
struct PolicyChange
{
    enum class Kind { Added, Removed, Changed, Moved };
    Kind kind = Kind::Changed;
    std::string pointer; ///< by id where there is one: "/triggers/grounding/below", "/tiers/T3"
    std::string before;  ///< canonical JSON text; "" when added. A moved element has its old position, from 0
    std::string after;   ///< canonical JSON text; "" when removed. A moved element has its new position
    /// Of an added element in the later list, of a removed one in the earlier, from 0; −1 for a key.
    int position = -1;
    bool operator==(const PolicyChange&) const = default;
};

/// In document order of the later policy; removed elements stand where they stood. Elements of lists with ids
/// are the same element when their ids are equal, whatever their place; in other lists, when they are equal or
/// stand at the same position.
/// An element that was added or removed is one change, not one for each of its leaves.
std::vector<PolicyChange> diffPolicies(const PolicyDocument& before, const PolicyDocument& after);

struct DiffLine
{
    enum class Kind { Same, Removed, Added };
    Kind kind = Kind::Same;
    int lineBefore = 0;    ///< 1-based; 0 when added
    int lineAfter = 0;     ///< 1-based; 0 when removed
    std::string_view text; ///< into one of the two texts, without its line end
};

/// The shortest edit script by lines (Myers 1986, "An O(ND) difference algorithm and its variations", in
/// linear space); for texts of many thousand lines with next to nothing in common one that is merely right. A
/// last line without a line end is the same as one with it.
std::vector<DiffLine> diffLines(std::string_view before, std::string_view after);

} // namespace signalbox
