// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to the file: killed writers, full disks, folders that cannot be written, files of other
// versions and files that are something else.

#include "base/sqlite.h"
#include "support/random_trace.h"
#include "support/trace_text.h"
#include "workspace/schema.h"
#include "workspace/schema_sql.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <functional>
#include <set>

using namespace signalbox;
using signalbox::testing::RandomTraces;
using signalbox::testing::textOf;

class WorkspaceFilesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void killedWriterLosesNothingThatWasDurable();
    void closingWritesWhatIsQueued();
    void fullDiskIsSaidAndPasses_data();
    void fullDiskIsSaidAndPasses();
    void fullDiskLeavesNoEmptyFile();
    void readOnlyFolder();
    void placesWhereNothingCanBe();
    void missingFileIsOnlyCreatedWhenAsked();
    void strangersAreLeftAlone_data();
    void strangersAreLeftAlone();
    void truncatedFileIsCalledDamaged();
    void newerVersionIsRefusedUntouched();
    void olderVersionIsMigratedWithABackup();
    void chargesOfVersion2HaveNoPurpose();
    void olderVersionIsNotReadWithoutMigration();
    void failedMigrationLeavesTheFileAsItWas();
    void migrationsCountUpByOne();
    void busyFileSaysSo();

private:
    std::string pathOf(const char* name) const
    {
        return m_folder->filePath(QString::fromLatin1(name)).toStdString();
    }
    QByteArray bytesOf(const std::string& path) const
    {
        QFile file(QString::fromStdString(path));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

/// Runs in a child process; returns its exit status, or −signal.
int inChild(const std::function<int()>& body)
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(body());
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::string openError(const std::string& path, OpenMode mode)
{
    const auto workspace = Workspace::open(path, mode);
    return workspace ? std::string("opened") : workspace.error().code;
}

std::unique_ptr<sqlite::Database> rawDatabase(const std::string& path)
{
    sqlite::OpenOptions options;
    options.create = true;
    return std::move(*sqlite::Database::open(path, options));
}

/// A file as version 1 wrote it, with a policy, a dataset and a trace.
void makeVersion1(const std::string& path)
{
    const auto database = rawDatabase(path);
    const std::string rows = "INSERT INTO policies VALUES('h1', '{}');"
                             "INSERT INTO policy_versions VALUES('Harbor', 1, 'h1', 'ann', 'first', 5);"
                             "INSERT INTO datasets VALUES(1, 'set', 'file', 5);"
                             "INSERT INTO inputs VALUES(1, 'ih', 'Where is it?', NULL, NULL, NULL);"
                             "INSERT INTO prompts VALUES(1, 0, 'p', 1, '', '', 0, NULL, '');"
                             "INSERT INTO contexts VALUES(1, 'policy', 'set', 'Harbor', 'h1', '', '');"
                             "INSERT INTO reason_sets VALUES(1, 'router.scoring');"
                             "INSERT INTO traces VALUES(1, 'TRACE', 1, 'p', 1, 7, 'T0', 'scoring', NULL, '', "
                             "0, 0, NULL, 'answered', 'T0', 'm', "
                             "1, 0, 0, 1.5, NULL, NULL, '', NULL, 1, 0, 0, 0, 'Here.');";
    const Result<> made =
        database->execute(std::string(schema_sql::kVersion1) + rows + "PRAGMA application_id = " +
                          std::to_string(kWorkspaceApplicationId) + "; PRAGMA user_version = 1;");
    QVERIFY2(made, made ? "" : made.error().message.c_str());
}

constexpr int kCannotMount = 77;

/// Fills the place where the workspace is, makes room, and goes on. 0, or the number of what went wrong.
int fillAndRecover(const std::string& path, const std::function<void()>& fill,
                   const std::function<void()>& makeRoom)
{
    auto workspace = Workspace::open(path, OpenMode::OpenOrCreate);
    if (!workspace)
        return 2;
    fill();
    RandomTraces random(9);
    int kept = 0;
    Error error;
    for (int i = 0; i < 400 && error.code.empty(); ++i) {
        Trace trace = random.next();
        trace.answer = std::string(20'000, 'x');
        (*workspace)->record(std::make_shared<const Trace>(trace), [&](const Result<>& durable) {
            kept += durable ? 1 : 0;
            if (!durable && error.code.empty())
                error = durable.error();
        });
        if ((*workspace)->flush().has_value() != error.code.empty())
            return 3;
    }
    if (error.code != "workspace.disk_full" || error.message.find(path) == std::string::npos || kept == 0)
        return 4;
    const Result<int> imported = (*workspace)->importDocuments({{"d", "t", std::string(2'000'000, 'y')}});
    if (imported || imported.error().code != "workspace.disk_full")
        return 5;
    // There is room again: the next trace is kept, and nothing of the lost ones is there by halves.
    makeRoom();
    bool last = false;
    (*workspace)->record(std::make_shared<const Trace>(random.next()), [&](const Result<>& durable) {
        last = durable.has_value();
    });
    if (!(*workspace)->flush() || !last)
        return 6;
    const auto reader = (*workspace)->reader();
    if (*(*reader)->traceCount({}) != kept + 1 || !(*reader)->documents()->empty())
        return 7;
    const auto problems = (*reader)->check();
    return problems && problems->empty() ? 0 : 8;
}

int fillToFileLimit(const std::string& path)
{
    ::signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const auto setLimit = [hard = limit.rlim_max](rlim_t soft) {
        const struct rlimit now = {soft, hard};
        ::setrlimit(RLIMIT_FSIZE, &now);
    };
    return fillAndRecover(path, [&] { setLimit(1 << 20); }, [&] { setLimit(limit.rlim_cur); });
}

/// In a mount namespace of its own, which ends with the process.
int fillSmallDisk(const std::string& folder)
{
    const int spaces = ::geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER;
    if (::unshare(spaces) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=1m") != 0)
        return kCannotMount;
    const auto makeRoom = [&] { ::mount("tmpfs", folder.c_str(), "tmpfs", MS_REMOUNT, "size=32m"); };
    return fillAndRecover(folder + "/w.signalbox", [] {}, makeRoom);
}

} // namespace

void WorkspaceFilesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void WorkspaceFilesTest::killedWriterLosesNothingThatWasDurable()
{
    const std::string path = pathOf("killed.signalbox");
    for (int round = 0; round < 5; ++round) {
        int ends[2] = {-1, -1};
        QCOMPARE(::pipe(ends), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            auto workspace = Workspace::open(path, OpenMode::OpenOrCreate);
            if (!workspace)
                ::_exit(1);
            RandomTraces random(static_cast<std::uint64_t>(round) + 100);
            for (;;) {
                const auto trace = std::make_shared<const Trace>(random.next());
                (*workspace)->record(trace, [fd = ends[1], id = trace->id](const Result<>& durable) {
                    if (durable && ::write(fd, id.data(), 26) != 26)
                        ::_exit(2);
                });
                while ((*workspace)->writesQueued() > 500)
                    ::usleep(100);
            }
        }
        ::close(ends[1]);
        // Kills it in the middle: after some hundred traces, at no particular place.
        std::string said;
        char buffer[4096];
        const std::size_t enough = 26 * (200 + 137 * static_cast<std::size_t>(round));
        bool killed = false;
        for (ssize_t n = 0; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
            said.append(buffer, static_cast<std::size_t>(n));
            if (!killed && said.size() >= enough) {
                ::kill(child, SIGKILL);
                killed = true;
            }
        }
        ::close(ends[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(killed && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);

        const auto workspace = Workspace::open(path, OpenMode::ReadWrite);
        QVERIFY(workspace);
        const auto reader = std::move(*(*workspace)->reader());
        const auto rows = reader->traceRows({});
        QVERIFY(rows);
        std::set<std::string> kept;
        for (const TraceRow& row : *rows)
            kept.insert(row.id);
        for (std::size_t at = 0; at + 26 <= said.size(); at += 26)
            QVERIFY(kept.contains(said.substr(at, 26)));
        const auto problems = reader->check();
        QVERIFY2(problems && problems->empty(), "the file is not whole");
    }
}

void WorkspaceFilesTest::closingWritesWhatIsQueued()
{
    const std::string path = pathOf("closing.signalbox");
    std::atomic<int> durable = 0;
    {
        const auto workspace = Workspace::open(path, OpenMode::OpenOrCreate);
        RandomTraces random(5);
        for (int i = 0; i < 500; ++i)
            (*workspace)->record(std::make_shared<const Trace>(random.next()), [&](const Result<>& kept) {
                durable += kept ? 1 : 0;
            });
    }
    QCOMPARE(durable.load(), 500);
    const auto workspace = Workspace::open(path, OpenMode::ReadOnly);
    QCOMPARE(*(*(*workspace)->reader())->traceCount({}), 500);
}

void WorkspaceFilesTest::fullDiskIsSaidAndPasses_data()
{
    QTest::addColumn<bool>("mount");
    QTest::newRow("a disk of 1 MiB") << true;
    QTest::newRow("a limit on the size of files") << false;
}

void WorkspaceFilesTest::fullDiskIsSaidAndPasses()
{
    QFETCH(bool, mount);
    const std::string folder = m_folder->path().toStdString();
    const int outcome =
        inChild([&] { return mount ? fillSmallDisk(folder) : fillToFileLimit(folder + "/w.signalbox"); });
    if (outcome == kCannotMount)
        QSKIP("this user may not mount a small disk");
    QCOMPARE(outcome, 0);
}

void WorkspaceFilesTest::fullDiskLeavesNoEmptyFile()
{
    for (const rlim_t bytes : {0, 1000, 5000, 20'000}) {
        const std::string path = pathOf("none.signalbox");
        const int outcome = inChild([&] {
            std::signal(SIGXFSZ, SIG_IGN);
            const struct rlimit limit = {bytes, bytes};
            if (::setrlimit(RLIMIT_FSIZE, &limit) != 0)
                return 2;
            return openError(path, OpenMode::OpenOrCreate) == "workspace.disk_full" ? 0 : 3;
        });
        QCOMPARE(outcome, 0);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList());
    }
    // A file that was there is left there, empty as it is.
    const std::string mine = pathOf("mine");
    QVERIFY(QFile(QString::fromStdString(mine)).open(QFile::WriteOnly));
    const int outcome = inChild([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const struct rlimit limit = {0, 0};
        return ::setrlimit(RLIMIT_FSIZE, &limit) == 0 && openError(mine, OpenMode::OpenOrCreate) != "opened"
                   ? 0
                   : 2;
    });
    QCOMPARE(outcome, 0);
    QVERIFY(QFile::exists(QString::fromStdString(mine)));
}

void WorkspaceFilesTest::readOnlyFolder()
{
    const std::string path = pathOf("locked.signalbox");
    {
        const auto workspace = Workspace::open(path, OpenMode::OpenOrCreate);
        QVERIFY((*workspace)->setMeta("a", "b"));
    }
    QVERIFY(::chmod(path.c_str(), 0444) == 0);
    QVERIFY(::chmod(m_folder->path().toLocal8Bit().constData(), 0555) == 0);
    const int outcome = inChild([&] {
        // Permissions do not hold root back.
        if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0))
            return 2;
        if (openError(path, OpenMode::ReadWrite) != "workspace.read_only")
            return 3;
        if (openError(path + "-new", OpenMode::OpenOrCreate) != "workspace.read_only")
            return 4;
        const auto workspace = Workspace::open(path, OpenMode::ReadOnly);
        if (!workspace)
            return 5;
        const auto reader = (*workspace)->reader();
        return reader && *(*reader)->meta("a") == "b" ? 0 : 6;
    });
    QVERIFY(::chmod(m_folder->path().toLocal8Bit().constData(), 0755) == 0);
    QCOMPARE(outcome, 0);
}

void WorkspaceFilesTest::placesWhereNothingCanBe()
{
    QCOMPARE(openError(pathOf("no/such/folder/w.signalbox"), OpenMode::OpenOrCreate),
             std::string("workspace.not_found"));
    QCOMPARE(openError(m_folder->path().toStdString(), OpenMode::OpenOrCreate),
             std::string("workspace.not_a_workspace"));
    QCOMPARE(openError("/proc/w.signalbox", OpenMode::OpenOrCreate), std::string("workspace.read_only"));
    QCOMPARE(openError("/dev/null", OpenMode::OpenOrCreate), std::string("workspace.not_a_workspace"));
}

void WorkspaceFilesTest::missingFileIsOnlyCreatedWhenAsked()
{
    const std::string path = pathOf("missing.signalbox");
    QCOMPARE(openError(path, OpenMode::ReadOnly), std::string("workspace.not_found"));
    QCOMPARE(openError(path, OpenMode::ReadWrite), std::string("workspace.not_found"));
    QVERIFY(!QFile::exists(QString::fromStdString(path)));
    QCOMPARE(openError(path, OpenMode::OpenOrCreate), std::string("opened"));
    QCOMPARE(openError(path, OpenMode::ReadOnly), std::string("opened"));
}

void WorkspaceFilesTest::strangersAreLeftAlone_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("short text") << QByteArray("hello");
    QTest::newRow("long text") << QByteArray("line\n").repeated(5000);
    QTest::newRow("zeros") << QByteArray(8192, '\0');
    QTest::newRow("header and garbage") << QByteArray("SQLite format 3\0", 16) + QByteArray(4096, '\x7f');
    QTest::newRow("another program's database") << QByteArray();
}

void WorkspaceFilesTest::strangersAreLeftAlone()
{
    QFETCH(QByteArray, content);
    const std::string path = pathOf("stranger.db");
    if (content.isEmpty()) {
        QVERIFY(
            rawDatabase(path)->execute("CREATE TABLE notes(text TEXT); INSERT INTO notes VALUES('mine')"));
    } else {
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QFile::WriteOnly) && file.write(content) == content.size());
    }
    const QByteArray before = bytesOf(path);
    for (const OpenMode mode : {OpenMode::ReadOnly, OpenMode::ReadWrite, OpenMode::OpenOrCreate}) {
        const auto workspace = Workspace::open(path, mode);
        QVERIFY(!workspace);
        QVERIFY(workspace.error().code == "workspace.not_a_workspace" ||
                workspace.error().code == "workspace.corrupt");
        QVERIFY(workspace.error().message.find(path) != std::string::npos);
    }
    QCOMPARE(bytesOf(path), before);
}

