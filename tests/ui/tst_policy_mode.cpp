// SPDX-License-Identifier: GPL-3.0-or-later
// The Policy mode, driven through its controls.
#include "policy/document.h"
#include "policy/edit.h"
#include "ui/policy/json_editor.h"
#include "ui/policy/outline_model.h"
#include "ui/policy/outline_view.h"
#include "ui/policy/policy_map.h"
#include "ui/policy/policy_selection.h"
#include "ui/policy/policy_view.h"
#include "ui/policy/problems_model.h"
#include "ui/policy/problems_view.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTabWidget>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>
#include <QUndoStack>

using namespace signalbox;

namespace {

std::string sampleText()
{
    QFile file(QStringLiteral(":/signalbox/samples/harbor-support.policy.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

QString q(const char* text)
{
    return QString::fromUtf8(text);
}

} // namespace

class PolicyModeTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<PolicyEditor> m_editor;
    std::unique_ptr<PolicyView> m_view;
    std::string m_sample;

    template <class T>
    T* find(const char* name)
    {
        auto* widget = m_view->findChild<T*>(QString::fromUtf8(name));
        if (!widget)
            qWarning("no %s", name);
        return widget;
    }
    const std::string& text() const { return m_editor->document()->text; }
    QString valueOf(const char* pointer) const
    {
        return QString::fromStdString(valueAt(text(), pointer).value_or("(none)"));
    }
    void click(const char* name) { QTest::mouseClick(find<QToolButton>(name), Qt::LeftButton); }

    /// The middle of a pill of the map, in the viewport.
    QPoint pillPosition(const QString& pointer)
    {
        const PolicyMap& map = m_view->map();
        for (const PillBox& box : map.graphLayout().pills) {
            const auto& edge = map.graph().edges[static_cast<std::size_t>(box.edge)];
            if (edge.pills[static_cast<std::size_t>(box.pill)].pointer == pointer)
                return map.mapFromScene(box.rect.center());
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        Theme::instance().setMode(ThemeMode::Light);
        Theme::instance().apply(*qApp);
        m_sample = sampleText();
        QVERIFY(!m_sample.empty());
    }

    void init()
    {
        m_editor = std::make_unique<PolicyEditor>();
        m_view = std::make_unique<PolicyView>(*m_editor);
        m_view->resize(1364, 860);
        m_editor->load(readPolicy(m_sample, {"2026-11-22"}), 1);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    }

    void cleanup()
    {
        m_view.reset();
        m_editor.reset();
    }

    void saysThatNothingIsOpenAndOffersTheSample()
    {
        PolicyEditor editor;
        PolicyView view(editor);
        view.resize(1000, 600);
        view.show();
        QVERIFY(view.emptyState()->isVisible());
        QVERIFY(view.findChild<QPushButton*>(q("openSamplePolicy")));
        editor.load(readPolicy(m_sample), 0);
        QVERIFY(!view.emptyState()->isVisible());
    }

    void editsAThresholdBySpinBox()
    {
        QVERIFY(m_view->reveal(q("/triggers/grounding")));
        auto* box = find<QDoubleSpinBox>("field:/triggers/grounding/below");
        QVERIFY(box);
        QCOMPARE(box->value(), 3.5);
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, q("4.2"));
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(valueOf("/triggers/grounding/below"), q("4.2"));
        // Only there: putting the old figure back gives the old text.
        std::string expected = m_sample;
        expected.replace(expected.find("\"below\": 3.5"), 12, "\"below\": 4.2");
        QCOMPARE(text(), expected);
        QCOMPARE(m_editor->undoStack()->undoText(), q("set grounding to 4.2"));
        m_editor->undoStack()->undo();
        QCOMPARE(text(), m_sample);
        QCOMPARE(box->value(), 3.5);
        QVERIFY(!m_editor->undoStack()->canUndo());
    }

    void stepsOfASpinBoxAreOneStepOfUndo()
    {
        QVERIFY(m_view->reveal(q("/triggers/grounding")));
        auto* box = find<QDoubleSpinBox>("field:/triggers/grounding/below");
        box->setFocus();
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(box, Qt::Key_Up);
        QCOMPARE(valueOf("/triggers/grounding/below"), q("3.8"));
        m_editor->undoStack()->undo();
        QCOMPARE(text(), m_sample);
    }

    void dragsAThresholdOnTheMap()
    {
        PolicyMap& map = m_view->map();
        const QPoint from = pillPosition(q("/triggers/grounding"));
        QVERIFY(map.viewport()->rect().contains(from));
        QTest::mousePress(map.viewport(), Qt::LeftButton, {}, from);
        for (int dx = 5; dx <= 60; dx += 5)
            QTest::mouseMove(map.viewport(), from + QPoint(dx, 0));
        const double during = valueOf("/triggers/grounding/below").toDouble();
        QVERIFY2(during > 3.6, qPrintable(QString::number(during))); // live, not at the end only
        QTest::mouseRelease(map.viewport(), Qt::LeftButton, {}, from + QPoint(60, 0));
        QCOMPARE(m_view->selection().element(), q("/triggers/grounding"));
        QCOMPARE(m_editor->undoStack()->count(), 1);
        m_editor->undoStack()->undo();
        QCOMPARE(text(), m_sample);

        // Another drag is another step.
        m_editor->undoStack()->redo();
        const QPoint again = pillPosition(q("/triggers/grounding"));
        QTest::mousePress(map.viewport(), Qt::LeftButton, {}, again);
        QTest::mouseMove(map.viewport(), again - QPoint(20, 0));
        QTest::mouseMove(map.viewport(), again - QPoint(40, 0));
        QTest::mouseRelease(map.viewport(), Qt::LeftButton, {}, again - QPoint(40, 0));
        QCOMPARE(m_editor->undoStack()->count(), 2);
    }

    void aClickOnAPillOnlySelects()
    {
        QTest::mouseClick(m_view->map().viewport(), Qt::LeftButton, {}, pillPosition(q("/router/map/1")));
        QCOMPARE(m_view->selection().element(), q("/router/map/1"));
        QCOMPARE(text(), m_sample);
        QVERIFY(find<QDoubleSpinBox>("field:/router/map/1/min_confidence"));
    }

    void selectionIsOneForAllViews()
    {
        auto* outline = find<QTreeView>("policyOutline");
        auto* model = qobject_cast<OutlineModel*>(outline->model());
        QTest::mouseClick(outline->viewport(), Qt::LeftButton, {},
                          outline->visualRect(model->indexOf(q("/tiers/T1"))).center());
        QCOMPARE(m_view->selection().element(), q("/tiers/T1"));
        QVERIFY(find<QDoubleSpinBox>("field:/tiers/T1/budget/deadline_ms"));
        auto* json = find<JsonEditor>("policyJson");
        QVERIFY(json->textCursor().selectedText().startsWith(q("{\"id\": \"T1\"")));
        QTest::mouseClick(m_view->map().viewport(), Qt::LeftButton, {}, pillPosition(q("/rules/legal")));
        QCOMPARE(outline->currentIndex().data(OutlineModel::PointerRole).toString(), q("/rules/legal"));
    }

    void aTypoInTheTextIsAProblemThatLeadsBack()
    {
        auto* tabs = find<QTabWidget>("policyTabs");
        auto* json = find<JsonEditor>("policyJson");
        auto* problems = find<ProblemsView>("policyProblems");
        const int before = problems->model()->rowCount();
        tabs->setCurrentWidget(json);
        json->setFocus();
        const auto at = json->toPlainText().indexOf(q("\"below\": 3.5")) + 6;
        QTextCursor cursor = json->textCursor();
        cursor.setPosition(static_cast<int>(at));
        json->setTextCursor(cursor);
        QTest::keyClicks(json, q("x")); // "belowx"
        const auto rowOfTypo = [problems] {
            const QModelIndex first = problems->model()->index(0, ProblemsModel::MessageColumn);
            const QModelIndexList found =
                problems->model()->match(first, Qt::DisplayRole, q("belowx"), 1, Qt::MatchContains);
            return found.isEmpty() ? -1 : found.first().row();
        };
        QTRY_VERIFY(rowOfTypo() >= 0);
        const int row = rowOfTypo();
        QVERIFY(tabs->tabText(0).contains(QString::number(problems->model()->rowCount())));
        m_view->selection().select(q("/tiers/T0"));
        tabs->setCurrentWidget(problems);
        QTest::mouseClick(problems->viewport(), Qt::LeftButton, {},
                          problems->visualRect(problems->model()->index(row, 2)).center());
        QCOMPARE(m_view->selection().element(), q("/triggers/grounding"));
        const QTextCursor selected = json->textCursor();
        QCOMPARE(selected.block().text().contains(q("belowx")), true);
        QVERIFY(selected.hasSelection());
        m_editor->undoStack()->undo();
        QCOMPARE(text(), m_sample);
        QCOMPARE(problems->model()->rowCount(), before);
    }

    void brokenTextKeepsTheDrawing()
    {
        auto* json = find<JsonEditor>("policyJson");
        find<QTabWidget>("policyTabs")->setCurrentWidget(json);
        const QString drawn = describe(m_view->map().graph());
        json->setFocus();
        json->moveCursor(QTextCursor::End);
        QTest::keyClick(json, Qt::Key_Backspace);
        QTest::keyClick(json, Qt::Key_Backspace);
        QTRY_VERIFY(find<QLabel>("brokenBanner")->isVisible());
        QCOMPARE(describe(m_view->map().graph()), drawn);
        QVERIFY(!find<QToolButton>("addTier")->isEnabled());
        QTest::keyClick(json, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(text(), m_sample);
        QVERIFY(!find<QLabel>("brokenBanner")->isVisible());
    }

    void addsATierAndTakesItBack()
    {
        click("addTier");
        QCOMPARE(m_editor->document()->policy->tiers.size(), std::size_t(4));
        QCOMPARE(m_editor->document()->policy->cascade.orderIds.back(), std::string("T3"));
        QCOMPARE(m_view->selection().element(), q("/tiers/T3"));
        QVERIFY(describe(m_view->map().graph()).contains(q("T2 -grounding < 3.5=> T3")));
        QCOMPARE(m_editor->undoStack()->undoText(), q("add tier T3"));
        m_editor->undoStack()->undo();
        QCOMPARE(text(), m_sample);
        QCOMPARE(m_view->selection().element(), q("/tiers"));
    }

    void everyAdditionIsWithoutErrors()
    {
        for (const char* button : {"addTier", "addRule", "addTrigger"}) {
            click(button);
            QVERIFY2(m_editor->document()->count(Severity::Error) == 0, button);
        }
        QCOMPARE(m_editor->undoStack()->count(), 3);
        click("deleteElement");
        QCOMPARE(m_editor->undoStack()->undoText(), q("delete trigger-3"));
        for (int i = 0; i < 4; ++i)
            m_editor->undoStack()->undo();
        QCOMPARE(text(), m_sample);
    }

    void movesATier()
    {
        m_view->selection().select(q("/tiers/T1"));
        m_view->map().setFocus();
        QTest::keyClick(&m_view->map(), Qt::Key_Up, Qt::AltModifier);
        const Policy& policy = *m_editor->document()->policy;
        QCOMPARE(policy.tiers.front().id, std::string("T1"));
        QCOMPARE(policy.cascade.orderIds.front(), std::string("T1"));
        QVERIFY(!find<QToolButton>("moveUp")->isEnabled());
        m_editor->undoStack()->undo();
        QCOMPARE(text(), m_sample);
    }

    void renamesATierEverywhere()
    {
        QVERIFY(m_view->reveal(q("/tiers/T2")));
        auto* field = find<QLineEdit>("field:/tiers/T2/id");
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, q("frontier-tier"));
        QTest::keyClick(field, Qt::Key_Return);
        for (const Diagnostic& diagnostic : m_editor->document()->diagnostics)
            QVERIFY2(diagnostic.severity != Severity::Error, diagnostic.message.c_str());
        QVERIFY(text().find("\"T2\"") == std::string::npos);
        QCOMPARE(m_view->selection().element(), q("/tiers/frontier-tier"));
        m_editor->undoStack()->undo();
        QCOMPARE(text(), m_sample);
    }

    void walksTheMapByKeyboard()
    {
        PolicyMap& map = m_view->map();
        map.setFocus();
        m_view->selection().select(q("/rules"));
        QTest::keyClick(&map, Qt::Key_Right);
        QCOMPARE(m_view->selection().element(), q("/router"));
        QTest::keyClick(&map, Qt::Key_Left);
        QCOMPARE(m_view->selection().element().startsWith(q("/rules")), true);

        // Tab meets every element that is drawn, then leaves.
        QSet<QString> seen;
        m_view->selection().select(QString());
        for (int i = 0; i < 60 && map.hasFocus(); ++i) {
            seen.insert(m_view->selection().element());
            QTest::keyClick(&map, Qt::Key_Tab);
        }
        QVERIFY(!map.hasFocus());
        for (const char* pointer : {"/rules", "/rules/vision-gap", "/router", "/router/map/0", "/tiers/T2",
                                    "/triggers/grounding", "/triggers/shape", kPersonPointer})
            QVERIFY2(seen.contains(q(pointer)), pointer);

        // Enter opens the first field.
        map.setFocus();
        m_view->selection().select(q("/retrieval"));
        QTest::keyClick(&map, Qt::Key_Return);
        QVERIFY(m_view->focusWidget());
        QCOMPARE(m_view->focusWidget()->objectName(), q("field:/retrieval/enabled"));
    }

    void shiftAndArrowsMoveTheThreshold()
    {
        PolicyMap& map = m_view->map();
        map.setFocus();
        m_view->selection().select(q("/triggers/grounding"));
        QTest::keyClick(&map, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(valueOf("/triggers/grounding/below"), q("3.6"));
        QVERIFY(map.accessibleDescription().contains(q("grounding < 3.6")));
    }

    void zooms()
    {
        PolicyMap& map = m_view->map();
        map.setFocus();
        const double fitted = map.zoom();
        QTest::keyClick(&map, Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY(map.zoom() > fitted);
        QTest::keyClick(&map, Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(map.zoom(), fitted);
        // Everything is in view.
        const QRect shown = map.mapFromScene(map.graphLayout().bounds).boundingRect();
        QVERIFY(map.viewport()->rect().adjusted(-2, -2, 2, 2).contains(shown));
    }

    void editsFromElsewhereKeepTheCursor()
    {
        auto* json = find<JsonEditor>("policyJson");
        find<QTabWidget>("policyTabs")->setCurrentWidget(json);
        json->setFocus();
        QTextCursor cursor = json->textCursor();
        const auto at = json->toPlainText().indexOf(q("Thinking longer"));
        cursor.setPosition(static_cast<int>(at));
        json->setTextCursor(cursor);
        const int scroll = json->verticalScrollBar()->value();
        QVERIFY(m_editor->setNumber(q("/triggers/grounding/below"), 3.25, q("set")).has_value());
        QCOMPARE(json->textCursor().position(), static_cast<int>(at) + 1);
        QCOMPARE(json->verticalScrollBar()->value(), scroll);
        QCOMPARE(json->toPlainText().toStdString(), text());
    }

    void typingIsOneStepAndKeepsOtherBytes()
    {
        // Windows line ends, a tab and letters beyond the first plane stay as they are.
        std::string windows = "{\r\n\t\"signalbox\": 1,\r\n  \"name\": \"\xF0\x9F\x9A\xA6 x\"\r\n}\r\n";
        m_editor->load(readPolicy(windows), 1);
        auto* json = find<JsonEditor>("policyJson");
        find<QTabWidget>("policyTabs")->setCurrentWidget(json);
        json->setFocus();
        QTextCursor cursor = json->textCursor();
        cursor.setPosition(static_cast<int>(json->toPlainText().indexOf(q("x\""))));
        json->setTextCursor(cursor);
        QTest::keyClicks(json, q("abc"));
        json->flush();
        std::string expected = windows;
        expected.insert(expected.find("x\""), "abc");
        QCOMPARE(text(), expected);
        QCOMPARE(m_editor->undoStack()->count(), 1);
        m_editor->undoStack()->undo();
        QCOMPARE(text(), windows);
    }

    void showsProblemsAtTheField()
    {
        QVERIFY(m_editor->setJson(q("/triggers/grounding/below"), "9", q("set")).has_value());
        QVERIFY(m_view->reveal(q("/triggers/grounding")));
        auto* problem = find<QLabel>("problem:/triggers/grounding/below");
        QVERIFY(problem->isVisible());
        QVERIFY(!problem->text().isEmpty());
        m_editor->undoStack()->undo();
        QVERIFY(!problem->isVisible());
    }

    void formats()
    {
        auto* tabs = find<QTabWidget>("policyTabs");
        tabs->setCurrentWidget(find<JsonEditor>("policyJson"));
        QTest::mouseClick(find<QPushButton>("formatJson"), Qt::LeftButton);
        QCOMPARE(text(), *canonicalPolicyText(m_sample));
        m_editor->undoStack()->undo();
        QCOMPARE(text(), m_sample);
    }

    void everyControlHasANameAndEveryElementAForm()
    {
        QStringList pointers{q(""),           q("/endpoints"), q("/router"),     q("/slo"),
                             q("/retrieval"), q("/cascade"),   q(kPersonPointer)};
        const Policy& policy = *m_editor->document()->policy;
        for (const auto& e : policy.endpoints)
            pointers.append(q("/endpoints/") + QString::fromStdString(e.id));
        for (const auto& e : policy.models)
            pointers.append(q("/models/") + QString::fromStdString(e.id));
        for (const auto& e : policy.tiers)
            pointers.append(q("/tiers/") + QString::fromStdString(e.id));
        for (const auto& e : policy.rules)
            pointers.append(q("/rules/") + QString::fromStdString(e.id));
        for (const auto& e : policy.triggers)
            pointers.append(q("/triggers/") + QString::fromStdString(e.id));
        pointers.append(q("/rubrics/grounding"));
        pointers.append(q("/router/map/0"));
        for (const QString& pointer : pointers) {
            m_view->selection().select(pointer);
            auto* title = find<QLabel>("inspectorTitle");
            QVERIFY2(title && !title->text().isEmpty(), qPrintable(pointer));
            for (QWidget* widget : m_view->findChildren<QWidget*>()) {
                if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(q("qt_")) ||
                    !widget->isVisible() ||
                    !(qobject_cast<QAbstractButton*>(widget) || qobject_cast<QAbstractSpinBox*>(widget) ||
                      qobject_cast<QComboBox*>(widget) || qobject_cast<QPlainTextEdit*>(widget) ||
                      qobject_cast<QAbstractItemView*>(widget)))
                    continue;
                QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
                QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
            }
            QCOMPARE(text(), m_sample); // looking changes nothing
        }
    }

    void fitsASmallWindow()
    {
        // 1024 × 700 without the rail of modes, the title row and the status bar.
        m_view->inspectorColumn()->hide();
        QCoreApplication::processEvents();
        QVERIFY2(m_view->minimumSizeHint().width() <= 948,
                 qPrintable(QString::number(m_view->minimumSizeHint().width())));
        QVERIFY(m_view->minimumSizeHint().height() <= 560);

        // The inspector can be had all the same, and the window does not grow for it.
        QTRY_COMPARE((m_view->resize(948, 600), m_view->width()), 948); // once the layout has seen the folding
        click("showInspector");
        QCoreApplication::processEvents();
        QVERIFY(m_view->inspectorColumn()->isVisible());
        QVERIFY(!find<QTreeView>("policyOutline")->isVisible());
        QVERIFY2(m_view->minimumSizeHint().width() <= 948,
                 qPrintable(QString::number(m_view->minimumSizeHint().width())));
        QCOMPARE(m_view->width(), 948);
        click("showInspector");
        QVERIFY(find<QTreeView>("policyOutline")->isVisible());
    }

    /// Pictures for looking at, when somebody asks for them.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("SIGNALBOX_PICTURES");
        if (folder.isEmpty())
            QSKIP("SIGNALBOX_PICTURES is not set");
        for (const bool dark : {false, true}) {
            Theme::instance().setMode(dark ? ThemeMode::Dark : ThemeMode::Light);
            const QString tone = dark ? q("dark") : q("light");
            for (const QSize size : {QSize(1364, 836), QSize(948, 640)}) {
                m_view->inspectorColumn()->setVisible(size.width() >= 1124);
                QCoreApplication::processEvents();
                m_view->resize(size);
                QCoreApplication::processEvents();
                const auto shoot = [&](const char* pointer, int tab, const char* name) {
                    m_view->selection().select(q(pointer));
                    m_view->showTab(tab);
                    QCoreApplication::processEvents();
                    QCoreApplication::processEvents();
                    QVERIFY(m_view->grab().save(
                        QStringLiteral("%1/%2-%3-%4.png").arg(folder, q(name), tone).arg(size.width())));
                };
                shoot("/triggers/grounding", 0, "trigger");
                shoot("/rules/vision-gap", 1, "rule");
                shoot("/router", 1, "router");
                shoot("/models/mid-mini", 2, "model");
                shoot("/tiers/T1", 0, "tier");
            }
        }
        Theme::instance().setMode(ThemeMode::Light);
    }
};

QTEST_MAIN(PolicyModeTest)
#include "tst_policy_mode.moc"
