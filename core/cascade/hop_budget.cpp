// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/hop_budget.h"

#include <algorithm>
#include <cmath>

namespace signalbox {

namespace {

template <class T>
void tighten(std::optional<T>& limit, const std::optional<T>& other)
{
    if (other && (!limit || *other < *limit))
        limit = other;
}

/// True when `left` is the tighter one.
template <class T>
bool take(std::optional<T>& own, const std::optional<T>& left)
{
    if (!left || (own && *own <= *left))
        return false;
    own = left;
    return true;
}

std::optional<int> leftOf(const std::optional<int>& limit, double taken)
{
    return limit ? std::optional(static_cast<int>(std::max(0.0, std::floor(*limit - taken)))) : std::nullopt;
}

} // namespace

Budget requestBudget(const Policy& policy, int userTier)
{
    Budget all = policy.budget;
    if (userTier < 0)
        return all;
    const Budget& own = policy.userTiers[static_cast<std::size_t>(userTier)].budget;
    tighten(all.deadlineMs, own.deadlineMs);
    tighten(all.firstTokenMs, own.firstTokenMs);
    tighten(all.maxCost, own.maxCost);
    tighten(all.maxInputTokens, own.maxInputTokens);
    tighten(all.maxOutputTokens, own.maxOutputTokens);
    tighten(all.maxTotalTokens, own.maxTotalTokens);
    all.maxCostPerHour.reset(); // of the policy and of the user tier: each has an hour of its own
    return all;
}

HopBudget hopBudget(const Policy& policy, int tier, int userTier, const RequestSpent& spent, double hopMs)
{
    const Budget whole = requestBudget(policy, userTier);
    HopBudget hop;
    hop.budget = policy.tiers[static_cast<std::size_t>(tier)].budget;
    hop.budget.deadlineMs = leftOf(hop.budget.deadlineMs, hopMs);
    hop.budget.firstTokenMs = leftOf(hop.budget.firstTokenMs, hopMs);
    hop.requestDeadline = take(hop.budget.deadlineMs, leftOf(whole.deadlineMs, spent.elapsedMs));
    hop.requestFirstToken = take(hop.budget.firstTokenMs, leftOf(whole.firstTokenMs, spent.elapsedMs));
    const auto cost =
        whole.maxCost ? std::optional(std::max<NanoUsd>(0, *whole.maxCost - spent.cost)) : std::nullopt;
    hop.requestCost = take(hop.budget.maxCost, cost);
    hop.requestOutput = take(hop.budget.maxOutputTokens,
                             leftOf(whole.maxOutputTokens, static_cast<double>(spent.outputTokens)));
    hop.requestTotal =
        take(hop.budget.maxTotalTokens, leftOf(whole.maxTotalTokens, static_cast<double>(spent.totalTokens)));
    if (hop.budget.deadlineMs && *hop.budget.deadlineMs < 1 && (hop.requestDeadline || hopMs > 0))
        hop.exhausted = hop.deadlineReason();
    else if (hop.budget.firstTokenMs && *hop.budget.firstTokenMs < 1 && (hop.requestFirstToken || hopMs > 0))
        hop.exhausted = hop.firstTokenReason();
    else if (hop.requestCost && *hop.budget.maxCost <= 0)
        hop.exhausted = hop.costReason();
    else if ((hop.requestOutput && *hop.budget.maxOutputTokens < 1) ||
             (hop.requestTotal && *hop.budget.maxTotalTokens < 1))
        hop.exhausted = "budget.request_tokens";
    return hop;
}

std::optional<int> outputAllowance(const HopBudget& hop, const Model& model, int inputTokens,
                                   std::string* reason)
{
    const auto refuse = [&](const char* why) {
        if (reason != nullptr)
            *reason = why;
        return std::optional<int>();
    };
    int allowed = model.maxOutputTokens;
    const auto bound = [&](int limit) { allowed = allowed == 0 ? limit : std::min(allowed, limit); };
    const Budget& budget = hop.budget;
    if (budget.maxOutputTokens)
        bound(*budget.maxOutputTokens);
    if (budget.maxTotalTokens) {
        if (*budget.maxTotalTokens <= inputTokens)
            return refuse(hop.totalReason());
        bound(*budget.maxTotalTokens - inputTokens);
    }
    if (!budget.maxCost || !model.price || !model.price->inputPerMtok || !model.price->outputPerMtok)
        return allowed;
    // USD per million tokens is nano-dollars per thousandth of a token.
    const double left =
        static_cast<double>(*budget.maxCost) - inputTokens * *model.price->inputPerMtok * 1000;
    if (left <= 0)
        return refuse(hop.costReason());
    if (*model.price->outputPerMtok > 0) {
        const double affordable = std::floor(left / (*model.price->outputPerMtok * 1000));
        if (affordable < 1)
            return refuse(hop.costReason());
        if (affordable < 1e9)
            bound(static_cast<int>(affordable));
    }
    return allowed;
}

bool isRequestBudget(std::string_view failureReason)
{
    return failureReason.starts_with("budget.request_");
}

} // namespace signalbox
