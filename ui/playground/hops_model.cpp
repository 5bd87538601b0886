// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/hops_model.h"

#include "ui/playground/lanes.h"
#include "ui/theme/text.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace signalbox {

namespace {

QString statusWord(HopStatus status)
{
    switch (status) {
    case HopStatus::Running:
        return HopsModel::tr("running");
    case HopStatus::Accepted:
        return HopsModel::tr("accepted");
    case HopStatus::Escalated:
        return HopsModel::tr("escalated");
    case HopStatus::Failed:
        return HopsModel::tr("failed");
    case HopStatus::Cancelled:
        return HopsModel::tr("stopped");
    case HopStatus::Barred:
        return HopsModel::tr("barred");
    case HopStatus::Used:
        return HopsModel::tr("used");
    }
    return {};
}

} // namespace

/// Hands out a trace's charges to the rows that caused them, each once, in their order.
class HopsModel::Charges
{
public:
    explicit Charges(const TracePtr& trace)
    {
        if (!trace)
            return;
        m_known = true;
        for (const Charge& charge : trace->charges)
            m_left.push_back(&charge);
    }

    const Charge* take(int hop, ChargeKind kind, const std::string& model = {})
    {
        const auto found = std::find_if(m_left.begin(), m_left.end(), [&](const Charge* charge) {
            return charge->hop == hop && charge->kind == kind && (model.empty() || charge->model == model);
        });
        if (found == m_left.end())
            return nullptr;
        const Charge* charge = *found;
        m_left.erase(found);
        return charge;
    }

    /// "" while it runs, for costs are reckoned with the trace.
    QString cost(const Charge* charge) const
    {
        if (!m_known)
            return {};
        return charge ? usdText(charge->cost) : HopsModel::tr("none");
    }

private:
    bool m_known = false;
    std::vector<const Charge*> m_left;
};

void HopsModel::show(const RunView& run)
{
    std::vector<Row> rows;
    Charges charges(run.trace());
    for (const auto& [index, view] : run.hops())
        addHop(rows, run, view, charges);
    if (!run.isLive() && !rows.empty())
        rows.push_back(sumRow(run));

    // Rows that stay are told of as changed, so that a selection survives while the run grows.
    const int before = static_cast<int>(m_rows.size());
    const int after = static_cast<int>(rows.size());
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_rows = std::move(rows);
        endInsertRows();
    } else if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_rows = std::move(rows);
        endRemoveRows();
    } else if (m_rows != rows) {
        m_rows = std::move(rows);
    } else {
        return;
    }
    if (const int common = std::min(before, after); common > 0)
        Q_EMIT dataChanged(index(0, 0), index(common - 1, ColumnCount - 1));
}

void HopsModel::addHop(std::vector<Row>& rows, const RunView& run, const HopView& view,
                       Charges& charges) const
{
    const Hop& hop = view.hop;
    Row row;
    row.tier = run.tierPosition(qs(hop.tier));
    row.explanation = reasonInWords(qs(hop.reason));
    const Charge* charge = charges.take(hop.index, ChargeKind::Model);
    const bool called = hop.status != HopStatus::Barred;
    row.cells = {QString::number(hop.index + 1),
                 qs(hop.tier),
                 statusWord(hop.status),
                 qs(hop.reason),
                 view.ended && called ? tokenClassesText(hop.tokens) : QString(),
                 hop.ttftMs ? msText(hop.ttftMs) : QString(),
                 view.ended && called ? msText(hop.latencyMs) : QString(),
                 called ? charges.cost(charge) : QString()};
    rows.push_back(row);
    for (std::size_t i = 0; i < hop.attempts.size(); ++i)
        if (!hop.attempts[i].errorKind.empty() && hop.attempts[i].errorKind != "cancelled")
            rows.push_back(tryRow(view, i, charges));
    for (const GateResult& gate : hop.gates)
        rows.push_back(gateRow(view, gate, charges));
}

HopsModel::Row HopsModel::tryRow(const HopView& view, std::size_t attempt, Charges& charges) const
{
    const Attempt& tried = view.hop.attempts[attempt];
    const Charge* charge = charges.take(view.hop.index, ChargeKind::Retry);
    const auto told = view.retryMs.find(attempt);
    Row row;
    row.kind = Kind::Try;
    row.explanation = qs(tried.message);
    row.cells = {QString(),
                 tr("try %1").arg(tried.number),
                 failureText(tried),
                 told != view.retryMs.end()
                     ? tr("%1, again in %2").arg(qs(tried.errorKind), msText(told->second))
                     : qs(tried.errorKind),
                 charge ? tokenClassesText(charge->tokens) : QString(),
                 tried.ttftMs ? msText(tried.ttftMs) : QString(),
                 msText(tried.totalMs),
                 charge ? charges.cost(charge) : QString()};
    return row;
}

