// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Prompts from files: JSON Lines {"id"?, "prompt" | "messages", "metadata"?, "reference"?, "attachments"?, "headers"?,
// "tools"?, "received_at"?, "labels"?}, or plain text with one prompt a line. Malformed rows are counted and listed with their line, never silently skipped.

#include "base/result.h"
#include "workspace/dataset.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

struct RowProblem
{
    int line = 0; ///< 1-based
    std::string message;
};

struct PromptImport
{
    std::vector<DatasetPrompt> prompts;
    std::vector<RowProblem> problems;
};

/// Rows without an id get "line-N". A name that ends in .jsonl or .json, or a first non-blank character '{', means JSON Lines.
PromptImport parsePrompts(std::string_view text, std::string_view fileName);
Result<PromptImport> readPromptsFile(const std::string& path);

} // namespace signalbox