void WorkspaceFilesTest::truncatedFileIsCalledDamaged()
{
    const std::string path = pathOf("cut.signalbox");
    {
        const auto workspace = Workspace::open(path, OpenMode::OpenOrCreate);
        RandomTraces random(3);
        for (int i = 0; i < 300; ++i)
            (*workspace)->record(std::make_shared<const Trace>(random.next()), {});
    }
    QFile file(QString::fromStdString(path));
    QVERIFY(file.resize(file.size() / 2 / 4096 * 4096));
    QCOMPARE(openError(path, OpenMode::ReadOnly), std::string("workspace.corrupt"));
    QCOMPARE(openError(path, OpenMode::ReadWrite), std::string("workspace.corrupt"));
}

void WorkspaceFilesTest::newerVersionIsRefusedUntouched()
{
    const std::string path = pathOf("newer.signalbox");
    QCOMPARE(openError(path, OpenMode::OpenOrCreate), std::string("opened"));
    QVERIFY(rawDatabase(path)->execute("PRAGMA user_version = 99; PRAGMA journal_mode = DELETE"));
    const QByteArray before = bytesOf(path);
    for (const OpenMode mode : {OpenMode::ReadOnly, OpenMode::ReadWrite, OpenMode::OpenOrCreate}) {
        const auto workspace = Workspace::open(path, mode);
        QVERIFY(!workspace);
        QCOMPARE(workspace.error().code, std::string("workspace.newer_version"));
        QVERIFY(workspace.error().message.find("99") != std::string::npos);
    }
    QCOMPARE(bytesOf(path), before);
}

