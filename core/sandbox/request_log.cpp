// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/request_log.h"

#include "base/clock.h"
#include "base/json_writer.h"
#include "base/text.h"

#include <cerrno>
#include <cmath>
#include <cstring>

namespace signalbox::sandbox {

std::string jsonLineOf(const LogEntry& entry)
{
    JsonWriter json;
    json.beginObject();
    json.key("seq").integer(static_cast<std::int64_t>(entry.seq));
    json.key("time").text(isoTimestamp(entry.atMs));
    json.key("took_ms").number(std::round(entry.tookMs * 1000) / 1000);
    json.key("method").text(entry.method);
    json.key("path").text(toValidUtf8(entry.path));
    json.key("model").textOrNull(entry.model);
    json.key("status").integer(entry.status);
    json.key("client_id").textOrNull(toValidUtf8(entry.clientId));
    json.key("id").textOrNull(entry.replyId);
    json.key("fault").textOrNull(entry.fault);
    json.key("input_tokens").integer(entry.billed.input);
    json.key("cached_tokens").integer(entry.billed.cached);
    json.key("cache_write_tokens").integer(entry.billed.cacheWrite);
    json.key("output_tokens").integer(entry.billed.output);
    json.key("reasoning_tokens").integer(entry.billed.reasoning);
    json.key("usage_told").boolean(entry.usageTold);
    json.key("bytes").integer(static_cast<std::int64_t>(entry.bytes));
    json.key("end").text(entry.end);
    return json.endObject().take();
}

Result<> RequestLog::openFile(const std::string& path)
{
    const std::lock_guard lock(m_mutex);
    m_file.reset(std::fopen(path.c_str(), "ae"));
    if (!m_file)
        return fail("sandbox.log_unwritable",
                    "The log cannot be written to " + path + ": " + std::strerror(errno) + ".", path);
    return {};
}

void RequestLog::add(const LogEntry& entry)
{
    std::string line = jsonLineOf(entry) + "\n";
    const std::lock_guard lock(m_mutex);
    if (m_file) { // whole lines, so that a reader sees no half of one and a killed process loses none
        std::fwrite(line.data(), 1, line.size(), m_file.get());
        std::fflush(m_file.get());
    }
    m_bytes += line.size();
    m_lines.push_back(std::move(line));
    while (m_lines.size() > kMaxKept || m_bytes > kMaxKeptBytes) {
        m_bytes -= m_lines.front().size();
        m_lines.pop_front();
    }
}

std::string RequestLog::text() const
{
    const std::lock_guard lock(m_mutex);
    std::string out;
    out.reserve(m_bytes);
    for (const std::string& line : m_lines)
        out += line;
    return out;
}

} // namespace signalbox::sandbox
