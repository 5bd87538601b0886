// SPDX-License-Identifier: GPL-3.0-or-later
// Routers: what they may decide alone, how sure they can be, and whether they earn what they cost.
#include "policy/diagnostic_codes.h"
#include "policy/examination.h"
#include "policy/shadowing.h"

#include "base/text.h"

#include <algorithm>

namespace signalbox {

using namespace diagnostic;

namespace {

using Kind = RouterKind;

bool asksAModel(const Router& router)
{
    return router.kind == Kind::Llm || router.kind == Kind::Agentic;
}

/// Kinds whose confidence is not the probability of being right: a similarity, a model's word, or a draw.
bool uncalibrated(Kind kind)
{
    return kind == Kind::Llm || kind == Kind::Agentic || kind == Kind::Embedding || kind == Kind::Bandit;
}

const char* insteadOfConfidence(Kind kind)
{
    return kind == Kind::Embedding
               ? "A cosine similarity is no probability: use \"min_similarity\" and "
                 "\"min_margin\", or a classifier with a calibrated artefact."
               : "Use a classifier with a calibrated artefact, or let rules decide what must "
                 "not go wrong.";
}

std::string kindOf(const Router& router)
{
    return std::string("a router of kind \"") + routerKindName(router.kind) + "\"";
}

void decidesAlone(Examination& e, const Examination::RouterAt& at)
{
    if (!asksAModel(*at.router))
        return;
    // Barring a tier for what it cannot do guards nothing; a residency that must be kept does.
    const auto binding = [](const Rule& rule) { return rule.locked || !rule.allowResidency.empty(); };
    if (std::ranges::any_of(e.policy().rules, binding))
        return;
    e.report(
        kModelDecidesAlone, e.keyOr(at.node, "kind"),
        "A model decides where requests go, and no rule is locked: whoever writes the request can talk it "
        "into any route.",
        "Lock rules for what must never be left to it: legal matters, personal data, requests for a person.");
}

void uncalibratedThreshold(Examination& e, const Examination::RouterAt& at)
{
    const Router& router = *at.router;
    if (!uncalibrated(router.kind))
        return;
    const auto report = [&](NodeIndex node, double threshold) {
        e.report(kUncalibrated, node,
                 "The confidence of " + kindOf(router) + " is not calibrated: " + shortNumber(threshold) +
                     " does not mean right in " + shortNumber(threshold * 100) + " % of cases.",
                 insteadOfConfidence(router.kind));
    };
    if (router.minConfidence)
        report(e.keyOr(at.node, "min_confidence"), *router.minConfidence);
    const NodeIndex map = e.tree().member(at.node, "map");
    for (std::size_t i = 0; i < router.map.size(); ++i) {
        if (!router.map[i].minConfidence)
            continue;
        report(e.keyOr(e.tree().elementAt(map, i), "min_confidence"), *router.map[i].minConfidence);
        return;
    }
}

void confidenceGate(Examination& e, std::size_t position)
{
    std::size_t asked = 0;
    std::size_t raw = 0;
    const Router* example = nullptr;
    for (const Examination::RouterAt& at : e.routers()) {
        if (at.router->kind == Kind::Chain)
            continue;
        ++asked;
        if (!uncalibrated(at.router->kind))
            continue;
        ++raw;
        example = at.router;
    }
    const NodeIndex node = e.of("triggers", position, "below");
    if (raw == 0)
        return;
    if (raw == asked)
        e.report(kUncalibrated, node,
                 "The trigger waits for low confidence, but that of " + kindOf(*example) +
                     " is not calibrated.",
                 insteadOfConfidence(example->kind));
    else
        e.report(kRawConfidence, node,
                 "Where the step " + inQuotes(example->id) +
                     " of the chain decides, the confidence is that of " + kindOf(*example) +
                     ", which is not calibrated.",
                 "The threshold then means something else than for the other steps.");
}

void uncalibratedGates(Examination& e)
{
    const Policy& policy = e.policy();
    for (std::size_t i = 0; i < policy.triggers.size(); ++i) {
        const Trigger& trigger = policy.triggers[i];
        if (trigger.gate == GateKind::Confidence) {
            confidenceGate(e, i);
        } else if (trigger.gate == GateKind::SelfReported || trigger.gate == GateKind::LogProbability) {
            e.report(
                kRawConfidence, e.of("triggers", i, "below"),
                trigger.gate == GateKind::SelfReported
                    ? "Models state confidence in what is wrong, too: this threshold holds for one model and "
                      "one prompt at best."
                    : "Log-probabilities tell how usual a text is, not whether it is right: this threshold "
                      "holds for one model at best.",
                "Choose it with a sweep over labelled outcomes, and again when the model changes.");
        }
    }
}

/// USD of a call with so many tokens at the tier's cheapest or dearest replica.
std::optional<double> priceOf(const Model& model, double input, double output)
{
    if (!model.price || !model.price->inputPerMtok || !model.price->outputPerMtok)
        return std::nullopt;
    return (*model.price->inputPerMtok * input + *model.price->outputPerMtok * output) / 1e6;
}

/// The tiers that the router tells apart.
std::vector<int> tiersOf(const Router& router)
{
    std::vector<int> tiers;
    for (const Route& route : routesOf(router)) {
        if (route.isTier())
            tiers.push_back(route.tier);
    }
    std::ranges::sort(tiers);
    tiers.erase(std::ranges::unique(tiers).begin(), tiers.end());
    return tiers;
}

void costsMoreThanItSaves(Examination& e, const Examination::RouterAt& at, const std::vector<int>& tiers)
{
    constexpr double kInput = 500;
    constexpr double kOutput = 300;
    constexpr int kChoice = 30; // tokens of an answer that names a route
    const Router& router = *at.router;
    const auto specialist = [&](int tier) { return e.tier(tier).isSpecialist(); };
    if (router.model < 0 || e.policy().priority == "quality" || std::ranges::any_of(tiers, specialist))
        return;
    double cheapest = 0;
    double dearest = 0;
    bool first = true;
    for (const int tier : tiers) {
        for (const int model : e.tier(tier).models) {
            const auto price = priceOf(e.model(model), kInput, kOutput);
            if (!price)
                return;
            cheapest = first ? *price : std::min(cheapest, *price);
            dearest = first ? *price : std::max(dearest, *price);
            first = false;
        }
    }
    const double instructions = router.instructions.empty() ? 0 : estimateTokens(router.instructions);
    const auto own = priceOf(e.model(router.model), kInput + instructions,
                             std::min(router.maxOutputTokens.value_or(kChoice), kChoice));
    if (!own || *own <= 0 || *own < dearest - cheapest)
        return;
    const auto usd = [](double value) { return formatUsd(static_cast<std::int64_t>(value * 1e9)); };
    e.report(kRouterTooDear, e.keyOr(at.node, "model"),
             "Asking " + inQuotes(e.model(router.model).id) + " where to go costs " + usd(*own) +
                 " a request; the cheapest tier instead of the dearest saves at most " +
                 usd(dearest - cheapest) + " (assumed: 500 tokens in, 300 out).",
             "Use a cheaper model, or a router that asks none.");
}

void takesLongerThanItSaves(Examination& e, const Examination::RouterAt& at, const std::vector<int>& tiers)
{
    if (!at.router->deadlineMs)
        return;
    int shortest = 0;
    int longest = 0;
    for (const int tier : tiers) {
        const auto deadline = e.tier(tier).budget.deadlineMs;
        if (!deadline)
            return;
        shortest = shortest == 0 ? *deadline : std::min(shortest, *deadline);
        longest = std::max(longest, *deadline);
    }
    const int own = *at.router->deadlineMs;
    const bool latencyFirst = e.policy().priority == "latency";
    if (own < longest && !(latencyFirst && own >= longest - shortest))
        return;
    e.report(kRouterTooSlow, e.keyOr(at.node, "deadline_ms"),
             "Choosing a tier may take " + formatMs(own) +
                 "; the fastest tier instead of the slowest saves at most " + formatMs(longest - shortest) +
                 " (by their deadlines).",
             "Shorten the router's deadline, or use a router that asks no model.");
}

bool alwaysDecides(const Router& router)
{
    if (router.minConfidence)
        return false;
    return router.otherwise.kind != Route::Kind::None || router.kind == Kind::Predictive ||
           router.kind == Kind::Bandit || (router.kind == Kind::Scoring && coversEverything(router.map));
}

void chain(Examination& e)
{
    const auto& routers = e.routers();
    for (std::size_t i = 1; i + 1 < routers.size(); ++i) {
        if (!alwaysDecides(*routers[i].router))
            continue;
        e.report(
            kStepUnasked, routers[i + 1].node,
            "The step " + inQuotes(routers[i].router->id) +
                " before it always decides, so this one is never asked.",
            routers[i].router->otherwise.kind != Route::Kind::None
                ? "Take \"otherwise\" out of that step: then it leaves to the next what it does not know."
                : "Give that step a \"min_confidence\".");
        return;
    }
}

bool carriesSomething(const Router& router)
{
    const auto carries = [](const auto& row) { return !row.carries.empty(); };
    return !router.otherwiseCarries.empty() || std::ranges::any_of(router.map, carries) ||
           std::ranges::any_of(router.choices, carries) ||
           std::ranges::any_of(router.steps, carriesSomething);
}

/// A locked route is taken before the router is asked, a request for a person before both.
void neverAsked(Examination& e)
{
    const Policy& policy = e.policy();
    if (policy.router.kind == Kind::Fixed)
        return;
    for (std::size_t i = 0; i < policy.rules.size(); ++i) {
        const Rule& rule = policy.rules[i];
        if (!rule.route || !(rule.locked || rule.route->isHuman()) || !implies(Condition(), rule.when))
            continue;
        e.report(kNoChoice, e.of("rules", i, "when"),
                 "This condition holds for every request: the router is never asked.",
                 "Narrow the condition, or use a router of kind \"fixed\".");
        return;
    }
}

void nothingToChoose(Examination& e)
{
    const Router& router = e.policy().router;
    if (router.kind == Kind::Fixed || router.kind == Kind::Rules || carriesSomething(router) ||
        e.policy().retrieval.when == RetrieveWhen::NeedsRetrieval)
        return;
    if (router.kind == Kind::Predictive && router.threshold <= 0) {
        e.report(kNoChoice, e.keyOr(e.part("router"), "threshold"),
                 "Every probability is at least 0: the weak tier is always taken.", "Raise the threshold.");
        return;
    }
    const std::vector<Route> routes = routesOf(router);
    const auto same = [&](const Route& route) { return route == routes.front(); };
    if (routes.empty() || !std::ranges::all_of(routes, same))
        return;
    const std::string name = e.policy().routeName(routes.front());
    e.report(kNoChoice, e.part("router"),
             "Whatever the router finds, the request goes to " + inQuotes(name) + ".",
             "Give it routes to choose from, or use kind \"fixed\".");
}

void weakAndStrong(Examination& e, const Examination::RouterAt& at)
{
    const Router& router = *at.router;
    if (router.kind != Kind::Predictive || !router.weak.isTier() || !router.strong.isTier())
        return;
    const auto bound = [&](int tier, bool most) {
        std::optional<double> found;
        for (const int model : e.tier(tier).models) {
            const auto price = priceOf(e.model(model), 1, 1);
            if (!price)
                return std::optional<double>();
            if (!found || (most ? *price > *found : *price < *found))
                found = price;
        }
        return found;
    };
    const auto weak = bound(router.weak.tier, false);
    const auto strong = bound(router.strong.tier, true);
    if (weak && strong && *weak > *strong)
        e.report(kWeakDearer, e.keyOr(at.node, "weak"),
                 inQuotes(router.weakId) + " costs more than " + inQuotes(router.strongId) +
                     ": there is no reason to be content with it.",
                 "\"weak\" and \"strong\" may be swapped.");
}

} // namespace

void examineRouters(Examination& e)
{
    for (const Examination::RouterAt& at : e.routers()) {
        decidesAlone(e, at);
        uncalibratedThreshold(e, at);
        weakAndStrong(e, at);
        if (!asksAModel(*at.router))
            continue;
        // A step of a chain also decides what the steps after it would.
        const std::vector<int> tiers = tiersOf(e.policy().router);
        if (tiers.size() < 2)
            continue;
        costsMoreThanItSaves(e, at, tiers);
        takesLongerThanItSaves(e, at, tiers);
    }
    uncalibratedGates(e);
    chain(e);
    neverAsked(e);
    nothingToChoose(e);
}

} // namespace signalbox
