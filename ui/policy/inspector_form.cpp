// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/inspector_form.h"

#include "ui/policy/element_pointer.h"
#include "ui/policy/policy_edits.h"
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

#include <algorithm>

namespace signalbox {

namespace {

constexpr int kLabelWidth = 104;

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

} // namespace

QString fieldName(const QString& pointer)
{
    return QStringLiteral("field:") + pointer;
}

InspectorForm::InspectorForm(PolicyEditor& policy, PolicySelection& selection, QWidget* parent)
    : QWidget(parent), m_policy(policy), m_selection(selection), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::s);
}

void InspectorForm::change(const QString& undoLabel, const QString& mergeId, const Change& change)
{
    auto text = change(m_policy.document()->text);
    if (text)
        m_policy.applyText(std::move(*text), undoLabel, mergeId);
}

void InspectorForm::name(QWidget* field, const QString& pointer, const QString& accessibleName)
{
    field->setObjectName(fieldName(pointer));
    field->setAccessibleName(accessibleName);
    field->setFocusPolicy(Qt::StrongFocus);
    if (!m_first)
        m_first = field;
}

void InspectorForm::title(const QString& kind, const QString& name)
{
    m_layout->addWidget(new CaptionLabel(kind, this));
    auto* label = new ElidedLabel(name, Qt::ElideMiddle, this);
    label->setProperty("role", QStringLiteral("title"));
    label->setFont(Theme::font(TextSize::Large, QFont::DemiBold));
    label->setObjectName(QStringLiteral("inspectorTitle"));
    m_layout->addWidget(label);
    m_general = problemLabel(QString());
    m_layout->addWidget(m_general);
}

void InspectorForm::caption(const QString& text)
{
    m_layout->addSpacing(space::s);
    m_layout->addWidget(new CaptionLabel(text, this));
}

void InspectorForm::note(const QString& text)
{
    auto* label = new MutedLabel(text, this);
    label->setWordWrap(true);
    m_layout->addWidget(label);
}

void InspectorForm::code(const QString& accessibleName, std::function<QString(const Policy&)> get)
{
    auto* label = new QLabel(this);
    label->setFont(Theme::monospace(TextSize::Normal));
    label->setObjectName(QStringLiteral("reasonCode"));
    label->setAccessibleName(accessibleName);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::ClickFocus);
    m_layout->addWidget(label);
    onRefresh([label, get = std::move(get)](const Policy& policy) { label->setText(get(policy)); });
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
    if (!pointer.isEmpty())
        m_layout->addWidget(problemLabel(pointer));
}

void InspectorForm::wide(const QString& label, QWidget* field, const QString& pointer)
{
    if (!label.isEmpty()) {
        auto* caption = new QLabel(label, this);
        caption->setProperty("role", QStringLiteral("muted"));
        caption->setBuddy(field);
        m_layout->addWidget(caption);
    }
    m_layout->addWidget(field);
    if (!pointer.isEmpty())
        m_layout->addWidget(problemLabel(pointer));
}

