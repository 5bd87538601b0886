// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/store.h"
#include "ui/theme/text.h"
#include "ui/theme/theme.h"
#include "ui/traces/trace_detail.h"
#include "ui/traces/trace_filters.h"
#include "ui/traces/trace_html.h"
#include "ui/traces/traces_model.h"
#include "workspace/workspace.h"

#include <QtTest>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTextDocument>

using namespace signalbox;

namespace {

constexpr int kTraces = 1050;

Trace makeTrace(int i)
{
    Trace trace;
    trace.id = "trace" + std::to_string(10'000 + i);
    trace.startedAtMs = 1'790'000'000'000 + i * 1000;
    trace.dataset = i % 2 ? "odd" : "even";
    trace.policyName = "Harbor";
    trace.policyHash = "hash";
    trace.inputHash = "input" + std::to_string(i);
    trace.messages = {{"user", "question number " + std::to_string(i)}};
    trace.router = "scoring";
    trace.route = "T0";
    trace.model = "m";
    trace.status = TraceStatus::Answered;
    trace.answer = "The answer is <b>" + std::to_string(i) + "</b>.";
    trace.latencyMs = 100 + i;
    trace.simulated = true;
    Hop first;
    first.tier = "T0";
    first.model = "m0";
    first.text = "draft";
    first.totalMs = 50;
    if (i % 10 == 0) { // escalated, unpriced and unjudged
        first.status = HopStatus::Escalated;
        first.reason = "gate.judge_below.grounding";
        first.trigger = "grounding";
        GateResult gate;
        gate.trigger = "grounding";
        gate.gate = "judge";
        gate.rubric = "grounding";
        gate.verdict = GateVerdict::Fired;
        gate.rawScore = 2.5;
        gate.threshold = 3.5;
        gate.of = 5;
        gate.reason = first.reason;
        gate.explanation = "not in the knowledge";
        first.gates = {gate};
        Hop second;
        second.index = 1;
        second.tier = "T1";
        second.model = "m1";
        second.status = HopStatus::Accepted;
        second.reason = "gate.all_passed";
        second.text = trace.answer;
        trace.hops = {first, second};
        trace.escalations = 1;
        trace.finalTier = "T1";
        trace.reasons = {"gate.judge_below.grounding", "gate.all_passed"};
        Charge unknown;
        unknown.model = "m1";
        unknown.hop = 1;
        trace.charges = {unknown};
    } else {
        first.status = HopStatus::Accepted;
        first.reason = "gate.all_passed";
        first.ttftMs = 20;
        trace.hops = {first};
        trace.finalTier = "T0";
        trace.reasons = {"gate.all_passed"};
        trace.quality = 0.5;
        trace.qualitySource = "judge:grounding@j";
        trace.ttftMs = 20;
        Charge charge;
        charge.model = "m0";
        charge.hop = 0;
        charge.tokens.input = 10;
        charge.tokens.output = 5;
        charge.priceSource = "list";
        charge.cost = 1000 * (i + 1);
        trace.charges = {charge};
    }
    return trace;
}

} // namespace

class TracesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void modelKeepsItsPromises();
    void rowsComeWhenLookedAt();
    void filtersNarrow();
    void ordersByCostAndTime();
    void unknownReadsUnknown();
    void detailTellsItAllAndEscapesIt();
    void copiesAsOneLineOfJson();
    void aStaleAnswerDropsItself();

private:
    void load(TracesModel& model, const TraceFilter& filter = {});
    QTemporaryDir m_dir;
    std::unique_ptr<Store> m_store;
};

void TracesTest::initTestCase()
{
    Theme::instance().apply(*qApp);
    auto workspace =
        Workspace::open(ss(m_dir.filePath(QStringLiteral("w.signalbox"))), OpenMode::OpenOrCreate);
    QVERIFY(workspace);
    for (int i = 0; i < kTraces; ++i)
        (*workspace)->record(std::make_shared<Trace>(makeTrace(i)), [](Result<> done) { QVERIFY(done); });
    QVERIFY((*workspace)->flush());
    m_store = std::make_unique<Store>();
    m_store->setWorkspace(std::move(*workspace));
}

void TracesTest::cleanupTestCase()
{
    m_store.reset();
}

void TracesTest::load(TracesModel& model, const TraceFilter& filter)
{
    QSignalSpy loaded(&model, &TracesModel::loaded);
    model.setFilter(filter);
    QTRY_VERIFY(loaded.count() > 0);
}

