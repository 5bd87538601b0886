// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine costs beside the network: the same requests sent by a plain libcurl loop that parses the
// same streams, and by the engine with decisions, gates, traces and a workspace on disk. A request is two
// hops, as a gate rejects the first. Rounds of both alternate within one run, and the sandbox runs in a
// process of its own, so that the ratios hold on a machine that does other things as well. Each line of the
// summary names its target; the exit status is 1 when one is missed.
//
//   bench_overhead [REQUESTS [CONCURRENCY [ROUNDS]]]        (10000, 256, 5)

#include "base/clock.h"
#include "base/statistics.h"
#include "canned_server.h"
#include "load/load_test.h"
#include "plain_loop.h"
#include "policy/document.h"
#include "providers/secrets.h"
#include "providers/transport.h"
#include "sandbox/sandbox.h"
#include "workspace/workspace.h"

#include <cmath>
#include <condition_variable>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sys/resource.h>
#include <sys/wait.h>

using namespace signalbox;
using namespace signalbox::bench;

namespace {

constexpr int kHops = 2;
constexpr int kStreams = 1000;

/// Ten tokens, as a server with batches sends them: all in one packet.
std::string cannedStream()
{
    std::string body;
    for (int i = 0; i < 10; ++i)
        body +=
            R"(data: {"id":"chatcmpl-7f3a","object":"chat.completion.chunk","created":1763770000,"model":"echo","choices":)"
            R"([{"index":0,"delta":{"content":" word)" +
            std::to_string(i) + R"("},"finish_reason":null}]})" + "\n\n";
    body += R"(data: {"id":"chatcmpl-7f3a","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})"
            "\n\n"
            R"(data: {"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":10,"total_tokens":30}})"
            "\n\ndata: [DONE]\n\n";
    char size[24];
    std::snprintf(size, sizeof size, "%zx\r\n", body.size());
    return std::string(
               "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n") +
           size + body + "\r\n0\r\n\r\n";
}

/// Streams that take their time: ten tokens in two seconds.
constexpr const char* kSlowScenario = R"({"name": "Slow", "time_scale": 1, "models": {"echo": {"echo": true,
    "ttft_ms": {"median": 1000, "sigma": 0.0}, "tokens_per_second": {"median": 5, "sigma": 0.0}}},
    "judge": {"error_rate": 0, "max_error": 0.5}, "faults": []})";

constexpr const char* kPolicy = R"({"signalbox": 1, "name": "Benchmark", "priority": "cost",
  "endpoints": [{"id": "local", "protocol": "openai", "base_url": "sandbox://local/v1", "residency": "on_prem"}],
  "models": [{"id": "echo", "endpoint": "local", "name": "echo", "context_tokens": 8192,
              "price": {"input_per_mtok": 0.02, "output_per_mtok": 0.06, "source": "bench", "as_of": "2026-11-01"}}],
  "tiers": [{"id": "T0", "models": ["echo"]}, {"id": "T1", "models": ["echo"]}],
  "rules": [{"id": "person", "when": {"keyword": ["talk to a person"]}, "route": "human", "locked": true, "reason": "policy.human_requested"}],
  "router": {"kind": "fixed", "otherwise": "T0"},
  "cascade": {"pattern": "waterfall", "order": ["T0", "T1"], "max_hops": 2},
  "triggers": [{"id": "long", "gate": "verifier", "check": "length", "min_chars": 100000, "applies_to": ["T0"], "escalate": "next"}]})";

CompiledPolicyPtr benchPolicy()
{
    const PolicyDocumentPtr document = readPolicy(kPolicy);
    if (!document->runnable())
        giveUp("the policy is not runnable");
    return std::make_shared<CompiledPolicy>(document->policy);
}

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// "VmHWM" or "VmRSS" of this process, in MB.
double memoryMb(const std::string& field)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(field))
            return std::atof(line.c_str() + field.size() + 1) / 1024;
    }
    return 0;
}

struct Figures
{
    double perSecond = 0;
    double cpuMicros = 0; ///< of this process, a whole request
    LatencyHistogram latency;
};

template <class Work>
Figures measured(int requests, Work&& work)
{
    Figures figures;
    const double cpu = cpuSeconds();
    const SteadyTime begin = now();
    figures.latency = work();
    const double seconds = msBetween(begin, now()) / 1000;
    figures.perSecond = requests / seconds;
    figures.cpuMicros = (cpuSeconds() - cpu) * 1e6 / requests;
    return figures;
}

