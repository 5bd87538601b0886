// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector's pages of the policy itself, its endpoints, models and tiers, and its lists.
#include "ui/policy/inspector_pages.h"

#include "ui/policy/element_pointer.h"
#include "ui/policy/policy_edits.h"
#include "ui/policy/policy_selection.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/text.h"

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

template <class T>
std::optional<double> asDouble(const std::optional<T>& value)
{
    return value ? std::optional<double>(static_cast<double>(*value)) : std::nullopt;
}

/// A getter of a number of an element that may be gone.
template <class Element, class Get>
auto numberOf(std::vector<Element> Policy::* elements, const QString& token, Get get)
{
    return [elements, token, get](const Policy& policy) -> std::optional<double> {
        const Element* element = elementIn(policy.*elements, token);
        return element ? get(*element) : std::nullopt;
    };
}

template <class Element, class Get>
auto textOf(std::vector<Element> Policy::* elements, const QString& token, Get get)
{
    return [elements, token, get](const Policy& policy) {
        const Element* element = elementIn(policy.*elements, token);
        return element ? qs(get(*element)) : QString();
    };
}

std::optional<double> stated(int value)
{
    return value > 0 ? std::optional<double>(value) : std::nullopt;
}

void applyEdit(InspectorForm& form, const Result<PolicyEdit>& edit)
{
    if (!edit)
        return;
    form.policy().applyText(edit->text, edit->label);
    form.selection().select(edit->select);
}

} // namespace

void addId(InspectorForm& form, const QString& pointer)
{
    auto* field = new QLineEdit(&form);
    const QString token = pointerParts(pointer).value(1);
    field->setObjectName(fieldName(pointer + QStringLiteral("/id")));
    field->setAccessibleName(tr("Id"));
    field->setFont(Theme::monospace(TextSize::Normal));
    field->setText(token);
    QObject::connect(field, &QLineEdit::editingFinished, &form, [&form, field, pointer, token] {
        const QString id = field->text().trimmed();
        if (id == token)
            return;
        const auto edit = renameElement(*form.policy().document(), pointer, id);
        if (edit)
            applyEdit(form, edit);
        else
            field->setText(token);
    });
    form.row(tr("Id"), field, pointer + QStringLiteral("/id"));
}

std::vector<Option> tierOptions(const Policy& policy)
{
    std::vector<Option> options;
    for (const Tier& tier : policy.tiers)
        options.push_back({qs(tier.id), qs(tier.id)});
    return options;
}

std::vector<Option> routeOptions(const Policy& policy)
{
    std::vector<Option> options = tierOptions(policy);
    options.push_back({tr("a person"), QStringLiteral("human")});
    return options;
}

bool fillPolicy(InspectorForm& form, const Policy& policy)
{
    form.title(tr("Policy"), qs(policy.name));
    form.row(tr("Name"),
             form.text({QStringLiteral("/name"), tr("name"), [](const Policy& p) { return qs(p.name); }}),
             QStringLiteral("/name"));
    form.row(tr("Priority"),
             form.choice({QStringLiteral("/priority"), tr("priority"),
                          [](const Policy& p) { return qs(p.priority); }},
                         {{tr("cost"), QStringLiteral("cost")},
                          {tr("quality"), QStringLiteral("quality")},
                          {tr("latency"), QStringLiteral("latency")}}),
             QStringLiteral("/priority"));
    form.caption(tr("System prompt"));
    form.wide(QString(),
              form.longText({QStringLiteral("/system_prompt"), tr("system prompt"),
                             [](const Policy& p) { return qs(p.systemPrompt); }, true, false, tr("none")}),
              QStringLiteral("/system_prompt"));
    form.caption(tr("Said while escalating"));
    form.wide(QString(),
              form.text({QStringLiteral("/copy/escalating"), tr("text while escalating"),
                         [](const Policy& p) { return qs(p.escalatingCopy); }, true, false, tr("nothing")}),
              QStringLiteral("/copy"));
    form.caption(tr("Content hash"));
    form.code(tr("Content hash"), [](const Policy& p) { return qs(p.contentHash).left(16); });
    return true;
}

