// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/tunable_text.h"

#include "policy/policy.h"
#include "ui/policy/element_pointer.h"
#include "ui/theme/text.h"

#include <QCoreApplication>
#include <QStringList>

namespace signalbox {

namespace {

struct Names
{
    Q_DECLARE_TR_FUNCTIONS(signalbox::TunableNames)
};

const Trigger* triggerOf(const Policy& policy, const QStringList& parts)
{
    if (parts.value(0) != QStringLiteral("triggers"))
        return nullptr;
    const auto position = positionOf(policy.triggers, parts.value(1));
    return position ? &policy.triggers[*position] : nullptr;
}

QString rowName(const RouterMapRow& row, int number)
{
    QStringList conditions;
    if (!row.intent.empty())
        conditions << qs(row.intent);
    if (row.difficulty)
        conditions << Names::tr("difficulty %1").arg(*row.difficulty);
    conditions << Names::tr("to %1").arg(qs(row.routeId));
    return Names::tr("Map row %1 (%2), confidence from")
        .arg(number)
        .arg(conditions.join(QStringLiteral(", ")));
}

/// What a number of a router is called after the router's name; empty = not one of its numbers.
QString routerNumber(const QString& name, const QString& key)
{
    if (key == QStringLiteral("medium_at"))
        return Names::tr("%1, medium from score").arg(name);
    if (key == QStringLiteral("hard_at"))
        return Names::tr("%1, hard from score").arg(name);
    if (key == QStringLiteral("deadline_ms"))
        return Names::tr("%1, deadline").arg(name);
    if (key == QStringLiteral("min_similarity"))
        return Names::tr("%1, similarity from").arg(name);
    if (key == QStringLiteral("min_margin"))
        return Names::tr("%1, lead from").arg(name);
    if (key == QStringLiteral("threshold"))
        return Names::tr("%1, weak suffices from").arg(name);
    if (key == QStringLiteral("k"))
        return Names::tr("%1, neighbours").arg(name);
    if (key == QStringLiteral("min_quality"))
        return Names::tr("%1, quality from").arg(name);
    if (key == QStringLiteral("exploration"))
        return Names::tr("%1, exploration").arg(name);
    if (key == QStringLiteral("min_confidence"))
        return Names::tr("%1, confidence from").arg(name);
    return {};
}

QString routerName(const Router& router, const QStringList& parts, const QString& name)
{
    if (parts.value(0) == QStringLiteral("map")) {
        const auto index = static_cast<std::size_t>(parts.value(1).toUInt());
        return index < router.map.size() ? rowName(router.map[index], static_cast<int>(index) + 1)
                                         : QString();
    }
    if (parts.value(0) == QStringLiteral("steps")) {
        const auto position = positionOf(router.steps, parts.value(1));
        return position ? routerName(router.steps[*position], parts.mid(2),
                                     Names::tr("Step %1").arg(qs(router.steps[*position].id)))
                        : QString();
    }
    return routerNumber(name, parts.value(0));
}

QString triggerName(const Trigger& trigger)
{
    const QString id = qs(trigger.id);
    switch (trigger.gate) {
    case GateKind::Judge:
        return Names::tr("Judge %1, below").arg(id);
    case GateKind::Confidence:
        return Names::tr("Confidence %1, below").arg(id);
    case GateKind::Retrieval:
        return Names::tr("Retrieval %1, below").arg(id);
    case GateKind::SelfReported:
        return Names::tr("Stated confidence %1, below").arg(id);
    case GateKind::LogProbability:
        return Names::tr("Log-probability %1, below").arg(id);
    case GateKind::Stall:
        return Names::tr("Stall %1, after").arg(id);
    default:
        return {};
    }
}

QString budgetName(const QString& name, const QString& key)
{
    return key == QStringLiteral("first_token_ms") ? Names::tr("%1, first token").arg(name)
                                                   : Names::tr("%1, deadline").arg(name);
}

QString nameOf(const Policy& policy, const Tunable& tunable)
{
    const QString pointer = qs(tunable.pointer);
    const QStringList parts = pointerParts(pointer);
    const QString part = parts.value(0);
    QString name;
    if (pointer == QStringLiteral("/retrieval/min_score"))
        name = Names::tr("Retrieval, score from");
    else if (pointer == QStringLiteral("/cache/min_similarity"))
        name = Names::tr("Cache, similarity from");
    else if (pointer == QStringLiteral("/cascade/stagger_ms"))
        name = Names::tr("Race, next lane after");
    else if (part == QStringLiteral("router"))
        name = routerName(policy.router, parts.mid(1), Names::tr("Router"));
    else if (part == QStringLiteral("budget"))
        name = budgetName(Names::tr("Request"), parts.last());
    else if (part == QStringLiteral("tiers"))
        name = budgetName(parts.value(1), parts.last());
    else if (part == QStringLiteral("user_tiers"))
        name = budgetName(Names::tr("User tier %1").arg(parts.value(1)), parts.last());
    else if (const Trigger* trigger = triggerOf(policy, parts))
        name = triggerName(*trigger);
    return name.isEmpty() ? qs(tunable.label) : name;
}

QString unitOf(const Policy& policy, const Tunable& tunable)
{
    const Trigger* trigger = triggerOf(policy, pointerParts(qs(tunable.pointer)));
    const bool judge = trigger != nullptr && trigger->gate == GateKind::Judge;
    return judge ? Names::tr("of %1").arg(trigger->of) : qs(tunable.unit);
}

} // namespace

std::vector<Tunable> namedTunables(const Policy& policy)
{
    std::vector<Tunable> tunables = tunablesOf(policy);
    for (Tunable& tunable : tunables) {
        tunable.label = ss(nameOf(policy, tunable));
        tunable.unit = ss(unitOf(policy, tunable));
    }
    return tunables;
}

} // namespace signalbox