/// A server in a process of its own, so that neither its time nor its memory is counted.
struct ServerProcess
{
    pid_t pid = -1;
    int stop = -1; ///< closing it ends the child
    std::string baseUrl;

    void end()
    {
        close(stop);
        waitpid(pid, nullptr, 0);
    }
};

/// `serve` starts a server that lives as long as what it returns, and says where it is.
template <class Serve>
ServerProcess startServer(Serve&& serve)
{
    int url[2];
    int stop[2];
    if (pipe2(url, O_CLOEXEC) != 0 || pipe2(stop, O_CLOEXEC) != 0)
        giveUp("no pipe");
    ServerProcess process;
    process.pid = fork();
    if (process.pid == 0) {
        close(stop[1]);
        std::string address;
        const auto server = serve(address);
        if (write(url[1], address.c_str(), address.size() + 1) < 0)
            _exit(3);
        char byte = 0;
        const auto ended = read(stop[0], &byte, 1);
        _exit(ended == 0 ? 0 : 1);
    }
    close(stop[0]);
    process.stop = stop[1];
    char buffer[256] = {};
    if (read(url[0], buffer, sizeof buffer - 1) <= 1)
        giveUp("the server did not start");
    process.baseUrl = buffer;
    close(url[0]);
    close(url[1]);
    return process;
}

ServerProcess startCanned(int delayMs)
{
    return startServer([delayMs](std::string& address) {
        auto server = std::make_unique<testing::CannedServer>(cannedStream(), delayMs);
        address = server->root();
        return server;
    });
}

ServerProcess startSandbox(const char* scenario)
{
    return startServer([scenario](std::string& address) {
        auto sandbox = std::move(Sandbox::start({0, scenario, 1}).value());
        address = sandbox->baseUrl();
        return sandbox;
    });
}