void WorkspaceFilesTest::olderVersionIsMigratedWithABackup()
{
    const std::string path = pathOf("old.signalbox");
    makeVersion1(path);
    const auto workspace = Workspace::open(path, OpenMode::ReadWrite);
    QVERIFY2(workspace, workspace ? "" : workspace.error().message.c_str());
    const auto reader = std::move(*(*workspace)->reader());
    QCOMPARE(reader->trace("TRACE")->answer, std::string("Here."));
    QCOMPARE(reader->policyByReference("Harbor")->author, std::string("ann"));
    QCOMPARE(reader->prompts("set")->size(), std::size_t{1});
    QVERIFY(reader->check()->empty());
    RandomTraces random(4);
    const Trace trace = random.next();
    (*workspace)->record(std::make_shared<const Trace>(trace), {});
    QVERIFY((*workspace)->flush());
    QCOMPARE(textOf(*reader->trace(trace.id)), textOf(trace));

    const auto backup = rawDatabase(path + ".v1-backup");
    QCOMPARE(*backup->integer("PRAGMA user_version"), std::optional<std::int64_t>(1));
    QCOMPARE(*backup->integer("SELECT count(*) FROM traces"), std::optional<std::int64_t>(1));
    QCOMPARE(*rawDatabase(path)->integer("PRAGMA user_version"),
             std::optional<std::int64_t>(Workspace::currentVersion()));
}

