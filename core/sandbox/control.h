// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The server's own paths: which faults are on, and what was asked for.

#include "sandbox/fault_book.h"
#include "sandbox/request_log.h"

#include <string_view>

namespace signalbox::sandbox {

bool isControlPath(std::string_view target);

/// GET /_signalbox/faults, POST /_signalbox/faults {"off": [ids], "on": [ids or {"id", "models", "next"}]},
/// GET /_signalbox/log.
/// `changed`: a fault was switched.
ScriptedAnswer controlAnswer(std::string_view method, std::string_view target, std::string_view body,
                             FaultBook& faults, const RequestLog& log, bool& changed);

} // namespace signalbox::sandbox
