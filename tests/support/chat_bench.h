// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Chat calls from a test's thread: one transport, one key, and what a call told as it went.

#include "providers/chat.h"
#include "providers/errors.h"

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace signalbox::testing {

inline constexpr const char* kKey = "sk-signalbox-test-0123456789";

class OneSecret : public SecretSource
{
public:
    Result<std::string> secret(const SecretRef& reference) override
    {
        ++asked;
        if (reference.env == "SET")
            return std::string(kKey);
        if (reference.env == "BROKEN")
            return std::string("abc\r\nX-Injected: 1");
        return fail(error_kind::noKey, "The environment variable " + reference.env + " is not set.");
    }
    std::atomic<int> asked{0};
};

inline std::string sse(const std::string& json, const std::string& end = "\n")
{
    return "data: " + json + end + end;
}
/// What a call told, for the test's thread.
struct Outcome
{
    ChatResult result;
    std::string streamed;
    std::vector<std::pair<ChatAttempt, double>> failures;
};

inline ChatRequest requestTo(const std::string& url)
{
    ChatRequest request;
    request.endpointId = "test";
    request.baseUrl = url;
    request.modelName = "test-model";
    request.messages = {{"system", "Be brief."}, {"user", "Say \"hello\"\n\xE2\x82\xAC"}};
    request.deadlineMs = 30'000;
    return request;
}

struct Bench
{
    OneSecret secrets;
    Transport transport;

    /// Starts a call on the network thread and waits for its end.
    Outcome call(ChatRequest request)
    {
        auto outcome = std::make_shared<Outcome>();
        auto call = std::make_shared<std::shared_ptr<ChatCall>>();
        std::promise<void> done;
        ChatCallbacks callbacks;
        callbacks.onText = [outcome](std::string_view text) { outcome->streamed += text; };
        callbacks.onAttemptFailed = [outcome](const ChatAttempt& attempt, double retryInMs) {
            outcome->failures.emplace_back(attempt, retryInMs);
        };
        callbacks.onDone = [outcome, call, &done](ChatResult result) {
            outcome->result = std::move(result);
            call->reset(); // destroys the call from inside its own callback
            done.set_value();
        };
        transport.post([this, call, &request, &callbacks] {
            *call = ChatCall::start(transport, secrets, std::move(request), std::move(callbacks));
        });
        done.get_future().wait();
        return std::move(*outcome);
    }
    /// Runs something on the network thread and waits for it.
    void onNetwork(const std::function<void()>& task)
    {
        std::promise<void> done;
        transport.post([&] {
            task();
            done.set_value();
        });
        done.get_future().wait();
    }
};

} // namespace signalbox::testing
