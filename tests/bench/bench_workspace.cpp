// SPDX-License-Identifier: GPL-3.0-or-later
// What a trace costs the writer: CPU of the whole process per trace, synced to disk.
// build/release/tests/bench_workspace

#include "base/ids.h"
#include "cascade/trace.h"
#include "workspace/workspace.h"

#include <benchmark/benchmark.h>

#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

using namespace signalbox;

namespace {

Trace singleHopTrace(int number)
{
    Trace trace;
    trace.id = newId();
    trace.dataset = "bench";
    trace.promptId = "p" + std::to_string(number % 1000);
    trace.startedAtMs = 1'700'000'000'000 + number;
    trace.policyName = "Harbor Support";
    trace.policyHash = std::string(64, 'a');
    trace.promptVersion = std::string(64, 'b');
    trace.judgeVersions = "grounding@1a2b3c4d";
    trace.messages = {{"user", "Question " + std::to_string(number) + " " + std::string(280, 'q')}};
    trace.inputHash = sha256Hex(trace.messages[0].content);
    trace.route = "T0";
    trace.router = "scoring";
    trace.confidence = 0.83;
    trace.intent = "billing.refund_status";
    trace.difficulty = 1;
    trace.decisionNanos = 21'000;
    trace.status = TraceStatus::Answered;
    trace.finalTier = "T0";
    trace.model = "support-3b";
    trace.answer = std::string(300, 'a');
    trace.reasons = {"router.scoring", "answered"};
    trace.latencyMs = 412;
    trace.ttftMs = 101;
    Hop hop;
    hop.tier = "T0";
    hop.model = "support-3b";
    hop.status = HopStatus::Accepted;
    hop.reason = "accepted";
    hop.text = trace.answer;
    hop.tokens = {120, {}, 80, {}};
    hop.ttftMs = 101;
    hop.latencyMs = 400;
    hop.totalMs = 400;
    Attempt attempt;
    attempt.purpose = "model";
    attempt.endpoint = "onprem";
    attempt.httpStatus = 200;
    attempt.ttftMs = 101;
    attempt.totalMs = 400;
    hop.attempts = {attempt};
    trace.hops = {hop};
    Charge charge;
    charge.model = "support-3b";
    charge.hop = 0;
    charge.tokens = hop.tokens;
    charge.priceSource = "own";
    charge.priceAsOf = "2026-11-01";
    charge.cost = 7200;
    trace.charges = {charge};
    return trace;
}

double cpuSeconds()
{
    struct rusage usage = {};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Folder
{
    Folder()
    {
        char name[] = "/tmp/signalbox-bench-XXXXXX";
        path = ::mkdtemp(name);
    }
    ~Folder()
    {
        for (const char* ending : {"", "-wal", "-shm"})
            ::unlink((file() + ending).c_str());
        ::rmdir(path.c_str());
    }
    std::string file() const { return path + "/bench.signalbox"; }
    std::string path;
};

/// As the cascade does: so many requests in flight, each waits until its trace is on disk before the next
/// begins. An argument of 0 hands all traces over at once.
void recordTraces(benchmark::State& state)
{
    constexpr int kTraces = 20'000;
    const int inFlight = state.range(0) == 0 ? kTraces : static_cast<int>(state.range(0));
    std::vector<TracePtr> traces;
    for (int i = 0; i < kTraces; ++i)
        traces.push_back(std::make_shared<const Trace>(singleHopTrace(i)));
    double cpu = 0;
    for (auto _ : state) {
        state.PauseTiming();
        const Folder folder;
        auto workspace = std::move(*Workspace::open(folder.file(), OpenMode::OpenOrCreate));
        std::atomic<int> pending = 0;
        std::atomic<int> lost = 0;
        state.ResumeTiming();
        const double before = cpuSeconds();
        for (const TracePtr& trace : traces) {
            for (int now = pending.load(); now >= inFlight; now = pending.load())
                pending.wait(now);
            ++pending;
            workspace->record(trace, [&](const Result<>& durable) {
                lost += durable ? 0 : 1;
                --pending;
                pending.notify_one();
            });
        }
        if (!workspace->flush() || lost > 0)
            state.SkipWithError("a trace was lost");
        cpu += cpuSeconds() - before;
        state.PauseTiming();
        workspace.reset();
        state.ResumeTiming();
    }
    const auto all = static_cast<double>(state.iterations()) * kTraces;
    state.counters["cpu_us_per_trace"] = 1e6 * cpu / all;
    state.counters["traces_per_second"] = benchmark::Counter(all, benchmark::Counter::kIsRate);
}

void readTraces(benchmark::State& state)
{
    constexpr int kTraces = 20'000;
    const Folder folder;
    auto workspace = std::move(*Workspace::open(folder.file(), OpenMode::OpenOrCreate));
    for (int i = 0; i < kTraces; ++i)
        workspace->record(std::make_shared<const Trace>(singleHopTrace(i)), {});
    if (!workspace->flush())
        state.SkipWithError("a trace was lost");
    const auto reader = std::move(*workspace->reader());
    for (auto _ : state) {
        if (state.range(0) == 0)
            benchmark::DoNotOptimize(reader->traceRows({}));
        else
            benchmark::DoNotOptimize(reader->traces({}));
    }
    state.counters["us_per_trace"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * kTraces / 1e6,
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

} // namespace

BENCHMARK(recordTraces)
    ->ArgName("in_flight")
    ->Arg(0)
    ->Arg(64)
    ->Arg(8)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(readTraces)->ArgName("whole")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
