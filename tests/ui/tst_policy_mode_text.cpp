// SPDX-License-Identifier: GPL-3.0-or-later
// The text beside the map, the list of problems with its quick fixes, the help, and the history of it all.
#include "policy/document.h"
#include "policy/edit.h"
#include "ui/policy/json_editor.h"
#include "ui/policy/outline_model.h"
#include "ui/policy/policy_graph.h"
#include "ui/policy/policy_map.h"
#include "ui/policy/policy_selection.h"
#include "ui/policy/policy_view.h"
#include "ui/policy/problems_model.h"
#include "ui/policy/problems_view.h"
#include "ui/policy/quick_fixes.h"
#include "ui/policy/text_map.h"
#include "ui/shell/help_window.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/text.h"
#include "ui/theme/theme.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>
#include <QThreadPool>
#include <QToolButton>
#include <QTreeWidget>
#include <QUndoStack>
#include <QUndoView>

using namespace signalbox;

namespace {

QString q(const char* text)
{
    return QString::fromUtf8(text);
}

std::string sampleText()
{
    QFile file(q(":/signalbox/samples/harbor-support.policy.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

void replaceOnce(std::string& text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    if (at == std::string::npos)
        qFatal("the sample has no %s", from.c_str());
    text.replace(at, from.size(), to);
}

/// The sample with faults that have a certain remedy each: a comma too many, a misspelt key, a misspelt tier.
std::string spoilt()
{
    std::string text = sampleText();
    replaceOnce(text, "\"locked\"", "\"lockd\"");
    replaceOnce(text, "\"max_hops\"", "\"max_hop\"");
    return text;
}

/// 200 tiers, 2,000 rules, 5,000 patterns, about 1.4 MB.
std::string longPolicy()
{
    auto json = nlohmann::ordered_json::parse(sampleText());
    const auto tier = json["tiers"][0];
    for (int i = 3; i < 200; ++i) {
        auto copy = tier;
        copy["id"] = "T" + std::to_string(i);
        json["tiers"].push_back(copy);
        json["cascade"]["order"].push_back(copy["id"]);
    }
    for (int i = 0; i < 2000; ++i) {
        nlohmann::ordered_json rule;
        rule["id"] = "rule-" + std::to_string(i);
        rule["note"] = std::string(260, 'n') + " – " + std::to_string(i);
        std::vector<std::string> patterns;
        for (int k = 0; k < (i % 2 == 0 ? 3 : 2); ++k)
            patterns.push_back("\\bword" + std::to_string(i) + "[a-f]{2,4}x" + std::to_string(k) + "\\b");
        rule["when"] = {{"pattern", patterns}};
        rule["route"] = "T" + std::to_string(i % 200);
        rule["reason"] = "policy.rule_" + std::to_string(i);
        json["rules"].push_back(rule);
    }
    return json.dump(2) + "\n";
}

} // namespace

class PolicyModeTextTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<PolicyEditor> m_editor;
    std::unique_ptr<PolicyView> m_view;
    JsonEditor* m_json = nullptr;
    ProblemsView* m_problems = nullptr;
    QTabWidget* m_tabs = nullptr;

    const std::string& text() const { return m_editor->document()->text; }
    void load(const std::string& text) { m_editor->load(readPolicy(text, {"2026-11-22"}), 1); }
    void showText()
    {
        m_tabs->setCurrentWidget(m_json);
        m_json->setFocus();
        QVERIFY(m_json->hasFocus());
    }
    void showProblems()
    {
        m_tabs->setCurrentWidget(m_problems);
        m_problems->setFocus();
        QVERIFY(m_problems->hasFocus());
    }
    int at(const char* words) const
    {
        const auto found = editorText(text()).indexOf(q(words));
        if (found < 0)
            qFatal("the text has no %s", words);
        return static_cast<int>(found);
    }
    void put(int anchor, int position)
    {
        QTextCursor cursor = m_json->textCursor();
        cursor.setPosition(anchor);
        cursor.setPosition(position, QTextCursor::KeepAnchor);
        m_json->setTextCursor(cursor);
    }
    int errors() const { return m_editor->document()->count(Severity::Error); }
    int rowOf(const char* words) const
    {
        for (int row = 0; row < m_problems->model()->rowCount(); ++row) {
            if (m_problems->model()
                    ->index(row, ProblemsModel::MessageColumn)
                    .data()
                    .toString()
                    .contains(q(words)))
                return row;
        }
        return -1;
    }
    bool editorShowsTheText() const
    {
        QString shown = m_json->document()->toRawText();
        shown.replace(QChar::ParagraphSeparator, QLatin1Char('\n'));
        return shown == editorText(text());
    }

private Q_SLOTS:
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
        load(sampleText());
        m_json = m_view->findChild<JsonEditor*>();
        m_problems = m_view->findChild<ProblemsView*>();
        m_tabs = m_view->findChild<QTabWidget*>(q("policyTabs"));
        m_view->show();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    }

    void cleanup()
    {
        m_view.reset();
        m_editor.reset();
    }

    void positionsAfterAChange()
    {
        const TextChange change{10, 4, q("abcdef")};
        QCOMPARE(positionAfter(3, change), 3);
        QCOMPARE(positionAfter(10, change), 10); // at its start: stays before it
        QCOMPARE(positionAfter(12, change), 12);
        QCOMPARE(positionAfter(14, change), 16); // behind it: stays with its text
        QCOMPARE(positionAfter(20, change), 22);
        QCOMPARE(positionAfter(13, TextChange{10, 4, q("x")}), 11);
    }

    void aChangeElsewhereLeavesTheCursorInItsText_data()
    {
        QTest::addColumn<QString>("where");
        QTest::newRow("before") << q("\"models\"");
        QTest::newRow("right before") << q("3.5");
        QTest::newRow("after") << q("Thinking longer");
    }

    void aChangeElsewhereLeavesTheCursorInItsText()
    {
        QFETCH(QString, where);
        showText();
        const auto start = static_cast<int>(editorText(text()).indexOf(where));
        put(start, start + 3);
        if (where == q("3.5"))
            put(start, start);
        const QString held = m_json->textCursor().selectedText();
        const int scroll = m_json->verticalScrollBar()->value();
        QVERIFY(m_editor->setNumber(q("/triggers/grounding/below"), 3.125, q("set")).has_value());
        QVERIFY(editorShowsTheText());
        QVERIFY(m_json->hasFocus());
        QCOMPARE(m_json->textCursor().selectedText(), held);
        QCOMPARE(m_json->textCursor().position() - m_json->textCursor().anchor(), held.size());
        QCOMPARE(m_json->verticalScrollBar()->value(), scroll);
        if (where != q("3.5"))
            QCOMPARE(editorText(text()).mid(m_json->textCursor().anchor(), where.size()), where);
    }

    void aCursorInsideTheChangeStaysThere()
    {
        showText();
        const int start = at("3.5");
        put(start + 2, start + 2);
        QVERIFY(m_editor->setNumber(q("/triggers/grounding/below"), 4.25, q("set")).has_value());
        const int position = m_json->textCursor().position();
        QVERIFY(position >= start && position <= start + 4);
        QVERIFY(editorShowsTheText());
    }

    void whatIsInViewStaysInView()
    {
        showText();
        put(at("Thinking longer"), at("Thinking longer"));
        m_json->verticalScrollBar()->setValue(m_json->verticalScrollBar()->maximum());
        const auto top = [this] { return m_json->cursorForPosition(QPoint(4, 4)).block().text(); };
        const QString before = top();
        // Three lines more, far above.
        QVERIFY(m_editor->setJson(q("/description"), "[\n1,\n2\n]", q("set")).has_value());
        QVERIFY(editorShowsTheText());
        QCOMPARE(top(), before);
        m_editor->undoStack()->undo();
        QCOMPARE(top(), before);
    }

    void typingKeepsEveryOtherByte()
    {
        // A byte order mark, characters that Qt takes for ends of lines, and no-break spaces.
        const std::string odd =
            "\xEF\xBB\xBF{\"name\": \"a\xC2\xA0z\xE2\x80\xA9y\xEF\xB7\x90x\xE2\x80\xA8w\",\r\n \"n\": 1}";
        load(odd);
        QVERIFY(editorShowsTheText());
        showText();
        m_json->flush();
        QVERIFY(text() == odd); // looking changes nothing
        const int position = at("1}");
        put(position, position);
        QTest::keyClicks(m_json, q("23"));
        m_json->flush();
        std::string expected = odd;
        expected.insert(expected.find("1}"), "23");
        QVERIFY(text() == expected);
        QVERIFY(editorShowsTheText());
    }

    void randomTypingAndEditsElsewhereAgree()
    {
        QRandomGenerator random(7);
        showText();
        for (int i = 0; i < 60; ++i) {
            const int length = m_json->document()->characterCount() - 1;
            const int from = random.bounded(length);
            switch (random.bounded(4)) {
            case 0:
                put(from, from);
                QTest::keyClicks(m_json, q("ab"));
                break;
            case 1:
                put(from, std::min(length, from + random.bounded(40)));
                QTest::keyClick(m_json, Qt::Key_Delete);
                break;
            case 2:
                put(from, from);
                QTest::keyClick(m_json, Qt::Key_Return);
                break;
            default:
                m_editor->undoStack()->undo();
            }
            if (random.bounded(3) == 0)
                m_json->flush();
        }
        m_json->flush();
        QVERIFY(editorShowsTheText());
        while (m_editor->undoStack()->canUndo())
            m_editor->undoStack()->undo();
        QVERIFY(text() == sampleText());
        QVERIFY(editorShowsTheText());
    }

    void undoToTheStartAndRedoToTheEndGiveTheSameBytes()
    {
        QRandomGenerator random(20261122);
        const auto value = [&] { return random.bounded(100) / 20.0; };
        for (int i = 0; i < 250; ++i) {
            if (!m_editor->document()->policy && random.bounded(3) == 0) {
                m_editor->undoStack()->undo();
                continue;
            }
            switch (random.bounded(14) / 2 - random.bounded(2)) {
            case -1:
            case 0:
                (void)m_editor->setNumber(q("/triggers/grounding/below"), value(), q("set"), q("drag"));
                break;
            case 1:
                m_editor->endMerge();
                (void)m_editor->setText(q("/description"), QString::number(random.generate()), q("describe"));
                break;
            case 2:
                (void)m_editor->insert(q("/rules"), static_cast<std::size_t>(random.bounded(3)),
                                       "{\"id\": \"r" + std::to_string(i) +
                                           "\", \"when\": {\"keyword\": [\"w\"]}, \"route\": \"T1\", "
                                           "\"reason\": \"policy.x\"}",
                                       q("insert"));
                break;
            case 3:
                (void)m_editor->remove(q("/rules/r%1").arg(random.bounded(i + 1)), q("remove"));
                break;
            case 4: {
                auto moved = moveElement(text(), "/rules", 0, 1);
                if (moved)
                    m_editor->applyText(std::move(*moved), q("move"));
                break;
            }
            case 5: { // typed anywhere, whether it is JSON afterwards or not
                const auto length = static_cast<int>(text().size());
                std::string typed = text();
                typed.insert(static_cast<std::size_t>(random.bounded(length)), i % 5 == 0 ? ",\n" : " ");
                m_editor->applyText(typed, q("edit text"), q("json-text-%1").arg(i / 5));
                break;
            }
            default:
                m_editor->undoStack()->undo();
                break;
            }
        }
        const std::string end = text();
        std::vector<std::string> steps{end};
        while (m_editor->undoStack()->canUndo()) {
            m_editor->undoStack()->undo();
            steps.push_back(text());
            QVERIFY(editorShowsTheText());
        }
        QVERIFY(text() == sampleText());
        QVERIFY(!m_editor->isModified());
        for (auto step = steps.rbegin() + 1; step != steps.rend(); ++step) {
            m_editor->undoStack()->redo();
            QVERIFY(text() == *step);
        }
        QVERIFY(text() == end);
        QVERIFY(steps.size() > 20);
    }

    void aClickInTheHistoryJumps()
    {
        for (int i = 0; i < 4; ++i)
            QVERIFY(m_editor->setNumber(q("/triggers/grounding/below"), 4 + i / 8.0, q("step %1").arg(i))
                        .has_value());
        auto* history = m_view->findChild<QUndoView*>(q("policyHistory"));
        m_tabs->setCurrentWidget(history);
        const auto click = [history](int row) {
            QTest::mouseClick(history->viewport(), Qt::LeftButton, {},
                              history->visualRect(history->model()->index(row, 0)).center());
        };
        QCOMPARE(history->model()->rowCount(), 5); // and "as it was opened"
        click(2);
        QCOMPARE(QString::fromStdString(valueAt(text(), "/triggers/grounding/below").value()), q("4.125"));
        click(0);
        QVERIFY(text() == sampleText());
        QVERIFY(!m_editor->isModified());
        click(4);
        QCOMPARE(QString::fromStdString(valueAt(text(), "/triggers/grounding/below").value()), q("4.375"));
    }

    void altEnterMendsInTheList()
    {
        load(spoilt());
        const int before = errors();
        QVERIFY(before > 0);
        showProblems();
        const int row = rowOf("max_hop");
        QVERIFY(row >= 0);
        m_problems->setCurrentIndex(m_problems->model()->index(row, 0));
        const QString title = m_problems->model()->index(row, ProblemsModel::FixColumn).data().toString();
        QVERIFY(title.contains(q("max_hops")));
        QTest::keyClick(m_problems, Qt::Key_Return, Qt::AltModifier);
        QVERIFY(errors() < before);
        QVERIFY(rowOf("max_hop") < 0);
        QCOMPARE(m_editor->undoStack()->count(), 1);
        QVERIFY2(m_editor->undoStack()->undoText().contains(title),
                 qPrintable(m_editor->undoStack()->undoText()));
        QVERIFY(m_problems->hasFocus());
        m_editor->undoStack()->undo();
        QVERIFY(text() == spoilt());
    }

    void theLinkInTheRowMends()
    {
        load(spoilt());
        m_tabs->setCurrentWidget(m_problems);
        const QModelIndex link = m_problems->model()->index(rowOf("lockd"), ProblemsModel::FixColumn);
        QTest::mouseClick(m_problems->viewport(), Qt::LeftButton, {}, m_problems->visualRect(link).center());
        QVERIFY(rowOf("lockd") < 0);
        QVERIFY(text().find("\"locked\"") != std::string::npos);
        QCOMPARE(m_editor->undoStack()->count(), 1);
    }

    void altEnterMendsAtTheCursor()
    {
        load(spoilt());
        showText();
        const int position = at("\"max_hop\"") + 3;
        put(position, position);
        QTest::keyClick(m_json, Qt::Key_Return, Qt::AltModifier);
        QVERIFY(text().find("\"max_hops\"") != std::string::npos);
        QVERIFY(text().find("\"lockd\"") != std::string::npos); // the other one stays
        QVERIFY(m_json->hasFocus());
        QVERIFY(editorShowsTheText());
        m_editor->undoStack()->undo();
        QVERIFY(text() == spoilt());
    }

    void fixAllIsOneStep()
    {
        auto* link = m_view->findChild<QPushButton*>(q("fixAll"));
        std::string broken = spoilt();
        broken.insert(broken.rfind('}'), ","); // hides all that is wrong beside it
        load(broken);
        m_tabs->setCurrentWidget(m_problems);
        QVERIFY(link->isVisible());
        QTest::mouseClick(link, Qt::LeftButton);
        for (const Diagnostic& left : m_editor->document()->diagnostics)
            QVERIFY2(left.severity != Severity::Error, (left.code + ": " + left.message).c_str());
        QCOMPARE(m_editor->undoStack()->count(), 1);
        QVERIFY(m_editor->undoStack()->undoText().startsWith(q("fix ")));
        QVERIFY(text().find("\"max_hops\"") != std::string::npos);
        QVERIFY(!link->isVisible());
        m_editor->undoStack()->undo();
        QVERIFY(text() == broken);
    }

    void fixAllOfALongTextIsOffTheQtThread()
    {
        std::string broken = longPolicy();
        broken.insert(broken.rfind('}'), ",");
        load(broken);
        QTRY_VERIFY_WITH_TIMEOUT(m_editor->document()->text == broken && !m_editor->isReading(), 60'000);
        const int steps = m_editor->undoStack()->count();
        m_view->fixAll();
        QVERIFY(m_editor->work() == PolicyEditor::Work::Mending);
        QVERIFY(text() == broken); // nothing yet: the keys are free meanwhile
        QTRY_VERIFY_WITH_TIMEOUT(m_editor->work() == PolicyEditor::Work::None, 60'000);
        QCOMPARE(m_editor->undoStack()->count(), steps + 1);
        QVERIFY(m_editor->undoStack()->undoText().startsWith(q("fix ")));
        QVERIFY(text() != broken);
        m_editor->undoStack()->undo();
        QVERIFY(text() == broken);
        // What is edited in the meantime is not overwritten.
        m_view->fixAll();
        QVERIFY(m_editor->work() == PolicyEditor::Work::Mending);
        m_editor->applyText(spoilt(), q("type"));
        QVERIFY(m_editor->work() == PolicyEditor::Work::None);
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(text() == spoilt());
    }

    void theMenuOfARowOffersEveryRemedy()
    {
        load(spoilt());
        showProblems();
        m_problems->setCurrentIndex(m_problems->model()->index(rowOf("max_hop"), 0));
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), QPoint(5, 5));
        QCoreApplication::sendEvent(m_problems->viewport(), &event);
        auto* menu = m_problems->findChild<QMenu*>(q("problemMenu"));
        QVERIFY(menu && menu->isVisible());
        QVERIFY(menu->actions().constFirst()->text().contains(q("max_hops")));
        menu->actions().constFirst()->trigger();
        menu->close();
        QVERIFY(rowOf("max_hop") < 0);
    }

    void theCurrentRowShowsItsWholeText()
    {
        load(spoilt());
        m_view->resize(1130, 860);
        showProblems();
        const int row = rowOf("max_hop");
        const int folded = m_problems->rowHeight(row);
        const auto document = std::make_shared<PolicyDocument>();
        document->text = m_editor->document()->text;
        document->policy = m_editor->document()->policy;
        document->diagnostics = m_editor->document()->diagnostics;
        for (Diagnostic& diagnostic : document->diagnostics)
            diagnostic.hint += std::string(400, 'x') + " " + std::string(40, 'y') + " that is all";
        m_editor->applyDocument(document, q("lengthen"));
        m_problems->setCurrentIndex({});
        QCOMPARE(m_problems->rowHeight(row), folded);
        m_problems->setCurrentIndex(m_problems->model()->index(row, 0));
        QVERIFY(m_problems->rowHeight(row) > folded + 15);
        m_problems->setCurrentIndex(m_problems->model()->index(row + 1, 0));
        QCOMPARE(m_problems->rowHeight(row), folded);
        QVERIFY(m_problems->model()
                    ->index(row, ProblemsModel::MessageColumn)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(q("that is all")));
    }

    void eachTabHasItsOwnLinks()
    {
        auto* format = m_view->findChild<QPushButton*>(q("formatJson"));
        auto* fix = m_view->findChild<QPushButton*>(q("fixAll"));
        load(spoilt());
        for (int tab = 0; tab < m_tabs->count(); ++tab) {
            m_view->showTab(tab);
            QCOMPARE(format->isVisible(), tab == PolicyView::JsonTab);
            QCOMPARE(fix->isVisible(), tab == PolicyView::ProblemsTab);
        }
        m_view->showTab(PolicyView::JsonTab);
        QCoreApplication::processEvents();
        QVERIFY(format->width() >= format->sizeHint().width());
    }

    void helpKnowsTheProblemAtHand()
    {
        load(spoilt());
        QSignalSpy asked(m_view.get(), &PolicyView::helpRequested);
        showProblems();
        const int row = rowOf("max_hop");
        const QString code = m_problems->model()->index(row, ProblemsModel::CodeColumn).data().toString();
        m_problems->setCurrentIndex(m_problems->model()->index(row, 0));
        QTest::keyClick(m_problems, Qt::Key_F1);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.takeFirst()[0].toString(), code);
        const QModelIndex why = m_problems->model()->index(row, ProblemsModel::HelpColumn);
        QTest::mouseClick(m_problems->viewport(), Qt::LeftButton, {}, m_problems->visualRect(why).center());
        QCOMPARE(asked.takeFirst()[0].toString(), code);
        showText();
        put(at("\"max_hop\"") + 1, at("\"max_hop\"") + 1);
        QCOMPARE(m_view->helpTopic(), code);
        put(at("\"grounding\""), at("\"grounding\""));
        QVERIFY(m_view->helpTopic().startsWith(q("language/")));
    }

