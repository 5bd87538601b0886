// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector's pages of the cascade, its rubrics and triggers, the objectives and retrieval.
#include "ui/policy/inspector_pages.h"

#include "policy/edit.h"
#include "ui/policy/element_pointer.h"
#include "ui/policy/policy_edits.h"
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

std::vector<Option> rubricOptions(const Policy& policy)
{
    std::vector<Option> options;
    for (const Rubric& rubric : policy.rubrics)
        options.push_back({qs(rubric.id), qs(rubric.id)});
    return options;
}

} // namespace

bool fillCascade(InspectorForm& form, const Policy& policy)
{
    form.title(tr("Cascade"),
               policy.cascade.pattern == CascadePattern::Waterfall ? tr("Waterfall") : tr("Direct"));
    form.row(tr("Pattern"),
             form.choice({QStringLiteral("/cascade/pattern"), tr("pattern of the cascade"),
                          [](const Policy& p) {
                              return p.cascade.pattern == CascadePattern::Waterfall
                                         ? QStringLiteral("waterfall")
                                         : QStringLiteral("direct");
                          }},
                         {{tr("waterfall: escalates"), QStringLiteral("waterfall")},
                          {tr("direct: one hop"), QStringLiteral("direct")}}),
             QStringLiteral("/cascade/pattern"));
    form.row(tr("Hops, at most"),
             form.number({QStringLiteral("/cascade/max_hops"), tr("most hops"),
                          [](const Policy& p) { return std::optional<double>(p.cascade.maxHops); }, 1, 10, 1,
                          QString(), QString()}),
             QStringLiteral("/cascade/max_hops"));
    form.row(tr("No tier left"),
             form.choice({QStringLiteral("/cascade/when_exhausted"), tr("end of the cascade"),
                          [](const Policy& p) {
                              return p.cascade.whenExhausted == WhenExhausted::Human
                                         ? QStringLiteral("human")
                                         : QStringLiteral("answer");
                          }},
                         {{tr("give the best draft"), QStringLiteral("answer")},
                          {tr("go to a person"), QStringLiteral("human")}}),
             QStringLiteral("/cascade/when_exhausted"));
    form.row(tr("Hands on"),
             form.checks(
                 QStringLiteral("/cascade/carry"), tr("what the next hop is given"),
                 {{tr("passages"), QStringLiteral("retrieval")}, {tr("draft"), QStringLiteral("draft")}},
                 [](const Policy& p) {
                     QStringList carried;
                     if (p.cascade.carryRetrieval)
                         carried.append(QStringLiteral("retrieval"));
                     if (p.cascade.carryDraft)
                         carried.append(QStringLiteral("draft"));
                     return carried;
                 },
                 false),
             QStringLiteral("/cascade/carry"));
    form.caption(tr("Order"));
    for (std::size_t i = 0; i < policy.cascade.order.size(); ++i) {
        const int tier = policy.cascade.order[i];
        if (tier >= 0)
            form.link(
                tr("%1. %2").arg(i + 1).arg(qs(policy.tiers[static_cast<std::size_t>(tier)].id)),
                listElementPointer(QStringLiteral("/tiers"), policy.tiers, static_cast<std::size_t>(tier)),
                tier);
    }
    form.note(tr("Move a tier with Alt+Up and Alt+Down while it is selected."));
    return true;
}

bool fillRubric(InspectorForm& form, const Policy& policy, const QString& pointer)
{
    const QString token = pointerParts(pointer).value(1);
    if (!elementIn(policy.rubrics, token))
        return false;
    const auto get = [token](const Policy& p) { return elementIn(p.rubrics, token); };
    form.title(tr("Rubric"), token);
    addId(form, pointer);
    std::vector<Option> models;
    for (const Model& model : policy.models)
        models.push_back({qs(model.id), qs(model.id)});
    form.row(tr("Judge"),
             form.choice({pointer + QStringLiteral("/model"), tr("judge of %1").arg(token),
                          [get](const Policy& p) {
                              const Rubric* rubric = get(p);
                              return rubric ? qs(rubric->modelId) : QString();
                          }},
                         models),
             pointer + QStringLiteral("/model"));
    form.row(tr("Scale, 1 to"),
             form.number({pointer + QStringLiteral("/of"), tr("scale of %1").arg(token),
                          [get](const Policy& p) -> std::optional<double> {
                              const Rubric* rubric = get(p);
                              return rubric ? std::optional<double>(rubric->of) : std::nullopt;
                          },
                          2, 100, 1, QString(), QString()}),
             pointer + QStringLiteral("/of"));
    form.caption(tr("What the judge is asked"));
    form.wide(QString(),
              form.longText({pointer + QStringLiteral("/instructions"), tr("instructions of %1").arg(token),
                             [get](const Policy& p) {
                                 const Rubric* rubric = get(p);
                                 return rubric ? qs(rubric->instructions) : QString();
                             }}),
              pointer + QStringLiteral("/instructions"));
    return true;
}

