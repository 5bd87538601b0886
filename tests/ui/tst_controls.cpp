// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a person can use in the main window has a name: one for programs (objectName) and one that a
// screen reader can say (accessibleName, or the control's own text).
#include "session_bench.h"
#include "ui/shell/main_window.h"
#include "ui/shell/mode_page.h"

#include <QtTest>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextBrowser>

using namespace signalbox;

namespace {

bool isControl(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget) ||
           qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget) ||
           qobject_cast<const QAbstractSlider*>(widget) || qobject_cast<const QAbstractItemView*>(widget) ||
           qobject_cast<const QPlainTextEdit*>(widget) || qobject_cast<const QTextEdit*>(widget);
}

/// Parts that Qt makes for itself inside a control, which speaks for them.
bool isPartOfQt(const QWidget* widget)
{
    if (qobject_cast<const QScrollBar*>(widget) || qobject_cast<const QHeaderView*>(widget) ||
        widget->objectName().startsWith(QStringLiteral("qt_")))
        return true;
    for (const QWidget* parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
        for (const char* owner :
             {"QAbstractSpinBox", "QComboBox", "QComboBoxPrivateContainer", "QLineEdit", "QTabBar"}) {
            if (parent->inherits(owner))
                return true;
        }
    }
    return widget->inherits("QTableCornerButton");
}

QString lineage(const QWidget* widget)
{
    QStringList parts;
    for (; widget; widget = widget->parentWidget())
        parts.prepend(
            QString::fromLatin1(widget->metaObject()->className()).remove(QStringLiteral("signalbox::")) +
            (widget->objectName().isEmpty() ? QString() : QLatin1Char('#') + widget->objectName()));
    return parts.join(QStringLiteral(" > "));
}

/// The controls of the window that lack a name, by their lineage.
QStringList nameless(const QWidget& window)
{
    QStringList found;
    const auto widgets = window.findChildren<QWidget*>();
    for (const QWidget* widget : widgets) {
        if (!isControl(widget) || !widget->isEnabled() || isPartOfQt(widget))
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        if (widget->objectName().isEmpty())
            found << QStringLiteral("no objectName: ") + lineage(widget);
        if (widget->accessibleName().isEmpty() && (!button || button->text().isEmpty()))
            found << QStringLiteral("no accessible name: ") + lineage(widget);
    }
    found.removeDuplicates();
    return found;
}

} // namespace

class ControlsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyModeHasNames();
    void theInspectorHasNamesForEveryElement();
    void aRunHasNames();

private:
    void showAll(MainWindow& window)
    {
        window.resize(1440, 900);
        window.show();
    }
};

void ControlsTest::everyModeHasNames()
{
    testing::Bench bench(testing::kInstant, 5);
    MainWindow window(bench.session);
    showAll(window);
    for (const ModePage* page : window.pages()) {
        window.showMode(page->id());
        QTRY_VERIFY(page->isIdle());
        const QStringList found = nameless(window);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }
}

void ControlsTest::theInspectorHasNamesForEveryElement()
{
    testing::Bench bench(testing::kInstant, 0);
    MainWindow window(bench.session);
    showAll(window);
    const PolicyPtr policy = bench.session.policy().document()->policy;
    QVERIFY(policy);
    QStringList elements{QString(),
                         QStringLiteral("/slo"),
                         QStringLiteral("/cascade"),
                         QStringLiteral("/router"),
                         QStringLiteral("/retrieval"),
                         QStringLiteral("/router/map/0")};
    const auto add = [&elements](const QString& list, const auto& items) {
        elements << list;
        for (const auto& item : items)
            elements << list + QLatin1Char('/') + QString::fromStdString(item.id);
    };
    add(QStringLiteral("/endpoints"), policy->endpoints);
    add(QStringLiteral("/models"), policy->models);
    add(QStringLiteral("/tiers"), policy->tiers);
    add(QStringLiteral("/rules"), policy->rules);
    add(QStringLiteral("/triggers"), policy->triggers);
    add(QStringLiteral("/rubrics"), policy->rubrics);
    QVERIFY(elements.size() > 20);
    QStringList found;
    for (const QString& element : elements) {
        window.goTo(QStringLiteral("policy"), element);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        for (const QString& about : nameless(window))
            found << element + QStringLiteral(": ") + about;
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

void ControlsTest::aRunHasNames()
{
    testing::Bench bench(testing::kInstant, 3);
    MainWindow window(bench.session);
    showAll(window);
    window.goTo(QStringLiteral("playground"), QStringLiteral("prompt:Where is my parcel?"));
    QAction* send = window.actions().action(QStringLiteral("playground.all_tiers"));
    QVERIFY(send);
    send->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!window.findChildren<QWidget*>(QStringLiteral("hopCard0")).isEmpty() &&
                                 window.page(QStringLiteral("playground"))->isIdle(),
                             20000);
    const QStringList found = nameless(window);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

QTEST_MAIN(ControlsTest)
#include "tst_controls.moc"
