// SPDX-License-Identifier: GPL-3.0-or-later
// What the text of a policy becomes: every kind of router, pattern, gate and condition, with the values that
// stand in it, and what is said of what stands where it does not belong.
#include "policy/diagnostic_format.h"
#include "policy/document.h"
#include "policy/edit.h"
#include "policy/syntax_tree.h"
#include "policy/vocabulary.h"

#include <QtTest>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

using namespace signalbox;

namespace {

const ReadOptions kToday{"2026-11-22"};
// What the public sample has hashed to since it was published: evidence in people's workspaces is tied to it.
constexpr char kSampleHash[] = "3deaa96a85401b127263f77beff952afbdbd74cdc0dcd2c6d527268a11097018";

std::filesystem::path sourceDir()
{
    return qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString();
}

std::string fileText(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A sound policy by name.
Policy sound(const std::string& name)
{
    const auto document =
        readPolicy(fileText(sourceDir() / "tests/policies/sound" / (name + ".policy.json")), kToday);
    if (!document->runnable())
        qFatal("%s: %s", name.c_str(), policyDiagnosticsToText(document->diagnostics, name).c_str());
    return *document->policy;
}

/// The base policy with one value written or replaced.
PolicyDocumentPtr changed(const char* pointer, const std::string& value)
{
    const std::string base = fileText(sourceDir() / "tests/policies/sound/base.policy.json");
    const auto text = setValue(base, pointer, value);
    if (!text)
        qFatal("%s: %s", pointer, text.error().message.c_str());
    return readPolicy(*text, kToday);
}

const Rule& ruleOf(const Policy& policy, const std::string& id)
{
    const auto found = std::ranges::find(policy.rules, id, &Rule::id);
    if (found == policy.rules.end())
        qFatal("no rule %s", id.c_str());
    return *found;
}

const Trigger& triggerOf(const Policy& policy, const std::string& id)
{
    return policy.triggers.at(static_cast<std::size_t>(policy.triggerIndex(id)));
}

using Strings = std::vector<std::string>;

} // namespace

class PolicyLanguageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theSampleKeepsItsHash()
    {
        QCOMPARE(readPolicy(fileText(sourceDir() / "resources/samples/harbor-support.policy.json"), kToday)
                     ->policy->contentHash,
                 std::string(kSampleHash));
    }
    void everyKeyHasASample();
    void everyWordHasASample();
    void everyKeyIsDocumented();
    void examplesOfTheHelpAreWellShaped();
    void soundPoliciesAreFreeOfWarnings();
    void theExportMarkIsNoPartOfTheHash();
    void topAndFleet();
    void tiersAndWhatTheyDoWithoutBudgetFields();
    void conditions();
    void conditionsNest();
    void userTiers();
    void routesCarry();
    void rulesThatTaint();
    void classifier();
    void embedding();
    void predictive();
    void nearestNeighbours();
    void llm();
    void bandit();
    void agentic();
    void chain();
    void race();
    void specialistPool();
    void pipeline();
    void hopsByDefault();
    void gates();
    void operation();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
};

/// A key that the language knows and no sound policy uses is a key that nobody has tried.
void PolicyLanguageTest::everyKeyHasASample()
{
    std::set<std::pair<ObjectType, std::string>> seen;
    for (const auto& entry : std::filesystem::directory_iterator(sourceDir() / "tests/policies/sound")) {
        const std::string text = fileText(entry.path());
        const SyntaxTree tree = SyntaxTree::parse(text);
        std::vector<std::pair<NodeIndex, ObjectType>> open = {{tree.root(), ObjectType::Policy}};
        while (!open.empty()) {
            const auto [node, type] = open.back();
            open.pop_back();
            const auto keys = keysOf(type);
            for (NodeIndex child = tree.firstChild(node); child != kNoNode; child = tree.nextSibling(child)) {
                if (tree.kind(node) == NodeKind::Array) {
                    open.emplace_back(child, type);
                    continue;
                }
                const std::string key = tree.key(child);
                seen.emplace(type, key);
                const auto known = std::ranges::find(keys, std::string_view(key), &KeyInfo::name);
                open.emplace_back(child, known == keys.end() ? ObjectType::Free : known->holds);
            }
        }
    }
    Strings missing;
    for (std::size_t i = 1; i < kObjectTypes; ++i) {
        const auto type = static_cast<ObjectType>(i);
        for (const KeyInfo& key : keysOf(type)) {
            if (!seen.contains({type, std::string(key.name)}))
                missing.push_back("\"" + std::string(key.name) + "\" of " + std::string(nameOf(type)));
        }
    }
    for (const std::string& key : missing)
        qWarning("no sample of %s", key.c_str());
    QVERIFY(missing.empty());
}

void PolicyLanguageTest::everyKeyIsDocumented()
{
    const std::string help = fileText(sourceDir() / "resources/help/policy-language.md");
    for (std::size_t i = 1; i < kObjectTypes; ++i) {
        for (const KeyInfo& key : keysOf(static_cast<ObjectType>(i))) {
            const std::string name(key.name);
            QVERIFY2(help.find("`" + name + "`") != std::string::npos ||
                         help.find("\"" + name + "\"") != std::string::npos,
                     name.c_str());
        }
    }
}

