// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Retrieval by words and by nearness at once: documents in pieces, ranked by BM25 and by the cosine of their
// vectors, the two rankings fused.

#include "base/result.h"
#include "retrieval/chunking.h"
#include "retrieval/document_index.h"

#include <memory>

namespace signalbox {

class HybridIndex : public DocumentIndex
{
public:
    /// A document of several pieces gives passages "ID#1", "ID#2" …; one that fits is a passage of its own id.
    static Result<std::unique_ptr<HybridIndex>> build(const std::vector<Document>& documents,
                                                      const Chunking& chunking = {});
    ~HybridIndex() override;
    /// Any text is a valid query. From several threads at once.
    std::vector<Passage> search(std::string_view query, int k) const override;
    std::string version() const override;

private:
    HybridIndex();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace signalbox
