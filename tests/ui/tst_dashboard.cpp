// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_panel.h"
#include "ui/dashboard/dashboard_charts.h"
#include "ui/dashboard/dashboard_data.h"
#include "ui/dashboard/headless_charts.h"
#include "ui/theme/text.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"
#include "workspace/workspace.h"

#include <QtTest>

#include <QApplication>
#include <QImage>
#include <QScrollArea>
#include <QTemporaryDir>

#include <numeric>

using namespace signalbox;

namespace {

RunResult result(const std::string& tier, std::int64_t at, double latencyMs, std::optional<NanoUsd> cost,
                 std::optional<double> quality = {}, int escalations = 0)
{
    RunResult r;
    r.promptId = "p";
    r.tier = tier;
    r.status = tier == "human" ? TraceStatus::HandedOff
               : tier.empty()  ? TraceStatus::Failed
                               : TraceStatus::Answered;
    r.hops = 1 + escalations;
    r.escalations = escalations;
    r.cost.add(cost);
    r.latencyMs = latencyMs;
    r.quality = quality;
    r.qualitySource = quality ? "judge:grounding@j" : "";
    r.reasons = {"gate.all_passed"};
    if (escalations > 0)
        r.escalationReasons = {"gate.judge_below.grounding"};
    r.simulated = true;
    r.startedAtMs = at;
    return r;
}

const std::vector<std::string> kTiers{"T0", "T1", "T2"};

} // namespace

class DashboardTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(*qApp); }
    void bucketsCoverTheSpanWithoutGaps();
    void countsAddUp();
    void tilesSayWhatIsKnown();
    void unknownIsNeverZero();
    void noRunsShowWhatWillBeThere();
    void roomIsGivenBackWhenColumnsReturn();
    void headlessPictureIsWritten();
    void headlessSaysWhatIsWrong();
};