/// The help's examples are JSON, and what stands there as a router or a cascade is read as one.
void PolicyLanguageTest::examplesOfTheHelpAreWellShaped()
{
    const std::string help = fileText(sourceDir() / "resources/help/policy-language.md");
    const std::string open = "```json\n";
    std::string section;
    int seen = 0;
    std::size_t line = 0;
    while (line < help.size()) {
        if (help.compare(line, 3, "## ") == 0)
            section = help.substr(line + 3, help.find('\n', line) - line - 3);
        if (help.compare(line, open.size(), open) != 0) {
            line = std::min(help.find('\n', line), help.size() - 1) + 1;
            continue;
        }
        const std::size_t begin = line + open.size();
        const std::size_t end = help.find("```", begin);
        const std::string example = help.substr(begin, end - begin);
        line = help.find('\n', end) + 1;
        ++seen;
        if (section.empty()) {
            QVERIFY2(readPolicy(example, kToday)->runnable(), example.c_str());
            continue;
        }
        QVERIFY2(canonicalPolicyText(example).has_value(), example.c_str());
        if (section != "Router" && section != "Cascade" && section != "Conditions")
            continue;
        const char* pointer = section == "Router"    ? "/router"
                              : section == "Cascade" ? "/cascade"
                                                     : "/rules/long/when";
        const auto document = changed(pointer, example);
        for (const Diagnostic& diagnostic : document->diagnostics) {
            const bool named = diagnostic.code.starts_with("SB03"); // the example's tiers are not the base's
            QVERIFY2(diagnostic.severity != Severity::Error || named,
                     (example + diagnostic.code + diagnostic.message).c_str());
        }
    }
    QVERIFY(seen > 30);
}

void PolicyLanguageTest::everyWordHasASample()
{
    std::set<RouterKind> kinds;
    std::set<RouterKind> steps;
    std::set<CascadePattern> patterns;
    std::set<GateKind> gates;
    std::set<VerifierCheck> checks;
    std::set<Protocol> protocols;
    std::set<Stage::Role> roles;
    std::set<StreamWhat> streams;
    std::set<ReleaseGate::Metric> metrics;
    std::set<UserTier::OverBudget> over;
    for (const auto& entry : std::filesystem::directory_iterator(sourceDir() / "tests/policies/sound")) {
        const auto document = readPolicy(fileText(entry.path()), kToday);
        const Policy& policy = *document->policy;
        kinds.insert(policy.router.kind);
        for (const Router& step : policy.router.steps)
            steps.insert(step.kind);
        patterns.insert(policy.cascade.pattern);
        streams.insert(policy.cascade.stream);
        for (const Stage& stage : policy.cascade.stages)
            roles.insert(stage.role);
        for (const Trigger& trigger : policy.triggers) {
            gates.insert(trigger.gate);
            if (trigger.gate == GateKind::Verifier)
                checks.insert(trigger.check);
        }
        for (const Endpoint& endpoint : policy.endpoints)
            protocols.insert(endpoint.protocol);
        for (const ReleaseGate& gate : policy.releaseGates)
            metrics.insert(gate.metric);
        for (const UserTier& tier : policy.userTiers)
            over.insert(tier.overBudget);
    }
    QCOMPARE(kinds.size(), std::size_t(11));
    QVERIFY(steps.size() >= 4);
    QCOMPARE(patterns.size(), std::size_t(7));
    QCOMPARE(gates.size(), std::size_t(14));
    QCOMPARE(checks.size(), std::size_t(5));
    QCOMPARE(protocols.size(), std::size_t(4));
    QCOMPARE(roles.size(), std::size_t(4));
    QCOMPARE(streams.size(), std::size_t(3));
    QCOMPARE(metrics.size(), std::size_t(6));
    QCOMPARE(over.size(), std::size_t(3));
}

void PolicyLanguageTest::soundPoliciesAreFreeOfWarnings()
{
    int seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(sourceDir() / "tests/policies/sound")) {
        const auto document = readPolicy(fileText(entry.path()), kToday);
        QVERIFY2(document->count(Severity::Error) + document->count(Severity::Warning) == 0,
                 policyDiagnosticsToText(document->diagnostics, entry.path().string()).c_str());
        ++seen;
    }
    QVERIFY(seen >= 15);
}

void PolicyLanguageTest::theExportMarkIsNoPartOfTheHash()
{
    const auto plain = changed("/name", "\"Base\"");
    const auto marked = changed(
        "/export",
        R"({"forced": false, "errors": 0, "warnings": 2, "notes": 1, "hash": "ab12", "version": 7, "checked_at": "2026-11-22T09:00:00Z"})");
    QVERIFY(marked->runnable());
    QCOMPARE(marked->policy->contentHash, plain->policy->contentHash);
}

