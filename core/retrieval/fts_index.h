// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Full-text search with SQLite's FTS5 (BM25), over documents held in memory.

#include "base/result.h"
#include "retrieval/document_index.h"

#include <memory>

namespace signalbox {

class FtsIndex : public DocumentIndex
{
public:
    static Result<std::unique_ptr<FtsIndex>> build(const std::vector<Document>& documents);
    ~FtsIndex() override;
    /// Any text is a valid query: its words are looked for, none is required.
    std::vector<Passage> search(std::string_view query, int k) const override;
    std::string version() const override;

private:
    FtsIndex();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace signalbox
