// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/decimate.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace signalbox {

std::vector<PlotPoint> decimateMinMax(std::span<const PlotPoint> points, std::size_t buckets)
{
    std::vector<PlotPoint> finite;
    finite.reserve(points.size());
    for (const PlotPoint& point : points) {
        if (std::isfinite(point.x) && std::isfinite(point.y))
            finite.push_back(point);
    }
    buckets = std::max<std::size_t>(buckets, 1);
    if (finite.size() <= 4 * buckets)
        return finite;

    const double from = finite.front().x;
    const double width = finite.back().x - from;
    const auto bucketOf = [&](const PlotPoint& point) {
        if (width <= 0)
            return std::size_t{0};
        const double share = std::clamp((point.x - from) / width, 0.0, 1.0);
        return std::min(buckets - 1, static_cast<std::size_t>(share * static_cast<double>(buckets)));
    };
    std::vector<PlotPoint> out;
    out.reserve(4 * buckets);
    std::size_t begin = 0;
    while (begin < finite.size()) {
        const std::size_t bucket = bucketOf(finite[begin]);
        std::size_t end = begin + 1;
        std::size_t low = begin;
        std::size_t high = begin;
        while (end < finite.size() && bucketOf(finite[end]) == bucket) {
            if (finite[end].y < finite[low].y)
                low = end;
            if (finite[end].y > finite[high].y)
                high = end;
            ++end;
        }
        std::array<std::size_t, 4> kept{begin, low, high, end - 1};
        std::sort(kept.begin(), kept.end());
        for (std::size_t i = 0; i < kept.size(); ++i) {
            if (i == 0 || kept[i] != kept[i - 1])
                out.push_back(finite[kept[i]]);
        }
        begin = end;
    }
    return out;
}

} // namespace signalbox
