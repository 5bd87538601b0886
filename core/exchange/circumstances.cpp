// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/circumstances.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <nlohmann/json.hpp>

namespace signalbox {

namespace {

using OrderedJson = nlohmann::ordered_json;

/// Headers that carry keys: these are never kept.
bool carriesKey(const std::string& name)
{
    static constexpr std::array<std::string_view, 8> kNames = {
        "authorization", "proxy-authorization", "cookie",      "set-cookie", "x-api-key",
        "api-key",       "x-goog-api-key",      "x-auth-token"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::string readHeaders(const OrderedJson& object, Request& request)
{
    const auto found = object.find("headers");
    if (found == object.end() || found->is_null())
        return {};
    if (!found->is_object())
        return "\"headers\" must be an object";
    for (const auto& [key, value] : found->items()) {
        const std::string name = toLowerAscii(key);
        if (carriesKey(name))
            return "\"headers\": \"" + key + "\" carries a key; leave it out";
        if (!value.is_string())
            return "\"headers\": \"" + key + "\" must be text";
        if (!request.headers.emplace(name, value.get<std::string>()).second)
            return "\"headers\": \"" + key + "\" is there twice";
    }
    return {};
}

/// Names, or tools as OpenAI's protocol has them.
std::string readTools(const OrderedJson& object, Request& request)
{
    const auto found = object.find("tools");
    if (found == object.end() || found->is_null())
        return {};
    constexpr const char* kWrong =
        "\"tools\" must be a list of names, or of {\"type\": \"function\", \"function\": {\"name\"}}";
    if (!found->is_array())
        return kWrong;
    for (const OrderedJson& tool : *found) {
        const OrderedJson* name = &tool;
        if (tool.is_object() && tool.contains("function") && tool["function"].is_object() &&
            tool["function"].contains("name"))
            name = &tool["function"]["name"];
        else if (tool.is_object() && tool.contains("name"))
            name = &tool["name"];
        if (!name->is_string() || name->get_ref<const std::string&>().empty())
            return kWrong;
        request.tools.push_back(name->get<std::string>());
    }
    return {};
}

/// Reads so many digits; nothing when there are others.
std::optional<int> digitsAt(std::string_view text, std::size_t begin, std::size_t count)
{
    if (begin + count > text.size())
        return std::nullopt;
    int value = 0;
    for (std::size_t i = begin; i < begin + count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

} // namespace

std::optional<std::int64_t> unixMsFromRfc3339(std::string_view text)
{
    const auto at = [&](std::size_t i, std::string_view any) {
        return i < text.size() && any.find(text[i]) != std::string_view::npos;
    };
    const auto year = digitsAt(text, 0, 4);
    const auto month = digitsAt(text, 5, 2);
    const auto day = digitsAt(text, 8, 2);
    const auto hour = digitsAt(text, 11, 2);
    const auto minute = digitsAt(text, 14, 2);
    const auto second = digitsAt(text, 17, 2);
    if (!year || !month || !day || !hour || !minute || !second || !at(4, "-") || !at(7, "-") ||
        !at(10, "Tt ") || !at(13, ":") || !at(16, ":"))
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    std::size_t i = 19;
    int milliseconds = 0;
    if (at(i, ".")) {
        int scale = 100;
        const std::size_t begin = ++i;
        for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, scale /= 10)
            milliseconds += (text[i] - '0') * scale;
        if (i == begin)
            return std::nullopt;
    }
    int offset = 0;
    if (at(i, "+-")) {
        const auto hours = digitsAt(text, i + 1, 2);
        const auto minutes = digitsAt(text, i + 4, 2);
        if (!hours || !minutes || !at(i + 3, ":") || *hours > 23 || *minutes > 59 || i + 6 != text.size())
            return std::nullopt;
        offset = (text[i] == '-' ? -1 : 1) * (*hours * 60 + *minutes);
    } else if (!at(i, "Zz") || i + 1 != text.size()) {
        return std::nullopt;
    }
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t minutes = days * 1440 + *hour * 60 + *minute - offset;
    return (minutes * 60 + *second) * 1000 + milliseconds;
}

std::string readCircumstances(const nlohmann::ordered_json& object, Request& request)
{
    if (std::string problem = readHeaders(object, request); !problem.empty())
        return problem;
    if (std::string problem = readTools(object, request); !problem.empty())
        return problem;
    const auto received = object.find("received_at");
    if (received == object.end() || received->is_null())
        return {};
    const auto time =
        received->is_string() ? unixMsFromRfc3339(received->get_ref<const std::string&>()) : std::nullopt;
    if (!time)
        return "\"received_at\" must be a time such as \"2026-11-22T18:30:00Z\"";
    request.receivedAtMs = *time;
    return {};
}

} // namespace signalbox
