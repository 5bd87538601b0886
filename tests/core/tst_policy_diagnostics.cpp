// SPDX-License-Identifier: GPL-3.0-or-later
// What diagnostics say, where, and what their quick fixes do.
#include "base/random.h"
#include "judging/json_shape.h"
#include "policy/diagnostic_codes.h"
#include "policy/diagnostic_format.h"
#include "policy/document.h"
#include "policy/edit.h"
#include "policy/mend.h"

#include <QtTest>

#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

using namespace signalbox;

namespace {

std::string baseText()
{
    std::ifstream file(qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString() +
                           "/tests/policies/sound/base.policy.json",
                       std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

class PolicyDiagnosticsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void baseSaysNothing();
    void catalogueIsInOrder();
    void keysAreNeverRepeated();
    void keysAreFoundWhereverTheyStand_data();
    void keysAreFoundWhereverTheyStand();
    void wordsThatBeginLikeKeysAreNone();
    void keysAreToldFromWordsInAnyText();
    void aPatternThatCannotBeReadSaysNothingOfHops();
    void notesPushNoWarningOut();
    void hintsNameTheNearest();
    void hintsLeadOn();
    void noFixChangesAUnit();
    void whatFollowsFromAFaultIsNotOne();
    void aModelUnderTwoIdsJudgesItself();
    void boundsThatAreNotKnownAreSaid();
    void anAnswerLeavesRoomForTheQuestion();
    void pricesAgeByTheDay();
    void schemasAreJudgedAsTheGateJudgesThem();
    void personRuleIsHiddenByNoOther();
    void certainMistakesHaveFixes_data();
    void certainMistakesHaveFixes();
    void uncertainMistakesHaveNone();
    void fixesKeepTheLayout();
    void noFixRepeatsAKey();
};

void PolicyDiagnosticsTest::baseSaysNothing()
{
    const auto document = readPolicy(baseText(), {"2026-11-22"});
    QVERIFY2(document->diagnostics.empty(), policyDiagnosticsToText(document->diagnostics, "base").c_str());
}

void PolicyDiagnosticsTest::catalogueIsInOrder()
{
    const auto catalogue = diagnosticCatalogue();
    for (std::size_t i = 1; i < catalogue.size(); ++i)
        QVERIFY(std::string(catalogue[i - 1].code) < catalogue[i].code);
    QVERIFY(diagnosticInfo("SB9999") == nullptr);
}

void PolicyDiagnosticsTest::keysAreNeverRepeated()
{
    const std::string secret = "sk-proj-AbCdEfGh0123456789zzzz";
    const std::string other = "Qm93bGluZyBncmVlbiBwbGFudHM";
    const std::vector<std::string> values = {"\"" + secret + "\"", "{\"env\": \"" + secret + "\"}",
                                             "{\"env\": \"" + other + "\"}",
                                             "{\"keychain\": \"" + secret + "\"}", "{\"env\": \"my key\"}"};
    for (const std::string& value : values) {
        const auto document = readPolicy(*setValue(baseText(), "/endpoints/here/key", value), {"2026-11-22"});
        QCOMPARE(document->count(Severity::Error), 1);
        const std::string said = policyDiagnosticsToText(document->diagnostics, "") +
                                 policyDiagnosticsToJson(document->diagnostics, "");
        for (const std::string& word : {secret, other, std::string("my key")})
            QVERIFY2(said.find(word) == std::string::npos, said.c_str());
        QVERIFY(document->policy->endpoints[0].key.empty());
    }
    const auto url = readPolicy(
        *setValue(baseText(), "/endpoints/here/base_url", "\"https://u:" + secret + "@example.com/v1\""),
        {"2026-11-22"});
    QVERIFY(policyDiagnosticsToText(url->diagnostics, "").find(secret) == std::string::npos);
}

void PolicyDiagnosticsTest::keysAreFoundWhereverTheyStand_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("where");
    const QByteArray key = "\"key\": ";
    const QByteArray url = "\"base_url\": \"sandbox://local/v1\"";
    const auto withKey = [&](const QByteArray& value) { return url + ", " + value; };
    const QByteArray at = "/endpoints/here";
    QTest::newRow("text") << url << withKey(key + "\"sk-live-1\"") << at + "/key";
    QTest::newRow("no prefix") << url << withKey(key + "\"hunter2\"") << at + "/key";
    QTest::newRow("variable") << url << withKey(key + "{\"env\": \"sk-live-1\"}") << at + "/key/env";
    QTest::newRow("long variable") << url << withKey(key + "{\"env\": \"QWxsIHlvdXIgYmFzZSBhcmU\"}")
                                   << at + "/key/env";
    QTest::newRow("keychain") << url << withKey(key + "{\"keychain\": \"sk-live-1\"}")
                              << at + "/key/keychain";
    QTest::newRow("second of two") << url << withKey(key + "{\"env\": \"A\"}, " + key + "\"hunter2\"")
                                   << at + "/key";
    QTest::newRow("list") << url << withKey(key + "[\"sk-live-51HxYzAbCdEfGhIjKl\"]") << at + "/key/0";
    QTest::newRow("unknown name") << url << withKey("\"api_key\": \"hunter2\"") << at + "/api_key";
    QTest::newRow("client secret") << url << withKey("\"client_secret\": \"hunter2\"") << at + "/client_secret";
    QTest::newRow("signed") << url << QByteArray("\"base_url\": \"https://example.com/v1?sig=1\"") << at + "/base_url";
    QTest::newRow("at the root") << QByteArray("\"signalbox\": 1") << QByteArray("\"signalbox\": 1, \"api_key\": \"hunter2\"")
                                 << QByteArray("/api_key");
    QTest::newRow("header") << url << withKey("\"headers\": {\"Authorization\": \"Basic abc\"}")
                            << at + "/headers/Authorization";
    QTest::newRow("credentials") << url << QByteArray("\"base_url\": \"https://u:p@example.com/v1\"")
                                 << at + "/base_url";
    QTest::newRow("odd credentials") << url << QByteArray("\"base_url\": \"https://u:p w@example.com/v1\"")
                                     << at + "/base_url";
    QTest::newRow("query") << url << QByteArray("\"base_url\": \"https://example.com/v1?api_key=1\"")
                           << at + "/base_url";
    const QByteArray name = "\"signalbox\": 1";
    QTest::newRow("description") << name << name + ", \"description\": \"use sk-live-51HxYzAbCdEfGhIjKl\""
                                 << QByteArray("/description");
    QTest::newRow("escaped") << name << name + ", \"description\": \"\\u0073k-live-51HxYzAbCdEfGhIjKl\""
                             << QByteArray("/description");
    QTest::newRow("after an escape") << name << name + ", \"description\": \"use\\nsk-live-51HxYzAbCdEfGhIjKl\""
                                     << QByteArray("/description");
    QTest::newRow("comment") << name << name + " /* sk-live-51HxYzAbCdEfGhIjKl */" << QByteArray("");
    QTest::newRow("no JSON") << name << QByteArray("sk-live-51HxYzAbCdEfGhIjKl") << QByteArray("");
}

void PolicyDiagnosticsTest::keysAreFoundWhereverTheyStand()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, where);
    QByteArray text = QByteArray::fromStdString(baseText());
    QVERIFY(text.contains(from));
    text.replace(text.indexOf(from), from.size(), to);
    const auto document = readPolicy(text.toStdString(), {"2026-11-22"});
    QVERIFY(carriesSecret(*document));
    QCOMPARE(QByteArray::fromStdString(*document->secretAt), where);
    const std::string advice = secretAdvice(*document);
    for (const char* secret : {"sk-live", "hunter2", "QWxs", "u:p", "Basic abc"})
        QVERIFY2(advice.find(secret) == std::string::npos, advice.c_str());
    // However many other mistakes there are, of which only the first are listed.
    const auto drowned = readPolicy("{\"0\": 0" + [] {
        std::string many;
        for (int i = 1; i < 500; ++i)
            many += ", \"" + std::to_string(i) + "\": 0";
        return many;
    }() + ", " + text.toStdString().substr(text.toStdString().find('{') + 1));
    QVERIFY(carriesSecret(*drowned));
}

