// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a hop may take: its tier's own budget, and what the budgets of the whole request (the policy's and the
// user tier's) leave of themselves. One way to reckon it for live runs and for what-if.

#include "policy/policy.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox {

/// What a request has taken before a hop begins. What is only estimated counts as well.
struct RequestSpent
{
    double elapsedMs = 0;
    NanoUsd cost = 0;
    std::int64_t outputTokens = 0;
    std::int64_t totalTokens = 0; ///< input and output of every call
};

/// The tighter limit of each kind.
struct HopBudget
{
    Budget budget; ///< of a hop; maxCostPerHour and maxInputTokens aside
    // Which of them are the request's rather than the tier's:
    bool requestDeadline = false;
    bool requestFirstToken = false;
    bool requestCost = false;
    bool requestOutput = false;
    bool requestTotal = false;
    std::string exhausted; ///< the reason code when nothing is left for another hop

    const char* deadlineReason() const
    {
        return requestDeadline ? "budget.request_deadline" : "budget.deadline";
    }
    const char* firstTokenReason() const
    {
        return requestFirstToken ? "budget.request_first_token" : "budget.first_token";
    }
    const char* costReason() const { return requestCost ? "budget.request_cost" : "budget.cost"; }
    const char* outputReason() const
    {
        return requestOutput ? "budget.request_tokens" : "budget.output_tokens";
    }
    const char* totalReason() const { return requestTotal ? "budget.request_tokens" : "budget.total_tokens"; }
};

/// The tighter limit of each kind of the policy's budget and the user tier's (−1 = none).
Budget requestBudget(const Policy& policy, int userTier);

/// `hopMs`: how much of its tier's time the hop has used up before.
HopBudget hopBudget(const Policy& policy, int tier, int userTier, const RequestSpent& spent, double hopMs = 0);

/// How many output tokens a hop may produce: the least of model and budget, and what the budgets of cost and
/// of tokens leave after the input; 0 = no bound. Nothing when the input alone is over one of them; `reason`
/// then says which.
std::optional<int> outputAllowance(const HopBudget& budget, const Model& model, int inputTokens,
                                   std::string* reason = nullptr);

/// Whether a hop's failure is that the whole request has used up its budget: no other tier can help then.
bool isRequestBudget(std::string_view failureReason);

} // namespace signalbox
