// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/load_test.h"

#include "load/synthetic_prompts.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace signalbox {

namespace {

std::chrono::nanoseconds nanosOf(double ms)
{
    constexpr double kLongestMs = 1e12; // a generation: more is no time that anybody waits for
    return std::chrono::nanoseconds(static_cast<std::int64_t>(std::clamp(ms, -kLongestMs, kLongestMs) * 1e6));
}

struct Sent;

} // namespace

struct LoadTest::State : std::enable_shared_from_this<LoadTest::State>
{
    CascadeEngine* engine = nullptr;
    CompiledPolicyPtr policy;
    LoadPlan plan;
    SteadyTime begin;

    mutable std::mutex mutex; ///< all that follows
    std::condition_variable changed;
    LoadReport found;
    SteadyTime lastEnd;
    int underWay = 0;
    bool sending = true;
    bool givenUp = false;
    bool over = false;

    std::thread thread; ///< sends on time, and sees to the end

    void run();
    void sendOnTime();
    void sendAtOnce();
    std::unique_lock<std::mutex> waitForEnd();
    bool mayStart(SteadyTime when) const;
    void startLocked(SteadyTime intended, const Arrival* arrival);
    void ended(const Trace& trace, const Sent& sent);
    void stopSending(const std::string& reason);
    void giveUp(const std::string& reason);
};

namespace {

/// One request: when it was to be sent, and when it was.
struct Sent : RunObserver
{
    using OnEnd = std::function<void(const Sent&, const Trace&)>;
    Sent(SteadyTime wanted, OnEnd whenEnded) : intended(wanted), onEnd(std::move(whenEnded)) {}

    void decided(RunId, const Decision& decision) override { userTier = decision.userTier; }
    void answered(RunId, int) override { answeredAt = now(); }
    void executed(RunId, const TracePtr& trace) override { onEnd(*this, *trace); }

    SteadyTime intended;
    SteadyTime sent = now();
    std::optional<SteadyTime> answeredAt; ///< what is asked for evidence afterwards nobody waits for
    std::string userTier;
    OnEnd onEnd;
};

} // namespace

bool LoadTest::State::mayStart(SteadyTime when) const
{
    return sending && (!plan.seconds || when - begin < nanosOf(*plan.seconds * 1000)) &&
           (!plan.requests || found.started < *plan.requests);
}

/// The mutex is held, so that requests are made one at a time and none starts after giveUp().
void LoadTest::State::startLocked(SteadyTime intended, const Arrival* arrival)
{
    const std::weak_ptr<State> weak = weak_from_this();
    Request request = plan.request(found.started, arrival);
    ++found.started;
    ++underWay;
    engine->start(policy, std::move(request), RunOptions{},
                  std::make_shared<Sent>(intended, [weak](const Sent& sent, const Trace& trace) {
                      if (const auto self = weak.lock())
                          self->ended(trace, sent);
                  }));
}

void LoadTest::State::ended(const Trace& trace, const Sent& sent)
{
    const SteadyTime at = now();
    bool tooDear = false;
    {
        const std::lock_guard lock(mutex);
        --underWay;
        lastEnd = at;
        found.add(trace, msBetween(sent.intended, sent.answeredAt.value_or(at)), msBetween(sent.intended, sent.sent),
                  sent.userTier);
        tooDear = plan.mostCost && found.cost.known >= *plan.mostCost;
        if (!plan.arrivals && !tooDear && mayStart(at))
            startLocked(at, nullptr);
        // Two threads wait, and neither for any one request: to be woken for each would be load of our own.
        if (tooDear) // what runs is paid for already, and to cut it would make it look slow
            stopSending("the limit of cost was reached");
        if (tooDear || plan.arrivals || underWay == 0 || (plan.requests && found.started >= *plan.requests))
            changed.notify_all();
    }
}

/// The mutex is held.
void LoadTest::State::stopSending(const std::string& reason)
{
    sending = false;
    found.stoppedEarly = true;
    found.stopReason = reason;
}

