// SPDX-License-Identifier: GPL-3.0-or-later
// The page of an element, from top to bottom.
#include "ui/policy/inspector_form.h"

#include "ui/policy/element_edits.h"
#include "ui/policy/element_pointer.h"
#include "ui/policy/policy_selection.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace signalbox {

namespace {

constexpr int kLabelWidth = 104;
constexpr int kFieldWidth = 152; ///< what a column of 300 leaves beside the label
constexpr qsizetype kMostMessages = 3;

QString keyPointer(const QString& object, const FieldSpec& spec)
{
    return object + QLatin1Char('/') + QLatin1String(spec.key);
}

bool isInPlace(const FieldSpec& spec)
{
    return spec.kind == FieldKind::Object || spec.kind == FieldKind::Condition;
}

void describe(const Snapshot& policy, const QString& pointer, ObjectType type, const QSet<QString>& revealed,
              QStringList& out)
{
    const FieldContext context = policy.contextOf(pointer, type);
    out.append(context.kind + QLatin1Char(',') + context.check);
    for (const FieldSpec& spec : objectSpec(type).fields) {
        const QString at = keyPointer(pointer, spec);
        if (!isShown(policy, spec, at, context, revealed))
            continue;
        out.append(at);
        if (isInPlace(spec)) {
            out.append(policy.has(at) ? QStringLiteral("+") : QString());
            describe(policy, at, spec.holds, revealed, out);
        }
        if (spec.refers != Refers::Nothing)
            out.append(policy.idsOf(spec.refers).join(QLatin1Char(',')));
        if (spec.kind == FieldKind::List)
            out.append(policy.elements(at).join(QLatin1Char(',')));
        if (spec.kind == FieldKind::References || spec.kind == FieldKind::Replicas)
            out.append(policy.strings(at).join(QLatin1Char(',')));
        if (spec.kind == FieldKind::Route) {
            out.append(policy.has(at + QStringLiteral("/template")) ? QStringLiteral("t") : QString());
            out.append(policy.has(at + QStringLiteral("/tools")) ? QStringLiteral("o") : QString());
            out.append(revealed.contains(at + QStringLiteral("/template")) ? QStringLiteral("rt")
                                                                           : QString());
            out.append(policy.idsOf(Refers::Templates).join(QLatin1Char(',')));
            out.append(policy.idsOf(Refers::Tools).join(QLatin1Char(',')));
        }
    }
}

} // namespace

QString fieldName(const QString& pointer)
{
    return QStringLiteral("field:") + pointer;
}

bool isShown(const Snapshot& policy, const FieldSpec& spec, const QString& pointer,
             const FieldContext& context, const QSet<QString>& revealed)
{
    if (!isKnownIn(spec, context))
        return false;
    return !spec.rare || policy.has(pointer) || revealed.contains(pointer);
}

QString InspectorForm::shapeOf(const Snapshot& policy, const PageStep& page, const QSet<QString>& revealed)
{
    QStringList out{page.page};
    if (page.isList) {
        out.append(policy.elements(page.page));
        return out.join(QLatin1Char('|'));
    }
    describe(policy, page.page, page.type, revealed, out);
    if (page.page.isEmpty()) {
        for (const char* part : {"/endpoints", "/models", "/tiers"})
            out.append(policy.size(QLatin1String(part)) > 0 ? QStringLiteral("+") : QStringLiteral("-"));
        out.append(policy.has(QStringLiteral("/router/otherwise")) ? QStringLiteral("+")
                                                                   : QStringLiteral("-"));
    }
    if (page.type == ObjectType::Trigger || page.type == ObjectType::Slo)
        out.append(policy.json(page.page + QStringLiteral("/of")) +
                   policy.json(page.page + QStringLiteral("/rubric")) +
                   policy.json(page.page + QStringLiteral("/min_quality/of")));
    return out.join(QLatin1Char('|'));
}

InspectorForm::InspectorForm(PolicyEditor& policy, PolicySelection& selection, const PageStep& page,
                             QSet<QString>& revealed, QWidget* parent)
    : QWidget(parent), m_policy(policy), m_selection(selection), m_page(page), m_revealed(revealed),
      m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::s);
}