void PolicyDiagnosticsTest::wordsThatBeginLikeKeysAreNone()
{
    QVERIFY(!carriesSecret(*readPolicy(baseText())));
    for (const char* word : {"task-force-of-long-words-2026", "sk-learn", "sk-learn-in-many-lower-case-words",
                             "sk-[A-Za-z0-9]{20,}", "Bearer authentication",
                             "Bearer YOUR_ACCESS_TOKEN_HERE", "sk-XXXXXXXXXXXXXXXXXXXXXXXX", "sk_customer_segment_2024",
                             "sk-Customer-Segment-2024-premium", "api_key=see the vault",
                             "Bearer YourAccessTokenHere", "sk-yourApiKeyHere1234", "sk-learn-RandomForestClassifier",
                             "hf_InferenceEndpointsDefault", "gsk_GlaxoSmithKlineAccounts", "AKIAIOSFODNN7EXAMPLE",
                             "sk-run-20241101123045", "Bearer xxxxxxxx1234xxxxxxxx", "sk-gpt4turbo-settings-v2-final", "say \\\"hf_hub\\\""}) {
        const std::string quotedWord = "\"" + std::string(word) + "\"";
        const auto document = readPolicy(*setValue(baseText(), "/description", quotedWord));
        QVERIFY2(!carriesSecret(*document), word);
    }
    for (const char* key : {"{\"env\": \"OPENAI_API_KEY_OF_THE_TEAM_2026\"}", "{\"env\": \"sandbox_key\"}", "{\"env\": \"OpenAI_ProductionKey_2\"}",
                            "{\"env\": \"signalbox_cloud_provider_key\"}", "{\"env\": \"companyFrontierApiKey\"}",
                            "{\"keychain\": \"Harbor Support, staging key\"}", "\"\""})
        QVERIFY2(!carriesSecret(*readPolicy(*setValue(baseText(), "/endpoints/here/key", key))), key);
    for (const char* note : {"Rotated on 2026-11-01 by Jane Doe, see ticket OPS-12",
                             "https://docs.example.com/?key=pricing-of-all-models", "https://example.com/?monkey=9f86d081884c7d65"}) {
        const std::string text = nlohmann::json(note).dump();
        QVERIFY2(!carriesSecret(*readPolicy(*setValue(baseText(), "/endpoints/here/note", text))), note);
        const std::string key = R"({"env": "KEY", "note": )" + text + "}";
        QVERIFY2(!carriesSecret(*readPolicy(*setValue(baseText(), "/endpoints/here/key", key))), note);
    }
}

