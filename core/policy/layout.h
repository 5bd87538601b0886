// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How a text is laid out around a node of its tree: what edits and quick fixes keep of their author's
// formatting. Private to core/policy.

#include "policy/syntax_tree.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// Where a child begins with its key.
std::size_t startOf(const SyntaxTree& tree, NodeIndex node);
std::size_t endOf(const SyntaxTree& tree, NodeIndex node);

std::vector<NodeIndex> childrenOf(const SyntaxTree& tree, NodeIndex node);

/// The white space before `at`, without blank lines.
std::string_view gapBefore(std::string_view text, std::size_t at);

/// What stands between a comma and a new neighbour of children[near].
std::string gapFor(const SyntaxTree& tree, const std::vector<NodeIndex>& children, std::size_t near);

/// The indentation of the line that holds `at`.
std::string_view indentationAt(std::string_view text, std::size_t at);

/// A value of several lines that begins at the left margin is moved to the indentation of its new place.
std::string indented(std::string_view value, std::string_view indentation);

/// The colon between a key and its value with the spaces around it; ": " where that is no style to copy.
std::string_view colonBetween(const SyntaxTree& tree, NodeIndex member);

} // namespace signalbox
