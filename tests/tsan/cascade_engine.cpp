// SPDX-License-Identifier: GPL-3.0-or-later
// The engine, its network thread and the workspace's writer under load from several threads: batches, single
// runs and cancellations at once. A plain program, so that ThreadSanitizer sees only instrumented code.
// Returns 0 when every started run ended with exactly one trace on disk.

#include "cascade/batch.h"
#include "load/load_test.h"
#include "load/synthetic_prompts.h"
#include "policy/document.h"
#include "providers/secrets.h"
#include "sandbox/sandbox.h"
#include "workspace/workspace.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace signalbox;

namespace {

constexpr const char* kScenario = R"({"name": "t", "time_scale": 0, "models": {"echo": {"echo": true,
    "ttft_ms": {"median": 1, "sigma": 0.0}, "tokens_per_second": {"median": 1000, "sigma": 0.0}}},
    "judge": {"error_rate": 0, "max_error": 0.5}, "faults": []})";

constexpr const char* kPolicy = R"({"signalbox": 1, "name": "t", "priority": "cost",
  "endpoints": [{"id": "local", "protocol": "openai", "base_url": "sandbox://local/v1", "residency": "on_prem"}],
  "models": [{"id": "a", "endpoint": "local", "name": "echo", "context_tokens": 8192}, {"id": "b", "endpoint": "local", "name": "missing", "context_tokens": 8192}],
  "tiers": [{"id": "T0", "models": ["b"]}, {"id": "T1", "models": ["a"]}],
  "router": {"kind": "fixed", "otherwise": "T0"},
  "cascade": {"pattern": "waterfall", "order": ["T0", "T1"], "max_hops": 2}})";

// Two lanes that race for it, one of which is stopped, and a tier that is asked behind the user's back.
constexpr const char* kRace = R"({"signalbox": 1, "name": "r", "priority": "latency",
  "endpoints": [{"id": "local", "protocol": "openai", "base_url": "sandbox://local/v1", "residency": "on_prem"}],
  "models": [{"id": "a", "endpoint": "local", "name": "echo", "context_tokens": 8192}, {"id": "b", "endpoint": "local", "name": "echo", "context_tokens": 8192}, {"id": "c", "endpoint": "local", "name": "echo", "context_tokens": 8192}],
  "tiers": [{"id": "T0", "models": ["a"]}, {"id": "T1", "models": ["b"]}, {"id": "T2", "models": ["c"]}],
  "router": {"kind": "fixed", "otherwise": "T0"},
  "cascade": {"pattern": "race", "lanes": ["T0", "T1"], "order": ["T0", "T1", "T2"], "background": "T2"}})";

class Counter : public RunObserver
{
public:
    void finished(RunId, TracePtr, const Result<>& durable) override
    {
        if (durable)
            ++ended;
    }
    std::atomic<int> ended{0};
};

std::vector<Request> prompts(int n, const std::string& who)
{
    std::vector<Request> out;
    for (int i = 0; i < n; ++i)
        out.push_back(Request::fromPrompt(who + std::to_string(i), "hello " + std::to_string(i)));
    return out;
}

int check(bool ok, const char* what)
{
    if (!ok)
        std::fprintf(stderr, "failed: %s\n", what);
    return ok ? 0 : 1;
}

