// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/all_tiers_start.h"

#include "ui/theme/text.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>

namespace signalbox {

AllTiersStart::AllTiersStart(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("allTiersStart"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    m_empty = new EmptyState(tr("What would a threshold change?"), {}, tr("Run with All Tiers"), this);
    m_empty->button()->setObjectName(QStringLiteral("runAllTiers"));
    connect(m_empty->button(), &QPushButton::clicked, this, [this] { Q_EMIT runAsked(m_dataset); });
    layout->addWidget(m_empty, 1);

    m_running = new QWidget(this);
    auto* running = new QVBoxLayout(m_running);
    running->setSpacing(space::s);
    m_title = new QLabel(m_running);
    m_title->setProperty("role", QStringLiteral("heading"));
    m_title->setAlignment(Qt::AlignCenter);
    m_bar = new QProgressBar(m_running);
    m_bar->setObjectName(QStringLiteral("allTiersProgress"));
    m_bar->setAccessibleName(tr("Progress of the run with all tiers"));
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(360);
    m_status = new MutedLabel({}, m_running);
    m_status->setObjectName(QStringLiteral("allTiersStatus"));
    m_status->setAlignment(Qt::AlignCenter);
    m_stop = plainButton(tr("Stop"), QStringLiteral("stopAllTiers"), m_running);
    m_stop->setAccessibleName(tr("Stop the run with all tiers"));
    connect(m_stop, &QPushButton::clicked, this, &AllTiersStart::stopAsked);
    running->addStretch();
    running->addWidget(m_title);
    running->addWidget(m_bar, 0, Qt::AlignHCenter);
    running->addWidget(m_status);
    running->addWidget(m_stop, 0, Qt::AlignHCenter);
    running->addStretch();
    layout->addWidget(m_running, 1);
    m_running->hide();
}

void AllTiersStart::show(bool opening, const QString& dataset)
{
    m_dataset = dataset;
    m_empty->button()->setVisible(!dataset.isEmpty());
    if (opening)
        m_empty->setTexts(tr("What would a threshold change?"), tr("The workspace is being opened."));
    else if (dataset.isEmpty())
        m_empty->setTexts(
            tr("What would a threshold change?"),
            tr("The workspace holds no dataset. Import prompts with File › Import Prompts, or open the "
               "sample workspace."));
    else
        m_empty->setTexts(
            tr("What would a threshold change?"),
            tr("Run %1 with all tiers to see it: every tier that is not barred answers every prompt once; "
               "then any threshold can be moved and its cost and quality are re-simulated at once.")
                .arg(dataset));
    m_empty->button()->setText(tr("Run %1 with All Tiers").arg(dataset));
    m_empty->button()->setAccessibleName(m_empty->button()->text());
}

void AllTiersStart::showRunning(const QString& dataset, const BatchProgress& now)
{
    m_title->setText(tr("%1 is being run with all tiers").arg(dataset));
    m_empty->hide();
    m_running->show();
    m_stop->setEnabled(true);
    progress(now);
}

void AllTiersStart::showStopped()
{
    m_running->hide();
    m_empty->show();
}

void AllTiersStart::progress(const BatchProgress& now)
{
    m_bar->setRange(0, std::max(1, now.total));
    m_bar->setValue(now.finished);
    m_status->setText(tr("%1 of %2 prompts · %3 so far. What is finished is kept when it is stopped.")
                          .arg(countText(now.finished), countText(now.total), usdText(now.cost)));
    if (now.cancelled)
        m_stop->setEnabled(false);
}

} // namespace signalbox