bool fillTrigger(InspectorForm& form, const Policy& policy, const QString& pointer)
{
    const QString token = pointerParts(pointer).value(1);
    const Trigger* trigger = elementIn(policy.triggers, token);
    if (!trigger)
        return false;
    const auto get = [token](const Policy& p) { return elementIn(p.triggers, token); };
    const auto at = [&](const char* key) { return pointer + QLatin1String(key); };
    form.title(tr("Trigger"), token);

    FlowLayout* sentence = form.sentence();
    if (trigger->gate == GateKind::Judge) {
        //: Beginning of a sentence whose parts can be edited: "When the judge scores [grounding] below [3.5
        //: of 5] …"
        form.words(sentence, tr("When the judge scores"));
        sentence->addWidget(form.choice({at("/rubric"), tr("rubric of %1").arg(token),
                                         [get](const Policy& p) {
                                             const Trigger* found = get(p);
                                             return found ? qs(found->rubricId) : QString();
                                         }},
                                        rubricOptions(policy)));
        form.words(sentence, tr("below"));
        sentence->addWidget(form.number({at("/below"), token,
                                         [get](const Policy& p) -> std::optional<double> {
                                             const Trigger* found = get(p);
                                             return found ? std::optional(found->below) : std::nullopt;
                                         },
                                         1, static_cast<double>(trigger->of), 0.1,
                                         tr(" of %1").arg(trigger->of), QString()}));
        form.words(sentence, tr("go to"));
    } else {
        form.words(sentence, tr("When the draft does not fit its JSON schema, go to"));
    }
    std::vector<Option> routes = routeOptions(policy);
    routes.insert(routes.begin(), {tr("the next tier"), QStringLiteral("next")});
    sentence->addWidget(form.choice({at("/escalate"), tr("target of %1").arg(token),
                                     [get](const Policy& p) {
                                         const Trigger* found = get(p);
                                         return !found                  ? QString()
                                                : found->escalateToNext ? QStringLiteral("next")
                                                                        : qs(found->escalateId);
                                     }},
                                    routes));
    form.words(sentence, tr("at most"));
    sentence->addWidget(form.number({at("/at_most"), tr("most times of %1").arg(token),
                                     [get](const Policy& p) -> std::optional<double> {
                                         const Trigger* found = get(p);
                                         return found && found->atMost > 0
                                                    ? std::optional<double>(found->atMost)
                                                    : std::nullopt;
                                     },
                                     1, 10, 1, tr(" times"), tr("any number of times")}));
    form.words(sentence, tr("a request."));
    auto* problems = new QWidget(&form);
    problems->setFixedHeight(0);
    form.wide(QString(), problems, at("/below"));

    if (trigger->gate == GateKind::JsonSchema) {
        form.caption(tr("Schema"));
        form.code(tr("Schema"), [get](const Policy& p) {
            const Trigger* found = get(p);
            return found ? qs(found->schemaJson) : QString();
        });
        form.button(tr("Edit in the Text"), QStringLiteral("editSchema"),
                    [&form, place = at("/schema")] { form.selection().goTo(place); });
    }
    form.caption(tr("Reason code"));
    form.code(tr("Reason code"), [get](const Policy& p) {
        const Trigger* found = get(p);
        return found ? qs(found->reasonCode()) : QString();
    });
    form.caption(tr("Applies to"));
    form.wide(QString(),
              form.checks(
                  at("/applies_to"), tr("tiers of %1").arg(token), tierOptions(policy),
                  [get](const Policy& p) {
                      const Trigger* found = get(p);
                      return found ? list(found->appliesToIds) : QStringList();
                  },
                  true),
              at("/applies_to"));
    form.note(tr("None checked: every tier."));
    addId(form, pointer);
    form.caption(tr("Only when all of this holds"));
    addCondition(form, at("/when"), [get](const Policy& p) {
        const Trigger* found = get(p);
        return found && found->when ? &*found->when : nullptr;
    });
    return true;
}

