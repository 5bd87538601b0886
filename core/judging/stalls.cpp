// SPDX-License-Identifier: GPL-3.0-or-later
#include "judging/stalls.h"

#include "base/text.h"

#include <algorithm>
#include <vector>

namespace signalbox {

namespace {

constexpr std::size_t kLookEach = 64;
constexpr std::size_t kLongestUnit = 1024;
constexpr std::size_t kRepeats = 4;
constexpr std::size_t kLeastBytes = 256;
constexpr std::size_t kLeastBytesWithoutLetters = 2048;
constexpr std::size_t kWindow = kRepeats * kLongestUnit;

bool hasLetter(std::string_view text)
{
    return std::ranges::any_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
    });
}

} // namespace

bool LoopWatch::feed(std::string_view piece)
{
    while (!piece.empty() && !m_loops) {
        const std::size_t take = std::min(piece.size(), kLookEach - m_seen % kLookEach);
        m_tail += piece.substr(0, take);
        m_seen += take;
        piece.remove_prefix(take);
        if (m_seen % kLookEach == 0)
            look();
    }
    return m_loops;
}

/// The shortest period of every suffix of the tail, from the failure function of the reversed tail (Knuth,
/// Morris & Pratt 1977): a suffix of length m has the period m − f(m).
void LoopWatch::look()
{
    if (m_tail.size() > kWindow)
        m_tail.erase(0, m_tail.size() - kWindow);
    const std::string reversed(m_tail.rbegin(), m_tail.rend());
    std::vector<std::size_t> border(reversed.size() + 1, 0);
    for (std::size_t m = 1, k = 0; m < reversed.size(); ++m) {
        while (k > 0 && reversed[m] != reversed[k])
            k = border[k];
        k += reversed[m] == reversed[k];
        border[m + 1] = k;
        const std::size_t length = m + 1;
        const std::size_t period = length - k;
        if (length < kLeastBytes || length < kRepeats * period || period > kLongestUnit)
            continue;
        const std::string_view unit = std::string_view(m_tail).substr(m_tail.size() - period);
        if (length < kLeastBytesWithoutLetters && !hasLetter(unit))
            continue;
        m_loops = true;
        const std::string quoted = toValidUtf8(unit.substr(0, 60));
        m_explanation = "The answer repeats itself: \"" + quoted + (period > 60 ? "…" : "") + "\".";
        return;
    }
}

} // namespace signalbox
