// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/batch_panel.h"

#include "ui/theme/text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>

namespace signalbox {

namespace {
constexpr int kMostAtOnce = 256;
constexpr int kUsuallyAtOnce = 16;
// Before this the time that is left is a guess about nothing.
constexpr int kFinishedBeforeGuess = 8;
} // namespace

BatchPanel::BatchPanel(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("batchPanel"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addWidget(new CaptionLabel(tr("Dataset runs"), this));
    m_none = new MutedLabel(
        tr("The workspace holds no dataset. Import one with File › Import Prompts, or open the "
           "sample workspace."),
        this);
    m_none->setObjectName(QStringLiteral("noDataset"));
    m_none->setWordWrap(true);
    layout->addWidget(m_none);

    m_controls = new QWidget(this);
    auto* controls = new QVBoxLayout(m_controls);
    controls->setContentsMargins(0, 0, 0, 0);
    controls->setSpacing(space::s);
    m_datasets = new QComboBox(m_controls);
    m_datasets->setObjectName(QStringLiteral("datasetBox"));
    m_datasets->setAccessibleName(tr("Dataset"));
    m_datasets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(m_datasets, &QComboBox::currentIndexChanged, this, [this] { Q_EMIT datasetChosen(dataset()); });
    controls->addWidget(m_datasets);

    auto* buttons = new FlowLayout; // the words of another language may need a second line
    m_run = plainButton(tr("Run"), QStringLiteral("runDataset"), m_controls);
    m_run->setAccessibleName(tr("Run the dataset"));
    m_run->setToolTip(tr("Send every prompt of the dataset through the cascade"));
    m_allTiers = plainButton(tr("All Tiers"), QStringLiteral("runDatasetAllTiers"), m_controls);
    m_allTiers->setAccessibleName(tr("Run the dataset with all tiers"));
    m_allTiers->setToolTip(tr("Ask every tier that is not barred for every prompt: what Tuning compares"));
    auto* pace = new QWidget(m_controls);
    m_concurrency = new QSpinBox(pace);
    m_concurrency->setObjectName(QStringLiteral("concurrency"));
    m_concurrency->setAccessibleName(tr("Requests at once"));
    m_concurrency->setRange(1, kMostAtOnce);
    m_concurrency->setValue(kUsuallyAtOnce);
    m_concurrency->setToolTip(tr("How many requests run at once"));
    auto* atOnce = new MutedLabel(tr("at once"), pace);
    atOnce->setWordWrap(false);
    auto* paceRow = new QHBoxLayout(pace);
    paceRow->setContentsMargins(0, 0, 0, 0);
    paceRow->setSpacing(space::s);
    paceRow->addWidget(m_concurrency);
    paceRow->addWidget(atOnce);
    buttons->addWidget(m_run);
    buttons->addWidget(m_allTiers);
    buttons->addWidget(pace);
    controls->addLayout(buttons);
    m_resume = linkButton({}, QStringLiteral("resumeDataset"), m_controls);
    m_resumeAllTiers = linkButton({}, QStringLiteral("resumeDatasetAllTiers"), m_controls);
    for (QPushButton* resume : {m_resume, m_resumeAllTiers}) {
        resume->setToolTip(
            tr("An earlier run under this policy did not get to all prompts: runs those that are left"));
        auto* line = new QHBoxLayout;
        line->addWidget(resume);
        line->addStretch();
        controls->addLayout(line);
    }
    connect(m_resume, &QPushButton::clicked, this,
            [this] { Q_EMIT resumeAsked(dataset(), TraceMode::Policy, concurrency()); });
    connect(m_resumeAllTiers, &QPushButton::clicked, this,
            [this] { Q_EMIT resumeAsked(dataset(), TraceMode::AllTiers, concurrency()); });
    layout->addWidget(m_controls);
    connect(m_run, &QPushButton::clicked, this,
            [this] { Q_EMIT runAsked(dataset(), TraceMode::Policy, concurrency()); });
    connect(m_allTiers, &QPushButton::clicked, this,
            [this] { Q_EMIT runAsked(dataset(), TraceMode::AllTiers, concurrency()); });

    m_progressRow = new QWidget(this);
    auto* row = new QHBoxLayout(m_progressRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s);
    m_bar = new QProgressBar(m_progressRow);
    m_bar->setObjectName(QStringLiteral("batchProgress"));
    m_bar->setAccessibleName(tr("Progress of the dataset run"));
    m_bar->setTextVisible(false);
    m_count = new QLabel(m_progressRow);
    m_count->setObjectName(QStringLiteral("batchCount"));
    m_stop = plainButton(tr("Stop"), QStringLiteral("stopBatch"), m_progressRow);
    m_stop->setAccessibleName(tr("Stop the dataset run"));
    connect(m_stop, &QPushButton::clicked, this, &BatchPanel::stopAsked);
    row->addWidget(m_bar, 1);
    row->addWidget(m_count);
    row->addWidget(m_stop);
    layout->addWidget(m_progressRow);
    m_status = new MutedLabel({}, this);
    m_status->setObjectName(QStringLiteral("batchStatus"));
    m_status->setWordWrap(true);
    layout->addWidget(m_status);
    m_progressRow->hide();
    m_status->hide();
    setDatasets({});
    setLeft(0, 0);
}

void BatchPanel::setDatasets(const std::vector<DatasetInfo>& datasets)
{
    const QString before = dataset();
    {
        const QSignalBlocker blocker(m_datasets);
        m_datasets->clear();
        for (const DatasetInfo& info : datasets)
            m_datasets->addItem((info.prompts == 1 ? tr("%1 · %2 prompt") : tr("%1 · %2 prompts"))
                                    .arg(qs(info.name), countText(info.prompts)),
                                qs(info.name));
        selectDataset(before);
    }
    m_none->setVisible(datasets.empty());
    m_controls->setVisible(!datasets.empty());
    updateButtons();
    if (dataset() != before)
        Q_EMIT datasetChosen(dataset());
}

QString BatchPanel::dataset() const
{
    return m_datasets->currentData().toString();
}

bool BatchPanel::selectDataset(const QString& name)
{
    const int index = m_datasets->findData(name);
    if (index < 0)
        return false;
    m_datasets->setCurrentIndex(index);
    return true;
}

int BatchPanel::concurrency() const
{
    return m_concurrency->value();
}

void BatchPanel::setMayRun(bool mayRun)
{
    m_mayRun = mayRun;
    updateButtons();
}

void BatchPanel::setLeft(int policyLeft, int allTiersLeft)
{
    m_left = policyLeft;
    m_allTiersLeft = allTiersLeft;
    //: %n is a number of prompts that are left
    m_resume->setText(tr("Resume the run: %n left", nullptr, policyLeft));
    m_resume->setAccessibleName(m_resume->text());
    m_resumeAllTiers->setText(tr("Resume all tiers: %n left", nullptr, allTiersLeft));
    m_resumeAllTiers->setAccessibleName(m_resumeAllTiers->text());
    updateButtons();
}

void BatchPanel::begin(const QString& dataset, TraceMode mode, int total)
{
    m_running = true;
    m_clock.start();
    selectDataset(dataset);
    m_bar->setRange(0, std::max(1, total));
    m_bar->setValue(0);
    m_count->setText(tr("%1 / %2").arg(countText(0), countText(total)));
    m_status->setText(mode == TraceMode::AllTiers ? tr("With all tiers.") : QString());
    m_progressRow->show();
    m_status->show();
    m_stop->setEnabled(true);
    updateButtons();
}

QString BatchPanel::statusText(const BatchProgress& progress) const
{
    QStringList parts{
        tr("%1 at once").arg(countText(progress.started - progress.finished - progress.notRecorded))};
    const int finished = progress.finished + progress.notRecorded;
    if (finished >= kFinishedBeforeGuess && finished < progress.total) {
        const double left =
            static_cast<double>(m_clock.elapsed()) / finished * (progress.total - finished) / 1000.0;
        parts << (left < 90 ? tr("%1 s left").arg(countText(static_cast<qint64>(std::ceil(left))))
                            : tr("%1 min left").arg(countText(static_cast<qint64>(std::ceil(left / 60)))));
    }
    parts << tr("%1 so far").arg(usdText(progress.cost));
    if (progress.failed > 0)
        parts << tr("%1 failed").arg(countText(progress.failed));
    return parts.join(QStringLiteral(" · "));
}

void BatchPanel::progress(const BatchProgress& progress)
{
    if (!m_running)
        return;
    m_bar->setValue(progress.finished);
    m_count->setText(tr("%1 / %2").arg(countText(progress.finished), countText(progress.total)));
    m_status->setText(progress.cancelled ? tr("Stopping…") : statusText(progress));
    if (progress.cancelled)
        m_stop->setEnabled(false);
}

void BatchPanel::finish(const BatchProgress& progress)
{
    m_running = false;
    m_bar->setValue(progress.finished);
    m_count->setText(tr("%1 / %2").arg(countText(progress.finished), countText(progress.total)));
    QStringList sentences;
    if (progress.cancelled)
        sentences << tr("Stopped at %1 of %2. What was finished is kept.")
                         .arg(countText(progress.finished), countText(progress.total));
    else
        sentences << (progress.finished == 1 ? tr("%1 trace in %2.") : tr("%1 traces in %2."))
                         .arg(countText(progress.finished), msText(static_cast<double>(m_clock.elapsed())));
    sentences << tr("Cost %1.").arg(usdText(progress.cost));
    if (progress.failed > 0)
        sentences << tr("Failed: %1.").arg(countText(progress.failed));
    if (progress.notRecorded > 0)
        sentences << tr("Could not be written and lost: %1.").arg(countText(progress.notRecorded));
    m_status->setText(sentences.join(QLatin1Char(' ')));
    m_stop->setEnabled(false);
    updateButtons();
}

void BatchPanel::updateButtons()
{
    const bool may = m_mayRun && !m_running && !dataset().isEmpty();
    m_run->setEnabled(may);
    m_allTiers->setEnabled(may);
    m_resume->setVisible(m_left > 0 && !m_running);
    m_resumeAllTiers->setVisible(m_allTiersLeft > 0 && !m_running);
    m_resume->setEnabled(may);
    m_resumeAllTiers->setEnabled(may);
    m_concurrency->setEnabled(!m_running);
    m_datasets->setEnabled(!m_running);
}

} // namespace signalbox
