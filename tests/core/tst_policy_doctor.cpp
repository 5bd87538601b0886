// SPDX-License-Identifier: GPL-3.0-or-later
// What the doctor has overlooked once, or seen where it is not: one row each, told with all that it says of warnings and
// errors. The engine agrees with each: these were found by running the policies.
#include "policy/document.h"
#include "policy/edit.h"
#include "policy/mend.h"

#include <QtTest>

#include <fstream>
#include <iterator>

using namespace signalbox;

namespace {

using Edits = std::vector<std::pair<const char*, const char*>>;

std::string baseText()
{
    std::ifstream file(qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString() +
                           "/tests/policies/sound/base.policy.json",
                       std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

PolicyDocumentPtr edited(const Edits& edits)
{
    std::string text = baseText();
    for (const auto& [pointer, value] : edits)
        text = *setValue(text, pointer, value);
    return readPolicy(text, {"2026-11-22"});
}

QStringList saidOf(const PolicyDocument& document)
{
    QStringList said;
    for (const Diagnostic& d : document.diagnostics) {
        if (d.severity != Severity::Note)
            said += QString::fromStdString(d.code + " " + d.pointer);
    }
    said.sort();
    return said;
}

struct Case
{
    const char* name;
    Edits edits;
    QStringList said;
};

QStringList list(std::initializer_list<const char*> words)
{
    QStringList out;
    for (const char* word : words)
        out += QString::fromUtf8(word);
    return out;
}

constexpr const char* kThreeTiers =
    R"([{"id": "T0", "models": ["small"], "budget": {"deadline_ms": 1000, "max_cost_usd": 0.01, "max_input_tokens": 2000}},
        {"id": "T1", "models": ["large"], "budget": {"deadline_ms": 5000, "max_cost_usd": 0.1}},
        {"id": "T8", "models": ["large"], "budget": {"deadline_ms": 9000, "max_cost_usd": 0.2}, "fallback": ["T9"]},
        {"id": "T9", "models": ["large"], "budget": {"deadline_ms": 7000, "max_cost_usd": 0.3}, "fallback": ["T8"]}])";
constexpr const char* kFixed = R"({"kind": "fixed", "otherwise": "T0"})";

std::vector<Case> cases()
{
    return {
        // A gate on the request turns it away before a tier is called, and that is no hop.
        {"a direct cascade turns away",
         {{"/router", kFixed},
          {"/cascade", R"({"pattern": "direct"})"},
          {"/triggers", R"([{"id": "a", "gate": "keyword", "keyword": "contract", "applies_to": ["T0"], "escalate": "T1"}])"},
          {"/rubrics", "[]"}},
         {}},
        {"too long for the first",
         {{"/router", kFixed},
          {"/tiers/T0/budget/max_input_tokens", "2000"},
          {"/cascade/max_hops", "1"},
          {"/triggers", R"([{"id": "long", "gate": "token_budget", "applies_to": ["T0"], "escalate": "next"}])"},
          {"/rubrics", "[]"}},
         {}},
        {"an answer of one hop leads nowhere",
         {{"/cascade/max_hops", "1"}, {"/triggers/shape", R"({"id": "shape", "gate": "refusal", "escalate": "next"})"}},
         list({"SB1011 /triggers/helpful/escalate", "SB1011 /triggers/shape/escalate"})},
        {"samples use up the hops",
         {{"/router", kFixed},
          {"/rules/long/route", "\"T0\""},
          {"/cascade", R"({"pattern": "self_consistency", "samples": 5, "max_hops": 5, "order": ["T1"]})"}},
         list({"SB1004 /cascade/max_hops"})},
        {"samples leave a hop",
         {{"/router", kFixed},
          {"/rules/long/route", "\"T0\""},
          {"/cascade", R"({"pattern": "self_consistency", "samples": 5, "max_hops": 6, "order": ["T1"]})"}},
         {}},
        {"two lanes and one hop are too few once",
         {{"/cascade", R"({"pattern": "race", "lanes": ["T0", "T1"], "max_hops": 1})"}},
         list({"SB1004 /cascade/max_hops"})},

        // Who is named only by the unreached is not reached.
        {"two that fall back to each other", {{"/tiers", kThreeTiers}}, list({"SB1001 /tiers/T8", "SB1001 /tiers/T9"})},
        {"by a trigger of the unreached",
         {{"/tiers", R"([{"id": "T0", "models": ["small"]}, {"id": "T1", "models": ["large"]},
                         {"id": "T8", "models": ["large"], "temperature": 1}, {"id": "T9", "models": ["large"], "temperature": 2}])"},
          {"/triggers/shape", R"({"id": "shape", "gate": "refusal", "applies_to": ["T8"], "escalate": "T9"})"}},
         list({"SB1001 /tiers/T8", "SB1001 /tiers/T9", "SB1008 /triggers/shape/applies_to"})},
        {"barred for every request",
         {{"/rules/long", R"({"id": "long", "when": {"min_input_tokens": 0}, "exclude": ["T1"], "reason": "policy.never"})"}},
         list({"SB1001 /tiers/T1"})},

        // Prices of whoever is asked.
        {"a judge of passages without a price",
         {{"/models", R"([{"id": "small", "endpoint": "here", "name": "s", "context_tokens": 8000, "price": {"input_per_mtok": 0.02, "output_per_mtok": 0.06, "source": "list", "as_of": "2026-11-01"}},
                          {"id": "large", "endpoint": "here", "name": "l", "context_tokens": 64000, "price": {"input_per_mtok": 3, "output_per_mtok": 15, "source": "list", "as_of": "2026-11-01"}},
                          {"id": "judge", "endpoint": "here", "name": "j", "price": {"input_per_mtok": 0.1, "output_per_mtok": 0.4, "source": "list", "as_of": "2026-11-01"}},
                          {"id": "embed", "endpoint": "here", "name": "e", "capabilities": ["embeddings"]},
                          {"id": "embed2", "endpoint": "here", "name": "e2", "capabilities": ["embeddings"], "price": {"input_per_mtok": 0.1, "source": "list", "as_of": "2026-11-01"}}])"},
          {"/retrieval", R"({"enabled": true, "model": "embed"})"},
          {"/cache", R"({"kind": "semantic", "model": "embed2", "scope": ["account"]})"}},
         list({"SB1101 /models/embed"})},

