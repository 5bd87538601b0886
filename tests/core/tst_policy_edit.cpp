// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/document.h"
#include "policy/edit.h"
#include "policy/syntax_tree.h"

#include <QtTest>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

using namespace signalbox;

namespace {

std::string sampleText()
{
    std::ifstream file(qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString() +
                           "/resources/samples/harbor-support.policy.json",
                       std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The sample and every sound policy.
std::vector<std::string> soundTexts()
{
    std::vector<std::string> texts = {sampleText()};
    for (const auto& entry : std::filesystem::directory_iterator(
             qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString() + "/tests/policies/sound")) {
        std::ifstream file(entry.path(), std::ios::binary);
        texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return texts;
}

std::string text(const Result<std::string>& result)
{
    return result ? *result : "error: " + result.error().code;
}

} // namespace

class PolicyEditTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void replacingAValueKeepsEveryOtherByte();
    void everyValueReplacedByItselfChangesNothing();
    void addsAKeyInTheStyleOfItsNeighbours();
    void insertsIntoListsOfOneLineAndOfMany();
    void removesWithOneComma();
    void insertThenRemoveIsTheIdentity();
    void movesAndMovesBack();
    void indentsAValueOfSeveralLines();
    void whatIsNewIsLaidOutAsItsNeighbours();
    void saysWhatCannotBeEdited();
    void pointersGoByIdAndByPosition();
    void pointerAtFindsTheInnermostValue();
    void everyPointerLeadsBack();
    void tunablesStandWhereTheySayTheyDo();
    void tunablesOfTheSample();
};

void PolicyEditTest::replacingAValueKeepsEveryOtherByte()
{
    const std::string before = sampleText();
    const auto range = rangeOf(before, "/triggers/grounding/below");
    QVERIFY(range.has_value());
    QCOMPARE(before.substr(range->offset, range->length), std::string("3.5"));
    const auto after = setValue(before, "/triggers/grounding/below", " 4.25\n");
    QVERIFY(after.has_value());
    QCOMPARE(after->substr(0, range->offset), before.substr(0, range->offset));
    QCOMPARE(after->substr(range->offset, 4), std::string("4.25"));
    QCOMPARE(after->substr(range->offset + 4), before.substr(range->offset + 3));
    QCOMPARE(readPolicy(*after)->policy->triggers[1].below, 4.25);
}

void PolicyEditTest::everyValueReplacedByItselfChangesNothing()
{
    const std::string before = sampleText();
    for (std::size_t at = 0; at < before.size(); at += 7) {
        const std::string pointer = pointerAt(before, at);
        const auto value = valueAt(before, pointer);
        QVERIFY2(value.has_value(), pointer.c_str());
        QCOMPARE(text(setValue(before, pointer, *value)), before);
    }
}

void PolicyEditTest::addsAKeyInTheStyleOfItsNeighbours()
{
    QCOMPARE(text(setValue(R"({"a": 1})", "/b", "2")), std::string(R"({"a": 1, "b": 2})"));
    QCOMPARE(text(setValue(R"({"a":1})", "/b", "2")), std::string(R"({"a":1, "b":2})"));
    QCOMPARE(text(setValue("{}", "/a~1b", "[]")), std::string(R"({"a/b": []})"));
    QCOMPARE(text(setValue("{\n  \"a\": 1,\n\n  \"b\": 2\n}\n", "/c", "3")),
             std::string("{\n  \"a\": 1,\n\n  \"b\": 2,\n  \"c\": 3\n}\n"));
    QCOMPARE(text(setValue("{\r\n\t\"a\" : 1\r\n}", "/b", "true")),
             std::string("{\r\n\t\"a\" : 1,\r\n\t\"b\" : true\r\n}"));
    const std::string sample = sampleText();
    const auto added = setValue(sample, "/tiers/T1/budget/max_input_tokens", "9000");
    QVERIFY(added.has_value());
    QVERIFY(added->find(R"("max_cost_usd": 0.01, "max_input_tokens": 9000}})") != std::string::npos);
    QCOMPARE(added->size(), sample.size() + std::string(R"(, "max_input_tokens": 9000)").size());
}

void PolicyEditTest::insertsIntoListsOfOneLineAndOfMany()
{
    const auto npos = std::string_view::npos;
    QCOMPARE(text(insertElement("[]", "", npos, "1")), std::string("[1]"));
    QCOMPARE(text(insertElement("[1]", "", npos, "2")), std::string("[1, 2]"));
    QCOMPARE(text(insertElement("[1,3]", "", 1, "2")), std::string("[1,2,3]"));
    QCOMPARE(text(insertElement("[1, 2]", "", 0, "0")), std::string("[0, 1, 2]"));
    QCOMPARE(text(insertElement("[\n  1,\n  3\n]", "", 1, "2")), std::string("[\n  1,\n  2,\n  3\n]"));
    QCOMPARE(text(insertElement("[\n  1\n]", "", 0, "0")), std::string("[\n  0,\n  1\n]"));
    QCOMPARE(text(insertElement("[\n  1\n]", "", npos, "2")), std::string("[\n  1,\n  2\n]"));
    QCOMPARE(text(insertElement("[1]", "", 2, "2")), std::string("error: edit.bad_position"));
    QCOMPARE(text(insertElement("{}", "", 0, "2")), std::string("error: edit.not_a_list"));
}

void PolicyEditTest::removesWithOneComma()
{
    QCOMPARE(text(removeValue("[1, 2, 3]", "/0")), std::string("[2, 3]"));
    QCOMPARE(text(removeValue("[1, 2, 3]", "/1")), std::string("[1, 3]"));
    QCOMPARE(text(removeValue("[1, 2, 3]", "/2")), std::string("[1, 2]"));
    QCOMPARE(text(removeValue("[ 1 ]", "/0")), std::string("[]"));
    QCOMPARE(text(removeValue("{\n  \"a\": 1,\n  \"b\": 2\n}", "/b")), std::string("{\n  \"a\": 1\n}"));
    QCOMPARE(text(removeValue("{\n  \"a\": 1,\n  \"b\": 2\n}", "/a")), std::string("{\n  \"b\": 2\n}"));
    QCOMPARE(text(removeValue("{}", "")), std::string("error: edit.bad_pointer"));
    QCOMPARE(text(removeValue("{}", "/a")), std::string("error: edit.no_such_value"));
}

void PolicyEditTest::insertThenRemoveIsTheIdentity()
{
    const std::string before = sampleText();
    for (const char* list : {"/rules", "/tiers", "/router/signals", "/router/map", "/triggers",
                             "/cascade/order", "/rules/legal/when/keyword", "/rubrics"}) {
        const SyntaxTree tree = SyntaxTree::parse(before);
        for (std::size_t position = 0; position < 3; ++position) {
            const auto more = insertElement(before, list, position, R"({"id": "fresh", "note": "new"})");
            if (!more)
                continue;
            QVERIFY(SyntaxTree::parse(*more).readable());
            const std::string place = std::string(list) + "/fresh";
            QCOMPARE(text(removeValue(*more, place)), before);
        }
    }
}

void PolicyEditTest::movesAndMovesBack()
{
    QCOMPARE(text(moveElement("[1,  [2],\n 3]", "", 0, 2)), std::string("[[2],  3,\n 1]"));
    const std::string before = sampleText();
    const auto moved = moveElement(before, "/rules", 4, 0);
    QVERIFY(moved.has_value());
    QCOMPARE(moved->size(), before.size());
    QCOMPARE(readPolicy(*moved)->policy->rules.front().id, std::string("enterprise"));
    QVERIFY(readPolicy(*moved)->policy->contentHash != readPolicy(before)->policy->contentHash);
    QCOMPARE(text(moveElement(*moved, "/rules", 0, 4)), before);
    QCOMPARE(text(moveElement(before, "/rules", 0, 5)), std::string("error: edit.bad_position"));
}

void PolicyEditTest::indentsAValueOfSeveralLines()
{
    const std::string before = "{\n  \"rules\": [\n    {\"id\": \"a\"}\n  ]\n}\n";
    QCOMPARE(
        text(insertElement(before, "/rules", 1, "{\n  \"id\": \"b\"\n}")),
        std::string("{\n  \"rules\": [\n    {\"id\": \"a\"},\n    {\n      \"id\": \"b\"\n    }\n  ]\n}\n"));
}

void PolicyEditTest::whatIsNewIsLaidOutAsItsNeighbours()
{
    // In a canonical text, step by step from nothing, it stays canonical.
    std::string canonical =
        "{\n  \"signalbox\": 1,\n  \"name\": \"x\",\n  \"tiers\": [],\n  \"rules\": []\n}\n";
    const auto insert = [&](const char* list, const char* value) {
        canonical = text(insertElement(canonical, list, std::string::npos, value));
        QCOMPARE(canonical, text(canonicalPolicyText(canonical)));
    };
    insert("/tiers", R"({"models": ["m"], "id": "T0"})");
    insert("/tiers", R"({"id": "T1", "models": []})");
    insert("/tiers/T1/models", "\"m\"");
    canonical = text(setValue(canonical, "/tiers/T0/budget", R"({"deadline_ms": 900})"));
    QCOMPARE(canonical, text(canonicalPolicyText(canonical)));
    canonical = text(setValue(canonical, "/tiers/T0/models", R"(["m", "n"])"));
    QCOMPARE(canonical, text(canonicalPolicyText(canonical)));
    QVERIFY(canonical.find("      \"models\": [\n        \"m\",\n        \"n\"\n      ]") !=
            std::string::npos);
    // Among elements of one line each it has one as well.
    const std::string before = "{\n  \"rules\": [\n    {\"id\": \"a\"}\n  ]\n}\n";
    QCOMPARE(
        text(insertElement(before, "/rules", 1, R"({"id": "b", "when": {"keyword": ["x"]}})")),
        std::string("{\n  \"rules\": [\n    {\"id\": \"a\"},\n    {\"id\": \"b\", \"when\": {\"keyword\": "
                    "[\"x\"]}}\n  ]\n}\n"));
    const std::string sample = sampleText();
    const auto added = text(insertElement(sample, "/tiers", 3, R"({"id": "T3", "models": ["frontier"]})"));
    QVERIFY(added.find("\n    {\"id\": \"T3\", \"models\": [\"frontier\"]}\n") != std::string::npos);
}

void PolicyEditTest::saysWhatCannotBeEdited()
{
    QCOMPARE(text(setValue("{", "/a", "1")), std::string("error: edit.not_json"));
    QCOMPARE(text(setValue("{}", "/a", "T1")), std::string("error: edit.bad_value"));
    QCOMPARE(text(setValue("{}", "/a", "")), std::string("error: edit.bad_value"));
    QCOMPARE(text(setValue("{}", "a", "1")), std::string("error: edit.bad_pointer"));
    QCOMPARE(text(setValue("{}", "/a/b", "1")), std::string("error: edit.no_such_value"));
    QCOMPARE(text(setValue("[1]", "/1", "1")), std::string("error: edit.no_such_value"));
    QCOMPARE(text(removeValue("[1, 2, // two\n 3]", "/0")), std::string("error: edit.not_json"));
    QCOMPARE(text(valueAt("{}", "/nothing")), std::string("error: edit.no_such_value"));
}

void PolicyEditTest::pointersGoByIdAndByPosition()
{
    const std::string sample = sampleText();
    QCOMPARE(text(valueAt(sample, "/triggers/grounding/below")), text(valueAt(sample, "/triggers/1/below")));
    QCOMPARE(text(valueAt(sample, "/router/map/0/route")), std::string("\"T0\""));
    QCOMPARE(text(valueAt(R"([{"id": "a/b~c", "x": 7}])", "/a~1b~0c/x")), std::string("7"));
    QCOMPARE(text(valueAt(R"([1, 2])", "/01")), std::string("error: edit.no_such_value"));
}

void PolicyEditTest::pointerAtFindsTheInnermostValue()
{
    const std::string sample = sampleText();
    QCOMPARE(pointerAt(sample, sample.find("3.5,")), std::string("/triggers/grounding/below"));
    QCOMPARE(pointerAt(sample, sample.find("\"below\"") + 2), std::string("/triggers/grounding/below"));
    QCOMPARE(pointerAt(sample, 0), std::string());
    QCOMPARE(pointerAt(sample, sample.size() + 10), std::string());
}

void PolicyEditTest::everyPointerLeadsBack()
{
    const std::string sample = sampleText();
    for (std::size_t at = 0; at < sample.size(); at += 3) {
        const std::string pointer = pointerAt(sample, at);
        const auto range = rangeOf(sample, pointer);
        QVERIFY2(range.has_value(), pointer.c_str());
        QCOMPARE(pointerAt(sample, range->offset), pointer);
    }
}

void PolicyEditTest::tunablesStandWhereTheySayTheyDo()
{
    std::set<std::string> keys;
    for (const std::string& text : soundTexts()) {
        for (const Tunable& tunable : tunablesOf(*readPolicy(text)->policy)) {
            keys.insert(tunable.pointer.substr(tunable.pointer.rfind('/') + 1));
            // What the router always uses has a default and may be left out; it can be written all the same.
            if (const auto value = valueAt(text, tunable.pointer))
                QCOMPARE(std::stod(*value), tunable.value);
            QVERIFY(tunable.low <= tunable.value && tunable.value <= tunable.high);
            QVERIFY(tunable.low < tunable.high && tunable.step > 0 && !tunable.label.empty());
            for (const double edge : {tunable.low, tunable.high}) {
                const auto moved = setValue(text, tunable.pointer, std::to_string(edge));
                QVERIFY2(moved.has_value(), tunable.pointer.c_str());
                const PolicyDocumentPtr document = readPolicy(*moved);
                for (const Diagnostic& d : document->diagnostics) {
                    // Cut points may cross; every other end of a range must be a policy that runs.
                    QVERIFY2(d.severity != Severity::Error || d.code == "SB0602",
                             (tunable.pointer + ": " + d.message).c_str());
                }
            }
        }
    }
    const std::set<std::string> expected = {
        "medium_at",   "hard_at",        "min_confidence", "min_score",  "deadline_ms",
        "below",       "first_token_ms", "min_similarity", "min_margin", "threshold",
        "min_quality", "exploration",    "stagger_ms",     "after_ms",   "k"};
    QCOMPARE(keys, expected);
}

void PolicyEditTest::tunablesOfTheSample()
{
    std::vector<std::string> pointers;
    for (const Tunable& tunable : tunablesOf(*readPolicy(sampleText())->policy))
        pointers.push_back(tunable.pointer);
    const std::vector<std::string> expected = {"/router/medium_at",
                                               "/router/hard_at",
                                               "/router/map/0/min_confidence",
                                               "/router/map/1/min_confidence",
                                               "/retrieval/min_score",
                                               "/tiers/T0/budget/deadline_ms",
                                               "/tiers/T1/budget/deadline_ms",
                                               "/tiers/T2/budget/deadline_ms",
                                               "/triggers/grounding/below"};
    QCOMPARE(pointers, expected);
}

QTEST_GUILESS_MAIN(PolicyEditTest)
#include "tst_policy_edit.moc"
