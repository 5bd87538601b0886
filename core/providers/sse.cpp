// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/sse.h"

#include <algorithm>

namespace signalbox {

namespace {

/// Start of the line end, or npos. Two memchr calls beat a scan for either on long lines, and a CR is rare.
std::size_t lineEnd(std::string_view bytes, std::size_t from)
{
    const std::size_t lf = bytes.find('\n', from);
    const std::size_t cr = bytes.substr(0, lf).find('\r', from);
    return cr != std::string_view::npos ? cr : lf;
}

} // namespace

bool SseParser::feed(std::string_view bytes, const std::function<void(std::string_view data)>& onEvent)
{
    std::size_t at = 0;
    if (m_skipLf && !bytes.empty()) {
        m_skipLf = false;
        at = bytes[0] == '\n' ? 1 : 0; // the second half of a CRLF that was split
    }
    while (at < bytes.size()) {
        const std::size_t end = lineEnd(bytes, at);
        const std::string_view part = bytes.substr(at, end == std::string_view::npos ? end : end - at);
        if (m_line.size() + part.size() + m_data.size() > m_max)
            return false;
        if (end == std::string_view::npos) {
            m_line += part;
            return true;
        }
        bool within = true;
        if (m_line.empty()) {
            within = line(part, onEvent);
        } else {
            m_line += part;
            within = line(m_line, onEvent);
            m_line.clear();
        }
        if (!within)
            return false;
        at = end + 1;
        if (bytes[end] == '\r') {
            if (at == bytes.size())
                m_skipLf = true;
            else if (bytes[at] == '\n')
                ++at;
        }
    }
    return true;
}

bool SseParser::line(std::string_view text, const std::function<void(std::string_view)>& onEvent)
{
    if (m_first) {
        m_first = false;
        if (text.starts_with("\xEF\xBB\xBF"))
            text.remove_prefix(3);
    }
    if (text.empty()) {
        if (m_hasData) {
            m_hasData = false;
            onEvent(m_data);
            m_data.clear();
        }
        return true;
    }
    // Only the data field matters to us: a comment begins with a colon, and what event, id and retry say, the
    // protocols spoken here say in their data too. Two failures come outside of it: llama.cpp put them into a
    // field "error", and some servers write the bare object when a stream has begun.
    const std::size_t colon = text.find(':');
    const std::string_view field = text.substr(0, colon);
    std::string_view value = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    if (field == "{\"error\"")
        value = text;
    else if (field != "data" && field != "error")
        return true;
    if (value.starts_with(' '))
        value.remove_prefix(1);
    if (m_data.size() + value.size() + 1 > m_max)
        return false;
    if (m_hasData)
        m_data += '\n';
    m_data += value;
    m_hasData = true;
    return true;
}

} // namespace signalbox
