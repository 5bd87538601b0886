// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/diff.h"

#include "policy/canonical.h"
#include "policy/pointer.h"
#include "policy/syntax_tree.h"
#include "policy/vocabulary.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace signalbox {

namespace {

using Kind = PolicyChange::Kind;

/// An element's id as pointers know it: digits alone would pass for a position.
std::string idOf(const SyntaxTree& tree, NodeIndex element)
{
    if (tree.kind(element) != NodeKind::Object)
        return {};
    const NodeIndex node = tree.member(element, "id");
    std::string id = node == kNoNode ? std::string() : tree.string(node);
    if (std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; }))
        id.clear();
    return id;
}

struct Element
{
    NodeIndex node = kNoNode;
    std::string id;
};

std::vector<Element> elementsOf(const SyntaxTree& tree, NodeIndex list)
{
    std::vector<Element> out;
    out.reserve(tree.node(list).childCount);
    for (NodeIndex child = tree.firstChild(list); child != kNoNode; child = tree.nextSibling(child))
        out.push_back({child, idOf(tree, child)});
    return out;
}

/// Every element has an id of its own.
bool goById(const std::vector<Element>& elements)
{
    std::unordered_set<std::string_view> seen;
    return std::ranges::all_of(elements, [&](const Element& element) {
        return !element.id.empty() && seen.insert(element.id).second;
    });
}

/// Marks the members of a longest rising run, in O(n log n) (Fredman 1975): what need not be moved.
std::vector<char> longestRising(const std::vector<int>& values)
{
    std::vector<std::size_t> tails; // positions of the least last member of a run of each length
    std::vector<std::size_t> before(values.size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto at =
            std::ranges::lower_bound(tails, values[i], {}, [&](std::size_t tail) { return values[tail]; });
        if (at != tails.begin())
            before[i] = *std::prev(at);
        if (at == tails.end())
            tails.push_back(i);
        else
            *at = i;
    }
    std::vector<char> kept(values.size(), 0);
    for (std::size_t i = tails.empty() ? values.size() : tails.back(); i < values.size(); i = before[i])
        kept[i] = 1;
    return kept;
}

class Comparison
{
public:
    Comparison(const SyntaxTree& before, const SyntaxTree& after) : m_before(before), m_after(after) {}

    std::vector<PolicyChange> changes;

    void compare(NodeIndex before, NodeIndex after, ObjectType type, const std::string& pointer)
    {
        if (m_before.valueText(before) == m_after.valueText(after))
            return;
        const NodeKind kind = m_before.kind(before);
        if (kind != m_after.kind(after)) {
            changed(before, after, type, pointer);
        } else if (kind == NodeKind::Object) {
            compareObjects(before, after, type, pointer);
        } else if (kind == NodeKind::Array) {
            compareLists(before, after, type, pointer);
        } else {
            changed(before, after, type, pointer);
        }
    }

private:
    void changed(NodeIndex before, NodeIndex after, ObjectType type, const std::string& pointer)
    {
        PolicyChange change;
        change.kind = Kind::Changed;
        change.pointer = pointer;
        change.before = canonicalValue(m_before, before, type);
        change.after = canonicalValue(m_after, after, type);
        if (change.before != change.after)
            changes.push_back(std::move(change));
    }
    void removed(NodeIndex node, ObjectType type, std::string pointer, int position = -1)
    {
        changes.push_back(
            {Kind::Removed, std::move(pointer), canonicalValue(m_before, node, type), {}, position});
    }
    void added(NodeIndex node, ObjectType type, std::string pointer, int position = -1)
    {
        changes.push_back(
            {Kind::Added, std::move(pointer), {}, canonicalValue(m_after, node, type), position});
    }

    static ObjectType typeUnder(ObjectType type, const std::string& key)
    {
        for (const KeyInfo& info : keysOf(type)) {
            if (info.name == key)
                return info.holds;
        }
        return ObjectType::Free;
    }

    struct Member
    {
        NodeIndex node = kNoNode;
        std::string key;
    };
    /// Of a key that stands twice the first counts, as for the decoder.
    static std::vector<Member> membersOf(const SyntaxTree& tree, NodeIndex object, bool dropExport)
    {
        std::vector<Member> out;
        std::unordered_set<std::string> seen;
        for (NodeIndex child = tree.firstChild(object); child != kNoNode; child = tree.nextSibling(child)) {
            std::string key = tree.key(child);
            if ((dropExport && key == "export") || !seen.insert(key).second)
                continue;
            out.push_back({child, std::move(key)});
        }
        return out;
    }

    void compareObjects(NodeIndex before, NodeIndex after, ObjectType type, const std::string& pointer)
    {
        const bool top = pointer.empty();
        const std::vector<Member> old = membersOf(m_before, before, top);
        const std::vector<Member> fresh = membersOf(m_after, after, top);
        std::unordered_map<std::string_view, std::size_t> oldPlace;
        for (std::size_t i = 0; i < old.size(); ++i)
            oldPlace.emplace(old[i].key, i);
        std::unordered_set<std::string_view> stays;
        for (const Member& member : fresh) {
            if (oldPlace.contains(member.key))
                stays.insert(member.key);
        }
        const auto at = [&](const std::string& key) { return pointer + '/' + escapedPointerToken(key); };
        const auto emitRemovedFrom = [&](std::size_t i) {
            for (; i < old.size() && !stays.contains(old[i].key); ++i)
                removed(old[i].node, typeUnder(type, old[i].key), at(old[i].key));
        };
        emitRemovedFrom(0);
        for (const Member& member : fresh) {
            const auto place = oldPlace.find(member.key);
            const ObjectType holds = typeUnder(type, member.key);
            if (place == oldPlace.end()) {
                added(member.node, holds, at(member.key));
                continue;
            }
            compare(old[place->second].node, member.node, holds, at(member.key));
            emitRemovedFrom(place->second + 1);
        }
    }

