// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/compare_panel.h"

#include "ui/shell/live_runs.h"
#include "ui/theme/text.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace signalbox {

namespace {
constexpr int kLeastCellWidth = 236;
constexpr int kCellHeight = 312; ///< where there are several rows of them
constexpr int kCompactFrom = 13; ///< that many are to be seen at once rather than read one by one
constexpr int kCompactWidth = 146;
constexpr int kCompactHeight = 96;
} // namespace

ComparePanel::ComparePanel(LiveRuns& runs, Start start, QWidget* parent)
    : QWidget(parent), m_runs(runs), m_start(std::move(start))
{
    setObjectName(QStringLiteral("comparePanel"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* head = new QFrame(this);
    head->setProperty("role", QStringLiteral("panel"));
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(space::l, space::s, space::l, space::s);
    row->setSpacing(space::m);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    auto* prompt = new ElidedLabel({}, Qt::ElideRight, head);
    m_prompt = prompt;
    m_prompt->setObjectName(QStringLiteral("comparePrompt"));
    m_prompt->setFont(Theme::font(TextSize::Normal, QFont::DemiBold));
    m_note = new MutedLabel({}, head);
    m_note->setObjectName(QStringLiteral("compareNote"));
    m_note->setWordWrap(false);
    words->addWidget(m_prompt);
    words->addWidget(m_note);
    row->addLayout(words, 1);
    m_stop = plainButton(tr("Stop"), QStringLiteral("compareStop"), head);
    m_stop->setAccessibleName(tr("Stop the comparison"));
    m_again = plainButton(tr("Compare…"), QStringLiteral("compareAgain"), head);
    m_again->setAccessibleName(tr("Choose what to compare"));
    m_close = plainButton(tr("Back to the Run"), QStringLiteral("compareClose"), head);
    m_close->setAccessibleName(tr("Back to the single run"));
    row->addWidget(m_stop);
    row->addWidget(m_again);
    row->addWidget(m_close);
    layout->addWidget(head);
    layout->addWidget(hairline(Qt::Horizontal, this));
    connect(m_stop, &QPushButton::clicked, this, &ComparePanel::stop);
    connect(m_again, &QPushButton::clicked, this, &ComparePanel::againAsked);
    connect(m_close, &QPushButton::clicked, this, &ComparePanel::closeAsked);

    m_area = new QScrollArea(this);
    m_area->setObjectName(QStringLiteral("compareArea"));
    m_area->setAccessibleName(tr("Answers side by side"));
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setProperty("role", QStringLiteral("surface"));
    auto* inner = new QWidget;
    m_grid = new QGridLayout(inner);
    m_grid->setContentsMargins(space::l, space::l, space::l, space::l);
    m_grid->setSpacing(space::m);
    m_area->setWidget(inner);
    m_area->viewport()->installEventFilter(this);
    layout->addWidget(m_area, 1);
    connectRuns();
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        for (Source& source : m_sources)
            refresh(source);
    });
}

void ComparePanel::connectRuns()
{
    const auto change = [this](RunId run, const auto& how) {
        if (Source* source = sourceOf(run)) {
            how(source->view);
            refresh(*source);
        }
    };
    connect(&m_runs, &LiveRuns::decided, this, [change](RunId run, const Decision& decision) {
        change(run, [&](RunView& view) { view.decided(decision); });
    });
    connect(&m_runs, &LiveRuns::hopStarted, this,
            [change](RunId run, int hop, const QString& tier, const QString& model, double atMs) {
                change(run, [&](RunView& view) { view.hopStarted(hop, tier, model, atMs); });
            });
    connect(&m_runs, &LiveRuns::attemptFailed, this,
            [change](RunId run, int hop, const Attempt& attempt, double retryInMs) {
                change(run, [&](RunView& view) { view.attemptFailed(hop, attempt, retryInMs); });
            });
    connect(&m_runs, &LiveRuns::gateFinished, this, [change](RunId run, int hop, const GateResult& gate) {
        change(run, [&](RunView& view) { view.gateFinished(hop, gate); });
    });
    connect(&m_runs, &LiveRuns::hopFinished, this, [change](RunId run, const Hop& hop) {
        change(run, [&](RunView& view) { view.hopFinished(hop); });
    });
    connect(&m_runs, &LiveRuns::answered, this,
            [change](RunId run) { change(run, [](RunView& view) { view.answered(); }); });
    connect(&m_runs, &LiveRuns::hopText, this, &ComparePanel::text);
    connect(&m_runs, &LiveRuns::runFinished, this, &ComparePanel::finished);
}

