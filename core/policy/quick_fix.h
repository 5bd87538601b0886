// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Makes quick fixes from nodes of the tree. Each function returns the fix, or nothing where it cannot be made
// with certainty: a comment in the way, say. Private to core/policy.

#include "policy/diagnostic.h"
#include "policy/syntax_tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

class DecodeContext;
struct Finding;

/// Writes another JSON value in the node's place.
std::vector<QuickFix> fixByReplacing(const SyntaxTree& tree, NodeIndex node, std::string_view jsonValue,
                                     std::string title = {});
/// Gives a member another key.
std::vector<QuickFix> fixByRenaming(const SyntaxTree& tree, NodeIndex member, std::string_view key);
/// Replaces a string by the one candidate that it is a misspelling of.
std::vector<QuickFix> fixBySpelling(const SyntaxTree& tree, NodeIndex node, std::string_view word,
                                    const std::vector<std::string_view>& candidates);
/// Removes a member or an element with one comma.
std::vector<QuickFix> fixByRemoving(const SyntaxTree& tree, NodeIndex node, std::string title = {});

enum class MemberPlace { First, Last };
/// Adds a member to an object.
std::vector<QuickFix> fixByAdding(const SyntaxTree& tree, NodeIndex object, std::string_view key,
                                  std::string_view jsonValue, MemberPlace place = MemberPlace::Last);

/// What mends a mistake of syntax.
std::vector<QuickFix> fixesOfIssue(const SyntaxTree& tree, const SyntaxIssue& issue);
/// What mends a finding by its code and place alone: a misspelt reference, say, or what stands twice.
std::vector<QuickFix> fixesOfFinding(const DecodeContext& context, const Finding& finding);

} // namespace signalbox
