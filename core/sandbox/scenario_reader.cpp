// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/scenario_reader.h"

#include <algorithm>

namespace signalbox::sandbox::reading_scenario {

namespace {

std::string listOf(std::span<const std::string_view> words)
{
    std::string list;
    for (const std::string_view word : words)
        list += (list.empty() ? "" : ", ") + std::string(word);
    return list;
}

} // namespace

const Json& object(const Json& value, const std::string& at, std::span<const std::string_view> keys)
{
    if (!value.is_object())
        throw Problem{at, "must be an object"};
    for (const auto& [key, part] : value.items()) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            throw Problem{at + "/" + key, "is not a key that is known here; known are " + listOf(keys)};
    }
    return value;
}

const Json& object(const Json& value, const std::string& at, std::initializer_list<std::string_view> keys)
{
    return object(value, at, std::span<const std::string_view>(keys.begin(), keys.size()));
}

bool yesOrNo(const Json& value, const std::string& at)
{
    if (!value.is_boolean())
        throw Problem{at, "must be true or false"};
    return value.get<bool>();
}

std::string oneOf(const Json& value, const std::string& at, std::span<const std::string_view> words)
{
    std::string word = string(value, at);
    if (std::find(words.begin(), words.end(), word) == words.end())
        throw Problem{at, "must be one of " + listOf(words)};
    return word;
}

double number(const Json& value, const std::string& at, double low, double high)
{
    const auto text = [](double x) { return Json(x).dump(); };
    if (!value.is_number() || !(value.get<double>() >= low && value.get<double>() <= high))
        throw Problem{at, "must be a number from " + text(low) + " to " + text(high)};
    return value.get<double>();
}

int whole(const Json& value, const std::string& at, int low, int high)
{
    if (!value.is_number_integer() || value < low || value > high)
        throw Problem{at,
                      "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high)};
    return value.get<int>();
}

std::string string(const Json& value, const std::string& at)
{
    if (!value.is_string() || value.get_ref<const std::string&>().empty())
        throw Problem{at, "must be a text that is not empty"};
    return value.get<std::string>();
}

Spread spread(const Json& value, const std::string& at, double low, double high)
{
    if (value.is_number())
        return {number(value, at, low, high), 0};
    object(value, at, {"median", "sigma"});
    if (!value.contains("median"))
        throw Problem{at, "lacks the key median"};
    Spread out;
    out.median = number(value["median"], at + "/median", low, high);
    if (value.contains("sigma"))
        out.sigma = number(value["sigma"], at + "/sigma", 0, 2);
    return out;
}

} // namespace signalbox::sandbox::reading_scenario
