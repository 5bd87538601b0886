// SPDX-License-Identifier: GPL-3.0-or-later
// Differences by line: Myers 1986, "An O(ND) difference algorithm and its variations", section 4b (linear
// space).
#include "policy/diff.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace signalbox {

namespace {

using Line = std::int32_t; // equal lines have equal numbers

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    lines.reserve(static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1);
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

/// A text of which only those lines are compared that the other one has, too: the others cannot be matched.
struct Side
{
    std::vector<Line> lines;
    std::vector<int> places;   ///< of `lines` in the whole text
    std::vector<char> differs; ///< by line of the whole text
};

class Myers
{
public:
    Myers(Side& before, Side& after) : m_before(before), m_after(after)
    {
        const std::size_t diagonals = before.lines.size() + after.lines.size() + 3;
        m_forward.resize(diagonals);
        m_backward.resize(diagonals);
        m_origin = static_cast<int>(after.lines.size()) + 1;
    }

    void run() { solve(0, size(m_before), 0, size(m_after)); }

private:
    struct Snake
    {
        int x = 0;
        int y = 0;
    };

    static int size(const Side& side) { return static_cast<int>(side.lines.size()); }
    bool same(int x, int y) const
    {
        return m_before.lines[static_cast<std::size_t>(x)] == m_after.lines[static_cast<std::size_t>(y)];
    }
    void markRemoved(int from, int to)
    {
        for (int x = from; x < to; ++x)
            m_before.differs[static_cast<std::size_t>(m_before.places[static_cast<std::size_t>(x)])] = 1;
    }
    void markAdded(int from, int to)
    {
        for (int y = from; y < to; ++y)
            m_after.differs[static_cast<std::size_t>(m_after.places[static_cast<std::size_t>(y)])] = 1;
    }

    void solve(int x0, int x1, int y0, int y1)
    {
        // The second half is done by the loop: the depth stays logarithmic in what is left.
        for (;;) {
            while (x0 < x1 && y0 < y1 && same(x0, y0)) {
                ++x0;
                ++y0;
            }
            while (x0 < x1 && y0 < y1 && same(x1 - 1, y1 - 1)) {
                --x1;
                --y1;
            }
            if (x0 == x1 || y0 == y1 || m_steps > kMostSteps) {
                markRemoved(x0, x1);
                markAdded(y0, y1);
                return;
            }
            const Snake middle = middleOf(x0, x1, y0, y1);
            if (middle.x - x0 + middle.y - y0 < x1 - middle.x + y1 - middle.y) {
                solve(x0, middle.x, y0, middle.y);
                x0 = middle.x;
                y0 = middle.y;
            } else {
                solve(middle.x, x1, middle.y, y1);
                x1 = middle.x;
                y1 = middle.y;
            }
        }
    }

    /// A point on a shortest path through the box; on a merely good one when the box costs too much.
    Snake middleOf(int x0, int x1, int y0, int y1)
    {
        int* const forward = m_forward.data() + m_origin;
        int* const backward = m_backward.data() + m_origin;
        const int least = x0 - y1; // of the diagonals x − y
        const int most = x1 - y0;
        const int first = x0 - y0;
        const int last = x1 - y1;
        const bool odd = ((first - last) & 1) != 0;
        int forwardLow = first, forwardHigh = first, backwardLow = last, backwardHigh = last;
        forward[first] = x0;
        backward[last] = x1;
        for (int cost = 1;; ++cost) {
            // A diagonal beyond the box is entered from one side only.
            forwardLow > least ? forward[--forwardLow - 1] = -1 : ++forwardLow;
            forwardHigh < most ? forward[++forwardHigh + 1] = -1 : --forwardHigh;
            for (int d = forwardHigh; d >= forwardLow; d -= 2) {
                const int fromLeft = forward[d - 1];
                const int fromAbove = forward[d + 1];
                int x = fromLeft < fromAbove ? fromAbove : fromLeft + 1;
                int y = x - d;
                while (x < x1 && y < y1 && same(x, y)) {
                    ++x;
                    ++y;
                }
                forward[d] = x;
                if (odd && backwardLow <= d && d <= backwardHigh && backward[d] <= x)
                    return {x, y};
            }
            backwardLow > least ? backward[--backwardLow - 1] = kFar : ++backwardLow;
            backwardHigh < most ? backward[++backwardHigh + 1] = kFar : --backwardHigh;
            for (int d = backwardHigh; d >= backwardLow; d -= 2) {
                const int fromRight = backward[d + 1];
                const int fromBelow = backward[d - 1];
                int x = fromBelow < fromRight ? fromBelow : fromRight - 1;
                int y = x - d;
                while (x > x0 && y > y0 && same(x - 1, y - 1)) {
                    --x;
                    --y;
                }
                backward[d] = x;
                if (!odd && forwardLow <= d && d <= forwardHigh && x <= forward[d])
                    return {x, y};
            }
            m_steps += forwardHigh - forwardLow + backwardHigh - backwardLow;
            if (cost >= kMostCost || m_steps > kMostSteps)
                return furthest(forwardLow, forwardHigh, backwardLow, backwardHigh, x0, x1, y0, y1);
        }
    }

