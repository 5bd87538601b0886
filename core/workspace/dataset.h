// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Datasets: named sets of prompts with references and labels.

#include "features/request.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

struct DatasetPrompt
{
    Request request;       ///< with id, metadata, attachments and reference
    std::string intent;    ///< label, or ""
    int difficulty = 0;    ///< label 1–3, 0 = none
    std::optional<bool> needsRetrieval;
    std::string labelsJson; ///< every label as it was imported, or ""
};

struct DatasetInfo
{
    std::string name;
    std::string source;
    int prompts = 0;
    int withReference = 0;
    int withLabels = 0;
    int traces = 0;          ///< of mode policy
    int allTierTraces = 0;   ///< of mode all_tiers
    std::int64_t createdAtMs = 0;
};

} // namespace signalbox
