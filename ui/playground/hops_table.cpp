// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/hops_table.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace signalbox {

namespace {
constexpr int kRowHeight = 28;
constexpr int kWide = 700;
} // namespace

HopsTable::HopsTable(QWidget* parent) : Card(parent)
{
    setObjectName(QStringLiteral("hopsCard"));
    body()->setContentsMargins(1, space::xs, 1, space::xs);
    m_model = new HopsModel(this);
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("hopsTable"));
    m_table->setAccessibleName(tr("Hops, tries and judges of the run"));
    m_table->setModel(m_model);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    m_table->verticalHeader()->setMinimumSectionSize(kRowHeight);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsClickable(false);
    header->setMinimumSectionSize(28);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(HopsModel::ReasonColumn, QHeaderView::Stretch);
    body()->addWidget(m_table);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    fit();
}

void HopsTable::show(const RunView& run)
{
    m_model->show(run);
    fit();
}

void HopsTable::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    // In a narrow window the time to the first token stands in the timeline only.
    m_table->setColumnHidden(HopsModel::FirstTokenColumn, width() < kWide);
}

void HopsTable::fit()
{
    const int rows = m_model->rowCount();
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() + rows * kRowHeight + 4);
    setVisible(rows > 0);
}

} // namespace signalbox
