// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "policy/diagnostic_codes.h"
#include "policy/syntax_tree.h"

#include <algorithm>
#include <unordered_set>

namespace signalbox {

using namespace std::string_view_literals;

namespace {

bool isHex(char c)
{
    return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

bool isWord(char c)
{
    return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || c == '$';
}

/// Bytes of the well-formed UTF-8 sequence at `at`; 0 if there is none (The Unicode Standard, table 3-7).
std::size_t utf8Length(std::string_view s, std::size_t at)
{
    const auto byte = [&](std::size_t i) {
        return i < s.size() ? static_cast<unsigned char>(s[i]) : static_cast<unsigned char>(0);
    };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
    const unsigned char lead = byte(at);
    const unsigned char second = byte(at + 1);
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead <= 0xdf)
        return continues(at + 1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        if (!continues(at + 1) || !continues(at + 2))
            return 0;
        return (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ? 0 : 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        if (!continues(at + 1) || !continues(at + 2) || !continues(at + 3))
            return 0;
        return (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f) ? 0 : 4;
    }
    return 0;
}

} // namespace

/// One pass over the text. A function returns false when the rest of the text cannot be understood; it has
/// then said why. Recursion is bounded by SyntaxTree::kMaxDepth.
class SyntaxParser
{
public:
    explicit SyntaxParser(SyntaxTree& tree) : m_tree(tree), m_text(tree.m_text) {}

    bool document();

private:
    bool value(int depth, NodeIndex parent, std::uint32_t keyOffset, std::uint32_t keyLength);
    bool object(int depth, NodeIndex self);
    bool array(int depth, NodeIndex self);
    bool memberKey();
    bool separator(char close, bool& closed);
    bool string();
    bool escape(std::size_t start);
    bool number();
    bool literal(std::string_view word);
    bool space();
    bool comment();
    void noteDuplicateKeys(NodeIndex self);

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return m_text[m_at]; }
    bool unexpected(const std::string& expected, std::string hint = {});
    void issue(const char* code, std::size_t offset, std::size_t length, std::string message,
               std::string hint = {}, NodeIndex node = kNoNode);
    bool fatal(const char* code, std::size_t offset, std::size_t length, std::string message,
               std::string hint = {})
    {
        issue(code, offset, length, std::move(message), std::move(hint));
        return false;
    }

