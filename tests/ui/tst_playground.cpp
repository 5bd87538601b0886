// SPDX-License-Identifier: GPL-3.0-or-later
// The Playground as a person uses it: real session, real cascade, a sandbox over loopback without delays.

#include "policy/edit.h"
#include "session_bench.h"
#include "ui/playground/hops_model.h"
#include "ui/playground/playground_page.h"
#include "ui/playground/run_view.h"
#include "ui/shell/session.h"

#include <QAbstractItemModelTester>
#include <QtTest>
#include <QtWidgets>

using namespace signalbox;
using namespace signalbox::testing;

class TestPlayground : public QObject
{
    Q_OBJECT

private:
    /// A page on a session whose models answer as the scenario says.
    struct Desk
    {
        explicit Desk(const std::string& scenario, int prompts = 12) : bench(scenario, prompts)
        {
            page.reset(createPlaygroundPage(bench.session, nullptr));
            page->resize(1364, 800);
            page->show();
            page->setActive(true);
        }
        template <class T>
        T* find(const char* name) const
        {
            T* found = page->findChild<T*>(QString::fromLatin1(name));
            if (!found)
                qFatal("there is no %s", name);
            return found;
        }
        QString text(const char* name) const { return find<QLabel>(name)->text(); }
        QPlainTextEdit* prompt() const { return find<QPlainTextEdit>("promptEdit"); }
        void type(const QString& text) const { prompt()->setPlainText(text); }
        void ctrlEnter() const { QTest::keyClick(prompt(), Qt::Key_Return, Qt::ControlModifier); }

