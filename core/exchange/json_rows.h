// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What every JSON Lines reader of this room shares: rows with their line, one problem a line, ids that are
// used once.

#include "exchange/prompts.h"

#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// The text without a byte order mark.
std::string_view withoutBom(std::string_view text);

/// Calls `row` with each line that is one JSON object. What `row` returns, when not empty, is a problem of
/// its line; so are lines that are no UTF-8, no JSON or no object. Blank lines are none.
void forEachJsonRow(std::string_view text, std::vector<RowProblem>& problems,
                    const std::function<std::string(int line, const nlohmann::ordered_json& object)>& row);

/// Reads "id": text or a whole number; `fallback` when it is missing. A problem, or "".
std::string readRowId(const nlohmann::ordered_json& object, const std::string& fallback, std::string& idOut);

/// Ids by the line that used them first.
class UsedIds
{
public:
    /// "" when the id is new, else what is wrong.
    std::string claim(const std::string& id, int line);

private:
    std::map<std::string, int> m_lines;
};

} // namespace signalbox
