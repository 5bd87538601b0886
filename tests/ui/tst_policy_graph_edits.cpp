// SPDX-License-Identifier: GPL-3.0-or-later
// Which connections a policy can have, what each writes, and that the drawing of every sound policy is clean.
#include "policy/document.h"
#include "policy/edit.h"
#include "ui/policy/condition_words.h"
#include "ui/policy/element_edits.h"
#include "ui/policy/graph_edits.h"
#include "ui/policy/graph_layout.h"
#include "ui/policy/policy_clipboard.h"
#include "ui/policy/policy_edits.h"
#include "ui/policy/policy_graph.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace signalbox;
using Kind = GraphNode::Kind;
using Choice = ConnectionChoice::Kind;

namespace {

QString q(const char* text)
{
    return QString::fromUtf8(text);
}

std::string contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

std::string edited(const std::string& text, const char* pointer, const char* value)
{
    return signalbox::setValue(text, pointer, value).value();
}

PolicyDocumentPtr read(const std::string& text)
{
    return readPolicy(text, {"2026-11-22"});
}

QSizeF measure(const QString& text, GraphText role)
{
    return {static_cast<double>(text.size()) * (role == GraphText::Title ? 7.5 : 6.2), 16};
}

GraphEnd tier(int index)
{
    return {Kind::Tier, index, {}};
}
const GraphEnd kRequest{Kind::Request, -1, {}};
const GraphEnd kRules{Kind::Rules, -1, {}};
const GraphEnd kRouter{Kind::Router, -1, {}};
const GraphEnd kPerson{Kind::Person, -1, {}};
const GraphEnd kPattern{Kind::Pattern, -1, {}};

/// "row, otherwise" or, when it is not legal, "no".
QString choicesOf(const ConnectionVerdict& verdict)
{
    static const char* const kNames[] = {"rule",      "row",        "otherwise", "weak",    "strong",
                                         "candidate", "allow",      "choice",    "trigger", "order",
                                         "fallback",  "exhausted",  "lane",      "pool",    "unsure",
                                         "stage",     "stage_tier", "after",     "lead"};
    if (!verdict.legal())
        return verdict.why.endsWith(QLatin1Char('.')) ? q("no") : q("no reason");
    QStringList names;
    for (const ConnectionChoice& choice : verdict.choices)
        names.append(q(kNames[static_cast<int>(choice.kind)]));
    return names.join(QStringLiteral(", "));
}

} // namespace

class PolicyGraphEditsTest : public QObject
{
    Q_OBJECT

private:
    std::string m_sample;
    std::map<QString, std::string> m_sound;

    QString verdict(const std::string& text, const GraphEnd& from, const GraphEnd& to)
    {
        return choicesOf(connectionVerdict(*read(text)->policy, from, to));
    }
    std::string written(const std::string& text, const GraphEnd& from, const GraphEnd& to, Choice choice)
    {
        const auto edit = connectEnds(*read(text), from, to, choice);
        return edit ? edit->text : edit.error().message;
    }
    /// What stands there, however it is laid out.
    QString at(const std::string& text, const char* pointer)
    {
        const QByteArray raw = QByteArray::fromStdString(valueAt(text, pointer).value_or("(none)"));
        const QJsonDocument value = QJsonDocument::fromJson(raw);
        return QString::fromUtf8(value.isNull() ? raw : value.toJson(QJsonDocument::Compact));
    }
    void soundRows()
    {
        QTest::addColumn<QString>("name");
        for (const auto& [name, text] : m_sound)
            QTest::newRow(qPrintable(name)) << name;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_sample = contentOf(q(":/signalbox/samples/harbor-support.policy.json"));
        QVERIFY(!m_sample.empty());
        const QDir folder(qEnvironmentVariable("SIGNALBOX_SOURCE_DIR", QStringLiteral(".")) +
                          QStringLiteral("/tests/policies/sound"));
        for (const QString& name : folder.entryList({q("*.json")}, QDir::Files))
            m_sound[name] = contentOf(folder.filePath(name));
        QVERIFY(m_sound.size() >= 15);
    }