namespace {

/// More digits than a year has, or letters that are no words: every capital begins one, and they are long enough.
bool isJumble(const std::string& part)
{
    const auto isDigit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    const auto isLower = [](char c) { return std::islower(static_cast<unsigned char>(c)) != 0; };
    const auto isUpper = [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; };
    if (part.size() < 8 || std::set<char>(part.begin(), part.end()).size() < 6)
        return false;
    const auto size = static_cast<std::ptrdiff_t>(part.size());
    const auto digits = std::ranges::count_if(part, isDigit);
    if (digits == size || digits > 4)
        return digits != size;
    std::ptrdiff_t turns = 0;
    for (std::size_t i = 1; i < part.size(); ++i) {
        const char before = part[i - 1];
        const char now = part[i];
        turns += (isDigit(before) != isDigit(now)) || (isLower(before) && isUpper(now)) ? 1 : 0;
    }
    return turns * 4 > size || (std::ranges::any_of(part, isLower) && std::ranges::count_if(part, isUpper) * 100 > size * 36);
}

/// What a key is, said as plainly as can be: a prefix where no word goes on, then sixteen or more of a key's letters,
/// with a part among them that makes no sense.
bool hasKey(const std::string& text)
{
    const auto isWord = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    const std::pair<std::string, bool> shapes[] = {{"sk-", true},   {"sk_", false},  {"sk_live_", false}, {"sk_test_", false}, {"AIza", true},
                                                   {"bearer ", true}, {"Basic ", false}, {"r8_", false}, {"pplx-", false},
                                                   {"nvapi-", true}, {"fw_", false}, {"ghs_", false}, {"ASIA", false},
                                                   {"ya29.", true}, {"xapp-", true}, {"rk_live_", false}, {"glsa_", true},
                                                   {"pk-lf-", true}, {"dapi", false},  {"Bearer ", true},
                                                   {"ghp_", false}, {"hf_", false}, {"gsk_", false}, {"xai-", false},
                                                   {"github_pat_", true}, {"gho_", false}, {"glpat-", true}, {"xoxb-", true},
                                                   {"xoxp-", true}, {"AKIA", false}, {"eyJ", true}};
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (at > 0 && isWord(text[at - 1]))
            continue;
        for (const auto& [prefix, dashes] : shapes) {
            if (text.compare(at, prefix.size(), prefix) != 0)
                continue;
            std::size_t end = at + prefix.size();
            for (; end < text.size() && (dashes ? isWord(text[end]) || text[end] == '-'
                                                : std::isalnum(static_cast<unsigned char>(text[end])) != 0);
                 ++end) {
            }
            std::string key = text.substr(at + prefix.size(), std::min<std::size_t>(end - at - prefix.size(), 64));
            std::ranges::replace(key, '_', '-');
            std::istringstream parts(key);
            bool jumble = false;
            for (std::string part; std::getline(parts, part, '-');)
                jumble = jumble || isJumble(part);
            if (jumble && key.size() >= 16)
                return true;
        }
    }
    return false;
}

} // namespace

void PolicyDiagnosticsTest::keysAreToldFromWordsInAnyText()
{
    const char* pieces[] = {"sk-", "sk_", "AIza", "Bearer ", "ghp_", "hf_", "gsk_", "xai-", "github_pat_", "glpat-", "AKIA", "eyJ", "a", "abcdefg", "Z9", "-", "_",
                            " ", "\n", "\\", "\"", "/", "\xC3\xA9", "0123456789", "AbCdEfGhIjKlMnOp", "plainletters", "Customer", "2024", "SEGMENT", "XXXXXXXX"};
    Random random(20261122);
    int keys = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (std::uint64_t left = 1 + random.below(7); left > 0; --left)
            text += pieces[random.below(std::size(pieces))];
        const auto document = readPolicy("{\"signalbox\": 1, \"description\": " + nlohmann::json(text).dump() + "}");
        const bool expected = hasKey(text);
        keys += expected ? 1 : 0;
        QVERIFY2(carriesSecret(*document) == expected, nlohmann::json(text).dump().c_str());
    }
    QVERIFY(keys > 100 && keys < 2000);
    const std::string label = "-----BEGIN RSA PRIVATE KEY-----";
    const auto carries = [](const std::string& description) {
        return carriesSecret(*readPolicy("{\"description\": " + nlohmann::json(description).dump() + "}"));
    };
    QVERIFY(carries(label + "\nMIIEowIBAAKCAQEAx5qk"));
    QVERIFY(carries(label + "\r\nMIIEowIBAAKCAQEAx5qk"));
    QVERIFY(carries("one " + label + ", another " + label + " MIIEowIBAAKCAQEAx5qk"));
    QVERIFY(!carries(label));
    QVERIFY(!carries(label + "\nis how a key begins"));
    QVERIFY(carries("AKIA3XQ7RT5PLM2WVZ8K"));
    QVERIFY(carries("xoxb-263594206564-FGqddMF8t08v8N7Oq4i57vs1"));
    // Nothing but beginnings of keys: each is looked at once.
    std::string beginnings;
    while (beginnings.size() < 4'000'000)
        beginnings += "sk-";
    QVERIFY(!carriesSecret(*readPolicy("{\"description\": \"" + beginnings + "\"}")));
}

