// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/graph_edits.h"

#include "policy/edit.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"
#include "ui/policy/element_pointer.h"
#include "ui/policy/graph_draft.h"
#include "ui/theme/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace signalbox {

namespace {

using Kind = GraphNode::Kind;
using Choice = ConnectionChoice::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(signalbox::GraphEdits)
};

template <class List>
QString freshId(const List& elements, const QString& stem)
{
    for (int i = 1;; ++i) {
        const QString id = i == 1 ? stem : QStringLiteral("%1-%2").arg(stem).arg(i);
        if (!positionOf(elements, id))
            return id;
    }
}

class Writer
{
public:
    Writer(const PolicyDocument& document, const GraphEnd& from, const GraphEnd& to)
        : m_policy(*document.policy), m_from(from), m_to(to), m_draft(document.text)
    {
        m_target = m_to.kind == Kind::Person ? QStringLiteral("human") : tierId(m_to.index);
    }

    Result<PolicyEdit> write(Choice choice)
    {
        switch (choice) {
        case Choice::Rule:
            return rule();
        case Choice::Row:
        case Choice::Otherwise:
        case Choice::Weak:
        case Choice::Strong:
        case Choice::Candidate:
        case Choice::Allow:
        case Choice::Choice:
            return ofRouter(choice);
        case Choice::Trigger:
            return trigger();
        case Choice::Order:
            return order();
        case Choice::Fallback: {
            const QString list = tierPointer(m_from.index) + QStringLiteral("/fallback");
            m_draft.append(list, jsonText(m_target));
            return m_draft.done(Words::tr("fall back from %1 to %2").arg(tierId(m_from.index), m_target),
                                tierPointer(m_from.index));
        }
        case Choice::Exhausted:
            m_draft.set(QStringLiteral("/cascade/when_exhausted"), "\"human\"");
            return m_draft.done(Words::tr("hand over to a person at the end"), QStringLiteral("/cascade"));
        case Choice::Lane:
        case Choice::Pool:
        case Choice::Stage:
        case Choice::Unsure:
            return ofPattern(choice);
        case Choice::StageTier:
            return stageTier();
        case Choice::After:
            return after();
        case Choice::Lead:
            return lead();
        }
        return fail("policy.no_connection", "This cannot be connected.");
    }

private:
    QString tierId(int tier) const
    {
        return tier >= 0 && static_cast<std::size_t>(tier) < m_policy.tiers.size()
                   ? qs(m_policy.tiers[static_cast<std::size_t>(tier)].id)
                   : QString();
    }
    QString tierPointer(int tier) const
    {
        return listElementPointer(QStringLiteral("/tiers"), m_policy.tiers, static_cast<std::size_t>(tier));
    }

    Result<PolicyEdit> rule()
    {
        const QString id = freshId(
            m_policy.rules,
            QStringLiteral("to-%1").arg(m_to.kind == Kind::Person ? QStringLiteral("person") : m_target));
        QString reason = QStringLiteral("policy.") + id.toLower();
        reason.replace(QLatin1Char('-'), QLatin1Char('_'));
        m_draft.append(QStringLiteral("/rules"),
                       "{\"id\": " + jsonText(id) +
                           ", \"when\": {\"keyword\": [\"example phrase\"]}, \"route\": " +
                           jsonText(m_target) + ", \"reason\": " + jsonText(reason) + "}");
        return m_draft.done(Words::tr("add rule %1").arg(id), QStringLiteral("/rules/") + escapedToken(id));
    }

    Result<PolicyEdit> ofRouter(Choice choice)
    {
        const bool isStep = m_from.kind == Kind::Step;
        const Router& router =
            isStep ? m_policy.router.steps[static_cast<std::size_t>(m_from.index)] : m_policy.router;
        const QString base = isStep
                                 ? listElementPointer(QStringLiteral("/router/steps"), m_policy.router.steps,
                                                      static_cast<std::size_t>(m_from.index))
                                 : QStringLiteral("/router");
        const auto at = [&base](const char* key) { return base + QLatin1Char('/') + QLatin1String(key); };
        const auto entry = [&](const char* list, const QString& label) {
            m_draft.append(at(list), jsonText(m_target));
            return m_draft.done(label, base);
        };
        switch (choice) {
        case Choice::Row: {
            // The first difficulty that no row of this kind speaks of yet.
            int difficulty = 1;
            const auto speaksOf = [&](const RouterMapRow& row) {
                return row.intent.empty() && !row.minConfidence && row.difficulty == difficulty;
            };
            while (difficulty < 3 && std::any_of(router.map.begin(), router.map.end(), speaksOf))
                ++difficulty;
            m_draft.append(at("map"), "{\"difficulty\": " + std::to_string(difficulty) +
                                          ", \"route\": " + jsonText(m_target) + "}");
            return m_draft.done(Words::tr("add a map row to %1").arg(m_target),
                                QStringLiteral("%1/%2").arg(at("map")).arg(router.map.size()));
        }
        case Choice::Weak:
            m_draft.setRoute(at("weak"), m_target);
            return m_draft.done(Words::tr("make %1 the weak tier").arg(m_target), base);
        case Choice::Strong:
            m_draft.setRoute(at("strong"), m_target);
            return m_draft.done(Words::tr("make %1 the strong tier").arg(m_target), base);
        case Choice::Candidate:
            return entry("candidates", Words::tr("add candidate %1").arg(m_target));
        case Choice::Allow:
            return entry("allow", Words::tr("allow %1").arg(m_target));
        case Choice::Choice: {
            const QString id = freshId(router.choices, QStringLiteral("ask_%1").arg(m_target));
            m_draft.append(at("choices"), "{\"id\": " + jsonText(id) + ", \"description\": " +
                                              jsonText(Words::tr("When %1 fits best").arg(m_target)) +
                                              ", \"route\": " + jsonText(m_target) + "}");
            return m_draft.done(Words::tr("add choice %1").arg(id), base);
        }
        default:
            m_draft.setRoute(at("otherwise"), m_target);
            return m_draft.done(Words::tr("otherwise %1").arg(m_target), base);
        }
    }

