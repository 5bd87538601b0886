// SPDX-License-Identifier: GPL-3.0-or-later
// The broken policies of tests/policies/broken: each says exactly what is wrong with it, every code of the
// catalogue has one and a page of help, and every fix that is offered mends.
#include "policy/diagnostic_codes.h"
#include "policy/diagnostic_format.h"
#include "policy/document.h"
#include "policy/syntax_tree.h"

#include <QtTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

using namespace signalbox;

namespace {

struct Said
{
    std::string code;
    std::string pointer;
};

struct Broken
{
    const char* file;       ///< without ".policy.json"
    std::vector<Said> said; ///< in the order of the text
};

const std::vector<Broken> kBroken = {
    {"SB0101-not-json", {{"SB0101", ""}}},
    {"SB0102-invalid-utf8", {{"SB0102", ""}}},
    {"SB0103-duplicate-key", {{"SB0103", "/name"}}},
    {"SB0104-trailing-comma", {{"SB0104", ""}}},
    {"SB0105-comment", {{"SB0105", ""}}},
    {"SB0106-too-deep", {{"SB0106", ""}}},
    {"SB0108-bad-string", {{"SB0108", ""}}},
    {"SB0109-bad-number", {{"SB0109", ""}}},
    {"SB0110-not-an-object", {{"SB0110", ""}}},
    {"SB0111-byte-order-mark", {{"SB0111", ""}}},
    {"SB0112-text-after-end", {{"SB0112", ""}}},
    {"SB0201-unknown-key", {{"SB0201", "/tiers/T0/budget/max_cots_usd"}}},
    {"SB0202-wrong-type", {{"SB0202", "/tiers/T0/budget/deadline_ms"}}},
    {"SB0203-missing-key", {{"SB0203", "/rules/long"}}},
    {"SB0204-out-of-range", {{"SB0204", "/router/map/0/min_confidence"}}},
    {"SB0205-unknown-value", {{"SB0205", "/endpoints/here/protocol"}}},
    {"SB0206-empty-value", {{"SB0206", "/rules/person/when/keyword"}}},
    {"SB0208-unsupported-version", {{"SB0208", "/signalbox"}}},
    {"SB0209-bad-id", {{"SB0209", "/rubrics/0/id"}}},
    {"SB0210-no-effect", {{"SB0210", "/rules/long/exclusive"}}},
    {"SB0211-listed-twice", {{"SB0211", "/cascade/order/2"}}},
    {"SB0212-bad-date", {{"SB0212", "/models/small/price/as_of"}}},
    {"SB0213-too-few", {{"SB0213", "/router/candidates"}}},
    {"SB0214-weights-sum", {{"SB0214", "/weights"}}},
    {"SB0215-bad-time", {{"SB0215", "/rules/long/when/time_of_day/from"}}},
    {"SB0301-duplicate-id", {{"SB0301", "/tiers/2/id"}}},
    {"SB0302-unknown-endpoint", {{"SB0302", "/models/judge/endpoint"}}},
    {"SB0303-unknown-model", {{"SB0303", "/tiers/T0/models/0"}}},
    {"SB0304-unknown-tier", {{"SB0304", "/router/otherwise"}}},
    {"SB0305-unknown-rubric", {{"SB0305", "/triggers/helpful/rubric"}}},
    {"SB0306-unknown-intent", {{"SB0306", "/router/map/0/intent"}}},
    {"SB0307-unknown-template", {{"SB0307", "/router/otherwise/template"}}},
    {"SB0308-unknown-tool", {{"SB0308", "/router/otherwise/tools/0"}}},
    {"SB0309-unknown-user-tier", {{"SB0309", "/rules/long/when/user_tier"}}},
    {"SB0310-unknown-trigger", {{"SB0310", "/cascade/accept/0"}}},
    {"SB0311-falls-back-to-itself", {{"SB0311", "/tiers/T0/fallback"}}},
    {"SB0312-lacks-capability", {{"SB0312", "/router/model"}}},
    {"SB0312-retrieval-embedder", {{"SB0312", "/retrieval/model"}}},
    {"SB0401-literal-key", {{"SB0401", "/endpoints/here/key"}}},
    {"SB0402-bad-url", {{"SB0402", "/endpoints/here/base_url"}}},
    {"SB0403-plain-http", {{"SB0403", "/endpoints/here/base_url"}}},
    {"SB0404-url-credentials", {{"SB0404", "/endpoints/here/base_url"}}},
    {"SB0405-key-places", {{"SB0405", "/endpoints/here/key"}}},
    {"SB0501-empty-condition", {{"SB0501", "/rules/long/when"}}},
    {"SB0502-bad-pattern", {{"SB0502", "/rules/long/when/pattern"}}},
    {"SB0503-bad-reason", {{"SB0503", "/rules/long/reason"}}},
    {"SB0504-rule-effects", {{"SB0504", "/rules/long"}}},
    {"SB0505-token-range", {{"SB0505", "/rules/long/when/min_input_tokens"}}},
    {"SB0506-condition-depth", {{"SB0506", "/rules/long/when/not/not/not/not/not/not/not/not"}}},
    {"SB0507-too-many-conditions", {{"SB0507", "/rules/long/when/any/1000"}}},
    {"SB0601-signal-source", {{"SB0601", "/router/signals/questions"}}},
    {"SB0602-cut-points", {{"SB0602", "/router/hard_at"}}},
    {"SB0603-centroid-source", {{"SB0603", "/router"}}},
    {"SB0604-bad-artefact", {{"SB0604", "/router/artefact"}}},
    {"SB0605-bad-step", {{"SB0605", "/router/steps/rest/kind"}}},
    {"SB0701-direct-hops", {{"SB0701", "/cascade/max_hops"}}},
    {"SB0702-hops-below-stages", {{"SB0702", "/cascade/max_hops"}}},
    {"SB0801-scale-mismatch", {{"SB0801", "/triggers/helpful/of"}}},
    {"SB0802-schema-keyword", {{"SB0802", "/triggers/shape/schema/propertis"}}},
    {"SB0803-gate-of-nothing", {{"SB0803", "/triggers/odd"}}},
    {"SB0804-char-range", {{"SB0804", "/triggers/long/min_chars"}}},
    {"SB0805-needs-retrieval", {{"SB0805", "/triggers/found/gate"}}},
    {"SB0901-user-tier-circle", {{"SB0901", "/user_tiers/free/when/user_tier"}}},
    {"SB0902-queue-interactive", {{"SB0902", "/user_tiers/free/over_budget"}}},
    {"SB0903-gate-bounds", {{"SB0903", "/release_gates/cheap"}}},
    {"SB1001-tier-unreachable", {{"SB1001", "/tiers/T2"}}},
    {"SB1002-rule-shadowed", {{"SB1002", "/rules/again"}}},
    {"SB1003-no-person", {{"SB1003", "/cascade"}}},
    {"SB1004-hops-too-few", {{"SB1004", "/cascade/max_hops"}}},
    {"SB1005-escalates-down", {{"SB1005", "/triggers/helpful/escalate"}}},
    {"SB1006-matches-everything", {{"SB1006", "/rules/long/when/pattern"}}},
    {"SB1007-map-row-shadowed", {{"SB1007", "/router/map/2"}}},
    {"SB1008-trigger-never-fires", {{"SB1008", "/triggers/helpful/below"}}},
    {"SB1009-unused", {{"SB1009", "/rubrics/other"}}},
    {"SB1010-no-such-residency", {{"SB1010", "/rules/long/allow_residency"}}},
    {"SB1011-leads-nowhere", {{"SB1011", "/triggers/helpful/escalate"}}},
    {"SB1012-escalation-circle", {{"SB1012", "/triggers/back/escalate"}}},
    {"SB1013-fallback-circle", {{"SB1013", "/tiers/T1/fallback"}}},
    {"SB1014-never-holds", {{"SB1014", "/rules/long/when"}}},
    {"SB1015-rule-unheard", {{"SB1015", "/rules/long"}}},
    {"SB1016-user-tier-shadowed", {{"SB1016", "/user_tiers/gold"}}},
    {"SB1017-step-unasked", {{"SB1017", "/router/steps/late"}}},
    {"SB1018-stage-idle", {{"SB1018", "/cascade/stages/search"}}},
    {"SB1101-unpriced", {{"SB1101", "/models/small"}}},
    {"SB1102-price-old", {{"SB1102", "/models/small/price/as_of"}}},
    {"SB1103-price-per-token", {{"SB1103", "/models/small/price/output_per_mtok"}}},
    {"SB1104-price-too-dear", {{"SB1104", "/models/small/price/input_per_mtok"}}},
    {"SB1105-cached-dearer", {{"SB1105", "/models/small/price/cached_input_per_mtok"}}},
    {"SB1106-price-of-tomorrow", {{"SB1106", "/models/small/price/as_of"}}},
    {"SB1201-slow-path", {{"SB1201", "/slo/p95_latency_ms"}}},
    {"SB1202-dear-path", {{"SB1202", "/slo/cost_per_resolved_usd"}}},
    {"SB1203-self-judged", {{"SB1203", "/triggers/helpful/rubric"}}},
    {"SB1204-small-context", {{"SB1204", "/tiers/T0/budget/max_input_tokens"}}},
    {"SB1205-cut-short", {{"SB1205", "/budget/deadline_ms"}}},
    {"SB1206-wider-than-request", {{"SB1206", "/tiers/T1/budget/max_input_tokens"}}},
    {"SB1207-output-above-model", {{"SB1207", "/tiers/T0/budget/max_output_tokens"}}},
    {"SB1208-near-duplicate", {{"SB1208", "/tiers/T1"}}},
    {"SB1209-cannot-take", {{"SB1209", "/rules/long/route"}}},
    {"SB1210-cheaper-above", {{"SB1210", "/cascade/order/1"}}},
    {"SB1211-lanes-alike", {{"SB1211", "/cascade/lanes/1"}}},
    {"SB1212-race-one-endpoint", {{"SB1212", "/cascade/lanes"}}},
    {"SB1213-weights-contradict", {{"SB1213", "/weights"}}},
    {"SB1214-gate-direction", {{"SB1214", "/release_gates/quick/at_least"}}},
    {"SB1215-nothing-to-stick-to", {{"SB1215", "/stickiness/by"}}},
    {"SB1216-retrieval-unsaid", {{"SB1216", "/retrieval/when"}}},
    {"SB1217-no-tools-named", {{"SB1217", "/triggers/calls/gate"}}},
    {"SB1218-budget-too-small", {{"SB1218", "/tiers/T1/budget/max_cost_usd"}}},
    {"SB1219-sampling-refused", {{"SB1219", "/tiers/T1/temperature"}}},
    {"SB1301-forced-export", {{"SB1301", "/export"}}},
    {"SB1302-pii-unlocked", {{"SB1302", "/rules/long/route"}}},
    {"SB1303-pii-way-round", {{"SB1303", "/rules/long/route"}}},
    {"SB1304-pii-left-over", {{"SB1304", "/rules/long/exclude"}}},
    {"SB1305-asked-elsewhere", {{"SB1305", "/rubrics/helpful/model"}}},
    {"SB1306-cache-unscoped", {{"SB1306", "/cache"}}},
    {"SB1307-untainted", {{"SB1307", "/rules/long"}}},
    {"SB1308-nothing-left", {{"SB1308", "/rules/long/exclude"}}},
    {"SB1309-locked-barred", {{"SB1309", "/rules/legal/route"}}},
    {"SB1310-bars-nothing", {{"SB1310", "/rules/long/allow_residency"}}},
    {"SB1320-edited-after-export", {{"SB1320", "/export/hash"}}},
    {"SB1401-model-decides-alone", {{"SB1401", "/router/kind"}}},
    {"SB1402-uncalibrated", {{"SB1402", "/router/map/0/min_confidence"}}},
    {"SB1403-raw-confidence", {{"SB1403", "/triggers/doubt/below"}}},
    {"SB1404-router-too-dear", {{"SB1404", "/router/model"}}},
    {"SB1405-router-too-slow", {{"SB1405", "/router/deadline_ms"}}},
    {"SB1406-no-choice", {{"SB1406", "/router/threshold"}}},
    {"SB1407-weak-dearer", {{"SB1407", "/router/weak"}}},
    {"carry", {{"SB0205", "/cascade/carry/0"}}},
    {"difficulty", {{"SB0204", "/router/map/0/difficulty"}}},
    {"empty-condition", {{"SB0501", "/rules/r/when"}}},
    {"fixed-with-bias", {{"SB0201", "/router/bias"}}},
    {"gate-without-schema", {{"SB0203", "/triggers/t"}}},
    {"gate", {{"SB0205", "/triggers/t/gate"}}},
    {"literal-key", {{"SB0401", "/endpoints/e/key"}}},
    {"metadata", {{"SB0202", "/rules/r/when/metadata/a"}}},
    {"model-twice", {{"SB0211", "/tiers/T0/models/1"}}},
    {"negative-price", {{"SB0204", "/models/m/price/input_per_mtok"}}},
    {"no-hops", {{"SB0204", "/cascade/max_hops"}}},
    {"no-name", {{"SB0203", ""}}},
    {"price-without-source", {{"SB0203", "/models/m/price"}, {"SB0203", "/models/m/price"}}},
    {"protocol", {{"SB0205", "/endpoints/e/protocol"}}},
    {"quality-without-source", {{"SB0203", "/slo/min_quality"}}},
    {"reason", {{"SB0503", "/rules/r/reason"}}},
    {"reserved-tier", {{"SB0209", "/tiers/human/id"}}},
    {"retrieval", {{"SB0202", "/retrieval/enabled"}}},
    {"router-of-later", {{"SB0203", "/router"}, {"SB0203", "/router"}}},
    {"rule-with-two-effects", {{"SB0504", "/rules/r"}}},
    {"rule-without-effect", {{"SB0504", "/rules/r"}}},
    {"scale", {{"SB0204", "/rubrics/r/of"}}},
    {"schema-with-threshold", {{"SB0201", "/triggers/t/below"}}},
    {"signal-of-nothing", {{"SB0601", "/router/signals/s"}}},
    {"tier-without-models", {{"SB0206", "/tiers/T0/models"}}},
    {"two-keys", {{"SB0405", "/endpoints/e/key"}}},
    {"unknown-key", {{"SB0201", "/colour"}}},
    {"version", {{"SB0208", "/signalbox"}}},
    {"waterfall-without-order", {{"SB0203", "/cascade"}}},
};

const ReadOptions kToday{"2026-11-22"};

std::filesystem::path sourceDir()
{
    return qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString();
}

std::string fileText(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string brokenText(const std::string& name)
{
    return fileText(sourceDir() / "tests/policies/broken" / (name + ".policy.json"));
}

std::string nameOf(const std::filesystem::path& path)
{
    const std::string name = path.filename().string();
    return name.substr(0, name.find('.'));
}

std::map<std::string, int> countsOf(const PolicyDocument& document, bool errorsOnly)
{
    std::map<std::string, int> counts;
    for (const Diagnostic& d : document.diagnostics) {
        if (!errorsOnly || d.severity == Severity::Error)
            ++counts[d.code];
    }
    return counts;
}

/// "" when the fix does what it says, else what is wrong with it.
std::string faultOf(const PolicyDocument& document, const Diagnostic& diagnostic, const QuickFix& fix)
{
    if (fix.title.empty() || fix.edits.empty())
        return "it has no title, or does nothing";
    std::size_t at = 0;
    for (const TextEdit& edit : fix.edits) {
        if (edit.offset < at || edit.offset + edit.length > document.text.size())
            return "its edits overlap, or lie outside of the text";
        at = edit.offset + edit.length;
    }
    const auto after = readPolicy(applyFix(document.text, fix), kToday);
    auto before = countsOf(document, false);
    auto now = countsOf(*after, false);
    if (now[diagnostic.code] >= before[diagnostic.code])
        return "it mends nothing";
    for (const auto& [code, count] : countsOf(*after, true)) {
        if (count > before[code])
            return "it brings " + code;
    }
    return {};
}

} // namespace

class PolicyBrokenTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFileSaysWhatIsWrong_data();
    void everyFileSaysWhatIsWrong();
    void everyFileIsInTheTable();
    void everyCodeHasAFile();
    void tooMuchIsCut();
    void tooLargeIsNotRead();
    void everyFixMendsAndBreaksNothing();
    void everyCodeHasAPage();
    void theTableOfTheHelpIsTheCatalogue();
};

