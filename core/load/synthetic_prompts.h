// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Prompts for a load test that nobody wrote: of a given length, no two the same, so that nothing along the
// way can answer them from a cache.

#include "features/request.h"

#include <cstdint>

namespace signalbox {

/// About so many tokens, as estimateTokens() counts them. When `generatedTokens` is given, the prompt asks
/// for an answer of that length. The same arguments give the same request.
Request syntheticRequest(std::uint64_t index, int inputTokens, int generatedTokens, std::uint64_t seed);

} // namespace signalbox
