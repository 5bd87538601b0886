// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of objects as rows, the order of references, the weights of replicas, and what a route carries.
#include "ui/policy/inspector_form.h"

#include "policy/edit.h"
#include "ui/policy/element_edits.h"
#include "ui/policy/element_pointer.h"
#include "ui/policy/policy_graph.h"
#include "ui/policy/policy_selection.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/text.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QToolButton>

namespace signalbox {

namespace {

// Longer lists are edited in the text.
constexpr qsizetype kMostRows = 200;

QToolButton* smallButton(const QString& text, const QString& name, const QString& about, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setObjectName(name);
    button->setAccessibleName(about);
    button->setToolTip(about);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedSize(22, 22);
    return button;
}

} // namespace

void InspectorForm::listRows(const Snapshot& policy, const Place& place)
{
    const QStringList elements = policy.elements(place.pointer);
    const ObjectType type = place.spec.holds;
    const bool isSingle = policy.isObject(place.pointer); // one element without its list
    for (qsizetype i = 0; i < elements.size() && i < kMostRows; ++i) {
        const QString pointer = elements[i];
        auto* line = new QHBoxLayout;
        line->setSpacing(0);
        const QString text = elementText(policy, pointer, type, static_cast<int>(i));
        auto* open = linkButton(text, QStringLiteral("open:") + pointer, this);
        open->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        open->setAccessibleName(text);
        open->setToolTip(text);
        connect(
            open, &QPushButton::clicked, this, [this, pointer] { m_selection.select(pointer); },
            Qt::QueuedConnection);
        if (!m_first)
            m_first = open;
        onRefresh([open, pointer, type, i](const Snapshot& now) {
            const QString fresh = elementText(now, pointer, type, static_cast<int>(i));
            if (open->text() != fresh) {
                open->setText(fresh);
                open->setAccessibleName(fresh);
                open->setToolTip(fresh);
            }
        });
        line->addWidget(open, 1);
        const auto add = [&](const QString& sign, const char* verb, const QString& about, bool enabled,
                             auto run) {
            auto* button = smallButton(sign, QLatin1String(verb) + QLatin1Char(':') + pointer, about, this);
            button->setEnabled(enabled);
            connect(button, &QToolButton::clicked, this, run, Qt::QueuedConnection);
            line->addWidget(button);
        };
        const auto stay = [this](Result<PolicyEdit> edit) {
            if (edit)
                edit->select = m_page.page; // the list stays in view
            apply(edit);
        };
        add(QStringLiteral("↑"), "up", tr("Move %1 up").arg(text), i > 0 && !isSingle,
            [this, pointer, stay] { stay(moveListElement(*now(), pointer, -1)); });
        add(QStringLiteral("↓"), "down", tr("Move %1 down").arg(text), i + 1 < elements.size() && !isSingle,
            [this, pointer, stay] { stay(moveListElement(*now(), pointer, 1)); });
        add(QStringLiteral("✕"), "remove", tr("Remove %1").arg(text), true,
            [this, pointer, stay] { stay(removeListElement(*now(), pointer)); });
        m_layout->addLayout(line);
    }
    if (elements.size() > kMostRows)
        note(tr("The others are in the text."));
    const QString what = shown(objectSpec(type).title);
    action(tr("Add %1").arg(what), QStringLiteral("add:") + place.pointer,
           [this, pointer = place.pointer] { apply(addElement(*now(), pointer)); });
}

void InspectorForm::listPage(const Snapshot& policy)
{
    const FieldSpec* spec = fieldSpec(ObjectType::Policy, ss(m_page.page.mid(1)));
    if (spec)
        listRows(policy, {*spec, m_page.page, shown(spec->label).toLower()});
}

void InspectorForm::orderRows(const Snapshot& policy, const Place& place)
{
    static const QStringList ordered{QStringLiteral("order"), QStringLiteral("fallback"),
                                     QStringLiteral("lanes"), QStringLiteral("pool")};
    const QStringList ids = policy.strings(place.pointer);
    if (!ordered.contains(QLatin1String(place.spec.key)) || ids.size() < 2)
        return;
    for (int i = 0; i < ids.size(); ++i) {
        const QString pointer = QStringLiteral("%1/%2").arg(place.pointer).arg(i);
        auto* line = new QHBoxLayout;
        line->setSpacing(0);
        auto* label = new QLabel(tr("%1. %2").arg(i + 1).arg(ids[i]), this);
        line->addWidget(label, 1);
        const auto add = [&](const QString& sign, const char* verb, const QString& about, int by) {
            auto* button = smallButton(sign, QLatin1String(verb) + QLatin1Char(':') + pointer, about, this);
            button->setEnabled(i + by >= 0 && i + by < ids.size());
            connect(
                button, &QToolButton::clicked, this,
                [this, place, i, by] {
                    change(tr("change %1").arg(place.name), QString(), [&](std::string_view text) {
                        return signalbox::moveElement(text, ss(place.pointer), static_cast<std::size_t>(i),
                                                      static_cast<std::size_t>(i + by));
                    });
                },
                Qt::QueuedConnection);
            line->addWidget(button);
        };
        add(QStringLiteral("↑"), "up", tr("Move %1 up").arg(ids[i]), -1);
        add(QStringLiteral("↓"), "down", tr("Move %1 down").arg(ids[i]), 1);
        m_layout->addLayout(line);
    }
}

void InspectorForm::replicaRows(const Snapshot& policy, const Place& place)
{
    const QStringList ids = policy.strings(place.pointer);
    const auto weightAt = [](const Snapshot& now, const QString& replica) {
        return now.number(replica + QStringLiteral("/weight")).value_or(1);
    };
    for (int i = 0; i < ids.size(); ++i) {
        const QString replica = QStringLiteral("%1/%2").arg(place.pointer).arg(i);
        // One model needs no weight; what is stated is shown all the same.
        if (ids.size() < 2 && !policy.isObject(replica))
            continue;
        auto* box = new QDoubleSpinBox(this);
        name(box, replica + QStringLiteral("/weight"), tr("weight of %1").arg(ids[i]));
        box->setLocale(QLocale::c());
        box->setRange(0.001, 1000);
        box->setDecimals(3);
        box->setKeyboardTracking(false);
        onRefresh([box, replica, weightAt](const Snapshot& now) {
            const QSignalBlocker quiet(box);
            box->setValue(weightAt(now, replica));
        });
        connect(box, qOverload<double>(&QDoubleSpinBox::valueChanged), this,
                [this, replica, ids, i](double weight) {
                    change(tr("set weight of %1 to %2").arg(ids[i], thresholdText(weight, 0.01)), replica,
                           [&](std::string_view text) -> Result<std::string> {
                               if (now()->isObject(replica))
                                   return setValue(text, ss(replica) + "/weight", jsonNumber(weight));
                               return setValue(text, ss(replica),
                                               "{\"model\": " + jsonText(ids[i]) +
                                                   ", \"weight\": " + jsonNumber(weight) + "}");
                           });
                });
        connect(box, &QDoubleSpinBox::editingFinished, this, [this] { m_policy.endMerge(); });
        row(tr("Weight of %1").arg(ids[i]), box, replica + QStringLiteral("/weight"));
    }
}

QWidget* InspectorForm::makeTarget(const Snapshot& policy, const Place& place)
{
    const QString pointer = place.pointer;
    const auto target = [pointer](const Snapshot& now) {
        return now.isObject(pointer) ? now.string(pointer + QStringLiteral("/to")) : now.string(pointer);
    };
    auto* box = new QComboBox(this);
    name(box, pointer, place.name);
    box->setMaximumWidth(250);
    if (m_page.type == ObjectType::Trigger)
        box->addItem(tr("the next tier"), QStringLiteral("next"));
    for (const QString& id : policy.idsOf(Refers::TiersOrHuman))
        box->addItem(id == QLatin1String("human") ? tr("a person") : id, id);
    const bool mayBeAbsent =
        m_page.type == ObjectType::Router && policy.contextOf(m_page.page, m_page.type).isStep;
    if (mayBeAbsent)
        box->insertItem(0, tr("asks the next step"), QString());
    onRefresh([box, target](const Snapshot& now) {
        const QString value = target(now);
        int index = box->findData(value);
        if (index < 0) { // it names nothing that there is; it is shown all the same
            box->addItem(value.isEmpty() ? tr("not set") : value, value);
            index = box->count() - 1;
        }
        if (box->currentIndex() != index)
            box->setCurrentIndex(index);
    });
    connect(box, &QComboBox::activated, this, [this, box, place, pointer] {
        const QString value = box->currentData().toString();
        change(tr("set %1 to %2").arg(place.name, box->currentText()), QString(), [&](std::string_view text) {
            if (value.isEmpty())
                return removeKey(text, pointer);
            return setField(text, now()->isObject(pointer) ? pointer + QStringLiteral("/to") : pointer,
                            jsonText(value));
        });
    });
    if (*place.spec.help != '\0')
        box->setToolTip(shown(place.spec.help));
    return box;
}

void InspectorForm::routeFields(const Snapshot& policy, const Place& place, bool withTarget)
{
    const QString pointer = place.pointer;
    const auto target = [pointer](const Snapshot& now) {
        return now.isObject(pointer) ? now.string(pointer + QStringLiteral("/to")) : now.string(pointer);
    };
    if (withTarget)
        row(shown(place.spec.label), makeTarget(policy, place), pointer);

    // A route is written as an object as long as it carries something.
    const auto carry = [this, pointer, target](const QString& label, const char* key,
                                               const std::string& json) {
        change(label, QString(), [&](std::string_view text) -> Result<std::string> {
            const auto before = now();
            const QString at = pointer + QLatin1Char('/') + QLatin1String(key);
            if (before->isObject(pointer)) {
                if (!json.empty())
                    return setValue(text, ss(at), json);
                if (!before->has(at))
                    return std::string(text);
                if (before->size(pointer) == 2 && before->has(pointer + QStringLiteral("/to")))
                    return setValue(text, ss(pointer), jsonText(target(*before)));
                return removeValue(text, ss(at));
            }
            if (json.empty())
                return std::string(text);
            return setField(text, pointer,
                            "{\"to\": " + jsonText(target(*before)) + ", \"" + key + "\": " + json + "}");
        });
    };
    const QStringList templates = policy.idsOf(Refers::Templates);
    const QString templateAt = pointer + QStringLiteral("/template");
    if (!templates.isEmpty() || policy.has(templateAt)) {
        auto* box = new QComboBox(this);
        name(box, templateAt, tr("template of %1").arg(place.name));
        box->addItem(tr("none"), QString());
        for (const QString& id : templates)
            box->addItem(id, id);
        onRefresh([box, templateAt](const Snapshot& now) {
            const QString value = now.string(templateAt);
            if (box->findData(value) < 0)
                box->addItem(value, value);
            box->setCurrentIndex(box->findData(value));
        });
        connect(box, &QComboBox::activated, this, [box, carry, place] {
            const QString value = box->currentData().toString();
            carry(tr("set template of %1").arg(place.name), "template",
                  value.isEmpty() ? std::string() : jsonText(value));
        });
        row(tr("With template"), box, templateAt);
    }
    const QStringList tools = policy.idsOf(Refers::Tools);
    const QString toolsAt = pointer + QStringLiteral("/tools");
    if (tools.isEmpty() && !policy.has(toolsAt))
        return;
    auto* scope = new QComboBox(this);
    name(scope, toolsAt, tr("tools of %1").arg(place.name));
    scope->addItem(tr("all that the request brings"), QString());
    scope->addItem(tr("only these"), QStringLiteral("some"));
    onRefresh([scope, toolsAt](const Snapshot& now) { scope->setCurrentIndex(now.has(toolsAt) ? 1 : 0); });
    connect(scope, &QComboBox::activated, this, [scope, carry, place] {
        carry(tr("set tools of %1").arg(place.name), "tools",
              scope->currentIndex() == 0 ? std::string() : "[]");
    });
    row(tr("Tools"), scope, toolsAt);
    if (policy.has(toolsAt)) {
        static const FieldSpec kTools = {.key = "tools",
                                         .kind = FieldKind::References,
                                         .label = "Tools",
                                         .required = true,
                                         .refers = Refers::Tools};
        std::vector<std::pair<QString, QString>> options;
        for (const QString& id : tools)
            options.emplace_back(id, id);
        m_layout->addWidget(makeBoxes({kTools, toolsAt, tr("tools of %1").arg(place.name)}, options));
    }
}

} // namespace signalbox
