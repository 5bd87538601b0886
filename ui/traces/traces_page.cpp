// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traces/traces_page.h"

#include "ui/shell/action_table.h"
#include "ui/shell/session.h"
#include "ui/theme/text.h"
#include "ui/theme/toned_delegate.h"
#include "ui/theme/widgets.h"
#include "ui/traces/trace_detail.h"
#include "ui/traces/trace_filters.h"
#include "ui/traces/traces_model.h"

#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace signalbox {

namespace {

constexpr int kReloadEveryMs = 1000;
constexpr int kAllColumnsFrom = 1100;

class TracesPage : public ModePage
{
    Q_OBJECT
public:
    TracesPage(Session& session, QWidget* parent);
    QString title() const override { return tr("Traces"); }
    IconKind icon() const override { return IconKind::Traces; }
    QString helpText() const override
    {
        return tr("<p>Every request that was run, as it happened: the decision, each hop with its tries and "
                  "gates, what was charged, "
                  "and the answer.</p><p>Narrow the list with the row above it; select a trace to see it "
                  "whole. What is not known "
                  "reads “unknown”.</p>");
    }
    void registerActions(ActionTable& actions) override;
    void activated() override { reload(); }
    bool reveal(const QString& target) override;
    bool isIdle() const override { return !m_model->isLoading() && !m_loadingTrace; }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        ModePage::resizeEvent(event);
        const bool narrow = width() < kAllColumnsFrom; // the details below still say it all
        m_table->setItemDelegate(new TonedDelegate(m_table));
    m_table->setColumnHidden(TracesModel::Reasons, narrow);
        m_table->setColumnHidden(TracesModel::FirstToken, narrow);
    }

private:
    void setUpTable();
    void reload();
    void loadReasons();
    void showTrace(const QString& id);
    void afterLoad();
    QStringList tiers() const;

    TraceFilters* m_filters;
    MutedLabel* m_count;
    QTableView* m_table;
    TracesModel* m_model;
    TraceDetail* m_detail;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QTimer* m_timer;
    Generation m_traceAsked;
    QString m_selected;
    bool m_stale = true;
    bool m_loadingTrace = false;
    bool m_emptyRuns = false;
};

