// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/policy_properties.h"

#include "base/random.h"
#include "policy/diagnostic_format.h"
#include "policy/document.h"
#include "policy/edit.h"
#include "policy/syntax_tree.h"
#include "tests/support/policies.h"

#include <QtTest>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

using namespace signalbox;

namespace {

std::filesystem::path sourceDir()
{
    return qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString();
}

std::string fileText(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string sampleText()
{
    return fileText(sourceDir() / "resources/samples/harbor-support.policy.json");
}

std::vector<std::filesystem::path> corpus()
{
    std::vector<std::filesystem::path> files;
    for (const char* folder : {"policies/sound", "policies/broken", "fuzz/corpus/fuzz_policy"}) {
        for (const auto& entry : std::filesystem::directory_iterator(sourceDir() / "tests" / folder))
            files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

const ReadOptions kToday{"2026-11-22"};

} // namespace

class PolicyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sampleIsSound();
    void sampleSaysWhatItsTextSays();
    void everyKeyArrives();
    void soundPoliciesRun();
    void placesCountLinesAndCodePoints();
    void syntaxMistakesThatAreUnderstoodKeepThePolicy();
    void depthIsBounded();
    void problemsAreBounded();
    void errorsAreNotPushedOutByWarnings();
    void canonicalFormIsStable();
    void fewNewPatternsAreCompiledWhereNobodyMayWait();
    void canonicalNumbers();
    void formattingLeavesTheHashAlone();
    void meaningChangesTheHash();
    void exportMarkIsNotPartOfTheHash();
    void corpusHoldsItsProperties();
    void mutationsHoldTheirProperties();
    void everyPrefixIsReadWithoutHarm();
    void filesThatCannotBeReadSaySo();
    void diagnosticsAsTextAndJson();
};

void PolicyTest::sampleIsSound()
{
    const auto document = readPolicy(sampleText(), kToday);
    QVERIFY(document->runnable());
    QCOMPARE(document->count(Severity::Error), 0);
    QCOMPARE(document->count(Severity::Warning), 0);
    // Its worst case is slower and dearer than its objectives.
    QCOMPARE(document->count(Severity::Note), 2);
}

void PolicyTest::sampleSaysWhatItsTextSays()
{
    const auto document = readPolicy(sampleText(), kToday);
    const Policy& policy = *document->policy;
    QCOMPARE(policy.name, std::string("Harbor Support"));
    QCOMPARE(policy.tiers.size(), std::size_t(3));
    QCOMPARE(policy.tiers[0].budget.maxCost, std::optional<NanoUsd>(1'000'000));
    QCOMPARE(policy.tiers[0].budget.maxInputTokens, std::optional<int>(6000));
    QCOMPARE(policy.models[static_cast<std::size_t>(policy.tiers[1].models[0])].name,
             std::string("mid-mini"));
    QCOMPARE(policy.models[1].price->cachedInputPerMtok, std::optional<double>(0.075));
    QVERIFY(policy.endpoints[0].isSandbox() && policy.usesSandbox());
    QVERIFY(policy.rules[0].route->isHuman() && policy.rules[0].locked);
    QCOMPARE(policy.rules[1].allowResidency, std::vector<std::string>{"on_prem"});
    QCOMPARE(policy.rules[2].exclude, std::vector<int>{0});
    QCOMPARE(policy.rules[4].when.metadata.at("account"), std::vector<std::string>{"enterprise"});
    QCOMPARE(policy.router.kind, RouterKind::Scoring);
    QCOMPARE(policy.router.signals.size(), std::size_t(7));
    QCOMPARE(policy.router.signals[4].per, 100.0);
    QCOMPARE(policy.router.map[0].minConfidence, std::optional<double>(0.5));
    QVERIFY(!policy.router.map[2].minConfidence);
    QCOMPARE(policy.router.otherwise, Route::toTier(2));
    QCOMPARE(policy.cascade.order, (std::vector<int>{0, 1, 2}));
    QVERIFY(policy.cascade.carryRetrieval && policy.cascade.carryDraft);
    QCOMPARE(policy.triggers[0].reasonCode(), std::string("gate.schema_invalid.shape"));
    QCOMPARE(policy.triggers[1].reasonCode(), std::string("gate.judge_below.grounding"));
    QCOMPARE(nlohmann::json::parse(policy.triggers[0].schemaJson)["required"].size(), std::size_t(2));
    QCOMPARE(policy.routeName(Route::toTier(1)), std::string("T1"));
    QCOMPARE(policy.contentHash.size(), std::size_t(64));
}

void PolicyTest::everyKeyArrives()
{
    const auto document =
        readPolicy(fileText(sourceDir() / "tests/policies/sound/every-key.policy.json"), kToday);
    const Policy& policy = *document->policy;
    QCOMPARE(policy.priority, std::string("quality"));
    QCOMPARE(policy.slo.minQuality->atLeast, 4.2);
    QCOMPARE(policy.endpoints[1].key.env, std::string("CLOUD_KEY"));
    QCOMPARE(policy.endpoints[2].key.keychain, std::string("Example EU"));
    QCOMPARE(policy.models[0].maxOutputTokens, 400);
    QCOMPARE(policy.tiers[0].systemPrompt, std::string("Be very brief."));
    QCOMPARE(policy.rules[0].when.keywords, std::vector<std::string>{"human agent"});
    QCOMPARE(policy.rules[3].when.metadata.at("account"), (std::vector<std::string>{"gold", "platinum"}));
    QVERIFY(policy.rules[3].exclusive);
    QCOMPARE(policy.rules[4].when.maxInputTokens, std::optional<int>(20));
    QCOMPARE(policy.router.signals[0].per, 2.0);
    QCOMPARE(policy.router.signals[0].atMost, 3.0);
    QCOMPARE(policy.router.signals[7].feature, Signal::Feature::KeywordHits);
    QCOMPARE(policy.router.signals[8].feature, Signal::Feature::PatternHits);
    QVERIFY(policy.router.map[1].route.isHuman());
    QCOMPARE(policy.cascade.whenExhausted, WhenExhausted::Human);
    QCOMPARE(policy.triggers[0].escalateTo, Route::toTier(1));
    QCOMPARE(policy.triggers[0].appliesTo, std::vector<int>{0});
    QCOMPARE(policy.triggers[0].atMost, 1);
    QVERIFY(policy.triggers[1].escalateTo.isHuman());
    QCOMPARE(policy.retrieval.topK, 4);
    QCOMPARE(policy.escalatingCopy, std::string("One moment…"));
}

void PolicyTest::soundPoliciesRun()
{
    for (const auto& entry : std::filesystem::directory_iterator(sourceDir() / "tests/policies/sound")) {
        const auto document = readPolicy(fileText(entry.path()), kToday);
        QVERIFY2(document->runnable() && document->count(Severity::Warning) == 0,
                 policyDiagnosticsToText(document->diagnostics, entry.path().string()).c_str());
    }
}

void PolicyTest::placesCountLinesAndCodePoints()
{
    const auto document = readPolicy("{\"signalbox\": 1,\r\n \"name\": \"äö€😀\", \"tires\": []}", kToday);
    const auto unknown = std::ranges::find(document->diagnostics, "SB0201", &Diagnostic::code);
    QVERIFY(unknown != document->diagnostics.end());
    QCOMPARE(unknown->line, 2);
    QCOMPARE(unknown->column, 18);
    QCOMPARE(unknown->pointer, std::string("/tires"));
    QCOMPARE(document->text.substr(unknown->offset, unknown->length), std::string("\"tires\""));
    QCOMPARE(unknown->hint, std::string("Did you mean \"tiers\"?"));
}

void PolicyTest::syntaxMistakesThatAreUnderstoodKeepThePolicy()
{
    std::string text = sampleText();
    text.insert(text.find("\"endpoints\""), "// who serves\n  ");
    text.insert(text.rfind('}'), ",");
    const auto document = readPolicy(text, kToday);
    QVERIFY(document->policy);
    QCOMPARE(document->policy->tiers.size(), std::size_t(3));
    QVERIFY(!document->runnable());
    QCOMPARE(document->count(Severity::Error), 2);
}

void PolicyTest::depthIsBounded()
{
    const auto nested = [](std::size_t levels) {
        return std::string(levels, '[') + std::string(levels, ']');
    };
    QVERIFY(SyntaxTree::parse(nested(64)).readable());
    const std::string deep = nested(65);
    const SyntaxTree tree = SyntaxTree::parse(deep);
    QVERIFY(!tree.readable());
    QCOMPARE(std::string(tree.issues()[0].code), std::string("SB0106"));
    QCOMPARE(tree.issues()[0].offset, std::size_t(64));
    QVERIFY(!readPolicy(std::string(5'000'000, '['), kToday)->policy);
}

void PolicyTest::problemsAreBounded()
{
    std::string text = "{";
    for (int i = 0; i < 3000; ++i)
        text += (i == 0 ? "\"k" : ", \"k") + std::to_string(i) + "\": 1";
    const auto document = readPolicy(text + "}", kToday);
    QCOMPARE(document->diagnostics.size(), std::size_t(200));
    QVERIFY(std::ranges::count(document->diagnostics, "SB0299", &Diagnostic::code) == 1);
    QVERIFY(!document->runnable());
}

void PolicyTest::errorsAreNotPushedOutByWarnings()
{
    std::string endpoints = "[";
    for (int i = 0; i < 500; ++i)
        endpoints += (i == 0 ? "{\"id\": \"e" : ", {\"id\": \"e") + std::to_string(i) +
                     R"(", "protocol": "openai", "base_url": "http://far.example/v1"})";
    std::string text = *setValue(fileText(sourceDir() / "tests/policies/sound/base.policy.json"),
                                 "/endpoints", endpoints + "]");
    const auto document = readPolicy(text, kToday);
    QCOMPARE(document->diagnostics.size(), std::size_t(200));
    QCOMPARE(document->count(Severity::Error), 3); // the endpoint of three models is gone
    QVERIFY(!document->runnable());
}

