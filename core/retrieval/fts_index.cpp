// SPDX-License-Identifier: GPL-3.0-or-later
#include "retrieval/fts_index.h"

#include "base/ids.h"
#include "base/sqlite.h"
#include "base/text.h"
#include "retrieval/stop_words.h"

#include <algorithm>
#include <mutex>
#include <unordered_set>

namespace signalbox {

namespace {

/// A title names what its document is about; a word there counts as much as several in the text.
constexpr double kTitleWeight = 4.0;
constexpr double kTextWeight = 1.0;
/// Later words of a very long message add time, and hardly change which passages are best.
constexpr std::size_t kMostWords = 48;

/// Distinct words as an FTS5 query, each quoted so that none is taken for syntax; "" when there is none.
std::string matchExpression(std::string_view query)
{
    const std::vector<std::string> words = wordsOf(query);
    const bool onlyStopWords = std::all_of(words.begin(), words.end(), isStopWord);
    std::unordered_set<std::string_view> seen;
    std::string expression;
    for (const std::string& word : words) {
        if ((!onlyStopWords && isStopWord(word)) || !seen.insert(word).second)
            continue;
        if (!expression.empty())
            expression += " OR ";
        expression += '"';
        for (const char c : word) {
            if (c == '"')
                expression += '"';
            if (c != '\0')
                expression += c;
        }
        expression += '"';
        if (seen.size() == kMostWords)
            break;
    }
    return expression;
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
    std::vector<Document> documents; ///< by rowid − 1
    std::string version;
    std::unique_ptr<sqlite::Database> database;
    std::mutex mutex; ///< guards the statement
    sqlite::Statement search;
};

FtsIndex::FtsIndex() : m_impl(std::make_unique<Impl>()) {}
FtsIndex::~FtsIndex() = default;

Result<std::unique_ptr<FtsIndex>> FtsIndex::build(const std::vector<Document>& documents)
{
    std::unique_ptr<FtsIndex> index(new FtsIndex);
    Impl& impl = *index->m_impl;
    impl.documents = documents;
    std::string all;
    for (const Document& document : documents)
        all += sha256Hex(document.id) + sha256Hex(document.title) + sha256Hex(document.text);
    impl.version = sha256Hex(all);
    sqlite::OpenOptions options;
    options.create = true;
    options.domain = "retrieval";
    auto database = sqlite::Database::open(":memory:", options);
    if (!database)
        return tl::unexpected<Error>(indexError(database.error()));
    impl.database = std::move(*database);
    // Contentless: the texts are in `documents`, the index need not keep them again.
    const Result<> created = impl.database->execute("CREATE VIRTUAL TABLE passages USING fts5(title, text, "
                                                    "content='', tokenize='porter unicode61'); BEGIN");
    if (!created)
        return tl::unexpected<Error>(indexError(created.error()));
    auto insert = impl.database->prepare("INSERT INTO passages(rowid, title, text) VALUES(?1, ?2, ?3)");
    if (!insert)
        return tl::unexpected<Error>(indexError(insert.error()));
    for (std::size_t i = 0; i < impl.documents.size(); ++i) {
        insert->bind(1, static_cast<std::int64_t>(i + 1))
            .bind(2, impl.documents[i].title)
            .bind(3, impl.documents[i].text);
        if (const Result<> inserted = insert->run(); !inserted)
            return tl::unexpected<Error>(indexError(inserted.error()));
    }
    if (const Result<> done =
            impl.database->execute("COMMIT; INSERT INTO passages(passages) VALUES('optimize')");
        !done)
        return tl::unexpected<Error>(indexError(done.error()));
    auto search = impl.database->prepare("SELECT rowid, bm25(passages, ?3, ?4) AS badness FROM passages "
                                         "WHERE passages MATCH ?1 ORDER BY badness, rowid LIMIT ?2");
    if (!search)
        return tl::unexpected<Error>(indexError(search.error()));
    impl.search = std::move(*search);
    return index;
}

std::string FtsIndex::version() const
{
    return m_impl->version;
}

std::vector<Passage> FtsIndex::search(std::string_view query, int k) const
{
    std::vector<Passage> passages;
    const std::string expression = matchExpression(query);
    if (expression.empty() || k <= 0)
        return passages;
    const std::lock_guard lock(m_impl->mutex);
    sqlite::Statement& statement = m_impl->search;
    statement.bind(1, expression).bind(2, k).bind(3, kTitleWeight).bind(4, kTextWeight);
    double best = 0;
    for (;;) {
        const Result<bool> row = statement.step();
        if (!row || !*row)
            break;
        // FTS5's bm25() is negative, and the better the lower (https://sqlite.org/fts5.html, "The bm25()
        // function").
        const double relevance = -statement.real(1);
        if (passages.empty())
            best = relevance;
        const Document& document = m_impl->documents[static_cast<std::size_t>(statement.integer(0) - 1)];
        const double score = best > 0 ? std::clamp(relevance / best, 0.0, 1.0) : 0.0;
        passages.push_back({document.id, document.title, document.text, score});
    }
    return passages;
}

} // namespace signalbox
