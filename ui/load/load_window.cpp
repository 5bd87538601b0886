// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/load/load_window.h"

#include "ui/charts/chart_panel.h"
#include "ui/charts/chart_theme.h"
#include "ui/shell/session.h"
#include "ui/theme/text.h"

#include <QStackedBarSeries>
#include <QBarSet>
#include <QChart>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>

#include <cmath>

namespace signalbox {

namespace {

constexpr int kFormWidth = 288;
constexpr int kBars = 24;
constexpr double kUsualMostUsd = 1;

/// Where requests that were never answered decide a figure, it is infinite.
QString latencyText(const std::optional<double>& ms)
{
    return ms && std::isinf(*ms) ? LoadWindow::tr("never") : msText(ms);
}

QString boundsText(const std::optional<QuantileBounds>& bounds)
{
    if (!bounds)
        return {};
    return intervalText(latencyText(bounds->low),
                        std::isinf(bounds->high) ? LoadWindow::tr("no bound") : msText(bounds->high));
}

QTableWidget* figures(const QString& objectName, const QString& accessibleName, const QStringList& columns, QWidget* parent)
{
    auto* table = new QTableWidget(0, static_cast<int>(columns.size()), parent);
    table->setObjectName(objectName);
    table->setAccessibleName(accessibleName);
    table->setHorizontalHeaderLabels(columns);
    table->verticalHeader()->hide();
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    return table;
}

/// Figures stand right, names left.
void setRow(QTableWidget* table, int row, const QStringList& cells)
{
    if (row >= table->rowCount())
        table->setRowCount(row + 1);
    for (int column = 0; column < cells.size(); ++column) {
        QTableWidgetItem* item = table->item(row, column);
        if (!item) {
            item = new QTableWidgetItem;
            item->setTextAlignment(Qt::AlignVCenter | (column == 0 ? Qt::AlignLeft : Qt::AlignRight));
            table->setItem(row, column, item);
        }
        item->setText(cells[column]);
        item->setToolTip(cells[column]);
    }
}

/// All rows are seen: the window scrolls, not each table.
void setRowsShown(QTableWidget* table, int rows)
{
    table->setRowCount(rows);
    int height = table->horizontalHeader()->sizeHint().height() + 2;
    for (int row = 0; row < rows; ++row)
        height += table->rowHeight(row);
    table->setFixedHeight(height);
}

} // namespace

LoadWindow::LoadWindow(Session& session, QWidget* parent)
    : QDialog(parent), m_session(session), m_run(new LoadRun(this))
{
    setObjectName(QStringLiteral("loadWindow"));
    setWindowTitle(tr("Load Test"));
    setModal(false);
    resize(1120, 720);
    setMinimumSize(860, 480);
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(makeForm());
    columns->addWidget(makeResults(), 1);

    connect(m_run, &LoadRun::changed, this, &LoadWindow::showResults);
    connect(m_run, &LoadRun::failed, this, [this](const QString& why) { m_problem->setText(why); });
    connect(&Theme::instance(), &Theme::changed, this, &LoadWindow::showResults); // bars have colours of their own
    connect(&session.policy(), &PolicyEditor::documentChanged, this, &LoadWindow::showPolicy);
    connect(&session, &Session::datasetsChanged, this, &LoadWindow::showDatasets);
    connect(&session, &Session::workspaceChanged, this, [this] { m_run->stop(); });
    showWays();
    showDatasets();
    showPolicy();
    showResults();
    m_concurrency->setFocus();
}

QWidget* LoadWindow::makeForm()
{
    auto* side = new SideColumn(SideColumn::Side::Left, kFormWidth, this);
    side->setHasFields();
    QVBoxLayout* body = side->body();
    const auto named = [](auto* field, const char* objectName, const QString& accessibleName) {
        field->setObjectName(QLatin1String(objectName));
        field->setAccessibleName(accessibleName);
        return field;
    };
    const auto labelled = [&](const QString& text, QWidget* field) {
        auto* label = new QLabel(text, side);
        label->setBuddy(field);
        body->addWidget(label);
        body->addWidget(field);
        return label;
    };
    m_policy = new MutedLabel({}, side);
    m_policy->setObjectName(QStringLiteral("loadPolicy"));
    m_policy->setWordWrap(true);
    body->addWidget(m_policy);
    m_endpoints = new Pill({}, Tone::Neutral, side);
    m_endpoints->setObjectName(QStringLiteral("loadEndpoints"));
    body->addWidget(m_endpoints, 0, Qt::AlignLeft);
    body->addSpacing(space::s);
    body->addWidget(new CaptionLabel(tr("How requests come"), side));
    m_arrivals = named(new QComboBox(side), "loadArrivals", tr("How requests come"));
    m_arrivals->addItems({tr("so many at once"), tr("at random times"), tr("as they were recorded")});
    body->addWidget(m_arrivals);
    m_concurrency = named(new QSpinBox(side), "loadConcurrency", tr("Requests at once"));
    m_concurrency->setRange(1, 10'000);
    m_concurrency->setValue(32);
    m_concurrency->setSuffix(tr(" at once"));
    m_perSecond = named(new QDoubleSpinBox(side), "loadPerSecond", tr("Requests a second"));
    m_perSecond->setRange(0.1, 100'000);
    m_perSecond->setDecimals(1);
    m_perSecond->setValue(20);
    m_perSecond->setSuffix(tr(" a second"));
    m_amountLabel = labelled(tr("How &many"), m_concurrency);
    body->addWidget(m_perSecond);
    m_recorded = new QWidget(side);
    auto* recorded = new QVBoxLayout(m_recorded);
    recorded->setContentsMargins(0, 0, 0, 0);
    recorded->setSpacing(space::s);
    auto* fileRow = new QHBoxLayout;
    m_file = named(new QLineEdit(m_recorded), "loadFile", tr("File of recorded arrivals"));
    m_file->setPlaceholderText(tr("CSV with TIMESTAMP"));
    QPushButton* choose = plainButton(tr("&File…"), QStringLiteral("loadChooseFile"), m_recorded);
    choose->setAccessibleName(tr("Choose a file of recorded arrivals"));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, [this] {
        const QString path = QFileDialog::getOpenFileName(this, tr("Recorded arrivals"), m_file->text(), tr("Arrivals (*.csv);;All files (*)"));
        if (!path.isEmpty())
            m_file->setText(path);
    });
    fileRow->addWidget(m_file, 1);
    fileRow->addWidget(choose);
    recorded->addLayout(fileRow);
    m_speed = named(new QDoubleSpinBox(m_recorded), "loadSpeed", tr("Speed of the recording"));
    m_speed->setRange(0.01, 1000);
    m_speed->setValue(1);
    m_speed->setSuffix(tr(" times its speed"));
    recorded->addWidget(m_speed);
    body->addWidget(m_recorded);
    m_seconds = named(new QSpinBox(side), "loadSeconds", tr("Seconds"));
    m_seconds->setRange(1, 86'400);
    m_seconds->setValue(30);
    m_seconds->setSuffix(tr(" s"));
    labelled(tr("For &how long"), m_seconds);

    body->addSpacing(space::s);
    body->addWidget(new CaptionLabel(tr("Which requests"), side));
    m_prompts = named(new QComboBox(side), "loadPrompts", tr("Which requests"));
    m_prompts->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    body->addWidget(m_prompts);
    m_tokens = named(new QSpinBox(side), "loadTokens", tr("Length of made-up prompts"));
    m_tokens->setRange(1, 1'000'000);
    m_tokens->setValue(60);
    m_tokens->setSuffix(tr(" tokens"));
    body->addWidget(m_tokens);
    m_worstCase = named(new QCheckBox(tr("&Worst case: every gate rejects"), side), "loadWorstCase", tr("Worst case"));
    m_worstCase->setToolTip(tr("Each request goes as deep as the policy lets it."));
    body->addWidget(m_worstCase);
    m_mostCost = named(new QDoubleSpinBox(side), "loadMostCost", tr("Most that it may cost"));
    m_mostCost->setRange(0.01, 100'000);
    m_mostCost->setValue(kUsualMostUsd);
    m_mostCost->setPrefix(QStringLiteral("$"));
    m_costLabel = labelled(tr("It &ends when so much is spent"), m_mostCost);

    body->addSpacing(space::m);
    m_start = primaryButton(tr("&Start"), QStringLiteral("loadStart"), side);
    m_start->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->addWidget(m_start);
    row->addStretch();
    body->addLayout(row);
    m_problem = new QLabel(side);
    m_problem->setObjectName(QStringLiteral("loadProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setProperty("tone", QStringLiteral("bad"));
    body->addWidget(m_problem);
    body->addStretch();

    connect(m_arrivals, &QComboBox::currentIndexChanged, this, &LoadWindow::showWays);
    connect(m_prompts, &QComboBox::currentIndexChanged, this, &LoadWindow::showWays);
    connect(m_start, &QPushButton::clicked, this, &LoadWindow::startOrStop);
    return side;
}

QWidget* LoadWindow::makeResults()
{
    m_stack = new QStackedWidget(this);
    auto* empty = new EmptyState(tr("How the cascade behaves when many ask"),
                                 tr("Nothing is recorded, and the playground is not disturbed: the test has connections and a "
                                    "sandbox of its own. Latency counts from when a request was to be sent; what is never "
                                    "answered counts as infinitely slow."),
                                 {}, m_stack);
    m_stack->addWidget(empty);
    auto* area = new QScrollArea(m_stack);
    area->setObjectName(QStringLiteral("loadResults"));
    area->setAccessibleName(tr("Results"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    auto* page = new QWidget(area);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::m);
    auto* tiles = new QHBoxLayout;
    tiles->setSpacing(space::m);
    const auto tile = [&](const QString& name, const char* objectName, const QString& about) {
        auto* made = new KpiTile(name, page);
        made->setObjectName(QLatin1String(objectName));
        made->setExplanation(about);
        tiles->addWidget(made, 1);
        return made;
    };
    m_latency = tile(tr("p95 latency"), "loadLatency", tr("From when a request was to be sent until its end, with the 95 % interval."));
    m_throughput = tile(tr("Throughput"), "loadThroughput", tr("Requests that were answered or handed to a person, a second."));
    m_failures = tile(tr("Failed"), "loadFailures", tr("Requests without an answer, and those that were given up on at the end."));
    m_verdict = tile(tr("Objectives"), "loadVerdict", tr("Met when all of the interval is within the objective, missed when none of it is."));
    layout->addLayout(tiles);
    m_summary = new MutedLabel({}, page);
    m_summary->setObjectName(QStringLiteral("loadSummary"));
    m_summary->setWordWrap(true);
    layout->addWidget(m_summary);
    m_histogram = new ChartPanel(tr("Latency"), QStringLiteral("loadHistogram"), page);
    m_histogram->setMinimumHeight(240);
    layout->addWidget(m_histogram, 1);
    layout->addWidget(new CaptionLabel(tr("By tier and by depth"), page));
    m_table = figures(QStringLiteral("loadTable"), tr("Latency by tier and by depth"),
                      {{}, tr("n"), tr("failed"), QStringLiteral("p50"), QStringLiteral("p95"), QStringLiteral("p99")}, page);
    layout->addWidget(m_table);
    layout->addWidget(new CaptionLabel(tr("Objectives"), page));
    m_objectives = figures(QStringLiteral("loadObjectives"), tr("Objectives and verdicts"),
                           {tr("objective"), tr("limit"), tr("found"), tr("95 % interval"), tr("verdict")}, page);
    layout->addWidget(m_objectives);
    area->setWidget(page);
    m_stack->addWidget(area);
    return m_stack;
}

void LoadWindow::showWays()
{
    const auto way = static_cast<LoadAsk::Arrivals>(m_arrivals->currentIndex());
    m_concurrency->setVisible(way == LoadAsk::Arrivals::AtOnce);
    m_perSecond->setVisible(way == LoadAsk::Arrivals::AtRandom);
    m_recorded->setVisible(way == LoadAsk::Arrivals::Recorded);
    m_amountLabel->setVisible(way != LoadAsk::Arrivals::Recorded);
    m_amountLabel->setBuddy(way == LoadAsk::Arrivals::AtRandom ? static_cast<QWidget*>(m_perSecond) : m_concurrency);
    m_tokens->setVisible(m_prompts->currentIndex() <= 0);
}

void LoadWindow::showDatasets()
{
    const QString before = m_prompts->currentData().toString();
    m_prompts->clear();
    m_prompts->addItem(tr("made-up prompts"), QString());
    for (const DatasetInfo& dataset : m_session.datasets()) {
        if (dataset.prompts > 0)
            m_prompts->addItem(tr("%1 · %n prompt(s)", nullptr, static_cast<int>(dataset.prompts)).arg(qs(dataset.name)), qs(dataset.name));
    }
    m_prompts->setCurrentIndex(std::max(0, m_prompts->findData(before)));
}

void LoadWindow::showPolicy()
{
    const PolicyDocumentPtr document = m_session.policy().document();
    const bool sandbox = document->policy && document->policy->usesSandbox();
    m_policy->setText(document->policy ? qs(document->policy->name) : QString());
    m_endpoints->setText(sandbox ? tr("Sandbox endpoints") : tr("Real endpoints: it costs money"));
    m_endpoints->setAccessibleName(m_endpoints->text());
    m_endpoints->setTone(sandbox ? Tone::Warn : Tone::Bad);
    m_mostCost->setVisible(!sandbox);
    m_costLabel->setVisible(!sandbox);
    const bool busy = m_run->state() == LoadRun::State::Starting || m_run->state() == LoadRun::State::Running;
    m_start->setEnabled(busy || document->runnable());
    m_start->setToolTip(document->runnable() ? QString() : tr("The policy has errors; mend them first."));
}

LoadAsk LoadWindow::ask() const
{
    LoadAsk ask;
    ask.policy = m_session.policy().document()->policy;
    ask.workspace = m_session.store().workspace();
    ask.dataset = ss(m_prompts->currentData().toString());
    ask.inputTokens = m_tokens->value();
    ask.arrivals = static_cast<LoadAsk::Arrivals>(m_arrivals->currentIndex());
    ask.concurrency = m_concurrency->value();
    ask.perSecond = m_perSecond->value();
    ask.file = ss(m_file->text());
    ask.speed = m_speed->value();
    ask.seconds = m_seconds->value();
    ask.worstCase = m_worstCase->isChecked();
    if (!ask.policy->usesSandbox())
        ask.mostCost = static_cast<NanoUsd>(std::llround(m_mostCost->value() * kNanoPerUsd));
    return ask;
}

void LoadWindow::startOrStop()
{
    if (m_run->state() == LoadRun::State::Starting || m_run->state() == LoadRun::State::Running) {
        m_run->stop();
        return;
    }
    m_problem->clear();
    m_run->start(ask());
}

void LoadWindow::showResults()
{
    const LoadRun::State state = m_run->state();
    const bool busy = state == LoadRun::State::Starting || state == LoadRun::State::Running;
    m_start->setText(busy ? tr("&Stop") : tr("&Start"));
    showPolicy();
    const LoadReport& report = m_run->report();
    if (report.started == 0 && state != LoadRun::State::Running) {
        m_stack->setCurrentIndex(0);
        return;
    }
    m_stack->setCurrentIndex(1);
    const auto p95 = report.latency.quantileBounds(0.95);
    m_latency->setFigure(p95 ? latencyText(p95->value) : tr("unknown"), boundsText(p95));
    m_throughput->setFigure(tr("%1 / s").arg(report.perSecond(), 0, 'f', 1),
                            busy ? tr("%n under way", nullptr, m_run->underWay()) : tr("%1 s in all").arg(report.seconds, 0, 'f', 1));
    const std::uint64_t bad = report.failed + report.unfinished - report.leftOut;
    m_failures->setFigure(countText(static_cast<qint64>(bad)),
                          report.started > 0 ? percentText(static_cast<double>(bad) / static_cast<double>(report.started)) : QString(),
                          bad > 0 ? Tone::Bad : Tone::Good);
    const std::vector<ObjectiveVerdict>& verdicts = m_run->verdicts();
    const Verdict all = overall(verdicts);
    m_verdict->setFigure(verdicts.empty()              ? tr("none")
                         : all == Verdict::Met         ? tr("met")
                         : all == Verdict::Missed      ? tr("missed")
                                                       : tr("cannot tell"),
                         verdicts.empty() ? tr("the policy states none that a load test can judge") : QString());
    QStringList said{tr("%n request(s) sent", nullptr, static_cast<int>(report.started)),
                     tr("%1 answered").arg(countText(static_cast<qint64>(report.answered))),
                     tr("%1 handed to a person").arg(countText(static_cast<qint64>(report.handedOff))),
                     usdText(report.cost)};
    if (m_run->worstDepth() > 0)
        said << tr("the policy's worst case is %n hop(s)", nullptr, m_run->worstDepth());
    for (const auto& [reason, n] : report.failures)
        said << QStringLiteral("%1 × %2").arg(n).arg(reasonInWords(qs(reason)));
    if (report.stoppedEarly)
        said << tr("stopped early");
    if (report.simulated)
        said << tr("Sandbox: the models are simulated");
    m_summary->setText(said.join(QStringLiteral(" · ")));
    showHistogram(report);
    showTable(report);
    showVerdicts();
}

void LoadWindow::showHistogram(const LoadReport& report)
{
    const std::vector<LatencyHistogram::Bar> bars = report.latency.bars(kBars);
    if (bars.empty() && report.latency.never() == 0) {
        m_histogram->setEmpty(tr("How long requests take, as soon as the first have ended."));
        return;
    }
    m_histogram->clearChart();
    const ThemeColors& colors = Theme::instance().colors();
    auto* series = new QStackedBarSeries;
    series->setBarWidth(0.9);
    const auto set = [&](const QString& name, const QColor& color) {
        auto* made = new QBarSet(name);
        made->setColor(color);
        made->setBorderColor(color);
        series->append(made);
        return made;
    };
    QBarSet* ended = set(tr("ended"), colors.accent);
    QBarSet* never = report.latency.never() > 0 ? set(tr("never answered"), colors.bad) : nullptr;
    QStringList labels;
    ChartTable table{{tr("to"), tr("requests")}, {}};
    double highest = 0;
    const auto add = [&](const QString& label, double ofEnded, double ofNever) {
        labels << label;
        ended->append(ofEnded);
        if (never)
            never->append(ofNever);
        highest = std::max({highest, ofEnded, ofNever});
        table.rows << QStringList{label, QString::number(ofEnded + ofNever, 'f', 0)};
    };
    for (const LatencyHistogram::Bar& bar : bars)
        add(msText(bar.toMs), static_cast<double>(bar.count), 0);
    if (report.latency.never() > 0)
        add(tr("never"), 0, static_cast<double>(report.latency.never()));
    QChart* chart = m_histogram->chart();
    chart->addSeries(series);
    QAbstractAxis* x = positionAxis(labels);
    QAbstractAxis* y = figureAxis(0, highest, QStringLiteral("%.0f"), tr("requests"));
    chart->addAxis(x, Qt::AlignBottom);
    chart->addAxis(y, Qt::AlignLeft);
    series->attachAxis(x);
    series->attachAxis(y);
    chart->legend()->setVisible(report.latency.never() > 0);
    chart->legend()->setAlignment(Qt::AlignBottom);
    m_histogram->setContent(tr("Latencies of %n request(s) on a logarithmic scale.", nullptr, static_cast<int>(report.latency.count())),
                            table, tr("n = %1").arg(countText(static_cast<qint64>(report.latency.count()))));
}

void LoadWindow::showTable(const LoadReport& report)
{
    int row = 0;
    const auto add = [&](const QString& name, const LatencyHistogram& latency, std::optional<std::uint64_t> failed) {
        if (latency.count() == 0)
            return;
        setRow(m_table, row++,
               {name, countText(static_cast<qint64>(latency.count())), failed ? countText(static_cast<qint64>(*failed)) : QString(),
                latencyText(latency.quantile(0.5)), latencyText(latency.quantile(0.95)), latencyText(latency.quantile(0.99))});
    };
    add(tr("whole request"), report.latency, report.failed);
    add(tr("first token"), report.firstToken, std::nullopt);
    add(tr("once it was sent"), report.service, std::nullopt);
    for (const TierLoad& tier : report.tiers)
        add(tr("hop on %1").arg(qs(tier.tier)), tier.latency, tier.failed);
    for (std::size_t depth = 1; depth < report.depths.size(); ++depth)
        add(tr("%n hop(s) deep", nullptr, static_cast<int>(depth)), report.depths[depth].latency, std::nullopt);
    setRowsShown(m_table, row);
}

void LoadWindow::showVerdicts()
{
    int row = 0;
    for (const ObjectiveVerdict& one : m_run->verdicts()) {
        const bool latency = one.objective == "p95_latency_ms";
        const auto value = [&](const std::optional<double>& figure) { return latency ? latencyText(figure) : qualityText(figure); };
        const QString interval =
            one.low && one.high ? intervalText(value(one.low), std::isinf(*one.high) ? tr("no bound") : value(one.high)) : tr("unknown");
        QString name = latency ? tr("p95 latency") : tr("quality, %1").arg(qs(one.source));
        if (!one.userTier.empty())
            name = tr("%1 of %2").arg(name, qs(one.userTier));
        setRow(m_objectives, row++,
               {name, one.atMost ? tr("at most %1").arg(value(one.limit)) : tr("at least %1").arg(value(one.limit)), value(one.value),
                interval,
                one.verdict == Verdict::Met      ? tr("met")
                : one.verdict == Verdict::Missed ? tr("missed")
                                                 : tr("not enough requests to tell")});
    }
    setRowsShown(m_objectives, row);
}

} // namespace signalbox