    /// The end of the path that has come furthest, from either side.
    Snake furthest(int forwardLow, int forwardHigh, int backwardLow, int backwardHigh, int x0, int x1, int y0,
                   int y1) const
    {
        const int* const forward = m_forward.data() + m_origin;
        const int* const backward = m_backward.data() + m_origin;
        Snake best{x0, y0};
        int bestGain = -1;
        for (int d = forwardHigh; d >= forwardLow; d -= 2) {
            const int x = std::min({forward[d], x1, y1 + d});
            const int y = x - d;
            if (x >= x0 && y >= y0 && x - x0 + y - y0 > bestGain) {
                bestGain = x - x0 + y - y0;
                best = {x, y};
            }
        }
        for (int d = backwardHigh; d >= backwardLow; d -= 2) {
            const int x = std::max({backward[d], x0, y0 + d});
            const int y = x - d;
            if (x <= x1 && y <= y1 && x1 - x + y1 - y > bestGain) {
                bestGain = x1 - x + y1 - y;
                best = {x, y};
            }
        }
        return best;
    }

    static constexpr int kFar = 0x7fffffff;
    /// Edits up to which a box is solved exactly.
    static constexpr int kMostCost = 4096;
    /// Diagonals looked at in all; some tenths of a second.
    static constexpr std::int64_t kMostSteps = 200'000'000;

    Side& m_before;
    Side& m_after;
    std::vector<int> m_forward;
    std::vector<int> m_backward;
    int m_origin = 0;
    std::int64_t m_steps = 0;
};

} // namespace

std::vector<DiffLine> diffLines(std::string_view before, std::string_view after)
{
    const std::vector<std::string_view> old = linesOf(before);
    const std::vector<std::string_view> fresh = linesOf(after);
    struct Seen
    {
        Line number = 0;
        bool before = false;
        bool after = false;
    };
    std::unordered_map<std::string_view, Seen> seen;
    for (const std::string_view line : old) {
        Seen& entry =
            seen.try_emplace(line, Seen{static_cast<Line>(seen.size()), false, false}).first->second;
        entry.before = true;
    }
    for (const std::string_view line : fresh) {
        Seen& entry =
            seen.try_emplace(line, Seen{static_cast<Line>(seen.size()), false, false}).first->second;
        entry.after = true;
    }
    const auto sideOf = [&](const std::vector<std::string_view>& lines) {
        Side side;
        side.differs.assign(lines.size(), 0);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const Seen& entry = seen.find(lines[i])->second;
            if (entry.before && entry.after) {
                side.lines.push_back(entry.number);
                side.places.push_back(static_cast<int>(i));
            } else {
                side.differs[i] = 1;
            }
        }
        return side;
    };
    Side oldSide = sideOf(old);
    Side freshSide = sideOf(fresh);
    Myers(oldSide, freshSide).run();

    std::vector<DiffLine> out;
    out.reserve(std::max(old.size(), fresh.size()));
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < old.size() || j < fresh.size()) {
        const int lineBefore = static_cast<int>(i) + 1;
        const int lineAfter = static_cast<int>(j) + 1;
        if (i < old.size() && oldSide.differs[i]) {
            out.push_back({DiffLine::Kind::Removed, lineBefore, 0, old[i++]});
        } else if (j < fresh.size() && freshSide.differs[j]) {
            out.push_back({DiffLine::Kind::Added, 0, lineAfter, fresh[j++]});
        } else {
            out.push_back({DiffLine::Kind::Same, lineBefore, lineAfter, old[i]});
            ++i;
            ++j;
        }
    }
    return out;
}

} // namespace signalbox