void WorkspaceFilesTest::chargesOfVersion2HaveNoPurpose()
{
    const std::string path = pathOf("second.signalbox");
    makeVersion1(path);
    {
        const auto database = rawDatabase(path);
        QVERIFY(migrate(*database, workspaceMigrations().first(2)));
        QVERIFY(database->execute("INSERT INTO charges VALUES(1, 0, 'judge', 'm', 0, 5, NULL, NULL, NULL, "
                                  "'list', '2026-11-01', 7); UPDATE traces SET known_cost = 7, priced = 1"));
    }
    const auto workspace = Workspace::open(path, OpenMode::ReadWrite);
    QVERIFY2(workspace, workspace ? "" : workspace.error().message.c_str());
    const auto reader = std::move(*(*workspace)->reader());
    const Trace trace = *reader->trace("TRACE");
    QCOMPARE(trace.charges.size(), std::size_t{1});
    QCOMPARE(trace.charges[0].purpose, std::string());
    QCOMPARE(trace.charges[0].cost, std::optional<NanoUsd>(7));
    QVERIFY(reader->check()->empty());
    QVERIFY(QFile::exists(QString::fromStdString(path + ".v2-backup")));
}

void WorkspaceFilesTest::olderVersionIsNotReadWithoutMigration()
{
    const std::string path = pathOf("old.signalbox");
    makeVersion1(path);
    const QByteArray before = bytesOf(path);
    QCOMPARE(openError(path, OpenMode::ReadOnly), std::string("workspace.older_version"));
    QCOMPARE(bytesOf(path), before);
}