ComparePanel::Source* ComparePanel::sourceOf(RunId run)
{
    if (m_live == 0)
        return nullptr;
    const auto found = std::find_if(m_sources.begin(), m_sources.end(), [run](const Source& source) {
        return source.view.isLive() && source.view.run() == run;
    });
    return found == m_sources.end() ? nullptr : &*found;
}

void ComparePanel::clear()
{
    stop();
    m_live = 0; // what still runs is nobody's here any more
    m_sources.clear();
    m_columns.clear();
    for (CompareCell* cell : m_cells)
        cell->deleteLater();
    m_cells.clear();
    m_perRow = 0;
}

void ComparePanel::stop()
{
    for (const Source& source : m_sources) {
        if (source.view.isLive())
            m_runs.cancel(source.view.run());
    }
}

Result<> ComparePanel::begin(const Request& request, const std::vector<CompareWay>& ways, int times)
{
    clear();
    Result<> all;
    static_cast<ElidedLabel*>(m_prompt)->setFullText(qs(request.lastUserText()).simplified());
    for (int time = 1; time <= times && all; ++time) {
        for (const CompareWay& way : ways) {
            all = add(request, way,
                      times == 1 ? way.title : tr("%1 · %2").arg(QString::number(time), way.title));
            if (!all)
                break;
        }
    }
    arrange();
    showHead();
    Q_EMIT liveChanged();
    return all;
}

Result<> ComparePanel::beginReplay(const TracePtr& recorded, const CompiledPolicyPtr& policy,
                                   const QString& title, const Request& request,
                                   const std::vector<CompareWay>& ways)
{
    clear();
    static_cast<ElidedLabel*>(m_prompt)->setFullText(qs(request.lastUserText()).simplified());
    m_sources.push_back({RunView::ofTrace(recorded, policy), {}});
    addColumn(0, {}, title);
    refresh(m_sources.back());
    Result<> all;
    for (const CompareWay& way : ways) {
        if (all)
            all = add(request, way, way.title);
    }
    arrange();
    showHead();
    Q_EMIT liveChanged();
    return all;
}

Result<> ComparePanel::add(const Request& request, const CompareWay& way, const QString& title)
{
    RunOptions options;
    options.mode = way.mode;
    const Result<RunId> run = m_start(way.policy, request, options);
    if (!run)
        return tl::unexpected<Error>(run.error());
    m_sources.emplace_back();
    m_sources.back().view.begin(*run, way.policy, request, way.mode);
    ++m_live;
    const std::size_t source = m_sources.size() - 1;
    if (way.mode == TraceMode::AllTiers) {
        for (const QString& tier : m_sources.back().view.tiers())
            addColumn(source, tier, tr("%1 alone").arg(tier));
    } else {
        addColumn(source, {}, title);
    }
    refresh(m_sources.back());
    return {};
}

void ComparePanel::addColumn(std::size_t source, const QString& tier, const QString& title)
{
    m_sources[source].columns.push_back(m_columns.size());
    m_columns.push_back({source, tier, -1});
    m_cells.push_back(new CompareCell(static_cast<int>(m_cells.size()), title, m_area->widget()));
}

void ComparePanel::refresh(Source& source)
{
    for (const std::size_t at : source.columns) {
        Column& column = m_columns[at];
        m_cells[at]->show(compareFacts(source.view, column.tier));
        column.shownHop = source.view.hops().empty() ? -1 : source.view.hops().rbegin()->first;
    }
}

