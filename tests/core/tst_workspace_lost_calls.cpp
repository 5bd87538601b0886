// SPDX-License-Identifier: GPL-3.0-or-later
// Calls whose process was killed before it could record them: each is charged once, whoever goes on with its run, and
// counts for the hours of budgets meanwhile.
#include "base/clock.h"
#include "base/ids.h"
#include "workspace/spending_watch.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <functional>

using namespace signalbox;

class WorkspaceLostCallsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void oneOfManyTakesACallOver();
    void whatAKilledProcessHasClaimedIsFree();
    void aTraceThatIsThereIsCharged();
    void othersRunsAreLeftAlone();
    void theyCountForTheHourWithTheirEstimate();
    void othersSpendingIsTold();
    void theJournalOutlivesAFullDisk();
    void aRewrittenJournalIsFound();

private:
    std::unique_ptr<Workspace> open() const
    {
        auto workspace = Workspace::open(m_path, OpenMode::OpenOrCreate);
        return workspace ? std::move(*workspace) : nullptr;
    }
    void killedAfter(const std::function<bool(Workspace&)>& work) const;
    int lostCalls(const Workspace& workspace) const
    {
        const auto calls = (*workspace.reader())->lostCalls();
        return calls ? static_cast<int>(calls->size()) : -1;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

namespace {

constexpr std::int64_t kHourMs = 3'600'000;

RunOutline outlineOf(const std::string& promptId)
{
    RunOutline run;
    run.traceId = newId();
    run.startedAtMs = wallClockMs();
    run.dataset = "set";
    run.promptId = promptId;
    run.policyHash = "hash";
    run.policyName = "Policy";
    run.inputHash = promptId;
    return run;
}

Charge callOf(const RunOutline& run, std::optional<NanoUsd> estimate = std::nullopt)
{
    Charge call;
    call.kind = ChargeKind::Lost;
    call.model = "m";
    call.purpose = "model";
    call.priceSource = "list";
    call.priceAsOf = "2026-11-01";
    call.requestId = run.traceId + ".0.0";
    call.estimate = estimate;
    return call;
}

/// A call for the prompt goes out, and nobody hears of it again.
bool ask(Workspace& workspace, const std::string& promptId, std::optional<NanoUsd> estimate = std::nullopt)
{
    const RunOutline run = outlineOf(promptId);
    workspace.callBegins(run, "T0", callOf(run, estimate));
    return true;
}

Trace traceOf(const std::string& promptId, std::vector<Charge> charges)
{
    Trace trace;
    trace.id = newId();
    trace.dataset = "set";
    trace.promptId = promptId;
    trace.startedAtMs = wallClockMs();
    trace.policyHash = "hash";
    trace.policyName = "Policy";
    trace.inputHash = promptId;
    trace.messages = {{"user", promptId}};
    trace.status = TraceStatus::Answered;
    trace.reasons = {"router.fixed"};
    trace.charges = std::move(charges);
    return trace;
}

Charge paid(NanoUsd cost)
{
    Charge charge;
    charge.tokens.input = 10;
    charge.priceSource = "list";
    charge.cost = cost;
    return charge;
}

bool record(Workspace& workspace, const Trace& trace)
{
    workspace.record(std::make_shared<const Trace>(trace), {});
    return workspace.flush().has_value();
}

/// −1 when it fails.
int claimed(Workspace& workspace, const std::set<std::string>& left)
{
    const auto taken = workspace.takeOverLostCalls(outlineOf(""), left);
    return taken ? taken->claimed : -1;
}

NanoUsd sumOf(const std::vector<SpentEarlier>& spent)
{
    NanoUsd all = 0;
    for (const SpentEarlier& one : spent)
        all += one.cost;
    return all;
}

} // namespace

void WorkspaceLostCallsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("w.signalbox")).toStdString();
}

