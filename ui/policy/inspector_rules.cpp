// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector's pages of rules, their conditions, the router and the person.
#include "ui/policy/inspector_pages.h"

#include "policy/edit.h"
#include "ui/policy/element_pointer.h"
#include "ui/policy/policy_edits.h"
#include "ui/policy/policy_graph.h"
#include "ui/policy/policy_selection.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace signalbox {

namespace {

// Longer lists are edited in the text.
constexpr std::size_t kMostRows = 60;

QString tr(const char* text)
{
    return QCoreApplication::translate("signalbox", text); // the context that lupdate gives to free functions here
}

QStringList list(const std::vector<std::string>& values)
{
    QStringList out;
    for (const std::string& value : values)
        out.append(qs(value));
    return out;
}

QStringList metadataLines(const Condition& condition)
{
    QStringList lines;
    for (const auto& [key, values] : condition.metadata)
        lines.append(qs(key) + QStringLiteral(" = ") + list(values).join(QStringLiteral(", ")));
    return lines;
}

/// {"account": ["enterprise", "gold"]} of lines "account = enterprise, gold".
std::string metadataJson(const QStringList& lines)
{
    std::string out = "{";
    for (const QString& line : lines) {
        const auto at = line.indexOf(QLatin1Char('='));
        const QString key = (at < 0 ? line : line.left(at)).trimmed();
        QStringList values;
        for (const QString& value : (at < 0 ? QString() : line.mid(at + 1)).split(QLatin1Char(','))) {
            if (!value.trimmed().isEmpty())
                values.append(value.trimmed());
        }
        out += (out.size() > 1 ? ", " : "") + jsonText(key) + ": " +
               (values.size() == 1 ? jsonText(values.first()) : jsonList(values));
    }
    return out + "}";
}

QString rowText(const RouterMapRow& row, std::size_t index)
{
    QStringList parts;
    if (!row.intent.empty())
        parts.append(qs(row.intent));
    if (row.difficulty)
        parts.append(tr("difficulty %1").arg(*row.difficulty));
    if (row.minConfidence)
        parts.append(tr("≥ %1").arg(thresholdText(*row.minConfidence, 0.01)));
    if (parts.isEmpty())
        parts.append(tr("any"));
    return tr("%1. %2 → %3").arg(index + 1).arg(parts.join(QStringLiteral(" · ")), qs(row.routeId));
}

QString featureText(Signal::Feature feature)
{
    switch (feature) {
    case Signal::Feature::KeywordHits:
        return tr("keywords");
    case Signal::Feature::PatternHits:
        return tr("patterns");
    case Signal::Feature::InputTokens:
        return tr("tokens");
    case Signal::Feature::Sentences:
        return tr("sentences");
    case Signal::Feature::Questions:
        return tr("questions");
    case Signal::Feature::Numbers:
        return tr("numbers");
    case Signal::Feature::Clauses:
        return tr("clauses");
    case Signal::Feature::HasAttachment:
        return tr("attachment");
    case Signal::Feature::Uppercase:
        return tr("upper case");
    }
    return {};
}

/// A rule has exactly one effect: choosing one takes the others away.
void setEffect(InspectorForm& form, const QString& pointer, const QString& effect, const Policy& policy)
{
    const QString tier = policy.tiers.empty() ? QStringLiteral("T0") : qs(policy.tiers.front().id);
    form.change(InspectorForm::tr("change what %1 does").arg(pointerParts(pointer).value(1)), QString(),
                [&](std::string_view json) -> Result<std::string> {
                    Result<std::string> text = std::string(json);
                    for (const char* key : {"/route", "/exclude", "/allow_residency"})
                        text = text ? removeIfThere(*text, pointer + QLatin1String(key)) : text;
                    if (effect != QLatin1String("route")) {
                        for (const char* key : {"/locked", "/exclusive"})
                            text = text ? removeIfThere(*text, pointer + QLatin1String(key)) : text;
                    }
                    if (!text)
                        return text;
                    const std::string value = effect == QLatin1String("route")     ? jsonText(tier)
                                              : effect == QLatin1String("exclude") ? jsonList({tier})
                                                                                   : "[\"on_prem\"]";
                    return setValue(*text, ss(pointer + QLatin1Char('/') + effect), value);
                });
}

} // namespace

