// SPDX-License-Identifier: GPL-3.0-or-later
// The Playground beyond one run: the fault lab, comparisons, replay, what went over the wire, and many
// streams at once. Real sessions, real sockets, driven by its controls.

#include "base/text.h"
#include "cascade/hop_request.h"
#include "providers/chat_preview.h"
#include "session_bench.h"
#include "ui/faults/fault_lab.h"
#include "ui/faults/fault_text.h"
#include "ui/faults/faults_model.h"
#include "ui/playground/compare_panel.h"
#include "ui/playground/lanes.h"
#include "ui/playground/playground_page.h"
#include "ui/playground/turns_editor.h"
#include "ui/shell/action_table.h"
#include "ui/shell/mode_page.h"
#include "ui/shell/status_row.h"

#include <QAbstractItemModelTester>
#include <QtTest>
#include <QtWidgets>

#include <ctime>
#include <set>

using namespace signalbox;
using namespace signalbox::testing;

namespace {

const std::string kFaulty = scenarioWith(
    "0", "1000",
    R"({"id": "hiccup", "title": "Overloaded once", "on": false, "kind": "status", "status": 503, "first": 1,
        "expect": {"outcome": "ok", "attempts": 2, "text": "whole", "usage": "known"}},
       {"id": "broken", "title": "Something that is no answer at all", "on": false, "kind": "garbage", "every": 1,
        "expect": {"outcome": "provider.garbage", "attempts": 1, "text": "none", "usage": "unknown", "retry": "elsewhere"}},
       {"id": "shut", "title": "The port is closed for a while", "on": false, "kind": "refuse", "for_ms": 50,
        "expect": {"outcome": "provider.refused", "attempts": 3, "text": "none", "usage": "unknown", "retry": "same_endpoint"}})");

struct Desk
{
    explicit Desk(const std::string& scenario, int prompts = 12) : bench(scenario, prompts)
    {
        page.reset(createPlaygroundPage(bench.session, nullptr));
        page->resize(1364, 800);
        page->registerActions(actions);
        page->show();
        page->setActive(true);
    }
    template <class T>
    T* find(const QString& name) const
    {
        return page->findChild<T*>(name);
    }
    template <class T>
    T* find(const char* name) const
    {
        T* found = find<T>(QString::fromLatin1(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }
    FaultLab* lab() const
    {
        page->reveal(QStringLiteral("faults"));
        auto* lab = page->window()->findChild<FaultLab*>();
        if (!lab || !QTest::qWaitFor(
                        [this] { return bench.session.faults().state() == SandboxFaults::State::Ready; }))
            qFatal("the lab does not open");
        return lab;
    }
    void type(const QString& text) const { find<QPlainTextEdit>("promptEdit")->setPlainText(text); }
    TracePtr run(const char* button = "sendButton")
    {
        QSignalSpy finished(&bench.session.runs(), &LiveRuns::runFinished);
        find<QPushButton>(button)->click();
        if (!QTest::qWaitFor([&] { return finished.count() == 1; }, 20000))
            qFatal("the run does not end");
        return finished.at(0).at(1).value<TracePtr>();
    }
    void trigger(const char* action) const
    {
        actions.action(QStringLiteral("playground.") + QLatin1String(action))->trigger();
    }

    mutable Bench bench;
    ActionTable actions;
    std::unique_ptr<ModePage> page;
};

void choose(QComboBox* box, const QString& text)
{
    const int index = box->findText(text, Qt::MatchStartsWith);
    if (index < 0)
        qFatal("no such choice: %s", qPrintable(text));
    box->setCurrentIndex(index);
}

template <class T>
T* in(QWidget* parent, const char* name)
{
    T* found = parent->findChild<T*>(QString::fromLatin1(name));
    if (!found)
        qFatal("there is no %s", name);
    return found;
}

double threadMs()
{
    timespec at{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return static_cast<double>(at.tv_sec) * 1e3 + static_cast<double>(at.tv_nsec) / 1e6;
}

QModelIndex rowWith(const QAbstractItemModel* model, const QString& id)
{
    for (int family = 0; family < model->rowCount(); ++family) {
        const QModelIndex parent = model->index(family, 0);
        for (int row = 0; row < model->rowCount(parent); ++row) {
            if (model->index(row, 0, parent).data(FaultsModel::IdRole).toString() == id)
                return model->index(row, 0, parent);
        }
    }
    return {};
}

} // namespace

class TestPlaygroundWays : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(*qApp); }

