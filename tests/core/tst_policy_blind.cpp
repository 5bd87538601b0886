// SPDX-License-Identifier: GPL-3.0-or-later
// Policies by somebody who knew the language's documentation and not the doctor: what was seeded in the broken
// ones is found, and nothing is found in the sound ones.
#include "policy/document.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace signalbox;

namespace {

std::filesystem::path folder(const char* name)
{
    return std::filesystem::path(qgetenv("SIGNALBOX_SOURCE_DIR").toStdString()) / "tests" / "policies" / name;
}

ReadOptions onTheDay()
{
    ReadOptions options;
    options.today = "2026-11-22"; // prices grow old, these tests do not
    return options;
}

std::string said(const PolicyDocument& document)
{
    std::string out;
    for (const Diagnostic& d : document.diagnostics)
        out += d.code + " " + severityName(d.severity) + " " + d.pointer + "; ";
    return out;
}

} // namespace

class PolicyBlindTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void seededFaultsAreFound_data();
    void seededFaultsAreFound();
    void nothingIsFoundInSoundOnes();
};

void PolicyBlindTest::seededFaultsAreFound_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("severity");
    std::ifstream in(folder("blind") / "expectations.json");
    const auto expectations = nlohmann::json::parse(in);
    QVERIFY(expectations.size() >= 20);
    for (const auto& [name, expected] : expectations.items()) {
        const std::string kind = expected.at("kind").get<std::string>();
        QTest::newRow(name.c_str()) << QString::fromStdString(name) << QString::fromStdString(kind.substr(0, 6))
                                    << QString::fromStdString(expected.at("severity").get<std::string>());
    }
}

void PolicyBlindTest::seededFaultsAreFound()
{
    QFETCH(QString, file);
    QFETCH(QString, code);
    QFETCH(QString, severity);
    const auto document =
        readPolicyFile((folder("blind") / (file.toStdString() + ".policy.json")).string(), onTheDay());
    QVERIFY(document);
    const auto found = std::ranges::find(document.value()->diagnostics, code.toStdString(), &Diagnostic::code);
    QVERIFY2(found != document.value()->diagnostics.end(), said(**document).c_str());
    QCOMPARE(QString::fromLatin1(severityName(found->severity)), severity);
    // One fault was seeded: whatever else is an error would be a false alarm.
    for (const Diagnostic& d : document.value()->diagnostics)
        QVERIFY2(d.severity != Severity::Error || d.code == code.toStdString(), said(**document).c_str());
}

void PolicyBlindTest::nothingIsFoundInSoundOnes()
{
    int policies = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder("blind-sound"))) {
        const auto document = readPolicyFile(entry.path().string(), onTheDay());
        QVERIFY(document);
        ++policies;
        QVERIFY2(document.value()->count(Severity::Error) + document.value()->count(Severity::Warning) == 0,
                 (entry.path().filename().string() + ": " + said(**document)).c_str());
    }
    QVERIFY(policies >= 5);
}

QTEST_GUILESS_MAIN(PolicyBlindTest)
#include "tst_policy_blind.moc"
