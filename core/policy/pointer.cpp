// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/pointer.h"

#include <algorithm>
#include <charconv>

namespace signalbox {

namespace {

/// The id by which an element is addressed. Digits alone are none, since they would pass for a position.
std::string idOf(const SyntaxTree& tree, NodeIndex element)
{
    const NodeIndex node = tree.member(element, "id");
    std::string id = node == kNoNode ? std::string() : tree.string(node);
    if (std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; }))
        id.clear();
    return id;
}

NodeIndex elementById(const SyntaxTree& tree, NodeIndex list, std::string_view id)
{
    for (NodeIndex child = tree.firstChild(list); child != kNoNode; child = tree.nextSibling(child)) {
        if (idOf(tree, child) == id)
            return child;
    }
    return kNoNode;
}

} // namespace

std::string escapedPointerToken(std::string_view token)
{
    std::string out;
    for (const char c : token) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out.push_back(c);
    }
    return out;
}

std::optional<std::vector<std::string>> pointerTokens(std::string_view pointer)
{
    std::vector<std::string> tokens;
    if (pointer.empty())
        return tokens;
    if (pointer.front() != '/')
        return std::nullopt;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '/') {
            tokens.emplace_back();
        } else if (pointer[i] == '~') {
            ++i;
            if (i >= pointer.size() || (pointer[i] != '0' && pointer[i] != '1'))
                return std::nullopt;
            tokens.back().push_back(pointer[i] == '0' ? '~' : '/');
        } else {
            tokens.back().push_back(pointer[i]);
        }
    }
    return tokens;
}

std::string pointerOf(const SyntaxTree& tree, NodeIndex node)
{
    std::vector<std::string> tokens;
    for (NodeIndex at = node; at != kNoNode; at = tree.node(at).parent) {
        const NodeIndex parent = tree.node(at).parent;
        if (parent == kNoNode)
            break;
        if (tree.node(at).keyLength > 0) {
            const std::string key = tree.key(at);
            if (tree.member(parent, key) != at)
                tokens.clear(); // the first of a repeated key counts: no pointer leads into the others
            tokens.push_back(escapedPointerToken(key));
            continue;
        }
        const std::string id = idOf(tree, at);
        if (!id.empty() && elementById(tree, parent, id) == at)
            tokens.push_back(escapedPointerToken(id));
        else
            tokens.push_back(std::to_string(tree.positionOf(at)));
    }
    std::string pointer;
    for (auto token = tokens.rbegin(); token != tokens.rend(); ++token)
        pointer += "/" + *token;
    return pointer;
}

NodeIndex childAt(const SyntaxTree& tree, NodeIndex parent, std::string_view token)
{
    if (tree.kind(parent) == NodeKind::Object)
        return tree.member(parent, token);
    if (tree.kind(parent) != NodeKind::Array || token.empty())
        return kNoNode;
    if (const NodeIndex byId = elementById(tree, parent, token); byId != kNoNode)
        return byId;
    std::size_t position = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), position);
    if (error != std::errc() || end != token.data() + token.size() || (token.size() > 1 && token[0] == '0'))
        return kNoNode;
    return tree.elementAt(parent, position);
}

NodeIndex nodeAt(const SyntaxTree& tree, std::string_view pointer)
{
    const auto tokens = pointerTokens(pointer);
    if (!tree.readable() || !tokens)
        return kNoNode;
    NodeIndex node = tree.root();
    for (const std::string& token : *tokens) {
        node = childAt(tree, node, token);
        if (node == kNoNode)
            break;
    }
    return node;
}

} // namespace signalbox