    void aFaultIsSwitchedOnForATierAndTheRunCopes()
    {
        Desk desk(kFaulty);
        StatusRow status(desk.bench.session, nullptr);
        FaultLab* lab = desk.lab();
        auto* tree = in<QTreeView>(lab, "faultTree");
        QTRY_VERIFY(rowWith(tree->model(), QStringLiteral("hiccup")).isValid());
        tree->setCurrentIndex(rowWith(tree->model(), QStringLiteral("hiccup")));
        QVERIFY(in<QLabel>(lab, "faultExpected")->text().contains(QStringLiteral("at try 2")));
        choose(in<QComboBox>(lab, "faultTarget"), QStringLiteral("T0"));
        QVERIFY(in<QWidget>(&status, "statusFaults")->isHidden());
        in<QPushButton>(lab, "faultSwitch")->click();
        QTRY_VERIFY(desk.find<QAbstractButton>(QStringLiteral("faultOff:hiccup")));
        QVERIFY(!in<QWidget>(&status, "statusFaults")->isHidden());
        QCOMPARE(in<QAbstractButton>(&status, "statusFaults")->text(), QStringLiteral("Fault: T0: hiccup"));

        desk.type(QStringLiteral("How do I reset my password?"));
        const TracePtr trace = desk.run();
        QCOMPARE(trace->hops.front().attempts.front().httpStatus, 503);
        QTRY_VERIFY(desk.find<QLabel>(QStringLiteral("faultVerdict:hiccup")));
        const QString verdict = desk.find<QLabel>("faultVerdict:hiccup")->text();
        QVERIFY2(verdict.startsWith(QStringLiteral("✓ answered at try 2")), qPrintable(verdict));
        const QModelIndex row = rowWith(tree->model(), QStringLiteral("hiccup"));
        QVERIFY(
            row.siblingAtColumn(FaultsModel::LastColumn).data().toString().startsWith(QStringLiteral("✓")));
        QVERIFY(
            row.siblingAtColumn(FaultsModel::StateColumn).data().toString().contains(QStringLiteral("T0")));

        in<QPushButton>(lab, "faultsAllOff")->click();
        QTRY_VERIFY(desk.bench.session.faults().switchedOn().empty());
        QVERIFY(in<QWidget>(&status, "statusFaults")->isHidden());
        QTRY_VERIFY(!in<QPushButton>(lab, "faultsAllOff")->isEnabled());
    }

    void aFaultGoesOffAfterSoManyRequests()
    {
        Desk desk(kFaulty);
        FaultLab* lab = desk.lab();
        lab->select(QStringLiteral("broken"));
        choose(in<QComboBox>(lab, "faultTarget"), QStringLiteral("T0"));
        in<QComboBox>(lab, "faultHowLong")->setCurrentIndex(1);
        in<QSpinBox>(lab, "faultNext")->setValue(1);
        in<QPushButton>(lab, "faultSwitch")->click();
        QTRY_COMPARE(desk.bench.session.faults().switchedOn().size(), std::size_t{1});
        desk.type(QStringLiteral("How do I reset my password?"));
        const TracePtr trace = desk.run();
        QCOMPARE(trace->hops.front().status, HopStatus::Failed);
        QTRY_VERIFY(desk.bench.session.faults().switchedOn().empty());
        const QAbstractItemModel* model = in<QTreeView>(lab, "faultTree")->model();
        QTRY_COMPARE(rowWith(model, QStringLiteral("broken"))
                         .siblingAtColumn(FaultsModel::LastColumn)
                         .data()
                         .toString(),
                     QStringLiteral("✓ provider.garbage after 1 try, as expected"));
    }

