// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The bridge between the engine's threads and the Qt thread: starts and cancels runs and batches, and tells
// of them by signals that carry values, always on the Qt thread. Streamed text is gathered by hop and sent at
// most 50 times a second, progress of a batch at most 20 times.

#include "base/result.h"
#include "cascade/batch.h"
#include "cascade/engine.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <memory>
#include <set>
#include <vector>

QT_BEGIN_NAMESPACE
class QTimer;
QT_END_NAMESPACE

namespace signalbox {

class LiveRuns : public QObject
{
    Q_OBJECT
public:
    explicit LiveRuns(QObject* parent = nullptr);
    ~LiveRuns() override;

    /// The engine that runs go to; null = none yet. Cancels and forgets what ran in the one before.
    void setEngine(CascadeEngine* engine);
    bool isReady() const { return m_engine != nullptr; }

    /// Starts a request; every started run ends with exactly one runFinished(). Signals of a run come only
    /// after this returned.
    Result<RunId> start(CompiledPolicyPtr policy, Request request, RunOptions options = {});
    void cancel(RunId run);

    /// One batch at a time; error "batch.running" otherwise.
    Result<> startBatch(CompiledPolicyPtr policy, std::vector<Request> requests, RunOptions options,
                        int concurrency);
    void cancelBatch();
    void cancelAll(); ///< runs and batch

    bool isBatchRunning() const { return m_batch != nullptr; }
    const BatchProgress& batchProgress() const { return m_progress; }
    const QString& batchDataset() const { return m_batchDataset; }
    TraceMode batchMode() const { return m_batchMode; }
    int runningRuns() const { return static_cast<int>(m_running.size()); }
    bool isIdle() const { return !m_batch && m_running.empty(); }

Q_SIGNALS:
    void runStarted(signalbox::RunId run);
    void decided(signalbox::RunId run, const signalbox::Decision& decision);
    void retrieved(signalbox::RunId run, const std::vector<signalbox::RetrievedPassage>& passages);
    void hopStarted(signalbox::RunId run, int hop, const QString& tier, const QString& model, double atMs);
    void hopText(signalbox::RunId run, int hop, const QString& delta);
    void attemptFailed(signalbox::RunId run, int hop, const signalbox::Attempt& attempt, double retryInMs);
    void gateStarted(signalbox::RunId run, int hop, const QString& trigger, double atMs);
    void gateFinished(signalbox::RunId run, int hop, const signalbox::GateResult& gate);
    void hopFinished(signalbox::RunId run, const signalbox::Hop& hop);
    /// The user has the answer; the run goes on for evidence, or ends.
    void answered(signalbox::RunId run);
    /// `problem` is empty when the trace is on disk, else it says why it is not.
    void runFinished(signalbox::RunId run, const signalbox::TracePtr& trace, const QString& problem);

    void batchStarted(int total);
    void batchProgressed(const signalbox::BatchProgress& progress);
    void batchFinished(const signalbox::BatchProgress& progress);

    /// Traces were committed: at most four times a second.
    void tracesCommitted();
    void idleChanged(bool idle);

private:
    struct Queue;
    class Relay;
    void scheduleDrain();
    void drain();
    void finishRun(RunId run, const TracePtr& trace, const QString& problem);
    void noteIdle(bool wasIdle);

    std::shared_ptr<Queue> m_queue;
    CascadeEngine* m_engine = nullptr;
    std::set<RunId> m_running;
    std::shared_ptr<Batch> m_batch;
    quint64 m_batchTicket = 0;
    BatchProgress m_progress;
    QString m_batchDataset;
    TraceMode m_batchMode = TraceMode::Policy;
    QTimer* m_drainTimer = nullptr;
    QTimer* m_commitTimer = nullptr;
    QElapsedTimer m_sinceDrain;
    bool m_committed = false;
};

} // namespace signalbox
