// SPDX-License-Identifier: GPL-3.0-or-later
// Unsaved changes survive the end of the program: recovery files, what is offered at the next start, and a
// real kill -9 of a window in a process of its own.
#include "policy/document.h"
#include "policy/edit.h"
#include "ui/shell/autosave.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/main_window.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/recovery.h"
#include "ui/shell/recovery_file.h"
#include "ui/shell/session.h"
#include "ui/shell/translations.h"
#include "ui/theme/text.h"
#include "ui/theme/theme.h"
#include "workspace/workspace.h"

#include <QtTest>

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QProcess>
#include <QSettings>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QUndoStack>

#include <csignal>

using namespace signalbox;

namespace {

constexpr const char* kChildFlag = "--edit-and-wait";
// Made of parts, so that no scanner takes this file for a leak.
const std::string kKey = std::string("sk-") + "proj-Zx81Qm4vT7bN2kLw9RfY3cHd6JgP5sUa";

QString q(const char* text)
{
    return QString::fromUtf8(text);
}

std::string sampleText()
{
    QFile file(q(":/signalbox/samples/harbor-support.policy.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Answers every question beforehand and remembers what was asked.
class ScriptedDialogs : public Dialogs
{
public:
    int ask(QWidget*, const QString& title, const QString& text, const QStringList& buttons, int,
            int escape) override
    {
        asked << title + QLatin1Char('\n') + text;
        offered << buttons.join(QLatin1Char('|'));
        return answers.isEmpty() ? escape : answers.takeFirst();
    }
    QStringList asked;
    QStringList offered;
    QList<int> answers;
};

/// A window with a session on a workspace of its own, as the program makes it.
struct Window
{
    Window(const QString& workspace, const QString& folder)
    {
        window.startAutosave(folder);
        window.autosave()->setInterval(1);
        QSignalSpy finished(window.recovery(), &Recovery::finished);
        session.openWorkspace(workspace, true);
        if (!QTest::qWaitFor([&] { return finished.count() > 0 && session.isOpen(); }, 30'000))
            qFatal("the window did not come up");
        settle();
    }
    /// Until nothing opens, and what is to be written has been.
    void settle()
    {
        if (!QTest::qWaitFor([this] { return !session.isOpening() && !session.policy().isReading(); },
                             30'000))
            qFatal("the session did not settle");
        window.autosave()->waitForDone();
        QCoreApplication::processEvents();
    }
    void edit(double below)
    {
        if (!session.policy().setNumber(q("/triggers/grounding/below"), below, q("set")))
            qFatal("the edit failed");
    }
    Session session;
    MainWindow window{session};
};

constexpr int kRecover = 0;
constexpr int kDiscard = 1;
constexpr int kLater = 2;

} // namespace

class RecoveryTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_dir;
    ScriptedDialogs m_dialogs;

    QString workspace(const char* name = "one.signalbox") const { return m_dir->filePath(q(name)); }
    QString folder() const { return m_dir->filePath(q("recovery")); }
    QStringList files() const { return QDir(folder()).entryList(QDir::Files | QDir::Hidden); }

    /// A process id that was somebody's a moment ago.
    static qint64 deadPid()
    {
        QProcess process;
        process.start(q("/bin/true"), {});
        const qint64 pid = process.processId();
        process.waitForFinished();
        return pid;
    }
    /// What a window leaves behind that died while it edited the first version of the workspace.
    RecoveryFile leftBehind(const std::string& text, const char* name = "left.recovery.json") const
    {
        RecoveryFile file;
        file.path = QDir(folder()).filePath(q(name));
        file.pid = deadPid();
        file.processStart = q("an-earlier-boot:1");
        file.workspace = workspace();
        file.version = 1;
        file.name = "Harbor Support";
        file.baseHash = readPolicy(sampleText())->policy->contentHash;
        file.savedAtMs = 1'790'000'000'000;
        file.text = text;
        if (!writeRecoveryFile(file))
            qFatal("cannot write %s", qPrintable(file.path));
        return file;
    }
    static std::string changedSample()
    {
        std::string text = sampleText();
        text.replace(text.find("\"below\": 3.5"), 12, "\"below\":  4.25");
        return text;
    }
    void makeWorkspace() { const Window window(workspace(), m_dir->filePath(q("unused"))); }

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        installTranslations(QLocale::c());
        Theme::instance().setMode(ThemeMode::Light);
        Theme::instance().apply(*qApp);
    }
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_dialogs = ScriptedDialogs();
        Dialogs::setCurrent(&m_dialogs);
    }
    void cleanup() { Dialogs::setCurrent(nullptr); }

    void filesReadBackByteForByte()
    {
        // Line ends, a byte order mark, NUL, letters beyond the first plane, and bytes that are no text at
        // all.
        const std::string texts[] = {changedSample(),
                                     "{\r\n\t\"a\": 1\r}\n",
                                     std::string("\xEF\xBB\xBF{\0}", 6),
                                     "\"\xF0\x9F\x9A\xA6\xE2\x80\xA8\"",
                                     "\xFF\xFE\x00broken",
                                     ""};
        for (const std::string& text : texts) {
            const RecoveryFile file = leftBehind(text);
            const auto back = readRecoveryFile(file.path);
            QVERIFY(back.has_value());
            QVERIFY(back->text == text);
            QCOMPARE(back->workspace, file.workspace);
            QCOMPARE(back->version, 1);
            QCOMPARE(back->savedAtMs, file.savedAtMs);
            QCOMPARE(QFileInfo(file.path).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
                     QFileDevice::Permissions());
        }
    }

    void aChangeIsKeptAndASaveTakesItAway()
    {
        Window one(workspace(), folder());
        QVERIFY(files().isEmpty());
        one.edit(4.5);
        QTRY_COMPARE(files().size(), 1);
        one.settle();
        const auto kept = readRecoveryFile(one.window.autosave()->filePath());
        QVERIFY(kept.has_value());
        QVERIFY(kept->text == one.session.policy().document()->text);
        QCOMPARE(kept->pid, QCoreApplication::applicationPid());
        QCOMPARE(kept->name, std::string("Harbor Support"));
        QTRY_VERIFY(one.window.findChild<QLabel*>(q("statusAutosave"))->text().startsWith(q("Kept")));

        one.edit(4.6); // the same file, the newer text
        one.settle();
        QCOMPARE(files().size(), 1);
        QVERIFY(readRecoveryFile(one.window.autosave()->filePath())->text ==
                one.session.policy().document()->text);

        QVERIFY(one.session.saveVersion().has_value());
        one.settle();
        QVERIFY(files().isEmpty());
        QVERIFY(!one.window.findChild<QLabel*>(q("statusAutosave"))->isVisibleTo(&one.window));
    }

    void undoingBackAndClosingTakeItAway()
    {
        Window one(workspace(), folder());
        one.edit(4.5);
        one.settle();
        QCOMPARE(files().size(), 1);
        one.session.policy().undoStack()->undo();
        one.settle();
        QVERIFY(files().isEmpty());

        one.edit(4.75);
        one.settle();
        QCOMPARE(files().size(), 1);
        m_dialogs.answers = {1}; // discard
        one.window.show();
        QVERIFY(one.window.close());
        QVERIFY(files().isEmpty());
    }

    void aTextWithAKeyIsNeverKept()
    {
        Window one(workspace(), folder());
        one.edit(4.5);
        one.settle();
        const QByteArray before = bytesOf(one.window.autosave()->filePath());
        QVERIFY(!before.isEmpty());
        QVERIFY(one.session.policy()
                    .setJson(q("/endpoints/0/key"), "{\"env\": \"" + kKey + "\"}", q("paste"))
                    .has_value());
        QVERIFY(carriesSecret(*one.session.policy().document()));
        one.settle();
        QCOMPARE(one.window.autosave()->state(), Autosave::State::Paused);
        QCOMPARE(bytesOf(one.window.autosave()->filePath()), before); // what was kept before stays
        const auto* label = one.window.findChild<QLabel*>(q("statusAutosave"));
        QVERIFY(label->isVisibleTo(&one.window));
        QVERIFY2(label->accessibleName().contains(q("Autosave pauses")) &&
                     label->accessibleName().contains(q("key")),
                 qPrintable(label->accessibleName()));
        QVERIFY(!label->accessibleName().contains(qs(kKey)));

        // Nor is it saved as a file.
        const QString path = m_dir->filePath(q("policy.json"));
        const auto saved = one.session.savePolicyFile(path);
        QVERIFY(!saved.has_value());
        QVERIFY(!QFile::exists(path));
        QVERIFY(QString::fromStdString(saved.error().message).contains(q("environment variable")));

        one.session.policy().undoStack()->undo();
        QVERIFY(one.session.savePolicyFile(path).has_value());
        one.settle();
        QCOMPARE(one.window.autosave()->state(), Autosave::State::Kept);
    }

    void recoveringGivesTheBytesBack()
    {
        makeWorkspace();
        const RecoveryFile left = leftBehind(changedSample());
        m_dialogs.answers = {kRecover};
        Window two(workspace(), folder());
        QCOMPARE(m_dialogs.asked.size(), 1);
        const QString& text = m_dialogs.asked.constFirst();
        for (const char* part : {"Harbor Support", "version 1", "/triggers/grounding/below", "1 place"})
            QVERIFY2(text.contains(q(part)), qPrintable(text));
        QVERIFY2(text.contains(timeText(left.savedAtMs)), qPrintable(text));
        QCOMPARE(m_dialogs.offered.constFirst(), q("Recover|Discard|Later"));
        PolicyEditor& policy = two.session.policy();
        QVERIFY(policy.document()->text == changedSample());
        QVERIFY(policy.isModified());
        QVERIFY(two.window.isWindowModified());
        QCOMPARE(policy.version(), 1);
        // The old file has made place for this window's own.
        QVERIFY(!QFile::exists(left.path));
        QCOMPARE(files().size(), 1);
        policy.undoStack()->undo();
        QVERIFY(policy.document()->text == sampleText());
        policy.undoStack()->redo();
        QCOMPARE(two.session.saveVersion().value(), 2);
        two.settle();
        QVERIFY(files().isEmpty());
    }

    void discardDeletesAndLaterKeeps()
    {
        makeWorkspace();
        const RecoveryFile left = leftBehind(changedSample());
        m_dialogs.answers = {kLater};
        {
            Window two(workspace(), folder());
            QCOMPARE(m_dialogs.asked.size(), 1);
            QVERIFY(two.session.policy().document()->text == sampleText());
            QVERIFY(!two.session.policy().isModified());
            QVERIFY(QFile::exists(left.path));
            // The menu asks again.
            m_dialogs.answers = {kLater};
            two.window.actions().action(q("file.recover"))->trigger();
            QTRY_COMPARE(m_dialogs.asked.size(), 2);
        }
        m_dialogs.answers = {kDiscard};
        Window three(workspace(), folder());
        QCOMPARE(m_dialogs.asked.size(), 3);
        QVERIFY(!QFile::exists(left.path));
        QVERIFY(!three.session.policy().isModified());
    }

    void whatWasSavedAfterAllIsNotOffered()
    {
        makeWorkspace();
        leftBehind(sampleText());
        Window two(workspace(), folder());
        QVERIFY(m_dialogs.asked.isEmpty());
        QVERIFY(files().isEmpty());
    }

    void brokenTextsAndLostOriginsAreOfferedToo()
    {
        makeWorkspace();
        std::string broken = sampleText();
        broken.resize(broken.size() / 2);
        RecoveryFile left = leftBehind(broken);
        left.workspace = m_dir->filePath(q("gone.signalbox"));
        QVERIFY(writeRecoveryFile(left).has_value());
        m_dialogs.answers = {kLater};
        {
            const Window two(workspace(), folder());
            QVERIFY2(m_dialogs.asked.value(0).contains(q("not there any more")),
                     qPrintable(m_dialogs.asked.value(0)));
        }
        left.workspace = workspace();
        QVERIFY(writeRecoveryFile(left).has_value());
        m_dialogs.answers = {kRecover};
        Window three(workspace(), folder());
        QVERIFY2(m_dialogs.asked.value(1).contains(q("not valid JSON")),
                 qPrintable(m_dialogs.asked.value(1)));
        QVERIFY(three.session.policy().document()->text == broken);
        QVERIFY(three.session.policy().isModified());
    }

    void aPolicyThatWasNeverSavedSaysSo()
    {
        makeWorkspace();
        RecoveryFile left = leftBehind(changedSample());
        left.version = 0;
        left.baseHash.clear();
        QVERIFY(writeRecoveryFile(left).has_value());
        m_dialogs.answers = {kLater};
        const Window two(workspace(), folder());
        const QString asked = m_dialogs.asked.value(0);
        QVERIFY2(asked.contains(q("never saved")), qPrintable(asked));
        QVERIFY2(!asked.contains(q("not there any more")) && !asked.contains(q("Made from")),
                 qPrintable(asked));
    }

    void aPolicyFileIsRecoveredAsThatFile()
    {
        makeWorkspace();
        const QString path = m_dir->filePath(q("mine.policy.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(sampleText()));
        file.close();
        RecoveryFile left = leftBehind(changedSample());
        left.policyFile = path;
        left.version = 0;
        QVERIFY(writeRecoveryFile(left).has_value());
        m_dialogs.answers = {kRecover};
        Window two(workspace(), folder());
        QVERIFY2(m_dialogs.asked.value(0).contains(path), qPrintable(m_dialogs.asked.value(0)));
        QCOMPARE(two.session.policy().filePath(), path);
        QVERIFY(two.session.policy().document()->text == changedSample());
    }

    void itsOwnWorkspaceIsOpenedFirst()
    {
        makeWorkspace();
        leftBehind(changedSample());
        m_dialogs.answers = {kRecover};
        Window two(workspace("other.signalbox"), folder());
        QTRY_COMPARE_WITH_TIMEOUT(two.session.workspacePath(), workspace(), 20'000);
        QTRY_VERIFY(two.session.policy().document()->text == changedSample());
        QCOMPARE(two.session.policy().version(), 1);
        QVERIFY(two.session.policy().isModified());
    }

    void foreignFilesAreLeftAloneWithAMessage()
    {
        makeWorkspace();
        QVERIFY(QDir().mkpath(folder()));
        const auto put = [this](const char* name, const QByteArray& bytes) {
            QFile file(QDir(folder()).filePath(q(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
        };
        put("letter.txt", "Dear Sir or Madam");
        put("cut.recovery.json", bytesOf(leftBehind(changedSample(), "whole.recovery.json").path).left(300));
        put("later.recovery.json", "{\"signalbox_recovery\": 2, \"text\": \"{}\"}");
        put("odd.recovery.json", "{\"signalbox_recovery\": 1, \"pid\": \"x\"}");
        put("list.recovery.json", "[1, 2]");
        m_dialogs.answers = {kLater};
        Window two(workspace(), folder());
        QCOMPARE(m_dialogs.asked.size(), 1); // the whole one
        QCOMPARE(files().size(), 6);         // nothing was deleted
        const QString told = two.window.findChild<MessageBar*>()->text();
        for (const char* name : {"letter.txt", "cut.", "later.", "odd.", "list."})
            QVERIFY2(told.contains(q(name)), qPrintable(told));
    }

    void twoWindowsKeepApart()
    {
        Window one(workspace(), folder());
        one.edit(4.5);
        one.settle();
        Window two(workspace("two.signalbox"), folder());
        QVERIFY(m_dialogs.asked.isEmpty()); // the first is alive
        two.edit(4.75);
        two.settle();
        QCOMPARE(files().size(), 2);
        QVERIFY(two.session.saveVersion().has_value());
        two.settle();
        QCOMPARE(files(), QStringList(QFileInfo(one.window.autosave()->filePath()).fileName()));
    }

    void aPidThatIsUsedAgainIsDead()
    {
        RecoveryFile file = leftBehind(changedSample());
        file.pid = QCoreApplication::applicationPid(); // somebody else has the number now: this program
        QVERIFY(!isAlive(file));
        file.processStart = processStart(file.pid);
        QVERIFY(isAlive(file));
    }

    void killedAndBack()
    {
        makeWorkspace();
        QProcess child;
        child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        child.start(QCoreApplication::applicationFilePath(), {q(kChildFlag), workspace(), folder()});
        QVERIFY(child.waitForStarted());
        // It has typed, and the text has reached the disk.
        QTRY_VERIFY_WITH_TIMEOUT(files().size() == 1 && files().constFirst().endsWith(q(".recovery.json")),
                                 60'000);
        {
            // Alive, it is nobody else's.
            const Window beside(m_dir->filePath(q("beside.signalbox")), folder());
            QVERIFY(m_dialogs.asked.isEmpty());
        }
        QCOMPARE(::kill(static_cast<pid_t>(child.processId()), SIGKILL), 0);
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);

        m_dialogs.answers = {kRecover};
        Window two(workspace(), folder());
        QCOMPARE(m_dialogs.asked.size(), 1);
        QCOMPARE(valueAt(two.session.policy().document()->text, "/triggers/grounding/below").value_or(""),
                 std::string("4.75"));
        QVERIFY(two.session.policy().isModified());
    }
};

namespace {

/// The other process: opens the workspace, edits, and waits to be killed.
int editAndWait(const QString& workspace, const QString& folder)
{
    Session session;
    MainWindow window(session);
    window.startAutosave(folder);
    window.show();
    QObject::connect(&session, &Session::workspaceChanged, &window, [&session] {
        if (!session.policy().setNumber(q("/triggers/grounding/below"), 4.75, q("set")))
            QCoreApplication::exit(4);
    });
    session.openWorkspace(workspace, true);
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QApplication::setOrganizationName(q("SignalboxTest"));
    QApplication::setApplicationName(q("tst_recovery"));
    QStandardPaths::setTestModeEnabled(true);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == QLatin1String(kChildFlag))
        return editAndWait(arguments[2], arguments[3]);
    RecoveryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_recovery.moc"
