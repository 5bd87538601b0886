// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/compare_dialog.h"

#include "ui/theme/text.h"
#include "ui/theme/widgets.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace signalbox {

namespace {
constexpr int kMostTimes = 50;
constexpr int kMostColumns = 64;
constexpr int kNumberRole = Qt::UserRole + 1;
} // namespace

CompareDialog::CompareDialog(Session& session, QWidget* parent) : QDialog(parent), m_session(session)
{
    setObjectName(QStringLiteral("compareDialog"));
    setWindowTitle(tr("Compare"));
    resize(440, 460);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::s);
    auto* intro = new MutedLabel(
        tr("The prompt is sent each way that is ticked; the answers appear side by side."), this);
    intro->setWordWrap(true);
    layout->addWidget(intro);
    m_edited = new QCheckBox(tr("The policy as it is &edited now"), this);
    m_edited->setObjectName(QStringLiteral("compareEdited"));
    m_edited->setAccessibleName(tr("The policy as it is edited now"));
    m_edited->setChecked(true);
    m_tiers = new QCheckBox(tr("Each &tier alone"), this);
    m_tiers->setObjectName(QStringLiteral("compareTiers"));
    m_tiers->setAccessibleName(tr("Each tier alone"));
    m_tiers->setToolTip(tr("Asks every tier that is not barred, one after the other."));
    layout->addWidget(m_edited);
    layout->addWidget(m_tiers);
    auto* caption = new QLabel(tr("Saved &versions"), this);
    layout->addWidget(caption);
    m_versions = new QListWidget(this);
    m_versions->setObjectName(QStringLiteral("compareVersions"));
    m_versions->setAccessibleName(tr("Saved versions to compare"));
    caption->setBuddy(m_versions);
    layout->addWidget(m_versions, 1);
    m_noVersions =
        new MutedLabel(tr("The workspace has no saved version yet. File › Save Version makes one."), this);
    m_noVersions->setObjectName(QStringLiteral("compareNoVersions"));
    m_noVersions->setWordWrap(true);
    m_noVersions->hide();
    layout->addWidget(m_noVersions);
    auto* foot = new QHBoxLayout;
    auto* each = new QLabel(tr("Ti&mes each"), this);
    m_times = new QSpinBox(this);
    m_times->setObjectName(QStringLiteral("compareTimes"));
    m_times->setAccessibleName(tr("How many times each"));
    m_times->setRange(1, kMostTimes);
    m_times->setToolTip(tr("The same request several times shows how much answers vary."));
    each->setBuddy(m_times);
    foot->addWidget(each);
    foot->addWidget(m_times);
    m_sum = new MutedLabel({}, this);
    m_sum->setObjectName(QStringLiteral("compareSum"));
    m_sum->setWordWrap(false);
    foot->addWidget(m_sum, 1);
    layout->addLayout(foot);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    auto* cancel = plainButton(tr("Cancel"), QStringLiteral("compareCancel"), this);
    cancel->setAccessibleName(tr("Compare nothing"));
    m_run = primaryButton(tr("&Compare"), QStringLiteral("compareRun"), this);
    m_run->setAccessibleName(tr("Send the prompt each way"));
    m_run->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addWidget(m_run);
    layout->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_run, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_edited, &QCheckBox::toggled, this, &CompareDialog::update);
    connect(m_tiers, &QCheckBox::toggled, this, &CompareDialog::update);
    connect(m_times, &QSpinBox::valueChanged, this, &CompareDialog::update);
    connect(m_versions, &QListWidget::itemChanged, this, &CompareDialog::update);
    connect(m_versions, &QListWidget::itemActivated, this, [](QListWidgetItem* item) {
        item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    });
    readVersions();
    update();
}

void CompareDialog::readVersions()
{
    m_session.store().read(
        this, [](WorkspaceReader& reader) { return reader.policyHistory(); },
        [this](Result<std::vector<PolicyVersion>> versions) {
            if (!versions) {
                m_session.report(versions.error());
                return;
            }
            for (const PolicyVersion& version : *versions) {
                QStringList tags;
                for (const std::string& tag : version.tags)
                    tags << qs(tag);
                QString text = tr("%1 v%2").arg(qs(version.name)).arg(version.version);
                if (!tags.isEmpty())
                    text += QStringLiteral(" (%1)").arg(tags.join(QStringLiteral(", ")));
                if (!version.message.empty())
                    text += QStringLiteral(" · %1").arg(qs(version.message).simplified());
                auto* item = new QListWidgetItem(text, m_versions);
                item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
                item->setCheckState(Qt::Unchecked);
                item->setData(Qt::UserRole, qs(version.name));
                item->setData(kNumberRole, version.version);
                item->setToolTip(text);
            }
            m_noVersions->setVisible(versions->empty());
            m_versions->setVisible(!versions->empty());
            update();
        });
}

CompareDialog::Choice CompareDialog::choice() const
{
    Choice choice;
    choice.edited = m_edited->isChecked();
    choice.tiers = m_tiers->isChecked();
    choice.times = m_times->value();
    for (int i = 0; i < m_versions->count(); ++i) {
        const QListWidgetItem* item = m_versions->item(i);
        if (item->checkState() == Qt::Checked)
            choice.versions.emplace_back(item->data(Qt::UserRole).toString(),
                                         item->data(kNumberRole).toInt());
    }
    return choice;
}

void CompareDialog::update()
{
    const Choice now = choice();
    const PolicyPtr policy = m_session.policy().document()->policy;
    const int tiers = now.tiers && policy ? static_cast<int>(policy->tiers.size()) : 0;
    const int columns = (static_cast<int>(now.versions.size()) + (now.edited ? 1 : 0) + tiers) * now.times;
    m_run->setEnabled(columns > 0 && columns <= kMostColumns);
    m_sum->setText(columns > kMostColumns
                       ? tr("%1 columns are too many; %2 fit").arg(columns).arg(kMostColumns)
                       : tr("%n column(s)", nullptr, columns));
}

} // namespace signalbox
