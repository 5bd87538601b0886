// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The canonical form of a policy's text. Private to core/policy; the public face is canonicalPolicyText().

#include "policy/syntax_tree.h"
#include "policy/vocabulary.h"

#include <string>

namespace signalbox {

enum class ExportMark { Keep, Drop };

/// The whole document, ending with a newline.
std::string canonicalText(const SyntaxTree& tree, ExportMark mark);

/// One value, as a document of its own without a newline at its end.
std::string canonicalValue(const SyntaxTree& tree, NodeIndex node, ObjectType type);

} // namespace signalbox
