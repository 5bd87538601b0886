// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the server sends for one request: bytes, their times, and how it ends. Values only; the session plays
// them.

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace signalbox::sandbox {

struct TimedBytes
{
    double atMs = 0; ///< since the request was complete
    std::string bytes;
    std::uint64_t times = 1; ///< sent so often, made as the client takes them: never held in memory
    double everyMs = 0;      ///< between two of these
    bool alone = false;      ///< a packet and an HTTP chunk of its own
    bool verbatim = false;   ///< not in an HTTP chunk: the chunk coding itself is what is sent
};

inline constexpr std::uint64_t kWithoutEnd = std::numeric_limits<std::uint64_t>::max();

/// Tokens that an answer costs, by class; the classes are disjoint.
struct BilledTokens
{
    std::int64_t input = 0;
    std::int64_t cached = 0;     ///< read from the cache
    std::int64_t cacheWrite = 0; ///< written to it
    std::int64_t output = 0;
    std::int64_t reasoning = 0;
};

struct ScriptedAnswer
{
    enum class End { Whole, Cut, Reset, Stall };
    int status = 200;
    std::string contentType = "application/json";
    std::vector<std::pair<std::string, std::string>> headers; ///< further ones
    std::vector<TimedBytes>
        pieces; ///< the body, in order of time; none and not Whole = not even a status line is sent
    End end = End::Whole;
    bool chunked = false;   ///< of unknown length, as a stream always is
    bool http10 = false;    ///< the end of the connection ends the body
    double headByteMs = -1; ///< not negative: status line and headers come a byte at a time, so far apart
    bool faulted = false;

    // For the log.
    std::string model;
    std::string faultId;
    std::string replyId;
    BilledTokens billed;
    std::size_t usageAt = 0; ///< the client knows the cost when so many pieces have gone out; 0 = never
};

} // namespace signalbox::sandbox
