// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/spending_watch.h"

#include "base/clock.h"

#include <chrono>
#include <utility>

namespace signalbox {

namespace {

constexpr std::int64_t kBudgetHourMs = 3'600'000;

} // namespace

Result<std::unique_ptr<SpendingWatch>> SpendingWatch::start(const Workspace& workspace, Tell tell, int everyMs)
{
    auto reader = workspace.reader();
    if (!reader)
        return tl::unexpected<Error>(reader.error());
    std::unique_ptr<SpendingWatch> watch(
        new SpendingWatch(std::move(*reader), workspace.recorder(), std::move(tell), everyMs));
    if (const Result<> looked = watch->look(); !looked)
        return tl::unexpected<Error>(looked.error());
    watch->m_thread = std::thread([self = watch.get()] { self->lookNowAndThen(); });
    return watch;
}

SpendingWatch::SpendingWatch(std::unique_ptr<WorkspaceReader> reader, std::int64_t recorder, Tell tell,
                             int everyMs)
    : m_reader(std::move(reader)), m_recorder(recorder), m_tell(std::move(tell)), m_everyMs(everyMs)
{
}

SpendingWatch::~SpendingWatch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

Result<> SpendingWatch::look()
{
    auto spent = m_reader->spentAfter(m_mark, wallClockMs() - kBudgetHourMs, m_recorder);
    if (!spent)
        return tl::unexpected<Error>(spent.error());
    if (!spent->empty())
        m_tell(std::move(*spent));
    return {};
}

void SpendingWatch::lookNowAndThen()
{
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, std::chrono::milliseconds(m_everyMs), [this] { return m_stopping; })) {
        lock.unlock();
        (void)look(); // the mark stays where it was: what could not be read now is read the next time
        lock.lock();
    }
}

} // namespace signalbox
