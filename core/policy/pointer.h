// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// JSON Pointers (RFC 6901) over a syntax tree, with elements of lists addressed by id where they have one.

#include "policy/syntax_tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// "~" and "/" of a key, escaped for a pointer.
std::string escapedPointerToken(std::string_view token);

/// The pointer's tokens, unescaped; nothing when it is no pointer (does not begin with "/", or a bare "~").
std::optional<std::vector<std::string>> pointerTokens(std::string_view pointer);

/// The pointer of a node. An element goes by its id unless an earlier one has the same; else by its position.
/// A value within the second of two members of one key is addressed by that key, since no pointer leads to it.
std::string pointerOf(const SyntaxTree& tree, NodeIndex node);

/// The child that a token names: a key of an object; an id of an element, else its position.
NodeIndex childAt(const SyntaxTree& tree, NodeIndex parent, std::string_view token);

/// The node at the pointer, or kNoNode.
NodeIndex nodeAt(const SyntaxTree& tree, std::string_view pointer);

} // namespace signalbox
