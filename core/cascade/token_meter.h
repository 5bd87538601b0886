// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// estimateTokens() of a text that comes in pieces, without going over it again for each.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace signalbox {

class TokenMeter
{
public:
    void feed(std::string_view piece)
    {
        for (const char c : piece) {
            const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
            m_words += !space && !m_inWord;
            m_inWord = !space;
            m_characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        }
    }
    /// Of what is known by its length alone.
    void feedBytes(std::size_t bytes) { m_characters += static_cast<std::int64_t>(bytes); }
    /// What estimateTokens() says of all that was fed.
    std::int64_t tokens() const
    {
        if (m_characters == 0)
            return 0;
        const double most =
            std::max(static_cast<double>(m_characters) / 4.0, static_cast<double>(m_words) * 0.75);
        return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(most)));
    }

private:
    std::int64_t m_words = 0;
    std::int64_t m_characters = 0;
    bool m_inWord = false;
};

} // namespace signalbox
