// SPDX-License-Identifier: GPL-3.0-or-later
// Where the doctor says that personal data can still get to, held against where the cascades really ask.
#include "base/random.h"
#include "cascade/strategy.h"
#include "policy/document.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

using namespace signalbox;
using nlohmann::json;

namespace {

/// Tiers T0 and T1 run here, T2 and T3 in the US; a rule on cards with the effect that is given.
json policyWith(const json& rule)
{
    json policy = {{"signalbox", 1}, {"name", "Places"}};
    policy["endpoints"] = json::array({{{"id", "here"}, {"protocol", "openai"}, {"base_url", "sandbox://local/v1"}, {"residency", "on_prem"}},
                                       {{"id", "far"}, {"protocol", "openai"}, {"base_url", "https://api.example.com/v1"}, {"residency", "us"}}});
    const auto model = [](const char* id, const char* endpoint, double price) {
        return json{{"id", id},
                    {"endpoint", endpoint},
                    {"name", id},
                    {"price",
                     {{"input_per_mtok", price}, {"output_per_mtok", 2 * price}, {"source", "list"}, {"as_of", "2026-11-01"}}}};
    };
    policy["models"] = json::array({model("small", "here", 0.1), model("mid", "here", 0.5), model("large", "far", 2),
                                    model("frontier", "far", 5), model("own-judge", "here", 0.2),
                                    model("far-judge", "far", 0.3)});
    policy["tiers"] = json::array();
    const char* models[] = {"small", "mid", "large", "frontier"};
    for (int tier = 0; tier < 4; ++tier)
        policy["tiers"].push_back({{"id", "T" + std::to_string(tier)}, {"models", json::array({models[tier]})}});
    json card = {{"id", "card"}, {"when", {{"pii", "card"}}}, {"reason", "policy.card"}};
    card.update(rule);
    policy["rules"] = json::array({{{"id", "person"},
                                    {"when", {{"keyword", "real person"}}},
                                    {"route", "human"},
                                    {"locked", true},
                                    {"reason", "policy.person"}},
                                   card});
    policy["router"] = {{"kind", "fixed"}, {"otherwise", "T0"}};
    policy["cascade"] = {{"pattern", "direct"}, {"max_hops", 1}};
    return policy;
}

json lockedTo(const char* tier)
{
    return {{"route", tier}, {"locked", true}};
}

PolicyDocumentPtr read(const json& policy)
{
    return readPolicy(policy.dump(), {"2026-11-22"});
}

/// "SB1303 /rules/card/route", one for each diagnostic of the family that speaks of personal data.
QStringList saidOf(const PolicyDocument& document)
{
    QStringList said;
    for (const Diagnostic& d : document.diagnostics) {
        if (d.severity == Severity::Error || d.code == "SB1302" || d.code == "SB1303" || d.code == "SB1304" ||
            d.code == "SB1305" || d.code == "SB1203")
            said += QString::fromStdString(d.code + " " + d.pointer);
    }
    return said;
}

struct Case
{
    const char* name;
    json policy;
    QStringList said;
    const char* words; ///< that occur in the first message
};

const QString kRoute = QStringLiteral("SB1303 /rules/card/route");

std::vector<Case> cases()
{
    std::vector<Case> all;
    const auto add = [&](const char* name, json policy, QStringList said, const char* words = "") {
        all.push_back({name, std::move(policy), std::move(said), words});
    };
    add("nothing leads away", policyWith(lockedTo("T0")), {});
    json policy = policyWith(lockedTo("T0"));
    policy["cascade"] = {{"pattern", "waterfall"}, {"order", {"T0", "T1", "T2"}}, {"max_hops", 3}};
    add("escalation", policy, {kRoute}, "from \"T1\" an escalation or a fallback leads to \"T2\"");
    policy["cascade"]["order"] = {"T0", "T1"};
    policy["cascade"]["background"] = "T3";
    add("background", policy, {kRoute}, "the background also asks \"T3\"");
    policy = policyWith(lockedTo("T0"));
    policy["cascade"] = {{"pattern", "race"}, {"lanes", {"T0", "T2"}}, {"max_hops", 2}};
    add("lane of a race", policy, {kRoute}, "the race also asks \"T2\"");
    policy["rules"][1]["route"] = "T1";
    add("a race without the target", policy, {});
    policy = policyWith(lockedTo("T0"));
    policy["cascade"] = {{"pattern", "agreement"}, {"lanes", {"T0", "T3"}}, {"max_hops", 2}};
    add("lane of an agreement", policy, {kRoute}, "the agreement also asks \"T3\"");
    policy["cascade"]["lanes"] = {"T0", "T1"};
    policy["rubrics"] = json::array({{{"id", "same"}, {"model", "far-judge"}, {"of", 5}, {"instructions", "Same?"}}});
    policy["cascade"].update(json{{"compare", "judge"}, {"rubric", "same"}, {"at_least", 4}});
    add("judge of an agreement", policy, {"SB1305 /rubrics/same/model"}, "reads the personal data");
    policy["rules"][1] = {{"id", "card"}, {"when", {{"pii", "card"}}}, {"reason", "policy.card"},
                          {"allow_residency", {"on_prem"}}, {"taints_thread", true}};
    add("judge of an agreement, barred", policy, {"SB1305 /rubrics/same/model"}, "it must not be asked");
    policy["rubrics"][0]["model"] = "small";
    add("judge of an agreement in a lane", policy, {"SB1203 /cascade/rubric"}, "compares its own answers");
    policy = policyWith(lockedTo("T1"));
    policy["cascade"] = {{"pattern", "pipeline"},
                         {"max_hops", 3},
                         {"stages",
                          json::array({{{"id", "ask"}, {"role", "rewrite"}, {"tier", "T2"}, {"prompt", "Rewrite."}},
                                       {{"id", "write"}, {"role", "synthesise"}, {"tier", "T1"}}})}};
    add("stage of a pipeline", policy, {kRoute}, "the pipeline's stage \"ask\" asks \"T2\"");
    policy = policyWith(lockedTo("T0"));
    policy["tiers"][0]["models"] = {"small", "large"};
    add("replicas of two places", policy, {kRoute}, "\"T0\" itself runs in \"on_prem\" and \"us\"");
    policy = policyWith(lockedTo("T0"));
    policy["tiers"][0]["fallback"] = {"T3"};
    add("fallback", policy, {kRoute}, "leads to \"T3\", which runs in \"us\"");
    policy["rules"].push_back({{"id", "home"},
                               {"when", {{"pii", "any"}}},
                               {"allow_residency", {"on_prem"}},
                               {"taints_thread", true},
                               {"reason", "policy.home"}});
    add("a constraint bars the fallback", policy, {});

    const auto judged = [](json rule) {
        json out = policyWith(rule);
        out["rubrics"] = json::array({{{"id", "good"}, {"model", "far-judge"}, {"of", 5}, {"instructions", "Good?"}}});
        out["triggers"] =
            json::array({{{"id", "good"}, {"gate", "judge"}, {"rubric", "good"}, {"below", 3}, {"escalate", "human"}}});
        return out;
    };
    add("judge beside a locked route", judged(lockedTo("T0")), {"SB1305 /rubrics/good/model"}, "keeps in \"on_prem\"");
    policy = judged(lockedTo("T0"));
    policy["triggers"][0]["applies_to"] = {"T2"};
    add("judge of other tiers", policy, {});
    add("judge where tiers are excluded", judged({{"exclude", {"T2", "T3"}}, {"taints_thread", true}}),
        {"SB1305 /rubrics/good/model"}, "keeps from tiers in \"us\"");
    policy = policyWith(lockedTo("T0"));
    policy["models"].push_back(policy["models"][5]);
    policy["models"][6]["id"] = "embedder";
    policy["models"][6]["capabilities"] = {"embeddings"};
    policy["cache"] = {{"kind", "semantic"}, {"model", "embedder"}, {"scope", {"account"}}};
    add("embedder of the cache, which takes no personal data", policy, {});
    policy["rules"][1]["when"] = {{"pattern", R"(\b\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b)"}};
    add("embedder of the cache, of what only a pattern finds", policy, {"SB1305 /cache/model"}, "The cache's embedder");

    // What does not apply to the rule's requests leads nowhere with them.
    policy = judged(lockedTo("T0"));
    policy["triggers"][0]["when"] = {{"not", {{"pii", "any"}}}};
    add("judge of other requests", policy, {});
    policy = policyWith(lockedTo("T0"));
    policy["cascade"] = {{"pattern", "waterfall"}, {"order", {"T0", "T1"}}, {"max_hops", 2}};
    policy["triggers"] = json::array({{{"id", "far"}, {"gate", "refusal"}, {"escalate", "T3"}}});
    add("trigger", policy, {kRoute}, "leads to \"T3\"");
    policy["triggers"][0]["when"] = {{"not", {{"pii", "any"}}}};
    add("trigger of other requests", policy, {});
    policy = policyWith(lockedTo("T0"));
    policy["cascade"] = {{"pattern", "waterfall"}, {"order", {"T0", "T1", "T2"}}, {"max_hops", 2}};
    add("beyond the hops", policy, {});
    policy["triggers"] = json::array({{{"id", "word"}, {"gate", "keyword"}, {"keyword", "urgent"}, {"escalate", "next"}}});
    add("hops that a gate on the request spares", policy, {kRoute}, "leads to \"T2\"");

    policy.erase("triggers");
    policy["models"][0]["context_tokens"] = 8000;
    policy["models"][1]["context_tokens"] = 4000; // longer requests pass T1 by
    add("hops that length spares", policy, {kRoute}, "leads to \"T2\"");
    policy["models"][1]["context_tokens"] = 8000;
    add("no hops that length spares", policy, {});

    policy = policyWith(lockedTo("T0"));
    policy["tiers"][0]["fallback"] = {"T3"};
    policy["rules"][1]["when"] = {{"user_tier", "private"}};
    policy["user_tiers"] = json::array({{{"id", "private"}, {"when", {{"pii", "any"}}}}});
    add("by way of a user tier", policy, {kRoute}, "leads to \"T3\"");
    policy["rules"][1]["when"] = {{"not", {{"not", {{"pii", "card"}}}}}};
    policy.erase("user_tiers");
    add("not not", policy, {kRoute}, "leads to \"T3\"");
    policy["rules"][1]["when"] = {{"not", {{"pii", "card"}}}};
    add("without personal data", policy, {});

    policy = policyWith(lockedTo("T0"));
    policy["endpoints"][0].erase("residency");
    policy["endpoints"][1].erase("residency");
    policy["tiers"][0]["fallback"] = {"T3"};
    add("endpoints that do not say where they are", policy, {kRoute}, "which runs at the endpoint \"far\"");
    policy["rules"][1] = {{"id", "card"}, {"when", {{"pii", "card"}}}, {"reason", "policy.card"}, {"exclude", {"T2"}}};
    add("exclusion at one of them", policy, {"SB1304 /rules/card/exclude"}, "\"T3\" runs in the same place");

    policy = policyWith({{"route", "T0"}});
    add("not locked", policy, {"SB1302 /rules/card/route"});
    return all;
}

// --- Random policies, and every tier that a locked request is seen to ask. ---

json randomPolicy(Random& random)
{
    const auto tier = [&] { return "T" + std::to_string(random.below(4)); };
    const auto some = [&](std::size_t least) {
        json list = json::array();
        for (int t = 0; t < 4; ++t) {
            if (random.below(2) == 0)
                list.push_back("T" + std::to_string(t));
        }
        return list.size() >= least ? list : json::array({"T0", "T1"});
    };
    json policy = policyWith(lockedTo(tier().c_str()));
    if (random.below(3) == 0) // some tiers are barred to the same requests
        policy["rules"].push_back({{"id", "barred"},
                                   {"when", {{"pii", "any"}}},
                                   {"exclude", some(1)},
                                   {"taints_thread", true},
                                   {"reason", "policy.barred"}});
    policy["models"][1]["endpoint"] = random.below(2) ? "here" : "far";
    policy["models"][2]["endpoint"] = random.below(3) ? "here" : "far";
    policy["models"][3]["endpoint"] = random.below(3) ? "here" : "far";
    for (json& one : policy["tiers"]) {
        if (random.below(4) == 0) {
            std::string other = tier();
            if (json(other) != one["id"])
                one["fallback"] = json::array({other});
        }
    }
    const int hops = 1 + static_cast<int>(random.below(4));
    json& cascade = policy["cascade"];
    switch (random.below(7)) {
    case 0:
        break;
    case 1:
        cascade = {{"pattern", "waterfall"}, {"order", some(1)}, {"max_hops", hops}};
        break;
    case 2:
        cascade = {{"pattern", "race"}, {"lanes", some(2)}, {"order", some(1)}, {"max_hops", 4}};
        break;
    case 3:
        cascade = {{"pattern", "agreement"}, {"lanes", some(2)}, {"order", some(1)}, {"max_hops", 4}};
        break;
    case 4:
        cascade = {{"pattern", "specialist_pool"}, {"pool", some(1)}, {"unsure", {{"escalate", tier()}}}, {"max_hops", hops}};
        break;
    case 5:
        cascade = {{"pattern", "self_consistency"}, {"samples", 3}, {"order", some(1)}, {"max_hops", 3 + hops}};
        break;
    default:
        cascade = {{"pattern", "pipeline"},
                   {"max_hops", 4},
                   {"stages", json::array({{{"id", "ask"}, {"role", "rewrite"}, {"tier", tier()}, {"prompt", "Rewrite."}},
                                           {{"id", "write"}, {"role", "synthesise"}, {"tier", tier()}},
                                           {{"id", "look"}, {"role", "verify"}, {"tier", tier()}, {"prompt", "Check."}}})}};
        if (random.below(2))
            cascade["order"] = some(1);
    }
    if (random.below(5) == 0)
        cascade["background"] = tier();
    policy["triggers"] = json::array();
    for (int i = 0; i < 2; ++i) {
        json trigger = {{"id", "t" + std::to_string(i)},
                        {"gate", "json_schema"},
                        {"schema", {{"type", "object"}}},
                        {"escalate", random.below(2) ? std::string("next") : tier()}};
        if (random.below(2))
            trigger["applies_to"] = some(1);
        policy["triggers"].push_back(trigger);
    }
    return policy;
}

HopOutcome randomOutcome(Random& random, const Policy& policy, int tier)
{
    HopOutcome outcome;
    const std::uint64_t kind = random.below(5);
    if (kind == 0) {
        outcome.failureReason = random.below(2) ? "provider.unavailable" : "budget.deadline";
        return outcome;
    }
    outcome.answered = true;
    if (kind == 1) {
        outcome.unsure = policy.cascade.pattern == CascadePattern::SpecialistPool &&
                         std::ranges::find(policy.cascade.pool, tier) != policy.cascade.pool.end();
        outcome.firedReason = outcome.unsure ? "pool.unsure" : "";
        return outcome;
    }
    const auto trigger = random.below(policy.triggers.size());
    const Trigger& gate = policy.triggers[trigger];
    if (kind < 4 && (gate.appliesTo.empty() || std::ranges::find(gate.appliesTo, tier) != gate.appliesTo.end())) {
        outcome.firedTrigger = static_cast<int>(trigger);
        outcome.firedReason = gate.reasonCode();
    }
    return outcome;
}

/// The tiers that one request asks, whatever becomes of its hops. False when it never ends.
bool follow(Random& random, const Policy& policy, const Decision& decision, std::set<int>& asked)
{
    const std::unique_ptr<Strategy> strategy = makeStrategy(policy, decision, 100);
    std::deque<HopStart> open;
    Moves moves = strategy->begin();
    for (int step = 0; step < 100; ++step) {
        for (const HopStart& start : moves.start) {
            asked.insert(start.tier);
            open.push_back(start);
        }
        for (const int hop : moves.cancel)
            std::erase_if(open, [hop](const HopStart& start) { return start.hop == hop; });
        if (moves.end)
            return true;
        if (moves.retrieve) {
            moves = strategy->retrieved();
        } else if (moves.compare) {
            moves = strategy->compared(random.below(2) ? std::optional<double>(random.below(6)) : std::nullopt);
        } else if (moves.wakeInMs && random.below(2)) {
            moves = strategy->woken();
        } else if (open.empty()) {
            if (!moves.wakeInMs)
                return false;
            moves = strategy->woken();
        } else {
            const auto next = static_cast<std::ptrdiff_t>(random.below(open.size()));
            const HopStart hop = open[static_cast<std::size_t>(next)];
            open.erase(open.begin() + next);
            moves = strategy->ended(hop.hop, randomOutcome(random, policy, hop.tier),
                                    random.below(2) ? "one" : "{\"verdict\": \"wrong\"}");
        }
    }
    return false;
}

} // namespace

class PolicyPersonalDataTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyWayIsSeen_data();
    void everyWayIsSeen();
    void theFixOfAnOpenRouteHoldsToTheEnd();
    void whatIsAskedWasForetold();
};

void PolicyPersonalDataTest::everyWayIsSeen_data()
{
    QTest::addColumn<int>("index");
    const std::vector<Case> all = cases();
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].name) << static_cast<int>(i);
}

void PolicyPersonalDataTest::everyWayIsSeen()
{
    QFETCH(int, index);
    const Case one = cases()[static_cast<std::size_t>(index)];
    const auto document = read(one.policy);
    QCOMPARE(saidOf(*document), one.said);
    if (one.said.isEmpty())
        return;
    const std::string code = one.said.front().section(' ', 0, 0).toStdString();
    const auto found = std::ranges::find(document->diagnostics, code, &Diagnostic::code);
    QVERIFY2(found->message.find(one.words) != std::string::npos, found->message.c_str());
    QVERIFY(!found->hint.empty());
}

void PolicyPersonalDataTest::theFixOfAnOpenRouteHoldsToTheEnd()
{
    json policy = policyWith({{"route", "T0"}});
    for (const bool leadsAway : {false, true}) {
        if (leadsAway)
            policy["cascade"] = {{"pattern", "waterfall"}, {"order", {"T0", "T2"}}, {"max_hops", 2}};
        const auto document = read(policy);
        const auto open = std::ranges::find(document->diagnostics, "SB1302", &Diagnostic::code);
        QVERIFY(open != document->diagnostics.end());
        QCOMPARE(open->fixes.size(), std::size_t(1));
        std::string text = document->text;
        for (auto edit = open->fixes[0].edits.rbegin(); edit != open->fixes[0].edits.rend(); ++edit)
            text.replace(edit->offset, edit->length, edit->replacement);
        const auto mended = readPolicy(text, {"2026-11-22"});
        QCOMPARE(saidOf(*mended), QStringList());
        QCOMPARE(mended->policy->rules[1].locked, !leadsAway);
        QCOMPARE(mended->policy->rules[1].allowResidency.empty(), !leadsAway);
    }
}