void addCondition(InspectorForm& form, const QString& pointer,
                  std::function<const Condition*(const Policy&)> get)
{
    const auto at = [&](const char* key) { return pointer + QLatin1String(key); };
    form.wide(tr("Any of these words or phrases"),
              form.lines(at("/keyword"), tr("keywords"),
                         [get](const Policy& p) {
                             const Condition* condition = get(p);
                             return condition ? list(condition->keywords) : QStringList();
                         }),
              at("/keyword"));
    form.wide(tr("Any of these patterns (RE2)"),
              form.lines(at("/pattern"), tr("patterns"),
                         [get](const Policy& p) {
                             const Condition* condition = get(p);
                             return condition ? list(condition->patterns) : QStringList();
                         }),
              at("/pattern"));
    form.wide(tr("Metadata, as key = value, value"),
              form.lines(
                  at("/metadata"), tr("metadata"),
                  [get](const Policy& p) {
                      const Condition* condition = get(p);
                      return condition ? metadataLines(*condition) : QStringList();
                  },
                  metadataJson),
              at("/metadata"));
    // true and false are no texts in JSON, so this choice writes for itself.
    auto* attachment = new QComboBox(&form);
    attachment->setObjectName(fieldName(at("/has_attachment")));
    attachment->setAccessibleName(tr("Attachment"));
    attachment->addItem(tr("does not matter"), QString());
    attachment->addItem(tr("has one"), QStringLiteral("true"));
    attachment->addItem(tr("has none"), QStringLiteral("false"));
    form.onRefresh([attachment, get](const Policy& p) {
        const Condition* condition = get(p);
        const bool isStated = condition && condition->hasAttachment;
        attachment->setCurrentIndex(!isStated ? 0 : *condition->hasAttachment ? 1 : 2);
    });
    QObject::connect(
        attachment, &QComboBox::activated, &form, [&form, attachment, place = at("/has_attachment")] {
            const std::string value = ss(attachment->currentData().toString());
            form.change(tr("set attachment"), QString(), [&](std::string_view json) {
                return value.empty() ? removeIfThere(json, place) : setNested(json, place, value);
            });
        });
    form.row(tr("Attachment"), attachment, at("/has_attachment"));
    const auto tokens = [&](const char* key, const QString& label, std::optional<int> Condition::* member) {
        form.row(label,
                 form.number({at(key), label,
                              [get, member](const Policy& p) -> std::optional<double> {
                                  const Condition* condition = get(p);
                                  if (!condition || !(condition->*member))
                                      return std::nullopt;
                                  return *(condition->*member);
                              },
                              0, 100'000'000, 10, tr(" tokens"), tr("does not matter")}),
                 at(key));
    };
    tokens("/min_input_tokens", tr("At least"), &Condition::minInputTokens);
    tokens("/max_input_tokens", tr("At most"), &Condition::maxInputTokens);
}

bool fillRule(InspectorForm& form, const Policy& policy, const QString& pointer)
{
    const QString token = pointerParts(pointer).value(1);
    const Rule* rule = elementIn(policy.rules, token);
    if (!rule)
        return false;
    const auto get = [token](const Policy& p) { return elementIn(p.rules, token); };
    const auto at = [&](const char* key) { return pointer + QLatin1String(key); };
    form.title(tr("Rule"), token);
    addId(form, pointer);

    form.caption(tr("Then"));
    const QString effect = !rule->excludeIds.empty()       ? QStringLiteral("exclude")
                           : !rule->allowResidency.empty() ? QStringLiteral("allow_residency")
                                                           : QStringLiteral("route");
    auto* effects = new QComboBox(&form);
    effects->setObjectName(QStringLiteral("ruleEffect"));
    effects->setAccessibleName(tr("What the rule does"));
    effects->addItem(tr("goes to"), QStringLiteral("route"));
    effects->addItem(tr("excludes tiers"), QStringLiteral("exclude"));
    effects->addItem(tr("allows residencies"), QStringLiteral("allow_residency"));
    effects->setCurrentIndex(effects->findData(effect));
    QObject::connect(effects, &QComboBox::activated, &form, [&form, effects, pointer] {
        if (const PolicyPtr now = form.policy().document()->policy)
            setEffect(form, pointer, effects->currentData().toString(), *now);
    });
    form.row(tr("The request"), effects);
    if (effect == QLatin1String("route")) {
        form.row(tr("Route"),
                 form.choice({at("/route"), tr("route of %1").arg(token),
                              [get](const Policy& p) {
                                  const Rule* found = get(p);
                                  return found ? qs(found->routeId) : QString();
                              }},
                             routeOptions(policy)),
                 at("/route"));
        form.row(QString(),
                 form.check(at("/locked"), tr("lock of %1").arg(token),
                            tr("Locked: nothing after it overrides"),
                            [get](const Policy& p) {
                                const Rule* found = get(p);
                                return found && found->locked;
                            }),
                 at("/locked"));
        form.row(QString(),
                 form.check(at("/exclusive"), tr("exclusiveness of %1").arg(token),
                            tr("Last route rule looked at"),
                            [get](const Policy& p) {
                                const Rule* found = get(p);
                                return found && found->exclusive;
                            }),
                 at("/exclusive"));
    } else if (effect == QLatin1String("exclude")) {
        form.row(tr("Excluded"),
                 form.checks(
                     at("/exclude"), tr("excluded tiers of %1").arg(token), tierOptions(policy),
                     [get](const Policy& p) {
                         const Rule* found = get(p);
                         return found ? list(found->excludeIds) : QStringList();
                     },
                     false),
                 at("/exclude"));
    } else {
        form.wide(tr("Residencies that are allowed"),
                  form.lines(at("/allow_residency"), tr("residencies of %1").arg(token),
                             [get](const Policy& p) {
                                 const Rule* found = get(p);
                                 return found ? list(found->allowResidency) : QStringList();
                             }),
                  at("/allow_residency"));
    }
    form.wide(tr("Reason code"),
              form.text({at("/reason"), tr("reason of %1").arg(token),
                         [get](const Policy& p) {
                             const Rule* found = get(p);
                             return found ? qs(found->reason) : QString();
                         },
                         false, true, QStringLiteral("policy.reason")}),
              at("/reason"));

    form.caption(tr("When all of this holds"));
    addCondition(form, at("/when"), [get](const Policy& p) {
        const Rule* found = get(p);
        return found ? &found->when : nullptr;
    });
    return true;
}

