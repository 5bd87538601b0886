// SPDX-License-Identifier: GPL-3.0-or-later
// One widget for each kind of field.
#include "ui/policy/inspector_form.h"

#include "policy/edit.h"
#include "ui/policy/element_edits.h"
#include "ui/policy/pairs_text.h"
#include "ui/policy/policy_graph.h"
#include "ui/policy/policy_selection.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace signalbox {

namespace {

/// Shows no more digits than there are, and leaves the wheel to the column unless it has the focus.
class NumberBox : public QDoubleSpinBox
{
public:
    using QDoubleSpinBox::QDoubleSpinBox;

protected:
    QString textFromValue(double value) const override { return thresholdText(value, singleStep()); }
    void wheelEvent(QWheelEvent* event) override
    {
        if (hasFocus())
            QDoubleSpinBox::wheelEvent(event);
        else
            event->ignore();
    }
};

class ChoiceBox : public QComboBox
{
public:
    using QComboBox::QComboBox;

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

int decimalsOf(double step)
{
    int decimals = 0;
    for (double rest = step; decimals < 6 && rest < 0.9999; rest *= 10)
        ++decimals;
    return std::max(decimals + 2, 2);
}

QStringList linesOf(const QString& text)
{
    QStringList list;
    for (const QString& line : text.split(QLatin1Char('\n'))) {
        if (!line.trimmed().isEmpty())
            list.append(line.trimmed());
    }
    return list;
}

void fitHeight(QPlainTextEdit* field, qsizetype lines, int least, int most)
{
    const int shown = std::clamp(static_cast<int>(lines), least, most);
    field->setFixedHeight(field->fontMetrics().lineSpacing() * shown + 14);
}

/// The value as it is written, moved to the left margin.
QString atMargin(const QString& json)
{
    QStringList lines = json.split(QLatin1Char('\n'));
    qsizetype indent = json.size();
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QString trimmed = lines[i].trimmed();
        if (!trimmed.isEmpty())
            indent = std::min(indent, lines[i].size() - QStringView(lines[i]).trimmed().size());
    }
    for (qsizetype i = 1; i < lines.size(); ++i)
        lines[i] = lines[i].mid(std::min(indent, lines[i].size()));
    return lines.join(QLatin1Char('\n')).remove(QLatin1Char('\r'));
}

/// Names that are not in the box are shown all the same.
void showValue(QComboBox* box, const QString& value, const QString& absent)
{
    int index = box->findData(value);
    if (index < 0) {
        box->addItem(value.isEmpty() ? absent : value, value);
        index = box->count() - 1;
    }
    if (box->currentIndex() != index)
        box->setCurrentIndex(index);
}

void dressChoice(QComboBox* box)
{
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->setMinimumContentsLength(4);
    box->setMinimumWidth(60);
    box->setMaximumWidth(250);
}

} // namespace

QWidget* InspectorForm::makeField(const Snapshot& policy, const Place& place)
{
    switch (place.spec.kind) {
    case FieldKind::Id:
        return makeId(place);
    case FieldKind::LongText:
        return makeLongText(place);
    case FieldKind::Number:
        return makeNumber(policy, place);
    case FieldKind::Check:
        return makeCheck(place);
    case FieldKind::Tristate:
        return makeTristate(place);
    case FieldKind::Choice: {
        const ObjectSpec& object = objectSpec(m_page.type);
        const bool isSelector = (*object.selector != '\0' && qstrcmp(object.selector, place.spec.key) == 0) ||
                                (m_page.type == ObjectType::Trigger && qstrcmp(place.spec.key, "check") == 0);
        return isSelector ? makeSwitch(place) : makeChoice(place);
    }
    case FieldKind::Reference:
        return makeReference(policy, place);
    case FieldKind::Lines:
    case FieldKind::Pairs:
        return makeLines(place);
    case FieldKind::Json:
        return makeJson(place);
    case FieldKind::Fixed:
        return makeFixed(place);
    default:
        return makeText(place);
    }
}

QWidget* InspectorForm::makeId(const Place& place)
{
    auto* field = new QLineEdit(this);
    name(field, place.pointer, tr("Id"));
    field->setFont(Theme::monospace(TextSize::Normal));
    onRefresh([field, place](const Snapshot& policy) {
        if (!field->hasFocus() || !field->isModified())
            field->setText(policy.string(place.pointer));
    });
    connect(field, &QLineEdit::editingFinished, this, [this, field, place] {
        const QString id = field->text().trimmed();
        const auto policy = now();
        if (id == policy->string(place.pointer))
            return;
        const auto edit = renameById(*policy, m_page.page, id);
        field->setModified(false);
        if (edit) {
            apply(edit);
            return;
        }
        field->setText(policy->string(place.pointer));
        Q_EMIT failed(edit.error());
    });
    return field;
}

