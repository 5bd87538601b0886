// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/action_table.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/main_window.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/mode_page.h"
#include "ui/shell/session.h"
#include "ui/shell/translations.h"
#include "ui/theme/text.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QtTest>

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUndoStack>

using namespace signalbox;

namespace {

/// Answers every question beforehand and remembers what was asked.
class ScriptedDialogs : public Dialogs
{
public:
    int ask(QWidget*, const QString&, const QString& text, const QStringList&, int, int) override
    {
        asked << text;
        return answers.isEmpty() ? 0 : answers.takeFirst();
    }
    void tell(QWidget*, const QString& title, const QString& text, QMessageBox::Icon) override
    {
        told << title + QLatin1Char('\n') + text;
    }
    QString openFile(QWidget*, const QString&, const QString&, const QString&) override { return file; }
    QString saveFile(QWidget*, const QString&, const QString&, const QString&) override { return file; }
    QString askText(QWidget*, const QString&, const QString&, const QString& value, bool* ok) override
    {
        *ok = true;
        return value;
    }
    QStringList asked;
    QStringList told;
    QList<int> answers;
    QString file;
};

} // namespace

class ShellTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void textIsReadableInBothThemes();
    void noTwoActionsShareAKeyInOnePlace();
    void conflictsAreFound();
    void everyMenuOpensByAKeyOfItsOwn();
    void theSheetOfKeysHasThoseOfTheMap();
    void aLongPolicyIsMadeReadyOffTheQtThread();
    void paletteRanksByFit();
    void paletteListsActionsAndThePolicysParts();
    void paletteGoesWhereItSays();
    void everyControlHasAName();
    void editsMergeUndoAndRedo();
    void aBrokenTextOpensAndCannotRun();
    void freshWorkspaceHoldsTheSample();
    void aRunIsToldAndOnDisk();
    void batchKeepsWhatIsFinishedWhenStopped();
    void savingMakesAVersionAndClearsTheMark();
    void closingAModifiedPolicyAsks();
    void aFileThatIsNoWorkspaceIsToldOnce();
    void switchingThemeRepaintsAtOnce();
    void rightColumnFoldsBelow1200();

private:
    void open(Session& session, const QString& name = QStringLiteral("w.signalbox"));
    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_dir;
    ScriptedDialogs m_dialogs;
};

void ShellTest::initTestCase()
{
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    QCoreApplication::setOrganizationName(QStringLiteral("SignalboxTest"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_shell"));
    installTranslations(QLocale::c());
    Theme::instance().apply(*qApp);
}

void ShellTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_dialogs = ScriptedDialogs();
    Dialogs::setCurrent(&m_dialogs);
}

void ShellTest::cleanup()
{
    Dialogs::setCurrent(nullptr);
    Theme::instance().setMode(ThemeMode::Light);
}

void ShellTest::open(Session& session, const QString& name)
{
    QSignalSpy changed(&session, &Session::workspaceChanged);
    QSignalSpy failed(&session, &Session::errorOccurred);
    session.openWorkspace(m_dir->filePath(name), true);
    QTRY_VERIFY_WITH_TIMEOUT(changed.count() + failed.count() > 0, 20'000);
    QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed[0][1].toString()));
    QTRY_VERIFY_WITH_TIMEOUT(!session.datasets().empty(), 20'000);
}

void ShellTest::textIsReadableInBothThemes()
{
    for (const bool dark : {false, true}) {
        const ThemeColors c = Theme::colorsFor(dark);
        for (const QColor& ground : {c.surface, c.panel}) {
            for (const QColor& ink : {c.text, c.muted, c.faint, c.info, c.good, c.warn, c.bad}) {
                const double ratio = contrastRatio(ink, ground);
                QVERIFY2(
                    ratio >= 4.5,
                    qPrintable(QStringLiteral("%1 on %2: %3").arg(ink.name(), ground.name()).arg(ratio)));
            }
        }
        for (int tier = 0; tier < 7; ++tier) {
            const double ratio = contrastRatio(Theme::tierColor(tier, dark), c.panel);
            QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("tier %1: %2").arg(tier).arg(ratio)));
        }
        QVERIFY(contrastRatio(c.warn, c.warnFill) >= 4.5);
        QVERIFY(contrastRatio(c.good, c.goodFill) >= 4.5);
        QVERIFY(contrastRatio(c.bad, c.badFill) >= 4.5);
        QVERIFY(contrastRatio(c.info, c.infoFill) >= 4.5);
        QVERIFY(contrastRatio(c.onAccent, c.accent) >= 4.5);
        QVERIFY(contrastRatio(c.railText, c.rail) >= 4.5);
    }
    QVERIFY(std::abs(contrastRatio(Qt::black, Qt::white) - 21.0) < 1e-9);
}

