// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_panel.h"
#include "ui/charts/chart_theme.h"
#include "ui/charts/chart_view.h"
#include "ui/theme/theme.h"

#include <QtTest>

#include <QApplication>
#include <QBarSet>
#include <QChart>
#include <QImage>
#include <QLineSeries>
#include <QStackedBarSeries>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QValueAxis>

using namespace signalbox;

class ChartsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(*qApp); }
    void cleanup() { Theme::instance().setMode(ThemeMode::Light); }
    void pressesWhereNothingLiesDoNoHarm();
    void wheelAndKeysZoom();
    void themeFollowsAndLeavesSeriesAlone();
    void showsItsDataAndSaysASentence();
    void exportsPictureVectorAndTable();
    void csvQuotesWhatNeedsIt();
    void axisNamesAreNeverCut();
    void emptySaysWhatWillBeThere();

private:
    static void fill(ChartPanel& panel);
};

void ChartsTest::fill(ChartPanel& panel)
{
    panel.clearChart();
    auto* line = new QLineSeries;
    line->setName(QStringLiteral("p95"));
    line->replace({QPointF(0, 1), QPointF(1, 5), QPointF(2, 2)});
    line->setColor(QColor(1, 2, 3));
    panel.chart()->addSeries(line);
    QAbstractAxis* x = positionAxis({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
    QAbstractAxis* y = figureAxis(0, 5, QStringLiteral("%.0f"));
    panel.chart()->addAxis(x, Qt::AlignBottom);
    panel.chart()->addAxis(y, Qt::AlignLeft);
    line->attachAxis(x);
    line->attachAxis(y);
    panel.setContent(QStringLiteral("Latency rose to 5 and fell to 2."),
                     {{QStringLiteral("from"), QStringLiteral("p95")},
                      {{QStringLiteral("a"), QStringLiteral("1")},
                       {QStringLiteral("b"), QStringLiteral("5")},
                       {QStringLiteral("c"), QStringLiteral("2")}}},
                     QStringLiteral("n = 3"));
}

void ChartsTest::pressesWhereNothingLiesDoNoHarm()
{
    ChartPanel panel(QStringLiteral("Latency"), QStringLiteral("latency"));
    panel.resize(400, 300);
    fill(panel);
    panel.show();
    ChartView* view = panel.view();
    view->chart()->resize(60, 60); // the chart does not fill the view: QTBUG-118669
    for (int x = 1; x < view->viewport()->width(); x += 37) {
        for (int y = 1; y < view->viewport()->height(); y += 29)
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(x, y));
    }
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, QPoint(view->viewport()->width() - 2, 2));
    QCOMPARE(view->chart()->series().size(), 1);
}