QWidget* InspectorForm::makeText(const Place& place)
{
    auto* field = new QLineEdit(this);
    name(field, place.pointer, place.name);
    field->setPlaceholderText(shown(place.spec.absent));
    onRefresh([field, place](const Snapshot& policy) {
        const QString value = policy.string(place.pointer);
        if (field->text() != value) {
            const QSignalBlocker quiet(field);
            field->setText(value);
            field->setCursorPosition(0);
        }
    });
    connect(field, &QLineEdit::textEdited, this, [this, place](const QString& value) {
        change(tr("set %1").arg(place.name), place.pointer, [&](std::string_view text) {
            return !place.spec.required && value.isEmpty() ? removeKey(text, place.pointer)
                                                           : setField(text, place.pointer, jsonText(value));
        });
    });
    connect(field, &QLineEdit::editingFinished, this, [this] { m_policy.endMerge(); });
    return field;
}

QWidget* InspectorForm::makeLongText(const Place& place)
{
    auto* field = new QPlainTextEdit(this);
    name(field, place.pointer, place.name);
    field->setTabChangesFocus(true);
    field->setUndoRedoEnabled(false);
    field->setPlaceholderText(shown(place.spec.absent));
    const bool isNote = qstrcmp(place.spec.key, "note") == 0;
    field->setFixedHeight(isNote ? 62 : 104);
    if (*place.spec.help != '\0')
        field->setToolTip(shown(place.spec.help));
    onRefresh([field, place](const Snapshot& policy) {
        const QString value = policy.string(place.pointer);
        if (field->toPlainText() != value) {
            const QSignalBlocker quiet(field);
            field->setPlainText(value);
        }
    });
    connect(field, &QPlainTextEdit::textChanged, this, [this, field, place] {
        const QString value = field->toPlainText();
        if (now()->string(place.pointer) == value)
            return;
        change(tr("set %1").arg(place.name), place.pointer, [&](std::string_view text) {
            return !place.spec.required && value.isEmpty() ? removeKey(text, place.pointer)
                                                           : setField(text, place.pointer, jsonText(value));
        });
    });
    return field;
}

QWidget* InspectorForm::makeNumber(const Snapshot& policy, const Place& place)
{
    const FieldSpec& spec = place.spec;
    double low = spec.low;
    double high = spec.high;
    double step = spec.step;
    QString unit = shown(spec.unit);
    const QString object = place.pointer.left(place.pointer.lastIndexOf(QLatin1Char('/')));
    const bool isThreshold = m_page.type == ObjectType::Trigger && qstrcmp(spec.key, "below") == 0;
    const bool isQuality = qstrcmp(spec.key, "at_least") == 0 && policy.has(object + QStringLiteral("/of"));
    if (isThreshold && policy.string(m_page.page + QStringLiteral("/gate")) == QLatin1String("judge")) {
        const QString rubric = policy.string(m_page.page + QStringLiteral("/rubric"));
        high =
            policy.number(m_page.page + QStringLiteral("/of"))
                .value_or(
                    policy.number(QStringLiteral("/rubrics/") + rubric + QStringLiteral("/of")).value_or(5));
        low = 1;
        step = 0.1;
        unit = tr(" of %1").arg(high);
    } else if (isThreshold &&
               policy.string(m_page.page + QStringLiteral("/gate")) == QLatin1String("log_probability")) {
        low = -100;
        high = 0;
        step = 0.1;
    } else if (isQuality) {
        high = policy.number(object + QStringLiteral("/of")).value_or(5);
        low = 1;
        unit = tr(" of %1").arg(high);
    }
    auto* box = new NumberBox(this);
    name(box, place.pointer, place.name);
    const QString absent = shown(spec.absent);
    const bool mayBeAbsent = !absent.isEmpty();
    const double absentAt = low - step;
    box->setLocale(QLocale::c());
    box->setDecimals(decimalsOf(step));
    box->setSingleStep(step);
    box->setKeyboardTracking(false); // a number that is half typed is no value
    box->setSuffix(unit);
    box->setRange(mayBeAbsent ? absentAt : low, high);
    if (mayBeAbsent)
        box->setSpecialValueText(absent);
    box->setMinimumWidth(64);
    box->setToolTip(tr("%1 to %2%3").arg(thresholdText(low, step), thresholdText(high, step), unit));
    onRefresh([box, place, mayBeAbsent, absentAt, low](const Snapshot& now) {
        const auto value = now.number(place.pointer);
        const QSignalBlocker quiet(box);
        const double shownValue = value ? *value : mayBeAbsent ? absentAt : low;
        // What the text says is shown, also beyond the usual range.
        if (shownValue < box->minimum() || shownValue > box->maximum())
            box->setRange(std::min(shownValue, box->minimum()), std::max(shownValue, box->maximum()));
        if (std::abs(box->value() - shownValue) > 1e-12)
            box->setValue(shownValue);
    });
    connect(box, qOverload<double>(&QDoubleSpinBox::valueChanged), this,
            [this, box, place, mayBeAbsent, low, step](double raw) {
                // A step adds up to 3.8000000000000003; what is meant is what is shown.
                const double value = QString::number(raw, 'f', box->decimals()).toDouble();
                if (mayBeAbsent && value < low - step / 2) {
                    change(tr("clear %1").arg(place.name), place.pointer,
                           [&](std::string_view text) { return removeKey(text, place.pointer); });
                    return;
                }
                change(
                    tr("set %1 to %2").arg(place.name, thresholdText(value, step)), place.pointer,
                    [&](std::string_view text) { return setField(text, place.pointer, jsonNumber(value)); });
            });
    connect(box, &QDoubleSpinBox::editingFinished, this, [this] { m_policy.endMerge(); });
    return box;
}