        {"a winner passes by what must be passed",
         {{"/cascade", R"({"pattern": "race", "lanes": ["T0", "T1"], "accept": ["shape"], "max_hops": 3})"},
          {"/tiers", R"([{"id": "T0", "models": ["small"]}, {"id": "T1", "models": ["large"]}, {"id": "T2", "models": ["large"], "temperature": 1}])"},
          {"/triggers/shape", R"({"id": "shape", "gate": "refusal", "applies_to": ["T2"], "escalate": "human"})"},
          {"/rules/long/route", "\"T2\""}},
         list({"SB1008 /cascade/accept/0"})},

        {"temperature and top_p where one is too many",
         {{"/endpoints/here", R"({"id": "here", "protocol": "anthropic", "base_url": "https://api.example.com/v1", "key": {"env": "K"}, "residency": "on_prem"})"},
          {"/tiers/T0/temperature", "0.5"}, {"/tiers/T0/top_p", "0.5"}},
         list({"SB1219 /tiers/T0/top_p"})},

        // Of another unit.
        {"seconds", {{"/tiers/T1/budget/deadline_ms", "5"}}, list({"SB1218 /tiers/T1/budget/deadline_ms"})},
        {"seconds for the whole request", {{"/budget", R"({"deadline_ms": 30})"}}, list({"SB1218 /budget/deadline_ms"})},
        {"an hour of next to nothing",
         {{"/tiers/T1/budget", R"({"deadline_ms": 5000, "max_cost_usd_per_hour": 0.00001})"}},
         list({"SB1218 /tiers/T1/budget/max_cost_usd_per_hour"})},
        {"a user tier of next to nothing",
         {{"/user_tiers", R"([{"id": "free", "when": {"metadata": {"plan": "free"}}, "budget": {"max_cost_usd": 1e-7}}])"}},
         list({"SB1218 /user_tiers/free/budget/max_cost_usd"})},
        {"a model that gives more than it holds",
         {{"/models/small/max_output_tokens", "9000"}, {"/tiers/T0/budget/max_input_tokens", "4000"}},
         list({"SB1204 /tiers/T0/budget/max_input_tokens"})},

        // Patterns.
        {"no edge beside an umlaut", {{"/rules/long/when", R"({"pattern": "\\bÄnderung\\b"})"}}, list({"SB1014 /rules/long/when/pattern"})},
        {"an edge beside ASCII", {{"/rules/long/when", R"({"pattern": "\\bCafé \\d+"})"}}, {}},
        {"capitals in small letters", {{"/rules/long/when", R"({"pattern": "(?-i)HELLO"})"}}, list({"SB1014 /rules/long/when/pattern"})},
        {"no Latin letter", {{"/rules/long/when", R"({"not": {"pattern": "[a-z]"}})"}}, {}},
        {"not no Latin letter", {{"/rules/long/when", R"({"not": {"not": {"pattern": "[a-z]"}}})"}}, list({"SB1006 /rules/long/when/not/not/pattern"})},
        {"rows for each difficulty and one more",
         {{"/router/map", R"([{"difficulty": 1, "route": "T0"}, {"difficulty": 2, "route": "T0"}, {"difficulty": 3, "route": "T1"}, {"intent": "faq.*", "route": "T1"}])"},
          {"/rules/long/locked", "true"}},
         list({"SB1007 /router/map/3"})},

        // Personal data.
        {"what is looked for in all messages needs no taint",
         {{"/rules/long", R"({"id": "long", "when": {"pii": "card"}, "allow_residency": "on_prem", "reason": "policy.card"})"}},
         {}},
        {"the cache takes no personal data",
         {{"/rules/long", R"({"id": "long", "when": {"pii": "card"}, "allow_residency": "on_prem", "reason": "policy.card"})"},
          {"/cache", R"({"kind": "exact"})"}},
         {}},
        {"but what a pattern takes for them",
         {{"/rules/long", R"({"id": "long", "when": {"pattern": "[\\w.]+@[\\w.]+"}, "allow_residency": "on_prem", "reason": "policy.mail"})"},
          {"/cache", R"({"kind": "exact"})"}},
         list({"SB1306 /cache"})},
    };
}

} // namespace

class PolicyDoctorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysJustThis_data();
    void saysJustThis();
    void aPatternsGuessIsNoFix();
    void namesAreRecognisedByTheirParts();
};

void PolicyDoctorTest::saysJustThis_data()
{
    QTest::addColumn<int>("index");
    const std::vector<Case> all = cases();
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].name) << static_cast<int>(i);
}

void PolicyDoctorTest::saysJustThis()
{
    QFETCH(int, index);
    const Case one = cases()[static_cast<std::size_t>(index)];
    const auto document = edited(one.edits);
    QVERIFY(document && document->policy);
    if (saidOf(*document) == one.said)
        return;
    for (const Diagnostic& d : document->diagnostics)
        qWarning("%s %s %s", d.code.c_str(), d.pointer.c_str(), d.message.c_str());
    QCOMPARE(saidOf(*document), one.said);
}

/// A pattern that looks like one of personal data may be of order numbers: nothing is changed for it unasked.
void PolicyDoctorTest::aPatternsGuessIsNoFix()
{
    const Edits away = {{"/endpoints", R"([{"id": "here", "protocol": "openai", "base_url": "sandbox://local/v1", "residency": "on_prem"},
                                           {"id": "there", "protocol": "openai", "base_url": "https://api.example.com/v1", "residency": "us"}])"},
                        {"/models/large/endpoint", "\"there\""}};
    for (const bool byPattern : {false, true}) {
        Edits edits = away;
        edits.emplace_back("/rules/long", byPattern ? R"({"id": "long", "when": {"pattern": "\\b\\d{16}\\b"}, "route": "T0", "reason": "policy.number"})"
                                                    : R"({"id": "long", "when": {"pii": "card"}, "route": "T0", "reason": "policy.card"})");
        const auto document = edited(edits);
        const auto found = std::ranges::find(document->diagnostics, "SB1302", &Diagnostic::code);
        QVERIFY(found != document->diagnostics.end());
        QCOMPARE(found->fixes.empty(), byPattern);
    }
}

void PolicyDoctorTest::namesAreRecognisedByTheirParts()
{
    const auto hint = [](const char* pointer, const char* value) {
        const auto document = edited({{pointer, value}});
        return document->diagnostics.empty() ? std::string() : document->diagnostics.front().hint;
    };
    QCOMPARE(hint("/tiers/T0/budget/deadline", "2000"), std::string("Did you mean \"deadline_ms\"?"));
    QCOMPARE(hint("/triggers/shape/escalate", "\"Next\""), std::string("Did you mean \"next\"?"));
    QCOMPARE(hint("/triggers/shape/escalate", "\"Human\""), std::string("Did you mean \"human\"?"));
    QVERIFY(edited({{"/tiers/T0/budget/deadline", "2000"}})->diagnostics.front().fixes.empty()); // of which unit?
}

QTEST_GUILESS_MAIN(PolicyDoctorTest)
#include "tst_policy_doctor.moc"
