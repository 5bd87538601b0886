// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/doctor.h"

#include "base/clock.h"
#include "base/text.h"
#include "policy/diagnostic_codes.h"
#include "policy/quick_fix.h"
#include "policy/shadowing.h"
#include "policy/tier_graph.h"

#include <algorithm>
#include <unordered_set>

namespace signalbox {

using namespace diagnostic;

namespace {

class Doctor
{
public:
    Doctor(DecodeContext& context, const std::string& today)
        : m_context(context), m_tree(context.tree()), m_policy(context.policy()), m_graph(m_policy),
          m_today(today)
    {
    }

    void examine()
    {
        reachOfTiers();
        wayToAPerson();
        shadows();
        residencies();
        triggers();
        prices();
        contextWindows();
        objectives();
        unused();
    }

private:
    NodeIndex part(std::string_view key) const { return m_tree.member(m_tree.root(), key); }
    /// The key of an object, or the object itself when it does not state the key.
    NodeIndex keyOr(NodeIndex object, std::string_view key) const
    {
        const NodeIndex found = m_tree.member(object, key);
        return found == kNoNode ? object : found;
    }
    NodeIndex element(std::string_view list, std::size_t position) const
    {
        return m_tree.elementAt(part(list), position);
    }
    bool appliesTo(const Trigger& trigger, int tier) const
    {
        return trigger.appliesTo.empty() ||
               std::ranges::find(trigger.appliesTo, tier) != trigger.appliesTo.end();
    }

    void reachOfTiers();
    void wayToAPerson();
    void shadows();
    void residencies();
    void triggers();
    void escalatesDown(const Trigger& trigger, std::size_t position);
    void judgesItself(const Trigger& trigger, std::size_t position);
    void prices();
    void priceOf(const Model& model, NodeIndex node, bool used, std::int64_t today);
    void contextWindows();
    void objectives();
    std::string journeyName(const Journey& journey) const;
    void unused();

