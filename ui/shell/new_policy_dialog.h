// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// "New Policy…": from a few answers about the traffic, from a template, or empty; with a look at the policy
// and the reasons for its pattern before it is made. What it writes is core's (policy/assistant.h).

#include "policy/assistant.h"

#include <QDialog>

#include <string>

QT_BEGIN_NAMESPACE
class QButtonGroup;
class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSpinBox;
class QStackedWidget;
QT_END_NAMESPACE

namespace signalbox {

class PolicyMap;
class PolicySelection;

class NewPolicyDialog : public QDialog
{
    Q_OBJECT
public:
    explicit NewPolicyDialog(QWidget* parent = nullptr);
    ~NewPolicyDialog() override;

    /// The policy that was chosen; once the dialog is accepted.
    std::string policyText() const { return m_text; }

private:
    enum Page { Start, Traffic, Details, Preview };
    QWidget* buildStart();
    QWidget* buildTraffic();
    QWidget* buildDetails();
    QWidget* buildPreview();
    void goTo(int page);
    void next();
    void back();
    void refresh();
    void showUsualObjectives();
    void showPreview();
    bool isEmpty() const;
    bool isTemplate() const;
    TrafficShape shape() const;
    AssistantAnswers answers() const;

    QStackedWidget* m_pages;
    QButtonGroup* m_start;
    QLabel* m_trafficTitle = nullptr;
    QListWidget* m_shapes = nullptr;
    QLabel* m_shapeAbout = nullptr;
    QLineEdit* m_name = nullptr;
    QSpinBox* m_p95 = nullptr;
    QDoubleSpinBox* m_cost = nullptr;
    QDoubleSpinBox* m_quality = nullptr;
    QComboBox* m_endpoints = nullptr;
    QWidget* m_ownServer = nullptr;
    QLineEdit* m_url = nullptr;
    QLineEdit* m_key = nullptr;
    QLineEdit* m_region = nullptr;
    QLineEdit* m_onPrem = nullptr;
    QLineEdit* m_small = nullptr;
    QLineEdit* m_mid = nullptr;
    QLineEdit* m_frontier = nullptr;
    QLineEdit* m_judge = nullptr;
    QCheckBox* m_personal = nullptr;
    QLabel* m_missing = nullptr;
    PolicySelection* m_selection;
    PolicyMap* m_map = nullptr;
    QLabel* m_reasons = nullptr;
    QPushButton* m_back;
    QPushButton* m_next;
    std::string m_text;
};

} // namespace signalbox