    SyntaxTree& m_tree;
    std::string_view m_text;
    std::size_t m_at = 0;
};

void SyntaxParser::issue(const char* code, std::size_t offset, std::size_t length, std::string message,
                         std::string hint, NodeIndex node)
{
    if (m_tree.m_issues.size() >= SyntaxTree::kMaxIssues)
        return;
    m_tree.m_issues.push_back({code, offset, length, node, std::move(message), std::move(hint)});
}

bool SyntaxParser::unexpected(const std::string& expected, std::string hint)
{
    if (atEnd())
        return fatal(diagnostic::kNotJson, m_text.size(), 0,
                     "The text ends where " + expected + " is expected.",
                     hint.empty() ? "Write the rest of it." : std::move(hint));
    const std::size_t length = utf8Length(m_text, m_at);
    if (length == 0)
        return fatal(diagnostic::kInvalidUtf8, m_at, 1, "The text is not valid UTF-8 here.",
                     "Save the file as UTF-8.");
    if (peek() == '\'' && hint.empty())
        hint = "Strings stand in double quotes.";
    const std::string_view sign = m_text.substr(m_at, length);
    if (sign == "\xe2\x80\x9c" || sign == "\xe2\x80\x9d" || sign == "\xe2\x80\x9e" || sign == "\xc2\xab" ||
        sign == "\xc2\xbb")
        hint = "Quotes are straight in JSON: \".";
    else if (sign == "\xc2\xa0" || sign == "\xe2\x80\x8b" || sign == "\xe3\x80\x80")
        hint = "This is an unusual space, which JSON does not know; write an ordinary one.";
    else if (sign == "," && hint.empty())
        hint = "There is a comma too many.";
    else if ((sign == "+" || sign == ".") && hint.empty())
        hint = "A number begins with a digit or a minus sign: write 0.5.";
    else if (sign == "\0"sv && hint.empty())
        hint = "Is the file a policy, and saved as UTF-8?";
    else if (hint.empty())
        hint = "A value is a text in double quotes, a number, true, false, null, a list or an object.";
    std::size_t end = m_at + length;
    if (isWord(peek())) {
        while (end < m_text.size() && end - m_at < 24 && isWord(m_text[end]))
            ++end;
    }
    const std::string shown = static_cast<unsigned char>(peek()) < 0x20
                                  ? "A control character"
                                  : "\"" + std::string(m_text.substr(m_at, end - m_at)) + "\"";
    return fatal(diagnostic::kNotJson, m_at, end - m_at,
                 shown + " stands where " + expected + " is expected.", std::move(hint));
}

bool SyntaxParser::comment()
{
    const std::size_t start = m_at;
    const char second = m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0';
    if (peek() == '/' && second != '/' && second != '*')
        return unexpected("a value, a comma or a bracket", "A single slash has no meaning in JSON.");
    std::size_t end = std::string_view::npos;
    if (second == '*' && peek() == '/') {
        end = m_text.find("*/", m_at + 2);
        if (end == std::string_view::npos)
            return fatal(diagnostic::kComment, start, 2, "A comment has no end; JSON has no comments at all.",
                         "Remove it, or write a \"note\" key.");
        end += 2;
    } else {
        end = std::min(m_text.find('\n', m_at), m_text.size());
    }
    issue(diagnostic::kComment, start, end - start, "JSON has no comments.",
          "Write a \"note\" key instead; every object may have one.");
    m_at = end;
    return true;
}

bool SyntaxParser::space()
{
    while (!atEnd()) {
        const char c = peek();
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            ++m_at;
        } else if (c == '/' || c == '#') {
            if (!comment())
                return false;
        } else {
            break;
        }
    }
    return true;
}

bool SyntaxParser::escape(std::size_t start)
{
    const std::size_t at = m_at;
    const auto quad = [&](std::size_t from, unsigned& out) {
        if (from + 4 > m_text.size())
            return false;
        out = 0;
        for (std::size_t i = from; i < from + 4; ++i) {
            const char c = m_text[i];
            if (!isHex(c))
                return false;
            out = out * 16 + (isDigit(c) ? static_cast<unsigned>(c - '0')
                                         : static_cast<unsigned>((c | 0x20) - 'a') + 10u);
        }
        return true;
    };
    if (at + 1 >= m_text.size())
        return fatal(diagnostic::kBadString, start, m_text.size() - start, "The text ends inside a string.",
                     "Close it with \".");
    const char c = m_text[at + 1];
    if (c != 'u') {
        if (std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos)
            return fatal(diagnostic::kBadString, at, 1 + utf8Length(m_text, at + 1),
                         "This escape is not known in JSON.", "Write a backslash as \\\\.");
        m_at += 2;
        return true;
    }
    unsigned unit = 0;
    if (!quad(at + 2, unit))
        return fatal(diagnostic::kBadString, at, 2, "\\u needs four hexadecimal digits.",
                     "Write the character itself; the file is UTF-8.");
    m_at += 6;
    if (unit >= 0xdc00 && unit < 0xe000)
        return fatal(diagnostic::kBadString, at, 6,
                     "This is the second half of a surrogate pair without its first.",
                     "Write the character itself; the file is UTF-8.");
    if (unit >= 0xd800 && unit < 0xdc00) {
        unsigned low = 0;
        if (m_text.substr(m_at, 2) != "\\u" || !quad(m_at + 2, low) || low < 0xdc00 || low >= 0xe000)
            return fatal(diagnostic::kBadString, at, 6, "This is half of a surrogate pair.",
                         "Write the character itself; the file is UTF-8.");
        m_at += 6;
    }
    return true;
}