void PolicyDiagnosticsTest::aPatternThatCannotBeReadSaysNothingOfHops()
{
    for (const char* wrong : {"\"waterfal\"", "7", "null"}) {
        const std::string text = *setValue(*setValue(baseText(), "/cascade/max_hops", "3"), "/cascade/pattern", wrong);
        const auto document = readPolicy(text, {"2026-11-22"});
        QVERIFY(document->count(Severity::Error) > 0);
        for (const Diagnostic& diagnostic : document->diagnostics)
            QVERIFY2(diagnostic.pointer != "/cascade/max_hops", diagnostic.message.c_str());
    }
}

void PolicyDiagnosticsTest::notesPushNoWarningOut()
{
    // Templates that nothing uses are notes, an unpriced model is a warning.
    const auto withTemplates = [&](int count) {
        nlohmann::json policy = nlohmann::json::parse(baseText());
        for (int i = 0; i < count; ++i)
            policy["templates"].push_back({{"id", "t" + std::to_string(i)}, {"system_prompt", "Answer."}});
        policy["models"][0]["price"]["as_of"] = "2020-01-01";
        return readPolicy(policy.dump(2), {"2026-11-22"});
    };
    const int warnings = withTemplates(1)->count(Severity::Warning);
    QVERIFY(warnings > 0);
    for (const int count : {150, 250, 700}) {
        const auto document = withTemplates(count);
        QCOMPARE(document->count(Severity::Warning), warnings);
        QVERIFY(document->count(Severity::Note) >= std::min(count, 190));
    }
}

void PolicyDiagnosticsTest::hintsNameTheNearest()
{
    const std::tuple<const char*, const char*, const char*> rows[] = {
        {"/rules/long/exclusve", "true", "exclusive"},
        {"/router/otherwise", "\"T11\"", "T1"},
        {"/router/otherwise", "\"humna\"", "human"},
        {"/cascade/pattern", "\"watrefall\"", "waterfall"},
        {"/models/judge/endpoint", "\"hree\"", "here"}};
    for (const auto& [pointer, value, expected] : rows) {
        const auto document = readPolicy(*setValue(baseText(), pointer, value), {"2026-11-22"});
        QVERIFY(!document->diagnostics.empty());
        QCOMPARE(document->diagnostics[0].hint, "Did you mean \"" + std::string(expected) + "\"?");
    }
}

void PolicyDiagnosticsTest::hintsLeadOn()
{
    struct Row
    {
        const char* pointer;
        const char* value;
        const char* code;
        const char* hint;
    };
    const Row rows[] = {
        // Two are equally near: neither is suggested, least of all the tier itself.
        {"/tiers/T0/fallback", "[\"TX\"]", "SB0304", "There are \"T0\" and \"T1\"."},
        {"/cascade/order", "[]", "SB0206", "Name at least one."},
        {"/cascade", R"({"pattern": "race", "lanes": []})", "SB0206", "Name at least 2."},
        {"/router", R"({"kind": "bandit", "artefact": "a@1", "candidates": [], "otherwise": "T0"})", "SB0206",
         "Name at least 2."},
        {"/tiers/T0/models", "[]", "SB0206", "A tier needs at least one model."},
        {"/rules/long/id", "\"\"", "SB0206", "Give it a name that nothing else of its kind has."},
        {"/triggers/shape/applies_to", "[]", "SB0206", "Name at least one, or remove the key."},
        {"/rules/long/exclude", "[]", "SB0206", "Name at least one."},
        {"/triggers/shape/schema", R"({"required": 3})", "SB0802", "Write it as JSON Schema does; the help on this code has an example."},
    };
    for (const Row& row : rows) {
        const auto document = readPolicy(*setValue(baseText(), row.pointer, row.value), {"2026-11-22"});
        const auto found = std::ranges::find(document->diagnostics, row.code, &Diagnostic::code);
        QVERIFY2(found != document->diagnostics.end(), row.pointer);
        QVERIFY2(found->hint == row.hint, (row.pointer + (": " + found->hint)).c_str());
    }
    const auto hintOf = [](std::string_view text) {
        const auto document = readPolicy(std::string(text), {"2026-11-22"});
        return document->diagnostics.empty() ? std::string() : document->diagnostics[0].hint;
    };
    QCOMPARE(hintOf("{\"a\": [1, 2}"), std::string("What begins with \"[\" ends with \"]\"."));
    QCOMPARE(hintOf("{\"a\": {\"b\": 2]"), std::string("What begins with \"{\" ends with \"}\"."));
    for (const char* text : {"", "{", "{3: 1}", "[1 2]", "{\"a\" / 1}", "{,}", "{'a': 1}", "\x01", "{\"a\": }", "{[]}", "nul"})
        QVERIFY2(!hintOf(text).empty(), text);
}

