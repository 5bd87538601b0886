// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/dashboard_page.h"

#include "base/clock.h"
#include "ui/dashboard/dashboard_charts.h"
#include "ui/dashboard/dashboard_loader.h"
#include "ui/shell/action_table.h"
#include "ui/shell/session.h"
#include "ui/theme/text.h"
#include "ui/theme/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>

namespace signalbox {

namespace {

constexpr int kReloadEveryMs = 1000; // while runs are live
constexpr qint64 kHour = 3'600'000;

class DashboardPage : public ModePage
{
    Q_OBJECT
public:
    DashboardPage(Session& session, QWidget* parent);
    QString title() const override { return tr("Dashboard"); }
    IconKind icon() const override { return IconKind::Dashboard; }
    QString helpText() const override
    {
        return tr("<p>What the runs of this workspace did: which tier answered, what it cost, how long it "
                  "took, how judges "
                  "scored it, and why requests escalated. Intervals are 95 %.</p><p>Hover a figure to see "
                  "what it counts, over "
                  "how many requests and from when. The table button of a chart shows its data; Ctrl and the "
                  "wheel zoom.</p>");
    }
    void registerActions(ActionTable& actions) override;
    void activated() override { reload(); }
    bool isIdle() const override { return !m_loading; }

private:
    QComboBox* combo(const QString& objectName, const QString& name);
    void fillDatasets();
    void askForReload();
    void reload();
    void show(Result<DashboardData> loaded);
    TraceFilter filter() const;
    bool filtered() const;