    DecodeContext& m_context;
    const SyntaxTree& m_tree;
    const Policy& m_policy;
    TierGraph m_graph;
    std::string m_today;
};

void Doctor::reachOfTiers()
{
    for (std::size_t i = 0; i < m_policy.tiers.size(); ++i) {
        const auto hops = m_graph.hopsTo(static_cast<int>(i));
        const std::string& id = m_policy.tiers[i].id;
        if (!hops)
            m_context.report(
                kTierUnreachable, element("tiers", i), "Nothing routes or escalates to " + quoted(id) + ".",
                "Name it in the router's map, in a rule or in the cascade's order, or remove it.");
        else if (*hops > m_policy.cascade.maxHops)
            m_context.report(kHopsTooFew, keyOr(part("cascade"), "max_hops"),
                             quoted(id) + " is reached at hop " + std::to_string(*hops) +
                                 " at the earliest, but max_hops is " +
                                 std::to_string(m_policy.cascade.maxHops) + ".",
                             "Raise max_hops, or take the tier out of the order.");
    }
}

void Doctor::wayToAPerson()
{
    const auto rule = [](const Rule& r) { return r.route && r.route->isHuman(); };
    const auto row = [](const RouterMapRow& r) { return r.route.isHuman(); };
    const auto trigger = [](const Trigger& t) { return !t.escalateToNext && t.escalateTo.isHuman(); };
    if (std::ranges::any_of(m_policy.rules, rule) || std::ranges::any_of(m_policy.router.map, row) ||
        std::ranges::any_of(m_policy.triggers, trigger) || m_policy.router.otherwise.isHuman() ||
        m_policy.cascade.whenExhausted == WhenExhausted::Human)
        return;
    m_context.report(
        kNoPerson, part("cascade"), "Nothing in the policy hands a request to a person.",
        "Add a rule with \"route\": \"human\" for those who ask for one, or \"when_exhausted\": \"human\".");
}

void Doctor::shadows()
{
    for (const Shadow& shadow : shadowedRules(m_policy.rules))
        m_context.report(kRuleShadowed, element("rules", shadow.hidden),
                         "Whenever this rule matches, " + quoted(m_policy.rules[shadow.by].id) +
                             " has matched before it and decides.",
                         "Move it up, narrow the earlier rule, or remove one of them.");
    const NodeIndex map = m_tree.member(part("router"), "map");
    for (const Shadow& shadow : shadowedRows(m_policy.router.map))
        m_context.report(kMapRowShadowed, m_tree.elementAt(map, shadow.hidden),
                         "Row " + std::to_string(shadow.by + 1) +
                             " takes every request that this row would take.",
                         "Move it up, or remove one of them.");
}

void Doctor::residencies()
{
    std::unordered_set<std::string> known;
    for (const Endpoint& endpoint : m_policy.endpoints)
        known.insert(endpoint.residency);
    for (std::size_t i = 0; i < m_policy.rules.size(); ++i) {
        const auto& allowed = m_policy.rules[i].allowResidency;
        for (std::size_t k = 0; k < allowed.size(); ++k) {
            if (known.contains(allowed[k]))
                continue;
            const NodeIndex list = m_tree.member(element("rules", i), "allow_residency");
            m_context.report(
                kNoSuchResidency, m_tree.kind(list) == NodeKind::Array ? m_tree.elementAt(list, k) : list,
                "No endpoint has the residency " + quoted(allowed[k]) + ".",
                didYouMean(allowed[k], std::vector<std::string_view>(known.begin(), known.end())));
        }
    }
}

void Doctor::escalatesDown(const Trigger& trigger, std::size_t position)
{
    if (trigger.escalateToNext || !trigger.escalateTo.isTier())
        return;
    const auto& order = m_policy.cascade.order;
    const auto target = std::ranges::find(order, trigger.escalateTo.tier);
    if (target == order.end())
        return;
    for (auto tier = target; tier != order.end(); ++tier) {
        // A trigger of every tier that leads to the top also looks at the top itself: nothing to warn of.
        const bool meant = tier != target || !trigger.appliesTo.empty();
        if (!meant || !appliesTo(trigger, *tier))
            continue;
        m_context.report(kEscalatesDown, keyOr(element("triggers", position), "escalate"),
                         "From " + quoted(m_policy.tiers[static_cast<std::size_t>(*tier)].id) +
                             " this does not lead up, but to " + quoted(trigger.escalateId) + ".",
                         "Name the lower tiers in \"applies_to\", or use \"next\".");
        return;
    }
}

void Doctor::judgesItself(const Trigger& trigger, std::size_t position)
{
    const Rubric& rubric = m_policy.rubrics[static_cast<std::size_t>(trigger.rubric)];
    const Model& judge = m_policy.models[static_cast<std::size_t>(rubric.model)];
    for (std::size_t tier = 0; tier < m_policy.tiers.size(); ++tier) {
        if (!appliesTo(trigger, static_cast<int>(tier)))
            continue;
        const auto same = [&](int model) {
            const Model& other = m_policy.models[static_cast<std::size_t>(model)];
            return model == rubric.model || (other.endpoint == judge.endpoint && other.name == judge.name);
        };
        if (std::ranges::any_of(m_policy.tiers[tier].models, same))
            m_context.report(kSelfJudged, keyOr(element("triggers", position), "rubric"),
                             quoted(judge.id) + " judges the answers that it gives itself in " +
                                 quoted(m_policy.tiers[tier].id) + ".",
                             "Let another model judge, or leave the tier out with \"applies_to\".");
    }
}

void Doctor::triggers()
{
    const bool compare = m_policy.triggers.size() * m_policy.tiers.size() <= TierGraph::kMostSteps;
    for (std::size_t i = 0; i < m_policy.triggers.size(); ++i) {
        const Trigger& trigger = m_policy.triggers[i];
        if (compare)
            escalatesDown(trigger, i);
        if (trigger.gate != GateKind::Judge)
            continue;
        if (compare)
            judgesItself(trigger, i);
        if (trigger.below <= 1)
            m_context.report(kTriggerNeverFires, keyOr(element("triggers", i), "below"),
                             "No score is below 1, so this trigger never fires.", "The scale begins at 1.");
    }
}

void Doctor::priceOf(const Model& model, NodeIndex node, bool used, std::int64_t today)
{
    if (!model.price || !model.price->inputPerMtok || !model.price->outputPerMtok) {
        if (used)
            m_context.report(
                kUnpriced, keyOr(node, "price"),
                "The model " + quoted(model.id) + " has no " +
                    (!model.price                ? "price"
                     : model.price->inputPerMtok ? "price of output"
                                                 : "price of input") +
                    ": what it costs is unknown.",
                "Write \"price\": {\"input_per_mtok\", \"output_per_mtok\", \"source\", \"as_of\"}.");
    }
    if (!model.price)
        return;
    const NodeIndex price = m_tree.member(node, "price");
    // The cheapest models cost cents a million tokens; less than that is the price of one token.
    const auto perToken = [&](const std::optional<double>& value, const char* key) {
        if (value && *value > 0 && *value < 0.001)
            m_context.report(kPricePerToken, keyOr(price, key),
                             quoted(key) + " looks like a price per token, not per million tokens.",
                             "Multiply it by 1 000 000.",
                             fixByReplacing(m_tree, m_tree.member(price, key), shortNumber(*value * 1e6)));
    };
    perToken(model.price->inputPerMtok, "input_per_mtok");
    perToken(model.price->outputPerMtok, "output_per_mtok");
    constexpr std::int64_t kFresh = 90;
    std::int64_t day = 0;
    if (parseIsoDate(model.price->asOf, day) && today - day > kFresh)
        m_context.report(kPriceOld, keyOr(price, "as_of"),
                         "The price of " + quoted(model.id) + " is " + std::to_string(today - day) +
                             " days old.",
                         "Look it up again and write today's date.");
}

void Doctor::prices()
{
    std::unordered_set<int> used;
    for (const Tier& tier : m_policy.tiers)
        used.insert(tier.models.begin(), tier.models.end());
    for (const Rubric& rubric : m_policy.rubrics)
        used.insert(rubric.model);
    std::int64_t today = 0;
    parseIsoDate(m_today, today);
    NodeIndex node = m_tree.firstChild(part("models"));
    for (std::size_t i = 0; i < m_policy.models.size(); ++i, node = m_tree.nextSibling(node))
        priceOf(m_policy.models[i], node, used.contains(static_cast<int>(i)), today);
}

void Doctor::contextWindows()
{
    for (std::size_t i = 0; i < m_policy.tiers.size(); ++i) {
        const Tier& tier = m_policy.tiers[i];
        if (!tier.budget.maxInputTokens)
            continue;
        for (const int index : tier.models) {
            const Model& model = m_policy.models[static_cast<std::size_t>(index)];
            if (model.contextTokens > 0 && model.contextTokens < *tier.budget.maxInputTokens)
                m_context.report(kSmallContext,
                                 keyOr(keyOr(element("tiers", i), "budget"), "max_input_tokens"),
                                 "The tier lets in " + std::to_string(*tier.budget.maxInputTokens) +
                                     " tokens, but " + quoted(model.id) + " has a context window of " +
                                     std::to_string(model.contextTokens) + ".",
                                 "Lower max_input_tokens below the smallest window of the tier.");
        }
    }
}

std::string Doctor::journeyName(const Journey& journey) const
{
    std::string name;
    for (const int tier : journey.tiers)
        name += (name.empty() ? "" : " → ") + m_policy.tiers[static_cast<std::size_t>(tier)].id;
    return name;
}

void Doctor::objectives()
{
    std::vector<std::optional<double>> deadlines;
    std::vector<std::optional<double>> costs;
    for (const Tier& tier : m_policy.tiers) {
        deadlines.push_back(tier.budget.deadlineMs ? std::optional<double>(*tier.budget.deadlineMs)
                                                   : std::nullopt);
        costs.push_back(tier.budget.maxCost ? std::optional(static_cast<double>(*tier.budget.maxCost))
                                            : std::nullopt);
    }
    const NodeIndex slo = part("slo");
    // Deadlines and ceilings bound the worst case, an objective speaks of the 95th percentile or the mean: a
    // note.
    if (m_policy.slo.p95LatencyMs) {
        const auto slowest = m_graph.heaviest(deadlines);
        if (slowest && slowest->total > *m_policy.slo.p95LatencyMs)
            m_context.report(kSlowPath, keyOr(slo, "p95_latency_ms"),
                             "A request that uses up every deadline (" + journeyName(*slowest) + ") takes " +
                                 formatMs(slowest->total) + ", the objective for the 95th percentile is " +
                                 formatMs(*m_policy.slo.p95LatencyMs) + ".",
                             "The objective holds only while fewer than 5 % of requests go that way.");
    }
    if (m_policy.slo.costPerResolvedUsd) {
        const auto dearest = m_graph.heaviest(costs);
        if (dearest && dearest->total / kNanoPerUsd > *m_policy.slo.costPerResolvedUsd)
            m_context.report(kDearPath, keyOr(slo, "cost_per_resolved_usd"),
                             "A request that uses up every budget (" + journeyName(*dearest) + ") costs " +
                                 formatUsd(static_cast<NanoUsd>(dearest->total)) +
                                 ", more than the objective.",
                             "The objective holds only while few requests go that way.");
    }
}

void Doctor::unused()
{
    std::unordered_set<int> models;
    std::unordered_set<int> endpoints;
    std::unordered_set<int> rubrics;
    for (const Tier& tier : m_policy.tiers)
        models.insert(tier.models.begin(), tier.models.end());
    for (const Rubric& rubric : m_policy.rubrics)
        models.insert(rubric.model);
    for (const Model& model : m_policy.models)
        endpoints.insert(model.endpoint);
    for (const Trigger& trigger : m_policy.triggers)
        rubrics.insert(trigger.rubric);
    const auto report = [&](std::string_view list, const auto& elements, const std::unordered_set<int>& used,
                            const char* what) {
        NodeIndex node = part(list) == kNoNode ? kNoNode : m_tree.firstChild(part(list));
        for (std::size_t i = 0; i < elements.size(); ++i, node = m_tree.nextSibling(node)) {
            if (!used.contains(static_cast<int>(i)))
                m_context.report(kUnused, node,
                                 std::string("Nothing uses the ") + what + " " + quoted(elements[i].id) +
                                     ".");
        }
    };
    report("endpoints", m_policy.endpoints, endpoints, "endpoint");
    report("models", m_policy.models, models, "model");
    report("rubrics", m_policy.rubrics, rubrics, "rubric");
}

} // namespace

void examinePolicy(DecodeContext& context, const std::string& today)
{
    Doctor(context, today).examine();
}

} // namespace signalbox