/// Another unit is another number: to rename the key alone would change a limit a thousandfold.
void PolicyDiagnosticsTest::noFixChangesAUnit()
{
    for (const auto& [pointer, key] : std::map<const char*, const char*>{
             {"/tiers/T0/budget/deadline_s", "deadline_ms"}, {"/tiers/T0/budget/max_cost_eur", "max_cost_usd"},
             {"/models/small/price/input_per_ktok", "input_per_mtok"}, {"/slo/p95_latency_s", "p95_latency_ms"}}) {
        std::string text = baseText();
        const std::string path = pointer;
        text = *removeValue(text, path.substr(0, path.rfind('/') + 1) + key);
        const auto document = readPolicy(*setValue(text, path, "5"), {"2026-11-22"});
        const auto found = std::ranges::find(document->diagnostics, "SB0201", &Diagnostic::code);
        QVERIFY2(found != document->diagnostics.end(), pointer);
        QVERIFY2(found->fixes.empty() && found->hint.find(key) != std::string::npos, found->hint.c_str());
    }
}

void PolicyDiagnosticsTest::whatFollowsFromAFaultIsNotOne()
{
    const auto codesWith = [](const char* pointer, const char* value) {
        QStringList codes;
        const auto document = readPolicy(*setValue(baseText(), pointer, value), {"2026-11-22"});
        for (const Diagnostic& d : document->diagnostics)
            codes += QString::fromStdString(d.code);
        return codes;
    };
    QCOMPARE(codesWith("/tiers", "[]"), QStringList{QStringLiteral("SB0206")});
    // A misspelt key is renamed; that the right one is missing goes without saying.
    const QStringList misspelt{QStringLiteral("SB0201")};
    QCOMPARE(codesWith("/rules/long", R"({"id": "long", "when": {"min_input_tokens": 3000}, "rout": "T1", "reason": "policy.long"})"),
             misspelt);
    QCOMPARE(codesWith("/triggers/helpful", R"({"id": "helpful", "gate": "judge", "rubrik": "helpful", "below": 3, "escalate": "next"})"), misspelt);
    // "rote" may be "note" or "route": then both are said.
    QCOMPARE(codesWith("/router/map/1", R"({"difficulty": 1, "rote": "T0"})"),
             (QStringList{QStringLiteral("SB0203"), QStringLiteral("SB0201")}));
    // A tier under another's id, or without one, is missed wherever it is named; that is said once.
    const auto renamed = [](const char* from, const char* to) {
        std::string text = baseText();
        text.replace(text.find(from), std::string_view(from).size(), to);
        QStringList codes;
        const auto document = readPolicy(text, {"2026-11-22"});
        for (const Diagnostic& d : document->diagnostics)
            codes += QString::fromStdString(d.code);
        return codes;
    };
    QCOMPARE(renamed("{\"id\": \"T1\"", "{\"id\": \"T0\""), QStringList{QStringLiteral("SB0301")});
    QCOMPARE(renamed("{\"id\": \"T1\"", "{\"id\": \"\""), QStringList{QStringLiteral("SB0206")});
    QCOMPARE(renamed("{\"id\": \"T1\"", "{\"di\": \"T1\"").count(QStringLiteral("SB0304")), 0);
    std::string two = *setValue(baseText(), "/rules/long/route", "\"T2\""); // then two are missed, and one may be meant
    two.replace(two.find("{\"id\": \"T1\""), 11, "{\"id\": \"T0\"");
    const auto missed = readPolicy(two, {"2026-11-22"});
    QCOMPARE(std::ranges::count(missed->diagnostics, "SB0304", &Diagnostic::code), 3);
    QCOMPARE(renamed("{\"id\": \"large\"", "{\"id\": \"small\""), QStringList{QStringLiteral("SB0301")});
    std::string huge = baseText();
    huge.replace(huge.find("\"hard_at\": 2"), 12, "\"hard_at\": 1e999");
    const auto unreadable = readPolicy(huge, {"2026-11-22"});
    QCOMPARE(unreadable->diagnostics.size(), std::size_t(1));
    QCOMPARE(unreadable->diagnostics[0].code, std::string("SB0109"));
    // Per token where it should be per million: that the order is not cheapest first then says nothing more.
    QCOMPARE(codesWith("/models/large/price/input_per_mtok", "0.0000001").count(QStringLiteral("SB1210")), 0);
    std::string text = baseText();
    text.replace(text.find("\"signalbox\""), 11, "\"signalbo\"");
    const MendedPolicy mended = mendPolicy(readPolicy(text, {"2026-11-22"}), {"2026-11-22"});
    QCOMPARE(mended.document->text, baseText());
}

