// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/tuning_page.h"

#include "cascade/waterfall.h"
#include "routers/run_support.h"
#include "ui/policy/tunable_text.h"
#include "ui/shell/action_table.h"
#include "ui/shell/session.h"
#include "ui/theme/text.h"
#include "ui/theme/widgets.h"
#include "ui/tuning/all_tiers_start.h"
#include "ui/tuning/cost_quality_chart.h"
#include "ui/tuning/figures.h"
#include "ui/tuning/moved_card.h"
#include "ui/tuning/setting_panel.h"
#include "ui/tuning/tier_mix.h"
#include "ui/tuning/tuning_work.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <atomic>

namespace signalbox {

namespace {
constexpr int kResamples = 1000;
constexpr int kResamplesWhileMoving = 100;
constexpr int kCurvePoints = 33;
} // namespace

class TuningPage : public ModePage
{
    Q_OBJECT
public:
    TuningPage(Session& session, QWidget* parent);
    ~TuningPage() override { stopCurve(); }

    QString title() const override { return tr("Tuning"); }
    IconKind icon() const override { return IconKind::Tuning; }
    QString helpText() const override;
    void registerActions(ActionTable& table) override;
    void activated() override { refresh(); }
    void deactivated() override { stopCurve(); }
    bool reveal(const QString& target) override;
    bool isIdle() const override
    {
        return !m_loading && !m_basing && !m_busy && !m_pending && !m_curving &&
               !session().runs().isBatchRunning();
    }

private:
    QWidget* makeContent();
    void refresh();     ///< whatever is out of date and needed now
    void updateStart(); ///< datasets and the state of a batch
    void load(const QString& key, const QString& dataset);
    void rebase();
    void want(bool full);
    void next();
    void show(const TuningOutcomePtr& outcome);
    void startCurve();
    void stopCurve();
    void apply();
    void showBase();

    AllTiersStart* m_start = nullptr;
    EmptyState* m_problem = nullptr;
    QStackedWidget* m_stack = nullptr;
    QWidget* m_content = nullptr;
    SettingPanel* m_setting = nullptr;
    Figures* m_figures = nullptr;
    CostQualityChart* m_chart = nullptr;
    TierMix* m_mix = nullptr;
    MovedCard* m_moved = nullptr;
    MutedLabel* m_how = nullptr;
    Pill* m_sandbox = nullptr;

