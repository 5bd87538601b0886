// SPDX-License-Identifier: GPL-3.0-or-later
// Triggers and rules as sentences whose parts are fields.
#include "ui/policy/inspector_form.h"

#include "ui/policy/element_edits.h"
#include "ui/policy/element_pointer.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/text.h"

#include <QComboBox>

namespace signalbox {

namespace {

/// What is in braces is a key of the trigger and becomes a field.
QString sentenceOf(const QString& gate, const QString& check)
{
    const auto is = [&](const char* name) { return gate == QLatin1String(name); };
    if (is("judge"))
        return InspectorForm::tr("When the judge's {rubric} score is below {below}");
    if (is("json_schema"))
        return InspectorForm::tr("When the answer does not fit its JSON schema");
    if (is("tool_call"))
        return InspectorForm::tr("When the answer calls a tool that there is not, or calls it wrongly");
    if (is("confidence"))
        return InspectorForm::tr("When the router's confidence is below {below}");
    if (is("retrieval"))
        return InspectorForm::tr("When the best passage scores below {below}");
    if (is("keyword"))
        return InspectorForm::tr("When the user's message has one of the words or patterns below");
    if (is("token_budget"))
        return InspectorForm::tr("When the request is longer than the tier's input budget");
    if (is("timeout"))
        return InspectorForm::tr("When the tier's deadline has passed");
    if (is("refusal"))
        return InspectorForm::tr("When the answer declines");
    if (is("self_escalation"))
        return InspectorForm::tr("When the model says {marker} or calls {tool}");
    if (is("verifier")) {
        if (check == QLatin1String("length"))
            return InspectorForm::tr("When the check {check} fails, from {min_chars} to {max_chars}");
        return InspectorForm::tr("When the check {check} fails");
    }
    if (is("log_probability"))
        return InspectorForm::tr("When the answer's mean log-probability is below {below}");
    if (is("self_reported"))
        return InspectorForm::tr("When the confidence that the answer states is below {below}");
    if (is("stall"))
        return InspectorForm::tr("When nothing comes for {after_ms}, or the answer repeats itself");
    return InspectorForm::tr("When the gate fires");
}

QString ruleSentence(const QString& effect)
{
    if (effect == QLatin1String("route"))
        return InspectorForm::tr("When a request fits the condition below, {effect} {route}");
    return InspectorForm::tr("When a request fits the condition below, {effect}");
}

QStringList keysIn(const QString& sentence)
{
    QStringList keys;
    for (auto at = sentence.indexOf(QLatin1Char('{')); at >= 0;
         at = sentence.indexOf(QLatin1Char('{'), at + 1))
        keys.append(sentence.mid(at + 1, sentence.indexOf(QLatin1Char('}'), at) - at - 1));
    return keys;
}

QString wholeSentence(const Snapshot& policy, const PageStep& page)
{
    const FieldContext context = policy.contextOf(page.page, page.type);
    if (page.type == ObjectType::Rule)
        return ruleSentence(context.kind);
    //: The end of a sentence such as "When the judge's … score is below 3.5".
    return InspectorForm::tr("%1, go to {escalate} at most {at_most} a request.")
        .arg(sentenceOf(context.kind, context.check));
}

bool hasSentence(const PageStep& page)
{
    return !page.isList && (page.type == ObjectType::Rule || page.type == ObjectType::Trigger);
}

} // namespace

QSet<QString> InspectorForm::inSentence(const Snapshot& policy) const
{
    if (!hasSentence(m_page))
        return {};
    QSet<QString> keys;
    if (m_page.type == ObjectType::Trigger)
        keys.insert(QStringLiteral("gate")); // stands above the sentence
    for (const QString& key : keysIn(wholeSentence(policy, m_page)))
        keys.insert(key);
    return keys;
}

void InspectorForm::ruleEffect(FlowLayout* flow, const Snapshot& policy)
{
    auto* box = new QComboBox(flow->parentWidget());
    box->setObjectName(QStringLiteral("ruleEffect"));
    box->setAccessibleName(tr("What the rule does"));
    box->addItem(tr("go to"), QStringLiteral("route"));
    box->addItem(tr("bar the tiers below"), QStringLiteral("exclude"));
    box->addItem(tr("allow only the residencies below"), QStringLiteral("allow_residency"));
    box->setCurrentIndex(box->findData(policy.contextOf(m_page.page, m_page.type).kind));
    box->setFocusPolicy(Qt::StrongFocus);
    connect(
        box, &QComboBox::activated, this,
        [this, box] {
            const auto before = now();
            const QString effect = box->currentData().toString();
            if (effect != before->contextOf(m_page.page, m_page.type).kind)
                apply(switchKind(*before, m_page.page, m_page.type, effect));
        },
        Qt::QueuedConnection);
    if (!m_first)
        m_first = box;
    flow->addWidget(box);
}

void InspectorForm::sentence(const Snapshot& policy)
{
    if (!hasSentence(m_page))
        return;
    if (m_page.type == ObjectType::Trigger)
        oneField(policy, placeOf(policy, *fieldSpec(m_page.type, "gate"), m_page.page));
    auto* holder = new QWidget(this);
    holder->setObjectName(QStringLiteral("sentence"));
    auto* flow = new FlowLayout(holder, space::xs, 6);
    const QString sentence = wholeSentence(policy, m_page);
    QStringList problems;
    QString rest = sentence;
    const auto words = [&](const QString& text) {
        for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts))
            flow->addWidget(new QLabel(word, holder));
    };
    m_layout->addWidget(holder);
    // A route's target is a field here; what it carries follows below.
    while (!rest.isEmpty()) {
        const auto open = rest.indexOf(QLatin1Char('{'));
        if (open < 0) {
            words(rest);
            break;
        }
        words(rest.left(open));
        const auto close = rest.indexOf(QLatin1Char('}'), open);
        const QString key = rest.mid(open + 1, close - open - 1);
        rest = rest.mid(close + 1);
        if (key == QLatin1String("effect")) {
            ruleEffect(flow, policy);
            continue;
        }
        const FieldSpec* spec = fieldSpec(m_page.type, ss(key));
        const Place place = placeOf(policy, *spec, m_page.page);
        QWidget* field =
            spec->kind == FieldKind::Route ? makeTarget(policy, place) : makeField(policy, place);
        flow->addWidget(field);
        problems.append(place.pointer);
        // A comma or a full stop clings to the field before it.
        if (rest.startsWith(QLatin1Char(',')) || rest.startsWith(QLatin1Char('.'))) {
            auto* mark = new QLabel(rest.left(1), holder);
            mark->setProperty("clings", true);
            flow->addWidget(mark);
            rest = rest.mid(1);
        }
    }
    for (const QString& pointer : problems)
        m_layout->addWidget(problemLabel(pointer));
    for (const char* key : {"route", "escalate"}) {
        if (keysIn(sentence).contains(QLatin1String(key)))
            routeFields(policy, placeOf(policy, *fieldSpec(m_page.type, key), m_page.page), false);
    }
}

