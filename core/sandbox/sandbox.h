// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Local model endpoints over real HTTP on loopback: OpenAI-compatible chat completions whose intelligence is simulated.
// They know only the bytes of the request they receive. Everything they answer carries the header
// `x-signalbox-sandbox: 1`. One thread of its own (Boost.Asio).
//
// How the simulation works is described in sandbox/README.md; a scenario file changes its numbers.

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <string>

namespace signalbox {

struct SandboxOptions
{
    int port = 0;             ///< 0 = any free one
    std::string scenarioJson; ///< empty = the built-in Harbor Support scenario
    std::uint64_t seed = 1;
};

struct SandboxCounters
{
    std::uint64_t requests = 0;
    std::uint64_t completed = 0;
    std::uint64_t faulted = 0;  ///< answered as a fault of the scenario
    std::uint64_t connections = 0;
};

class Sandbox
{
public:
    /// Listens on 127.0.0.1 before it returns. Errors: sandbox.port_in_use, sandbox.scenario_invalid.
    static Result<std::unique_ptr<Sandbox>> start(const SandboxOptions& options = {});
    ~Sandbox(); ///< closes every connection and ends the thread

    int port() const;
    std::string baseUrl() const; ///< "http://127.0.0.1:PORT"
    SandboxCounters counters() const;

private:
    Sandbox();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace signalbox
