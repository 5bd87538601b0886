// SPDX-License-Identifier: GPL-3.0-or-later
// The parts that keep the engine upright: breakers, retry budgets, lanes, hourly spending. Time comes from
// the tests.
#include "base/random.h"
#include "cascade/admission.h"
#include "cascade/spending.h"
#include "providers/breaker.h"
#include "providers/errors.h"
#include "providers/retry_budget.h"

#include <QtTest>

#include <algorithm>
#include <deque>
#include <vector>

using namespace signalbox;
using State = CircuitBreaker::State;
using Verdict = CircuitBreaker::Verdict;

namespace {

/// A clock that stands until it is moved.
struct Clock
{
    SteadyTime at = SteadyTime() + std::chrono::hours(100);
    void wait(double ms)
    {
        at += std::chrono::duration_cast<SteadyTime::duration>(std::chrono::duration<double, std::milli>(ms));
    }
};

void callOnce(CircuitBreaker& breaker, Verdict verdict, SteadyTime at)
{
    breaker.ended(breaker.ask(at), verdict, at);
}

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;

} // namespace

class ResilienceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void breakerOpensAfterFailuresInARow();
    void breakerOpensWhenMostFail();
    void halfOpenLetsOneProbeThrough();
    void probesThatFailWaitLonger();
    void lateAnswersDoNotCloseIt();
    void aPauseHoldsEverything();
    void breakerNeverStaysShut();
    void verdictsFollowTheKindOfError();
    void retriesAreAShareOfRequests();
    void aQuietClientMayRetry();
    void interactiveGoesFirst();
    void backgroundLeavesSlots();
    void leavingAndReenteringHolds();
    void spendingForgetsAfterAnHour();
    void spendingNeverCountsTooLittle();
    void roomComesWhenItSays();
};

void ResilienceTest::breakerOpensAfterFailuresInARow()
{
    Clock clock;
    CircuitBreaker breaker;
    for (int i = 0; i < 4; ++i)
        callOnce(breaker, Verdict::Unhealthy, clock.at);
    callOnce(breaker, Verdict::Healthy, clock.at);
    for (int i = 0; i < 4; ++i)
        callOnce(breaker, Verdict::Unhealthy, clock.at);
    QCOMPARE(breaker.state(clock.at), State::Closed);
    callOnce(breaker, Verdict::Neither, clock.at);
    QCOMPARE(breaker.state(clock.at), State::Closed);
    callOnce(breaker, Verdict::Unhealthy, clock.at);
    QCOMPARE(breaker.state(clock.at), State::Open);
    const auto refused = breaker.ask(clock.at);
    QVERIFY(!refused.granted);
    QCOMPARE(refused.retryInMs, BreakerSettings().openMs);
}

void ResilienceTest::breakerOpensWhenMostFail()
{
    Clock clock;
    CircuitBreaker breaker;
    int calls = 0;
    while (breaker.state(clock.at) == State::Closed && calls < 1000) { // good, bad, bad: never five in a row
        callOnce(breaker, calls % 3 == 0 ? Verdict::Healthy : Verdict::Unhealthy, clock.at);
        ++calls;
        clock.wait(10);
    }
    QCOMPARE(breaker.state(clock.at), State::Open);
    QVERIFY(calls >= BreakerSettings().leastCalls);

    CircuitBreaker slow; // the same share, but each failure is long forgotten when the next comes
    for (int i = 0; i < 200; ++i) {
        callOnce(slow, i % 3 == 0 ? Verdict::Healthy : Verdict::Unhealthy, clock.at);
        clock.wait(5000);
    }
    QCOMPARE(slow.state(clock.at), State::Closed);
}

void ResilienceTest::halfOpenLetsOneProbeThrough()
{
    Clock clock;
    CircuitBreaker breaker;
    for (int i = 0; i < 5; ++i)
        callOnce(breaker, Verdict::Unhealthy, clock.at);
    clock.wait(BreakerSettings().openMs);
    QCOMPARE(breaker.state(clock.at), State::HalfOpen);
    const auto probe = breaker.ask(clock.at);
    QVERIFY(probe.granted && probe.probe);
    QVERIFY(!breaker.ask(clock.at).granted);
    breaker.ended(probe, Verdict::Neither, clock.at); // cancelled: the next one may try
    const auto second = breaker.ask(clock.at);
    QVERIFY(second.granted && second.probe);
    breaker.ended(second, Verdict::Healthy, clock.at);
    QCOMPARE(breaker.state(clock.at), State::Closed);
    QVERIFY(breaker.ask(clock.at).granted);
    QVERIFY(!breaker.ask(clock.at).probe);
}