QPushButton* InspectorForm::link(const QString& text, const QString& pointer, int tier)
{
    auto* button = linkButton(text, QStringLiteral("link:") + pointer, this);
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

QPushButton* InspectorForm::button(const QString& text, const QString& objectName, std::function<void()> run)
{
    auto* button = plainButton(text, objectName, this);
    button->setAccessibleName(text);
    connect(button, &QPushButton::clicked, this, [run = std::move(run)] { run(); }, Qt::QueuedConnection);
    m_layout->addWidget(button, 0, Qt::AlignLeft);
    return button;
}

QDoubleSpinBox* InspectorForm::number(const NumberSpec& spec)
{
    auto* box = new NumberBox(this);
    name(box, spec.pointer, spec.name);
    const double absentAt = spec.low - spec.step;
    const bool mayBeAbsent = !spec.absent.isEmpty();
    box->setLocale(QLocale::c());
    box->setDecimals(decimalsOf(spec.step));
    box->setSingleStep(spec.step);
    box->setKeyboardTracking(false); // a number that is half typed is no value
    box->setSuffix(spec.unit);
    box->setRange(mayBeAbsent ? absentAt : spec.low, spec.high);
    if (mayBeAbsent)
        box->setSpecialValueText(spec.absent);
    box->setMinimumWidth(64);
    box->setToolTip(
        tr("%1 to %2%3")
            .arg(thresholdText(spec.low, spec.step), thresholdText(spec.high, spec.step), spec.unit));
    onRefresh([box, spec, mayBeAbsent, absentAt](const Policy& policy) {
        const auto value = spec.get(policy);
        const QSignalBlocker quiet(box);
        const double shown = value ? *value * spec.scale : mayBeAbsent ? absentAt : spec.low;
        // What the text says is shown, also beyond the usual range.
        if (shown < box->minimum() || shown > box->maximum())
            box->setRange(std::min(shown, box->minimum()), std::max(shown, box->maximum()));
        if (std::abs(box->value() - shown) > 1e-12)
            box->setValue(shown);
    });
    connect(box, qOverload<double>(&QDoubleSpinBox::valueChanged), this,
            [this, box, spec, mayBeAbsent](double raw) {
                // A step adds up to 3.8000000000000003; what is meant is what is shown.
                const double shown = QString::number(raw, 'f', box->decimals()).toDouble();
                if (mayBeAbsent && shown < spec.low - spec.step / 2) {
                    change(tr("clear %1").arg(spec.name), spec.pointer,
                           [&](std::string_view text) { return removeIfThere(text, spec.pointer); });
                    return;
                }
                change(tr("set %1 to %2").arg(spec.name, thresholdText(shown, spec.step)), spec.pointer,
                       [&](std::string_view text) {
                           return setNested(text, spec.pointer, jsonNumber(shown / spec.scale));
                       });
            });
    connect(box, &QDoubleSpinBox::editingFinished, this, [this] { m_policy.endMerge(); });
    return box;
}

QLineEdit* InspectorForm::text(const TextSpec& spec)
{
    auto* field = new QLineEdit(this);
    name(field, spec.pointer, spec.name);
    field->setPlaceholderText(spec.placeholder);
    if (spec.monospace)
        field->setFont(Theme::monospace(TextSize::Normal));
    onRefresh([field, spec](const Policy& policy) {
        const QString value = spec.get(policy);
        if (field->text() != value) {
            const QSignalBlocker quiet(field);
            field->setText(value);
            field->setCursorPosition(0);
        }
    });
    connect(field, &QLineEdit::textEdited, this, [this, spec](const QString& value) {
        change(tr("set %1").arg(spec.name), spec.pointer, [&](std::string_view text) {
            return spec.optional && value.isEmpty() ? removeIfThere(text, spec.pointer)
                                                    : setNested(text, spec.pointer, jsonText(value));
        });
    });
    connect(field, &QLineEdit::editingFinished, this, [this] { m_policy.endMerge(); });
    return field;
}

QPlainTextEdit* InspectorForm::longText(const TextSpec& spec)
{
    auto* field = new QPlainTextEdit(this);
    name(field, spec.pointer, spec.name);
    field->setTabChangesFocus(true);
    field->setUndoRedoEnabled(false);
    field->setPlaceholderText(spec.placeholder);
    field->setFixedHeight(118);
    onRefresh([field, spec](const Policy& policy) {
        const QString value = spec.get(policy);
        if (field->toPlainText() != value) {
            const QSignalBlocker quiet(field);
            field->setPlainText(value);
        }
    });
    connect(field, &QPlainTextEdit::textChanged, this, [this, field, spec] {
        const QString value = field->toPlainText();
        if (m_policy.document()->policy && spec.get(*m_policy.document()->policy) == value)
            return;
        change(tr("set %1").arg(spec.name), spec.pointer, [&](std::string_view text) {
            return spec.optional && value.isEmpty() ? removeIfThere(text, spec.pointer)
                                                    : setNested(text, spec.pointer, jsonText(value));
        });
    });
    return field;
}

QComboBox* InspectorForm::choice(const TextSpec& spec, const std::vector<Option>& options)
{
    auto* box = new ChoiceBox(this);
    name(box, spec.pointer, spec.name);
    for (const Option& option : options)
        box->addItem(option.text, option.value);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->setMinimumContentsLength(4);
    onRefresh([box, spec](const Policy& policy) {
        const QString value = spec.get(policy);
        int index = box->findData(value);
        if (index < 0) { // it names nothing that there is; it is shown all the same
            box->addItem(value.isEmpty() ? tr("not set") : value, value);
            index = box->count() - 1;
        }
        box->setCurrentIndex(index);
    });
    connect(box, &QComboBox::activated, this, [this, box, spec] {
        const QString value = box->currentData().toString();
        change(tr("set %1 to %2").arg(spec.name, box->currentText()), QString(), [&](std::string_view text) {
            return spec.optional && value.isEmpty() ? removeIfThere(text, spec.pointer)
                                                    : setNested(text, spec.pointer, jsonText(value));
        });
    });
    return box;
}

QCheckBox* InspectorForm::check(const QString& pointer, const QString& accessibleName, const QString& text,
                                std::function<bool(const Policy&)> get)
{
    auto* box = new QCheckBox(text, this);
    name(box, pointer, accessibleName);
    onRefresh([box, get = std::move(get)](const Policy& policy) {
        const QSignalBlocker quiet(box);
        box->setChecked(get(policy));
    });
    connect(box, &QCheckBox::toggled, this, [this, pointer, accessibleName](bool on) {
        change(on ? tr("turn on %1").arg(accessibleName) : tr("turn off %1").arg(accessibleName), QString(),
               [&](std::string_view json) { return setNested(json, pointer, on ? "true" : "false"); });
    });
    return box;
}

QPlainTextEdit* InspectorForm::lines(const QString& pointer, const QString& accessibleName,
                                     std::function<QStringList(const Policy&)> get,
                                     std::function<std::string(const QStringList&)> toJson)
{
    auto* field = new QPlainTextEdit(this);
    name(field, pointer, accessibleName);
    field->setTabChangesFocus(true);
    field->setUndoRedoEnabled(false);
    field->setLineWrapMode(QPlainTextEdit::NoWrap);
    field->setPlaceholderText(tr("one a line"));
    const auto entries = [field] {
        QStringList list;
        for (const QString& line : field->toPlainText().split(QLatin1Char('\n'))) {
            if (!line.trimmed().isEmpty())
                list.append(line.trimmed());
        }
        return list;
    };
    onRefresh([field, get, entries](const Policy& policy) {
        const QStringList value = get(policy);
        if (entries() != value) {
            const QSignalBlocker quiet(field);
            field->setPlainText(value.join(QLatin1Char('\n')));
        }
        const int shown = std::clamp(static_cast<int>(value.size()) + 1, 2, 6);
        field->setFixedHeight(field->fontMetrics().lineSpacing() * shown + 14);
    });
    connect(field, &QPlainTextEdit::textChanged, this, [this, pointer, accessibleName, get, toJson, entries] {
        const QStringList value = entries();
        const PolicyDocumentPtr document = m_policy.document();
        if (document->policy && get(*document->policy) == value)
            return;
        change(tr("set %1").arg(accessibleName), pointer, [&](std::string_view text) {
            return value.isEmpty() ? removeIfThere(text, pointer)
                                   : setNested(text, pointer, toJson ? toJson(value) : jsonList(value));
        });
    });
    return field;
}

QWidget* InspectorForm::checks(const QString& pointer, const QString& accessibleName,
                               const std::vector<Option>& options,
                               std::function<QStringList(const Policy&)> get, bool removeWhenEmpty)
{
    auto* group = new QWidget(this);
    group->setObjectName(QStringLiteral("group:") + pointer);
    group->setAccessibleName(accessibleName);
    auto* flow = new FlowLayout(group, space::m);
    for (const Option& option : options) {
        auto* box = new QCheckBox(option.text, group);
        box->setObjectName(fieldName(pointer) + QLatin1Char('=') + option.value);
        box->setAccessibleName(tr("%1: %2").arg(accessibleName, option.text));
        flow->addWidget(box);
        if (!m_first)
            m_first = box;
        onRefresh([box, get, value = option.value](const Policy& policy) {
            const QSignalBlocker quiet(box);
            box->setChecked(get(policy).contains(value));
        });
        connect(
            box, &QCheckBox::toggled, this,
            [this, pointer, accessibleName, get, removeWhenEmpty, options, value = option.value](bool on) {
                const PolicyDocumentPtr document = m_policy.document();
                if (!document->policy)
                    return;
                // What is listed keeps its order, and what this form does not know stays.
                QStringList list = get(*document->policy);
                if (on)
                    list.append(value);
                else
                    list.removeAll(value);
                change(on ? tr("add %1 to %2").arg(value, accessibleName)
                          : tr("take %1 from %2").arg(value, accessibleName),
                       QString(), [&](std::string_view text) {
                           return list.isEmpty() && removeWhenEmpty
                                      ? removeIfThere(text, pointer)
                                      : setNested(text, pointer, jsonList(list));
                       });
            });
    }
    return group;
}

FlowLayout* InspectorForm::sentence()
{
    auto* holder = new QWidget(this);
    auto* flow = new FlowLayout(holder, 6);
    m_layout->addWidget(holder);
    return flow;
}

void InspectorForm::words(FlowLayout* sentence, const QString& text)
{
    for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        sentence->addWidget(new QLabel(word, sentence->parentWidget()));
}

void InspectorForm::onRefresh(std::function<void(const Policy&)> refresh)
{
    m_refresh.push_back(std::move(refresh));
}

void InspectorForm::finish()
{
    m_layout->addStretch(1);
}

void InspectorForm::refresh(const PolicyDocument& document, const QString& element)
{
    if (document.policy) {
        for (const auto& refresh : m_refresh)
            refresh(*document.policy);
    }
    setEnabled(document.policy != nullptr);
    showProblems(document, element);
}

void InspectorForm::showProblems(const PolicyDocument& document, const QString& element)
{
    std::vector<QStringList> messages(m_problems.size());
    std::vector<bool> bad(m_problems.size(), false);
    for (const Diagnostic& diagnostic : document.diagnostics) {
        const QString pointer = qs(diagnostic.pointer);
        if (diagnostic.severity == Severity::Note || elementOf(pointer) != element)
            continue;
        std::size_t best = m_problems.size();
        for (std::size_t i = 0; i < m_problems.size(); ++i) {
            const QString& place = m_problems[i].pointer;
            const bool fits = place.isEmpty() || liesWithin(pointer, place);
            if (fits && (best == m_problems.size() || place.size() > m_problems[best].pointer.size()))
                best = i;
        }
        if (best == m_problems.size() || messages[best].size() >= 3)
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
        label->setText(messages[i].join(QLatin1Char('\n')));
        label->setVisible(!messages[i].isEmpty());
    }
}

void InspectorForm::focusFirst()
{
    if (m_first)
        m_first->setFocus(Qt::TabFocusReason);
}

} // namespace signalbox
