// SPDX-License-Identifier: GPL-3.0-or-later
// Which connections are legal.
#include "policy/policy.h"
#include "ui/policy/element_pointer.h"
#include "ui/policy/graph_edits.h"
#include "ui/theme/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace signalbox {

namespace {

using Kind = GraphNode::Kind;
using Choice = ConnectionChoice::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(signalbox::ConnectionVerdict)
};

ConnectionVerdict no(const QString& why)
{
    return {{}, why};
}

bool holds(const std::vector<int>& list, int tier)
{
    return std::find(list.begin(), list.end(), tier) != list.end();
}

class Judge
{
public:
    Judge(const Policy& policy, const GraphEnd& from, const GraphEnd& to)
        : m_policy(policy), m_from(from), m_to(to)
    {
    }

    ConnectionVerdict verdict()
    {
        if (m_to.kind == Kind::Request)
            return no(Words::tr("Nothing leads back to the request."));
        if (m_to.kind == Kind::More)
            return no(Words::tr("Show these tiers first, then connect one of them."));
        if (m_to.kind == Kind::Tier && idOf(m_to).isEmpty())
            return no(Words::tr("This tier has no id to be named by. Give it one first."));
        if (!m_from.route.isEmpty())
            return lead();
        switch (m_from.kind) {
        case Kind::Request:
            return no(Words::tr("A request always meets the rules first, then the router. Connect those."));
        case Kind::Person:
            return no(Words::tr("A person is the end of the way; nothing comes after."));
        case Kind::More:
            return no(Words::tr("Show these tiers first, then connect one of them."));
        case Kind::Rules:
            return fromRules();
        case Kind::Router:
            return fromRouter(m_policy.router);
        case Kind::Step:
            return fromStep();
        case Kind::Pattern:
            return fromPattern(m_to);
        case Kind::Stage:
            return fromStage();
        case Kind::Tier:
            return fromTier();
        }
        return no({});
    }

private:
    QString idOf(const GraphEnd& end) const
    {
        if (end.kind == Kind::Person)
            return Words::tr("a person");
        const auto index = static_cast<std::size_t>(end.index);
        if (end.kind == Kind::Tier && index < m_policy.tiers.size())
            return qs(m_policy.tiers[index].id);
        if (end.kind == Kind::Stage && index < m_policy.cascade.stages.size())
            return qs(m_policy.cascade.stages[index].id);
        if (end.kind == Kind::Step && index < m_policy.router.steps.size())
            return qs(m_policy.router.steps[index].id);
        return {};
    }
    QString target() const { return idOf(m_to); }
    bool isTarget() const { return m_to.kind == Kind::Tier || m_to.kind == Kind::Person; }
    bool leadsHere(const Route& route) const
    {
        return m_to.kind == Kind::Person ? route.isHuman() : route.isTier() && route.tier == m_to.index;
    }
    static ConnectionVerdict one(Choice kind, const QString& text) { return {{{kind, text}}, {}}; }

    ConnectionVerdict fromRules() const
    {
        if (m_to.kind == Kind::Router || m_to.kind == Kind::Step)
            return no(Words::tr("What no rule decides goes to the router by itself."));
        if (!isTarget())
            return no(Words::tr("A rule leads to a tier or a person."));
        return one(Choice::Rule, Words::tr("New rule that leads to %1").arg(target()));
    }

    ConnectionVerdict fromRouter(const Router& router) const
    {
        if (m_to.kind == Kind::Rules)
            return no(Words::tr("The rules come before the router."));
        if (m_to.kind == Kind::Step || m_to.kind == Kind::Router)
            return no(Words::tr("The steps of a chain follow each other by themselves; draw from step to "
                                "step to change their order."));
        if (!isTarget())
            return no(Words::tr("A router leads to a tier or a person."));
        ConnectionVerdict out;
        const bool isPerson = m_to.kind == Kind::Person;
        const auto offer = [&out](Choice kind, const QString& text) { out.choices.push_back({kind, text}); };
        switch (router.kind) {
        case RouterKind::Scoring:
        case RouterKind::Classifier:
        case RouterKind::Embedding:
            offer(Choice::Row, Words::tr("New map row that leads to %1").arg(target()));
            break;
        case RouterKind::Predictive:
            if (!isPerson && !leadsHere(router.weak))
                offer(Choice::Weak, Words::tr("%1 as the weak tier").arg(target()));
            if (!isPerson && !leadsHere(router.strong))
                offer(Choice::Strong, Words::tr("%1 as the strong tier").arg(target()));
            break;
        case RouterKind::Knn:
        case RouterKind::Bandit:
            if (!isPerson && !hasRoute(router.candidates))
                offer(Choice::Candidate, Words::tr("%1 as a candidate").arg(target()));
            break;
        case RouterKind::Llm:
            if (!hasRoute(router.allow))
                offer(Choice::Allow, Words::tr("%1 as an answer that the model may give").arg(target()));
            break;
        case RouterKind::Agentic:
            offer(Choice::Choice, Words::tr("New choice that leads to %1").arg(target()));
            break;
        case RouterKind::Fixed:
        case RouterKind::Rules:
        case RouterKind::Chain:
            break;
        }
        if (!leadsHere(router.otherwise))
            offer(Choice::Otherwise, router.kind == RouterKind::Fixed
                                         ? Words::tr("Always %1").arg(target())
                                         : Words::tr("Otherwise %1").arg(target()));
        if (out.choices.empty())
            out.why = Words::tr("The router leads to %1 already in every way that it can.").arg(target());
        return out;
    }

