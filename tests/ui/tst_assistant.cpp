// SPDX-License-Identifier: GPL-3.0-or-later
// The New Policy dialog, by keyboard and mouse.

#include "policy/document.h"
#include "ui/policy/policy_map.h"
#include "ui/shell/new_policy_dialog.h"
#include "ui/shell/traffic_text.h"
#include "ui/theme/text.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QtTest>

#include <algorithm>

using namespace signalbox;

namespace {

template <class Widget>
Widget* part(const QWidget& dialog, const char* name)
{
    auto* found = dialog.findChild<Widget*>(QLatin1String(name));
    if (!found)
        qFatal("there is no %s", name);
    return found;
}

void click(QDialog& dialog, const char* button)
{
    QTest::mouseClick(part<QPushButton>(dialog, button), Qt::LeftButton);
}

PolicyDocumentPtr result(const NewPolicyDialog& dialog)
{
    return readPolicy(dialog.policyText());
}

} // namespace

class AssistantTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(*qApp); }

    void trafficBecomesItsPattern()
    {
        NewPolicyDialog dialog;
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        QVERIFY(part<QRadioButton>(dialog, "newPolicyFromTraffic")->isChecked());
        click(dialog, "newPolicyNext");
        auto* shapes = part<QListWidget>(dialog, "newPolicyShapes");
        QCOMPARE(shapes->count(), 7);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(shapes, Qt::Key_Down);
        QVERIFY(part<QLabel>(dialog, "newPolicyAbout")
                    ->text()
                    .contains(trafficPrefer(TrafficShape::InteractiveChat)));
        click(dialog, "newPolicyNext");
        QTest::keyClicks(part<QLineEdit>(dialog, "newPolicyName"), QStringLiteral("Harbor Chat"));
        auto* p95 = part<QSpinBox>(dialog, "newPolicyP95");
        QCOMPARE(p95->value(), 1200); // what is usual for a chat
        p95->setFocus();
        p95->selectAll();
        QTest::keyClicks(p95, QStringLiteral("900"));
        click(dialog, "newPolicyNext");
        auto* map = part<PolicyMap>(dialog, "newPolicyMap");
        QVERIFY(map->isVisible());
        QVERIFY(map->graph().nodes.size() >= 5);
        QVERIFY(part<QLabel>(dialog, "newPolicyReasons")->text().contains(QStringLiteral("race")));
        QCOMPARE(part<QPushButton>(dialog, "newPolicyNext")->text(), QStringLiteral("Create"));
        click(dialog, "newPolicyNext");
        QCOMPARE(accepted.count(), 1);
        const PolicyDocumentPtr document = result(dialog);
        QVERIFY(document->runnable());
        QCOMPARE(document->policy->name, std::string("Harbor Chat"));
        QVERIFY(document->policy->cascade.pattern == CascadePattern::Race);
        QCOMPARE(document->policy->slo.p95LatencyMs, std::optional<double>(900));
        QVERIFY(document->policy->usesSandbox());
    }

    void ownServerIsAskedForWhatItNeeds()
    {
        NewPolicyDialog dialog;
        dialog.show();
        click(dialog, "newPolicyNext");
        QTest::keyClick(part<QListWidget>(dialog, "newPolicyShapes"), Qt::Key_End);
        click(dialog, "newPolicyNext");
        auto* next = part<QPushButton>(dialog, "newPolicyNext");
        auto* url = part<QLineEdit>(dialog, "newPolicyUrl");
        QVERIFY(!url->isVisible());
        QTest::keyClick(part<QComboBox>(dialog, "newPolicyEndpoints"), Qt::Key_Down);
        QVERIFY(url->isVisible());
        QVERIFY(!next->isEnabled());
        QVERIFY(part<QLabel>(dialog, "newPolicyMissing")->text().contains(QStringLiteral("URL")));
        QTest::keyClicks(url, QStringLiteral("https://api.example.com/v1"));
        QTest::keyClicks(part<QLineEdit>(dialog, "newPolicyKey"), QStringLiteral("EXAMPLE_KEY"));
        QVERIFY(next->isEnabled());
        click(dialog, "newPolicyNext");
        click(dialog, "newPolicyNext");
        const PolicyDocumentPtr document = result(dialog);
        QVERIFY(document->runnable());
        QCOMPARE(document->policy->endpoints.size(), std::size_t(1));
        QCOMPARE(document->policy->endpoints[0].key.env, std::string("EXAMPLE_KEY"));
        QVERIFY(document->policy->router.kind == RouterKind::Fixed);
    }

    void templateNeedsNoAnswers()
    {
        NewPolicyDialog dialog;
        dialog.show();
        QTest::mouseClick(part<QRadioButton>(dialog, "newPolicyFromTemplate"), Qt::LeftButton, {},
                          QPoint(8, 8));
        click(dialog, "newPolicyNext");
        auto* shapes = part<QListWidget>(dialog, "newPolicyShapes");
        QTest::keyClick(shapes, Qt::Key_Down);
        QTest::keyClick(shapes, Qt::Key_Down);
        click(dialog, "newPolicyNext");
        QVERIFY(part<PolicyMap>(dialog, "newPolicyMap")->isVisible());
        click(dialog, "newPolicyBack");
        QVERIFY(shapes->isVisible());
        click(dialog, "newPolicyNext");
        click(dialog, "newPolicyNext");
        QCOMPARE(result(dialog)->policy->name, std::string(infoOf(TrafficShape::Compliance).title));
        QCOMPARE(result(dialog)->count(Severity::Warning), 0);
    }

    /// Enter in the list is Next, once: no question is passed over.
    void enterGoesOnePageAtATime()
    {
        NewPolicyDialog dialog;
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        QCOMPARE(dialog.focusWidget(), part<QRadioButton>(dialog, "newPolicyFromTraffic"));
        QTest::keyClick(dialog.focusWidget(), Qt::Key_Return);
        auto* shapes = part<QListWidget>(dialog, "newPolicyShapes");
        QVERIFY(shapes->isVisible());
        QTest::keyClick(shapes, Qt::Key_Return);
        QVERIFY(part<QLineEdit>(dialog, "newPolicyName")->isVisible());
        QVERIFY(!part<PolicyMap>(dialog, "newPolicyMap")->isVisible());
        QTest::keyClick(part<QLineEdit>(dialog, "newPolicyName"), Qt::Key_Return);
        QVERIFY(part<PolicyMap>(dialog, "newPolicyMap")->isVisible());
        QCOMPARE(accepted.count(), 0);
    }

    void rowsDoNotLieOnEachOther()
    {
        NewPolicyDialog dialog;
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        click(dialog, "newPolicyNext");
        auto* shapes = part<QListWidget>(dialog, "newPolicyShapes");
        for (int row = 1; row < shapes->count(); ++row) {
            const QRect above = shapes->visualItemRect(shapes->item(row - 1));
            const QRect here = shapes->visualItemRect(shapes->item(row));
            QVERIFY2(here.top() > above.bottom(), qPrintable(QString::number(row)));
            QVERIFY(here.height() >= shapes->fontMetrics().height() + 8);
        }
    }

    void emptyIsOneStep()
    {
        NewPolicyDialog dialog;
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.show();
        QTest::mouseClick(part<QRadioButton>(dialog, "newPolicyFromEmpty"), Qt::LeftButton, {}, QPoint(8, 8));
        QCOMPARE(part<QPushButton>(dialog, "newPolicyNext")->text(), QStringLiteral("Create"));
        click(dialog, "newPolicyNext");
        QCOMPARE(accepted.count(), 1);
        QVERIFY(result(dialog)->policy);
        QVERIFY(result(dialog)->policy->tiers.empty());
    }

    void everyControlHasAName()
    {
        const NewPolicyDialog dialog;
        const auto widgets = dialog.findChildren<QWidget*>();
        for (const QWidget* widget : widgets) {
            const bool control = widget->focusPolicy() != Qt::NoFocus &&
                                 widget->objectName().startsWith(QStringLiteral("newPolicy"));
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            if (control && !button && !qobject_cast<const QLabel*>(widget))
                QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }

    void coreTextsCanBeTranslated()
    {
        const auto known = [](const char* text) {
            return std::ranges::any_of(trafficTexts(),
                                       [text](const char* each) { return qstrcmp(each, text) == 0; });
        };
        for (const TrafficInfo& info : trafficShapes()) {
            for (const char* text : {info.title, info.about, info.prefer, info.avoid, info.why})
                QVERIFY2(known(text), text);
        }
        AssistantAnswers answers;
        answers.sandbox = false;
        QVERIFY(known(missingAnswer(answers).c_str()));
        answers.baseUrl = "https://a/v1";
        answers.personalDataStays = true;
        QVERIFY(known(missingAnswer(answers).c_str()));
        answers.onPremUrl = "nonsense";
        QVERIFY(known(missingAnswer(answers).c_str()));
        answers.onPremUrl = "http://127.0.0.1/v1";
        answers.midModel.clear();
        QVERIFY(known(missingAnswer(answers).c_str()));
    }
};

QTEST_MAIN(AssistantTest)
#include "tst_assistant.moc"