    void helpIsReadSearchedAndWalked()
    {
        HelpLibrary library;
        library.addView(q("policy"), q("Policy"), q("<p>The map.</p>"));
        HelpWindow window(std::move(library));
        auto* shown = window.findChild<QTextBrowser*>(q("helpText"));
        auto* contents = window.findChild<QTreeWidget*>(q("helpContents"));
        auto* search = window.findChild<QLineEdit*>(q("helpSearch"));
        QVERIFY(window.showTopic(q("SB0201")));
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QVERIFY(!window.isModal());
        QVERIFY(shown->toPlainText().contains(q("SB0201")));
        QVERIFY(window.showTopic(q("language/router")));
        QVERIFY(shown->toPlainText().contains(q("scoring")));
        QCOMPARE(contents->currentItem()->text(0), q("Router"));
        QTest::mouseClick(window.findChild<QToolButton*>(q("helpBack")), Qt::LeftButton);
        QCOMPARE(window.topic(), q("SB0201"));
        QTest::keyClick(shown, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(window.topic(), q("language/router"));
        QVERIFY(window.showTopic(q("language/no-such-chapter"))); // the language as a whole
        QCOMPARE(window.topic(), q("language"));
        QVERIFY(!window.showTopic(q("SB9999")));
        // A chapter and the pages in it stand in lines of one height.
        const QTreeWidgetItem* chapter = contents->topLevelItem(0);
        QCOMPARE(contents->visualItemRect(chapter).height(),
                 contents->visualItemRect(chapter->child(0)).height());

        QTest::keyClick(shown, Qt::Key_F, Qt::ControlModifier);
        QVERIFY(search->hasFocus());
        QTest::keyClicks(search, q("shadow rule"));
        search->clear();
        QTest::keyClicks(search, q("SB1003"));
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(window.topic(), q("SB1003"));
        QVERIFY(window.isVisible());
        search->clear();
        QTest::keyClicks(search, q("qqqq"));
        QCOMPARE(contents->topLevelItemCount(), 1); // says that nothing was found
        QTest::keyClick(&window, Qt::Key_Escape);
        QVERIFY(!window.isVisible());
    }

    void everyDiagnosticHasAPageAndEveryLinkOfThemLeadsSomewhere()
    {
        const HelpLibrary library;
        int pages = 0;
        static const QRegularExpression link(q("\\]\\(([^)]+)\\)"));
        for (const HelpPage& page : library.pages()) {
            QVERIFY2(page.markdown.size() > 20, qPrintable(page.topic));
            pages += page.chapter == q("Diagnostics") ? 1 : 0;
            for (auto it = link.globalMatch(page.markdown); it.hasNext();) {
                const QUrl url(it.next().captured(1));
                QVERIFY2(url.scheme() == q("https") || !library.topicOf(url).isEmpty(),
                         qPrintable(page.topic + q(": ") + url.toString()));
            }
        }
        QVERIFY(pages > 80);
        for (const char* pointer : {"/tiers/T0", "/rules/legal", "/rules/legal/when", "/router/map/0",
                                    "/cascade", "/triggers/grounding", "/handoff", "/slo", ""})
            QVERIFY2(library.page(HelpLibrary::topicOfPointer(q(pointer)))->topic != q("language"), pointer);
    }

    /// Figures for looking at, when somebody asks for them; nothing is asserted of seconds.
    void speedOfAKeystroke()
    {
        if (!qEnvironmentVariableIsSet("SIGNALBOX_SPEED"))
            QSKIP("SIGNALBOX_SPEED is not set");
        const std::string policy = longPolicy();
        load(policy);
        QTRY_COMPARE_WITH_TIMEOUT(m_editor->document()->text.size(), policy.size(), 60'000);
        showText();
        qInfo("%zu bytes, %zu problems", policy.size(), m_editor->document()->diagnostics.size());
        QCoreApplication::processEvents();
        put(at("rule-1500") + 2, at("rule-1500") + 2);
        // What the Qt thread does between a key and the picture of it: events of its own, no waiting.
        double worstKey = 0;
        double worstRest = 0;
        for (int i = 0; i < 8; ++i) {
            QElapsedTimer timer;
            timer.start();
            QTest::keyClick(m_json, Qt::Key_X);
            const double key = static_cast<double>(timer.nsecsElapsed()) / 1e6;
            timer.restart();
            m_json->flush();
            const double flush = static_cast<double>(timer.nsecsElapsed()) / 1e6;
            const quint64 generation = m_editor->generation();
            double longest = 0;
            double busy = 0;
            while (m_editor->generation() == generation || m_editor->isReading()) {
                timer.restart();
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
                const double took = static_cast<double>(timer.nsecsElapsed()) / 1e6;
                if (m_editor->generation() != generation)
                    busy = took;
                longest = std::max(longest, took);
            }
            timer.restart();
            QCoreApplication::processEvents();
            const double paint = static_cast<double>(timer.nsecsElapsed()) / 1e6;
            qInfo("key %.1f ms, flush %.1f ms, document %.1f ms (with waiting), paint %.1f ms", key, flush,
                  busy, paint);
            worstKey = std::max(worstKey, key);
            worstRest = std::max(worstRest, flush + paint);
        }
        QElapsedTimer timer;
        for (int i = 0; i < 5; ++i) { // what a document that has been read costs the Qt thread
            std::string changed = text();
            changed.insert(changed.find("rule-140" + std::to_string(i)) + 2, "y"); // none is typed into twice
            const PolicyDocumentPtr read = readPolicy(changed);
            timer.start();
            m_editor->applyDocument(read, q("type"));
            const double taken = static_cast<double>(timer.nsecsElapsed()) / 1e6;
            timer.restart();
            QCoreApplication::processEvents();
            qInfo("document %.1f ms, paint %.1f ms", taken, static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }
        // The parts of "document", by themselves.
        OutlineModel outline;
        ProblemsModel problems;
        const PolicyDocumentPtr document = m_editor->document();
        timer.start();
        outline.setDocument(document);
        qInfo("outline, fresh %.1f ms", static_cast<double>(timer.nsecsElapsed()) / 1e6);
        timer.restart();
        outline.setDocument(document);
        qInfo("outline, again %.1f ms", static_cast<double>(timer.nsecsElapsed()) / 1e6);
        timer.restart();
        problems.setDocument(document);
        qInfo("problems %.1f ms", static_cast<double>(timer.nsecsElapsed()) / 1e6);
        timer.restart();
        const PolicyDocumentPtr again = readPolicy(document->text);
        qInfo("reading, off the Qt thread %.1f ms", static_cast<double>(timer.nsecsElapsed()) / 1e6);
        timer.restart();
        QVERIFY(document->policy);
        (void)graphOf(*document->policy);
        qInfo("graph %.1f ms", static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
};

QTEST_MAIN(PolicyModeTextTest)
#include "tst_policy_mode_text.moc"