/// In a process of its own, which ends without any goodbye.
void WorkspaceLostCallsTest::killedAfter(const std::function<bool(Workspace&)>& work) const
{
    const pid_t child = ::fork();
    if (child == 0) {
        auto workspace = Workspace::open(m_path, OpenMode::OpenOrCreate);
        ::_exit(workspace && work(**workspace) ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
}

void WorkspaceLostCallsTest::oneOfManyTakesACallOver()
{
    killedAfter([](Workspace& w) { return ask(w, "p1") && ask(w, "p2") && ask(w, "p3"); });
    auto first = open();
    const auto second = open();
    QCOMPARE(lostCalls(*second), 3);
    QCOMPARE(claimed(*first, {"p1", "p2", "p3"}), 3);
    QCOMPARE(claimed(*second, {"p1", "p2", "p3"}), 0);
    // What it did not come to is free again when it ends; what it did is not.
    const auto again = first->takeOverLostCalls(outlineOf(""), {"p1", "p2", "p3"});
    QVERIFY(again);
    QVERIFY(record(*first, traceOf("p1", again->byPrompt.at("p1"))));
    first.reset();
    QCOMPARE(claimed(*second, {"p1", "p2", "p3"}), 2);
    QCOMPARE(lostCalls(*second), 2);
    QVERIFY((*second->reader())->check()->empty());
}

void WorkspaceLostCallsTest::whatAKilledProcessHasClaimedIsFree()
{
    killedAfter([](Workspace& w) { return ask(w, "p1") && ask(w, "p2"); });
    killedAfter([](Workspace& w) { return claimed(w, {"p1", "p2"}) == 2 && ask(w, "p2"); });
    // The journal of one that was killed appears while another runs.
    const QStringList left =
        QDir(m_folder->path()).entryList({QStringLiteral("w.signalbox-calls-*")});
    QCOMPARE(left.size(), 1);
    const QString journal = m_folder->filePath(left.front());
    const QString aside = m_folder->filePath(QStringLiteral("aside"));
    QVERIFY(QFile::rename(journal, aside));
    const auto before = open();
    QVERIFY(QFile::rename(aside, journal));
    QCOMPARE(claimed(*before, {"p1", "p2"}), 3);
    QCOMPARE(claimed(*open(), {"p1", "p2"}), 0);
}

void WorkspaceLostCallsTest::aTraceThatIsThereIsCharged()
{
    killedAfter([](Workspace& w) {
        const RunOutline run = outlineOf("p1");
        const Charge call = callOf(run, 5000);
        w.callBegins(run, "T0", call);
        Charge ended = call;
        ended.tokens.input = 10;
        ended.cost = 300;
        w.callEnded(run.traceId, call.requestId, &ended);
        return ask(w, "p1", 700) && ask(w, "p2");
    });
    const auto workspace = open();
    const Trace earlier = traceOf("p1", {paid(50)});
    Trace newest = traceOf("p1", {paid(1000)});
    QVERIFY(record(*workspace, earlier));
    QVERIFY(record(*workspace, newest));
    const auto taken = workspace->takeOverLostCalls(outlineOf(""), {});
    QVERIFY(taken);
    QCOMPARE(taken->charged, 2);
    QCOMPARE(taken->claimed, 0);
    QCOMPARE(lostCalls(*workspace), 1); // nobody has asked for p2 again
    const auto reader = std::move(*workspace->reader());
    const auto trace = reader->trace(newest.id);
    QVERIFY(trace);
    QCOMPARE(trace->charges.size(), std::size_t{3});
    const CostSum cost = trace->cost();
    QCOMPARE(cost.known, NanoUsd{1300});
    QCOMPARE(cost.unknownParts, 1); // an estimate is for the hour alone
    for (std::size_t i = 1; i < 3; ++i) {
        QCOMPARE(trace->charges[i].kind, ChargeKind::Lost);
        QVERIFY(!trace->charges[i].estimate);
    }
    QCOMPARE(reader->trace(earlier.id)->charges.size(), std::size_t{1});
    const auto problems = reader->check();
    QVERIFY2(problems->empty(), problems->empty() ? "" : problems->front().message.c_str());
    QCOMPARE(workspace->takeOverLostCalls(outlineOf(""), {})->charged, 0);
}

void WorkspaceLostCallsTest::othersRunsAreLeftAlone()
{
    killedAfter([](Workspace& w) { return ask(w, "p1"); });
    const auto workspace = open();
    RunOutline other = outlineOf("");
    other.policyHash = "another";
    QCOMPARE(workspace->takeOverLostCalls(other, {"p1"})->claimed, 0);
    other = outlineOf("");
    other.dataset = "another";
    QCOMPARE(workspace->takeOverLostCalls(other, {"p1"})->claimed, 0);
    other = outlineOf("");
    other.mode = TraceMode::AllTiers;
    QCOMPARE(workspace->takeOverLostCalls(other, {"p1"})->claimed, 0);
    QCOMPARE(claimed(*workspace, {"p1"}), 1);
}

void WorkspaceLostCallsTest::theyCountForTheHourWithTheirEstimate()
{
    killedAfter([](Workspace& w) {
        const RunOutline grown = outlineOf("p2");
        w.callBegins(grown, "T0", callOf(grown, 10));
        w.callGrows(grown.traceId, grown.traceId + ".0.0", 900);
        return ask(w, "p1", 700) && ask(w, "p3"); // what nobody can tell counts for nothing
    });
    const auto workspace = open();
    const auto reader = std::move(*workspace->reader());
    const std::int64_t since = wallClockMs() - kHourMs;
    QCOMPARE(sumOf(*reader->spentSince(since)), NanoUsd{1600});
    QCOMPARE(sumOf(*reader->spentSince(wallClockMs() + kHourMs)), NanoUsd{0});
    // A trace that takes one over makes it no second sum.
    const auto taken = workspace->takeOverLostCalls(outlineOf(""), {"p1", "p2", "p3"});
    QVERIFY(taken);
    QVERIFY(!taken->byPrompt.at("p1").front().estimate);
    QVERIFY(record(*workspace, traceOf("p1", taken->byPrompt.at("p1"))));
    QCOMPARE(sumOf(*reader->spentSince(since)), NanoUsd{1600});
}

void WorkspaceLostCallsTest::othersSpendingIsTold()
{
    killedAfter([](Workspace& w) { return ask(w, "p1", 700) && record(w, traceOf("p0", {paid(20)})); });
    const auto mine = open();
    const auto theirs = open();
    std::atomic<NanoUsd> told = 0;
    const auto watch = SpendingWatch::start(
        *mine, [&](const std::vector<SpentEarlier>& spent) { told += sumOf(spent); }, 2);
    QVERIFY(watch);
    QCOMPARE(told.load(), NanoUsd{720}); // of the hour, at once
    QVERIFY(record(*mine, traceOf("p2", {paid(5000)}))); // it knows of that by itself
    QVERIFY(record(*theirs, traceOf("p3", {paid(30)})));
    QTRY_COMPARE(told.load(), NanoUsd{750});
    QVERIFY(record(*theirs, traceOf("p4", {paid(4)})));
    QTRY_COMPARE(told.load(), NanoUsd{754}); // each once
    const auto taken = theirs->takeOverLostCalls(outlineOf(""), {"p1"});
    std::vector<Charge> charges = taken->byPrompt.at("p1");
    charges.push_back(paid(1));
    QVERIFY(record(*theirs, traceOf("p1", std::move(charges))));
    QTRY_COMPARE(told.load(), NanoUsd{755}); // the lost one had been told
}

void WorkspaceLostCallsTest::theJournalOutlivesAFullDisk()
{
    killedAfter([](Workspace& w) {
        ::signal(SIGXFSZ, SIG_IGN);
        struct rlimit limit = {};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        const struct rlimit full = {500, limit.rlim_max};
        ask(w, "p1");
        ::setrlimit(RLIMIT_FSIZE, &full);
        ask(w, "p2"); // comes only in part
        ask(w, "p3");
        const bool noticed = w.callsNotNoted() == 2;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        return ask(w, "p4") && noticed && w.callsNotNoted() == 2;
    });
    QCOMPARE(lostCalls(*open()), 4);
}

void WorkspaceLostCallsTest::aRewrittenJournalIsFound()
{
    killedAfter([](Workspace& w) {
        ask(w, "stays");
        for (int i = 0; i < 4000; ++i) { // more than is kept before the file is written anew
            const RunOutline run = outlineOf("p");
            w.callBegins(run, "T0", callOf(run));
            w.record(std::make_shared<const Trace>([&] {
                Trace trace = traceOf("p", {});
                trace.id = run.traceId;
                return trace;
            }()),
                     {});
        }
        return w.flush().has_value() && ask(w, "last");
    });
    const auto workspace = open();
    QCOMPARE(claimed(*workspace, {"stays", "last"}), 2);
    QCOMPARE(lostCalls(*workspace), 2);
    QCOMPARE(QDir(m_folder->path()).entryList({QStringLiteral("w.signalbox-calls-*")}).size(), 1); // its own
}

QTEST_GUILESS_MAIN(WorkspaceLostCallsTest)
#include "tst_workspace_lost_calls.moc"
