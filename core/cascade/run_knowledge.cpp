// SPDX-License-Identifier: GPL-3.0-or-later
// A run and the workspace's documents: passages for its question, by words and, where the policy names a
// model that embeds, by nearness.
#include "cascade/run.h"

#include <algorithm>
#include <utility>

namespace signalbox {

/// Vectors for texts, on this request's account; none when they could not be had. `then` is called later, and
/// not after the run's end.
void Run::embed(EmbeddingTask::What what, std::function<void(Vectors)> then)
{
    what.firstTry = static_cast<int>(m_trace->calls.size());
    const std::weak_ptr<Run> weak = weak_from_this();
    m_embedding.emplace(m_scope, std::move(what),
                        [weak, then = std::move(then)](EmbeddingTask::Outcome outcome) {
                            const auto run = weak.lock();
                            if (!run || run->m_ended)
                                return;
                            Vectors vectors = std::move(outcome.vectors);
                            run->takeEmbedding(std::move(outcome));
                            then(std::move(vectors));
                        });
    m_embedding->start();
}

void Run::takeEmbedding(EmbeddingTask::Outcome outcome)
{
    m_embedding.reset();
    for (Attempt& attempt : outcome.attempts)
        m_trace->calls.push_back(std::move(attempt));
    for (Charge& charge : outcome.charges)
        m_trace->charges.push_back(std::move(charge));
    m_trace->simulated = m_trace->simulated || outcome.simulated;
}

/// `then` is called once, now or later, and not after the run's end.
void Run::retrieve(const std::string& query, const std::function<void()>& then)
{
    const RunScope& scope = *m_scope;
    const DocumentIndex* documents = scope.context.documents;
    if (documents == nullptr) {
        then();
        return;
    }
    const int model = policy().retrieval.model;
    bool near = model >= 0 && !documents->pieces().empty() && !query.empty();
    if (near && !scope.decision.allowsModel(policy(), model)) {
        addReasons({"retrieval.embedder_barred"});
        near = false;
    }
    if (near && scope.ledger->hourlyLimit(-1, 0).empty()) {
        retrieveNear(query, then);
        return;
    }
    takePassages(documents->search(query, policy().retrieval.topK));
    then();
}

void Run::retrieveNear(const std::string& query, const std::function<void()>& then)
{
    withPassageVectors([this, query, then](const VectorIndex* index) {
        const auto take = [this, query, then, index](Vectors vectors) {
            const DocumentIndex& documents = *m_scope->context.documents;
            const int topK = policy().retrieval.topK;
            if (index == nullptr || vectors.empty() || vectors.front().size() != index->dimensions()) {
                addReasons({"retrieval.embedding_failed"});
                takePassages(documents.search(query, topK));
            } else {
                takePassages(documents.searchNear(query, *index, vectors.front(), topK));
            }
            then();
        };
        const int model = policy().retrieval.model;
        if (index == nullptr)
            take({});
        else if (!m_questionVector.empty() && policy().cache->model == model &&
                 query == m_scope->request.lastUserText())
            take({m_questionVector});
        else
            embed({model, {query}, "embedding", 0}, take);
    });
}

/// Calls `then` with the vectors of all passages, or with nothing when they could not be had. Those that
/// nobody has had embedded yet are embedded on the account of the first request that needs them; others wait
/// for it.
void Run::withPassageVectors(const std::function<void(const VectorIndex*)>& then)
{
    const int model = policy().retrieval.model;
    EngineContext& context = m_scope->context;
    EmbeddedPassages& passages = context.passages[embedderOf(policy(), model)];
    if (passages.index) {
        then(passages.index.get());
        return;
    }
    if (passages.embeds != 0 && passages.embeds != m_scope->id) {
        const std::weak_ptr<Run> weak = weak_from_this();
        passages.waiting.push_back([weak, then](bool failed) {
            const auto run = weak.lock();
            if (!run || run->m_ended)
                return;
            if (failed)
                then(nullptr);
            else
                run->withPassageVectors(then);
        });
        return;
    }
    const std::vector<Document>& pieces = context.documents->pieces();
    EmbeddingTask::What what{model, {}, "embedding:documents", 0};
    const std::vector<std::string>& all = context.documents->pieceHashes();
    std::vector<std::string> hashes;
    for (std::size_t i = passages.looked; i < all.size() && hashes.size() < kEmbeddedAtOnce; ++i) {
        if (!passages.known.contains(all[i]) && std::ranges::find(hashes, all[i]) == hashes.end()) {
            what.texts.push_back(textToEmbed(pieces[i]));
            hashes.push_back(all[i]);
        }
        if (hashes.empty())
            passages.looked = i + 1;
    }
    if (hashes.empty()) {
        auto index = std::make_unique<VectorIndex>(passages.known.at(all.front()).size());
        const bool whole = std::ranges::all_of(
            all, [&](const std::string& hash) { return index->add(passages.known.at(hash)); });
        if (whole) {
            passages.index = std::move(index);
        } else { // the model is another one by now: all are embedded anew
            passages.known.clear();
            passages.looked = 0;
        }
        leavePassages(passages, !whole);
        then(passages.index.get());
        return;
    }
    passages.embeds = m_scope->id;
    embed(std::move(what), [this, &passages, hashes = std::move(hashes), then](Vectors vectors) {
        if (vectors.empty()) {
            leavePassages(passages, true);
            then(nullptr);
            return;
        }
        PassageVectors left{embedderOf(policy(), policy().retrieval.model), {}};
        for (std::size_t i = 0; i < hashes.size(); ++i) {
            passages.known.insert_or_assign(hashes[i], vectors[i]);
            left.vectors.emplace_back(hashes[i], std::move(vectors[i]));
        }
        m_trace->passageVectors.push_back(std::move(left));
        withPassageVectors(then);
    });
}

/// This run no longer has passages embedded: whoever waits goes on, in a moment.
void Run::leavePassages(EmbeddedPassages& passages, bool failed)
{
    passages.embeds = 0;
    for (std::function<void(bool)>& one : std::exchange(passages.waiting, {}))
        m_scope->context.transport.post([one = std::move(one), failed] { one(failed); });
}

void Run::takePassages(std::vector<Passage> passages)
{
    std::vector<RetrievedPassage>& found = m_scope->retrieved;
    found.clear();
    for (Passage& passage : passages) {
        if (passage.relative >= policy().retrieval.minScore)
            found.push_back({std::move(passage.documentId), std::move(passage.title), std::move(passage.text),
                             passage.score, passage.relative, passage.wordRank, passage.vectorRank, passage.similarity});
    }
    m_trace->retrieved = found;
    m_scope->observer->retrieved(m_scope->id, found);
}

} // namespace signalbox
