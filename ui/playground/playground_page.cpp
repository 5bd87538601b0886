// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/playground_page.h"

#include "routers/run_support.h"
#include "ui/faults/fault_lab.h"
#include "ui/load/load_window.h"
#include "ui/faults/fault_strip.h"
#include "ui/playground/batch_panel.h"
#include "ui/playground/decision_column.h"
#include "ui/playground/examples.h"
#include "ui/playground/hop_card.h"
#include "ui/playground/hops_table.h"
#include "ui/playground/playground_view.h"
#include "ui/playground/request_panel.h"
#include "ui/playground/timeline.h"
#include "ui/shell/batch_rest.h"
#include "ui/shell/session.h"
#include "ui/theme/text.h"
#include "ui/theme/widgets.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace signalbox {

PlaygroundPage::PlaygroundPage(Session& session, QWidget* parent)
    : ModePage(session, QStringLiteral("playground"), parent), m_textTimer(new QTimer(this)),
      m_faultWatch(new FaultWatch(session.faults(), session.runs(), session.policy(), this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeLeft());
    layout->addWidget(makeMiddle(), 1);
    m_decision = new DecisionColumn(this);
    layout->addWidget(m_decision);
    foldWhenNarrow(m_decision);
    connect(m_decision, &DecisionColumn::resolvedChosen, this, &PlaygroundPage::setResolved);
    connect(m_decision, &DecisionColumn::copyAsked, this, &PlaygroundPage::copyJson);
    connect(m_decision, &DecisionColumn::rated, this, &PlaygroundPage::rate);
    connect(m_decision, &DecisionColumn::curlAsked, this, &PlaygroundPage::copyCurl);
    connect(m_decision, &DecisionColumn::inspectAsked, this, [this] { inspect(-1); });
    connect(m_decision, &DecisionColumn::replayAsked, this, &PlaygroundPage::replay);
    connect(m_decision, &DecisionColumn::goOnAsked, this, &PlaygroundPage::goOn);
    m_textTimer->setSingleShot(true);
    m_textTimer->setInterval(0);
    connect(m_textTimer, &QTimer::timeout, this, [this] {
        // The timeline has a clock of its own, unless it stands still.
        if (Theme::instance().reduceMotion())
            m_timeline->refresh();
        m_cards->show(m_view);
    });

    connectRuns();
    connect(&session.policy(), &PolicyEditor::documentChanged, this, &PlaygroundPage::updateMay);
    connect(&session.policy(), &PolicyEditor::documentChanged, this, &PlaygroundPage::countLeft);
    connect(&session.runs(), &LiveRuns::batchFinished, this, &PlaygroundPage::countLeft);
    connect(&session, &Session::openingChanged, this, &PlaygroundPage::updateMay);
    connect(&session, &Session::engineReady, this, &PlaygroundPage::updateMay);
    connect(&session, &Session::datasetsChanged, this, &PlaygroundPage::updateDatasets);
    connect(&session, &Session::workspaceChanged, this, [this] {
        m_view.clear();
        m_compare->clear();
        m_comparing = false;
        m_preparing = m_reading = false; // what was being read is of the other workspace, and never comes
        m_faultWatch->clear();
        m_examplesOf.clear();
        showAll();
        updateMay();
        updateDatasets();
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] { m_cards->show(m_view); });
    updateDatasets();
    updateMay();
    showAll();
}

QWidget* PlaygroundPage::makeLeft()
{
    auto* left = new SideColumn(SideColumn::Side::Left, 300, this);
    m_request = new RequestPanel(left);
    left->body()->addWidget(m_request);
    left->body()->addSpacing(space::s);
    m_batch = new BatchPanel(left);
    left->body()->addWidget(m_batch);
    left->body()->addSpacing(space::s);
    auto* faults = new FaultStrip(session().faults(), *m_faultWatch, left);
    left->body()->addWidget(faults);
    left->body()->addStretch(1);
    connect(faults, &FaultStrip::labAsked, this, &PlaygroundPage::openFaultLab);
    connect(m_request, &RequestPanel::sendAsked, this, [this] { send(TraceMode::Policy); });
    connect(m_request, &RequestPanel::allTiersAsked, this, [this] { send(TraceMode::AllTiers); });
    connect(m_request, &RequestPanel::compareAsked, this, &PlaygroundPage::askCompare);
    connect(m_request, &RequestPanel::stopAsked, this, &PlaygroundPage::stop);
    connect(m_request, &RequestPanel::problemsAsked, this,
            [this] { session().goTo(QStringLiteral("policy"), QStringLiteral("problems")); });
    connect(m_batch, &BatchPanel::runAsked, this, [this](const QString& dataset, TraceMode mode, int atOnce) {
        runDataset(dataset, mode, atOnce, Session::BatchPart::All);
    });
    connect(m_batch, &BatchPanel::resumeAsked, this,
            [this](const QString& dataset, TraceMode mode, int atOnce) {
                runDataset(dataset, mode, atOnce, Session::BatchPart::Left);
            });
    connect(m_batch, &BatchPanel::datasetChosen, this, &PlaygroundPage::countLeft);
    connect(m_batch, &BatchPanel::stopAsked, this, [this] { session().runs().cancelBatch(); });
    connect(m_batch, &BatchPanel::datasetChosen, this, &PlaygroundPage::readExamples);
    return left;
}

