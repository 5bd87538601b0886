// SPDX-License-Identifier: GPL-3.0-or-later
#include "judging/json_shape.h"

#include "base/text.h"
#include "judging/strict_json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace signalbox {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxDraftBytes = 4u << 20;
constexpr std::array<std::string_view, 7> kTypes = {"object",  "array",   "string", "number",
                                                    "integer", "boolean", "null"};
constexpr std::array<std::string_view, 6> kAnnotations = {"$schema", "$id",         "$comment",
                                                          "title",   "description", "default"};

/// One more step of a JSON Pointer (RFC 6901).
std::string child(const std::string& pointer, std::string_view key)
{
    std::string out = pointer + "/";
    for (const char c : key) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

std::string place(const std::string& pointer)
{
    return pointer.empty() ? "the draft" : pointer;
}

std::string text(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool hasType(const Json& value, std::string_view type)
{
    if (type == "object")
        return value.is_object();
    if (type == "array")
        return value.is_array();
    if (type == "string")
        return value.is_string();
    if (type == "number")
        return value.is_number();
    if (type == "integer") // draft-07 §6.1.1: 1.0 is an integer
        return value.is_number_integer() ||
               (value.is_number() && std::floor(value.get<double>()) == value.get<double>());
    if (type == "boolean")
        return value.is_boolean();
    return type == "null" && value.is_null();
}

std::string typeError(const Json& type, const Json& value, const std::string& pointer)
{
    if (type.is_string())
        return hasType(value, type.get<std::string>())
                   ? ""
                   : place(pointer) + " must be of type " + type.get<std::string>() + ", not " +
                         value.type_name() + ".";
    std::string wanted;
    for (const Json& one : type) {
        if (hasType(value, one.get<std::string>()))
            return {};
        wanted += (wanted.empty() ? "" : " or ") + one.get<std::string>();
    }
    return place(pointer) + " must be of type " + wanted + ", not " + value.type_name() + ".";
}

std::string fitError(const Json& schema, const Json& value, const std::string& pointer);

std::string objectError(const Json& schema, const Json& value, const std::string& pointer)
{
    if (const auto required = schema.find("required"); required != schema.end()) {
        for (const Json& key : *required) {
            if (!value.contains(key.get<std::string>()))
                return place(pointer) + " lacks the required key \"" + key.get<std::string>() + "\".";
        }
    }
    const auto properties = schema.find("properties");
    const auto additional = schema.find("additionalProperties");
    for (const auto& [key, part] : value.items()) {
        const std::string at = child(pointer, key);
        if (properties != schema.end() && properties->contains(key)) {
            if (std::string error = fitError((*properties)[key], part, at); !error.empty())
                return error;
        } else if (additional != schema.end()) {
            if (additional->is_boolean() && !additional->get<bool>())
                return at + " is not a key that the schema allows.";
            if (std::string error = fitError(*additional, part, at); !error.empty())
                return error;
        }
    }
    return {};
}

std::string arrayError(const Json& schema, const Json& value, const std::string& pointer)
{
    const double size = static_cast<double>(value.size());
    if (schema.contains("minItems") && size < schema["minItems"].get<double>())
        return place(pointer) + " must have at least " + text(schema["minItems"]) + " items.";
    if (schema.contains("maxItems") && size > schema["maxItems"].get<double>())
        return place(pointer) + " must have at most " + text(schema["maxItems"]) + " items.";
    if (const auto items = schema.find("items"); items != schema.end()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (std::string error = fitError(*items, value[i], child(pointer, std::to_string(i)));
                !error.empty())
                return error;
        }
    }
    return {};
}

std::string fitError(const Json& schema, const Json& value, const std::string& pointer)
{
    if (schema.is_boolean())
        return schema.get<bool>() ? "" : place(pointer) + " is not allowed by the schema.";
    if (const auto type = schema.find("type"); type != schema.end()) {
        if (std::string error = typeError(*type, value, pointer); !error.empty())
            return error;
    }
    if (const auto constant = schema.find("const"); constant != schema.end() && *constant != value)
        return place(pointer) + " must be " + text(*constant) + ".";
    if (const auto choices = schema.find("enum");
        choices != schema.end() && std::find(choices->begin(), choices->end(), value) == choices->end())
        return place(pointer) + " must be one of " + text(*choices) + ".";
    if (value.is_string()) {
        const double length = static_cast<double>(codePoints(value.get_ref<const std::string&>()));
        if (schema.contains("minLength") && length < schema["minLength"].get<double>())
            return place(pointer) + " must have at least " + text(schema["minLength"]) + " characters.";
        if (schema.contains("maxLength") && length > schema["maxLength"].get<double>())
            return place(pointer) + " must have at most " + text(schema["maxLength"]) + " characters.";
    } else if (value.is_number()) {
        if (schema.contains("minimum") && value < schema["minimum"])
            return place(pointer) + " must be at least " + text(schema["minimum"]) + ".";
        if (schema.contains("maximum") && value > schema["maximum"])
            return place(pointer) + " must be at most " + text(schema["maximum"]) + ".";
    } else if (value.is_object()) {
        return objectError(schema, value, pointer);
    } else if (value.is_array()) {
        return arrayError(schema, value, pointer);
    }
    return {};
}

std::string problemOf(const Json& schema, const std::string& pointer);

bool isTypeName(const Json& value)
{
    return value.is_string() &&
           std::find(kTypes.begin(), kTypes.end(), value.get_ref<const std::string&>()) != kTypes.end();
}

bool isCount(const Json& value)
{
    return value.is_number_integer() && value >= 0;
}

/// "" or what the keyword's value must be.
std::string keywordProblem(const std::string& key, const Json& value)
{
    if (key == "type") {
        const bool list =
            value.is_array() && !value.empty() && std::all_of(value.begin(), value.end(), isTypeName);
        return isTypeName(value) || list ? "" : "must be a type name or a list of them";
    }
    if (key == "enum")
        return value.is_array() && !value.empty() ? "" : "must be a list with at least one value";
    if (key == "required") {
        const bool names = value.is_array() && std::all_of(value.begin(), value.end(),
                                                           [](const Json& one) { return one.is_string(); });
        return names ? "" : "must be a list of key names";
    }
    if (key == "properties")
        return value.is_object() ? "" : "must be an object";
    if (key == "minItems" || key == "maxItems" || key == "minLength" || key == "maxLength")
        return isCount(value) ? "" : "must be a whole number that is not negative";
    if (key == "minimum" || key == "maximum")
        return value.is_number() ? "" : "must be a number";
    if (key == "const" || key == "additionalProperties" || key == "items")
        return {};
    return std::find(kAnnotations.begin(), kAnnotations.end(), key) != kAnnotations.end()
               ? ""
               : "is not a keyword that is checked here";
}

std::string problemOf(const Json& schema, const std::string& pointer)
{
    if (schema.is_boolean())
        return {};
    if (!schema.is_object())
        return (pointer.empty() ? "The schema" : pointer) + " must be an object or a boolean.";
    for (const auto& [key, value] : schema.items()) {
        const std::string at = child(pointer, key);
        if (const std::string problem = keywordProblem(key, value); !problem.empty())
            return at + " " + problem + ".";
        if (key == "items" || key == "additionalProperties") {
            if (std::string problem = problemOf(value, at); !problem.empty())
                return problem;
        } else if (key == "properties") {
            for (const auto& [name, part] : value.items()) {
                if (std::string problem = problemOf(part, child(at, name)); !problem.empty())
                    return problem;
            }
        }
    }
    return {};
}

} // namespace

std::string schemaProblem(std::string_view schemaJson)
{
    std::string problem;
    const auto schema = parseStrictJson(schemaJson, problem);
    return schema ? problemOf(*schema, {}) : "The schema " + problem + ".";
}

std::string shapeError(std::string_view schemaJson, std::string_view draft)
{
    std::string problem;
    const auto schema = parseStrictJson(schemaJson, problem);
    if (!schema)
        return "The schema " + problem + ".";
    if (std::string notUnderstood = problemOf(*schema, {}); !notUnderstood.empty())
        return "The schema cannot be checked: " + notUnderstood;
    if (draft.size() > kMaxDraftBytes)
        return "The draft is larger than 4 MiB.";
    const auto value = parseStrictJson(draft, problem);
    if (!value)
        return "The draft " + problem + ".";
    return fitError(*schema, *value, {});
}

} // namespace signalbox
