// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The table of calls whose process ended before it could record them.

#include "base/sqlite.h"
#include "workspace/call_journal.h"

#include <vector>

namespace signalbox {

/// Keeps those of which no trace knows. Kept ones are not kept twice. The caller owns the transaction.
Result<> storeLostCalls(const sqlite::Database& database, const std::vector<LostCall>& calls);

/// Those that no trace has taken over, by time.
Result<std::vector<LostCall>> loadLostCalls(const sqlite::Database& database);

/// Whether its trace is there, or it is among those kept: nobody needs its journal for it.
Result<bool> isKept(const sqlite::Database& database, const LostCall& call);

} // namespace signalbox
