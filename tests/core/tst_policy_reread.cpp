// SPDX-License-Identifier: GPL-3.0-or-later
// A text is read again after an edit: what is taken over from the reading before makes no difference.
#include "base/random.h"
#include "policy/document.h"
#include "policy/edit.h"
#include "support/policies.h"

#include <QtTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace signalbox;
using nlohmann::json;

namespace {

constexpr const char* kToday = "2026-11-22";

std::string fileText(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The sample, and the policies of the tests, sound and broken.
std::vector<std::string> manyTexts()
{
    const std::string source = qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString();
    std::vector<std::string> texts = {fileText(source + "/resources/samples/harbor-support.policy.json")};
    for (const char* folder : {"sound", "broken", "blind"}) {
        for (const auto& entry : std::filesystem::directory_iterator(source + "/tests/policies/" + folder)) {
            if (entry.path().extension() == ".json")
                texts.push_back(fileText(entry.path()));
        }
    }
    return texts;
}

PolicyDocumentPtr readAfter(const std::string& text, PolicyDocumentPtr before)
{
    ReadOptions options;
    options.today = kToday;
    options.before = std::move(before);
    return readPolicy(text, options);
}

/// In what two readings differ; "" when in nothing.
std::string difference(const PolicyDocument& a, const PolicyDocument& b)
{
    if (a.diagnostics.size() != b.diagnostics.size())
        return "number of problems: " + std::to_string(a.diagnostics.size()) + ", " +
               std::to_string(b.diagnostics.size());
    for (std::size_t i = 0; i < a.diagnostics.size(); ++i) {
        const Diagnostic& one = a.diagnostics[i];
        const Diagnostic& other = b.diagnostics[i];
        if (one.code != other.code || one.pointer != other.pointer || one.offset != other.offset ||
            one.length != other.length || one.message != other.message || one.hint != other.hint ||
            one.fixes.size() != other.fixes.size())
            return one.code + " at " + one.pointer + " against " + other.code + " at " + other.pointer;
    }
    if (!a.policy != !b.policy || a.secretAt != b.secretAt || a.uncheckedPatterns != b.uncheckedPatterns ||
        a.rulePatternWork != b.rulePatternWork)
        return "what is known of the text";
    if (!a.policy)
        return {};
    if (a.policy->contentHash != b.policy->contentHash)
        return "content hash";
    return std::ranges::equal(a.policy->rules, b.policy->rules) ? "" : "rules";
}

/// What somebody types: a letter here and there, a part taken out, doubled or moved.
std::string edited(const std::string& text, Random& random)
{
    std::string out = text;
    const std::size_t at = random.below(text.size() + 1);
    const std::size_t length = std::min<std::size_t>(1 + random.below(random.below(4) == 0 ? 400 : 3), text.size() - at);
    switch (random.below(5)) {
    case 0:
        return out.insert(at, 1, "x\"{}[],:1 T\n"[random.below(12)]);
    case 1:
        return out.erase(at, length);
    case 2:
        return out.insert(at, text.substr(at, length));
    case 3:
        out.erase(at, length);
        return out.insert(random.below(out.size() + 1), text.substr(at, length));
    default: {
        // A whole rule, so that most texts stay valid.
        const json parsed = json::parse(text, nullptr, false);
        const auto rules = parsed.is_object() ? parsed.find("rules") : parsed.end();
        if (!parsed.is_object() || rules == parsed.end() || !rules->is_array() || rules->empty())
            return out.insert(at, "y");
        const std::size_t from = random.below(rules->size());
        const auto changed = random.below(2) == 0
                                 ? removeValue(text, "/rules/" + std::to_string(from))
                                 : moveElement(text, "/rules", from, random.below(rules->size()));
        return changed ? *changed : text;
    }
    }
}

json ruleOf(const std::string& id, const json& when)
{
    return {{"id", id}, {"when", when}, {"route", "T1"}, {"reason", "policy.test"}};
}

/// Each takes a hundred thousand instructions and more, so that some forty are too many together.
std::string largePattern(int i)
{
    return "\\pL{400}q" + std::to_string(i);
}

} // namespace

class PolicyRereadTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readingAfterAnEditGivesWhatReadingAfreshGives()
    {
        Random random(20261122);
        int shared = 0;
        int edits = 0;
        for (const std::string& start : manyTexts()) {
            std::string text = start;
            PolicyDocumentPtr before = readAfter(text, nullptr);
            for (int step = 0; step < 25; ++step) {
                // Half of the time from the sound text again, else edits pile up until nothing is left to read.
                text = edited(step % 2 == 0 ? start : text, random);
                const PolicyDocumentPtr fresh = readAfter(text, nullptr);
                const PolicyDocumentPtr again = readAfter(text, before);
                const std::string differs = difference(*fresh, *again);
                QVERIFY2(differs.empty(), (differs + "\n" + text).c_str());
                if (again->policy && before->policy) {
                    for (std::size_t i = 0; i < again->policy->rules.size(); ++i)
                        shared += i < before->policy->rules.size() &&
                                  again->policy->rules.shared(i) == before->policy->rules.shared(i);
                }
                before = again;
                ++edits;
            }
        }
        QVERIFY(edits > 2000);
        QVERIFY2(shared > 1000, std::to_string(shared).c_str()); // or nothing was tried
    }

