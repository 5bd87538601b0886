// SPDX-License-Identifier: GPL-3.0-or-later
// Differences of policies and of texts: what they say, and that they are whole.

#include "policy/diff.h"
#include "policy/document.h"
#include "policy/pointer.h"
#include "support/policies.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>

using namespace signalbox;
using nlohmann::json;
using nlohmann::ordered_json;
using Kind = PolicyChange::Kind;

namespace {

/// The diff needs the text and its tree only.
PolicyDocumentPtr documentOf(std::string text)
{
    auto document = std::make_shared<PolicyDocument>();
    document->text = std::move(text);
    document->tree = SyntaxTree::parse(document->text);
    return document;
}

std::vector<PolicyChange> changesOf(const std::string& before, const std::string& after)
{
    return diffPolicies(*documentOf(before), *documentOf(after));
}

/// "~ /tiers/T0/models/0: \"a\" -> \"b\"", a line each.
std::string described(const std::vector<PolicyChange>& changes)
{
    std::string out;
    for (const PolicyChange& change : changes) {
        const auto flat = [](const std::string& text) {
            const json value = json::parse(text, nullptr, false);
            return value.is_discarded() ? text : value.dump();
        };
        switch (change.kind) {
        case Kind::Added:
            out += "+ " + change.pointer + ": " + flat(change.after);
            break;
        case Kind::Removed:
            out += "- " + change.pointer + ": " + flat(change.before);
            break;
        case Kind::Moved:
            out += "> " + change.pointer + ": " + change.before + " -> " + change.after;
            break;
        case Kind::Changed:
            out += "~ " + change.pointer + ": " + flat(change.before) + " -> " + flat(change.after);
        }
        out += '\n';
    }
    return out;
}

std::string idOf(const ordered_json& element)
{
    if (!element.is_object() || !element.contains("id") || !element["id"].is_string())
        return {};
    std::string id = element["id"].get<std::string>();
    return std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; }) ? std::string() : id;
}

std::size_t placeOf(const ordered_json& list, const std::string& token)
{
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (idOf(list[i]) == token)
            return i;
    }
    return std::stoul(token);
}

ordered_json* at(ordered_json& root, const std::vector<std::string>& tokens)
{
    ordered_json* node = &root;
    for (const std::string& token : tokens)
        node = node->is_array() ? &node->at(placeOf(*node, token)) : &node->at(token);
    return node;
}

/// What a reader of the changes would do to the earlier policy, by hand.
ordered_json applied(ordered_json policy, const std::vector<PolicyChange>& changes)
{
    struct ListWork
    {
        std::vector<std::string> removed;
        std::map<int, ordered_json> added;
        std::map<int, std::string> moved;
    };
    std::map<std::string, ListWork> lists;
    for (const PolicyChange& change : changes) {
        std::vector<std::string> tokens = *pointerTokens(change.pointer);
        if (change.kind == Kind::Changed) {
            *at(policy, tokens) = ordered_json::parse(change.after);
            continue;
        }
        const std::string last = tokens.back();
        tokens.pop_back();
        ordered_json* parent = at(policy, tokens);
        if (parent->is_object()) {
            if (change.kind == Kind::Added)
                (*parent)[last] = ordered_json::parse(change.after);
            else
                parent->erase(last);
            continue;
        }
        ListWork& work = lists[change.pointer.substr(0, change.pointer.rfind('/'))];
        if (change.kind == Kind::Added)
            work.added[change.position] = ordered_json::parse(change.after);
        else if (change.kind == Kind::Removed)
            work.removed.push_back(last);
        else
            work.moved[std::stoi(change.after)] = last;
    }
    for (auto& [pointer, work] : lists) {
        ordered_json& list = *at(policy, *pointerTokens(pointer));
        std::map<std::string, ordered_json> taken;
        std::vector<std::size_t> gone;
        for (const std::string& token : work.removed)
            gone.push_back(placeOf(list, token));
        for (const auto& [place, token] : work.moved) {
            taken[token] = list[placeOf(list, token)];
            gone.push_back(placeOf(list, token));
        }
        std::vector<ordered_json> rest;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (std::ranges::find(gone, i) == gone.end())
                rest.push_back(list[i]);
        }
        ordered_json out = ordered_json::array();
        auto next = rest.begin();
        while (next != rest.end() || !work.added.empty() || !work.moved.empty()) {
            const int place = static_cast<int>(out.size());
            if (const auto fresh = work.added.find(place); fresh != work.added.end()) {
                out.push_back(fresh->second);
                work.added.erase(fresh);
            } else if (const auto moved = work.moved.find(place); moved != work.moved.end()) {
                out.push_back(taken.at(moved->second));
                work.moved.erase(moved);
            } else {
                if (next == rest.end())
                    return "the changes do not fit together";
                out.push_back(*next++);
            }
        }
        list = std::move(out);
    }
    return policy;
}

