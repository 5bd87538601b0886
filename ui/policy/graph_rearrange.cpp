// SPDX-License-Identifier: GPL-3.0-or-later
// Taking connections away, and putting tiers and stages in another order.
#include "policy/policy.h"
#include "ui/policy/element_pointer.h"
#include "ui/policy/graph_draft.h"
#include "ui/policy/graph_edits.h"

#include <QCoreApplication>

namespace signalbox {

namespace {

using Kind = GraphNode::Kind;
using Choice = ConnectionChoice::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(signalbox::GraphEdits)
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
    if ((cascade.pattern == CascadePattern::Race || cascade.pattern == CascadePattern::Agreement) &&
        isIn(cascade.lanes))
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
    if (moved.kind == Kind::Rules && moved.index >= 0) {
        const auto& rules = policy.rules;
        const auto from = static_cast<std::size_t>(moved.index);
        const std::size_t to = wanted < 0 ? rules.size() : static_cast<std::size_t>(wanted);
        if (from >= rules.size() || to > rules.size() || movedTo(from, to) == from)
            return no(Words::tr("It stands there already."));
        const QString name = qs(rules[from].id);
        return {{{Choice::Order, to == rules.size() ? Words::tr("%1 last").arg(name)
                                                    : Words::tr("%1 before %2").arg(name, qs(rules[to].id))}},
                {}};
    }
    if (moved.kind != Kind::Tier && moved.kind != Kind::Stage)
        return no(Words::tr("Only rules, tiers and stages stand in an order."));
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
    Draft draft(document.text);
    if (moved.kind == Kind::Rules) {
        const auto from = static_cast<std::size_t>(moved.index);
        const std::size_t to = wanted < 0 ? policy.rules.size() : static_cast<std::size_t>(wanted);
        draft.move(QStringLiteral("/rules"), from, movedTo(from, to));
        const QString name = qs(policy.rules[from].id);
        return draft.done(to == policy.rules.size()
                              ? Words::tr("move %1 to the end").arg(name)
                              : Words::tr("move %1 before %2").arg(name, qs(policy.rules[to].id)),
                          name.isEmpty() ? QStringLiteral("/rules/%1").arg(movedTo(from, to))
                                         : QStringLiteral("/rules/") + escapedToken(name));
    }
    const int before = amongItsLike(policy, moved, wanted);
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