void PolicyLanguageTest::topAndFleet()
{
    const Policy batch = sound("batch");
    QCOMPARE(batch.weights, (Weights{0.9, 0.1, 0}));
    QVERIFY(batch.weightsStated);
    QCOMPARE(batch.budget.deadlineMs, std::optional<int>(120000));
    QCOMPARE(batch.budget.maxCost, std::optional<NanoUsd>(200'000'000));
    QCOMPARE(batch.budget.maxCostPerHour, std::optional<NanoUsd>(5'000'000'000));
    QCOMPARE(batch.budget.maxInputTokens, std::optional<int>(50000));
    QCOMPARE(batch.budget.maxOutputTokens, std::optional<int>(2000));
    QCOMPARE(batch.budget.maxTotalTokens, std::optional<int>(100000));
    QCOMPARE(batch.rejectedCopy, std::string("This message is too long to be answered by mail."));

    const Policy knn = sound("nearest-neighbours");
    QVERIFY(!knn.weightsStated);
    QCOMPARE(knn.weights, presetWeights("cost"));
    QCOMPARE(knn.models[0].family, std::string("harbor"));
    QCOMPARE(knn.models[0].capabilities, (Strings{"text", "json", "logprobs"}));

    const Policy far = sound("regional-fallback");
    QCOMPARE(far.weights, presetWeights("latency"));
    QCOMPARE(far.endpoints[1].protocol, Protocol::AnthropicMessages);
    QCOMPARE(far.endpoints[2].protocol, Protocol::Gemini);
    QCOMPARE(far.endpoints[3].protocol, Protocol::OpenAiResponses);

    const Policy agents = sound("agents-with-tools");
    QCOMPARE(agents.templates[1].id, std::string("talk"));
    QCOMPARE(agents.templates[1].systemPrompt, std::string("Answer in one short paragraph."));
    QCOMPARE(agents.tools[0].description, std::string("Finds an order by its number."));
    QVERIFY(agents.tools[0].parametersJson.find("\"number\"") != std::string::npos);
    QVERIFY(agents.tools[2].parametersJson.empty());
}

void PolicyLanguageTest::tiersAndWhatTheyDoWithoutBudgetFields()
{
    const Policy far = sound("regional-fallback");
    const Tier& chat = far.tiers[0];
    QCOMPARE(chat.title, std::string("Chat"));
    QCOMPARE(chat.modelIds, (Strings{"mid-mini", "flash"}));
    QCOMPARE(chat.weights, (std::vector<double>{3, 1}));
    QCOMPARE(chat.balance, Balance::Weighted);
    QCOMPARE(chat.fallback, (std::vector<int>{1, 2}));
    QCOMPARE(chat.budget.firstTokenMs, std::optional<int>(1500));
    QCOMPARE(far.tiers[1].balance, Balance::LeastBusy);
    QCOMPARE(far.tiers[1].weights, std::vector<double>{1});
    QVERIFY(!far.tiers[1].temperature && !far.tiers[1].topP && !far.tiers[1].isSpecialist());
    const Policy strict = sound("strict-compliance");
    QCOMPARE(strict.tiers[1].temperature, std::optional<double>(0));
    QCOMPARE(strict.tiers[1].topP, std::optional<double>(1));
    QCOMPARE(sound("mail-specialists").tiers[0].specialty, std::string("extraction"));
}

void PolicyLanguageTest::conditions()
{
    const Policy desks = sound("language-desks");
    const Condition& open = ruleOf(desks, "desk-open").when;
    QCOMPARE(open.all.size(), std::size_t(3));
    QCOMPARE(open.all[0].languages, (Strings{"de", "fr"}));
    TimeWindow hours;
    hours.fromMinute = 9 * 60;
    hours.toMinute = 17 * 60 + 30;
    hours.days = {0, 1, 2, 3, 4};
    hours.utcOffsetMinutes = 60;
    QVERIFY(open.all[1].timeOfDay == hours);
    const Condition& beta = ruleOf(desks, "beta").when;
    QCOMPARE(beta.headers.at("x-beta"), (Strings{"1", "true"})); // names are without regard to case
    QCOMPARE(beta.userTiers, Strings{"paid"});
    const TimeWindow night = *ruleOf(desks, "night").when.timeOfDay;
    QVERIFY(night.fromMinute > night.toMinute && night.days.empty() && night.utcOffsetMinutes == 0);
    const Policy strict = sound("strict-compliance");
    QCOMPARE(ruleOf(strict, "private").when.any[0].pii, Strings{"any"});
    QCOMPARE(ruleOf(sound("agents-with-tools"), "tools").when.hasTools, std::optional<bool>(true));
    const auto west = changed(
        "/rules/long/when",
        R"({"time_of_day": {"from": "00:00", "to": "00:00", "days": ["sun", "mon"], "utc_offset": "-03:30"}})");
    QCOMPARE(west->policy->rules[1].when.timeOfDay->utcOffsetMinutes, -210);
    QCOMPARE(west->policy->rules[1].when.timeOfDay->days, (std::vector<int>{0, 6}));
}

void PolicyLanguageTest::conditionsNest()
{
    const Policy strict = sound("strict-compliance");
    const Condition& complaint = ruleOf(strict, "complaint").when;
    QCOMPARE(complaint.none.size(), std::size_t(1)); // one condition without a list
    QCOMPARE(complaint.none[0].headers.at("x-channel"), Strings{"internal"});
    const auto list = changed("/rules/long/when", R"({"not": [{"keyword": "a"}, {"has_tools": false}]})");
    QVERIFY(list->runnable());
    QCOMPARE(list->policy->rules[1].when.none.size(), std::size_t(2));
    QCOMPARE(list->policy->rules[1].when.none[1].hasTools, std::optional<bool>(false));

    const auto nested = [](int levels) {
        std::string text = R"({"keyword": "x"})";
        for (int i = 1; i < levels; ++i)
            text = R"({"all": [)" + text + "]}";
        return changed("/rules/long/when", text);
    };
    QVERIFY(nested(8)->runnable());
    QVERIFY(!nested(9)->runnable());
    const auto many = [](int conditions) {
        std::string text = R"({"any": [{"keyword": "x"})";
        for (int i = 1; i < conditions; ++i)
            text += R"(, {"keyword": "x"})";
        return changed("/rules/long/when", text + "]}");
    };
    QVERIFY(many(1000)->runnable());
    QVERIFY(!many(1001)->runnable());
}

void PolicyLanguageTest::userTiers()
{
    const Policy batch = sound("batch");
    const UserTier& letter = batch.userTiers[0];
    QCOMPARE(letter.id, std::string("newsletter"));
    QCOMPARE(letter.when.metadata.at("job"), Strings{"newsletter"});
    QCOMPARE(letter.lane, UserTier::Lane::Background);
    QCOMPARE(letter.overBudget, UserTier::OverBudget::Queue);
    QCOMPARE(letter.budget.maxCostPerHour, std::optional<NanoUsd>(1'000'000'000));
    QCOMPARE(letter.slo.p95LatencyMs, std::optional<double>(120000));
    QCOMPARE(batch.userTiers[1].overBudget, UserTier::OverBudget::Truncate);
    const UserTier paid = sound("language-desks").userTiers[1];
    QCOMPARE(paid.lane, UserTier::Lane::Interactive);
    QCOMPARE(paid.overBudget, UserTier::OverBudget::Reject);
}

void PolicyLanguageTest::routesCarry()
{
    const Policy agents = sound("agents-with-tools");
    const Rule& money = ruleOf(agents, "money");
    QCOMPARE(*money.route, Route::toTier(2));
    QCOMPARE(money.routeId, std::string("T2"));
    QCOMPARE(money.carries.templateId, std::string("orders"));
    QCOMPARE(money.carries.promptTemplate, 0);
    QCOMPARE(money.carries.tools, std::optional(Strings{"lookup_order"}));
    QVERIFY(agents.router.choices[0].carries.tools->empty()); // none may be used, which is not "all"
    QVERIFY(!agents.router.choices[2].carries.tools);
    const Trigger& help = triggerOf(agents, "help");
    QVERIFY(help.escalateToNext && help.escalateId == "next" && help.carries.templateId == "orders");
    const Policy faq = sound("faq-embedding");
    QCOMPARE(faq.router.map[0].carries.templateId, std::string("shipping"));
    QVERIFY(faq.router.otherwiseCarries.tools && faq.router.otherwise == Route::toTier(1));
    const Policy mail = sound("mail-specialists");
    QCOMPARE(mail.cascade.unsureCarries.templateId, std::string("second-look"));
    QVERIFY(ruleOf(agents, "person").carries.empty());
}

void PolicyLanguageTest::rulesThatTaint()
{
    const Rule stays = ruleOf(sound("strict-compliance"), "private");
    QVERIFY(stays.taintsThread && stays.isConstraint());
    QVERIFY(!ruleOf(sound("regional-fallback"), "europeans").taintsThread);
}

void PolicyLanguageTest::classifier()
{
    const Policy policy = sound("harbor-classifier");
    QCOMPARE(policy.router.kind, RouterKind::Classifier);
    QCOMPARE(policy.router.artefact, std::string("intents@3"));
    QCOMPARE(policy.router.map[0].intent, std::string("faq.*")); // of the artefact, not of the file
    QCOMPARE(policy.router.map[0].minConfidence, std::optional<double>(0.82));
    QCOMPARE(sound("mail-specialists").router.minConfidence, std::optional<double>(0.6));
}

void PolicyLanguageTest::embedding()
{
    const Policy policy = sound("code-specialists");
    const Router& router = policy.router;
    QCOMPARE(router.kind, RouterKind::Embedding);
    QCOMPARE(policy.models[static_cast<std::size_t>(router.model)].id, std::string("embed-small"));
    QCOMPARE(router.centroids[1].id, std::string("code.sql"));
    QCOMPARE(router.centroids[1].examples.size(), std::size_t(2));
    QCOMPARE(router.minSimilarity, std::optional<double>(0.55));
    QCOMPARE(router.minMargin, std::optional<double>(0.05));
    const Policy faq = sound("faq-embedding");
    QVERIFY(faq.router.model == -1 && faq.router.modelId.empty() && !faq.router.minMargin);
    QCOMPARE(faq.router.centroids[1].examples, Strings{"how long is the warranty"});
}

void PolicyLanguageTest::predictive()
{
    const Router router = sound("predictive").router;
    QCOMPARE(router.kind, RouterKind::Predictive);
    QCOMPARE(router.weak, Route::toTier(0));
    QCOMPARE(router.strong, Route::toTier(1));
    QCOMPARE(router.strongId, std::string("T2"));
    QCOMPARE(router.threshold, 0.7);
}

void PolicyLanguageTest::nearestNeighbours()
{
    const Router router = sound("nearest-neighbours").router;
    QCOMPARE(router.kind, RouterKind::Knn);
    QCOMPARE(router.k, 25);
    QCOMPARE(router.minQuality, 0.75);
    QCOMPARE(router.minSimilarity, std::optional<double>(0.4));
    QCOMPARE(router.candidateIds, (Strings{"T0", "T1", "T2"}));
    QCOMPARE(router.candidates[2], Route::toTier(2));
}

void PolicyLanguageTest::llm()
{
    const Policy policy = sound("language-desks");
    QCOMPARE(policy.router.kind, RouterKind::Llm);
    QCOMPARE(policy.router.modelId, std::string("judge-mini"));
    QVERIFY(!policy.router.instructions.empty());
    QCOMPARE(policy.router.allowIds, (Strings{"T0", "T1", "languages"}));
    QCOMPARE(policy.router.deadlineMs, std::optional<int>(600));
    QCOMPARE(policy.router.maxOutputTokens, std::optional<int>(10));
}

void PolicyLanguageTest::bandit()
{
    const Router router = sound("bandit").router;
    QCOMPARE(router.kind, RouterKind::Bandit);
    QCOMPARE(router.exploration, 0.05);
    QCOMPARE(router.candidates.size(), std::size_t(3));
}

void PolicyLanguageTest::agentic()
{
    const Router router = sound("agents-with-tools").router;
    QCOMPARE(router.kind, RouterKind::Agentic);
    QCOMPARE(router.choices.size(), std::size_t(4));
    QCOMPARE(router.choices[0].description, std::string("Greetings, thanks and simple questions."));
    QVERIFY(router.choices[3].route.isHuman());
}

void PolicyLanguageTest::chain()
{
    const Router router = sound("router-chain").router;
    QCOMPARE(router.kind, RouterKind::Chain);
    Strings ids;
    for (const Router& step : router.steps)
        ids.push_back(step.id);
    QCOMPARE(ids, (Strings{"words", "intents", "nearest", "asked"}));
    QCOMPARE(router.steps[0].mediumAt, 0.8);
    QCOMPARE(router.steps[0].intents[0].id, std::string("faq.hours"));
    QCOMPARE(router.steps[1].minConfidence, std::optional<double>(0.82));
    QCOMPARE(router.steps[2].artefact, std::string("centroids@1"));
    QVERIFY(router.steps[3].allow[3].isHuman());
    QCOMPARE(router.steps[3].otherwise, Route{}); // abstains to what comes next
    QCOMPARE(router.otherwise, Route::toTier(2));
}

void PolicyLanguageTest::race()
{
    const Cascade cascade = sound("chat-race").cascade;
    QCOMPARE(cascade.pattern, CascadePattern::Race);
    QCOMPARE(cascade.lanes, (std::vector<int>{0, 1}));
    QCOMPARE(cascade.staggerMs, 250);
    QCOMPARE(cascade.acceptIds, (Strings{"no-refusal", "long-enough"}));
    QCOMPARE(cascade.accept, (std::vector<int>{0, 1}));
    QCOMPARE(cascade.order, (std::vector<int>{0, 1, 2}));
    QCOMPARE(cascade.stream, StreamWhat::FirstAcceptable);
    const auto alone = changed("/cascade", R"({"pattern": "race", "lanes": ["T0", "T1"]})");
    QVERIFY(alone->policy->cascade.order.empty()); // no further tiers
}

void PolicyLanguageTest::specialistPool()
{
    const Cascade code = sound("code-specialists").cascade;
    QCOMPARE(code.pattern, CascadePattern::SpecialistPool);
    QCOMPARE(code.poolIds, (Strings{"python", "sql"}));
    QCOMPARE(code.unsureMarker, std::string("UNSURE"));
    QCOMPARE(code.unsure, Route::toTier(2));
    const Cascade mail = sound("mail-specialists").cascade; // written "specialist"
    QCOMPARE(mail.pattern, CascadePattern::SpecialistPool);
    QCOMPARE(mail.unsureMarker, std::string("[unsure]"));
    QCOMPARE(changed("/cascade", R"({"pattern": "specialist", "pool": ["T0"], "unsure": {"escalate": "T1"}})")
                 ->policy->cascade.unsureMarker,
             std::string("UNSURE"));
}

void PolicyLanguageTest::pipeline()
{
    const Cascade cascade = sound("document-pipeline").cascade;
    QCOMPARE(cascade.pattern, CascadePattern::Pipeline);
    QCOMPARE(cascade.stages.size(), std::size_t(4));
    QCOMPARE(cascade.stages[0].role, Stage::Role::Rewrite);
    QCOMPARE(cascade.stages[0].prompt, std::string("Write the question as one that a search understands."));
    QCOMPARE(cascade.stages[1].tier, -1);
    QCOMPARE(cascade.stages[3].tierId, std::string("checker"));
    QVERIFY(cascade.carryDraft && cascade.carryRetrieval && !cascade.carryToolResults);
    QVERIFY(sound("agents-with-tools").cascade.carryToolResults);
}

void PolicyLanguageTest::hopsByDefault()
{
    const auto hops = [](const std::string& cascade) {
        const auto document = changed("/cascade", cascade);
        return document->runnable() ? document->policy->cascade.maxHops : 0;
    };
    QCOMPARE(hops(R"({"pattern": "direct"})"), 1);
    QCOMPARE(hops(R"({"pattern": "waterfall", "order": ["T0", "T1"]})"), 2);
    QCOMPARE(hops(R"({"pattern": "race", "lanes": ["T0", "T1"]})"), 3);
    QCOMPARE(hops(R"({"pattern": "specialist_pool", "pool": ["T0"], "unsure": {"escalate": "T1"}})"), 2);
    QCOMPARE(
        hops(
            R"({"pattern": "pipeline", "stages": [{"id": "a", "role": "retrieve"}, {"id": "b", "role": "rewrite", "tier": "T0"},
        {"id": "c", "role": "synthesise", "tier": "T1"}]})"),
        2);
    std::string eleven = R"({"pattern": "pipeline", "stages": [)";
    for (int i = 0; i < 11; ++i)
        eleven += (i > 0 ? ", " : "") + (R"({"id": "s)" + std::to_string(i)) +
                  R"(", "role": "rewrite", "tier": "T0"})";
    QCOMPARE(hops(eleven + "]}"), 0); // there are at most ten hops
}

