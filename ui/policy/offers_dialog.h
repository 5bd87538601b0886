// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the endpoints of the policy offer: names, sizes and prices as far as they tell them, which of them the policy
// knows, and which of the policy's they do not have. Those that are chosen are added to the policy.

#include "ui/policy/model_offers.h"
#include "ui/theme/widgets.h"

#include <QDialog>

#include <vector>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLineEdit;
class QSortFilterProxyModel;
class QStandardItemModel;
class QTreeView;
QT_END_NAMESPACE

namespace signalbox {

class Session;

class OffersDialog : public QDialog
{
    Q_OBJECT
public:
    explicit OffersDialog(Session& session, QWidget* parent = nullptr);

private:
    void showEndpoints();
    void ask();
    void take(const ModelsResult& result);
    void showModels();
    void showSummary();
    void updateButtons();
    void addChosen();
    const Endpoint* endpoint() const;
    std::vector<OfferedModel> chosen() const;

    Session& m_session;
    ModelOffers* m_offers;
    ModelsResult m_result;
    std::string m_asked; ///< id of the endpoint that the result is of; "" = there is none
    QComboBox* m_endpoints;
    QPushButton* m_again;
    QLineEdit* m_search;
    QStandardItemModel* m_models;
    QSortFilterProxyModel* m_found;
    QTreeView* m_list;
    QLabel* m_problem;
    MutedLabel* m_summary;
    QPushButton* m_add;
};

} // namespace signalbox
