// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One call of a chat model on behalf of a request, with all that holds of each, whoever asks for it: the endpoint's
// breaker learns how it went, retries are paid from the endpoint's budget, the request's and the hours' budgets count it
// while it runs, the sink knows of it whatever becomes of this process, and attempts and charges are left behind.
// Network thread only. Private to the engine.

#include "cascade/request_ledger.h"
#include "cascade/run_scope.h"
#include "cascade/token_meter.h"
#include "providers/chat.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// By address: what stands behind one address fails together, whatever policies call it.
CircuitBreaker& breakerOf(const RunScope& scope, const Model& model);

/// A request to where the model runs. `salt` tells the call's random waits from those of others of the same request.
ChatRequest requestTo(const RunScope& scope, const Model& model, std::vector<Message> messages, const std::string& salt);

/// What a call is likely to cost, by what the model's last answers came to; 0 = its price is unknown. `allowance`:
/// output tokens that it may have; 0 = no bound.
RequestLedger::Expected expectedCost(const RunScope& scope, const Model& model, std::int64_t inputTokens, int allowance);

/// The reason code of a budget of the request or of an hour that the input of a call alone would go through, or "": what
/// is asked beside the tiers' models has no budget of its own. `tier`: for which it is asked.
std::string budgetAgainst(const RunScope& scope, int tier, const Model& model, const std::vector<Message>& messages);

/// What a call leaves behind for the trace.
struct CallRecord
{
    std::vector<Attempt> attempts;
    std::vector<Charge> charges;
    bool simulated = false;
};

class ModelCall : public std::enable_shared_from_this<ModelCall>
{
public:
    struct Order
    {
        const Model* model = nullptr; ///< of the run's policy, with an endpoint
        ChatRequest request;
        std::string purpose; ///< as in Attempt: "model" or "judge:RUBRIC"
        ChargeKind kind = ChargeKind::Model;
        int hop = -1;         ///< that it belongs to
        int tier = -1;        ///< of the hop
        int firstAttempt = 0; ///< attempts that the hop had before
    };
    struct Listener
    {
        std::function<void(std::string_view)> onText; ///< pieces as they come; none = the answer is wanted whole
        std::function<void(std::size_t toolBytes, std::size_t thoughtBytes)> onUnseen; ///< as in ChatCallbacks
        std::function<void(const Attempt&, double retryInMs)> onAttemptFailed;
        /// Once; not after cancel(), nor when the call was let go of before.
        std::function<void(ChatResult, CallRecord)> onDone;
    };

    static std::shared_ptr<ModelCall> start(std::shared_ptr<const RunScope> scope, Order order, Listener listener);

    struct SoFar
    {
        ChatResult result;
        CallRecord record;
    };
    /// Stops; what had come and was paid until then. `why`: the reason code of who ended it; "" = it is just not wanted
    /// any more.
    SoFar cancel(const std::string& why = {});

    /// What it has taken so far, as far as it can be told from here. Thoughts that are not sent cannot.
    const RequestLedger::Running& taken() const { return m_taken; }

private:
    ModelCall(std::shared_ptr<const RunScope> scope, Order order, Listener listener);
    void begin();
    void announce(const std::string& requestId);
    void heard(std::string_view piece);
    void grow();
    void heardUnseen(std::size_t toolBytes, std::size_t thoughtBytes);
    void attemptFailed(const ChatAttempt& attempt, double retryInMs);
    bool mayRetry(RetryBudget& retries) const;
    void done(ChatResult result);
    RequestLedger::Running estimate() const;
    void estimateIfUnknown(Charge& charge) const;
    const Endpoint& endpoint() const;
    void reportFailure(const ChatAttempt& attempt);
    void reportEnd(const ChatResult& result);
    void tellEnd(const ChatAttempt& attempt, const std::vector<Charge>& charges);
    CallRecord settle(const ChatResult& result);

    std::shared_ptr<const RunScope> m_scope;
    Order m_order;
    Listener m_listener;
    std::shared_ptr<ChatCall> m_chat;
    CircuitBreaker::Permission m_permission;
    double m_startMs = 0;
    std::int64_t m_input = 0; ///< tokens of what is sent, estimated
    TokenMeter m_output;
    NanoUsd m_expected = 0;
    NanoUsd m_reserved = 0;
    std::map<std::string, std::int64_t> m_saidIn; ///< tokens that came in tries that failed, by their ids
    std::int64_t m_saidBefore = 0;                ///< in all of them
    std::size_t m_failedAttempts = 0; ///< that were reported while the call went on
    std::string m_requestId; ///< of the try that runs
    NanoUsd m_noted = 0;     ///< what the sink believes that it costs at most
    RequestLedger::Running m_taken;
    bool m_over = false;
};

} // namespace signalbox