void PolicyLanguageTest::gates()
{
    const Policy race = sound("chat-race");
    QCOMPARE(triggerOf(race, "no-refusal").gate, GateKind::Refusal);
    QCOMPARE(triggerOf(race, "long-enough").check, VerifierCheck::Length);
    QCOMPARE(triggerOf(race, "long-enough").minChars, std::optional<int>(20));
    QCOMPARE(triggerOf(race, "long-enough").maxChars, std::optional<int>(2000));
    QCOMPARE(triggerOf(race, "silent").afterMs, std::optional<int>(1500));
    QCOMPARE(triggerOf(race, "late").gate, GateKind::Timeout);
    QCOMPARE(triggerOf(race, "late").appliesTo, (std::vector<int>{0, 1}));
    const Policy agents = sound("agents-with-tools");
    QCOMPARE(triggerOf(agents, "calls").gate, GateKind::ToolCall);
    QCOMPARE(triggerOf(agents, "help").marker, std::string("I NEED HELP"));
    QCOMPARE(triggerOf(agents, "help").tool, std::string("ask_for_help"));
    const Policy strict = sound("strict-compliance");
    QCOMPARE(triggerOf(strict, "passages").below, 0.3);
    QCOMPARE(triggerOf(strict, "declined").patterns.size(), std::size_t(1));
    const Policy desks = sound("language-desks");
    QCOMPARE(triggerOf(desks, "upset").keywords, (Strings{"unacceptable", "furious"}));
    QCOMPARE(triggerOf(desks, "upset").patterns, Strings{"!{3,}"});
    QCOMPARE(triggerOf(sound("document-pipeline"), "sums").check, VerifierCheck::Arithmetic);
    QCOMPARE(triggerOf(sound("document-pipeline"), "source").patterns, Strings{"\\[[0-9]+\\]"});
    QCOMPARE(triggerOf(sound("predictive"), "words").below, -1.5);
    QCOMPARE(triggerOf(sound("batch"), "own-doubt").gate, GateKind::SelfReported);
    QCOMPARE(triggerOf(sound("batch"), "too-long").gate, GateKind::TokenBudget);
    QCOMPARE(triggerOf(sound("router-chain"), "sure").gate, GateKind::Confidence);
    QVERIFY(triggerOf(sound("router-chain"), "sure").when->none[0].keywords == Strings{"thanks"});
}

