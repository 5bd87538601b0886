// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/decode_context.h"

#include "policy/diagnostic_codes.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace signalbox {

using namespace diagnostic;

namespace {

std::string kindName(const SyntaxTree& tree, NodeIndex node)
{
    switch (tree.kind(node)) {
    case NodeKind::Null:
        return "null";
    case NodeKind::Bool:
        return tree.boolean(node) ? "true" : "false";
    case NodeKind::Number:
        return "a number";
    case NodeKind::String:
        return "a string";
    case NodeKind::Array:
        return "a list";
    case NodeKind::Object:
        return "an object";
    }
    return "something else";
}

std::string shortNumber(double value)
{
    char buffer[32];
    const auto [end, error] =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, 12);
    return error == std::errc() ? std::string(buffer, end) : std::string();
}

bool wellFormedId(const std::string& id)
{
    if (id.empty() || id.size() > 128 || id.front() == ' ' || id.back() == ' ')
        return false;
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return std::ranges::none_of(id, control) && !std::ranges::all_of(id, digit);
}

} // namespace

std::string quoted(std::string_view text)
{
    constexpr std::size_t kShown = 60;
    if (text.size() <= kShown)
        return "\"" + std::string(text) + "\"";
    std::size_t end = kShown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return "\"" + std::string(text.substr(0, end)) + "…\"";
}

std::vector<std::string> valuesOf(const std::vector<Text>& texts)
{
    std::vector<std::string> values;
    values.reserve(texts.size());
    for (const Text& text : texts)
        values.push_back(text.value);
    return values;
}

int IdIndex::find(const std::string& id) const
{
    const auto found = m_positions.find(id);
    return found == m_positions.end() ? -1 : found->second;
}

bool IdIndex::add(const std::string& id, int position)
{
    if (!m_positions.emplace(id, position).second)
        return false;
    m_ids.push_back(id);
    return true;
}

std::string IdIndex::hintFor(const std::string& id) const
{
    if (++m_hints > DecodeContext::kMaxFindings)
        return {};
    constexpr std::size_t kLooked =
        500; // enough for people; a list of thousands would cost a search each time
    std::vector<std::string_view> candidates(m_ids.begin(), m_ids.begin() + std::min(m_ids.size(), kLooked));
    std::string hint = didYouMean(id, candidates);
    if (hint.empty() && !m_ids.empty() && m_ids.size() <= 6) {
        hint = "There is ";
        for (std::size_t i = 0; i < m_ids.size(); ++i)
            hint += (i == 0 ? "" : i + 1 == m_ids.size() ? " and " : ", ") + quoted(m_ids[i]);
        hint += ".";
    }
    return hint;
}

void DecodeContext::add(const char* code, NodeIndex node, bool atKey, std::string message, std::string hint)
{
    const DiagnosticInfo* info = diagnosticInfo(code);
    std::size_t& count = info && info->severity == Severity::Error ? m_errors : m_others;
    if (++count > kMaxFindings) {
        m_truncated = true;
        return;
    }
    m_findings.push_back({code, node, atKey, std::move(message), std::move(hint)});
}

void DecodeContext::report(const char* code, NodeIndex node, std::string message, std::string hint)
{
    add(code, node, false, std::move(message), std::move(hint));
}

void DecodeContext::reportKey(const char* code, NodeIndex node, std::string message, std::string hint)
{
    add(code, node, true, std::move(message), std::move(hint));
}

int DecodeContext::tierReference(const std::string& id, NodeIndex node)
{
    const int index = tiers.find(id);
    if (index < 0)
        report(kUnknownTier, node, "There is no tier " + quoted(id) + ".", tiers.hintFor(id));
    return index;
}

Route DecodeContext::routeReference(const std::string& id, NodeIndex node)
{
    if (id == "human")
        return Route::toHuman();
    const int tier = tiers.find(id);
    if (tier >= 0)
        return Route::toTier(tier);
    std::string hint = tiers.hintFor(id);
    if (!didYouMean(id, {"human"}).empty())
        hint = didYouMean(id, {"human"});
    else if (hint.empty())
        hint = "A route is the id of a tier, or \"human\".";
    report(kUnknownTier, node, "There is no tier " + quoted(id) + ".", hint);
    return {};
}