void PolicyBrokenTest::everyFileSaysWhatIsWrong_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < kBroken.size(); ++i)
        QTest::newRow(kBroken[i].file) << static_cast<int>(i);
}

void PolicyBrokenTest::everyFileSaysWhatIsWrong()
{
    QFETCH(int, index);
    const Broken& one = kBroken[static_cast<std::size_t>(index)];
    const auto document = readPolicy(brokenText(one.file), kToday);
    const std::string all = policyDiagnosticsToText(document->diagnostics, one.file);
    QVERIFY2(document->diagnostics.size() == one.said.size(), all.c_str());
    bool errors = false;
    for (std::size_t i = 0; i < one.said.size(); ++i) {
        const Diagnostic& d = document->diagnostics[i];
        QVERIFY2(d.code == one.said[i].code && d.pointer == one.said[i].pointer, all.c_str());
        QCOMPARE(d.severity, diagnosticInfo(d.code)->severity);
        QVERIFY(!d.message.empty());
        errors = errors || d.severity == Severity::Error;
    }
    QCOMPARE(document->runnable(), !errors);
}

void PolicyBrokenTest::everyFileIsInTheTable()
{
    std::set<std::string> listed = {"SB0299-too-many-problems"};
    for (const Broken& one : kBroken)
        listed.insert(one.file);
    std::set<std::string> there;
    for (const auto& entry : std::filesystem::directory_iterator(sourceDir() / "tests/policies/broken"))
        there.insert(nameOf(entry.path()));
    QCOMPARE(there, listed);
    QVERIFY(there.size() >= 60);
}