    std::shared_ptr<WhatIf> m_whatIf;
    QString m_loadedKey;
    TuningBasePtr m_base;
    quint64 m_basedOn = 0; ///< generation of the policy that m_base was made from
    Generation m_loadAsked, m_baseAsked, m_outcomeAsked, m_curveAsked;
    std::shared_ptr<std::atomic<bool>> m_curveStop;
    bool m_loading = false, m_basing = false, m_busy = false, m_pending = false, m_full = true,
         m_curving = false;
};

TuningPage::TuningPage(Session& session, QWidget* parent)
    : ModePage(session, QStringLiteral("tuning"), parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget(this);
    layout->addWidget(m_stack);
    m_start = new AllTiersStart(m_stack);
    m_problem = new EmptyState(tr("The policy has errors"), {}, tr("Show the Problems"), m_stack);
    m_problem->setObjectName(QStringLiteral("tuningProblem"));
    m_problem->button()->setObjectName(QStringLiteral("tuningShowProblems"));
    m_stack->addWidget(m_start);
    m_stack->addWidget(m_problem);
    m_content = makeContent();
    m_stack->addWidget(m_content);

    connect(m_problem->button(), &QPushButton::clicked, this,
            [this] { this->session().goTo(QStringLiteral("policy"), QStringLiteral("problems")); });
    connect(m_start, &AllTiersStart::runAsked, this, [this](const QString& dataset) {
        if (const auto started = this->session().startBatch(dataset, TraceMode::AllTiers); !started)
            this->session().report(started.error());
    });
    connect(m_start, &AllTiersStart::stopAsked, this, [this] { this->session().runs().cancelBatch(); });
    LiveRuns& runs = session.runs();
    connect(&runs, &LiveRuns::batchStarted, this, &TuningPage::refresh);
    connect(&runs, &LiveRuns::batchProgressed, m_start, &AllTiersStart::progress);
    connect(&runs, &LiveRuns::batchFinished, this, &TuningPage::refresh);
    connect(&session, &Session::datasetsChanged, this, &TuningPage::refresh);
    connect(&session, &Session::workspaceChanged, this, &TuningPage::refresh);
    connect(&session, &Session::openingChanged, this, &TuningPage::refresh);
    connect(&session, &Session::engineReady, this, &TuningPage::refresh);
    connect(&session.policy(), &PolicyEditor::documentChanged, this, &TuningPage::refresh);
    connect(m_setting, &SettingPanel::datasetChosen, this, &TuningPage::refresh);
    connect(m_setting, &SettingPanel::tunableChosen, this, [this] {
        m_chart->setCurve({}, {});
        startCurve();
        want(true);
    });
    connect(m_setting, &SettingPanel::settingChanged, this, &TuningPage::want);
    connect(m_setting, &SettingPanel::applyAsked, this, &TuningPage::apply);
    connect(m_chart, &CostQualityChart::settingPicked, m_setting, &SettingPanel::setSetting);
    connect(m_moved, &MovedCard::requestChosen, this, [this](int row) {
        if (!m_whatIf || row < 0 || row >= static_cast<int>(m_whatIf->matrix().rows.size()))
            return;
        const Request& request = m_whatIf->matrix().rows[static_cast<std::size_t>(row)].request;
        this->session().goTo(QStringLiteral("playground"),
                             QStringLiteral("prompt:") + qs(request.lastUserText()));
    });
    updateStart();
}

QWidget* TuningPage::makeContent()
{
    auto* content = new QWidget(m_stack);
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    auto* left = new SideColumn(SideColumn::Side::Left, 280, content);
    m_setting = new SettingPanel(left);
    left->body()->addWidget(m_setting);
    left->body()->addSpacing(space::s);
    left->body()->addWidget(new CaptionLabel(tr("How this is known"), left));
    left->body()->addWidget(new MutedLabel(tr("Every tier answered every prompt once. Those recorded "
                                              "answers, scores, times and costs are played through "
                                              "the same decisions and the same cascade that run live, with "
                                              "the threshold where the slider stands."),
                                           left));
    left->body()->addStretch();
    columns->addWidget(left);

    auto* area = new QScrollArea(content);
    area->setObjectName(QStringLiteral("tuningArea"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* inner = new QWidget;
    auto* layout = new QVBoxLayout(inner);
    layout->setContentsMargins(space::l, space::l, space::l, space::s);
    layout->setSpacing(space::m);
    m_figures = new Figures(inner);
    layout->addWidget(m_figures);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(space::m);
    auto* chartCard = new Card(tr("Cost and quality over the threshold's range"), inner);
    m_chart = new CostQualityChart(chartCard);
    chartCard->body()->addWidget(m_chart, 1);
    auto* mixCard = new Card(tr("Tier mix"), inner);
    m_mix = new TierMix(mixCard);
    mixCard->body()->addWidget(m_mix);
    mixCard->body()->addStretch();
    middle->addWidget(chartCard, 5);
    middle->addWidget(mixCard, 2);
    layout->addLayout(middle, 3);
    m_moved = new MovedCard(inner);
    layout->addWidget(m_moved, 2);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(space::s);
    m_how = new MutedLabel({}, inner);
    m_how->setObjectName(QStringLiteral("howComputed"));
    m_sandbox = new Pill(tr("Sandbox"), Tone::Warn, inner);
    m_sandbox->setObjectName(QStringLiteral("tuningSandbox"));
    m_sandbox->setToolTip(tr("The models behind these figures are simulated."));
    foot->addWidget(m_how, 1);
    foot->addWidget(m_sandbox);
    layout->addLayout(foot);
    area->setWidget(inner);
    columns->addWidget(area, 1);
    return content;
}

QString TuningPage::helpText() const
{
    return tr(
        "<p>Shows what one threshold of the policy would change, without asking a model again: over a "
        "dataset that "
        "was run with all tiers, the recorded answers are played through the policy with the threshold where "
        "the "
        "slider stands.</p>"
        "<p>Each figure is followed by its paired difference from the policy with a 95 % interval; when the "
        "interval contains zero there is no evidence of a change. <b>Apply to the Policy</b> makes one edit, "
        "which "
        "can be undone.</p>");
}

void TuningPage::registerActions(ActionTable& table)
{
    ActionSpec spec;
    spec.id = QStringLiteral("tuning.apply");
    spec.text = tr("&Apply Setting to the Policy");
    spec.place = id();
    spec.menu = QStringLiteral("Mode");
    spec.keys = {QKeySequence(Qt::CTRL | Qt::Key_Return)};
    spec.explanation = tr("Writes the setting into the policy; it can be undone.");
    table.add(spec, this, [this](bool) { apply(); });
    spec.id = QStringLiteral("tuning.reset");
    spec.text = tr("&Reset Setting");
    spec.keys = {QKeySequence(Qt::CTRL | Qt::Key_R)};
    spec.explanation = tr("Back to where the policy stands.");
    table.add(spec, this, [this](bool) {
        if (const Tunable* tunable = m_setting->tunable())
            m_setting->setSetting(tunable->value);
    });
}

bool TuningPage::reveal(const QString& target)
{
    if (target.isEmpty())
        return true;
    refresh();
    return m_setting->selectTunable(target);
}

void TuningPage::updateStart()
{
    const Session& now = session();
    QString first;
    std::vector<DatasetInfo> compared;
    for (const DatasetInfo& info : now.datasets()) {
        if (info.prompts > 0 && (first.isEmpty() || info.name == kSampleDataset))
            first = qs(info.name);
        if (info.allTierTraces > 0)
            compared.push_back(info);
    }
    m_setting->setDatasets(compared);
    m_start->show(now.isOpening(), first);
}

void TuningPage::refresh()
{
    updateStart();
    Session& now = session();
    if (now.runs().isBatchRunning() && now.runs().batchMode() == TraceMode::AllTiers) {
        m_start->showRunning(now.runs().batchDataset(), now.runs().batchProgress());
        m_stack->setCurrentWidget(m_start);
        return;
    }
    m_start->showStopped();
    if (!now.policy().isReading() && !now.policy().document()->runnable()) {
        m_problem->setTexts(tr("The policy has errors"),
                            tr("What the problems list names must be mended before it can be re-simulated."));
        m_stack->setCurrentWidget(m_problem);
        return;
    }
    if (const PolicyDocumentPtr document = now.policy().document(); document->runnable()) {
        if (const Result<> may = maySimulate(*document->policy); !may) {
            m_problem->setTexts(tr("The policy cannot be run yet"), qs(may.error().message));
            m_stack->setCurrentWidget(m_problem);
            return;
        }
    }
    const QString dataset = m_setting->dataset();
    const DatasetInfo* info = now.dataset(dataset);
    if (!info) {
        m_whatIf.reset();
        m_base.reset();
        m_loadedKey.clear();
        m_stack->setCurrentWidget(m_start);
        return;
    }
    m_stack->setCurrentWidget(m_content);
    if (!isActive())
        return;
    const QString key =
        QStringLiteral("%1\n%2\n%3").arg(now.workspacePath(), dataset).arg(info->allTierTraces);
    if (key != m_loadedKey)
        load(key, dataset);
    else if (m_whatIf && m_basedOn != now.policy().generation())
        rebase();
}

void TuningPage::load(const QString& key, const QString& dataset)
{
    m_loadedKey = key;
    m_loading = true;
    m_how->setText(tr("Reading the recorded runs."));
    const quint64 ticket = m_loadAsked.next();
    session().store().read(
        this,
        [name = ss(dataset)](WorkspaceReader& reader) -> Result<std::shared_ptr<WhatIf>> {
            auto matrix = loadOutcomeMatrix(reader, name);
            if (!matrix)
                return tl::unexpected<Error>(matrix.error());
            return std::make_shared<WhatIf>(std::make_shared<const OutcomeMatrix>(std::move(*matrix)));
        },
        [this, ticket](Result<std::shared_ptr<WhatIf>> loaded) {
            if (!m_loadAsked.isCurrent(ticket))
                return;
            m_loading = false;
            if (!loaded) {
                m_loadedKey.clear();
                m_how->setText(qs(loaded.error().message));
                session().report(loaded.error());
                return;
            }
            m_whatIf = std::move(*loaded);
            rebase();
        });
}

void TuningPage::rebase()
{
    Session& now = session();
    m_basedOn = now.policy().generation();
    m_basing = true;
    const quint64 ticket = m_baseAsked.next();
    now.store().compute(
        this,
        [whatIf = m_whatIf, text = now.policy().document()->text] {
            return tuningBase(whatIf, text, kResamples);
        },
        [this, ticket](Result<TuningBasePtr> base) {
            if (!m_baseAsked.isCurrent(ticket))
                return;
            m_basing = false;
            if (!base) {
                m_how->setText(qs(base.error().message));
                return;
            }
            m_base = std::move(*base);
            showBase();
        });
}

void TuningPage::showBase()
{
    m_setting->setTunables(namedTunables(*m_base->policy));
    const auto& wanted = m_base->policy->slo.minQuality;
    m_chart->setObjective(wanted ? std::optional(qualityOfScore(wanted->atLeast, wanted->of)) : std::nullopt);
    startCurve();
    want(true);
}

void TuningPage::want(bool full)
{
    m_pending = m_base && m_setting->tunable();
    m_full = full;
    next();
}

void TuningPage::next()
{
    // One at a time and always the newest: what the hand has passed meanwhile is never computed.
    if (m_busy || !m_pending)
        return;
    m_pending = false;
    m_busy = true;
    const quint64 ticket = m_outcomeAsked.next();
    session().store().compute(
        this,
        [base = m_base, pointer = m_setting->tunable()->pointer, setting = m_setting->setting(),
         resamples = m_full ? kResamples : kResamplesWhileMoving] {
            return tuningOutcome(*base, pointer, setting, resamples);
        },
        [this, ticket, base = m_base](Result<TuningOutcomePtr> outcome) {
            m_busy = false;
            const Tunable* tunable = m_setting->tunable();
            if (m_outcomeAsked.isCurrent(ticket) && base == m_base && tunable) {
                if (!outcome)
                    m_how->setText(tr("This setting cannot be used: %1").arg(qs(outcome.error().message)));
                else if ((*outcome)->pointer == tunable->pointer)
                    show(*outcome);
            }
            next();
        });
}

void TuningPage::show(const TuningOutcomePtr& outcome)
{
    m_figures->show(*m_base, *outcome, m_setting->dataset());
    const auto pointOf = [](const Kpis& kpis) -> std::optional<CostQualityChart::Point> {
        if (!kpis.costPerRequestUsd || !kpis.quality)
            return std::nullopt;
        return CostQualityChart::Point{kpis.costPerRequestUsd->value, *kpis.quality};
    };
    m_chart->setPoints(pointOf(outcome->result.kpis), pointOf(m_base->result.kpis));
    QStringList tiers;
    for (const Tier& tier : m_base->policy->tiers)
        tiers << qs(tier.id);
    m_mix->show(outcome->result.kpis.tierMix, m_base->result.kpis.tierMix, tiers);
    m_moved->show(outcome->difference.moved, tiers, m_setting->isChanged());
    QStringList parts;
    parts << tr("%1 re-simulated in %2")
                 .arg(countText(static_cast<qint64>(outcome->result.runs.size())), msText(outcome->tookMs));
    parts << tr("interval from %1 resamples").arg(countText(outcome->resamples));
    parts << tr("coverage %1 of cells").arg(percentText(m_base->coverage, m_base->coverage < 1 ? 1 : 0));
    if (outcome->result.incomplete > 0)
        parts << tr("%1 left out for want of a recorded cell").arg(countText(outcome->result.incomplete));
    if (outcome->result.estimatedCosts > 0)
        parts << tr("%1 of the costs are estimates").arg(countText(outcome->result.estimatedCosts));
    m_how->setText(parts.join(QStringLiteral(" · ")));
    m_sandbox->setVisible(outcome->result.kpis.simulated);
}

void TuningPage::startCurve()
{
    stopCurve();
    const Tunable* tunable = m_setting->tunable();
    if (!m_base || !tunable || !isActive())
        return;
    m_curving = true;
    m_chart->setBusy(true);
    auto stop = std::make_shared<std::atomic<bool>>(false);
    m_curveStop = stop;
    const quint64 ticket = m_curveAsked.next();
    session().store().compute(
        this,
        [base = m_base, settings = curveSettings(*tunable, kCurvePoints), pointer = tunable->pointer, stop] {
            return sweepSetting(*base->whatIf, base->policyText, pointer, settings,
                                [stop] { return stop->load(); });
        },
        [this, ticket, name = qs(tunable->label)](Result<std::vector<CurvePoint>> curve) {
            if (!m_curveAsked.isCurrent(ticket))
                return;
            m_curving = false;
            m_chart->setBusy(false);
            if (curve)
                m_chart->setCurve(std::move(*curve), name);
        });
}

void TuningPage::stopCurve()
{
    if (m_curveStop)
        m_curveStop->store(true);
    m_curveStop.reset();
    m_curveAsked.next();
    m_curving = false;
}

void TuningPage::apply()
{
    const Tunable* tunable = m_setting->tunable();
    if (!tunable || !m_setting->isChanged() || m_stack->currentWidget() != m_content)
        return;
    const double value = m_setting->setting();
    const QString label = tr("set %1 to %2").arg(qs(tunable->label), QString::number(value, 'g', 6));
    if (const auto set = session().policy().setNumber(qs(tunable->pointer), value, label); !set)
        session().report(set.error());
    else
        session().say(tr("The policy was changed: %1.").arg(label));
}

ModePage* createTuningPage(Session& session, QWidget* parent)
{
    return new TuningPage(session, parent);
}

} // namespace signalbox

#include "tuning_page.moc"
