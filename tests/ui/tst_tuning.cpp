// SPDX-License-Identifier: GPL-3.0-or-later
// Tuning as a person uses it: run a dataset with all tiers, move a threshold, see what changes, apply it,
// undo it.

#include "session_bench.h"
#include "ui/theme/widgets.h"
#include "ui/tuning/cost_quality_chart.h"
#include "ui/tuning/figures.h"
#include "ui/tuning/moved_model.h"
#include "ui/tuning/tuning_page.h"
#include "ui/tuning/tuning_work.h"

#include <QAbstractItemModelTester>
#include <QtTest>
#include <QtWidgets>

using namespace signalbox;
using namespace signalbox::testing;

class TestTuning : public QObject
{
    Q_OBJECT

private:
    template <class T>
    T* find(const char* name) const
    {
        T* found = m_page->findChild<T*>(QString::fromLatin1(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }
    bool isShown(const char* name) const { return find<QWidget>(name)->isVisibleTo(m_page.get()); }
    int movedRows() const { return find<QTableView>("movedTable")->model()->rowCount(); }
    QString cost() const { return find<KpiTile>("costTile")->value(); }
    void moveTo(double value)
    {
        find<QDoubleSpinBox>("settingSpin")->setValue(value);
        QTRY_VERIFY(m_page->isIdle() &&
                    find<QLabel>("howComputed")->text().contains(QStringLiteral("1\u2009000")));
    }

    std::unique_ptr<Bench> m_bench;
    std::unique_ptr<ModePage> m_page;

private Q_SLOTS:
    void initTestCase()
    {
        Theme::instance().apply(*qApp);
        m_bench = std::make_unique<Bench>(kInstant, 120);
        m_page.reset(createTuningPage(m_bench->session, nullptr));
        m_page->resize(1364, 800);
        m_page->show();
        m_page->setActive(true);
    }

    /// The other tests need what this one leaves behind.
    void theOneButtonFillsTheView()
    {
        QVERIFY(isShown("runAllTiers"));
        auto* button = find<QPushButton>("runAllTiers");
        QVERIFY(button->text().contains(QStringLiteral("few")));
        QSignalSpy finished(&m_bench->session.runs(), &LiveRuns::batchFinished);
        button->click();
        QTRY_VERIFY(isShown("allTiersProgress") || finished.count() == 1);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished.at(0).at(0).value<BatchProgress>().finished, 120);
        QTRY_VERIFY(isShown("costTile"));
        QTRY_VERIFY(m_page->isIdle() && cost().startsWith(QLatin1Char('$')));
        QVERIFY(find<QLabel>("howComputed")->text().startsWith(QStringLiteral("120 ")));
        QVERIFY(find<QLabel>("howComputed")->text().contains(QStringLiteral("coverage 100")));
        QVERIFY(isShown("tuningSandbox"));
        // Where the policy stands nothing changes, and nothing pretends to.
        QCOMPARE(movedRows(), 0);
        QCOMPARE(find<KpiTile>("costTile")->below(), QStringLiteral("no change"));
        QVERIFY(!find<QPushButton>("applySetting")->isEnabled());
        QVERIFY(find<CostQualityChart>("costQualityChart")->curve().size() > 5);
    }

    void movingTheSliderMovesFiguresAndRequests()
    {
        const QString before = cost();
        auto* slider = find<QSlider>("settingSlider");
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Home); // the judge turns nothing down
        QTRY_VERIFY(m_page->isIdle() && movedRows() > 0);
        QTRY_VERIFY(cost() != before);
        QCOMPARE(find<QDoubleSpinBox>("settingSpin")->value(), 1.0);
        QCOMPARE(find<KpiTile>("escalationTile")->value().left(3), QStringLiteral("0.0"));
        QVERIFY(find<KpiTile>("costTile")->below().contains(QLatin1Char('[')));

        // What gets worse stands first.
        const QAbstractItemModel* model = find<QTableView>("movedTable")->model();
        double last = -2;
        for (int row = 0; row < model->rowCount(); ++row) {
            const QStringList ends =
                model->index(row, MovedModel::QualityColumn).data().toString().split(QStringLiteral(" → "));
            if (ends.contains(QStringLiteral("unknown")))
                continue;
            const double change = ends.at(1).toDouble() - ends.at(0).toDouble();
            QVERIFY(change >= last - 0.011); // two decimals are shown
            last = change;
        }
        find<QPushButton>("resetSetting")->click();
        QTRY_VERIFY(m_page->isIdle() && movedRows() == 0);
        QCOMPARE(cost(), before);
    }

