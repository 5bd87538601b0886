// SPDX-License-Identifier: GPL-3.0-or-later
// Decisions and the cascade's state machine, over named cases and over random policies.
#include "base/random.h"
#include "cascade/waterfall.h"
#include "routers/run_support.h"
#include "tests/support/policies.h"

#include <QtTest>

#include <cmath>
#include <functional>

using namespace signalbox;
using nlohmann::json;

class RoutingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void personComesFirst();
    void constraintsIntersectAndEmptyGoesToAPerson();
    void lockedRouteBeatsTheRouter();
    void lockedRouteToABarredTierGoesToAPerson();
    void unlockedRuleSpeaksWhenTheRouterIsSilent();
    void exclusiveEndsPreferencesButNeverALock();
    void residencyBindsJudgesToo();
    void earlierDraftOutlivesALaterFailure();
    void skippedTierIsOneEscalationOnlyIfSomebodyIsAsked();
    void residencyBarsTiersElsewhere();
    void contextWindowBars();
    void scoringIsOrdinal();
    void lowConfidenceIsSaid();
    void sampleRoutesAsItsAuthorMeant();
    void randomPoliciesKeepTheInvariants();
    void escalatesToTheNextAllowedTier();
    void failuresGoOnButBadRequestsDoNot();
    void exhaustedEndsAsThePolicySays();
    void triggerIsUsedAtMostSoOften();
    void fingerprintIgnoresThresholdsOnly();
    void whatCannotBeRunIsRefusedByName();
    void whatCanBeRunIsNot();
};

namespace {

Decision decideFor(const json& policy, Request request)
{
    const CompiledPolicyPtr compiled = test::compiled(policy);
    if (!compiled)
        return {};
    return decide(*compiled, request);
}

Decision decideFor(const json& policy, const char* prompt) { return decideFor(policy, Request::fromPrompt("p", prompt)); }

json rule(const char* id, json when, json effect, bool locked = false)
{
    json r = {{"id", id}, {"when", std::move(when)}, {"reason", std::string("policy.") + id}};
    if (locked)
        r["locked"] = true;
    r.update(effect);
    return r;
}

bool has(const std::vector<std::string>& reasons, const char* reason) { return std::find(reasons.begin(), reasons.end(), reason) != reasons.end(); }

} // namespace

void RoutingTest::personComesFirst()
{
    json p = test::basePolicy();
    p["rules"] = {rule("legal", {{"keyword", "legal"}}, {{"route", "T2"}}, true), rule("none", {{"keyword", "legal"}}, {{"exclude", {"T0", "T1", "T2"}}}),
                  rule("person", {{"keyword", "human"}}, {{"route", "human"}})};
    const Decision d = decideFor(p, "legal matter, give me a human");
    QVERIFY(d.route.isHuman());
    QCOMPARE(d.ruleId, std::string("person"));
    QCOMPARE(d.reasons.front(), std::string("policy.person"));
}

void RoutingTest::constraintsIntersectAndEmptyGoesToAPerson()
{
    json p = test::basePolicy();
    p["rules"] = json::array({rule("a", {{"keyword", "red"}}, {{"exclude", {"T0", "T1"}}}), rule("b", {{"keyword", "blue"}}, {{"exclude", {"T1", "T2"}}})});
    QCOMPARE(decideFor(p, "red").route, Route::toTier(2));
    QCOMPARE(decideFor(p, "blue").route, Route::toTier(0));
    const Decision both = decideFor(p, "red and blue");
    QVERIFY(both.route.isHuman());
    QVERIFY(has(both.reasons, "constraint.nothing_left"));
    QVERIFY(has(both.reasons, "policy.a") && has(both.reasons, "policy.b"));
}

void RoutingTest::lockedRouteBeatsTheRouter()
{
    json p = test::basePolicy();
    p["rules"] = json::array({rule("first", {{"keyword", "x"}}, {{"route", "T1"}}, true), rule("second", {{"keyword", "x"}}, {{"route", "T2"}}, true)});
    const Decision d = decideFor(p, "x");
    QCOMPARE(d.route, Route::toTier(1));
    QVERIFY(d.locked);
    QCOMPARE(d.router, std::string("rules"));
}

