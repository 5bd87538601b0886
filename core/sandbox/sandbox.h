// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Local model endpoints over real HTTP on loopback: OpenAI-compatible chat completions whose intelligence is
// simulated. They know only the bytes of the request they receive. Everything they answer carries the header
// `x-signalbox-sandbox: 1`. One thread of its own (Boost.Asio).
//
// How the simulation works is described in sandbox/README.md; a scenario file changes its numbers.

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace signalbox {

struct SandboxOptions
{
    int port = 0;             ///< 0 = any free one
    std::string scenarioJson; ///< empty = the built-in Harbor Support scenario
    std::uint64_t seed = 1;
    std::vector<std::string> faults = {}; ///< ids of faults of the scenario that are on from the beginning
    std::string logPath = {}; ///< the request log is appended to this file; empty = kept in memory only
};

struct SandboxCounters
{
    std::uint64_t requests = 0;
    std::uint64_t completed = 0;
    std::uint64_t faulted = 0; ///< answered as a fault of the scenario
    std::uint64_t connections = 0;
};

class Sandbox
{
public:
    /// Listens on 127.0.0.1 before it returns. Errors: sandbox.port_in_use, sandbox.scenario_invalid,
    /// sandbox.unknown_fault, sandbox.log_unwritable.
    static Result<std::unique_ptr<Sandbox>> start(const SandboxOptions& options = {});
    ~Sandbox(); ///< closes every connection and ends the thread

    int port() const;
    std::string baseUrl() const; ///< "http://127.0.0.1:PORT"
    SandboxCounters counters() const;

    // From any thread but the sandbox's own:
    /// Switches a named fault of the scenario; "*" is all of them. It holds for every request that comes
    /// after. Error: sandbox.unknown_fault.
    Result<> setFault(const std::string& id, bool on);
    /// {"faults": [{"id", "title", "kind", "model", "models", "on", "left", "hits", "expect"}]}
    std::string faultsJson() const;
    /// The request log, newest 65,536 entries: JSON Lines, described in README.md. Its costs are the
    /// sandbox's own account, made without any of the client's code.
    std::string log() const;

private:
    Sandbox();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace signalbox