void ResilienceTest::probesThatFailWaitLonger()
{
    Clock clock;
    const BreakerSettings settings;
    CircuitBreaker breaker(settings);
    for (int i = 0; i < 5; ++i)
        callOnce(breaker, Verdict::Unhealthy, clock.at);
    double wait = settings.openMs;
    for (int i = 0; i < 10; ++i) {
        QVERIFY(qAbs(breaker.ask(clock.at).retryInMs - wait) < 1e-3);
        clock.wait(wait);
        const auto probe = breaker.ask(clock.at);
        QVERIFY(probe.probe);
        breaker.ended(probe, Verdict::Unhealthy, clock.at);
        wait = std::min(wait * 2, settings.longestOpenMs);
    }
    QCOMPARE(wait, settings.longestOpenMs);
}

void ResilienceTest::lateAnswersDoNotCloseIt()
{
    Clock clock;
    CircuitBreaker breaker;
    const auto early = breaker.ask(clock.at);
    const auto early2 = breaker.ask(clock.at);
    for (int i = 0; i < 5; ++i)
        callOnce(breaker, Verdict::Unhealthy, clock.at);
    breaker.ended(early, Verdict::Healthy, clock.at);
    QCOMPARE(breaker.state(clock.at), State::Open);
    clock.wait(BreakerSettings().openMs);
    const auto probe = breaker.ask(clock.at);
    breaker.ended(early2, Verdict::Unhealthy, clock.at); // says nothing of now
    QVERIFY(!breaker.ask(clock.at).granted);             // and does not give the probe's place away
    breaker.ended(probe, Verdict::Healthy, clock.at);
    QCOMPARE(breaker.state(clock.at), State::Closed);
}

void ResilienceTest::aPauseHoldsEverything()
{
    Clock clock;
    CircuitBreaker breaker;
    breaker.pause(700, clock.at);
    breaker.pause(200, clock.at); // a shorter one does not cut the longer
    QVERIFY(!breaker.ask(clock.at).granted);
    QVERIFY(qAbs(breaker.ask(clock.at).retryInMs - 700) < 1e-3);
    clock.wait(701);
    QVERIFY(breaker.ask(clock.at).granted);
    breaker.pause(1e12, clock.at);
    QVERIFY(breaker.ask(clock.at).retryInMs <= BreakerSettings().longestOpenMs);
}