bool SyntaxParser::string()
{
    const std::size_t start = m_at++;
    while (!atEnd()) {
        const auto c = static_cast<unsigned char>(peek());
        if (c == '"') {
            ++m_at;
            return true;
        }
        if (c == '\\') {
            if (!escape(start))
                return false;
        } else if (c < 0x20) {
            const bool newline = c == '\n' || c == '\r';
            return fatal(diagnostic::kBadString, newline ? start : m_at, newline ? m_at - start : 1,
                         newline ? "The string has no end on its line."
                                 : "A string holds a control character.",
                         newline ? "Close it with \"; write a line break as \\n."
                                 : "Write it as an escape, \\t for a tab.");
        } else if (c < 0x80) {
            ++m_at;
        } else {
            const std::size_t length = utf8Length(m_text, m_at);
            if (length == 0)
                return fatal(diagnostic::kInvalidUtf8, m_at, 1, "The text is not valid UTF-8 here.",
                             "Save the file as UTF-8.");
            m_at += length;
        }
    }
    return fatal(diagnostic::kBadString, start, m_text.size() - start, "The text ends inside a string.",
                 "Close it with \".");
}

bool SyntaxParser::number()
{
    const std::size_t start = m_at;
    const auto digits = [&] {
        const std::size_t from = m_at;
        while (!atEnd() && isDigit(peek()))
            ++m_at;
        return m_at > from;
    };
    const auto bad = [&](const char* message, const char* hint) {
        while (!atEnd() && (isWord(peek()) || peek() == '.' || peek() == '+' || peek() == '-'))
            ++m_at;
        return fatal(diagnostic::kBadNumber, start, m_at - start, message, hint);
    };
    if (peek() == '-')
        ++m_at;
    if (atEnd() || !isDigit(peek()))
        return bad("A number needs a digit here.", "Infinity and NaN are no numbers of JSON.");
    if (peek() == '0' && m_at + 1 < m_text.size() && isDigit(m_text[m_at + 1]))
        return bad("A number does not begin with a zero.", "Write it without the leading zero.");
    digits();
    if (!atEnd() && peek() == '.') {
        ++m_at;
        if (!digits())
            return bad("A number needs a digit after its point.", "Write 2 or 2.0.");
    }
    if (!atEnd() && (peek() == 'e' || peek() == 'E')) {
        ++m_at;
        if (!atEnd() && (peek() == '+' || peek() == '-'))
            ++m_at;
        if (!digits())
            return bad("An exponent needs a digit.", "Write it as in 1e3.");
    }
    if (!atEnd() && (isWord(peek()) || peek() == '.'))
        return bad("This is not a number.", "Text stands in double quotes; digits are not grouped.");
    if (!parsedJsonNumber(m_text.substr(start, m_at - start)))
        issue(diagnostic::kBadNumber, start, m_at - start, "A double cannot hold this number.",
              "Write one of at most 17 digits, between 1e-307 and 1e308.");
    return true;
}

bool SyntaxParser::literal(std::string_view word)
{
    const std::size_t end = m_at + word.size();
    if (m_text.substr(m_at, word.size()) != word || (end < m_text.size() && isWord(m_text[end])))
        return unexpected("a value", "Text stands in double quotes; true, false and null are lower-case.");
    m_at = end;
    return true;
}

bool SyntaxParser::memberKey()
{
    if (atEnd() || peek() != '"')
        return unexpected("a key in double quotes",
                          !atEnd() && isWord(peek()) ? "Write keys in double quotes."
                          : !atEnd() && (peek() == ',' || peek() == '\'')
                              ? ""
                              : "Within braces, every value has a key in double quotes and a colon before it.");
    return string();
}

