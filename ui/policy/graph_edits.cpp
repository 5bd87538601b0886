// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/graph_edits.h"

#include "policy/edit.h"
#include "policy/policy.h"
#include "ui/policy/element_pointer.h"
#include "ui/theme/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace signalbox {

namespace {

using Kind = GraphNode::Kind;
using Choice = ConnectionChoice::Kind;

constexpr std::size_t kEnd = static_cast<std::size_t>(-1);
constexpr int kMostHops = 10;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(signalbox::GraphEdits)
};

/// A text that is edited several times; the first failure stays.
class Draft
{
public:
    explicit Draft(const std::string& text) : m_text(text) {}

    bool has(const QString& pointer) const { return m_text && valueAt(*m_text, ss(pointer)).has_value(); }
    bool isList(const QString& pointer) const
    {
        const auto value = m_text ? valueAt(*m_text, ss(pointer)) : Result<std::string>(std::string());
        return value && !value->empty() && value->front() == '[';
    }
    void set(const QString& pointer, const std::string& json)
    {
        if (m_text)
            m_text = setNested(*m_text, pointer, json);
    }
    void append(const QString& list, const std::string& json) { insert(list, kEnd, json); }
    void insert(const QString& list, std::size_t position, const std::string& json)
    {
        if (!m_text)
            return;
        if (!has(list))
            set(list, "[" + json + "]");
        else if (!isList(list)) // one entry may be written without its list
            set(list, "[" + *valueAt(*m_text, ss(list)) + ", " + json + "]");
        else
            m_text = insertElement(*m_text, ss(list), position, json);
    }
    void move(const QString& list, std::size_t from, std::size_t to)
    {
        if (m_text && from != to)
            m_text = signalbox::moveElement(*m_text, ss(list), from, to);
    }
    void remove(const QString& pointer)
    {
        if (m_text)
            m_text = removeValue(*m_text, ss(pointer));
    }
    /// A route as it is written: a name, or an object with the name under "to".
    void setRoute(const QString& pointer, const QString& id)
    {
        if (!m_text)
            return;
        const auto old = valueAt(*m_text, ss(pointer));
        const bool carries = old && !old->empty() && old->front() == '{';
        set(carries ? pointer + QStringLiteral("/to") : pointer, jsonText(id));
    }
    Result<PolicyEdit> done(const QString& label, const QString& select) const
    {
        if (!m_text)
            return tl::unexpected(m_text.error());
        return PolicyEdit{*m_text, label, select};
    }
    const Result<std::string>& text() const { return m_text; }

private:
    Result<std::string> m_text;
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

/// Position of a name in a list as it is written; nothing when it is not in it.
std::optional<std::size_t> rung(const std::vector<std::string>& ids, const std::string& id)
{
    const auto found = std::find(ids.begin(), ids.end(), id);
    return found == ids.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - ids.begin()));
}

