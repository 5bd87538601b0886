// SPDX-License-Identifier: GPL-3.0-or-later
#include "retrieval/fts_index.h"

#include "base/ids.h"
#include "base/sqlite.h"
#include "base/text.h"
#include "retrieval/rank_fusion.h"
#include "retrieval/stop_words.h"
#include "retrieval/vector_index.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace signalbox {

namespace {

/// A title names what its document is about; a word there counts as much as several in the text.
constexpr double kTitleWeight = 4.0;
constexpr double kTextWeight = 1.0;
/// Later words of a very long message add time, and hardly change which passages are best.
constexpr std::size_t kMostWords = 48;
/// Of either ranking, so many are fused for every passage that is asked for: what stands far behind in both
/// is never among the best.
constexpr int kPoolPerPassage = 5;
constexpr int kSmallestPool = 20;
/// Where words stand is remembered of so many words; beyond, it is looked up again.
constexpr std::size_t kMostRememberedWords = 4096;

/// Distinct words of a query without function words, unless it has no others.
std::vector<std::string> termsOfQuery(std::string_view query)
{
    const std::vector<std::string> words = wordsOf(query);
    const bool onlyStopWords = std::all_of(words.begin(), words.end(), isStopWord);
    std::unordered_set<std::string_view> seen;
    std::vector<std::string> terms;
    for (const std::string& word : words) {
        if ((!onlyStopWords && isStopWord(word)) || !seen.insert(word).second)
            continue;
        terms.push_back(word);
        if (terms.size() == kMostWords)
            break;
    }
    return terms;
}

/// Quoted, so that it is not taken for syntax.
std::string ftsPhrase(std::string_view term)
{
    std::string out = "\"";
    for (const char c : term) {
        if (c == '"')
            out += '"';
        if (c != '\0')
            out += c;
    }
    return out + '"';
}

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

Error indexError(Error error)
{
    error.code = "retrieval.index";
    error.message = "The documents could not be indexed: " + error.message;
    return error;
}

} // namespace

struct FtsIndex::Impl
{
    std::vector<Document> pieces; ///< by rowid − 1
    std::vector<std::string> hashes; ///< of the pieces
    std::string version;
    std::unique_ptr<sqlite::Database> database;
    std::mutex mutex; ///< guards what follows
    sqlite::Statement search;
    sqlite::Statement holders;
    std::unordered_map<std::string, std::vector<int>> holdersOf; ///< pieces that hold a word, ascending

    Result<> fill();
    struct Ranked
    {
        std::vector<int> pieces;      ///< the best by BM25 first
        std::vector<double> relative; ///< their relevance, the best's = 1
    };
    Ranked ranked(const std::vector<std::string>& terms, int k);
    const std::vector<int>& whereIs(const std::string& term);
    std::vector<double> coverage(const std::vector<std::string>& terms, const std::vector<int>& found);
    Passage passage(int piece) const
    {
        const Document& from = pieces[static_cast<std::size_t>(piece)];
        return {from.id, from.title, from.text};
    }
};

FtsIndex::FtsIndex() : m_impl(std::make_unique<Impl>()) {}
FtsIndex::~FtsIndex() = default;

Result<std::unique_ptr<FtsIndex>> FtsIndex::build(const std::vector<Document>& documents,
                                                  const Chunking& chunking)
{
    std::unique_ptr<FtsIndex> index(new FtsIndex);
    Impl& impl = *index->m_impl;
    impl.pieces = inPieces(documents, chunking);
    std::string all;
    for (const Document& piece : impl.pieces) {
        impl.hashes.push_back(pieceHash(piece));
        all += sha256Hex(piece.id) + impl.hashes.back();
    }
    impl.version = sha256Hex(all);
    sqlite::OpenOptions options;
    options.create = true;
    options.domain = "retrieval";
    auto database = sqlite::Database::open(":memory:", options);
    if (!database)
        return tl::unexpected<Error>(indexError(database.error()));
    impl.database = std::move(*database);
    if (const Result<> filled = impl.fill(); !filled)
        return tl::unexpected<Error>(indexError(filled.error()));
    return index;
}