HopsModel::Row HopsModel::gateRow(const HopView& view, const GateResult& gate, Charges& charges) const
{
    const bool judge = gate.gate == "judge";
    const Charge* charge = judge ? charges.take(view.hop.index, ChargeKind::Judge, gate.judgeModel) : nullptr;
    QString result = gate.verdict == GateVerdict::Passed  ? tr("fits")
                     : gate.verdict == GateVerdict::Fired ? tr("does not fit")
                                                          : tr("no verdict");
    if (gate.rawScore && gate.of == 0)
        result = QString::number(*gate.rawScore, 'g', 6);
    else if (gate.rawScore)
        result = tr("%1 of %2").arg(QString::number(*gate.rawScore, 'f', 1), QString::number(gate.of));
    QString reason = qs(gate.reason);
    if (reason.isEmpty() || gate.verdict == GateVerdict::Fired) // the hop's row has the code already
        reason = gate.threshold ? tr("%1, threshold %2")
                                      .arg(qs(gate.of > 0 ? gate.rubric : gate.trigger),
                                           gate.of > 0 ? QString::number(*gate.threshold, 'f', 1)
                                                       : QString::number(*gate.threshold))
                                : qs(gate.trigger);
    Row row;
    row.kind = Kind::Gate;
    row.explanation = qs(gate.explanation);
    row.cells = {QString(),
                 judge                        ? tr("judge")
                 : gate.gate == "json_schema" ? tr("shape")
                                              : qs(gate.gate),
                 result,
                 reason,
                 charge ? tokenClassesText(charge->tokens) : QString(),
                 QString(),
                 msText(gate.latencyMs),
                 judge ? charges.cost(charge) : QString()};
    return row;
}

HopsModel::Row HopsModel::sumRow(const RunView& run) const
{
    Row row;
    row.kind = Kind::Sum;
    row.cells = QStringList(ColumnCount);
    row.cells[ReasonColumn] =
        run.state() == RunView::State::NotRecorded ? tr("not recorded") : tr("together");
    row.explanation =
        tr("The first token is the first that the user saw: of the answer that the gates let through.");
    if (run.trace()) {
        row.cells[FirstTokenColumn] = run.trace()->ttftMs ? msText(run.trace()->ttftMs) : QString();
        row.cells[TotalColumn] = msText(run.trace()->latencyMs);
        row.cells[CostColumn] = usdText(run.trace()->cost());
    }
    return row;
}

int HopsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int HopsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HopsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const Theme& theme = Theme::instance();
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return row.cells[column];
    case Qt::ToolTipRole:
        if (row.explanation.isEmpty())
            return row.cells[column];
        return QStringLiteral("<p>%1</p><p>%2</p>")
            .arg(row.cells[column].toHtmlEscaped(), row.explanation.toHtmlEscaped());
    case ExplanationRole:
        return row.explanation;
    case Qt::TextAlignmentRole:
        return QVariant(column >= TokensColumn ? Qt::AlignRight | Qt::AlignVCenter
                                               : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        if (row.kind == Kind::Hop && column == TierColumn)
            return theme.tier(row.tier);
        if (row.kind == Kind::Try && column == ResultColumn)
            return theme.colors().bad;
        if (row.kind == Kind::Try || row.kind == Kind::Gate)
            return theme.colors().muted;
        return theme.colors().text;
    case Qt::FontRole:
        if (row.kind == Kind::Sum)
            return Theme::font(TextSize::Normal, QFont::DemiBold);
        if (row.kind == Kind::Hop && column == ReasonColumn)
            return Theme::monospace(TextSize::Small);
        return Theme::font(TextSize::Normal);
    default:
        return {};
    }
}

QVariant HopsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section >= TokensColumn ? Qt::AlignRight | Qt::AlignVCenter
                                                : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case HopColumn:
        return tr("hop");
    case TierColumn:
        return tr("tier");
    case ResultColumn:
        return tr("result");
    case ReasonColumn:
        return tr("reason");
    case TokensColumn:
        return tr("in / cached / out");
    case FirstTokenColumn:
        return tr("first token");
    case TotalColumn:
        return tr("total");
    default:
        return tr("cost");
    }
}

} // namespace signalbox
