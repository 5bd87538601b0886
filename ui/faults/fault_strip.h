// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The faults that are on, in the Playground's left column: each with whom it hits and how the last run came
// out of it, a press away from being off.

#include "ui/faults/fault_verdict.h"
#include "ui/theme/widgets.h"

#include <QWidget>

class QVBoxLayout;

namespace signalbox {

class FaultStrip : public QWidget
{
    Q_OBJECT
public:
    FaultStrip(SandboxFaults& faults, FaultWatch& watch, QWidget* parent = nullptr);

Q_SIGNALS:
    void labAsked(const QString& fault); ///< "" = as it is

private:
    void show();

    SandboxFaults& m_faults;
    FaultWatch& m_watch;
    MutedLabel* m_none;
    QVBoxLayout* m_list;
    QPushButton* m_add;
    QPushButton* m_allOff;
    QStringList m_shown;
};

} // namespace signalbox