void PolicyTest::fewNewPatternsAreCompiledWhereNobodyMayWait()
{
    nlohmann::json p = test::basePolicy();
    for (int i = 0; i < 3; ++i) {
        const std::string n = std::to_string(i);
        p["rules"].push_back({{"id", "r" + n},
                              {"when", {{"pattern", {"never seen before " + n, i == 2 ? "(broken " : "nor this " + n}}}},
                              {"route", "T0"},
                              {"reason", "policy.r"}});
    }
    const std::string text = p.dump(2);
    ReadOptions atOnce{"2026-11-22", 2};
    const PolicyDocumentPtr first = readPolicy(text, atOnce);
    QCOMPARE(first->uncheckedPatterns, 4);
    QVERIFY(!first->runnable());
    QCOMPARE(first->count(Severity::Error), 0);
    const PolicyDocumentPtr whole = readPolicy(text, {"2026-11-22"});
    QCOMPARE(whole->uncheckedPatterns, 0);
    QCOMPARE(whole->count(Severity::Error), 1);
    // What has been checked once costs nothing again.
    atOnce.mostNewPatterns = 0;
    const PolicyDocumentPtr again = readPolicy(text, atOnce);
    QCOMPARE(again->uncheckedPatterns, 0);
    QCOMPARE(again->count(Severity::Error), 1);
    QCOMPARE(again->policy->contentHash, first->policy->contentHash);
}

