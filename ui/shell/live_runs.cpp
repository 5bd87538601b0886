// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/live_runs.h"

#include "routers/run_support.h"
#include "ui/theme/text.h"

#include <QMutex>
#include <QTimer>

#include <functional>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace signalbox {

namespace {
constexpr int kDrainEveryMs = 20;   // 50 Hz
constexpr int kBatchEveryMs = 50;   // 20 Hz
constexpr int kCommitEveryMs = 250; // 4 Hz
} // namespace

/// What the engine's threads have told and the Qt thread has not yet heard. Outlives both sides.
struct LiveRuns::Queue
{
    struct Event
    {
        RunId run = 0;
        int hop = -1;
        std::string text; ///< gathered deltas, when `emitSignal` is empty
        std::function<void(LiveRuns&)> emitSignal;
    };

    QMutex mutex;
    LiveRuns* target = nullptr; ///< null once the Qt side is gone
    std::vector<Event> events;
    /// Where the text of a hop is being gathered, as long as nothing else happened in its run: many streams at once
    /// still make one signal each.
    std::unordered_map<RunId, std::map<int, std::size_t>> gathering;
    std::optional<BatchProgress> batch;
    quint64 batchTicket = 0;
    int committed = 0;
    bool scheduled = false;

    void push(Event event)
    {
        const QMutexLocker lock(&mutex);
        if (event.emitSignal) {
            gathering.erase(event.run);
        } else {
            const auto [place, fresh] = gathering[event.run].try_emplace(event.hop, events.size());
            if (!fresh) {
                events[place->second].text += event.text;
                return; // already scheduled
            }
        }
        events.push_back(std::move(event));
        schedule();
    }
    std::vector<Event> take() // with the mutex held
    {
        gathering.clear();
        return std::exchange(events, {});
    }
    void schedule() // with the mutex held
    {
        if (scheduled || !target)
            return;
        scheduled = true;
        LiveRuns* receiver = target;
        // Safe: ~LiveRuns takes the mutex before it clears `target`, and a posted call dies with its
        // receiver.
        QMetaObject::invokeMethod(receiver, [receiver] { receiver->scheduleDrain(); }, Qt::QueuedConnection);
    }
};

class LiveRuns::Relay : public RunObserver
{
public:
    explicit Relay(std::shared_ptr<Queue> queue) : m_queue(std::move(queue)) {}

    void decided(RunId run, const Decision& decision) override
    {
        send(run, [run, decision](LiveRuns& to) { Q_EMIT to.decided(run, decision); });
    }
    void retrieved(RunId run, const std::vector<RetrievedPassage>& passages) override
    {
        send(run, [run, passages](LiveRuns& to) { Q_EMIT to.retrieved(run, passages); });
    }
    void hopStarted(RunId run, int hop, const std::string& tier, const std::string& model,
                    double atMs) override
    {
        send(run, [=](LiveRuns& to) { Q_EMIT to.hopStarted(run, hop, qs(tier), qs(model), atMs); });
    }
    void hopText(RunId run, int hop, std::string_view delta) override
    {
        m_queue->push({run, hop, std::string(delta), {}});
    }
    void attemptFailed(RunId run, int hop, const Attempt& attempt, double retryInMs) override
    {
        send(run, [=](LiveRuns& to) { Q_EMIT to.attemptFailed(run, hop, attempt, retryInMs); });
    }
    void gateStarted(RunId run, int hop, const std::string& trigger, double atMs) override
    {
        send(run, [=](LiveRuns& to) { Q_EMIT to.gateStarted(run, hop, qs(trigger), atMs); });
    }
    void gateFinished(RunId run, int hop, const GateResult& gate) override
    {
        send(run, [=](LiveRuns& to) { Q_EMIT to.gateFinished(run, hop, gate); });
    }
    void hopFinished(RunId run, const Hop& hop) override
    {
        send(run, [run, hop](LiveRuns& to) { Q_EMIT to.hopFinished(run, hop); });
    }
    void answered(RunId run, int /*hop*/) override
    {
        send(run, [run](LiveRuns& to) { Q_EMIT to.answered(run); });
    }
    void finished(RunId run, TracePtr trace, const Result<>& durable) override
    {
        const QString problem = durable ? QString() : qs(durable.error().message);
        send(run, [run, trace, problem](LiveRuns& to) { to.finishRun(run, trace, problem); });
    }

private:
    void send(RunId run, std::function<void(LiveRuns&)> emitSignal)
    {
        m_queue->push({run, -1, {}, std::move(emitSignal)});
    }
    std::shared_ptr<Queue> m_queue;
};

LiveRuns::LiveRuns(QObject* parent)
    : QObject(parent), m_queue(std::make_shared<Queue>()), m_drainTimer(new QTimer(this)),
      m_commitTimer(new QTimer(this))
{
    m_queue->target = this;
    m_drainTimer->setSingleShot(true);
    m_drainTimer->setTimerType(Qt::PreciseTimer);
    connect(m_drainTimer, &QTimer::timeout, this, &LiveRuns::drain);
    m_commitTimer->setSingleShot(true);
    m_commitTimer->setInterval(kCommitEveryMs);
    connect(m_commitTimer, &QTimer::timeout, this, [this] {
        if (std::exchange(m_committed, false))
            Q_EMIT tracesCommitted();
    });
}