    void compareLists(NodeIndex before, NodeIndex after, ObjectType type, const std::string& pointer)
    {
        const std::vector<Element> old = elementsOf(m_before, before);
        const std::vector<Element> fresh = elementsOf(m_after, after);
        if (goById(old) && goById(fresh))
            compareById(old, fresh, type, pointer);
        else
            compareByContent(old, fresh, type, pointer);
    }

    /// Elements without ids are the same when they are equal (a longest common subsequence), so that a row
    /// that is put in front changes no other. Of the rest, two at the same position are one that has changed:
    /// its pointer then leads to it in both policies.
    void compareByContent(const std::vector<Element>& old, const std::vector<Element>& fresh, ObjectType type,
                          const std::string& pointer)
    {
        const auto at = [&](std::size_t i) { return pointer + '/' + std::to_string(i); };
        std::size_t i = 0;
        std::size_t k = 0;
        const auto between = [&](std::size_t oldEnd, std::size_t freshEnd) {
            while (i < oldEnd || k < freshEnd) {
                if (i < oldEnd && k < freshEnd && i == k) {
                    compare(old[i++].node, fresh[k].node, type, at(k));
                    ++k;
                } else if (i < oldEnd && (i < k || k == freshEnd)) {
                    removed(old[i].node, type, at(i), static_cast<int>(i));
                    ++i;
                } else {
                    added(fresh[k].node, type, at(k), static_cast<int>(k));
                    ++k;
                }
            }
        };
        for (const auto& [same, now] : commonElements(old, fresh, type)) {
            between(same, now);
            i = same + 1;
            k = now + 1;
        }
        between(old.size(), fresh.size());
    }

    /// Positions of what stands in both lists, in their order.
    std::vector<std::pair<std::size_t, std::size_t>>
    commonElements(const std::vector<Element>& old, const std::vector<Element>& fresh, ObjectType type) const
    {
        // Every element becomes a line, so that the comparison of lines finds what they have in common.
        std::unordered_map<std::string, std::size_t> numbers;
        const auto lines = [&](const SyntaxTree& tree, const std::vector<Element>& elements) {
            std::string out;
            for (const Element& element : elements) {
                const std::size_t number =
                    numbers.try_emplace(canonicalValue(tree, element.node, type), numbers.size())
                        .first->second;
                out += std::to_string(number) + '\n';
            }
            return out;
        };
        const std::string before = lines(m_before, old);
        const std::string after = lines(m_after, fresh);
        std::vector<std::pair<std::size_t, std::size_t>> common;
        for (const DiffLine& line : diffLines(before, after)) {
            if (line.kind == DiffLine::Kind::Same)
                common.emplace_back(line.lineBefore - 1, line.lineAfter - 1);
        }
        return common;
    }

    void compareById(const std::vector<Element>& old, const std::vector<Element>& fresh, ObjectType type,
                     const std::string& pointer)
    {
        std::unordered_map<std::string_view, std::size_t> oldPlace;
        for (std::size_t i = 0; i < old.size(); ++i)
            oldPlace.emplace(old[i].id, i);
        std::vector<int> places; // in the earlier list, of what is in both
        std::unordered_set<std::string_view> stays;
        for (const Element& element : fresh) {
            if (const auto place = oldPlace.find(element.id); place != oldPlace.end()) {
                places.push_back(static_cast<int>(place->second));
                stays.insert(element.id);
            }
        }
        const std::vector<char> unmoved = longestRising(places);
        const auto at = [&](const std::string& id) { return pointer + '/' + escapedPointerToken(id); };
        const auto emitRemovedFrom = [&](std::size_t i) {
            for (; i < old.size() && !stays.contains(old[i].id); ++i)
                removed(old[i].node, type, at(old[i].id), static_cast<int>(i));
        };
        emitRemovedFrom(0);
        std::size_t common = 0;
        for (std::size_t i = 0; i < fresh.size(); ++i) {
            const auto place = oldPlace.find(fresh[i].id);
            if (place == oldPlace.end()) {
                added(fresh[i].node, type, at(fresh[i].id), static_cast<int>(i));
                continue;
            }
            if (!unmoved[common++])
                changes.push_back({Kind::Moved, at(fresh[i].id), std::to_string(place->second),
                                   std::to_string(i), static_cast<int>(i)});
            compare(old[place->second].node, fresh[i].node, type, at(fresh[i].id));
            emitRemovedFrom(place->second + 1);
        }
    }

    const SyntaxTree& m_before;
    const SyntaxTree& m_after;
};

} // namespace

std::vector<PolicyChange> diffPolicies(const PolicyDocument& before, const PolicyDocument& after)
{
    if (before.text == after.text)
        return {};
    const SyntaxTree& old = before.tree;
    const SyntaxTree& fresh = after.tree;
    const auto isPolicy = [](const SyntaxTree& tree) {
        return tree.readable() && tree.size() > 0 && tree.kind(tree.root()) == NodeKind::Object;
    };
    const PolicyChange whole{Kind::Changed, "", before.text, after.text, -1};
    if (!isPolicy(old) || !isPolicy(fresh))
        return {whole};
    Comparison comparison(old, fresh);
    comparison.compare(old.root(), fresh.root(), ObjectType::Policy, "");
    // What lies behind a key that stands twice is a difference, too, although it has no pointer of its own.
    if (comparison.changes.empty() &&
        canonicalText(old, ExportMark::Drop) != canonicalText(fresh, ExportMark::Drop))
        return {whole};
    return std::move(comparison.changes);
}

} // namespace signalbox