    void anEqualRuleIsTheSameAndAnotherIsNot()
    {
        json policy = test::basePolicy();
        for (int i = 0; i < 5; ++i)
            policy["rules"].push_back(ruleOf("r" + std::to_string(i), {{"keyword", "word" + std::to_string(i)}}));
        const PolicyDocumentPtr first = readAfter(policy.dump(2), nullptr);
        policy["rules"][2]["when"]["keyword"] = "other";
        const PolicyDocumentPtr second = readAfter(policy.dump(2), first);
        for (std::size_t i = 0; i < 5; ++i)
            QCOMPARE(second->policy->rules.shared(i) == first->policy->rules.shared(i), i != 2);
        QCOMPARE(second->policy->rules[2].when.keywords, std::vector<std::string>{"other"});

        policy["rules"].insert(policy["rules"].begin(), ruleOf("new", {{"keyword", "new"}}));
        const PolicyDocumentPtr third = readAfter(policy.dump(2), second);
        for (std::size_t i = 0; i < 5; ++i)
            QVERIFY(third->policy->rules.shared(i + 1) == second->policy->rules.shared(i));
    }

    void aRuleThatNamesAnotherTierIsDecodedAgain()
    {
        json policy = test::basePolicy();
        policy["rules"].push_back(ruleOf("r", {{"keyword", "word"}}));
        const PolicyDocumentPtr first = readAfter(policy.dump(), nullptr);
        QCOMPARE(first->policy->rules[0].route, std::optional(Route::toTier(1)));
        std::swap(policy["tiers"][0], policy["tiers"][1]);
        QCOMPARE(readAfter(policy.dump(), first)->policy->rules[0].route, std::optional(Route::toTier(0)));
        policy["tiers"][0]["id"] = "T9";
        const PolicyDocumentPtr third = readAfter(policy.dump(), first);
        QVERIFY(std::ranges::find(third->diagnostics, "/rules/r/route", &Diagnostic::pointer) !=
                third->diagnostics.end());
    }

    void whatWasSaidOfARuleIsSaidAgain()
    {
        json policy = test::basePolicy();
        policy["rules"].push_back(ruleOf("bad", {{"pattern", "(unclosed"}}));
        policy["rules"].push_back(ruleOf("r", {{"keyword", "word"}}));
        policy["rules"].push_back(ruleOf("r", {{"keyword", "again"}}));
        PolicyDocumentPtr document = readAfter(policy.dump(), nullptr);
        const std::size_t problems = document->diagnostics.size();
        QVERIFY(problems >= 2); // the pattern, and the id that stands twice
        for (int i = 0; i < 3; ++i) {
            policy["name"] = "Test " + std::to_string(i);
            document = readAfter(policy.dump(), document);
            QCOMPARE(document->diagnostics.size(), problems);
        }
    }

