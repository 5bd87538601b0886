// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Port: where finished traces go. The workspace implements it.

#include "base/result.h"
#include "cascade/trace.h"

#include <functional>

namespace signalbox {

class TraceSink
{
public:
    using Durable = std::function<void(Result<>)>;
    virtual ~TraceSink() = default;
    /// Takes the trace without blocking; calls `durable` once, from any thread, when it is on disk or cannot be.
    virtual void record(TracePtr trace, Durable durable) = 0;
};

} // namespace signalbox
