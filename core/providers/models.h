// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What an endpoint offers: GET /models in each protocol's shape, all pages of it. Names are everywhere; sizes
// and prices only where the server tells them. Runs on the network thread.

#include "policy/policy.h"
#include "providers/chat.h"

namespace signalbox {

struct OfferedModel
{
    std::string name;  ///< as a request must say it
    std::string title; ///< for people; "" if the server has none
    std::optional<std::int64_t> contextTokens;
    std::optional<std::int64_t> maxOutputTokens;
    std::optional<Price> price; ///< without source and date: the caller knows both
};

struct ModelsPage
{
    std::vector<OfferedModel> models;
    std::string next; ///< asks for the page after this one; "" = it was the last
};

/// Reads one answer. Fails with provider.garbage, or with the kind of a failure that it reports.
Result<ModelsPage> readModels(Protocol protocol, std::string_view json);

struct ModelsRequest
{
    Protocol protocol = Protocol::OpenAiChat;
    std::string baseUrl; ///< resolved, no trailing slash
    SecretRef key;
    double deadlineMs = 30'000; ///< of each page, retries included
    int maxAttempts = 3;
    std::uint64_t jitterSeed = 1;
};

struct ModelsResult
{
    bool ok = false;
    std::string errorKind; ///< when not ok; one of errors.h
    std::string message;
    std::vector<OfferedModel> models; ///< in the server's order; each name once
    bool complete = true; ///< false: the list was so long that the rest was not asked for
    std::vector<ChatAttempt> attempts;
    double latencyMs = 0;
};

/// The policy's model that this endpoint calls so, or null.
const Model* modelOf(const Policy& policy, const std::string& endpointId, const std::string& name);
/// What the policy calls of the endpoint that is not among these: names as requests say them.
std::vector<std::string> notOffered(const Policy& policy, const std::string& endpointId,
                                    const std::vector<OfferedModel>& models);

/// Destroying it stops everything without `done`. On the network thread only.
class ModelsCall
{
public:
    static std::shared_ptr<ModelsCall> start(Transport& transport, SecretSource& secrets,
                                             ModelsRequest request, std::function<void(ModelsResult)> done);
    virtual ~ModelsCall() = default;
};

} // namespace signalbox
