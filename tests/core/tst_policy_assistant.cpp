// SPDX-License-Identifier: GPL-3.0-or-later
// What the assistant writes: the pattern that the decision table prefers, its reasons, and no problems.

#include "policy/assistant.h"
#include "policy/document.h"
#include "routers/compiled_policy.h"
#include "routers/run_support.h"
#include "support/live_cascade.h"
#include "support/policies.h"

#include <QtTest>

#include <algorithm>

using namespace signalbox;

Q_DECLARE_METATYPE(signalbox::TrafficShape)

namespace {

constexpr const char* kToday = "2026-11-22";

AssistantAnswers answersFor(TrafficShape shape)
{
    AssistantAnswers answers;
    answers.shape = shape;
    answers.today = "2026-11-01";
    return answers;
}

PolicyDocumentPtr made(const AssistantAnswers& answers)
{
    return readPolicy(policyFromAnswers(answers), {kToday});
}

std::string problemsOf(const PolicyDocument& document)
{
    std::string out;
    for (const Diagnostic& diagnostic : document.diagnostics) {
        if (diagnostic.severity != Severity::Note)
            out += diagnostic.code + " " + diagnostic.pointer + ": " + diagnostic.message + "\n";
    }
    return out;
}

bool onPrem(const Policy& policy, int tier)
{
    const auto& models = policy.tiers[static_cast<std::size_t>(tier)].models;
    return std::ranges::all_of(models, [&](int model) {
        const int endpoint = policy.models[static_cast<std::size_t>(model)].endpoint;
        return policy.endpoints[static_cast<std::size_t>(endpoint)].residency == "on_prem";
    });
}

} // namespace

class PolicyAssistantTest : public QObject
{
    Q_OBJECT
private:
    void everyShape()
    {
        QTest::addColumn<TrafficShape>("shape");
        for (const TrafficInfo& info : trafficShapes())
            QTest::newRow(info.id) << info.shape;
    }

private Q_SLOTS:
    void everyRowOfTheTableIsThere() { QCOMPARE(trafficShapes().size(), std::size_t(7)); }

    void hasNoProblems_data() { everyShape(); }
    void hasNoProblems()
    {
        QFETCH(TrafficShape, shape);
        for (const bool personal : {false, true}) {
            for (const std::optional<double> quality : {std::optional<double>(), std::optional(4.2)}) {
                AssistantAnswers answers = answersFor(shape);
                answers.personalDataStays = personal;
                answers.minQuality = quality;
                answers.name = "Harbor “Support” \\ 1";
                const PolicyDocumentPtr document = made(answers);
                QCOMPARE(QString::fromStdString(problemsOf(*document)), QString());
                QVERIFY(document->runnable());
                QCOMPARE(document->policy->name, answers.name);
                QCOMPARE(document->text, canonicalPolicyText(document->text).value());
                QVERIFY(document->text.find(infoOf(shape).why) != std::string::npos);
                QCOMPARE(document->policy->slo.minQuality.has_value(), quality.has_value());
            }
        }
    }

    /// Of a server of one's own nothing is known, which is said; and nothing else is wrong.
    void ownServerLacksOnlyPrices_data() { everyShape(); }
    void ownServerLacksOnlyPrices()
    {
        QFETCH(TrafficShape, shape);
        AssistantAnswers answers = answersFor(shape);
        answers.sandbox = false;
        QVERIFY(!missingAnswer(answers).empty());
        answers.baseUrl = "https://api.example.com/v1";
        answers.keyEnv = "EXAMPLE_KEY";
        answers.region = "eu";
        QCOMPARE(!missingAnswer(answers).empty(), shape == TrafficShape::Compliance);
        answers.onPremUrl = "http://127.0.0.1:8080/v1";
        answers.personalDataStays = true;
        QCOMPARE(missingAnswer(answers), std::string());
        const PolicyDocumentPtr document = made(answers);
        QVERIFY2(document->runnable(), problemsOf(*document).c_str());
        for (const Diagnostic& diagnostic : document->diagnostics)
            QVERIFY2(diagnostic.severity == Severity::Note || diagnostic.code == "SB1101",
                     (diagnostic.code + diagnostic.message).c_str());
        QVERIFY(!document->policy->usesSandbox());
    }

