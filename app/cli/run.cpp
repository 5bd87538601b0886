// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inputs.h"
#include "app/cli/runtime.h"
#include "base/clock.h"
#include "base/text.h"
#include "cascade/batch.h"
#include "replay/kpis.h"
#include "routers/run_support.h"
#include "workspace/author.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <mutex>
#include <pthread.h>
#include <set>
#include <thread>
#include <unistd.h>

namespace signalbox::cli {

namespace {

struct RunArguments
{
    std::string policy;
    std::string prompts;
    std::string workspace;
    std::string dataset;
    std::string out;
    std::string scenario;
    int concurrency = 16;
    bool allTiers = false;
    bool resume = false;
};

/// Ctrl+C ends the batch and keeps what it finished. Signals are blocked in every other thread.
class StopOnSignal
{
public:
    StopOnSignal()
    {
        sigemptyset(&m_set);
        sigaddset(&m_set, SIGINT);
        sigaddset(&m_set, SIGTERM);
        sigaddset(&m_set, SIGUSR1);
        pthread_sigmask(SIG_BLOCK, &m_set, nullptr);
    }
    void watch(std::shared_ptr<Batch> batch)
    {
        m_thread = std::thread([this, batch = std::move(batch)] {
            int signal = 0;
            while (sigwait(&m_set, &signal) == 0 && signal != SIGUSR1) {
                std::fprintf(stderr, "\nStopping; finished traces are kept\n");
                batch->cancel();
            }
        });
    }
    ~StopOnSignal()
    {
        if (m_thread.joinable()) {
            pthread_kill(m_thread.native_handle(), SIGUSR1);
            m_thread.join();
        }
    }

private:
    sigset_t m_set;
    std::thread m_thread;
};

/// Trace lines to a file or to standard output, as they become durable.
class TraceLines
{
public:
    ~TraceLines()
    {
        if (m_file != nullptr && m_file != stdout)
            std::fclose(m_file);
    }
    Result<> open(const std::string& path)
    {
        m_path = path;
        m_file = std::fopen(path.c_str(), "w");
        if (m_file == nullptr)
            return fail("output.unwritable",
                        "The file for the traces cannot be written: " + std::string(std::strerror(errno)),
                        path);
        return {};
    }
    void toStandardOutput() { m_file = stdout; }
    void write(const Trace& trace)
    {
        if (m_file == nullptr)
            return;
        const std::string line = traceToJson(trace) + "\n";
        m_broken = m_broken || std::fwrite(line.data(), 1, line.size(), m_file) != line.size();
    }
    Result<> finish()
    {
        if (m_file != nullptr)
            m_broken = std::fflush(m_file) != 0 || m_broken;
        if (m_broken)
            return fail("output.unwritable",
                        "The traces are in the workspace, but could not all be written out", m_path);
        return {};
    }

private:
    std::FILE* m_file = nullptr;
    std::string m_path = "standard output";
    bool m_broken = false;
};

std::vector<std::string> tierIds(const Policy& policy)
{
    std::vector<std::string> ids;
    for (const Tier& tier : policy.tiers)
        ids.push_back(tier.id);
    return ids;
}

/// Prompts of the file, remembered in the workspace under the dataset's name; or those of a dataset that is
/// there already.
Result<std::vector<DatasetPrompt>> promptsFor(const RunArguments& options, const std::string& dataset,
                                              std::vector<DatasetPrompt> prompts, Workspace& workspace)
{
    if (!options.prompts.empty()) {
        const Result<int> kept = workspace.importPrompts(dataset, prompts, options.prompts);
        if (!kept)
            return tl::unexpected(kept.error());
        return prompts;
    }
    const Result<std::unique_ptr<WorkspaceReader>> reader = workspace.reader();
    if (!reader)
        return tl::unexpected(reader.error());
    Result<std::vector<DatasetPrompt>> stored = (*reader)->prompts(dataset);
    if (stored && stored->empty())
        return fail("dataset.empty",
                    "The workspace has no dataset of that name, or it is empty; import prompts first",
                    dataset);
    return stored;
}

/// What is left of an interrupted run: prompts without a trace, and calls that its process could not record.
Result<> resume(Workspace& workspace, const Policy& policy, const std::string& dataset, TraceMode mode,
                std::vector<Request>& requests, RunOptions& how)
{
    const Result<std::unique_ptr<WorkspaceReader>> reader = workspace.reader();
    if (!reader)
        return tl::unexpected(reader.error());
    const auto traced = (*reader)->tracedPrompts(dataset, mode, policy.contentHash);
    if (!traced)
        return tl::unexpected(traced.error());
    const std::size_t before = requests.size();
    std::erase_if(requests, [&](const Request& request) { return traced->contains(request.id); });
    std::set<std::string> left;
    for (const Request& request : requests)
        left.insert(request.id);
    RunOutline runs;
    runs.dataset = dataset;
    runs.mode = mode;
    runs.policyHash = policy.contentHash;
    auto lost = workspace.takeOverLostCalls(runs, left);
    if (!lost)
        return tl::unexpected(lost.error());
    std::fprintf(stderr, "%zu of %zu prompts have a trace already", before - requests.size(), before);
    if (lost->claimed > 0)
        std::fprintf(stderr, "; %d calls that were never recorded are charged to %zu of the others",
                     lost->claimed, lost->byPrompt.size());
    if (lost->charged > 0)
        std::fprintf(stderr, "; %d calls that were never recorded are charged to the traces of their prompts",
                     lost->charged);
    std::fprintf(stderr, "\n");
    how.lostCalls =
        std::make_shared<const std::map<std::string, std::vector<Charge>>>(std::move(lost->byPrompt));
    return {};
}

int run(const RunArguments& options, const Globals& globals)
{
    if (options.prompts.empty() && options.dataset.empty())
        return misuse("run needs --prompts FILE, or --dataset NAME of the workspace");
    StopOnSignal stop;
    const Result<PolicyDocumentPtr> document = loadPolicy(options.policy, options.workspace);
    if (!document)
        return report(document.error());
    const Result<PolicyPtr> policy = loadRunnablePolicy(options.policy, options.workspace);
    if (!policy)
        return report(policy.error());
    if (const Result<> may = mayRun(**policy); !may)
        return report(may.error());
    const std::string dataset =
        options.dataset.empty() ? std::filesystem::path(options.prompts).stem().string() : options.dataset;
    if (!isValidUtf8(dataset))
        return misuse("the dataset's name is not valid UTF-8; give one with --dataset");
    for (const std::string& other : {options.workspace, options.prompts, options.policy}) {
        std::error_code ignored;
        if (!options.out.empty() && std::filesystem::equivalent(options.out, other, ignored))
            return misuse("--out would overwrite " + other + "; choose another file");
    }
    // Everything that can be wrong with the input is found before the workspace is touched.
    std::vector<DatasetPrompt> fromFile;
    if (!options.prompts.empty()) {
        Result<std::vector<DatasetPrompt>> read = loadPrompts(options.prompts);
        if (!read)
            return report(read.error());
        fromFile = std::move(*read);
    }
    TraceLines lines;
    const bool linesOnStdout = options.out.empty() && (globals.json || isatty(STDOUT_FILENO) == 0);
    if (!options.out.empty()) {
        if (const Result<> opened = lines.open(options.out); !opened)
            return report(opened.error());
    } else if (linesOnStdout) {
        lines.toStandardOutput();
    }

    Result<std::unique_ptr<Runtime>> runtime =
        Runtime::open(**policy, {options.workspace, options.scenario, globals.seed});
    if (!runtime)
        return report(runtime.error());
    Workspace& workspace = *(*runtime)->workspace;
    if (const Result<int> saved =
            workspace.savePolicy(**document, authorFromEnvironment(), "Run from the command line");
        !saved)
        return report(saved.error());

    const Result<std::vector<DatasetPrompt>> prompts =
        promptsFor(options, dataset, std::move(fromFile), workspace);
    if (!prompts)
        return report(prompts.error());

    std::vector<Request> requests;
    for (const DatasetPrompt& prompt : *prompts)
        requests.push_back(prompt.request);
    RunOptions how;
    how.mode = options.allTiers ? TraceMode::AllTiers : TraceMode::Policy;
    how.dataset = dataset;
    if (options.resume) {
        if (const Result<> left = resume(workspace, **policy, dataset, how.mode, requests, how); !left)
            return report(left.error());
    }
    std::vector<RunResult> results;
    results.reserve(requests.size());
    const bool showProgress = isatty(STDERR_FILENO) != 0;
    SteadyTime lastShown = now();
    const SteadyTime begin = now();
    const auto batch = Batch::start(
        *(*runtime)->engine, std::make_shared<CompiledPolicy>(*policy), std::move(requests), std::move(how),
        options.concurrency, [&](const BatchProgress& progress, const TracePtr& trace) {
            if (trace) {
                lines.write(*trace);
                results.push_back(resultOf(*trace));
            }
            if (showProgress && (progress.done || msBetween(lastShown, now()) > 100)) {
                lastShown = now();
                std::fprintf(stderr, "\r%d / %d", progress.finished, progress.total);
            }
        });
    stop.watch(batch);
    const BatchProgress progress = batch->wait();
    const double seconds = msBetween(begin, now()) / 1000;
    if (showProgress)
        std::fprintf(stderr, "\n");
    const Result<> flushed = workspace.flush();
    const Result<> written = lines.finish();

    const Kpis kpis = kpisOf(results, tierIds(**policy));
    std::FILE* summary = linesOnStdout ? stderr : stdout;
    std::fprintf(summary, "%s",
                 globals.json && !linesOnStdout ? (kpisToJson(kpis) + "\n").c_str() : kpiTable(kpis).c_str());
    std::fprintf(stderr, "%d requests in %.2f s, %.0f a second; traces in %s, dataset %s\n",
                 progress.finished, seconds, seconds > 0 ? progress.finished / seconds : 0.0,
                 options.workspace.c_str(), dataset.c_str());
    if (const int missed = workspace.callsNotNoted(); missed > 0)
        std::fprintf(stderr,
                     "note: %d calls could not be noted beside %s before they went out: make room on the disk, "
                     "else what is asked by a process that is killed is charged to nobody\n",
                     missed, options.workspace.c_str());
    if (progress.notRecorded > 0 || !flushed) {
        const std::string why = flushed ? "" : ": " + flushed.error().message;
        return report(
            {flushed ? "workspace.not_recorded" : flushed.error().code,
             std::to_string(progress.notRecorded) + " traces could not be written, the run was ended" + why,
             options.workspace});
    }
    if (!written)
        return report(written.error());
    return progress.cancelled ? kFailed : kComputed;
}

} // namespace

std::function<int()> setupRun(CLI::App& command, Globals& globals)
{
    auto options = std::make_shared<RunArguments>();
    command
        .add_option("--policy", options->policy, "Policy file, or NAME@VERSION or NAME@TAG of the workspace")
        ->required();
    command.add_option("--prompts", options->prompts, "JSON Lines or plain text, one prompt a line");
    command.add_option("--dataset", options->dataset,
                       "Name to keep the prompts under, or a dataset to run; default is the file's name");
    command
        .add_option("--workspace", options->workspace,
                    "Workspace that keeps the traces; made if it is not there")
        ->required();
    command.add_option("--concurrency", options->concurrency, "Requests at once")->check(CLI::Range(1, 4096));
    command.add_flag("--all-tiers", options->allTiers,
                     "Ask each prompt of every tier that no hard constraint bars");
    command.add_flag(
        "--resume", options->resume,
        "Only prompts that have no trace under this policy yet: goes on with a run that was interrupted");
    command.add_option("--out", options->out, "File for the traces, one JSON line each");
    command.add_option("--scenario", options->scenario, "Scenario of the built-in sandbox");
    return [options, &globals] { return run(*options, globals); };
}

} // namespace signalbox::cli
