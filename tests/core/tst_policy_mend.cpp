// SPDX-License-Identifier: GPL-3.0-or-later
// Quick fixes applied one after the other.
#include "policy/diagnostic_codes.h"
#include "policy/diagnostic_format.h"
#include "policy/mend.h"

#include <QtTest>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace signalbox;

namespace {

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

} // namespace

class PolicyMendTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aMessBecomesTidy();
    void whatIsUncertainStays();
    void noFileGetsWorse();
    void everyPageIsInTheProgram();
};

void PolicyMendTest::aMessBecomesTidy()
{
    const MendedPolicy mended = mendPolicy(
        readPolicy(fileText(sourceDir() / "tests/policies/mend/mess.policy.json"), kToday), kToday);
    QCOMPARE(mended.document->text, fileText(sourceDir() / "tests/policies/mend/tidy.policy.json"));
    QVERIFY2(mended.document->diagnostics.empty(),
             policyDiagnosticsToText(mended.document->diagnostics, "").c_str());
    QCOMPARE(mended.done.size(), std::size_t(13));
    QCOMPARE(mended.done.front(), std::string("SB0105: Remove the comment"));
}

void PolicyMendTest::whatIsUncertainStays()
{
    for (const char* text : {"{\"signalbox\": 1, \"tires\": ", "", "[1, 2,", "{\"signalbox\": 2}"}) {
        const auto document = readPolicy(text, kToday);
        const MendedPolicy mended = mendPolicy(document, kToday);
        QCOMPARE(mended.document->text, std::string(text));
        QVERIFY(mended.done.empty());
    }
}

void PolicyMendTest::noFileGetsWorse()
{
    int mendedFiles = 0;
    for (const char* folder : {"tests/policies/broken", "tests/policies/sound"}) {
        for (const auto& entry : std::filesystem::directory_iterator(sourceDir() / folder)) {
            const auto document = readPolicy(fileText(entry.path()), kToday);
            const MendedPolicy mended = mendPolicy(document, kToday);
            QVERIFY2(mended.document->count(Severity::Error) <= document->count(Severity::Error),
                     entry.path().c_str());
            QVERIFY2((mended.document == document) == mended.done.empty(), entry.path().c_str());
            mendedFiles += !mended.done.empty();
        }
    }
    QVERIFY(mendedFiles >= 20);
}

void PolicyMendTest::everyPageIsInTheProgram()
{
    for (const DiagnosticInfo& info : diagnosticCatalogue()) {
        const auto path = sourceDir() / "resources/help/diagnostics" / (std::string(info.code) + ".md");
        QCOMPARE(std::string(diagnosticPage(info.code)), fileText(path));
    }
    QVERIFY(diagnosticPage("SB9999").empty());
}

QTEST_GUILESS_MAIN(PolicyMendTest)
#include "tst_policy_mend.moc"