/// Edits of the kinds that people and tools make, anywhere in a policy.
class RandomEdits
{
public:
    explicit RandomEdits(unsigned seed) : m_random(seed) {}

    void edit(ordered_json& policy)
    {
        std::vector<ordered_json*> nodes;
        collect(policy, nodes);
        ordered_json& node = *nodes[below(nodes.size())];
        if (node.is_array())
            editList(node);
        else if (node.is_object())
            editObject(node);
        else
            node = scalar();
    }
    std::size_t below(std::size_t n) { return m_random() % n; }

private:
    void collect(ordered_json& node, std::vector<ordered_json*>& out)
    {
        out.push_back(&node);
        if (node.is_structured()) {
            for (auto& child : node)
                collect(child, out);
        }
    }
    ordered_json scalar()
    {
        switch (below(5)) {
        case 0:
            return static_cast<int>(below(4));
        case 1:
            return static_cast<double>(below(100)) / 8;
        case 2:
            return below(2) == 0;
        case 3:
            return nullptr;
        default:
            return "text/" + std::to_string(below(6)) + "~\n";
        }
    }
    ordered_json element(bool withId)
    {
        if (!withId)
            return below(2) == 0 ? scalar() : ordered_json{{"route", scalar()}};
        return {{"id", "e/" + std::to_string(below(1000))}, {"below", scalar()}, {"list", {1, 2}}};
    }
    void editList(ordered_json& list)
    {
        const bool ids = !list.empty() && !idOf(list[0]).empty();
        switch (below(5)) {
        case 0:
            list.insert(list.begin() + static_cast<long>(below(list.size() + 1)), element(ids));
            break;
        case 1:
            if (!list.empty())
                list.erase(below(list.size()));
            break;
        case 2:
            std::shuffle(list.begin(), list.end(), m_random);
            break;
        case 3:
            if (list.size() > 1)
                std::swap(list[below(list.size())], list[below(list.size())]);
            break;
        default:
            list.insert(list.begin(), element(below(4) != 0));
        }
    }
    void editObject(ordered_json& object)
    {
        std::vector<std::string> keys;
        for (const auto& [key, value] : object.items())
            keys.push_back(key);
        if (below(2) == 0 || keys.empty())
            object["key/" + std::to_string(below(5))] = element(below(2) == 0);
        else if (const std::string key = keys[below(keys.size())]; key != "signalbox")
            object.erase(key);
    }
    std::mt19937 m_random;
};

std::string joined(const std::vector<DiffLine>& diff, bool after)
{
    std::string out;
    for (const DiffLine& line : diff) {
        if (line.kind == DiffLine::Kind::Same || (line.kind == DiffLine::Kind::Added) == after)
            out += std::string(line.text) + '\n';
    }
    return out;
}

std::size_t editsOf(const std::vector<DiffLine>& diff)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(diff, [](const DiffLine& line) { return line.kind != DiffLine::Kind::Same; }));
}

/// Length of the longest common subsequence, by the textbook.
std::size_t lcs(const std::vector<std::string>& a, const std::vector<std::string>& b)
{
    std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j)
            table[i][j] =
                a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : std::max(table[i - 1][j], table[i][j - 1]);
    }
    return table[a.size()][b.size()];
}

} // namespace

class PolicyDiffTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameContentIsNoDifference()
    {
        const std::string text = test::sourceFile("resources/samples/harbor-support.policy.json");
        QVERIFY(!text.empty());
        QVERIFY(changesOf(text, text).empty());
        const std::string canonical = canonicalPolicyText(text).value();
        QVERIFY(canonical != text);
        QCOMPARE(described(changesOf(text, canonical)), std::string());
        ordered_json exported = ordered_json::parse(text);
        exported["export"] = {{"forced", false}, {"hash", "abc"}};
        QCOMPARE(described(changesOf(text, exported.dump())), std::string());
        QCOMPARE(described(changesOf(R"({"a": 1.50, "b": "\u00e9"})", R"({"b": "é", "a": 1.5})")),
                 std::string());
    }

    void changesGoByElement_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* before, const char* after, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(before) << QString::fromUtf8(after)
                                << QString::fromUtf8(expected);
        };
        row("threshold", R"({"triggers": [{"id": "grounding", "below": 3.5}]})",
            R"({"triggers": [{"id": "grounding", "below": 3.8}]})",
            "~ /triggers/grounding/below: 3.5 -> 3.8\n");
        row("whole element", R"({"tiers": [{"id": "T0"}, {"id": "T1", "models": ["m"]}]})",
            R"({"tiers": [{"id": "T0"}, {"id": "T2", "models": ["n"]}]})",
            "- /tiers/T1: {\"id\":\"T1\",\"models\":[\"m\"]}\n+ /tiers/T2: "
            "{\"id\":\"T2\",\"models\":[\"n\"]}\n");
        row("removed stands where it stood", R"({"rules": [{"id": "a"}, {"id": "b"}, {"id": "c"}]})",
            R"({"rules": [{"id": "a", "x": 1}, {"id": "c", "x": 1}]})",
            "+ /rules/a/x: 1\n- /rules/b: {\"id\":\"b\"}\n+ /rules/c/x: 1\n");
        row("moved", R"({"rules": [{"id": "a"}, {"id": "b"}, {"id": "c"}]})",
            R"({"rules": [{"id": "c"}, {"id": "a"}, {"id": "b"}]})", "> /rules/c: 2 -> 0\n");
        row("moved and changed", R"({"rules": [{"id": "a"}, {"id": "b"}]})",
            R"({"rules": [{"id": "b", "locked": true}, {"id": "a"}]})",
            "> /rules/b: 1 -> 0\n+ /rules/b/locked: true\n");
        row("a row between", R"({"router": {"map": [{"route": "T0"}, {"route": "T1"}]}})",
            R"({"router": {"map": [{"route": "T0"}, {"route": "T2"}, {"route": "T1"}]}})",
            "+ /router/map/1: {\"route\":\"T2\"}\n");
        row("a row in front", R"({"router": {"map": [{"route": "T0"}, {"intent": "a", "route": "T1"}]}})",
            R"({"router": {"map": [{"route": "T2"}, {"route": "T0"}, {"intent": "a", "route": "T1"}]}})",
            "+ /router/map/0: {\"route\":\"T2\"}\n");
        row("the first row taken out",
            R"({"router": {"map": [{"route": "T2"}, {"route": "T0"}, {"route": "T1"}]}})",
            R"({"router": {"map": [{"route": "T0"}, {"route": "T1"}]}})",
            "- /router/map/0: {\"route\":\"T2\"}\n");
        row("a row at its place",
            R"({"router": {"map": [{"route": "T0"}, {"difficulty": 2, "route": "T1"}]}})",
            R"({"router": {"map": [{"route": "T0"}, {"difficulty": 3, "route": "T1"}]}})",
            "~ /router/map/1/difficulty: 2 -> 3\n");
        row("steps of a chain",
            R"({"router": {"steps": [{"id": "fast", "min_confidence": 0.5}, {"id": "slow"}]}})",
            R"({"router": {"steps": [{"id": "slow"}, {"id": "fast", "min_confidence": 0.6}]}})",
            "> /router/steps/slow: 1 -> 0\n~ /router/steps/fast/min_confidence: 0.5 -> 0.6\n");
        row("conditions in conditions",
            R"({"rules": [{"id": "r", "when": {"any": [{"not": {"pii": "any"}}]}}]})",
            R"({"rules": [{"id": "r", "when": {"any": [{"not": {"pii": "card"}}, {"has_tools": true}]}}]})",
            "~ /rules/r/when/any/0/not/pii: \"any\" -> \"card\"\n+ /rules/r/when/any/1: "
            "{\"has_tools\":true}\n");
        row("another kind of value", R"({"rules": [{"id": "r", "keyword": "a"}]})",
            R"({"rules": [{"id": "r", "keyword": ["a"]}]})", "~ /rules/r/keyword: \"a\" -> [\"a\"]\n");
        row("odd ids", R"({"metadata": [{"id": "a/b~c", "v": 1}]})",
            R"({"metadata": [{"id": "a/b~c", "v": 2}]})", "~ /metadata/a~1b~0c/v: 1 -> 2\n");
        row("the same id twice", R"({"tiers": [{"id": "a", "v": 1}, {"id": "a", "v": 2}]})",
            R"({"tiers": [{"id": "a", "v": 1}, {"id": "a", "v": 3}]})", "~ /tiers/1/v: 2 -> 3\n");
        row("keys", R"({"name": "a", "copy": {"escalating": "x"}})", R"({"priority": "cost", "name": "b"})",
            "+ /priority: \"cost\"\n~ /name: \"a\" -> \"b\"\n- /copy: {\"escalating\":\"x\"}\n");
        row("no policy", "[]", "{}", "~ : [] -> {}\n");
        row("a key that stands twice", R"({"name": "a", "name": "b"})", R"({"name": "a", "name": "c"})",
            "~ : {\"name\":\"b\"} -> {\"name\":\"c\"}\n");
    }
    void changesGoByElement()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(described(changesOf(before.toStdString(), after.toStdString()))),
                 expected);
    }

    void unreadableTextsAreOneDifference()
    {
        const auto changes = changesOf("{", "{}");
        QCOMPARE(changes.size(), std::size_t(1));
        QCOMPARE(changes[0].before, std::string("{"));
        QVERIFY(changesOf("{", "{").empty());
        QCOMPARE(changesOf("", "\xff").size(), std::size_t(1));
    }

    /// Whatever was edited: the changes, applied to the earlier policy, give the later one.
    void changesAreWhole()
    {
        const ordered_json sample =
            ordered_json::parse(test::sourceFile("resources/samples/harbor-support.policy.json"));
        for (unsigned seed = 0; seed < 400; ++seed) {
            RandomEdits random(seed);
            ordered_json before = sample;
            ordered_json after = sample;
            for (std::size_t i = random.below(4); i > 0; --i) {
                random.edit(before);
                after = before;
            }
            for (std::size_t i = 1 + random.below(6); i > 0; --i)
                random.edit(after);
            if (!before.is_object() || !after.is_object())
                continue;
            const auto changes = changesOf(before.dump(), after.dump(2));
            const std::string result = applied(before, changes).dump();
            const QByteArray about = "seed " + QByteArray::number(seed) + "\n" + described(changes).c_str();
            QVERIFY2(canonicalPolicyText(result).value() == canonicalPolicyText(after.dump()).value(),
                     about.constData());
            QVERIFY2(changes.empty() == (canonicalPolicyText(before.dump()).value() ==
                                         canonicalPolicyText(after.dump()).value()),
                     about.constData());
            for (const PolicyChange& change : changes)
                QVERIFY2(change.kind == Kind::Moved || change.before != change.after, about.constData());
        }
    }

    void linesAreTheShortestScript()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 600; ++round) {
            const auto text = [&](std::size_t most) {
                std::vector<std::string> lines(random() % (most + 1));
                for (std::string& line : lines)
                    line = std::string(1, static_cast<char>('a' + random() % 4));
                return lines;
            };
            const std::vector<std::string> a = text(30);
            std::vector<std::string> b = text(30);
            if (round % 2 == 0) { // near to each other
                b = a;
                for (int i = 0; i < 3 && !b.empty(); ++i)
                    b[random() % b.size()] = "new";
            }
            const auto whole = [](const std::vector<std::string>& lines) {
                std::string out;
                for (const std::string& line : lines)
                    out += line + '\n';
                return out;
            };
            const std::string before = whole(a);
            const std::string after = whole(b);
            const std::vector<DiffLine> diff = diffLines(before, after);
            QCOMPARE(joined(diff, false), before);
            QCOMPARE(joined(diff, true), after);
            QCOMPARE(editsOf(diff), a.size() + b.size() - 2 * lcs(a, b));
        }
    }

    void linesAreNumbered()
    {
        const std::vector<DiffLine> diff = diffLines("a\nb\nc", "a\nc\nd\n");
        QCOMPARE(diff.size(), std::size_t(4));
        QCOMPARE(static_cast<int>(diff[1].kind), static_cast<int>(DiffLine::Kind::Removed));
        QCOMPARE(diff[1].lineBefore, 2);
        QCOMPARE(diff[1].lineAfter, 0);
        QCOMPARE(diff[2].lineBefore, 3);
        QCOMPARE(diff[2].lineAfter, 2);
        QCOMPARE(diff[3].lineAfter, 3);
        QVERIFY(diff[3].text == "d");
        QVERIFY(diffLines("", "").empty());
        QCOMPARE(diffLines("", "\n").size(), std::size_t(1));
    }

    /// Two long texts that share their lines, but in another order: the exact answer would take minutes.
    void hugeTextsStayBounded()
    {
        std::mt19937 random(3);
        std::string before;
        std::string after;
        for (int i = 0; i < 120'000; ++i) {
            before += "line " + std::to_string(random() % 900) + '\n';
            after += "line " + std::to_string(random() % 900) + '\n';
        }
        const auto start = std::chrono::steady_clock::now();
        const std::vector<DiffLine> diff = diffLines(before, after);
        qInfo("%zu lines of two texts of 120 000 in %lld ms", diff.size(),
              static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                         std::chrono::steady_clock::now() - start)
                                         .count()));
        QVERIFY(joined(diff, false) == before);
        QVERIFY(joined(diff, true) == after);
        QVERIFY(editsOf(diff) < 240'000);
    }
};

QTEST_GUILESS_MAIN(PolicyDiffTest)
#include "tst_policy_diff.moc"
