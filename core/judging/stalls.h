// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// An answer that goes round in circles: the same words again and again at its end.

#include <cstddef>
#include <string>
#include <string_view>

namespace signalbox {

/// Watches a text as it grows. What it says depends on the text alone, not on the pieces in which it came: it
/// looks each 64 bytes, and the text loops once its end is one unit of up to 1,024 bytes, four times and for
/// 256 bytes at least. A unit without any letter (rules of dashes, rows of zeros) must go on for 2,048 bytes.
class LoopWatch
{
public:
    /// True from the first time that the text loops.
    bool feed(std::string_view piece);
    bool loops() const { return m_loops; }
    /// One sentence that quotes what is repeated; "" as long as nothing is.
    const std::string& explanation() const { return m_explanation; }

private:
    void look();

    std::string m_tail; ///< the last few thousand bytes
    std::size_t m_seen = 0;
    bool m_loops = false;
    std::string m_explanation;
};

} // namespace signalbox