void PolicyLanguageTest::operation()
{
    const Policy harbor = sound("harbor-classifier");
    QVERIFY(harbor.retrieval.enabled && harbor.retrieval.when == RetrieveWhen::NeedsRetrieval);
    QCOMPARE(harbor.cache->minSimilarity, 0.95);
    QCOMPARE(harbor.cache->ttlSeconds, 86400);
    const Policy chain = sound("router-chain");
    QCOMPARE(chain.models.at(static_cast<std::size_t>(chain.retrieval.model)).id, std::string("embed-small"));
    QCOMPARE(harbor.retrieval.model, -1);
    const Policy faq = sound("faq-embedding");
    QCOMPARE(faq.cache->kind, AnswerCacheSpec::Kind::Semantic);
    QCOMPARE(faq.models[static_cast<std::size_t>(faq.cache->model)].id, std::string("embed-small"));
    QCOMPARE(faq.cache->scope, Strings{"country"});
    QCOMPARE(sound("nearest-neighbours").cache->kind, AnswerCacheSpec::Kind::Exact);
    QVERIFY(!faq.stickiness && !faq.handoff);
    const Policy race = sound("chat-race");
    QCOMPARE(race.stickiness->by, Stickiness::By::Model);
    QCOMPARE(race.stickiness->maxAgeSeconds, 900);
    QCOMPARE(race.stickiness->sessionKey, std::string("conversation"));
    QCOMPARE(race.restartedCopy, std::string("Let me put that better:"));
    const Policy strict = sound("strict-compliance");
    const ReleaseGate& careful = strict.releaseGates[0];
    QCOMPARE(careful.dataset, std::string("care-golden"));
    QCOMPARE(careful.metric, ReleaseGate::Metric::Quality);
    QCOMPARE(careful.atLeast, std::optional<double>(0.85));
    QVERIFY(!careful.atMost);
    QCOMPARE(careful.source, std::string("judge:careful"));
    QCOMPARE(careful.confidence, 0.99);
    QCOMPARE(strict.releaseGates[1].confidence, 0.95);
    QCOMPARE(strict.handoff->queue, std::string("care-desk"));
    QCOMPARE(strict.handoff->include, (Strings{"conversation", "drafts", "reasons", "retrieval"}));
}