    /// What an escalation needs: a waterfall instead of a direct cascade, both tiers in its order, and hops.
    std::vector<std::string> makeWaterfall()
    {
        const Cascade& cascade = m_policy.cascade;
        std::vector<std::string> ids = cascade.orderIds;
        const QString list = QStringLiteral("/cascade/order");
        if (cascade.pattern == CascadePattern::Direct) {
            m_draft.set(QStringLiteral("/cascade/pattern"), "\"waterfall\"");
            if (!m_draft.has(list)) {
                QStringList names;
                for (const std::string& id : ids)
                    names.append(qs(id));
                m_draft.set(list, jsonList(names));
            }
        }
        if (cascade.pattern != CascadePattern::Direct && cascade.pattern != CascadePattern::Waterfall)
            return ids;
        for (const GraphEnd& end : {m_from, m_to}) {
            const std::string id = ss(tierId(end.index));
            if (end.kind == Kind::Tier && !rung(ids, id)) {
                m_draft.append(list, jsonText(qs(id)));
                ids.push_back(id);
            }
        }
        if (cascade.maxHops < 2)
            m_draft.set(QStringLiteral("/cascade/max_hops"),
                        std::to_string(std::clamp(static_cast<int>(ids.size()), 2, kMostHops)));
        return ids;
    }

    Result<PolicyEdit> trigger()
    {
        const std::vector<std::string> ids = makeWaterfall();
        const QString from = tierId(m_from.index);
        const auto rungOfFrom = rung(ids, ss(from));
        const bool isNext = m_to.kind == Kind::Tier && rungOfFrom && *rungOfFrom + 1 < ids.size() &&
                            ids[*rungOfFrom + 1] == ss(m_target);
        const bool hasRubric = !m_policy.rubrics.empty();
        const QString id = freshId(m_policy.triggers,
                                   QStringLiteral("%1-%2").arg(from, hasRubric ? QStringLiteral("quality")
                                                                               : QStringLiteral("schema")));
        std::string gate = "\"gate\": \"json_schema\", \"schema\": {\"type\": \"object\"}";
        if (hasRubric) {
            const Rubric& rubric = m_policy.rubrics.front();
            gate = "\"gate\": \"judge\", \"rubric\": " + jsonText(qs(rubric.id)) +
                   ", \"below\": " + jsonNumber((1 + rubric.of) / 2.0) +
                   ", \"of\": " + std::to_string(rubric.of);
        }
        m_draft.append(QStringLiteral("/triggers"),
                       "{\"id\": " + jsonText(id) + ", " + gate + ", \"applies_to\": [" + jsonText(from) +
                           "], \"escalate\": " + (isNext ? "\"next\"" : jsonText(m_target)) + "}");
        return m_draft.done(Words::tr("add trigger %1").arg(id),
                            QStringLiteral("/triggers/") + escapedToken(id));
    }

    Result<PolicyEdit> order()
    {
        const std::vector<std::string> ids = makeWaterfall();
        const QString list = QStringLiteral("/cascade/order");
        const QString from = tierId(m_from.index);
        if (!m_draft.has(list)) {
            QStringList names;
            for (const std::string& id : ids)
                names.append(qs(id));
            m_draft.set(list, jsonList(names));
        }
        const auto a = rung(ids, ss(from));
        const auto b = rung(ids, ss(m_target));
        if (a && b)
            m_draft.move(list, *b, movedTo(*b, *a + 1));
        else if (a)
            m_draft.insert(list, *a + 1, jsonText(m_target));
        else
            m_draft.append(list, jsonText(m_target));
        return m_draft.done(Words::tr("order %1 after %2").arg(m_target, from), tierPointer(m_to.index));
    }