bool fillRouter(InspectorForm& form, const Policy& policy)
{
    const Router& router = policy.router;
    form.title(tr("Router"), router.kind == RouterKind::Scoring ? tr("Scoring") : tr("Fixed"));
    form.row(
        tr("Kind"),
        form.choice({QStringLiteral("/router/kind"), tr("kind of router"),
                     [](const Policy& p) {
                         return p.router.kind == RouterKind::Scoring ? QStringLiteral("scoring")
                                                                     : QStringLiteral("fixed");
                     }},
                    {{tr("scoring"), QStringLiteral("scoring")}, {tr("fixed"), QStringLiteral("fixed")}}),
        QStringLiteral("/router/kind"));
    form.row(tr("Otherwise"),
             form.choice({QStringLiteral("/router/otherwise"), tr("route of everything else"),
                          [](const Policy& p) { return qs(p.router.otherwiseId); }},
                         routeOptions(policy)),
             QStringLiteral("/router/otherwise"));
    if (router.kind != RouterKind::Scoring)
        return true;

    form.caption(tr("Difficulty by score"));
    const auto number = [&](const char* key, const QString& label, double Router::* member, double low,
                            double high) {
        const QString at = QStringLiteral("/router/") + QLatin1String(key);
        form.row(
            label,
            form.number({at, label, [member](const Policy& p) { return std::optional(p.router.*member); },
                         low, high, 0.05, QString(), QString()}),
            at);
    };
    number("medium_at", tr("Medium from"), &Router::mediumAt, -20, 20);
    number("hard_at", tr("Hard from"), &Router::hardAt, -20, 20);
    number("bias", tr("Bias"), &Router::bias, -20, 20);
    number("steepness", tr("Steepness"), &Router::steepness, 0.05, 50);

    form.caption(tr("Signals: weight, per unit"));
    for (std::size_t i = 0; i < router.signals.size() && i < kMostRows; ++i) {
        const Signal& signal = router.signals[i];
        const QString id = qs(signal.id);
        const QString at = listElementPointer(QStringLiteral("/router/signals"), router.signals, i) +
                           QStringLiteral("/weight");
        QDoubleSpinBox* box = form.number(
            {at, tr("weight of %1").arg(id),
             [token = id.isEmpty() ? QString::number(i) : id](const Policy& p) -> std::optional<double> {
                 const Signal* found = elementIn(p.router.signals, token);
                 return found ? std::optional(found->weight) : std::nullopt;
             },
             -100, 100, 0.05, QString(), QString()});
        QString about = featureText(signal.feature);
        if (signal.per != 1)
            about = tr("%1 / %2").arg(about).arg(signal.per);
        box->setToolTip(signal.keywords.empty() ? about : list(signal.keywords).join(QStringLiteral(", ")));
        form.row(about == id ? id : tr("%1 · %2").arg(id, about), box, at);
    }
    if (router.signals.size() > kMostRows)
        form.note(tr("The others are in the text."));

    form.caption(tr("Map: the first row that fits"));
    for (std::size_t i = 0; i < router.map.size() && i < kMostRows; ++i) {
        QPushButton* link = form.link(rowText(router.map[i], i), QStringLiteral("/router/map/%1").arg(i),
                                      router.map[i].route.isTier() ? router.map[i].route.tier : -1);
        form.onRefresh([link, i](const Policy& p) {
            if (i < p.router.map.size())
                link->setText(rowText(p.router.map[i], i));
        });
    }
    form.button(tr("Add Row"), QStringLiteral("addMapRow"), [&form] {
        if (const auto edit = addMapRow(*form.policy().document())) {
            form.policy().applyText(edit->text, edit->label);
            form.selection().select(edit->select);
        }
    });
    form.caption(tr("Intents"));
    QStringList intents;
    for (const IntentKeywords& intent : router.intents)
        intents.append(qs(intent.id));
    form.note(intents.isEmpty() ? tr("none") : intents.join(QStringLiteral(", ")));
    return true;
}

