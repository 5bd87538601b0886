// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/schema_check.h"

#include "policy/diagnostic_codes.h"

#include <algorithm>
#include <cmath>

namespace signalbox {

using namespace diagnostic;

namespace {

const std::vector<std::string_view> kKeywords = {
    "type",    "enum",     "const",       "required",  "properties", "additionalProperties",
    "items",   "minItems", "maxItems",    "minLength", "maxLength",  "minimum",
    "maximum", "title",    "description", "default",   "$schema",    "$id",
    "$comment"};
const std::vector<std::string_view> kTypes = {"object",  "array",   "string", "number",
                                              "integer", "boolean", "null"};

void bad(DecodeContext& context, NodeIndex node, std::string message, std::string hint = {})
{
    if (hint.empty())
        hint = "Write it as JSON Schema does; the help on this code has an example.";
    context.report(kSchemaKeyword, node, std::move(message), std::move(hint));
}

void checkType(DecodeContext& context, NodeIndex node)
{
    const SyntaxTree& tree = context.tree();
    const auto check = [&](NodeIndex at) {
        const std::string name = tree.string(at);
        if (tree.kind(at) != NodeKind::String ||
            std::ranges::find(kTypes, std::string_view(name)) == kTypes.end())
            bad(context, at, "This is not a type of JSON Schema.", didYouMean(name, kTypes));
    };
    if (tree.kind(node) != NodeKind::Array) {
        check(node);
        return;
    }
    if (tree.node(node).childCount == 0)
        bad(context, node, "The list of types is empty.");
    for (NodeIndex child = tree.firstChild(node); child != kNoNode; child = tree.nextSibling(child))
        check(child);
}

void checkRequired(DecodeContext& context, NodeIndex node)
{
    const SyntaxTree& tree = context.tree();
    bool fits = tree.kind(node) == NodeKind::Array;
    for (NodeIndex child = fits ? tree.firstChild(node) : kNoNode; child != kNoNode;
         child = tree.nextSibling(child))
        fits = fits && tree.kind(child) == NodeKind::String;
    if (!fits)
        bad(context, node, "\"required\" must be a list of property names.");
}

void checkProperties(DecodeContext& context, NodeIndex node)
{
    const SyntaxTree& tree = context.tree();
    if (tree.kind(node) != NodeKind::Object) {
        bad(context, node, "\"properties\" must be an object of schemas.");
        return;
    }
    for (NodeIndex child = tree.firstChild(node); child != kNoNode; child = tree.nextSibling(child))
        checkSchema(context, child);
}

void checkKeyword(DecodeContext& context, NodeIndex node, const std::string& key)
{
    const SyntaxTree& tree = context.tree();
    const NodeKind kind = tree.kind(node);
    if (key == "type") {
        checkType(context, node);
    } else if (key == "required") {
        checkRequired(context, node);
    } else if (key == "properties") {
        checkProperties(context, node);
    } else if (key == "items" || key == "additionalProperties") {
        checkSchema(context, node);
    } else if (key == "enum") {
        if (kind != NodeKind::Array || tree.node(node).childCount == 0)
            bad(context, node, "\"enum\" must be a list with at least one value.");
    } else if (key.rfind("min", 0) == 0 || key.rfind("max", 0) == 0) {
        const bool count = key != "minimum" && key != "maximum";
        const double value = tree.number(node);
        if (kind != NodeKind::Number || (count && (value < 0 || value != std::floor(value))))
            bad(context, node,
                inQuotes(key) +
                    (count ? " must be a whole number that is not negative." : " must be a number."));
    }
}

} // namespace

void checkSchema(DecodeContext& context, NodeIndex schema)
{
    const SyntaxTree& tree = context.tree();
    if (tree.kind(schema) == NodeKind::Bool)
        return;
    if (tree.kind(schema) != NodeKind::Object) {
        bad(context, schema, "A schema must be an object, true or false.");
        return;
    }
    for (NodeIndex child = tree.firstChild(schema); child != kNoNode; child = tree.nextSibling(child)) {
        const std::string key = tree.key(child);
        if (std::ranges::find(kKeywords, std::string_view(key)) != kKeywords.end()) {
            checkKeyword(context, child, key);
            continue;
        }
        const std::string hint = didYouMean(key, kKeywords);
        context.reportKey(kSchemaKeyword, child, "The gate does not understand " + inQuotes(key) + ".",
                          hint.empty() ? "It checks type, enum, const, required, properties, "
                                         "additionalProperties, items, and the minima and maxima."
                                       : hint);
    }
}

} // namespace signalbox
