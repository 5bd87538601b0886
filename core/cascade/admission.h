// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Two lanes at the door of the engine: a batch must not starve a person who waits. Network thread only.

#include <cstdint>
#include <functional>
#include <list>
#include <map>

namespace signalbox {

enum class ServiceLane { Interactive, Background };

struct AdmissionSettings
{
    int slots = 256;             ///< requests that run at once
    int keptForInteractive = 32; ///< of which the background may not take so many
};

class Admission
{
public:
    using Ticket = std::uint64_t;

    explicit Admission(AdmissionSettings settings = {}) : m_settings(settings) {}

    /// Calls `start` with the ticket, now when there is room, else when there is; each lane in its order,
    /// interactive first. `start` may enter and leave in its turn. The ticket that is returned may have been
    /// left by then.
    Ticket enter(ServiceLane lane, std::function<void(Ticket)> start);
    /// What ran has ended, or what waited no longer wants to: `start` is then never called. Unknown tickets
    /// are ignored.
    void leave(Ticket ticket);

    int running() const { return m_running[0] + m_running[1]; }
    int running(ServiceLane lane) const { return m_running[static_cast<int>(lane)]; }
    int waiting(ServiceLane lane) const { return static_cast<int>(m_waiting[static_cast<int>(lane)].size()); }

private:
    struct Waiting
    {
        Ticket ticket;
        std::function<void(Ticket)> start;
    };

    bool roomFor(ServiceLane lane) const;
    void admit();

    AdmissionSettings m_settings;
    Ticket m_next = 1;
    int m_running[2] = {0, 0};
    std::list<Waiting> m_waiting[2];
    std::map<Ticket, ServiceLane> m_lanes; ///< of what runs
    bool m_admitting = false;
};

} // namespace signalbox
