// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/edit.h"

#include "policy/canonical.h"
#include "policy/diagnostic_codes.h"
#include "policy/layout.h"
#include "policy/pointer.h"
#include "policy/syntax_tree.h"

#include <algorithm>

namespace signalbox {

namespace {

std::string_view trimmedJson(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool onlyDuplicateKeys(const SyntaxTree& tree)
{
    return std::ranges::all_of(tree.issues(), [](const SyntaxIssue& issue) {
        return std::string_view(issue.code) == diagnostic::kDuplicateKey;
    });
}

std::string replaced(std::string_view text, std::size_t from, std::size_t to, std::string_view with)
{
    std::string out;
    out.reserve(text.size() - (to - from) + with.size());
    out += text.substr(0, from);
    out += with;
    out += text.substr(to);
    return out;
}

tl::unexpected<Error> notJson(const SyntaxTree& tree)
{
    std::string why = tree.issues().empty() ? std::string() : " " + tree.issues().front().message;
    return fail("edit.not_json", "The policy's text is not JSON and cannot be edited by pointer." + why);
}

tl::unexpected<Error> noSuchValue(std::string_view pointer)
{
    return fail("edit.no_such_value", "The policy has no value at \"" + std::string(pointer) + "\".",
                std::string(pointer));
}

Result<std::string_view> checkedValue(std::string_view jsonValue)
{
    const SyntaxTree tree = SyntaxTree::parse(jsonValue);
    if (!tree.readable() || !tree.issues().empty()) {
        return fail("edit.bad_value",
                    "The new value is not JSON: " + tree.issues().front().message +
                        " Text stands in double quotes.",
                    std::string(jsonValue.substr(0, 80)));
    }
    return trimmedJson(jsonValue);
}

/// The list at the pointer, in a text that can be taken apart.
Result<NodeIndex> editableList(const SyntaxTree& tree, std::string_view pointer)
{
    if (!tree.readable() || !onlyDuplicateKeys(tree))
        return notJson(tree);
    const NodeIndex list = nodeAt(tree, pointer);
    if (list == kNoNode)
        return noSuchValue(pointer);
    if (tree.kind(list) != NodeKind::Array)
        return fail("edit.not_a_list", "The value at \"" + std::string(pointer) + "\" is not a list.",
                    std::string(pointer));
    return list;
}

tl::unexpected<Error> badPosition(std::string_view pointer, std::size_t position, std::size_t count)
{
    return fail("edit.bad_position",
                "The list at \"" + std::string(pointer) + "\" has " + std::to_string(count) +
                    " elements and none at position " + std::to_string(position) + ".",
                std::string(pointer));
}

ObjectType heldUnder(ObjectType type, std::string_view key)
{
    const auto keys = keysOf(type);
    const auto known = std::ranges::find(keys, key, &KeyInfo::name);
    return known == keys.end() ? ObjectType::Free : known->holds;
}

/// What the objects at or in the node are.
ObjectType typeOf(const SyntaxTree& tree, NodeIndex node)
{
    const NodeIndex parent = tree.node(node).parent;
    if (parent == kNoNode)
        return ObjectType::Policy;
    const ObjectType above = typeOf(tree, parent);
    return tree.kind(parent) == NodeKind::Object ? heldUnder(above, tree.key(node)) : above;
}

/// Whether what is in the list or object stands on lines of its own.
bool isSpread(const SyntaxTree& tree, NodeIndex node)
{
    const NodeIndex first = tree.firstChild(node);
    return first != kNoNode &&
           gapBefore(tree.text(), startOf(tree, first)).find('\n') != std::string_view::npos;
}

/// Whether a list or object in `parent` is to be spread: as the last one beside it is; as the parent, when
/// there is none.
bool spreadsIn(const SyntaxTree& tree, NodeIndex parent, NodeIndex except = kNoNode)
{
    if (parent == kNoNode)
        return false;
    NodeIndex like = parent;
    for (NodeIndex child = tree.firstChild(parent); child != kNoNode; child = tree.nextSibling(child)) {
        if (child != except && tree.firstChild(child) != kNoNode)
            like = child;
    }
    return isSpread(tree, like);
}

/// A new value as its neighbours are written: canonically where they are spread, else as it comes. What comes
/// in several lines has its own layout.
std::string laidOut(std::string_view value, bool spread, ObjectType type)
{
    if (!spread || value.find('\n') != std::string_view::npos)
        return std::string(value);
    const SyntaxTree tree = SyntaxTree::parse(value);
    if (tree.firstChild(tree.root()) == kNoNode)
        return std::string(value);
    return canonicalValue(tree, tree.root(), type);
}

std::string addedMember(const SyntaxTree& tree, NodeIndex object, const std::string& key,
                        std::string_view raw)
{
    const std::string_view text = tree.text();
    const std::vector<NodeIndex> children = childrenOf(tree, object);
    const std::string name = escapedJsonString(key);
    const ObjectType type = typeOf(tree, object);
    if (children.empty()) {
        const std::size_t open = tree.node(object).offset;
        const bool spread = spreadsIn(tree, tree.node(object).parent, object);
        const std::string whole = laidOut("{" + name + ": " + std::string(raw) + "}", spread, type);
        return replaced(text, open, endOf(tree, object), indented(whole, indentationAt(text, open)));
    }
    const NodeIndex last = children.back();
    const std::string value = laidOut(raw, spreadsIn(tree, object), heldUnder(type, key));
    const std::string_view colon = colonBetween(tree, last);
    const std::string gap = gapFor(tree, children, children.size() - 1);
    const std::string_view indentation = indentationAt(text, startOf(tree, last));
    return replaced(text, endOf(tree, last), endOf(tree, last),
                    "," + gap + name + std::string(colon) + indented(value, indentation));
}

} // namespace

Result<std::string> setValue(std::string_view text, std::string_view pointer, std::string_view jsonValue)
{
    const auto value = checkedValue(jsonValue);
    if (!value)
        return tl::unexpected(value.error());
    const SyntaxTree tree = SyntaxTree::parse(text);
    if (!tree.readable())
        return notJson(tree);
    if (const NodeIndex node = nodeAt(tree, pointer); node != kNoNode) {
        if (tree.valueText(node) == *value)
            return std::string(text);
        const std::string_view indentation = indentationAt(text, startOf(tree, node));
        const bool spread = tree.firstChild(node) != kNoNode ? isSpread(tree, node)
                                                             : spreadsIn(tree, tree.node(node).parent, node);
        return replaced(text, tree.node(node).offset, endOf(tree, node),
                        indented(laidOut(*value, spread, typeOf(tree, node)), indentation));
    }
    const auto tokens = pointerTokens(pointer);
    if (!tokens || tokens->empty())
        return fail("edit.bad_pointer",
                    "\"" + std::string(pointer) + "\" is not a JSON Pointer; one begins with \"/\".",
                    std::string(pointer));
    const NodeIndex parent = nodeAt(tree, pointer.substr(0, pointer.rfind('/')));
    if (parent == kNoNode || tree.kind(parent) != NodeKind::Object)
        return noSuchValue(pointer);
    return addedMember(tree, parent, tokens->back(), *value);
}

Result<std::string> insertElement(std::string_view text, std::string_view listPointer, std::size_t position,
                                  std::string_view jsonValue)
{
    const auto value = checkedValue(jsonValue);
    if (!value)
        return tl::unexpected(value.error());
    const SyntaxTree tree = SyntaxTree::parse(text);
    const auto list = editableList(tree, listPointer);
    if (!list)
        return tl::unexpected(list.error());
    const std::vector<NodeIndex> children = childrenOf(tree, *list);
    if (position == std::string_view::npos)
        position = children.size();
    if (position > children.size())
        return badPosition(listPointer, position, children.size());
    const ObjectType type = typeOf(tree, *list);
    if (children.empty()) {
        const std::size_t open = tree.node(*list).offset;
        const bool spread = spreadsIn(tree, tree.node(*list).parent, *list);
        const std::string whole = laidOut("[" + std::string(*value) + "]", spread, type);
        return replaced(text, open, endOf(tree, *list), indented(whole, indentationAt(text, open)));
    }
    const std::size_t near = position == 0 ? 0 : position - 1;
    const std::string gap = gapFor(tree, children, near);
    const std::string fresh = indented(laidOut(*value, spreadsIn(tree, *list), type),
                                       indentationAt(text, startOf(tree, children[near])));
    if (position == 0) {
        const std::size_t at = startOf(tree, children.front());
        return replaced(text, at, at, fresh + "," + gap);
    }
    const std::size_t at = endOf(tree, children[near]);
    return replaced(text, at, at, "," + gap + fresh);
}

Result<std::string> removeValue(std::string_view text, std::string_view pointer)
{
    const SyntaxTree tree = SyntaxTree::parse(text);
    if (!tree.readable() || !onlyDuplicateKeys(tree))
        return notJson(tree);
    const NodeIndex node = nodeAt(tree, pointer);
    if (node == kNoNode)
        return noSuchValue(pointer);
    const NodeIndex parent = tree.node(node).parent;
    if (parent == kNoNode)
        return fail("edit.bad_pointer", "The whole document cannot be removed.", std::string(pointer));
    const std::vector<NodeIndex> siblings = childrenOf(tree, parent);
    if (siblings.size() == 1)
        return replaced(text, tree.node(parent).offset + 1, endOf(tree, parent) - 1, "");
    if (node != siblings.back())
        return replaced(text, startOf(tree, node), startOf(tree, tree.nextSibling(node)), "");
    return replaced(text, endOf(tree, siblings[siblings.size() - 2]), endOf(tree, node), "");
}

Result<std::string> moveElement(std::string_view text, std::string_view listPointer, std::size_t from,
                                std::size_t to)
{
    const SyntaxTree tree = SyntaxTree::parse(text);
    const auto list = editableList(tree, listPointer);
    if (!list)
        return tl::unexpected(list.error());
    const std::vector<NodeIndex> places = childrenOf(tree, *list);
    for (const std::size_t position : {from, to}) {
        if (position >= places.size())
            return badPosition(listPointer, position, places.size());
    }
    // Elements change places; what stands between the places stays.
    std::vector<NodeIndex> order = places;
    const NodeIndex moved = order[from];
    order.erase(order.begin() + static_cast<std::ptrdiff_t>(from));
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(to), moved);
    std::string out;
    out.reserve(text.size());
    std::size_t at = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        out += text.substr(at, tree.node(places[i]).offset - at);
        out += tree.valueText(order[i]);
        at = endOf(tree, places[i]);
    }
    out += text.substr(at);
    return out;
}

Result<std::string> valueAt(std::string_view text, std::string_view pointer)
{
    const auto range = rangeOf(text, pointer);
    if (!range)
        return tl::unexpected(range.error());
    return std::string(text.substr(range->offset, range->length));
}

Result<TextRange> rangeOf(std::string_view text, std::string_view pointer)
{
    const SyntaxTree tree = SyntaxTree::parse(text);
    if (!tree.readable())
        return notJson(tree);
    const NodeIndex node = nodeAt(tree, pointer);
    if (node == kNoNode)
        return noSuchValue(pointer);
    return TextRange{tree.node(node).offset, tree.node(node).length};
}

std::string pointerAt(std::string_view text, std::size_t offset)
{
    const SyntaxTree tree = SyntaxTree::parse(text);
    if (!tree.readable())
        return {};
    NodeIndex node = tree.root();
    for (NodeIndex child = tree.firstChild(node); child != kNoNode;) {
        if (offset >= startOf(tree, child) && offset < endOf(tree, child)) {
            node = child;
            child = tree.firstChild(node);
        } else {
            child = tree.nextSibling(child);
        }
    }
    return pointerOf(tree, node);
}

} // namespace signalbox
