// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Server-sent events, as HTML Living Standard §9.2 defines their stream: LF, CR and CRLF line ends, comments, multi-line
// data. Fed bytes as they come, however they are split; bounded by maxEventBytes.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace signalbox {

class SseParser
{
public:
    explicit SseParser(std::size_t maxEventBytes = 1u << 20) : m_max(maxEventBytes) {}
    /// Calls `onEvent` with the data of each complete event. False when an event outgrew the bound.
    bool feed(std::string_view bytes, const std::function<void(std::string_view data)>& onEvent);
    /// The stream is over: its last event counts although no blank line came after it.
    bool finish(const std::function<void(std::string_view data)>& onEvent) { return feed("\n\n", onEvent); }

private:
    bool line(std::string_view text, const std::function<void(std::string_view)>& onEvent);
    std::size_t m_max;
    std::string m_line;
    std::string m_data;
    bool m_hasData = false;
    bool m_skipLf = false;
    bool m_first = true;
};

} // namespace signalbox