    bool hasRoute(const std::vector<Route>& routes) const
    {
        return std::any_of(routes.begin(), routes.end(),
                           [this](const Route& route) { return leadsHere(route); });
    }

    ConnectionVerdict fromStep() const
    {
        const auto& steps = m_policy.router.steps;
        if (m_from.index < 0 || static_cast<std::size_t>(m_from.index) >= steps.size())
            return no(Words::tr("This step is not there any more."));
        if (m_to.kind == Kind::Step) {
            if (m_to.index == m_from.index)
                return no(Words::tr("A step cannot come after itself."));
            if (m_to.index == m_from.index + 1)
                return no(Words::tr("This step comes right after it already."));
            return one(Choice::After, Words::tr("Step %1 right after %2").arg(target(), idOf(m_from)));
        }
        return fromRouter(steps[static_cast<std::size_t>(m_from.index)]);
    }

    /// The pattern and `member`, in whichever direction they were connected.
    ConnectionVerdict fromPattern(const GraphEnd& member) const
    {
        const Cascade& cascade = m_policy.cascade;
        const bool isTier = member.kind == Kind::Tier;
        const QString id = idOf(member);
        if (!isTier && member.kind != Kind::Person)
            return no(Words::tr("A pattern holds tiers."));
        switch (cascade.pattern) {
        case CascadePattern::Direct:
            return no(Words::tr("A direct cascade has no members; the router's choice answers."));
        case CascadePattern::Waterfall:
            if (!isTier)
                return cascade.whenExhausted == WhenExhausted::Human
                           ? no(Words::tr("A person follows already when nothing is left."))
                           : one(Choice::Exhausted, Words::tr("A person when no tier is left"));
            return no(Words::tr("Connect one tier with another to say which comes after which."));
        case CascadePattern::Race:
            if (!isTier)
                return no(Words::tr("Only tiers run in a race."));
            if (holds(cascade.lanes, member.index))
                return no(Words::tr("%1 is a lane of the race already.").arg(id));
            return one(Choice::Lane, Words::tr("%1 as a lane of the race").arg(id));
        case CascadePattern::Agreement:
            if (!isTier)
                return no(Words::tr("Only tiers can agree."));
            if (holds(cascade.lanes, member.index))
                return no(Words::tr("%1 is asked already.").arg(id));
            return one(Choice::Lane, Words::tr("%1 as one that must agree").arg(id));
        case CascadePattern::SelfConsistency:
            return no(Words::tr("The tier that the router chose is asked several times."));
        case CascadePattern::SpecialistPool: {
            ConnectionVerdict out;
            if (isTier && !holds(cascade.pool, member.index))
                out.choices.push_back({Choice::Pool, Words::tr("%1 into the pool").arg(id)});
            const bool isUnsure =
                isTier ? cascade.unsure == Route::toTier(member.index) : cascade.unsure.isHuman();
            if (!isUnsure)
                out.choices.push_back(
                    {Choice::Unsure, Words::tr("To %1 when a specialist is not sure").arg(id)});
            if (out.choices.empty())
                out.why = Words::tr("%1 is in the pool already.").arg(id);
            return out;
        }
        case CascadePattern::Pipeline:
            if (!isTier)
                return no(Words::tr("Only tiers do the work of a stage."));
            return one(Choice::Stage, Words::tr("New stage by %1").arg(id));
        }
        return no({});
    }

    ConnectionVerdict fromStage() const
    {
        if (m_to.kind == Kind::Stage) {
            if (m_to.index == m_from.index)
                return no(Words::tr("A stage cannot come after itself."));
            if (m_to.index == m_from.index + 1)
                return no(Words::tr("This stage comes right after it already."));
            return one(Choice::After, Words::tr("Stage %1 right after %2").arg(target(), idOf(m_from)));
        }
        if (m_to.kind != Kind::Tier)
            return no(Words::tr("A stage's work is done by a tier."));
        return stageTier(m_from, m_to);
    }

    ConnectionVerdict stageTier(const GraphEnd& stage, const GraphEnd& tier) const
    {
        const auto& stages = m_policy.cascade.stages;
        if (stage.index < 0 || static_cast<std::size_t>(stage.index) >= stages.size())
            return no(Words::tr("This stage is not there any more."));
        const Stage& what = stages[static_cast<std::size_t>(stage.index)];
        if (what.role == Stage::Role::Retrieve)
            return no(Words::tr("A stage that retrieves asks no model, so it has no tier."));
        if (what.tier == tier.index)
            return no(Words::tr("%1 does this stage's work already.").arg(idOf(tier)));
        return one(Choice::StageTier, Words::tr("%1 does the work of stage %2").arg(idOf(tier), qs(what.id)));
    }