std::string sourceText(const std::string& name)
{
    const char* folder = std::getenv("SIGNALBOX_SOURCE_DIR");
    std::ifstream file(std::string(folder != nullptr ? folder : ".") + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A batch on a bad day: every fault of the scenario, retries, breakers, gates and a judge, with the journal
/// of calls written beside the workspace; and a person in the middle of it who is served and who changes
/// their mind.
int mixedFaults(const std::string& path)
{
    int failures = 0;
    auto workspace = std::move(Workspace::open(path, OpenMode::OpenOrCreate).value());
    SandboxOptions options;
    options.scenarioJson = sourceText("resources/scenarios/mixed-faults.json");
    auto sandbox = std::move(Sandbox::start(options).value());
    std::string text = sourceText("resources/samples/harbor-support.policy.json");
    for (const char* deadline :
         {"2500", "5000", "12000"}) // nobody waits for long for a server that has fallen silent
        text.replace(text.find(deadline), std::strlen(deadline), "1500");
    const PolicyDocumentPtr document = readPolicy(text);
    failures += check(document->runnable(), "the sample policy is runnable");
    const auto policy = std::make_shared<CompiledPolicy>(document->policy);
    const auto counter = std::make_shared<Counter>();
    EnvironmentSecrets secrets;
    Transport transport;
    constexpr int kPrompts = 300;
    int single = 0;
    int finished = 0;
    {
        EngineConfig config;
        config.sandboxBaseUrl = sandbox->baseUrl();
        CascadeEngine engine(transport, *workspace, secrets, nullptr, config);
        const auto batch = Batch::start(engine, policy, prompts(kPrompts, "Where is my refund? Case "),
                                        {TraceMode::Policy, "mixed"}, 48, {});
        for (Request& request : prompts(30, "How do I reset my password? ")) {
            const RunId run = engine.start(policy, std::move(request), {}, counter);
            if (++single % 3 == 0)
                engine.cancel(run);
        }
        finished = batch->wait().finished;
    }
    failures += check(bool(workspace->flush()), "everything was written");
    failures += check(finished == kPrompts, "every prompt of the batch has a trace");
    failures += check(counter->ended == single, "every single run ended once");
    auto reader = std::move(workspace->reader().value());
    failures += check(reader->traceCount({}).value() == kPrompts + single, "one trace on disk for every run");
    failures += check(reader->check()->empty(), "the workspace is whole");
    failures += check(reader->lostCalls()->empty(), "no call is left over");
    return failures;
}

/// Load tests, asked for their report while they run; the second of each is stopped on the way.
int putUnderLoad(Transport& transport, const std::string& sandboxUrl, const CompiledPolicyPtr& policy)
{
    int failures = 0;
    for (int i = 0; i < 4; ++i) {
        LoadPlan plan;
        plan.concurrency = 16;
        plan.requests = 120;
        if (i < 2)
            plan.arrivals = poisson(2000, 1);
        plan.request = [](std::uint64_t index, const Arrival*) { return syntheticRequest(index, 40, 0, 1); };
        DiscardingSink sink;
        EnvironmentSecrets secrets;
        CascadeEngine engine(transport, sink, secrets, nullptr, {sandboxUrl, 1, admissionFor(plan)});
        const auto test = LoadTest::start(engine, policy, std::move(plan));
        while (!test->waitFor(std::chrono::milliseconds(1))) {
            if (i % 2 == 1 && test->report().answered > 20)
                test->stop();
        }
        const LoadReport report = test->report();
        failures += check(report.started == report.ended, "every request of a load test ended");
        failures += check(i % 2 == 1 || report.answered == 120, "every request of a load test was answered");
    }
    return failures;
}

} // namespace

int main()
{
    const std::string path = (std::filesystem::temp_directory_path() /
                              ("signalbox-tsan-" + std::to_string(getpid()) + ".signalbox"))
                                 .string();
    int failures = 0;
    int recorded = 0;
    {
        auto workspace = std::move(Workspace::open(path, OpenMode::OpenOrCreate).value());
        auto sandbox = std::move(Sandbox::start({0, kScenario, 1}).value());
        const PolicyDocumentPtr document = readPolicy(kPolicy);
        failures += check(document->runnable(), "the policy is runnable");
        const auto policy = std::make_shared<CompiledPolicy>(document->policy);
        const PolicyDocumentPtr raceDocument = readPolicy(kRace);
        failures += check(raceDocument->runnable(), "the race is runnable");
        const auto race = std::make_shared<CompiledPolicy>(raceDocument->policy);
        const auto counter = std::make_shared<Counter>();
        EnvironmentSecrets secrets;
        Transport transport;
        std::atomic<int> finished{0};
        int single = 0;
        {
            CascadeEngine engine(transport, *workspace, secrets, nullptr, {sandbox->baseUrl(), 1});
            std::vector<std::thread> threads;
            for (int t = 0; t < 3; ++t) {
                threads.emplace_back([&, t] {
                    const auto batch = Batch::start(engine, t == 1 ? race : policy,
                                                    prompts(60, std::to_string(t) + "-"), {TraceMode::Policy, "d"}, 8, {});
                    if (t == 2)
                        batch->cancel();
                    finished += batch->wait().finished;
                });
            }
            for (Request& request : prompts(40, "single-")) {
                const RunId run = engine.start(single % 2 == 0 ? race : policy, std::move(request), {}, counter);
                if (++single % 3 == 0)
                    engine.cancel(run);
            }
            for (std::thread& thread : threads)
                thread.join();
        } // the engine's end cancels what still runs
        failures += putUnderLoad(transport, sandbox->baseUrl(), policy);
        failures += check(bool(workspace->flush()), "everything was written");
        failures += check(counter->ended == single, "every single run ended once");
        auto reader = std::move(workspace->reader().value());
        recorded = reader->traceCount({}).value();
        failures += check(recorded == finished + single, "one trace on disk for every run");
        failures += check(reader->check()->empty(), "the workspace is whole");
    }
    const std::string mixed = path + "-mixed";
    failures += mixedFaults(mixed);
    for (const std::string& file : {path, mixed}) {
        for (const char* suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(file + suffix);
    }
    std::printf("%d traces\n", recorded);
    return failures;
}