    void anOutcomeThatIsNotTheExpectedOneIsACrossWithTheReason()
    {
        const PolicyDocumentPtr document = readPolicy(benchPolicy("http://127.0.0.1:1"));
        FaultState fault;
        fault.id = "x";
        fault.models = {"support-3b-ft"};
        fault.expect = ExpectedOutcome{"ok", 2, "whole", "known", ""};
        Trace trace;
        Hop hop;
        hop.tier = "T0";
        hop.model = document->policy->tiers[0].modelIds[0];
        Attempt attempt;
        attempt.purpose = "model";
        attempt.errorKind = "budget.deadline";
        hop.attempts = {attempt};
        hop.status = HopStatus::Failed;
        trace.hops = {hop};
        FaultVerdict verdict = faultVerdict(fault, trace, *document->policy);
        QVERIFY(verdict.kind == FaultVerdict::Kind::Otherwise);
        QVERIFY2(verdict.reason.contains(QStringLiteral("deadline of T0")), qPrintable(verdict.reason));
        // An answer that is there, although none may be.
        fault.expect = ExpectedOutcome{"budget.deadline", 1, "none", "unknown", "elsewhere"};
        trace.hops[0].text = "half an ans";
        QVERIFY(faultVerdict(fault, trace, *document->policy).kind == FaultVerdict::Kind::Otherwise);
        trace.hops[0].text.clear();
        QVERIFY(faultVerdict(fault, trace, *document->policy).kind == FaultVerdict::Kind::AsExpected);
        fault.models = {"frontier"};
        QVERIFY(faultVerdict(fault, trace, *document->policy).kind == FaultVerdict::Kind::NotMet);
    }

    void faultsAreFoundByTheirWords()
    {
        Desk desk(kFaulty);
        FaultLab* lab = desk.lab();
        const QAbstractItemModel* model = in<QTreeView>(lab, "faultTree")->model();
        auto* search = in<QLineEdit>(lab, "faultSearch");
        QTest::keyClicks(search, QStringLiteral("provider.GARB"));
        QCOMPARE(model->rowCount(), 1);
        QVERIFY(rowWith(model, QStringLiteral("broken")).isValid());
        search->setText(QStringLiteral("nothing of the kind"));
        QCOMPARE(model->rowCount(), 0);
        QVERIFY(in<QWidget>(lab, "noFaultFound")->isVisibleTo(lab));
        search->clear();
        // What cannot be aimed says so.
        lab->select(QStringLiteral("shut"));
        QVERIFY(!in<QComboBox>(lab, "faultTarget")->isEnabled());
        QVERIFY(!in<QComboBox>(lab, "faultHowLong")->isEnabled());
        QVERIFY(in<QLabel>(lab, "faultNote")->isVisibleTo(lab));
        in<QCheckBox>(lab, "onlyOn")->setChecked(true);
        QCOMPARE(model->rowCount(), 0);
        lab->select(QStringLiteral("hiccup")); // it is shown, whatever is filtered
        QCOMPARE(in<QLabel>(lab, "faultId")->text(), QStringLiteral("hiccup"));
        QTest::keyClick(search, Qt::Key_Return);
        QTRY_COMPARE(desk.bench.session.faults().switchedOn().size(), std::size_t{1});
        desk.find<QAbstractButton>("faultOff:hiccup")->click();
        QTRY_VERIFY(desk.bench.session.faults().switchedOn().empty());
    }

    void withoutASandboxTheLabSaysSo()
    {
        Session session;
        const std::unique_ptr<ModePage> page(createPlaygroundPage(session, nullptr));
        page->show();
        QVERIFY(page->findChild<QLabel*>(QStringLiteral("noFaults"))->isVisibleTo(page.get()));
        page->findChild<QPushButton*>(QStringLiteral("addFault"))->click();
        auto* lab = page->window()->findChild<FaultLab*>();
        QVERIFY(lab);
        QVERIFY(in<QWidget>(lab, "faultLabEmpty")->isVisibleTo(lab));
    }