void TracesTest::modelKeepsItsPromises()
{
    TracesModel model(*m_store);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    load(model);
    QCOMPARE(model.rowCount(), kTraces);
    (void)model.data(model.index(700, 0));
    QTRY_VERIFY(!model.isLoading());
    TraceFilter none;
    none.text = "there is no such text";
    load(model, none);
    QCOMPARE(model.rowCount(), 0);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TracesTest::rowsComeWhenLookedAt()
{
    TracesModel model(*m_store);
    load(model);
    QVERIFY(model.row(0));
    QVERIFY(!model.row(750));
    QCOMPARE(model.data(model.index(750, TracesModel::Prompt)).toString(), QStringLiteral("…"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QTRY_VERIFY(changed.count() > 0);
    // Newest first: row 750 is the trace that was the 751st from the end.
    QCOMPARE(model.data(model.index(750, TracesModel::Prompt)).toString(),
             QStringLiteral("question number %1").arg(kTraces - 1 - 750));
    QVERIFY(!model.row(450)); // and no other page was read
    QCOMPARE(model.rowOf(qs(makeTrace(kTraces - 1 - 750).id)), 750);
}

void TracesTest::filtersNarrow()
{
    TraceFilters filters;
    QVERIFY(!filters.isNarrowed());
    filters.setDatasets({QStringLiteral("even"), QStringLiteral("odd")});
    filters.setTiers({QStringLiteral("T0"), QStringLiteral("T1")});
    QSignalSpy changed(&filters, &TraceFilters::changed);
    filters.findChild<QComboBox*>(QStringLiteral("traceEscalated"))->setCurrentIndex(1);
    QCOMPARE(changed.count(), 1);
    TracesModel model(*m_store);
    load(model, filters.filter());
    QCOMPARE(model.rowCount(), kTraces / 10);
    filters.setReason(QStringLiteral("gate.judge_below.grounding"));
    filters.findChild<QComboBox*>(QStringLiteral("traceDataset"))
        ->setCurrentIndex(2); // odd: none of them escalated
    load(model, filters.filter());
    QCOMPARE(model.rowCount(), 0);
    filters.clear();
    filters.findChild<QLineEdit*>(QStringLiteral("traceSearch"))->setText(QStringLiteral("NUMBER 77"));
    QVERIFY(filters.isNarrowed());
    load(model, filters.filter());
    QCOMPARE(model.rowCount(), 11); // 77 and 770…779
}

void TracesTest::ordersByCostAndTime()
{
    TracesModel model(*m_store);
    TraceFilter filter;
    filter.order = TraceFilter::Order::Costliest;
    load(model, filter);
    QCOMPARE(model.row(0)->knownCost, NanoUsd(1000) * kTraces);
    filter.order = TraceFilter::Order::Oldest;
    load(model, filter);
    QCOMPARE(model.data(model.index(0, TracesModel::Prompt)).toString(), QStringLiteral("question number 0"));
}

void TracesTest::unknownReadsUnknown()
{
    TracesModel model(*m_store);
    TraceFilter filter;
    filter.escalated = true;
    load(model, filter);
    const auto cell = [&](int column) { return model.data(model.index(0, column)).toString(); };
    QCOMPARE(cell(TracesModel::Cost), QStringLiteral("unknown"));
    QCOMPARE(cell(TracesModel::Quality), QStringLiteral("unknown"));
    QCOMPARE(cell(TracesModel::FirstToken), QStringLiteral("unknown"));
    QCOMPARE(cell(TracesModel::RouteTier), QStringLiteral("T0 → T1"));
    QCOMPARE(cell(TracesModel::Status), QStringLiteral("escalated"));
    QCOMPARE(cell(TracesModel::Source), QStringLiteral("Sandbox"));
    QVERIFY(model.data(model.index(0, TracesModel::Reasons), Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("judge scored below")));
}

void TracesTest::detailTellsItAllAndEscapesIt()
{
    QTextDocument document;
    document.setHtml(traceHtml(makeTrace(10), {QStringLiteral("T0"), QStringLiteral("T1")}));
    const QString text = document.toPlainText();
    for (const char* part :
         {"question number 10", "escalated", "accepted", "gate.judge_below.grounding", "2.5 of 5",
          "not in the knowledge", "The answer is <b>10</b>.", "draft", "unknown"})
        QVERIFY2(text.contains(QString::fromLatin1(part)), part);
    QVERIFY(!text.contains(QStringLiteral("$0.00 "))); // what is unknown is not free
    document.setHtml(decisionHtml(makeTrace(11), {QStringLiteral("T0")}));
    QVERIFY(document.toPlainText().contains(QStringLiteral("quality 0.50 by judge:grounding@j")));
    QVERIFY(document.toPlainText().contains(QStringLiteral("resolved: unknown")));
}

void TracesTest::copiesAsOneLineOfJson()
{
    TraceDetail detail;
    detail.setTrace(std::make_shared<Trace>(makeTrace(3)), {});
    detail.copyAsJson();
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(copied.startsWith(QLatin1Char('{')) && copied.endsWith(QLatin1Char('}')));
    QVERIFY(!copied.contains(QLatin1Char('\n')));
    QVERIFY(copied.contains(QStringLiteral("\"trace10003\"")));
    QSignalSpy chosen(&detail, &TraceDetail::resolvedChosen);
    QTest::mouseClick(detail.findChild<QWidget*>(QStringLiteral("traceNotResolved")), Qt::LeftButton);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][1].toBool(), false);
}

void TracesTest::aStaleAnswerDropsItself()
{
    TracesModel model(*m_store);
    TraceFilter first;
    first.dataset = "even";
    TraceFilter second;
    second.text = "number 1049";
    QSignalSpy loaded(&model, &TracesModel::loaded);
    model.setFilter(first); // asked, and overtaken before its answer comes
    model.setFilter(second);
    QTRY_VERIFY(m_store->isIdle());
    QCOMPARE(loaded.count(), 1);
    QCOMPARE(model.rowCount(), 1);
}

QTEST_MAIN(TracesTest)
#include "tst_traces.moc"
