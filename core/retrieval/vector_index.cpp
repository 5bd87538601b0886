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
    for (int item = 0; item < static_cast<int>(size()); ++item)
        found.push_back({item, similarity(item, vector)});
    const std::size_t wanted = std::min(k, found.size());
    std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(wanted),
                              [](const Neighbour& a, const Neighbour& b) {
                                  return a.similarity != b.similarity ? a.similarity > b.similarity
                                                                      : a.item < b.item;
                              });
    found.resize(wanted);
    return found;
}

double VectorIndex::similarity(int item, std::span<const float> vector) const
{
    if (vector.size() != m_dimensions || item < 0 || static_cast<std::size_t>(item) >= size())
        return 0;
    return cosine({m_values.data() + static_cast<std::size_t>(item) * m_dimensions, m_dimensions}, vector);
}

} // namespace signalbox
