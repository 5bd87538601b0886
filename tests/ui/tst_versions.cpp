// SPDX-License-Identifier: GPL-3.0-or-later
// The Versions mode: the tree, what differs, tags, restore, messages that are made from the change.

#include "policy/edit.h"
#include "support/policies.h"
#include "ui/policy/policy_map.h"
#include "ui/policy/policy_selection.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/mode_page.h"
#include "ui/theme/text.h"
#include "ui/theme/widgets.h"
#include "ui/versions/change_text.h"
#include "ui/versions/diff_map.h"
#include "ui/versions/graph_diff.h"
#include "ui/versions/text_diff.h"
#include "ui/versions/version_model.h"
#include "ui/versions/versions_page.h"

#include "session_bench.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QTabBar>

#include <random>

using namespace signalbox;
using signalbox::testing::Bench;
using signalbox::testing::kInstant;

namespace {

class Answers : public Dialogs
{
public:
    Answers() { setCurrent(this); }
    ~Answers() override { setCurrent(nullptr); }
    int ask(QWidget*, const QString&, const QString&, const QStringList& buttons, int, int) override
    {
        asked.append(buttons);
        return answer;
    }
    QString askText(QWidget*, const QString&, const QString&, const QString&, bool* ok) override
    {
        *ok = true;
        return text;
    }
    QString saveFile(QWidget*, const QString&, const QString& suggestion, const QString&) override
    {
        suggested = suggestion;
        return file;
    }
    QList<QStringList> asked;
    int answer = 0;
    QString text;
    QString file;
    QString suggested;
};

std::string sample()
{
    return test::sourceFile("resources/samples/harbor-support.policy.json");
}

std::string edited(std::string text, const std::vector<std::pair<std::string, std::string>>& values)
{
    for (const auto& [pointer, value] : values)
        text = setValue(text, pointer, value).value();
    return text;
}

QString messageFor(const std::string& before, const std::string& after)
{
    const PolicyDocumentPtr old = readPolicy(before);
    return automaticMessage(old.get(), *readPolicy(after));
}

template <class Widget>
Widget* part(const QWidget& page, const char* name)
{
    auto* found = page.findChild<Widget*>(QLatin1String(name));
    if (!found)
        qFatal("there is no %s", name);
    return found;
}

PolicyVersion versionOf(int number, int parent)
{
    PolicyVersion version;
    version.name = "P";
    version.version = number;
    version.parent = parent;
    version.parentName = parent > 0 ? "P" : "";
    return version;
}

} // namespace

class VersionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(*qApp); }

    void messagesSayWhatChanged()
    {
        const std::string text = sample();
        QCOMPARE(messageFor(text, edited(text, {{"/triggers/grounding/below", "3.8"}})),
                 QStringLiteral("grounding below 3.5 → 3.8"));
        QCOMPARE(messageFor(text, edited(text, {{"/tiers/T0/budget/deadline_ms", "2000"}})),
                 QStringLiteral("T0 budget deadline 2500 ms → 2000 ms"));
        QCOMPARE(messageFor(text, removeValue(text, "/rules/legal").value()),
                 QStringLiteral("removed legal"));
        QCOMPARE(messageFor(text, edited(text, {{"/router/map/1/route", "\"T1\""}})),
                 QStringLiteral("map row 2 route T0 → T1"));
        QCOMPARE(messageFor(text, edited(text, {{"/rules/legal/when/keyword",
                                                 "[\"legal\", \"lawyer\", \"ombudsman\"]"}})),
                 QStringLiteral(
                     "legal when keyword gains “ombudsman” and loses “lawsuit”, “chargeback”, “safety”"));
        QCOMPARE(messageFor(text, canonicalPolicyText(text).value()), QStringLiteral("Layout only"));
        QVERIFY(messageFor(text, edited(text, {{"/triggers/grounding/below", "3.8"},
                                               {"/tiers/T0/budget/deadline_ms", "2000"},
                                               {"/system_prompt", "\"x\""},
                                               {"/priority", "\"quality\""},
                                               {"/slo/p95_latency_ms", "1000"},
                                               {"/router/hard_at", "3"},
                                               {"/retrieval/top_k", "5"}}))
                    .startsWith(QStringLiteral("7 change")));
        QCOMPARE(automaticMessage(nullptr, *readPolicy(text)), QStringLiteral("First version"));
    }

    void sentencesNameWhatTheyConcern()
    {
        const std::string text = sample();
        const auto linesOf = [&](const std::string& after) {
            const PolicyDocumentPtr old = readPolicy(text);
            const PolicyDocumentPtr fresh = readPolicy(after);
            QStringList out;
            for (const ChangeLine& line : changeLines(diffPolicies(*old, *fresh), *old, *fresh))
                out.append(changeSign(line.kind) + QLatin1Char(' ') + line.sentence);
            return out.join(QLatin1Char('\n'));
        };
        QCOMPARE(
            linesOf(edited(text, {{"/triggers/grounding/below", "3.8"}, {"/slo/p95_latency_ms", "1200"}})),
            QStringLiteral(
                "~ Objectives: p95 latency 4000 ms → 1200 ms\n~ Trigger grounding: below 3.5 → 3.8"));
        QCOMPARE(linesOf(moveElement(text, "/rules", 3, 0).value()),
                 QStringLiteral("↕ Rule legal moved from place 4 to place 1"));
        QCOMPARE(linesOf(edited(text, {{"/rules/legal/exclusive", "true"}})),
                 QStringLiteral("+ Rule legal: exclusive is now yes"));
        const std::string either = edited(text, {{"/rules/legal/when", R"({"any": [{"keyword": "legal"}, {"language": "de"}]})"}});
        QCOMPARE(linesOf(either).count(QLatin1Char('{')), 0); // no JSON among the sentences
        QVERIFY2(linesOf(either).contains(QStringLiteral("any was added")), qPrintable(linesOf(either)));
    }

    void mapMarksWhatDiffers()
    {
        const std::string text = sample();
        std::string after =
            edited(text, {{"/triggers/grounding/below", "3.8"}, {"/rules/legal/route", "\"T1\""}});
        after = removeValue(after, "/rules/enterprise").value();
        after = insertElement(after, "/tiers", 3, R"({"id": "T3", "models": ["frontier"]})").value();
        after = insertElement(after, "/cascade/order", 3, "\"T3\"").value();
        const PolicyDocumentPtr old = readPolicy(text);
        const PolicyDocumentPtr fresh = readPolicy(after);
        const DiffGraph diff = diffGraph(*old->policy, *fresh->policy, diffPolicies(*old, *fresh));
        const QStringList marks = describe(diff).split(QLatin1Char('\n'));
        const auto has = [&](const char* line) {
            return std::any_of(marks.begin(), marks.end(),
                               [&](const QString& mark) { return mark.contains(QString::fromUtf8(line)); });
        };
        const QByteArray said = describe(diff).toUtf8();
        QVERIFY2(marks.contains(QStringLiteral("+ T3")), said.constData());
        QVERIFY2(has("~ grounding < 3.5 → 3.8"), said.constData());
        QVERIFY2(has("rules -> T1: + legal"), said.constData());
        QVERIFY2(has("rules -> T2: − legal"), said.constData());
        QVERIFY2(has("rules -> T2: − enterprise"), said.constData());
        QVERIFY2(has("T2 -> T3: + "), said.constData());
        QVERIFY2(!has("request"), said.constData());
        const DiffGraph same = diffGraph(*old->policy, *old->policy, {});
        QCOMPARE(describe(same), QString());
    }

    /// Whatever two policies are compared: the marks fit the graph, and it can be drawn.
    void anyTwoCanBeDrawn()
    {
        std::vector<PolicyDocumentPtr> policies;
        const QDir folder(qEnvironmentVariable("SIGNALBOX_SOURCE_DIR") +
                          QStringLiteral("/tests/policies/sound"));
        const auto files = folder.entryList({QStringLiteral("*.json")});
        for (const QString& file : files) {
            policies.push_back(readPolicy(test::sourceFile("tests/policies/sound/" + ss(file))));
            QVERIFY(policies.back()->policy);
        }
        PolicySelection selection;
        DiffMap map(selection);
        map.resize(900, 600);
        for (const PolicyDocumentPtr& before : policies) {
            for (const PolicyDocumentPtr& after : policies) {
                const DiffGraph diff =
                    diffGraph(*before->policy, *after->policy, diffPolicies(*before, *after));
                QCOMPARE(diff.nodes.size(), diff.graph.nodes.size());
                QCOMPARE(diff.edges.size(), diff.graph.edges.size());
                for (std::size_t i = 0; i < diff.pills.size(); ++i) {
                    QCOMPARE(diff.pills[i].size(), diff.graph.edges[i].pills.size());
                    QVERIFY(diff.graph.edges[i].from >= 0 && diff.graph.edges[i].to >= 0);
                }
                for (std::size_t i = 0; i < diff.lines.size(); ++i)
                    QCOMPARE(diff.lines[i].size(), diff.graph.nodes[i].lines.size());
                map.setDiff(diff);
                QCOMPARE(map.graphLayout().nodes.size(), diff.graph.nodes.size());
            }
        }
        QVERIFY(!map.grab().isNull());
    }

    void lanesConnectParents()
    {
        // 1 – 2 – 3 – 5 and 2 – 4 – 6
        const auto lanes = lanesOf({versionOf(6, 4), versionOf(5, 3), versionOf(4, 2), versionOf(3, 2),
                                    versionOf(2, 1), versionOf(1, 0)});
        QCOMPARE(lanes[0].lane, 0);
        QCOMPARE(lanes[1].lane, 1);
        QCOMPARE(lanes[1].through, std::vector<int>{0});
        QCOMPARE(lanes[2].lane, 0);
        QCOMPARE(lanes[3].lane, 1);
        QCOMPARE(lanes[4].lane, 0);
        QCOMPARE(lanes[4].from, (std::vector<int>{0, 1}));
        QVERIFY(!lanes[5].hasParent);
        // Any tree: a line that begins ends at its parent.
        std::mt19937 random(3);
        for (int round = 0; round < 200; ++round) {
            std::vector<PolicyVersion> versions;
            for (int n = 1 + static_cast<int>(random() % 12); n >= 1; --n)
                versions.push_back(versionOf(n, static_cast<int>(random() % static_cast<unsigned>(n))));
            const auto rows = lanesOf(versions);
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (!rows[i].hasParent)
                    continue;
                std::size_t at = i + 1;
                while (versions[at].version != versions[i].parent) {
                    QVERIFY(std::ranges::count(rows[at].through, rows[i].lane) == 1);
                    ++at;
                }
                QVERIFY(std::ranges::count(rows[at].from, rows[i].lane) == 1);
            }
        }
    }

    void textFoldsWhatIsTheSame()
    {
        std::string before;
        for (int i = 0; i < 100; ++i)
            before += "line " + std::to_string(i) + "\n";
        std::string after = before;
        after.replace(after.find("line 50\n"), 8, "another\n");
        const auto old = std::make_shared<const std::string>(before);
        const auto fresh = std::make_shared<const std::string>(after);
        TextDiff view;
        view.setLines(old, fresh, diffLines(*old, *fresh));
        QCOMPARE(view.added(), 1);
        QCOMPARE(view.removed(), 1);
        const QString shown = view.toPlainText();
        QVERIFY(shown.contains(QStringLiteral("− line 50")));
        QVERIFY(shown.contains(QStringLiteral("+ another")));
        QVERIFY(!shown.contains(QStringLiteral("line 20")));
        QCOMPARE(view.blockCount(), 2 + 2 * 3 + 2);
        view.setWhole(true);
        QCOMPARE(view.blockCount(), 101);
    }

    void modeShowsTheTree()
    {
        Bench bench(kInstant, 0);
        Session& session = bench.session;
        QCOMPARE(session.policy().version(), 1);
        QVERIFY(session.policy().setNumber(QStringLiteral("/triggers/grounding/below"), 3.8,
                                           QStringLiteral("x")));
        QCOMPARE(*session.saveVersion(), 2);
        QVERIFY(
            session.policy().setNumber(QStringLiteral("/triggers/grounding/below"), 4, QStringLiteral("x")));
        QCOMPARE(*session.saveVersion(QStringLiteral("Stricter")), 3);

        ModePage* page = createVersionsPage(session, nullptr);
        page->resize(1300, 800);
        page->show();
        page->setActive(true);
        QTRY_VERIFY(page->isIdle());
        auto* list = part<QListView>(*page, "versionsList");
        const QAbstractItemModelTester tester(list->model());
        QCOMPARE(list->model()->rowCount(), 3);
        const auto text = [&](int row) { return list->model()->index(row, 0).data().toString(); };
        QCOMPARE(text(0), QStringLiteral("v3 Stricter"));
        QCOMPARE(text(1), QStringLiteral("v2 grounding below 3.5 → 3.8"));
        auto* changes = part<QListWidget>(*page, "versionsChanges");
        QTRY_COMPARE(changes->count(), 1);
        QVERIFY(changes->item(0)->text().contains(QStringLiteral("below 3.8 → 4")));

        // Against the first one, and by keyboard to the one in the middle.
        auto* others = part<QComboBox>(*page, "versionsOther");
        others->setCurrentIndex(others->findData(1));
        Q_EMIT others->activated(others->currentIndex());
        QTRY_VERIFY(changes->count() == 1 && changes->item(0)->text().contains(QStringLiteral("3.5 → 4")));
        auto* tabs = part<QTabBar>(*page, "versionsTabs");
        tabs->setCurrentIndex(1);
        QVERIFY(part<TextDiff>(*page, "versionsText")->isVisible());
        QVERIFY(part<TextDiff>(*page, "versionsText")->toPlainText().contains(QStringLiteral("+ ")));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down);
        QTRY_VERIFY(page->isIdle());
        QCOMPARE(part<QLabel>(*page, "versionTitle")->text(), QStringLiteral("Version 2"));
        QTRY_VERIFY(changes->count() == 1 && changes->item(0)->text().contains(QStringLiteral("3.5 → 3.8")));
        delete page;
    }

    void tagsRestoreAndOpen()
    {
        Bench bench(kInstant, 0);
        Answers answers;
        Session& session = bench.session;
        QVERIFY(session.policy().setNumber(QStringLiteral("/triggers/grounding/below"), 3.8,
                                           QStringLiteral("x")));
        QCOMPARE(*session.saveVersion(), 2);
        ModePage* page = createVersionsPage(session, nullptr);
        page->resize(1300, 800);
        page->show();
        page->setActive(true);
        QTRY_VERIFY(page->isIdle());
        auto* list = part<QListView>(*page, "versionsList");
        QVERIFY(!part<QPushButton>(*page, "versionRestore")->isEnabled()); // it is the newest
        list->setCurrentIndex(list->model()->index(1, 0));
        answers.text = QStringLiteral("production");
        QTest::mouseClick(part<QPushButton>(*page, "versionTag"), Qt::LeftButton);
        QTRY_COMPARE(list->model()->index(1, 0).data(VersionModel::Tags).toStringList(),
                     QStringList{QStringLiteral("production")});
        QVERIFY(part<QLabel>(*page, "versionTagHistory")->text().contains(QStringLiteral("put on v1")));
        QCOMPARE(part<QLabel>(*page, "versionTitle")->text(), QStringLiteral("Version 1"));

        QTest::mouseClick(part<QPushButton>(*page, "versionRestore"), Qt::LeftButton);
        QTRY_COMPARE(list->model()->rowCount(), 3);
        QTRY_COMPARE(session.policy().version(), 3);
        QCOMPARE(session.policy().document()->policy->triggers[1].below, 3.5);
        const auto versions = (*session.store().workspace()->reader())->policyHistory("Harbor Support");
        QCOMPARE((*versions)[0].parent, 1);
        QCOMPARE((*versions)[0].restoredFrom, 1);

        // A change that is not saved is asked about before another version takes its place.
        QVERIFY(session.policy().setNumber(QStringLiteral("/triggers/grounding/below"), 1.5,
                                           QStringLiteral("x")));
        QTRY_VERIFY(page->isIdle());
        list->setCurrentIndex(list->model()->index(1, 0)); // v2
        answers.answer = 2;
        QTest::mouseClick(part<QPushButton>(*page, "versionOpen"), Qt::LeftButton);
        QCOMPARE(answers.asked.size(), 1);
        QVERIFY(session.policy().isModified());
        answers.answer = 1;
        QTest::mouseClick(part<QPushButton>(*page, "versionOpen"), Qt::LeftButton);
        QTRY_COMPARE(session.policy().version(), 2);
        QVERIFY(session.policy().setNumber(QStringLiteral("/triggers/grounding/below"), 2.5,
                                           QStringLiteral("x")));
        QCOMPARE(*session.saveVersion(), 4); // a child of what was opened
        const auto tree = (*session.store().workspace()->reader())->policyHistory("Harbor Support");
        QCOMPARE((*tree)[0].parent, 2);
        delete page;
    }

    void exportsThatAreRefusedAskFirst()
    {
        Bench bench(kInstant, 0);
        Answers answers;
        Session& session = bench.session;
        answers.file = bench.directory.filePath(QStringLiteral("out.json"));
        ModePage* page = createVersionsPage(session, nullptr);
        page->resize(1300, 800);
        page->show();
        page->setActive(true);
        QTRY_VERIFY(page->isIdle());
        QTest::mouseClick(part<QPushButton>(*page, "versionExport"), Qt::LeftButton);
        QTRY_VERIFY(QFile::exists(answers.file));
        QVERIFY2(answers.suggested.endsWith(QStringLiteral("harbor-support-v1.policy.json")),
                 qPrintable(answers.suggested));
        const auto read = [&] { return readPolicyFile(ss(answers.file)).value(); };
        QCOMPARE(read()->policy->contentHash, session.policy().document()->policy->contentHash);
        QVERIFY(read()->text.find("\"version\": 1") != std::string::npos);

        QVERIFY(session.policy().setText(QStringLiteral("/router/otherwise"), QStringLiteral("T9"),
                                         QStringLiteral("x")));
        QCOMPARE(*session.saveVersion(), 2);
        QTRY_VERIFY(page->isIdle());
        QFile::remove(answers.file);
        answers.answer = 1; // cancel
        QTest::mouseClick(part<QPushButton>(*page, "versionExport"), Qt::LeftButton);
        QTRY_COMPARE(answers.asked.size(), 1);
        QVERIFY(!QFile::exists(answers.file));
        answers.answer = 0;
        QTest::mouseClick(part<QPushButton>(*page, "versionExport"), Qt::LeftButton);
        QTRY_VERIFY(QFile::exists(answers.file));
        QVERIFY(read()->text.find("\"forced\": true") != std::string::npos);
        delete page;
    }

    void emptyStatesSayWhatWillStandThere()
    {
        Session session;
        ModePage* page = createVersionsPage(session, nullptr);
        page->resize(1300, 800);
        page->show();
        page->setActive(true);
        QTRY_VERIFY(page->isIdle());
        QVERIFY(!part<QListView>(*page, "versionsList")->isVisible());
        QVERIFY(page->findChild<EmptyState*>()->isVisible());
        delete page;
    }
};

QTEST_MAIN(VersionsTest)
#include "tst_versions.moc"
