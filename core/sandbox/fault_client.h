// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The other end of /_signalbox/faults: asks a sandbox which faults it knows and switches them, over HTTP,
// also one that another program started. Nothing here knows how the server works inside.

#include "base/result.h"
#include "providers/transport.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

/// How a careful client comes out of a fault, as its scenario states it (sandbox/README.md).
struct ExpectedOutcome
{
    std::string outcome; ///< "ok", or a kind of providers/errors.h
    int attempts = 1;    ///< tries on the endpoint
    std::string text;    ///< "whole", "part", "none"
    std::string usage;   ///< "known", "unknown"; "" = not said
    std::string retry;   ///< of a failure: "same_endpoint", "elsewhere", "never"; "" = not said
    bool operator==(const ExpectedOutcome&) const = default;
};

struct FaultState
{
    std::string id;
    std::string title;
    std::string kind;
    std::vector<std::string> models; ///< names that it hits; empty = every model
    bool on = false;
    std::optional<std::int64_t> left; ///< requests until it goes off by itself; nothing = never
    std::int64_t hits = 0;            ///< since it was switched on
    std::optional<ExpectedOutcome> expect;
    bool operator==(const FaultState&) const = default;
};

struct FaultAim
{
    std::string id;
    std::vector<std::string> models; ///< names at the endpoint; empty = every model
    int next = 0;                    ///< off after so many requests; 0 = until it is switched off
};

struct FaultSwitches
{
    std::vector<std::string> off; ///< "*" = all
    std::vector<FaultAim> on;
};

/// `done` is called once, on the network thread, unless the transport ends before. `baseUrl` is
/// "http://127.0.0.1:PORT". A port that is closed is asked again for a second: a fault of its own may have
/// closed it. Errors: sandbox.not_reached, sandbox.not_a_sandbox, sandbox.refused (what it says).
using OnFaults = std::function<void(Result<std::vector<FaultState>>)>;
void askFaults(Transport& transport, const std::string& baseUrl, OnFaults done);
void switchFaults(Transport& transport, const std::string& baseUrl, const FaultSwitches& switches,
                  OnFaults done);

/// A scenario with the faults of another one, all of them off, before its own. Error:
/// sandbox.scenario_invalid.
Result<std::string> withFaultsOf(const std::string& scenario, const std::string& lab);

} // namespace signalbox
