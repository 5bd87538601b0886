// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inputs.h"
#include "app/cli/load_text.h"
#include "app/cli/runtime.h"
#include "base/clock.h"
#include "exchange/files.h"
#include "load/load_test.h"
#include "load/worst_case.h"
#include "routers/run_support.h"

#include <cmath>
#include <csignal>
#include <cstdio>
#include <pthread.h>
#include <unistd.h>

namespace signalbox::cli {

namespace {

constexpr double kDefaultSeconds = 30;

struct LoadArguments
{
    std::string policy;
    std::string workspace;
    std::string prompts;
    std::string arrivals;
    std::string scenario;
    int concurrency = 0;
    double rate = 0;
    double speed = 1;
    double seconds = 0;
    double drainSeconds = 30;
    std::uint64_t requests = 0;
    int mostAtOnce = 4096;
    int inputTokens = 60;
    double mostCostUsd = 0;
    bool worstCase = false;
};

/// What a load test needs, wired: no workspace, as nothing is kept. Members are destroyed from the last to
/// the first.
struct LoadBench
{
    DiscardingSink sink;
    EnvironmentSecrets secrets;
    std::unique_ptr<FtsIndex> documents;
    std::unique_ptr<Sandbox> sandbox;
    std::unique_ptr<Transport> transport;
    std::unique_ptr<CascadeEngine> engine;
};

/// Arrivals, limits and requests as the command line says; how they come, in words, goes to `how`.
Result<LoadPlan> planOf(const LoadArguments& options, std::uint64_t seed, std::string& how)
{
    LoadPlan plan;
    plan.drainSeconds = options.drainSeconds;
    plan.mostAtOnce = options.mostAtOnce;
    if (options.seconds > 0)
        plan.seconds = options.seconds;
    if (options.requests > 0)
        plan.requests = options.requests;
    if (options.mostCostUsd > 0)
        plan.mostCost = static_cast<NanoUsd>(std::llround(options.mostCostUsd * kNanoPerUsd));
    if (!options.arrivals.empty()) {
        const Result<std::string> text = readWholeFile(options.arrivals);
        if (!text)
            return tl::unexpected(text.error());
        Result<std::vector<Arrival>> trace = parseArrivals(*text);
        if (!trace) {
            Error error = trace.error();
            error.context = options.arrivals + (error.context.empty() ? "" : ", " + error.context);
            return tl::unexpected(std::move(error));
        }
        char line[160];
        std::snprintf(line, sizeof line, "recorded arrivals, %zu over %.0f s, at %g times their speed",
                      trace->size(), trace->back().atMs / 1000, options.speed);
        how = line;
        plan.arrivals = replay(std::move(*trace), options.speed);
    } else if (options.rate > 0) {
        char line[96];
        std::snprintf(line, sizeof line, "arrivals at random, %g a second", options.rate);
        how = line;
        plan.arrivals = poisson(options.rate, seed);
    } else {
        plan.concurrency = options.concurrency;
        how = std::to_string(options.concurrency) + " at once";
    }
    if (!plan.seconds && !plan.requests && options.arrivals.empty())
        plan.seconds = kDefaultSeconds;

    if (!options.prompts.empty()) {
        const Result<std::vector<DatasetPrompt>> prompts = loadPrompts(options.prompts);
        if (!prompts)
            return tl::unexpected(prompts.error());
        std::vector<Request> requests;
        for (const DatasetPrompt& prompt : *prompts)
            requests.push_back(prompt.request);
        plan.request = repeatedly(std::move(requests));
    } else {
        plan.request = madeUp(options.inputTokens, seed);
    }
    return plan;
}

/// Ctrl+C ends the test; what came until then is reported. Signals are blocked in every thread.
class LoadStop
{
public:
    LoadStop()
    {
        sigemptyset(&m_set);
        sigaddset(&m_set, SIGINT);
        sigaddset(&m_set, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &m_set, nullptr);
    }
    bool asked() const
    {
        const timespec none{};
        return sigtimedwait(&m_set, nullptr, &none) > 0;
    }

private:
    sigset_t m_set;
};

std::string misusedLoad(const LoadArguments& options)
{
    const int ways = (options.concurrency > 0) + !options.arrivals.empty() + (options.rate > 0);
    if (ways == 0)
        return "load needs --concurrency N, --arrivals FILE or --rate R";
    if (ways > 1)
        return "load takes one of --concurrency, --arrivals and --rate";
    if (options.speed != 1 && options.arrivals.empty())
        return "--speed belongs to --arrivals";
    return {};
}

void showProgress(const LoadTest& test)
{
    const LoadReport now = test.report();
    std::fprintf(stderr, "\r%.0f s: %llu sent, %llu answered, %llu failed, %d under way   ", now.seconds,
                 static_cast<unsigned long long>(now.started), static_cast<unsigned long long>(now.answered),
                 static_cast<unsigned long long>(now.failed), test.underWay());
}

int load(const LoadArguments& options, const Globals& globals)
{
    if (const std::string wrong = misusedLoad(options); !wrong.empty())
        return misuse(wrong);
    const LoadStop stop;
    const Result<PolicyPtr> policy = loadRunnablePolicy(options.policy, options.workspace);
    if (!policy)
        return report(policy.error());
    if (const Result<> may = mayRun(**policy); !may)
        return report(may.error());
    const Result<WorstCase> worst = worstCaseOf(**policy);
    if (options.worstCase && !worst)
        return report(worst.error());
    std::string how;
    Result<LoadPlan> plan = planOf(options, globals.seed, how);
    if (!plan)
        return report(plan.error());

    LoadBench bench;
    if (!options.workspace.empty()) {
        std::unique_ptr<Workspace> workspace;
        const Result<std::unique_ptr<WorkspaceReader>> reader = openReader(options.workspace, workspace);
        if (!reader)
            return report(reader.error());
        Result<std::unique_ptr<FtsIndex>> documents = openDocuments(**reader);
        if (!documents)
            return report(documents.error());
        bench.documents = std::move(*documents);
    }
    Result<std::unique_ptr<Sandbox>> sandbox = openSandbox(**policy, options.scenario, globals.seed);
    if (!sandbox)
        return report(sandbox.error());
    bench.sandbox = std::move(*sandbox);
    EngineConfig config;
    config.seed = globals.seed;
    config.admission = admissionFor(*plan);
    if (bench.sandbox)
        config.sandboxBaseUrl = bench.sandbox->baseUrl();
    bench.transport = std::make_unique<Transport>();
    bench.engine = std::make_unique<CascadeEngine>(*bench.transport, bench.sink, bench.secrets,
                                                   bench.documents.get(), config);

    const PolicyPtr& tested = options.worstCase ? worst->policy : *policy;
    if (options.worstCase)
        how += ", every gate rejecting";
    std::fprintf(stderr, "%s: %s\n", (*policy)->name.c_str(), how.c_str());
    const auto test =
        LoadTest::start(*bench.engine, std::make_shared<CompiledPolicy>(tested), std::move(*plan));
    const bool progress = isatty(STDERR_FILENO) != 0;
    bool interrupted = false;
    for (int tick = 1; !test->waitFor(std::chrono::milliseconds(50)); ++tick) {
        if (!interrupted && stop.asked()) {
            interrupted = true;
            test->stop();
        }
        if (progress && tick % 5 == 0)
            showProgress(*test);
    }
    if (progress)
        std::fprintf(stderr, "\n");

    const LoadReport found = test->report();
    const bool answersMatter = !options.prompts.empty() && !options.worstCase;
    const std::vector<ObjectiveVerdict> verdicts = judgeLoad(found, **policy, answersMatter);
    const int worstDepth = worst ? worst->depth : 0;
    if (globals.json)
        std::printf("%s\n", loadReportJson(found, verdicts, worstDepth).c_str());
    else
        std::fputs(loadReportText(found, verdicts, **policy, how, worstDepth).c_str(), stdout);
    if (interrupted)
        return kFailed;
    return overall(verdicts) == Verdict::Met ? kComputed : kNo;
}

} // namespace

std::function<int()> setupLoad(CLI::App& command, Globals& globals)
{
    auto options = std::make_shared<LoadArguments>();
    command
        .add_option("--policy", options->policy, "Policy file, or NAME@VERSION or NAME@TAG of the workspace")
        ->required();
    command
        .add_option("--concurrency", options->concurrency,
                    "So many requests at once, each followed by the next")
        ->check(CLI::Range(1, 10'000));
    command.add_option(
        "--arrivals", options->arrivals,
        "Recorded arrivals, CSV with TIMESTAMP and, if there are, ContextTokens and GeneratedTokens; "
        "requests come when it says, answered or not");
    command.add_option("--rate", options->rate, "So many requests a second at random times, answered or not")
        ->check(CLI::PositiveNumber);
    command.add_option("--speed", options->speed, "Recorded arrivals come so many times faster")
        ->check(CLI::PositiveNumber);
    command
        .add_option("--seconds,--duration", options->seconds,
                    "Nothing is sent after so many seconds; 30 without it, or the whole of recorded arrivals")
        ->check(CLI::PositiveNumber);
    command.add_option("--requests", options->requests, "At most so many requests are sent")
        ->check(CLI::PositiveNumber);
    command
        .add_option("--drain-seconds", options->drainSeconds, "How long is waited for what is then under way")
        ->check(CLI::NonNegativeNumber);
    command
        .add_option("--max-in-flight", options->mostAtOnce,
                    "Of arrivals: more than so many wait, and count as waiting")
        ->check(CLI::Range(1, 10'000));
    command.add_flag(
        "--worst-case", options->worstCase,
        "Every answer is found wanting, so that each request goes as deep as the policy lets it");
    command.add_option("--prompts", options->prompts,
                       "Prompts to send, over and over; made-up ones without it");
    command
        .add_option("--input-tokens", options->inputTokens,
                    "Length of made-up prompts that no recording gives")
        ->check(CLI::Range(1, 1'000'000));
    command.add_option("--max-cost", options->mostCostUsd, "Nothing more is sent when so many US dollars are spent; what runs comes to its end")
        ->check(CLI::PositiveNumber);
    command.add_option("--workspace", options->workspace,
                       "Workspace of the policy and of documents to retrieve; only read");
    command.add_option("--scenario", options->scenario, "Scenario of the built-in sandbox");
    return [options, &globals] { return load(*options, globals); };
}

} // namespace signalbox::cli