/// What one server calls by one name is one model, whatever the policy calls it.
void PolicyDiagnosticsTest::aModelUnderTwoIdsJudgesItself()
{
    const auto judged = [](const char* here, const char* there) {
        std::string text = *setValue(baseText(), "/endpoints/here/base_url", nlohmann::json(here).dump());
        nlohmann::json endpoints = nlohmann::json::parse(text)["endpoints"];
        nlohmann::json other = endpoints[0];
        other["id"] = "there";
        other["base_url"] = there;
        endpoints.push_back(other);
        text = *setValue(text, "/endpoints", endpoints.dump());
        text = *setValue(text, "/models/judge/endpoint", "\"there\"");
        text = *setValue(text, "/models/judge/name", "\"large-v1\"");
        const auto document = readPolicy(text, {"2026-11-22"});
        const auto found = std::ranges::find(document->diagnostics, "SB1203", &Diagnostic::code);
        return found == document->diagnostics.end() ? std::string() : found->message;
    };
    const std::string one = judged("https://api.example.com/v1", "HTTPS://API.example.com:443/v1/");
    QVERIFY2(one.find("the same model as \"large\"") != std::string::npos, one.c_str());
    QCOMPARE(judged("https://api.example.com/v1", "https://api.example.com/v2"), std::string());
    QCOMPARE(judged("https://api.example.com/v1", "https://api.example.com:8443/v1"), std::string());

    const auto verified = [](const char* stages) {
        std::string text = *setValue(baseText(), "/cascade", R"({"pattern": "pipeline", "max_hops": 5, "stages": )" + std::string(stages) + "}");
        const auto document = readPolicy(text, {"2026-11-22"});
        return std::ranges::any_of(document->diagnostics, [](const Diagnostic& d) { return d.code == "SB1203"; });
    };
    const std::string write0 = R"({"id": "a", "role": "synthesise", "tier": "T0"})";
    const std::string write1 = R"({"id": "b", "role": "synthesise", "tier": "T1"})";
    const std::string look0 = R"({"id": "c", "role": "verify", "tier": "T0", "prompt": "Check."})";
    QVERIFY(verified(("[" + write0 + "," + look0 + "]").c_str()));
    QVERIFY(!verified(("[" + write1 + "," + look0 + "]").c_str()));
    QVERIFY(!verified(("[" + write0 + "," + write1 + "," + look0 + "]").c_str())); // it is the second that is verified
}

void PolicyDiagnosticsTest::boundsThatAreNotKnownAreSaid()
{
    const auto slowAndDear = [](const char* budget, const char* whole) {
        std::string text = *setValue(baseText(), "/tiers/T1/budget", budget);
        if (*whole)
            text = *setValue(text, "/budget", whole);
        text = *setValue(text, "/slo", R"({"p95_latency_ms": 7000, "cost_per_resolved_usd": 0.2})");
        std::map<std::string, std::string> said;
        const auto document = readPolicy(text, {"2026-11-22"});
        for (const Diagnostic& d : document->diagnostics)
            said[d.code] = d.message;
        return said;
    };
    const auto has = [](const std::string& text, const char* part) { return text.find(part) != std::string::npos; };
    QVERIFY(slowAndDear(R"({"deadline_ms": 5000, "max_cost_usd": 0.1})", "").empty());
    auto said = slowAndDear(R"({"max_cost_usd": 0.1})", "");
    QVERIFY2(has(said["SB1201"], "\"T1\" states none, so that 120.00") && has(said["SB1201"], "takes 121.00"),
             said["SB1201"].c_str());
    said = slowAndDear(R"({"deadline_ms": 5000})", "");
    QVERIFY2(has(said["SB1202"], "is unknown: \"T1\" states neither"), said["SB1202"].c_str());
    // The whole request's limits bound what the tier leaves open.
    QVERIFY(slowAndDear("{}", R"({"deadline_ms": 6000, "max_cost_usd": 0.15})").empty());
    said = slowAndDear("{}", R"({"deadline_ms": 8000, "max_cost_usd": 0.3})");
    QVERIFY2(has(said["SB1201"], "takes 8.00"), said["SB1201"].c_str());
    QVERIFY2(has(said["SB1202"], "costs $0.3"), said["SB1202"].c_str());
    QCOMPARE(said.count("SB1205"), std::size_t(0));
}

/// Question and answer share a model's window.
void PolicyDiagnosticsTest::anAnswerLeavesRoomForTheQuestion()
{
    const auto said = [](const char* budget, const char* most) {
        std::string text = *setValue(baseText(), "/tiers/T0/budget", budget);
        if (*most)
            text = *setValue(text, "/models/small/max_output_tokens", most);
        QStringList found;
        const auto document = readPolicy(text, {"2026-11-22"});
        for (const Diagnostic& d : document->diagnostics)
            found += QString::fromStdString(d.code + " " + d.pointer);
        return found;
    };
    QVERIFY(said(R"({"deadline_ms": 1000, "max_cost_usd": 0.01, "max_output_tokens": 7000})", "").isEmpty());
    QCOMPARE(said(R"({"deadline_ms": 1000, "max_cost_usd": 0.01, "max_output_tokens": 8000})", ""),
             QStringList{QStringLiteral("SB1204 /tiers/T0/budget/max_output_tokens")});
    QCOMPARE(said(R"({"deadline_ms": 1000, "max_cost_usd": 0.01, "max_output_tokens": 8000})", "4000"),
             QStringList{QStringLiteral("SB1207 /tiers/T0/budget/max_output_tokens")});
}

