// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Runs over a whole dataset: which one, how many at once, how far it is, what it has cost so far. What was
// finished when it is stopped is kept, and the panel says so.

#include "cascade/batch.h"
#include "ui/theme/widgets.h"
#include "workspace/dataset.h"

#include <QElapsedTimer>
#include <QWidget>

class QComboBox;
class QProgressBar;
class QSpinBox;

namespace signalbox {

class BatchPanel : public QWidget
{
    Q_OBJECT
public:
    explicit BatchPanel(QWidget* parent = nullptr);

    void setDatasets(const std::vector<DatasetInfo>& datasets);
    QString dataset() const;
    bool selectDataset(const QString& name);
    int concurrency() const;
    /// `mayRun` false: a batch cannot be started now.
    void setMayRun(bool mayRun);
    /// How many prompts an interrupted run left; 0 = none, and no button.
    void setLeft(int policyLeft, int allTiersLeft);

    void begin(const QString& dataset, TraceMode mode, int total);
    void progress(const BatchProgress& progress);
    void finish(const BatchProgress& progress);

Q_SIGNALS:
    void runAsked(const QString& dataset, signalbox::TraceMode mode, int concurrency);
    void resumeAsked(const QString& dataset, signalbox::TraceMode mode, int concurrency);
    void stopAsked();
    void datasetChosen(const QString& dataset);

private:
    void updateButtons();
    QString statusText(const BatchProgress& progress) const;

    QComboBox* m_datasets;
    MutedLabel* m_none;
    QWidget* m_controls;
    QPushButton* m_run;
    QPushButton* m_allTiers;
    QPushButton* m_resume;
    QPushButton* m_resumeAllTiers;
    QSpinBox* m_concurrency;
    QWidget* m_progressRow;
    QProgressBar* m_bar;
    QLabel* m_count;
    QPushButton* m_stop;
    MutedLabel* m_status;
    QElapsedTimer m_clock;
    int m_left = 0;
    int m_allTiersLeft = 0;
    bool m_mayRun = false;
    bool m_running = false;
};

} // namespace signalbox
