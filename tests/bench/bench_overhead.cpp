// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine costs beside the network: the same single-hop requests sent by a plain libcurl loop that parses the
// same streams, and by the engine with decisions, traces and a workspace on disk. Rounds alternate within one run; the
// sandbox runs in a child process, so that its CPU time is not counted.
//
//   bench_overhead [REQUESTS [CONCURRENCY [ROUNDS]]]        (20000, 64, 3)

#include "base/clock.h"
#include "base/statistics.h"
#include "cascade/batch.h"
#include "policy/document.h"
#include "providers/secrets.h"
#include "providers/sse.h"
#include "providers/transport.h"
#include "sandbox/sandbox.h"
#include "workspace/workspace.h"

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace signalbox;

namespace {

constexpr const char* kScenario = R"({"name": "Benchmark", "time_scale": 0, "models": {"echo": {"echo": true,
    "ttft_ms": {"median": 50, "sigma": 0.0}, "tokens_per_second": {"median": 1000, "sigma": 0.0}}},
    "judge": {"error_rate": 0, "max_error": 0.5}, "faults": []})";

constexpr const char* kPolicy = R"({"signalbox": 1, "name": "Benchmark", "priority": "cost",
  "endpoints": [{"id": "local", "protocol": "openai", "base_url": "sandbox://local/v1", "residency": "on_prem"}],
  "models": [{"id": "echo", "endpoint": "local", "name": "echo", "context_tokens": 8192,
              "price": {"input_per_mtok": 0.02, "output_per_mtok": 0.06, "source": "bench", "as_of": "2026-11-01"}}],
  "tiers": [{"id": "T0", "models": ["echo"]}],
  "rules": [{"id": "person", "when": {"keyword": ["talk to a person"]}, "route": "human", "locked": true, "reason": "policy.human_requested"}],
  "router": {"kind": "fixed", "otherwise": "T0"},
  "cascade": {"pattern": "direct", "order": ["T0"], "max_hops": 1}})";

std::string promptOf(int i) { return "My invoice number " + std::to_string(i) + " shows two charges for March. Which one is right?"; }

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Figures
{
    double perSecond = 0;
    double cpuMicros = 0; ///< of this process, a request
};

template <class Work>
Figures measured(int requests, Work&& work)
{
    const double cpu = cpuSeconds();
    const SteadyTime begin = now();
    work();
    const double seconds = msBetween(begin, now()) / 1000;
    return {requests / seconds, (cpuSeconds() - cpu) * 1e6 / requests};
}

[[noreturn]] void giveUp(const char* why)
{
    std::fprintf(stderr, "bench_overhead: %s\n", why);
    std::exit(3);
}

/// A slot of the plain loop: one easy handle that is used again and again.
struct PlainRequest
{
    CURL* easy = nullptr;
    std::string body;
    std::string text;
    long tokens = 0;
    SseParser sse;
};