void ChartsTest::wheelAndKeysZoom()
{
    ChartPanel panel(QStringLiteral("Latency"), QStringLiteral("latency"));
    panel.resize(400, 300);
    fill(panel);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    ChartView* view = panel.view();
    QTest::keyClick(view, Qt::Key_Plus);
    QVERIFY(!view->chart()->isZoomed()); // off unless the chart asks for it
    view->setZoomable(true);
    QTest::keyClick(view, Qt::Key_Plus);
    QVERIFY(view->chart()->isZoomed());
    QTest::keyClick(view, Qt::Key_Right);
    QTest::keyClick(view, Qt::Key_0);
    QVERIFY(!view->chart()->isZoomed());
    const QPointF middle = view->viewport()->rect().center();
    QWheelEvent plain(middle, view->viewport()->mapToGlobal(middle), {}, QPoint(0, 120), Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(view->viewport(), &plain);
    QVERIFY(!plain.isAccepted()); // the page below scrolls
    QWheelEvent held(middle, view->viewport()->mapToGlobal(middle), {}, QPoint(0, 120), Qt::NoButton,
                     Qt::ControlModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(view->viewport(), &held);
    QVERIFY(view->chart()->isZoomed());
}

void ChartsTest::themeFollowsAndLeavesSeriesAlone()
{
    ChartPanel panel(QStringLiteral("Latency"), QStringLiteral("latency"));
    fill(panel);
    Theme::instance().setMode(ThemeMode::Dark);
    QCOMPARE(panel.chart()->backgroundBrush().color(), Theme::colorsFor(true).panel);
    QCOMPARE(panel.chart()->axes().constFirst()->labelsColor(), Theme::colorsFor(true).muted);
    QCOMPARE(qobject_cast<QLineSeries*>(panel.chart()->series().constFirst())->color(), QColor(1, 2, 3));
    Theme::instance().setMode(ThemeMode::Light);
    QCOMPARE(panel.chart()->backgroundBrush().color(), Theme::colorsFor(false).panel);
}

void ChartsTest::showsItsDataAndSaysASentence()
{
    ChartPanel panel(QStringLiteral("Latency"), QStringLiteral("latency"));
    fill(panel);
    panel.show();
    QCOMPARE(panel.view()->accessibleDescription(), QStringLiteral("Latency rose to 5 and fell to 2."));
    QVERIFY(!panel.isDataShown());
    panel.showData(true);
    QVERIFY(panel.isDataShown());
    auto* table = panel.findChild<QTableWidget*>();
    QVERIFY(table->isVisible());
    QCOMPARE(table->rowCount(), 3);
    QCOMPARE(table->item(1, 1)->text(), QStringLiteral("5"));
    fill(panel); // new data while the table is shown
    QVERIFY(panel.isDataShown());
    panel.showData(false);
    QVERIFY(panel.view()->isVisible());
}

void ChartsTest::exportsPictureVectorAndTable()
{
    QTemporaryDir dir;
    ChartPanel panel(QStringLiteral("Latency"), QStringLiteral("latency"));
    panel.resize(400, 300);
    fill(panel);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    const QString png = dir.filePath(QStringLiteral("a.png"));
    QVERIFY(panel.exportTo(png));
    const QImage image(png);
    QCOMPARE(image.width(), qRound(panel.view()->scene()->sceneRect().width() * 2));
    int painted = 0;
    for (int y = 0; y < image.height(); y += 2) {
        for (int x = 0; x < image.width(); x += 2)
            painted += image.pixelColor(x, y) == QColor(1, 2, 3) ? 1 : 0;
    }
    QVERIFY2(painted > 20, "the line is not in the picture");
    const QString svg = dir.filePath(QStringLiteral("a.svg"));
    QVERIFY(panel.exportTo(svg));
    QFile vector(svg);
    QVERIFY(vector.open(QIODevice::ReadOnly));
    const QByteArray text = vector.readAll();
    QVERIFY(text.contains("<svg") && text.contains("#010203") && text.contains("Latency rose to 5"));
    const QString csv = dir.filePath(QStringLiteral("a.csv"));
    QVERIFY(panel.exportTo(csv));
    QFile table(csv);
    QVERIFY(table.open(QIODevice::ReadOnly));
    QCOMPARE(table.readAll(), QByteArray("from,p95\r\na,1\r\nb,5\r\nc,2\r\n"));
    const auto other = panel.exportTo(dir.filePath(QStringLiteral("a.bmp")));
    QVERIFY(!other);
    QVERIFY(!QFile::exists(dir.filePath(QStringLiteral("a.bmp"))));
    QVERIFY(!panel.exportTo(dir.filePath(QStringLiteral("no/such/folder/a.csv"))));
}

void ChartsTest::csvQuotesWhatNeedsIt()
{
    const ChartTable table{{QStringLiteral("a,b"), QStringLiteral("c")},
                           {{QStringLiteral("say \"hi\""), QStringLiteral("two\nlines")}}};
    QCOMPARE(table.toCsv(), QByteArray("\"a,b\",c\r\n\"say \"\"hi\"\"\",\"two\nlines\"\r\n"));
}

void ChartsTest::axisNamesAreNeverCut()
{
    QStringList names;
    for (int i = 0; i < 24; ++i)
        names << QStringLiteral("12:00:00"); // equal names are allowed
    std::unique_ptr<QAbstractAxis> axis(positionAxis(names, 4));
    QVERIFY(axis);
    std::unique_ptr<QAbstractAxis> none(positionAxis({}, 4));
    QVERIFY(none);
    std::unique_ptr<QAbstractAxis> figures(figureAxis(0, 0, QStringLiteral("%d")));
    QVERIFY(qobject_cast<QValueAxis*>(figures.get())->max() > 0); // all zero is drawn, not divided by
}

void ChartsTest::emptySaysWhatWillBeThere()
{
    ChartPanel panel(QStringLiteral("Latency"), QStringLiteral("latency"));
    fill(panel);
    panel.setEmpty(QStringLiteral("How long answers took."));
    QVERIFY(panel.isEmpty());
    QVERIFY(panel.chart()->series().isEmpty());
    QCOMPARE(panel.accessibleDescription(), QStringLiteral("How long answers took."));
    fill(panel);
    QVERIFY(!panel.isEmpty());
}

QTEST_MAIN(ChartsTest)
#include "tst_charts.moc"
