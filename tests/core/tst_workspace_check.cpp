// SPDX-License-Identifier: GPL-3.0-or-later
// check() finds every fault that is put into a whole workspace, and only that one.

#include "base/sqlite.h"
#include "support/random_trace.h"
#include "workspace/workspace.h"

#include <QTemporaryDir>
#include <QtTest>

#include <limits>

using namespace signalbox;
using signalbox::testing::RandomTraces;

class WorkspaceCheckTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheFault_data();
    void findsTheFault();
    void namesTheFirstAndCountsTheRest();
    void findsACallThatIsChargedTwice_data();
    void findsACallThatIsChargedTwice();
    void findsADamagedPage();
    void costsBeyondEveryPriceAreNoFault();
};

namespace {

Trace escalatedTrace(int number)
{
    Trace trace;
    trace.id = "TRACE-" + std::to_string(number);
    trace.promptId = "p";
    trace.inputHash = "i";
    trace.messages = {{"user", "Where is it?"}};
    trace.status = TraceStatus::Answered;
    trace.reasons = {"gate.judge_below.grounding"};
    trace.quality = 0.8;
    trace.qualitySource = "judge:grounding@judge-mini";
    trace.escalations = 1;
    trace.hops.resize(2);
    trace.hops[0].status = HopStatus::Escalated;
    trace.hops[0].reason = "gate.judge_below.grounding";
    trace.hops[0].trigger = "grounding";
    trace.hops[1].index = 1;
    trace.hops[1].status = HopStatus::Accepted;
    for (int hop = 0; hop < 2; ++hop) {
        Charge charge;
        charge.hop = hop;
        charge.tokens.input = 10;
        charge.priceSource = "list";
        charge.cost = 1000;
        trace.charges.push_back(charge);
    }
    Charge unknown;
    unknown.kind = ChargeKind::Judge;
    trace.charges.push_back(unknown);
    return trace;
}

std::unique_ptr<Workspace> workspaceWith(const std::string& path, int traces)
{
    auto workspace = std::move(*Workspace::open(path, OpenMode::OpenOrCreate));
    for (int i = 0; i < traces; ++i)
        workspace->record(std::make_shared<const Trace>(escalatedTrace(i)), {});
    return workspace->flush() ? std::move(workspace) : nullptr;
}

std::vector<CheckProblem> problemsOf(const Workspace& workspace)
{
    const auto reader = workspace.reader();
    const auto problems = (*reader)->check();
    return problems ? *problems : std::vector<CheckProblem>{{"failed", problems.error().message}};
}

} // namespace

void WorkspaceCheckTest::findsTheFault_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("none") << QByteArray("SELECT 1") << QByteArray();
    QTest::newRow("cost") << QByteArray("UPDATE charges SET cost = 1001 WHERE position = 0")
                          << QByteArray("check.cost_sum");
    QTest::newRow("cost lost") << QByteArray("UPDATE charges SET cost = NULL WHERE position = 0")
                               << QByteArray("check.cost_sum");
    QTest::newRow("charge lost") << QByteArray("DELETE FROM charges WHERE position = 2")
                                 << QByteArray("check.cost_sum");
    QTest::newRow("answered from the cache and by models")
        << QByteArray("INSERT INTO cache_hits SELECT seq, 'X', 1, 0, NULL, 0 FROM traces")
        << QByteArray("check.cache_hit");
    QTest::newRow("the cache holds what was not said")
        << QByteArray("INSERT INTO cached_answers SELECT seq, 0, 'p', 'q', NULL FROM traces WHERE answer = ''")
        << QByteArray("check.cached_answer");
    QTest::newRow("hop lost") << QByteArray("DELETE FROM hops WHERE position = 1")
                              << QByteArray("check.hop_count");
    QTest::newRow("reasons") << QByteArray("UPDATE reason_sets SET codes = ''")
                             << QByteArray("check.no_reason");
    QTest::newRow("trigger") << QByteArray("UPDATE hops SET trigger_id = ''")
                             << QByteArray("check.escalation_without_trigger");
    QTest::newRow("hop's reason") << QByteArray("UPDATE hops SET reason = ''")
                                  << QByteArray("check.escalation_without_reason");
    QTest::newRow("quality source") << QByteArray("UPDATE traces SET quality_source = ''")
                                    << QByteArray("check.quality_without_source");
    QTest::newRow("quality range") << QByteArray("UPDATE traces SET quality = 4.2")
                                   << QByteArray("check.quality_range");
    QTest::newRow("price source") << QByteArray("UPDATE charges SET price_source = ''")
                                  << QByteArray("check.cost_without_source");
    QTest::newRow("tokens") << QByteArray("UPDATE charges SET input_tokens = NULL")
                            << QByteArray("check.cost_without_tokens");
    QTest::newRow("foreign key") << QByteArray("DELETE FROM inputs") << QByteArray("check.foreign_key");
    QTest::newRow("unknown word") << QByteArray("UPDATE traces SET status = 'lost'")
                                  << QByteArray("check.unknown_word");
}

