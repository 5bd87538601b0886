// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Finds keys that somebody wrote into a policy, wherever they stand: where the language has a place for a
// reference to a key, in a URL, behind keys that the language does not know, in comments and duplicate keys.

#include "policy/syntax_tree.h"

#include <optional>
#include <string>
#include <string_view>

namespace signalbox {

/// True for what may be a key, and is hardly the name of an environment variable: it begins as providers' keys do, or
/// is long, and letters and digits take turns in it as they do in no words.
bool looksLikeKey(std::string_view value);

/// The pointer of the first key or of the first URL with credentials; "" when it stands outside of every
/// value, or in a text that is no JSON. Nothing when there is none. `without` is a text that is known to hold none:
/// the less differs from it, the less is looked at.
std::optional<std::string> findSecret(const SyntaxTree& tree, std::string_view without = {});

} // namespace signalbox