bool fillObjectives(InspectorForm& form, const Policy& policy)
{
    form.title(tr("Objectives"), tr("What the policy promises"));
    form.row(tr("Latency, p95"),
             form.number({QStringLiteral("/slo/p95_latency_ms"), tr("p95 latency"),
                          [](const Policy& p) { return p.slo.p95LatencyMs; }, 50, 600'000, 50, tr(" ms"),
                          tr("none")}),
             QStringLiteral("/slo/p95_latency_ms"));
    form.row(tr("Cost per resolved task"),
             form.number({QStringLiteral("/slo/cost_per_resolved_usd"), tr("cost per resolved task"),
                          [](const Policy& p) { return p.slo.costPerResolvedUsd; }, 0.001, 1000, 0.001,
                          tr(" USD"), tr("none")}),
             QStringLiteral("/slo/cost_per_resolved_usd"));
    form.caption(tr("Least quality"));
    if (!policy.slo.minQuality) {
        form.note(tr("Not stated."));
        if (!policy.rubrics.empty()) {
            form.button(tr("State One"), QStringLiteral("addMinQuality"), [&form] {
                form.change(tr("state least quality"), QString(), [&](std::string_view json) {
                    const Rubric& rubric = form.policy().document()->policy->rubrics.front();
                    return setNested(json, QStringLiteral("/slo/min_quality"),
                                     "{\"at_least\": " + jsonNumber(rubric.of * 0.8) +
                                         ", \"of\": " + std::to_string(rubric.of) + ", \"source\": " +
                                         jsonText(QStringLiteral("judge:") + qs(rubric.id)) + "}");
                });
            });
        }
        return true;
    }
    const int of = policy.slo.minQuality->of;
    form.row(tr("At least"),
             form.number({QStringLiteral("/slo/min_quality/at_least"), tr("least quality"),
                          [](const Policy& p) {
                              return p.slo.minQuality ? std::optional(p.slo.minQuality->atLeast)
                                                      : std::nullopt;
                          },
                          1, static_cast<double>(of), 0.1, tr(" of %1").arg(of), QString()}),
             QStringLiteral("/slo/min_quality/at_least"));
    form.row(tr("Who says so"),
             form.text(
                 {QStringLiteral("/slo/min_quality/source"), tr("source of quality"),
                  [](const Policy& p) { return p.slo.minQuality ? qs(p.slo.minQuality->source) : QString(); },
                  false, true, QStringLiteral("judge:grounding")}),
             QStringLiteral("/slo/min_quality/source"));
    return true;
}

bool fillRetrieval(InspectorForm& form, const Policy&)
{
    form.title(tr("Retrieval"), tr("Passages from the workspace"));
    form.row(tr("Retrieval"),
             form.check(QStringLiteral("/retrieval/enabled"), tr("retrieval"), tr("on"),
                        [](const Policy& p) { return p.retrieval.enabled; }),
             QStringLiteral("/retrieval/enabled"));
    form.row(tr("Passages"),
             form.number({QStringLiteral("/retrieval/top_k"), tr("number of passages"),
                          [](const Policy& p) { return std::optional<double>(p.retrieval.topK); }, 1, 50, 1,
                          QString(), QString()}),
             QStringLiteral("/retrieval/top_k"));
    form.row(tr("Score, at least"),
             form.number({QStringLiteral("/retrieval/min_score"), tr("least retrieval score"),
                          [](const Policy& p) { return std::optional(p.retrieval.minScore); }, 0, 1, 0.01,
                          QString(), QString()}),
             QStringLiteral("/retrieval/min_score"));
    form.note(tr("Scores are relative to the best passage, 0 to 1."));
    return true;
}

} // namespace signalbox