void PolicyDiagnosticsTest::pricesAgeByTheDay()
{
    QCOMPARE(readPolicy(baseText(), {"2027-01-30"})->count(Severity::Warning), 0);
    QCOMPARE(readPolicy(baseText(), {"2027-01-31"})->count(Severity::Warning), 3);
}

void PolicyDiagnosticsTest::schemasAreJudgedAsTheGateJudgesThem()
{
    for (const char* schema :
         {"{}",
          R"({"type": "object"})",
          R"({"type": "objekt"})",
          R"({"type": []})",
          R"({"type": ["string", "null"]})",
          R"({"enum": []})",
          R"({"enum": [1]})",
          R"({"const": null})",
          R"({"required": ["a"]})",
          R"({"required": "a"})",
          R"({"required": [1]})",
          R"({"properties": {"a": {"type": "string"}}})",
          R"({"properties": {"a": 1}})",
          R"({"properties": []})",
          R"({"items": {"type": "x"}})",
          R"({"items": true})",
          R"({"additionalProperties": false})",
          R"({"additionalProperties": {"typ": "x"}})",
          R"({"minItems": -1})",
          R"({"minItems": 1})",
          R"({"maxLength": 1.5})",
          R"({"minimum": -1.5})",
          R"({"maximum": "1"})",
          R"({"oneOf": []})",
          R"({"title": "t", "description": "d", "$schema": "s", "$id": "i", "$comment": "c", "default": 1})",
          R"({"note": "n"})"}) {
        const auto document =
            readPolicy(*setValue(baseText(), "/triggers/shape/schema", schema), {"2026-11-22"});
        QVERIFY2((document->count(Severity::Error) == 0) == schemaProblem(schema).empty(), schema);
    }
}

void PolicyDiagnosticsTest::personRuleIsHiddenByNoOther()
{
    const auto document = readPolicy(
        *setValue(
            baseText(), "/rules",
            R"([{"id": "first", "when": {"keyword": ["agent"]}, "route": "T1", "locked": true, "reason": "a.b"},
                                            {"id": "person", "when": {"keyword": ["agent"]}, "route": "human", "locked": true, "reason": "a.c"}])"),
        {"2026-11-22"});
    // A request for a person comes first wherever its rule stands: the other one is hidden by it.
    QCOMPARE(document->diagnostics.size(), std::size_t(1));
    QCOMPARE(document->diagnostics[0].pointer, std::string("/rules/first"));
}

void PolicyDiagnosticsTest::certainMistakesHaveFixes_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    const QByteArray name = "\"name\": \"Base\",";
    QTest::newRow("trailing comma") << QByteArray("\"max_hops\": 2}") << QByteArray("\"max_hops\": 2,}");
    QTest::newRow("comment in a line") << name << "/* who */ " + name;
    QTest::newRow("comment at the end") << name << name + " // who";
    QTest::newRow("comment on a line") << "  " + name << "  # who\n  " + name;
    QTest::newRow("repeated key") << name << name + " " + name;
    QTest::newRow("repeated last key")
        << QByteArray("\"max_hops\": 2}") << QByteArray("\"max_hops\": 2, \"max_hops\": 2}");
    QTest::newRow("byte order mark") << QByteArray("{\n  \"signalbox\"")
                                     << QByteArray("\xef\xbb\xbf{\n  \"signalbox\"");
    QTest::newRow("misspelt key") << QByteArray("\"max_hops\"") << QByteArray("\"max_hosp\"");
    QTest::newRow("misspelt required key") << QByteArray("\"otherwise\"") << QByteArray("\"otherwize\"");
    QTest::newRow("misspelt word") << QByteArray("\"waterfall\"") << QByteArray("\"watrefall\"");
    QTest::newRow("misspelt model") << QByteArray("\"models\": [\"small\"]")
                                    << QByteArray("\"models\": [\"smal\"]");
    QTest::newRow("misspelt rubric") << QByteArray("\"rubric\": \"helpful\"")
                                     << QByteArray("\"rubric\": \"helpfull\"");
    QTest::newRow("misspelt endpoint")
        << QByteArray("\"judge\", \"endpoint\": \"here\"") << QByteArray("\"judge\", \"endpoint\": \"Here\"");
    QTest::newRow("misspelt person") << QByteArray("\"route\": \"human\"")
                                     << QByteArray("\"route\": \"humna\"");
    QTest::newRow("number in quotes")
        << QByteArray("\"deadline_ms\": 1000") << QByteArray("\"deadline_ms\": \"1000\"");
    QTest::newRow("truth in quotes") << QByteArray("\"locked\": true") << QByteArray("\"locked\": \"true\"");
    QTest::newRow("bare string") << QByteArray("\"models\": [\"small\"]")
                                 << QByteArray("\"models\": \"small\"");
    QTest::newRow("no version") << QByteArray("\"signalbox\": 1,\n  ") << QByteArray("");
    QTest::newRow("version in quotes")
        << QByteArray("\"signalbox\": 1") << QByteArray("\"signalbox\": \"1\"");
    QTest::newRow("twice in a list") << QByteArray("[\"T0\", \"T1\"], \"max")
                                     << QByteArray("[\"T0\", \"T1\", \"T0\"], \"max");
    QTest::newRow("scale") << QByteArray("\"below\": 3,") << QByteArray("\"below\": 3, \"of\": 10,");
    QTest::newRow("metadata") << QByteArray("{\"min_input_tokens\": 3000}")
                              << QByteArray("{\"min_input_tokens\": 3000, \"metadata\": {\"seats\": 12}}");
    QTest::newRow("price per token") << QByteArray("\"output_per_mtok\": 0.06")
                                     << QByteArray("\"output_per_mtok\": 0.00000006");
}