void LoadTest::State::giveUp(const std::string& reason)
{
    {
        const std::lock_guard lock(mutex);
        sending = false;
        changed.notify_all();
        if (givenUp || over)
            return;
        givenUp = true;
        if (!reason.empty())
            stopSending(reason);
    }
    engine->cancelAll();
}

void LoadTest::State::sendAtOnce()
{
    std::unique_lock lock(mutex);
    for (int i = 0; i < plan.concurrency; ++i) {
        const SteadyTime at = now();
        if (mayStart(at))
            startLocked(at, nullptr);
    }
    const auto idle = [this] { return underWay == 0 || !sending; };
    if (plan.seconds)
        changed.wait_until(lock, begin + nanosOf(*plan.seconds * 1000), idle);
    else
        changed.wait(lock, [&] { return idle() || (plan.requests && found.started >= *plan.requests); });
}

void LoadTest::State::sendOnTime()
{
    while (const std::optional<Arrival> arrival = plan.arrivals()) {
        const SteadyTime intended = begin + nanosOf(arrival->atMs);
        std::unique_lock lock(mutex);
        if (!mayStart(intended))
            return;
        if (changed.wait_until(lock, intended, [this] { return !sending; }))
            return;
        changed.wait(lock, [this] { return !sending || underWay < plan.mostAtOnce; });
        if (!sending)
            return;
        startLocked(intended, &*arrival);
    }
}

void LoadTest::State::run()
{
    if (plan.arrivals)
        sendOnTime();
    else
        sendAtOnce();
    std::unique_lock lock(mutex);
    sending = false;
    const auto idle = [this] { return underWay == 0; };
    if (!changed.wait_for(lock, nanosOf(plan.drainSeconds * 1000), [&] { return idle() || givenUp; }) ||
        givenUp) {
        lock.unlock();
        giveUp({});
        lock.lock();
        changed.wait(lock, idle);
    }
    over = true;
    found.over = true;
    changed.notify_all();
}

LoadTest::LoadTest() : m_state(std::make_shared<State>()) {}

std::unique_ptr<LoadTest> LoadTest::start(CascadeEngine& engine, CompiledPolicyPtr policy, LoadPlan plan)
{
    std::unique_ptr<LoadTest> test(new LoadTest);
    State& state = *test->m_state;
    state.engine = &engine;
    state.found = LoadReport(policy->policy());
    state.policy = std::move(policy);
    state.plan = std::move(plan);
    state.begin = now();
    state.lastEnd = state.begin;
    state.thread = std::thread([&state] { state.run(); });
    return test;
}

LoadTest::~LoadTest()
{
    stop();
    m_state->thread.join();
}

void LoadTest::stop()
{
    m_state->giveUp("it was stopped");
}

bool LoadTest::waitFor(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_state->mutex);
    return m_state->changed.wait_for(lock, time, [this] { return m_state->over; });
}

LoadReport LoadTest::report() const
{
    const std::lock_guard lock(m_state->mutex);
    LoadReport copy = m_state->found;
    copy.seconds = msBetween(m_state->begin, copy.over ? m_state->lastEnd : now()) / 1000;
    return copy;
}

int LoadTest::underWay() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->underWay;
}

std::function<Request(std::uint64_t, const Arrival*)> repeatedly(std::vector<Request> requests)
{
    return [requests = std::move(requests)](std::uint64_t index, const Arrival*) {
        Request request = requests[index % requests.size()];
        request.id += "#" + std::to_string(index + 1);
        return request;
    };
}

std::function<Request(std::uint64_t, const Arrival*)> madeUp(int inputTokens, std::uint64_t seed)
{
    return [inputTokens, seed](std::uint64_t index, const Arrival* arrival) {
        const bool recorded = arrival != nullptr && arrival->inputTokens > 0;
        return syntheticRequest(index, recorded ? arrival->inputTokens : inputTokens,
                                arrival != nullptr ? arrival->generatedTokens : 0, seed);
    };
}

AdmissionSettings admissionFor(const LoadPlan& plan)
{
    // Nothing waits at the door: what is tested is what stands behind it.
    return {plan.arrivals ? plan.mostAtOnce : plan.concurrency, 0};
}

} // namespace signalbox
