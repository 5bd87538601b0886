// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// POST /v1/embeddings: texts that share words are near each other. Nothing is learnt and nothing is drawn.

#include "sandbox/scripted_answer.h"

#include <string_view>
#include <vector>

namespace signalbox::sandbox {

/// Content words, each hashed to a place and a sign (Weinberger et al., "Feature hashing for large scale
/// multitask learning", ICML 2009), of length 1. A text without content words is a unit vector of its own.
std::vector<float> embeddingOf(std::string_view text, std::size_t dimensions);

/// Any model's name is answered: the vectors are the same.
ScriptedAnswer embeddingsAnswer(std::string_view body);

} // namespace signalbox::sandbox
