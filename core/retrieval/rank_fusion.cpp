// SPDX-License-Identifier: GPL-3.0-or-later
#include "retrieval/rank_fusion.h"

#include <algorithm>
#include <cstddef>
#include <unordered_map>

namespace signalbox {

std::vector<FusedRank> reciprocalRankFusion(std::span<const std::vector<int>> rankings, double k)
{
    std::vector<FusedRank> fused; // in the order of first sight, which breaks ties
    std::unordered_map<int, std::size_t> placeOf;
    for (const std::vector<int>& ranking : rankings) {
        for (std::size_t i = 0; i < ranking.size(); ++i) {
            const auto [at, isNew] = placeOf.try_emplace(ranking[i], fused.size());
            if (isNew)
                fused.push_back({ranking[i], 0});
            fused[at->second].score += 1.0 / (k + static_cast<double>(i + 1));
        }
    }
    std::ranges::stable_sort(fused, [](const FusedRank& a, const FusedRank& b) { return a.score > b.score; });
    return fused;
}

} // namespace signalbox
