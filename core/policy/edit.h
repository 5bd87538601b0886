// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Edits of a policy's text that leave the author's formatting alone. Pointers are JSON Pointers; elements of a list
// whose elements have ids are addressed by id ("/triggers/grounding/below") or by position ("/triggers/0/below").
// Values are JSON texts ("3.5", "\"T1\"", "{…}"). Every function returns the new text; nothing is validated beyond
// syntax: readPolicy() says what the edit broke. A new list or object is laid out as those beside it are: on one line,
// or in the canonical form, one leaf a line.

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// Replaces the value at the pointer, or adds the last key when its parent object is there.
Result<std::string> setValue(std::string_view text, std::string_view pointer, std::string_view jsonValue);

/// Inserts an element into the list at the pointer, before `position` (npos = at the end).
Result<std::string> insertElement(std::string_view text, std::string_view listPointer, std::size_t position,
                                  std::string_view jsonValue);

/// Removes the value at the pointer, with its key and one comma.
Result<std::string> removeValue(std::string_view text, std::string_view pointer);

/// Moves an element of a list to another position.
Result<std::string> moveElement(std::string_view text, std::string_view listPointer, std::size_t from, std::size_t to);

/// The JSON text at the pointer.
Result<std::string> valueAt(std::string_view text, std::string_view pointer);

struct TextRange
{
    std::size_t offset = 0;
    std::size_t length = 0;
};
/// Where the value at the pointer stands in the text.
Result<TextRange> rangeOf(std::string_view text, std::string_view pointer);

/// The innermost value that contains the offset, as a pointer by id where there is one; "" is the whole document.
std::string pointerAt(std::string_view text, std::size_t offset);

/// One number of a policy that a person tunes: what it is called, where it stands, its range and its unit.
struct Tunable
{
    std::string pointer; ///< "/triggers/grounding/below"
    std::string label;   ///< "Judge grounding, below"
    double value = 0;
    double low = 0;
    double high = 1;
    double step = 0.01;
    std::string unit; ///< "of 5", "ms", "" …
};

} // namespace signalbox

namespace signalbox {
struct Policy;
/// Every threshold of the policy: of the cache, of the router and its steps, of retrieval, deadlines, the stagger of a
/// race, and those of triggers, in the order in which a request meets them. What an author may leave out is listed only
/// where it is stated, unless the router always uses it.
std::vector<Tunable> tunablesOf(const Policy& policy);
} // namespace signalbox
