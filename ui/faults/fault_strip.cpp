// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/faults/fault_strip.h"

#include "ui/faults/fault_text.h"
#include "ui/theme/text.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace signalbox {

FaultStrip::FaultStrip(SandboxFaults& faults, FaultWatch& watch, QWidget* parent)
    : QWidget(parent), m_faults(faults), m_watch(watch)
{
    setObjectName(QStringLiteral("faultStrip"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addWidget(new CaptionLabel(tr("Faults"), this));
    m_none = new MutedLabel({}, this);
    m_none->setObjectName(QStringLiteral("noFaults"));
    m_none->setWordWrap(true);
    layout->addWidget(m_none);
    m_list = new QVBoxLayout;
    m_list->setSpacing(space::xs);
    layout->addLayout(m_list);
    auto* links = new QHBoxLayout;
    links->setSpacing(space::m);
    m_add = linkButton(tr("+ add a fault"), QStringLiteral("addFault"), this);
    m_add->setAccessibleName(tr("Open the fault lab"));
    connect(m_add, &QPushButton::clicked, this, [this] { Q_EMIT labAsked({}); });
    m_allOff = linkButton(tr("All off"), QStringLiteral("stripAllOff"), this);
    m_allOff->setAccessibleName(tr("Switch all faults off"));
    connect(m_allOff, &QPushButton::clicked, &m_faults, &SandboxFaults::switchAllOff);
    links->addWidget(m_add);
    links->addWidget(m_allOff);
    links->addStretch();
    layout->addLayout(links);
    connect(&m_faults, &SandboxFaults::changed, this, &FaultStrip::show);
    connect(&m_watch, &FaultWatch::changed, this, &FaultStrip::show);
    show();
}

void FaultStrip::show()
{
    const std::vector<FaultState> on = m_faults.switchedOn();
    m_none->setVisible(on.empty());
    m_none->setText(m_faults.state() == SandboxFaults::State::NoneToAsk
                        ? tr("The policy has no sandbox that could play any.")
                    : m_faults.state() == SandboxFaults::State::NotReached ? tr("No sandbox answers.")
                                                                           : tr("None is on."));
    m_allOff->setVisible(on.size() > 1);
    QStringList shown;
    for (const FaultState& fault : on) {
        const auto verdict = m_watch.verdicts().find(fault.id);
        shown << QStringList{qs(fault.id), m_faults.targetOf(fault), QString::number(fault.left.value_or(0)),
                             verdict == m_watch.verdicts().end() ? QString() : verdict->second.reason}
                     .join(QLatin1Char('|'));
    }
    if (shown == m_shown)
        return;
    m_shown = shown;
    while (QLayoutItem* item = m_list->takeAt(0)) {
        if (item->widget()) { // it may be in the middle of its own click
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (const FaultState& fault : on) {
        auto* row = new QWidget(this);
        row->setObjectName(QStringLiteral("faultRow:%1").arg(qs(fault.id)));
        auto* box = new QVBoxLayout(row);
        box->setContentsMargins(0, 0, 0, 0);
        box->setSpacing(2);
        auto* line = new QHBoxLayout;
        line->setSpacing(space::s);
        const QString target = m_faults.targetOf(fault);
        const QString words =
            target.isEmpty() ? faultTitle(fault) : tr("%1: %2").arg(target, faultTitle(fault));
        auto* name = new ElidedLabel(words, Qt::ElideRight, row);
        auto* state =
            new Pill(fault.left ? tr("%1 left ×").arg(countText(*fault.left)) : tr("on ×"), Tone::Warn, row);
        state->setObjectName(QStringLiteral("faultOff:%1").arg(qs(fault.id)));
        state->setAccessibleName(tr("Switch off: %1").arg(words));
        state->setToolTip(tr("Switch it off"));
        state->setPressable(true);
        connect(state, &Pill::clicked, this, [this, id = qs(fault.id)] { m_faults.switchOff(id); });
        line->addWidget(name, 1);
        line->addWidget(state);
        box->addLayout(line);
        if (const auto verdict = m_watch.verdicts().find(fault.id); verdict != m_watch.verdicts().end()) {
            const auto kind = verdict->second.kind;
            auto* came = new QLabel((kind == FaultVerdict::Kind::AsExpected  ? QStringLiteral("✓ ")
                                     : kind == FaultVerdict::Kind::Otherwise ? QStringLiteral("✗ ")
                                                                             : QString()) +
                                        verdict->second.reason,
                                    row);
            came->setObjectName(QStringLiteral("faultVerdict:%1").arg(qs(fault.id)));
            came->setTextFormat(Qt::PlainText);
            came->setWordWrap(true);
            came->setFont(Theme::font(TextSize::Small));
            if (kind != FaultVerdict::Kind::AsExpected && kind != FaultVerdict::Kind::Otherwise)
                came->setProperty("role", QStringLiteral("muted"));
            came->setProperty("tone", kind == FaultVerdict::Kind::AsExpected  ? QStringLiteral("good")
                                      : kind == FaultVerdict::Kind::Otherwise ? QStringLiteral("bad")
                                                                              : QString());
            box->addWidget(came);
        }
        m_list->addWidget(row);
    }
}

} // namespace signalbox