void ShellTest::noTwoActionsShareAKeyInOnePlace()
{
    Session session;
    MainWindow window(session);
    const QStringList conflicts = window.actions().conflicts();
    QVERIFY2(conflicts.isEmpty(), qPrintable(conflicts.join(QLatin1Char('\n'))));
    QVERIFY(window.actions().specs().size() > 15);
}

void ShellTest::conflictsAreFound()
{
    ActionTable table;
    const QKeySequence key(Qt::CTRL | Qt::Key_J);
    const auto add = [&](const char* id, const QString& place, const QKeySequence& keys) {
        table.add({QString::fromLatin1(id), QStringLiteral("x"), place, {}, {keys}, {}}, this, [](bool) {});
    };
    add("a", QStringLiteral("policy"), key);
    add("b", QStringLiteral("traces"), key);
    QVERIFY(table.conflicts().isEmpty()); // two modes may use one key
    add("c", {}, key);
    QCOMPARE(table.conflicts().size(), 2); // everywhere meets both
    add("d", {}, QKeySequence(QStringLiteral("Ctrl+J, K")));
    QVERIFY(table.conflicts().size() > 2); // a prefix is a conflict as well
}

void ShellTest::everyMenuOpensByAKeyOfItsOwn()
{
    Session session;
    MainWindow window(session);
    for (const char* mode : {"policy", "playground", "traces", "tuning", "dashboard", "versions"}) {
        window.showMode(QString::fromLatin1(mode));
        QString letters;
        const auto menus = window.menuBar()->actions();
        for (const QAction* menu : menus) {
            if (!menu->isVisible())
                continue;
            const auto at = menu->text().indexOf(QLatin1Char('&'));
            QVERIFY2(at >= 0, qPrintable(menu->text()));
            const QChar letter = menu->text()[at + 1].toUpper();
            QVERIFY2(!letters.contains(letter), qPrintable(menu->text()));
            letters += letter;
        }
    }
}

void ShellTest::theSheetOfKeysHasThoseOfTheMap()
{
    Session session;
    MainWindow window(session);
    window.show();
    window.showMode(QStringLiteral("policy"));
    window.actions().action(QStringLiteral("help.keys"))->trigger();
    auto* sheet = window.findChild<QDialog*>(QStringLiteral("keysSheet"));
    QVERIFY(sheet);
    QStringList words;
    const auto labels = sheet->findChildren<QLabel*>();
    for (const QLabel* label : labels)
        words << label->text();
    for (const char* wanted : {"T", "Add Tier", "C", "Connect by Keyboard", "F2", "Alt+Up, Alt+Down",
                               "Shift+Left, Shift+Right", "Shift+Tab", "Ctrl+K"})
        QVERIFY2(words.contains(QString::fromLatin1(wanted)), wanted);
    sheet->close();
}

