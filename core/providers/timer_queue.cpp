// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/timer_queue.h"

#include <algorithm>

namespace signalbox {

std::uint64_t TimerQueue::add(SteadyTime at, double ms, std::function<void()> task)
{
    if (m_closed)
        return 0;
    if (m_free.empty()) {
        m_slots.emplace_back();
        m_free.push_back(static_cast<std::uint32_t>(m_slots.size() - 1));
    }
    const std::uint32_t index = m_free.back();
    m_free.pop_back();
    Slot& slot = m_slots[index];
    slot.live = true;
    slot.task = std::move(task);
    ++m_live;
    const std::uint64_t id = (static_cast<std::uint64_t>(slot.generation) << 32) | (index + 1u);
    // A year is as good as never, and keeps the sum within the clock's range. NaN fires at once.
    const double wait = ms > 0 ? std::min(ms, 365.0 * 86'400'000.0) : 0.0;
    const auto delay =
        std::chrono::duration_cast<SteadyTime::duration>(std::chrono::duration<double, std::milli>(wait));
    m_heap.push_back({at + delay, m_sequence++, id});
    std::push_heap(m_heap.begin(), m_heap.end());
    return id;
}

bool TimerQueue::isLive(std::uint64_t id) const
{
    const std::uint64_t low = id & 0xffff'ffffu;
    return low != 0 && low <= m_slots.size() && m_slots[low - 1].live &&
           m_slots[low - 1].generation == id >> 32;
}

std::function<void()> TimerQueue::take(std::uint64_t id)
{
    const auto index = static_cast<std::uint32_t>((id & 0xffff'ffffu) - 1);
    Slot& slot = m_slots[index];
    std::function<void()> task = std::move(slot.task);
    slot.task = nullptr;
    slot.live = false;
    ++slot.generation;
    m_free.push_back(index);
    --m_live;
    return task;
}

void TimerQueue::cancel(std::uint64_t id)
{
    if (!isLive(id))
        return;
    const std::function<void()> dropped = take(id);
    if (m_heap.size() > 256 && m_heap.size() > 4 * m_live)
        compact();
    else
        dropStaleTop();
}

void TimerQueue::dropStaleTop()
{
    while (!m_heap.empty() && !isLive(m_heap.front().id)) {
        std::pop_heap(m_heap.begin(), m_heap.end());
        m_heap.pop_back();
    }
}

void TimerQueue::compact()
{
    std::erase_if(m_heap, [this](const Entry& entry) { return !isLive(entry.id); });
    std::make_heap(m_heap.begin(), m_heap.end());
}

void TimerQueue::runDue(SteadyTime at)
{
    const std::uint64_t before = m_sequence;
    while (!m_heap.empty() && m_heap.front().due <= at && m_heap.front().sequence < before) {
        const std::uint64_t id = m_heap.front().id;
        std::pop_heap(m_heap.begin(), m_heap.end());
        m_heap.pop_back();
        if (isLive(id))
            take(id)();
    }
    dropStaleTop();
}

std::optional<SteadyTime> TimerQueue::next() const
{
    return m_heap.empty() ? std::nullopt : std::optional(m_heap.front().due);
}

void TimerQueue::close()
{
    m_closed = true;
    m_heap.clear();
    // What a task holds may cancel other timers while it goes, so everything is emptied first.
    std::vector<Slot> slots;
    slots.swap(m_slots);
    m_free.clear();
    m_live = 0;
}

} // namespace signalbox
