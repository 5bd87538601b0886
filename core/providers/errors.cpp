// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/errors.h"

#include "base/text.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace signalbox {

std::string errorKindOfStatus(int httpStatus)
{
    switch (httpStatus) {
    case 401:
    case 402: // the account has nothing left
    case 403:
    case 451: // not from there, or not for us
        return error_kind::unauthorized;
    case 404:
    case 410:
        return error_kind::notFound;
    case 408:
    case 409: // another one held a lock; the official clients of OpenAI and Anthropic ask again
    case 425:
        return error_kind::unavailable;
    case 429:
        return error_kind::rateLimited;
    default:
        break;
    }
    if (httpStatus >= 500 && httpStatus <= 599)
        return error_kind::unavailable;
    if (httpStatus >= 400 && httpStatus <= 499)
        return error_kind::badRequest;
    return error_kind::garbage; // a redirect that is not followed, or a status that HTTP does not know
}

bool isRetryable(std::string_view errorKind)
{
    return errorKind == error_kind::refused || errorKind == error_kind::timeout ||
           errorKind == error_kind::cut || errorKind == error_kind::rateLimited ||
           errorKind == error_kind::unavailable;
}

std::optional<double> retryAfterMs(std::string_view header, std::int64_t wallNowMs)
{
    const std::string text(trimmed(header));
    if (text.empty())
        return std::nullopt;
    if (text.find_first_not_of("0123456789.") == std::string::npos) {
        double seconds = 0;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
        if (failure != std::errc{} || end != text.data() + text.size() || !std::isfinite(seconds))
            return std::nullopt;
        return seconds * 1000.0;
    }
    // A date has letters in it: libcurl's reader is generous with bare numbers.
    if (text.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos)
        return std::nullopt;
    const time_t when = curl_getdate(text.c_str(), nullptr);
    if (when == static_cast<time_t>(-1))
        return std::nullopt;
    return std::max(0.0, static_cast<double>(when) * 1000.0 - static_cast<double>(wallNowMs));
}

double backoffMs(int attempt, double uniform01, double baseMs, double capMs)
{
    const double ceiling = std::min(capMs, std::ldexp(baseMs, std::clamp(attempt - 1, 0, 60)));
    return std::clamp(uniform01, 0.0, 1.0) * ceiling;
}

} // namespace signalbox