/// What the doctor says nothing about is never asked in another place; and what it says is mostly seen to happen.
void PolicyPersonalDataTest::whatIsAskedWasForetold()
{
    Random random(20261123);
    std::map<CascadePattern, int> policies;
    int foretold = 0;
    int seen = 0;
    for (int round = 0; round < 3000; ++round) {
        const json made = randomPolicy(random);
        const auto document = read(made);
        if (!document->runnable())
            continue;
        const Policy& policy = *document->policy;
        const int target = policy.rules[1].route->tier;
        Decision decision;
        decision.locked = true;
        decision.route = Route::toTier(target);
        if (policy.rules.size() > 2) {
            for (const int tier : policy.rules[2].exclude)
                decision.barred.push_back({tier, "policy.barred"});
            if (decision.isBarred(target)) // then it goes to a person
                continue;
        }
        ++policies[policy.cascade.pattern];
        std::set<int> asked;
        for (int run = 0; run < 60; ++run) {
            if (!follow(random, policy, decision, asked))
                QFAIL(made.dump().c_str()); // QVERIFY2 would make the text each time
        }
        const auto placeOf = [&](int tier) {
            const Model& model = policy.models[static_cast<std::size_t>(policy.tiers[static_cast<std::size_t>(tier)].models[0])];
            return policy.endpoints[static_cast<std::size_t>(model.endpoint)].residency;
        };
        const bool leaves = std::ranges::any_of(
            asked, [&](int tier) { return placeOf(tier) != "on_prem" && placeOf(tier) != placeOf(target); });
        const bool said = saidOf(*document).contains(kRoute);
        for (const Diagnostic& d : document->diagnostics) // nor is a tier asked that is said to be out of reach
            QVERIFY2(d.code != "SB1001" || !asked.contains(d.pointer.back() - '0'), made.dump().c_str());
        std::string story = "asked:";
        for (const int tier : asked)
            story += " T" + std::to_string(tier) + " in " + placeOf(tier) + ",";
        story += " locked to T" + std::to_string(target) + "; " + made["cascade"].dump() + made["triggers"].dump() +
                 made["tiers"].dump();
        QVERIFY2(said || !leaves, story.c_str());
        foretold += said ? 1 : 0;
        seen += leaves ? 1 : 0;
    }
    qInfo("%d warned of, %d seen to leave", foretold, seen);
    QCOMPARE(policies.size(), std::size_t(7)); // every pattern was looked at
    for (const auto& [pattern, count] : policies)
        QVERIFY2(count > 100, cascadePatternName(pattern));
    QVERIFY(seen > 300);
    QVERIFY2(seen * 100 >= foretold * 97, "The doctor warns of more than happens.");
}

QTEST_GUILESS_MAIN(PolicyPersonalDataTest)
#include "tst_policy_personal_data.moc"