void ResilienceTest::breakerNeverStaysShut()
{
    for (std::uint64_t seed = 1; seed <= 200;
         ++seed) { // whatever happened: once the endpoint is well, calls get through
        Random random(seed);
        Clock clock;
        CircuitBreaker breaker;
        std::deque<CircuitBreaker::Permission> out;
        int probes = 0;
        for (int step = 0; step < 400; ++step) {
            clock.wait(static_cast<double>(random.below(3000)));
            const auto permission = breaker.ask(clock.at);
            if (permission.granted)
                out.push_back(permission);
            else
                QVERIFY(permission.retryInMs > 0);
            if (!out.empty() && random.below(2) == 0) {
                breaker.ended(out.front(), static_cast<Verdict>(random.below(3)), clock.at);
                out.pop_front();
            }
            if (random.below(20) == 0)
                breaker.pause(static_cast<double>(random.below(100'000)), clock.at);
            probes = static_cast<int>(std::ranges::count_if(out, [](const auto& p) { return p.probe; }));
            if (breaker.state(clock.at) == State::HalfOpen)
                QVERIFY(probes <= 2); // one of this era, and perhaps one that nobody waits for any more
        }
        while (!out.empty()) {
            breaker.ended(out.front(), Verdict::Healthy, clock.at);
            out.pop_front();
        }
        clock.wait(BreakerSettings().longestOpenMs + 1);
        const auto permission = breaker.ask(clock.at);
        QVERIFY(permission.granted);
        breaker.ended(permission, Verdict::Healthy, clock.at);
        QCOMPARE(breaker.state(clock.at), State::Closed);
    }
}

void ResilienceTest::verdictsFollowTheKindOfError()
{
    QCOMPARE(verdictOf(""), Verdict::Healthy);
    QCOMPARE(verdictOf(error_kind::badRequest), Verdict::Healthy);
    QCOMPARE(verdictOf(error_kind::unauthorized), Verdict::Healthy);
    QCOMPARE(verdictOf(error_kind::unavailable), Verdict::Unhealthy);
    QCOMPARE(verdictOf(error_kind::cut), Verdict::Unhealthy);
    QCOMPARE(verdictOf(error_kind::rateLimited), Verdict::Neither);
    QCOMPARE(verdictOf(error_kind::cancelled), Verdict::Neither);
    QCOMPARE(verdictOf(error_kind::deadline), Verdict::Neither);
}

void ResilienceTest::retriesAreAShareOfRequests()
{
    Clock clock;
    RetryBudget::Settings settings;
    settings.perSecond = 0;
    RetryBudget budget(settings);
    int retries = 0;
    for (int i = 0; i < 1000; ++i) { // everything fails, and every failure wants to be tried again twice
        budget.paid();
        retries += budget.spend(clock.at);
        retries += budget.spend(clock.at);
    }
    QCOMPARE(retries, 200);
    RetryBudget saver(settings);
    for (int i = 0; i < 100'000; ++i)
        saver.paid();
    retries = 0;
    while (saver.spend(clock.at))
        ++retries;
    QCOMPARE(retries, 100);
}

void ResilienceTest::aQuietClientMayRetry()
{
    Clock clock;
    RetryBudget budget;
    int retries = 0;
    while (budget.spend(clock.at))
        ++retries;
    QCOMPARE(retries, 20);
    clock.wait(1000);
    QVERIFY(budget.spend(clock.at));
    QVERIFY(budget.spend(clock.at));
    QVERIFY(!budget.spend(clock.at));
    clock.wait(3'600'000);
    retries = 0;
    while (budget.spend(clock.at))
        ++retries;
    QCOMPARE(retries, 20);
}

void ResilienceTest::interactiveGoesFirst()
{
    Admission door({2, 1});
    std::vector<int> started;
    const auto note = [&](int n) { return [&started, n](Admission::Ticket) { started.push_back(n); }; };
    const auto b1 = door.enter(ServiceLane::Background, note(1));
    const auto b2 = door.enter(ServiceLane::Background, note(2)); // one slot is kept
    const auto i3 = door.enter(ServiceLane::Interactive, note(3));
    const auto b4 = door.enter(ServiceLane::Background, note(4));
    const auto i5 = door.enter(ServiceLane::Interactive, note(5));
    QCOMPARE(started, (std::vector<int>{1, 3}));
    door.leave(b1); // the person waits less than what came before
    QCOMPARE(started, (std::vector<int>{1, 3, 5}));
    door.leave(i3);
    QCOMPARE(started, (std::vector<int>{1, 3, 5, 2}));
    door.leave(b4); // never started
    door.leave(b4);
    door.leave(b2);
    door.leave(i5);
    QCOMPARE(started.size(), std::size_t{4});
    QCOMPARE(door.running(), 0);
    QCOMPARE(door.waiting(ServiceLane::Background), 0);
}

void ResilienceTest::backgroundLeavesSlots()
{
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        Random random(seed);
        const AdmissionSettings settings{8, 3};
        Admission door(settings);
        std::vector<Admission::Ticket> running;
        std::vector<std::pair<Admission::Ticket, ServiceLane>> all;
        int entered = 0;
        int started = 0;
        for (int step = 0; step < 2000; ++step) {
            if (random.below(2) == 0) {
                const ServiceLane lane =
                    random.below(4) == 0 ? ServiceLane::Interactive : ServiceLane::Background;
                ++entered;
                all.emplace_back(door.enter(lane, [&](Admission::Ticket) { ++started; }), lane);
            } else if (!all.empty()) {
                const auto which = all.begin() + static_cast<std::ptrdiff_t>(random.below(all.size()));
                door.leave(which->first);
                all.erase(which);
            }
            QVERIFY(door.running() <= settings.slots);
            QVERIFY(door.running(ServiceLane::Background) <= settings.slots - settings.keptForInteractive);
            QVERIFY(door.waiting(ServiceLane::Interactive) == 0 || door.running() == settings.slots);
            const int inside = door.running() + door.waiting(ServiceLane::Interactive) +
                               door.waiting(ServiceLane::Background);
            QCOMPARE(inside, static_cast<int>(all.size()));
        }
        for (const auto& [ticket, lane] : all)
            door.leave(ticket);
        QCOMPARE(door.running(), 0);
        QVERIFY(started <= entered);
        QVERIFY(started > 100);
    }
}

void ResilienceTest::leavingAndReenteringHolds()
{
    Admission door({1, 0});
    std::vector<int> started;
    std::function<void(int)> chain =
        [&](int n) { // each lets the next one in and leaves from within its own start
            door.enter(n % 2 == 0 ? ServiceLane::Interactive : ServiceLane::Background,
                       [&, n](Admission::Ticket ticket) {
                           started.push_back(n);
                           if (n < 10)
                               chain(n + 1);
                           door.leave(ticket);
                       });
        };
    chain(0);
    QCOMPARE(started.size(), std::size_t{11});
    QVERIFY(std::ranges::is_sorted(started));
    QCOMPARE(door.running(), 0);
}

void ResilienceTest::spendingForgetsAfterAnHour()
{
    Spending spending;
    const std::int64_t start = 1'800'000'000'000 / kMinute * kMinute;
    QCOMPARE(spending.lastHour("policy", start), NanoUsd{0});
    spending.add("policy", start, 500);
    spending.add("policy", start + 30 * kMinute, 300);
    spending.add("tier:T0", start, 7);
    QCOMPARE(spending.lastHour("policy", start + 59 * kMinute), NanoUsd{800});
    QCOMPARE(spending.lastHour("policy", start + kHour + kMinute), NanoUsd{300});
    QCOMPARE(spending.lastHour("policy", start + 2 * kHour), NanoUsd{0});
    QCOMPARE(spending.lastHour("tier:T0", start), NanoUsd{7});
    spending.add("policy", start, 1); // late, as when it is filled from the workspace
    QCOMPARE(spending.lastHour("policy", start), NanoUsd{801});
}

void ResilienceTest::spendingNeverCountsTooLittle()
{
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        Random random(seed);
        Spending spending;
        std::vector<std::pair<std::int64_t, NanoUsd>> all;
        std::int64_t at = 1'800'000'000'000;
        for (int i = 0; i < 500; ++i) {
            at += static_cast<std::int64_t>(random.below(3 * kMinute));
            const auto cost = static_cast<NanoUsd>(random.below(1000));
            all.emplace_back(at, cost);
            spending.add("s", at, cost);
            NanoUsd exact = 0;
            NanoUsd wider = 0;
            for (const auto& [when, what] : all) {
                exact += when > at - kHour ? what : 0;
                wider += when > at - kHour - kMinute ? what : 0;
            }
            QVERIFY(spending.lastHour("s", at) >= exact);
            QVERIFY(spending.lastHour("s", at) <= wider);
        }
    }
}

void ResilienceTest::roomComesWhenItSays()
{
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        Random random(seed);
        Spending spending;
        std::int64_t at = 1'800'000'000'000;
        for (int i = 0; i < 60; ++i) {
            at += static_cast<std::int64_t>(random.below(2 * kMinute));
            spending.add("s", at, static_cast<NanoUsd>(random.below(1000)));
        }
        const NanoUsd limit = 5000;
        const auto cost = static_cast<NanoUsd>(random.below(2000));
        const std::int64_t wait = spending.roomInMs("s", limit, cost, at);
        QVERIFY(wait >= 0);
        QVERIFY(spending.lastHour("s", at + wait) + cost <= limit);
        if (wait > 0)
            QVERIFY(spending.lastHour("s", at + wait - 1) + cost > limit);
        QCOMPARE(spending.roomInMs("s", limit, limit + 1, at), std::int64_t{-1});
    }
    QCOMPARE(Spending().roomInMs("nothing", 10, 10, 0), std::int64_t{0});
}

QTEST_GUILESS_MAIN(ResilienceTest)
#include "tst_resilience.moc"
