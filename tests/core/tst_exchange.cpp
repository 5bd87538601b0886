// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"
#include "exchange/documents.h"
#include "exchange/policy_export.h"
#include "exchange/prompts.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

using namespace signalbox;

class ExchangeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsARowWithEverything();
    void readsWhatCameWithARequest();
    void readsConversations();
    void plainTextIsAPromptALine();
    void formatIsSeenByNameOrFirstCharacter();
    void bomAndCrlf();
    void malformedRowsAreListed_data();
    void malformedRowsAreListed();
    void goodRowsBesideBadOnesStay();
    void duplicateIdsNameBothLines();
    void survivesRandomBytes();
    void documents();
    void filesThatAreNotThere();
    void writesWholeOrNotAtAll();
    void fullDiskLeavesTheOldFile();
};

namespace {

std::string problemOf(const char* line)
{
    const PromptImport import = parsePrompts(line, "x.jsonl");
    return import.problems.size() == 1 && import.prompts.empty() ? import.problems.front().message
                                                                 : std::string();
}

} // namespace

void ExchangeTest::readsARowWithEverything()
{
    const PromptImport import = parsePrompts(
        R"({"id":"a","prompt":"Where is my \"order\"?","metadata":{"customer":"gold","age":3,"eu":true},)"
        R"("reference":"On its way","attachments":[{"kind":"image","name":"x.png"},{"kind":"log"}],)"
        R"("labels":{"intent":"orders.status","difficulty":2,"needs_retrieval":true,"team":"west"}})",
        "p.jsonl");
    QVERIFY(import.problems.empty());
    QCOMPARE(import.prompts.size(), std::size_t{1});
    const DatasetPrompt& prompt = import.prompts.front();
    QCOMPARE(prompt.request.id, std::string("a"));
    QVERIFY((prompt.request.messages == std::vector<Message>{{"user", "Where is my \"order\"?"}}));
    QVERIFY((prompt.request.metadata ==
             std::map<std::string, std::string>{{"customer", "gold"}, {"age", "3"}, {"eu", "true"}}));
    QVERIFY((prompt.request.attachments == std::vector<Attachment>{{"image", "x.png"}, {"log", ""}}));
    QCOMPARE(prompt.request.reference, std::string("On its way"));
    QCOMPARE(prompt.intent, std::string("orders.status"));
    QCOMPARE(prompt.difficulty, 2);
    QCOMPARE(prompt.needsRetrieval, std::optional(true));
    QCOMPARE(
        prompt.labelsJson,
        std::string(R"({"intent":"orders.status","difficulty":2,"needs_retrieval":true,"team":"west"})"));
}

void ExchangeTest::readsWhatCameWithARequest()
{
    const PromptImport import = parsePrompts(
        R"({"prompt":"hi","headers":{"X-Plan":"free"},"received_at":"2026-11-22T18:30:00.250+01:00",)"
        R"("tools":["lookup",{"type":"function","function":{"name":"refund"}},{"name":"close"}]})",
        "p.jsonl");
    QVERIFY(import.problems.empty());
    const Request& request = import.prompts.front().request;
    QVERIFY((request.headers == std::map<std::string, std::string>{{"x-plan", "free"}}));
    QVERIFY((request.tools == std::vector<std::string>{"lookup", "refund", "close"}));
    QCOMPARE(request.receivedAtMs, QDateTime::fromString(QStringLiteral("2026-11-22T17:30:00.250Z"), Qt::ISODateWithMs).toMSecsSinceEpoch());
    QVERIFY(problemOf(R"({"prompt":"hi","headers":{"Authorization":"Bearer x"}})").find("carries a key") != std::string::npos);
    QVERIFY(!problemOf(R"({"prompt":"hi","headers":{"a":"1","A":"2"}})").empty());
    QVERIFY(!problemOf(R"({"prompt":"hi","headers":["a"]})").empty());
    QVERIFY(!problemOf(R"({"prompt":"hi","tools":"lookup"})").empty());
    QVERIFY(!problemOf(R"({"prompt":"hi","tools":[{}]})").empty());
    for (const char* time : {"2026-11-22", "2026-02-30T00:00:00Z", "2026-11-22T25:00:00Z", "2026-11-22T18:30:00", "2026-11-22T18:30:00+1:00",
                             "2026-11-22T18:30:00.Z", "2026-11-22T18:30:00Zx"})
        QVERIFY2(!problemOf((R"({"prompt":"hi","received_at":")" + std::string(time) + "\"}").c_str()).empty(), time);
    QVERIFY(!problemOf(R"({"prompt":"hi","received_at":1700000000})").empty());
}

void ExchangeTest::readsConversations()
{
    const PromptImport import = parsePrompts(
        R"({"id":7,"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"Hi"},)"
        R"({"role":"assistant","content":"Hello"},{"role":"user","content":[{"type":"text","text":"What is this?"},)"
        R"({"type":"image_url","image_url":{"url":"data:"}}]}]})",
        "p.jsonl");
    QVERIFY(import.problems.empty());
    const Request& request = import.prompts.at(0).request;
    QCOMPARE(request.id, std::string("7"));
    QVERIFY((request.messages ==
             std::vector<Message>{
                 {"system", "Be kind."}, {"user", "Hi"}, {"assistant", "Hello"}, {"user", "What is this?"}}));
    QCOMPARE(request.attachments.size(), std::size_t{1});
    QCOMPARE(request.attachments[0].kind, std::string("image"));
}