void RoutingTest::lockedRouteToABarredTierGoesToAPerson()
{
    json p = test::basePolicy();
    p["rules"] = json::array({rule("pii", {{"keyword", "card"}}, {{"exclude", {"T2"}}}), rule("legal", {{"keyword", "legal"}}, {{"route", "T2"}}, true)});
    const Decision d = decideFor(p, "legal card");
    QVERIFY(d.route.isHuman());
    QVERIFY(has(d.reasons, "constraint.locked_route_barred"));
    QVERIFY(has(d.reasons, "policy.pii"));
}

void RoutingTest::unlockedRuleSpeaksWhenTheRouterIsSilent()
{
    json p = test::basePolicy();
    p["rules"] = json::array({rule("prefer", {{"keyword", "x"}}, {{"route", "T1"}})});
    QCOMPARE(decideFor(p, "x").route, Route::toTier(1));
    p["router"] = {{"kind", "scoring"}, {"bias", 0}, {"medium_at", 5}, {"hard_at", 6}, {"signals", json::array()},
                   {"map", {{{"difficulty", 1}, {"route", "T2"}}}}, {"otherwise", "T0"}};
    QCOMPARE(decideFor(p, "x").route, Route::toTier(2)); // the router has an opinion
}

void RoutingTest::residencyBindsJudgesToo()
{
    json p = test::basePolicy();
    p["endpoints"].push_back({{"id", "cloud"}, {"protocol", "openai"}, {"base_url", "https://api.example.com/v1"}, {"residency", "us"}});
    p["models"][3]["endpoint"] = "cloud"; // the judge
    p["triggers"] = json::array({test::groundingTrigger(3.5)});
    p["rules"] = json::array({rule("pii", {{"keyword", "card"}}, {{"allow_residency", {"on_prem", "eu"}}}), rule("home", {{"keyword", "home"}}, {{"allow_residency", {"on_prem"}}})});
    const CompiledPolicyPtr compiled = test::compiled(p);
    const Trigger& grounding = compiled->policy().triggers[0];
    const Decision free = decide(*compiled, Request::fromPrompt("p", "hello"));
    QCOMPARE(judgeBarred(compiled->policy(), free, grounding), std::string());
    const Decision bound = decide(*compiled, Request::fromPrompt("p", "my card, at home"));
    QCOMPARE(bound.allowedResidency.value(), (std::vector<std::string>{"on_prem"}));
    QCOMPARE(judgeBarred(compiled->policy(), bound, grounding), std::string("gate.judge_barred.grounding"));
    QVERIFY(bound.route.isTier());
}

void RoutingTest::earlierDraftOutlivesALaterFailure()
{
    json p = test::basePolicy();
    p["triggers"] = json::array({test::groundingTrigger(3.5)});
    const CompiledPolicyPtr compiled = test::compiled(p);
    const Decision d = decide(*compiled, Request::fromPrompt("p", "x"));
    Waterfall w(compiled->policy(), d, 1);
    w.first();
    w.after({true, "", 0, "gate.judge_below.grounding"});
    const NextStep end = w.after({false, "provider.bad_request", -1, ""});
    QCOMPARE(end.status, TraceStatus::Answered);
    QCOMPARE(end.acceptedHop, 0);
    QVERIFY(has(end.reasons, "provider.bad_request"));
}

void RoutingTest::skippedTierIsOneEscalationOnlyIfSomebodyIsAsked()
{
    json p = test::basePolicy();
    p["triggers"] = json::array({test::groundingTrigger(3.5)});
    p["tiers"][1]["budget"] = {{"max_input_tokens", 5}};
    const CompiledPolicyPtr compiled = test::compiled(p);
    const Decision d = decide(*compiled, Request::fromPrompt("p", "x"));
    Waterfall w(compiled->policy(), d, 50);
    w.first();
    const NextStep next = w.after({true, "", 0, "gate.judge_below.grounding"});
    QCOMPARE(next.tier, 2);
    QCOMPARE(w.escalations(), 1);
    QVERIFY(has(next.reasons, "budget.input_tokens"));

    p["cascade"]["order"] = {"T0", "T1"};
    const CompiledPolicyPtr shorter = test::compiled(p);
    const Decision again = decide(*shorter, Request::fromPrompt("p", "x"));
    Waterfall ends(shorter->policy(), again, 50);
    ends.first();
    QCOMPARE(ends.after({true, "", 0, "gate.judge_below.grounding"}).status, TraceStatus::Answered);
    QCOMPARE(ends.escalations(), 0);
}

