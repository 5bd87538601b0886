// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/accounting.h"

#include "cascade/hop_budget.h"
#include "providers/pricing.h"

namespace signalbox {

namespace {

/// A stream that began was computed for, whether or not it came to its end; an error status was not. A request that
/// went out and was given up before any status came may have been computed for: nobody can say that it was free.
bool mayHaveBeenBilled(const ChatAttempt& attempt)
{
    return attempt.errorKind.empty() || (attempt.httpStatus >= 200 && attempt.httpStatus < 300) ||
           (attempt.httpStatus == 0 && attempt.requestSent);
}

} // namespace

std::vector<Charge> chargesOf(const ChatResult& result, const Model& model, ChargeKind kind, const std::string& purpose, int hop)
{
    std::vector<Charge> charges;
    for (std::size_t i = 0; i < result.attempts.size(); ++i) {
        const ChatAttempt& attempt = result.attempts[i];
        if (!mayHaveBeenBilled(attempt))
            continue;
        Charge charge;
        charge.kind = i + 1 == result.attempts.size() ? kind : ChargeKind::Retry;
        charge.model = model.id;
        charge.hop = hop;
        charge.purpose = purpose;
        charge.tokens = attempt.usage;
        charge.requestId = attempt.requestId;
        if (model.price) {
            charge.priceSource = model.price->source;
            charge.priceAsOf = model.price->asOf;
        }
        charge.cost = costOf(attempt.usage, model.price);
        if (!charge.cost)
            charge.estimate = leastCostOf(attempt.usage, model.price);
        charges.push_back(std::move(charge));
    }
    return charges;
}

std::vector<Attempt> attemptsOf(const ChatResult& result, const std::string& purpose, const std::string& endpoint, double offsetMs)
{
    std::vector<Attempt> attempts;
    attempts.reserve(result.attempts.size());
    for (const ChatAttempt& from : result.attempts) {
        Attempt to;
        to.purpose = purpose;
        to.number = from.number;
        to.endpoint = endpoint;
        to.httpStatus = from.httpStatus;
        to.errorKind = from.errorKind;
        to.message = from.message;
        to.startMs = offsetMs + from.startMs;
        to.connectMs = from.connectMs;
        to.ttftMs = from.ttftMs;
        to.totalMs = from.totalMs;
        to.simulated = from.simulated;
        to.queueMs = from.queueMs;
        to.requestId = from.requestId;
        attempts.push_back(std::move(to));
    }
    return attempts;
}

std::optional<int> outputAllowance(const Tier& tier, const Model& model, int inputTokens)
{
    HopBudget own;
    own.budget = tier.budget;
    return outputAllowance(own, model, inputTokens);
}

} // namespace signalbox