bool fillEndpoint(InspectorForm& form, const Policy& policy, const QString& pointer)
{
    const QString token = pointerParts(pointer).value(1);
    const Endpoint* endpoint = elementIn(policy.endpoints, token);
    if (!endpoint)
        return false;
    form.title(tr("Endpoint"), token);
    const auto text = [&](const QString& key, const QString& name, auto get, bool optional,
                          const QString& hint) {
        return form.text({pointer + key, tr("%1 of %2").arg(name, token),
                          textOf(&Policy::endpoints, token, get), optional, false, hint});
    };
    addId(form, pointer);
    form.row(tr("Protocol"), new QLabel(tr("OpenAI chat completions"), &form));
    form.wide(tr("Base URL"),
              text(
                  QStringLiteral("/base_url"), tr("base URL"), [](const Endpoint& e) { return e.baseUrl; },
                  false, QStringLiteral("https://host/v1")),
              pointer + QStringLiteral("/base_url"));
    form.row(tr("Residency"),
             text(
                 QStringLiteral("/residency"), tr("residency"), [](const Endpoint& e) { return e.residency; },
                 false, QStringLiteral("on_prem, eu, us")),
             pointer + QStringLiteral("/residency"));
    form.caption(tr("Key"));
    form.row(tr("From variable"),
             text(
                 QStringLiteral("/key/env"), tr("key variable"), [](const Endpoint& e) { return e.key.env; },
                 true, tr("none")),
             pointer + QStringLiteral("/key"));
    form.note(tr("A policy holds only the name of the environment variable, never the key."));
    if (endpoint->isSandbox())
        form.note(tr("Sandbox: answers are simulated by local servers."));
    form.caption(tr("Models here"));
    for (std::size_t i = 0; i < policy.models.size(); ++i) {
        if (policy.models[i].endpointId == endpoint->id)
            form.link(qs(policy.models[i].id),
                      listElementPointer(QStringLiteral("/models"), policy.models, i));
    }
    return true;
}