std::unique_ptr<Snapshot> InspectorForm::now() const
{
    auto snapshot = std::make_unique<Snapshot>(m_policy.document());
    snapshot->setPage(m_page.page);
    return snapshot;
}

void InspectorForm::change(const QString& undoLabel, const QString& mergeId, const Change& change)
{
    auto text = change(m_policy.document()->text);
    if (text)
        m_policy.applyText(std::move(*text), undoLabel, mergeId);
    else
        Q_EMIT failed(text.error());
}

void InspectorForm::apply(const Result<PolicyEdit>& edit)
{
    if (!edit) {
        Q_EMIT failed(edit.error());
        return;
    }
    m_policy.applyText(edit->text, edit->label);
    m_selection.select(edit->select);
}

QString InspectorForm::elementName(const Snapshot& policy) const
{
    const QString id = policy.string(m_page.page + QStringLiteral("/id"));
    if (!id.isEmpty())
        return id;
    bool isNumber = false;
    const int position =
        pointerParts(m_page.page).value(pointerParts(m_page.page).size() - 1).toInt(&isNumber);
    const QString what = shown(objectSpec(m_page.type).title).toLower();
    return isNumber ? tr("%1 %2").arg(what).arg(position + 1) : what;
}

InspectorForm::Place InspectorForm::placeOf(const Snapshot& policy, const FieldSpec& spec,
                                            const QString& object) const
{
    const QString label = shown(*spec.label != '\0' ? spec.label : spec.help).toLower();
    // "Set grounding to 3.5": of a trigger, the threshold is what is meant.
    const bool isThreshold = qstrcmp(spec.key, "below") == 0;
    const QString element = elementName(policy);
    return {spec, keyPointer(object, spec),
            isThreshold             ? element
            : m_page.page.isEmpty() ? label
                                    : tr("%1 of %2").arg(label, element)};
}

void InspectorForm::build(const Snapshot& policy)
{
    head(policy);
    if (m_page.isList) {
        listPage(policy);
    } else {
        sentence(policy);
        fields(policy, m_page.page, m_page.type);
        extras(policy);
    }
    m_layout->addStretch(1);
}

void InspectorForm::head(const Snapshot& policy)
{
    const ObjectSpec& spec = objectSpec(m_page.type);
    QString title;
    QString about = shown(spec.about);
    if (m_page.isList) {
        const FieldSpec* list = fieldSpec(ObjectType::Policy, ss(m_page.page.mid(1)));
        title = list ? shown(list->label) : m_page.page;
        about = list ? shown(list->help) : QString();
        m_layout->addWidget(new CaptionLabel(tr("List"), this));
    } else {
        m_layout->addWidget(new CaptionLabel(shown(spec.title), this));
        title = m_page.page.isEmpty() ? policy.string(QStringLiteral("/name")) : elementName(policy);
        if (title.isEmpty())
            title = shown(spec.title);
        title[0] = m_page.page.isEmpty() || policy.has(m_page.page + QStringLiteral("/id"))
                       ? title[0]
                       : title[0].toUpper();
    }
    // The way back from an element that stands within another.
    const QString above = m_page.page.left(m_page.page.lastIndexOf(QLatin1Char('/')));
    if (!m_page.isList && pointerParts(m_page.page).size() > 2) {
        const QString to = policy.pageOf(above).page;
        const QString name = policy.string(to + QStringLiteral("/id"));
        link(tr("‹ Back to %1")
                 .arg(name.isEmpty() ? shown(objectSpec(policy.pageOf(above).type).title) : name),
             to);
        m_first = nullptr;
    }
    auto* label = new ElidedLabel(title, Qt::ElideMiddle, this);
    label->setProperty("role", QStringLiteral("title"));
    label->setFont(Theme::font(TextSize::Large, QFont::DemiBold));
    label->setObjectName(QStringLiteral("inspectorTitle"));
    m_layout->addWidget(label);
    if (!about.isEmpty())
        note(about);
    m_layout->addWidget(problemLabel(QString()));
}

