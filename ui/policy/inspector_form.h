// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The fields of the inspector, built from the catalogue. A field knows where its value stands in the text,
// its range and its unit; it writes through the policy's editor and shows what the decoder says of its place.

#include "base/result.h"
#include "ui/policy/policy_edits.h"
#include "ui/policy/snapshot.h"
#include "ui/theme/widgets.h"

#include <QSet>
#include <QString>
#include <QWidget>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

QT_BEGIN_NAMESPACE
class QComboBox;
class QHBoxLayout;
class QVBoxLayout;
QT_END_NAMESPACE

namespace signalbox {

class PolicyEditor;
class PolicySelection;

/// The objectName of the field at a pointer: "field:/triggers/grounding/below". A choice of several has one
/// box for each: "field:/tiers/T0/models=support-3b". Lists have "add:LIST", their elements "open:POINTER",
/// "up:POINTER", "down:POINTER" and "remove:POINTER". What is seldom stated is shown after "add:POINTER".
QString fieldName(const QString& pointer);

class InspectorForm : public QWidget
{
    Q_OBJECT
public:
    InspectorForm(PolicyEditor& policy, PolicySelection& selection, const PageStep& page,
                  QSet<QString>& revealed, QWidget* parent = nullptr);

    /// All of the page; the policy is the one that is shown at the moment.
    void build(const Snapshot& policy);
    /// What decides which fields there are: when it changes, a form is built anew.
    static QString shapeOf(const Snapshot& policy, const PageStep& page, const QSet<QString>& revealed);

    void refresh(const Snapshot& policy);
    void focusFirst();

Q_SIGNALS:
    void rebuildRequested(const QString& focus); ///< a field was revealed; its objectName
    void failed(const signalbox::Error& error);

private:
    struct Problem
    {
        QString pointer;
        QLabel* label;
    };
    struct Place ///< of a field that is being built
    {
        const FieldSpec& spec;
        QString pointer;
        QString name; ///< "deadline of T0": undo steps and accessible names
    };
    using Change = std::function<Result<std::string>(std::string_view text)>;

    // The page, from top to bottom: inspector_form.cpp.
    void head(const Snapshot& policy);
    void fields(const Snapshot& policy, const QString& pointer, ObjectType type);
    void oneField(const Snapshot& policy, const Place& place);
    void chips(const Snapshot& policy, ObjectType type, const QStringList& pointers,
               const std::vector<const FieldSpec*>& specs);
    void listPage(const Snapshot& policy);
    void extras(const Snapshot& policy);
    void beginnings(const Snapshot& policy);

    // One widget of each kind: inspector_fields.cpp.
    QWidget* makeField(const Snapshot& policy, const Place& place);
    QWidget* makeId(const Place& place);
    QWidget* makeText(const Place& place);
    QWidget* makeLongText(const Place& place);
    QWidget* makeNumber(const Snapshot& policy, const Place& place);
    QWidget* makeCheck(const Place& place);
    QWidget* makeTristate(const Place& place);
    QWidget* makeChoice(const Place& place);
    QWidget* makeSwitch(const Place& place);
    void bindChoice(QComboBox* box, const Place& place, const QString& absent);
    QWidget* makeReference(const Snapshot& policy, const Place& place);
    QWidget* makeLines(const Place& place);
    QWidget* makeJson(const Place& place);
    QWidget* makeBoxes(const Place& place, const std::vector<std::pair<QString, QString>>& options);
    QWidget* makeFixed(const Place& place);

    // Several widgets: inspector_lists.cpp.
    QWidget* makeTarget(const Snapshot& policy, const Place& place); ///< of a route
    void routeFields(const Snapshot& policy, const Place& place, bool withTarget);
    void listRows(const Snapshot& policy, const Place& place);
    void orderRows(const Snapshot& policy, const Place& place);
    void replicaRows(const Snapshot& policy, const Place& place);

    // Sentences with fields in them: inspector_sentences.cpp.
    void sentence(const Snapshot& policy);
    QSet<QString> inSentence(const Snapshot& policy) const; ///< keys that are not shown again below
    void ruleEffect(FlowLayout* flow, const Snapshot& policy);

    void change(const QString& undoLabel, const QString& mergeId, const Change& change);
    void apply(const Result<PolicyEdit>& edit);
    void caption(const QString& text);
    void note(const QString& text);
    QLabel* code(const QString& name, const QString& objectName);
    void row(const QString& label, QWidget* field, const QString& pointer);
    void wide(const QString& label, QWidget* field, const QString& pointer);
    QPushButton* link(const QString& text, const QString& pointer, int tier = -1);
    QPushButton* action(const QString& text, const QString& objectName, std::function<void()> run);
    QLabel* problemLabel(const QString& pointer);
    void showProblems(const Snapshot& policy);
    void name(QWidget* field, const QString& pointer, const QString& accessibleName);
    Place placeOf(const Snapshot& policy, const FieldSpec& spec, const QString& object) const;
    QString elementName(const Snapshot& policy) const;
    void onRefresh(std::function<void(const Snapshot&)> refresh) { m_refresh.push_back(std::move(refresh)); }
    std::unique_ptr<Snapshot> now() const;

    PolicyEditor& m_policy;
    PolicySelection& m_selection;
    PageStep m_page;
    QSet<QString>& m_revealed;
    QVBoxLayout* m_layout = nullptr;
    std::vector<Problem> m_problems;
    std::vector<std::function<void(const Snapshot&)>> m_refresh;
    QWidget* m_first = nullptr;
};

/// Which of a page's keys are shown: not those of other kinds, and seldom stated ones only when they are
/// stated or were asked for.
bool isShown(const Snapshot& policy, const FieldSpec& spec, const QString& pointer,
             const FieldContext& context, const QSet<QString>& revealed);

/// An element in a few words, for its row in a list: "questions · 0.45", "faq.* · difficulty 1 → T0".
QString elementText(const Snapshot& policy, const QString& pointer, ObjectType type, int position);

} // namespace signalbox
