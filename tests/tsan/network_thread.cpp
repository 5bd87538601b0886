// SPDX-License-Identifier: GPL-3.0-or-later
// Many threads post, start and cancel while one network thread works: for ThreadSanitizer, and a check of the
// books: every call that was not cancelled ends exactly once, and no cancelled one does.
#include "../support/scripted_server.h"
#include "base/random.h"
#include "providers/chat.h"
#include "providers/errors.h"

#include <atomic>
#include <cstdio>
#include <future>
#include <map>

using namespace signalbox;
using namespace signalbox::testing;

namespace {

constexpr int kThreads = 6;
constexpr int kCallsPerThread = 40;

class NoSecrets : public SecretSource
{
public:
    Result<std::string> secret(const SecretRef&) override
    {
        return fail(error_kind::noKey, "None is needed.");
    }
};

Script answer(const SeenRequest& seen)
{
    const std::string token = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
    switch (seen.number % 5) {
    case 0:
        return {send(response("503 Busy", "", "{}"))};
    case 1:
        return {send(streamHead() + chunk(token)), hangUp()};
    case 2:
        return {send(streamHead() + chunk(token)), pauseAt("go on"),
                send(chunk("data: [DONE]\n\n") + lastChunk())};
    default:
        return {send(streamHead() + chunk(token + token + "data: [DONE]\n\n") + lastChunk())};
    }
}

/// The network thread's own.
struct Books
{
    std::map<int, std::shared_ptr<ChatCall>> running;
    std::map<int, int> ends;
    int cancelled = 0;
    int settled = 0;
    std::promise<void> allSettled;

    void settle()
    {
        if (++settled == kThreads * kCallsPerThread)
            allSettled.set_value();
    }
};

} // namespace

int main()
{
    ScriptedServer server(answer);
    NoSecrets secrets;
    Books books;
    std::atomic<int> posted{0};
    std::atomic<bool> orderKept{true};
    {
        Transport transport;
        std::vector<std::thread> threads;
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back([&, t] {
                Random random(static_cast<std::uint64_t>(t) + 1);
                auto last = std::make_shared<int>(-1); // touched on the network thread only
                for (int i = 0; i < kCallsPerThread; ++i) {
                    const int id = t * kCallsPerThread + i;
                    ChatRequest request;
                    request.baseUrl = server.url();
                    request.modelName = "m";
                    request.messages = {{"user", "hello"}};
                    request.deadlineMs = 60'000;
                    request.jitterSeed = random.next();
                    const bool cancel = random.below(3) == 0;
                    transport.post([&, id, i, last, request] {
                        ++posted;
                        if (*last != i - 1 || !transport.onNetworkThread())
                            orderKept = false;
                        *last = i;
                        ChatCallbacks callbacks;
                        callbacks.onDone = [&books, id](ChatResult) {
                            ++books.ends[id];
                            books.running.erase(id);
                            books.settle();
                        };
                        books.running[id] =
                            ChatCall::start(transport, secrets, request, std::move(callbacks));
                    });
                    if (!cancel)
                        continue;
                    transport.post([&books, id] {
                        const auto found = books.running.find(id);
                        if (found == books.running.end())
                            return;
                        found->second->cancel();
                        books.running.erase(found);
                        ++books.cancelled;
                        books.settle();
                    });
                }
            });
        }
        server.open("go on");
        for (std::thread& thread : threads)
            thread.join();
        books.allSettled.get_future().wait();

        // Leave some running: the transport's end lets go of them without a call.
        transport.post([&] {
            for (int i = 0; i < 10; ++i) {
                ChatRequest request;
                request.baseUrl = server.url();
                request.messages = {{"user", "late"}};
                ChatCallbacks callbacks;
                auto held = std::make_shared<std::shared_ptr<ChatCall>>();
                *held = ChatCall::start(transport, secrets, request, std::move(callbacks));
                transport.after(3'600'000, [held] { held->reset(); });
            }
        });
    }
    int wrong = 0;
    for (const auto& [id, count] : books.ends)
        wrong += count != 1;
    const bool good = orderKept && wrong == 0 && books.cancelled > 0 &&
                      posted == kThreads * kCallsPerThread &&
                      static_cast<int>(books.ends.size()) + books.cancelled == kThreads * kCallsPerThread;
    std::printf("%zu calls ended, %d cancelled, %d ended more than once, order %s\n", books.ends.size(),
                books.cancelled, wrong, orderKept ? "kept" : "broken");
    return good ? 0 : 1;
}
