// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traces/trace_filters.h"

#include "ui/theme/text.h"
#include "ui/theme/widgets.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QTimer>

namespace signalbox {

namespace {
constexpr int kTypingMs = 200;
} // namespace

TraceFilters::TraceFilters(QWidget* parent)
    : QWidget(parent), m_text(new QLineEdit(this)),
      m_dataset(combo(QStringLiteral("traceDataset"), tr("Dataset"), tr("any dataset"))),
      m_tier(combo(QStringLiteral("traceTier"), tr("Tier that answered"), tr("any tier"))),
      m_status(combo(QStringLiteral("traceStatus"), tr("Status"), tr("any status"))),
      m_escalated(combo(QStringLiteral("traceEscalated"), tr("Escalated"), tr("escalated or not"))),
      m_reason(combo(QStringLiteral("traceReason"), tr("Reason code"), tr("any reason"))),
      m_order(combo(QStringLiteral("traceOrder"), tr("Order"), {})), m_typing(new QTimer(this))
{
    setObjectName(QStringLiteral("traceFilters"));
    m_text->setObjectName(QStringLiteral("traceSearch"));
    m_text->setAccessibleName(tr("Text to look for"));
    m_text->setPlaceholderText(tr("Find in prompts, answers and reasons"));
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(220);
    for (const TraceStatus status :
         {TraceStatus::Answered, TraceStatus::HandedOff, TraceStatus::Failed, TraceStatus::Cancelled}) {
        const QString words[] = {tr("answered"), tr("handed off"), tr("failed"), tr("cancelled")};
        m_status->addItem(words[static_cast<int>(status)], static_cast<int>(status));
    }
    m_escalated->addItem(tr("escalated"), true);
    m_escalated->addItem(tr("not escalated"), false);
    using Order = TraceFilter::Order;
    const std::pair<QString, Order> orders[] = {{tr("newest first"), Order::Newest},
                                                {tr("oldest first"), Order::Oldest},
                                                {tr("costliest first"), Order::Costliest},
                                                {tr("slowest first"), Order::Slowest},
                                                {tr("lowest quality first"), Order::LowestQuality}};
    for (const auto& [name, order] : orders)
        m_order->addItem(name, static_cast<int>(order));
    auto* layout = new FlowLayout(this, space::s);
    layout->addWidget(m_text);
    for (QComboBox* box : {m_dataset, m_tier, m_status, m_escalated, m_reason, m_order}) {
        layout->addWidget(box);
        connect(box, &QComboBox::currentIndexChanged, this, &TraceFilters::changed);
    }
    m_typing->setSingleShot(true);
    m_typing->setInterval(kTypingMs);
    connect(m_text, &QLineEdit::textChanged, m_typing, QOverload<>::of(&QTimer::start));
    connect(m_typing, &QTimer::timeout, this, &TraceFilters::changed);
}

QComboBox* TraceFilters::combo(const QString& objectName, const QString& name, const QString& any)
{
    auto* box = new QComboBox(this);
    box->setObjectName(objectName);
    box->setAccessibleName(name);
    box->setToolTip(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->setMaximumWidth(230);
    if (!any.isEmpty())
        box->addItem(any);
    return box;
}

void TraceFilters::fill(QComboBox* box, const QStringList& values)
{
    const QSignalBlocker blocker(box);
    const QString chosen = box->currentData().toString();
    while (box->count() > 1)
        box->removeItem(1);
    for (const QString& value : values)
        box->addItem(value == QLatin1String("human") ? tr("person") : value, value);
    box->setCurrentIndex(std::max(0, chosen.isEmpty() ? 0 : box->findData(chosen)));
}

void TraceFilters::setDatasets(const QStringList& names)
{
    fill(m_dataset, names);
}

void TraceFilters::setTiers(const QStringList& ids)
{
    fill(m_tier, ids);
}

void TraceFilters::setReasons(const QStringList& codes)
{
    fill(m_reason, codes);
}

void TraceFilters::setReason(const QString& code)
{
    if (m_reason->findData(code) < 0)
        m_reason->addItem(code, code);
    m_reason->setCurrentIndex(m_reason->findData(code));
}

void TraceFilters::setOrder(TraceFilter::Order order)
{
    m_order->setCurrentIndex(m_order->findData(static_cast<int>(order)));
}

void TraceFilters::focusSearch()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

bool TraceFilters::isNarrowed() const
{
    return !m_text->text().trimmed().isEmpty() || m_dataset->currentIndex() > 0 ||
           m_tier->currentIndex() > 0 || m_status->currentIndex() > 0 || m_escalated->currentIndex() > 0 ||
           m_reason->currentIndex() > 0;
}

void TraceFilters::clear()
{
    {
        const QSignalBlocker text(m_text);
        m_text->clear();
        for (QComboBox* box : {m_dataset, m_tier, m_status, m_escalated, m_reason}) {
            const QSignalBlocker blocker(box);
            box->setCurrentIndex(0);
        }
    }
    Q_EMIT changed();
}

TraceFilter TraceFilters::filter() const
{
    TraceFilter wanted;
    wanted.text = ss(m_text->text().trimmed());
    wanted.dataset = ss(m_dataset->currentData().toString());
    wanted.tier = ss(m_tier->currentData().toString());
    if (m_status->currentIndex() > 0)
        wanted.status = static_cast<TraceStatus>(m_status->currentData().toInt());
    if (m_escalated->currentIndex() > 0)
        wanted.escalated = m_escalated->currentData().toBool();
    wanted.reason = ss(m_reason->currentData().toString());
    wanted.order = static_cast<TraceFilter::Order>(m_order->currentData().toInt());
    return wanted;
}

} // namespace signalbox