void RoutingTest::exclusiveEndsPreferencesButNeverALock()
{
    json p = test::basePolicy();
    json first = rule("soft", {{"keyword", "x"}}, {{"route", "T1"}});
    first["exclusive"] = true;
    p["rules"] = {first, rule("later", {{"keyword", "x"}}, {{"route", "T2"}})};
    QCOMPARE(decideFor(p, "x").route, Route::toTier(1));
    p["rules"].push_back(rule("hard", {{"keyword", "x"}}, {{"route", "T2"}}, true));
    QCOMPARE(decideFor(p, "x").ruleId, std::string("hard")); // a locked rule is always heard
}

void RoutingTest::residencyBarsTiersElsewhere()
{
    json p = test::basePolicy();
    p["endpoints"].push_back({{"id", "cloud"}, {"protocol", "openai"}, {"base_url", "https://api.example.com/v1"}, {"residency", "us"}});
    p["models"][1]["endpoint"] = "cloud";
    p["models"][2]["endpoint"] = "cloud";
    p["router"]["otherwise"] = "T2";
    p["rules"] = json::array({rule("pii", {{"pattern", "\\d{4}"}}, {{"allow_residency", {"on_prem"}}})});
    const Decision d = decideFor(p, "code 1234");
    QCOMPARE(d.route, Route::toTier(0));
    QCOMPARE(d.barred.size(), std::size_t{2});
    QVERIFY(has(d.reasons, "constraint.moved"));
    QCOMPARE(decideFor(p, "no digits").route, Route::toTier(2));
}

void RoutingTest::contextWindowBars()
{
    json p = test::basePolicy();
    p["models"][0]["context_tokens"] = 20;
    const Decision d = decideFor(p, std::string(400, 'a').c_str());
    QCOMPARE(d.route, Route::toTier(1));
    QCOMPARE(d.barred.front().reason, std::string("constraint.context_window"));
}

void RoutingTest::scoringIsOrdinal()
{
    json p = test::basePolicy();
    p["router"] = {{"kind", "scoring"}, {"bias", 0}, {"steepness", 2}, {"medium_at", 1}, {"hard_at", 3},
                   {"signals", {{{"id", "q"}, {"feature", "questions"}, {"weight", 1}}}},
                   {"map", {{{"difficulty", 1}, {"route", "T0"}}, {{"difficulty", 2}, {"route", "T1"}}}}, {"otherwise", "T2"}};
    QCOMPARE(decideFor(p, "plain").difficulty, 1);
    QCOMPARE(decideFor(p, "a? b?").difficulty, 2);
    const Decision hard = decideFor(p, "a? b? c? d? e?");
    QCOMPARE(hard.difficulty, 3);
    QCOMPARE(hard.route, Route::toTier(2));
    double sum = 0;
    for (const Alternative& a : hard.alternatives)
        sum += a.score;
    QVERIFY(std::fabs(sum - 1) < 1e-12);
    // P(difficulty <= 2) = sigmoid(2 (3 - 5))
    QVERIFY(std::fabs(hard.confidence.value() - (1 - 1 / (1 + std::exp(4)))) < 1e-12);
}

void RoutingTest::lowConfidenceIsSaid()
{
    json p = test::basePolicy();
    p["router"] = {{"kind", "scoring"}, {"bias", 0}, {"medium_at", 0.1}, {"hard_at", 2}, {"signals", json::array()},
                   {"map", {{{"difficulty", 1}, {"min_confidence", 0.9}, {"route", "T0"}}}}, {"otherwise", "T2"}};
    const Decision d = decideFor(p, "x");
    QCOMPARE(d.route, Route::toTier(2));
    QVERIFY(has(d.reasons, "router.low_confidence") && has(d.reasons, "router.otherwise"));
}