ObjectReader::ObjectReader(DecodeContext& context, NodeIndex node, ObjectType type)
    : m_context(context), m_tree(context.tree()), m_node(node), m_type(type)
{
    m_slots.fill(kNoNode);
    if (node == kNoNode)
        return;
    if (m_tree.kind(node) != NodeKind::Object) {
        wrongType(node, "an object");
        return;
    }
    m_valid = true;
    const auto keys = keysOf(type);
    for (NodeIndex child = m_tree.firstChild(node); child != kNoNode; child = m_tree.nextSibling(child)) {
        const auto known =
            std::ranges::find_if(keys, [&](const KeyInfo& key) { return m_tree.keyIs(child, key.name); });
        if (known != keys.end()) {
            NodeIndex& slot = m_slots[static_cast<std::size_t>(known - keys.begin())];
            if (slot == kNoNode)
                slot = child;
            continue;
        }
        std::vector<std::string_view> names;
        for (const KeyInfo& key : keys)
            names.push_back(key.name);
        const std::string key = m_tree.key(child);
        m_context.reportKey(kUnknownKey, child,
                            "The key " + quoted(key) + " is not known in " + std::string(nameOf(type)) + ".",
                            m_context.hint(key, names));
    }
    text("note");
}

NodeIndex ObjectReader::find(std::string_view key) const
{
    const auto keys = keysOf(m_type);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].name == key)
            return m_slots[i];
    }
    return kNoNode;
}

NodeIndex ObjectReader::require(std::string_view key)
{
    const NodeIndex node = find(key);
    if (node == kNoNode && m_valid) {
        std::string name(nameOf(m_type));
        name.front() = static_cast<char>(name.front() - 'a' + 'A');
        m_context.report(kMissingKey, m_node, name + " needs the key " + quoted(key) + ".");
    }
    return node;
}

std::string ObjectReader::describe(NodeIndex node) const
{
    const std::string key = m_tree.key(node);
    if (!key.empty())
        return quoted(key);
    const NodeIndex parent = m_tree.node(node).parent;
    if (parent == kNoNode)
        return "The document";
    const std::string list = m_tree.key(parent);
    return list.empty() ? "An entry" : "An entry of " + quoted(list);
}

void ObjectReader::wrongType(NodeIndex node, const std::string& expected)
{
    m_context.report(kWrongType, node,
                     describe(node) + " must be " + expected + ", not " + kindName(m_tree, node) + ".");
}

std::optional<std::string> ObjectReader::text(std::string_view key)
{
    const NodeIndex node = find(key);
    if (node == kNoNode)
        return std::nullopt;
    if (m_tree.kind(node) != NodeKind::String) {
        wrongType(node, "a string");
        return std::nullopt;
    }
    return m_tree.string(node);
}

std::string ObjectReader::requiredText(std::string_view key)
{
    const NodeIndex node = require(key);
    auto value = text(key);
    if (value && value->empty())
        m_context.report(kEmptyValue, node, quoted(key) + " is empty.");
    return value.value_or(std::string());
}

std::optional<double> ObjectReader::numberAt(NodeIndex node, double low, double high, bool whole)
{
    if (node == kNoNode)
        return std::nullopt;
    const std::string expected = whole ? "a whole number" : "a number";
    if (m_tree.kind(node) != NodeKind::Number) {
        std::string hint;
        if (m_tree.kind(node) == NodeKind::String && parsedJsonNumber(m_tree.string(node)))
            hint = "Write it without quotes.";
        m_context.report(kWrongType, node,
                         describe(node) + " must be " + expected + ", not " + kindName(m_tree, node) + ".",
                         hint);
        return std::nullopt;
    }
    const double value = m_tree.number(node);
    if (whole && value != std::floor(value)) {
        m_context.report(kWrongType, node, describe(node) + " must be a whole number.");
        return std::nullopt;
    }
    if (!(value >= low && value <= high)) {
        m_context.report(kOutOfRange, node,
                         describe(node) + " must be between " + shortNumber(low) + " and " +
                             shortNumber(high) + ".");
        return std::nullopt;
    }
    return value;
}

std::optional<double> ObjectReader::number(std::string_view key, double low, double high)
{
    return numberAt(find(key), low, high, false);
}

