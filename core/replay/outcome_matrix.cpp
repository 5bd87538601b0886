// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/outcome_matrix.h"

namespace signalbox {

namespace {

/// What was bought for this hop, told apart by its purpose. Traces of older versions do not say it: there a judge's charge
/// is told by its kind and goes to the hop's only rubric.
void readCharges(const Trace& trace, const Hop& hop, OutcomeCell& cell)
{
    constexpr std::string_view judge = "judge:";
    for (const Charge& charge : trace.charges) {
        if (charge.hop != hop.index)
            continue;
        if (charge.purpose.rfind(judge, 0) == 0) {
            cell.gateCost[charge.purpose.substr(judge.size())].add(charge.cost);
        } else if (charge.purpose.empty() && charge.kind == ChargeKind::Judge) {
            for (const GateResult& gate : hop.gates) {
                if (gate.gate == "judge" && gate.judgeModel == charge.model) {
                    cell.gateCost[gate.rubric].add(charge.cost);
                    break;
                }
            }
        } else {
            cell.modelCost.add(charge.cost);
        }
    }
}

OutcomeCell cellOf(const Trace& trace, const Hop& hop)
{
    OutcomeCell cell;
    cell.state = CellState::Known;
    cell.answered = hop.status == HopStatus::Accepted;
    if (!cell.answered)
        cell.failureReason = hop.reason;
    cell.begun = !cell.answered && hop.partial;
    if (hop.tokens.input)
        cell.inputTokens = hop.tokens.wholeInput();
    cell.outputTokens = hop.tokens.output;
    cell.generationMs = hop.latencyMs;
    cell.ttftMs = hop.ttftMs;
    if (cell.answered)
        cell.answer = hop.text; // none, when all that it does is to call tools
    cell.finishReason = hop.finishReason;
    cell.simulated = trace.simulated;
    for (const GateResult& gate : hop.gates) {
        if (gate.gate == "judge") {
            cell.gateMs[gate.rubric] = gate.latencyMs;
            cell.judgeModels[gate.rubric] = gate.judgeModel;
            if (!gate.rawScore) {
                cell.gateErrors[gate.trigger] = gate.reason;
                continue;
            }
            cell.scores[gate.rubric] = *gate.rawScore;
            if (!cell.quality && gate.of > 1) {
                cell.quality = (*gate.rawScore - 1) / (gate.of - 1);
                cell.qualitySource = "judge:" + gate.rubric + "@" + gate.judgeModel;
            }
        } else if (gate.gate == gateName(GateKind::LogProbability)) {
            cell.logProbabilityAsked = true;
            cell.meanLogProbability = gate.rawScore;
        } else if (gate.gate == gateName(GateKind::Stall)) {
            cell.longestSilenceMs = gate.rawScore;
        } else if (!gate.rubric.empty()) {
            cell.verdicts[gate.trigger + " " + gate.rubric] = gate.verdict == GateVerdict::Passed;
        }
    }
    readCharges(trace, hop, cell);
    return cell;
}

} // namespace

OutcomeRow outcomeRowOf(const Trace& trace)
{
    OutcomeRow row;
    row.request.id = trace.promptId;
    row.request.messages = trace.messages;
    row.request.metadata = trace.metadata;
    row.request.attachments = trace.attachments;
    row.request.headers = trace.headers;
    row.request.tools = trace.tools;
    row.request.receivedAtMs = trace.receivedAtMs != 0 ? trace.receivedAtMs : trace.startedAtMs;
    row.promptVersion = trace.promptVersion;
    row.judgeVersions = trace.judgeVersions;
    for (const RetrievedPassage& passage : trace.retrieved) {
        row.passageScores.push_back(passage.score);
        row.passageShares.push_back(passage.relative);
        row.foundByVectors = row.foundByVectors || passage.similarity.has_value();
        row.scoresAreAbsolute = row.scoresAreAbsolute && passage.absolute;
    }
    for (const Hop& hop : trace.hops)
        row.cells[{hop.tier, hop.model}] = cellOf(trace, hop);
    for (const auto& [tier, reason] : trace.barred) {
        OutcomeCell barred;
        barred.state = CellState::Barred;
        barred.failureReason = reason;
        row.barredTiers[tier] = barred;
    }
    return row;
}

Result<OutcomeMatrix> loadOutcomeMatrix(WorkspaceReader& reader, const std::string& dataset)
{
    const Result<std::vector<Trace>> traces = reader.outcomeTraces(dataset);
    if (!traces)
        return tl::unexpected(traces.error());
    OutcomeMatrix matrix;
    matrix.dataset = dataset;
    for (const Trace& trace : *traces)
        matrix.rows.push_back(outcomeRowOf(trace));
    return matrix;
}

const OutcomeCell* OutcomeMatrix::cellOf(const OutcomeRow& row, const std::string& tier, const std::string& model)
{
    if (const auto exact = row.cells.find({tier, model}); exact != row.cells.end())
        return &exact->second;
    for (const auto& [where, cell] : row.cells) {
        if (where.second == model)
            return &cell;
    }
    return nullptr;
}

double OutcomeMatrix::coverage(const Policy& policy) const
{
    int all = 0;
    int covered = 0;
    for (const OutcomeRow& row : rows) {
        const bool toPerson = row.cells.empty() && row.barredTiers.empty(); // asked for a person: no model takes part
        for (const Tier& tier : policy.tiers) {
            for (const std::string& model : tier.modelIds) {
                ++all;
                covered += toPerson || cellOf(row, tier.id, model) != nullptr || row.barredTiers.count(tier.id) > 0;
            }
        }
    }
    return all == 0 ? 0 : static_cast<double>(covered) / all;
}

} // namespace signalbox