void ExchangeTest::plainTextIsAPromptALine()
{
    const PromptImport import = parsePrompts("  How do I pay? \n\n\tWhere is it?\r\nlast", "prompts.txt");
    QVERIFY(import.problems.empty());
    QCOMPARE(import.prompts.size(), std::size_t{3});
    QCOMPARE(import.prompts[0].request.messages[0].content, std::string("How do I pay?"));
    QCOMPARE(import.prompts[1].request.id, std::string("line-3"));
    QCOMPARE(import.prompts[1].request.messages[0].content, std::string("Where is it?"));
    QCOMPARE(import.prompts[2].request.messages[0].content, std::string("last"));
    const PromptImport bad = parsePrompts("good\n\xff\xfe\nfine", "prompts.txt");
    QCOMPARE(bad.prompts.size(), std::size_t{2});
    QCOMPARE(bad.problems.size(), std::size_t{1});
    QCOMPARE(bad.problems[0].line, 2);
}

void ExchangeTest::formatIsSeenByNameOrFirstCharacter()
{
    QCOMPARE(parsePrompts("\n {\"prompt\":\"x\"}", "-").prompts.at(0).request.messages.at(0).content,
             std::string("x"));
    QCOMPARE(parsePrompts("not json", "F.JSONL").problems.size(), std::size_t{1});
    QCOMPARE(parsePrompts("not json", "f.txt").prompts.size(), std::size_t{1});
    QVERIFY(parsePrompts("", "f.jsonl").prompts.empty());
    QVERIFY(parsePrompts("", "f.jsonl").problems.empty());
}

void ExchangeTest::bomAndCrlf()
{
    const PromptImport import =
        parsePrompts("\xEF\xBB\xBF{\"prompt\":\"one\"}\r\n{\"prompt\":\"two\"}\r\n", "p.jsonl");
    QVERIFY(import.problems.empty());
    QCOMPARE(import.prompts.size(), std::size_t{2});
    QCOMPARE(import.prompts[1].request.id, std::string("line-2"));
}

void ExchangeTest::malformedRowsAreListed_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("cut off") << QByteArray(R"({"prompt":"x)") << QByteArray("not JSON");
    QTest::newRow("list") << QByteArray("[1,2]") << QByteArray("JSON array");
    QTest::newRow("no prompt") << QByteArray(R"({"id":"a"})") << QByteArray("neither");
    QTest::newRow("both") << QByteArray(R"({"prompt":"x","messages":[]})") << QByteArray("both");
    QTest::newRow("prompt type") << QByteArray(R"({"prompt":3})") << QByteArray("\"prompt\" must be text");
    QTest::newRow("prompt empty") << QByteArray(R"({"prompt":" "})") << QByteArray("empty");
    QTest::newRow("id type") << QByteArray(R"({"id":[],"prompt":"x"})") << QByteArray("\"id\"");
    QTest::newRow("id empty") << QByteArray(R"({"id":"","prompt":"x"})") << QByteArray("\"id\" is empty");
    QTest::newRow("role") << QByteArray(R"({"messages":[{"role":"boss","content":"x"}]})")
                          << QByteArray("boss");
    QTest::newRow("no user") << QByteArray(R"({"messages":[{"role":"system","content":"x"}]})")
                             << QByteArray("no text of the user");
    QTest::newRow("content") << QByteArray(R"({"messages":[{"role":"user","content":4}]})")
                             << QByteArray("content");
    QTest::newRow("metadata") << QByteArray(R"({"prompt":"x","metadata":{"a":{}}})") << QByteArray("\"a\"");
    QTest::newRow("attachments") << QByteArray(R"({"prompt":"x","attachments":["a"]})")
                                 << QByteArray("attachments");
    QTest::newRow("reference") << QByteArray(R"({"prompt":"x","reference":1})") << QByteArray("reference");
    QTest::newRow("difficulty") << QByteArray(R"({"prompt":"x","labels":{"difficulty":4}})")
                                << QByteArray("1, 2 or 3");
    QTest::newRow("intent") << QByteArray(R"({"prompt":"x","labels":{"intent":4}})") << QByteArray("intent");
    QTest::newRow("needs") << QByteArray(R"({"prompt":"x","labels":{"needs_retrieval":"yes"}})")
                           << QByteArray("true or false");
    QTest::newRow("utf-8") << QByteArray("{\"prompt\":\"\xff\"}") << QByteArray("UTF-8");
    QTest::newRow("huge number") << QByteArray(R"({"prompt":"x","metadata":{"n":1e999}})")
                                 << QByteArray("number");
    QTest::newRow("deep") << QByteArray("{\"prompt\":\"x\",\"labels\":{\"a\":") + QByteArray(100000, '[') +
                                 QByteArray(100000, ']') + "}}"
                          << QByteArray("deep");
}