void DashboardTest::bucketsCoverTheSpanWithoutGaps()
{
    for (const std::int64_t span :
         {0LL, 900LL, 30'000LL, 3'600'000LL, 86'400'000LL, 40LL * 86'400'000, 4000LL * 86'400'000}) {
        std::vector<RunResult> runs;
        const std::int64_t start = 1'790'000'000'123;
        for (int i = 0; i <= 50; ++i)
            runs.push_back(result("T0", start + span * i / 50, 10, 1000));
        const DashboardData data = dashboardDataOf(runs, kTiers);
        QVERIFY(!data.buckets.empty());
        QVERIFY2(data.buckets.size() <= std::size_t(kMostBuckets), qPrintable(QString::number(span)));
        QVERIFY(data.buckets.front().fromMs <= start);
        QVERIFY(data.buckets.back().fromMs + data.bucketMs > start + span);
        int n = 0;
        for (std::size_t i = 0; i < data.buckets.size(); ++i) {
            n += data.buckets[i].n;
            if (i > 0)
                QCOMPARE(data.buckets[i].fromMs - data.buckets[i - 1].fromMs, data.bucketMs);
        }
        QCOMPARE(n, 51);
    }
}

void DashboardTest::countsAddUp()
{
    std::vector<RunResult> runs;
    std::uint64_t seed = 5;
    const std::vector<std::string> places{"T0",    "T1", "T2",
                                          "human", "",   "T9"}; // T9 is no longer in the policy
    NanoUsd sum = 0;
    for (int i = 0; i < 500; ++i) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        const std::uint64_t draw = seed >> 33;
        const NanoUsd cost = static_cast<NanoUsd>(draw % 1000);
        sum += cost;
        runs.push_back(result(places[draw % places.size()],
                              1'000'000 + static_cast<std::int64_t>(draw % 100'000), 5, cost,
                              0.05 * (draw % 21)));
    }
    const DashboardData data = dashboardDataOf(runs, kTiers);
    QCOMPARE(data.places, (std::vector<std::string>{"T0", "T1", "T2", "T9", "human", "failed"}));
    int byPlace = 0;
    int byBucket = 0;
    int scored = 0;
    NanoUsd cost = 0;
    for (const PlaceFigures& figures : data.byPlace) {
        byPlace += figures.n;
        cost += figures.cost.known;
        scored += std::accumulate(figures.scores.begin(), figures.scores.end(), 0);
    }
    for (const TimeBucket& bucket : data.buckets)
        byBucket += std::accumulate(bucket.byPlace.begin(), bucket.byPlace.end(), 0);
    QCOMPARE(byPlace, 500);
    QCOMPARE(byBucket, 500);
    QCOMPARE(scored, 500);
    QCOMPARE(cost, sum);
}

void DashboardTest::tilesSayWhatIsKnown()
{
    std::vector<RunResult> runs;
    for (int i = 0; i < 40; ++i)
        runs.push_back(
            result(i < 30 ? "T0" : "T1", 1'000'000 + i * 100, 100 + i, 1'000'000, 0.9, i >= 30 ? 1 : 0));
    DashboardCharts charts;
    charts.setData(dashboardDataOf(runs, kTiers));
    QCOMPARE(charts.findChild<KpiTile*>(QStringLiteral("requestsTile"))->value(), QStringLiteral("40"));
    auto* escalation = charts.findChild<KpiTile*>(QStringLiteral("escalationTile"));
    QCOMPARE(escalation->value(), percentText(0.25));
    QVERIFY(escalation->below().startsWith(QLatin1Char('['))); // with its interval
    QVERIFY(escalation->toolTip().contains(QStringLiteral("40")));
    QVERIFY(escalation->toolTip().contains(QStringLiteral("sandbox")));
    auto* reasons = charts.findChild<ChartPanel*>(QStringLiteral("reasonsChart"));
    QCOMPARE(reasons->table().rows,
             (QList<QStringList>{{QStringLiteral("gate.judge_below.grounding"), QStringLiteral("10")}}));
    auto* mix = charts.findChild<ChartPanel*>(QStringLiteral("tierMixChart"));
    QVERIFY2(mix->accessibleDescription().contains(QStringLiteral("T0")),
             qPrintable(mix->accessibleDescription()));
}

void DashboardTest::unknownIsNeverZero()
{
    const std::vector<RunResult> runs{result("T0", 1000, 10, std::nullopt),
                                      result("T0", 2000, 10, std::nullopt)};
    DashboardCharts charts;
    charts.setData(dashboardDataOf(runs, kTiers));
    QCOMPARE(charts.findChild<KpiTile*>(QStringLiteral("costTile"))->value(), QStringLiteral("unknown"));
    QCOMPARE(charts.findChild<KpiTile*>(QStringLiteral("qualityTile"))->value(), QStringLiteral("unknown"));
    QVERIFY(charts.findChild<ChartPanel*>(QStringLiteral("scoresChart"))->isEmpty());
    const QString note = charts.findChild<ChartPanel*>(QStringLiteral("costChart"))->note();
    QVERIFY2(note.contains(QStringLiteral("unknown")), qPrintable(note));
}

void DashboardTest::noRunsShowWhatWillBeThere()
{
    DashboardCharts charts;
    charts.setData(dashboardDataOf({}, kTiers));
    const auto panels = charts.findChildren<ChartPanel*>();
    QCOMPARE(panels.size(), 6);
    for (const ChartPanel* panel : panels) {
        QVERIFY(panel->isEmpty());
        QVERIFY(!panel->accessibleDescription().isEmpty());
    }
}

void DashboardTest::roomIsGivenBackWhenColumnsReturn()
{
    std::vector<RunResult> runs;
    for (int i = 0; i < 40; ++i)
        runs.push_back(result("T0", 1'000'000 + i * 100, 100 + i, 1'000'000, 0.9));
    QScrollArea area;
    area.setWidgetResizable(true);
    auto* charts = new DashboardCharts;
    area.setWidget(charts);
    charts->setData(dashboardDataOf(runs, kTiers));
    area.resize(1330, 760);
    area.show();
    QTRY_COMPARE(charts->height(), area.viewport()->height());
    area.resize(900, 560); // two columns: taller than the view
    QTRY_VERIFY(charts->height() > area.viewport()->height());
    area.resize(1330, 760);
    QTRY_COMPARE(charts->height(), area.viewport()->height());
}

void DashboardTest::headlessPictureIsWritten()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("w.signalbox"));
    {
        auto workspace = Workspace::open(ss(path), OpenMode::OpenOrCreate);
        QVERIFY(workspace);
        for (int i = 0; i < 30; ++i) {
            auto trace = std::make_shared<Trace>();
            trace->id = "trace" + std::to_string(100 + i);
            trace->startedAtMs = 1'790'000'000'000 + i * 1000;
            trace->policyHash = trace->inputHash = "h";
            trace->messages = {{"user", "question"}};
            trace->route = trace->finalTier = i % 3 ? "T0" : "T1";
            trace->router = "scoring";
            trace->model = "m";
            trace->status = TraceStatus::Answered;
            trace->answer = "answer";
            trace->reasons = {"gate.all_passed"};
            trace->latencyMs = 100 + i;
            trace->quality = 0.8;
            trace->qualitySource = "judge:g@j";
            Hop hop;
            hop.tier = trace->finalTier;
            hop.model = "m";
            hop.status = HopStatus::Accepted;
            hop.reason = "gate.all_passed";
            trace->hops = {hop};
            (*workspace)->record(trace, [](Result<>) {});
        }
        QVERIFY((*workspace)->flush());
    }
    const QString picture = dir.filePath(QStringLiteral("charts.png"));
    QCOMPARE(drawHeadlessCharts(path, picture), 0);
    const QImage image(picture);
    QVERIFY(image.width() > 1000);
    int green = 0;
    for (int y = 0; y < image.height(); y += 4) {
        for (int x = 0; x < image.width(); x += 4)
            green += image.pixelColor(x, y) == Theme::instance().tier(0) ? 1 : 0;
    }
    QVERIFY2(green > 100, "no bar of T0 in the picture");
    QCOMPARE(drawHeadlessCharts(path, dir.filePath(QStringLiteral("no/folder/x.png"))), 3);
}

void DashboardTest::headlessSaysWhatIsWrong()
{
    QTemporaryDir dir;
    QCOMPARE(drawHeadlessCharts(dir.filePath(QStringLiteral("none.signalbox")),
                                dir.filePath(QStringLiteral("x.png"))),
             3);
    QVERIFY(!QFile::exists(dir.filePath(QStringLiteral("x.png"))));
}

QTEST_MAIN(DashboardTest)
#include "tst_dashboard.moc"