void RoutingTest::sampleRoutesAsItsAuthorMeant()
{
    const json p = json::parse(test::sourceFile("resources/samples/harbor-support.policy.json"));
    QVERIFY(decideFor(p, "I want to talk to a person about my legal case").route.isHuman());
    QCOMPARE(decideFor(p, "my lawyer will be in touch").reasons.front(), std::string("policy.legal"));
    QCOMPARE(decideFor(p, "how do I reset my password").route, Route::toTier(0));
    Request enterprise = Request::fromPrompt("e", "hello");
    enterprise.metadata["account"] = "enterprise";
    QCOMPARE(decideFor(p, enterprise).route, Route::toTier(2));
    Request picture = Request::fromPrompt("i", "how do I reset my password");
    picture.attachments.push_back({"image", "a.png"});
    QCOMPARE(decideFor(p, picture).route, Route::toTier(1));
    QCOMPARE(decideFor(p, "my card is 4111 1111 1111 1111").route, Route::toTier(0));
}

void RoutingTest::randomPoliciesKeepTheInvariants()
{
    Random random(5);
    const char* words[] = {"red", "blue", "green", "gold"};
    int handedOff = 0;
    for (int round = 0; round < 400; ++round) {
        json p = test::basePolicy();
        const int rules = static_cast<int>(random.below(6));
        bool personAsked = false;
        std::string prompt;
        for (const char* word : words) {
            if (random.below(2))
                prompt += std::string(word) + " ";
        }
        for (int r = 0; r < rules; ++r) {
            const char* word = words[random.below(4)];
            const std::string id = "r" + std::to_string(r);
            const std::uint64_t kind = random.below(4);
            json effect = kind == 0 ? json{{"route", "human"}}
                          : kind == 1 ? json{{"exclude", json::array({"T" + std::to_string(random.below(3))})}}
                                      : json{{"route", "T" + std::to_string(random.below(3))}};
            p["rules"].push_back(rule(id.c_str(), {{"keyword", word}}, effect, kind != 1 && random.below(2)));
            personAsked = personAsked || (kind == 0 && prompt.find(word) != std::string::npos);
        }
        p["router"]["otherwise"] = "T" + std::to_string(random.below(3));
        const CompiledPolicyPtr compiled = test::compiled(p);
        QVERIFY(compiled);
        const Request request = Request::fromPrompt("x", prompt.empty() ? "nothing" : prompt);
        const Decision d = decide(*compiled, request);
        QVERIFY(!d.reasons.empty());
        QVERIFY(d.route.kind != Route::Kind::None);
        QVERIFY(!personAsked || d.route.isHuman());
        if (d.route.isTier())
            QVERIFY(!d.isBarred(d.route.tier));
        handedOff += d.route.isHuman();
        const Decision again = decide(*compiled, request);
        QCOMPARE(again.route, d.route);
        QCOMPARE(again.reasons, d.reasons);

        // Whatever the gates say, the cascade ends, never calls a barred tier and never exceeds its hops.
        Waterfall waterfall(compiled->policy(), d, 10);
        NextStep step = waterfall.first();
        int hops = 0;
        while (step.kind == NextStep::Kind::CallTier) {
            QVERIFY(!d.isBarred(step.tier));
            QVERIFY(++hops <= compiled->policy().cascade.maxHops);
            HopOutcome outcome;
            outcome.answered = random.below(3) != 0;
            outcome.failureReason = outcome.answered ? "" : "provider.unavailable";
            step = waterfall.after(outcome);
            QVERIFY(!step.reasons.empty());
        }
    }
    QVERIFY(handedOff > 10 && handedOff < 390);
}

