// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Full-text search with SQLite's FTS5 (BM25) over documents held in memory, long ones in pieces; with
// vectors, the two rankings fused.

#include "base/result.h"
#include "retrieval/chunking.h"
#include "retrieval/document_index.h"

#include <memory>

namespace signalbox {

class FtsIndex : public DocumentIndex
{
public:
    /// A document of several pieces gives passages "ID#1", "ID#2" …; one that fits is a passage of its own
    /// id.
    static Result<std::unique_ptr<FtsIndex>> build(const std::vector<Document>& documents,
                                                   const Chunking& chunking = {});
    ~FtsIndex() override;
    /// Any text is a valid query: its words are looked for, none is required. From several threads at once.
    std::vector<Passage> search(std::string_view query, int k) const override;
    std::vector<Passage> searchNear(std::string_view query, const VectorIndex& vectors,
                                    std::span<const float> vector, int k) const override;
    const std::vector<Document>& pieces() const override;
    const std::vector<std::string>& pieceHashes() const override;
    std::string version() const override;

private:
    FtsIndex();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace signalbox