std::optional<double> ObjectReader::requiredNumber(std::string_view key, double low, double high)
{
    return numberAt(require(key), low, high, false);
}

std::optional<int> ObjectReader::integer(std::string_view key, int low, int high)
{
    const auto value = numberAt(find(key), low, high, true);
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

std::optional<int> ObjectReader::requiredInteger(std::string_view key, int low, int high)
{
    require(key);
    return integer(key, low, high);
}

std::optional<bool> ObjectReader::boolean(std::string_view key)
{
    const NodeIndex node = find(key);
    if (node == kNoNode)
        return std::nullopt;
    if (m_tree.kind(node) != NodeKind::Bool) {
        wrongType(node, "true or false");
        return std::nullopt;
    }
    return m_tree.boolean(node);
}

std::vector<Text> ObjectReader::texts(std::string_view key, bool single)
{
    std::vector<Text> out;
    const NodeIndex node = find(key);
    if (node == kNoNode)
        return out;
    const auto take = [&](NodeIndex entry) {
        if (m_tree.kind(entry) != NodeKind::String) {
            wrongType(entry, "a string");
            return;
        }
        std::string value = m_tree.string(entry);
        if (value.empty())
            m_context.report(kEmptyValue, entry, describe(entry) + " is empty.");
        else
            out.push_back({std::move(value), entry});
    };
    if (single && m_tree.kind(node) == NodeKind::String) {
        take(node);
        return out;
    }
    if (m_tree.kind(node) != NodeKind::Array) {
        wrongType(node, single ? "a string or a list of strings" : "a list of strings");
        return out;
    }
    if (m_tree.node(node).childCount == 0)
        m_context.report(kEmptyValue, node, describe(node) + " is an empty list.",
                         "Name at least one, or remove the key.");
    out.reserve(m_tree.node(node).childCount);
    for (NodeIndex entry = m_tree.firstChild(node); entry != kNoNode; entry = m_tree.nextSibling(entry))
        take(entry);
    return out;
}

int ObjectReader::choice(std::string_view key, const std::vector<std::string_view>& words)
{
    const auto value = text(key);
    if (!value)
        return -1;
    const auto found = std::ranges::find(words, std::string_view(*value));
    if (found != words.end())
        return static_cast<int>(found - words.begin());
    std::string hint = didYouMean(*value, words);
    if (hint.empty()) {
        hint = "It is one of ";
        for (std::size_t i = 0; i < words.size(); ++i)
            hint += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + quoted(words[i]);
        hint += ".";
    }
    m_context.report(kUnknownValue, find(key),
                     quoted(*value) + " is not known as " + quoted(key) + " of " +
                         std::string(nameOf(m_type)) + ".",
                     hint);
    return -1;
}

std::vector<NodeIndex> ObjectReader::elements(std::string_view key)
{
    std::vector<NodeIndex> out;
    const NodeIndex node = find(key);
    if (node == kNoNode)
        return out;
    if (m_tree.kind(node) != NodeKind::Array) {
        wrongType(node, "a list");
        return out;
    }
    out.reserve(m_tree.node(node).childCount);
    for (NodeIndex child = m_tree.firstChild(node); child != kNoNode; child = m_tree.nextSibling(child))
        out.push_back(child);
    return out;
}

std::string ObjectReader::id(const std::vector<std::string_view>& reserved)
{
    const std::string value = requiredText("id");
    if (value.empty())
        return value;
    if (!wellFormedId(value))
        m_context.report(kBadId, find("id"), quoted(value) + " cannot be an id.",
                         "An id has 1 to 128 characters, no control characters, and is not only digits.");
    else if (std::ranges::find(reserved, std::string_view(value)) != reserved.end())
        m_context.report(kBadId, find("id"), quoted(value) + " is a reserved word and cannot be an id here.");
    return value;
}

void registerId(DecodeContext& context, IdIndex& index, const ObjectReader& reader, const std::string& id,
                int position, std::string_view what)
{
    if (!id.empty() && !index.add(id, position))
        context.report(kDuplicateId, reader.find("id"),
                       "There are two " + std::string(what) + " with the id " + quoted(id) + ".",
                       "Give one of them another id.");
}

} // namespace signalbox
