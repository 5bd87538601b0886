// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Several rankings of the same things made one.

#include <span>
#include <vector>

namespace signalbox {

struct FusedRank
{
    int item = -1;
    double score = 0; ///< Σ 1 / (k + rank) over the rankings that hold it
};

/// Reciprocal rank fusion: Cormack, Clarke, Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and
/// individual Rank Learning Methods", SIGIR 2009, where k = 60. The best first; of equal ones the one that an
/// earlier ranking puts first. A ranking lists items, the best first, each once.
std::vector<FusedRank> reciprocalRankFusion(std::span<const std::vector<int>> rankings, double k = 60.0);

} // namespace signalbox
