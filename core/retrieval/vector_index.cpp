// SPDX-License-Identifier: GPL-3.0-or-later
#include "retrieval/vector_index.h"

#include "retrieval/embedder.h"

#include <algorithm>

namespace signalbox {

bool VectorIndex::add(std::span<const float> vector)
{
    if (vector.size() != m_dimensions)
        return false;
    m_values.insert(m_values.end(), vector.begin(), vector.end());
    return true;
}

std::vector<VectorIndex::Neighbour> VectorIndex::nearest(std::span<const float> vector, std::size_t k) const
{
    std::vector<Neighbour> found;
    if (vector.size() != m_dimensions)
        return found;
    found.reserve(size());
    for (std::size_t item = 0; item < size(); ++item) {
        const std::span<const float> other(m_values.data() + item * m_dimensions, m_dimensions);
        found.push_back({static_cast<int>(item), cosine(vector, other)});
    }
    const std::size_t wanted = std::min(k, found.size());
    std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(wanted),
                              [](const Neighbour& a, const Neighbour& b) {
                                  return a.similarity != b.similarity ? a.similarity > b.similarity
                                                                      : a.item < b.item;
                              });
    found.resize(wanted);
    return found;
}

} // namespace signalbox
