// SPDX-License-Identifier: GPL-3.0-or-later
#include "retrieval/chunking.h"

#include "base/text.h"

#include <algorithm>
#include <cstddef>

namespace signalbox {

namespace {

/// What stays together: a sentence, or a part of one that is too long. In bytes of the text.
struct Unit
{
    std::size_t begin = 0;
    std::size_t end = 0;
    int tokens = 0;
    bool opensParagraph = false;
};

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool endsSentence(std::string_view text, std::size_t at)
{
    const char c = text[at];
    return (c == '.' || c == '!' || c == '?') && at + 1 < text.size() && isSpace(text[at + 1]);
}

/// Where the blank line that begins at `at` ends, or `at` if there is none.
std::size_t afterBlankLine(std::string_view text, std::size_t at)
{
    std::size_t next = at;
    int breaks = 0;
    while (next < text.size() && isSpace(text[next])) {
        breaks += text[next] == '\n' ? 1 : 0;
        ++next;
    }
    return breaks >= 2 ? next : at;
}

class Splitter
{
public:
    Splitter(std::string_view text, int mostTokens) : m_text(text), m_mostTokens(std::max(1, mostTokens)) {}

    std::vector<Unit> units()
    {
        std::size_t begin = 0;
        m_opens = true;
        for (std::size_t at = 0; at < m_text.size(); ++at) {
            if (isSpace(m_text[at])) {
                if (const std::size_t next = afterBlankLine(m_text, at); next > at) {
                    add(begin, at);
                    m_opens = true;
                    begin = next;
                    at = next - 1;
                }
            } else if (endsSentence(m_text, at)) {
                add(begin, at + 1);
                begin = at + 1;
            }
        }
        add(begin, m_text.size());
        return std::move(m_units);
    }

private:
    void add(std::size_t begin, std::size_t end)
    {
        while (begin < end && isSpace(m_text[begin]))
            ++begin;
        while (end > begin && isSpace(m_text[end - 1]))
            --end;
        while (begin < end) {
            const std::size_t piece = fitting(begin, end);
            m_units.push_back({begin, piece, estimateTokens(m_text.substr(begin, piece - begin)), m_opens});
            m_opens = false;
            begin = piece;
            while (begin < end && isSpace(m_text[begin]))
                ++begin;
        }
    }

    /// The end of the longest beginning that fits: at `end`, else between two words, else between two code
    /// points.
    std::size_t fitting(std::size_t begin, std::size_t end) const
    {
        if (estimateTokens(m_text.substr(begin, end - begin)) <= m_mostTokens)
            return end;
        std::size_t low = begin + 1;
        std::size_t high = end;
        while (low < high) { // the estimate grows with the text
            const std::size_t middle = low + (high - low + 1) / 2;
            if (estimateTokens(m_text.substr(begin, middle - begin)) <= m_mostTokens)
                low = middle;
            else
                high = middle - 1;
        }
        std::size_t cut = low;
        while (cut > begin && !isSpace(m_text[cut]))
            --cut;
        if (cut > begin)
            return cut;
        cut = low;
        while (cut < end && (static_cast<unsigned char>(m_text[cut]) & 0xC0U) == 0x80U)
            ++cut;
        return cut;
    }

    std::string_view m_text;
    int m_mostTokens;
    bool m_opens = true;
    std::vector<Unit> m_units;
};

/// Of the units in [first, last), the first of those at the end that may stand before the next piece, too.
std::size_t overlapBegin(const std::vector<Unit>& units, std::size_t first, std::size_t last, int most)
{
    std::size_t begin = last;
    int tokens = 0;
    while (begin > first + 1 && tokens + units[begin - 1].tokens <= most)
        tokens += units[--begin].tokens;
    return begin;
}

/// How many units from `first` on make a piece: as many as fit, up to the end of a paragraph if that leaves
/// the piece at least half full.
std::size_t pieceEnd(const std::vector<Unit>& units, std::size_t first, int most)
{
    std::size_t last = first + 1;
    int tokens = units[first].tokens;
    std::size_t paragraph = 0;
    for (; last < units.size(); ++last) {
        if (units[last].opensParagraph && tokens * 2 >= most)
            paragraph = last;
        if (tokens + units[last].tokens > most)
            return paragraph > first ? paragraph : last;
        tokens += units[last].tokens;
    }
    return last;
}

} // namespace

std::vector<std::string_view> chunksOf(std::string_view text, const Chunking& how)
{
    const std::vector<Unit> units = Splitter(text, how.mostTokens).units();
    std::vector<std::string_view> chunks;
    std::size_t first = 0; // of the piece
    std::size_t fresh = 0; // the first that no piece has held yet
    while (fresh < units.size()) {
        const std::size_t last = std::max(pieceEnd(units, first, how.mostTokens), fresh + 1);
        chunks.push_back(text.substr(units[first].begin, units[last - 1].end - units[first].begin));
        const bool together = last < units.size() && !units[last].opensParagraph;
        first = together ? overlapBegin(units, first, last, how.overlapTokens) : last;
        fresh = last;
    }
    return chunks;
}

} // namespace signalbox
