// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/admission.h"

#include <utility>

namespace signalbox {

bool Admission::roomFor(ServiceLane lane) const
{
    return running() < m_settings.slots &&
           (lane == ServiceLane::Interactive ||
            running(ServiceLane::Background) < m_settings.slots - m_settings.keptForInteractive);
}

Admission::Ticket Admission::enter(ServiceLane lane, std::function<void(Ticket)> start)
{
    const Ticket ticket = m_next++;
    m_waiting[static_cast<int>(lane)].push_back({ticket, std::move(start)});
    admit();
    return ticket;
}

void Admission::leave(Ticket ticket)
{
    if (const auto ran = m_lanes.find(ticket); ran != m_lanes.end()) {
        --m_running[static_cast<int>(ran->second)];
        m_lanes.erase(ran);
    } else {
        for (std::list<Waiting>& lane : m_waiting)
            lane.remove_if([ticket](const Waiting& waiting) { return waiting.ticket == ticket; });
    }
    admit();
}

void Admission::admit()
{
    if (m_admitting) // the loop below sees what start() did
        return;
    m_admitting = true;
    for (bool more = true; more;) {
        more = false;
        for (const ServiceLane lane : {ServiceLane::Interactive, ServiceLane::Background}) {
            std::list<Waiting>& waiting = m_waiting[static_cast<int>(lane)];
            if (waiting.empty() || !roomFor(lane))
                continue;
            Waiting first = std::move(waiting.front());
            waiting.pop_front();
            m_lanes.emplace(first.ticket, lane);
            ++m_running[static_cast<int>(lane)];
            first.start(first.ticket);
            more = true; // and the interactive lane is looked at first again
            break;
        }
    }
    m_admitting = false;
}

} // namespace signalbox
