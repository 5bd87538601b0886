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
#include <utility>
#include <vector>

namespace signalbox {

enum class CellState { Missing, Barred, Known };

struct OutcomeCell
{
    CellState state = CellState::Missing;
    bool answered = false;
    std::string failureReason;
    bool begun = false; ///< part of an answer had come before it failed
    std::optional<double> quality;
    std::string qualitySource;
    CostSum modelCost;      ///< the tier's own charges, retries included
    std::map<std::string, CostSum> gateCost; ///< judge charges, by rubric id
    std::optional<std::int64_t> inputTokens;  ///< cached ones included
    std::optional<std::int64_t> outputTokens; ///< of the draft; what carrying it upwards adds to the next input
    double generationMs = 0;
    std::map<std::string, double> gateMs;     ///< by rubric id
    std::map<std::string, double> scores;    ///< raw judge score by rubric id
    std::map<std::string, std::string> judgeModels; ///< who gave the score, by rubric id
    /// Of gates that saw more than the answer's words, by trigger id and gateVersion(): "shape schema@1a2b3c4d". True = passed.
    std::map<std::string, bool> verdicts;
    /// The draft's words, which deterministic gates are asked about again; "" of one that only calls tools.
    std::optional<std::string> answer;
    std::string finishReason; ///< as in Hop
    std::optional<double> ttftMs;      ///< until the first token
    std::optional<double> longestSilenceMs;   ///< while it was written, where a gate measured it
    bool logProbabilityAsked = false;         ///< a gate asked for it; the server may not have had it
    std::optional<double> meanLogProbability;
    std::map<std::string, std::string> gateErrors; ///< by trigger id: reason code of a judge that gave no verdict
    bool simulated = false;
};

struct OutcomeRow
{
    Request request;
    std::string promptVersion; ///< of the system prompts that were sent
    std::string judgeVersions; ///< rubrics as they were asked, comma-separated
    std::vector<double> passageScores; ///< of the passages that every tier was given
    std::vector<double> passageShares; ///< of them, relative to the best
    bool foundByVectors = false;       ///< they were found with a model that embeds
    bool scoresAreAbsolute = true;     ///< false when an older version recorded them
    std::map<std::pair<std::string, std::string>, OutcomeCell> cells; ///< by tier id and model id
    std::map<std::string, OutcomeCell> barredTiers; ///< by tier id, with the reason
};

struct OutcomeMatrix
{
    std::string dataset;
    std::vector<OutcomeRow> rows;

    /// The cell of this tier's model; where the tier was not asked, the same model's cell at another tier. Null = missing.
    static const OutcomeCell* cellOf(const OutcomeRow& row, const std::string& tier, const std::string& model);

    /// Share of cells known or barred, over the models of the policy's tiers, 0–1.
    double coverage(const Policy& policy) const;
};

Result<OutcomeMatrix> loadOutcomeMatrix(WorkspaceReader& reader, const std::string& dataset);
/// The trace must have the texts of its hops: an answer without words is taken for one.
OutcomeRow outcomeRowOf(const Trace& allTiersTrace);

} // namespace signalbox
