// SPDX-License-Identifier: GPL-3.0-or-later
// Whether models fit what their tiers, rules and the cascade ask of them.
#include "policy/diagnostic_codes.h"
#include "policy/examination.h"
#include "policy/quick_fix.h"

#include "base/text.h"

#include <algorithm>
#include <set>

namespace signalbox {

using namespace diagnostic;

namespace {

void contextWindow(Examination& e, const Tier& tier, const Model& model, NodeIndex budget)
{
    if (model.contextTokens <= 0)
        return;
    const bool moreThanItGives = model.maxOutputTokens > 0 && tier.budget.maxOutputTokens.value_or(0) > model.maxOutputTokens;
    if (!moreThanItGives && tier.budget.maxOutputTokens.value_or(0) >= model.contextTokens) {
        e.report(kSmallContext, e.keyOr(budget, "max_output_tokens"),
                 "The tier asks for up to " + std::to_string(*tier.budget.maxOutputTokens) +
                     " tokens; question and answer share the context window of " + inQuotes(model.id) + ", " +
                     std::to_string(model.contextTokens) + ", so that nothing is left for the question.",
                 "Lower max_output_tokens.");
        return;
    }
    if (!tier.budget.maxInputTokens)
        return;
    const int input = *tier.budget.maxInputTokens;
    const int output = tier.budget.maxOutputTokens.value_or(model.maxOutputTokens);
    if (input > model.contextTokens)
        e.report(kSmallContext, e.keyOr(budget, "max_input_tokens"),
                 "The tier lets in " + std::to_string(input) + " tokens, but " + inQuotes(model.id) +
                     " has a context window of " + std::to_string(model.contextTokens) + ".",
                 "Lower max_input_tokens below the smallest window of the tier.");
    else if (std::int64_t{input} + output > model.contextTokens)
        e.report(kSmallContext, e.keyOr(budget, "max_input_tokens"),
                 "The tier lets in " + std::to_string(input) + " tokens and asks for up to " +
                     std::to_string(output) + ", but both must fit in the context window of " +
                     inQuotes(model.id) + ", " + std::to_string(model.contextTokens) + ".",
                 output < model.contextTokens
                     ? "Lower max_input_tokens to " + std::to_string(model.contextTokens - output) + "."
                     : "The model cannot give more than its window holds: correct its \"max_output_tokens\".");
}

/// What the shortest exchange costs at the tier's cheapest model; nothing when that is not known for certain.
std::optional<NanoUsd> leastCost(const Examination& e, const Tier& tier)
{
    constexpr double kInput = 50;
    constexpr double kOutput = 20;
    constexpr double kImplausible = 2000; // such a price is reported itself
    std::optional<double> least;
    for (const int index : tier.models) {
        const auto& price = e.model(index).price;
        if (!price || !price->inputPerMtok || !price->outputPerMtok ||
            std::max(*price->inputPerMtok, *price->outputPerMtok) >= kImplausible)
            return std::nullopt;
        const double usd = (*price->inputPerMtok * kInput + *price->outputPerMtok * kOutput) / 1e6;
        least = std::min(usd, least.value_or(usd));
    }
    return least ? std::optional(static_cast<NanoUsd>(*least * kNanoPerUsd)) : std::nullopt;
}

/// A ceiling below what the shortest exchange costs, or a deadline that none can keep, stops every answer. `whose` begins
/// the sentence.
void tooSmall(Examination& e, const Budget& budget, std::optional<NanoUsd> least, NodeIndex node, const std::string& whose)
{
    const auto ceiling = [&](const std::optional<NanoUsd>& most, const char* key, const char* forWhat) {
        if (most && least && *least > *most)
            e.report(kBudgetTooSmall, e.keyOr(node, key),
                     whose + " may spend " + formatUsd(*most) + forWhat +
                         ", but a question of 50 tokens and an answer of 20 cost " + formatUsd(*least) + ".",
                     std::string("Raise ") + key + "; it is in dollars.");
    };
    ceiling(budget.maxCost, "max_cost_usd", "");
    ceiling(budget.maxCostPerHour, "max_cost_usd_per_hour", " in an hour");
    if (budget.deadlineMs && *budget.deadlineMs < kShortestDeadlineMs)
        e.report(kBudgetTooSmall, e.keyOr(node, "deadline_ms"),
                 whose + " has " + std::to_string(*budget.deadlineMs) + " ms, in which no model answers.",
                 "Raise deadline_ms; it is in milliseconds, 2000 are two seconds.");
}

void budgetsAndModels(Examination& e)
{
    const Policy& policy = e.policy();
    std::optional<NanoUsd> cheapest; ///< of all tiers
    for (std::size_t i = 0; i < policy.tiers.size(); ++i) {
        const Tier& tier = policy.tiers[i];
        const NodeIndex budget = e.of("tiers", i, "budget");
        const std::optional<NanoUsd> least = leastCost(e, tier);
        tooSmall(e, tier.budget, least, budget, "A hop of " + inQuotes(tier.id));
        cheapest = i == 0 ? least : cheapest && least ? std::optional(std::min(*cheapest, *least)) : std::nullopt;
        for (const int index : tier.models) {
            const Model& model = e.model(index);
            contextWindow(e, tier, model, budget);
            if (tier.budget.maxOutputTokens && model.maxOutputTokens > 0 &&
                *tier.budget.maxOutputTokens > model.maxOutputTokens)
                e.report(kOutputAboveModel, e.keyOr(budget, "max_output_tokens"),
                         "The tier asks for up to " + std::to_string(*tier.budget.maxOutputTokens) +
                             " tokens, but " + inQuotes(model.id) + " gives at most " +
                             std::to_string(model.maxOutputTokens) + ".",
                         "Providers refuse such a request: lower it to the smallest of the tier's models.");
        }
    }
    tooSmall(e, policy.budget, cheapest, e.part("budget"), "A request");
    for (std::size_t i = 0; i < policy.userTiers.size(); ++i)
        tooSmall(e, policy.userTiers[i].budget, cheapest, e.of("user_tiers", i, "budget"),
                 "A request of " + inQuotes(policy.userTiers[i].id));
}

bool near(const std::optional<double>& a, const std::optional<double>& b)
{
    return a && b && std::max(*a, *b) - std::min(*a, *b) <= 0.05 * std::max(*a, *b);
}

/// At one endpoint, for hardly another price, with the same window and the same abilities.
bool hardlyDiffers(const Examination& e, const Model& a, const Model& b)
{
    if (isSameModel(e, a, b))
        return true;
    return a.endpoint == b.endpoint && a.contextTokens > 0 && a.contextTokens == b.contextTokens &&
           a.capabilities == b.capabilities && a.family == b.family && a.price && b.price &&
           near(a.price->inputPerMtok, b.price->inputPerMtok) &&
           near(a.price->outputPerMtok, b.price->outputPerMtok);
}

bool nearlySame(const Budget& a, const Budget& b)
{
    const auto alike = [](const auto& one, const auto& other) {
        return one == other || (one && other && near(static_cast<double>(*one), static_cast<double>(*other)));
    };
    return alike(a.deadlineMs, b.deadlineMs) && alike(a.firstTokenMs, b.firstTokenMs) &&
           alike(a.maxCost, b.maxCost) && alike(a.maxCostPerHour, b.maxCostPerHour) &&
           alike(a.maxInputTokens, b.maxInputTokens) && alike(a.maxOutputTokens, b.maxOutputTokens) &&
           alike(a.maxTotalTokens, b.maxTotalTokens);
}

void nearDuplicates(Examination& e)
{
    const Policy& policy = e.policy();
    const std::size_t count = policy.tiers.size();
    if (count * count > TierGraph::kMostSteps)
        return;
    const auto coveredBy = [&](const Tier& a, const Tier& b) {
        return std::ranges::all_of(a.models, [&](int one) {
            return std::ranges::any_of(
                b.models, [&](int other) { return hardlyDiffers(e, e.model(one), e.model(other)); });
        });
    };
    for (std::size_t late = 1; late < count; ++late) {
        for (std::size_t early = 0; early < late; ++early) {
            const Tier& a = policy.tiers[early];
            const Tier& b = policy.tiers[late];
            const bool alike = a.models.size() == b.models.size() && nearlySame(a.budget, b.budget) &&
                               a.systemPrompt == b.systemPrompt && a.specialty == b.specialty &&
                               a.temperature == b.temperature && a.topP == b.topP && coveredBy(a, b) &&
                               coveredBy(b, a);
            if (!alike)
                continue;
            e.report(
                kNearDuplicate, e.element("tiers", late),
                inQuotes(b.id) + " hardly differs from " + inQuotes(a.id) +
                    ": the same models or ones of the same price and window, and nearly the same budget.",
                "Escalating between them costs a hop and gains little; keep one of them.");
            break;
        }
    }
}

/// What holds together with a condition: itself and what stands under its "all".
bool asksFor(const Condition& condition, std::optional<bool> Condition::* part)
{
    return (condition.*part).value_or(false) ||
           std::ranges::any_of(condition.all, [&](const Condition& one) { return asksFor(one, part); });
}

void mustTake(Examination& e, const Route& route, const char* capability, const char* what, NodeIndex node)
{
    if (!route.isTier())
        return;
    for (const int index : e.tier(route.tier).models) {
        const Model& model = e.model(index);
        if (!lacks(model, capability))
            continue;
        e.report(kCannotTake, node,
                 std::string(what) + " go to " + inQuotes(e.tier(route.tier).id) + ", whose model " +
                     inQuotes(model.id) + " does not have the capability " + inQuotes(capability) + ".",
                 std::string("Route them to a tier whose models have it, or add it to the model if it has."));
        return;
    }
}

/// The least number of tokens of a request that fits, 0 when none is stated.
int leastTokens(const Condition& condition)
{
    int least = condition.minInputTokens.value_or(0);
    for (const Condition& one : condition.all)
        least = std::max(least, leastTokens(one));
    return least;
}

/// Requests that are longer than the tier lets in, or than its models can read.
void mustHold(Examination& e, const Rule& rule, NodeIndex node)
{
    const int least = leastTokens(rule.when);
    if (least == 0 || !rule.route->isTier())
        return;
    const Tier& tier = e.tier(rule.route->tier);
    const std::string begin =
        "Requests of at least " + std::to_string(least) + " tokens go to " + inQuotes(tier.id) + ", which ";
    if (tier.budget.maxInputTokens && *tier.budget.maxInputTokens < least) {
        e.report(kCannotTake, node,
                 begin + "lets in " + std::to_string(*tier.budget.maxInputTokens) + " at most.",
                 "Route them to a tier that takes them, or raise its \"max_input_tokens\".");
        return;
    }
    int window = 0;
    for (const int index : tier.models) {
        const int context = e.model(index).contextTokens;
        if (context == 0)
            return; // it may be long enough
        window = std::max(window, context);
    }
    if (window < least)
        e.report(kCannotTake, node, begin + "has a context window of " + std::to_string(window) + ".",
                 "Route them to a tier whose models can read as much.");
}

bool carriesTools(const RouteCarries& carries)
{
    return carries.tools && !carries.tools->empty();
}

void capabilities(Examination& e)
{
    const Policy& policy = e.policy();
    for (std::size_t i = 0; i < policy.rules.size(); ++i) {
        const Rule& rule = policy.rules[i];
        if (!rule.route)
            continue;
        const NodeIndex node = e.of("rules", i, "route");
        if (asksFor(rule.when, &Condition::hasAttachment))
            mustTake(e, *rule.route, "vision", "Attachments", node);
        if (carriesTools(rule.carries) || asksFor(rule.when, &Condition::hasTools))
            mustTake(e, *rule.route, "tools", "Tools", node);
        mustHold(e, rule, node);
    }
    for (const Examination::RouterAt& at : e.routers()) {
        const NodeIndex map = e.tree().member(at.node, "map");
        for (std::size_t i = 0; i < at.router->map.size(); ++i) {
            if (carriesTools(at.router->map[i].carries))
                mustTake(e, at.router->map[i].route, "tools", "Tools",
                         e.keyOr(e.tree().elementAt(map, i), "route"));
        }
        const NodeIndex choices = e.tree().member(at.node, "choices");
        for (std::size_t i = 0; i < at.router->choices.size(); ++i) {
            if (carriesTools(at.router->choices[i].carries))
                mustTake(e, at.router->choices[i].route, "tools", "Tools",
                         e.keyOr(e.tree().elementAt(choices, i), "route"));
        }
        if (carriesTools(at.router->otherwiseCarries))
            mustTake(e, at.router->otherwise, "tools", "Tools", e.keyOr(at.node, "otherwise"));
    }
    for (std::size_t i = 0; i < policy.triggers.size(); ++i) {
        if (carriesTools(policy.triggers[i].carries))
            mustTake(e, policy.triggers[i].escalateTo, "tools", "Tools", e.of("triggers", i, "escalate"));
    }
}

/// The order is cheapest first; a step to what is cheaper on both counts is upside down.
void orderOfPrices(Examination& e)
{
    const Cascade& cascade = e.policy().cascade;
    if (cascade.pattern != CascadePattern::Waterfall)
        return;
    const auto bound = [&](int tier, bool most, std::optional<double> Price::* of) -> std::optional<double> {
        std::optional<double> found;
        for (const int index : e.tier(tier).models) {
            const Model& model = e.model(index);
            const auto value = pricesLookSound(model) ? (*model.price).*of : std::nullopt;
            if (!value)
                return std::nullopt;
            if (!found || (most ? *value > *found : *value < *found))
                found = value;
        }
        return found;
    };
    for (std::size_t i = 1; i < cascade.order.size(); ++i) {
        bool cheaper = true;
        for (const auto of : {&Price::inputPerMtok, &Price::outputPerMtok}) {
            const auto below = bound(cascade.order[i - 1], false, of);
            const auto above = bound(cascade.order[i], true, of);
            cheaper = cheaper && below && above && *above < *below;
        }
        if (!cheaper)
            continue;
        const NodeIndex order = e.keyOr(e.part("cascade"), "order");
        const bool listed = e.tree().kind(order) == NodeKind::Array;
        e.report(kCheaperAbove, listed ? e.tree().elementAt(order, i) : order,
                 inQuotes(e.tier(cascade.order[i]).id) + " comes after " +
                     inQuotes(e.tier(cascade.order[i - 1]).id) + " in the order, but its models cost less.",
                 "The order is cheapest first: what fails at a dear model hardly succeeds at a cheap one.");
    }
}

void race(Examination& e)
{
    const Cascade& cascade = e.policy().cascade;
    const bool isRace = cascade.pattern == CascadePattern::Race;
    if ((!isRace && cascade.pattern != CascadePattern::Agreement) || cascade.lanes.size() < 2)
        return;
    const NodeIndex lanes = e.keyOr(e.part("cascade"), "lanes");
    std::set<int> endpoints;
    bool alike = false;
    for (std::size_t late = 0; late < cascade.lanes.size(); ++late) {
        const Tier& lane = e.tier(cascade.lanes[late]);
        for (const int model : lane.models)
            endpoints.insert(e.model(model).endpoint);
        for (std::size_t early = 0; early < late; ++early) {
            const Tier& other = e.tier(cascade.lanes[early]);
            const auto shared = [&](int one) {
                return std::ranges::any_of(other.models,
                                           [&](int two) { return isSameModel(e, e.model(one), e.model(two)); });
            };
            if (alike || !std::ranges::all_of(lane.models, shared))
                continue;
            alike = true;
            e.report(kLanesAlike, e.tree().elementAt(lanes, late),
                     inQuotes(lane.id) + " asks the same models as " + inQuotes(other.id) +
                         (isRace ? ": the race pays twice for one answer."
                                 : ": that they agree says little."),
                     "Let lanes differ in their models, or remove one of them.");
        }
    }
    if (isRace && !alike && endpoints.size() == 1)
        e.report(kRaceOneEndpoint, lanes,
                 "All lanes ask the endpoint " +
                     inQuotes(e.policy().endpoints[static_cast<std::size_t>(*endpoints.begin())].id) +
                     ": when it is slow or down, every lane is.",
                 "A lane at another endpoint makes the race worth more.");
}

void stickiness(Examination& e)
{
    const Policy& policy = e.policy();
    if (!policy.stickiness)
        return;
    std::set<std::pair<int, std::string>> models;
    bool family = false;
    for (const Tier& tier : policy.tiers) {
        for (const int index : tier.models) {
            models.emplace(e.model(index).endpoint, e.model(index).name);
            family = family || !e.model(index).family.empty();
        }
    }
    const NodeIndex node = e.part("stickiness");
    if (models.size() == 1)
        e.report(kNothingToStickTo, node, "There is only one model: a session stays with it in any case.",
                 "Remove \"stickiness\".", fixByRemoving(e.tree(), node));
    else if (policy.stickiness->by == Stickiness::By::Family && !family)
        e.report(kNothingToStickTo, e.keyOr(node, "by"),
                 "A session is to stay with a family, but no model of a tier states its family.",
                 "Give the models a \"family\", or write \"by\": \"model\".");
}

/// What Anthropic's API refuses: https://docs.anthropic.com/en/api/messages, temperature and top_p.
void sampling(Examination& e)
{
    const Policy& policy = e.policy();
    for (std::size_t i = 0; i < policy.tiers.size(); ++i) {
        const Tier& tier = policy.tiers[i];
        const auto refuses = [&](int index) {
            const int endpoint = e.model(index).endpoint;
            return endpoint >= 0 && policy.endpoints[static_cast<std::size_t>(endpoint)].protocol == Protocol::AnthropicMessages &&
                   !policy.endpoints[static_cast<std::size_t>(endpoint)].isSandbox();
        };
        const auto model = std::ranges::find_if(tier.models, refuses);
        if (model == tier.models.end())
            continue;
        const std::string name = inQuotes(e.model(*model).id);
        const NodeIndex node = e.element("tiers", i);
        if (tier.temperature.value_or(0) > 1)
            e.report(kSamplingRefused, e.keyOr(node, "temperature"),
                     "The endpoint of " + name + " takes a temperature of at most 1.", "Write 1 or less.",
                     fixByReplacing(e.tree(), e.keyOr(node, "temperature"), "1"));
        else if (tier.temperature && tier.topP)
            e.report(kSamplingRefused, e.keyOr(node, "top_p"),
                     "Newer models of the endpoint of " + name + " refuse \"temperature\" and \"top_p\" together.",
                     "Keep one of the two.", fixByRemoving(e.tree(), e.keyOr(node, "top_p")));
    }
}

void retrieval(Examination& e)
{
    const Policy& policy = e.policy();
    if (policy.retrieval.enabled && policy.retrieval.when == RetrieveWhen::NeedsRetrieval &&
        !e.hasRouter({RouterKind::Classifier}))
        e.report(kRetrievalUnsaid, e.keyOr(e.part("retrieval"), "when"),
                 std::string("Documents are searched only when the router says so, but a router of kind \"") +
                     routerKindName(policy.router.kind) + "\" cannot say it.",
                 "Write \"when\": \"always\", or use a classifier that was trained for it.");
}

void pipeline(Examination& e)
{
    const Cascade& cascade = e.policy().cascade;
    if (cascade.pattern != CascadePattern::Pipeline)
        return;
    const NodeIndex list = e.keyOr(e.part("cascade"), "stages");
    bool written = false;
    const Tier* writer = nullptr; // of the answer that is verified next
    for (std::size_t i = 0; i < cascade.stages.size(); ++i) {
        const Stage& stage = cascade.stages[i];
        const NodeIndex node = e.tree().elementAt(list, i);
        if (stage.role == Stage::Role::Retrieve && !e.policy().retrieval.enabled)
            e.report(kStageIdle, node, "The stage searches documents, but the policy does not retrieve.",
                     "Add \"retrieval\" to the policy, or remove the stage.");
        if (stage.role == Stage::Role::Verify && !written)
            e.report(kStageIdle, node, "The stage verifies an answer, but no stage before it writes one.",
                     "Put it after the stage of role \"synthesise\".");
        if (stage.role == Stage::Role::Synthesise && stage.tier >= 0)
            writer = &e.tier(stage.tier);
        const bool verifies = stage.role == Stage::Role::Verify && stage.tier >= 0 && writer != nullptr;
        for (const int index : verifies ? e.tier(stage.tier).models : std::vector<int>()) {
            const Model& model = e.model(index);
            if (std::ranges::none_of(writer->models, [&](int one) { return isSameModel(e, e.model(one), model); }))
                continue;
            e.report(kSelfJudged, e.keyOr(node, "tier"),
                     inQuotes(model.id) + " verifies the answer that it has written itself.",
                     "Let the tier of another model verify.");
            break;
        }
        written = written || stage.role == Stage::Role::Synthesise;
    }
    if (!written)
        e.report(kStageIdle, list, "No stage of the pipeline writes an answer.",
                 "Add a stage of role \"synthesise\".");
}

} // namespace

void examineFit(Examination& e)
{
    budgetsAndModels(e);
    nearDuplicates(e);
    capabilities(e);
    orderOfPrices(e);
    race(e);
    stickiness(e);
    sampling(e);
    retrieval(e);
    pipeline(e);
}

} // namespace signalbox
