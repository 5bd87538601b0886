// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/schema_reply.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace signalbox::sandbox {

namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr int kMaxDepth = 12;

double numberOr(const OrderedJson& schema, const char* key, double fallback)
{
    return schema.contains(key) && schema[key].is_number() ? schema[key].get<double>() : fallback;
}

std::string typeOf(const OrderedJson& schema)
{
    if (schema.contains("type")) {
        const OrderedJson& type = schema["type"];
        if (type.is_string())
            return type.get<std::string>();
        if (type.is_array() && !type.empty() && type[0].is_string())
            return type[0].get<std::string>();
    }
    return schema.contains("properties") ? "object" : schema.contains("items") ? "array" : "string";
}

/// Cuts or fills a text to the lengths that the schema allows, counted in code points.
std::string withLength(const OrderedJson& schema, std::string text)
{
    const auto least = static_cast<std::size_t>(std::clamp(numberOr(schema, "minLength", 0), 0.0, 10'000.0));
    const auto most = static_cast<std::size_t>(std::clamp(numberOr(schema, "maxLength", 1e6), 0.0, 1e6));
    std::size_t points = 0, at = 0;
    for (; at < text.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
        if (begins && points == most)
            break;
        points += begins;
    }
    text.resize(at);
    while (points < least) {
        text += '.';
        ++points;
    }
    return text;
}

OrderedJson valueFor(const OrderedJson& schema, std::string_view reply, bool decision, int depth)
{
    if (!schema.is_object() || depth > kMaxDepth)
        return nullptr;
    if (schema.contains("const"))
        return schema["const"];
    if (schema.contains("enum") && schema["enum"].is_array() && !schema["enum"].empty())
        return schema["enum"][0];
    const std::string type = typeOf(schema);
    if (type == "string")
        return withLength(schema, std::string(reply));
    if (type == "boolean")
        return decision;
    if (type == "integer" || type == "number") {
        const double value =
            std::clamp(decision ? 1.0 : 0.0, numberOr(schema, "minimum", -1e15),
                       std::max(numberOr(schema, "minimum", -1e15), numberOr(schema, "maximum", 1e15)));
        if (type == "integer")
            return static_cast<std::int64_t>(std::ceil(value));
        return value;
    }
    if (type == "array") {
        OrderedJson list = OrderedJson::array();
        const auto least = static_cast<int>(std::clamp(numberOr(schema, "minItems", 0), 0.0, 100.0));
        for (int i = 0; i < least; ++i)
            list.push_back(valueFor(schema.contains("items") ? schema["items"] : OrderedJson::object(), reply,
                                    decision, depth + 1));
        return list;
    }
    if (type == "object") {
        OrderedJson object = OrderedJson::object();
        if (schema.contains("properties") && schema["properties"].is_object()) {
            for (const auto& [key, part] : schema["properties"].items())
                object[key] = valueFor(part, reply, decision, depth + 1);
        }
        if (schema.contains("required") && schema["required"].is_array()) {
            for (const OrderedJson& key : schema["required"]) {
                if (key.is_string() && !object.contains(key.get<std::string>()))
                    object[key.get<std::string>()] = std::string(reply);
            }
        }
        return object;
    }
    return nullptr;
}

OrderedJson replyFor(std::string_view schemaJson, std::string_view reply, bool decision)
{
    const OrderedJson schema = OrderedJson::parse(schemaJson.begin(), schemaJson.end(), nullptr, false);
    if (!schema.is_object() || schema.empty()) // json_object: any object will do
        return OrderedJson{{"reply", std::string(reply)}};
    return valueFor(schema, reply, decision, 0);
}

std::string text(const OrderedJson& value)
{
    return value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

} // namespace

std::string fittingReply(std::string_view schemaJson, std::string_view reply, bool decision)
{
    return text(replyFor(schemaJson, reply, decision));
}

std::string misshapenReply(std::string_view schemaJson, std::string_view reply, bool decision,
                           std::uint64_t draw)
{
    OrderedJson value = replyFor(schemaJson, reply, decision);
    switch (draw % 4) {
    case 0: // the last key is forgotten
        if (value.is_object() && !value.empty()) {
            value.erase(std::prev(value.end()));
            return text(value);
        }
        [[fallthrough]];
    case 1:
        return text(value) + "\n\nLet me know if you need anything else!";
    case 2: { // Python's quotes
        std::string out = text(value);
        std::replace(out.begin(), out.end(), '"', '\'');
        return out;
    }
    default: // plain prose
        return std::string(reply);
    }
}

} // namespace signalbox::sandbox
