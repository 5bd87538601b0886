// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What Tuning shows before there is anything to compare: the one button that runs a dataset with all tiers,
// and how far that run is.

#include "cascade/batch.h"
#include "ui/theme/widgets.h"

#include <QWidget>

class QProgressBar;

namespace signalbox {

class AllTiersStart : public QWidget
{
    Q_OBJECT
public:
    explicit AllTiersStart(QWidget* parent = nullptr);

    /// `dataset` "" = the workspace holds none.
    void show(bool opening, const QString& dataset);
    void showRunning(const QString& dataset, const BatchProgress& progress);
    void showStopped();
    void progress(const BatchProgress& progress);

Q_SIGNALS:
    void runAsked(const QString& dataset);
    void stopAsked();

private:
    EmptyState* m_empty;
    QWidget* m_running;
    QLabel* m_title;
    QProgressBar* m_bar;
    MutedLabel* m_status;
    QPushButton* m_stop;
    QString m_dataset;
};

} // namespace signalbox
