// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/moved_card.h"

#include "ui/theme/text.h"
#include "ui/theme/toned_delegate.h"
#include "ui/tuning/tuning_work.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

#include <array>

namespace signalbox {

namespace {
constexpr int kRowHeight = 28;
constexpr int kWide = 760;
} // namespace

MovedCard::MovedCard(QWidget* parent) : Card(parent)
{
    setObjectName(QStringLiteral("movedCard"));
    body()->setContentsMargins(1, space::m, 1, space::xs);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(space::m, 0, space::m, 0);
    head->setSpacing(space::s);
    m_title = new QLabel(this);
    m_title->setObjectName(QStringLiteral("movedTitle"));
    m_title->setFont(Theme::font(TextSize::Normal, QFont::DemiBold));
    m_better = new Pill({}, Tone::Good, this);
    m_same = new Pill({}, Tone::Neutral, this);
    m_worse = new Pill({}, Tone::Bad, this);
    m_unknown = new Pill({}, Tone::Neutral, this);
    m_better->setObjectName(QStringLiteral("movedBetter"));
    m_same->setObjectName(QStringLiteral("movedSame"));
    m_worse->setObjectName(QStringLiteral("movedWorse"));
    m_unknown->setObjectName(QStringLiteral("movedUnknown"));
    head->addWidget(m_title);
    for (Pill* pill : {m_better, m_same, m_worse, m_unknown})
        head->addWidget(pill);
    head->addStretch();
    body()->addLayout(head);
    m_none = new MutedLabel({}, this);
    m_none->setObjectName(QStringLiteral("movedNone"));
    m_none->setContentsMargins(space::m, 0, space::m, space::s);
    body()->addWidget(m_none);

    m_model = new MovedModel(this);
    m_table = new QTableView(this);
    m_table->setItemDelegate(new TonedDelegate(m_table));
    m_table->setObjectName(QStringLiteral("movedTable"));
    m_table->setAccessibleName(tr("Requests that would move"));
    m_table->setModel(m_model);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    m_table->setMinimumHeight(4 * kRowHeight);
    m_table->setToolTip(tr("Enter opens the request in the Playground"));
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsClickable(false);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(MovedModel::RequestColumn, QHeaderView::Stretch);
    setColumns();
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (const MovedRequest* moved = m_model->at(index.row()))
            Q_EMIT requestChosen(moved->row);
    });
    body()->addWidget(m_table, 1);
    body()->addStretch(0); // takes the room of a table that is not there
    show({}, {}, false);
}

void MovedCard::setColumns()
{
    // In a small window the request keeps room by what the codes give up.
    const bool wide = width() >= kWide;
    const std::array<int, MovedModel::ColumnCount> widths{0, 60, 60, wide ? 190 : 116, wide ? 120 : 102, 104};
    for (int column = 1; column < MovedModel::ColumnCount; ++column)
        m_table->setColumnWidth(column, widths[static_cast<std::size_t>(column)]);
}

void MovedCard::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    setColumns();
}

void MovedCard::show(const std::vector<MovedRequest>& moved, const QStringList& tiers, bool changed)
{
    int better = 0;
    int same = 0;
    int worse = 0;
    int unknown = 0;
    for (const MovedRequest& one : moved) {
        const auto verdict = verdictOn(one);
        ++(!verdict ? unknown : *verdict > 0 ? better : *verdict < 0 ? worse : same);
    }
    m_title->setText(moved.size() == 1
                         ? tr("1 request would move")
                         : tr("%1 requests would move").arg(countText(static_cast<qint64>(moved.size()))));
    const auto count = [](Pill* pill, const QString& word, int n, bool always) {
        pill->setText(QStringLiteral("%1 %2").arg(word, countText(n)));
        pill->setAccessibleName(pill->text());
        pill->setVisible(always || n > 0);
        pill->updateGeometry();
    };
    const bool any = !moved.empty();
    count(m_better, tr("better"), better, any);
    count(m_same, tr("same"), same, any);
    count(m_worse, tr("worse"), worse, any);
    count(m_unknown, tr("not judged"), unknown, false);
    m_none->setText(changed ? tr("At this setting every request ends where the policy would send it.")
                            : tr("Move the threshold to see which requests would end elsewhere."));
    m_none->setVisible(!any);
    m_table->setVisible(any);
    m_model->show(moved, tiers);
}

} // namespace signalbox