    void aKeyIsFoundWhereverAnEditMakesOne()
    {
        // Pieces that become a key, or cease to be one, by what comes before, behind and between them.
        const char* pieces[] = {"sk-", "Bearer ", "hf_", "a", "Z9", "_", " ", "\n", "\\n", "\\", "0123456789", "AbCdEfGhIjKlMnOp",
                                "// sk-", "\",\n\""};
        Random random(7);
        int found = 0;
        int lost = 0;
        for (int round = 0; round < 1000; ++round) {
            std::string text = "{\"signalbox\": 1, \"rules\": [],\n \"description\": \"x\",\n \"name\": \"y\"}";
            PolicyDocumentPtr before = readAfter(text, nullptr);
            std::size_t at = random.below(text.size() + 1);
            for (int step = 0; step < 12; ++step) {
                // Mostly where the cursor is, as people type.
                if (random.below(4) == 0)
                    at = random.below(text.size() + 1);
                if (random.below(4) == 0) {
                    text.erase(at, random.below(6));
                } else {
                    const std::string piece = pieces[random.below(std::size(pieces))];
                    text.insert(at, piece);
                    at += piece.size();
                }
                const PolicyDocumentPtr fresh = readAfter(text, nullptr);
                const PolicyDocumentPtr again = readAfter(text, before);
                QVERIFY2(fresh->secretAt == again->secretAt, text.c_str());
                found += !before->secretAt && again->secretAt ? 1 : 0;
                lost += before->secretAt && !again->secretAt ? 1 : 0;
                before = again;
            }
        }
        QVERIFY2(found > 50 && lost > 10, (std::to_string(found) + " " + std::to_string(lost)).c_str());
        // Behind what is equal in both for longer than one block.
        const std::string filler = std::string(10'000, ' ') + "\n";
        const auto around = [&](const std::string& middle) {
            return "{" + filler + "\"name\": \"" + middle + "\"" + filler + "}";
        };
        const PolicyDocumentPtr clean = readAfter(around("sk-0123456789AbCdE"), nullptr);
        QVERIFY(!clean->secretAt);
        QVERIFY(readAfter(around("sk-0123456789AbCdEf"), clean)->secretAt);
    }

    void tooManyPatternsAreTooManyAlsoWhenTheyAreKnown()
    {
        json policy = test::basePolicy();
        int rules = 0;
        PolicyDocumentPtr document;
        // Up to the first text with too many, each read after the one before.
        do {
            policy["rules"].push_back(ruleOf("r" + std::to_string(rules), {{"pattern", largePattern(rules)}}));
            document = readAfter(policy.dump(), document);
            QVERIFY(++rules < 400);
        } while (document->count(Severity::Error) == 0);
        const PolicyDocumentPtr fresh = readAfter(policy.dump(), nullptr);
        QCOMPARE(difference(*fresh, *document), std::string());
        QVERIFY(fresh->diagnostics.front().message.find("too large together") != std::string::npos);
        // A known one that comes to stand where it is too much.
        policy["rules"].insert(policy["rules"].begin(), ruleOf("front", {{"pattern", largePattern(1000)}}));
        QCOMPARE(difference(*readAfter(policy.dump(), nullptr), *readAfter(policy.dump(), document)), std::string());
        policy["rules"].erase(policy["rules"].size() - 2);
        QCOMPARE(difference(*readAfter(policy.dump(), nullptr), *readAfter(policy.dump(), document)), std::string());
    }
};

QTEST_GUILESS_MAIN(PolicyRereadTest)
#include "tst_policy_reread.moc"
