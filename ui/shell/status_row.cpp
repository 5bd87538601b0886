// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/status_row.h"

#include "ui/shell/autosave.h"
#include "ui/shell/session.h"
#include "ui/theme/text.h"
#include "ui/theme/widgets.h"

#include <QDateTime>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QTimer>
#include <QUndoStack>

namespace signalbox {

StatusRow::StatusRow(Session& session, QWidget* parent)
    : QStatusBar(parent), m_session(session), m_text(new ElidedLabel({}, Qt::ElideRight, this)),
      m_progress(new QProgressBar(this)), m_count(new QLabel(this)),
      m_stop(plainButton(tr("Stop"), QStringLiteral("statusStop"), this)),
      m_autosave(new ElidedLabel({}, Qt::ElideRight, this)), m_faults(new Pill({}, Tone::Warn, this)), m_undo(new QLabel(this)),
      m_writer(new QLabel(this)), m_writerTimer(new QTimer(this))
{
    setObjectName(QStringLiteral("statusRow"));
    setSizeGripEnabled(false);
    setContentsMargins(space::s, 0, space::s, 0);
    setMinimumHeight(28);
    m_text->setObjectName(QStringLiteral("statusText"));
    m_progress->setObjectName(QStringLiteral("statusProgress"));
    m_progress->setAccessibleName(tr("Progress of the running work"));
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(140);
    m_count->setObjectName(QStringLiteral("statusCount"));
    m_stop->setToolTip(tr("Stops what runs; what is finished is kept."));
    m_stop->setStyleSheet(QStringLiteral("padding: 0 8px; min-height: 16px;"));
    m_undo->setObjectName(QStringLiteral("statusUndo"));
    m_writer->setObjectName(QStringLiteral("statusWriter"));
    m_writer->setToolTip(tr("Traces that are not yet on disk. What the window shows as done is on disk."));
    addWidget(m_text, 1);
    addWidget(m_progress);
    addWidget(m_count);
    addWidget(m_stop);
    m_autosave->setObjectName(QStringLiteral("statusAutosave"));
    m_autosave->setMaximumWidth(360);
    m_autosave->hide();
    m_faults->setObjectName(QStringLiteral("statusFaults"));
    m_faults->setAccessibleName(tr("Faults that are switched on"));
    m_faults->setPressable(true);
    connect(m_faults, &Pill::clicked, this,
            [this] { m_session.goTo(QStringLiteral("playground"), QStringLiteral("faults")); });
    connect(&session.faults(), &SandboxFaults::changed, this, &StatusRow::refreshFaults);
    addPermanentWidget(m_autosave);
    addPermanentWidget(m_faults);
    addPermanentWidget(m_undo);
    addPermanentWidget(m_writer);
    connect(m_stop, &QPushButton::clicked, &session.runs(), &LiveRuns::cancelAll);

    m_writerTimer->setInterval(250);
    connect(m_writerTimer, &QTimer::timeout, this, &StatusRow::refreshWriter);
    connect(&session.runs(), &LiveRuns::idleChanged, this, &StatusRow::refreshWork);
    connect(&session.runs(), &LiveRuns::batchProgressed, this, &StatusRow::refreshWork);
    connect(&session.runs(), &LiveRuns::batchStarted, this, [this] {
        m_said.clear();
        refreshWork();
    });
    connect(&session.runs(), &LiveRuns::batchFinished, this, [this](const BatchProgress& progress) {
        const QString what = m_session.runs().batchDataset();
        m_said = progress.cancelled ? tr("Stopped %1 at %2 of %3; finished runs are kept")
                                          .arg(what)
                                          .arg(progress.finished)
                                          .arg(progress.total)
                                    : tr("Finished %1: %2 requests, %3")
                                          .arg(what, countText(progress.finished), usdText(progress.cost));
        if (progress.failed > 0)
            m_said += tr(", %n failed", nullptr, progress.failed);
        if (progress.notRecorded > 0)
            m_said += tr(", %n could not be written", nullptr, progress.notRecorded);
        refreshWork();
    });
    connect(&session, &Session::openingChanged, this, &StatusRow::refreshWork);
    connect(&session.policy(), &PolicyEditor::workChanged, this, &StatusRow::refreshWork);
    connect(&session, &Session::workspaceChanged, this, &StatusRow::refreshWriter);
    connect(&session, &Session::statusMessage, this, [this](const QString& text) {
        m_said = text;
        refreshWork();
    });
    connect(session.policy().undoStack(), &QUndoStack::undoTextChanged, this, &StatusRow::refreshUndo);
    connect(session.policy().undoStack(), &QUndoStack::canUndoChanged, this, &StatusRow::refreshUndo);
    refreshWork();
    refreshUndo();
    refreshFaults();
    refreshWriter();
}

void StatusRow::refreshWork()
{
    LiveRuns& runs = m_session.runs();
    const bool batch = runs.isBatchRunning();
    const bool opening = m_session.isOpening();
    const PolicyEditor::Work work = m_session.policy().work();
    m_progress->setVisible(batch || opening || work != PolicyEditor::Work::None);
    m_count->setVisible(batch);
    m_stop->setVisible(!runs.isIdle());
    if (batch) {
        const BatchProgress& progress = runs.batchProgress();
        m_progress->setRange(0, std::max(1, progress.total));
        m_progress->setValue(progress.finished);
        m_count->setText(tr("%1 of %2").arg(countText(progress.finished), countText(progress.total)));
        m_text->setFullText(runs.batchMode() == TraceMode::AllTiers
                                ? tr("Running %1 through all tiers").arg(runs.batchDataset())
                                : tr("Running %1").arg(runs.batchDataset()));
    } else if (opening) {
        m_progress->setRange(0, 0);
        m_text->setFullText(tr("Opening the workspace"));
    } else if (work != PolicyEditor::Work::None) {
        m_progress->setRange(0, 0);
        m_text->setFullText(work == PolicyEditor::Work::Reading   ? tr("Reading the policy")
                            : work == PolicyEditor::Work::Mending ? tr("Mending the problems")
                                                                  : tr("Preparing the policy's patterns"));
    } else if (runs.runningRuns() > 0) {
        m_text->setFullText(tr("Running a request"));
    } else {
        m_text->setFullText(m_said.isEmpty() ? tr("Ready") : m_said);
    }
    if (!runs.isIdle() && !m_writerTimer->isActive())
        m_writerTimer->start();
    refreshWriter();
}

void StatusRow::refreshWriter()
{
    const int behind = m_session.writesQueued();
    m_writer->setVisible(m_session.isOpen() && behind > 0);
    //: %n is a number of traces
    m_writer->setText(tr("%n to write", nullptr, behind));
    if (behind == 0 && m_session.runs().isIdle())
        m_writerTimer->stop();
}

void StatusRow::showAutosave(const Autosave& autosave)
{
    QString text;
    QString explanation = autosave.explanation();
    switch (autosave.state()) {
    case Autosave::State::Nothing:
    case Autosave::State::Waiting:
        break;
    case Autosave::State::Kept:
        text = tr("Kept at %1")
                   .arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch(autosave.keptAtMs()).time(),
                                           QStringLiteral("hh:mm:ss")));
        explanation = tr("Unsaved changes are kept in a recovery file, in case Signalbox ends unexpectedly.");
        break;
    case Autosave::State::Paused:
        text = tr("Autosave pauses: %1").arg(explanation);
        break;
    case Autosave::State::Failed:
        text = tr("Autosave failed: %1").arg(explanation);
        break;
    }
    const bool isProblem =
        autosave.state() == Autosave::State::Paused || autosave.state() == Autosave::State::Failed;
    m_autosave->setProperty("tone", isProblem ? QStringLiteral("warn") : QString());
    m_autosave->style()->unpolish(m_autosave);
    m_autosave->style()->polish(m_autosave);
    if (autosave.state() != Autosave::State::Waiting || m_autosave->text().isEmpty())
        m_autosave->setFullText(text);
    m_autosave->setToolTip(explanation);
    m_autosave->setAccessibleName(m_autosave->fullText());
    m_autosave->setVisible(!m_autosave->fullText().isEmpty());
}

void StatusRow::refreshFaults()
{
    const std::vector<FaultState> on = m_session.faults().switchedOn();
    m_faults->setVisible(!on.empty());
    if (on.empty())
        return;
    QStringList names;
    for (const FaultState& fault : on) {
        const QString target = m_session.faults().targetOf(fault);
        names << (target.isEmpty() ? qs(fault.id) : QStringLiteral("%1: %2").arg(target, qs(fault.id)));
    }
    m_faults->setText(on.size() == 1 ? tr("Fault: %1").arg(names.first())
                                     : tr("%n fault(s) on", nullptr, static_cast<int>(on.size())));
    m_faults->setAccessibleName(m_faults->text());
    m_faults->setToolTip(names.join(QLatin1Char('\n')));
}

void StatusRow::refreshUndo()
{
    const QUndoStack* stack = m_session.policy().undoStack();
    m_undo->setVisible(stack->canUndo());
    m_undo->setText(tr("Undo: “%1”").arg(stack->undoText()));
}

} // namespace signalbox