void PolicyTest::canonicalFormIsStable()
{
    const auto canonical = canonicalPolicyText(
        R"({"b": [], "name": "N", "a": {"z": 1.50, "y": ["\u0041\/"]}, "signalbox": 1e0})");
    QVERIFY(canonical.has_value());
    QCOMPARE(
        *canonical,
        std::string(
            "{\n  \"signalbox\": 1,\n  \"name\": \"N\",\n  \"a\": {\n    \"y\": [\n      \"A/\"\n    ],\n"
            "    \"z\": 1.5\n  },\n  \"b\": []\n}\n"));
    QCOMPARE(*canonicalPolicyText(*canonical), *canonical);
    QCOMPARE(canonicalPolicyText("{\"a\": 1,}").error().code, std::string("policy.not_json"));
}

void PolicyTest::canonicalNumbers()
{
    const std::pair<const char*, const char*> cases[] = {{"1.0", "1"},
                                                         {"-0", "0"},
                                                         {"0.10", "0.1"},
                                                         {"1e2", "100"},
                                                         {"1E-3", "0.001"},
                                                         {"100000", "100000"},
                                                         {"9007199254740993", "9007199254740993"},
                                                         {"1e300", "1e+300"},
                                                         {"123456789012345678901", "1.2345678901234568e+20"},
                                                         {"1e-9", "1e-09"}};
    for (const auto& [written, expected] : cases)
        QCOMPARE(*canonicalPolicyText(written), std::string(expected) + "\n");
    Random random(7);
    for (int i = 0; i < 2000; ++i) {
        const double value = random.normal() * std::pow(10.0, static_cast<double>(random.below(40)) - 20);
        const std::string once = *canonicalPolicyText(nlohmann::json(value).dump());
        QCOMPARE(std::stod(once), value);
        QCOMPARE(*canonicalPolicyText(once), once);
    }
}

void PolicyTest::formattingLeavesTheHashAlone()
{
    const std::string sample = sampleText();
    const std::string hash = readPolicy(sample, kToday)->policy->contentHash;
    QCOMPARE(readPolicy(*canonicalPolicyText(sample), kToday)->policy->contentHash, hash);
    QCOMPARE(readPolicy(nlohmann::json::parse(sample).dump(), kToday)->policy->contentHash, hash);
    Random random(11);
    for (int i = 0; i < 50; ++i) {
        const SyntaxTree tree = SyntaxTree::parse(sample);
        const SyntaxNode& node = tree.node(static_cast<NodeIndex>(random.below(tree.size())));
        std::string spaced = sample;
        spaced.insert(node.offset, random.below(2) == 0 ? " \n\t" : "\r\n");
        QCOMPARE(readPolicy(spaced, kToday)->policy->contentHash, hash);
    }
}

