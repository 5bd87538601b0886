// SPDX-License-Identifier: GPL-3.0-or-later
// Several threads record, read and save policies at once; nothing may race and nothing may be lost.

#include "base/ids.h"
#include "workspace/workspace.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

using namespace signalbox;

namespace {

constexpr int kThreads = 3;
constexpr int kTracesEach = 300;

Trace traceOf(int thread, int number)
{
    Trace trace;
    trace.id = newId();
    trace.promptId = std::to_string(thread) + "-" + std::to_string(number);
    trace.inputHash = std::to_string(number % 50);
    trace.messages = {{"user", "Question " + trace.inputHash}};
    trace.status = TraceStatus::Answered;
    trace.reasons = {"router.scoring"};
    trace.hops.resize(1 + static_cast<std::size_t>(number % 2));
    trace.retrieved = {{"doc" + std::to_string(number % 3), "t", "text", 1.0}};
    return trace;
}

PolicyDocumentPtr policyOf(int number)
{
    auto policy = std::make_shared<Policy>();
    policy->name = "Policy " + std::to_string(number % 2);
    policy->contentHash = "h" + std::to_string(number);
    auto document = std::make_shared<PolicyDocument>();
    document->text = policy->contentHash;
    document->policy = policy;
    return document;
}

int run(const std::string& path)
{
    auto opened = Workspace::open(path, OpenMode::OpenOrCreate);
    if (!opened)
        return 1;
    const std::unique_ptr<Workspace> workspace = std::move(*opened);
    std::atomic<int> durable = 0;
    std::atomic<int> failures = 0;
    std::atomic<bool> done = false;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < kTracesEach; ++i)
                workspace->record(std::make_shared<const Trace>(traceOf(t, i)),
                                  [&](const Result<>& kept) { ++(kept ? durable : failures); });
            if (!workspace->flush())
                ++failures;
        });
    }
    threads.emplace_back([&] {
        for (int i = 0; i < 40; ++i) {
            if (!workspace->savePolicy(*policyOf(i), "thread", "") ||
                !workspace->setMeta("i", std::to_string(i)))
                ++failures;
        }
    });
    std::vector<std::thread> readers;
    for (int t = 0; t < 2; ++t) {
        readers.emplace_back([&] {
            const auto reader = workspace->reader();
            if (!reader) {
                ++failures;
                return;
            }
            while (!done) {
                const int before = durable;
                const auto traces = (*reader)->traces({});
                if (!traces || static_cast<int>(traces->size()) < before || !(*reader)->policyVersions())
                    ++failures;
                (void)workspace->writesQueued();
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    done = true;
    for (std::thread& thread : readers)
        thread.join();
    const auto reader = workspace->reader();
    const bool whole = reader && *(*reader)->traceCount({}) == kThreads * kTracesEach &&
                       (*reader)->policyVersions()->size() == 40 && (*reader)->check()->empty();
    if (!whole || failures != 0 || durable != kThreads * kTracesEach) {
        std::fprintf(stderr, "durable %d, failures %d, whole %d\n", durable.load(), failures.load(), whole);
        return 1;
    }
    return 0;
}

} // namespace

int main()
{
    char folder[] = "/tmp/signalbox-tsan-XXXXXX";
    if (!::mkdtemp(folder))
        return 1;
    const std::string path = std::string(folder) + "/w.signalbox";
    const int status = run(path);
    for (const char* ending : {"", "-wal", "-shm"})
        ::unlink((path + ending).c_str());
    ::rmdir(folder);
    return status;
}