    void whatIsShownIsWhatThePolicyWouldDo()
    {
        moveTo(2.0);
        const QString shown = cost();
        const int moved = movedRows();
        auto reader = m_bench->session.store().workspace()->reader();
        QVERIFY(reader.has_value());
        auto matrix = loadOutcomeMatrix(**reader, "few");
        QVERIFY(matrix.has_value());
        WhatIf whatIf(std::make_shared<const OutcomeMatrix>(std::move(*matrix)));
        const std::string text = m_bench->session.policy().document()->text;
        const auto changed = readPolicy(*setValue(text, "/triggers/grounding/below", "2"));
        const WhatIfResult a = whatIf.simulate(CompiledPolicy(readPolicy(text)->policy));
        const WhatIfResult b = whatIf.simulate(CompiledPolicy(changed->policy));
        QCOMPARE(static_cast<int>(whatIf.compare(a, b).moved.size()), moved);
        QCOMPARE(QString(shown).remove(QLatin1Char('$')).remove(QChar(0x2009)).toDouble(),
                 QString::number(b.kpis.costPerRequestUsd->value * 1000, 'f', 2).toDouble());
        find<QPushButton>("resetSetting")->click();
        QVERIFY(a.estimatedCosts > 0); // the sample's tiers are given the draft that was rejected
        const QString estimates = QStringLiteral("%1 of the costs are estimates").arg(a.estimatedCosts);
        QTRY_VERIFY2(find<QLabel>("howComputed")->text().contains(estimates), qPrintable(find<QLabel>("howComputed")->text()));
    }

    void applyIsOneEditThatCanBeUndone()
    {
        PolicyEditor& editor = m_bench->session.policy();
        const std::string before = editor.document()->text;
        const int steps = editor.undoStack()->count();
        moveTo(4.2);
        QCOMPARE(editor.document()->text, before); // looking changes nothing
        find<QPushButton>("applySetting")->click();
        QCOMPARE(editor.undoStack()->count(), steps + 1);
        QCOMPARE(valueAt(editor.document()->text, "/triggers/grounding/below").value(), std::string("4.2"));
        QTRY_VERIFY(m_page->isIdle());
        QCOMPARE(find<KpiTile>("costTile")->below(), QStringLiteral("no change")); // it is the policy now
        QVERIFY(find<QLabel>("baselineLabel")->text().contains(QStringLiteral("4.2")));
        editor.undoStack()->undo();
        QCOMPARE(editor.document()->text, before);
        QTRY_VERIFY(m_page->isIdle());
        QCOMPARE(find<QDoubleSpinBox>("settingSpin")->value(), 3.5);
    }

    void everyThresholdOfThePolicyCanBeMoved()
    {
        auto* box = find<QComboBox>("tunableBox");
        const auto tunables = tunablesOf(*m_bench->session.policy().document()->policy);
        QCOMPARE(box->count(), static_cast<int>(tunables.size()));
        for (int i = 0; i < box->count(); ++i) {
            box->setCurrentIndex(i);
            QTRY_VERIFY(m_page->isIdle());
            QCOMPARE(find<QDoubleSpinBox>("settingSpin")->value(),
                     tunables[static_cast<std::size_t>(i)].value);
            QVERIFY(!find<QPushButton>("applySetting")->isEnabled());
            QCOMPARE(movedRows(), 0);
        }
        QVERIFY(m_page->reveal(QStringLiteral("/triggers/grounding/below")));
    }

    void aDragGetsQuickFiguresAndFullOnesWhenItEnds()
    {
        auto* slider = find<QSlider>("settingSlider");
        QLabel* how = find<QLabel>("howComputed");
        QTRY_VERIFY(m_page->isIdle());
        slider->setSliderDown(true);
        for (int value = slider->minimum(); value <= slider->maximum(); ++value)
            slider->setValue(value);
        QTRY_VERIFY(m_page->isIdle());
        QVERIFY2(how->text().contains(QStringLiteral("from 100 resamples")), qPrintable(how->text()));
        slider->setSliderDown(false);
        QTRY_VERIFY2(how->text().contains(QStringLiteral("1\u2009000 resamples")), qPrintable(how->text()));
        QCOMPARE(find<QDoubleSpinBox>("settingSpin")->value(), 5.0);
        find<QPushButton>("resetSetting")->click();
        QTRY_VERIFY(m_page->isIdle());
    }

