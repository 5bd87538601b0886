// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The table of calls whose process ended before it could record them.

#include "base/sqlite.h"
#include "workspace/call_journal.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace signalbox {

/// Keeps those of which no trace knows. Kept ones are not kept twice. The caller owns the transaction.
Result<> storeLostCalls(const sqlite::Database& database, const std::vector<LostCall>& calls);

/// Those that no trace has taken over, by time.
Result<std::vector<LostCall>> loadLostCalls(const sqlite::Database& database);

/// Those of a dataset's runs of one kind under one policy, for the process that goes on with them. Of prompts that are
/// `left` to run they are claimed by `claimer`, unless they are claimed by another that `holds` says is there;
/// of others they are charged to the newest trace of the prompt. The caller owns the transaction, a writing one:
/// that is why each call is charged once.
Result<TakenOverCalls> takeOver(const sqlite::Database& database, const RunOutline& runs,
                                const std::set<std::string>& left, const std::string& claimer,
                                const std::function<bool(const std::string&)>& holds);

/// Whether its trace is there, or it is among those kept: nobody needs its journal for it.
Result<bool> isKept(const sqlite::Database& database, const LostCall& call);

} // namespace signalbox
