// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From what happened to what it cost: one charge for every attempt that a provider may bill.

#include "cascade/trace.h"
#include "policy/policy.h"
#include "providers/chat.h"

#include <optional>
#include <vector>

namespace signalbox {

/// Charges of one chat call. The last attempt is of `kind`, earlier ones that may have been billed are retries.
/// Attempts that a server turned away (an error status) or was never sent cost nothing and are left out; those that
/// were sent and never answered are charges of unknown cost. `purpose` as in Attempt: "model" or "judge:RUBRIC".
std::vector<Charge> chargesOf(const ChatResult& result, const Model& model, ChargeKind kind, const std::string& purpose, int hop);

/// The attempts of a call as the trace keeps them, their times moved by `offsetMs` to the trace's start.
std::vector<Attempt> attemptsOf(const ChatResult& result, const std::string& purpose, const std::string& endpoint, double offsetMs);

/// How many output tokens a tier may produce: the least of model, budget and what the cost budget leaves after the
/// input; 0 = no bound. Nothing when the input alone is over the cost budget.
std::optional<int> outputAllowance(const Tier& tier, const Model& model, int inputTokens);

} // namespace signalbox
