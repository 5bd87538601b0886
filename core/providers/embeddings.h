// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Texts to vectors: OpenAI-compatible /embeddings and Gemini's batchEmbedContents, in as many requests as the
// protocol's batch size asks for. Runs on the network thread.

#include "providers/chat.h"

namespace signalbox {

struct EmbeddingsRequest
{
    Protocol protocol = Protocol::OpenAiChat;
    std::string baseUrl; ///< resolved, no trailing slash
    SecretRef key;
    std::string modelName;
    std::vector<std::string> texts;
    int dimensions = 0;    ///< 0 = as many as the model has
    double deadlineMs = 0; ///< of each batch, retries included; 0 = none
    int maxAttempts = 3;
    std::uint64_t jitterSeed = 1;
    std::string requestIdPrefix; ///< as in ChatRequest; tries are numbered through over all batches
    int firstRequestId = 0;
    std::function<void(const std::string& requestId)> onAttempt; ///< as in ChatCallbacks
};

struct EmbeddingsResult
{
    bool ok = false;
    std::string errorKind; ///< when not ok; one of errors.h
    std::string message;
    std::vector<std::vector<float>> vectors; ///< one for each text, in their order, all of one size
    TokenUsage usage; ///< of all batches; its input is unknown if one of them did not say
    std::vector<ChatAttempt> attempts;
    double latencyMs = 0;
    bool simulated = false;
};

/// What one answer holds, ordered by its indices. Fails unless there are `count` vectors of one size.
struct EmbeddingsBatch
{
    std::vector<std::vector<float>> vectors;
    TokenUsage usage;
};
Result<EmbeddingsBatch> readEmbeddings(std::string_view json, std::size_t count);

/// Destroying it stops everything without `done`. On the network thread only.
class EmbeddingsCall
{
public:
    static std::shared_ptr<EmbeddingsCall> start(Transport& transport, SecretSource& secrets,
                                                 EmbeddingsRequest request,
                                                 std::function<void(EmbeddingsResult)> done);
    /// Stops without `done`; what had happened until then.
    virtual EmbeddingsResult cancel() = 0;
    virtual ~EmbeddingsCall() = default;
};

} // namespace signalbox
