// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/json_reader.h"

#include "base/json_text.h"
#include "base/text.h"

#include <charconv>

namespace signalbox {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Ends a run of characters that stand for themselves in a JSON string.
bool isSpecial(char c)
{
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

bool isAscii(std::string_view text)
{
    unsigned char any = 0;
    for (const char c : text)
        any |= static_cast<unsigned char>(c);
    return any < 0x80;
}

} // namespace

bool JsonReader::error()
{
    m_failed = true;
    m_at = m_text.size();
    return false;
}

void JsonReader::space()
{
    while (m_at < m_text.size()) {
        const char c = m_text[m_at];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            break;
        ++m_at;
    }
}

char JsonReader::peek()
{
    space();
    if (m_failed || m_at >= m_text.size())
        return 0;
    const char c = m_text[m_at];
    switch (c) {
    case '{':
    case '[':
    case '"':
    case 't':
    case 'f':
    case 'n':
        return c;
    default:
        return c == '-' || isDigit(c) ? '0' : '\0';
    }
}

bool JsonReader::enterObject()
{
    if (peek() != '{' || ++m_depth > kMaxDepth)
        return error();
    ++m_at;
    m_first = true;
    return true;
}

bool JsonReader::enterArray()
{
    if (peek() != '[' || ++m_depth > kMaxDepth)
        return error();
    ++m_at;
    m_first = true;
    return true;
}

bool JsonReader::nextElement()
{
    if (m_failed)
        return false;
    space();
    const bool first = m_first;
    m_first = false;
    if (m_at >= m_text.size())
        return error();
    if (m_text[m_at] == ']') {
        ++m_at;
        --m_depth;
        return false;
    }
    if (first)
        return true;
    if (m_text[m_at] != ',')
        return error();
    ++m_at;
    return peek() != 0 || error();
}

bool JsonReader::nextKey(std::string_view& key)
{
    if (m_failed)
        return false;
    space();
    const bool first = m_first;
    m_first = false;
    if (m_at >= m_text.size())
        return error();
    if (m_text[m_at] == '}') {
        ++m_at;
        --m_depth;
        return false;
    }
    if (!first) {
        if (m_text[m_at] != ',')
            return error();
        ++m_at;
    }
    if (peek() != '"')
        return error();
    // Keys hardly ever contain escapes: point into the text when this one does not.
    std::size_t end = m_at + 1;
    while (end < m_text.size() && !isSpecial(m_text[end]))
        ++end;
    if (end < m_text.size() && m_text[end] == '"') {
        key = m_text.substr(m_at + 1, end - m_at - 1);
        m_at = end + 1;
    } else {
        m_key.clear();
        if (!appendString(m_key))
            return false;
        key = m_key;
    }
    space();
    if (m_at >= m_text.size() || m_text[m_at] != ':')
        return error();
    ++m_at;
    return true;
}

bool JsonReader::hex4(unsigned& out)
{
    if (m_at + 4 > m_text.size())
        return error();
    out = 0;
    for (int i = 0; i < 4; ++i) {
        const char c = m_text[m_at++];
        out <<= 4;
        if (isDigit(c))
            out |= static_cast<unsigned>(c - '0');
        else if (c >= 'a' && c <= 'f')
            out |= static_cast<unsigned>(c - 'a' + 10);
        else if (c >= 'A' && c <= 'F')
            out |= static_cast<unsigned>(c - 'A' + 10);
        else
            return error();
    }
    return true;
}

bool JsonReader::escape(std::string& out)
{
    if (m_at >= m_text.size())
        return error();
    const char c = m_text[m_at++];
    switch (c) {
    case '"':
    case '\\':
    case '/':
        out += c;
        return true;
    case 'b':
        out += '\b';
        return true;
    case 'f':
        out += '\f';
        return true;
    case 'n':
        out += '\n';
        return true;
    case 'r':
        out += '\r';
        return true;
    case 't':
        out += '\t';
        return true;
    case 'u':
        break;
    default:
        return error();
    }
    unsigned code = 0;
    if (!hex4(code))
        return false;
    if (code >= 0xD800 && code <= 0xDBFF && m_text.substr(m_at, 2) == "\\u") {
        const std::size_t before = m_at;
        m_at += 2;
        unsigned low = 0;
        if (!hex4(low))
            return false;
        if (low >= 0xDC00 && low <= 0xDFFF)
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        else
            m_at = before; // not its other half: read on its own
    }
    if (code >= 0xD800 && code <= 0xDFFF)
        out += kReplacement;
    else
        appendUtf8(out, code);
    return true;
}

bool JsonReader::appendString(std::string& out)
{
    const std::size_t begin = out.size();
    const bool whole = appendRawString(out);
    const std::string_view added = std::string_view(out).substr(begin);
    if (!isAscii(added) && !isValidUtf8(added)) { // also what stands before an error: the text may be shown
        const std::string mended = toValidUtf8(added);
        out.replace(begin, std::string::npos, mended);
    }
    return whole;
}

bool JsonReader::appendRawString(std::string& out)
{
    if (peek() != '"')
        return error();
    ++m_at;
    for (;;) {
        const std::size_t run = m_at;
        while (m_at < m_text.size() && !isSpecial(m_text[m_at]))
            ++m_at;
        out.append(m_text, run, m_at - run);
        if (m_at >= m_text.size())
            return error();
        const char c = m_text[m_at++];
        if (c == '"')
            return true;
        if (c != '\\')
            return error();
        if (!escape(out))
            return false;
    }
}

bool JsonReader::skipString()
{
    ++m_at;
    while (m_at < m_text.size()) {
        const char c = m_text[m_at++];
        if (c == '"')
            return true;
        if (static_cast<unsigned char>(c) < 0x20)
            return error();
        if (c == '\\') {
            std::string ignored;
            if (!escape(ignored))
                return false;
        }
    }
    return error();
}

bool JsonReader::number(std::string_view& text)
{
    const std::size_t begin = m_at;
    const auto digits = [this] {
        const std::size_t from = m_at;
        while (m_at < m_text.size() && isDigit(m_text[m_at]))
            ++m_at;
        return m_at - from;
    };
    if (m_at < m_text.size() && m_text[m_at] == '-')
        ++m_at;
    const bool zero = m_at < m_text.size() && m_text[m_at] == '0';
    const std::size_t whole = digits();
    if (whole == 0 || (zero && whole > 1))
        return error();
    if (m_at < m_text.size() && m_text[m_at] == '.') {
        ++m_at;
        if (digits() == 0)
            return error();
    }
    if (m_at < m_text.size() && (m_text[m_at] == 'e' || m_text[m_at] == 'E')) {
        ++m_at;
        if (m_at < m_text.size() && (m_text[m_at] == '+' || m_text[m_at] == '-'))
            ++m_at;
        if (digits() == 0)
            return error();
    }
    text = m_text.substr(begin, m_at - begin);
    return true;
}

bool JsonReader::readNumber(double& out)
{
    std::string_view text;
    if (peek() != '0' || !number(text))
        return error();
    // Out of range is no error of syntax: the value is left as it was.
    std::from_chars(text.data(), text.data() + text.size(), out);
    return true;
}

bool JsonReader::literal(std::string_view word)
{
    if (m_text.substr(m_at, word.size()) != word)
        return error();
    m_at += word.size();
    return true;
}

bool JsonReader::skip()
{
    std::string_view ignored;
    switch (peek()) {
    case '{':
        if (!enterObject())
            return false;
        while (nextKey(ignored)) {
            if (!skip())
                return false;
        }
        return !m_failed;
    case '[':
        if (!enterArray())
            return false;
        while (nextElement()) {
            if (!skip())
                return false;
        }
        return !m_failed;
    case '"':
        return skipString();
    case 't':
        return literal("true");
    case 'f':
        return literal("false");
    case 'n':
        return literal("null");
    case '0':
        return number(ignored);
    default:
        return error();
    }
}

bool JsonReader::rawValue(std::string_view& text)
{
    space();
    const std::size_t begin = m_at;
    if (!skip())
        return false;
    text = m_text.substr(begin, m_at - begin);
    return true;
}

bool JsonReader::finished()
{
    space();
    return !m_failed && m_depth == 0 && m_at >= m_text.size();
}

} // namespace signalbox