    QComboBox* m_dataset;
    QComboBox* m_range;
    QComboBox* m_mode;
    Pill* m_sandbox;
    MutedLabel* m_span;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    DashboardCharts* m_charts;
    QTimer* m_timer;
    Generation m_asked;
    bool m_loading = false;
    bool m_stale = true;
};

DashboardPage::DashboardPage(Session& session, QWidget* parent)
    : ModePage(session, QStringLiteral("dashboard"), parent),
      m_dataset(combo(QStringLiteral("dashboardDataset"), tr("Dataset"))),
      m_range(combo(QStringLiteral("dashboardRange"), tr("Time range"))),
      m_mode(combo(QStringLiteral("dashboardMode"), tr("Kind of runs"))),
      m_sandbox(new Pill(tr("Sandbox"), Tone::Warn, this)), m_span(new MutedLabel({}, this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(tr("No runs yet"),
                             tr("The dashboard shows which tier answered, what it cost, how long it took and "
                                "how judges scored it, "
                                "as soon as there are runs."),
                             tr("Run the Sample"), this)),
      m_charts(new DashboardCharts(this)), m_timer(new QTimer(this))
{
    m_sandbox->setObjectName(QStringLiteral("dashboardSandboxPill"));
    fillDatasets();
    m_range->addItem(tr("all time"), 0);
    m_range->addItem(tr("last hour"), kHour);
    m_range->addItem(tr("last 24 hours"), 24 * kHour);
    m_range->addItem(tr("last 7 days"), 7 * 24 * kHour);
    m_mode->addItem(tr("policy runs"), static_cast<int>(TraceMode::Policy));
    m_mode->addItem(tr("all-tiers runs"), static_cast<int>(TraceMode::AllTiers));
    m_sandbox->setToolTip(tr("Some of these answers, latencies and costs were simulated by the sandbox."));
    m_span->setWordWrap(false);

    auto* filters = new QHBoxLayout;
    filters->setSpacing(space::s);
    filters->addWidget(m_dataset);
    filters->addWidget(m_range);
    filters->addWidget(m_mode);
    filters->addWidget(m_sandbox);
    filters->addStretch();
    filters->addWidget(m_span);

    auto* area = new QScrollArea(this);
    area->setObjectName(QStringLiteral("dashboardArea"));
    area->setProperty("role", QStringLiteral("column"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(m_charts);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(area);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::m, space::l, space::m);
    layout->setSpacing(space::m);
    layout->addLayout(filters);
    layout->addWidget(m_stack, 1);
    m_sandbox->hide();

    m_timer->setSingleShot(true);
    m_timer->setInterval(kReloadEveryMs);
    connect(m_timer, &QTimer::timeout, this, &DashboardPage::reload);
    for (QComboBox* box : {m_dataset, m_range, m_mode}) {
        connect(box, &QComboBox::currentIndexChanged, this, [this] {
            m_stale = true;
            reload();
        });
    }
    connect(m_empty->button(), &QPushButton::clicked, this, [this] {
        if (auto started = this->session().startBatch(QString::fromLatin1(kSampleDataset)); !started)
            this->session().report(started.error());
    });
    connect(&session, &Session::tracesChanged, this, &DashboardPage::askForReload);
    connect(&session, &Session::workspaceChanged, this, [this] {
        m_loading = false; // what was being read was of another workspace
        askForReload();
    });
    connect(&session, &Session::datasetsChanged, this, &DashboardPage::fillDatasets);
    const auto enable = [this] {
        m_empty->button()->setEnabled(this->session().runs().isReady() && this->session().runs().isIdle());
    };
    connect(&session, &Session::engineReady, this, enable);
    connect(&session.runs(), &LiveRuns::idleChanged, this, enable);
    enable();
}

QComboBox* DashboardPage::combo(const QString& objectName, const QString& name)
{
    auto* box = new QComboBox(this);
    box->setObjectName(objectName);
    box->setAccessibleName(name);
    box->setToolTip(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
}

void DashboardPage::registerActions(ActionTable& actions)
{
    actions.add({QStringLiteral("dashboard.reload"),
                 tr("&Read Again"),
                 id(),
                 {},
                 {QKeySequence(Qt::Key_F5)},
                 tr("Reads the runs from the workspace again.")},
                this, [this](bool) {
                    m_stale = true;
                    reload();
                });
}

void DashboardPage::fillDatasets()
{
    const QSignalBlocker blocker(m_dataset);
    const QString chosen = m_dataset->currentData().toString();
    m_dataset->clear();
    m_dataset->addItem(tr("all runs"), QString());
    for (const DatasetInfo& info : session().datasets())
        m_dataset->addItem(qs(info.name), qs(info.name));
    m_dataset->setCurrentIndex(std::max(0, m_dataset->findData(chosen)));
}

TraceFilter DashboardPage::filter() const
{
    TraceFilter wanted;
    wanted.dataset = ss(m_dataset->currentData().toString());
    wanted.mode = static_cast<TraceMode>(m_mode->currentData().toInt());
    if (const qint64 range = m_range->currentData().toLongLong(); range > 0)
        wanted.fromMs = wallClockMs() - range;
    return wanted;
}

bool DashboardPage::filtered() const
{
    return m_dataset->currentIndex() > 0 || m_range->currentIndex() > 0 || m_mode->currentIndex() > 0;
}

void DashboardPage::askForReload()
{
    m_stale = true;
    if (isActive() && !m_timer->isActive())
        m_timer->start();
}

void DashboardPage::reload()
{
    if (!isActive() || !m_stale || m_loading || !session().isOpen())
        return;
    m_stale = false;
    m_loading = true;
    const auto ticket = m_asked.next();
    std::vector<std::string> tiers;
    if (const PolicyPtr policy = session().policy().document()->policy) {
        for (const Tier& tier : policy->tiers)
            tiers.push_back(tier.id);
    }
    session().store().read(
        this,
        [wanted = filter(), tiers](WorkspaceReader& reader) { return loadDashboard(reader, wanted, tiers); },
        [this, ticket](Result<DashboardData> loaded) {
            m_loading = false;
            if (m_asked.isCurrent(ticket))
                show(std::move(loaded));
            if (m_stale)
                m_timer->start();
        });
}

void DashboardPage::show(Result<DashboardData> loaded)
{
    if (!loaded) {
        session().report(loaded.error());
        return;
    }
    const bool empty = loaded->kpis.n == 0;
    if (empty)
        m_empty->setTexts(
            filtered() ? tr("No runs fit the filter") : tr("No runs yet"),
            filtered()
                ? tr("Choose another dataset, time range or kind of runs above.")
                : tr("The dashboard shows which tier answered, what it cost, how long it took and how judges "
                     "scored it, as soon as there are runs."));
    m_empty->button()->setVisible(!filtered());
    m_stack->setCurrentIndex(empty ? 0 : 1);
    m_sandbox->setVisible(loaded->kpis.simulated);
    m_span->setText(empty ? QString() : tr("%1 – %2").arg(timeText(loaded->fromMs), timeText(loaded->toMs)));
    m_charts->setData(std::move(*loaded));
}

} // namespace

ModePage* createDashboardPage(Session& session, QWidget* parent)
{
    return new DashboardPage(session, parent);
}

} // namespace signalbox

#include "dashboard_page.moc"
