// SPDX-License-Identifier: GPL-3.0-or-later
// The nodes of a policy's graph.
#include "ui/policy/condition_words.h"
#include "ui/policy/element_pointer.h"
#include "ui/policy/graph_builder.h"
#include "ui/theme/text.h"

#include <algorithm>

namespace signalbox {

namespace {

constexpr int kMostLines = 9;
constexpr int kMostTiers = 30;

QString counted(std::size_t count, const QString& one, const QString& many)
{
    return count == 1 ? one : many.arg(count);
}

QString joined(const std::vector<std::string>& parts)
{
    QStringList list;
    for (const std::string& part : parts)
        list.append(qs(part));
    return list.join(QStringLiteral(", "));
}

QString shortUsd(double usd)
{
    return QStringLiteral("$") + QString::number(usd, 'f', usd != 0 && usd < 0.01 ? 3 : 2);
}

QString percent(double share)
{
    return percentText(share, 0);
}

} // namespace

int GraphBuilder::add(GraphNode node)
{
    m_graph.nodes.push_back(std::move(node));
    return static_cast<int>(m_graph.nodes.size()) - 1;
}

void GraphBuilder::addRequest()
{
    GraphNode node;
    node.kind = GraphNode::Kind::Request;
    node.name = QStringLiteral("request");
    node.title = tr("Request");
    const auto passages = static_cast<std::size_t>(std::max(m_policy.retrieval.topK, 0));
    if (m_policy.retrieval.enabled)
        node.subtitle = counted(passages, tr("+ 1 passage"), tr("+ %1 passages"));
    if (m_policy.cache)
        node.lines.push_back(
            {m_policy.cache->kind == AnswerCacheSpec::Kind::Exact ? tr("exact cache") : tr("semantic cache"),
             QStringLiteral("/cache")});
    if (m_policy.stickiness)
        node.lines.push_back({tr("sticky session"), QStringLiteral("/stickiness")});
    if (!m_policy.userTiers.empty())
        node.lines.push_back(
            {counted(m_policy.userTiers.size(), tr("1 user tier"), tr("%1 user tiers")), {}});
    for (const char* root : {"/retrieval", "/cache", "/stickiness", "/user_tiers", "/budget", "/slo"})
        node.problemRoots.append(QLatin1String(root));
    m_request = add(std::move(node));
}

void GraphBuilder::addRules()
{
    GraphNode node;
    node.kind = GraphNode::Kind::Rules;
    node.name = QStringLiteral("rules");
    node.pointer = QStringLiteral("/rules");
    node.title = tr("Rules");
    const auto count = static_cast<int>(m_policy.rules.size());
    node.subtitle = count == 0 ? tr("none") : tr("%n, in order", nullptr, count);
    const int most = m_options.of(QStringLiteral("rules"), kMostLines);
    const int shown = count <= most ? count : most - 1;
    for (int i = 0; i < shown; ++i) {
        const Rule& rule = m_policy.rules[static_cast<std::size_t>(i)];
        QString text = rule.id.empty() ? tr("(no id)") : qs(rule.id);
        if (!rule.excludeIds.empty())
            text = tr("%1: not %2").arg(text, joined(rule.excludeIds));
        else if (!rule.allowResidency.empty())
            text = tr("%1: only %2").arg(text, joined(rule.allowResidency));
        else if (rule.locked)
            text = tr("%1 · locked").arg(text);
        if (rule.exclusive)
            text = tr("%1 · exclusive").arg(text);
        if (rule.taintsThread)
            text = tr("%1 · for the thread").arg(text);
        node.lines.push_back(
            {text, listElementPointer(QStringLiteral("/rules"), m_policy.rules, static_cast<std::size_t>(i)),
             !rule.locked && !rule.isConstraint(), tr("When %1").arg(conditionWhole(rule.when))});
    }
    if (shown < count)
        node.lines.push_back({tr("and %n more", nullptr, count - shown),
                              {},
                              true,
                              tr("Press Enter or click to show more"),
                              QStringLiteral("rules")});
    node.problemRoots = {node.pointer};
    m_rules = add(std::move(node));
}

GraphNode GraphBuilder::routerNode(const Router& router, const QString& pointer) const
{
    GraphNode node;
    node.pointer = pointer;
    node.problemRoots = {pointer};
    const QString otherwise = routeText(router.otherwise, router.otherwiseId);
    const QString by = qs(router.artefact.empty() ? router.modelId : router.artefact);
    const auto named = [&by](const QString& kind) {
        return by.isEmpty() ? kind : QStringLiteral("%1 · %2").arg(kind, by);
    };
    bool isAlways = false;
    switch (router.kind) {
    case RouterKind::Scoring:
        node.subtitle = counted(router.signals.size(), tr("scoring · 1 signal"), tr("scoring · %1 signals"));
        node.lines.push_back({tr("medium ≥ %1 · hard ≥ %2").arg(router.mediumAt).arg(router.hardAt), {}});
        if (!router.intents.empty())
            node.lines.push_back({counted(router.intents.size(), tr("1 intent"), tr("%1 intents")), {}});
        break;
    case RouterKind::Fixed:
        node.subtitle = tr("fixed");
        isAlways = true;
        break;
    case RouterKind::Rules:
        node.subtitle = tr("the rules decide");
        break;
    case RouterKind::Classifier:
        node.subtitle = named(tr("classifier"));
        break;
    case RouterKind::Embedding:
        node.subtitle = router.centroids.empty()
                            ? named(tr("embedding"))
                            : counted(router.centroids.size(), tr("embedding · 1 centroid"),
                                      tr("embedding · %1 centroids"));
        if (router.minSimilarity)
            node.lines.push_back({tr("similarity ≥ %1").arg(*router.minSimilarity), {}});
        break;
    case RouterKind::Predictive:
        node.subtitle = named(tr("predictive"));
        break;
    case RouterKind::Knn:
        node.subtitle = named(tr("nearest %1 prompts").arg(router.k));
        node.lines.push_back({tr("cheapest with quality ≥ %1").arg(router.minQuality), {}});
        break;
    case RouterKind::Llm:
        node.subtitle = named(tr("LLM"));
        break;
    case RouterKind::Bandit:
        node.subtitle = named(tr("bandit"));
        node.lines.push_back({tr("explores %1").arg(percent(router.exploration)), {}});
        break;
    case RouterKind::Agentic:
        node.subtitle = named(tr("agentic"));
        break;
    case RouterKind::Chain:
        node.subtitle = counted(router.steps.size(), tr("chain of 1 step"), tr("chain of %1 steps"));
        break;
    }
    if (router.deadlineMs)
        node.lines.push_back({tr("within %1").arg(msText(*router.deadlineMs)), {}});
    if (isAlways)
        node.lines.push_back({tr("always %1").arg(otherwise), {}});
    else if (!router.otherwiseId.empty() || router.id.empty())
        node.lines.push_back({tr("otherwise %1").arg(otherwise), {}, true});
    return node;
}

void GraphBuilder::addRouter()
{
    GraphNode node = routerNode(m_policy.router, QStringLiteral("/router"));
    node.kind = GraphNode::Kind::Router;
    node.name = QStringLiteral("router");
    node.title = tr("Router");
    if (m_policy.router.kind == RouterKind::Chain) // the steps show their own
        node.problemRoots = {QStringLiteral("/router/otherwise"), QStringLiteral("/router/kind")};
    m_router = add(std::move(node));
}

void GraphBuilder::addSteps()
{
    const Router& router = m_policy.router;
    if (router.kind != RouterKind::Chain)
        return;
    for (std::size_t i = 0; i < router.steps.size(); ++i) {
        const Router& step = router.steps[i];
        GraphNode node =
            routerNode(step, listElementPointer(QStringLiteral("/router/steps"), router.steps, i));
        node.kind = GraphNode::Kind::Step;
        node.index = static_cast<int>(i);
        node.name = QStringLiteral("step:") + (step.id.empty() ? QString::number(i) : qs(step.id));
        node.title = step.id.empty() ? tr("Step %1").arg(i + 1) : tr("%1 · %2").arg(i + 1).arg(qs(step.id));
        m_stepNode.push_back(add(std::move(node)));
    }
}

bool GraphBuilder::needsPerson() const
{
    const auto human = [](const auto& part) { return part.route == Route::toHuman(); };
    const auto leads = [&human](const Router& router) {
        const auto isHuman = [](const Route& route) { return route.isHuman(); };
        return std::any_of(router.map.begin(), router.map.end(), human) ||
               std::any_of(router.choices.begin(), router.choices.end(), human) ||
               std::any_of(router.allow.begin(), router.allow.end(), isHuman) || router.otherwise.isHuman();
    };
    const Router& router = m_policy.router;
    return std::any_of(m_policy.rules.begin(), m_policy.rules.end(), human) || leads(router) ||
           std::any_of(router.steps.begin(), router.steps.end(), leads) ||
           m_policy.cascade.whenExhausted == WhenExhausted::Human || m_policy.cascade.unsure.isHuman() ||
           std::any_of(m_policy.triggers.begin(), m_policy.triggers.end(), [](const Trigger& trigger) {
               return !trigger.escalateToNext && trigger.escalateTo.isHuman();
           });
}

/// Always there, so that something can be led to it.
void GraphBuilder::addPerson()
{
    GraphNode node;
    node.kind = GraphNode::Kind::Person;
    node.name = QStringLiteral("human");
    node.pointer = QLatin1String(kPersonPointer);
    node.title = tr("Person");
    node.ghost = !needsPerson();
    node.subtitle = m_policy.handoff && !m_policy.handoff->queue.empty()
                        ? tr("handoff · queue “%1”").arg(qs(m_policy.handoff->queue))
                    : node.ghost ? tr("nothing leads here")
                                 : tr("handoff");
    node.problemRoots = {QStringLiteral("/handoff"), QStringLiteral("/copy")};
    m_person = add(std::move(node));
}

void GraphBuilder::addPattern()
{
    const Cascade& cascade = m_policy.cascade;
    if (m_policy.tiers.empty())
        return;
    GraphNode node;
    node.kind = GraphNode::Kind::Pattern;
    node.name = QStringLiteral("cascade");
    node.pointer = QStringLiteral("/cascade");
    node.problemRoots = {node.pointer};
    const QString hops = counted(static_cast<std::size_t>(std::max(cascade.maxHops, 0)), tr("at most 1 hop"),
                                 tr("at most %1 hops"));
    switch (cascade.pattern) {
    case CascadePattern::Direct:
        node.title = tr("Direct · one answer, no escalation");
        break;
    case CascadePattern::Waterfall:
        node.title = tr("Waterfall · %1").arg(hops);
        break;
    case CascadePattern::Race:
        node.title = counted(cascade.laneIds.size(), tr("Race · 1 lane"), tr("Race · %1 lanes"));
        break;
    case CascadePattern::SpecialistPool:
        node.title = tr("Specialists · %1 in the pool").arg(cascade.poolIds.size());
        break;
    case CascadePattern::Pipeline:
        node.title = counted(cascade.stages.size(), tr("Pipeline · 1 stage"), tr("Pipeline · %1 stages"));
        break;
    case CascadePattern::Agreement:
        node.title = tr("Agreement · %1 tiers").arg(cascade.laneIds.size());
        break;
    case CascadePattern::SelfConsistency:
        node.title = tr("Self-consistency · %1 samples").arg(cascade.samples);
        break;
    }
    node.toolTip = hops;
    m_pattern = add(std::move(node));
}

void GraphBuilder::addStages()
{
    const Cascade& cascade = m_policy.cascade;
    if (cascade.pattern != CascadePattern::Pipeline || m_pattern < 0)
        return;
    static const char* const kRoles[] = {QT_TR_NOOP("rewrite"), QT_TR_NOOP("retrieve"),
                                         QT_TR_NOOP("synthesise"), QT_TR_NOOP("verify")};
    for (std::size_t i = 0; i < cascade.stages.size(); ++i) {
        const Stage& stage = cascade.stages[i];
        GraphNode node;
        node.kind = GraphNode::Kind::Stage;
        node.index = static_cast<int>(i);
        node.tier = stage.tier;
        node.pointer = listElementPointer(QStringLiteral("/cascade/stages"), cascade.stages, i);
        node.name = QStringLiteral("stage:") + (stage.id.empty() ? QString::number(i) : qs(stage.id));
        node.title = tr("%1 · %2").arg(i + 1).arg(stage.id.empty() ? tr("(no id)") : qs(stage.id));
        const QString role = tr(kRoles[static_cast<int>(stage.role)]);
        node.subtitle = stage.tierId.empty() ? role : tr("%1 by %2").arg(role, qs(stage.tierId));
        node.toolTip = qs(stage.prompt);
        node.problemRoots = {node.pointer};
        m_stageNode.push_back(add(std::move(node)));
    }
    if (!m_stageNode.empty())
        m_graph.groups.push_back({m_pattern, m_stageNode.back()});
}

GraphNode GraphBuilder::tierNode(int index) const
{
    const Tier& tier = m_policy.tiers[static_cast<std::size_t>(index)];
    GraphNode node;
    node.kind = GraphNode::Kind::Tier;
    node.name = tier.id.empty() ? QStringLiteral("#%1").arg(index) : qs(tier.id);
    node.pointer =
        listElementPointer(QStringLiteral("/tiers"), m_policy.tiers, static_cast<std::size_t>(index));
    node.title = tier.modelIds.empty() ? qs(tier.id) : tr("%1 · %2").arg(qs(tier.id), joined(tier.modelIds));
    node.tier = index;
    node.index = index;
    node.problemRoots = {node.pointer};
    node.toolTip = qs(tier.title);
    QStringList about;
    for (const int modelIndex : tier.models) {
        if (modelIndex < 0)
            continue;
        const Model& model = m_policy.models[static_cast<std::size_t>(modelIndex)];
        node.problemRoots.append(listElementPointer(QStringLiteral("/models"), m_policy.models,
                                                    static_cast<std::size_t>(modelIndex)));
        if (!about.isEmpty())
            continue; // the first replica speaks for its tier
        if (model.endpoint >= 0)
            about.append(qs(m_policy.endpoints[static_cast<std::size_t>(model.endpoint)].residency));
        if (model.price && model.price->inputPerMtok && model.price->outputPerMtok)
            about.append(shortUsd(*model.price->inputPerMtok) + QStringLiteral(" / ") +
                         shortUsd(*model.price->outputPerMtok));
        else
            about.append(tr("price unknown"));
    }
    node.subtitle = about.join(QStringLiteral(" · "));
    if (!tier.title.empty())
        node.lines.push_back({qs(tier.title), {}});
    if (tier.isSpecialist())
        node.lines.push_back({tr("specialist for %1").arg(qs(tier.specialty)), {}});
    if (tier.modelIds.size() > 1)
        node.lines.push_back({tier.balance == Balance::LeastBusy
                                  ? tr("%1 replicas, least busy first").arg(tier.modelIds.size())
                                  : tr("%1 replicas, by weight").arg(tier.modelIds.size()),
                              {}});
    QStringList budget;
    if (tier.budget.deadlineMs)
        budget.append(QStringLiteral("≤ ") + msText(*tier.budget.deadlineMs));
    if (tier.budget.maxCost)
        budget.append(QStringLiteral("≤ ") + shortUsd(toUsd(*tier.budget.maxCost)));
    if (!budget.isEmpty())
        node.lines.push_back({tr("%1 a hop").arg(budget.join(QStringLiteral(" · "))), {}});
    return node;
}

std::vector<int> GraphBuilder::tiersInOrder() const
{
    const Cascade& cascade = m_policy.cascade;
    std::vector<int> tiers;
    std::vector<char> seen(m_policy.tiers.size(), 0);
    const auto take = [&](int tier) {
        if (tier >= 0 && !seen[static_cast<std::size_t>(tier)]) {
            seen[static_cast<std::size_t>(tier)] = 1;
            tiers.push_back(tier);
        }
    };
    if (cascade.pattern == CascadePattern::Race || cascade.pattern == CascadePattern::Agreement)
        std::for_each(cascade.lanes.begin(), cascade.lanes.end(), take);
    if (cascade.pattern == CascadePattern::SpecialistPool)
        std::for_each(cascade.pool.begin(), cascade.pool.end(), take);
    std::for_each(cascade.order.begin(), cascade.order.end(), take);
    for (std::size_t tier = 0; tier < m_policy.tiers.size(); ++tier)
        take(static_cast<int>(tier));
    return tiers;
}

void GraphBuilder::addTiers()
{
    const Cascade& cascade = m_policy.cascade;
    const std::vector<int> tiers = tiersInOrder();
    std::vector<int> members = cascade.pattern == CascadePattern::Race ||
                                       cascade.pattern == CascadePattern::Agreement ? cascade.lanes
                               : cascade.pattern == CascadePattern::SpecialistPool ? cascade.pool
                                                                                   : std::vector<int>();
    const auto count = static_cast<int>(tiers.size());
    const int most = m_options.of(QStringLiteral("tiers"), kMostTiers);
    const int shown = count <= most ? count : most - 1;
    m_tierNode.assign(m_policy.tiers.size(), -1);
    int lastMember = -1;
    for (int i = 0; i < shown; ++i) {
        const int tier = tiers[static_cast<std::size_t>(i)];
        const int at = add(tierNode(tier));
        m_tierNode[static_cast<std::size_t>(tier)] = at;
        if (std::find(members.begin(), members.end(), tier) != members.end())
            lastMember = at;
    }
    if (lastMember >= 0)
        m_graph.groups.push_back({m_pattern, lastMember});
    if (shown == count)
        return;
    GraphNode more;
    more.kind = GraphNode::Kind::More;
    more.name = QStringLiteral("more");
    more.pointer = QStringLiteral("/tiers");
    more.title = tr("and %n more tiers", nullptr, count - shown);
    more.toolTip = tr("Press Enter or click to show more");
    more.expands = QStringLiteral("tiers");
    for (int i = shown; i < count; ++i)
        more.problemRoots.append(
            listElementPointer(QStringLiteral("/tiers"), m_policy.tiers,
                               static_cast<std::size_t>(tiers[static_cast<std::size_t>(i)])));
    const int at = add(std::move(more));
    for (int& node : m_tierNode) {
        if (node < 0)
            node = at;
    }
}

} // namespace signalbox
