// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Thins a line for drawing: every bucket keeps its first, lowest, highest and last point, so that no spike is
// lost (largest-triangle-three-buckets loses a bucket's opposite extreme).

#include <cstddef>
#include <span>
#include <vector>

namespace signalbox {

struct PlotPoint
{
    double x = 0;
    double y = 0;
    bool operator==(const PlotPoint&) const = default;
};

/// Points sorted by x go in; at most 4 × `buckets` points come out, in the same order, a subset of those that
/// went in. Buckets are equally wide in x. Fewer points than that come back as they are. Points that are not
/// finite are left out.
std::vector<PlotPoint> decimateMinMax(std::span<const PlotPoint> points, std::size_t buckets);

} // namespace signalbox
