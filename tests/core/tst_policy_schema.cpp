// SPDX-License-Identifier: GPL-3.0-or-later
// Holds the published JSON Schema against the decoder: what one calls well-shaped, the other does too.
#include "base/random.h"
#include "policy/diagnostic_format.h"
#include "policy/document.h"

#include <QtTest>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

using namespace signalbox;

namespace {

nlohmann::json jsonOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return nlohmann::json::parse(file);
}

std::filesystem::path sourceDir()
{
    return qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString();
}

} // namespace

class PolicySchemaTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const nlohmann::json text = jsonOf(sourceDir() / "resources/schema/policy.schema.json");
        valijson::SchemaParser parser;
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), m_schema);
    }
    void sampleFits() { QVERIFY(fits(jsonOf(sourceDir() / "resources/samples/harbor-support.policy.json"))); }
    void soundPoliciesFitBoth() { compare("sound", true); }
    void brokenPoliciesFitNeither() { compare("broken", false); }
    void whatOnlyTheDoctorSeesFitsBoth() { compare("broken", true, "SB1"); }
    void unknownKeysFitNowhere();
    void spoiltPoliciesAreJudgedAlike();

private:
    bool fits(const nlohmann::json& policy)
    {
        valijson::Validator validator;
        return validator.validate(m_schema, valijson::adapters::NlohmannJsonAdapter(policy), nullptr);
    }
    /// Files are named for what is broken, or for the code that they raise: references and the doctor's findings
    /// are beyond a schema.
    void compare(const char* folder, bool expected, const std::string& prefix = {})
    {
        int seen = 0;
        for (const auto& entry :
             std::filesystem::directory_iterator(sourceDir() / "tests/policies" / folder)) {
            const std::string name = entry.path().filename().string();
            if (prefix.empty() ? name.starts_with("SB") : !name.starts_with(prefix))
                continue;
            const nlohmann::json policy = jsonOf(entry.path());
            QVERIFY2(fits(policy) == expected, entry.path().c_str());
            QVERIFY2(readPolicy(policy.dump())->runnable() == expected, entry.path().c_str());
            ++seen;
        }
        QVERIFY(seen >= 4);
    }

    static std::vector<nlohmann::json> soundPolicies()
    {
        std::set<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(sourceDir() / "tests/policies/sound"))
            files.insert(entry.path());
        std::vector<nlohmann::json> policies;
        for (const auto& file : files)
            policies.push_back(jsonOf(file));
        return policies;
    }

    valijson::Schema m_schema;
};

/// A key that nobody knows, in every object of every sound policy, one at a time.
void PolicySchemaTest::unknownKeysFitNowhere()
{
    int tried = 0;
    for (const nlohmann::json& policy : soundPolicies()) {
        const nlohmann::json flat = policy.flatten();
        std::set<std::string> objects = {""};
        for (const auto& [pointer, value] : flat.items()) {
            for (std::size_t at = pointer.find('/', 1); at != std::string::npos;
                 at = pointer.find('/', at + 1))
                objects.insert(pointer.substr(0, at));
        }
        for (const std::string& pointer : objects) {
            nlohmann::json changed = policy;
            nlohmann::json& place = changed[nlohmann::json::json_pointer(pointer)];
            const auto within = [&](const char* key) { return pointer.find(key) != std::string::npos; };
            if (!place.is_object() || within("/metadata") || within("/schema") || within("/header") ||
                within("/parameters"))
                continue;
            place["zzz"] = 1;
            QVERIFY2(!fits(changed), pointer.c_str());
            QVERIFY2(!readPolicy(changed.dump())->runnable(), pointer.c_str());
            ++tried;
        }
    }
    QVERIFY(tried > 400);
}

