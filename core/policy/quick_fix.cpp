// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/quick_fix.h"

#include "base/text.h"
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"
#include "policy/layout.h"

#include <algorithm>

namespace signalbox {

using namespace diagnostic;

namespace {

std::vector<QuickFix> one(std::string title, TextEdit edit)
{
    std::vector<QuickFix> fixes(1);
    fixes[0].title = std::move(title);
    fixes[0].edits.push_back(std::move(edit));
    return fixes;
}

/// Nothing but white space and commas: no comment would go with it.
bool isPlainGap(std::string_view text, std::size_t from, std::size_t to)
{
    return text.substr(from, to - from).find_first_not_of(" \t\r\n,") == std::string_view::npos;
}

/// What a title calls the value.
std::string shown(const SyntaxTree& tree, NodeIndex node)
{
    const std::string key = tree.key(node);
    if (!key.empty())
        return inQuotes(key);
    return tree.kind(node) == NodeKind::String ? inQuotes(tree.string(node)) : "the entry";
}

std::string firstLine(std::string_view json)
{
    constexpr std::size_t kShown = 40;
    const std::size_t end = std::min(json.find('\n'), json.size());
    if (end == json.size() && end <= kShown)
        return toValidUtf8(json);
    return toValidUtf8(json.substr(0, std::min(end, kShown))) + "…";
}

/// A comment, with its line when nothing else stands on it.
TextEdit withoutComment(std::string_view text, std::size_t offset, std::size_t length)
{
    std::size_t begin = offset;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t'))
        --begin;
    std::size_t end = offset + length;
    const bool alone = (begin == 0 || text[begin - 1] == '\n') && end < text.size() &&
                       (text[end] == '\n' || (text[end] == '\r' && text.substr(end, 2) == "\r\n"));
    if (alone)
        end = text.find('\n', end) + 1;
    else if (end < text.size() && text[end] != '\n' && text[end] != '\r')
        begin = offset; // something follows on the line: its space stays
    return {begin, end - begin, {}};
}

} // namespace

std::vector<QuickFix> fixByReplacing(const SyntaxTree& tree, NodeIndex node, std::string_view jsonValue,
                                     std::string title)
{
    if (node == kNoNode)
        return {};
    if (title.empty())
        title = "Write " + firstLine(jsonValue);
    return one(std::move(title), {tree.node(node).offset, tree.node(node).length, std::string(jsonValue)});
}

std::vector<QuickFix> fixByRenaming(const SyntaxTree& tree, NodeIndex member, std::string_view key)
{
    if (member == kNoNode || tree.node(member).keyLength == 0)
        return {};
    const SyntaxNode& node = tree.node(member);
    return one("Rename to " + inQuotes(key), {node.keyOffset, node.keyLength, escapedJsonString(key)});
}

std::vector<QuickFix> fixBySpelling(const SyntaxTree& tree, NodeIndex node, std::string_view word,
                                    const std::vector<std::string_view>& candidates)
{
    const std::string meant = soleNearestWord(word, candidates);
    if (meant.empty() || node == kNoNode || tree.kind(node) != NodeKind::String)
        return {};
    return fixByReplacing(tree, node, escapedJsonString(meant));
}

std::vector<QuickFix> fixByRemoving(const SyntaxTree& tree, NodeIndex node, std::string title)
{
    const NodeIndex parent = node == kNoNode ? kNoNode : tree.node(node).parent;
    if (parent == kNoNode)
        return {};
    const std::string_view text = tree.text();
    NodeIndex before = kNoNode;
    for (NodeIndex child = tree.firstChild(parent); child != node; child = tree.nextSibling(child))
        before = child;
    const NodeIndex after = tree.nextSibling(node);
    std::size_t from = startOf(tree, node);
    std::size_t to = endOf(tree, node);
    if (after != kNoNode)
        to = startOf(tree, after);
    else if (before != kNoNode)
        from = endOf(tree, before);
    else {
        from = std::size_t{tree.node(parent).offset} + 1;
        to = endOf(tree, parent) - 1;
    }
    if (!isPlainGap(text, from, startOf(tree, node)) || !isPlainGap(text, endOf(tree, node), to))
        return {};
    if (title.empty())
        title = "Remove " + shown(tree, node);
    return one(std::move(title), {from, to - from, {}});
}

std::vector<QuickFix> fixByAdding(const SyntaxTree& tree, NodeIndex object, std::string_view key,
                                  std::string_view jsonValue, MemberPlace place)
{
    if (object == kNoNode || tree.kind(object) != NodeKind::Object || tree.member(object, key) != kNoNode)
        return {};
    const std::string_view text = tree.text();
    const std::string title = "Add " + inQuotes(key) + ": " + firstLine(jsonValue);
    const std::string name = escapedJsonString(key);
    const std::size_t open = std::size_t{tree.node(object).offset} + 1;
    const std::size_t close = endOf(tree, object) - 1;
    const std::vector<NodeIndex> children = childrenOf(tree, object);
    if (children.empty())
        return isPlainGap(text, open, close)
                   ? one(title, {open, close - open, name + ": " + std::string(jsonValue)})
                   : std::vector<QuickFix>();
    if (place == MemberPlace::First) {
        const std::size_t at = startOf(tree, children.front());
        return one(title, {at, 0,
                           name + std::string(colonBetween(tree, children.front())) + std::string(jsonValue) +
                               "," + gapFor(tree, children, 0)});
    }
    const NodeIndex last = children.back();
    const std::size_t at = endOf(tree, last);
    // A comma that is too many stays behind what is added, as the mistake that it was.
    return one(title, {at, 0,
                       "," + gapFor(tree, children, children.size() - 1) + name +
                           std::string(colonBetween(tree, last)) +
                           indented(jsonValue, indentationAt(text, startOf(tree, last)))});
}

std::vector<QuickFix> fixesOfIssue(const SyntaxTree& tree, const SyntaxIssue& issue)
{
    // What follows the place where reading stopped is not known.
    if (!tree.readable())
        return {};
    const std::string_view code = issue.code;
    if (code == kTrailingComma)
        return one("Remove the comma", {issue.offset, issue.length, {}});
    if (code == kByteOrderMark)
        return one("Remove the byte order mark", {issue.offset, issue.length, {}});
    if (code == kComment)
        return one("Remove the comment", withoutComment(tree.text(), issue.offset, issue.length));
    if (code != kDuplicateKey || issue.node == kNoNode)
        return {};
    const NodeIndex first = tree.member(tree.node(issue.node).parent, tree.key(issue.node));
    if (first == kNoNode || tree.valueText(first) != tree.valueText(issue.node))
        return {};
    return fixByRemoving(tree, issue.node, "Remove the repeated " + shown(tree, issue.node));
}

namespace {

/// A threshold that fits the rubric's scale already, so that only the stated scale is wrong.
std::vector<QuickFix> scaleFix(const DecodeContext& context, NodeIndex of)
{
    const SyntaxTree& tree = context.tree();
    const NodeIndex object = tree.node(of).parent;
    const NodeIndex rubric = object == kNoNode ? kNoNode : tree.member(object, "rubric");
    const NodeIndex below = object == kNoNode ? kNoNode : tree.member(object, "below");
    if (!tree.keyIs(of, "of") || rubric == kNoNode || below == kNoNode)
        return {};
    const int index = context.rubrics.find(tree.string(rubric));
    if (index < 0)
        return {};
    const int scale = context.policy().rubrics[static_cast<std::size_t>(index)].of;
    if (tree.number(below) > scale)
        return {};
    return fixByReplacing(tree, of, std::to_string(scale));
}

bool isValueOfMetadata(const SyntaxTree& tree, NodeIndex node)
{
    for (int levels = 0; levels < 2 && node != kNoNode; ++levels) {
        node = tree.node(node).parent;
        if (node != kNoNode && tree.keyIs(node, "metadata"))
            return true;
    }
    return false;
}

} // namespace

std::vector<QuickFix> fixesOfFinding(const DecodeContext& context, const Finding& finding)
{
    const SyntaxTree& tree = context.tree();
    const std::string_view code = finding.code;
    const NodeIndex node = finding.node;
    const NodeKind kind = tree.kind(node);
    if (code == kListedTwice)
        return fixByRemoving(tree, node, "Remove the repeated " + shown(tree, node));
    if (code == kNoEffect || code == kDirectHops)
        return fixByRemoving(tree, node);
    if (code == kUnknownEndpoint)
        return context.endpoints.fixFor(tree, node, tree.string(node));
    if (code == kUnknownModel)
        return context.models.fixFor(tree, node, tree.string(node));
    if (code == kUnknownRubric)
        return context.rubrics.fixFor(tree, node, tree.string(node));
    if (code == kUnknownTemplate)
        return context.templates.fixFor(tree, node, tree.string(node));
    if (code == kUnknownTool)
        return context.tools.fixFor(tree, node, tree.string(node));
    if (code == kUnknownUserTier)
        return context.userTiers.fixFor(tree, node, tree.string(node));
    if (code == kUnknownTrigger)
        return context.triggers.fixFor(tree, node, tree.string(node));
    if (code == kScaleMismatch)
        return scaleFix(context, node);
    if (code == kUnsupportedVersion && kind == NodeKind::String && tree.string(node) == "1")
        return fixByReplacing(tree, node, "1");
    if (code == kWrongType && (kind == NodeKind::Number || kind == NodeKind::Bool) &&
        isValueOfMetadata(tree, node))
        return fixByReplacing(tree, node, "\"" + std::string(tree.valueText(node)) + "\"");
    return {};
}

} // namespace signalbox
