// SPDX-License-Identifier: GPL-3.0-or-later
// A run and the cache of answers: whether it is asked, what it gives, what it keeps.
#include "cascade/run.h"

#include "cascade/cache_use.h"
#include "retrieval/embedder.h"

#include <algorithm>
#include <utility>

namespace signalbox {

/// Whether the cache has a part in this request, and under which key.
void Run::askCache()
{
    const RunScope& scope = *m_scope;
    if (!policy().cache || scope.options.mode != TraceMode::Policy)
        return;
    if (std::string reason = cacheNotUsedFor(scope.request, m_features); !reason.empty()) {
        addReasons({std::move(reason)});
        return;
    }
    const RequestGates gates(policy(), scope.facts->matchers, scope.seen, scope.decision, &m_features, 0);
    const DocumentIndex* documents = policy().retrieval.enabled ? scope.context.documents : nullptr;
    m_cacheKey = cacheKeyOf(policy(), scope.request, scope.seen, scope.decision, gates,
                            documents != nullptr ? documents->version() : std::string());
    if (policy().cache->kind == AnswerCacheSpec::Kind::Semantic && policy().cache->model < 0)
        m_cacheKey->vector = unitVector(embedded(questionOf(scope.request)));
}

/// True when there was an answer, and the run is over.
bool Run::serveFromCache()
{
    const AnswerCacheSpec& cache = *policy().cache;
    const std::int64_t at = m_scope->context.config.clock();
    const auto found = m_scope->context.answers.find(
        *m_cacheKey,
        cache.kind == AnswerCacheSpec::Kind::Semantic ? std::optional(cache.minSimilarity) : std::nullopt,
        at - std::int64_t{cache.ttlSeconds} * 1000 + 1);
    if (!found)
        return false;
    const CachedAnswer& earlier = *found->answer;
    Trace& trace = *m_trace;
    trace.cacheHit =
        CacheHit{earlier.traceId, found->similarity, std::max<std::int64_t>(0, at - earlier.key.storedAtMs),
                 earlier.cost, earlier.latencyMs};
    trace.answer = earlier.answer;
    trace.simulated = trace.simulated || earlier.simulated;
    if (earlier.key.question == m_cacheKey->question) { // who judged it judged this very question
        trace.quality = earlier.quality;
        trace.qualitySource = earlier.qualitySource;
    }
    m_cacheKey.reset(); // it is kept already
    trace.ttftMs = m_scope->elapsedMs();
    addReasons({"cache.hit"});
    m_scope->observer->servedFromCache(m_scope->id, *trace.cacheHit);
    finish({TraceStatus::Answered});
    return true;
}

/// The question's vector from the cache's model. Without it only the same words are found.
void Run::embedQuestion()
{
    const RunScope& scope = *m_scope;
    const int model = policy().cache->model;
    if (!scope.decision.allowsModel(policy(), model)) {
        addReasons({"cache.embedder_barred"});
        goThroughCascade();
        return;
    }
    if (!scope.ledger->hourlyLimit(-1, 0).empty()) {
        goThroughCascade(); // its hops will say so
        return;
    }
    embed({model, {std::string(questionOf(scope.request))}, "embedding", 0}, [this](Vectors vectors) {
        if (vectors.empty())
            addReasons({"cache.embedding_failed"});
        else
            m_questionVector = m_cacheKey->vector = std::move(vectors.front());
        if (!serveFromCache())
            goThroughCascade();
    });
}

/// What the trace leaves to later requests.
void Run::keepInCache()
{
    Trace& trace = *m_trace;
    const auto hop = static_cast<std::size_t>(m_acceptedHop);
    const bool kept = m_cacheKey && m_acceptedHop >= 0 && hop < trace.hops.size() &&
                      mayBeGivenAgain(trace, trace.hops[hop]);
    if (!kept)
        return;
    trace.cacheKey = std::move(*m_cacheKey);
    m_cacheKey.reset();
    trace.cacheKey->storedAtMs = m_scope->context.config.clock();
    m_scope->context.answers.put(cachedAnswerOf(trace));
}

} // namespace signalbox