void PolicyTest::meaningChangesTheHash()
{
    const std::string sample = sampleText();
    const std::string hash = readPolicy(sample, kToday)->policy->contentHash;
    for (const Tunable& tunable : tunablesOf(*readPolicy(sample, kToday)->policy)) {
        const auto moved = setValue(sample, tunable.pointer, std::to_string(tunable.value + tunable.step));
        QVERIFY(readPolicy(*moved, kToday)->policy->contentHash != hash);
    }
}

void PolicyTest::exportMarkIsNotPartOfTheHash()
{
    const std::string sample = sampleText();
    const std::string marked = *setValue(sample, "/export", R"({"forced": true, "errors": 2})");
    QCOMPARE(readPolicy(marked, kToday)->policy->contentHash,
             readPolicy(sample, kToday)->policy->contentHash);
    QVERIFY(canonicalPolicyText(marked)->find("\"export\"") != std::string::npos);
}

void PolicyTest::corpusHoldsItsProperties()
{
    QVERIFY(corpus().size() > 10);
    for (const auto& path : corpus()) {
        const std::string problem = properties::violated(fileText(path));
        QVERIFY2(problem.empty(), (path.string() + ": " + problem).c_str());
    }
    QCOMPARE(properties::violated(sampleText()), std::string());
}

void PolicyTest::mutationsHoldTheirProperties()
{
    Random random(20261122);
    std::vector<std::string> texts;
    for (const auto& path : corpus())
        texts.push_back(fileText(path));
    static constexpr std::string_view kPieces[] = {
        "{",     "}",    "[",      "]",         ",",    ":",    "\"",          "\\",
        "\\u12", "null", "-",      "1e999",     "\xff", "\xc3", "//",          "/*",
        "0",     "true", "\"id\"", "\"human\"", " ",    "\n",   "\xef\xbb\xbf"};
    for (int round = 0; round < 2500; ++round) {
        std::string text = texts[random.below(texts.size())];
        for (std::uint64_t change = 0; change <= random.below(4); ++change) {
            const std::size_t at = random.below(text.size() + 1);
            switch (random.below(5)) {
            case 0:
                text.erase(at, random.below(20));
                break;
            case 1:
                text.insert(at, kPieces[random.below(std::size(kPieces))]);
                break;
            case 2:
                text.insert(at, text.substr(random.below(text.size() + 1), random.below(60)));
                break;
            case 3:
                text.resize(at);
                break;
            default:
                if (at < text.size())
                    text[at] = static_cast<char>(random.below(256));
            }
        }
        const std::string problem = properties::violated(text);
        QVERIFY2(problem.empty(), (problem + " in:\n" + text).c_str());
    }
}

void PolicyTest::everyPrefixIsReadWithoutHarm()
{
    const std::string text = fileText(sourceDir() / "tests/policies/sound/smallest.policy.json");
    for (std::size_t length = 0; length + 2 < text.size(); ++length) {
        const auto document = readPolicy(text.substr(0, length), kToday);
        QVERIFY(!document->runnable());
        QCOMPARE(document->count(Severity::Error), 1);
    }
}

void PolicyTest::filesThatCannotBeReadSaySo()
{
    const auto missing = readPolicyFile("/nowhere/at/all.policy.json", kToday);
    QVERIFY(!missing.has_value());
    QCOMPARE(missing.error().code, std::string("policy.unreadable"));
    QVERIFY(missing.error().message.find("/nowhere/at/all.policy.json") != std::string::npos);
    QVERIFY(missing.error().message.find("No such file") != std::string::npos);
    QVERIFY(!readPolicyFile(sourceDir().string(), kToday).has_value());
    const auto sample =
        readPolicyFile((sourceDir() / "resources/samples/harbor-support.policy.json").string(), kToday);
    QVERIFY(sample.has_value() && (*sample)->runnable());
}

void PolicyTest::diagnosticsAsTextAndJson()
{
    const auto document = readPolicy("{\"signalbox\": 1, \"na\\u001bme\": 2}", kToday);
    const std::string text = policyDiagnosticsToText(document->diagnostics, "x.json");
    QVERIFY(text.find("x.json:1:18: error SB0201 /na\xef\xbf\xbdme: The key") != std::string::npos);
    QVERIFY2(text.find('\x1b') == std::string::npos, "a policy must not write to the terminal");
    const auto rows = nlohmann::json::parse(policyDiagnosticsToJson(document->diagnostics, "x.json"));
    QCOMPARE(rows.size(), document->diagnostics.size());
    for (const char* key : {"file", "code", "severity", "pointer", "line", "column", "message", "hint"})
        QVERIFY(rows[0].contains(key));
}

QTEST_GUILESS_MAIN(PolicyTest)
#include "tst_policy.moc"