/// libcurl multi by socket action over epoll, server-sent events, nlohmann for every chunk; nothing else.
class PlainLoop
{
public:
    PlainLoop(const std::string& baseUrl, int concurrency) : m_url(baseUrl + "/v1/chat/completions"), m_slots(static_cast<std::size_t>(concurrency))
    {
        m_multi = curl_multi_init();
        m_epoll = epoll_create1(EPOLL_CLOEXEC);
        curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, onSocket);
        curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
        curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, onTimer);
        curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
        curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, static_cast<long>(concurrency));
        m_headers = curl_slist_append(m_headers, "Content-Type: application/json");
        m_headers = curl_slist_append(m_headers, "Expect:");
        for (PlainRequest& slot : m_slots)
            slot.easy = curl_easy_init();
    }
    ~PlainLoop()
    {
        for (PlainRequest& slot : m_slots)
            curl_easy_cleanup(slot.easy);
        curl_multi_cleanup(m_multi);
        curl_slist_free_all(m_headers);
        close(m_epoll);
    }
    PlainLoop(const PlainLoop&) = delete;
    PlainLoop& operator=(const PlainLoop&) = delete;

    void run(int requests)
    {
        m_left = requests;
        m_running = 0;
        for (PlainRequest& slot : m_slots)
            start(slot);
        int active = 0;
        std::vector<epoll_event> events(256);
        while (m_running > 0) {
            const int n = epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), static_cast<int>(m_timeoutMs));
            if (n == 0)
                curl_multi_socket_action(m_multi, CURL_SOCKET_TIMEOUT, 0, &active);
            for (int i = 0; i < n; ++i) {
                const std::uint32_t e = events[static_cast<std::size_t>(i)].events;
                const int mask = ((e & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) | ((e & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
                                 ((e & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0);
                curl_multi_socket_action(m_multi, events[static_cast<std::size_t>(i)].data.fd, mask, &active);
            }
            collect();
        }
    }

private:
    void start(PlainRequest& slot)
    {
        if (m_left == 0)
            return;
        --m_left;
        ++m_running;
        slot.body = nlohmann::json{{"model", "echo"}, {"stream", true}, {"stream_options", {{"include_usage", true}}},
                                   {"messages", {{{"role", "user"}, {"content", promptOf(m_left)}}}}}.dump();
        slot.text.clear();
        slot.sse = SseParser();
        curl_easy_reset(slot.easy);
        curl_easy_setopt(slot.easy, CURLOPT_URL, m_url.c_str());
        curl_easy_setopt(slot.easy, CURLOPT_HTTPHEADER, m_headers);
        curl_easy_setopt(slot.easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(slot.body.size()));
        curl_easy_setopt(slot.easy, CURLOPT_POSTFIELDS, slot.body.c_str());
        curl_easy_setopt(slot.easy, CURLOPT_WRITEFUNCTION, onData);
        curl_easy_setopt(slot.easy, CURLOPT_WRITEDATA, &slot);
        curl_easy_setopt(slot.easy, CURLOPT_PRIVATE, &slot);
        curl_easy_setopt(slot.easy, CURLOPT_NOSIGNAL, 1L);
        curl_multi_add_handle(m_multi, slot.easy);
    }
    void collect()
    {
        int left = 0;
        while (CURLMsg* message = curl_multi_info_read(m_multi, &left)) {
            if (message->msg != CURLMSG_DONE)
                continue;
            PlainRequest* slot = nullptr;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &slot);
            if (message->data.result != CURLE_OK || slot->text.empty())
                giveUp("a request of the plain loop failed");
            curl_multi_remove_handle(m_multi, slot->easy);
            --m_running;
            start(*slot);
        }
    }
    static std::size_t onData(char* bytes, std::size_t, std::size_t size, void* user)
    {
        PlainRequest& slot = *static_cast<PlainRequest*>(user);
        slot.sse.feed({bytes, size}, [&](std::string_view data) {
            if (data == "[DONE]")
                return;
            const nlohmann::json chunk = nlohmann::json::parse(data, nullptr, false);
            for (const auto& choice : chunk["choices"]) {
                if (choice.contains("delta") && choice["delta"].contains("content") && choice["delta"]["content"].is_string())
                    slot.text += choice["delta"]["content"].get_ref<const std::string&>();
            }
            if (chunk.contains("usage") && chunk["usage"].is_object())
                slot.tokens = chunk["usage"]["completion_tokens"];
        });
        return size;
    }
    static int onSocket(CURL*, curl_socket_t socket, int what, void* user, void* known)
    {
        PlainLoop& loop = *static_cast<PlainLoop*>(user);
        if (what == CURL_POLL_REMOVE) {
            epoll_ctl(loop.m_epoll, EPOLL_CTL_DEL, socket, nullptr);
            return 0;
        }
        epoll_event event{};
        event.events = ((what & CURL_POLL_IN) != 0 ? EPOLLIN : 0u) | ((what & CURL_POLL_OUT) != 0 ? EPOLLOUT : 0u);
        event.data.fd = socket;
        epoll_ctl(loop.m_epoll, known != nullptr ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event);
        curl_multi_assign(loop.m_multi, socket, &loop);
        return 0;
    }
    static int onTimer(CURLM*, long ms, void* user)
    {
        static_cast<PlainLoop*>(user)->m_timeoutMs = ms;
        return 0;
    }

    std::string m_url;
    CURLM* m_multi = nullptr;
    int m_epoll = -1;
    curl_slist* m_headers = nullptr;
    std::vector<PlainRequest> m_slots;
    int m_left = 0;
    int m_running = 0;
    long m_timeoutMs = -1;
};