TracesPage::TracesPage(Session& session, QWidget* parent)
    : ModePage(session, QStringLiteral("traces"), parent), m_filters(new TraceFilters(this)),
      m_count(new MutedLabel({}, this)), m_table(new QTableView(this)),
      m_model(new TracesModel(session.store(), this)), m_detail(new TraceDetail(this)),
      m_stack(new QStackedWidget(this)), m_empty(new EmptyState({}, {}, tr("Run the Sample"), this)),
      m_timer(new QTimer(this))
{
    setUpTable();
    m_count->setWordWrap(false);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(QStringLiteral("tracesSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    auto* detailBox = new QFrame(this);
    detailBox->setProperty("role", QStringLiteral("panel"));
    auto* detailLayout = new QVBoxLayout(detailBox);
    detailLayout->setContentsMargins(0, 0, 0, 0);
    detailLayout->addWidget(m_detail);
    splitter->addWidget(detailBox);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setSizes({300, 460});
    m_stack->addWidget(splitter);
    m_stack->addWidget(m_empty);

    auto* head = new QWidget(this);
    auto* headLayout = new QHBoxLayout(head);
    headLayout->setContentsMargins(space::m, space::m, space::m, space::m);
    headLayout->addWidget(m_filters, 1);
    headLayout->addWidget(m_count, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(hairline(Qt::Horizontal, this));
    layout->addWidget(m_stack, 1);
    foldWhenNarrow(m_detail->decisionColumn());

    m_timer->setSingleShot(true);
    m_timer->setInterval(kReloadEveryMs);
    connect(m_timer, &QTimer::timeout, this, &TracesPage::reload);
    connect(m_filters, &TraceFilters::changed, this, [this] { m_model->setFilter(m_filters->filter()); });
    connect(m_model, &TracesModel::loaded, this, &TracesPage::afterLoad);
    connect(m_model, &TracesModel::failed, &session, &Session::report);
    connect(m_detail, &TraceDetail::resolvedChosen, this,
            [this](const QString& id, bool resolved) { this->session().setResolved(id, resolved); });
    connect(m_detail, &TraceDetail::openAsked, this, [this](const QString& id) {
        this->session().goTo(QStringLiteral("playground"), QStringLiteral("trace:") + id);
    });
    connect(m_empty->button(), &QPushButton::clicked, this, [this] {
        if (!m_emptyRuns) {
            m_filters->clear();
            return;
        }
        if (auto started = this->session().startBatch(QString::fromLatin1(kSampleDataset)); !started)
            this->session().report(started.error());
    });
    connect(&session, &Session::tracesChanged, this, [this] {
        m_stale = true;
        if (isActive() && !m_timer->isActive())
            m_timer->start();
    });
    connect(&session, &Session::workspaceChanged, this, [this] {
        m_selected.clear();
        m_loadingTrace = false;
        m_model->clear();
        m_detail->setTrace(nullptr, {});
        m_stale = true;
        reload();
    });
    connect(&session, &Session::datasetsChanged, this, [this] {
        QStringList names;
        for (const DatasetInfo& info : this->session().datasets())
            names << qs(info.name);
        m_filters->setDatasets(names);
    });
    const auto takeTiers = [this] {
        m_model->setTierOrder(tiers());
        m_filters->setTiers(tiers());
    };
    connect(&session.policy(), &PolicyEditor::documentChanged, this, takeTiers);
    takeTiers();
    m_stack->setCurrentIndex(0);
}

void TracesPage::setUpTable()
{
    m_table->setObjectName(QStringLiteral("tracesTable"));
    m_table->setAccessibleName(tr("Traces"));
    m_table->setModel(m_model);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideRight);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(28);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(44);
    // In some languages the words need more room than the figures.
    const auto widthOfWords = [this, header](int column) {
        QStringList words;
        if (column == TracesModel::Status)
            words = {TracesModel::tr("answered"), TracesModel::tr("handed off"), TracesModel::tr("escalated"),
                     TracesModel::tr("failed"), TracesModel::tr("cancelled")};
        else if (column == TracesModel::Quality)
            words = {qualityText(std::nullopt)};
        int width = header->sectionSizeHint(column);
        for (const QString& word : words)
            width = std::max(width, m_table->fontMetrics().horizontalAdvance(word) + space::xl);
        return width;
    };
    const int widths[] = {96, 0, 92, 84, 48, 170, 84, 76, 96, 76, 78};
    for (int column = 0; column < TracesModel::ColumnCount; ++column) {
        if (column == TracesModel::Prompt)
            header->setSectionResizeMode(column, QHeaderView::Stretch);
        else
            m_table->setColumnWidth(column, std::max(widths[column], widthOfWords(column)));
    }
    header->setSectionsClickable(true);
    connect(header, &QHeaderView::sectionClicked, this, [this](int column) {
        using Order = TraceFilter::Order;
        const Order now = m_filters->filter().order;
        if (column == TracesModel::Time)
            m_filters->setOrder(now == Order::Newest ? Order::Oldest : Order::Newest);
        else if (column == TracesModel::Cost)
            m_filters->setOrder(Order::Costliest);
        else if (column == TracesModel::Latency)
            m_filters->setOrder(Order::Slowest);
        else if (column == TracesModel::Quality)
            m_filters->setOrder(Order::LowestQuality);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (const TraceRow* row = current.isValid() ? m_model->row(current.row()) : nullptr)
                    showTrace(qs(row->id));
            });
}

void TracesPage::registerActions(ActionTable& actions)
{
    actions.add({QStringLiteral("traces.find"),
                 tr("&Find"),
                 id(),
                 {},
                 {QKeySequence::Find},
                 tr("Goes to the line that looks for text.")},
                this, [this](bool) { m_filters->focusSearch(); });
    actions.add({QStringLiteral("traces.copy_json"),
                 tr("&Copy as JSON"),
                 id(),
                 {},
                 {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
                 tr("Copies the selected trace as one line of JSON.")},
                this, [this](bool) { m_detail->copyAsJson(); });
    actions.add({QStringLiteral("traces.open"),
                 tr("&Open in Playground"),
                 id(),
                 {},
                 {QKeySequence(Qt::CTRL | Qt::Key_P)},
                 tr("Shows the selected trace in the Playground, to replay it or to see its requests.")},
                this, [this](bool) {
                    if (m_detail->trace())
                        session().goTo(QStringLiteral("playground"),
                                       QStringLiteral("trace:") + qs(m_detail->trace()->id));
                });
    actions.add({QStringLiteral("traces.clear_filter"),
                 tr("Clear Fi&lter"),
                 id(),
                 {},
                 {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)},
                 tr("Shows all traces again.")},
                this, [this](bool) { m_filters->clear(); });
    actions.add({QStringLiteral("traces.reload"),
                 tr("&Read Again"),
                 id(),
                 {},
                 {QKeySequence(Qt::Key_F5)},
                 tr("Reads the list from the workspace again.")},
                this, [this](bool) {
                    m_stale = true;
                    reload();
                });
}

QStringList TracesPage::tiers() const
{
    QStringList ids;
    if (const PolicyPtr policy = session().policy().document()->policy) {
        for (const Tier& tier : policy->tiers)
            ids << qs(tier.id);
    }
    return ids;
}

void TracesPage::reload()
{
    if (!isActive() || !m_stale || !session().isOpen())
        return;
    m_stale = false;
    m_model->reload();
    loadReasons();
}

void TracesPage::loadReasons()
{
    session().store().read(
        this, [](WorkspaceReader& reader) { return reader.reasonCodes(); },
        [this](Result<std::vector<std::string>> codes) {
            if (!codes)
                return; // the list itself says what is wrong with the workspace
            QStringList list;
            for (const std::string& code : *codes)
                list << qs(code);
            m_filters->setReasons(list);
        });
}

void TracesPage::afterLoad()
{
    const int count = m_model->rowCount();
    m_count->setText(count == 1 ? tr("1 trace") : tr("%1 traces").arg(countText(count)));
    if (count == 0) {
        m_emptyRuns = !m_filters->isNarrowed();
        m_empty->setTexts(m_emptyRuns ? tr("No traces yet") : tr("No trace fits the filter"),
                          m_emptyRuns ? tr("Every request that is run leaves a trace here: its decision, "
                                           "hops, gates, charges and answer.")
                                      : tr("Clear the filter to see all traces again."));
        m_empty->button()->setText(m_emptyRuns ? tr("Run the Sample") : tr("Clear Filter"));
        m_stack->setCurrentIndex(1);
        return;
    }
    m_stack->setCurrentIndex(0);
    int row = m_selected.isEmpty() ? 0 : m_model->rowOf(m_selected);
    if (row < 0)
        return; // the selected trace is on a page that has not been read; its details stay
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid() || current.row() != row)
        m_table->setCurrentIndex(m_model->index(row, 0));
}

void TracesPage::showTrace(const QString& id)
{
    m_selected = id;
    const auto ticket = m_traceAsked.next();
    m_loadingTrace = true;
    session().store().read(
        this, [wanted = ss(id)](WorkspaceReader& reader) { return reader.trace(wanted); },
        [this, ticket](Result<Trace> trace) {
            if (!m_traceAsked.isCurrent(ticket))
                return;
            m_loadingTrace = false;
            if (!trace)
                session().report(trace.error());
            else
                m_detail->setTrace(std::make_shared<const Trace>(std::move(*trace)), tiers());
        });
}

bool TracesPage::reveal(const QString& target)
{
    if (target.startsWith(QStringLiteral("reason:"))) {
        m_filters->setReason(target.mid(7));
        return true;
    }
    m_stack->setCurrentIndex(0);
    showTrace(target);
    if (const int row = m_model->rowOf(target); row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
    return true;
}

} // namespace

ModePage* createTracesPage(Session& session, QWidget* parent)
{
    return new TracesPage(session, parent);
}

} // namespace signalbox

#include "traces_page.moc"