/// What an empty policy needs, in the order in which one thing needs the other.
void InspectorForm::beginnings(const Snapshot& policy)
{
    const struct
    {
        const char* list;
        QString about;
    } steps[] = {{"/endpoints", tr("First, a server that answers: an endpoint.")},
                 {"/models", tr("Next, a model behind the endpoint.")},
                 {"/tiers", tr("Next, a tier: a rung of capability and cost, with the model in it.")}};
    for (const auto& step : steps) {
        const QString list = QLatin1String(step.list);
        if (policy.size(list) > 0)
            continue;
        caption(tr("To begin"));
        note(step.about);
        const FieldSpec* spec = fieldSpec(ObjectType::Policy, step.list + 1);
        action(tr("Add %1").arg(shown(objectSpec(spec->holds).title)), QStringLiteral("add:") + list,
               [this, list] { apply(addElement(*now(), list)); });
        return;
    }
    const QString otherwise = QStringLiteral("/router/otherwise");
    if (!policy.has(otherwise)) {
        caption(tr("To begin"));
        note(tr("Next, tell the router where requests go."));
        link(tr("Router"), QStringLiteral("/router"));
    }
}

/// What can be read of the element besides its fields.
void InspectorForm::extras(const Snapshot& policy)
{
    const QString page = m_page.page;
    const auto links = [&](const QString& title, const char* list, const char* key, ObjectType type) {
        QStringList found;
        const QString id = policy.string(page + QStringLiteral("/id"));
        for (const QString& element : policy.elements(QLatin1String(list))) {
            if (policy.strings(element + QLatin1Char('/') + QLatin1String(key)).contains(id))
                found.append(element);
        }
        if (found.isEmpty() || id.isEmpty())
            return;
        caption(title);
        for (const QString& element : found)
            link(elementText(policy, element, type, 0), element);
    };
    switch (m_page.type) {
    case ObjectType::Policy: {
        beginnings(policy);
        caption(tr("Content hash"));
        QLabel* label = code(tr("Content hash"), QStringLiteral("contentHash"));
        onRefresh([label](const Snapshot& now) {
            if (now.document().policy)
                label->setText(qs(now.document().policy->contentHash).left(16));
        });
        break;
    }
    case ObjectType::Trigger: {
        caption(tr("Reason code"));
        QLabel* label = code(tr("Reason code"), QStringLiteral("reasonCode"));
        onRefresh([label, token = pointerParts(page).value(1)](const Snapshot& now) {
            if (!now.document().policy)
                return;
            const auto& triggers = now.document().policy->triggers;
            if (const auto position = positionOf(triggers, token))
                label->setText(qs(triggers[*position].reasonCode()));
        });
        break;
    }
    case ObjectType::Endpoint:
        links(tr("Models here"), "/models", "endpoint", ObjectType::Model);
        break;
    case ObjectType::Model:
        links(tr("Serves"), "/tiers", "models", ObjectType::Tier);
        links(tr("Judges"), "/rubrics", "model", ObjectType::Rubric);
        break;
    case ObjectType::Rubric:
        links(tr("Asked by"), "/triggers", "rubric", ObjectType::Trigger);
        break;
    case ObjectType::Handoff: {
        caption(tr("What leads here"));
        note(tr("A request for a person is never blocked, and a request that no tier may answer goes to a "
                "person as well."));
        const auto leads = [&](const QString& list, const char* key, ObjectType type) {
            const QStringList elements = policy.elements(list);
            for (qsizetype i = 0; i < elements.size() && i < 200; ++i) {
                const QString at = elements[i] + QLatin1Char('/') + QLatin1String(key);
                const QString to =
                    policy.isObject(at) ? policy.string(at + QStringLiteral("/to")) : policy.string(at);
                if (to == QLatin1String("human"))
                    link(elementText(policy, elements[i], type, static_cast<int>(i)), elements[i]);
            }
        };
        leads(QStringLiteral("/rules"), "route", ObjectType::Rule);
        leads(QStringLiteral("/router/map"), "route", ObjectType::MapRow);
        leads(QStringLiteral("/triggers"), "escalate", ObjectType::Trigger);
        if (policy.string(QStringLiteral("/cascade/when_exhausted")) == QLatin1String("human"))
            link(tr("The cascade, when no tier is left"), QStringLiteral("/cascade"));
        break;
    }
    default:
        break;
    }
}

} // namespace signalbox
