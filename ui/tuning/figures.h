// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The row of figures in Tuning: each with its paired difference from the policy and its 95 % interval, and
// the words "no evidence of a change" when the interval contains zero.

#include "ui/theme/widgets.h"
#include "ui/tuning/tuning_work.h"

class QGridLayout;

namespace signalbox {

/// A difference in words and the tone that it deserves. `unit` stands once, behind the interval;
/// `lowerIsBetter` nothing = neither is.
struct DifferenceText
{
    QString text;
    Tone tone = Tone::Neutral;
};
DifferenceText differenceText(const std::optional<Estimate>& difference,
                              const std::function<QString(double)>& format, const QString& unit,
                              std::optional<bool> lowerIsBetter);

class Figures : public QWidget
{
    Q_OBJECT
public:
    explicit Figures(QWidget* parent = nullptr);
    void show(const TuningBase& base, const TuningOutcome& outcome, const QString& dataset);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange(int columns);
    QGridLayout* m_grid;
    int m_columns = 0;
    KpiTile* m_cost;
    KpiTile* m_quality;
    KpiTile* m_latency;
    KpiTile* m_escalation;
};

} // namespace signalbox
