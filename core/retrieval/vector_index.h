// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Nearest vectors by cosine, exactly: every vector is looked at. Ten thousand passages take a few
// milliseconds.

#include <cstddef>
#include <span>
#include <vector>

namespace signalbox {

class VectorIndex
{
public:
    struct Neighbour
    {
        int item = -1;         ///< in the order of add()
        double similarity = 0; ///< cosine, −1…1
    };

    explicit VectorIndex(std::size_t dimensions) : m_dimensions(dimensions) {}
    /// A vector of length 1 and of the index's size; another size is a mistake of the caller and is not
    /// taken.
    bool add(std::span<const float> vector);
    /// The nearest first, at most k; of equally near ones the first added. Nothing when the size does not
    /// fit.
    std::vector<Neighbour> nearest(std::span<const float> vector, std::size_t k) const;
    /// Of one that was added; 0 when the size does not fit.
    double similarity(int item, std::span<const float> vector) const;
    std::size_t dimensions() const { return m_dimensions; }
    std::size_t size() const { return m_dimensions == 0 ? 0 : m_values.size() / m_dimensions; }

private:
    std::size_t m_dimensions;
    std::vector<float> m_values; ///< one vector after the other
};

} // namespace signalbox