    Result<PolicyEdit> ofPattern(Choice choice)
    {
        // Drawn either way: the member is whichever end is no pattern.
        const GraphEnd& member = m_from.kind == Kind::Pattern ? m_to : m_from;
        const QString id = member.kind == Kind::Person ? QStringLiteral("human") : tierId(member.index);
        const QString cascade = QStringLiteral("/cascade");
        switch (choice) {
        case Choice::Lane:
            m_draft.append(QStringLiteral("/cascade/lanes"), jsonText(id));
            return m_draft.done(Words::tr("add lane %1").arg(id), cascade);
        case Choice::Pool:
            m_draft.append(QStringLiteral("/cascade/pool"), jsonText(id));
            return m_draft.done(Words::tr("add %1 to the pool").arg(id), cascade);
        case Choice::Unsure:
            m_draft.setRoute(QStringLiteral("/cascade/unsure/escalate"), id);
            return m_draft.done(Words::tr("go to %1 when not sure").arg(id), cascade);
        default:
            break;
        }
        const auto& stages = m_policy.cascade.stages;
        const QString stage = freshId(stages, QStringLiteral("stage-%1").arg(stages.size() + 1));
        m_draft.append(QStringLiteral("/cascade/stages"),
                       "{\"id\": " + jsonText(stage) +
                           ", \"role\": \"synthesise\", \"tier\": " + jsonText(id) + "}");
        const auto withTier = std::count_if(stages.begin(), stages.end(),
                                            [](const Stage& each) { return !each.tierId.empty(); });
        if (m_policy.cascade.maxHops <= withTier && withTier < kMostHops)
            m_draft.set(QStringLiteral("/cascade/max_hops"), std::to_string(withTier + 1));
        return m_draft.done(Words::tr("add stage %1").arg(stage), cascade);
    }

    Result<PolicyEdit> stageTier()
    {
        const GraphEnd& stage = m_from.kind == Kind::Stage ? m_from : m_to;
        const GraphEnd& tier = m_from.kind == Kind::Stage ? m_to : m_from;
        const QString pointer = listElementPointer(QStringLiteral("/cascade/stages"), m_policy.cascade.stages,
                                                   static_cast<std::size_t>(stage.index));
        m_draft.set(pointer + QStringLiteral("/tier"), jsonText(tierId(tier.index)));
        return m_draft.done(
            Words::tr("let %1 do stage %2").arg(tierId(tier.index), pointerParts(pointer).last()), pointer);
    }

    Result<PolicyEdit> after()
    {
        const auto from = static_cast<std::size_t>(m_to.index);
        const auto to = movedTo(from, static_cast<std::size_t>(m_from.index) + 1);
        const bool isStage = m_from.kind == Kind::Stage;
        m_draft.move(isStage ? QStringLiteral("/cascade/stages") : QStringLiteral("/router/steps"), from, to);
        return m_draft.done(isStage ? Words::tr("move a stage") : Words::tr("move a step"),
                            isStage ? QStringLiteral("/cascade") : QStringLiteral("/router"));
    }

    Result<PolicyEdit> lead()
    {
        const QStringList parts = pointerParts(m_from.route);
        const QString list = parts.value(parts.size() - 2);
        QString pointer = m_from.route;
        if (list == QLatin1String("rules") || list == QLatin1String("map") ||
            list == QLatin1String("choices"))
            pointer += QStringLiteral("/route");
        else if (list == QLatin1String("triggers") || parts.last() == QLatin1String("unsure"))
            pointer += QStringLiteral("/escalate");
        else if (list == QLatin1String("stages"))
            pointer += QStringLiteral("/tier");
        // A list of one may be written as its one entry.
        const QString parent = pointer.left(pointer.lastIndexOf(QLatin1Char('/')));
        if (!m_draft.has(pointer) && parts.last() == QLatin1String("0") && m_draft.has(parent))
            pointer = parent;
        m_draft.setRoute(pointer, m_target);
        return m_draft.done(Words::tr("lead %1 to %2").arg(parts.last(), m_target), m_from.route);
    }

    const Policy& m_policy;
    const GraphEnd& m_from;
    const GraphEnd& m_to;
    Draft m_draft;
    QString m_target;
};

} // namespace

Result<PolicyEdit> connectEnds(const PolicyDocument& document, const GraphEnd& from, const GraphEnd& to,
                               ConnectionChoice::Kind choice)
{
    if (!document.policy)
        return fail("policy.no_json", "The text is no JSON object. Mend the text first.");
    const ConnectionVerdict verdict = connectionVerdict(*document.policy, from, to);
    const auto offered = [choice](const ConnectionChoice& each) { return each.kind == choice; };
    if (std::none_of(verdict.choices.begin(), verdict.choices.end(), offered))
        return fail("policy.no_connection", verdict.why.isEmpty()
                                                ? std::string("This cannot be connected in this way.")
                                                : ss(verdict.why));
    return Writer(document, from, to).write(choice);
}

} // namespace signalbox