    void theLabOfTheSessionHasAllFaultsAndTheirWords()
    {
        // The policy's endpoints are at sandbox://local here: the session's own sandbox plays them.
        Desk desk(kInstant, 0);
        QVERIFY(desk.bench.session.policy().document()->runnable());
        QByteArray text = QByteArray::fromStdString(benchPolicy("sandbox://local"));
        desk.bench.session.policy().applyText(text.toStdString(), QStringLiteral("sandbox"));
        QTRY_VERIFY2(desk.bench.session.faults().faults().size() >= 60,
                     qPrintable(desk.bench.session.faults().problem()));
        FaultsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(desk.bench.session.faults(), {});
        int shown = 0;
        for (int family = 0; family < model.rowCount(); ++family) {
            QVERIFY(!model.index(family, 0).data().toString().startsWith(
                QStringLiteral("Other"))); // every kind has a family
            shown += model.rowCount(model.index(family, 0));
        }
        QCOMPARE(static_cast<std::size_t>(shown), desk.bench.session.faults().faults().size());
        for (const FaultState& fault : desk.bench.session.faults().faults()) {
            QVERIFY(fault.expect);
            QVERIFY2(kindInWords(fault.kind) != QString::fromStdString(fault.kind), fault.kind.c_str());
        }
        model.show(desk.bench.session.faults(),
                   {{"garbage", {FaultVerdict::Kind::AsExpected, QStringLiteral("so")}}});
        QCOMPARE(model.indexOf(QStringLiteral("garbage"))
                     .siblingAtColumn(FaultsModel::LastColumn)
                     .data()
                     .toString(),
                 QStringLiteral("✓ so"));
    }

    void policiesAndTiersStandSideBySide()
    {
        Desk desk(kInstant);
        desk.type(QStringLiteral("Which plan includes a phone line, and what does it cost for 12 people?"));
        desk.find<QPushButton>("compareButton")->click();
        auto* dialog = desk.find<QDialog>("compareDialog");
        auto* versions = in<QListWidget>(dialog, "compareVersions");
        QTRY_COMPARE(versions->count(), 1);
        versions->item(0)->setCheckState(Qt::Checked);
        in<QCheckBox>(dialog, "compareTiers")->setChecked(true);
        QVERIFY(in<QLabel>(dialog, "compareSum")->text().startsWith(QStringLiteral("5")));
        in<QPushButton>(dialog, "compareRun")->click();
        auto* panel = desk.find<ComparePanel>("comparePanel");
        QTRY_COMPARE(panel->cells().size(), std::size_t{5});
        QTRY_VERIFY_WITH_TIMEOUT(!panel->isLive(), 20000);
        QVERIFY(panel->isVisible());
        for (const CompareCell* cell : panel->cells()) {
            QVERIFY2(!cell->text().isEmpty(), qPrintable(cell->title()));
            QVERIFY(cell->facts().latencyMs.has_value());
            QVERIFY(cell->factText(CompareCell::Cost).contains(QLatin1Char('$')));
            QVERIFY(!cell->facts().reasons.isEmpty());
        }
        // The same policy twice on the same seed is the same answer; the tiers differ in cost, and the best
        // is marked.
        QCOMPARE(panel->cells()[0]->text(), panel->cells()[1]->text());
        QVERIFY(panel->cells()[4]->title().startsWith(QStringLiteral("T2")));
        QVERIFY(panel->cells()[2]->factText(CompareCell::Cost).contains(QStringLiteral("best")) ||
                panel->cells()[0]->factText(CompareCell::Cost).contains(QStringLiteral("best")));
        desk.find<QPushButton>("compareClose")->click();
        QVERIFY(!panel->isVisible());
    }