void RoutingTest::escalatesToTheNextAllowedTier()
{
    json p = test::basePolicy();
    p["triggers"] = json::array({test::groundingTrigger(3.5)});
    p["rules"] = json::array({rule("gap", {{"keyword", "x"}}, {{"exclude", {"T1"}}})});
    const CompiledPolicyPtr compiled = test::compiled(p);
    const Decision d = decide(*compiled, Request::fromPrompt("p", "x"));
    Waterfall w(compiled->policy(), d, 1);
    QCOMPARE(w.first().tier, 0);
    const NextStep next = w.after({true, "", 0, "gate.judge_below.grounding"});
    QCOMPARE(next.tier, 2);
    QCOMPARE(next.reasons.front(), std::string("gate.judge_below.grounding"));
    const NextStep done = w.after({true, "", -1, ""});
    QCOMPARE(done.status, TraceStatus::Answered);
    QCOMPARE(done.acceptedHop, 1);
    QCOMPARE(w.escalations(), 1);
    QVERIFY(judgeFires(compiled->policy().triggers[0], 3.49));
    QVERIFY(!judgeFires(compiled->policy().triggers[0], 3.5));
    QCOMPARE(qualityOfScore(3, 5), 0.5);
}

void RoutingTest::failuresGoOnButBadRequestsDoNot()
{
    const CompiledPolicyPtr compiled = test::compiled(test::basePolicy());
    const Decision d = decide(*compiled, Request::fromPrompt("p", "x"));
    Waterfall a(compiled->policy(), d, 1);
    a.first();
    QCOMPARE(a.after({false, "provider.unavailable", -1, ""}).tier, 1);
    QCOMPARE(a.after({false, "budget.deadline", -1, ""}).tier, 2);
    const NextStep end = a.after({false, "provider.cut", -1, ""});
    QCOMPARE(end.status, TraceStatus::Failed);
    QVERIFY(has(end.reasons, "provider.cut"));
    Waterfall b(compiled->policy(), d, 1);
    b.first();
    QCOMPARE(b.after({false, "provider.bad_request", -1, ""}).status, TraceStatus::Failed);
    Waterfall c(compiled->policy(), d, 1);
    c.first();
    QCOMPARE(c.after({false, "cancelled", -1, ""}).status, TraceStatus::Cancelled);
}

void RoutingTest::exhaustedEndsAsThePolicySays()
{
    json p = test::basePolicy();
    p["triggers"] = json::array({test::groundingTrigger(3.5)});
    p["cascade"]["max_hops"] = 2;
    const auto last = [&](const json& policy) {
        const CompiledPolicyPtr compiled = test::compiled(policy);
        const Decision d = decide(*compiled, Request::fromPrompt("p", "x"));
        Waterfall w(compiled->policy(), d, 1);
        w.first();
        w.after({true, "", 0, "gate.judge_below.grounding"});
        return w.after({true, "", 0, "gate.judge_below.grounding"});
    };
    const NextStep answer = last(p);
    QCOMPARE(answer.status, TraceStatus::Answered);
    QCOMPARE(answer.acceptedHop, 1);
    QVERIFY(has(answer.reasons, "cascade.max_hops"));
    p["cascade"]["when_exhausted"] = "human";
    QCOMPARE(last(p).status, TraceStatus::HandedOff);
}

void RoutingTest::triggerIsUsedAtMostSoOften()
{
    json p = test::basePolicy();
    p["triggers"] = json::array({test::groundingTrigger(3.5)});
    p["triggers"][0]["at_most"] = 1;
    const CompiledPolicyPtr compiled = test::compiled(p);
    const Decision d = decide(*compiled, Request::fromPrompt("p", "x"));
    Waterfall w(compiled->policy(), d, 1);
    w.first();
    QCOMPARE(w.after({true, "", 0, "gate.judge_below.grounding"}).tier, 1);
    const NextStep second = w.after({true, "", 0, "gate.judge_below.grounding"});
    QCOMPARE(second.status, TraceStatus::Answered);
    QVERIFY(has(second.reasons, "cascade.trigger_used_up"));
}