bool fillMapRow(InspectorForm& form, const Policy& policy, const QString& pointer)
{
    const auto index = static_cast<std::size_t>(pointerParts(pointer).value(2).toULong());
    if (index >= policy.router.map.size())
        return false;
    const auto get = [index](const Policy& p) {
        return index < p.router.map.size() ? &p.router.map[index] : nullptr;
    };
    const auto at = [&](const char* key) { return pointer + QLatin1String(key); };
    form.title(tr("Map row"), tr("Row %1 of the router").arg(index + 1));
    form.note(tr("The first row that fits decides. Empty fields fit anything."));
    form.row(tr("Route"),
             form.choice({at("/route"), tr("route of row %1").arg(index + 1),
                          [get](const Policy& p) {
                              const RouterMapRow* row = get(p);
                              return row ? qs(row->routeId) : QString();
                          }},
                         routeOptions(policy)),
             at("/route"));
    form.row(tr("Confidence"),
             form.number({at("/min_confidence"), tr("least confidence of row %1").arg(index + 1),
                          [get](const Policy& p) {
                              const RouterMapRow* row = get(p);
                              return row ? row->minConfidence : std::nullopt;
                          },
                          0, 1, 0.01, QString(), tr("any")}),
             at("/min_confidence"));
    form.row(tr("Difficulty"),
             form.number({at("/difficulty"), tr("difficulty of row %1").arg(index + 1),
                          [get](const Policy& p) -> std::optional<double> {
                              const RouterMapRow* row = get(p);
                              return row && row->difficulty ? std::optional<double>(*row->difficulty)
                                                            : std::nullopt;
                          },
                          1, 3, 1, tr(" of 3"), tr("any")}),
             at("/difficulty"));
    form.row(tr("Intent"),
             form.text({at("/intent"), tr("intent of row %1").arg(index + 1),
                        [get](const Policy& p) {
                            const RouterMapRow* row = get(p);
                            return row ? qs(row->intent) : QString();
                        },
                        true, true, tr("any, faq.*")}),
             at("/intent"));
    form.link(tr("Back to the router"), QStringLiteral("/router"));
    return true;
}

bool fillPerson(InspectorForm& form, const Policy& policy)
{
    form.title(tr("Handoff"), tr("Person"));
    form.note(
        tr("A person takes over. A request for a person is never blocked, and a request that no tier may "
           "answer goes to a person as well."));
    form.caption(tr("What leads here"));
    for (std::size_t i = 0; i < policy.rules.size(); ++i) {
        if (policy.rules[i].route == Route::toHuman())
            form.link(tr("Rule %1").arg(qs(policy.rules[i].id)),
                      listElementPointer(QStringLiteral("/rules"), policy.rules, i));
    }
    for (std::size_t i = 0; i < policy.router.map.size(); ++i) {
        if (policy.router.map[i].route.isHuman())
            form.link(rowText(policy.router.map[i], i), QStringLiteral("/router/map/%1").arg(i));
    }
    for (std::size_t i = 0; i < policy.triggers.size(); ++i) {
        if (!policy.triggers[i].escalateToNext && policy.triggers[i].escalateTo.isHuman())
            form.link(tr("Trigger %1").arg(qs(policy.triggers[i].id)),
                      listElementPointer(QStringLiteral("/triggers"), policy.triggers, i));
    }
    if (policy.cascade.whenExhausted == WhenExhausted::Human)
        form.link(tr("The cascade, when no tier is left"), QStringLiteral("/cascade"));
    return true;
}

} // namespace signalbox
