// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"

#include <cstdio>

namespace signalbox {

namespace {

struct CivilDate
{
    std::int64_t year;
    int month;
    int day;
};

// Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil, civil_from_days).
std::int64_t daysFromCivil(std::int64_t y, int m, int d)
{
    y -= m <= 2;
    const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
    const std::int64_t yoe = y - era * 400;
    const std::int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

CivilDate civilFromDays(std::int64_t z)
{
    z += 719468;
    const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    const std::int64_t doe = z - era * 146097;
    const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const std::int64_t mp = (5 * doy + 2) / 153;
    const int day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
    const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
    return {yoe + era * 400 + (month <= 2), month, day};
}

int daysInMonth(std::int64_t year, int month)
{
    static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

} // namespace

std::int64_t wallClockMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::string isoTimestamp(std::int64_t wallMs)
{
    constexpr std::int64_t dayMs = 86'400'000;
    std::int64_t days = wallMs / dayMs;
    std::int64_t rest = wallMs % dayMs;
    if (rest < 0) {
        rest += dayMs;
        --days;
    }
    const CivilDate date = civilFromDays(days);
    char out[64];
    std::snprintf(out, sizeof out, "%04lld-%02d-%02dT%02d:%02d:%02d.%03dZ", static_cast<long long>(date.year), date.month,
                  date.day, static_cast<int>(rest / 3'600'000), static_cast<int>(rest / 60'000 % 60),
                  static_cast<int>(rest / 1000 % 60), static_cast<int>(rest % 1000));
    return out;
}

std::string todayUtc() { return isoTimestamp(wallClockMs()).substr(0, 10); }

bool parseIsoDate(const std::string& text, std::int64_t& daysOut)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return false;
    int part[3] = {0, 0, 0};
    const int starts[3] = {0, 5, 8};
    const int lengths[3] = {4, 2, 2};
    for (int p = 0; p < 3; ++p) {
        for (int i = 0; i < lengths[p]; ++i) {
            const char c = text[static_cast<std::size_t>(starts[p] + i)];
            if (c < '0' || c > '9')
                return false;
            part[p] = part[p] * 10 + (c - '0');
        }
    }
    if (part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > daysInMonth(part[0], part[1]))
        return false;
    daysOut = daysFromCivil(part[0], part[1], part[2]);
    return true;
}

} // namespace signalbox
