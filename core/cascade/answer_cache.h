// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Answers that may be given again, in memory and bounded. Which requests may have which answers is decided by
// their keys (cache_use.h); here they are only found. The workspace fills it again after a restart. One
// thread at a time.

#include "cascade/trace.h"

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace signalbox {

/// So many are kept, here and in a workspace; the oldest are let go.
inline constexpr std::size_t kMostCachedAnswers = 4096;

struct CachedAnswer
{
    CacheKey key;
    std::string traceId;
    std::string answer;
    std::optional<NanoUsd> cost; ///< of what a hit saves: everything but embeddings; nothing = unknown
    double latencyMs = 0;
    std::optional<double> quality;
    std::string qualitySource;
    bool simulated = false;
};

/// What a trace leaves to the cache; only for one that has a cacheKey.
CachedAnswer cachedAnswerOf(const Trace& trace);

class AnswerCache
{
public:
    explicit AnswerCache(std::size_t most = kMostCachedAnswers) : m_most(most) {}

    /// In the place of an answer to the same question.
    void put(CachedAnswer answer);
    /// The trace's answer is not given again.
    void forget(const std::string& traceId);

    struct Found
    {
        std::shared_ptr<const CachedAnswer> answer;
        double similarity = 1;
    };
    /// The answer to the same words, else, if `minSimilarity` is stated, to the nearest question that is so
    /// near; of equally near ones the newest. None that was stored before `notBeforeMs`.
    std::optional<Found> find(const CacheKey& key, std::optional<double> minSimilarity,
                              std::int64_t notBeforeMs) const;
    std::size_t size() const { return m_size; }

private:
    using Answers = std::vector<std::shared_ptr<const CachedAnswer>>;
    void letGoOfOldest();

    std::size_t m_most;
    std::size_t m_size = 0;
    std::unordered_map<std::string, Answers> m_partitions; ///< each in the order of put()
    std::deque<std::weak_ptr<const CachedAnswer>> m_ages;  ///< the oldest first; what is gone was replaced
};

} // namespace signalbox
