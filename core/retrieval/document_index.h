// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Port and types of retrieval over the workspace's documents.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

struct Document
{
    std::string id;
    std::string title;
    std::string text;
};

/// Of a document, or of a piece of it: then its id is "DOCUMENT#3".
struct Passage
{
    std::string documentId;
    std::string title;
    std::string text;
    /// 0–1, the same scale for every query: how much of the query the passage covers by its words, or, when
    /// it was found with vectors, the cosine to the query (0 for what lies opposite).
    double score = 0;
    double relative = 1; ///< 0–1: how good it is beside the best of its query, by words or by nearness
    std::optional<int> wordRank = {};      ///< among those found by words, from 1 on
    std::optional<int> vectorRank = {};    ///< among those found by nearness, from 1 on
    std::optional<double> similarity = {}; ///< cosine; nothing = without vectors
};

class VectorIndex;

class DocumentIndex
{
public:
    virtual ~DocumentIndex() = default;
    /// The best passages first, at most k, by words alone. Called on the network thread; must answer in about
    /// a millisecond.
    virtual std::vector<Passage> search(std::string_view query, int k) const = 0;
    /// By words and by nearness: `vectors` holds one of length 1 for each piece, in their order, and `vector`
    /// is the query's. Without a vector as search().
    virtual std::vector<Passage> searchNear(std::string_view query, const VectorIndex& vectors,
                                            std::span<const float> vector, int k) const = 0;
    /// What there is to be found, in an order that stays.
    virtual const std::vector<Document>& pieces() const = 0;
    /// pieceHash() of each of them: made once, since a large workspace has megabytes of pieces.
    virtual const std::vector<std::string>& pieceHashes() const = 0;
    /// Another one for other documents.
    virtual std::string version() const = 0;
};

/// What stands for a piece in a store of vectors: hash of what is embedded.
std::string pieceHash(const Document& piece);
/// Title and text, as they are embedded.
std::string textToEmbed(const Document& piece);

} // namespace signalbox
