// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/load/load_run.h"

#include "exchange/files.h"
#include "load/load_test.h"
#include "load/worst_case.h"
#include "retrieval/fts_index.h"
#include "routers/run_support.h"
#include "sandbox/sandbox.h"
#include "ui/theme/text.h"
#include "workspace/workspace.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <utility>

namespace signalbox {

namespace {

constexpr std::uint64_t kSeed = 1;
constexpr int kLooksEveryMs = 200;

} // namespace

/// In the order in which they come up; they go down in the opposite one.
struct LoadRun::Bench
{
    DiscardingSink sink;
    EnvironmentSecrets secrets;
    std::unique_ptr<FtsIndex> documents;
    std::unique_ptr<Sandbox> sandbox;
    std::unique_ptr<Transport> transport;
    std::unique_ptr<CascadeEngine> engine;
    std::unique_ptr<LoadTest> test;
    int worstDepth = 0;
};

LoadRun::LoadRun(QObject* parent) : QObject(parent)
{
    m_timer.setInterval(kLooksEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &LoadRun::look);
}

LoadRun::~LoadRun()
{
    letGo();
}

void LoadRun::start(const LoadAsk& ask)
{
    letGo();
    const quint64 ticket = ++m_ticket;
    m_ask = ask;
    m_ask.workspace.reset(); // it may be closed while the results are looked at
    m_report = {};
    m_verdicts.clear();
    m_underWay = 0;
    m_state = State::Starting;
    Q_EMIT changed();
    const QPointer<LoadRun> self(this);
    QThreadPool::globalInstance()->start([self, ticket, ask] {
        auto bench = std::make_shared<Result<std::shared_ptr<Bench>>>(bringUp(ask));
        QMetaObject::invokeMethod(
            qApp,
            [self, ticket, bench] {
                if (!self || self->m_ticket != ticket) {
                    QThreadPool::globalInstance()->start([unwanted = std::move(*bench)] {});
                    return;
                }
                if (*bench) {
                    self->adopt(std::move(**bench));
                    return;
                }
                self->m_state = State::None;
                Q_EMIT self->changed();
                const Error& error = bench->error();
                Q_EMIT self->failed(qs(error.message + (error.context.empty() ? "" : " (" + error.context + ")")));
            },
            Qt::QueuedConnection);
    });
}

Result<std::shared_ptr<LoadRun::Bench>> LoadRun::bringUp(const LoadAsk& ask)
{
    if (const Result<> may = mayRun(*ask.policy); !may)
        return tl::unexpected<Error>(may.error());
    auto bench = std::make_shared<Bench>();
    PolicyPtr policy = ask.policy;
    const Result<WorstCase> worst = worstCaseOf(*policy);
    if (ask.worstCase && !worst)
        return tl::unexpected<Error>(worst.error());
    bench->worstDepth = worst ? worst->depth : 0;
    if (ask.worstCase)
        policy = worst->policy;

    LoadPlan plan;
    plan.seconds = ask.seconds;
    plan.mostCost = ask.mostCost;
    if (ask.arrivals == LoadAsk::Arrivals::Recorded) {
        const Result<std::string> text = readWholeFile(ask.file);
        if (!text)
            return tl::unexpected<Error>(text.error());
        Result<std::vector<Arrival>> trace = parseArrivals(*text);
        if (!trace)
            return tl::unexpected<Error>(trace.error());
        plan.arrivals = replay(std::move(*trace), ask.speed);
    } else if (ask.arrivals == LoadAsk::Arrivals::AtRandom) {
        plan.arrivals = poisson(ask.perSecond, kSeed);
    } else {
        plan.concurrency = ask.concurrency;
    }

    std::vector<Request> requests;
    if (ask.workspace) {
        const auto reader = ask.workspace->reader();
        if (!reader)
            return tl::unexpected<Error>(reader.error());
        const auto documents = (*reader)->documents();
        if (!documents)
            return tl::unexpected<Error>(documents.error());
        if (!documents->empty()) {
            auto index = FtsIndex::build(*documents);
            if (!index)
                return tl::unexpected<Error>(index.error());
            bench->documents = std::move(*index);
        }
        if (!ask.dataset.empty()) {
            auto found = (*reader)->prompts(ask.dataset);
            if (!found)
                return tl::unexpected<Error>(found.error());
            for (DatasetPrompt& prompt : *found)
                requests.push_back(std::move(prompt.request));
            if (requests.empty())
                return fail("load.no_prompts", "There is no prompt in the dataset any more; choose another one.", ask.dataset);
        }
    }
    plan.request = requests.empty() ? madeUp(ask.inputTokens, kSeed) : repeatedly(std::move(requests));

    EngineConfig config;
    config.seed = kSeed;
    config.admission = admissionFor(plan);
    if (policy->usesSandbox()) {
        auto sandbox = Sandbox::start({});
        if (!sandbox)
            return tl::unexpected<Error>(sandbox.error());
        bench->sandbox = std::move(*sandbox);
        config.sandboxBaseUrl = bench->sandbox->baseUrl();
    }
    bench->transport = std::make_unique<Transport>();
    bench->engine = std::make_unique<CascadeEngine>(*bench->transport, bench->sink, bench->secrets,
                                                    bench->documents.get(), config);
    bench->test = LoadTest::start(*bench->engine, std::make_shared<CompiledPolicy>(policy), std::move(plan));
    return bench;
}

void LoadRun::adopt(std::shared_ptr<Bench> bench)
{
    m_bench = std::move(bench);
    m_worstDepth = m_bench->worstDepth;
    m_state = State::Running;
    m_timer.start();
    look();
}

void LoadRun::look()
{
    if (!m_bench)
        return;
    const bool over = m_bench->test->waitFor(std::chrono::milliseconds(0));
    m_report = m_bench->test->report();
    m_underWay = m_bench->test->underWay();
    m_verdicts = judgeLoad(m_report, *m_ask.policy, !m_ask.dataset.empty() && !m_ask.worstCase);
    if (over) {
        m_state = State::Over;
        letGo();
    }
    Q_EMIT changed();
}

void LoadRun::stop()
{
    if (m_state == State::Starting) {
        ++m_ticket; // what comes up is let go of at once
        m_state = State::None;
        Q_EMIT changed();
    } else if (m_bench) {
        m_bench->test->stop();
    }
}

/// Taking it down waits for the network; nobody here should.
void LoadRun::letGo()
{
    m_timer.stop();
    if (m_bench)
        QThreadPool::globalInstance()->start([bench = std::exchange(m_bench, nullptr)]() mutable { bench.reset(); });
}

} // namespace signalbox
