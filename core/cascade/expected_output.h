// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How long an answer is likely to be, before it is asked for: what a call reserves of an hour's budget, so that many
// that begin at once do not spend together what each of them alone had room for.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace signalbox {

class ExpectedOutput
{
public:
    void saw(std::int64_t tokens) { m_seen[m_count++ % m_seen.size()] = tokens; }
    bool hasSeen() const { return m_count > 0; }
    /// The longest of the last answers: rather too much than too little. `allowance`: that it may have; 0 = no bound.
    std::int64_t tokens(int allowance) const
    {
        const auto last = m_seen.begin() + static_cast<std::ptrdiff_t>(std::min(m_count, m_seen.size()));
        const std::int64_t likely = m_count == 0 ? kUnknown : *std::max_element(m_seen.begin(), last);
        return allowance == 0 ? likely : std::min<std::int64_t>(likely, allowance);
    }

private:
    static constexpr std::int64_t kUnknown = 1024; ///< before anything was seen
    std::array<std::int64_t, 20> m_seen{};
    std::size_t m_count = 0;
};

} // namespace signalbox