bool SyntaxParser::separator(char close, bool& closed)
{
    closed = false;
    if (!space())
        return false;
    if (!atEnd() && peek() == close) {
        ++m_at;
        closed = true;
        return true;
    }
    if (atEnd() || peek() != ',')
        return unexpected(std::string("a comma or \"") + close + "\"",
                          atEnd() ? "A bracket or a brace is not closed."
                          : peek() == (close == '}' ? ']' : '}')
                              ? std::string("What begins with \"") + (close == '}' ? "{" : "[") + "\" ends with \"" +
                                    close + "\"."
                              : "A comma may be missing before this.");
    const std::size_t comma = m_at++;
    if (!space())
        return false;
    if (!atEnd() && peek() == close) {
        issue(diagnostic::kTrailingComma, comma, 1, "A comma stands after the last element.",
              "Remove the comma.");
        ++m_at;
        closed = true;
    }
    return true;
}

bool SyntaxParser::object(int depth, NodeIndex self)
{
    ++m_at;
    if (!space())
        return false;
    if (!atEnd() && peek() == '}') {
        ++m_at;
        return true;
    }
    for (bool closed = false; !closed;) {
        const std::size_t key = m_at;
        if (!memberKey())
            return false;
        const std::size_t keyLength = m_at - key;
        if (!space())
            return false;
        if (atEnd() || peek() != ':')
            return unexpected("a colon after the key", "Write \"key\": value.");
        ++m_at;
        ++m_tree.m_nodes[self].childCount;
        if (!value(depth, self, static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(keyLength)))
            return false;
        if (!separator('}', closed))
            return false;
    }
    noteDuplicateKeys(self);
    return true;
}

bool SyntaxParser::array(int depth, NodeIndex self)
{
    ++m_at;
    if (!space())
        return false;
    if (!atEnd() && peek() == ']') {
        ++m_at;
        return true;
    }
    for (bool closed = false; !closed;) {
        ++m_tree.m_nodes[self].childCount;
        if (!value(depth, self, 0, 0) || !separator(']', closed))
            return false;
    }
    return true;
}

void SyntaxParser::noteDuplicateKeys(NodeIndex self)
{
    // noteDuplicateKeys() runs before the node's end is set, so it walks to the end of the nodes.
    const auto& nodes = m_tree.m_nodes;
    const auto token = [&](NodeIndex n) { return m_text.substr(nodes[n].keyOffset, nodes[n].keyLength); };
    const auto report = [&](NodeIndex n) {
        std::string key = m_tree.key(n);
        issue(diagnostic::kDuplicateKey, nodes[n].keyOffset, nodes[n].keyLength,
              "The key \"" + key + "\" stands twice in this object; the first one counts.",
              "Remove one of them.", n);
    };
    const NodeIndex end = static_cast<NodeIndex>(nodes.size());
    bool escapes = false;
    for (NodeIndex n = self + 1; n < end && !escapes; n = nodes[n].end)
        escapes = nodes[n].keyEscaped;
    if (escapes) {
        std::unordered_set<std::string> seen;
        for (NodeIndex n = self + 1; n < end; n = nodes[n].end) {
            if (!seen.insert(m_tree.key(n)).second)
                report(n);
        }
    } else if (nodes[self].childCount > 16) {
        std::unordered_set<std::string_view> seen;
        for (NodeIndex n = self + 1; n < end; n = nodes[n].end) {
            if (!seen.insert(token(n)).second)
                report(n);
        }
    } else {
        for (NodeIndex n = self + 1; n < end; n = nodes[n].end) {
            for (NodeIndex other = self + 1; other < n; other = nodes[other].end) {
                if (token(other) == token(n)) {
                    report(n);
                    break;
                }
            }
        }
    }
}