void PolicyBrokenTest::everyCodeHasAFile()
{
    // The first two are tested below, the others against a workspace (tst_policy_export, tst_cli).
    std::set<std::string> alone = {"SB0107", "SB0299", "SB1501", "SB1502"};
    for (const Broken& one : kBroken) {
        if (one.said.size() == 1)
            alone.insert(one.said[0].code);
    }
    for (const DiagnosticInfo& info : diagnosticCatalogue())
        QVERIFY2(alone.contains(info.code), info.code);
    QCOMPARE(alone.size(), diagnosticCatalogue().size());
}

void PolicyBrokenTest::tooMuchIsCut()
{
    const auto document = readPolicy(brokenText("SB0299-too-many-problems"), kToday);
    QCOMPARE(document->diagnostics.size(), std::size_t(200));
    QCOMPARE(std::ranges::count(document->diagnostics, "SB0299", &Diagnostic::code), 1);
    QVERIFY(!document->runnable());
}

void PolicyBrokenTest::tooLargeIsNotRead()
{
    const auto document = readPolicy(std::string((128u << 20) + 1, ' '), kToday);
    QCOMPARE(document->diagnostics.size(), std::size_t(1));
    QCOMPARE(document->diagnostics[0].code, std::string("SB0107"));
    QVERIFY(!document->policy);
}

