// SPDX-License-Identifier: GPL-3.0-or-later
// The sandbox between its own thread and its callers': clients on several threads, counters read meanwhile,
// and an end in the middle of streams.
#include "../support/http_client.h"
#include "sandbox/sandbox.h"

#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

using namespace signalbox;
using signalbox::test::HttpConnection;

namespace {

constexpr const char* kBody =
    R"({"model":"m","stream":true,"messages":[{"role":"system","content":"Knowledge:\n[k] Fish: A trout grows in 5 days."},)"
    R"({"role":"user","content":"How long does a trout take to grow?"}]})";

bool servesThreads()
{
    auto sandbox = Sandbox::start({0, R"({"name":"t","time_scale":0,"models":{"m":{}}})", 1});
    if (!sandbox)
        return false;
    std::atomic<int> good{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i) {
        clients.emplace_back([&] {
            HttpConnection connection((*sandbox)->port());
            for (int n = 0; n < 50; ++n) {
                const auto reply = connection.ask("POST", "/v1/chat/completions", kBody);
                good += reply.status == 200 && reply.whole;
            }
        });
    }
    while ((*sandbox)->counters().completed < 100 && good < 200)
        std::this_thread::yield();
    for (std::thread& client : clients)
        client.join();
    return good == 200 && (*sandbox)->counters().requests == 200 && (*sandbox)->counters().connections == 4;
}

bool endsInTheMiddle()
{
    for (int round = 0; round < 10; ++round) {
        auto sandbox = Sandbox::start({0, R"({"name":"t","models":{"m":{"ttft_ms":60000}}})", 1});
        if (!sandbox)
            return false;
        HttpConnection waiting((*sandbox)->port()), idle((*sandbox)->port());
        waiting.sendRequest("POST", "/v1/chat/completions", kBody);
        while ((*sandbox)->counters().requests == 0)
            std::this_thread::yield();
        sandbox->reset();
        if (waiting.receive().whole)
            return false;
    }
    return true;
}

} // namespace

int main()
{
    const bool served = servesThreads();
    const bool ended = endsInTheMiddle();
    std::printf("serves threads: %s, ends in the middle: %s\n", served ? "yes" : "no", ended ? "yes" : "no");
    return served && ended ? 0 : 1;
}
