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

QString nameOf(const Policy& policy, const Tunable& tunable)
{
    const QString pointer = qs(tunable.pointer);
    const QStringList parts = pointerParts(pointer);
    if (pointer == QStringLiteral("/router/medium_at"))
        return Names::tr("Router, medium from score");
    if (pointer == QStringLiteral("/router/hard_at"))
        return Names::tr("Router, hard from score");
    if (pointer == QStringLiteral("/retrieval/min_score"))
        return Names::tr("Retrieval, score from");
    if (pointer.startsWith(QStringLiteral("/router/map/"))) {
        const auto index = static_cast<std::size_t>(parts.value(2).toUInt());
        if (index < policy.router.map.size())
            return rowName(policy.router.map[index], static_cast<int>(index) + 1);
    }
    if (pointer.startsWith(QStringLiteral("/tiers/")))
        return Names::tr("%1, deadline").arg(parts.value(1));
    if (const Trigger* trigger = triggerOf(policy, parts))
        return Names::tr("Judge %1, below").arg(qs(trigger->id));
    return qs(tunable.label);
}

QString unitOf(const Policy& policy, const Tunable& tunable)
{
    const Trigger* trigger = triggerOf(policy, pointerParts(qs(tunable.pointer)));
    return trigger ? Names::tr("of %1").arg(trigger->of) : qs(tunable.unit);
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