bool SyntaxParser::value(int depth, NodeIndex parent, std::uint32_t keyOffset, std::uint32_t keyLength)
{
    if (!space())
        return false;
    if (atEnd())
        return unexpected("a value");
    const char first = peek();
    const bool container = first == '{' || first == '[';
    if (container && depth >= SyntaxTree::kMaxDepth)
        return fatal(diagnostic::kTooDeep, m_at, 1,
                     "The text is nested more than " + std::to_string(SyntaxTree::kMaxDepth) +
                         " levels deep.",
                     "A bracket may be repeated by mistake; no part of a policy is as deep.");

    if (m_tree.m_nodes.size() >= SyntaxTree::kMaxValues)
        return fatal(diagnostic::kTooLarge, m_at, 1, "The text has more than 500,000 values.",
                     "Prompts and outcomes belong into a dataset of the workspace, not into a policy.");

    const NodeIndex self = static_cast<NodeIndex>(m_tree.m_nodes.size());
    SyntaxNode fresh;
    fresh.offset = static_cast<std::uint32_t>(m_at);
    fresh.keyOffset = keyOffset;
    fresh.keyLength = keyLength;
    fresh.keyEscaped =
        keyLength > 0 && m_text.substr(keyOffset, keyLength).find('\\') != std::string_view::npos;
    fresh.parent = parent;
    fresh.kind = first == '{'                   ? NodeKind::Object
                 : first == '['                 ? NodeKind::Array
                 : first == '"'                 ? NodeKind::String
                 : first == 't' || first == 'f' ? NodeKind::Bool
                 : first == 'n'                 ? NodeKind::Null
                                                : NodeKind::Number;
    m_tree.m_nodes.push_back(fresh);

    bool ok = false;
    switch (fresh.kind) {
    case NodeKind::Object:
        ok = object(depth + 1, self);
        break;
    case NodeKind::Array:
        ok = array(depth + 1, self);
        break;
    case NodeKind::String:
        ok = string();
        break;
    case NodeKind::Bool:
        ok = literal(first == 't' ? "true" : "false");
        break;
    case NodeKind::Null:
        ok = literal("null");
        break;
    case NodeKind::Number:
        ok = first == '-' || isDigit(first)
                 ? number()
                 : unexpected("a value",
                              isWord(first)
                                  ? "Text stands in double quotes; true, false and null are lower-case."
                                  : "");
        break;
    }
    if (!ok)
        return false;
    SyntaxNode& node = m_tree.m_nodes[self];
    node.length = static_cast<std::uint32_t>(m_at - node.offset);
    node.end = static_cast<NodeIndex>(m_tree.m_nodes.size());
    return true;
}

bool SyntaxParser::document()
{
    if (m_text.size() > SyntaxTree::kMaxBytes)
        return fatal(diagnostic::kTooLarge, 0, 0, "The text is larger than 32 MiB.",
                     "Prompts and outcomes belong into a dataset of the workspace, not into a policy.");
    if (m_text.substr(0, 3) == "\xef\xbb\xbf") {
        issue(diagnostic::kByteOrderMark, 0, 3, "The text begins with a byte order mark.",
              "Save the file as UTF-8 without one.");
        m_at = 3;
    }
    if (!space())
        return false;
    if (atEnd())
        return fatal(diagnostic::kNotJson, m_text.size(), 0, "The text is empty.",
                     "A policy is a JSON object: {\"signalbox\": 1, …}.");
    m_tree.m_nodes.reserve(m_text.size() / 24 + 8);
    if (!value(0, kNoNode, 0, 0) || !space())
        return false;
    if (!atEnd())
        return fatal(diagnostic::kTextAfterEnd, m_at, m_text.size() - m_at,
                     "There is text after the end of the document.", "A brace may be closed too early.");
    return true;
}

SyntaxTree SyntaxTree::parse(std::string_view text)
{
    SyntaxTree tree;
    tree.m_text = text;
    tree.m_readable = SyntaxParser(tree).document();
    if (!tree.m_readable)
        tree.m_nodes.clear();
    return tree;
}

} // namespace signalbox