namespace {

/// Codes that speak of a policy's shape, which the schema has to see as well. Left out is what it cannot:
/// what other elements are called, which of two numbers is larger, what adds up.
bool speaksOfShape(const Diagnostic& diagnostic)
{
    static const std::set<std::string> kShape = {
        "SB0201", "SB0202", "SB0203", "SB0204", "SB0205", "SB0206", "SB0213", "SB0215", "SB0401", "SB0405",
        "SB0501", "SB0503", "SB0504", "SB0601", "SB0603", "SB0803", "SB0901", "SB0902", "SB0903"};
    // A score's range is the rubric's scale.
    const bool scale = diagnostic.pointer.ends_with("/below") || diagnostic.pointer.ends_with("/at_least");
    return kShape.contains(diagnostic.code) && !(diagnostic.code == "SB0204" && scale);
}

/// One random change of one random value; says what it did.
std::string spoil(nlohmann::json& policy, const std::vector<nlohmann::json>& donors, Random& random)
{
    const auto pointersOf = [](const nlohmann::json& json) {
        std::vector<std::string> pointers;
        const auto walk = [&](const auto& self, const nlohmann::json& value, const std::string& at) -> void {
            for (auto child = value.begin(); value.is_structured() && child != value.end(); ++child) {
                const std::string token =
                    value.is_object() ? child.key() : std::to_string(child - value.begin());
                std::string escaped;
                for (const char c : token)
                    escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
                const std::string here = at + "/" + escaped;
                pointers.push_back(here);
                self(self, *child, here);
            }
        };
        walk(walk, json, "");
        return pointers;
    };
    using Pointer = nlohmann::json::json_pointer;
    const auto pointers = pointersOf(policy);
    const Pointer at(pointers[random.below(pointers.size())]);
    static const nlohmann::json kValues = nlohmann::json::parse(
        R"([null, true, -1, 0, 0.5, 3, 11, 5000, "", "human", "next", "x", "T0", "judge", [], ["T0"], ["x", "x"], {}, {"to": "T0"},
            {"keyword": "x"}, [{"keyword": "x"}], "08:00", "code_parses", "llm", "race", "rules", "stall", "quality", "queue"])");
    const nlohmann::json& donor = donors[random.below(donors.size())];
    const auto others = pointersOf(donor);
    const Pointer other(others[random.below(others.size())]);
    switch (random.below(4)) {
    case 0:
        policy[at.parent_pointer()].is_object() ? void(policy[at.parent_pointer()].erase(at.back()))
                                                : policy[at.parent_pointer()].erase(std::stoul(at.back()));
        return "remove " + at.to_string();
    case 1:
        policy[at] = kValues[random.below(kValues.size())];
        return "write " + at.to_string() + " " + policy[at].dump();
    case 2: // a value of the same name from elsewhere: often a router or a trigger of another kind
        for (const std::string& pointer : others) {
            if (Pointer(pointer).back() == at.back() && random.below(2) == 0) {
                policy[at] = donor[Pointer(pointer)];
                break;
            }
        }
        return "take " + at.to_string() + " " + policy[at].dump();
    default:
        if (policy[at.parent_pointer()].is_object())
            policy[at.parent_pointer()][other.back()] = donor[other];
        return "add " + at.parent_pointer().to_string() + "/" + other.back() + " " + donor[other].dump();
    }
}

} // namespace

/// Sound policies with one thing changed: the schema refuses none that the decoder takes, and takes none in
/// which the decoder finds a fault of shape.
void PolicySchemaTest::spoiltPoliciesAreJudgedAlike()
{
    const std::vector<nlohmann::json> policies = soundPolicies();
    Random random(20261122);
    int refused = 0;
    constexpr int kRounds = 1000;
    for (int round = 0; round < kRounds; ++round) {
        nlohmann::json policy = policies[random.below(policies.size())];
        const std::string change = spoil(policy, policies, random);
        const auto document = readPolicy(policy.dump(), {"2026-11-22"});
        const auto& diagnostics = document->diagnostics;
        const bool fit = fits(policy);
        const std::string said =
            policy["name"].dump() + " " + change + "\n" + policyDiagnosticsToText(diagnostics, "spoilt");
        QVERIFY2(fit || !document->runnable(), ("the schema alone refuses: " + said).c_str());
        const bool shape = std::ranges::any_of(diagnostics, speaksOfShape);
        QVERIFY2(!fit || !shape, ("the decoder alone refuses: " + said).c_str());
        refused += fit ? 0 : 1;
    }
    QVERIFY(refused > kRounds / 4 && refused < kRounds);
}

QTEST_GUILESS_MAIN(PolicySchemaTest)
#include "tst_policy_schema.moc"
