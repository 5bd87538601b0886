// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Port: where finished traces go. The workspace implements it.

#include "base/result.h"
#include "cascade/trace.h"

#include <functional>

namespace signalbox {

/// What is known of a run before its first call.
struct RunOutline
{
    std::string traceId;
    std::int64_t startedAtMs = 0;
    std::string dataset;
    std::string promptId;
    TraceMode mode = TraceMode::Policy;
    std::string policyHash;
    std::string policyName;
    std::string inputHash;
    std::string userTier;
};

class TraceSink
{
public:
    using Durable = std::function<void(Result<>)>;
    virtual ~TraceSink() = default;
    /// A call is about to go out, and a provider will want to be paid for it: what is remembered of it
    /// outlives this process even if that is killed before the trace is recorded. On the network thread; must
    /// not block. `call.estimate` is what it may cost at most, as far as that can be told.
    virtual void callBegins(const RunOutline& /*run*/, const std::string& /*tier*/, const Charge& /*call*/) {}
    /// What has come of it costs more than was said: from now on it is this much at most, until this is said again.
    virtual void callGrows(const std::string& /*traceId*/, const std::string& /*requestId*/,
                           NanoUsd /*estimate*/)
    {
    }
    /// It has ended. `charge` is null when nobody can have billed it.
    virtual void callEnded(const std::string& /*traceId*/, const std::string& /*requestId*/,
                           const Charge* /*charge*/)
    {
    }
    /// Takes the trace without blocking; calls `durable` once, from any thread, when it is on disk or cannot be.
    virtual void record(TracePtr trace, Durable durable) = 0;
};

} // namespace signalbox
