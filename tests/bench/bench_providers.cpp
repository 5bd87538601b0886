// SPDX-License-Identifier: GPL-3.0-or-later
// What talking to models costs: CPU of the network thread per request at concurrency 64 on a server without
// latency, and of its parts. cpu_us is measured on the network thread's own clock, so the server does not
// count.
#include "providers/chat.h"
#include "providers/json_reader.h"
#include "providers/openai_chat.h"
#include "providers/sse.h"
#include "providers/transport.h"
#include "canned_server.h"

#include <benchmark/benchmark.h>

#include <ctime>
#include <future>

using namespace signalbox;
using namespace signalbox::testing;

namespace {

constexpr int kConcurrency = 64;
constexpr int kTokens = 24;

std::string chunkJson(const std::string& text)
{
    return R"({"id":"chatcmpl-7f3a","object":"chat.completion.chunk","created":1763770000,"model":"support-3b-ft",)"
           R"("choices":[{"index":0,"delta":{"content":")" +
           text + R"("},"finish_reason":null}]})";
}

std::string streamBody()
{
    std::string body;
    for (int i = 0; i < kTokens; ++i)
        body += "data: " + chunkJson(" word" + std::to_string(i)) + "\n\n";
    body +=
        "data: "
        "{\"id\":\"chatcmpl-7f3a\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    body += "data: "
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":120,\"completion_tokens\":24,\"total_tokens\":144}}"
            "\n\n";
    return body + "data: [DONE]\n\n";
}

std::string cannedAnswer()
{
    const std::string body = streamBody();
    char size[24];
    std::snprintf(size, sizeof size, "%zx\r\n", body.size());
    return std::string("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Signalbox-Sandbox: 1\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n") +
           size + body + "\r\n0\r\n\r\n";
}

ChatRequest chatRequest(const std::string& url)
{
    ChatRequest request;
    request.endpointId = "bench";
    request.baseUrl = url;
    request.modelName = "support-3b-ft";
    request.messages = {
        {"system", "You answer for Harbor Support, briefly and from the articles that you are given."},
        {"user", "My parcel was scanned in Hamburg four days ago and has not moved since. What now?"}};
    request.maxOutputTokens = 256;
    request.deadlineMs = 30'000;
    return request;
}

double threadCpuUs()
{
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_nsec) / 1e3;
}

class NoSecrets : public SecretSource
{
public:
    Result<std::string> secret(const SecretRef&) override
    {
        return fail("provider.no_key", "None are needed.");
    }
};

/// Keeps 64 of something going on the network thread until `total` have ended.
struct Load
{
    std::function<void(int lane)> begin;
    int total = 0;
    int begun = 0;
    int ended = 0;
    double cpuAtStart = 0;
    double cpuUs = 0;
    std::promise<void> done;

    void run(Transport& transport, int count)
    {
        total = count;
        transport.post([this] {
            cpuAtStart = threadCpuUs();
            for (int lane = 0; lane < kConcurrency && begun < total; ++lane) {
                ++begun;
                begin(lane);
            }
        });
        done.get_future().wait();
    }
    void end(int lane)
    {
        if (++ended == total) {
            cpuUs = threadCpuUs() - cpuAtStart;
            done.set_value();
        } else if (begun < total) {
            ++begun;
            begin(lane);
        }
    }
};

constexpr int kRequestsPerIteration = 20'000;

void report(benchmark::State& state, double cpuUs)
{
    const double requests = static_cast<double>(state.iterations()) * kRequestsPerIteration;
    state.counters["cpu_us_per_request"] = cpuUs / requests;
    state.counters["requests_per_s"] = benchmark::Counter(requests, benchmark::Counter::kIsRate);
}

void chatCalls(benchmark::State& state)
{
    const CannedServer server(cannedAnswer());
    NoSecrets secrets;
    Transport transport;
    double cpuUs = 0;
    for (auto _ : state) {
        std::vector<std::shared_ptr<ChatCall>> calls(kConcurrency);
        Load load;
        load.begin = [&](int lane) {
            ChatCallbacks callbacks;
            callbacks.onDone = [&, lane](ChatResult result) {
                if (!result.ok)
                    state.SkipWithError(result.message.c_str());
                load.end(lane);
            };
            calls[static_cast<std::size_t>(lane)] =
                ChatCall::start(transport, secrets, chatRequest(server.url()), std::move(callbacks));
        };
        load.run(transport, kRequestsPerIteration);
        cpuUs += load.cpuUs;
        std::promise<void> cleared;
        transport.post([&] {
            calls.clear();
            cleared.set_value();
        });
        cleared.get_future().wait();
    }
    report(state, cpuUs);
}

struct Discard : HttpHandler
{
    std::function<void()> end;
    bool onData(std::string_view bytes) override
    {
        benchmark::DoNotOptimize(bytes.size());
        return true;
    }
    void onDone(const HttpResult&) override { end(); }
};

/// The transport alone: bytes in, bytes out.
void transfers(benchmark::State& state)
{
    const CannedServer server(cannedAnswer());
    Transport transport;
    const ChatRequest request = chatRequest(server.url());
    const OpenAiChat protocol;
    double cpuUs = 0;
    for (auto _ : state) {
        Load load;
        load.begin = [&](int lane) {
            HttpRequest http;
            http.url = protocol.url(request);
            http.headers = protocol.headers(request, {});
            http.body = *protocol.body(request);
            auto handler = std::make_shared<Discard>();
            handler->end = [&load, lane] { load.end(lane); };
            transport.start(std::move(http), std::move(handler));
        };
        load.run(transport, kRequestsPerIteration);
        cpuUs += load.cpuUs;
    }
    report(state, cpuUs);
}

/// Reading one stream of 24 tokens.
void readStream(benchmark::State& state)
{
    const std::string body = streamBody();
    const OpenAiChat protocol;
    for (auto _ : state) {
        ChatProgress progress;
        SseParser events;
        events.feed(body, [&](std::string_view data) { protocol.readEvent(data, progress); });
        if (!progress.ended)
            state.SkipWithError("the stream was not understood");
        benchmark::DoNotOptimize(progress.text.data());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}

void buildBody(benchmark::State& state)
{
    const ChatRequest request = chatRequest("http://127.0.0.1:1/v1");
    const OpenAiChat protocol;
    for (auto _ : state)
        benchmark::DoNotOptimize(protocol.body(request));
}

BENCHMARK(chatCalls)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(transfers)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(readStream)->Unit(benchmark::kMicrosecond);
BENCHMARK(buildBody)->Unit(benchmark::kMicrosecond);

} // namespace

BENCHMARK_MAIN();