void WorkspaceCheckTest::findsTheFault()
{
    QFETCH(QByteArray, fault);
    QFETCH(QByteArray, code);
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("w.signalbox")).toStdString();
    const auto workspace = workspaceWith(path, 1);
    QVERIFY(workspace);
    QVERIFY((*sqlite::Database::open(path, {}))->execute(fault.toStdString()));
    const auto problems = problemsOf(*workspace);
    if (code.isEmpty()) {
        QVERIFY2(problems.empty(), problems.empty() ? "" : problems.front().message.c_str());
        return;
    }
    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(QByteArray::fromStdString(problems.front().code), code);
    if (code != "check.foreign_key")
        QVERIFY(problems.front().message.find("TRACE-0") != std::string::npos);
}

void WorkspaceCheckTest::namesTheFirstAndCountsTheRest()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("w.signalbox")).toStdString();
    const auto workspace = workspaceWith(path, 12);
    QVERIFY((*sqlite::Database::open(path, {}))->execute("UPDATE traces SET known_cost = known_cost + 1"));
    const auto problems = problemsOf(*workspace);
    QCOMPARE(problems.size(), std::size_t{1});
    QVERIFY(problems.front().message.find("and 7 more") != std::string::npos);
}

void WorkspaceCheckTest::findsACallThatIsChargedTwice_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<QByteArray>("traces");
    QTest::newRow("own ids look alike") << QByteArray("UPDATE charges SET request_id = '.0.0'") << QByteArray();
    QTest::newRow("taken over once") << QByteArray("UPDATE charges SET request_id = 'GONE.0.0' WHERE trace = 1")
                                     << QByteArray();
    QTest::newRow("taken over twice")
        << QByteArray("UPDATE charges SET request_id = 'GONE.0.0' WHERE position = 0")
        << QByteArray("TRACE-0, TRACE-1");
    QTest::newRow("taken over from a trace that is there")
        << QByteArray("UPDATE charges SET request_id = '.0.0' WHERE trace = 1; "
                      "UPDATE charges SET request_id = 'TRACE-0.0.0' WHERE trace = 2 AND position = 0")
        << QByteArray("TRACE-1");
}

void WorkspaceCheckTest::findsACallThatIsChargedTwice()
{
    QFETCH(QByteArray, fault);
    QFETCH(QByteArray, traces);
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("w.signalbox")).toStdString();
    const auto workspace = workspaceWith(path, 2);
    QVERIFY((*sqlite::Database::open(path, {}))->execute(fault.toStdString()));
    const auto problems = problemsOf(*workspace);
    QCOMPARE(problems.size(), traces.isEmpty() ? std::size_t{0} : std::size_t{1});
    if (traces.isEmpty())
        return;
    QCOMPARE(problems.front().code, std::string("check.charged_twice"));
    QVERIFY2(problems.front().message.ends_with(": " + traces.toStdString()), problems.front().message.c_str());
}

void WorkspaceCheckTest::findsADamagedPage()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("w.signalbox"));
    QVERIFY(workspaceWith(path.toStdString(), 200));
    QFile file(path);
    QVERIFY(file.open(QFile::ReadWrite));
    // The last page belongs to some table or index: what stands there is no page any more.
    QVERIFY(file.seek(file.size() - 4096) && file.write(QByteArray(4096, '\x5a')) == 4096);
    file.close();
    const auto workspace = Workspace::open(path.toStdString(), OpenMode::ReadOnly);
    QVERIFY(workspace);
    const auto problems = problemsOf(**workspace);
    QVERIFY(!problems.empty());
    QVERIFY2(problems.front().code == "check.integrity", problems.front().message.c_str());
}

void WorkspaceCheckTest::costsBeyondEveryPriceAreNoFault()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("w.signalbox")).toStdString();
    const auto workspace = workspaceWith(path, 2);
    Trace absurd = escalatedTrace(7);
    for (Charge& charge : absurd.charges) {
        charge.tokens.input = 1'000'000'000'000;
        charge.priceSource = "list";
        charge.cost = std::numeric_limits<NanoUsd>::max() - 5;
    }
    workspace->record(std::make_shared<const Trace>(absurd), {});
    QVERIFY(workspace->flush());
    auto problems = problemsOf(*workspace);
    QVERIFY2(problems.empty(), problems.empty() ? "" : problems.front().message.c_str());
    QVERIFY(
        (*sqlite::Database::open(path, {}))->execute("UPDATE traces SET unpriced = 0 WHERE id = 'TRACE-7'"));
    problems = problemsOf(*workspace);
    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(problems.front().message,
             std::string("the trace's cost is not the sum of its charges: TRACE-7"));
}

QTEST_GUILESS_MAIN(WorkspaceCheckTest)
#include "tst_workspace_check.moc"
