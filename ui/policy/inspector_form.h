// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The fields of the inspector. A field knows where its value stands in the text, how it is read from the
// policy, its range and its unit; it writes through the policy's editor and shows what the decoder says of
// its place.

#include "base/result.h"
#include "policy/document.h"
#include "ui/theme/widgets.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;
QT_END_NAMESPACE

namespace signalbox {

class PolicyEditor;
class PolicySelection;

struct NumberSpec
{
    QString pointer;
    QString name; ///< of the undo step and for accessibility: "set NAME to 3.5"
    std::function<std::optional<double>(const Policy&)> get;
    double low = 0;
    double high = 1;
    double step = 0.01;
    QString unit;     ///< " ms"
    QString absent{}; ///< what the lowest position says when the value may be absent: "no limit"
    double scale = 1; ///< shown = stored × scale
};

struct Option
{
    QString text;
    QString value;
};

struct TextSpec
{
    QString pointer;
    QString name;
    std::function<QString(const Policy&)> get;
    bool optional = false; ///< an empty text removes the key
    bool monospace = false;
    QString placeholder{};
};

class InspectorForm : public QWidget
{
    Q_OBJECT
public:
    InspectorForm(PolicyEditor& policy, PolicySelection& selection, QWidget* parent = nullptr);

    using Change = std::function<Result<std::string>(std::string_view text)>;
    void change(const QString& undoLabel, const QString& mergeId, const Change& change);

    // Building, from top to bottom.
    void title(const QString& kind, const QString& name);
    void caption(const QString& text);
    void note(const QString& text);
    void code(const QString& name, std::function<QString(const Policy&)> get); ///< monospace, selectable
    void row(const QString& label, QWidget* field, const QString& pointer = {});
    void wide(const QString& label, QWidget* field, const QString& pointer = {});
    QPushButton* link(const QString& text, const QString& pointer, int tier = -1);
    QPushButton* button(const QString& text, const QString& name, std::function<void()> run);

    // Fields; a row() or a sentence takes them.
    QDoubleSpinBox* number(const NumberSpec& spec);
    QLineEdit* text(const TextSpec& spec);
    QPlainTextEdit* longText(const TextSpec& spec);
    QComboBox* choice(const TextSpec& spec, const std::vector<Option>& options);
    QCheckBox* check(const QString& pointer, const QString& name, const QString& text,
                     std::function<bool(const Policy&)> get);
    /// One entry a line.
    QPlainTextEdit* lines(const QString& pointer, const QString& name,
                          std::function<QStringList(const Policy&)> get,
                          std::function<std::string(const QStringList&)> toJson = {});
    /// Check boxes that together make a list.
    QWidget* checks(const QString& pointer, const QString& name, const std::vector<Option>& options,
                    std::function<QStringList(const Policy&)> get, bool removeWhenEmpty);

    /// Words and fields that read as a sentence.
    FlowLayout* sentence();
    void words(FlowLayout* sentence, const QString& text);

    /// Called at every change of the policy.
    void onRefresh(std::function<void(const Policy&)> refresh);
    void refresh(const PolicyDocument& document, const QString& element);
    void focusFirst();

    PolicyEditor& policy() const { return m_policy; }
    PolicySelection& selection() const { return m_selection; }
    void finish(); ///< the form is complete

private:
    struct Problem
    {
        QString pointer;
        QLabel* label;
    };
    QLabel* problemLabel(const QString& pointer);
    void showProblems(const PolicyDocument& document, const QString& element);
    void name(QWidget* field, const QString& pointer, const QString& accessibleName);

    PolicyEditor& m_policy;
    PolicySelection& m_selection;
    QVBoxLayout* m_layout = nullptr;
    QLabel* m_general = nullptr;
    std::vector<Problem> m_problems;
    std::vector<std::function<void(const Policy&)>> m_refresh;
    QWidget* m_first = nullptr;
};

/// The objectName of the field at a pointer: "field:/triggers/grounding/below".
QString fieldName(const QString& pointer);

} // namespace signalbox