void ExchangeTest::malformedRowsAreListed()
{
    QFETCH(QByteArray, row);
    QFETCH(QByteArray, says);
    const std::string problem = problemOf(row.constData());
    QVERIFY2(QByteArray::fromStdString(problem).contains(says), problem.c_str());
}

void ExchangeTest::goodRowsBesideBadOnesStay()
{
    const PromptImport import =
        parsePrompts("{\"prompt\":\"one\"}\nbroken\n{\"prompt\":\"three\"}\n", "p.jsonl");
    QCOMPARE(import.prompts.size(), std::size_t{2});
    QCOMPARE(import.problems.size(), std::size_t{1});
    QCOMPARE(import.problems[0].line, 2);
    QCOMPARE(import.prompts[1].request.id, std::string("line-3"));
}

void ExchangeTest::duplicateIdsNameBothLines()
{
    const PromptImport import =
        parsePrompts("{\"id\":\"a\",\"prompt\":\"one\"}\n\n{\"id\":\"a\",\"prompt\":\"two\"}\n", "p.jsonl");
    QCOMPARE(import.prompts.size(), std::size_t{1});
    QCOMPARE(import.problems.size(), std::size_t{1});
    QCOMPARE(import.problems[0].line, 3);
    QVERIFY(import.problems[0].message.find("line 1") != std::string::npos);
}

void ExchangeTest::survivesRandomBytes()
{
    Random random(20261122);
    const std::string seed =
        R"({"id":"a","messages":[{"role":"user","content":"x"}],"labels":{"difficulty":1}})";
    for (int round = 0; round < 2000; ++round) {
        std::string text = seed + "\n" + seed;
        for (std::uint64_t i = random.below(8); i > 0; --i)
            text[random.below(text.size())] = static_cast<char>(random.below(256));
        const PromptImport import = parsePrompts(text, "p.jsonl");
        // Every row is either taken or listed; a line end may have come or gone.
        QVERIFY(import.prompts.size() + import.problems.size() >= 1);
        for (const RowProblem& problem : import.problems)
            QVERIFY(problem.line >= 1 && !problem.message.empty());
    }
}

void ExchangeTest::documents()
{
    const DocumentImport import =
        parseDocuments("{\"id\":\"r\",\"title\":\"Refunds\",\"text\":\"Five days.\"}\r\n"
                       "{\"text\":\"No title\"}\n{\"id\":\"x\",\"title\":\"t\"}\n"
                       "{\"id\":\"r\",\"text\":\"again\"}\n{\"id\":\"y\",\"text\":\" \"}");
    QCOMPARE(import.documents.size(), std::size_t{2});
    QCOMPARE(import.documents[0].title, std::string("Refunds"));
    QCOMPARE(import.documents[1].id, std::string("line-2"));
    QCOMPARE(import.problems.size(), std::size_t{3});
    QCOMPARE(import.problems[0].line, 3);
    QCOMPARE(import.problems[1].line, 4);
    QCOMPARE(import.problems[2].line, 5);
}

void ExchangeTest::filesThatAreNotThere()
{
    QTemporaryDir folder;
    const std::string missing = folder.filePath(QStringLiteral("none.jsonl")).toStdString();
    QCOMPARE(readPromptsFile(missing).error().code, std::string("exchange.not_found"));
    QCOMPARE(readPromptsFile(folder.path().toStdString()).error().code, std::string("exchange.not_a_file"));
    QVERIFY(readPromptsFile(missing).error().message.find(missing) != std::string::npos);
    QCOMPARE(writeFileAtomically(folder.path().toStdString() + "/no/where", "x").error().code,
             std::string("exchange.not_found"));
    QCOMPARE(writeFileAtomically(folder.path().toStdString(), "x").error().code,
             std::string("exchange.not_a_file"));
}

void ExchangeTest::writesWholeOrNotAtAll()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.json"));
    QVERIFY(writeFileAtomically(path.toStdString(), "one"));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY(writeFileAtomically(path.toStdString(), std::string("two\0three", 9)));
    QFile file(path);
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("two\0three", 9));
    QCOMPARE(file.permissions() & QFile::ReadGroup, QFile::Permissions());
    // A link stays a link to the new content.
    const QString link = folder.filePath(QStringLiteral("link.json"));
    QVERIFY(QFile::link(path, link));
    QVERIFY(writeFileAtomically(link.toStdString(), "four"));
    QVERIFY(QFileInfo(link).isSymLink());
    QFile again(path);
    QVERIFY(again.open(QFile::ReadOnly));
    QCOMPARE(again.readAll(), QByteArray("four"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 2);
}

void ExchangeTest::fullDiskLeavesTheOldFile()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("a.json")).toStdString();
    QVERIFY(writeFileAtomically(path, "old"));
    // A child whose files may not grow beyond 4 KiB sees what a full disk would do.
    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const struct rlimit limit = {4096, 4096};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const Result<> written = writeFileAtomically(path, std::string(100000, 'x'));
        ::_exit(!written && written.error().code == "exchange.disk_full" ? 0 : 1);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("old"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
}

QTEST_GUILESS_MAIN(ExchangeTest)
#include "tst_exchange.moc"
