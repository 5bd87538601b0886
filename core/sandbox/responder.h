// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One HTTP request in, one scripted answer out: what is sent, when, and how it ends. No sockets here.

#include "sandbox/dialects.h"
#include "sandbox/fault_book.h"
#include "sandbox/scenario.h"
#include "sandbox/scripted_answer.h"

#include <cstdint>
#include <string_view>

namespace signalbox::sandbox {

/// Used by one thread.
class Responder
{
public:
    Responder(Scenario scenario, std::uint64_t seed);
    ScriptedAnswer answer(std::string_view method, std::string_view target, std::string_view body);
    FaultBook& faults() { return m_faults; }

private:
    ScriptedAnswer models() const;
    ScriptedAnswer generate(Dialect dialect, std::string_view target, std::string_view body);

    Scenario m_scenario;
    FaultBook m_faults;
    std::uint64_t m_seed;
};

/// An error in OpenAI's shape.
ScriptedAnswer errorAnswer(int status, std::string_view message, std::string_view param,
                           std::string_view code);

} // namespace signalbox::sandbox