    void objectivesAreTheAnswers()
    {
        AssistantAnswers answers = answersFor(TrafficShape::Batch);
        answers.p95LatencyMs = 45'000;
        answers.costPerResolvedUsd = 0.033;
        const PolicyDocumentPtr document = made(answers);
        QCOMPARE(document->policy->slo.p95LatencyMs, std::optional<double>(45'000));
        QCOMPARE(document->policy->slo.costPerResolvedUsd, std::optional<double>(0.033));
    }

    // The pattern of each row is the preferred one, and not the one it warns of.
    void stableIntents()
    {
        const PolicyPtr policy = made(answersFor(TrafficShape::StableIntents))->policy;
        QVERIFY(policy->router.kind == RouterKind::Classifier);
        QVERIFY(policy->cascade.pattern == CascadePattern::SpecialistPool);
        QVERIFY(std::ranges::count_if(policy->tiers, &Tier::isSpecialist) >= 2);
    }
    void variablePhrasing()
    {
        const PolicyPtr policy = made(answersFor(TrafficShape::VariablePhrasing))->policy;
        QVERIFY(policy->router.kind == RouterKind::Embedding);
        QVERIFY(policy->router.centroids.size() >= 2);
        QCOMPARE(policy->router.otherwiseId, std::string("T1"));
        QVERIFY(
            std::ranges::all_of(policy->rules, [](const Rule& rule) { return rule.when.patterns.empty(); }));
    }
    void compliance()
    {
        const PolicyPtr policy = made(answersFor(TrafficShape::Compliance))->policy;
        QVERIFY(policy->router.kind == RouterKind::Rules);
        const auto pool =
            std::ranges::find_if(policy->tiers, [](const Tier& tier) { return tier.models.size() > 1; });
        QVERIFY(pool != policy->tiers.end());
        QVERIFY(onPrem(*policy, static_cast<int>(pool - policy->tiers.begin())));
        const CompiledPolicy compiled(policy);
        const Request request =
            Request::fromPrompt("p", "My address is jane.doe@example.com, please write to it.");
        const Decision decision = decide(compiled, request);
        QVERIFY(decision.route.isHuman() || onPrem(*policy, decision.route.tier));
        for (std::size_t tier = 0; tier < policy->tiers.size(); ++tier) {
            const bool barred = std::ranges::any_of(
                decision.barred, [&](const BarredTier& each) { return each.tier == static_cast<int>(tier); });
            QCOMPARE(barred, !onPrem(*policy, static_cast<int>(tier)));
        }
    }
    void interactiveChat()
    {
        const PolicyPtr policy = made(answersFor(TrafficShape::InteractiveChat))->policy;
        QVERIFY(policy->cascade.pattern == CascadePattern::Race);
        QCOMPARE(policy->cascade.lanes.size(), std::size_t(2));
        QVERIFY(!policy->cascade.accept.empty());
        QCOMPARE(policy->priority, std::string("latency"));
    }
    void batch()
    {
        const PolicyPtr policy = made(answersFor(TrafficShape::Batch))->policy;
        QVERIFY(policy->cascade.pattern == CascadePattern::Waterfall);
        QCOMPARE(policy->router.otherwiseId, std::string("T0"));
        QCOMPARE(policy->cascade.maxHops, 3);
        QVERIFY(!policy->triggers.empty());
    }
    void agentWithTools()
    {
        const PolicyPtr policy = made(answersFor(TrafficShape::AgentWithTools))->policy;
        QVERIFY(std::ranges::any_of(policy->triggers,
                                    [](const Trigger& t) { return t.gate == GateKind::ToolCall; }));
        QVERIFY(policy->cascade.carryToolResults);
        const CompiledPolicy compiled(policy);
        const auto tierOf = [&](const std::string& prompt) {
            return policy->routeName(decide(compiled, Request::fromPrompt("p", prompt)).route);
        };
        QCOMPARE(tierOf("What time is it?"), std::string("T0"));
        QCOMPARE(tierOf("Look up every order of last week, then compare each with its invoice, and after "
                        "that, for each "
                        "one that differs, write to the customer, unless it was refunded before; finally, "
                        "depending on "
                        "the sum, open a ticket, and tell me which you did and why."),
                 std::string("T2"));
    }
    void earlyProduct()
    {
        const PolicyPtr policy = made(answersFor(TrafficShape::EarlyProduct))->policy;
        QVERIFY(policy->cascade.pattern == CascadePattern::Direct);
        QCOMPARE(policy->tiers.size(), std::size_t(1));
        QCOMPARE(policy->models.front().name, std::string("frontier"));
    }

    void aPersonIsAlwaysReached_data() { everyShape(); }
    void aPersonIsAlwaysReached()
    {
        QFETCH(TrafficShape, shape);
        const PolicyPtr policy = made(answersFor(shape))->policy;
        const auto handsOver = [](const Rule& rule) {
            return rule.locked && rule.route && rule.route->isHuman() && !rule.when.keywords.empty();
        };
        QVERIFY(std::ranges::any_of(policy->rules, handsOver));
        if (!obstaclesToDeciding(*policy).empty())
            return; // its router waits for an artefact; nothing routes before the rule does
        const CompiledPolicy compiled(policy);
        QVERIFY(decide(compiled, Request::fromPrompt("p", "I want to talk to a human now")).route.isHuman());
    }

    /// What the engine can run today runs against the sandbox; what it cannot is refused by name.
    void runsAgainstTheSandbox_data() { everyShape(); }
    void runsAgainstTheSandbox()
    {
        QFETCH(TrafficShape, shape);
        const PolicyPtr policy = made(answersFor(shape))->policy;
        const Result<> may = mayRun(*policy);
        if (!may) {
            QCOMPARE(may.error().code, std::string("policy.not_runnable_yet"));
            return;
        }
        const std::string scenario = test::sourceFile("resources/scenarios/zero-latency.json");
        test::LiveCascade live(scenario);
        const auto compiled = std::make_shared<const CompiledPolicy>(policy);
        for (const char* prompt :
             {"How do I reset my password?", "Summarise the contract in one sentence."}) {
            const TracePtr trace = live.run(compiled, Request::fromPrompt("p", prompt));
            // A strict judge may leave it to a person; models were asked, and none failed.
            QVERIFY(trace->status == TraceStatus::Answered || trace->status == TraceStatus::HandedOff);
            QVERIFY(!trace->hops.empty());
            for (const Hop& hop : trace->hops)
                QVERIFY(!hop.text.empty());
        }
    }
    void someRunToday()
    {
        QVERIFY(std::ranges::any_of(trafficShapes(), [](const TrafficInfo& info) {
            return mayRun(*made(answersFor(info.shape))->policy).has_value();
        }));
    }

    /// The files in resources/templates are what the assistant writes without being told anything.
    void templatesAreOnFile_data() { everyShape(); }
    void templatesAreOnFile()
    {
        QFETCH(TrafficShape, shape);
        const std::string path = std::string("resources/templates/") + infoOf(shape).id + ".policy.json";
        const std::string text = policyFromAnswers(answersFor(shape));
        if (qEnvironmentVariableIsSet("SIGNALBOX_WRITE_TEMPLATES")) {
            std::ofstream(qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString() + "/" + path) << text;
            return;
        }
        QVERIFY2(test::sourceFile(path) == text,
                 (path + " differs: run this test with SIGNALBOX_WRITE_TEMPLATES=1").c_str());
        const PolicyDocumentPtr document = readPolicy(test::sourceFile(path), {kToday});
        QCOMPARE(problemsOf(*document), std::string());
    }
};

QTEST_GUILESS_MAIN(PolicyAssistantTest)
#include "tst_policy_assistant.moc"