void ShellTest::aLongPolicyIsMadeReadyOffTheQtThread()
{
    Session session;
    open(session);
    MainWindow window(session);
    window.show();
    // The sample with some hundred patterns more: too long to be made ready in passing.
    std::string text = session.policy().document()->text;
    std::string rules;
    for (int i = 0; i < 700; ++i)
        rules += R"({"id": "p)" + std::to_string(i) + R"(", "when": {"pattern": ["\\bword)" +
                 std::to_string(i) + R"([a-z]{2,9}\\b"]}, "route": "T1", "reason": "policy.p)" +
                 std::to_string(i) + "\"},\n    ";
    const auto at = text.find("{\"id\": \"person\"");
    QVERIFY(at != std::string::npos);
    text.insert(at, rules);
    const PolicyDocumentPtr document = readPolicy(text);
    QVERIFY(document->runnable());
    session.policy().load(document, 1);
    auto* progress = window.findChild<QWidget*>(QStringLiteral("statusProgress"));
    QVERIFY(!progress->isVisible());
    CompiledPolicyPtr made;
    int calls = 0;
    session.policy().whenCompiled(this, [&](CompiledPolicyPtr policy) {
        made = std::move(policy);
        ++calls;
    });
    QCOMPARE(calls, 0); // not while the caller waits
    QVERIFY(session.policy().work() == PolicyEditor::Work::Compiling);
    QVERIFY(progress->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(calls, 1, 60'000);
    QVERIFY(made && made->policy().rules.size() > 700);
    QVERIFY(!progress->isVisible());
    QCOMPARE(session.policy().compiledIfReady(), made);
    session.policy().whenCompiled(this, [&](const CompiledPolicyPtr& policy) { calls += policy == made; });
    QCOMPARE(calls, 2); // kept

    // Who asked and went is not told; what was changed meanwhile does not count for the new text.
    session.policy().load(readPolicy(text + "\n"), 1);
    QVERIFY(!session.policy().compiledIfReady());
    auto asker = std::make_unique<QObject>();
    session.policy().whenCompiled(asker.get(), [&](const CompiledPolicyPtr&) { ++calls; });
    asker.reset();
    session.policy().load(document, 1);
    QTRY_VERIFY_WITH_TIMEOUT(session.policy().work() == PolicyEditor::Work::None, 60'000);
    QCOMPARE(calls, 2);
    QVERIFY(!session.policy().compiledIfReady());
}

void ShellTest::paletteRanksByFit()
{
    const QString rule = QStringLiteral("legal");
    QVERIFY(paletteScore(QStringLiteral("leg"), rule) > paletteScore(QStringLiteral("gal"), rule));
    QVERIFY(paletteScore(QStringLiteral("gal"), rule) > paletteScore(QStringLiteral("lgl"), rule));
    QCOMPARE(paletteScore(QStringLiteral("xyz"), rule), 0);
    QVERIFY(paletteScore(QStringLiteral("version save"), QStringLiteral("Save Version")) > 0);
    QVERIFY(paletteScore({}, rule) > 0);
}

void ShellTest::paletteListsActionsAndThePolicysParts()
{
    Session session;
    MainWindow window(session);
    QStringList texts;
    for (const PaletteItem& item : window.paletteItems())
        texts << item.detail + QLatin1Char(' ') + item.text;
    for (const char* wanted : {"Mode Traces", "Mode Dashboard", "Action Save Version", "Tier T0",
                               "Rule legal", "Trigger grounding", "Model frontier"})
        QVERIFY2(texts.contains(QString::fromLatin1(wanted)), wanted);
}

void ShellTest::paletteGoesWhereItSays()
{
    Session session;
    MainWindow window(session);
    window.show();
    window.showMode(QStringLiteral("policy"));
    window.actions().action(QStringLiteral("view.palette"))->trigger();
    auto* palette = window.findChild<CommandPalette*>();
    QVERIFY(palette->isVisible());
    auto* line = palette->findChild<QLineEdit*>();
    QTest::keyClicks(line, QStringLiteral("dashb"));
    QVERIFY(palette->shownTexts().constFirst().contains(QStringLiteral("Dashboard")));
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(!palette->isVisible());
    QCOMPARE(window.currentPage()->id(), QStringLiteral("dashboard"));
}

void ShellTest::everyControlHasAName()
{
    Session session;
    MainWindow window(session);
    QStringList nameless;
    const auto widgets = window.findChildren<QWidget*>();
    for (const QWidget* widget : widgets) {
        const bool usable =
            qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget);
        if (!usable || !(widget->focusPolicy() & Qt::TabFocus) ||
            widget->objectName().startsWith(QStringLiteral("qt_")))
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        const bool inside =
            qobject_cast<const QLineEdit*>(widget) && widget->parentWidget()->inherits("QAbstractSpinBox");
        if (!inside && (widget->objectName().isEmpty() || !named))
            nameless << QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') +
                            widget->objectName();
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
}

void ShellTest::editsMergeUndoAndRedo()
{
    Session session;
    PolicyEditor& editor = session.policy();
    const std::string original = editor.document()->text;
    const QString pointer = QStringLiteral("/triggers/grounding/below");
    QSignalSpy changed(&editor, &PolicyEditor::documentChanged);
    for (const double value : {3.4, 3.3, 3.2})
        QVERIFY(editor.setNumber(pointer, value, QStringLiteral("set grounding to %1").arg(value), pointer));
    QCOMPARE(changed.count(), 3);
    QCOMPARE(editor.undoStack()->count(), 1); // one drag, one step
    QCOMPARE(editor.undoStack()->undoText(), QStringLiteral("set grounding to 3.2"));
    QCOMPARE(editor.document()->policy->triggers[1].below, 3.2);
    editor.endMerge();
    QVERIFY(editor.setNumber(pointer, 3.0, QStringLiteral("set grounding to 3"), pointer));
    QCOMPARE(editor.undoStack()->count(), 2);
    QVERIFY(editor.isModified());
    editor.undoStack()->undo();
    QCOMPARE(editor.document()->policy->triggers[1].below, 3.2);
    editor.undoStack()->undo();
    QCOMPARE(editor.document()->text, original);
    QVERIFY(!editor.isModified());
    editor.undoStack()->redo();
    editor.undoStack()->redo();
    QCOMPARE(editor.document()->policy->triggers[1].below, 3.0);
    QVERIFY(!editor.setNumber(QStringLiteral("/nothing/here"), 1, QStringLiteral("x")));
}

void ShellTest::aBrokenTextOpensAndCannotRun()
{
    Session session;
    open(session);
    session.policy().applyText("{ \"signalbox\": 1, ", QStringLiteral("break it"));
    QVERIFY(session.policy().document()->count(Severity::Error) > 0);
    QVERIFY(!session.policy().compiled());
    const auto run = session.startRun(Request::fromPrompt("p", "hello"));
    QVERIFY(!run);
    QCOMPARE(run.error().code, std::string("policy.has_errors"));
    QVERIFY(!session.exportPolicy(m_dir->filePath(QStringLiteral("x.json"))));
    QVERIFY(!QFile::exists(m_dir->filePath(QStringLiteral("x.json"))));
    session.policy().undoStack()->undo();
    QVERIFY(session.policy().compiled());
}

void ShellTest::freshWorkspaceHoldsTheSample()
{
    Session session;
    open(session);
    const DatasetInfo* sample = session.dataset(QString::fromLatin1(kSampleDataset));
    QVERIFY(sample);
    QVERIFY(sample->prompts >= 300);
    QCOMPARE(session.policy().version(), 1);
    QVERIFY(session.policy().document()->runnable());
    QCOMPARE(session.workspaceName(), QStringLiteral("w.signalbox"));
}

void ShellTest::aRunIsToldAndOnDisk()
{
    Session session;
    open(session);
    LiveRuns& runs = session.runs();
    QSignalSpy decided(&runs, &LiveRuns::decided);
    QSignalSpy started(&runs, &LiveRuns::hopStarted);
    QSignalSpy text(&runs, &LiveRuns::hopText);
    QString streamed;
    connect(&runs, &LiveRuns::hopText, this, [&](RunId, int, const QString& delta) { streamed += delta; });
    TracePtr trace;
    QString problem = QStringLiteral("not told");
    connect(&runs, &LiveRuns::runFinished, this, [&](RunId, const TracePtr& done, const QString& why) {
        trace = done;
        problem = why;
    });
    const auto run = session.startRun(Request::fromPrompt("p1", "How do I reset my password?"));
    QVERIFY(run);
    QVERIFY(!runs.isIdle());
    QTRY_VERIFY_WITH_TIMEOUT(trace, 30'000);
    QCOMPARE(problem, QString());
    QVERIFY(runs.isIdle());
    QCOMPARE(decided.count(), 1);
    QVERIFY(started.count() >= 1);
    QVERIFY(text.count() >= 1);
    QCOMPARE(trace->status, TraceStatus::Answered);
    QVERIFY(trace->simulated);
    QVERIFY(streamed.contains(qs(trace->answer)));
    // Told as done means on disk: a reader of its own sees it.
    auto reader = session.store().workspace()->reader();
    QVERIFY(reader);
    QVERIFY((*reader)->trace(trace->id));
}

void ShellTest::batchKeepsWhatIsFinishedWhenStopped()
{
    Session session;
    open(session);
    QSignalSpy finished(&session.runs(), &LiveRuns::batchFinished);
    connect(&session.runs(), &LiveRuns::batchProgressed, this, [&](const BatchProgress& progress) {
        if (progress.finished >= 5)
            session.runs().cancelBatch();
    });
    QVERIFY(session.startBatch(QString::fromLatin1(kSampleDataset), TraceMode::Policy, 8));
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
    const BatchProgress progress = session.runs().batchProgress();
    QVERIFY(progress.cancelled);
    QVERIFY(progress.finished >= 5);
    QVERIFY(progress.finished < progress.total);
    auto reader = session.store().workspace()->reader();
    QVERIFY(reader);
    TraceFilter filter;
    filter.dataset = kSampleDataset;
    QCOMPARE((*reader)->traceCount(filter).value(), progress.finished);
}

void ShellTest::savingMakesAVersionAndClearsTheMark()
{
    Session session;
    open(session);
    MainWindow window(session);
    QVERIFY(
        session.policy().setNumber(QStringLiteral("/triggers/grounding/below"), 3.1, QStringLiteral("set")));
    QVERIFY(window.isWindowModified());
    auto* pill = window.findChild<Pill*>(QStringLiteral("versionPill"));
    QVERIFY(pill->text().contains(QStringLiteral("modified")));
    window.actions().action(QStringLiteral("file.save_version"))->trigger();
    QVERIFY(!session.policy().isModified());
    QCOMPARE(session.policy().version(), 2);
    QVERIFY2(pill->text().startsWith(QStringLiteral("v2")), qPrintable(pill->text()));
    auto reader = session.store().workspace()->reader();
    QCOMPARE((*reader)->policyVersions()->size(), std::size_t(2));
}

void ShellTest::closingAModifiedPolicyAsks()
{
    Session session;
    open(session);
    MainWindow window(session);
    window.show();
    QVERIFY(
        session.policy().setNumber(QStringLiteral("/triggers/grounding/below"), 3.1, QStringLiteral("set")));
    m_dialogs.answers = {2}; // cancel
    QVERIFY(!window.close());
    QCOMPARE(m_dialogs.asked.size(), 1);
    QVERIFY(window.isVisible());
    m_dialogs.answers = {0}; // save
    QVERIFY(window.close());
    QCOMPARE(session.policy().version(), 2);
}

void ShellTest::aFileThatIsNoWorkspaceIsToldOnce()
{
    QFile file(m_dir->filePath(QStringLiteral("letter.signalbox")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        "Dear Sir or Madam, this is a letter and nothing else, whatever its name says. Yours, somebody.");
    file.close();
    Session session;
    MainWindow window(session);
    window.show();
    QSignalSpy failed(&session, &Session::errorOccurred);
    session.openWorkspace(file.fileName(), true);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20'000);
    auto* bar = window.findChild<MessageBar*>();
    QVERIFY(bar->isVisible());
    QVERIFY2(bar->text().contains(QStringLiteral("letter.signalbox")), qPrintable(bar->text()));
    QVERIFY(!session.isOpen());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith("Dear Sir")); // nothing was done to it
}

void ShellTest::switchingThemeRepaintsAtOnce()
{
    Session session;
    MainWindow window(session);
    window.show();
    window.actions().action(QStringLiteral("view.theme.light"))->trigger();
    const QColor light = window.grab().toImage().pixelColor(window.width() - 4, 45);
    window.actions().action(QStringLiteral("view.theme.dark"))->trigger();
    const QColor dark = window.grab().toImage().pixelColor(window.width() - 4, 45);
    QVERIFY(light.lightness() > 200);
    QVERIFY(dark.lightness() < 80);
    window.actions().action(QStringLiteral("view.theme.light"))->trigger();
}

void ShellTest::rightColumnFoldsBelow1200()
{
    Session session;
    MainWindow window(session);
    window.show();
    window.showMode(QStringLiteral("traces"));
    window.resize(1440, 900);
    auto* column = window.findChild<QWidget*>(QStringLiteral("traceDecisionColumn"));
    QTRY_VERIFY(!column->isHidden());
    window.resize(1024, 700);
    QTRY_VERIFY(column->isHidden());
    QCOMPARE(window.size(), QSize(1024, 700)); // nothing forces the window wider
}

QTEST_MAIN(ShellTest)
#include "tst_shell.moc"
