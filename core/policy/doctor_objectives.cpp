// SPDX-License-Identifier: GPL-3.0-or-later
// The worst way through the cascade against objectives and budgets; weights and release gates.
#include "policy/diagnostic_codes.h"
#include "policy/examination.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>

namespace signalbox {

using namespace diagnostic;

namespace {

bool isPriced(const Model& model)
{
    return model.price && model.price->inputPerMtok && model.price->outputPerMtok;
}

/// What one hop can cost at most, in nano-dollars: the tier's ceiling, or its most tokens at its dearest
/// model.
std::optional<double> mostCost(const Examination& e, const Tier& tier)
{
    double dearest = 0;
    for (const int index : tier.models) {
        const Model& model = e.model(index);
        const int context = model.contextTokens > 0 ? model.contextTokens : -1;
        const int input = tier.budget.maxInputTokens.value_or(context);
        const int output =
            tier.budget.maxOutputTokens.value_or(model.maxOutputTokens > 0 ? model.maxOutputTokens : -1);
        if (!isPriced(model) || input < 0 || output < 0) {
            dearest = -1;
            break;
        }
        const double output1 =
            std::max(*model.price->outputPerMtok, model.price->reasoningPerMtok.value_or(0));
        const double usd = (*model.price->inputPerMtok * input + output1 * output) / 1e6;
        dearest = std::max(dearest, usd * kNanoPerUsd);
    }
    const std::optional<double> ceiling =
        tier.budget.maxCost ? std::optional(static_cast<double>(*tier.budget.maxCost)) : std::nullopt;
    if (dearest < 0)
        return ceiling;
    return ceiling ? std::min(*ceiling, dearest) : dearest;
}

bool isOneOf(const std::vector<int>& tiers, int tier)
{
    return std::ranges::find(tiers, tier) != tiers.end();
}

/// Calls back for the policy's objectives and for those of each user tier, with the user tier's budget and name.
template <typename Compare>
void forEachSlo(const Examination& e, const Compare& compare)
{
    const Policy& policy = e.policy();
    compare(policy.slo, e.part("slo"), Budget{}, std::string());
    for (std::size_t i = 0; i < policy.userTiers.size(); ++i)
        compare(policy.userTiers[i].slo, e.of("user_tiers", i, "slo"), policy.userTiers[i].budget,
                " of " + inQuotes(policy.userTiers[i].id));
}

void slowestWay(Examination& e)
{
    const Policy& policy = e.policy();
    std::vector<std::optional<double>> deadlines;
    std::vector<int> unstated;
    for (std::size_t i = 0; i < policy.tiers.size(); ++i) {
        const std::optional<int>& deadline = policy.tiers[i].budget.deadlineMs;
        deadlines.push_back(deadline ? *deadline : kDefaultHopDeadlineMs);
        if (!deadline)
            unstated.push_back(static_cast<int>(i));
    }
    const auto slowest = e.graph().heaviest(deadlines, Lanes::Overlap);
    if (!slowest)
        return;
    std::erase_if(unstated, [&](int tier) { return !isOneOf(slowest->tiers, tier); });
    // A router that asks a model does so before the first hop.
    double router = 0;
    for (const Examination::RouterAt& at : e.routers())
        router += at.router->deadlineMs.value_or(0);
    double total = slowest->total + router;
    std::string way = (router > 0 ? "router → " : "") + e.journeyName(*slowest);
    if (policy.budget.deadlineMs && total > *policy.budget.deadlineMs) {
        if (unstated.empty()) // where tiers state none, the request's is meant to do
            e.report(kCutShort, e.keyOr(e.keyOr(e.tree().root(), "budget"), "deadline_ms"),
                     "A request that uses up every deadline (" + way + ") would take " + formatMs(total) +
                         "; its own deadline of " + formatMs(*policy.budget.deadlineMs) + " ends it before.",
                     "Later tiers are then asked only when earlier ones are quick.");
        total = *policy.budget.deadlineMs;
    }
    if (!unstated.empty())
        way += "; " + e.namesOf(unstated) + (unstated.size() == 1 ? " states" : " state") + " none, so that " +
               formatMs(kDefaultHopDeadlineMs) + " hold";
    // Deadlines bound the worst case, an objective speaks of the 95th percentile: a note.
    forEachSlo(e, [&](const Slo& slo, NodeIndex node, const Budget& budget, const std::string& whose) {
        const double bound = budget.deadlineMs ? std::min<double>(total, *budget.deadlineMs) : total;
        if (!slo.p95LatencyMs || bound <= *slo.p95LatencyMs)
            return;
        e.report(kSlowPath, e.keyOr(node, "p95_latency_ms"),
                 "A request that uses up every deadline (" + way + ") takes " + formatMs(bound) +
                     ", the objective for the 95th percentile" + whose + " is " +
                     formatMs(*slo.p95LatencyMs) + ".",
                 unstated.empty() || policy.budget.deadlineMs ? "The objective holds only while fewer than 5 % of requests go that way."
                                  : "State deadlines; the objective then holds while fewer than 5 % of requests "
                                    "go that way.");
    });
}

/// What is known of the dearest way.
struct DearestWay
{
    double total = 0;          ///< nano-dollars, without the tiers that are unknown
    std::vector<int> unknown;  ///< tiers that may cost whatever they like
    std::string way;           ///< "T0 → T1"
};

void compareCost(Examination& e, const DearestWay& dearest, std::optional<NanoUsd> ceiling, const Slo& slo,
                 NodeIndex node, const std::string& whose)
{
    if (!slo.costPerResolvedUsd)
        return;
    const bool open = !dearest.unknown.empty();
    if (open && !ceiling) {
        const double rest = dearest.total / kNanoPerUsd;
        e.report(kDearPath, e.keyOr(node, "cost_per_resolved_usd"),
                 "What a request costs at most is unknown: " + e.namesOf(dearest.unknown) +
                     (dearest.unknown.size() == 1 ? " states" : " state") +
                     " neither \"max_cost_usd\" nor the most tokens." +
                     (rest > *slo.costPerResolvedUsd
                          ? " Without " + std::string(dearest.unknown.size() == 1 ? "it" : "them") + " it is " +
                                formatUsd(static_cast<NanoUsd>(dearest.total)) + " already, more than the objective" +
                                whose + "."
                          : ""),
                 "Write \"max_cost_usd\" into the tier's budget, or into that of the request.");
        return;
    }
    const double most = ceiling ? static_cast<double>(*ceiling) : dearest.total;
    const double bound = open ? most : std::min(most, dearest.total);
    if (bound / kNanoPerUsd <= *slo.costPerResolvedUsd)
        return;
    e.report(kDearPath, e.keyOr(node, "cost_per_resolved_usd"),
             (open ? "A request that uses up its whole budget costs "
                   : "A request that uses up every budget (" + dearest.way + ") costs ") +
                 formatUsd(static_cast<NanoUsd>(bound)) + ", more than the objective" + whose + ".",
             "The objective holds only while few requests go that way.");
}

void dearestWay(Examination& e)
{
    const Policy& policy = e.policy();
    DearestWay dearest;
    std::vector<std::optional<double>> costs;
    for (std::size_t i = 0; i < policy.tiers.size(); ++i) {
        const int tier = static_cast<int>(i);
        const std::optional<double> cost = mostCost(e, policy.tiers[i]);
        const auto unpriced = [&](int model) { return !isPriced(e.model(model)); };
        if (!cost && e.graph().reachable(tier)) {
            if (std::ranges::any_of(policy.tiers[i].models, unpriced))
                return; // that is what is said of the model
            dearest.unknown.push_back(tier);
        }
        costs.push_back(cost.value_or(0));
    }
    const auto heaviest = e.graph().heaviest(costs, Lanes::AddUp);
    if (!heaviest)
        return;
    dearest.total = heaviest->total;
    dearest.way = e.journeyName(*heaviest);
    const std::optional<NanoUsd>& ceiling = policy.budget.maxCost;
    if (ceiling && dearest.unknown.empty() && dearest.total > static_cast<double>(*ceiling))
        e.report(kCutShort, e.keyOr(e.keyOr(e.tree().root(), "budget"), "max_cost_usd"),
                 "A request that uses up every budget (" + dearest.way + ") would cost " +
                     formatUsd(static_cast<NanoUsd>(dearest.total)) + "; its own budget of " + formatUsd(*ceiling) +
                     " ends it before.",
                 "Later tiers are then asked only when earlier ones are cheap.");
    forEachSlo(e, [&](const Slo& slo, NodeIndex node, const Budget& budget, const std::string& whose) {
        std::optional<NanoUsd> most = ceiling;
        if (budget.maxCost && (!most || *budget.maxCost < *most))
            most = budget.maxCost;
        compareCost(e, dearest, most, slo, node, whose);
    });
}

/// A limit that is wider than the one around it never acts.
void widerThanRequest(Examination& e)
{
    const Budget& whole = e.policy().budget;
    if (whole.empty())
        return;
    const auto compare = [&](const Budget& budget, NodeIndex node, const std::string& whose) {
        const auto one = [&](const auto& limit, const auto& around, const char* key) {
            if (limit && around && *limit > *around)
                e.report(kWiderThanRequest, e.keyOr(node, key),
                         inQuotes(key) + " of " + whose +
                             " is wider than that of the whole request, which acts first.",
                         "Lower it, or raise the request's.");
        };
        if (whole.deadlineMs.value_or(kShortestDeadlineMs) >= kShortestDeadlineMs) // else it is the request's that is wrong
            one(budget.deadlineMs, whole.deadlineMs, "deadline_ms");
        one(budget.firstTokenMs, whole.firstTokenMs, "first_token_ms");
        one(budget.maxCost, whole.maxCost, "max_cost_usd");
        one(budget.maxCostPerHour, whole.maxCostPerHour, "max_cost_usd_per_hour");
        one(budget.maxInputTokens, whole.maxInputTokens, "max_input_tokens");
        one(budget.maxTotalTokens, whole.maxTotalTokens, "max_total_tokens");
    };
    for (std::size_t i = 0; i < e.policy().tiers.size(); ++i)
        compare(e.policy().tiers[i].budget, e.of("tiers", i, "budget"), inQuotes(e.policy().tiers[i].id));
    for (std::size_t i = 0; i < e.policy().userTiers.size(); ++i)
        compare(e.policy().userTiers[i].budget, e.of("user_tiers", i, "budget"),
                inQuotes(e.policy().userTiers[i].id));
}

void weights(Examination& e)
{
    const Policy& policy = e.policy();
    const NodeIndex priority = e.part("priority");
    if (!policy.weightsStated || priority == kNoNode)
        return;
    const Weights& w = policy.weights;
    const double own = policy.priority == "quality"   ? w.quality
                       : policy.priority == "latency" ? w.latency
                                                      : w.cost;
    const double most = std::max({w.cost, w.quality, w.latency});
    if (own + 1e-9 >= most)
        return;
    const char* heaviest = most == w.cost ? "cost" : most == w.quality ? "quality" : "latency";
    e.report(kWeightsContradict, e.part("weights"),
             "The priority is " + inQuotes(policy.priority) + ", but the weights put " + heaviest + " first.",
             "Say what comes first in \"priority\", or give it the greatest weight.");
}

void releaseGates(Examination& e)
{
    const Policy& policy = e.policy();
    for (std::size_t i = 0; i < policy.releaseGates.size(); ++i) {
        const ReleaseGate& gate = policy.releaseGates[i];
        if (gate.metric == ReleaseGate::Metric::HumanShare)
            continue; // either may be wanted
        const bool moreIsBetter = gate.metric == ReleaseGate::Metric::Quality;
        const char* wrong = moreIsBetter ? "at_most" : "at_least";
        if (moreIsBetter ? gate.atMost.has_value() : gate.atLeast.has_value())
            e.report(kGateDirection, e.of("release_gates", i, wrong),
                     moreIsBetter
                         ? "This gate lets a policy pass because its quality is low."
                         : "This gate lets a policy pass because it is dear, slow, or escalates much.",
                     std::string("Write ") + (moreIsBetter ? "\"at_least\"." : "\"at_most\"."));
    }
}

} // namespace

void examineObjectives(Examination& e)
{
    slowestWay(e);
    dearestWay(e);
    widerThanRequest(e);
    weights(e);
    releaseGates(e);
}

} // namespace signalbox