void PolicyDiagnosticsTest::certainMistakesHaveFixes()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    const QByteArray base = QByteArray::fromStdString(baseText());
    QVERIFY(base.contains(from));
    QByteArray text = base;
    text.replace(text.indexOf(from), from.size(), to);
    auto document = readPolicy(text.toStdString(), {"2026-11-22"});
    QVERIFY(!document->diagnostics.empty());
    const auto fixable =
        std::ranges::find_if(document->diagnostics, [](const Diagnostic& d) { return !d.fixes.empty(); });
    QVERIFY2(fixable != document->diagnostics.end(),
             policyDiagnosticsToText(document->diagnostics, "").c_str());
    document = readPolicy(applyFix(document->text, fixable->fixes.front()), {"2026-11-22"});
    QVERIFY2(document->diagnostics.empty(), policyDiagnosticsToText(document->diagnostics, "").c_str());
}

void PolicyDiagnosticsTest::uncertainMistakesHaveNone()
{
    const std::tuple<const char*, const char*> rows[] = {
        {"/router/otherwise", "\"T9\""},      // as near to T0 as to T1
        {"/tiers/T0/budget/max_tokens", "1"}, // of input or of output?
        {"/triggers/helpful",
         R"({"id": "helpful", "gate": "judge", "rubric": "helpful", "below": 7, "of": 10, "escalate": "next"})"},
        {"/cascade/max_hops", "\"11\""}, // a number, but too large
        {"/name", "\"\""},
    };
    for (const auto& [pointer, value] : rows) {
        const auto document = readPolicy(*setValue(baseText(), pointer, value), {"2026-11-22"});
        QVERIFY2(!document->diagnostics.empty(), pointer);
        for (const Diagnostic& d : document->diagnostics)
            QVERIFY2(d.fixes.empty(), pointer);
    }
}

void PolicyDiagnosticsTest::fixesKeepTheLayout()
{
    const auto first = [](const std::string& text, const char* code) {
        const auto document = readPolicy(text, {"2026-11-22"});
        const auto found = std::ranges::find(document->diagnostics, code, &Diagnostic::code);
        return found == document->diagnostics.end() || found->fixes.empty()
                   ? std::string("no fix")
                   : applyFix(text, found->fixes.front());
    };
    QCOMPARE(first("{\n\t\"name\": \"N\"\n}", "SB0203"),
             std::string("{\n\t\"signalbox\": 1,\n\t\"name\": \"N\"\n}"));
    QCOMPARE(first("{}", "SB0203"), std::string("{\"signalbox\": 1}"));
    QCOMPARE(first("{\n  // who\n  \"name\": \"N\"\n}", "SB0105"), std::string("{\n  \"name\": \"N\"\n}"));
    QCOMPARE(first("{\"name\": \"N\" /* a */, \"x\": 1}", "SB0105"),
             std::string("{\"name\": \"N\" , \"x\": 1}"));
    QCOMPARE(first("{\"name\": \"N\",\n \"name\": \"N\",\n \"x\": 1}", "SB0103"),
             std::string("{\"name\": \"N\",\n \"x\": 1}"));
    // A comment that would go with what is removed.
    QCOMPARE(first("{\"name\": \"N\", /* why */ \"name\": \"N\"}", "SB0103"), std::string("no fix"));
}

void PolicyDiagnosticsTest::noFixRepeatsAKey()
{
    const auto document =
        readPolicy(*setValue(baseText(), "/models/small/capabilities", "\"sk-live-51HxYzAbCdEfGhIjKl\""),
                   {"2026-11-22"});
    QVERIFY(carriesSecret(*document));
    QVERIFY(document->count(Severity::Error) > 0);
    for (const Diagnostic& d : document->diagnostics)
        QVERIFY(d.fixes.empty());
}

QTEST_GUILESS_MAIN(PolicyDiagnosticsTest)
#include "tst_policy_diagnostics.moc"