    ConnectionVerdict fromTier() const
    {
        const QString from = idOf(m_from);
        if (m_from.index < 0 || static_cast<std::size_t>(m_from.index) >= m_policy.tiers.size() ||
            from.isEmpty())
            return no(Words::tr("This tier has no id to be named by. Give it one first."));
        switch (m_to.kind) {
        case Kind::Rules:
        case Kind::Router:
        case Kind::Step:
            return no(Words::tr("Rules and router decide before a tier is called; draw from them."));
        case Kind::Pattern:
            return fromPattern(m_from);
        case Kind::Stage:
            return stageTier(m_to, m_from);
        case Kind::Person:
            return tierToPerson(from);
        case Kind::Tier:
            return tierToTier(from);
        default:
            return no(Words::tr("A tier leads to another tier or to a person."));
        }
    }

    QString madeWaterfall() const
    {
        return m_policy.cascade.pattern == CascadePattern::Direct
                   ? Words::tr(" (makes the cascade a waterfall)")
                   : QString();
    }

    ConnectionVerdict tierToPerson(const QString& from) const
    {
        ConnectionVerdict out;
        out.choices.push_back(
            {Choice::Trigger, Words::tr("New trigger: from %1 to a person").arg(from) + madeWaterfall()});
        if (m_policy.cascade.whenExhausted != WhenExhausted::Human)
            out.choices.push_back({Choice::Exhausted, Words::tr("A person when no tier is left")});
        return out;
    }

    ConnectionVerdict tierToTier(const QString& from) const
    {
        if (m_from.index == m_to.index)
            return no(Words::tr("A tier does not lead to itself."));
        const Tier& tier = m_policy.tiers[static_cast<std::size_t>(m_from.index)];
        const Cascade& cascade = m_policy.cascade;
        ConnectionVerdict out;
        out.choices.push_back(
            {Choice::Trigger,
             Words::tr("New trigger: escalate from %1 to %2 for quality").arg(from, target()) +
                 madeWaterfall()});
        bool follows = false;
        for (std::size_t i = 0; i + 1 < cascade.order.size(); ++i)
            follows = follows || (cascade.order[i] == m_from.index && cascade.order[i + 1] == m_to.index);
        const bool hasOrder =
            cascade.pattern != CascadePattern::Pipeline && cascade.pattern != CascadePattern::SpecialistPool;
        if (!follows && hasOrder)
            out.choices.push_back({Choice::Order, Words::tr("Order: %1 right after %2").arg(target(), from)});
        if (!holds(tier.fallback, m_to.index))
            out.choices.push_back(
                {Choice::Fallback, Words::tr("Fallback: %1 when %2 is not available").arg(target(), from)});
        return out;
    }

    /// A route that exists, to another target.
    ConnectionVerdict lead() const
    {
        const QStringList parts = pointerParts(m_from.route);
        const QString last = parts.value(parts.size() - 1);
        const QString list = parts.value(parts.size() - 2);
        const bool tiersOnly = list == QLatin1String("candidates") || list == QLatin1String("lanes") ||
                               list == QLatin1String("pool") || list == QLatin1String("fallback") ||
                               list == QLatin1String("stages") || last == QLatin1String("weak") ||
                               last == QLatin1String("strong");
        if (m_to.kind == Kind::Person && tiersOnly)
            return no(Words::tr("Only a tier can stand here, not a person."));
        if (!isTarget())
            return no(Words::tr("This leads to a tier or a person."));
        if (m_from.kind == Kind::Tier && m_to.kind == Kind::Tier && m_from.index == m_to.index)
            return no(Words::tr("A tier does not lead to itself."));
        return one(Choice::Lead, Words::tr("%1 leads to %2").arg(last, target()));
    }

    const Policy& m_policy;
    const GraphEnd& m_from;
    const GraphEnd& m_to;
};

} // namespace

GraphEnd endOf(const GraphNode& node)
{
    return {node.kind, node.index, {}};
}

std::optional<GraphEnd> endOf(const GraphNode& from, const GraphPill& pill)
{
    const QStringList parts = pointerParts(pill.pointer);
    if (parts.size() < 2 || !pill.expands.isEmpty() || parts.last() == QLatin1String("min_confidence"))
        return std::nullopt;
    GraphEnd end = endOf(from);
    end.route = pill.pointer;
    return end;
}

int nodeOfEnd(const PolicyGraph& graph, const GraphEnd& end)
{
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const GraphNode& node = graph.nodes[i];
        if (node.kind == end.kind && node.index == end.index)
            return static_cast<int>(i);
    }
    return -1;
}

QString ConnectionVerdict::sentence() const
{
    if (!legal())
        return why;
    QStringList texts;
    for (const ConnectionChoice& choice : choices)
        texts.append(choice.text);
    return texts.join(Words::tr(" — or "));
}

ConnectionVerdict connectionVerdict(const Policy& policy, const GraphEnd& from, const GraphEnd& to)
{
    return Judge(policy, from, to).verdict();
}

} // namespace signalbox
