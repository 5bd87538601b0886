// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What each tier did on each prompt, recorded by `run --all-tiers`. A cell is known, missing or barred.

#include "base/result.h"
#include "cascade/trace.h"
#include "features/request.h"
#include "policy/policy.h"
#include "workspace/reader.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

enum class CellState { Missing, Barred, Known };

struct OutcomeCell
{
    CellState state = CellState::Missing;
    bool answered = false;
    std::string failureReason;
    std::optional<double> quality;
    std::string qualitySource;
    CostSum modelCost;      ///< the tier's own charges, retries included
    std::map<std::string, CostSum> gateCost; ///< judge charges, by rubric id
    std::optional<std::int64_t> outputTokens; ///< of the draft; what carrying it upwards adds to the next input
    double generationMs = 0;
    std::map<std::string, double> gateMs;     ///< by rubric id
    std::map<std::string, double> scores;    ///< raw judge score by rubric id
    std::map<std::string, bool> shapeFits;   ///< by trigger id
    std::map<std::string, std::string> gateErrors; ///< by trigger id: reason code of a judge that gave no verdict
    bool simulated = false;
};

struct OutcomeRow
{
    Request request;
    std::map<std::string, OutcomeCell> cells;       ///< by model id
    std::map<std::string, OutcomeCell> barredTiers; ///< by tier id, with the reason
};

struct OutcomeMatrix
{
    std::string dataset;
    std::vector<OutcomeRow> rows;

    /// Share of cells known or barred, over the models of the policy's tiers, 0–1.
    double coverage(const Policy& policy) const;
};

Result<OutcomeMatrix> loadOutcomeMatrix(WorkspaceReader& reader, const std::string& dataset);
OutcomeRow outcomeRowOf(const Trace& allTiersTrace);

} // namespace signalbox
