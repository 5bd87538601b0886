// SPDX-License-Identifier: GPL-3.0-or-later
// The values behind the Policy mode: graph, layout, outline, problems, the map between text and editor.
#include "policy/document.h"
#include "policy/edit.h"
#include "ui/policy/element_pointer.h"
#include "ui/policy/graph_layout.h"
#include "ui/policy/outline_model.h"
#include "ui/policy/policy_edits.h"
#include "ui/policy/policy_graph.h"
#include "ui/policy/problems_model.h"
#include "ui/policy/text_map.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace signalbox;

namespace {

QString q(const char* text)
{
    return QString::fromUtf8(text);
}

std::string sampleText()
{
    QFile file(q(":/signalbox/samples/harbor-support.policy.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

std::string edited(std::string text, const char* pointer, const char* value)
{
    return signalbox::setValue(text, pointer, value).value();
}

QSizeF measure(const QString& text, GraphText role)
{
    return {static_cast<double>(text.size()) * (role == GraphText::Title ? 7.5 : 6.2), 16};
}

/// "a.b" of an outline: one line a row, children indented.
QString outlineText(const OutlineModel& model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex section = model.index(row, 0);
        const QVariant count = section.data(OutlineModel::CountRole);
        lines.append(section.data().toString() + (count.isValid() ? q(" ") + count.toString() : QString()));
        for (int child = 0; child < model.rowCount(section); ++child)
            lines.append(q("  ") + model.index(child, 0, section).data().toString());
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class PolicyModeModelsTest : public QObject
{
    Q_OBJECT

private:
    std::string m_sample;
    QString graphText(const std::string& text) { return describe(graphOf(*readPolicy(text)->policy)); }

private Q_SLOTS:
    void initTestCase()
    {
        m_sample = sampleText();
        QVERIFY(!m_sample.empty());
    }

    void graphOfTheSample()
    {
        QCOMPARE(graphText(m_sample), q("request -> rules\n"
                                        "rules -> router\n"
                                        "rules -person-> human\n"
                                        "rules -legal-> T2\n"
                                        "rules -enterprise-> T2\n"
                                        "router -faq.* · difficulty 1 · ≥ 0.50-> T0\n"
                                        "router -difficulty 1 · ≥ 0.60-> T0\n"
                                        "router -difficulty 1-> T1\n"
                                        "router -difficulty 2-> T1\n"
                                        "router -otherwise-> T2\n"
                                        "T0 -shape=> T1\n"
                                        "T0 -grounding < 3.5=> T1\n"
                                        "T1 -shape=> T2\n"
                                        "T1 -grounding < 3.5=> T2"));
        const PolicyGraph graph = graphOf(*readPolicy(m_sample)->policy);
        QStringList rules;
        for (const GraphLine& line : graph.nodes[static_cast<std::size_t>(graph.indexOf(q("rules")))].lines)
            rules.append(line.text);
        QCOMPARE(rules.join(QLatin1Char('\n')),
                 q("person · locked\ncard-number: only on_prem\nvision-gap: not T0\n"
                   "legal · locked\nenterprise · locked"));
    }

    void graphFollowsTheCascade()
    {
        const QString human = graphText(edited(m_sample, "/cascade/when_exhausted", "\"human\""));
        QVERIFY(human.contains(q("T2 -grounding < 3.5=> human")));
        const QString skip = graphText(edited(m_sample, "/triggers/grounding/escalate", "\"T2\""));
        QVERIFY(skip.contains(q("T0 -grounding < 3.5=> T2")));
        QVERIFY(!skip.contains(q("T0 -grounding < 3.5=> T1")));
        const QString some = graphText(edited(m_sample, "/triggers/grounding/applies_to", "[\"T1\"]"));
        QVERIFY(!some.contains(q("T0 -grounding")));
        QVERIFY(some.contains(q("T1 -grounding < 3.5=> T2")));
        const QString direct = graphText(edited(m_sample, "/cascade/pattern", "\"direct\""));
        QVERIFY(!direct.contains(q("=>")));
        const QString order = graphText(edited(m_sample, "/cascade/order", "[\"T1\", \"T0\"]"));
        QVERIFY(order.contains(q("T1 -shape=> T0")));
    }

    void labelsNeverOverlap_data()
    {
        QTest::addColumn<QString>("text");
        const auto add = [](const char* name, const std::string& text) {
            QTest::newRow(name) << QString::fromStdString(text);
        };
        add("sample", m_sample);
        add("skips", edited(edited(m_sample, "/triggers/grounding/escalate", "\"T2\""),
                            "/cascade/when_exhausted", "\"human\""));
        add("to person", edited(edited(m_sample, "/router/otherwise", "\"human\""),
                                "/triggers/shape/escalate", "\"human\""));
        add("rules to all",
            edited(edited(m_sample, "/rules/legal/route", "\"T0\""), "/rules/enterprise/route", "\"T1\""));
        add("nothing", "{}");
        std::string many = m_sample;
        for (int i = 0; i < 30; ++i) {
            const auto document = readPolicy(many);
            many = (i % 3 == 0   ? addTier(*document)
                    : i % 3 == 1 ? addRule(*document)
                                 : addTrigger(*document))
                       ->text;
        }
        add("many", many);
    }

    void labelsNeverOverlap()
    {
        QFETCH(QString, text);
        const PolicyGraph graph = graphOf(*readPolicy(text.toStdString())->policy);
        const GraphLayout layout = layoutOf(graph, measure);
        QCOMPARE(layout.nodes.size(), graph.nodes.size());
        std::vector<QRectF> boxes;
        for (const NodeBox& node : layout.nodes)
            boxes.push_back(node.rect);
        for (const PillBox& pill : layout.pills)
            boxes.push_back(pill.rect);
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            QVERIFY(layout.bounds.contains(boxes[i]));
            for (std::size_t j = i + 1; j < boxes.size(); ++j)
                QVERIFY2(!boxes[i].adjusted(1, 1, -1, -1).intersects(boxes[j]),
                         qPrintable(QStringLiteral("%1 and %2").arg(i).arg(j)));
        }
    }

    void outlineAsText()
    {
        OutlineModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setDocument(readPolicy(m_sample));
        QCOMPARE(outlineText(model),
                 q("Policy\n"
                   "Endpoints 2\n  onprem\n  cloud\n"
                   "Models 4\n  support-3b\n  mid-mini\n  frontier\n  judge-mini\n"
                   "Rules 5\n  person\n  card-number\n  vision-gap\n  legal\n  enterprise\n"
                   "Router\n"
                   "Tiers 3\n  T0 support-3b\n  T1 mid-mini\n  T2 frontier\n"
                   "Cascade\n"
                   "Rubrics 1\n  grounding\n"
                   "Triggers 2\n  shape\n  grounding\n"
                   "Objectives\n"
                   "Retrieval\n"
                   "User tiers 0\n"
                   "Templates 0\n"
                   "Tools 0\n"
                   "Cache\n"
                   "Stickiness\n"
                   "Handoff\n"
                   "Release gates 0"));
        const QPersistentModelIndex legal = model.indexOf(q("/rules/legal"));
        model.setDocument(readPolicy(edited(m_sample, "/rules/legal/route", "\"T9\"")));
        QCOMPARE(legal.data(OutlineModel::ErrorsRole).toInt(), 1);
        QCOMPARE(model.indexOf(q("/rules")).data(OutlineModel::ErrorsRole).toInt(), 1);
        model.setDocument(readPolicy(*signalbox::removeValue(m_sample, "/rules/person")));
        QCOMPARE(legal.row(), 2); // the row moved with its element
        model.setDocument(readPolicy("no json"));
        QVERIFY(legal.isValid()); // what was understood last stays
        model.setDocument(readPolicy("{}"));
        QVERIFY(!legal.isValid());
    }

    void problemsModel()
    {
        ProblemsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto document = std::make_shared<PolicyDocument>();
        for (const Severity severity :
             {Severity::Note, Severity::Warning, Severity::Error, Severity::Warning}) {
            Diagnostic diagnostic;
            diagnostic.severity = severity;
            diagnostic.message = severityName(severity);
            document->diagnostics.push_back(diagnostic);
        }
        model.setDocument(document);
        QCOMPARE(model.rowCount(), 4);
        int last = 0;
        for (int row = 0; row < model.rowCount(); ++row) { // errors first
            const int severity = model.index(row, 0).data(ProblemsModel::SeverityRole).toInt();
            QVERIFY(severity >= last);
            last = severity;
        }
        model.setDocument(readPolicy(edited(m_sample, "/rules/legal/route", "\"T9\"")));
        QCOMPARE(model.index(0, ProblemsModel::PlaceColumn).data().toString(), q("/rules/legal/route"));
        model.setDocument(readPolicy("{\"signalbox\": 1,"));
        QVERIFY(model.rowCount() >= 1);
        model.setDocument(readPolicy(m_sample));
        model.setDocument(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void elementsOfPointers()
    {
        QCOMPARE(elementOf(q("/triggers/grounding/below")), q("/triggers/grounding"));
        QCOMPARE(elementOf(q("/router/map/2/route")), q("/router/map/2"));
        QCOMPARE(elementOf(q("/router/signals/money/weight")), q("/router"));
        QCOMPARE(elementOf(q("/slo/min_quality/of")), q("/slo"));
        QCOMPARE(elementOf(q("/name")), q(""));
        QCOMPARE(elementOf(q("/rules/a~1b/when")), q("/rules/a~1b"));
        QCOMPARE(pointerParts(q("/rules/a~1b~0c")).last(), q("a/b~c"));
        QVERIFY(liesWithin(q("/tiers/T1/budget"), q("/tiers/T1")));
        QVERIFY(!liesWithin(q("/tiers/T10"), q("/tiers/T1")));
    }

    /// Whatever is typed wherever, the bytes become what the editor shows, and the rest keeps its bytes.
    void textMapOnRandomEdits()
    {
        QRandomGenerator random(7);
        const QStringList pieces{q("a"), q("ä"), q("🚦"), q("\n"), q("\""), q("€"), q("xy")};
        for (int round = 0; round < 400; ++round) {
            std::string bytes;
            const bool windows = round % 2 == 1;
            for (int i = 0; i < 12; ++i) {
                const QString piece = pieces[random.bounded(static_cast<int>(pieces.size()))];
                bytes += piece == q("\n") && windows ? std::string("\r\n") : piece.toStdString();
            }
            const QString before = editorText(bytes);
            QString after = before;
            qsizetype at = random.bounded(static_cast<int>(before.size()) + 1);
            if (at > 0 && at < before.size() && before[at].isLowSurrogate())
                --at;
            qsizetype removed = random.bounded(3);
            removed = std::min(removed, before.size() - at);
            if (at + removed < before.size() && before[at + removed].isLowSurrogate())
                ++removed;
            after.replace(at, removed, pieces[random.bounded(static_cast<int>(pieces.size()))]);
            const TextChange change = changeBetween(before, after);
            const std::string result = withChange(bytes, change);
            QCOMPARE(editorText(result), after);
            const auto start = byteOffset(bytes, change.start);
            QCOMPARE(result.substr(0, start), bytes.substr(0, start));
            for (std::size_t offset = 0; offset <= start; ++offset) {
                const qsizetype position = editorPosition(bytes, offset);
                QVERIFY(byteOffset(bytes, position) >= offset);
            }
        }
    }

    void nestedValuesMakeTheirParents()
    {
        const auto text =
            setNested("{\"tiers\": [{\"id\": \"T0\"}]}", q("/tiers/T0/budget/deadline_ms"), "900");
        QVERIFY(text.has_value());
        QCOMPARE(valueAt(*text, "/tiers/T0/budget/deadline_ms").value(), std::string("900"));
        QCOMPARE(*removeIfThere("{}", q("/a/b")), std::string("{}"));
        QCOMPARE(jsonText(q("a\"\\\n\x01")), std::string("\"a\\\"\\\\\\n\\u0001\""));
        QCOMPARE(jsonNumber(0.1 + 0.2 - 0.3 + 3.5), std::string("3.5"));
        QCOMPARE(jsonNumber(3), std::string("3"));
    }
};

QTEST_MAIN(PolicyModeModelsTest)
#include "tst_policy_mode_models.moc"
