// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/outcome_matrix.h"

namespace signalbox {

namespace {

void addTo(CostSum& sum, const std::optional<NanoUsd>& cost) { sum.add(cost); }

/// Charges of a hop, told apart: those of its model and those of each judge, by the judge's model. Where two rubrics share
/// a judge model, its charges go to the rubrics in the order in which the gates were asked.
void readCharges(const Trace& trace, const Hop& hop, OutcomeCell& cell)
{
    std::vector<const GateResult*> judges;
    for (const GateResult& gate : hop.gates) {
        if (gate.gate == "judge")
            judges.push_back(&gate);
    }
    std::size_t next = 0;
    for (const Charge& charge : trace.charges) {
        if (charge.hop != hop.index)
            continue;
        if (charge.model == hop.model && charge.kind != ChargeKind::Judge) {
            addTo(cell.modelCost, charge.cost);
            continue;
        }
        if (judges.empty())
            continue;
        if (charge.kind == ChargeKind::Judge && next < judges.size())
            ++next;
        const std::size_t gate = next == 0 ? 0 : next - 1;
        addTo(cell.gateCost[judges[gate]->rubric], charge.cost);
    }
}

OutcomeCell cellOf(const Trace& trace, const Hop& hop)
{
    OutcomeCell cell;
    cell.state = CellState::Known;
    cell.answered = hop.status == HopStatus::Accepted;
    if (!cell.answered)
        cell.failureReason = hop.reason;
    cell.outputTokens = hop.tokens.output;
    cell.generationMs = hop.latencyMs;
    cell.simulated = trace.simulated;
    for (const GateResult& gate : hop.gates) {
        if (gate.gate == "judge") {
            cell.gateMs[gate.rubric] = gate.latencyMs;
            if (!gate.rawScore) {
                cell.gateErrors[gate.trigger] = gate.reason;
                continue;
            }
            cell.scores[gate.rubric] = *gate.rawScore;
            if (!cell.quality && gate.of > 1) {
                cell.quality = (*gate.rawScore - 1) / (gate.of - 1);
                cell.qualitySource = "judge:" + gate.rubric + "@" + gate.judgeModel;
            }
        } else {
            cell.shapeFits[gate.trigger] = gate.verdict == GateVerdict::Passed;
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
    for (const Hop& hop : trace.hops)
        row.cells[hop.model] = cellOf(trace, hop);
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

double OutcomeMatrix::coverage(const Policy& policy) const
{
    int all = 0;
    int covered = 0;
    for (const OutcomeRow& row : rows) {
        const bool toPerson = row.cells.empty() && row.barredTiers.empty(); // asked for a person: no model takes part
        for (const Tier& tier : policy.tiers) {
            for (const std::string& model : tier.modelIds) {
                ++all;
                covered += toPerson || row.cells.count(model) > 0 || row.barredTiers.count(tier.id) > 0;
            }
        }
    }
    return all == 0 ? 0 : static_cast<double>(covered) / all;
}

} // namespace signalbox
