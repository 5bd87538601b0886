// SPDX-License-Identifier: GPL-3.0-or-later
// Exported policies: what the file says of itself, and that it comes back as the same policy.

#include "exchange/policy_export.h"
#include "exchange/workspace_check.h"
#include "policy/edit.h"
#include "support/policies.h"
#include "support/random_trace.h"
#include "workspace/workspace.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using namespace signalbox;
using nlohmann::json;

namespace {

std::string codesOf(const PolicyDocument& document)
{
    std::string codes;
    for (const Diagnostic& diagnostic : document.diagnostics)
        codes += diagnostic.code + " ";
    return codes;
}

json markOf(const std::string& text)
{
    return json::parse(text)["export"];
}

std::string exported(const PolicyDocument& document, int version = 0, bool force = false)
{
    ExportOptions options;
    options.version = version;
    options.force = force;
    const auto text = exportSignalboxPolicy(document, options);
    return text ? *text : text.error().code;
}

} // namespace

class PolicyExportTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fileSaysWhatWasChecked()
    {
        json policy = test::basePolicy();
        policy["models"].push_back(
            {{"id", "spare"}, {"endpoint", "local"}, {"name", "spare"}, {"context_tokens", 8000}});
        const PolicyDocumentPtr document = readPolicy(policy.dump());
        QVERIFY(document->runnable());
        const std::string text = exported(*document, 7);
        QCOMPARE(text, canonicalPolicyText(text).value());
        const json mark = markOf(text);
        QCOMPARE(mark["forced"].get<bool>(), false);
        QCOMPARE(mark["errors"].get<int>(), 0);
        QCOMPARE(mark["warnings"].get<int>(), document->count(Severity::Warning));
        QCOMPARE(mark["notes"].get<int>(), document->count(Severity::Note));
        QCOMPARE(mark["hash"].get<std::string>(), document->policy->contentHash);
        QCOMPARE(mark["version"].get<int>(), 7);
        QVERIFY(!markOf(exported(*document)).contains("version"));
    }

    /// export → validate → export gives the same bytes, also of files that were forced.
    void exportedTwiceIsTheSame()
    {
        const std::string sample = test::sourceFile("resources/samples/harbor-support.policy.json");
        json broken = json::parse(sample);
        broken["router"]["otherwise"] = "T9";
        for (const auto& [text, force] : {std::pair(sample, false), std::pair(broken.dump(), true)}) {
            const PolicyDocumentPtr document = readPolicy(text);
            const std::string once = exported(*document, 3, force);
            const PolicyDocumentPtr read = readPolicy(once);
            QCOMPARE(read->count(Severity::Error), document->count(Severity::Error));
            QCOMPARE(exported(*read, 0, force), once);
            QCOMPARE(read->policy->contentHash, document->policy->contentHash);
            QCOMPARE(markOf(once)["forced"].get<bool>(), force);
            QVERIFY(codesOf(*read).find("SB1320") == std::string::npos);
            QCOMPARE(codesOf(*read).find("SB1301") != std::string::npos, force);
        }
    }

    void importedIsTheSamePolicy()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("w.signalbox")).toStdString();
        const auto workspace = std::move(*Workspace::open(path, OpenMode::OpenOrCreate));
        const PolicyDocumentPtr document =
            readPolicy(test::sourceFile("resources/samples/harbor-support.policy.json"));
        QCOMPARE(*workspace->savePolicy(*document, "ann", ""), 1);
        const PolicyDocumentPtr file = readPolicy(exported(*document, 1));
        QCOMPARE(*workspace->savePolicy(*file, "bob", "Imported"), 1); // the content is there
        QCOMPARE((*workspace->reader())->policyByReference("Harbor Support")->contentHash,
                 document->policy->contentHash);
    }

    void editedFileIsNoticed()
    {
        const std::string text = exported(*readPolicy(test::basePolicy().dump()), 2);
        const std::string edited = setValue(text, "/priority", "\"quality\"").value();
        const PolicyDocumentPtr document = readPolicy(edited);
        QCOMPARE(codesOf(*document), codesOf(*readPolicy(text)) + "SB1320 ");
        const auto found = std::ranges::find(document->diagnostics, "SB1320", &Diagnostic::code);
        QCOMPARE(found->pointer, std::string("/export/hash"));
        QVERIFY(found->severity == Severity::Warning);
        QCOMPARE(found->fixes.size(), std::size_t(1));
        QCOMPARE(codesOf(*readPolicy(applyFix(edited, found->fixes[0]))), codesOf(*readPolicy(text)));
        // Exported again it is checked again; its version is no longer known.
        const std::string again = exported(*document);
        QVERIFY(!markOf(again).contains("version"));
        QCOMPARE(codesOf(*readPolicy(again)), codesOf(*readPolicy(text)));
    }

    void releaseGateNeedsEvidence()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("w.signalbox")).toStdString();
        const auto workspace = std::move(*Workspace::open(path, OpenMode::OpenOrCreate));
        const auto reader = std::move(*workspace->reader());
        json policy = test::basePolicy();
        policy["release_gates"] = {
            {{"id", "cheap"}, {"dataset", "golden"}, {"metric", "cost_per_request_usd"}, {"at_most", 0.01}}};
        const PolicyDocumentPtr document = readPolicy(policy.dump());
        QVERIFY2(document->runnable(), codesOf(*document).c_str());
        const auto lacking = [&] {
            const auto found = checkAgainstWorkspace(*document, *reader);
            return found->size() == 1 && found->front().pointer == "/release_gates/cheap/dataset" &&
                           found->front().line == 1 && !found->front().hint.empty()
                       ? found->front().code
                       : std::to_string(found->size()) + " problems";
        };
        QCOMPARE(lacking(), std::string("SB1501"));
        ExportOptions options;
        options.evidence = reader.get();
        const auto refused = exportSignalboxPolicy(*document, options);
        QCOMPARE(refused.error().code, std::string("export.no_evidence"));
        QVERIFY(refused.error().message.find("golden") != std::string::npos);
        QCOMPARE(exported(*document), std::string("export.no_evidence"));
        const std::string forced = exported(*document, 0, true);
        QVERIFY(markOf(forced)["forced"].get<bool>());
        QVERIFY(codesOf(*readPolicy(forced)).find("SB1301") != std::string::npos);

        testing::RandomTraces random(5);
        Trace trace = random.next();
        trace.dataset = "golden";
        trace.policyHash = "of another policy";
        workspace->record(std::make_shared<const Trace>(trace), {});
        QVERIFY(workspace->flush());
        QVERIFY(!exportSignalboxPolicy(*document, options));
        trace = random.next();
        trace.dataset = "golden";
        trace.policyHash = document->policy->contentHash;
        workspace->record(std::make_shared<const Trace>(trace), {});
        QVERIFY(workspace->flush());
        const auto text = exportSignalboxPolicy(*document, options);
        QVERIFY2(text, text ? "" : text.error().message.c_str());
        QVERIFY(!markOf(*text)["forced"].get<bool>());
    }

    void errorsAndKeysAreRefused()
    {
        json policy = test::basePolicy();
        policy["router"]["otherwise"] = "T9";
        QCOMPARE(exported(*readPolicy(policy.dump())), std::string("export.has_errors"));
        QCOMPARE(exported(*readPolicy("{"), 0, true), std::string("edit.not_json"));
        policy["endpoints"][0]["key"] = "sk-live-hunter2";
        QCOMPARE(exported(*readPolicy(policy.dump()), 0, true), std::string("export.literal_key"));
    }
};

QTEST_GUILESS_MAIN(PolicyExportTest)
#include "tst_policy_export.moc"
