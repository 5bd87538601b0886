// SPDX-License-Identifier: GPL-3.0-or-later
// Versions of policies: the tree, tags and their history, what is kept of older files.

#include "base/sqlite.h"
#include "support/random_trace.h"
#include "workspace/author.h"
#include "workspace/schema.h"
#include "workspace/workspace.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <pwd.h>
#include <unistd.h>

#include <memory>

using namespace signalbox;
using signalbox::testing::RandomTraces;

namespace {

std::string policyText(const std::string& name, double threshold)
{
    return "{\"signalbox\": 1, \"name\": \"" + name +
           "\", \"priority\": \"cost\", \"slo\": {\"p95_latency_ms\": " + std::to_string(threshold) + "}}";
}

PolicyDocumentPtr policyOf(const std::string& name, double threshold)
{
    return readPolicy(policyText(name, threshold));
}

VersionSave from(int parent, const std::string& message = "m")
{
    VersionSave save;
    save.author = "ann";
    save.message = message;
    save.parent = parent;
    return save;
}

/// "3<1* 2<1 1", newest first: the version, its parent, and a star where it was restored.
std::string treeOf(WorkspaceReader& reader, const std::string& name)
{
    std::string out;
    const auto versions = reader.policyHistory(name);
    if (!versions)
        return versions.error().message;
    for (const PolicyVersion& version : *versions) {
        out += (out.empty() ? "" : " ") + std::to_string(version.version);
        if (version.parent > 0)
            out += "<" + (version.parentName == name ? std::string() : version.parentName + "@") +
                   std::to_string(version.parent);
        if (version.restoredFrom > 0)
            out += "*";
    }
    return out;
}

std::string tagsOf(WorkspaceReader& reader, const std::string& name, int version)
{
    std::string out;
    const auto versions = reader.policyHistory(name);
    for (const PolicyVersion& each : *versions) {
        for (const std::string& tag : each.tags) {
            if (each.version == version)
                out += (out.empty() ? "" : " ") + tag;
        }
    }
    return out;
}

} // namespace

class WorkspaceVersionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_workspace = std::move(*Workspace::open(path(), OpenMode::OpenOrCreate));
    }
    void cleanup() { m_workspace.reset(); }

    void versionsFormATree()
    {
        for (int i = 1; i <= 5; ++i)
            QCOMPARE(*m_workspace->savePolicy(*policyOf("Harbor", i), "ann", "m"), i);
        QCOMPARE(*m_workspace->restoreVersion("Harbor", 3, "bob", "Restored v3"), 6);
        QCOMPARE(*m_workspace->saveVersion(*policyOf("Harbor", 7), from(6)), 7);
        QCOMPARE(*m_workspace->saveVersion(*policyOf("Harbor", 8), from(2)), 8);
        const auto reader = std::move(*m_workspace->reader());
        QCOMPARE(treeOf(*reader, "Harbor"), std::string("8<2 7<6 6<3* 5<4 4<3 3<2 2<1 1"));
        QCOMPARE(reader->policyByReference("Harbor@6")->contentHash,
                 reader->policyByReference("Harbor@3")->contentHash);
        QCOMPARE(reader->policyByReference("Harbor@6")->author, std::string("bob"));
        QCOMPARE(reader->policyByReference("Harbor")->version, 8);
        QVERIFY(reader->check()->empty());
        QCOMPARE(m_workspace->saveVersion(*policyOf("Harbor", 9), from(12)).error().code,
                 std::string("workspace.no_such_policy"));
        QCOMPARE(m_workspace->restoreVersion("Harbor", 12, "ann", "").error().code,
                 std::string("workspace.no_such_policy"));
        QCOMPARE(*m_workspace->restoreVersion("Harbor", 8, "ann", ""), 8); // it stands already
    }

    void sameContentIsNoVersionUnlessAsked()
    {
        QCOMPARE(*m_workspace->savePolicy(*policyOf("Harbor", 1), "ann", "first"), 1);
        QCOMPARE(*m_workspace->savePolicy(*policyOf("Harbor", 2), "ann", "second"), 2);
        QCOMPARE(*m_workspace->saveVersion(*policyOf("Harbor", 1), from(1)), 1); // what was opened, unchanged
        QCOMPARE(*m_workspace->saveVersion(*policyOf("Harbor", 1), from(2)), 3);
        VersionSave save = from(3, "Approved by the team");
        save.evenIfSame = true;
        QCOMPARE(*m_workspace->saveVersion(*policyOf("Harbor", 1), save), 4);
        const auto reader = std::move(*m_workspace->reader());
        QCOMPARE(reader->policyByReference("Harbor@4")->message, std::string("Approved by the team"));
        QCOMPARE(treeOf(*reader, "Harbor"), std::string("4<3 3<2 2<1 1"));
    }

    void anotherLayoutOfTheContentIsKept()
    {
        const std::string plain = policyText("Harbor", 1);
        const std::string laidOut = canonicalPolicyText(plain).value();
        QCOMPARE(*m_workspace->savePolicy(*readPolicy(plain), "ann", ""), 1);
        VersionSave save = from(1);
        save.evenIfSame = true;
        QCOMPARE(*m_workspace->saveVersion(*readPolicy(laidOut), save), 2);
        const auto reader = std::move(*m_workspace->reader());
        QCOMPARE(reader->policyByReference("Harbor@1")->text, plain);
        QCOMPARE(reader->policyByReference("Harbor@2")->text, laidOut);
        QCOMPARE(reader->policyByReference("Harbor@1")->contentHash,
                 reader->policyByReference("Harbor@2")->contentHash);
    }

    void renamedPolicyRemembersWhereItCameFrom()
    {
        m_workspace->savePolicy(*policyOf("Harbor", 1), "ann", "");
        m_workspace->savePolicy(*policyOf("Harbor", 2), "ann", "");
        VersionSave save = from(2);
        save.parentName = "Harbor";
        QCOMPARE(*m_workspace->saveVersion(*policyOf("Quay", 2), save), 1);
        save.parentName.clear();
        save.parent = 1;
        QCOMPARE(*m_workspace->saveVersion(*policyOf("Quay", 3), save), 2);
        const auto reader = std::move(*m_workspace->reader());
        QCOMPARE(treeOf(*reader, "Quay"), std::string("2<1 1<Harbor@2"));
        QCOMPARE(reader->policyNames()->size(), std::size_t(2));
        QVERIFY(reader->check()->empty());
    }

    void tagsStandOnOneVersionAndRememberTheirWay()
    {
        for (int i = 1; i <= 3; ++i)
            m_workspace->savePolicy(*policyOf("Harbor", i), "ann", "");
        m_workspace->savePolicy(*policyOf("Quay", 1), "ann", "");
        const auto reader = std::move(*m_workspace->reader());
        QVERIFY(m_workspace->setTag("Harbor", "production", 1, "ann"));
        QVERIFY(m_workspace->setTag("Harbor", "candidate", 3, "ann"));
        QVERIFY(m_workspace->setTag("Quay", "production", 1, "eve"));
        QVERIFY(m_workspace->setTag("Harbor", "production", 3, "bob"));
        QVERIFY(m_workspace->setTag("Harbor", "production", 3, "bob")); // it is there: no move
        QCOMPARE(tagsOf(*reader, "Harbor", 3), std::string("candidate production"));
        QCOMPARE(tagsOf(*reader, "Harbor", 1), std::string());
        QCOMPARE(reader->policyByReference("Harbor@production")->version, 3);
        QCOMPARE(reader->policyByReference("Quay@production")->name, std::string("Quay"));
        QVERIFY(m_workspace->setTag("Harbor", "candidate", 0, "bob"));
        QCOMPARE(tagsOf(*reader, "Harbor", 3), std::string("production"));
        const Error gone = reader->policyByReference("Harbor@candidate").error();
        QCOMPARE(gone.code, std::string("workspace.no_such_policy"));
        QVERIFY2(gone.message.find("production (v3)") != std::string::npos, gone.message.c_str());

        std::string moves;
        const auto history = reader->tagMoves("Harbor");
        for (const TagMove& move : *history)
            moves += move.tag + " " + std::to_string(move.from) + ">" + std::to_string(move.to) + " " +
                     move.author + "; ";
        QCOMPARE(
            moves,
            std::string("candidate 3>0 bob; production 1>3 bob; candidate 0>3 ann; production 0>1 ann; "));
        QVERIFY(reader->check()->empty());
    }

    void badTagsAreRefused_data()
    {
        QTest::addColumn<QString>("tag");
        for (const char* tag : {"", "Production", "a b", "a@b", "12", "käse", "a_b"})
            QTest::newRow(*tag ? tag : "empty") << QString::fromUtf8(tag);
        QTest::newRow("long") << QString(65, QLatin1Char('a'));
    }
    void badTagsAreRefused()
    {
        QFETCH(QString, tag);
        m_workspace->savePolicy(*policyOf("Harbor", 1), "ann", "");
        QCOMPARE(m_workspace->setTag("Harbor", tag.toStdString(), 1, "ann").error().code,
                 std::string("workspace.bad_tag"));
        QCOMPARE(m_workspace->setTag("Harbor", "fine-1", 2, "ann").error().code,
                 std::string("workspace.no_such_policy"));
        QVERIFY((*m_workspace->reader())->tagMoves("Harbor")->empty());
    }

    void evidenceGoesByContent()
    {
        const PolicyDocumentPtr first = policyOf("Harbor", 1);
        m_workspace->savePolicy(*first, "ann", "");
        m_workspace->savePolicy(*policyOf("Harbor", 2), "ann", "");
        m_workspace->restoreVersion("Harbor", 1, "ann", "");
        RandomTraces random(11);
        for (int i = 0; i < 5; ++i) {
            Trace trace = random.next();
            trace.policyName = "Harbor";
            trace.policyHash = first->policy->contentHash;
            trace.dataset = i % 2 ? "a" : "b";
            m_workspace->record(std::make_shared<const Trace>(trace), {});
        }
        QVERIFY(m_workspace->flush());
        const auto versions = (*m_workspace->reader())->policyHistory("Harbor");
        QCOMPARE(versions->size(), std::size_t(3));
        QCOMPARE((*versions)[0].traces, 5);
        QCOMPARE((*versions)[1].traces, 0);
        QCOMPARE((*versions)[2].traces, 5);
        QVERIFY((*versions)[0].text.empty());
    }

    /// Not even by somebody who writes to the file with another program.
    void nothingIsOverwritten()
    {
        m_workspace->savePolicy(*policyOf("Harbor", 1), "ann", "");
        m_workspace->setTag("Harbor", "production", 1, "ann");
        sqlite::OpenOptions options;
        const auto file = std::move(*sqlite::Database::open(path(), options));
        for (const char* sql : {"UPDATE policies SET text = ''", "UPDATE policy_versions SET message = 'x'",
                                "DELETE FROM policy_versions", "UPDATE policy_tags SET author = 'x'",
                                "DELETE FROM policy_tags"})
            QVERIFY2(!file->execute(sql), sql);
    }

    void version3BecomesATree()
    {
        const std::string old = m_folder->filePath(QStringLiteral("old.signalbox")).toStdString();
        {
            sqlite::OpenOptions options;
            options.create = true;
            const auto file = std::move(*sqlite::Database::open(old, options));
            QVERIFY(migrate(*file, workspaceMigrations().first(3)));
            const Result<> filled = file->execute(
                "INSERT INTO policies VALUES('h1', '{\"name\": \"Harbor\"}'), ('h2', '{\"name\":  "
                "\"Harbor\"}');"
                "INSERT INTO policy_versions VALUES('Harbor', 1, 'h1', 'ann', 'first', 1000),"
                "('Harbor', 2, 'h2', 'bob', 'second', 2000), ('Harbor', 3, 'h1', 'ann', 'back', 3000),"
                "('Quay', 1, 'h2', 'eve', '', 4000)");
            QVERIFY2(filled, filled ? "" : filled.error().message.c_str());
        }
        const auto workspace = Workspace::open(old, OpenMode::ReadWrite);
        QVERIFY2(workspace, workspace ? "" : workspace.error().message.c_str());
        QVERIFY(QFile::exists(QString::fromStdString(old + ".v3-backup")));
        const auto reader = std::move(*(*workspace)->reader());
        QCOMPARE(treeOf(*reader, "Harbor"), std::string("3<2 2<1 1"));
        QCOMPARE(treeOf(*reader, "Quay"), std::string("1"));
        QCOMPARE(reader->policyByReference("Harbor@2")->text, std::string("{\"name\":  \"Harbor\"}"));
        QCOMPARE(reader->policyByReference("Harbor@2")->message, std::string("second"));
        QCOMPARE(*(*workspace)->saveVersion(*policyOf("Harbor", 1), from(1)), 4);
        QVERIFY((*workspace)->setTag("Harbor", "production", 2, "ann"));
        QCOMPARE(reader->policyByReference("Harbor@production")->author, std::string("bob"));
        QCOMPARE(treeOf(*reader, "Harbor"), std::string("4<1 3<2 2<1 1"));
        QVERIFY(reader->check()->empty());
    }

    void authorComesFromTheEnvironment()
    {
        qputenv("USER", "user");
        qunsetenv("GIT_AUTHOR_NAME");
        qunsetenv("SIGNALBOX_AUTHOR");
        QCOMPARE(authorFromEnvironment(), std::string("user"));
        qputenv("GIT_AUTHOR_NAME", "Ann of Git");
        QCOMPARE(authorFromEnvironment(), std::string("Ann of Git"));
        qputenv("SIGNALBOX_AUTHOR", "Ann");
        QCOMPARE(authorFromEnvironment(), std::string("Ann"));
        for (const char* name : {"USER", "GIT_AUTHOR_NAME", "SIGNALBOX_AUTHOR"})
            qputenv(name, "");
        const passwd* account = getpwuid(geteuid());
        QCOMPARE(authorFromEnvironment(), std::string(account ? account->pw_name : "unknown"));
    }

private:
    std::string path() const { return m_folder->filePath(QStringLiteral("w.signalbox")).toStdString(); }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
};

QTEST_GUILESS_MAIN(WorkspaceVersionsTest)
#include "tst_workspace_versions.moc"