    void aBrokenPolicyOffersItsProblems()
    {
        QSignalSpy navigation(&m_bench->session, &Session::navigationRequested);
        QVERIFY(m_bench->session.policy()
                    .setJson(QStringLiteral("/cascade/max_hops"), "\"many\"", QStringLiteral("break"))
                    .has_value());
        QVERIFY(isShown("tuningShowProblems"));
        find<QPushButton>("tuningShowProblems")->click();
        QCOMPARE(navigation.count(), 1);
        m_bench->session.policy().undoStack()->undo();
        QVERIFY(isShown("costTile"));
        QTRY_VERIFY(m_page->isIdle());
    }

    void differencesSayWhenThereIsNoEvidence()
    {
        const auto plain = [](double value) { return QString::number(value, 'f', 1); };
        const auto of = [&](double value, double low, double high, std::optional<bool> lowerIsBetter) {
            return differenceText(Estimate{value, {low, high}, 10}, plain, QStringLiteral(" x"),
                                  lowerIsBetter);
        };
        QVERIFY(of(0.5, -1, 2, true).text.contains(QStringLiteral("no evidence of a change")));
        QVERIFY(of(0.5, -1, 2, true).tone == Tone::Neutral);
        QVERIFY(of(-3, -4, -2, true).tone == Tone::Good);
        QVERIFY(of(-3, -4, -2, false).tone == Tone::Bad);
        QVERIFY(of(3, 2, 4, std::nullopt).tone == Tone::Neutral);
        QCOMPARE(of(0, 0, 0, true).text, QStringLiteral("no change"));
        QVERIFY(differenceText(std::nullopt, plain, {}, true).text.contains(QStringLiteral("unknown")));
        // Touching zero is no evidence either.
        QVERIFY(of(1, 0, 2, true).text.contains(QStringLiteral("no evidence")));
    }

    void whatWasNotJudgedIsUnknownAndLast()
    {
        MovedModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        MovedRequest unknown, better, worse;
        unknown.prompt = "unknown";
        unknown.costFrom = 5;
        better.prompt = "better";
        better.qualityFrom = 0.2;
        better.qualityTo = 0.8;
        worse.prompt = "worse";
        worse.qualityFrom = 0.8;
        worse.qualityTo = 0.2;
        model.show({unknown, better, worse}, {QStringLiteral("T0")});
        QCOMPARE(model.index(0, MovedModel::RequestColumn).data().toString(), QStringLiteral("worse"));
        QCOMPARE(model.index(1, MovedModel::RequestColumn).data().toString(), QStringLiteral("better"));
        QCOMPARE(model.index(2, MovedModel::CostColumn).data().toString(), QStringLiteral("unknown"));
        QCOMPARE(model.index(2, MovedModel::QualityColumn).data().toString(),
                 QStringLiteral("unknown → unknown"));
    }

    void settingsOfTheCurveLieOnStepsAndHoldThePolicysOwn()
    {
        Tunable tunable;
        tunable.low = 1;
        tunable.high = 5;
        tunable.step = 0.1;
        tunable.value = 3.47;
        const auto settings = curveSettings(tunable, 33);
        QVERIFY(std::is_sorted(settings.begin(), settings.end()));
        QVERIFY(std::find(settings.begin(), settings.end(), 3.47) != settings.end());
        QCOMPARE(settings.front(), 1.0);
        QCOMPARE(settings.back(), 5.0);
    }

    void controlsHaveNames()
    {
        for (QWidget* widget : m_page->findChildren<QWidget*>()) {
            const bool control = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
                                 qobject_cast<QAbstractSpinBox*>(widget) ||
                                 qobject_cast<QAbstractSlider*>(widget) || qobject_cast<QTableView*>(widget);
            if (!control || widget->focusPolicy() == Qt::NoFocus ||
                widget->objectName().startsWith(QStringLiteral("qt_")) || qobject_cast<QScrollBar*>(widget))
                continue;
            QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }

    void cleanupTestCase()
    {
        m_page.reset();
        m_bench.reset();
    }
};

QTEST_MAIN(TestTuning)
#include "tst_tuning.moc"
