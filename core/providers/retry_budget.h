// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Retries are paid for by requests: when everything fails, retries must not multiply the load (Beyer et al.,
// "Site Reliability Engineering", 2016, ch. 21; the scheme is that of Finagle's RetryBudget). Network thread
// only.

#include "base/clock.h"

namespace signalbox {

class RetryBudget
{
public:
    struct Settings
    {
        double share = 0.2;     ///< retries that each first try pays for
        double perSecond = 2;   ///< retries a second that are free, so that a quiet client may retry at all
        double mostSaved = 100; ///< neither the paid nor the free ones pile up beyond this
    };

    RetryBudget() : RetryBudget(Settings{}) {}
    explicit RetryBudget(Settings settings);

    /// A request's first try goes out.
    void paid();
    /// True when a retry may go out; it is then spent.
    bool spend(SteadyTime at);

private:
    Settings m_settings;
    double m_paid = 0;
    double m_free = 0;
    SteadyTime m_since;
    bool m_started = false;
};

} // namespace signalbox
