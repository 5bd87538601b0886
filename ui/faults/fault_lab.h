// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The fault lab: every fault that the sandbox can play, what it does and how a run must come out of it. One
// is switched on for a tier, an endpoint or all, for some requests or until it is switched off, while a
// cascade runs; and the last run's outcome stands beside the one it must have.

#include "ui/faults/fault_verdict.h"
#include "ui/theme/widgets.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QLineEdit;
class QSortFilterProxyModel;
class QSpinBox;
class QStackedWidget;
class QTreeView;
QT_END_NAMESPACE

namespace signalbox {

class FaultsModel;

class FaultLab : public QDialog
{
    Q_OBJECT
public:
    FaultLab(SandboxFaults& faults, FaultWatch& watch, QWidget* parent = nullptr);
    /// Selects the fault, if there is such a one.
    void select(const QString& id);

private:
    QWidget* makeList();
    QWidget* makeDetails();
    void showAll();
    void showDetails();
    void showTargets();
    QString selectedId() const;
    FaultAim aim() const;
    void toggle();
    void updateSwitch();
    void step(int by);
    bool eventFilter(QObject* watched, QEvent* event) override;

    SandboxFaults& m_faults;
    FaultWatch& m_watch;
    FaultsModel* m_model;
    QSortFilterProxyModel* m_found;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QLineEdit* m_search;
    QCheckBox* m_onlyOn;
    QTreeView* m_tree;
    MutedLabel* m_nothing;
    QLabel* m_title;
    QLabel* m_id;
    QLabel* m_what;
    QLabel* m_expected;
    QLabel* m_last;
    QComboBox* m_target;
    QComboBox* m_howLong;
    QSpinBox* m_next;
    QPushButton* m_switch;
    QLabel* m_state;
    MutedLabel* m_note;
    Pill* m_summary;
    QPushButton* m_allOff;
    QString m_shown; ///< fault whose aim the fields hold
    QStringList m_targetsShown;
};

} // namespace signalbox
