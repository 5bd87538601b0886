// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/decimate.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace signalbox;

class DecimateTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fewPointsStay();
    void keepsTheEnvelopeOfRandomLines();
    void aSingleSpikeSurvives();
    void pointsThatAreNotFiniteAreLeftOut();
    void oneInstantIsOneBucket();
};

namespace {

std::vector<PlotPoint> line(std::size_t count, std::uint64_t seed)
{
    std::vector<PlotPoint> points;
    double x = 0;
    for (std::size_t i = 0; i < count; ++i) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        x += static_cast<double>(seed >> 40) / 1e6;
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        points.push_back({x, static_cast<double>(seed >> 33)});
    }
    return points;
}

} // namespace

void DecimateTest::fewPointsStay()
{
    const auto points = line(40, 7);
    QCOMPARE(decimateMinMax(points, 10), points);
    QVERIFY(decimateMinMax({}, 10).empty());
}

void DecimateTest::keepsTheEnvelopeOfRandomLines()
{
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        const auto points = line(5000 + seed * 37, seed);
        const std::size_t buckets = 20 + seed * 3;
        const auto thin = decimateMinMax(points, buckets);
        QVERIFY(thin.size() <= 4 * buckets);
        QVERIFY(
            std::is_sorted(thin.begin(), thin.end(), [](const auto& a, const auto& b) { return a.x < b.x; }));
        QVERIFY(std::all_of(thin.begin(), thin.end(), [&](const PlotPoint& point) {
            return std::find(points.begin(), points.end(), point) != points.end();
        }));
        const auto byY = [](const PlotPoint& a, const PlotPoint& b) { return a.y < b.y; };
        QCOMPARE(std::max_element(thin.begin(), thin.end(), byY)->y,
                 std::max_element(points.begin(), points.end(), byY)->y);
        QCOMPARE(std::min_element(thin.begin(), thin.end(), byY)->y,
                 std::min_element(points.begin(), points.end(), byY)->y);
        QCOMPARE(thin.front(), points.front());
        QCOMPARE(thin.back(), points.back());
    }
}

void DecimateTest::aSingleSpikeSurvives()
{
    std::vector<PlotPoint> points;
    for (int i = 0; i < 100'000; ++i)
        points.push_back({static_cast<double>(i), i == 54'321 ? 900.0 : 1.0});
    const auto thin = decimateMinMax(points, 300);
    QVERIFY(std::find(thin.begin(), thin.end(), PlotPoint{54'321, 900}) != thin.end());
}

void DecimateTest::pointsThatAreNotFiniteAreLeftOut()
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<PlotPoint> points{
        {0, 1}, {1, nan}, {2, std::numeric_limits<double>::infinity()}, {3, 4}};
    const std::vector<PlotPoint> expected{{0, 1}, {3, 4}};
    QCOMPARE(decimateMinMax(points, 1), expected);
}

void DecimateTest::oneInstantIsOneBucket()
{
    std::vector<PlotPoint> points;
    for (int i = 0; i < 100; ++i)
        points.push_back({5, static_cast<double>(i % 10)});
    const auto thin = decimateMinMax(points, 8);
    QVERIFY(thin.size() <= 4);
}

QTEST_GUILESS_MAIN(DecimateTest)
#include "tst_decimate.moc"
