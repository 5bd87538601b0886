// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Kinds of provider failure, and which of them a retry can mend. 400 is never retried; 401 to 404, 410 and 451 never on
// the same endpoint, since they say nothing of the request; 408, 409, 425, 429, 5xx and lost connections may be.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox {

namespace error_kind {
inline constexpr const char* refused = "provider.refused";             // connection refused or host not found
inline constexpr const char* timeout = "provider.timeout";             // nothing came in time
inline constexpr const char* cut = "provider.cut";                     // connection lost, or a stream without its end
inline constexpr const char* garbage = "provider.garbage";             // an answer that is not what the protocol says
inline constexpr const char* emptyAnswer = "provider.empty_answer";    // an answer that came to its end without a word
inline constexpr const char* tooLarge = "provider.too_large";
inline constexpr const char* tls = "provider.tls";
inline constexpr const char* badRequest = "provider.bad_request";      // 400, 413, 422 and other 4xx
inline constexpr const char* unauthorized = "provider.unauthorized";   // 401, 402, 403, 451
inline constexpr const char* notFound = "provider.not_found";          // 404, 410
inline constexpr const char* rateLimited = "provider.rate_limited";    // 429
inline constexpr const char* unavailable = "provider.unavailable";     // 5xx, 408, 409, 425
inline constexpr const char* breakerOpen = "provider.breaker_open";    // the endpoint kept failing and is left alone for now
inline constexpr const char* noKey = "provider.no_key";                // the key is not where the policy says
inline constexpr const char* deadline = "budget.deadline";             // our own deadline ended it
inline constexpr const char* cancelled = "cancelled";
} // namespace error_kind

/// The kind for a status that is not 2xx.
std::string errorKindOfStatus(int httpStatus);
/// May the same endpoint be asked again?
bool isRetryable(std::string_view errorKind);
/// Milliseconds that a Retry-After header asks for, from seconds or an HTTP date; nothing if it cannot be read.
std::optional<double> retryAfterMs(std::string_view header, std::int64_t wallNowMs);
/// Exponential backoff with full jitter (Brooker, "Exponential Backoff And Jitter", AWS 2015):
/// uniform in [0, min(cap, base · 2^(attempt−1))], attempt from 1. `uniform01` is the drawn number.
double backoffMs(int attempt, double uniform01, double baseMs = 250, double capMs = 8000);

} // namespace signalbox
