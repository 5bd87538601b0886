// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Aligned tables for people.

#include <string>
#include <vector>

namespace signalbox::cli {

class Table
{
public:
    explicit Table(std::vector<std::string> head) : m_rows{std::move(head)} {}
    void row(std::vector<std::string> cells) { m_rows.push_back(std::move(cells)); }
    std::string text() const;

private:
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace signalbox::cli
