// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What every call to an endpoint decides the same way, streamed or not: the key it may send, the words it may
// show, and whether and when it tries again. Private to this room.

#include "base/random.h"
#include "base/result.h"
#include "policy/policy.h"
#include "providers/secrets.h"

#include <string>
#include <string_view>

namespace signalbox {

/// The key that `reference` names; "" for none. Fails with provider.no_key, also if it cannot be sent.
Result<std::string> sendableKey(SecretSource& secrets, const SecretRef& reference);

/// A message fit for traces and screens: valid, bounded, and without the key even if a server echoes it.
std::string presentable(std::string message, const std::string& key);

/// What a status that is not 2xx says: "HTTP 429: reason".
std::string statusMessage(int status, const std::string& reason);

struct RetryQuestion
{
    std::string_view errorKind;
    int attempt = 1; ///< that has just failed, from 1
    int maxAttempts = 1;
    double deadlineMs = 0; ///< of the whole call; 0 = none
    double elapsedMs = 0;
    std::string_view retryAfter; ///< the header's text
};

/// Milliseconds until the next try; negative = none. A wait that outlasts the deadline cannot help.
double retryWaitMs(const RetryQuestion& question, Random& jitter);

} // namespace signalbox