Result<> FtsIndex::Impl::fill()
{
    // Contentless: the texts are in `pieces`, the index need not keep them again.
    const Result<> created = database->execute("CREATE VIRTUAL TABLE passages USING fts5(title, text, "
                                               "content='', tokenize='porter unicode61'); BEGIN");
    if (!created)
        return created;
    auto insert = database->prepare("INSERT INTO passages(rowid, title, text) VALUES(?1, ?2, ?3)");
    if (!insert)
        return tl::unexpected<Error>(insert.error());
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        insert->bind(1, static_cast<std::int64_t>(i + 1)).bind(2, pieces[i].title).bind(3, pieces[i].text);
        if (const Result<> inserted = insert->run(); !inserted)
            return inserted;
    }
    if (const Result<> done = database->execute("COMMIT; INSERT INTO passages(passages) VALUES('optimize')");
        !done)
        return done;
    auto prepared = database->prepare("SELECT rowid, bm25(passages, ?3, ?4) AS badness FROM passages "
                                      "WHERE passages MATCH ?1 ORDER BY badness, rowid LIMIT ?2");
    if (!prepared)
        return tl::unexpected<Error>(prepared.error());
    search = std::move(*prepared);
    prepared = database->prepare("SELECT rowid FROM passages WHERE passages MATCH ?1 ORDER BY rowid");
    if (!prepared)
        return tl::unexpected<Error>(prepared.error());
    holders = std::move(*prepared);
    return {};
}

/// Pieces that hold one of the words.
FtsIndex::Impl::Ranked FtsIndex::Impl::ranked(const std::vector<std::string>& terms, int k)
{
    Ranked found;
    double best = 0;
    std::string expression;
    for (const std::string& term : terms)
        expression += (expression.empty() ? "" : " OR ") + ftsPhrase(term);
    if (expression.empty() || k <= 0)
        return found;
    // FTS5's bm25() is negative, and the better the lower (https://sqlite.org/fts5.html, "The bm25()
    // function").
    search.bind(1, expression).bind(2, k).bind(3, kTitleWeight).bind(4, kTextWeight);
    for (;;) {
        const Result<bool> row = search.step();
        if (!row || !*row)
            return found;
        const double relevance = -search.real(1);
        if (found.pieces.empty())
            best = relevance;
        found.pieces.push_back(static_cast<int>(search.integer(0) - 1));
        found.relative.push_back(best > 0 ? std::clamp(relevance / best, 0.0, 1.0) : 0.0);
    }
}

const std::vector<int>& FtsIndex::Impl::whereIs(const std::string& term)
{
    if (const auto known = holdersOf.find(term); known != holdersOf.end())
        return known->second;
    if (holdersOf.size() >= kMostRememberedWords)
        holdersOf.clear();
    std::vector<int>& found = holdersOf[term];
    const std::string expression = ftsPhrase(term);
    holders.bind(1, expression);
    for (;;) {
        const Result<bool> row = holders.step();
        if (!row || !*row)
            return found;
        found.push_back(static_cast<int>(holders.integer(0) - 1));
    }
}

