// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/table.h"

#include "base/text.h"

#include <algorithm>

namespace signalbox::cli {

std::string Table::text() const
{
    std::vector<std::size_t> width;
    for (const auto& cells : m_rows) {
        width.resize(std::max(width.size(), cells.size()), 0);
        for (std::size_t c = 0; c < cells.size(); ++c)
            width[c] = std::max(width[c], codePoints(cells[c]));
    }
    std::string out;
    for (const auto& cells : m_rows) {
        std::string line;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            line += cells[c];
            if (c + 1 < cells.size())
                line += std::string(width[c] - codePoints(cells[c]) + 2, ' ');
        }
        out += line + "\n";
    }
    return out;
}

} // namespace signalbox::cli