/// A workspace of its own that goes away again.
class ScratchWorkspace
{
public:
    ScratchWorkspace()
        : m_path((std::filesystem::temp_directory_path() /
                  ("signalbox-bench-" + std::to_string(getpid()) + ".signalbox"))
                     .string())
    {
        clear();
        m_workspace = std::move(Workspace::open(m_path, OpenMode::OpenOrCreate).value());
    }
    ~ScratchWorkspace()
    {
        m_workspace.reset();
        clear();
    }
    Workspace& operator*() { return *m_workspace; }

private:
    void clear() const
    {
        for (const char* suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(m_path + suffix);
    }
    std::string m_path;
    std::unique_ptr<Workspace> m_workspace;
};

/// Reads off each trace how long the engine took from the end of an answer to what it did next: call the next
/// tier, or finish. On the network thread.
class OwnTimes : public TraceSink
{
public:
    explicit OwnTimes(TraceSink& next) : m_next(next) {}
    void callBegins(const RunOutline& run, const std::string& tier, const Charge& call) override
    {
        m_next.callBegins(run, tier, call);
    }
    void callGrows(const std::string& traceId, const std::string& requestId, NanoUsd estimate) override
    {
        m_next.callGrows(traceId, requestId, estimate);
    }
    void callEnded(const std::string& traceId, const std::string& requestId, const Charge* charge) override
    {
        m_next.callEnded(traceId, requestId, charge);
    }
    void record(TracePtr trace, Durable durable) override
    {
        for (std::size_t i = 0; i < trace->hops.size(); ++i) {
            const Attempt& last = trace->hops[i].attempts.back();
            const bool more = i + 1 < trace->hops.size();
            const double next = more ? trace->hops[i + 1].attempts.front().startMs : trace->latencyMs;
            times.add(next - (last.startMs + last.totalMs));
        }
        m_next.record(std::move(trace), std::move(durable));
    }
    LatencyHistogram times; ///< ms

private:
    TraceSink& m_next;
};

Figures engineRound(const std::string& serverUrl, int requests, int concurrency, LatencyHistogram& ownTimes)
{
    ScratchWorkspace workspace;
    OwnTimes sink(*workspace);
    EnvironmentSecrets secrets;
    Transport transport;
    LoadPlan plan;
    plan.concurrency = concurrency;
    plan.requests = static_cast<std::uint64_t>(requests);
    plan.request = [](std::uint64_t i, const Arrival*) {
        return Request::fromPrompt(std::to_string(i), promptOf(static_cast<int>(i)));
    };
    CascadeEngine engine(transport, sink, secrets, nullptr, {serverUrl, 1, admissionFor(plan)});
    const CompiledPolicyPtr policy = benchPolicy();
    const Figures figures = measured(requests, [&] {
        const auto test = LoadTest::start(engine, policy, std::move(plan));
        while (!test->waitFor(std::chrono::minutes(1))) {
        }
        const LoadReport report = test->report();
        if (report.answered != static_cast<std::uint64_t>(requests) ||
            report.depths.at(kHops).latency.count() != report.answered)
            giveUp("a request of the engine failed");
        return report.latency;
    });
    ownTimes.add(sink.times);
    return figures;
}

/// Cancels each of `count` streams that are under way, one after the other: from the call until the
/// connection is closed and the trace says so, as it goes for the losers of a race.
LatencyHistogram cancelTimes(const std::string& slowUrl, int count)
{
    struct Watched : RunObserver
    {
        std::mutex mutex;
        std::condition_variable changed;
        int started = 0;
        bool ended = false;
        SteadyTime endedAt;
        void hopStarted(RunId, int, const std::string&, const std::string&, double) override
        {
            const std::lock_guard lock(mutex);
            ++started;
            changed.notify_all();
        }
        void executed(RunId, const TracePtr&) override
        {
            const std::lock_guard lock(mutex);
            ended = true;
            endedAt = now();
            changed.notify_all();
        }
    };
    DiscardingSink sink;
    EnvironmentSecrets secrets;
    Transport transport;
    CascadeEngine engine(transport, sink, secrets, nullptr, {slowUrl, 1, {count, 0}});
    const CompiledPolicyPtr policy = benchPolicy();
    std::vector<std::pair<RunId, std::shared_ptr<Watched>>> runs;
    for (int i = 0; i < count; ++i) {
        const auto watched = std::make_shared<Watched>();
        runs.emplace_back(engine.start(policy, Request::fromPrompt("c", promptOf(i)), {}, watched), watched);
    }
    for (const auto& [id, watched] : runs) {
        std::unique_lock lock(watched->mutex);
        watched->changed.wait(lock, [&] { return watched->started > 0; });
    }
    LatencyHistogram times;
    for (const auto& [id, watched] : runs) {
        const SteadyTime asked = now();
        engine.cancel(id);
        std::unique_lock lock(watched->mutex);
        watched->changed.wait(lock, [&] { return watched->ended; });
        times.add(msBetween(asked, watched->endedAt));
    }
    return times;
}

/// The other side of measureStreams(): so many streams at once in a process that does nothing else.
int streamsInThisProcess(const std::string& slowUrl)
{
    const double before = memoryMb("VmRSS");
    ScratchWorkspace workspace;
    EnvironmentSecrets secrets;
    Transport transport;
    LoadPlan plan;
    plan.concurrency = kStreams;
    plan.requests = kStreams;
    plan.request = [](std::uint64_t i, const Arrival*) {
        return Request::fromPrompt(std::to_string(i), promptOf(static_cast<int>(i)));
    };
    CascadeEngine engine(transport, *workspace, secrets, nullptr, {slowUrl, 1, admissionFor(plan)});
    const auto test = LoadTest::start(engine, benchPolicy(), std::move(plan));
    int most = 0;
    while (!test->waitFor(std::chrono::milliseconds(20)))
        most = std::max(most, test->underWay());
    if (test->report().answered != kStreams || most != kStreams)
        giveUp("not all streams ran at once");
    std::printf("%.1f %.1f\n", before, memoryMb("VmHWM"));
    return 0;
}

double measureStreams(const char* self, const std::string& slowUrl)
{
    const std::string command = std::string("'") + self + "' --streams '" + slowUrl + "'";
    std::FILE* child = popen(command.c_str(), "r");
    double before = 0;
    double peak = 0;
    if (child == nullptr || std::fscanf(child, "%lf %lf", &before, &peak) != 2)
        giveUp("the streams could not be measured");
    pclose(child);
    return peak;
}

bool g_allMet = true;

void tell(const char* what, double value, const char* format, bool atMost, double target)
{
    const bool met = atMost ? value <= target : value >= target;
    g_allMet = g_allMet && met;
    char number[32];
    char limit[32];
    std::snprintf(number, sizeof number, format, value);
    std::snprintf(limit, sizeof limit, format, target);
    std::printf("%-64s %12s   %s %s%s\n", what, number, atMost ? "at most" : "at least", limit,
                met ? "" : "   MISSED");
}

/// Both sides of one latency, over all rounds.
struct Comparison
{
    std::vector<double> throughput, p50, p99, extraCpu, plainCpu, engineRate;

