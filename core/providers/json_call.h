// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One question whose answer is a whole JSON text, with its retries: what browsing models and embedding texts
// have in common. Runs on the network thread. Private to this room.

#include "providers/chat.h"

namespace signalbox {

struct JsonQuestion
{
    HttpRequest http; ///< without the key
    SecretRef key;
    std::string keyHeader; ///< "Authorization: Bearer "
    double deadlineMs = 0; ///< for everything, retries included; 0 = none
    int maxAttempts = 3;
    std::uint64_t jitterSeed = 1;
    std::string requestIdPrefix; ///< as in ChatRequest
    int firstRequestId = 0;
    std::function<void(const std::string& requestId)> onAttempt; ///< as in ChatCallbacks
};

struct JsonOutcome
{
    bool ok = false;
    std::string errorKind; ///< when not ok; one of errors.h
    std::string message;
    std::vector<ChatAttempt> attempts;
};

class JsonCall
{
public:
    /// Takes an answer apart; what it fails with is the attempt's failure (its code is one of errors.h).
    using Read = std::function<Result<>(std::string_view body)>;
    using Done =
        std::function<void(JsonOutcome)>; ///< exactly once unless cancelled; not before start() returns

    /// Destroying it stops everything without `done`.
    static std::shared_ptr<JsonCall> start(Transport& transport, SecretSource& secrets, JsonQuestion question,
                                           Read read, Done done);
    /// Stops without `done`; what had happened until then.
    virtual JsonOutcome cancel() = 0;
    virtual ~JsonCall() = default;
};

/// The header that carries a protocol's key, and what else each of its requests carries.
std::string keyHeaderOf(Protocol protocol);
std::vector<std::string> plainHeadersOf(Protocol protocol);

} // namespace signalbox
