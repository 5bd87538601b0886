// SPDX-License-Identifier: GPL-3.0-or-later
// The load test's window, driven by its controls against a sandbox: what it shows is what was found.
#include "session_bench.h"
#include "ui/charts/chart_panel.h"
#include "ui/load/load_window.h"
#include "ui/theme/text.h"

#include <QtTest>
#include <QtWidgets>

using namespace signalbox;

class LoadWindowTest : public QObject
{
    Q_OBJECT

    template <class T>
    static T* in(const QWidget& window, const char* name)
    {
        T* found = window.findChild<T*>(QLatin1String(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }
    static void press(const LoadWindow& window) { QTest::mouseClick(in<QPushButton>(window, "loadStart"), Qt::LeftButton); }

private Q_SLOTS:
    void saysWhatWasFound()
    {
        testing::Bench bench(testing::kInstant, 5);
        LoadWindow window(bench.session);
        window.show();
        in<QSpinBox>(window, "loadConcurrency")->setValue(4);
        in<QSpinBox>(window, "loadSeconds")->setValue(1);
        in<QDoubleSpinBox>(window, "loadMostCost")->setValue(1000); // a quick machine spends a dollar in a second
        QComboBox* prompts = in<QComboBox>(window, "loadPrompts");
        QCOMPARE(prompts->count(), 2);
        prompts->setCurrentIndex(1);
        QVERIFY(!in<QSpinBox>(window, "loadTokens")->isVisible());
        press(window);
        QTRY_VERIFY_WITH_TIMEOUT(window.run().state() == LoadRun::State::Over, 30'000);
        const LoadReport& report = window.run().report();
        QVERIFY(report.answered > 4);
        QVERIFY(!report.stoppedEarly && report.unfinished == 0);
        QCOMPARE(report.failed, std::uint64_t{0});
        QCOMPARE(in<KpiTile>(window, "loadLatency")->value(), msText(report.latency.quantileBounds(0.95)->value));
        QCOMPARE(in<KpiTile>(window, "loadFailures")->value(), QStringLiteral("0"));
        auto* table = in<QTableWidget>(window, "loadTable");
        QCOMPARE(table->item(0, 1)->text(), countText(static_cast<qint64>(report.latency.count())));
        QVERIFY(table->rowCount() >= 4); // whole, first token, tiers, depths
        auto* objectives = in<QTableWidget>(window, "loadObjectives");
        QCOMPARE(objectives->rowCount(), static_cast<int>(window.run().verdicts().size()));
        QVERIFY(objectives->rowCount() > 0);
        QVERIFY(!in<ChartPanel>(window, "loadHistogram")->isEmpty());
        // Every request is in one of the bars.
        qint64 drawn = 0;
        for (const QStringList& row : in<ChartPanel>(window, "loadHistogram")->table().rows)
            drawn += row[1].toLongLong();
        QCOMPARE(drawn, static_cast<qint64>(report.latency.count()));
        // Nothing of it is kept.
        QCOMPARE((*bench.session.store().workspace()->reader())->check()->size(), std::size_t{0});
        for (const DatasetInfo& dataset : bench.session.datasets())
            QCOMPARE(dataset.traces, 0);
    }

    void stopsAndGoesAway()
    {
        testing::Bench bench(testing::kSlowish, 0);
        auto window = std::make_unique<LoadWindow>(bench.session);
        window->show();
        in<QSpinBox>(*window, "loadSeconds")->setValue(600);
        press(*window);
        QTRY_VERIFY_WITH_TIMEOUT(window->run().report().started > 0, 20'000);
        QCOMPARE(in<QPushButton>(*window, "loadStart")->text(), QStringLiteral("&Stop"));
        press(*window);
        QTRY_VERIFY_WITH_TIMEOUT(window->run().state() == LoadRun::State::Over, 20'000);
        QCOMPARE(in<QPushButton>(*window, "loadStart")->text(), QStringLiteral("&Start"));
        press(*window); // and once more, closed while it runs
        QTRY_VERIFY_WITH_TIMEOUT(window->run().state() == LoadRun::State::Running, 20'000);
        window.reset();
        QThreadPool::globalInstance()->waitForDone();
    }

    void atRandomTimesAndTheWorstCase()
    {
        testing::Bench bench(testing::kInstant, 0);
        LoadWindow window(bench.session);
        window.show();
        in<QComboBox>(window, "loadArrivals")->setCurrentIndex(1);
        QVERIFY(in<QDoubleSpinBox>(window, "loadPerSecond")->isVisible());
        QVERIFY(!in<QSpinBox>(window, "loadConcurrency")->isVisible());
        in<QDoubleSpinBox>(window, "loadPerSecond")->setValue(40);
        in<QSpinBox>(window, "loadSeconds")->setValue(1);
        in<QCheckBox>(window, "loadWorstCase")->click();
        press(window);
        QTRY_VERIFY_WITH_TIMEOUT(window.run().state() == LoadRun::State::Over, 30'000);
        const LoadReport& report = window.run().report();
        QVERIFY(report.started > 10 && report.started < 100); // Poisson with a mean of 40
        QCOMPARE(window.run().worstDepth(), 3);
        QVERIFY(report.depths.size() == 4 && report.depths[3].latency.count() > 0);
    }

    void recordedArrivals()
    {
        testing::Bench bench(testing::kInstant, 0);
        QTemporaryDir dir;
        LoadWindow window(bench.session);
        window.show();
        in<QComboBox>(window, "loadArrivals")->setCurrentIndex(2);
        auto* file = in<QLineEdit>(window, "loadFile");
        file->setText(dir.filePath(QStringLiteral("none.csv")));
        press(window);
        QTRY_VERIFY(!in<QLabel>(window, "loadProblem")->text().isEmpty());
        QVERIFY(window.run().state() == LoadRun::State::None);
        QFile csv(dir.filePath(QStringLiteral("three.csv")));
        QVERIFY(csv.open(QIODevice::WriteOnly));
        csv.write("TIMESTAMP,ContextTokens,GeneratedTokens\n2024-05-10 00:00:00.0,20,5\n2024-05-10 00:00:00.1,30,5\n"
                  "2024-05-10 00:00:00.2,40,5\n");
        csv.close();
        file->setText(csv.fileName());
        press(window);
        QTRY_VERIFY_WITH_TIMEOUT(window.run().state() == LoadRun::State::Over, 30'000);
        QVERIFY(in<QLabel>(window, "loadProblem")->text().isEmpty());
        QCOMPARE(window.run().report().started, std::uint64_t{3});
    }

    void everyControlHasNames()
    {
        testing::Bench bench(testing::kInstant, 5);
        LoadWindow window(bench.session);
        window.show();
        for (const QWidget* widget : window.findChildren<QWidget*>()) {
            const bool control = qobject_cast<const QAbstractSpinBox*>(widget) || qobject_cast<const QComboBox*>(widget) ||
                                 qobject_cast<const QTableWidget*>(widget) || qobject_cast<const QCheckBox*>(widget);
            const bool button = qobject_cast<const QPushButton*>(widget);
            if (!control && !button)
                continue;
            QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
            if (control)
                QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }
};

QTEST_MAIN(LoadWindowTest)
#include "tst_load_window.moc"
