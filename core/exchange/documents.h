// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Knowledge documents from JSON Lines {"id", "title", "text"}.

#include "base/result.h"
#include "exchange/prompts.h"
#include "retrieval/document_index.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

struct DocumentImport
{
    std::vector<Document> documents;
    std::vector<RowProblem> problems;
};

DocumentImport parseDocuments(std::string_view text);
Result<DocumentImport> readDocumentsFile(const std::string& path);

} // namespace signalbox
