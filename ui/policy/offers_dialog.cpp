// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/offers_dialog.h"

#include "base/clock.h"
#include "ui/policy/policy_edits.h"
#include "ui/shell/session.h"
#include "ui/theme/text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace signalbox {

namespace {

enum Column { Name, InPolicy, Context, Output, PricePerMtok, Columns };
constexpr int kRowRole = Qt::UserRole + 1; ///< position in the result

QString priceText(const std::optional<Price>& price)
{
    const auto usd = [](const std::optional<double>& perMtok) {
        return perMtok ? usdValueText(*perMtok) : OffersDialog::tr("unknown");
    };
    return price ? QStringLiteral("%1 / %2").arg(usd(price->inputPerMtok), usd(price->outputPerMtok))
                 : OffersDialog::tr("unknown");
}

/// The policy's id for a model that the endpoint offers, or "".
QString idInPolicy(const Policy& policy, const std::string& endpoint, const std::string& name)
{
    const Model* model = modelOf(policy, endpoint, name);
    return model == nullptr ? QString() : qs(model->id);
}

} // namespace

OffersDialog::OffersDialog(Session& session, QWidget* parent)
    : QDialog(parent), m_session(session), m_offers(new ModelOffers(this)),
      m_models(new QStandardItemModel(0, Columns, this)), m_found(new QSortFilterProxyModel(this))
{
    setObjectName(QStringLiteral("offersDialog"));
    setWindowTitle(tr("Models of an Endpoint"));
    resize(820, 560);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(12);

    auto* top = new QHBoxLayout;
    auto* label = new QLabel(tr("&Endpoint"), this);
    m_endpoints = new QComboBox(this);
    m_endpoints->setObjectName(QStringLiteral("offersEndpoint"));
    m_endpoints->setAccessibleName(tr("Endpoint"));
    m_endpoints->setMinimumWidth(220);
    label->setBuddy(m_endpoints);
    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("offersSearch"));
    m_search->setAccessibleName(tr("Search for a model"));
    m_search->setPlaceholderText(tr("Search for a model"));
    m_search->setClearButtonEnabled(true);
    m_again = plainButton(tr("As&k Again"), QStringLiteral("offersAgain"), this);
    top->addWidget(label);
    top->addWidget(m_endpoints);
    top->addWidget(m_again);
    top->addStretch(1);
    top->addWidget(m_search, 2);
    all->addLayout(top);

    m_models->setHorizontalHeaderLabels({tr("model"), tr("in the policy"), tr("context"), tr("output, at most"), tr("USD per million, in / out")});
    for (int column = Context; column < Columns; ++column)
        m_models->setHeaderData(column, Qt::Horizontal, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
    m_found->setSourceModel(m_models);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_found->setFilterKeyColumn(Name);
    m_list = new QTreeView(this);
    m_list->setObjectName(QStringLiteral("offersList"));
    m_list->setAccessibleName(tr("Models that the endpoint offers"));
    m_list->setModel(m_found);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
    m_list->header()->setStretchLastSection(false);
    all->addWidget(m_list, 1);

    m_problem = new QLabel(this);
    m_problem->setObjectName(QStringLiteral("offersProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    all->addWidget(m_problem);
    m_summary = new MutedLabel({}, this);
    m_summary->setObjectName(QStringLiteral("offersSummary"));
    m_summary->setWordWrap(true);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_summary, 1);
    auto* close = plainButton(tr("&Close"), QStringLiteral("offersClose"), this);
    m_add = primaryButton(tr("&Add to the Policy"), QStringLiteral("offersAdd"), this);
    bottom->addWidget(close);
    bottom->addWidget(m_add);
    all->addLayout(bottom);

    connect(m_endpoints, &QComboBox::currentIndexChanged, this, &OffersDialog::ask);
    connect(m_again, &QPushButton::clicked, this, &OffersDialog::ask);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_found->setFilterFixedString(text);
        showSummary();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &OffersDialog::updateButtons);
    connect(m_list, &QTreeView::doubleClicked, this, &OffersDialog::addChosen);
    connect(m_add, &QPushButton::clicked, this, &OffersDialog::addChosen);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_offers, &ModelOffers::answered, this, &OffersDialog::take);
    connect(&session.policy(), &PolicyEditor::documentChanged, this, &OffersDialog::showEndpoints);
    connect(&session, &Session::engineReady, this, [this] {
        if (m_asked.empty())
            ask(); // the sandbox is there now
    });
    showEndpoints();
}

