// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traces/traces_model.h"

#include "ui/theme/text.h"
#include "ui/theme/theme.h"

#include <QDateTime>

namespace signalbox {

namespace {
constexpr int kMostPages = 60; // kept in memory; the farthest go first

QString shortTime(std::int64_t wallMs)
{
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(wallMs);
    return when.toString(when.date() == QDate::currentDate() ? QStringLiteral("hh:mm:ss")
                                                             : QStringLiteral("d MMM hh:mm"));
}

} // namespace

TracesModel::TracesModel(Store& store, QObject* parent) : QAbstractTableModel(parent), m_store(store)
{
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        if (m_count > 0)
            Q_EMIT dataChanged(index(0, 0), index(m_count - 1, ColumnCount - 1), {Qt::ForegroundRole});
    });
}

void TracesModel::setFilter(const TraceFilter& filter)
{
    m_filter = filter;
    m_counting = false; // whatever is being read was asked of the old filter
    reload();
}

void TracesModel::setTierOrder(const QStringList& tiers)
{
    m_tiers = tiers;
}

void TracesModel::clear()
{
    m_asked.next();
    beginResetModel();
    m_count = 0;
    m_pages.clear();
    m_wanted.clear();
    m_counting = false;
    m_again = false;
    endResetModel();
}

void TracesModel::reload()
{
    if (m_counting) {
        m_again = true;
        return;
    }
    m_counting = true;
    m_ticket = m_asked.next();
    struct First
    {
        int count = 0;
        std::vector<TraceRow> rows;
    };
    TraceFilter wanted = m_filter;
    wanted.limit = kPage;
    wanted.offset = 0;
    m_store.read(
        this,
        [wanted](WorkspaceReader& reader) -> Result<First> {
            auto count = reader.traceCount(wanted);
            if (!count)
                return tl::unexpected<Error>(count.error());
            auto rows = reader.traceRows(wanted);
            if (!rows)
                return tl::unexpected<Error>(rows.error());
            return First{*count, std::move(*rows)};
        },
        [this, ticket = m_ticket](Result<First> first) {
            if (!m_asked.isCurrent(ticket))
                return;
            m_counting = false;
            if (!first) {
                Q_EMIT failed(first.error());
                return;
            }
            beginResetModel();
            m_count = std::max(first->count, static_cast<int>(first->rows.size()));
            m_pages.clear();
            m_wanted.clear();
            m_pages.insert(0, std::move(first->rows));
            endResetModel();
            Q_EMIT loaded();
            if (std::exchange(m_again, false))
                reload();
        });
}

void TracesModel::want(int page) const
{
    if (m_pages.contains(page) || m_wanted.contains(page))
        return;
    m_wanted.append(page);
    // data() must not change the model while a view asks; the read begins when control is back in the event
    // loop.
    auto* self = const_cast<TracesModel*>(this);
    QMetaObject::invokeMethod(self, [self, page] { self->fetch(page); }, Qt::QueuedConnection);
}

void TracesModel::fetch(int page)
{
    if (!m_wanted.contains(page))
        return;
    TraceFilter wanted = m_filter;
    wanted.limit = kPage;
    wanted.offset = page * kPage;
    m_store.read(
        this, [wanted](WorkspaceReader& reader) { return reader.traceRows(wanted); },
        [this, page, ticket = m_ticket](Result<std::vector<TraceRow>> rows) {
            if (!m_asked.isCurrent(ticket))
                return;
            m_wanted.removeAll(page);
            if (!rows) {
                Q_EMIT failed(rows.error());
                return;
            }
            if (m_pages.size() >= kMostPages) {
                int farthest = page;
                for (auto it = m_pages.keyBegin(); it != m_pages.keyEnd(); ++it) {
                    if (std::abs(*it - page) > std::abs(farthest - page))
                        farthest = *it;
                }
                m_pages.remove(farthest);
            }
            m_pages.insert(page, std::move(*rows));
            const int last = std::min(m_count, (page + 1) * kPage) - 1;
            if (last >= page * kPage)
                Q_EMIT dataChanged(index(page * kPage, 0), index(last, ColumnCount - 1));
            Q_EMIT loaded();
        });
}

const TraceRow* TracesModel::row(int index) const
{
    const auto page = m_pages.constFind(index / kPage);
    if (page == m_pages.constEnd() || index % kPage >= static_cast<int>(page->size()))
        return nullptr;
    return &(*page)[static_cast<std::size_t>(index % kPage)];
}

int TracesModel::rowOf(const QString& traceId) const
{
    const std::string wanted = ss(traceId);
    for (auto page = m_pages.constBegin(); page != m_pages.constEnd(); ++page) {
        for (std::size_t i = 0; i < page->size(); ++i) {
            if ((*page)[i].id == wanted)
                return page.key() * kPage + static_cast<int>(i);
        }
    }
    return -1;
}

int TracesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_count;
}

int TracesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TracesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section >= FirstToken && section <= Quality ? Qt::AlignRight | Qt::AlignVCenter
                                                                    : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("time");
    case Prompt:
        return tr("prompt");
    case RouteTier:
        return tr("route → tier");
    case Status:
        return tr("status");
    case Hops:
        return tr("hops");
    case Reasons:
        return tr("reasons");
    case FirstToken:
        return tr("first token");
    case Latency:
        return tr("latency");
    case Cost:
        return tr("cost");
    case Quality:
        return tr("quality");
    case Source:
        return tr("endpoints");
    default:
        return {};
    }
}

QString TracesModel::text(const TraceRow& row, int column) const
{
    const auto place = [](const std::string& name) { return name == "human" ? tr("person") : qs(name); };
    switch (column) {
    case Time:
        return shortTime(row.startedAtMs);
    case Prompt:
        return qs(row.promptPreview);
    case RouteTier: {
        const QString to = row.finalTier.empty()
                               ? (row.status == TraceStatus::HandedOff                        ? tr("person")
                                  : row.reasons.find("cache.hit") != std::string::npos ? tr("cache")
                                                                                       : QStringLiteral("–"))
                               : place(row.finalTier);
        const QString from = row.mode == TraceMode::AllTiers ? tr("all") : place(row.route);
        return from == to ? to : from + QStringLiteral(" → ") + to;
    }
    case Status:
        switch (row.status) {
        case TraceStatus::Answered:
            return row.escalations > 0 ? tr("escalated") : tr("answered");
        case TraceStatus::HandedOff:
            return tr("handed off");
        case TraceStatus::Failed:
            return tr("failed");
        case TraceStatus::Cancelled:
            return tr("cancelled");
        }
        return {};
    case Hops:
        return QString::number(row.hops);
    case Reasons:
        return qs(row.reasons).replace(QLatin1Char(','), QStringLiteral(", "));
    case FirstToken:
        return row.status == TraceStatus::HandedOff && !row.ttftMs ? QStringLiteral("–") : msText(row.ttftMs);
    case Latency:
        return msText(row.latencyMs);
    case Cost: {
        CostSum sum;
        sum.known = row.knownCost;
        sum.unknownParts = row.unknownCharges;
        sum.knownParts = row.charges - row.unknownCharges;
        if (sum.unknownParts > 0 && sum.knownParts > 0)
            return QStringLiteral("≥ ") + usdText(std::optional(sum.known));
        return usdText(sum);
    }
    case Quality:
        return qualityText(row.quality);
    case Source:
        return row.simulated ? tr("Sandbox") : tr("live");
    default:
        return {};
    }
}

QString TracesModel::hover(const TraceRow& row, int column) const
{
    switch (column) {
    case Time:
        return timeText(row.startedAtMs);
    case Prompt:
        return qs(row.promptPreview);
    case Reasons: {
        QStringList lines;
        const QStringList codes = qs(row.reasons).split(QLatin1Char(','), Qt::SkipEmptyParts);
        for (const QString& code : codes)
            lines << code + QStringLiteral(": ") + reasonInWords(code);
        return lines.join(QLatin1Char('\n'));
    }
    case Cost:
        return tr("%1 of %2 charges have a known price")
            .arg(row.charges - row.unknownCharges)
            .arg(row.charges);
    case Quality:
        return row.quality ? tr("0 to 1, by %1").arg(qs(row.qualitySource)) : tr("nobody judged this answer");
    case Source:
        return row.simulated ? tr("Answered by the sandbox: real servers on this machine whose intelligence "
                                  "is simulated")
                             : tr("Answered by real endpoints");
    default:
        return {};
    }
}

QVariant TracesModel::data(const QModelIndex& at, int role) const
{
    if (!checkIndex(at, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(at.column() >= FirstToken && at.column() <= Quality
                            ? Qt::AlignRight | Qt::AlignVCenter
                            : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::ForegroundRole &&
        role != Qt::UserRole)
        return {};
    const TraceRow* found = row(at.row());
    if (!found) {
        if (role == Qt::DisplayRole) {
            want(at.row() / kPage);
            return at.column() == Prompt ? QStringLiteral("…") : QString();
        }
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return text(*found, at.column());
    case Qt::UserRole:
        return qs(found->id);
    case Qt::ToolTipRole: {
        const QString words = hover(*found, at.column());
        return words.isEmpty() ? QVariant() : QVariant(words);
    }
    default:
        break;
    }
    const Theme& theme = Theme::instance();
    switch (at.column()) {
    case RouteTier:
        return theme.route(qs(found->status == TraceStatus::HandedOff ? "human" : found->finalTier), m_tiers);
    case Status:
        return found->status == TraceStatus::Failed                               ? theme.colors().bad
               : found->status == TraceStatus::Answered && found->escalations > 0 ? theme.colors().warn
               : found->status == TraceStatus::Answered                           ? theme.colors().good
                                                                                  : theme.colors().muted;
    case Quality:
        return found->quality ? theme.colors().text : theme.colors().muted;
    case Time:
    case Reasons:
    case Source:
        return theme.colors().muted;
    default:
        return theme.colors().text;
    }
}

} // namespace signalbox
