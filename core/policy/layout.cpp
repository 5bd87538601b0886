// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/layout.h"

#include <algorithm>

namespace signalbox {

std::size_t startOf(const SyntaxTree& tree, NodeIndex node)
{
    const SyntaxNode& n = tree.node(node);
    return n.keyLength > 0 ? n.keyOffset : n.offset;
}

std::size_t endOf(const SyntaxTree& tree, NodeIndex node)
{
    return std::size_t{tree.node(node).offset} + tree.node(node).length;
}

std::vector<NodeIndex> childrenOf(const SyntaxTree& tree, NodeIndex node)
{
    std::vector<NodeIndex> children;
    for (NodeIndex child = tree.firstChild(node); child != kNoNode; child = tree.nextSibling(child))
        children.push_back(child);
    return children;
}

std::string_view gapBefore(std::string_view text, std::size_t at)
{
    std::size_t begin = at;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t' || text[begin - 1] == '\n' ||
                         text[begin - 1] == '\r'))
        --begin;
    std::string_view gap = text.substr(begin, at - begin);
    if (const std::size_t line = gap.rfind('\n'); line != std::string_view::npos)
        gap.remove_prefix(line > 0 && gap[line - 1] == '\r' ? line - 1 : line);
    return gap;
}

std::string gapFor(const SyntaxTree& tree, const std::vector<NodeIndex>& children, std::size_t near)
{
    if (children.size() > 1)
        return std::string(gapBefore(tree.text(), startOf(tree, children[std::max<std::size_t>(near, 1)])));
    const std::string_view gap = gapBefore(tree.text(), startOf(tree, children.front()));
    return gap.find('\n') == std::string_view::npos ? " " : std::string(gap);
}

std::string_view indentationAt(std::string_view text, std::size_t at)
{
    const std::size_t newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
    const std::size_t end = std::min(text.find_first_not_of(" \t", begin), text.size());
    return text.substr(begin, end - begin);
}

std::string indented(std::string_view value, std::string_view indentation)
{
    const std::size_t last = value.rfind('\n');
    const bool atMargin = last != std::string_view::npos && last + 1 < value.size() &&
                          value[last + 1] != ' ' && value[last + 1] != '\t';
    if (!atMargin || indentation.empty())
        return std::string(value);
    std::string out;
    for (const char c : value) {
        out.push_back(c);
        if (c == '\n')
            out += indentation;
    }
    return out;
}

std::string_view colonBetween(const SyntaxTree& tree, NodeIndex member)
{
    const SyntaxNode& node = tree.node(member);
    const std::size_t from = std::size_t{node.keyOffset} + node.keyLength;
    const std::string_view colon = tree.text().substr(from, node.offset - from);
    return colon.find_first_not_of(" :") == std::string_view::npos ? colon : ": ";
}

} // namespace signalbox