void PolicyBrokenTest::everyFixMendsAndBreaksNothing()
{
    int fixes = 0;
    for (const auto& entry : std::filesystem::directory_iterator(sourceDir() / "tests/policies/broken")) {
        const auto document = readPolicy(fileText(entry.path()), kToday);
        for (const Diagnostic& d : document->diagnostics) {
            for (const QuickFix& fix : d.fixes) {
                const std::string fault = faultOf(*document, d, fix);
                const std::string what =
                    entry.path().filename().string() + " " + d.pointer + ", " + fix.title + ": " + fault;
                QVERIFY2(fault.empty(), what.c_str());
                ++fixes;
            }
        }
    }
    QVERIFY(fixes >= 20);
}

void PolicyBrokenTest::everyCodeHasAPage()
{
    const auto folder = sourceDir() / "resources/help/diagnostics";
    std::set<std::string> pages;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        pages.insert(nameOf(entry.path()));
    for (const DiagnosticInfo& info : diagnosticCatalogue()) {
        QVERIFY2(pages.erase(info.code) == 1, info.code);
        const std::string page = fileText(folder / (std::string(info.code) + ".md"));
        QVERIFY2(page.starts_with(std::string("# ") + info.code + ": " + info.title + "\n"), info.code);
        QVERIFY2(page.find(std::string("*") + severityName(info.severity) + "*") != std::string::npos,
                 info.code);
        std::size_t at = 0;
        for (const char* part : {"\n## Why it matters\n", "\n## How to mend it\n", "\n## Wrong\n",
                                 "\n```json\n", "\n## Right\n", "\n```json\n"}) {
            at = page.find(part, at);
            QVERIFY2(at != std::string::npos, (std::string(info.code) + ": " + part).c_str());
            ++at;
        }
        // What is shown as right can be read: a document, or members of an object.
        const std::size_t fence = page.rfind("```json\n") + 8;
        std::string right = page.substr(fence, page.find("\n```", fence) - fence);
        if (right[0] != '{')
            right = "{" + right + "}";
        const SyntaxTree tree = SyntaxTree::parse(right);
        QVERIFY2(tree.readable() && tree.issues().empty(), info.code);
    }
    QVERIFY2(pages.empty(), pages.empty() ? "" : pages.begin()->c_str());
}

void PolicyBrokenTest::theTableOfTheHelpIsTheCatalogue()
{
    const std::string help = fileText(sourceDir() / "resources/help/policy-language.md");
    std::string expected;
    for (const DiagnosticInfo& info : diagnosticCatalogue())
        expected +=
            std::string("| ") + info.code + " | " + severityName(info.severity) + " | " + info.title + " |\n";
    const std::size_t first = help.find("| SB");
    QVERIFY(first != std::string::npos);
    QCOMPARE(help.substr(first, help.rfind(" |\n") + 3 - first), expected);
}

QTEST_GUILESS_MAIN(PolicyBrokenTest)
#include "tst_policy_broken.moc"
