// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/answer_cache.h"

#include "retrieval/embedder.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace signalbox {

CachedAnswer cachedAnswerOf(const Trace& trace)
{
    CachedAnswer out;
    out.key = *trace.cacheKey;
    out.traceId = trace.id;
    out.answer = trace.answer;
    CostSum cost; // the next request pays for an embedding of its own
    for (const Charge& charge : trace.charges) {
        if (charge.kind != ChargeKind::Embedding)
            cost.add(charge.cost);
    }
    out.cost = cost.total();
    out.latencyMs = trace.latencyMs;
    out.quality = trace.quality;
    out.qualitySource = trace.qualitySource;
    out.simulated = trace.simulated;
    return out;
}

void AnswerCache::put(CachedAnswer answer)
{
    if (m_most == 0)
        return;
    const auto entry = std::make_shared<const CachedAnswer>(std::move(answer));
    Answers& answers = m_partitions[entry->key.partition];
    m_size -= std::erase_if(answers, [&](const std::shared_ptr<const CachedAnswer>& one) {
        return one->key.question == entry->key.question;
    });
    answers.push_back(entry);
    m_ages.emplace_back(entry);
    ++m_size;
    while (m_size > m_most)
        letGoOfOldest();
    if (m_ages.size() > 2 * m_most + 16) // mostly of what was replaced
        std::erase_if(m_ages, [](const std::weak_ptr<const CachedAnswer>& one) { return one.expired(); });
}

void AnswerCache::forget(const std::string& traceId)
{
    for (auto partition = m_partitions.begin(); partition != m_partitions.end();) {
        m_size -= std::erase_if(partition->second, [&](const std::shared_ptr<const CachedAnswer>& one) {
            return one->traceId == traceId;
        });
        partition = partition->second.empty() ? m_partitions.erase(partition) : std::next(partition);
    }
}

void AnswerCache::letGoOfOldest()
{
    const std::shared_ptr<const CachedAnswer> oldest = m_ages.front().lock();
    m_ages.pop_front();
    if (!oldest)
        return;
    const auto partition = m_partitions.find(oldest->key.partition);
    if (partition == m_partitions.end())
        return;
    m_size -= std::erase(partition->second, oldest);
    if (partition->second.empty())
        m_partitions.erase(partition);
}

std::optional<AnswerCache::Found> AnswerCache::find(const CacheKey& key, std::optional<double> minSimilarity,
                                                    std::int64_t notBeforeMs) const
{
    const auto partition = m_partitions.find(key.partition);
    if (partition == m_partitions.end())
        return std::nullopt;
    std::optional<Found> best;
    for (const std::shared_ptr<const CachedAnswer>& one : partition->second) {
        if (one->key.storedAtMs < notBeforeMs)
            continue;
        if (one->key.question == key.question)
            return Found{one, 1.0};
        if (!minSimilarity || key.vector.empty() || one->key.vector.size() != key.vector.size())
            continue;
        const double similarity = cosine(one->key.vector, key.vector);
        if (similarity >= *minSimilarity && (!best || similarity >= best->similarity))
            best = Found{one, std::min(similarity, 1.0)};
    }
    return best;
}

} // namespace signalbox