    void aRecordedRunIsReplayedBesideItself()
    {
        Desk desk(kInstant);
        desk.type(QStringLiteral("How do I reset my password?"));
        const TracePtr trace = desk.run();
        desk.page->reveal(QStringLiteral("prompt:something else"));
        desk.page->reveal(QStringLiteral("trace:") + QString::fromStdString(trace->id));
        QTRY_COMPARE(desk.find<QPlainTextEdit>("promptEdit")->toPlainText(),
                     QStringLiteral("How do I reset my password?"));
        QCOMPARE(desk.find<QLabel>("hopText0")->text(), QString::fromStdString(trace->hops.front().text));
        QVERIFY(desk.find<QAbstractButton>("routePill")->text().startsWith(QLatin1Char('T')));
        auto* menu = desk.find<QMenu>("replayMenu");
        QAction* onT2 = menu->findChild<QAction*>(QStringLiteral("replayOn:T2"));
        QVERIFY(onT2);
        onT2->trigger();
        auto* panel = desk.find<ComparePanel>("comparePanel");
        QTRY_COMPARE(panel->cells().size(), std::size_t{2});
        QTRY_VERIFY_WITH_TIMEOUT(!panel->isLive(), 20000);
        QCOMPARE(panel->cells()[0]->text(), QString::fromStdString(trace->answer));
        QVERIFY2(panel->cells()[1]->facts().answeredBy.startsWith(QStringLiteral("T2")),
                 qPrintable(panel->cells()[1]->facts().answeredBy));
        desk.find<QPushButton>("compareClose")->click();
        desk.trigger("replay");
        QTRY_VERIFY(panel->cells().size() == 2 &&
                    panel->cells()[1]->title().contains(QStringLiteral("today")));
        QTRY_VERIFY_WITH_TIMEOUT(!panel->isLive(), 20000);
        QCOMPARE(panel->cells()[1]->text(), QString::fromStdString(trace->answer));
    }

