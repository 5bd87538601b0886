// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/retry_budget.h"

#include <algorithm>

namespace signalbox {

namespace {
constexpr double kFreeForSeconds = 10; ///< free retries of so many seconds may come at once
}

RetryBudget::RetryBudget(Settings settings)
    : m_settings(settings), m_free(std::min(settings.perSecond * kFreeForSeconds, settings.mostSaved))
{
}

void RetryBudget::paid()
{
    m_paid = std::min(m_paid + m_settings.share, m_settings.mostSaved);
}

bool RetryBudget::spend(SteadyTime at)
{
    if (m_started) {
        const double most = std::min(m_settings.perSecond * kFreeForSeconds, m_settings.mostSaved);
        m_free = std::min(m_free + msBetween(m_since, at) / 1000 * m_settings.perSecond, most);
    }
    m_started = true;
    m_since = at;
    constexpr double kOne = 1 - 1e-9; // five fifths of a retry are one
    if (m_paid >= kOne) {
        m_paid = std::max(0.0, m_paid - 1);
        return true;
    }
    if (m_free >= kOne) {
        m_free = std::max(0.0, m_free - 1);
        return true;
    }
    return false;
}

} // namespace signalbox