void InspectorForm::fields(const Snapshot& policy, const QString& pointer, ObjectType type)
{
    const FieldContext context = policy.contextOf(pointer, type);
    const QSet<QString> said = pointer == m_page.page ? inSentence(policy) : QSet<QString>();
    QStringList hidden;
    std::vector<const FieldSpec*> hiddenSpecs;
    for (const FieldSpec& spec : objectSpec(type).fields) {
        const QString at = keyPointer(pointer, spec);
        if (said.contains(QLatin1String(spec.key)) || spec.kind == FieldKind::Fixed)
            continue;
        if (pointer.isEmpty() && (spec.kind == FieldKind::List || spec.kind == FieldKind::Element))
            continue; // they have their lines in the outline
        if (isShown(policy, spec, at, context, m_revealed)) {
            oneField(policy, placeOf(policy, spec, pointer));
        } else if (isKnownIn(spec, context)) {
            hidden.append(at);
            hiddenSpecs.push_back(&spec);
        }
    }
    chips(policy, type, hidden, hiddenSpecs);
}

void InspectorForm::oneField(const Snapshot& policy, const Place& place)
{
    const FieldSpec& spec = place.spec;
    const QString label = shown(spec.label);
    switch (spec.kind) {
    case FieldKind::Object:
    case FieldKind::Condition: {
        caption(label);
        if (*spec.help != '\0')
            note(shown(spec.help));
        m_layout->addWidget(problemLabel(place.pointer));
        fields(policy, place.pointer, spec.holds);
        if (spec.rare && policy.has(place.pointer))
            action(tr("Remove %1").arg(label), QStringLiteral("remove:") + place.pointer, [this, place] {
                m_revealed.remove(place.pointer);
                change(tr("remove %1").arg(place.name), QString(),
                       [&](std::string_view text) { return removeKey(text, place.pointer); });
            });
        return;
    }
    case FieldKind::List:
        caption(label);
        if (*spec.help != '\0')
            note(shown(spec.help));
        listRows(policy, place);
        m_layout->addWidget(problemLabel(place.pointer));
        return;
    case FieldKind::Element:
        link(label, place.pointer);
        return;
    case FieldKind::Route:
        routeFields(policy, place, true);
        return;
    case FieldKind::Replicas:
    case FieldKind::References: {
        std::vector<std::pair<QString, QString>> options;
        for (const QString& id : policy.idsOf(spec.refers))
            options.emplace_back(id, id == QLatin1String("human") ? tr("a person") : id);
        // What is named and does not exist can be taken out.
        for (const QString& id : policy.strings(place.pointer)) {
            if (std::none_of(options.begin(), options.end(),
                             [&](const auto& option) { return option.first == id; }))
                options.emplace_back(id, tr("%1 (gone)").arg(id));
        }
        caption(label);
        if (*spec.help != '\0')
            note(shown(spec.help));
        if (options.empty())
            note(tr("There is nothing to choose from yet."));
        wide(QString(), makeBoxes(place, options), place.pointer);
        if (spec.kind == FieldKind::Replicas)
            replicaRows(policy, place);
        else
            orderRows(policy, place);
        return;
    }
    case FieldKind::LongText:
    case FieldKind::Lines:
    case FieldKind::Pairs:
    case FieldKind::Json:
        wide(label, makeField(policy, place), place.pointer);
        if (*spec.help != '\0' && spec.kind != FieldKind::LongText)
            note(shown(spec.help));
        return;
    case FieldKind::Words: {
        std::vector<std::pair<QString, QString>> options;
        for (const ChoiceSpec& choice : spec.choices)
            options.emplace_back(QLatin1String(choice.value), shown(choice.label));
        row(label, makeBoxes(place, options), place.pointer);
        return;
    }
    default: {
        QWidget* field = makeField(policy, place);
        if (*spec.help != '\0' && spec.kind != FieldKind::Check)
            field->setToolTip(shown(spec.help) + (field->toolTip().isEmpty()
                                                      ? QString()
                                                      : QLatin1Char('\n') + field->toolTip()));
        const char* selector = objectSpec(m_page.type).selector;
        const bool isSelector = spec.kind == FieldKind::Choice && qstrcmp(selector, spec.key) == 0;
        auto* box = qobject_cast<QComboBox*>(field);
        if (box)
            box->ensurePolished();
        if (box && (isSelector || box->sizeHint().width() > kFieldWidth)) { // told in more than a word
            box->setMaximumWidth(QWIDGETSIZE_MAX);
            wide(label, field, place.pointer);
        } else {
            row(label, field, place.pointer);
        }
    }
    }
}

