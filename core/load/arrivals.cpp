// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/arrivals.h"

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <string>

namespace signalbox {

namespace {

constexpr std::size_t kMostArrivals = 5'000'000;
constexpr double kMsPerDay = 86'400'000;

std::optional<double> arrivalNumber(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// Milliseconds of "2023-11-16 18:17:03.9799600", also with a T and with an offset; or of plain seconds.
/// Fractions are kept as fine as they are written.
std::optional<double> arrivalTime(std::string_view text)
{
    if (const std::optional<double> seconds = arrivalNumber(text))
        return *seconds * 1000;
    std::int64_t days = 0;
    if (text.size() < 19 || (text[10] != ' ' && text[10] != 'T') || text[13] != ':' || text[16] != ':' ||
        !parseIsoDate(std::string(text.substr(0, 10)), days))
        return std::nullopt;
    double offsetMinutes = 0;
    std::string_view clock = text.substr(11);
    if (clock.ends_with('Z')) {
        clock.remove_suffix(1);
    } else if (const std::size_t sign = clock.find_first_of("+-"); sign != std::string_view::npos) {
        const std::string_view offset = clock.substr(sign + 1);
        const std::optional<double> hours = arrivalNumber(offset.substr(0, 2));
        const std::optional<double> minutes =
            offset.size() == 5 && offset[2] == ':' ? arrivalNumber(offset.substr(3)) : std::nullopt;
        if (!hours || !minutes)
            return std::nullopt;
        offsetMinutes = (clock[sign] == '-' ? -1 : 1) * (*hours * 60 + *minutes);
        clock = clock.substr(0, sign);
    }
    const std::optional<double> h = arrivalNumber(clock.substr(0, 2));
    const std::optional<double> m = arrivalNumber(clock.substr(3, 2));
    const std::optional<double> s = arrivalNumber(clock.substr(6));
    if (!h || !m || !s || *h < 0 || *h > 23 || *m < 0 || *m > 59 || *s < 0 || *s >= 61)
        return std::nullopt;
    return static_cast<double>(days) * kMsPerDay + ((*h * 60 + *m - offsetMinutes) * 60 + *s) * 1000;
}

std::vector<std::string_view> cellsOf(std::string_view line)
{
    std::vector<std::string_view> cells;
    for (std::size_t at = 0; at <= line.size();) {
        const std::size_t comma = std::min(line.find(',', at), line.size());
        std::string_view cell = trimmed(line.substr(at, comma - at));
        if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"')
            cell = cell.substr(1, cell.size() - 2);
        cells.push_back(cell);
        at = comma + 1;
    }
    return cells;
}

/// A column's name without what people write differently.
std::string bareName(std::string_view name)
{
    std::string out;
    for (const char c : toLowerAscii(name)) {
        if (c != ' ' && c != '_' && c != '-')
            out += c;
    }
    return out;
}

struct Columns
{
    int time = -1;
    int input = -1;
    int generated = -1;
};

Columns columnsOf(std::string_view head)
{
    Columns columns;
    const std::vector<std::string_view> names = cellsOf(head);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string name = bareName(names[i]);
        const int at = static_cast<int>(i);
        if (name == "timestamp" || name == "time" || name == "arrivaltime" || name == "arrivedat")
            columns.time = at;
        else if (name == "contexttokens" || name == "requesttokens" || name == "inputtokens" ||
                 name == "prompttokens")
            columns.input = at;
        else if (name == "generatedtokens" || name == "responsetokens" || name == "outputtokens" ||
                 name == "completiontokens")
            columns.generated = at;
    }
    return columns;
}

/// A count of tokens; nothing when the cell holds none.
std::optional<int> tokensOf(const std::vector<std::string_view>& cells, int column)
{
    if (column < 0)
        return 0;
    if (static_cast<std::size_t>(column) >= cells.size())
        return std::nullopt;
    const std::optional<double> tokens = arrivalNumber(cells[static_cast<std::size_t>(column)]);
    return tokens && *tokens >= 0 && *tokens <= 10'000'000 ? std::optional(static_cast<int>(*tokens))
                                                           : std::nullopt;
}

} // namespace

Result<std::vector<Arrival>> parseArrivals(std::string_view csv)
{
    if (csv.starts_with("\xEF\xBB\xBF"))
        csv.remove_prefix(3);
    const std::vector<std::string_view> lines = splitLines(csv);
    const Columns columns = lines.empty() ? Columns() : columnsOf(lines.front());
    if (columns.time < 0)
        return fail("load.bad_arrivals", "The first line must name the columns, and one must be TIMESTAMP.",
                    "line 1");
    std::vector<Arrival> arrivals;
    arrivals.reserve(lines.size());
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (trimmed(lines[i]).empty())
            continue;
        const std::string where = "line " + std::to_string(i + 1);
        const std::vector<std::string_view> cells = cellsOf(lines[i]);
        const std::optional<double> at = static_cast<std::size_t>(columns.time) < cells.size()
                                             ? arrivalTime(cells[static_cast<std::size_t>(columns.time)])
                                             : std::nullopt;
        if (!at)
            return fail("load.bad_arrivals", "The time of an arrival is neither a date and time nor seconds.",
                        where);
        const std::optional<int> input = tokensOf(cells, columns.input);
        const std::optional<int> generated = tokensOf(cells, columns.generated);
        if (!input || !generated)
            return fail("load.bad_arrivals", "A number of tokens is missing, or is none.", where);
        if (arrivals.size() == kMostArrivals)
            return fail("load.bad_arrivals", "The file has more than five million arrivals; split it.",
                        where);
        arrivals.push_back({*at, *input, *generated});
    }
    if (arrivals.empty())
        return fail("load.bad_arrivals", "The file has no arrivals.");
    std::ranges::stable_sort(arrivals, {}, &Arrival::atMs);
    const double first = arrivals.front().atMs;
    for (Arrival& arrival : arrivals)
        arrival.atMs -= first;
    return arrivals;
}

ArrivalSource replay(std::vector<Arrival> trace, double speed)
{
    const auto all = std::make_shared<const std::vector<Arrival>>(std::move(trace));
    return [all, speed, next = std::size_t{0}]() mutable -> std::optional<Arrival> {
        if (next == all->size())
            return std::nullopt;
        Arrival arrival = (*all)[next++];
        arrival.atMs /= speed;
        return arrival;
    };
}

ArrivalSource poisson(double perSecond, std::uint64_t seed)
{
    return [perSecond, random = Random(seed), at = 0.0]() mutable -> std::optional<Arrival> {
        Arrival arrival;
        arrival.atMs = at;
        at -= std::log(1 - random.uniform()) * 1000 / perSecond; // gaps of a Poisson process are exponential
        return arrival;
    };
}

} // namespace signalbox