        Bench bench;
        std::unique_ptr<ModePage> page;
    };

private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(*qApp); }

    void controlEnterSendsAndTheAnswerIsRecorded()
    {
        Desk desk(kInstant);
        desk.type(QStringLiteral("How do I reset my password?"));
        QSignalSpy finished(&desk.bench.session.runs(), &LiveRuns::runFinished);
        desk.ctrlEnter();
        QVERIFY(!desk.find<QPushButton>("sendButton")->isEnabled());
        QTRY_COMPARE(finished.count(), 1);
        const auto trace = finished.at(0).at(1).value<TracePtr>();
        QVERIFY(trace);
        QCOMPARE(desk.text("hopText0"), QString::fromStdString(trace->hops.front().text));
        QVERIFY(!desk.text("hopText0").isEmpty());
        QVERIFY(desk.text("recordedLabel").contains(QString::fromStdString(trace->id)));
        QVERIFY(desk.find<QPushButton>("sendButton")->isEnabled());
        QVERIFY(desk.find<QWidget>("sandboxPill")->isVisibleTo(desk.page.get()));
        // What is shown as done is on disk.
        auto reader = desk.bench.session.store().workspace()->reader();
        QVERIFY(reader.has_value());
        const auto kept = (*reader)->trace(trace->id);
        QVERIFY(kept.has_value());
        QCOMPARE(kept->answer, trace->answer);
    }

    void everyHopHasARowWithItsReasonAndTheSumIsTheTraces()
    {
        Desk desk(kInstant);
        QSignalSpy finished(&desk.bench.session.runs(), &LiveRuns::runFinished);
        desk.type(QStringLiteral("Which plan includes a phone line, and what does it cost for 12 people?"));
        desk.ctrlEnter();
        QTRY_COMPARE(finished.count(), 1);
        const auto trace = finished.at(0).at(1).value<TracePtr>();
        const QAbstractItemModel* model = desk.find<QTableView>("hopsTable")->model();
        std::size_t rows = 1;
        for (const Hop& hop : trace->hops)
            rows += 1 + hop.gates.size();
        QCOMPARE(static_cast<std::size_t>(model->rowCount()), rows);
        QCOMPARE(model->index(0, HopsModel::ReasonColumn).data().toString(),
                 QString::fromStdString(trace->hops.front().reason));
        QVERIFY(!model->index(model->rowCount() - 1, HopsModel::CostColumn).data().toString().isEmpty());
    }

    void textStreamsIntoTheCardAndEscapeStops()
    {
        Desk desk(kSlow);
        QSignalSpy text(&desk.bench.session.runs(), &LiveRuns::hopText);
        QSignalSpy finished(&desk.bench.session.runs(), &LiveRuns::runFinished);
        desk.type(QStringLiteral("How do I reset my password?"));
        desk.ctrlEnter();
        QTRY_VERIFY(text.count() >= 2);
        QCOMPARE(finished.count(), 0);
        const QString partly = desk.text("hopText0");
        QVERIFY(!partly.isEmpty());
        QVERIFY(desk.find<QPushButton>("stopButton")->isEnabled());
        QTest::keyClick(desk.prompt(), Qt::Key_Escape);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished.at(0).at(1).value<TracePtr>()->status, TraceStatus::Cancelled);
        QVERIFY(desk.text("runMessage").contains(QStringLiteral("Stopped")));
        QVERIFY(desk.text("hopText0").startsWith(partly.left(8)));
        QVERIFY(desk.find<QPushButton>("sendButton")->isEnabled());
    }

    void aPolicyWithAnErrorSaysWhyNothingCanBeSent()
    {
        Desk desk(kInstant);
        desk.type(QStringLiteral("Hello"));
        QVERIFY(desk.find<QPushButton>("sendButton")->isEnabled());
        QSignalSpy navigation(&desk.bench.session, &Session::navigationRequested);
        QVERIFY(desk.bench.session.policy()
                    .setJson(QStringLiteral("/cascade/max_hops"), "\"many\"", QStringLiteral("break"))
                    .has_value());
        QVERIFY(!desk.find<QPushButton>("sendButton")->isEnabled());
        QVERIFY(!desk.find<QPushButton>("runDataset")->isEnabled());
        QVERIFY(desk.text("sendObstacle").contains(QStringLiteral("cannot be run")));
        QSignalSpy started(&desk.bench.session.runs(), &LiveRuns::runStarted);
        desk.ctrlEnter();
        QCOMPARE(started.count(), 0);
        desk.find<QPushButton>("showProblems")->click();
        QCOMPARE(navigation.count(), 1);
        QCOMPARE(navigation.at(0).at(0).toString(), QStringLiteral("policy"));
        desk.bench.session.policy().undoStack()->undo();
        QVERIFY(desk.find<QPushButton>("sendButton")->isEnabled());
    }

    void aRequestForAPersonCallsNoModel()
    {
        Desk desk(kInstant);
        QSignalSpy finished(&desk.bench.session.runs(), &LiveRuns::runFinished);
        desk.type(QStringLiteral("I want to talk to a person now"));
        desk.ctrlEnter();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(desk.text("runMessage").contains(QStringLiteral("person")));
        QVERIFY(desk.page->findChildren<QWidget*>(QStringLiteral("hopCard0")).isEmpty());
        QCOMPARE(desk.find<QAbstractButton>("routePill")->text(), QStringLiteral("a person"));
        QVERIFY(
            desk.find<QWidget>("timeline")->accessibleDescription().contains(QStringLiteral("not needed")));
    }

    void barredTiersSayWhy()
    {
        Desk desk(kInstant);
        QSignalSpy finished(&desk.bench.session.runs(), &LiveRuns::runFinished);
        desk.type(QStringLiteral("My card 4111 1111 1111 1111 was charged twice, why?"));
        desk.find<QPushButton>("allTiersButton")->click();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(desk.find<QWidget>("timeline")
                    ->accessibleDescription()
                    .contains(QStringLiteral("barred · policy.card_number_stays")));
        for (const Hop& hop : finished.at(0).at(1).value<TracePtr>()->hops)
            QCOMPARE(hop.tier, std::string("T0"));
    }

    void aRetryIsSeen()
    {
        Desk desk(kRateLimited);
        QSignalSpy finished(&desk.bench.session.runs(), &LiveRuns::runFinished);
        desk.type(QStringLiteral("How do I reset my password?"));
        desk.ctrlEnter();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY2(desk.text("hopTries0").contains(QStringLiteral("429")), qPrintable(desk.text("hopTries0")));
        QVERIFY(desk.text("hopTries0").contains(QStringLiteral("again in")));
        const QAbstractItemModel* model = desk.find<QTableView>("hopsTable")->model();
        QCOMPARE(model->index(1, HopsModel::ResultColumn).data().toString(), QStringLiteral("HTTP 429"));
    }

    void metadataAndAttachmentsChangeTheRoute()
    {
        Desk desk(kInstant);
        Request request = Request::fromPrompt("x", "What does the Dock cost?");
        request.metadata["account"] = "enterprise";
        QTRY_VERIFY(desk.page->isIdle());
        QVERIFY(desk.page->reveal(QStringLiteral("prompt:What does the Dock cost?")));
        auto* add = desk.find<QAbstractButton>("addMetadata");
        add->click();
        QMenu* menu = desk.page->findChild<QMenu*>(QStringLiteral("metadataMenu"));
        QVERIFY(menu);
        menu->actions().front()->menu()->actions().back()->trigger(); // account: enterprise
        menu->close();
        QVERIFY(desk.page->findChild<QAbstractButton*>(QStringLiteral("metadata:account")));
        QSignalSpy finished(&desk.bench.session.runs(), &LiveRuns::runFinished);
        desk.ctrlEnter();
        QTRY_COMPARE(finished.count(), 1);
        const auto trace = finished.at(0).at(1).value<TracePtr>();
        QCOMPARE(trace->route, std::string("T2"));
        QCOMPARE(trace->metadata.at("account"), std::string("enterprise"));
    }

    void theVerdictIsKept()
    {
        Desk desk(kInstant);
        QSignalSpy finished(&desk.bench.session.runs(), &LiveRuns::runFinished);
        desk.type(QStringLiteral("How do I reset my password?"));
        desk.ctrlEnter();
        QTRY_COMPARE(finished.count(), 1);
        const std::string id = finished.at(0).at(1).value<TracePtr>()->id;
        desk.find<QPushButton>("resolvedNo")->click();
        auto reader = desk.bench.session.store().workspace()->reader();
        QVERIFY(reader.has_value());
        QTRY_COMPARE((*reader)->trace(id)->resolved, std::optional(false));
    }

    void aStoppedDatasetRunKeepsWhatWasFinished()
    {
        Desk desk(kSlowish, 40);
        QTRY_COMPARE(desk.find<QComboBox>("datasetBox")->count(), 1);
        desk.find<QSpinBox>("concurrency")->setValue(2);
        QSignalSpy finished(&desk.bench.session.runs(), &LiveRuns::batchFinished);
        desk.find<QPushButton>("runDataset")->click();
        QTRY_VERIFY(desk.find<QProgressBar>("batchProgress")->value() >= 3);
        QVERIFY(desk.text("batchStatus").contains(QStringLiteral("at once")));
        desk.find<QPushButton>("stopBatch")->click();
        QTRY_COMPARE(finished.count(), 1);
        const auto progress = finished.at(0).at(0).value<BatchProgress>();
        QVERIFY(progress.cancelled);
        QVERIFY(progress.finished >= 3 && progress.finished < 40);
        QVERIFY(desk.text("batchStatus").contains(QStringLiteral("kept")));
        auto reader = desk.bench.session.store().workspace()->reader();
        QVERIFY(reader.has_value());
        TraceFilter all;
        all.dataset = "few";
        QCOMPARE((*reader)->traceCount(all).value(), progress.finished);
    }

    void anEmptyPageOffersAnExample()
    {
        Desk desk(kInstant);
        auto* button = desk.find<QPushButton>("sendExample");
        QTRY_VERIFY(button->isEnabled());
        QSignalSpy finished(&desk.bench.session.runs(), &LiveRuns::runFinished);
        button->click();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!desk.prompt()->toPlainText().isEmpty());
    }

    void beforeAWorkspaceIsOpenTheSentenceSaysSo()
    {
        Session session;
        const std::unique_ptr<ModePage> page(createPlaygroundPage(session, nullptr));
        page->show();
        page->findChild<QPlainTextEdit*>(QStringLiteral("promptEdit"))->setPlainText(QStringLiteral("Hello"));
        QVERIFY(!page->findChild<QPushButton*>(QStringLiteral("sendButton"))->isEnabled());
        QVERIFY(!page->findChild<QLabel*>(QStringLiteral("sendObstacle"))->text().isEmpty());
        QVERIFY(page->findChild<QLabel*>(QStringLiteral("noDataset"))->isVisibleTo(page.get()));
    }

    void controlsHaveNames()
    {
        Desk desk(kInstant);
        for (QWidget* widget : desk.page->findChildren<QWidget*>()) {
            const bool control = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
                                 qobject_cast<QAbstractSpinBox*>(widget) ||
                                 qobject_cast<QPlainTextEdit*>(widget) || qobject_cast<QTableView*>(widget);
            if (!control || widget->focusPolicy() == Qt::NoFocus ||
                widget->objectName().startsWith(QStringLiteral("qt_")))
                continue;
            QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }

    void userReadsWhatThePolicySays()
    {
        std::string text = benchPolicy("http://127.0.0.1:1");
        text = setValue(text, "/copy", R"({"escalating": "One moment.", "restarted": "Anew:", "rejected": "Too much."})").value();
        text = setValue(text, "/handoff", R"({"queue": "q", "copy": "A colleague takes over."})").value();
        const PolicyDocumentPtr document = readPolicy(text);
        QVERIFY(document->runnable());
        const auto policy = std::make_shared<CompiledPolicy>(document->policy);
        RunView view;
        const auto begin = [&] { view.begin(7, policy, Request::fromPrompt("a", "Hello"), TraceMode::Policy); };
        const auto ended = [&](int index, HopStatus status, bool partial) {
            Hop hop;
            hop.index = index;
            hop.status = status;
            hop.partial = partial;
            view.hopStarted(index, QStringLiteral("T0"), QStringLiteral("support-3b"), index);
            view.hopFinished(hop);
        };
        begin();
        QCOMPARE(view.userReads(), QString());
        ended(0, HopStatus::Failed, true); // it broke off, and nobody has begun anew
        QCOMPARE(view.userReads(), QString());
        view.hopStarted(1, QStringLiteral("T1"), QStringLiteral("mid-mini"), 2);
        QCOMPARE(view.userReads(), QStringLiteral("Anew:"));
        ended(1, HopStatus::Escalated, false);
        view.hopStarted(2, QStringLiteral("T2"), QStringLiteral("frontier"), 3);
        QCOMPARE(view.userReads(), QStringLiteral("One moment."));
        ended(2, HopStatus::Accepted, false);
        view.answered();
        QVERIFY(!view.gathersEvidence() && view.userReads().isEmpty());
        view.hopStarted(3, QStringLiteral("T0"), QStringLiteral("support-3b"), 4); // in the background
        QVERIFY(view.gathersEvidence() && !view.isEscalating() && view.isLive());

        const auto over = [&](TraceStatus status, const char* reason) {
            begin();
            auto trace = std::make_shared<Trace>();
            trace->status = status;
            trace->reasons = {reason};
            view.finished(trace, {});
            return view.userReads();
        };
        QCOMPARE(over(TraceStatus::Failed, "budget.request_cost"), QStringLiteral("Too much."));
        QCOMPARE(over(TraceStatus::Failed, "provider.cut"), QString());
        QCOMPARE(over(TraceStatus::HandedOff, "policy.human_requested"), QStringLiteral("A colleague takes over."));
        QCOMPARE(over(TraceStatus::Answered, "gate.all_passed"), QString());
        QVERIFY(!view.gathersEvidence());
    }

    void theModelKeepsItsPromises()
    {
        const PolicyDocumentPtr document = readPolicy(benchPolicy("http://127.0.0.1:1"));
        QVERIFY(document->runnable());
        RunView view;
        HopsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        view.begin(7, std::make_shared<CompiledPolicy>(document->policy), Request::fromPrompt("a", "Hello"),
                   TraceMode::Policy);
        model.show(view);
        view.hopStarted(0, QStringLiteral("T0"), QStringLiteral("support-3b"), 1);
        model.show(view);
        Attempt failed;
        failed.purpose = "model";
        failed.httpStatus = 429;
        failed.errorKind = "provider.rate_limited";
        failed.startMs = 1;
        failed.totalMs = 20;
        view.attemptFailed(0, failed, 1800);
        model.show(view);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.index(1, HopsModel::ReasonColumn).data().toString().contains(QStringLiteral("1.80")));
        Hop hop;
        hop.tier = "T0";
        hop.status = HopStatus::Failed;
        hop.attempts = {failed};
        view.hopFinished(hop);
        auto trace = std::make_shared<Trace>();
        trace->hops = {hop};
        Charge charge;
        charge.hop = 0;
        charge.kind = ChargeKind::Model;
        trace->charges = {charge};
        view.finished(trace, QStringLiteral("the disk is full"));
        model.show(view);
        // No price is known: it says so and is not zero.
        QCOMPARE(model.index(0, HopsModel::CostColumn).data().toString(), QStringLiteral("unknown"));
        QVERIFY(model.index(2, HopsModel::CostColumn).data().toString().contains(QStringLiteral("unknown")));
        QVERIFY(view.state() == RunView::State::NotRecorded);
        view.clear();
        model.show(view);
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestPlayground)
#include "tst_playground.moc"