/// The policy may change while the window stands: what was answered stays as long as its endpoint does.
void OffersDialog::showEndpoints()
{
    const PolicyPtr policy = m_session.policy().document()->policy;
    const QString shown = m_endpoints->currentText();
    {
        const QSignalBlocker quiet(m_endpoints);
        m_endpoints->clear();
        for (const Endpoint& one : policy ? policy->endpoints : std::vector<Endpoint>())
            m_endpoints->addItem(qs(one.id));
        m_endpoints->setCurrentIndex(std::max(0, m_endpoints->findText(shown)));
    }
    const Endpoint* now = endpoint();
    if (now != nullptr && now->id == m_asked)
        showModels();
    else
        ask();
}

const Endpoint* OffersDialog::endpoint() const
{
    const PolicyPtr& policy = m_session.policy().document()->policy;
    const int index = m_endpoints->currentIndex();
    return policy && index >= 0 && index < static_cast<int>(policy->endpoints.size())
               ? &policy->endpoints[static_cast<std::size_t>(index)]
               : nullptr;
}

void OffersDialog::ask()
{
    m_result = {};
    m_asked.clear();
    const Endpoint* which = endpoint();
    if (which != nullptr && (!which->isSandbox() || !m_session.sandboxBaseUrl().empty())) {
        m_asked = which->id;
        m_offers->ask(*which, m_session.sandboxBaseUrl());
    }
    showModels();
}

void OffersDialog::take(const ModelsResult& result)
{
    m_result = result;
    showModels();
}

void OffersDialog::showModels()
{
    const PolicyPtr policy = m_session.policy().document()->policy;
    m_models->removeRows(0, m_models->rowCount());
    for (std::size_t i = 0; policy && i < m_result.models.size(); ++i) {
        const OfferedModel& model = m_result.models[i];
        const QString id = idInPolicy(*policy, m_asked, model.name);
        const QStringList cells{qs(model.name), id, tokensText(model.contextTokens), tokensText(model.maxOutputTokens),
                                priceText(model.price)};
        QList<QStandardItem*> row;
        for (int column = 0; column < Columns; ++column) {
            auto* item = new QStandardItem(cells[column]);
            item->setData(static_cast<int>(i), kRowRole);
            item->setToolTip(column == Name && !model.title.empty() ? qs(model.title) : cells[column]);
            item->setTextAlignment(Qt::AlignVCenter | (column <= InPolicy ? Qt::AlignLeft : Qt::AlignRight));
            row << item;
        }
        m_models->appendRow(row);
    }
    showSummary();
    updateButtons();
}

void OffersDialog::showSummary()
{
    const PolicyPtr policy = m_session.policy().document()->policy;
    m_problem->hide();
    if (endpoint() == nullptr) {
        m_summary->setText(tr("The policy has no endpoint that could be asked."));
    } else if (m_asked.empty()) {
        m_summary->setText(tr("The sandbox is not running yet."));
    } else if (m_offers->isAsking()) {
        m_summary->setText(tr("Asking %1…").arg(qs(endpoint()->baseUrl)));
    } else if (!m_result.ok) {
        m_summary->setText(qs(m_result.errorKind));
        m_problem->setText(qs(m_result.message));
        m_problem->show();
    } else {
        m_summary->setText(m_result.complete ? tr("%n model(s)", nullptr, m_found->rowCount())
                                             : tr("The first %n model(s) of a longer list", nullptr, m_found->rowCount()));
        QStringList gone;
        for (const std::string& name : policy && m_result.complete ? notOffered(*policy, m_asked, m_result.models) : std::vector<std::string>())
            gone << qs(name);
        if (!gone.isEmpty()) {
            m_problem->setText(tr("Not offered, but called by the policy: %1.").arg(gone.join(QStringLiteral(", "))));
            m_problem->show();
        }
    }
    m_again->setEnabled(!m_asked.empty() && !m_offers->isAsking());
}

/// Those of the selection that the policy does not have.
std::vector<OfferedModel> OffersDialog::chosen() const
{
    std::vector<OfferedModel> models;
    const PolicyPtr policy = m_session.policy().document()->policy;
    for (const QModelIndex& index : m_list->selectionModel()->selectedRows(Name)) {
        const OfferedModel& model = m_result.models[static_cast<std::size_t>(index.data(kRowRole).toInt())];
        if (policy && idInPolicy(*policy, m_asked, model.name).isEmpty())
            models.push_back(model);
    }
    return models;
}

void OffersDialog::updateButtons()
{
    m_add->setEnabled(!chosen().empty());
}

void OffersDialog::addChosen()
{
    const std::vector<OfferedModel> models = chosen();
    if (models.empty())
        return;
    const std::string today = isoTimestamp(wallClockMs()).substr(0, 10);
    const Result<PolicyEdit> edit =
        addOfferedModels(*m_session.policy().document(), m_asked, models, today);
    if (!edit) {
        m_session.report(edit.error());
        return;
    }
    m_session.policy().applyText(edit->text, edit->label);
    m_session.goTo(QStringLiteral("policy"), edit->select);
}

} // namespace signalbox