void InspectorForm::chips(const Snapshot& policy, ObjectType type, const QStringList& pointers,
                          const std::vector<const FieldSpec*>& specs)
{
    if (pointers.isEmpty())
        return;
    auto* holder = new QWidget(this);
    auto* flow = new FlowLayout(holder, space::s);
    for (qsizetype i = 0; i < pointers.size(); ++i) {
        const FieldSpec& spec = *specs[static_cast<std::size_t>(i)];
        const QString pointer = pointers[i];
        QString label = shown(spec.label).section(QLatin1Char(','), 0, 0);
        // The element has a note as well: this one is of what stands within it.
        if (type != m_page.type && qstrcmp(spec.key, "note") == 0)
            label = tr("%1 (%2)").arg(label, shown(objectSpec(type).title));
        auto* chip = linkButton(tr("+ %1").arg(label), QStringLiteral("add:") + pointer, holder);
        chip->setAccessibleName(tr("Add %1").arg(label));
        chip->setToolTip(*spec.help != '\0' ? shown(spec.help) : tr("Add %1").arg(label));
        const Place place = placeOf(policy, spec, pointer.left(pointer.lastIndexOf(QLatin1Char('/'))));
        connect(
            chip, &QPushButton::clicked, this,
            [this, place] {
                if (place.spec.kind == FieldKind::List) {
                    apply(addElement(*now(), place.pointer));
                    return;
                }
                m_revealed.insert(place.pointer);
                if (place.spec.kind == FieldKind::Object && *place.spec.fresh != '\0')
                    change(tr("add %1").arg(place.name), QString(), [&](std::string_view text) {
                        return setField(text, place.pointer, freshJson(place.spec.fresh, *now()));
                    });
                Q_EMIT rebuildRequested(fieldName(place.pointer));
            },
            Qt::QueuedConnection);
        flow->addWidget(chip);
    }
    m_layout->addWidget(holder);
}

void InspectorForm::caption(const QString& text)
{
    if (text.isEmpty())
        return;
    m_layout->addSpacing(space::s);
    m_layout->addWidget(new CaptionLabel(text, this));
}

void InspectorForm::note(const QString& text)
{
    auto* label = new MutedLabel(text, this);
    label->setWordWrap(true);
    m_layout->addWidget(label);
}

QLabel* InspectorForm::code(const QString& accessibleName, const QString& objectName)
{
    auto* label = new QLabel(this);
    label->setFont(Theme::monospace(TextSize::Normal));
    label->setObjectName(objectName);
    label->setAccessibleName(accessibleName);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::ClickFocus);
    m_layout->addWidget(label);
    return label;
}

QLabel* InspectorForm::problemLabel(const QString& pointer)
{
    auto* label = new QLabel(this);
    label->setProperty("tone", QStringLiteral("bad"));
    label->setFont(Theme::font(TextSize::Small));
    label->setWordWrap(true);
    label->setObjectName(QStringLiteral("problem:") + pointer);
    label->hide();
    m_problems.push_back({pointer, label});
    return label;
}

void InspectorForm::row(const QString& label, QWidget* field, const QString& pointer)
{
    if (label.isEmpty()) {
        wide(QString(), field, pointer);
        return;
    }
    auto* line = new QHBoxLayout;
    line->setSpacing(space::s);
    auto* caption = new QLabel(label, this);
    caption->setProperty("role", QStringLiteral("muted"));
    caption->setFixedWidth(kLabelWidth);
    caption->setWordWrap(true);
    caption->setBuddy(field);
    line->addWidget(caption);
    line->addWidget(field, 1);
    m_layout->addLayout(line);
    m_layout->addWidget(problemLabel(pointer));
}

