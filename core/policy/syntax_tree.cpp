// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/syntax_tree.h"

namespace signalbox {

NodeIndex SyntaxTree::nextSibling(NodeIndex index) const
{
    const NodeIndex parent = m_nodes[index].parent;
    if (parent == kNoNode)
        return kNoNode;
    const NodeIndex next = m_nodes[index].end;
    return next < m_nodes[parent].end ? next : kNoNode;
}

NodeIndex SyntaxTree::elementAt(NodeIndex list, std::size_t position) const
{
    if (position >= m_nodes[list].childCount)
        return kNoNode;
    NodeIndex child = firstChild(list);
    for (; position > 0 && child != kNoNode; --position)
        child = nextSibling(child);
    return child;
}

NodeIndex SyntaxTree::member(NodeIndex object, std::string_view name) const
{
    if (kind(object) != NodeKind::Object)
        return kNoNode;
    for (NodeIndex child = firstChild(object); child != kNoNode; child = nextSibling(child)) {
        if (keyIs(child, name))
            return child;
    }
    return kNoNode;
}

std::size_t SyntaxTree::positionOf(NodeIndex index) const
{
    const NodeIndex parent = m_nodes[index].parent;
    std::size_t position = 0;
    if (parent == kNoNode)
        return 0;
    for (NodeIndex child = firstChild(parent); child != index && child != kNoNode; child = nextSibling(child))
        ++position;
    return position;
}

std::string_view SyntaxTree::valueText(NodeIndex index) const
{
    return m_text.substr(m_nodes[index].offset, m_nodes[index].length);
}

std::string SyntaxTree::key(NodeIndex index) const
{
    const SyntaxNode& n = m_nodes[index];
    return n.keyLength == 0 ? std::string() : unescapedJsonString(m_text.substr(n.keyOffset, n.keyLength));
}

bool SyntaxTree::keyIs(NodeIndex index, std::string_view name) const
{
    const SyntaxNode& n = m_nodes[index];
    if (n.keyLength == 0)
        return false;
    if (!n.keyEscaped)
        return m_text.substr(n.keyOffset + 1, n.keyLength - 2) == name;
    return key(index) == name;
}

std::string SyntaxTree::string(NodeIndex index) const
{
    return kind(index) == NodeKind::String ? unescapedJsonString(valueText(index)) : std::string();
}

double SyntaxTree::number(NodeIndex index) const
{
    return kind(index) == NodeKind::Number ? parsedJsonNumber(valueText(index)).value_or(0.0) : 0.0;
}

bool SyntaxTree::boolean(NodeIndex index) const
{
    return kind(index) == NodeKind::Bool && m_text[m_nodes[index].offset] == 't';
}

} // namespace signalbox