    void add(const Figures& plain, const Figures& engine)
    {
        throughput.push_back(engine.perSecond / plain.perSecond);
        p50.push_back(*engine.latency.quantile(0.5) / *plain.latency.quantile(0.5));
        p99.push_back(*engine.latency.quantile(0.99) / *plain.latency.quantile(0.99));
        extraCpu.push_back(engine.cpuMicros - plain.cpuMicros);
        plainCpu.push_back(plain.cpuMicros);
        engineRate.push_back(engine.perSecond);
    }
};

void round(const char* name, const ServerProcess& server, int requests, int concurrency, bool engineFirst,
           Comparison& all, LatencyHistogram& own)
{
    PlainLoop loop(server.baseUrl, concurrency, kHops);
    Figures plain;
    Figures engine;
    if (engineFirst)
        engine = engineRound(server.baseUrl, requests, concurrency, own);
    plain = measured(requests, [&] { return loop.run(requests); });
    if (!engineFirst)
        engine = engineRound(server.baseUrl, requests, concurrency, own);
    all.add(plain, engine);
    const auto line = [&](const char* who, const Figures& f) {
        std::printf("%-6s %-7s %9.0f a second  p50 %8.2f ms  p99 %8.2f ms  %7.1f us CPU\n", name, who,
                    f.perSecond, *f.latency.quantile(0.5), *f.latency.quantile(0.99), f.cpuMicros);
    };
    line("plain", plain);
    line("engine", engine);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc == 3 && std::string(argv[1]) == "--streams")
        return streamsInThisProcess(argv[2]);
    const int requests = argc > 1 ? std::atoi(argv[1]) : 10'000;
    const int concurrency = argc > 2 ? std::atoi(argv[2]) : 256;
    const int rounds = argc > 3 ? std::atoi(argv[3]) : 5;
    ServerProcess slow = startSandbox(kSlowScenario);
    ServerProcess at50 = startCanned(50);
    ServerProcess at0 = startCanned(0);
    curl_global_init(CURL_GLOBAL_DEFAULT);

    std::printf("%d requests of %d hops, %d at once, %d rounds\n", requests, kHops, concurrency, rounds);
    Comparison tiers, zero;
    LatencyHistogram own, ownAtZero;
    for (int i = 0; i < rounds; ++i) {
        round("50 ms", at50, requests, concurrency, i % 2 == 1, tiers, own);
        round("0 ms", at0, requests, concurrency, i % 2 == 1, zero, ownAtZero);
    }
    const LatencyHistogram cancels = cancelTimes(slow.baseUrl, concurrency);
    const double memory = measureStreams(argv[0], slow.baseUrl);

    const auto median = [](const std::vector<double>& values) { return *quantile(values, 0.5); };
    std::printf("\nmedians of the rounds\n");
    tell("50 ms: from an answer's end to the next action, us, median", *own.quantile(0.5) * 1000, "%.0f",
         true, 200);
    tell("50 ms: the same, us, p99", *own.quantile(0.99) * 1000, "%.0f", true, 2000);
    tell("50 ms: p50 of whole requests, engine over plain loop", median(tiers.p50), "%.3f", true, 1.1);
    tell("50 ms: p99 of whole requests, engine over plain loop", median(tiers.p99), "%.3f", true, 1.1);
    tell("50 ms: throughput, engine over plain loop", median(tiers.throughput), "%.3f", false, 0.9);
    tell("0 ms: throughput, engine over plain loop", median(zero.throughput), "%.3f", false, 0.75);
    tell("1,000 streams at once: most memory of the client, MB", memory, "%.1f", true, 80);
    tell("from cancelling a stream to its end, ms, p99", *cancels.quantile(0.99), "%.3f", true, 10);
    std::printf("0 ms: %.0f hops a second, %.1f us CPU a hop, %.1f more than the plain loop\n",
                median(zero.engineRate) * kHops, (median(zero.plainCpu) + median(zero.extraCpu)) / kHops,
                median(zero.extraCpu) / kHops);
    at0.end(); // in this order, as each holds the pipes of those before it
    at50.end();
    slow.end();
    return g_allMet ? 0 : 1;
}