    void nothingComesFromTheRequestOrAPerson()
    {
        for (const GraphEnd& to : {kRules, kRouter, kPerson, kPattern, tier(0), tier(2)}) {
            QCOMPARE(verdict(m_sample, kRequest, to), q("no"));
            QCOMPARE(verdict(m_sample, kPerson, to), q("no"));
            QCOMPARE(verdict(m_sample, to, kRequest), q("no"));
        }
        QCOMPARE(verdict(m_sample, tier(1), kRules), q("no"));
        QCOMPARE(verdict(m_sample, tier(1), kRouter), q("no"));
        QCOMPARE(verdict(m_sample, kRules, kRouter), q("no"));
        QCOMPARE(verdict(m_sample, kRouter, kRules), q("no"));
        QCOMPARE(verdict(m_sample, tier(1), tier(1)), q("no"));
        QVERIFY(!connectEnds(*read(m_sample), kRequest, tier(0), Choice::Rule));
    }

    void routersLeadByTheirKind()
    {
        QCOMPARE(verdict(m_sample, kRouter, tier(1)), q("row, otherwise"));
        QCOMPARE(verdict(m_sample, kRouter, tier(2)), q("row")); // otherwise it is already
        QCOMPARE(verdict(m_sample, kRouter, kPerson), q("row, otherwise"));
        const auto with = [this](const char* router) { return edited(m_sample, "/router", router); };
        const std::string fixed = with(R"({"kind": "fixed", "otherwise": "T0"})");
        QCOMPARE(verdict(fixed, kRouter, tier(0)), q("no"));
        QCOMPARE(verdict(fixed, kRouter, kPerson), q("otherwise"));
        const std::string predictive =
            with(R"({"kind": "predictive", "artefact": "a@1", "weak": "T0", "strong": "T2", "threshold": 0.5,
                     "otherwise": "T2"})");
        QCOMPARE(verdict(predictive, kRouter, tier(1)), q("weak, strong, otherwise"));
        QCOMPARE(verdict(predictive, kRouter, tier(2)), q("weak"));
        QCOMPARE(verdict(predictive, kRouter, kPerson), q("otherwise"));
        const std::string bandit =
            with(R"({"kind": "bandit", "artefact": "a@1", "candidates": ["T0", "T1"], "otherwise": "T2"})");
        QCOMPARE(verdict(bandit, kRouter, tier(0)), q("otherwise"));
        QCOMPARE(verdict(bandit, kRouter, tier(2)), q("candidate"));
        const std::string llm =
            with(R"({"kind": "llm", "model": "mid-mini", "allow": ["T0"], "otherwise": {"to": "T2"}})");
        QCOMPARE(verdict(llm, kRouter, kPerson), q("allow, otherwise"));
        QCOMPARE(at(written(llm, kRouter, tier(0), Choice::Otherwise), "/router/otherwise/to"),
                 q("\"T0\"")); // it stays an object: what it carries along stays
        QCOMPARE(at(written(llm, kRouter, kPerson, Choice::Allow), "/router/allow"),
                 q("[\"T0\",\"human\"]"));
        const std::string agentic = with(
            R"({"kind": "agentic", "model": "mid-mini", "choices": [{"id": "a", "description": "b", "route":
                "T0"}], "otherwise": "T2"})");
        QCOMPARE(verdict(agentic, kRouter, tier(1)), q("choice, otherwise"));
    }

    void tiersLeadOnInThreeWays()
    {
        QCOMPARE(verdict(m_sample, tier(0), tier(1)), q("trigger, fallback")); // the order says it already
        QCOMPARE(verdict(m_sample, tier(0), tier(2)), q("trigger, order, fallback"));
        QCOMPARE(verdict(m_sample, tier(2), tier(0)), q("trigger, order, fallback")); // downwards as well
        QCOMPARE(verdict(m_sample, tier(2), kPerson), q("trigger, exhausted"));
        const std::string next = written(m_sample, tier(0), tier(1), Choice::Trigger);
        QCOMPARE(at(next, "/triggers/T0-quality/escalate"), q("\"next\""));
        const std::string backup = written(m_sample, tier(0), tier(2), Choice::Fallback);
        QCOMPARE(at(backup, "/tiers/T0/fallback"), q("[\"T2\"]"));
        QCOMPARE(verdict(backup, tier(0), tier(2)), q("trigger, order"));
        QCOMPARE(at(written(m_sample, tier(2), tier(0), Choice::Order), "/cascade/order"),
                 q("[\"T1\",\"T2\",\"T0\"]"));
        QCOMPARE(at(written(m_sample, tier(2), kPerson, Choice::Exhausted), "/cascade/when_exhausted"),
                 q("\"human\""));
        // A direct cascade becomes a waterfall with hops, so that the trigger can fire.
        const std::string direct = edited(m_sample, "/cascade", R"({"pattern": "direct", "max_hops": 1})");
        const std::string escalates = written(direct, tier(0), tier(1), Choice::Trigger);
        QCOMPARE(at(escalates, "/cascade/pattern"), q("\"waterfall\""));
        QCOMPARE(at(escalates, "/cascade/order"), q("[\"T0\",\"T1\",\"T2\"]"));
        QCOMPARE(at(escalates, "/cascade/max_hops"), q("3"));
        QCOMPARE(read(escalates)->count(Severity::Error), 0);
    }

    void patternsHaveMembers()
    {
        const std::string race = setPattern(*read(m_sample), CascadePattern::Race)->text;
        QCOMPARE(verdict(race, kPattern, tier(0)), q("no"));
        QCOMPARE(verdict(race, kPattern, tier(2)), q("lane"));
        QCOMPARE(verdict(race, tier(2), kPattern), q("lane")); // drawn either way
        QCOMPARE(verdict(race, kPattern, kPerson), q("no"));
        QCOMPARE(at(written(race, tier(2), kPattern, Choice::Lane), "/cascade/lanes"),
                 q("[\"T0\",\"T1\",\"T2\"]"));
        const std::string pool = setPattern(*read(m_sample), CascadePattern::SpecialistPool)->text;
        QCOMPARE(verdict(pool, kPattern, tier(1)), q("pool, unsure"));
        QCOMPARE(verdict(pool, kPattern, kPerson), q("unsure"));
        const std::string pipeline = setPattern(*read(m_sample), CascadePattern::Pipeline)->text;
        QCOMPARE(verdict(pipeline, kPattern, tier(1)), q("stage"));
        const GraphEnd stage{Kind::Stage, 0, {}};
        QCOMPARE(verdict(pipeline, stage, tier(0)), q("no"));
        QCOMPARE(verdict(pipeline, tier(1), stage), q("stage_tier"));
        QCOMPARE(verdict(pipeline, stage, kPerson), q("no"));
        const std::string two = written(pipeline, kPattern, tier(1), Choice::Stage);
        QCOMPARE(verdict(two, {Kind::Stage, 1, {}}, stage), q("after"));
        QCOMPARE(at(written(two, {Kind::Stage, 1, {}}, stage, Choice::After), "/cascade/stages/0/tier"),
                 q("\"T1\""));
        QCOMPARE(verdict(m_sample, kPattern, tier(1)),
                 q("no")); // a waterfall's order is drawn from tier to tier
        // From pattern to pattern and back nothing foreign stays behind.
        std::string text = m_sample;
        for (const CascadePattern pattern :
             {CascadePattern::Race, CascadePattern::SpecialistPool, CascadePattern::Pipeline,
              CascadePattern::Direct, CascadePattern::Waterfall}) {
            text = setPattern(*read(text), pattern)->text;
            const auto document = read(text);
            for (const Diagnostic& diagnostic : document->diagnostics)
                QVERIFY2(diagnostic.severity != Severity::Error, diagnostic.message.c_str());
            QCOMPARE(document->policy->cascade.pattern, pattern);
        }
    }

    void aRouteThatExistsCanLeadElsewhere()
    {
        GraphEnd rule = kRules;
        rule.route = q("/rules/legal");
        QCOMPARE(verdict(m_sample, rule, tier(0)), q("lead"));
        QCOMPARE(at(written(m_sample, rule, kPerson, Choice::Lead), "/rules/legal/route"), q("\"human\""));
        GraphEnd trigger = tier(0);
        trigger.route = q("/triggers/grounding");
        QCOMPARE(verdict(m_sample, trigger, tier(0)), q("no"));
        QCOMPARE(at(written(m_sample, trigger, tier(2), Choice::Lead), "/triggers/grounding/escalate"),
                 q("\"T2\""));
        const std::string backup = edited(m_sample, "/tiers/T0/fallback", "[\"T1\"]");
        GraphEnd fallback = tier(0);
        fallback.route = q("/tiers/T0/fallback/0");
        QCOMPARE(verdict(backup, fallback, kPerson), q("no"));
        QCOMPARE(at(written(backup, fallback, tier(2), Choice::Lead), "/tiers/T0/fallback"), q("[\"T2\"]"));
    }

    void ordersAmongTheirLike()
    {
        const auto order = [this](const std::string& text, int moved, int before) {
            const auto edit = reorder(*read(text), tier(moved), before);
            return edit ? at(edit->text, "/cascade/order") : q("no");
        };
        QCOMPARE(order(m_sample, 0, -1), q("[\"T1\",\"T2\",\"T0\"]"));
        QCOMPARE(order(m_sample, 2, 0), q("[\"T2\",\"T0\",\"T1\"]"));
        QCOMPARE(order(m_sample, 0, 1), q("no")); // there it stands
        QCOMPARE(order(m_sample, 2, -1), q("no"));
        const std::string race = setPattern(*read(m_sample), CascadePattern::Race)->text;
        QCOMPARE(at(reorder(*read(race), tier(0), 2)->text, "/cascade/lanes"), q("[\"T1\",\"T0\"]"));
        QVERIFY(!reorder(*read(race), tier(2), 0)); // no lane of the race
    }

    /// Every connection that is called legal is written without a new error, in every sound policy.
    void whatIsLegalIsWrittenSoundly_data() { soundRows(); }
    void whatIsLegalIsWrittenSoundly()
    {
        QFETCH(QString, name);
        const auto document = read(m_sound[name]);
        const int before = document->count(Severity::Error);
        const PolicyGraph graph = graphOf(*document->policy);
        std::vector<GraphEnd> ends;
        for (const GraphNode& node : graph.nodes)
            ends.push_back(endOf(node));
        std::vector<GraphEnd> sources = ends;
        for (const GraphEdge& edge : graph.edges) {
            for (const GraphPill& pill : edge.pills) {
                if (const auto end = endOf(graph.nodes[static_cast<std::size_t>(edge.from)], pill))
                    sources.push_back(*end);
            }
        }
        int legal = 0;
        for (const GraphEnd& from : sources) {
            for (const GraphEnd& to : ends) {
                const ConnectionVerdict verdict = connectionVerdict(*document->policy, from, to);
                QVERIFY(verdict.legal() || !verdict.why.isEmpty());
                for (const ConnectionChoice& choice : verdict.choices) {
                    ++legal;
                    const auto edit = connectEnds(*document, from, to, choice.kind);
                    QVERIFY2(edit, qPrintable(choice.text));
                    QVERIFY2(!edit->label.isEmpty(), qPrintable(choice.text));
                    const auto after = read(edit->text);
                    // An entry that stands there twice then is told by the doctor, not by the verdict.
                    if (choice.kind != Choice::Lead && after->count(Severity::Error) > before) {
                        const auto& list = after->diagnostics;
                        const auto error = std::find_if(list.begin(), list.end(), [](const Diagnostic& each) {
                            return each.severity == Severity::Error;
                        });
                        QFAIL(qPrintable(choice.text + q(": ") + QString::fromStdString(error->message)));
                    }
                }
            }
        }
        QVERIFY(legal > 0);
    }

    /// What a pill stands for can be taken away, or a sentence says why it must stay.
    void everyEdgeCanBeDisconnected_data() { soundRows(); }
    void everyEdgeCanBeDisconnected()
    {
        QFETCH(QString, name);
        const auto document = read(m_sound[name]);
        const PolicyGraph graph = graphOf(*document->policy);
        for (const GraphEdge& edge : graph.edges) {
            for (const GraphPill& pill : edge.pills) {
                const GraphEnd from = endOf(graph.nodes[static_cast<std::size_t>(edge.from)]);
                const auto edit = signalbox::disconnect(*document, from, pill.pointer);
                if (!edit) {
                    QVERIFY2(edit.error().message.back() == '.', edit.error().message.c_str());
                    continue;
                }
                const auto after = read(edit->text);
                QVERIFY2(after->policy, qPrintable(pill.pointer));
                const QString was = QStringLiteral("%1 -%2").arg(
                    graph.nodes[static_cast<std::size_t>(edge.from)].name, pill.text);
                const auto count = [&was](const Policy& policy) {
                    return describe(graphOf(policy)).count(was + QLatin1Char('-')) +
                           describe(graphOf(policy)).count(was + QLatin1Char('=')) +
                           describe(graphOf(policy)).count(was + QLatin1Char('~')) +
                           describe(graphOf(policy)).count(was + QLatin1Char('+'));
                };
                if (edge.kind == GraphEdge::Kind::Escalation)
                    QVERIFY2(count(*after->policy) < count(*document->policy), qPrintable(was));
            }
        }
    }

    void labelsNeverOverlap_data() { soundRows(); }
    void labelsNeverOverlap()
    {
        QFETCH(QString, name);
        const PolicyGraph graph = graphOf(*read(m_sound[name])->policy);
        const GraphLayout layout = layoutOf(graph, measure);
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
        // The same policy is drawn the same.
        const GraphLayout again = layoutOf(graphOf(*read(m_sound[name])->policy), measure);
        for (std::size_t i = 0; i < layout.nodes.size(); ++i)
            QCOMPARE(again.nodes[i].rect, layout.nodes[i].rect);
    }

    void graphSaysTheWholeLanguage()
    {
        const QString chain = describe(graphOf(*read(m_sound[q("router-chain.policy.json")])->policy));
        QVERIFY2(chain.contains(q("router -> step:")), qPrintable(chain));
        QVERIFY2(chain.contains(q("-unsure < ")) || chain.contains(q("-abstains->")), qPrintable(chain));
        const QString race = describe(graphOf(*read(m_sound[q("chat-race.policy.json")])->policy));
        QVERIFY2(race.contains(q("cascade -starts at once+> ")), qPrintable(race));
        const QString pool = describe(graphOf(*read(m_sound[q("code-specialists.policy.json")])->policy));
        QVERIFY2(pool.contains(q("cascade -says “")), qPrintable(pool));
        const QString pipeline =
            describe(graphOf(*read(m_sound[q("document-pipeline.policy.json")])->policy));
        QVERIFY2(pipeline.contains(q("cascade -> stage:")), qPrintable(pipeline));
        const QString fallback =
            describe(graphOf(*read(m_sound[q("regional-fallback.policy.json")])->policy));
        QVERIFY2(fallback.contains(q("~> ")), qPrintable(fallback));
    }

    void conditionsInWords()
    {
        const auto shown = [this](const char* condition, bool whole) {
            const auto document = read(edited(m_sample, "/rules/legal/when", condition));
            const Condition& when = document->policy->rules[3].when;
            return whole ? conditionWhole(when) : conditionShort(when);
        };
        const char* nested = R"({"all": [{"language": "de"}, {"pii": "any"}], "any": [{"has_tools": true},
            {"header": {"X-Plan": "gold"}}], "not": {"keyword": "hello"}})";
        QCOMPARE(shown(nested, true),
                 q("language de and personal data and (tools or x-plan: gold) and not “hello”"));
        QCOMPARE(shown(nested, false), q("language de · personal data · +2"));
        QCOMPARE(shown(R"({"time_of_day": {"from": "22:00", "to": "06:00", "days": ["mon", "tue", "wed"],
                          "utc_offset": "+01:30"}})",
                       false),
                 q("22:00–06:00 Mon–Wed UTC+01:30"));
        QCOMPARE(shown(R"({"keyword": ["a", "b", "c"]})", false), q("“a” +2"));
        QCOMPARE(shown(R"({"keyword": ["a", "b"], "min_input_tokens": 500})", true),
                 q("“a” or “b” and ≥ 500 tokens"));
    }

    /// Of a list whose elements are named elsewhere: an order, an exclusion, a list of tools.
    void theInspectorDeletesWhatTheMapDeletes()
    {
        int compared = 0;
        for (const auto& [name, text] : m_sound) {
            const auto document = read(text);
            const Snapshot policy(document);
            for (const char* list : {"/endpoints", "/models", "/tiers", "/rubrics", "/triggers"}) {
                const QStringList elements = policy.elements(q(list));
                for (const QString& element : elements.size() > 1 ? elements : QStringList()) {
                    const auto here = removeListElement(policy, element);
                    const auto there = removeElement(*document, element);
                    QVERIFY2(here && there, qPrintable(name + element));
                    QVERIFY2(here->text == there->text, qPrintable(name + element));
                    ++compared;
                }
            }
        }
        QVERIFY(compared > 100);
    }

    void renamesATierWhereverItIsNamed()
    {
        for (const auto& [name, text] : m_sound) {
            const auto document = read(text);
            for (const Tier& each : document->policy->tiers) {
                const QString old = QString::fromStdString(each.id);
                const auto edit = renameElement(*document, q("/tiers/") + old, q("quite-new"));
                QVERIFY(edit);
                const auto after = read(edit->text);
                for (const Diagnostic& diagnostic : after->diagnostics)
                    QVERIFY2(diagnostic.severity != Severity::Error,
                             qPrintable(name + q(": ") + QString::fromStdString(diagnostic.message)));
            }
        }
    }

    void clipsAreReadWithCare()
    {
        const auto document = read(m_sample);
        for (const char* foreign : {"", "hello", "{", "[]", "{\"signalbox_clip\": \"tiers\"}",
                                    "{\"signalbox_clip\": \"nothing\", \"element\": {\"id\": \"x\"}}",
                                    "{\"signalbox_clip\": \"rules\", \"element\": [1]}",
                                    "{\"signalbox_clip\": \"rules\", \"element\": {\"id\": 7}}"}) {
            const auto edit = pasteElement(*document, foreign);
            QVERIFY2(!edit, foreign);
            QVERIFY(edit.error().message.back() == '.');
        }
        const std::string clip = *copyElement(*document, q("/rules/legal/when"));
        const auto edit = pasteElement(*document, clip);
        QCOMPARE(edit->select, q("/rules/legal-2"));
        QCOMPARE(at(edit->text, "/rules/legal-2/route"), q("\"T2\""));
        QVERIFY(!copyElement(*document, q("/cascade")));
    }
};

QTEST_MAIN(PolicyGraphEditsTest)
#include "tst_policy_graph_edits.moc"