QWidget* PlaygroundPage::makeMiddle()
{
    m_middle = new QStackedWidget(this);
    m_empty = new EmptyState(
        tr("One request, from end to end"),
        tr("The way of a prompt through the cascade appears here as it happens: who was asked, "
           "what they said, what the judge made of it, how long it took and what it cost."),
        tr("Send an Example"), m_middle);
    m_empty->setObjectName(QStringLiteral("playgroundEmpty"));
    m_empty->button()->setObjectName(QStringLiteral("sendExample"));
    m_empty->button()->setAccessibleName(tr("Send an example prompt"));
    connect(m_empty->button(), &QPushButton::clicked, this, &PlaygroundPage::sendExample);
    m_middle->addWidget(m_empty);

    auto* run = new QWidget(m_middle);
    auto* outer = new QVBoxLayout(run);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    m_timeline = new Timeline(run);
    m_timeline->setRun(&m_view);
    outer->addWidget(m_timeline);
    outer->addWidget(hairline(Qt::Horizontal, run));
    auto* area = new QScrollArea(run);
    area->setObjectName(QStringLiteral("runArea"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setProperty("role", QStringLiteral("surface"));
    auto* inner = new QWidget;
    auto* layout = new QVBoxLayout(inner);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::m);
    m_message = new QLabel(inner);
    m_message->setObjectName(QStringLiteral("runMessage"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_userReads = new QLabel(inner);
    m_userReads->setObjectName(QStringLiteral("userReads"));
    m_userReads->setTextFormat(Qt::PlainText);
    m_userReads->setProperty("tone", QStringLiteral("warn"));
    m_cards = new HopCards(inner);
    m_table = new HopsTable(inner);
    connect(m_cards, &HopCards::inspectAsked, this, &PlaygroundPage::inspect);
    layout->addWidget(m_message);
    layout->addWidget(m_cards);
    layout->addWidget(m_userReads);
    layout->addWidget(m_table);
    layout->addStretch(1);
    area->setWidget(inner);
    outer->addWidget(area, 1);
    m_middle->addWidget(run);

    m_compare = new ComparePanel(
        session().runs(),
        [this](CompiledPolicyPtr policy, Request request, RunOptions options) {
            return session().startRun(std::move(policy), std::move(request), std::move(options));
        },
        m_middle);
    connect(m_compare, &ComparePanel::liveChanged, this, &PlaygroundPage::updateMay);
    connect(m_compare, &ComparePanel::againAsked, this, &PlaygroundPage::askCompare);
    connect(m_compare, &ComparePanel::closeAsked, this, [this] {
        m_comparing = false;
        showMiddle();
    });
    m_middle->addWidget(m_compare);
    return m_middle;
}

void PlaygroundPage::connectRuns()
{
    LiveRuns& runs = session().runs();
    connect(&runs, &LiveRuns::decided, this, [this](RunId run, const Decision& decision) {
        if (!isMine(run))
            return;
        m_view.decided(decision);
        showAll();
    });
    connect(&runs, &LiveRuns::retrieved, this,
            [this](RunId run, const std::vector<RetrievedPassage>& passages) {
                if (!isMine(run))
                    return;
                m_view.retrieved(passages);
                showAll();
            });
    connect(&runs, &LiveRuns::hopStarted, this,
            [this](RunId run, int hop, const QString& tier, const QString& model, double atMs) {
                if (!isMine(run))
                    return;
                m_view.hopStarted(hop, tier, model, atMs);
                showAll();
            });
    connect(&runs, &LiveRuns::hopText, this, [this](RunId run, int hop, const QString& delta) {
        if (!isMine(run))
            return;
        m_view.hopText(hop, delta);
        showText();
    });
    connect(&runs, &LiveRuns::attemptFailed, this,
            [this](RunId run, int hop, const Attempt& attempt, double retryInMs) {
                if (!isMine(run))
                    return;
                m_view.attemptFailed(hop, attempt, retryInMs);
                showAll();
            });
    connect(&runs, &LiveRuns::gateStarted, this,
            [this](RunId run, int hop, const QString& trigger, double atMs) {
                if (!isMine(run))
                    return;
                m_view.gateStarted(hop, trigger, atMs);
                showAll();
            });
    connect(&runs, &LiveRuns::gateFinished, this, [this](RunId run, int hop, const GateResult& gate) {
        if (!isMine(run))
            return;
        m_view.gateFinished(hop, gate);
        showAll();
    });
    connect(&runs, &LiveRuns::hopFinished, this, [this](RunId run, const Hop& hop) {
        if (!isMine(run))
            return;
        m_view.hopFinished(hop);
        showAll();
    });
    connect(&runs, &LiveRuns::answered, this, [this](RunId run) {
        if (!isMine(run))
            return;
        m_view.answered();
        showAll();
    });
    connect(&runs, &LiveRuns::runFinished, this,
            [this](RunId run, const TracePtr& trace, const QString& problem) {
                if (!isMine(run))
                    return;
                m_view.finished(trace, problem);
                m_decision->setResolved(trace ? trace->resolved : std::nullopt);
                m_decision->setRating(std::nullopt);
                showAll();
                updateMay();
            });
    connect(&runs, &LiveRuns::batchStarted, this, [this](int total) {
        m_batch->begin(session().runs().batchDataset(), session().runs().batchMode(), total);
        updateMay();
    });
    connect(&runs, &LiveRuns::batchProgressed, m_batch, &BatchPanel::progress);
    connect(&runs, &LiveRuns::batchFinished, this, [this](const BatchProgress& progress) {
        m_batch->finish(progress);
        updateMay();
    });
    connect(&runs, &LiveRuns::idleChanged, this, &PlaygroundPage::updateMay);
}

void PlaygroundPage::activated()
{
    m_timeline->setLive(true);
    readExamples();
    countLeft();
}

void PlaygroundPage::deactivated()
{
    m_timeline->setLive(false);
}

bool PlaygroundPage::reveal(const QString& target)
{
    if (target.isEmpty())
        return true;
    if (target.startsWith(QStringLiteral("trace:"))) {
        openTrace(target.mid(6));
        return true;
    }
    if (target == QLatin1String("faults") || target.startsWith(QStringLiteral("fault:"))) {
        openFaultLab(target.section(QLatin1Char(':'), 1));
        return true;
    }
    if (target.startsWith(QStringLiteral("prompt:"))) {
        m_request->setRequest(Request::fromPrompt({}, ss(target.mid(7))));
        m_request->focusPrompt();
        return true;
    }
    return target.startsWith(QStringLiteral("dataset:")) && m_batch->selectDataset(target.mid(8));
}

void PlaygroundPage::send(TraceMode mode)
{
    updateMay();
    const bool canRun = session().policy().document()->runnable() && session().runs().isReady();
    if (!mayBegin() || !canRun)
        return;
    m_preparing = true;
    session().policy().whenCompiled(
        this, [this, mode, request = m_request->request()](const CompiledPolicyPtr& policy) {
            m_preparing = false;
            begin(policy, request, mode);
        });
    updateMay();
}

void PlaygroundPage::begin(const CompiledPolicyPtr& policy, const Request& request, TraceMode mode)
{
    m_traceAsked.next(); // a trace that is still being read would take its place
    RunOptions options;
    options.mode = mode;
    const auto run = session().startRun(policy, request, options);
    if (!run) {
        session().report(run.error());
        updateMay();
        return;
    }
    m_comparing = false;
    m_view.begin(*run, policy, request, mode);
    m_decision->setResolved(std::nullopt);
    m_decision->setRating(std::nullopt);
    showAll();
    updateMay();
}

void PlaygroundPage::sendExample()
{
    if (!m_request->hasPrompt()) {
        const Request* example = m_request->example(QStringLiteral("medium"));
        if (!example)
            return;
        m_request->setRequest(*example);
    }
    send(TraceMode::Policy);
}

void PlaygroundPage::stop()
{
    if (m_compare->isLive())
        m_compare->stop();
    else if (m_view.isLive())
        session().runs().cancel(m_view.run());
    else
        session().runs().cancelBatch();
}

void PlaygroundPage::runDataset(const QString& dataset, TraceMode mode, int concurrency,
                                Session::BatchPart part)
{
    if (const auto started = session().startBatch(dataset, mode, concurrency, part); !started)
        session().report(started.error());
}

void PlaygroundPage::countLeft()
{
    const PolicyPtr policy = session().policy().document()->policy;
    const QString dataset = m_batch->dataset();
    const quint64 ticket = m_leftAsked.next();
    if (!policy || dataset.isEmpty() || !session().isOpen()) {
        m_batch->setLeft(0, 0);
        return;
    }
    session().store().read(
        this,
        [name = ss(dataset),
         hash = policy->contentHash](WorkspaceReader& reader) -> Result<std::pair<int, int>> {
            const auto left = promptsLeft(reader, name, hash, TraceMode::Policy);
            const auto allTiersLeft = promptsLeft(reader, name, hash, TraceMode::AllTiers);
            if (!left || !allTiersLeft)
                return tl::unexpected<Error>((left ? allTiersLeft : left).error());
            return std::pair(static_cast<int>(left->size()), static_cast<int>(allTiersLeft->size()));
        },
        [this, ticket](Result<std::pair<int, int>> left) {
            if (m_leftAsked.isCurrent(ticket) && left) // else the list of traces says what is wrong
                m_batch->setLeft(left->first, left->second);
        });
}

void PlaygroundPage::setResolved(bool resolved)
{
    if (m_view.state() != RunView::State::Done)
        return;
    session().setResolved(qs(m_view.trace()->id), resolved);
    m_decision->setResolved(resolved);
    session().say(resolved ? tr("The run is marked as resolved.") : tr("The run is marked as not resolved."));
}

void PlaygroundPage::rate(TierFit fit)
{
    if (m_view.state() != RunView::State::Done || m_comparing)
        return;
    session().rate(qs(m_view.trace()->id), fit);
    m_decision->setRating(fit);
    switch (fit) {
    case TierFit::GoodFit:
        session().say(tr("Rated as a good fit."));
        break;
    case TierFit::Underpowered:
        session().say(tr("Rated as underpowered."));
        break;
    case TierFit::Overprovisioned:
        session().say(tr("Rated as overprovisioned."));
        break;
    case TierFit::Failed:
        session().say(tr("Rated as failed."));
        break;
    }
}

void PlaygroundPage::copyJson()
{
    if (!m_view.trace())
        return;
    QApplication::clipboard()->setText(qs(traceToJson(*m_view.trace())));
    session().say(tr("The trace was copied as JSON."));
}

void PlaygroundPage::showAll()
{
    showMiddle();
    m_timeline->refresh();
    m_cards->show(m_view);
    m_table->show(m_view);
    m_decision->show(m_view);
    showMessage();
}

void PlaygroundPage::showText()
{
    if (!m_textTimer->isActive())
        m_textTimer->start();
}

void PlaygroundPage::showMessage()
{
    const QString reads = m_view.userReads();
    m_userReads->setText(reads.isEmpty() ? QString() : tr("The user reads: “%1”").arg(reads));
    m_userReads->setVisible(!reads.isEmpty());

    QString text;
    QString tone;
    if (m_view.state() == RunView::State::NotRecorded) {
        text = tr("The run has ended, but its trace is not on disk: %1").arg(m_view.problem());
        tone = QStringLiteral("bad");
    } else if (m_view.gathersEvidence()) {
        text = tr("The user has the answer. What is asked now is evidence for later; nobody waits for it.");
    } else if (m_view.trace()) {
        const Trace& trace = *m_view.trace();
        switch (trace.status) {
        case TraceStatus::Answered:
            if (trace.cacheHit) // there is no hop that would show it
                text = tr("An earlier answer, to a question that is %1 alike, was given again: %2")
                           .arg(percentText(trace.cacheHit->similarity, 1), qs(trace.answer));
            break;
        case TraceStatus::HandedOff:
            text = tr("Handed to a person: %1.")
                       .arg(reasonInWords(trace.reasons.empty() ? QString() : qs(trace.reasons.back())));
            break;
        case TraceStatus::Failed:
            text = (trace.answer.empty() ? tr("No answer: %1. The trace is kept.")
                                         : tr("The answer broke off: %1. What had come of it is kept."))
                       .arg(reasonInWords(trace.reasons.empty() ? QString() : qs(trace.reasons.back())));
            tone = QStringLiteral("bad");
            break;
        case TraceStatus::Cancelled:
            text = tr("Stopped. What was finished is kept.");
            break;
        }
    }
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    if (m_message->property("tone").toString() != tone) {
        m_message->setProperty("tone", tone);
        m_message->setStyle(m_message->style());
    }
}

void PlaygroundPage::updateMay()
{
    Session& now = session();
    QString why;
    bool problems = false;
    const int errors = now.policy().document()->count(Severity::Error);
    if (now.isOpening()) {
        why = tr("The workspace is being opened.");
    } else if (!now.isOpen() || !now.runs().isReady()) {
        why = tr("No workspace is open, so nothing can be run.");
    } else if (now.policy().isReading()) {
        why = tr("The policy is being read.");
    } else if (errors > 0) {
        why = errors == 1 ? tr("The policy has an error and cannot be run.")
                          : tr("The policy has %1 errors and cannot be run.").arg(countText(errors));
        problems = true;
    } else if (const PolicyPtr policy = now.policy().document()->policy; !policy) {
        why = tr("The policy cannot be run.");
        problems = true;
    } else if (const Result<> may = mayRun(*policy); !may) {
        why = qs(may.error().message);
        problems = true;
    }
    m_request->setObstacle(why, problems);
    m_request->setRunning(m_view.isLive() || m_preparing || m_compare->isLive());
    m_request->setPolicy(now.policy().document()->policy);
    m_batch->setMayRun(why.isEmpty() && !now.runs().isBatchRunning());
    m_empty->button()->setEnabled(why.isEmpty() && (m_request->hasExamples() || m_request->hasPrompt()));
}

void PlaygroundPage::openLoadTest()
{
    if (!m_loadTest) {
        m_loadTest = new LoadWindow(session(), window());
        m_loadTest->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_loadTest->show();
    m_loadTest->raise();
    m_loadTest->activateWindow();
}

void PlaygroundPage::openFaultLab(const QString& fault)
{
    if (!m_faultLab) {
        m_faultLab = new FaultLab(session().faults(), *m_faultWatch, window());
        m_faultLab->setAttribute(Qt::WA_DeleteOnClose);
    }
    session().faults().refresh();
    m_faultLab->show();
    m_faultLab->raise();
    m_faultLab->activateWindow();
    if (!fault.isEmpty())
        m_faultLab->select(fault);
}

void PlaygroundPage::updateDatasets()
{
    m_batch->setDatasets(session().datasets());
    readExamples();
}

void PlaygroundPage::readExamples()
{
    const QString dataset = m_batch->dataset();
    if (dataset.isEmpty() || !session().isOpen()) {
        m_examplesOf.clear();
        m_request->setExamples({});
        updateMay();
        return;
    }
    const QString wanted = session().workspacePath() + QLatin1Char('\n') + dataset;
    if (wanted == m_examplesOf)
        return;
    m_examplesOf = wanted;
    m_reading = true;
    const quint64 ticket = m_examplesAsked.next();
    session().store().read(
        this,
        [name = ss(dataset), ready = session().policy().compiledIfReady(),
         document =
             session().policy().document()](WorkspaceReader& reader) -> Result<std::vector<ExampleGroup>> {
            auto prompts = reader.prompts(name);
            if (!prompts)
                return tl::unexpected<Error>(prompts.error());
            const CompiledPolicyPtr policy = ready || !document->runnable()
                                                 ? ready
                                                 : std::make_shared<const CompiledPolicy>(document->policy);
            return exampleGroups(*prompts, policy.get());
        },
        [this, ticket](Result<std::vector<ExampleGroup>> groups) {
            if (!m_examplesAsked.isCurrent(ticket))
                return;
            m_reading = false;
            if (!groups) {
                session().report(groups.error());
                return;
            }
            m_request->setExamples(std::move(*groups));
            updateMay();
        });
}

ModePage* createPlaygroundPage(Session& session, QWidget* parent)
{
    return new PlaygroundPage(session, parent);
}

} // namespace signalbox
