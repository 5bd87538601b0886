// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The load test: how requests come, which, and for how long on the left; on the right what is found while it runs, a
// histogram of latencies with what was never answered, by tier, by depth, and a verdict on each objective.

#include "ui/load/load_run.h"
#include "ui/theme/widgets.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QSpinBox;
class QStackedWidget;
class QTableWidget;
QT_END_NAMESPACE

namespace signalbox {

class ChartPanel;
class Session;

class LoadWindow : public QDialog
{
    Q_OBJECT
public:
    explicit LoadWindow(Session& session, QWidget* parent = nullptr);
    const LoadRun& run() const { return *m_run; }

private:
    QWidget* makeForm();
    QWidget* makeResults();
    void showWays();
    void showPolicy();
    void showDatasets();
    void showResults();
    void showHistogram(const LoadReport& report);
    void showTable(const LoadReport& report);
    void showVerdicts();
    void startOrStop();
    LoadAsk ask() const;

    Session& m_session;
    LoadRun* m_run;
    QComboBox* m_arrivals;
    QLabel* m_amountLabel;
    QSpinBox* m_concurrency;
    QDoubleSpinBox* m_perSecond;
    QWidget* m_recorded;
    QLineEdit* m_file;
    QDoubleSpinBox* m_speed;
    QSpinBox* m_seconds;
    QComboBox* m_prompts;
    QSpinBox* m_tokens;
    QCheckBox* m_worstCase;
    QLabel* m_costLabel;
    QDoubleSpinBox* m_mostCost;
    QPushButton* m_start;
    QLabel* m_problem;
    Pill* m_endpoints;
    MutedLabel* m_policy;
    QStackedWidget* m_stack;
    KpiTile* m_latency;
    KpiTile* m_throughput;
    KpiTile* m_failures;
    KpiTile* m_verdict;
    MutedLabel* m_summary;
    ChartPanel* m_histogram;
    QTableWidget* m_table;
    QTableWidget* m_objectives;
};

} // namespace signalbox
