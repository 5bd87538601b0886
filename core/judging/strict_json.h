// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// JSON that a model wrote: exactly one value, valid UTF-8, no key twice, no deeper than we walk. Private to
// this room.

#include <nlohmann/json.hpp>

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// The value, or nothing and what is wrong with the text ("is not JSON: …"). Reading stops where the text
/// gets too deep: what follows may be megabytes of brackets, and each would cost a value.
inline std::optional<nlohmann::json> parseStrictJson(std::string_view text, std::string& problem)
{
    constexpr std::size_t maxDepth = 64;
    struct TooDeep
    {
    };
    std::vector<std::set<std::string>> open; // the keys seen in each object or array that is open
    std::string refused;
    const auto check = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& value) {
        using Event = nlohmann::json::parse_event_t;
        if (event == Event::object_start || event == Event::array_start) {
            open.emplace_back();
            if (open.size() > maxDepth)
                throw TooDeep{};
        } else if (event == Event::object_end || event == Event::array_end) {
            open.pop_back();
        } else if (event == Event::key && refused.empty()) {
            if (!open.back().insert(value.get<std::string>()).second)
                refused = "has the key \"" + value.get<std::string>() + "\" twice in one object";
        }
        return true;
    };
    try {
        nlohmann::json value = nlohmann::json::parse(text.begin(), text.end(), check);
        problem = refused;
        return refused.empty() ? std::optional(std::move(value)) : std::nullopt;
    } catch (const TooDeep&) {
        problem = "is nested deeper than " + std::to_string(maxDepth) + " levels";
        return std::nullopt;
    } catch (const nlohmann::json::exception& e) {
        // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while …; last read:
        // …"
        std::string what = e.what();
        if (const std::size_t at = what.find("line "); at != std::string::npos)
            what = what.substr(at, what.find(':', at) - at);
        else
            what = "a number is out of range";
        problem = "is not JSON (" + what + ")";
        return std::nullopt;
    }
}

} // namespace signalbox
