// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The built-in embedder: a text as a vector, without a model and without a network. It knows nothing of
// meaning; texts are near when they share words, parts of words or pairs of words, so inflections, compounds
// and misspelt words are near too. The same text has the same vector on every machine and in every later
// version of the same name.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace signalbox {

inline constexpr std::size_t kEmbeddingSize = 512;

/// kEmbeddingSize numbers of Euclidean length 1; all 0 for a text without words.
std::vector<float> embedded(std::string_view text);

/// The cosine of two vectors of length 1 and of one size, −1…1.
double cosine(std::span<const float> a, std::span<const float> b);

} // namespace signalbox