QWidget* InspectorForm::makeCheck(const Place& place)
{
    auto* box = new QCheckBox(shown(place.spec.help), this);
    name(box, place.pointer, place.name);
    const bool byDefault = qstrcmp(place.spec.absent, "true") == 0;
    onRefresh([box, place, byDefault](const Snapshot& policy) {
        const QSignalBlocker quiet(box);
        const QString object = place.pointer.left(place.pointer.lastIndexOf(QLatin1Char('/')));
        box->setChecked(policy.boolean(place.pointer).value_or(byDefault && policy.has(object)));
    });
    connect(box, &QCheckBox::toggled, this, [this, place](bool on) {
        change(on ? tr("turn on %1").arg(place.name) : tr("turn off %1").arg(place.name), QString(),
               [&](std::string_view text) { return setField(text, place.pointer, on ? "true" : "false"); });
    });
    return box;
}

QWidget* InspectorForm::makeTristate(const Place& place)
{
    auto* box = new ChoiceBox(this);
    name(box, place.pointer, place.name);
    box->addItem(tr("does not matter"), QString());
    box->addItem(tr("yes"), QStringLiteral("true"));
    box->addItem(tr("no"), QStringLiteral("false"));
    onRefresh([box, place](const Snapshot& policy) {
        const auto value = policy.boolean(place.pointer);
        box->setCurrentIndex(!value ? 0 : *value ? 1 : 2);
    });
    connect(box, &QComboBox::activated, this, [this, box, place] {
        const std::string value = ss(box->currentData().toString());
        change(tr("set %1").arg(place.name), QString(), [&](std::string_view text) {
            return value.empty() ? removeKey(text, place.pointer) : setField(text, place.pointer, value);
        });
    });
    return box;
}

QWidget* InspectorForm::makeChoice(const Place& place)
{
    auto* box = new ChoiceBox(this);
    name(box, place.pointer, place.name);
    dressChoice(box);
    const QString absent = *place.spec.absent != '\0' ? shown(place.spec.absent) : tr("not set");
    if (!place.spec.required)
        box->addItem(absent, QString());
    for (const ChoiceSpec& choice : place.spec.choices)
        box->addItem(shown(choice.label), QLatin1String(choice.value));
    bindChoice(box, place, absent);
    return box;
}

/// The box shows the text at the place and writes what is chosen; `absent` stands for a missing key.
void InspectorForm::bindChoice(QComboBox* box, const Place& place, const QString& absent)
{
    onRefresh([box, place, absent](const Snapshot& policy) {
        showValue(box, policy.string(place.pointer), absent);
    });
    connect(box, &QComboBox::activated, this, [this, box, place] {
        const QString value = box->currentData().toString();
        change(tr("set %1 to %2").arg(place.name, box->currentText()), QString(), [&](std::string_view text) {
            return value.isEmpty() ? removeKey(text, place.pointer)
                                   : setField(text, place.pointer, jsonText(value));
        });
    });
}