void RoutingTest::fingerprintIgnoresThresholdsOnly()
{
    json p = test::basePolicy();
    p["triggers"] = json::array({test::groundingTrigger(3.5)});
    const std::string before = test::compiled(p)->matchingFingerprint();
    p["triggers"][0]["below"] = 2.0;
    QCOMPARE(test::compiled(p)->matchingFingerprint(), before);
    p["rules"] = json::array({rule("a", {{"keyword", "x"}}, {{"exclude", {"T0"}}})});
    const std::string with = test::compiled(p)->matchingFingerprint();
    QVERIFY(with != before);
    p["rules"][0]["when"]["keyword"] = "y";
    QVERIFY(test::compiled(p)->matchingFingerprint() != with);
}

void RoutingTest::whatCannotBeRunIsRefusedByName()
{
    const PolicyPtr base = test::decoded(test::basePolicy());
    const auto pointerOf = [&](const std::function<void(Policy&)>& change) {
        Policy policy = *base;
        change(policy);
        const Result<> may = mayRun(policy);
        return may ? std::string() : may.error().context;
    };
    const auto expect = [&](const char* pointer, const std::function<void(Policy&)>& change) { QCOMPARE(pointerOf(change), std::string(pointer)); };
    for (const RouterKind kind : {RouterKind::Classifier, RouterKind::Embedding, RouterKind::Predictive, RouterKind::Knn, RouterKind::Llm,
                                  RouterKind::Bandit, RouterKind::Agentic, RouterKind::Chain}) {
        expect("/router/kind", [&](Policy& p) { p.router.kind = kind; });
        Policy policy = *base;
        policy.router.kind = kind;
        QVERIFY(!mayDecide(policy));
    }
    for (const CascadePattern pattern : {CascadePattern::Race, CascadePattern::SpecialistPool, CascadePattern::Pipeline,
                                         CascadePattern::Agreement, CascadePattern::SelfConsistency})
        expect("", [&](Policy& p) { p.cascade.pattern = pattern; });
    expect("/router/otherwise/tools", [](Policy& p) { p.router.otherwiseCarries.tools.emplace(); });
    expect("/retrieval/when", [](Policy& p) {
        p.retrieval.enabled = true;
        p.retrieval.when = RetrieveWhen::NeedsRetrieval;
    });
    expect("/stickiness", [](Policy& p) { p.stickiness.emplace(); });
    // Deciding needs none of what comes after it.
    Policy decides = *base;
    decides.retrieval.enabled = true;
    decides.retrieval.when = RetrieveWhen::NeedsRetrieval;
    decides.stickiness.emplace();
    QVERIFY(mayDecide(decides));
    QVERIFY(mayRun(decides).error().message.find("1 more such part") != std::string::npos);
}

void RoutingTest::whatCanBeRunIsNot()
{
    Policy policy = *test::decoded(json::parse(test::sourceFile("resources/samples/harbor-support.policy.json")));
    policy.router.kind = RouterKind::Rules;
    policy.templates = {{"refund", "Handle refunds."}};
    policy.router.otherwiseCarries.promptTemplate = 0;
    policy.tiers[0].temperature = 0.1;
    policy.tiers[0].balance = Balance::LeastBusy;
    UserTier tier;
    tier.id = "free";
    tier.slo.p95LatencyMs = 1000;
    policy.userTiers = {tier};
    policy.handoff.emplace();
    policy.releaseGates.emplace_back();
    policy.tiers[1].fallback = {0};
    policy.tiers[0].budget.firstTokenMs = 1;
    QVERIFY(mayRun(policy));
    for (int gate = 0; gate <= static_cast<int>(GateKind::Stall); ++gate) {
        Trigger trigger;
        trigger.id = "t";
        trigger.gate = static_cast<GateKind>(gate);
        policy.triggers = {trigger};
        QVERIFY(mayRun(policy));
    }
    for (const Protocol protocol : {Protocol::OpenAiResponses, Protocol::AnthropicMessages, Protocol::Gemini}) {
        policy.endpoints[0].protocol = protocol;
        QVERIFY(mayRun(policy));
    }
}

QTEST_GUILESS_MAIN(RoutingTest)
#include "tst_routing.moc"
