// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A JSON text as a flat tree of nodes with byte offsets. Nothing of the text is lost: diagnostics get their
// place from it, edits keep the author's formatting, and duplicate keys stay visible. Strict RFC 8259, at
// most 64 levels, 32 MiB and 500,000 values, so that a hostile text costs little. What can be understood in spite of a mistake (trailing commas, comments,
// duplicate keys) is understood, so that a policy that is being typed keeps its picture; each mistake is an
// issue all the same.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

enum class NodeKind : std::uint8_t { Null, Bool, Number, String, Array, Object };

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNoNode = 0xffffffffu;

/// Nodes stand in document order; the children of a node follow it, each with its subtree.
struct SyntaxNode
{
    std::uint32_t offset = 0;    ///< first byte of the value
    std::uint32_t length = 0;    ///< bytes of the value
    std::uint32_t keyOffset = 0; ///< of the key's opening quote, when keyLength > 0
    std::uint32_t keyLength =
        0; ///< bytes of the key with its quotes; 0 = an element of an array, or the root
    NodeIndex parent = kNoNode;
    NodeIndex end = 0; ///< first node that no longer belongs to this one's subtree
    std::uint32_t childCount = 0;
    NodeKind kind = NodeKind::Null;
    bool keyEscaped = false; ///< the key has escapes, so its text is not its value
};

struct SyntaxIssue
{
    const char* code = ""; ///< of diagnostic_codes.h
    std::size_t offset = 0;
    std::size_t length = 0;
    NodeIndex node = kNoNode; ///< where it concerns one
    std::string message;
    std::string hint;
};

class SyntaxTree
{
public:
    static constexpr int kMaxDepth = 64;
    static constexpr std::size_t kMaxBytes = 32u << 20;
    static constexpr std::size_t kMaxValues = 500'000; ///< what is decoded of one takes more room than its text
    static constexpr std::size_t kMaxIssues = 200;

    /// The text must outlive the tree.
    static SyntaxTree parse(std::string_view text);

    std::string_view text() const { return m_text; }
    /// The text could be read to its end; issues() may still list mistakes.
    bool readable() const { return m_readable; }
    const std::vector<SyntaxIssue>& issues() const { return m_issues; }

    NodeIndex root() const { return 0; }
    std::size_t size() const { return m_nodes.size(); }
    const SyntaxNode& node(NodeIndex index) const { return m_nodes[index]; }
    NodeKind kind(NodeIndex index) const { return m_nodes[index].kind; }

    NodeIndex firstChild(NodeIndex index) const
    {
        return m_nodes[index].childCount == 0 ? kNoNode : index + 1;
    }
    NodeIndex nextSibling(NodeIndex index) const;
    /// The child of a list at a position; kNoNode beyond its end.
    NodeIndex elementAt(NodeIndex list, std::size_t position) const;
    /// The value of a key; of a key that stands twice, the first.
    NodeIndex member(NodeIndex object, std::string_view key) const;
    /// Position among its siblings.
    std::size_t positionOf(NodeIndex index) const;

    std::string_view valueText(NodeIndex index) const;
    /// The key, unescaped; "" for an element of a list.
    std::string key(NodeIndex index) const;
    bool keyIs(NodeIndex index, std::string_view name) const;
    /// A string's value, unescaped; "" for other kinds.
    std::string string(NodeIndex index) const;
    /// A number's value; 0 for other kinds.
    double number(NodeIndex index) const;
    bool boolean(NodeIndex index) const;

private:
    friend class SyntaxParser;
    std::string_view m_text;
    std::vector<SyntaxNode> m_nodes;
    std::vector<SyntaxIssue> m_issues;
    bool m_readable = false;
};

/// The value of a JSON string token with its quotes; the token must be well-formed.
std::string unescapedJsonString(std::string_view token);
/// A JSON string token with quotes; only what must be escaped is.
std::string escapedJsonString(std::string_view value);
/// The value of a well-formed JSON number; nothing when a double cannot hold it.
std::optional<double> parsedJsonNumber(std::string_view token);

} // namespace signalbox