LiveRuns::~LiveRuns()
{
    setEngine(nullptr);
    const QMutexLocker lock(&m_queue->mutex);
    m_queue->target = nullptr;
}

void LiveRuns::setEngine(CascadeEngine* engine)
{
    if (m_engine) {
        const bool wasIdle = isIdle();
        cancelAll();
        if (m_batch) {
            m_batch->wait();
            m_batch.reset();
            m_progress.cancelled = true;
            m_progress.done = true;
            Q_EMIT batchFinished(m_progress);
        }
        ++m_batchTicket;
        m_running.clear(); // their last signals are dropped: whoever shows them is being emptied
        {
            const QMutexLocker lock(&m_queue->mutex);
            m_queue->target = nullptr;
        }
        m_queue = std::make_shared<Queue>();
        m_queue->target = this;
        noteIdle(wasIdle);
    }
    m_engine = engine;
}

Result<RunId> LiveRuns::start(CompiledPolicyPtr policy, Request request, RunOptions options)
{
    if (!m_engine)
        return fail("session.not_ready", "The engine is not up yet; wait until the workspace is open.");
    if (const Result<> may = mayRun(policy->policy()); !may)
        return tl::unexpected<Error>(may.error());
    const bool wasIdle = isIdle();
    const RunId run = m_engine->start(std::move(policy), std::move(request), std::move(options),
                                      std::make_shared<Relay>(m_queue));
    m_running.insert(run);
    Q_EMIT runStarted(run);
    noteIdle(wasIdle);
    return run;
}

void LiveRuns::cancel(RunId run)
{
    if (m_engine)
        m_engine->cancel(run);
}

Result<> LiveRuns::startBatch(CompiledPolicyPtr policy, std::vector<Request> requests, RunOptions options,
                              int concurrency)
{
    if (!m_engine)
        return fail("session.not_ready", "The engine is not up yet; wait until the workspace is open.");
    if (m_batch)
        return fail("batch.running", "A batch is running already; stop it first, or wait until it is done.");
    if (const Result<> may = mayRun(policy->policy()); !may)
        return may;
    const bool wasIdle = isIdle();
    const int total = static_cast<int>(requests.size());
    m_batchDataset = qs(options.dataset);
    m_batchMode = options.mode;
    m_progress = BatchProgress{};
    m_progress.total = total;
    const quint64 ticket = ++m_batchTicket;
    const auto onProgress = [queue = m_queue, ticket](const BatchProgress& progress, const TracePtr& trace) {
        const QMutexLocker lock(&queue->mutex);
        queue->batch = progress;
        queue->batchTicket = ticket;
        if (trace)
            ++queue->committed;
        queue->schedule();
    };
    m_batch = Batch::start(*m_engine, std::move(policy), std::move(requests), std::move(options), concurrency,
                           onProgress);
    Q_EMIT batchStarted(total);
    noteIdle(wasIdle);
    return {};
}

void LiveRuns::cancelBatch()
{
    if (m_batch)
        m_batch->cancel();
}

void LiveRuns::cancelAll()
{
    cancelBatch();
    if (m_engine) {
        for (const RunId run : m_running)
            m_engine->cancel(run);
    }
}

void LiveRuns::scheduleDrain()
{
    const qint64 interval = m_batch && m_running.empty() ? kBatchEveryMs : kDrainEveryMs;
    const qint64 since = m_sinceDrain.isValid() ? m_sinceDrain.elapsed() : interval;
    m_drainTimer->start(static_cast<int>(std::max<qint64>(0, interval - since)));
}

void LiveRuns::drain()
{
    m_sinceDrain.start();
    const auto queue = m_queue; // a slot may change the engine, and with it the queue
    std::vector<Queue::Event> events;
    std::optional<BatchProgress> batch;
    quint64 batchTicket = 0;
    int committed = 0;
    {
        const QMutexLocker lock(&queue->mutex);
        queue->scheduled = false;
        events = queue->take();
        batch = std::exchange(queue->batch, std::nullopt);
        batchTicket = queue->batchTicket;
        committed = std::exchange(queue->committed, 0);
    }
    for (const Queue::Event& event : events) {
        if (queue != m_queue)
            return;
        if (event.emitSignal)
            event.emitSignal(*this);
        else
            Q_EMIT hopText(event.run, event.hop, qs(event.text));
    }
    if (committed > 0) {
        m_committed = true;
        if (!m_commitTimer->isActive())
            m_commitTimer->start();
    }
    if (batch && m_batch && batchTicket == m_batchTicket && queue == m_queue) {
        const bool wasIdle = isIdle();
        m_progress = *batch;
        Q_EMIT batchProgressed(m_progress);
        if (m_progress.done) {
            m_batch.reset();
            Q_EMIT batchFinished(m_progress);
            noteIdle(wasIdle);
        }
    }
}

void LiveRuns::finishRun(RunId run, const TracePtr& trace, const QString& problem)
{
    const bool wasIdle = isIdle();
    m_running.erase(run);
    Q_EMIT runFinished(run, trace, problem);
    if (problem.isEmpty()) {
        m_committed = true;
        if (!m_commitTimer->isActive())
            m_commitTimer->start();
    }
    noteIdle(wasIdle);
}

void LiveRuns::noteIdle(bool wasIdle)
{
    if (isIdle() != wasIdle)
        Q_EMIT idleChanged(isIdle());
}

} // namespace signalbox