QWidget* InspectorForm::makeSwitch(const Place& place)
{
    auto* box = new ChoiceBox(this);
    name(box, place.pointer, place.name);
    dressChoice(box);
    const bool isStep = now()->contextOf(m_page.page, m_page.type).isStep;
    for (const ChoiceSpec& choice : place.spec.choices) {
        const QString value = QLatin1String(choice.value);
        const bool always = value == QLatin1String("chain") || value == QLatin1String("fixed") ||
                            value == QLatin1String("rules");
        if (!isStep || !always)
            box->addItem(shown(choice.label), value);
    }
    onRefresh([box, place](const Snapshot& policy) {
        QString value = policy.string(place.pointer);
        if (value == QLatin1String("specialist"))
            value = QStringLiteral("specialist_pool");
        showValue(box, value, tr("not set"));
    });
    // Queued: the form is built anew, and this box with it.
    connect(
        box, &QComboBox::activated, this,
        [this, box, place] {
            const QString value = box->currentData().toString();
            const auto policy = now();
            if (value.isEmpty() || value == policy->string(place.pointer))
                return;
            if (qstrcmp(place.spec.key, "check") == 0) { // keys of the other check go
                change(tr("set %1 to %2").arg(place.name, value), QString(),
                       [&](std::string_view text) -> Result<std::string> {
                           Result<std::string> out = setValue(text, ss(place.pointer), jsonText(value));
                           for (const char* key : {"pattern", "min_chars", "max_chars"})
                               out =
                                   out ? removeKey(*out, m_page.page + QLatin1Char('/') + QLatin1String(key))
                                       : out;
                           const QString at = m_page.page + QLatin1Char('/');
                           if (out && value == QLatin1String("pattern"))
                               out = setValue(*out, ss(at) + "pattern", "[\"example\"]");
                           if (out && value == QLatin1String("length"))
                               out = setValue(*out, ss(at) + "min_chars", "20");
                           return out;
                       });
                return;
            }
            apply(switchKind(*policy, m_page.page, m_page.type, value));
        },
        Qt::QueuedConnection);
    return box;
}

QWidget* InspectorForm::makeReference(const Snapshot& policy, const Place& place)
{
    auto* box = new ChoiceBox(this);
    name(box, place.pointer, place.name);
    dressChoice(box);
    const QString absent = *place.spec.absent != '\0' ? shown(place.spec.absent) : tr("not set");
    if (!place.spec.required || *place.spec.absent != '\0')
        box->addItem(absent, QString());
    for (const QString& id : policy.idsOf(place.spec.refers))
        box->addItem(id == QLatin1String("human") ? tr("a person") : id, id);
    bindChoice(box, place, absent);
    return box;
}

QWidget* InspectorForm::makeLines(const Place& place)
{
    auto* field = new QPlainTextEdit(this);
    name(field, place.pointer, place.name);
    field->setTabChangesFocus(true);
    field->setUndoRedoEnabled(false);
    field->setLineWrapMode(QPlainTextEdit::NoWrap);
    const bool isPairs = place.spec.kind == FieldKind::Pairs;
    field->setPlaceholderText(isPairs ? tr("account = enterprise, gold") : tr("one a line"));
    const auto read = [place, isPairs](const Snapshot& policy) {
        return isPairs ? pairLines(policy.tree(), policy.at(place.pointer)) : policy.strings(place.pointer);
    };
    onRefresh([field, read, isPairs](const Snapshot& policy) {
        const QStringList value = read(policy);
        // While a line is typed, it is what it means that counts.
        const QStringList typed = linesOf(field->toPlainText());
        if (isPairs ? pairsJson(typed) != pairsJson(value) : typed != value) {
            const QSignalBlocker quiet(field);
            field->setPlainText(value.join(QLatin1Char('\n')));
        }
        fitHeight(field, value.size() + 1, 2, 6);
    });
    connect(field, &QPlainTextEdit::textChanged, this, [this, field, place, read, isPairs] {
        const QStringList value = linesOf(field->toPlainText());
        const QStringList before = read(*now());
        if (before == value || (isPairs && !value.isEmpty() && pairsJson(before) == pairsJson(value)))
            return;
        change(tr("set %1").arg(place.name), place.pointer,
               [&](std::string_view text) -> Result<std::string> {
                   if (value.isEmpty())
                       return place.spec.required ? setField(text, place.pointer, "[]")
                                                  : removeKey(text, place.pointer);
                   return setField(text, place.pointer, isPairs ? pairsJson(value) : jsonList(value));
               });
    });
    return field;
}

