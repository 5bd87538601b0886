// SPDX-License-Identifier: GPL-3.0-or-later
#include "retrieval/hybrid_index.h"

#include "retrieval/embedder.h"
#include "retrieval/fts_index.h"
#include "retrieval/rank_fusion.h"
#include "retrieval/vector_index.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace signalbox {

namespace {

/// Of either ranking, so many are fused for every passage that is asked for: what stands far behind in both is
/// never among the best.
constexpr int kPoolPerPassage = 5;
constexpr int kSmallestPool = 20;
/// Texts that have nothing in common are about this near by chance: hashed features collide.
constexpr double kNearByChance = 0.1;

std::vector<Document> inPieces(const std::vector<Document>& documents, const Chunking& chunking)
{
    std::vector<Document> pieces;
    for (const Document& document : documents) {
        const std::vector<std::string_view> chunks = chunksOf(document.text, chunking);
        if (chunks.size() < 2) {
            pieces.push_back(document);
            continue;
        }
        for (std::size_t i = 0; i < chunks.size(); ++i)
            pieces.push_back(
                {document.id + "#" + std::to_string(i + 1), document.title, std::string(chunks[i])});
    }
    return pieces;
}

} // namespace

struct HybridIndex::Impl
{
    std::vector<Document> pieces;
    std::unordered_map<std::string, int> pieceOf; ///< by id
    std::unique_ptr<FtsIndex> words;
    VectorIndex vectors{kEmbeddingSize};
};

HybridIndex::HybridIndex() : m_impl(std::make_unique<Impl>()) {}
HybridIndex::~HybridIndex() = default;

Result<std::unique_ptr<HybridIndex>> HybridIndex::build(const std::vector<Document>& documents,
                                                        const Chunking& chunking)
{
    std::unique_ptr<HybridIndex> index(new HybridIndex);
    Impl& impl = *index->m_impl;
    impl.pieces = inPieces(documents, chunking);
    auto words = FtsIndex::build(impl.pieces);
    if (!words)
        return tl::unexpected(words.error());
    impl.words = std::move(*words);
    for (std::size_t i = 0; i < impl.pieces.size(); ++i) {
        impl.pieceOf.emplace(impl.pieces[i].id, static_cast<int>(i));
        impl.vectors.add(embedded(impl.pieces[i].title + "\n" + impl.pieces[i].text));
    }
    return index;
}

std::string HybridIndex::version() const
{
    return m_impl->words->version();
}

std::vector<Passage> HybridIndex::search(std::string_view query, int k) const
{
    if (k <= 0)
        return {};
    const Impl& impl = *m_impl;
    const int pool = std::max(kSmallestPool, k * kPoolPerPassage);
    std::array<std::vector<int>, 2> rankings;
    std::unordered_map<int, double> relevance; // of a piece: relative to the best, by words or by nearness
    for (const Passage& passage : impl.words->search(query, pool)) {
        const int piece = impl.pieceOf.at(passage.documentId);
        rankings[0].push_back(piece);
        relevance[piece] = passage.score;
    }
    const auto near = impl.vectors.nearest(embedded(query), static_cast<std::size_t>(pool));
    for (const VectorIndex::Neighbour& neighbour : near) {
        if (neighbour.similarity < kNearByChance)
            break;
        rankings[1].push_back(neighbour.item);
        double& known = relevance[neighbour.item];
        known = std::max(known, neighbour.similarity / near.front().similarity);
    }
    std::vector<Passage> passages;
    for (const FusedRank& fused : reciprocalRankFusion(rankings)) {
        if (passages.size() == static_cast<std::size_t>(k))
            break;
        const Document& piece = impl.pieces[static_cast<std::size_t>(fused.item)];
        passages.push_back({piece.id, piece.title, piece.text, relevance[fused.item]});
    }
    return passages;
}

} // namespace signalbox