void WorkspaceFilesTest::failedMigrationLeavesTheFileAsItWas()
{
    const std::string path = pathOf("failing.signalbox");
    makeVersion1(path);
    const QByteArray before = bytesOf(path);
    const Migration broken[] = {
        {1, schema_sql::kVersion1},
        {2, "CREATE TABLE half(a); DELETE FROM traces; INSERT INTO nowhere VALUES(1)"}};
    const Migration orphaning[] = {{1, schema_sql::kVersion1}, {2, "DELETE FROM inputs"}};
    for (const std::span<const Migration> migrations :
         {std::span<const Migration>(broken), std::span<const Migration>(orphaning)}) {
        {
            const auto database = rawDatabase(path);
            const Result<> migrated = migrate(*database, migrations);
            QVERIFY(!migrated);
            QVERIFY(!database->inTransaction());
        }
        QCOMPARE(bytesOf(path), before);
    }
    // What stopped it is gone: the same file can be brought up to date.
    QCOMPARE(openError(path, OpenMode::ReadWrite), std::string("opened"));
}

void WorkspaceFilesTest::migrationsCountUpByOne()
{
    int version = 0;
    for (const Migration& migration : workspaceMigrations())
        QCOMPARE(migration.version, ++version);
    QVERIFY(version >= 2);
    QCOMPARE(Workspace::currentVersion(), version);
}

void WorkspaceFilesTest::busyFileSaysSo()
{
    const std::string path = pathOf("busy.signalbox");
    QCOMPARE(openError(path, OpenMode::OpenOrCreate), std::string("opened"));
    const auto other = rawDatabase(path);
    QVERIFY(other->execute("BEGIN IMMEDIATE"));
    // Reading goes on beside a writer.
    QCOMPARE(openError(path, OpenMode::ReadOnly), std::string("opened"));
    sqlite::OpenOptions impatient;
    impatient.busyTimeoutMs = 10;
    const auto mine = std::move(*sqlite::Database::open(path, impatient));
    const Result<> begun = mine->execute("BEGIN IMMEDIATE");
    QVERIFY(!begun);
    QCOMPARE(begun.error().code, std::string("workspace.busy"));
    QVERIFY(other->execute("ROLLBACK"));
    QVERIFY(mine->execute("BEGIN IMMEDIATE"));
}

QTEST_GUILESS_MAIN(WorkspaceFilesTest)
#include "tst_workspace_files.moc"