QWidget* InspectorForm::makeJson(const Place& place)
{
    auto* field = new QPlainTextEdit(this);
    name(field, place.pointer, place.name);
    field->setFont(Theme::monospace(TextSize::Small));
    field->setTabChangesFocus(true);
    field->setUndoRedoEnabled(false);
    field->setPlaceholderText(shown(place.spec.absent));
    auto* said = problemLabel(place.pointer + QStringLiteral("#json"));
    m_problems.pop_back(); // what is typed is judged here, not by the policy's problems
    said->setObjectName(QStringLiteral("jsonVerdict:") + place.pointer);
    const auto parsed = [](const QString& text) { return nlohmann::json::parse(ss(text), nullptr, false); };
    onRefresh([field, place, parsed](const Snapshot& policy) {
        const QString value = policy.json(place.pointer);
        const bool same = parsed(value) == parsed(field->toPlainText()) && !value.isEmpty();
        // What is not JSON yet stays as long as somebody types in it.
        const bool isTyped = field->hasFocus() && field->property("unfinished").toBool();
        if (!same && !isTyped) {
            const QSignalBlocker quiet(field);
            field->setPlainText(atMargin(value));
        }
        fitHeight(field, field->blockCount() + 1, 4, 14);
    });
    connect(field, &QPlainTextEdit::textChanged, this, [this, field, place, parsed, said] {
        const QString value = field->toPlainText().trimmed();
        const std::string bytes = ss(value);
        const SyntaxTree checked = SyntaxTree::parse(bytes);
        const bool isJson = checked.readable() && checked.issues().empty();
        field->setProperty("unfinished", !isJson && !value.isEmpty());
        said->setVisible(!isJson && !value.isEmpty());
        if (!isJson && !value.isEmpty()) {
            said->setText(
                tr("Not taken over yet: %1")
                    .arg(checked.issues().empty() ? QString() : qs(checked.issues().front().message)));
            return;
        }
        if (parsed(now()->json(place.pointer)) == parsed(value) && !value.isEmpty())
            return;
        change(tr("set %1").arg(place.name), place.pointer, [&](std::string_view text) {
            return value.isEmpty() ? (place.spec.required ? setField(text, place.pointer, "{}")
                                                          : removeKey(text, place.pointer))
                                   : setField(text, place.pointer, bytes);
        });
    });
    auto* holder = new QWidget(this);
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    column->addWidget(field);
    column->addWidget(said);
    holder->setFocusProxy(field);
    return holder;
}

QWidget* InspectorForm::makeBoxes(const Place& place, const std::vector<std::pair<QString, QString>>& options)
{
    auto* group = new QWidget(this);
    group->setObjectName(QStringLiteral("group:") + place.pointer);
    group->setAccessibleName(place.name);
    auto* flow = new FlowLayout(group, space::m);
    for (const auto& [option, label] : options) {
        const QString value = option;
        auto* box = new QCheckBox(label, group);
        box->setObjectName(fieldName(place.pointer) + QLatin1Char('=') + value);
        box->setAccessibleName(tr("%1: %2").arg(place.name, label));
        flow->addWidget(box);
        if (!m_first)
            m_first = box;
        onRefresh([box, place, value](const Snapshot& policy) {
            const QSignalBlocker quiet(box);
            box->setChecked(policy.strings(place.pointer).contains(value));
        });
        connect(box, &QCheckBox::toggled, this, [this, place, value](bool on) {
            const QString step =
                on ? tr("add %1 to %2").arg(value, place.name) : tr("take %1 from %2").arg(value, place.name);
            change(step, QString(), [&](std::string_view text) -> Result<std::string> {
                const auto policy = now();
                const QStringList list = policy->strings(place.pointer);
                if (!policy->isKind(place.pointer, NodeKind::Array)) { // absent, or a single one
                    QStringList fresh = list;
                    if (on)
                        fresh.append(value);
                    else
                        fresh.removeAll(value);
                    return fresh.isEmpty() && !place.spec.required
                               ? removeKey(text, place.pointer)
                               : setField(text, place.pointer, jsonList(fresh));
                }
                // What is listed keeps its order and its form.
                if (on)
                    return insertElement(text, ss(place.pointer), static_cast<std::size_t>(-1),
                                         jsonText(value));
                const auto at = list.indexOf(value);
                if (at < 0)
                    return std::string(text);
                if (list.size() == 1 && !place.spec.required)
                    return removeKey(text, place.pointer);
                return removeValue(text, ss(place.pointer) + "/" + std::to_string(at));
            });
        });
    }
    return group;
}

QWidget* InspectorForm::makeFixed(const Place& place)
{
    auto* label = new QLabel(this);
    label->setObjectName(fieldName(place.pointer));
    label->setAccessibleName(place.name);
    onRefresh([label, place](const Snapshot& policy) { label->setText(policy.json(place.pointer)); });
    return label;
}

} // namespace signalbox
