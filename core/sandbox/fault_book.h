// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which faults are on, which requests they hit, and how often they did. Used by the sandbox's thread only.

#include "base/result.h"
#include "sandbox/fault.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::sandbox {

struct Hit
{
    const Fault* fault = nullptr;
    std::size_t index = 0;    ///< of the fault
    std::uint64_t number = 0; ///< from 1: how often it has hit since it was switched on
    explicit operator bool() const { return fault != nullptr; }
};

/// A fault that is to be switched on: whom it hits and for how long.
struct Aim
{
    std::string id;
    std::vector<std::string> models = {}; ///< only these; empty = those that the scenario says
    int next =
        0; ///< it goes off by itself after so many requests to them; 0 = it stays until it is switched off
};

class FaultBook
{
public:
    FaultBook(std::vector<Fault> faults, std::uint64_t seed);

    /// Counts a request to a model; the first fault that hits it.
    Hit hitRequest(std::string_view model);
    /// Counts a request whose headers have come, and whose body has not.
    Hit hitHeaders();

    /// A fault that is switched on counts from the beginning. False if none has the id.
    bool set(std::string_view id, bool on);
    /// All of `off` (or "*": every fault with an id), then all of `on`. Nothing changes if one is unknown.
    Result<> set(std::span<const std::string> off, std::span<const Aim> on);

    /// The fault that closes the port, if it is on.
    const Fault* refusing() const;
    /// {"faults": [{"id", "title", "kind", "model", "models", "on", "left", "hits", "expect"}]}
    std::string stateJson() const;

private:
    struct State
    {
        bool on = true;
        std::uint64_t requests = 0;
        std::uint64_t hits = 0;
        std::vector<std::string> models; ///< that it was aimed at; empty = as the scenario says
        std::uint64_t left = 0;          ///< requests until it goes off by itself; 0 = never
    };
    bool concerns(std::size_t index, std::string_view model) const;
    Result<> mayBe(const Aim& aim) const;
    Hit hit(Fault::Kind wanted, bool only, std::string_view model);
    bool selects(std::size_t index, std::uint64_t n) const;

    std::vector<Fault> m_faults;
    std::vector<State> m_states;
    std::uint64_t m_seed;
};

std::string_view nameOf(Fault::Kind kind);

} // namespace signalbox::sandbox