bool fillModel(InspectorForm& form, const Policy& policy, const QString& pointer)
{
    const QString token = pointerParts(pointer).value(1);
    if (!elementIn(policy.models, token))
        return false;
    form.title(tr("Model"), token);
    addId(form, pointer);
    std::vector<Option> endpoints;
    for (const Endpoint& endpoint : policy.endpoints)
        endpoints.push_back({qs(endpoint.id), qs(endpoint.id)});
    form.row(tr("Endpoint"),
             form.choice({pointer + QStringLiteral("/endpoint"), tr("endpoint of %1").arg(token),
                          textOf(&Policy::models, token, [](const Model& m) { return m.endpointId; })},
                         endpoints),
             pointer + QStringLiteral("/endpoint"));
    form.row(tr("Name there"),
             form.text({pointer + QStringLiteral("/name"), tr("name of %1").arg(token),
                        textOf(&Policy::models, token, [](const Model& m) { return m.name; })}),
             pointer + QStringLiteral("/name"));
    const auto tokens = [&](const char* key, const QString& name, const QString& absent, auto get) {
        const QString at = pointer + QLatin1String(key);
        form.row(name,
                 form.number({at, tr("%1 of %2").arg(name, token), numberOf(&Policy::models, token, get), 1,
                              100'000'000, 1, tr(" tokens"), absent}),
                 at);
    };
    tokens("/context_tokens", tr("Context"), tr("not stated"),
           [](const Model& m) { return stated(m.contextTokens); });
    tokens("/max_output_tokens", tr("Output, at most"), tr("not stated"),
           [](const Model& m) { return stated(m.maxOutputTokens); });
    form.row(tr("Can"),
             form.checks(
                 pointer + QStringLiteral("/capabilities"), tr("capabilities of %1").arg(token),
                 {{tr("text"), QStringLiteral("text")},
                  {tr("vision"), QStringLiteral("vision")},
                  {tr("tools"), QStringLiteral("tools")},
                  {tr("JSON"), QStringLiteral("json")}},
                 [token](const Policy& p) {
                     const Model* model = elementIn(p.models, token);
                     return model ? list(model->capabilities) : QStringList();
                 },
                 true),
             pointer + QStringLiteral("/capabilities"));
    form.caption(tr("Price, USD per million tokens"));
    const auto price = [&](const char* key, const QString& name, const QString& absent,
                           std::optional<double> Price::* member) {
        const QString at = pointer + QStringLiteral("/price/") + QLatin1String(key);
        form.row(name,
                 form.number({at, tr("price of %1 for %2").arg(name, token),
                              numberOf(&Policy::models, token,
                                       [member](const Model& m) {
                                           return m.price ? (*m.price).*member : std::optional<double>();
                                       }),
                              0, 10'000, 0.01, QString(), absent}),
                 at);
    };
    price("input_per_mtok", tr("Input"), tr("unknown"), &Price::inputPerMtok);
    price("cached_input_per_mtok", tr("Cached input"), tr("as input"), &Price::cachedInputPerMtok);
    price("output_per_mtok", tr("Output"), tr("unknown"), &Price::outputPerMtok);
    price("reasoning_per_mtok", tr("Reasoning"), tr("as output"), &Price::reasoningPerMtok);
    form.row(tr("Source"),
             form.text({pointer + QStringLiteral("/price/source"), tr("price source of %1").arg(token),
                        textOf(&Policy::models, token,
                               [](const Model& m) { return m.price ? m.price->source : std::string(); }),
                        true, false, tr("who says so")}),
             pointer + QStringLiteral("/price/source"));
    form.row(tr("As of"),
             form.text({pointer + QStringLiteral("/price/as_of"), tr("price date of %1").arg(token),
                        textOf(&Policy::models, token,
                               [](const Model& m) { return m.price ? m.price->asOf : std::string(); }),
                        true, false, QStringLiteral("2026-11-01")}),
             pointer + QStringLiteral("/price/as_of"));
    form.caption(tr("Serves"));
    bool used = false;
    for (std::size_t i = 0; i < policy.tiers.size(); ++i) {
        if (list(policy.tiers[i].modelIds).contains(token)) {
            form.link(qs(policy.tiers[i].id), listElementPointer(QStringLiteral("/tiers"), policy.tiers, i),
                      static_cast<int>(i));
            used = true;
        }
    }
    for (std::size_t i = 0; i < policy.rubrics.size(); ++i) {
        if (qs(policy.rubrics[i].modelId) == token) {
            form.link(tr("Judge of rubric %1").arg(qs(policy.rubrics[i].id)),
                      listElementPointer(QStringLiteral("/rubrics"), policy.rubrics, i));
            used = true;
        }
    }
    if (!used)
        form.note(tr("No tier and no rubric uses this model."));
    return true;
}

bool fillTier(InspectorForm& form, const Policy& policy, const QString& pointer)
{
    const QString token = pointerParts(pointer).value(1);
    const Tier* tier = elementIn(policy.tiers, token);
    if (!tier)
        return false;
    form.title(tr("Tier"), token);
    addId(form, pointer);
    form.caption(tr("Models, load-balanced"));
    std::vector<Option> models;
    for (const Model& model : policy.models)
        models.push_back({qs(model.id), qs(model.id)});
    form.wide(QString(),
              form.checks(
                  pointer + QStringLiteral("/models"), tr("models of %1").arg(token), models,
                  [token](const Policy& p) {
                      const Tier* found = elementIn(p.tiers, token);
                      return found ? list(found->modelIds) : QStringList();
                  },
                  false),
              pointer + QStringLiteral("/models"));
    form.caption(tr("Budget of one hop"));
    const auto budget = [&](const char* key, const QString& label, double low, double high, double step,
                            const QString& unit, auto get) {
        const QString at = pointer + QStringLiteral("/budget/") + QLatin1String(key);
        form.row(label,
                 form.number({at, tr("%1 of %2").arg(label, token), numberOf(&Policy::tiers, token, get), low,
                              high, step, unit, tr("no limit")}),
                 at);
    };
    budget("deadline_ms", tr("Deadline"), 50, 600'000, 50, tr(" ms"),
           [](const Tier& t) { return asDouble(t.budget.deadlineMs); });
    budget("max_cost_usd", tr("Cost"), 0.001, 1000, 0.001, tr(" USD"), [](const Tier& t) {
        return t.budget.maxCost ? std::optional(toUsd(*t.budget.maxCost)) : std::nullopt;
    });
    budget("max_input_tokens", tr("Input"), 100, 100'000'000, 100, tr(" tokens"),
           [](const Tier& t) { return asDouble(t.budget.maxInputTokens); });
    budget("max_output_tokens", tr("Output"), 10, 100'000'000, 10, tr(" tokens"),
           [](const Tier& t) { return asDouble(t.budget.maxOutputTokens); });
    form.caption(tr("System prompt of this tier"));
    form.wide(QString(),
              form.longText({pointer + QStringLiteral("/system_prompt"), tr("system prompt of %1").arg(token),
                             textOf(&Policy::tiers, token, [](const Tier& t) { return t.systemPrompt; }),
                             true, false, tr("the policy's")}),
              pointer + QStringLiteral("/system_prompt"));
    return true;
}

bool fillList(InspectorForm& form, const Policy& policy, const QString& pointer)
{
    const auto links = [&](const QString& name, const QString& about, const auto& elements) {
        form.title(tr("List"), name);
        form.note(about);
        for (std::size_t i = 0; i < elements.size() && i < 200; ++i) {
            form.link(elements[i].id.empty() ? tr("(no id)") : qs(elements[i].id),
                      listElementPointer(pointer, elements, i),
                      pointer == QLatin1String("/tiers") ? static_cast<int>(i) : -1);
        }
        if (elements.size() > 200)
            form.note(tr("The others are in the text."));
    };
    const auto add = [&](const QString& text, auto make) {
        form.button(text, QStringLiteral("addHere"),
                    [&form, make] { applyEdit(form, make(*form.policy().document())); });
    };
    const auto part = [pointer](const PolicyDocument& document) { return addPart(document, pointer); };
    if (pointer == QLatin1String("/endpoints")) {
        links(tr("Endpoints"), tr("Servers that speak a chat protocol."), policy.endpoints);
        add(tr("Add Endpoint"), part);
    } else if (pointer == QLatin1String("/models")) {
        links(tr("Models"), tr("Models behind the endpoints, with what they can and what they cost."),
              policy.models);
        add(tr("Add Model"), part);
    } else if (pointer == QLatin1String("/tiers")) {
        links(tr("Tiers"), tr("Rungs of capability and cost, cheapest first."), policy.tiers);
        add(tr("Add Tier"), [](const PolicyDocument& document) { return addTier(document); });
    } else if (pointer == QLatin1String("/rules")) {
        links(tr("Rules"), tr("Deterministic constraints and routes. They run first, in this order."),
              policy.rules);
        add(tr("Add Rule"), [](const PolicyDocument& document) { return addRule(document); });
    } else if (pointer == QLatin1String("/rubrics")) {
        links(tr("Rubrics"), tr("What judges are asked about a draft."), policy.rubrics);
        add(tr("Add Rubric"), part);
    } else if (pointer == QLatin1String("/triggers")) {
        links(tr("Triggers"), tr("Why a cascade escalates. Each has a reason code."), policy.triggers);
        add(tr("Add Trigger"), [](const PolicyDocument& document) { return addTrigger(document); });
    } else {
        return false;
    }
    return true;
}

} // namespace signalbox
