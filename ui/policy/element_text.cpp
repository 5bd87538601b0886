// SPDX-License-Identifier: GPL-3.0-or-later
// Elements in a few words.
#include "ui/policy/inspector_form.h"

#include "ui/policy/pairs_text.h"
#include "ui/policy/policy_graph.h"
#include "ui/theme/text.h"

namespace signalbox {

namespace {

QString routeText(const Snapshot& policy, const QString& pointer)
{
    const QString to =
        policy.isObject(pointer) ? policy.string(pointer + QStringLiteral("/to")) : policy.string(pointer);
    return to == QLatin1String("human") ? InspectorForm::tr("a person") : to;
}

QString conditionText(const Snapshot& policy, const QString& pointer)
{
    QStringList parts;
    const NodeIndex node = policy.at(pointer);
    for (const NodeIndex child : policy.children(node)) {
        const std::string key = policy.tree().key(child);
        const FieldSpec* field = fieldSpec(ObjectType::Condition, key);
        if (!field || key == "note")
            continue;
        const QString at = pointer + QLatin1Char('/') + qs(key);
        switch (field->kind) {
        case FieldKind::List: {
            QStringList inner;
            for (const QString& each : policy.elements(at))
                inner.append(conditionText(policy, each));
            const QString joined =
                inner.join(key == "all" ? InspectorForm::tr(" and ") : InspectorForm::tr(" or "));
            parts.append(key == "not" ? InspectorForm::tr("not (%1)").arg(joined)
                                      : QLatin1Char('(') + joined + QLatin1Char(')'));
            break;
        }
        case FieldKind::Tristate:
            parts.append(policy.boolean(at).value_or(true)
                             ? shown(field->label).toLower()
                             : InspectorForm::tr("no %1").arg(shown(field->label).toLower()));
            break;
        case FieldKind::Number:
            parts.append(shown(field->label).toLower() + QLatin1Char(' ') +
                         thresholdText(policy.number(at).value_or(0), 1) + shown(field->unit));
            break;
        case FieldKind::Pairs:
            parts.append(pairLines(policy.tree(), child));
            break;
        case FieldKind::Object:
            parts.append(policy.string(at + QStringLiteral("/from")) + QStringLiteral("–") +
                         policy.string(at + QStringLiteral("/to")));
            break;
        default: {
            const QStringList values = policy.strings(at);
            const QString first = values.isEmpty() ? QString() : QStringLiteral("“%1”").arg(values.first());
            parts.append(values.size() > 1
                             ? InspectorForm::tr("%1 or %2 more").arg(first).arg(values.size() - 1)
                             : first);
        }
        }
    }
    return parts.isEmpty() ? InspectorForm::tr("nothing yet") : parts.join(InspectorForm::tr(" and "));
}

} // namespace

QString elementText(const Snapshot& policy, const QString& pointer, ObjectType type, int position)
{
    const auto at = [&](const char* key) { return pointer + QLatin1Char('/') + QLatin1String(key); };
    const QString id = policy.string(at("id"));
    QStringList parts;
    const auto part = [&](const QString& text) {
        if (!text.isEmpty())
            parts.append(text);
    };
    QString route;
    switch (type) {
    case ObjectType::Signal: {
        const FieldSpec* feature = fieldSpec(type, "feature");
        for (const ChoiceSpec& choice : feature->choices) {
            const QString word = shown(choice.label);
            if (policy.string(at("feature")) == QLatin1String(choice.value) && word != id)
                part(word);
        }
        part(policy.json(at("weight")));
        break;
    }
    case ObjectType::Intent:
        part(InspectorForm::tr("%n word(s)", nullptr,
                               static_cast<int>(policy.strings(at("keywords")).size())));
        break;
    case ObjectType::Centroid:
        part(InspectorForm::tr("%n example(s)", nullptr,
                               static_cast<int>(policy.strings(at("examples")).size())));
        break;
    case ObjectType::MapRow:
        part(policy.string(at("intent")));
        if (policy.has(at("difficulty")))
            part(InspectorForm::tr("difficulty %1").arg(policy.json(at("difficulty"))));
        if (policy.has(at("min_confidence")))
            part(QStringLiteral("≥ %1").arg(policy.json(at("min_confidence"))));
        if (parts.isEmpty())
            part(InspectorForm::tr("any"));
        route = routeText(policy, at("route"));
        break;
    case ObjectType::Choice:
        route = routeText(policy, at("route"));
        break;
    case ObjectType::Stage:
        part(policy.string(at("role")));
        route = policy.string(at("tier"));
        break;
    case ObjectType::Router:
        part(policy.string(at("kind")));
        break;
    case ObjectType::Rule:
        part(conditionText(policy, at("when")));
        route = routeText(policy, at("route"));
        break;
    case ObjectType::Trigger:
        part(policy.string(at("gate")));
        route = routeText(policy, at("escalate"));
        break;
    case ObjectType::Condition:
        return conditionText(policy, pointer);
    case ObjectType::Tier:
        part(policy.strings(at("models")).join(QStringLiteral(", ")));
        break;
    case ObjectType::Model:
        part(policy.string(at("endpoint")));
        break;
    case ObjectType::Endpoint:
        part(policy.string(at("residency")));
        break;
    case ObjectType::ReleaseGate:
        part(policy.string(at("metric")));
        break;
    default:
        break;
    }
    QString text = parts.join(QStringLiteral(" · "));
    if (!route.isEmpty())
        text += (text.isEmpty() ? QStringLiteral("→ ") : QStringLiteral(" → ")) + route;
    if (!id.isEmpty())
        return text.isEmpty() ? id : QStringLiteral("%1: %2").arg(id, text);
    const bool hasIds = *objectSpec(type).stem != '\0';
    if (hasIds)
        return InspectorForm::tr("(no id)") + (text.isEmpty() ? QString() : QStringLiteral(": ") + text);
    return QStringLiteral("%1. %2").arg(position + 1).arg(text);
}

} // namespace signalbox
