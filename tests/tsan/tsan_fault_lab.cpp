// SPDX-License-Identifier: GPL-3.0-or-later
// Faults switched from other threads while requests run, the log read meanwhile, and a port that closes and
// opens.
#include "../support/http_client.h"
#include "sandbox/sandbox.h"

#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

using namespace signalbox;
using signalbox::test::HttpConnection;

namespace {

constexpr const char* kScenario = R"({"name":"t","time_scale":0,"models":{"m":{}},"faults":[
    {"id":"busy","on":false,"kind":"status","status":[503,200],"every":1},
    {"id":"cut","on":false,"kind":"cut","how":"reset","after_chunks":1,"probability":0.5},
    {"id":"bytes","on":false,"kind":"split","every":2},
    {"id":"huge","on":false,"kind":"huge_body","how":"words","bytes":300000,"every":3},
    {"id":"early","on":false,"kind":"early_close","every":4},
    {"id":"closed","on":false,"kind":"refuse","for_ms":1}]})";
constexpr const char* kBody =
    R"({"model":"m","stream":true,"messages":[{"role":"system","content":"Knowledge:\n[k] Fish: A trout grows in 5 days."},)"
    R"({"role":"user","content":"How long does a trout take to grow?"}]})";
constexpr const char* kFaults[] = {"busy", "cut", "bytes", "huge", "early", "closed", "*"};

bool copesWithSwitching()
{
    auto sandbox = Sandbox::start({0, kScenario, 1});
    if (!sandbox)
        return false;
    std::atomic<int> served{0};
    std::atomic<bool> done{false};
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i) {
        clients.emplace_back([&] {
            for (int n = 0; n < 60; ++n) {
                HttpConnection connection((*sandbox)->port());
                for (int k = 0; k < 3; ++k)
                    served += connection.ask("POST", "/v1/chat/completions", kBody).status == 200;
            }
        });
    }
    std::thread overHttp([&] {
        while (!done) {
            HttpConnection connection((*sandbox)->port());
            connection.ask("POST", "/_signalbox/faults", R"({"off":["*"],"on":["bytes"]})");
            connection.ask("GET", "/_signalbox/log");
        }
    });
    std::thread watcher([&] {
        while (!done) {
            if ((*sandbox)->log().size() + (*sandbox)->faultsJson().size() == 0)
                return;
            std::this_thread::yield();
        }
    });
    bool known = true;
    for (int n = 0; n < 200; ++n)
        known = (*sandbox)->setFault(kFaults[n % 7], n / 7 % 2 == 0).has_value() && known;
    for (std::thread& client : clients)
        client.join();
    done = true;
    overHttp.join();
    watcher.join();
    // Whatever was switched, in the end it serves as it should.
    if (!(*sandbox)->setFault("*", false))
        return false;
    const auto last = HttpConnection((*sandbox)->port()).ask("POST", "/v1/chat/completions", kBody);
    return known && served > 0 && last.status == 200 && last.whole;
}

/// Ends while a fault keeps the port closed and another one streams without an end.
bool endsUnderFaults()
{
    for (int round = 0; round < 10; ++round) {
        auto sandbox = Sandbox::start({0, R"({"name":"t","models":{"m":{}},"faults":[
            {"id":"endless","kind":"endless","every":1},
            {"id":"closed","on":false,"kind":"refuse","for_ms":60000}]})",
                                       1});
        if (!sandbox)
            return false;
        HttpConnection listener((*sandbox)->port());
        listener.sendRequest("POST", "/v1/chat/completions", kBody);
        char some[1000];
        if (!listener.take(some, sizeof some) || !(*sandbox)->setFault("closed", true))
            return false;
        sandbox->reset();
    }
    return true;
}

} // namespace

int main()
{
    const bool coped = copesWithSwitching();
    const bool ended = endsUnderFaults();
    std::printf("copes with switching: %s, ends under faults: %s\n", coped ? "yes" : "no",
                ended ? "yes" : "no");
    return coped && ended ? 0 : 1;
}
