// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A strict pull reader of JSON (RFC 8259) for chunks of streams: it walks the text once, keeps no tree and
// allocates nothing but the strings that are asked for. A general parser costs several times as much on a
// chunk of 200 bytes, and a stream has hundreds of them. Private to this room; everything else reads JSON
// with nlohmann.

#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox {

class JsonReader
{
public:
    explicit JsonReader(std::string_view text) : m_text(text) {}

    /// First byte of the value that comes: one of { [ " t f n, '0' for a number, or 0 for none.
    char peek();

    // Containers: enter, then ask for the next member until it says false. Each member's value must be read
    // or skipped before the next one is asked for. False also after an error.
    bool enterObject();
    bool nextKey(std::string_view& key); ///< valid until the next call
    bool enterArray();
    bool nextElement();

    /// Appends the decoded string. Lone surrogates and ill-formed UTF-8 become U+FFFD. Of a string that is cut or
    /// broken, what stands before is appended, and the answer is false.
    bool appendString(std::string& out);
    bool readNumber(double& out);
    bool skip();
    /// Skips a value and gives its text as it stands; valid as long as the whole text.
    bool rawValue(std::string_view& text);

    // The same in one go: calls back for each member or element, which it must read or skip. Skips what is
    // of another kind, as servers put null where a list or an object could be.
    template <typename Read>
    void members(Read&& read)
    {
        if (peek() != '{') {
            skip();
            return;
        }
        enterObject();
        std::string_view key;
        while (nextKey(key))
            read(key);
    }
    template <typename Read>
    void elements(Read&& read)
    {
        if (peek() != '[') {
            skip();
            return;
        }
        enterArray();
        while (nextElement())
            read();
    }

    bool failed() const { return m_failed; }
    /// True if exactly one whole value was read and nothing but white space follows.
    bool finished();

private:
    void space();
    bool error();
    bool literal(std::string_view word);
    bool appendRawString(std::string& out);
    bool skipString();
    bool number(std::string_view& text);
    bool escape(std::string& out);
    bool hex4(unsigned& out);

    static constexpr int kMaxDepth = 128;
    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    bool m_first = false; ///< a container was just entered
    bool m_failed = false;
    std::string m_key;
};

} // namespace signalbox
