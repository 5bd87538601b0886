// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/retry.h"

#include "base/clock.h"
#include "base/text.h"
#include "providers/errors.h"

#include <algorithm>

namespace signalbox {

namespace {

constexpr std::size_t kMaxMessageCharacters = 300;
constexpr double kLongestWaitMs = 60'000; ///< for a Retry-After when there is no deadline

/// The first `count` code points.
std::string_view firstCharacters(std::string_view text, std::size_t count)
{
    std::size_t at = 0;
    while (at < text.size()) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && count-- == 0)
            break;
        ++at;
    }
    return text.substr(0, at);
}

bool hasControlCharacter(std::string_view text)
{
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

} // namespace

Result<std::string> sendableKey(SecretSource& secrets, const SecretRef& reference)
{
    if (reference.empty())
        return std::string();
    Result<std::string> key = secrets.secret(reference);
    if (!key)
        return fail(error_kind::noKey, key.error().message);
    if (key->empty() || hasControlCharacter(*key))
        return fail(error_kind::noKey, "The key is empty or has characters that cannot be sent.");
    return key;
}

std::string presentable(std::string message, const std::string& key)
{
    if (!key.empty()) {
        for (std::size_t at = message.find(key); at != std::string::npos; at = message.find(key, at))
            message.replace(at, key.size(), "***");
    }
    message = toValidUtf8(message);
    const std::string_view head = firstCharacters(message, kMaxMessageCharacters - 1);
    if (head.size() < message.size())
        message = std::string(head) + "\xE2\x80\xA6";
    return message;
}

std::string statusMessage(int status, const std::string& reason)
{
    std::string text = "HTTP " + std::to_string(status);
    if (status >= 300 && status <= 399)
        text += ": redirects are not followed; put the final address into base_url.";
    else if (!reason.empty())
        text += ": " + reason;
    else
        text += " without a reason.";
    return text;
}

double retryWaitMs(const RetryQuestion& question, Random& jitter)
{
    if (!isRetryable(question.errorKind) || question.attempt >= question.maxAttempts)
        return -1;
    double wait = backoffMs(question.attempt, jitter.uniform());
    if (!question.retryAfter.empty())
        wait = std::max(wait, retryAfterMs(question.retryAfter, wallClockMs()).value_or(0));
    const double longest =
        question.deadlineMs != 0 ? question.deadlineMs - question.elapsedMs : kLongestWaitMs;
    return wait < longest ? wait : -1;
}

} // namespace signalbox
