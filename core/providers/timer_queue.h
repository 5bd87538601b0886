// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One-shot timers of one thread: a binary heap with lazy deletion, because most timers (deadlines) are
// cancelled long before they are due. Ids are a slot and its generation, so a stale id cancels nothing.

#include "base/clock.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace signalbox {

class TimerQueue
{
public:
    std::uint64_t add(SteadyTime at, double ms, std::function<void()> task);
    void cancel(std::uint64_t id);
    /// Runs what is due at `at`, in order of time; timers that a task adds wait for the next call.
    void runDue(SteadyTime at);
    /// When the earliest timer is due.
    std::optional<SteadyTime> next() const;
    /// Drops every timer and takes no new ones.
    void close();

private:
    struct Slot
    {
        std::uint32_t generation = 1;
        bool live = false;
        std::function<void()> task;
    };
    struct Entry
    {
        SteadyTime due;
        std::uint64_t sequence; ///< equal times fire in the order they were added
        std::uint64_t id;
        bool operator<(const Entry& other) const
        {
            return due != other.due ? due > other.due : sequence > other.sequence; // earliest on top
        }
    };
    bool isLive(std::uint64_t id) const;
    std::function<void()> take(std::uint64_t id);
    void dropStaleTop();
    void compact();

    std::vector<Slot> m_slots;
    std::vector<std::uint32_t> m_free;
    std::vector<Entry> m_heap;
    std::size_t m_live = 0;
    std::uint64_t m_sequence = 0;
    bool m_closed = false;
};

} // namespace signalbox