void InspectorForm::wide(const QString& label, QWidget* field, const QString& pointer)
{
    if (!label.isEmpty()) {
        auto* caption = new QLabel(label, this);
        caption->setProperty("role", QStringLiteral("muted"));
        caption->setWordWrap(true);
        caption->setBuddy(field);
        m_layout->addWidget(caption);
    }
    m_layout->addWidget(field);
    m_layout->addWidget(problemLabel(pointer));
}

QPushButton* InspectorForm::link(const QString& text, const QString& pointer, int tier)
{
    auto* button = linkButton(text, QStringLiteral("open:") + pointer, this);
    button->setAccessibleName(text);
    button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    button->setToolTip(text);
    if (tier >= 0)
        button->setIcon(QIcon(tierDot(tier)));
    button->setIconSize({8, 8});
    // Queued: the form is rebuilt by the selection, and this button with it.
    connect(
        button, &QPushButton::clicked, this, [this, pointer] { m_selection.select(pointer); },
        Qt::QueuedConnection);
    m_layout->addWidget(button);
    if (!m_first)
        m_first = button;
    return button;
}

QPushButton* InspectorForm::action(const QString& text, const QString& objectName, std::function<void()> run)
{
    auto* button = plainButton(text, objectName, this);
    button->setAccessibleName(text);
    connect(button, &QPushButton::clicked, this, [run = std::move(run)] { run(); }, Qt::QueuedConnection);
    m_layout->addWidget(button, 0, Qt::AlignLeft);
    if (!m_first) // of an empty list there is nothing else
        m_first = button;
    return button;
}

void InspectorForm::refresh(const Snapshot& policy)
{
    const bool canEdit = policy.document().policy != nullptr;
    if (canEdit) {
        for (const auto& refresh : m_refresh)
            refresh(policy);
    }
    setEnabled(canEdit);
    showProblems(policy);
}

void InspectorForm::showProblems(const Snapshot& policy)
{
    std::vector<QStringList> messages(m_problems.size());
    std::vector<bool> bad(m_problems.size(), false);
    for (const Diagnostic& diagnostic : policy.document().diagnostics) {
        const QString pointer = qs(diagnostic.pointer);
        if (diagnostic.severity == Severity::Note || !liesWithin(pointer, m_page.page) ||
            policy.pageOf(pointer).page != m_page.page)
            continue;
        std::size_t best = m_problems.size();
        for (std::size_t i = 0; i < m_problems.size(); ++i) {
            const QString& place = m_problems[i].pointer;
            const bool fits = place.isEmpty() || liesWithin(pointer, place);
            if (fits && (best == m_problems.size() || place.size() > m_problems[best].pointer.size()))
                best = i;
        }
        if (best == m_problems.size() || messages[best].size() >= kMostMessages)
            continue;
        messages[best].append(diagnostic.hint.empty()
                                  ? qs(diagnostic.message)
                                  : qs(diagnostic.message) + QLatin1Char(' ') + qs(diagnostic.hint));
        bad[best] = bad[best] || diagnostic.severity == Severity::Error;
    }
    for (std::size_t i = 0; i < m_problems.size(); ++i) {
        QLabel* label = m_problems[i].label;
        const QString tone = bad[i] ? QStringLiteral("bad") : QStringLiteral("warn");
        if (label->property("tone").toString() != tone) {
            label->setProperty("tone", tone);
            label->style()->unpolish(label);
            label->style()->polish(label);
        }
        const QString text = messages[i].join(QLatin1Char('\n'));
        if (label->text() != text)
            label->setText(text);
        label->setVisible(!text.isEmpty());
    }
}

void InspectorForm::focusFirst()
{
    if (m_first)
        m_first->setFocus(Qt::TabFocusReason);
}

void InspectorForm::name(QWidget* field, const QString& pointer, const QString& accessibleName)
{
    field->setObjectName(fieldName(pointer));
    field->setAccessibleName(accessibleName);
    field->setFocusPolicy(Qt::StrongFocus);
    if (!m_first)
        m_first = field;
}

} // namespace signalbox
