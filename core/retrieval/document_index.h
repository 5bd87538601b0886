// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Port and types of retrieval over the workspace's documents.

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

struct Passage
{
    std::string documentId;
    std::string title;
    std::string text;
    double score = 0; ///< 0–1, relative to the best of this query
};

class DocumentIndex
{
public:
    virtual ~DocumentIndex() = default;
    /// The best passages first, at most k. Called on the network thread; must answer in about a millisecond.
    virtual std::vector<Passage> search(std::string_view query, int k) const = 0;
    /// Another one for other documents.
    virtual std::string version() const = 0;
};

} // namespace signalbox
