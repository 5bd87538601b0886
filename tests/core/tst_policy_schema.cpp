// SPDX-License-Identifier: GPL-3.0-or-later
// Holds the published JSON Schema against the decoder: what one calls well-shaped, the other does too.
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
    void unknownKeysFitNowhere();

private:
    bool fits(const nlohmann::json& policy)
    {
        valijson::Validator validator;
        return validator.validate(m_schema, valijson::adapters::NlohmannJsonAdapter(policy), nullptr);
    }
    void compare(const char* folder, bool expected)
    {
        int seen = 0;
        for (const auto& entry :
             std::filesystem::directory_iterator(sourceDir() / "tests/policies" / folder)) {
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

QTEST_GUILESS_MAIN(PolicySchemaTest)
#include "tst_policy_schema.moc"