/// Where an element that is taken from `from` has to be put to stand before what is at `before`.
std::size_t movedTo(std::size_t from, std::size_t before)
{
    return before > from ? before - 1 : before;
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

Result<PolicyEdit> disconnectTrigger(const PolicyDocument& document, const GraphEnd& from,
                                     const QString& pointer)
{
    const Policy& policy = *document.policy;
    const auto position = positionOf(policy.triggers, pointerParts(pointer).value(1));
    if (!position)
        return fail("policy.no_element", "This trigger is not there any more.", ss(pointer));
    const Trigger& trigger = policy.triggers[*position];
    std::vector<int> tiers = trigger.appliesTo;
    const Cascade& cascade = policy.cascade;
    if (tiers.empty()) { // it applies to every tier: from now on, to every other that it can lead away from
        tiers = cascade.order;
        const bool endsAtLast = trigger.escalateToNext && cascade.whenExhausted != WhenExhausted::Human;
        if (endsAtLast && !tiers.empty() && tiers.back() != from.index)
            tiers.pop_back();
    }
    std::erase_if(tiers, [&](int tier) { return tier == from.index || tier < 0; });
    if (from.kind != Kind::Tier || tiers.empty())
        return removeElement(document, pointer);
    QStringList names;
    for (const int tier : tiers)
        names.append(qs(policy.tiers[static_cast<std::size_t>(tier)].id));
    auto text = setValue(document.text, ss(pointer) + "/applies_to", jsonList(names));
    if (!text)
        return tl::unexpected(text.error());
    return PolicyEdit{*text,
                      Words::tr("disconnect %1 from %2")
                          .arg(qs(trigger.id), qs(policy.tiers[static_cast<std::size_t>(from.index)].id)),
                      pointer};
}

/// The least number of entries that a list must keep, and what to do instead.
std::optional<std::pair<std::size_t, const char*>> leastOf(const QString& list)
{
    if (list == QLatin1String("lanes"))
        return std::pair(std::size_t(2),
                         "A race needs two lanes. Add another one first, or choose another pattern.");
    if (list == QLatin1String("pool"))
        return std::pair(std::size_t(1),
                         "The pool needs a specialist. Add another one first, or choose another pattern.");
    if (list == QLatin1String("stages"))
        return std::pair(std::size_t(1),
                         "A pipeline needs a stage. Add another one first, or choose another pattern.");
    if (list == QLatin1String("candidates"))
        return std::pair(std::size_t(1), "The router needs a candidate. Add another one first.");
    if (list == QLatin1String("allow"))
        return std::pair(std::size_t(1),
                         "The model needs an answer that it may give. Add another one first.");
    return std::nullopt;
}

std::size_t sizeOfList(const Policy& policy, const QStringList& parts)
{
    const QString list = parts.value(parts.size() - 2);
    if (list == QLatin1String("lanes"))
        return policy.cascade.laneIds.size();
    if (list == QLatin1String("pool"))
        return policy.cascade.poolIds.size();
    if (list == QLatin1String("stages"))
        return policy.cascade.stages.size();
    const Router* router = &policy.router;
    if (parts.value(1) == QLatin1String("steps")) {
        if (const auto step = positionOf(policy.router.steps, parts.value(2)))
            router = &policy.router.steps[*step];
    }
    return list == QLatin1String("candidates") ? router->candidateIds.size() : router->allowIds.size();
}

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

Result<PolicyEdit> disconnect(const PolicyDocument& document, const GraphEnd& from, const QString& pill)
{
    if (!document.policy)
        return fail("policy.no_json", "The text is no JSON object. Mend the text first.");
    const QStringList parts = pointerParts(pill);
    const QString last = parts.value(parts.size() - 1);
    const QString list = parts.value(parts.size() - 2);
    if (parts.value(0) == QLatin1String("triggers"))
        return disconnectTrigger(document, from, pill);
    if (last == QLatin1String("weak") || last == QLatin1String("strong"))
        return fail("policy.needed", "A predictive router needs both tiers. Lead it to another one instead.",
                    ss(pill));
    if (last == QLatin1String("unsure"))
        return fail("policy.needed",
                    "A specialist that is not sure needs somewhere to go. Lead it elsewhere instead.",
                    ss(pill));
    if (last == QLatin1String("otherwise") && parts.size() < 3)
        return fail("policy.needed", "The router needs somewhere to go otherwise. Lead it elsewhere instead.",
                    ss(pill));
    if (const auto least = leastOf(list); least && sizeOfList(*document.policy, parts) <= least->first)
        return fail("policy.needed", least->second, ss(pill));
    if (parts.size() < 2)
        return fail("policy.no_element", "There is nothing to disconnect here.", ss(pill));
    Draft draft(document.text);
    if (parts.value(0) == QLatin1String("rules"))
        return removeElement(document, pill);
    if (list == QLatin1String("order")) { // named by its tier
        const auto at = rung(document.policy->cascade.orderIds, ss(last));
        if (!at || !draft.isList(QStringLiteral("/cascade/order")))
            return fail("policy.no_order",
                        "The order is not written out, so every tier stands in it. Connect "
                        "two tiers in the order that you want.");
        draft.remove(QStringLiteral("/cascade/order/%1").arg(*at));
        return draft.done(Words::tr("take %1 out of the order").arg(last), QStringLiteral("/tiers/") + last);
    }
    const QString parent = pill.left(pill.lastIndexOf(QLatin1Char('/')));
    draft.remove(draft.isList(parent) && !draft.has(pill) ? parent : draft.has(pill) ? pill : parent);
    if (list == QLatin1String("fallback") && draft.text() &&
        valueAt(*draft.text(), ss(parent)).value_or("") == "[]")
        draft.remove(parent); // an empty list is an error
    return draft.done(Words::tr("disconnect %1")
                          .arg(last == QLatin1String("otherwise") || list.isEmpty()
                                   ? last
                                   : QStringLiteral("%1 %2").arg(list, last)),
                      elementOf(pill));
}

namespace {

/// The list in which an end stands among its like, as it is written.
struct Row
{
    QString list;
    std::vector<std::string> ids;
};

Row rowOf(const Policy& policy, const GraphEnd& end)
{
    const Cascade& cascade = policy.cascade;
    Row row;
    if (end.kind == Kind::Stage) {
        row.list = QStringLiteral("/cascade/stages");
        for (const Stage& stage : cascade.stages)
            row.ids.push_back(stage.id);
        return row;
    }
    const auto isIn = [&](const std::vector<int>& tiers) {
        return std::find(tiers.begin(), tiers.end(), end.index) != tiers.end();
    };
    if (cascade.pattern == CascadePattern::Race && isIn(cascade.lanes))
        return {QStringLiteral("/cascade/lanes"), cascade.laneIds};
    if (cascade.pattern == CascadePattern::SpecialistPool && isIn(cascade.pool))
        return {QStringLiteral("/cascade/pool"), cascade.poolIds};
    return {QStringLiteral("/cascade/order"), cascade.orderIds};
}

/// Below the last lane or specialist stand tiers that are none: dropped before one of those, it comes last.
int amongItsLike(const Policy& policy, const GraphEnd& moved, int before)
{
    const QString list = rowOf(policy, moved).list;
    const bool isGroup = list == QLatin1String("/cascade/lanes") || list == QLatin1String("/cascade/pool");
    return isGroup && before >= 0 && rowOf(policy, {moved.kind, before, {}}).list != list ? -1 : before;
}

} // namespace

ConnectionVerdict reorderVerdict(const Policy& policy, const GraphEnd& moved, int wanted)
{
    const auto no = [](const QString& why) { return ConnectionVerdict{{}, why}; };
    if (moved.kind != Kind::Tier && moved.kind != Kind::Stage)
        return no(Words::tr("Only tiers and stages stand in an order."));
    const auto size = moved.kind == Kind::Tier ? policy.tiers.size() : policy.cascade.stages.size();
    if (moved.index < 0 || static_cast<std::size_t>(moved.index) >= size || moved.index == wanted)
        return no(Words::tr("It stands there already."));
    const int before = amongItsLike(policy, moved, wanted);
    const Row row = rowOf(policy, moved);
    const GraphEnd other{moved.kind, before, {}};
    if (before >= 0 && rowOf(policy, other).list != row.list)
        return no(Words::tr("It can only be moved among its like."));
    const auto name = [&](int index) {
        return qs(moved.kind == Kind::Tier ? policy.tiers[static_cast<std::size_t>(index)].id
                                           : policy.cascade.stages[static_cast<std::size_t>(index)].id);
    };
    const auto from = rung(row.ids, ss(name(moved.index)));
    const auto to = before < 0 ? row.ids.size() : rung(row.ids, ss(name(before))).value_or(row.ids.size());
    if (from && movedTo(*from, to) == *from)
        return no(Words::tr("It stands there already."));
    return {{{Choice::Order, before < 0 ? Words::tr("%1 last").arg(name(moved.index))
                                        : Words::tr("%1 before %2").arg(name(moved.index), name(before))}},
            {}};
}

Result<PolicyEdit> reorder(const PolicyDocument& document, const GraphEnd& moved, int wanted)
{
    if (!document.policy)
        return fail("policy.no_json", "The text is no JSON object. Mend the text first.");
    const Policy& policy = *document.policy;
    const ConnectionVerdict verdict = reorderVerdict(policy, moved, wanted);
    if (!verdict.legal())
        return fail("policy.no_move", ss(verdict.why));
    const int before = amongItsLike(policy, moved, wanted);
    Draft draft(document.text);
    const Row row = rowOf(policy, moved);
    if (moved.kind == Kind::Stage) {
        const auto from = static_cast<std::size_t>(moved.index);
        draft.move(row.list, from,
                   movedTo(from, before < 0 ? row.ids.size() : static_cast<std::size_t>(before)));
        return draft.done(Words::tr("move stage %1").arg(qs(policy.cascade.stages[from].id)),
                          QStringLiteral("/cascade"));
    }
    const auto& tiers = policy.tiers;
    const std::string& id = tiers[static_cast<std::size_t>(moved.index)].id;
    const std::string beforeId = before < 0 ? std::string() : tiers[static_cast<std::size_t>(before)].id;
    if (draft.isList(row.list)) {
        const auto from = rung(row.ids, id);
        const std::size_t to = before < 0 ? row.ids.size() : rung(row.ids, beforeId).value_or(row.ids.size());
        if (from)
            draft.move(row.list, *from, movedTo(*from, to));
        else
            draft.insert(row.list, to, jsonText(qs(id)));
    }
    // The list of the tiers follows, so that text and drawing read alike.
    if (row.list == QLatin1String("/cascade/order")) {
        const auto from = static_cast<std::size_t>(moved.index);
        std::size_t to = tiers.size();
        if (before >= 0) {
            to = static_cast<std::size_t>(before);
        } else if (!row.ids.empty() && row.ids.back() != id) { // behind the last of the order
            if (const int last = policy.tierIndex(row.ids.back()); last >= 0)
                to = static_cast<std::size_t>(last) + 1;
        }
        draft.move(QStringLiteral("/tiers"), from, movedTo(from, to));
    }
    return draft.done(before < 0 ? Words::tr("move %1 to the end").arg(qs(id))
                                 : Words::tr("move %1 before %2").arg(qs(id), qs(beforeId)),
                      QStringLiteral("/tiers/") + escapedToken(qs(id)));
}

} // namespace signalbox
