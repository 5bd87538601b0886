// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/json_rows.h"

#include "base/text.h"

#include <nlohmann/json.hpp>

namespace signalbox {

using OrderedJson = nlohmann::ordered_json;

namespace {

constexpr int kMostDepth = 64;
struct TooDeep
{
};

} // namespace

std::string_view withoutBom(std::string_view text)
{
    if (text.substr(0, 3) == "\xEF\xBB\xBF")
        text.remove_prefix(3);
    return text;
}

void forEachJsonRow(std::string_view text, std::vector<RowProblem>& problems,
                    const std::function<std::string(int line, const OrderedJson& object)>& row)
{
    int line = 0;
    for (const std::string_view raw : splitLines(text)) {
        ++line;
        if (trimmed(raw).empty())
            continue;
        if (!isValidUtf8(raw)) {
            problems.push_back({line, "is not UTF-8: save the file as UTF-8"});
            continue;
        }
        OrderedJson value;
        try {
            value = OrderedJson::parse(raw, [](int depth, OrderedJson::parse_event_t, OrderedJson&) {
                if (depth > kMostDepth)
                    throw TooDeep();
                return true;
            });
        } catch (const TooDeep&) {
            problems.push_back({line, "is nested more than " + std::to_string(kMostDepth) + " levels deep"});
            continue;
        } catch (const OrderedJson::parse_error& error) {
            problems.push_back({line, "is not JSON at byte " + std::to_string(error.byte) +
                                          ": each line must be one JSON object"});
            continue;
        } catch (const OrderedJson::exception&) {
            problems.push_back({line, "holds a number that cannot be read"});
            continue;
        }
        if (!value.is_object()) {
            problems.push_back({line, std::string("is a JSON ") + value.type_name() +
                                          ": each line must be one JSON object"});
            continue;
        }
        if (std::string problem = row(line, value); !problem.empty())
            problems.push_back({line, std::move(problem)});
    }
}

std::string readRowId(const OrderedJson& object, const std::string& fallback, std::string& idOut)
{
    const auto found = object.find("id");
    if (found == object.end() || found->is_null())
        idOut = fallback;
    else if (found->is_string())
        idOut = found->get<std::string>();
    else if (found->is_number_integer())
        idOut = found->dump();
    else
        return "\"id\" must be text or a whole number";
    return idOut.empty() ? "\"id\" is empty" : "";
}

std::string UsedIds::claim(const std::string& id, int line)
{
    const auto [at, isNew] = m_lines.try_emplace(id, line);
    return isNew ? "" : "the id \"" + id + "\" is used in line " + std::to_string(at->second) + " already";
}

} // namespace signalbox
