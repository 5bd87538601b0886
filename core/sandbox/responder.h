// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One HTTP request in, one scripted answer out: what is sent, when, and how it ends. No sockets here.

#include "sandbox/scenario.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::sandbox {

struct TimedBytes
{
    double atMs = 0; ///< since the request was complete
    std::string bytes;
};

struct ScriptedAnswer
{
    enum class End { Whole, Cut, Stall };
    int status = 200;
    std::string contentType = "application/json";
    std::string retryAfter; ///< header value; empty = not sent
    std::vector<TimedBytes>
        pieces; ///< the body, in order of time; none and not Whole = not even a status line is sent
    End end = End::Whole;
    bool faulted = false;
};

/// Counts requests for its faults; used by one thread.
class Responder
{
public:
    Responder(Scenario scenario, std::uint64_t seed);
    ScriptedAnswer answer(std::string_view method, std::string_view target, std::string_view body);

private:
    struct Count
    {
        std::uint64_t requests = 0;
    };
    ScriptedAnswer models() const;
    ScriptedAnswer chat(std::string_view body);
    const Fault* faultFor(std::string_view model);

    Scenario m_scenario;
    std::uint64_t m_seed;
    std::vector<Count> m_counts; ///< for each fault, requests to its model
};

/// An error in OpenAI's shape.
ScriptedAnswer errorAnswer(int status, std::string_view message, std::string_view param,
                           std::string_view code);

} // namespace signalbox::sandbox