    void whatWentOutIsShownWithoutAKey()
    {
        Desk desk(kInstant);
        desk.type(QStringLiteral("How do I reset my password?"));
        const TracePtr trace = desk.run();
        desk.find<QPushButton>("hopInspect0")->click();
        auto* inspector = desk.find<QDialog>("hopInspector");
        QVERIFY(
            in<QLabel>(inspector, "inspectedUrl")->text().contains(QStringLiteral("/v1/chat/completions")));
        const QString request = in<QPlainTextEdit>(inspector, "inspectedRequest")->toPlainText();
        QVERIFY(request.contains(QStringLiteral("How do I reset my password?")));
        QVERIFY(request.contains(QStringLiteral("\"stream\": true")));
        const QString response = in<QPlainTextEdit>(inspector, "inspectedResponse")->toPlainText();
        QVERIFY(response.contains(QStringLiteral("HTTP 200")));
        QVERIFY(response.contains(QString::fromStdString(trace->hops.front().text)));
        in<QPushButton>(inspector, "inspectorCurl")->click();
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("curl -N 'http://127.0.0.1:")));
        inspector->close();
        QApplication::clipboard()->clear();
        desk.find<QPushButton>("copyCurl")->click();
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("How do I reset my password?")));
    }

    void aKeyIsMaskedAndNeverRead()
    {
        qputenv("SIGNALBOX_TEST_KEY", "sk-very-secret");
        for (const Protocol protocol : {Protocol::OpenAiChat, Protocol::OpenAiResponses,
                                        Protocol::AnthropicMessages, Protocol::Gemini}) {
            ChatRequest request;
            request.protocol = protocol;
            request.baseUrl = "https://api.example.com/v1";
            request.key.env = "SIGNALBOX_TEST_KEY";
            request.modelName = "m";
            request.messages = {{"user", "It's \"here\" $HOME `id`"}};
            request.maxOutputTokens = 16;
            const auto preview = previewOf(request);
            QVERIFY(preview);
            bool masked = false;
            for (const std::string& header : preview->headers)
                masked = masked || header.find(kMaskedKey) != std::string::npos;
            QVERIFY(masked);
            const auto curl = curlOf(request);
            QVERIFY(curl);
            QVERIFY(curl->find("\"$KEY\"") != std::string::npos);
            QVERIFY(curl->find("secret") == std::string::npos);
            // A shell hands on exactly what would be sent.
            QProcess shell;
            shell.start(QStringLiteral("/bin/sh"),
                        {QStringLiteral("-c"),
                         QStringLiteral("KEY=k; set -- %1; for a; do printf '%s\\n' \"$a\"; done")
                             .arg(QString::fromStdString(*curl).trimmed())});
            QVERIFY(shell.waitForFinished());
            const QString said = QString::fromUtf8(shell.readAllStandardOutput());
            QVERIFY2(said.contains(QString::fromStdString(preview->body)), qPrintable(said));
            QVERIFY2(said.contains(QStringLiteral(": k\n")) || said.contains(QStringLiteral("Bearer k\n")),
                     qPrintable(said));
        }
    }

    void theRequestMadeAgainIsTheOneThatWentOut()
    {
        // The sandbox bills what it gets: as much as was made again.
        Desk desk(kInstant);
        desk.type(QStringLiteral(
            "My invoice shows two charges for March, but I downgraded on the 3rd. Which one is right?"));
        const TracePtr trace = desk.run();
        const CompiledPolicy policy(desk.bench.session.policy().document()->policy);
        for (const Hop& hop : trace->hops) {
            if (hop.model.empty())
                continue;
            const auto request = requestOfHop(policy, *trace, hop, {});
            QVERIFY2(request, request ? "" : request.error().message.c_str());
            const auto preview = previewOf(*request);
            QVERIFY(preview->body.find("\"stream\":true") != std::string::npos);
            std::int64_t tokens = 0;
            for (const Message& message : request->messages)
                tokens += estimateTokens(message.content);
            const std::int64_t billed = hop.tokens.input.value_or(0) + hop.tokens.cachedInput.value_or(0);
            QVERIFY2(std::abs(tokens - billed) <= billed / 10 + 8,
                     qPrintable(QStringLiteral("%1 made again, %2 billed").arg(tokens).arg(billed)));
        }
        Hop other = trace->hops.front();
        other.tier = "T9";
        QCOMPARE(requestOfHop(policy, *trace, other, {}).error().code, std::string("trace.other_policy"));
    }

    void aConversationIsComposedAndGoesOn()
    {
        Desk desk(kInstant);
        desk.find<QAbstractButton>("addSystem")->click();
        QTest::keyClicks(desk.find<QPlainTextEdit>("turnText0"), QStringLiteral("Be brief."));
        desk.find<QAbstractButton>("addMore")->click();
        auto* menu = desk.find<QMenu>("moreMenu");
        menu->findChild<QAction*>(QStringLiteral("moreTurn"))->trigger();
        menu->close();
        QTest::keyClicks(desk.find<QPlainTextEdit>("turnText1"), QStringLiteral("Hello"));
        desk.type(QStringLiteral("How do I reset my password?"));
        const TracePtr trace = desk.run();
        const std::vector<Message> sent{
            {"system", "Be brief."}, {"user", "Hello"}, {"user", "How do I reset my password?"}};
        QCOMPARE(trace->messages, sent);
        desk.find<QPushButton>("goOn")->click();
        QVERIFY(desk.find<QPlainTextEdit>("promptEdit")->toPlainText().isEmpty());
        desk.type(QStringLiteral("And then?"));
        const TracePtr next = desk.run();
        QCOMPARE(next->messages.size(), std::size_t{5});
        QCOMPARE(next->messages[3].role, std::string("assistant"));
        QCOMPARE(next->messages[3].content, trace->answer);
        desk.find<QPushButton>("turnRemove0")->click();
        QCOMPARE(desk.find<TurnsEditor>("turnsEditor")->messages().size(), std::size_t{3});
    }

    void anAnswerIsRatedWithOneKey()
    {
        Desk desk(kInstant);
        desk.type(QStringLiteral("How do I reset my password?"));
        const TracePtr trace = desk.run();
        desk.trigger("fit_over"); // the key 3
        QCOMPARE(desk.actions.spec(QStringLiteral("playground.fit_over"))->keys.first(),
                 QKeySequence(Qt::Key_3));
        QVERIFY(desk.find<QPushButton>("fit:overprovisioned")->isChecked());
        QVERIFY(!desk.find<QPushButton>("fit:good_fit")->isChecked());
        auto reader = desk.bench.session.store().workspace()->reader();
        QTRY_VERIFY((*reader)->rating(trace->id)->has_value());
        QVERIFY((*(*reader)->rating(trace->id))->fit == TierFit::Overprovisioned);
        desk.page->reveal(QStringLiteral("trace:") + QString::fromStdString(trace->id));
        QTRY_VERIFY(desk.find<QPushButton>("fit:overprovisioned")->isChecked());
        QVERIFY(desk.actions.conflicts().isEmpty());
    }

    void anInterruptedDatasetRunIsResumed()
    {
        Desk desk(kSlowish, 30);
        QTRY_COMPARE(desk.find<QComboBox>("datasetBox")->count(), 1);
        desk.find<QSpinBox>("concurrency")->setValue(2);
        QVERIFY(!desk.find<QWidget>("resumeDataset")->isVisibleTo(desk.page.get()));
        QSignalSpy finished(&desk.bench.session.runs(), &LiveRuns::batchFinished);
        desk.find<QPushButton>("runDataset")->click();
        QTRY_VERIFY(desk.find<QProgressBar>("batchProgress")->value() >= 3);
        desk.find<QPushButton>("stopBatch")->click();
        QTRY_COMPARE(finished.count(), 1);
        auto* resume = desk.find<QPushButton>("resumeDataset");
        QTRY_VERIFY(resume->isVisibleTo(desk.page.get()));
        desk.find<QSpinBox>("concurrency")->setValue(16);
        resume->click();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, 20000);
        QTRY_VERIFY(!resume->isVisibleTo(desk.page.get()));
        // Each prompt has been answered once, none twice.
        auto reader = desk.bench.session.store().workspace()->reader();
        TraceFilter all;
        all.dataset = "few";
        std::multiset<std::string> done;
        const auto rows = (*reader)->traceRows(all);
        for (const TraceRow& row : *rows) {
            if (row.status != TraceStatus::Cancelled)
                done.insert(row.promptId);
        }
        QCOMPARE(done.size(), std::size_t{30});
        QCOMPARE(std::set<std::string>(done.begin(), done.end()).size(), std::size_t{30});
    }

    void hopsAtTheSameTimeHaveLanesOfTheirOwn()
    {
        const PolicyDocumentPtr document = readPolicy(benchPolicy("http://127.0.0.1:1"));
        const auto policy = std::make_shared<const CompiledPolicy>(document->policy);
        auto trace = std::make_shared<Trace>();
        trace->status = TraceStatus::Answered;
        trace->policyHash = document->policy->contentHash;
        trace->messages = {{"user", "Hello"}};
        const auto add = [&](const char* tier, double from, double total, HopStatus status) {
            Hop hop;
            hop.index = static_cast<int>(trace->hops.size());
            hop.tier = tier;
            hop.model = document->policy->tiers[0].modelIds[0];
            hop.status = status;
            hop.startMs = from;
            hop.latencyMs = hop.totalMs = total;
            trace->hops.push_back(hop);
        };
        add("T0", 0, 100, HopStatus::Cancelled);
        add("T0", 0, 90, HopStatus::Accepted);
        add("T0", 120, 10, HopStatus::Escalated); // the first lane is free again
        add("T1", 0, 95, HopStatus::Cancelled);
        trace->latencyMs = 130;
        const std::vector<Lane> lanes = lanesOf(RunView::ofTrace(trace, policy));
        std::vector<const Lane*> ofT0;
        for (const Lane& lane : lanes) {
            if (lane.name == QStringLiteral("T0"))
                ofT0.push_back(&lane);
        }
        QCOMPARE(ofT0.size(), std::size_t{2});
        QVERIFY(!ofT0[0]->further);
        QVERIFY(ofT0[1]->further);
        const auto cancelled = [](const Lane& lane) {
            return std::any_of(lane.segments.begin(), lane.segments.end(),
                               [](const Segment& part) { return part.kind == SegmentKind::Cancelled; });
        };
        QVERIFY(cancelled(*ofT0[0]));
        QVERIFY(!cancelled(*ofT0[1]));
        for (const Lane& lane : lanes) { // nothing overlaps within a lane
            double until = -1;
            for (const Segment& part : lane.segments) {
                QVERIFY(part.startMs >= until - 0.01);
                until = part.endMs.value_or(part.startMs);
            }
        }
        QVERIFY(inWords(lanes).contains(QStringLiteral("cancelled")));
    }

    void fiftyStreamsAreDrawn()
    {
        // Answers without an end, some sixty pieces of text a second in each: there is always something to draw.
        Desk desk(scenarioWith("1", "90", R"({"kind": "endless", "how": "words", "pace_ms": 16, "every": 1})"));
        desk.page->resize(1600, 1000);
        desk.type(QStringLiteral(
            "Which plan includes a phone line, and what does it cost for 12 people in a year?"));
        desk.find<QPushButton>("compareButton")->click();
        auto* dialog = desk.find<QDialog>("compareDialog");
        in<QSpinBox>(dialog, "compareTimes")->setValue(50);
        in<QPushButton>(dialog, "compareRun")->click();
        auto* panel = desk.find<ComparePanel>("comparePanel");
        QTRY_COMPARE(panel->cells().size(), std::size_t{50});

        /// Frames: paints of the window's contents, while at least 40 of the streams talk.
        class Frames : public QObject
        {
        public:
            int count = 0;
            bool eventFilter(QObject*, QEvent* event) override
            {
                count += event->type() == QEvent::UpdateRequest ? 1 : 0;
                return false;
            }
        } frames;
        QSignalSpy text(&desk.bench.session.runs(), &LiveRuns::hopText);
        QTRY_VERIFY(text.count() >= 50);
        desk.page->window()->installEventFilter(&frames);
        QElapsedTimer clock;
        clock.start();
        // The thread's own time tells what a frame costs also where others keep the processors busy.
        const double before = threadMs();
        double busiestMs = 0;
        while (panel->liveStreams() >= 40 && clock.elapsed() < 3000) {
            const double turn = threadMs();
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            busiestMs = std::max(busiestMs, threadMs() - turn);
        }
        const double seconds = static_cast<double>(clock.elapsed()) / 1000;
        const double perFrame = (threadMs() - before) / std::max(1, frames.count);
        qInfo("fifty streams: %d frames in %.2f s, %.1f a second; a frame takes %.1f ms of the processor, the longest "
              "turn %.1f ms; %d signals of text",
              frames.count, seconds, frames.count / std::max(seconds, 0.001), perFrame, busiestMs, int(text.count()));
        QVERIFY(frames.count > 0);
        desk.find<QPushButton>("compareStop")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!panel->isLive(), 20000);
        for (const CompareCell* cell : panel->cells())
            QVERIFY(!cell->facts().verdict.isEmpty());
    }

    void controlsHaveNames()
    {
        Desk desk(kFaulty);
        FaultLab* lab = desk.lab();
        desk.find<QAbstractButton>("addSystem")->click();
        for (QWidget* root : QList<QWidget*>{desk.page.get(), lab}) {
            for (QWidget* widget : root->findChildren<QWidget*>()) {
                const bool control =
                    qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
                    qobject_cast<QAbstractSpinBox*>(widget) || qobject_cast<QLineEdit*>(widget) ||
                    qobject_cast<QPlainTextEdit*>(widget) || qobject_cast<QAbstractItemView*>(widget);
                if (!control || widget->focusPolicy() == Qt::NoFocus ||
                    widget->objectName().startsWith(QStringLiteral("qt_")) ||
                    qobject_cast<QComboBox*>(widget->parent()) ||
                    widget->inherits("QComboBoxPrivateContainer") || widget->inherits("QComboBoxListView"))
                    continue;
                QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
                QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
            }
        }
    }
};

QTEST_MAIN(TestPlaygroundWays)
#include "tst_playground_ways.moc"