/// The sandbox in a process of its own.
struct SandboxProcess
{
    pid_t pid = -1;
    int stop = -1; ///< closing it ends the child
    std::string baseUrl;
};

SandboxProcess startSandbox()
{
    int url[2];
    int stop[2];
    if (pipe(url) != 0 || pipe(stop) != 0)
        giveUp("no pipe");
    SandboxProcess process;
    process.pid = fork();
    if (process.pid == 0) {
        close(stop[1]);
        const auto sandbox = Sandbox::start({0, kScenario, 1});
        const std::string address = sandbox ? (*sandbox)->baseUrl() : "";
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
        giveUp("the sandbox did not start");
    process.baseUrl = buffer;
    close(url[0]);
    close(url[1]);
    return process;
}

Figures engineRound(const SandboxProcess& sandbox, int requests, int concurrency)
{
    const std::string path = (std::filesystem::temp_directory_path() / ("signalbox-bench-" + std::to_string(getpid()) + ".signalbox")).string();
    const auto removeAll = [&] {
        for (const char* suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(path + suffix);
    };
    removeAll();
    Figures figures;
    {
        auto workspace = std::move(Workspace::open(path, OpenMode::OpenOrCreate).value());
        EnvironmentSecrets secrets;
        Transport transport;
        CascadeEngine engine(transport, *workspace, secrets, nullptr, {sandbox.baseUrl, 1});
        const PolicyDocumentPtr document = readPolicy(kPolicy);
        if (!document->runnable())
            giveUp("the policy is not runnable");
        const auto policy = std::make_shared<CompiledPolicy>(document->policy);
        std::vector<Request> all;
        for (int i = 0; i < requests; ++i)
            all.push_back(Request::fromPrompt(std::to_string(i), promptOf(i)));
        figures = measured(requests, [&] {
            const BatchProgress end = Batch::start(engine, policy, std::move(all), {TraceMode::Policy, "bench"}, concurrency, {})->wait();
            if (end.finished != requests || end.failed > 0 || end.notRecorded > 0)
                giveUp("a request of the engine failed");
        });
    }
    removeAll();
    return figures;
}

} // namespace

int main(int argc, char** argv)
{
    const int requests = argc > 1 ? std::atoi(argv[1]) : 20000;
    const int concurrency = argc > 2 ? std::atoi(argv[2]) : 64;
    const int rounds = argc > 3 ? std::atoi(argv[3]) : 3;
    const SandboxProcess sandbox = startSandbox();
    curl_global_init(CURL_GLOBAL_DEFAULT);
    std::vector<double> plain, engine, difference;
    std::printf("%d requests, %d at once\n%-8s %12s %16s %12s %16s %16s\n", requests, concurrency, "round", "plain, 1/s", "plain, us CPU", "engine, 1/s",
                "engine, us CPU", "difference, us");
    for (int round = 0; round < rounds; ++round) {
        PlainLoop loop(sandbox.baseUrl, concurrency);
        const Figures a = measured(requests, [&] { loop.run(requests); });
        const Figures b = engineRound(sandbox, requests, concurrency);
        std::printf("%-8d %12.0f %16.1f %12.0f %16.1f %16.1f\n", round + 1, a.perSecond, a.cpuMicros, b.perSecond, b.cpuMicros, b.cpuMicros - a.cpuMicros);
        std::fflush(stdout);
        plain.push_back(a.cpuMicros);
        engine.push_back(b.perSecond);
        difference.push_back(b.cpuMicros - a.cpuMicros);
    }
    std::printf("median: engine %.0f requests a second, %.1f us more CPU a request than the plain loop (%.1f us)\n", *quantile(engine, 0.5),
                *quantile(difference, 0.5), *quantile(plain, 0.5));
    close(sandbox.stop);
    waitpid(sandbox.pid, nullptr, 0);
    return 0;
}
