// SPDX-License-Identifier: GPL-3.0-or-later
// The inspectors: every key of the language has a field, and what is typed there stands in the text.
#include "policy/document.h"
#include "policy/edit.h"
#include "policy/vocabulary.h"
#include "ui/policy/element_edits.h"
#include "ui/policy/field_catalogue.h"
#include "ui/policy/inspector_form.h"
#include "ui/policy/policy_selection.h"
#include "ui/policy/policy_view.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

#include <nlohmann/json.hpp>

#include <random>

using namespace signalbox;
using Json = nlohmann::ordered_json;

namespace {

QString q(const char* text)
{
    return QString::fromUtf8(text);
}

QString q(const std::string& text)
{
    return QString::fromStdString(text);
}

std::string fileText(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

QString sourceDir()
{
    return qEnvironmentVariable("SIGNALBOX_SOURCE_DIR");
}

} // namespace

class PolicyInspectorsTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<PolicyEditor> m_editor;
    std::unique_ptr<PolicyView> m_view;

    const std::string& text() const { return m_editor->document()->text; }
    QString valueOf(const QString& pointer) const
    {
        return q(valueAt(text(), pointer.toStdString()).value_or("(none)"));
    }
    void load(const std::string& policy)
    {
        m_editor->load(readPolicy(policy, {"2026-11-22"}), 0);
        m_view->selection().select(QString());
    }
    template <class T = QWidget>
    T* find(const QString& name) const
    {
        // The form before the last is gone when its events are.
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        for (T* widget : m_view->findChildren<T*>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    void select(const QString& pointer) { m_view->selection().select(pointer); }
    void press(const QString& name)
    {
        auto* button = find<QAbstractButton>(name);
        QVERIFY2(button, qPrintable(name));
        button->click();
        QCoreApplication::processEvents();
    }
    void choose(const QString& pointer, const QString& value)
    {
        auto* box = find<QComboBox>(fieldName(pointer));
        QVERIFY2(box, qPrintable(pointer));
        const int index = box->findData(value);
        QVERIFY2(index >= 0, qPrintable(pointer + q(" has no ") + value));
        box->setCurrentIndex(index);
        Q_EMIT box->activated(index);
        QCoreApplication::processEvents();
    }

    /// Types what the paper says into the fields of the page; what is seldom stated is asked for first.
    void fill(const QString& pointer, const Json& value)
    {
        const QString field = fieldName(pointer);
        QWidget* widget = find(field);
        QWidget* group = find(q("group:") + pointer);
        if (!widget && !group && find<QAbstractButton>(q("add:") + pointer) && !isList(pointer)) {
            press(q("add:") + pointer);
            widget = find(field);
            group = find(q("group:") + pointer);
        }
        if (group) {
            for (const Json& entry : value) {
                const Json& id = entry.is_object() ? entry["model"] : entry;
                auto* box = find<QCheckBox>(field + q("=") + q(id.get<std::string>()));
                QVERIFY2(box, qPrintable(field + q(id.dump())));
                if (!box->isChecked())
                    box->click();
            }
            for (QCheckBox* box : group->findChildren<QCheckBox*>()) {
                const bool wanted = std::any_of(value.begin(), value.end(), [&](const Json& entry) {
                    return box->objectName() == field + q("=") +
                                                    q(entry.is_object() ? entry["model"].get<std::string>()
                                                                        : entry.get<std::string>());
                });
                if (box->isChecked() != wanted)
                    box->click();
            }
            return;
        }
        if (widget) {
            type(widget, value);
            return;
        }
        QVERIFY2(value.is_object(), qPrintable(q("no field for ") + pointer));
        for (const auto& [key, part] : value.items())
            fill(pointer + q("/") + q(key), part);
    }
    bool isList(const QString& pointer) const
    {
        return m_editor->document()->policy && !find(fieldName(pointer)) &&
               (pointer.endsWith(q("/signals")) || pointer.endsWith(q("/map")) ||
                pointer.endsWith(q("/intents")));
    }
    void type(QWidget* widget, const Json& value)
    {
        widget->setFocus();
        if (auto* line = qobject_cast<QLineEdit*>(widget)) {
            line->selectAll();
            for (const QChar letter : q(value.get<std::string>()))
                QTest::sendKeyEvent(QTest::Click, line, Qt::Key_unknown, QString(letter), {});
            QTest::keyClick(line, Qt::Key_Return);
        } else if (auto* area = qobject_cast<QPlainTextEdit*>(widget)) {
            area->setPlainText(areaText(value));
        } else if (auto* box = qobject_cast<QComboBox*>(widget)) {
            const QString wanted = value.is_string() ? q(value.get<std::string>()) : q(value.dump());
            const int index = box->findData(wanted);
            QVERIFY2(index >= 0, qPrintable(widget->objectName() + q(" has no ") + wanted));
            if (box->currentIndex() != index) {
                box->setCurrentIndex(index);
                Q_EMIT box->activated(index);
            }
        } else if (auto* number = qobject_cast<QDoubleSpinBox*>(widget)) {
            number->selectAll();
            QTest::keyClicks(number, QString::number(value.get<double>(), 'g', 12));
            QTest::keyClick(number, Qt::Key_Return);
        } else if (auto* check = qobject_cast<QCheckBox*>(widget)) {
            if (check->isChecked() != value.get<bool>())
                check->click();
        }
        QCoreApplication::processEvents();
    }
    static QString areaText(const Json& value)
    {
        if (value.is_string())
            return q(value.get<std::string>());
        QStringList lines;
        if (value.is_array()) {
            for (const Json& line : value)
                lines.append(q(line.get<std::string>()));
            return lines.join(q("\n"));
        }
        if (value.contains("type")) // a schema
            return q(value.dump(2));
        for (const auto& [key, each] : value.items()) {
            QStringList values;
            for (const Json& one : each.is_array() ? each : Json::array({each}))
                values.append(q(one.get<std::string>()));
            lines.append(q(key) + q(" = ") + values.join(q(", ")));
        }
        return lines.join(q("\n"));
    }
    /// Adds an element and fills it in; the pointer by its id.
    void addAndFill(const QString& list, const Json& element, const QString& home)
    {
        select(home);
        press(q("add:") + list);
        QString made = m_view->selection().pointer();
        QVERIFY2(made.startsWith(list + q("/")), qPrintable(made));
        if (element.contains("id") && valueOf(made + q("/id")) != q(element["id"].dump())) {
            fill(made + q("/id"), element["id"]);
            made = list + q("/") + q(element["id"].get<std::string>());
            QCOMPARE(m_view->selection().pointer(), made);
        }
        if (list == q("/triggers"))
            choose(made + q("/gate"), q(element["gate"].get<std::string>()));
        if (list == q("/rules")) {
            for (const char* effect : {"route", "exclude", "allow_residency"}) {
                auto* box = find<QComboBox>(q("ruleEffect"));
                if (element.contains(effect) && box->currentData().toString() != q(effect)) {
                    box->setCurrentIndex(box->findData(q(effect)));
                    Q_EMIT box->activated(box->currentIndex());
                    QCoreApplication::processEvents();
                }
            }
        }
        for (const auto& [key, value] : element.items()) {
            if (key != "id" && key != "gate")
                fill(made + q("/") + q(key), value);
        }
        clearWhatIsNotSaid(made, element);
        const Json said = Json::parse(valueOf(made).toStdString());
        QVERIFY2(said == element || nlohmann::json(said) == nlohmann::json(element),
                 qPrintable(q(said.dump()) + q("\n") + q(element.dump())));
    }
    void clearWhatIsNotSaid(const QString& pointer, const Json& element)
    {
        const Json said = Json::parse(valueOf(pointer).toStdString());
        for (const auto& [key, value] : said.items()) {
            const QString at = pointer + q("/") + q(key);
            if (element.contains(key)) {
                if (value.is_object() && element[key].is_object() && !find(fieldName(at)))
                    clearWhatIsNotSaid(at, element[key]);
                continue;
            }
            QWidget* field = find(fieldName(at));
            if (auto* number = qobject_cast<QDoubleSpinBox*>(field))
                number->setValue(number->minimum());
            else if (auto* area = qobject_cast<QPlainTextEdit*>(field))
                area->clear();
            else if (qobject_cast<QComboBox*>(field))
                choose(at, QString());
            QCoreApplication::processEvents();
        }
    }

private Q_SLOTS:
    /// What an element and a part of it can both have is not offered twice under one name.
    void whatIsOfferedHasANameOfItsOwn()
    {
        load(fileText(q(":/signalbox/samples/harbor-support.policy.json")));
        for (const char* pointer : {"", "/rules/legal", "/tiers/T0", "/triggers/grounding", "/slo"}) {
            select(q(pointer));
            QStringList names;
            for (const QPushButton* chip : m_view->findChildren<QPushButton*>()) {
                if (!chip->isVisible() || !chip->text().startsWith(q("+ ")))
                    continue;
                QVERIFY2(!names.contains(chip->text()), qPrintable(q(pointer) + q(": ") + chip->text()));
                names.append(chip->text());
            }
            QVERIFY2(names.contains(q("+ Note")), pointer);
        }
    }

    /// Choices of more than a word have the width of the column.
    void choicesAreNotCut()
    {
        load(fileText(q(":/signalbox/samples/harbor-support.policy.json")));
        for (const char* pointer :
             {"/cascade", "/router", "/cache", "/rules/card-number", "/triggers/shape"}) {
            select(q(pointer));
            QCoreApplication::processEvents();
            for (const QComboBox* box : m_view->findChildren<QComboBox*>()) {
                if (box->isVisible() && box->objectName().startsWith(q("field:")))
                    QVERIFY2(box->width() >= std::min(box->sizeHint().width(), 240),
                             qPrintable(box->objectName()));
            }
        }
    }

    void initTestCase()
    {
        Theme::instance().setMode(ThemeMode::Light);
        Theme::instance().apply(*qApp);
    }
    void init()
    {
        m_editor = std::make_unique<PolicyEditor>();
        m_view = std::make_unique<PolicyView>(*m_editor);
        m_view->resize(1364, 860);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    }
    void cleanup()
    {
        m_view.reset();
        m_editor.reset();
    }

    /// A new key of the language is one row of the catalogue; without it this fails.
    void everyKeyOfTheLanguageHasAField()
    {
        for (std::size_t i = 1; i < kObjectTypes; ++i) {
            const auto type = static_cast<ObjectType>(i);
            for (const KeyInfo& key : keysOf(type)) {
                const FieldSpec* field = fieldSpec(type, key.name);
                QVERIFY2(field, qPrintable(q(std::string(nameOf(type))) + q(" has no field for ") +
                                           q(std::string(key.name))));
                QVERIFY2(field->holds == key.holds || key.holds == ObjectType::Free, key.name.data());
            }
            for (const FieldSpec& field : objectSpec(type).fields) {
                const auto keys = keysOf(type);
                const bool known = std::any_of(keys.begin(), keys.end(),
                                               [&](const KeyInfo& key) { return key.name == field.key; });
                QVERIFY2(known, field.key);
            }
        }
    }

    /// Every value of every sound policy has a widget on the page that its pointer opens.
    void everyValueCanBeReached()
    {
        const QDir sound(sourceDir() + q("/tests/policies/sound"));
        const QStringList files = sound.entryList({q("*.json")});
        QVERIFY(!files.isEmpty());
        for (const QString& file : files) {
            load(fileText(sound.filePath(file)));
            QVERIFY2(m_editor->document()->policy, qPrintable(file));
            const Json policy = Json::parse(text());
            reach(file, QString(), policy);
        }
    }

    /// Somebody who has never seen JSON: from an empty policy to the sample's, field by field.
    void buildsTheSampleFromNothing()
    {
        load(PolicyEditor::emptyText());
        const Json paper =
            Json::parse(fileText(sourceDir() + q("/resources/samples/harbor-support.policy.json")));
        for (const char* key : {"name", "priority", "system_prompt", "copy"}) {
            select(QString());
            fill(q("/") + q(key), paper[key]);
        }
        for (const char* list : {"endpoints", "models", "tiers", "rules"}) {
            const QString at = q("/") + q(list);
            for (const Json& element : paper[list]) {
                if (q(list) == q("tiers") || q(list) == q("rules"))
                    continue;
                addAndFill(at, element, at);
            }
        }
        for (const Json& element : paper["tiers"])
            addAndFill(q("/tiers"), element, q("/tiers"));
        select(q("/cascade"));
        choose(q("/cascade/pattern"), q("waterfall"));
        fill(q("/cascade"), paper["cascade"]);
        for (const Json& element : paper["rules"])
            addAndFill(q("/rules"), element, q("/rules"));
        select(q("/router"));
        choose(q("/router/kind"), q("scoring"));
        for (const char* key : {"bias", "steepness", "medium_at", "hard_at", "otherwise"})
            fill(q("/router/") + q(key), paper["router"][key]);
        for (const char* list : {"signals", "intents", "map"}) {
            for (const Json& element : paper["router"][list])
                addAndFill(q("/router/") + q(list), element, q("/router"));
        }
        for (const char* list : {"rubrics", "triggers"}) {
            for (const Json& element : paper[list])
                addAndFill(q("/") + q(list), element, q("/") + q(list));
        }
        for (const char* key : {"slo", "retrieval"}) {
            select(q("/") + q(key));
            fill(q("/") + q(key), paper[key]);
        }
        const auto built = nlohmann::json::parse(text());
        const auto wanted = nlohmann::json::parse(paper.dump());
        QVERIFY2(built == wanted, qPrintable(q(nlohmann::json::diff(built, wanted).dump(1))));
        QCOMPARE(m_editor->document()->count(Severity::Error), 0);

        // And all of it can be taken back and made again, to the byte.
        const std::string end = text();
        QUndoStack* undo = m_editor->undoStack();
        QVERIFY(undo->count() > 50);
        while (undo->canUndo())
            undo->undo();
        QCOMPARE(text(), PolicyEditor::emptyText());
        while (undo->canRedo())
            undo->redo();
        QCOMPARE(text(), end);
    }

    /// A kind brings what it needs and takes away what it does not know, in one step.
    void everyKindIsWithoutUnknownKeys()
    {
        const std::string sample = fileText(sourceDir() + q("/resources/samples/harbor-support.policy.json"));
        const auto check = [&](const QString& page, const QString& selector, ObjectType type,
                               const char* key) {
            for (const ChoiceSpec& choice : fieldSpec(type, key)->choices) {
                load(sample);
                select(page);
                if (valueOf(selector) == q("\"") + q(choice.value) + q("\""))
                    continue;
                choose(selector, q(choice.value));
                QCOMPARE(valueOf(selector), q("\"") + q(choice.value) + q("\""));
                QCOMPARE(m_editor->undoStack()->count(), 1);
                for (const Diagnostic& diagnostic : m_editor->document()->diagnostics) {
                    if (diagnostic.severity != Severity::Error)
                        continue;
                    // What a file cannot have of itself: tools, artefacts, embeddings, retrieval.
                    const bool known = diagnostic.code == "SB0201" || diagnostic.code == "SB0203";
                    QVERIFY2(!known, qPrintable(q(choice.value) + q(": ") + q(diagnostic.message)));
                }
                m_editor->undoStack()->undo();
                QCOMPARE(text(), sample);
            }
        };
        check(q("/router"), q("/router/kind"), ObjectType::Router, "kind");
        check(q("/cascade"), q("/cascade/pattern"), ObjectType::Cascade, "pattern");
        check(q("/triggers/grounding"), q("/triggers/grounding/gate"), ObjectType::Trigger, "gate");
    }

    void renamesWhereverAnIdIsNamed()
    {
        load(fileText(sourceDir() + q("/tests/policies/sound/every-key.policy.json")));
        const std::string before = text();
        for (const char* list :
             {"endpoints", "models", "tiers", "rubrics", "triggers", "user_tiers", "templates", "tools"}) {
            const Json policy = Json::parse(text());
            if (!policy.contains(list) || policy[list].empty())
                continue;
            const int errors = m_editor->document()->count(Severity::Error);
            const Snapshot snapshot(m_editor->document());
            const QString element = snapshot.elements(q("/") + q(list)).constFirst();
            const auto edit = renameById(snapshot, element, q("renamed_") + q(list));
            QVERIFY(edit.has_value());
            m_editor->applyText(edit->text, edit->label);
            QCOMPARE(m_editor->document()->count(Severity::Error), errors);
        }
        while (m_editor->undoStack()->canUndo())
            m_editor->undoStack()->undo();
        QCOMPARE(text(), before);
    }

    void conditionsNest()
    {
        load(fileText(sourceDir() + q("/resources/samples/harbor-support.policy.json")));
        select(q("/rules/legal"));
        press(q("add:/rules/legal/when/any"));
        QCOMPARE(m_view->selection().pointer(), q("/rules/legal/when/any/0"));
        fill(q("/rules/legal/when/any/0/keyword"), Json::array({"court"}));
        fill(q("/rules/legal/when/any/0/language"), Json::array({"de"}));
        press(q("add:/rules/legal/when/any/0/not"));
        QCOMPARE(m_view->selection().pointer(), q("/rules/legal/when/any/0/not/0"));
        fill(q("/rules/legal/when/any/0/not/0/keyword"), Json::array({"tennis"}));
        QCOMPARE(m_editor->document()->count(Severity::Error), 0);
        const auto& rules = m_editor->document()->policy->rules;
        const auto rule =
            std::find_if(rules.begin(), rules.end(), [](const Rule& each) { return each.id == "legal"; });
        QCOMPARE(rule->when.any.size(), std::size_t(1));
        QCOMPARE(rule->when.any[0].none[0].keywords, std::vector<std::string>{"tennis"});
        // The last entry takes its list with it.
        select(q("/rules/legal/when/any/0"));
        press(q("remove:/rules/legal/when/any/0/not/0"));
        QCOMPARE(valueOf(q("/rules/legal/when/any/0/not")), q("(none)"));
    }

    void aRouteCarriesATemplateAndTools()
    {
        load(fileText(sourceDir() + q("/resources/samples/harbor-support.policy.json")));
        select(q("/templates"));
        press(q("add:/templates"));
        select(q("/tools"));
        press(q("add:/tools"));
        select(q("/rules/legal"));
        choose(q("/rules/legal/route/template"), q("template-1"));
        QCOMPARE(valueOf(q("/rules/legal/route")), q("{\"to\": \"T2\", \"template\": \"template-1\"}"));
        choose(q("/rules/legal/route"), q("T1"));
        choose(q("/rules/legal/route/tools"), q("some"));
        QVERIFY(Json::parse(valueOf(q("/rules/legal/route")).toStdString())["to"] == Json("T1"));
        choose(q("/rules/legal/route/tools"), QString());
        choose(q("/rules/legal/route/template"), QString());
        QCOMPARE(valueOf(q("/rules/legal/route")), q("\"T1\""));
    }

    void aSchemaIsCheckedWhileItIsTyped()
    {
        load(fileText(sourceDir() + q("/resources/samples/harbor-support.policy.json")));
        select(q("/triggers/shape"));
        auto* field = find<QPlainTextEdit>(q("field:/triggers/shape/schema"));
        QVERIFY(field);
        const std::string before = text();
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, q("{\"type\": \"arr"));
        QCOMPARE(text(), before); // half of it is no schema
        auto* verdict = find<QLabel>(q("jsonVerdict:/triggers/shape/schema"));
        QVERIFY(verdict && !verdict->text().isEmpty());
        QTest::keyClicks(field, q("ay\"}"));
        QCOMPARE(valueOf(q("/triggers/shape/schema")), q("{\"type\": \"array\"}"));
        QVERIFY(!verdict->isVisible());
        QCOMPARE(field->toPlainText(), q("{\"type\": \"array\"}"));
    }

    void metadataIsTypedWithoutLosingThePlace()
    {
        load(fileText(sourceDir() + q("/resources/samples/harbor-support.policy.json")));
        select(q("/rules/legal"));
        auto* field = find<QPlainTextEdit>(q("field:/rules/legal/when/metadata"));
        field->setFocus();
        QTest::keyClicks(field, q("plan = gold, \"a, b\""));
        QVERIFY(Json::parse(valueOf(q("/rules/legal/when/metadata")).toStdString()) ==
                Json::parse(R"({"plan": ["gold", "a, b"]})"));
        QCOMPARE(field->toPlainText(), q("plan = gold, \"a, b\""));
        m_editor->undoStack()->undo();
    }

    void everyFieldHasANameForThoseWhoDoNotSee()
    {
        load(fileText(sourceDir() + q("/tests/policies/sound/every-key.policy.json")));
        for (const char* page :
             {"", "/tiers/T0", "/rules/person", "/router", "/cascade", "/slo", "/triggers/helpful",
              "/triggers/shape", "/retrieval", "/cache", "/stickiness", "/handoff", "/router/map/0"}) {
            select(q(page));
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            auto* form = m_view->findChild<QWidget*>(q("inspectorForm"));
            for (const QWidget* each : form->findChildren<QWidget*>()) {
                if (each->focusPolicy() != Qt::NoFocus && each->objectName().contains(QLatin1Char(':')))
                    QVERIFY2(!each->accessibleName().isEmpty(), qPrintable(each->objectName()));
            }
        }
    }

private:
    void reach(const QString& file, const QString& pointer, const Json& value)
    {
        for (const auto& [key, part] : value.items()) {
            if (pointer.isEmpty() && (key == "signalbox" || key == "export"))
                continue;
            const QString at = pointer + q("/") + escapedToken(q(key));
            const Snapshot snapshot(m_editor->document());
            const PageStep page = snapshot.pageOf(at);
            if (part.is_array() && !part.empty() && part[0].is_object() &&
                !snapshot.isKind(at, NodeKind::Object) && !at.endsWith(q("/models"))) {
                reachList(file, at, part);
                continue;
            }
            if (at == q("/models")) {
                reachList(file, at, part);
                continue;
            }
            select(at);
            if (find(fieldName(at)) || find(q("group:") + at))
                continue;
            const bool isEmptyList = part.is_array() && part.empty();
            if (isEmptyList && find(q("add:") + at))
                continue;
            QVERIFY2(part.is_object(), qPrintable(file + q(": no field for ") + at));
            reach(file, at, part);
        }
    }
    void reachList(const QString& file, const QString& list, const Json& elements)
    {
        const QStringList pointers = Snapshot(m_editor->document()).elements(list);
        for (std::size_t i = 0; i < elements.size(); ++i)
            reach(file, pointers[static_cast<qsizetype>(i)], elements[i]);
    }
};

QTEST_MAIN(PolicyInspectorsTest)
#include "tst_policy_inspectors.moc"
