// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Asks how a prompt is to be compared: which policies, each tier alone, and how many times.

#include "ui/shell/session.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QListWidget;
class QPushButton;
class QSpinBox;

namespace signalbox {

class CompareDialog : public QDialog
{
    Q_OBJECT
public:
    CompareDialog(Session& session, QWidget* parent = nullptr);

    struct Choice
    {
        bool edited = false;                           ///< the policy as it is edited now
        bool tiers = false;                            ///< every tier alone
        std::vector<std::pair<QString, int>> versions; ///< name and number in the workspace
        int times = 1;
    };
    Choice choice() const;

private:
    void readVersions();
    void update();

    Session& m_session;
    QCheckBox* m_edited;
    QCheckBox* m_tiers;
    QListWidget* m_versions;
    QLabel* m_noVersions;
    QSpinBox* m_times;
    QLabel* m_sum;
    QPushButton* m_run;
};

} // namespace signalbox