void PolicyLanguageTest::mistakesAreNamed_data()
{
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("at");
    QTest::addColumn<QByteArray>("says"); ///< part of its message or hint
    const auto row = [](const char* name, const char* pointer, const char* value, const char* code,
                        const char* at, const char* says) {
        QTest::newRow(name) << QByteArray(pointer) << QByteArray(value) << QByteArray(code) << QByteArray(at)
                            << QByteArray(says);
    };
    row("key of another kind", "/router", R"({"kind": "rules", "artefact": "a@1", "otherwise": "T0"})",
        "SB0201", "/router/artefact",
        "kinds \"classifier\", \"embedding\", \"predictive\", \"knn\" and \"bandit\"");
    row("key of another gate", "/triggers/helpful/after_ms", "500", "SB0201", "/triggers/helpful/after_ms",
        "gate \"stall\"");
    row("key of another pattern", "/cascade/lanes", R"(["T0", "T1"])", "SB0201", "/cascade/lanes",
        "patterns \"race\" and \"agreement\"");
    row("samples of an agreement", "/cascade", R"({"pattern": "agreement", "lanes": ["T0", "T1"], "samples": 3})",
        "SB0201", "/cascade/samples", "pattern \"self_consistency\"");
    row("rubric without a judge", "/cascade",
        R"({"pattern": "agreement", "lanes": ["T0", "T1"], "rubric": "helpful"})", "SB0201", "/cascade/rubric",
        "no judge compares");
    row("one that agrees with nobody", "/cascade", R"({"pattern": "agreement", "lanes": ["T0"]})", "SB0213",
        "/cascade/lanes", "nobody to agree with");
    row("person in the background", "/cascade", R"({"pattern": "direct", "background": "human"})", "SB0209",
        "/cascade/background", "by a tier");
    row("key of another check", "/triggers/shape",
        R"({"id": "v", "gate": "verifier", "check": "arithmetic", "min_chars": 3, "escalate": "next"})",
        "SB0201", "/triggers/v/min_chars", "check \"length\"");
    row("key of a step", "/router/min_confidence", "0.5", "SB0201", "/router/min_confidence",
        "steps of a chain");
    row("id of a step", "/router/id", "\"top\"", "SB0201", "/router/id", "\"chain\"");
    row("order of a pool", "/cascade",
        R"({"pattern": "specialist_pool", "order": ["T0"], "pool": ["T0"], "unsure": {"escalate": "T1"}})",
        "SB0201", "/cascade/order", "\"waterfall\"");
    row("key of a semantic cache", "/cache", R"({"kind": "exact", "min_similarity": 0.9})", "SB0201",
        "/cache/min_similarity", "kind \"semantic\"");
    row("embedder of retrieval that is unknown", "/retrieval", R"({"model": "nobody"})", "SB0303",
        "/retrieval/model", "nobody");
    row("source without quality", "/release_gates",
        R"([{"id": "g", "dataset": "d", "metric": "human_share", "at_most": 0.1, "source": "human"}])",
        "SB0201", "/release_gates/g/source", "metric \"quality\"");
    row("tier that retrieves", "/cascade",
        R"({"pattern": "pipeline", "stages": [{"id": "r", "role": "retrieve", "tier": "T0"}, {"id": "a", "role": "rewrite", "tier": "T0"}]})",
        "SB0201", "/cascade/stages/r/tier", "asks no model");
    row("stage without tier", "/cascade",
        R"({"pattern": "pipeline", "stages": [{"id": "a", "role": "verify"}]})", "SB0203",
        "/cascade/stages/a", "\"tier\"");
    row("route that taints", "/rules/long/taints_thread", "true", "SB0201", "/rules/long/taints_thread",
        "constraints");
    row("kind misspelt", "/router/kind", "\"scorring\"", "SB0205", "/router/kind",
        "Did you mean \"scoring\"?");
    row("gate misspelt", "/triggers/shape/gate", "\"json-schema\"", "SB0205", "/triggers/shape/gate",
        "Did you mean \"json_schema\"?");
    row("classifier without artefact", "/router", R"({"kind": "classifier", "otherwise": "T0"})", "SB0203",
        "/router", "\"artefact\"");
    row("llm without allowlist", "/router", R"({"kind": "llm", "model": "small", "otherwise": "T0"})",
        "SB0203", "/router", "\"allow\"");
    row("llm allowed nothing", "/router",
        R"({"kind": "llm", "model": "small", "allow": [], "otherwise": "T0"})", "SB0206", "/router/allow",
        "empty");
    row("predictive to a person", "/router",
        R"({"kind": "predictive", "artefact": "p", "weak": "T0", "strong": "human", "otherwise": "T1"})",
        "SB0209", "/router/strong", "person");
    row("candidate twice", "/router",
        R"({"kind": "knn", "artefact": "k", "candidates": ["T0", "T0"], "otherwise": "T1"})", "SB0211",
        "/router/candidates/1", "twice");
    row("no neighbours", "/router",
        R"({"kind": "knn", "artefact": "k", "k": 0, "candidates": ["T0"], "otherwise": "T1"})", "SB0204",
        "/router/k", "between 1 and 1000");
    row("centroids twice over", "/router",
        R"({"kind": "embedding", "artefact": "c", "centroids": [{"id": "a", "examples": ["x"]}], "otherwise": "T1"})",
        "SB0603", "/router", "both");
    row("intent that is no centroid", "/router",
        R"({"kind": "embedding", "centroids": [{"id": "billing", "examples": ["x"]}], "map": [{"intent": "biling", "route": "T0"}], "otherwise": "T1"})",
        "SB0306", "/router/map/0/intent", "Did you mean \"billing\"?");
    row("chain in a chain", "/router",
        R"({"kind": "chain", "steps": [{"id": "s", "kind": "chain", "steps": []}], "otherwise": "T0"})",
        "SB0605", "/router/steps/s/kind", "into this chain");
    row("steps of one id", "/router",
        R"({"kind": "chain", "steps": [{"id": "s", "kind": "classifier", "artefact": "a"}, {"id": "s", "kind": "classifier", "artefact": "b"}], "otherwise": "T0"})",
        "SB0301", "/router/steps/1/id", "two steps");
    row("step without id", "/router",
        R"({"kind": "chain", "steps": [{"kind": "classifier", "artefact": "a"}], "otherwise": "T0"})",
        "SB0203", "/router/steps/0", "\"id\"");
    row("tool's name", "/tools", R"([{"id": "look up"}])", "SB0209", "/tools/look up/id", "64 letters");
    row("tool of a route", "/rules/long/route", R"({"to": "T1", "tools": ["lookup"]})", "SB0308",
        "/rules/long/route/tools/0", "no tool");
    row("route to nowhere", "/rules/long/route", R"({"template": "t"})", "SB0203", "/rules/long/route",
        "\"to\"");
    row("route of a number", "/rules/long/route", "3", "SB0202", "/rules/long/route", "\"to\"");
    row("next is no route of a rule", "/rules/long/route", R"({"to": "next"})", "SB0304",
        "/rules/long/route/to", "no tier \"next\"");
    row("lane alone", "/cascade", R"({"pattern": "race", "lanes": ["T0"]})", "SB0213", "/cascade/lanes",
        "2 tiers");
    row("a person races", "/cascade", R"({"pattern": "race", "lanes": ["T0", "human"]})", "SB0209",
        "/cascade/lanes/1", "tiers only");
    row("pool without way out", "/cascade", R"({"pattern": "specialist", "pool": ["T0"]})", "SB0203",
        "/cascade", "\"unsure\"");
    row("language", "/rules/long/when/language", "\"eng\"", "SB0205", "/rules/long/when/language",
        "ISO 639-1");
    row("language that there is not", "/rules/long/when/language", "\"xx\"", "SB0205",
        "/rules/long/when/language", "ISO 639-1");
    row("kind of personal data", "/rules/long/when/pii", R"(["emial"])", "SB0205", "/rules/long/when/pii/0",
        "Did you mean \"email\"?");
    row("header's name", "/rules/long/when/header", R"({"x channel": "a"})", "SB0209",
        "/rules/long/when/header/x channel", "name of a header");
    row("header in two spellings", "/rules/long/when/header", R"({"X-A": "1", "x-a": "2"})", "SB0211",
        "/rules/long/when/header/x-a", "without regard to case");
    row("midnight", "/rules/long/when/time_of_day", R"({"from": "18:00", "to": "24:00"})", "SB0215",
        "/rules/long/when/time_of_day/to", "00:00");
    row("offset", "/rules/long/when/time_of_day", R"({"from": "08:00", "to": "18:00", "utc_offset": "CET"})",
        "SB0215", "/rules/long/when/time_of_day/utc_offset", "+HH:MM");
    row("day", "/rules/long/when/time_of_day", R"({"from": "08:00", "to": "18:00", "days": ["monday"]})",
        "SB0205", "/rules/long/when/time_of_day/days/0", "\"mon\"");
    row("empty list of conditions", "/rules/long/when/any", "[]", "SB0206", "/rules/long/when/any", "empty");
    row("condition in a condition", "/rules/long/when/any", R"([{}])", "SB0501", "/rules/long/when/any/0",
        "states nothing");
    row("fallback to a person", "/tiers/T0/fallback", R"(["human"])", "SB0209", "/tiers/T0/fallback/0",
        "tiers only");
    row("weight of a replica", "/tiers/T0/models", R"([{"model": "small", "weight": 0}])", "SB0204",
        "/tiers/T0/models/0/weight", "0.001");
    row("replica twice", "/tiers/T0/models", R"(["small", {"model": "small"}])", "SB0211",
        "/tiers/T0/models/1/model", "twice");
    row("temperature", "/tiers/T0/temperature", "2.1", "SB0204", "/tiers/T0/temperature", "between 0 and 2");
    row("log-probability above 0", "/triggers/shape",
        R"({"id": "l", "gate": "log_probability", "below": 0.5, "escalate": "next"})", "SB0204",
        "/triggers/l/below", "between -100 and 0");
    row("quality without source", "/release_gates",
        R"([{"id": "g", "dataset": "d", "metric": "quality", "at_least": 0.8}])", "SB0203",
        "/release_gates/g", "\"source\"");
    row("quality on a scale", "/release_gates",
        R"([{"id": "g", "dataset": "d", "metric": "quality", "at_least": 4, "source": "human"}])", "SB0204",
        "/release_gates/g/at_least", "between 0 and 1");
    row("both bounds", "/release_gates",
        R"([{"id": "g", "dataset": "d", "metric": "escalation_rate", "at_least": 0, "at_most": 0.3}])",
        "SB0903", "/release_gates/g", "each");
    row("retrieval switched off", "/triggers/shape",
        R"({"id": "r", "gate": "retrieval", "below": 0.5, "escalate": "next"})", "SB0805", "/triggers/r/gate",
        "\"retrieval\"");
    row("weight missing", "/weights", R"({"cost": 1})", "SB0203", "/weights", "\"quality\"");
    row("first token after the deadline", "/tiers/T0/budget/first_token_ms", "2000", "SB0210",
        "/tiers/T0/budget/first_token_ms", "no effect");
    row("what a person would carry", "/rules/person/route", R"({"to": "human", "tools": []})", "SB0210",
        "/rules/person/route/tools", "a person");
}

void PolicyLanguageTest::mistakesAreNamed()
{
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, at);
    QFETCH(QByteArray, says);
    const auto document = changed(pointer.constData(), value.toStdString());
    const std::string said = policyDiagnosticsToText(document->diagnostics, "case");
    const auto found = std::ranges::find_if(document->diagnostics, [&](const Diagnostic& d) {
        return d.code == code.toStdString() && d.pointer == at.toStdString();
    });
    QVERIFY2(found != document->diagnostics.end(), said.c_str());
    QVERIFY2((found->message + " " + found->hint).find(says.toStdString()) != std::string::npos,
             said.c_str());
    QCOMPARE(document->text.substr(found->offset, 1).empty(), false);
    QCOMPARE(document->runnable(), found->severity != Severity::Error);
}

QTEST_GUILESS_MAIN(PolicyLanguageTest)
#include "tst_policy_language.moc"