void ComparePanel::text(RunId run, int hop, const QString& delta)
{
    Source* source = sourceOf(run);
    if (!source)
        return;
    source->view.hopText(hop, delta);
    const auto& hops = source->view.hops();
    for (const std::size_t at : source->columns) {
        const Column& column = m_columns[at];
        const bool mine =
            column.tier.isEmpty() ? hop == column.shownHop : qs(hops.at(hop).hop.tier) == column.tier;
        if (!mine)
            continue;
        CompareCell* cell = m_cells[at];
        if (cell->facts().text.isEmpty())
            cell->show(compareFacts(source->view, column.tier)); // it has begun: the verdict says so
        else
            cell->append(delta);
    }
}

void ComparePanel::finished(RunId run, const TracePtr& trace, const QString& problem)
{
    Source* source = sourceOf(run);
    if (!source)
        return;
    source->view.finished(trace, problem);
    --m_live;
    refresh(*source);
    if (m_live == 0)
        markBest();
    showHead();
    Q_EMIT liveChanged();
}

void ComparePanel::markBest()
{
    if (m_cells.size() < 2)
        return;
    const auto mark = [this](CompareCell::Fact fact, const auto& valueOf, bool highest) {
        std::optional<double> best;
        int known = 0;
        bool differ = false;
        for (const CompareCell* cell : m_cells) {
            const std::optional<double> value = valueOf(cell->facts());
            if (!value)
                continue;
            differ = differ || (best && *best != *value);
            best = !best ? *value : highest ? std::max(*best, *value) : std::min(*best, *value);
            ++known;
        }
        for (CompareCell* cell : m_cells) {
            const std::optional<double> value = valueOf(cell->facts());
            cell->setBest(fact, known > 1 && differ && value && *value == *best);
        }
    };
    using Value = std::optional<double>;
    mark(
        CompareCell::Cost,
        [](const CompareFacts& facts) {
            return facts.cost ? Value(static_cast<double>(*facts.cost)) : Value();
        },
        false);
    mark(CompareCell::Latency, [](const CompareFacts& facts) { return facts.latencyMs; }, false);
    mark(CompareCell::FirstToken, [](const CompareFacts& facts) { return facts.firstTokenMs; }, false);
    mark(CompareCell::Quality, [](const CompareFacts& facts) { return facts.quality; }, true);
}

void ComparePanel::showHead()
{
    m_stop->setVisible(m_live > 0);
    m_again->setEnabled(m_live == 0);
    m_note->setText(m_live > 0 ? tr("%n still running", nullptr, m_live)
                               : tr("%n answer(s) side by side", nullptr, static_cast<int>(m_cells.size())));
}

void ComparePanel::arrange()
{
    const int count = static_cast<int>(m_cells.size());
    const int room = m_area->viewport()->width() - 2 * space::l;
    const bool compact = count >= kCompactFrom;
    const int gap = compact ? space::s : space::m;
    m_grid->setSpacing(gap);
    const int least = compact ? kCompactWidth : kLeastCellWidth;
    const int perRow = std::clamp((room + gap) / (least + gap), 1, std::max(1, count));
    if (perRow == m_perRow && m_grid->count() == count)
        return;
    while (m_grid->count() > 0)
        delete m_grid->takeAt(0);
    m_grid->setRowStretch(m_lastRow, 0);
    for (int i = 0; i < std::max(perRow, m_perRow); ++i)
        m_grid->setColumnStretch(i, i < perRow ? 1 : 0);
    m_perRow = perRow;
    const bool oneRow = count <= perRow && !compact;
    m_lastRow = oneRow ? 0 : (count + perRow - 1) / perRow; // room to spare goes below
    m_grid->setRowStretch(m_lastRow, 1);
    for (int i = 0; i < count; ++i) {
        CompareCell* cell = m_cells[static_cast<std::size_t>(i)];
        const int height = compact ? kCompactHeight : kCellHeight;
        cell->setCompact(compact);
        cell->setMinimumHeight(oneRow ? 0 : height);
        cell->setMaximumHeight(oneRow ? QWIDGETSIZE_MAX : height);
        m_grid->addWidget(cell, i / perRow, i % perRow);
        cell->setVisible(true);
    }
}

bool ComparePanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_area->viewport() && event->type() == QEvent::Resize)
        arrange();
    return QWidget::eventFilter(watched, event);
}

} // namespace signalbox
