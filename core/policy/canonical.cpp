// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/canonical.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

namespace signalbox {

namespace {

/// Shortest text that reads back as the same number. Whole numbers of up to 18 digits are kept to the digit,
/// since a double cannot hold all of them.
std::string canonicalNumber(std::string_view token)
{
    const bool negative = token.front() == '-';
    const std::string_view digits = token.substr(negative ? 1 : 0);
    if (digits.find_first_of(".eE") == std::string_view::npos && digits.size() <= 18)
        return digits == "0" ? "0" : std::string(token);
    const auto parsed = parsedJsonNumber(token);
    if (!parsed)
        return std::string(token); // beyond a double, an error elsewhere: keep what was written
    const double value = *parsed;
    if (value == 0)
        return "0";
    const double size = std::fabs(value);
    const auto format =
        size >= 1e-7 && size < 1e18 ? std::chars_format::fixed : std::chars_format::scientific;
    char buffer[64];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value, format);
    return error == std::errc() ? std::string(buffer, end) : std::string(token);
}

class Writer
{
public:
    explicit Writer(const SyntaxTree& tree) : m_tree(tree) {}

    std::string out;
    bool dropExport = false;

    void value(NodeIndex node, ObjectType type, int depth)
    {
        switch (m_tree.kind(node)) {
        case NodeKind::Object:
            object(node, type, depth);
            break;
        case NodeKind::Array:
            array(node, type, depth);
            break;
        case NodeKind::String:
            string(m_tree.valueText(node));
            break;
        case NodeKind::Number:
            out += canonicalNumber(m_tree.valueText(node));
            break;
        default:
            out += m_tree.valueText(node);
        }
    }

private:
    /// A string without escapes is canonical as it stands, and most are.
    void string(std::string_view token)
    {
        if (token.find('\\') == std::string_view::npos)
            out += token;
        else
            out += escapedJsonString(unescapedJsonString(token));
    }
    std::string_view keyToken(NodeIndex node) const
    {
        return m_tree.text().substr(m_tree.node(node).keyOffset, m_tree.node(node).keyLength);
    }

    struct Member
    {
        std::size_t rank;
        std::string key; ///< only of a key that is not known: it decides the order
        NodeIndex node;
        ObjectType holds;
    };

    std::vector<Member> membersOf(NodeIndex node, ObjectType type) const
    {
        const auto keys = keysOf(type);
        std::vector<Member> members;
        members.reserve(m_tree.node(node).childCount);
        for (NodeIndex child = m_tree.firstChild(node); child != kNoNode; child = m_tree.nextSibling(child)) {
            const auto known =
                std::ranges::find_if(keys, [&](const KeyInfo& info) { return m_tree.keyIs(child, info.name); });
            const bool isKnown = known != keys.end();
            if (dropExport && type == ObjectType::Policy && isKnown && known->name == std::string_view("export"))
                continue;
            members.push_back({static_cast<std::size_t>(known - keys.begin()),
                               isKnown ? std::string() : m_tree.key(child), child,
                               isKnown ? known->holds : ObjectType::Free});
        }
        const auto stands = [](const Member& a, const Member& b) {
            return a.rank != b.rank ? a.rank < b.rank : a.key < b.key;
        };
        if (!std::ranges::is_sorted(members, stands))
            std::ranges::stable_sort(members, stands);
        return members;
    }

    void newLine(int depth)
    {
        out.push_back('\n');
        out.append(static_cast<std::size_t>(depth) * 2, ' ');
    }

    void object(NodeIndex node, ObjectType type, int depth)
    {
        const std::vector<Member> members = membersOf(node, type);
        if (members.empty()) {
            out += "{}";
            return;
        }
        out.push_back('{');
        for (const Member& member : members) {
            if (&member != &members.front())
                out.push_back(',');
            newLine(depth + 1);
            string(keyToken(member.node));
            out += ": ";
            value(member.node, member.holds, depth + 1);
        }
        newLine(depth);
        out.push_back('}');
    }

    void array(NodeIndex node, ObjectType type, int depth)
    {
        if (m_tree.node(node).childCount == 0) {
            out += "[]";
            return;
        }
        out.push_back('[');
        for (NodeIndex child = m_tree.firstChild(node); child != kNoNode; child = m_tree.nextSibling(child)) {
            if (child != m_tree.firstChild(node))
                out.push_back(',');
            newLine(depth + 1);
            value(child, type, depth + 1);
        }
        newLine(depth);
        out.push_back(']');
    }

    const SyntaxTree& m_tree;
};

} // namespace

std::string canonicalText(const SyntaxTree& tree, ExportMark mark)
{
    Writer writer(tree);
    writer.dropExport = mark == ExportMark::Drop;
    writer.out.reserve(tree.text().size() + tree.text().size() / 2);
    writer.value(tree.root(), ObjectType::Policy, 0);
    writer.out.push_back('\n');
    return std::move(writer.out);
}

std::string canonicalValue(const SyntaxTree& tree, NodeIndex node, ObjectType type)
{
    Writer writer(tree);
    writer.value(node, type, 0);
    return std::move(writer.out);
}

} // namespace signalbox
