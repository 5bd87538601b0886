// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Long documents in pieces that a model can be given: a passage that is retrieved should hold one thing, and
// not fill the context window.

#include <string_view>
#include <vector>

namespace signalbox {

struct Chunking
{
    int mostTokens = 320;   ///< of a piece, estimated; a sentence that is longer is cut between words
    int overlapTokens = 48; ///< of its predecessor's last sentences, at most, stand before a piece once more
};

/// The pieces of a text in their order, each a part of it: whole paragraphs where they fit together, whole
/// sentences where a paragraph does not. A text that fits is one piece; one of white space alone has none.
std::vector<std::string_view> chunksOf(std::string_view text, const Chunking& how = {});

} // namespace signalbox