/// For each piece, the share of the query's words that it holds, each by its inverse document frequency as
/// BM25 has it, ln(1 + (N − n + ½) / (n + ½)): Robertson, Zaragoza, "The Probabilistic Relevance Framework:
/// BM25 and Beyond", FnTIR 2009, with the 1 of Lucene that keeps it positive. A word that occurs nowhere
/// weighs as one that occurs once: how rare it would be, nobody knows.
std::vector<double> FtsIndex::Impl::coverage(const std::vector<std::string>& terms,
                                             const std::vector<int>& found)
{
    std::vector<double> covered(found.size());
    double all = 0;
    const auto count = static_cast<double>(pieces.size());
    for (const std::string& term : terms) {
        const std::vector<int>& where = whereIs(term);
        const double n = std::max<double>(1, static_cast<double>(where.size()));
        const double weight = std::log1p((count - n + 0.5) / (n + 0.5));
        all += weight;
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (std::ranges::binary_search(where, found[i]))
                covered[i] += weight;
        }
    }
    for (double& share : covered)
        share = all > 0 ? std::clamp(share / all, 0.0, 1.0) : 0.0;
    return covered;
}

std::vector<Passage> FtsIndex::search(std::string_view query, int k) const
{
    const std::vector<std::string> terms = termsOfQuery(query);
    const std::lock_guard lock(m_impl->mutex);
    const Impl::Ranked found = m_impl->ranked(terms, k);
    const std::vector<double> covered = m_impl->coverage(terms, found.pieces);
    std::vector<Passage> passages;
    for (std::size_t i = 0; i < found.pieces.size(); ++i) {
        Passage passage = m_impl->passage(found.pieces[i]);
        passage.score = covered[i];
        passage.relative = found.relative[i];
        passage.wordRank = static_cast<int>(i + 1);
        passages.push_back(std::move(passage));
    }
    return passages;
}

std::vector<Passage> FtsIndex::searchNear(std::string_view query, const VectorIndex& vectors,
                                          std::span<const float> vector, int k) const
{
    if (vector.empty() || k <= 0)
        return search(query, k);
    const int pool = std::max(kSmallestPool, k * kPoolPerPassage);
    std::array<std::vector<int>, 2> rankings;
    std::unordered_map<int, double> relative;
    {
        const std::vector<std::string> terms = termsOfQuery(query);
        const std::lock_guard lock(m_impl->mutex);
        const Impl::Ranked byWords = m_impl->ranked(terms, pool);
        rankings[0] = byWords.pieces;
        for (std::size_t i = 0; i < byWords.pieces.size(); ++i)
            relative[byWords.pieces[i]] = byWords.relative[i];
    }
    const auto near = vectors.nearest(vector, static_cast<std::size_t>(pool));
    for (const VectorIndex::Neighbour& one : near) {
        rankings[1].push_back(one.item);
        double& known = relative[one.item];
        if (near.front().similarity > 0)
            known = std::max(known, std::clamp(one.similarity / near.front().similarity, 0.0, 1.0));
    }
    const auto rankIn = [](const std::vector<int>& ranking, int item) {
        const auto at = std::ranges::find(ranking, item);
        return at == ranking.end() ? std::nullopt : std::optional(static_cast<int>(at - ranking.begin()) + 1);
    };
    std::vector<Passage> passages;
    for (const FusedRank& fused : reciprocalRankFusion(rankings)) {
        if (passages.size() == static_cast<std::size_t>(k))
            break;
        Passage passage = m_impl->passage(fused.item);
        passage.wordRank = rankIn(rankings[0], fused.item);
        passage.vectorRank = rankIn(rankings[1], fused.item);
        passage.similarity = vectors.similarity(fused.item, vector);
        passage.score = std::clamp(*passage.similarity, 0.0, 1.0);
        passage.relative = relative[fused.item];
        passages.push_back(std::move(passage));
    }
    return passages;
}

const std::vector<Document>& FtsIndex::pieces() const
{
    return m_impl->pieces;
}

const std::vector<std::string>& FtsIndex::pieceHashes() const
{
    return m_impl->hashes;
}

std::string FtsIndex::version() const
{
    return m_impl->version;
}

std::string textToEmbed(const Document& piece)
{
    return piece.title.empty() ? piece.text : piece.title + "\n" + piece.text;
}

std::string pieceHash(const Document& piece)
{
    return sha256Hex(textToEmbed(piece));
}

} // namespace signalbox
