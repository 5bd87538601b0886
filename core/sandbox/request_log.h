// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The server's own account of the requests it got, as JSON Lines: what another program needs to recount what
// they cost. The newest entries are kept in memory; a file, if one is named, gets all of them. Safe from any
// thread.

#include "base/result.h"
#include "sandbox/scripted_answer.h"

#include <cstdint>
#include <cstdio>
#include <deque>
#include <memory>
#include <mutex>
#include <string>

namespace signalbox::sandbox {

struct LogEntry
{
    std::uint64_t seq = 0; ///< from 1, in order of arrival
    std::int64_t atMs = 0; ///< Unix time of arrival
    double tookMs = 0;
    std::string method;
    std::string path;
    std::string model;
    int status = 0; ///< 0 = no status line was sent
    std::string clientId; ///< that the client sent the request under (X-Client-Request-Id), or ""
    std::string replyId;
    std::string fault; ///< "" = none; "unnamed" for a fault without an id
    BilledTokens billed;
    bool usageTold = false;  ///< the answer said so, and those bytes went out
    std::uint64_t bytes = 0; ///< of the answer, head included
    std::string end;         ///< "whole", "cut", "reset", "hung_up", "server_ended"
};

std::string jsonLineOf(const LogEntry& entry); ///< without a line end

class RequestLog
{
public:
    /// Appends to the file as well. Error: sandbox.log_unwritable.
    Result<> openFile(const std::string& path);
    void add(const LogEntry& entry);
    /// The entries that are kept, in order of their end, each with its line end.
    std::string text() const;

private:
    static constexpr std::size_t kMaxKept = 65'536;
    static constexpr std::size_t kMaxKeptBytes = 32u << 20;
    struct Close
    {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    mutable std::mutex m_mutex;
    std::deque<std::string> m_lines;
    std::size_t m_bytes = 0;
    std::unique_ptr<std::FILE, Close> m_file;
};

} // namespace signalbox::sandbox
