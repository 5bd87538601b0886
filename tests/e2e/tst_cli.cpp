// SPDX-License-Identifier: GPL-3.0-or-later
// The command line as scripts use it: real processes, exit statuses, standard output.
#include "support/command_line.h"
#include "support/http_client.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <map>
#include <set>

using nlohmann::json;
using namespace signalbox::testing;

class CliTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void wrongUsageIsStatusTwo();
    void validateSaysWhereAndExitsOne();
    void routeCallsNobody();
    void whatCannotBeRunIsStatusThree();
    void mainJobFromEmptyFolderToWhatIf();
    void allTiersNeverCallsABarredTier();
    void runIsRepeatableWithASeed();
    void sandboxPrintsItsUrlFirst();
    void sandboxPlaysFaultsAndKeepsALog();
    void killedRunLosesNoTraceThatWasShown();
    void exportRefusesErrorsAndIsCanonical();
    void exportNeverReplacesAWorkspace();
    void versionsAndTagsNameAPolicy();
    void keysGoNowhere();
    void validateGoesOnAfterAMissingFile();
    void validateWritesSarif();
    void validateAsksTheWorkspaceForEvidence();
    void validateMendsWhatIsCertain();
    void explainPrintsThePages();
    void checkCallsDamageAProblem();
    void namesThatAreNoTextAreRefused();
    void outsideFailuresAreStatusThree();
    void loadJudgesTheObjectives();
    void loadIsNoFailureOfItsOwnLimit();
    void loadReplaysRecordedArrivals();
    void loadWithWrongUsageIsStatusTwo();
    void modelsSaysWhatIsOffered();

private:
    QString at(const char* name) const { return m_dir->filePath(QString::fromLatin1(name)); }
    static QString policy() { return source("resources/samples/harbor-support.policy.json"); }
    static QString prompts() { return source("resources/samples/harbor-support/prompts.jsonl"); }
    static QString zeroLatency() { return source("resources/scenarios/zero-latency.json"); }
    std::unique_ptr<QTemporaryDir> m_dir;
};

void CliTest::wrongUsageIsStatusTwo()
{
    QCOMPARE(cli({}).status, 2);
    QCOMPARE(cli(words("nonsense")).status, 2);
    QCOMPARE(cli(words("run --policy %1", {policy()})).status, 2);
    QCOMPARE(cli(words("--help")).status, 0);
}

void CliTest::modelsSaysWhatIsOffered()
{
    const QString policy = source("resources/samples/harbor-support.policy.json");
    const Outcome all = cli(words("models --policy %1 --json", {policy}));
    QVERIFY2(all.status == 0, all.err.constData());
    std::set<std::string> inPolicy;
    for (const json& endpoint : json::parse(all.out.toStdString())) {
        QVERIFY(endpoint["simulated"].get<bool>());
        QVERIFY2(endpoint["not_offered"].empty(), all.out.constData());
        for (const json& model : endpoint["models"]) {
            if (!model["in_policy"].is_null())
                inPolicy.insert(model["in_policy"].get<std::string>());
        }
    }
    QVERIFY2(inPolicy.contains("support-3b") && inPolicy.contains("frontier"), all.out.constData());
    QVERIFY(cli(words("models --policy %1", {policy})).out.contains("frontier"));
    QCOMPARE(cli(words("models --policy %1 --endpoint nowhere", {policy})).status, 2);

    json other = json::parse(contents(policy).toStdString());
    for (json& one : other["endpoints"])
        one["base_url"] = "http://127.0.0.1:9/v1"; // nobody is there
    writeTo(at("dead.json"), QByteArray::fromStdString(other.dump()));
    const Outcome dead = cli(words("models --policy %1 --json", {at("dead.json")}));
    QCOMPARE(dead.status, 3);
    QVERIFY2(dead.err.contains("provider.refused"), dead.err.constData());
}

void CliTest::validateSaysWhereAndExitsOne()
{
    QCOMPARE(cli(words("validate %1", {policy()})).status, 0);
    QByteArray broken = contents(policy());
    broken.replace("\"otherwise\": \"T2\"", "\"otherwize\": \"T9\"");
    writeTo(at("broken.json"), broken);
    const Outcome text = cli(words("validate %1", {at("broken.json")}));
    QCOMPARE(text.status, 1);
    QVERIFY2(text.out.contains("/router/otherwize"), text.out.constData());
    const Outcome asJson = cli(words("validate --format json %1", {at("broken.json")}));
    QCOMPARE(asJson.status, 1);
    const json list = json::parse(asJson.out.toStdString());
    QCOMPARE(list.size(), std::size_t(1)); // the unknown key; that another is missing follows from it
    for (const json& d : list) {
        for (const char* key : {"code", "severity", "pointer", "line", "column", "message", "hint"})
            QVERIFY2(d.contains(key), key);
    }
    QCOMPARE(cli(words("validate %1", {at("missing.json")})).status, 3);
}

void CliTest::routeCallsNobody()
{
    writeTo(at("p.txt"), "How do I reset my password?\nI want to talk to a person\n");
    const Outcome out = cli(words("route --policy %1 --prompts %2 --json", {policy(), at("p.txt")}));
    QCOMPARE(out.status, 0);
    const auto rows = lines(out.out);
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[0]["route"].get<std::string>(), std::string("T0"));
    QCOMPARE(rows[1]["route"].get<std::string>(), std::string("human"));
    QVERIFY(!rows[1]["reasons"].empty());
    QVERIFY(rows[0]["micros"].is_number());
}

void CliTest::whatCannotBeRunIsStatusThree()
{
    // A policy without errors that says more than the engine does yet is refused whole, before anything is written.
    json wanting = json::parse(contents(policy()).toStdString());
    wanting["stickiness"] = {{"by", "tier"}};
    writeTo(at("sticky.json"), QByteArray::fromStdString(wanting.dump()));
    QCOMPARE(cli(words("validate %1", {at("sticky.json")})).status, 0);
    const Outcome run = cli(words("run --policy %1 --prompts %2 --workspace %3", {at("sticky.json"), prompts(), at("w.signalbox")}));
    QCOMPARE(run.status, 3);
    QVERIFY(run.out.isEmpty());
    QVERIFY2(run.err.contains("stickiness of sessions, which cannot be run yet"), run.err);
    QCOMPARE(run.err.count('\n'), 1);
    QVERIFY(!QFile::exists(at("w.signalbox")));
    // Deciding does not need it.
    QCOMPARE(cli(words("route --policy %1 --prompts %2", {at("sticky.json"), prompts()})).status, 0);

    wanting["router"] = {{"kind", "predictive"}, {"artefact", "strength"}, {"weak", "T0"}, {"strong", "T2"}, {"threshold", 0.5}, {"otherwise", "T2"}};
    writeTo(at("predictive.json"), QByteArray::fromStdString(wanting.dump()));
    const Outcome route = cli(words("route --policy %1 --prompts %2", {at("predictive.json"), prompts()}));
    QCOMPARE(route.status, 3);
    QVERIFY2(route.err.contains("\"predictive\", which cannot be run yet"), route.err);
}

void CliTest::mainJobFromEmptyFolderToWhatIf()
{
    const QString w = at("w.signalbox");
    QCOMPARE(cli(words("import documents %1 --workspace %2", {source("resources/samples/harbor-support/articles.jsonl"), w})).status, 0);
    QCOMPARE(cli(words("import prompts %1 --workspace %2 --dataset d", {prompts(), w})).status, 0);
    const QStringList run = words("run --policy %1 --dataset d --workspace %2 --scenario %3 --concurrency 32", {policy(), w, zeroLatency()});
    const Outcome live = cli(run + words("--out %1", {at("t.jsonl")}));
    QVERIFY2(live.status == 0, live.err.constData());
    const auto traces = lines(contents(at("t.jsonl")));
    QCOMPARE(traces.size(), std::size_t{320});
    std::set<std::string> tiers;
    for (const json& t : traces) {
        QVERIFY(!t["reasons"].empty());
        QVERIFY(t["simulated"].get<bool>() || t["hops"].empty());
        for (const json& hop : t["hops"]) {
            QVERIFY(hop["reason"].is_string() && !hop["reason"].get<std::string>().empty());
            if (hop["status"] == "accepted")
                tiers.insert(hop["tier"].get<std::string>());
        }
    }
    QCOMPARE(tiers, (std::set<std::string>{"T0", "T1", "T2"}));
    QVERIFY(live.out.contains("gate.judge_below.grounding"));
    QVERIFY(live.out.contains("Sandbox"));

    QCOMPARE(cli(run + words("--all-tiers --out %1", {at("a.jsonl")})).status, 0);
    const Outcome whatIf = cli(words("whatif --workspace %1 --dataset d --policy %2 --set /triggers/grounding/below=4.8 --json", {w, policy()}));
    QVERIFY2(whatIf.status == 0, whatIf.err.constData());
    const json result = json::parse(whatIf.out.toStdString());
    QCOMPARE(result["n"].get<int>(), 320);
    QVERIFY(result["difference"]["escalation_rate"]["value"].get<double>() > 0);
    QVERIFY(!result["moved"].empty());
    QVERIFY(result["estimated_costs"].get<int>() > 0); // the sample's tiers are given the draft that was rejected
    QCOMPARE(result["moved"][0]["cost_estimated"].size(), std::size_t{2});
    const Outcome table = cli(words("whatif --workspace %1 --dataset d --policy %2", {w, policy()}));
    QVERIFY2(table.out.contains("of the costs are estimates"), table.out.constData());
    QCOMPARE(cli(words("check --workspace %1", {w})).status, 0);
    const json sets = json::parse(cli(words("datasets --workspace %1 --json", {w})).out.toStdString());
    QCOMPARE(sets[0]["traces"].get<int>(), 320);
    QCOMPARE(sets[0]["all_tier_traces"].get<int>(), 320);
}

void CliTest::allTiersNeverCallsABarredTier()
{
    writeTo(at("p.jsonl"), "{\"id\":\"a\",\"prompt\":\"my card is 4111 1111 1111 1111\"}\n"
                           "{\"id\":\"b\",\"prompt\":\"see picture\",\"attachments\":[{\"kind\":\"image\",\"name\":\"x.png\"}]}\n"
                           "{\"id\":\"c\",\"prompt\":\"get me a real person\"}\n");
    const Outcome out = cli(words("run --policy %1 --prompts %2 --workspace %3 --all-tiers --scenario %4 --json", {policy(), at("p.jsonl"), at("w.signalbox"), zeroLatency()}));
    QVERIFY2(out.status == 0, out.err.constData());
    std::map<std::string, std::set<std::string>> called;
    for (const json& t : lines(out.out)) {
        std::set<std::string>& tiers = called[t["id"].get<std::string>()];
        for (const json& hop : t["hops"])
            tiers.insert(hop["tier"].get<std::string>());
    }
    QCOMPARE(called["a"], (std::set<std::string>{"T0"}));
    QCOMPARE(called["b"], (std::set<std::string>{"T1", "T2"}));
    QVERIFY(called["c"].empty());
}

void CliTest::runIsRepeatableWithASeed()
{
    writeTo(at("p.txt"), "How long does a refund take?\nMy sync is stuck, but only on the phone, why?\nCan I change my plan and keep the seats?\n");
    const auto answers = [&](const char* workspace, const char* seed) {
        const Outcome out = cli(words("run --policy %1 --prompts %2 --workspace %3 --scenario %4 --json --seed %5",
                                      {policy(), at("p.txt"), at(workspace), zeroLatency(), QString::fromLatin1(seed)}));
        std::map<std::string, json> byId;
        for (const json& t : lines(out.out))
            byId[t["id"].get<std::string>()] = json::array({t["answer"], t["cost_usd"], t["quality"], t["reasons"]});
        return byId;
    };
    const auto first = answers("a.signalbox", "7");
    QCOMPARE(first.size(), std::size_t{3});
    QVERIFY(first == answers("b.signalbox", "7"));
}

void CliTest::sandboxPrintsItsUrlFirst()
{
    QProcess process;
    process.start(cliPath(), words("sandbox"));
    QVERIFY(process.waitForStarted());
    while (!process.canReadLine())
        QVERIFY(process.waitForReadyRead(30'000));
    const QByteArray url = process.readLine().trimmed();
    QVERIFY2(url.startsWith("http://127.0.0.1:"), url.constData());
    process.terminate();
    QVERIFY(process.waitForFinished(30'000));
    QCOMPARE(process.exitCode(), 0);
}

void CliTest::sandboxPlaysFaultsAndKeepsALog()
{
    const QString log = at("log.jsonl");
    QProcess process;
    process.start(cliPath(), words("sandbox --scenario %1 --fault bad-request --log %2",
                                   {source("resources/scenarios/fault-lab.json"), log}));
    QVERIFY(process.waitForStarted());
    while (!process.canReadLine())
        QVERIFY(process.waitForReadyRead(30'000));
    const int port = process.readLine().trimmed().split(':').last().toInt();
    const auto reply = signalbox::test::HttpConnection(port).ask(
        "POST", "/v1/chat/completions", R"({"model":"echo","messages":[{"role":"user","content":"x"}]})");
    QCOMPARE(reply.status, 400);
    QTRY_VERIFY(QFile(log).size() > 0); // written when the answer is out, not when the server ends
    process.kill();
    QVERIFY(process.waitForFinished(30'000));
    QFile file(log);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::vector<json> entries = lines(file.readAll());
    QCOMPARE(entries.size(), std::size_t{1});
    QCOMPARE(entries[0]["fault"], json("bad-request"));
    QCOMPARE(entries[0]["status"], json(400));

    const Outcome unknown = cli(words("sandbox --fault gremlins"));
    QCOMPARE(unknown.status, 3);
    QVERIFY2(unknown.err.contains("gremlins"), unknown.err.constData());
}

void CliTest::killedRunLosesNoTraceThatWasShown()
{
    const QString w = at("w.signalbox");
    QProcess process;
    process.start(cliPath(), words("run --policy %1 --prompts %2 --workspace %3 --concurrency 16 --json", {policy(), prompts(), w}));
    // With the sandbox's usual delays the batch takes many seconds; it is killed when a few traces were shown.
    QByteArray shown;
    while (shown.count('\n') < 20) {
        QVERIFY(process.waitForReadyRead(60'000));
        shown += process.readAllStandardOutput();
    }
    ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
    process.waitForFinished();
    QCOMPARE(process.exitStatus(), QProcess::CrashExit);
    shown += process.readAllStandardOutput();
    shown.truncate(shown.lastIndexOf('\n') + 1);
    const auto before = lines(shown);
    QVERIFY(before.size() >= 20);
    QCOMPARE(cli(words("check --workspace %1", {w})).status, 0);
    const json sets = json::parse(cli(words("datasets --workspace %1 --json", {w})).out.toStdString());
    QVERIFY(sets[0]["traces"].get<std::size_t>() >= before.size());
    QVERIFY(sets[0]["traces"].get<std::size_t>() < 320);
}

void CliTest::exportRefusesErrorsAndIsCanonical()
{
    const auto exportTo = [&](const QString& from, const char* to, const char* more = "") {
        return cli(words("export --target signalbox --policy %1 --out %2", {from, at(to)}) + words(more)).status;
    };
    QCOMPARE(exportTo(policy(), "a.json"), 0);
    QCOMPARE(cli(words("validate %1", {at("a.json")})).status, 0);
    QCOMPARE(exportTo(at("a.json"), "b.json"), 0);
    QVERIFY(!contents(at("a.json")).isEmpty());
    QCOMPARE(contents(at("a.json")), contents(at("b.json")));

    QByteArray broken = contents(policy());
    broken.replace("\"otherwise\": \"T2\"", "\"otherwise\": \"T9\"");
    writeTo(at("broken.json"), broken);
    QCOMPARE(exportTo(at("broken.json"), "c.json"), 1);
    QVERIFY(!QFile::exists(at("c.json")));
    QCOMPARE(exportTo(at("broken.json"), "c.json", "--force"), 0);
    QVERIFY(json::parse(contents(at("c.json")).toStdString())["export"]["forced"].get<bool>());
    QCOMPARE(cli(words("run --policy %1 --prompts %2 --workspace %3", {at("broken.json"), prompts(), at("w.signalbox")})).status, 3);
}

void CliTest::exportNeverReplacesAWorkspace()
{
    const QString w = at("w.signalbox");
    QCOMPARE(cli(words("import policy %1 --workspace %2", {policy(), w})).status, 0);
    const QByteArray before = contents(w);
    const Outcome refused = cli(words("export --target signalbox --policy %1 --out %2 --force", {policy(), w}));
    QCOMPARE(refused.status, 2);
    QCOMPARE(contents(w), before);
    const Outcome out = cli(words("export --json --target signalbox --policy %1 --out %2", {policy(), at("a.json")}));
    QCOMPARE(out.status, 0);
    const json said = json::parse(out.out.toStdString());
    QCOMPARE(said["out"].get<std::string>(), at("a.json").toStdString());
    QCOMPARE(said["bytes"].get<qsizetype>(), contents(at("a.json")).size());
    QCOMPARE(said["target"].get<std::string>(), std::string("signalbox"));
    QCOMPARE(said["forced"].get<bool>(), false);
}

void CliTest::versionsAndTagsNameAPolicy()
{
    const QString w = at("w.signalbox");
    QCOMPARE(cli(words("import policy %1 --workspace %2", {policy(), w})).status, 0);
    QByteArray stricter = contents(policy());
    stricter.replace("\"below\": 3.5", "\"below\": 3.9");
    writeTo(at("stricter.json"), stricter);
    QCOMPARE(cli(words("import policy %1 --workspace %2", {at("stricter.json"), w})).status, 0);
    QCOMPARE(cli(words("import policy %1 --workspace %2", {at("stricter.json"), w})).status, 0); // no new version

    const QString first = QStringLiteral("Harbor Support@1");
    const QString tagged = QStringLiteral("Harbor Support@production");
    QCOMPARE(cli(words("validate %1 --workspace %2", {tagged, w})).status, 3);
    QCOMPARE(cli(words("tag %1 production --workspace %2", {first, w})).status, 0);
    QCOMPARE(cli(words("tag %1 Production --workspace %2", {first, w})).status, 2);
    QCOMPARE(cli(words("validate %1 --workspace %2", {tagged, w})).status, 0);
    const auto tree = lines(cli(words("versions --json --workspace %1", {w})).out);
    QCOMPARE(tree.size(), std::size_t(2));
    QCOMPARE(tree[0]["parent"].get<int>(), 1);
    QVERIFY(tree[1]["parent"].is_null());
    QCOMPARE(tree[1]["tags"][0].get<std::string>(), std::string("production"));

    const auto exportTo = [&](const QString& from, const char* to) {
        return cli(words("export --target signalbox --policy %1 --out %2 --workspace %3", {from, at(to), w})).status;
    };
    QCOMPARE(exportTo(tagged, "v1.json"), 0);
    const json file = json::parse(contents(at("v1.json")).toStdString());
    QCOMPARE(file["export"]["version"].get<int>(), 1);
    QCOMPARE(file["export"]["hash"].get<std::string>(), tree[1]["hash"].get<std::string>());
    QCOMPARE(exportTo(at("v1.json"), "again.json"), 0);
    QCOMPARE(contents(at("again.json")), contents(at("v1.json")));
    // The file is the same policy in another workspace.
    const QString other = at("other.signalbox");
    QCOMPARE(cli(words("import policy %1 --workspace %2", {at("v1.json"), other})).status, 0);
    QCOMPARE(lines(cli(words("versions --json --workspace %1", {other})).out)[0]["hash"], tree[1]["hash"]);
    QCOMPARE(cli(words("check --workspace %1", {w})).status, 0);
}

void CliTest::keysGoNowhere()
{
    json open = json::parse(contents(policy()).toStdString());
    open["endpoints"][0]["key"] = "sk-live-hunter2";
    writeTo(at("open.json"), QByteArray::fromStdString(open.dump()));
    for (const QStringList& command : {words("import policy %1 --workspace %2", {at("open.json"), at("w.signalbox")}),
                                       words("export --force --target signalbox --policy %1 --out %2", {at("open.json"), at("a.json")}),
                                       words("validate %1", {at("open.json")})}) {
        const Outcome outcome = cli(command);
        QVERIFY(outcome.status == 1 || outcome.status == 3);
        QVERIFY2(!outcome.err.contains("sk-live") && !outcome.out.contains("sk-live"), outcome.err.constData());
    }
    QVERIFY(!QFile::exists(at("a.json")));
    QVERIFY(!contents(at("w.signalbox")).contains("sk-live"));
}

void CliTest::validateGoesOnAfterAMissingFile()
{
    const Outcome text = cli(words("validate %1 %2", {at("missing.json"), policy()}));
    QCOMPARE(text.status, 3);
    QCOMPARE(text.err.count('\n'), 1);
    QVERIFY2(text.err.contains("missing.json"), text.err.constData());
    QVERIFY2(text.out.contains("1 policy checked: 0 errors"), text.out.constData());
    QByteArray broken = contents(policy());
    broken.replace("\"otherwise\": \"T2\"", "\"otherwise\": \"T9\"");
    writeTo(at("broken.json"), broken);
    const Outcome asJson = cli(words("validate --json %1 %2", {at("missing.json"), at("broken.json")}));
    QCOMPARE(asJson.status, 3);
    QVERIFY2(asJson.out.contains("SB0304"), asJson.out.constData());
    QVERIFY(json::parse(asJson.out.toStdString()).is_array());
}

void CliTest::explainPrintsThePages()
{
    const Outcome one = cli(words("explain SB1203"));
    QCOMPARE(one.status, 0);
    QCOMPARE(one.out, contents(source("resources/help/diagnostics/SB1203.md")));
    QCOMPARE(cli(words("explain sb1203")).out, one.out);
    const Outcome all = cli(words("explain"));
    QCOMPARE(all.status, 0);
    const json list = json::parse(cli(words("explain --json")).out.toStdString());
    QCOMPARE(all.out.count('\n'), static_cast<int>(list.size()));
    for (const json& entry : list)
        QVERIFY2(!entry["page"].get<std::string>().empty(), entry.dump().c_str());
    const Outcome none = cli(words("explain SB9999"));
    QCOMPARE(none.status, 2);
    QVERIFY2(none.out.isEmpty() && none.err.contains("SB9999"), none.err.constData());
}

void CliTest::validateMendsWhatIsCertain()
{
    QByteArray broken = contents(policy());
    broken.replace("\"max_hops\": 3", "\"max_hosp\": \"3\" /* three */");
    writeTo(at("broken.json"), broken);
    const Outcome seen = cli(words("validate %1", {at("broken.json")}));
    QCOMPARE(seen.status, 1);
    QVERIFY2(seen.out.contains("[fix available: Rename to \"max_hops\"]"), seen.out.constData());
    QCOMPARE(contents(at("broken.json")), broken);
    const Outcome log = cli(words("validate --format sarif %1", {at("broken.json")}));
    bool renamed = false;
    const json sarif = json::parse(log.out.toStdString());
    for (const json& result : sarif["runs"][0]["results"]) {
        if (result["ruleId"] != "SB0201")
            continue;
        const json& replacement = result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        renamed = replacement["insertedContent"]["text"] == "\"max_hops\"" &&
                  replacement["deletedRegion"] == result["locations"][0]["physicalLocation"]["region"];
    }
    QVERIFY(renamed);

    const Outcome mended = cli(words("validate --fix %1", {at("broken.json")}));
    QCOMPARE(mended.status, 0);
    QVERIFY2(mended.err.contains("SB0201 /cascade/max_hosp: Rename to \"max_hops\""), mended.err.constData());
    QByteArray expected = contents(policy());
    expected.replace("\"max_hops\": 3", "\"max_hops\": 3 ");
    QCOMPARE(contents(at("broken.json")), expected); // nothing else was touched
    // A second time there is nothing to do, and what is not certain stays.
    const QByteArray before = contents(at("broken.json"));
    QCOMPARE(cli(words("validate --fix %1", {at("broken.json")})).err, QByteArray());
    QCOMPARE(contents(at("broken.json")), before);
}

void CliTest::validateWritesSarif()
{
    QByteArray broken = contents(policy());
    broken.replace("\"otherwise\": \"T2\"", "\"otherwise\": \"T9\"");
    writeTo(at("b roken.json"), broken);
    const Outcome out = cli(words("validate --format sarif %1", {at("b roken.json")}));
    QCOMPARE(out.status, 1);
    const json log = json::parse(out.out.toStdString());
    QCOMPARE(log["version"].get<std::string>(), std::string("2.1.0"));
    const json& run = log["runs"][0];
    QCOMPARE(run["tool"]["driver"]["name"].get<std::string>(), std::string("signalbox-cli"));
    const json& rules = run["tool"]["driver"]["rules"];
    bool found = false;
    for (const json& result : run["results"]) {
        QCOMPARE(rules[result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
        QVERIFY(!result["message"]["text"].get<std::string>().empty());
        const json& place = result["locations"][0]["physicalLocation"];
        QVERIFY(place["artifactLocation"]["uri"].get<std::string>().ends_with("/b%20roken.json"));
        const int line = place["region"]["startLine"].get<int>();
        QVERIFY(place["region"]["startColumn"].get<int>() >= 1);
        if (result["level"] != "error")
            continue;
        found = true;
        QVERIFY2(broken.split('\n').at(line - 1).contains("T9"), out.out.constData());
    }
    QVERIFY(found);
    QVERIFY(run["invocations"][0]["executionSuccessful"].get<bool>());
    const Outcome sound = cli(words("validate --format sarif %1", {policy()}));
    QCOMPARE(sound.status, 0);
    QVERIFY(json::parse(sound.out.toStdString())["runs"][0]["results"].is_array());
    // A file that cannot be read is no file without problems.
    const Outcome missing = cli(words("validate --format sarif %1 %2", {policy(), at("missing.json")}));
    QCOMPARE(missing.status, 3);
    const json told = json::parse(missing.out.toStdString())["runs"][0]["invocations"][0];
    QVERIFY(!told["executionSuccessful"].get<bool>());
    QCOMPARE(told["toolExecutionNotifications"].size(), std::size_t(1));
    const std::string sentence = told["toolExecutionNotifications"][0]["message"]["text"].get<std::string>();
    QVERIFY2(sentence.find("missing.json") != std::string::npos, sentence.c_str());
    const Outcome nowhere = cli(words("validate --format sarif %1 --workspace %2", {policy(), at("none.signalbox")}));
    QCOMPARE(nowhere.status, 3);
    QVERIFY(!json::parse(nowhere.out.toStdString())["runs"][0]["invocations"][0]["executionSuccessful"].get<bool>());
}

void CliTest::validateAsksTheWorkspaceForEvidence()
{
    json gated = json::parse(contents(policy()).toStdString());
    gated["release_gates"] = json::array(
        {{{"id", "cheap"}, {"dataset", "harbour"}, {"metric", "cost_per_request_usd"}, {"at_most", 0.01}}});
    writeTo(at("gated.json"), QByteArray::fromStdString(gated.dump(2)));
    const QString w = at("w.signalbox");
    QCOMPARE(cli(words("validate %1", {at("gated.json")})).status, 0);
    QCOMPARE(cli(words("validate %1 --workspace %2", {at("gated.json"), w})).status, 3); // it is not created
    QVERIFY(!QFile::exists(w));
    QCOMPARE(cli(words("import prompts %1 --workspace %2 --dataset harbor", {prompts(), w})).status, 0);
    const Outcome unknown = cli(words("validate %1 --workspace %2", {at("gated.json"), w}));
    QCOMPARE(unknown.status, 0);
    QVERIFY2(unknown.out.contains("SB1501 /release_gates/cheap/dataset") &&
                 unknown.out.contains("Did you mean \"harbor\"?"),
             unknown.out.constData());
    QCOMPARE(cli(words("validate --strict %1 --workspace %2", {at("gated.json"), w})).status, 1);

    gated["release_gates"][0]["dataset"] = "harbor";
    writeTo(at("gated.json"), QByteArray::fromStdString(gated.dump(2)));
    const Outcome unproved = cli(words("validate %1 --workspace %2", {at("gated.json"), w}));
    QVERIFY2(unproved.out.contains("SB1502 /release_gates/cheap/dataset"), unproved.out.constData());
    QCOMPARE(cli(words("run --policy %1 --dataset harbor --workspace %2 --scenario %3 --concurrency 32",
                       {at("gated.json"), w, zeroLatency()}))
                 .status,
             0);
    const Outcome proved = cli(words("validate --strict %1 --workspace %2", {at("gated.json"), w}));
    QVERIFY2(proved.status == 0 && !proved.out.contains("SB150"), proved.out.constData());
}

void CliTest::checkCallsDamageAProblem()
{
    const QString w = at("w.signalbox");
    QCOMPARE(cli(words("import prompts %1 --workspace %2 --dataset d", {prompts(), w})).status, 0);
    QCOMPARE(cli(words("check --workspace %1", {w})).status, 0);
    QFile file(w);
    QVERIFY(file.resize(file.size() / 2 / 4096 * 4096));
    const Outcome out = cli(words("check --json --workspace %1", {w}));
    QCOMPARE(out.status, 1);
    const json said = json::parse(out.out.toStdString());
    QCOMPARE(said["ok"].get<bool>(), false);
    QCOMPARE(said["problems"][0]["code"].get<std::string>(), std::string("check.integrity"));
    QVERIFY(cli(words("check --workspace %1", {w})).out.contains("damaged"));
}

void CliTest::namesThatAreNoTextAreRefused()
{
    // QProcess hands over text only: the byte comes from a shell.
    QProcess shell;
    const QString line = QStringLiteral("exec \"$0\" import prompts \"$1\" --workspace \"$2\" --json --dataset \"$(printf 'a\\377')\"");
    shell.start(QStringLiteral("sh"), {QStringLiteral("-c"), line, cliPath(), prompts(), at("w.signalbox")});
    QVERIFY(shell.waitForFinished(60'000));
    QCOMPARE(shell.exitStatus(), QProcess::NormalExit);
    QCOMPARE(shell.exitCode(), 2);
    QVERIFY(!QFile::exists(at("w.signalbox")));
}

void CliTest::outsideFailuresAreStatusThree()
{
    writeTo(at("text.signalbox"), "this is no workspace, it is a text that is long enough to have a header of a hundred bytes if anybody looked for one\n");
    const Outcome notOne = cli(words("datasets --workspace %1", {at("text.signalbox")}));
    QCOMPARE(notOne.status, 3);
    QCOMPARE(notOne.err.count('\n'), 1); // one message
    QCOMPARE(cli(words("check --workspace %1", {at("missing.signalbox")})).status, 3);
    QVERIFY(!QFile::exists(at("missing.signalbox"))); // reading never creates
    const Outcome noDataset = cli(words("run --policy %1 --dataset nope --workspace %2", {policy(), at("w.signalbox")}));
    QCOMPARE(noDataset.status, 3);
    QVERIFY2(noDataset.err.contains("nope"), noDataset.err.constData());
}

void CliTest::loadJudgesTheObjectives()
{
    const QStringList many = words("--concurrency 16 --requests 150 --scenario %1", {zeroLatency()});
    const Outcome met = cli(words("load --json --policy %1", {policy()}) + many);
    QVERIFY2(met.status == 0, met.err.constData());
    const json out = json::parse(met.out.toStdString());
    QCOMPARE(out["started"].get<int>(), 150);
    QCOMPARE(out["verdict"].get<std::string>(), std::string("met"));
    QCOMPARE(out["depth"]["worst_case"].get<int>(), 3);
    QVERIFY(out["simulated"].get<bool>());
    QVERIFY(out["latency_ms"]["p95"]["ci"][1].is_number());

    const Outcome few = cli(words("load --policy %1 --concurrency 4 --requests 20 --scenario %2", {policy(), zeroLatency()}));
    QCOMPARE(few.status, 1);
    QVERIFY2(few.out.contains("SLO: not enough requests to tell"), few.out.constData());

    QByteArray strict = contents(policy());
    strict.replace("\"p95_latency_ms\": 4000", "\"p95_latency_ms\": 1");
    writeTo(at("strict.json"), strict);
    const Outcome missed = cli(words("load --worst-case --policy %1", {at("strict.json")}) + many);
    QCOMPARE(missed.status, 1);
    QVERIFY2(missed.out.contains("SLO: missed"), missed.out.constData());
    QVERIFY2(missed.out.contains("deepest way taken: 3 hops"), missed.out.constData());
    QVERIFY(missed.out.contains("####") && missed.out.contains("Sandbox: "));
}

void CliTest::loadIsNoFailureOfItsOwnLimit()
{
    const QStringList limited = words("load --policy %1 --concurrency 16 --requests 100000 --max-cost 0.05 --scenario %2", {policy(), zeroLatency()});
    const Outcome told = cli(limited + words("--json"));
    const json out = json::parse(told.out.toStdString());
    QVERIFY2(out["stopped_early"].is_string(), told.err.constData());
    QCOMPARE(out["latency_ms"]["never"].get<int>(), 0);
    QCOMPARE(out["left_out"].get<int>(), out["unfinished"].get<int>());
    QVERIFY(out["verdict"].get<std::string>() != "missed");
    const Outcome shown = cli(limited);
    QVERIFY2(shown.out.contains("cut off by the test") && !shown.out.contains("SLO: missed"), shown.out.constData());
}

void CliTest::loadReplaysRecordedArrivals()
{
    QByteArray csv = "TIMESTAMP,ContextTokens,GeneratedTokens\n";
    for (int i = 0; i < 100; ++i)
        csv += "2023-11-16 18:17:0" + QByteArray::number(i / 20) + "." + QByteArray::number(100 + i % 20) + "," + QByteArray::number(200 + i) + ",60\n";
    writeTo(at("arrivals.csv"), csv);
    const Outcome all = cli(words("load --json --policy %1 --arrivals %2 --speed 20 --scenario %3", {policy(), at("arrivals.csv"), zeroLatency()}));
    QVERIFY2(all.status == 0, all.err.constData());
    const json out = json::parse(all.out.toStdString());
    QCOMPARE(out["started"].get<int>(), 100);
    QVERIFY(out["seconds"].get<double>() > 0.2); // 4 s at 20 times their speed
    const Outcome some = cli(words("load --json --policy %1 --arrivals %2 --requests 7 --scenario %3", {policy(), at("arrivals.csv"), zeroLatency()}));
    QCOMPARE(json::parse(some.out.toStdString())["started"].get<int>(), 7);

    writeTo(at("broken.csv"), csv + "yesterday,1,1\n");
    const Outcome broken = cli(words("load --policy %1 --arrivals %2", {policy(), at("broken.csv")}));
    QCOMPARE(broken.status, 3);
    QVERIFY2(broken.err.contains("broken.csv, line 102"), broken.err.constData());
    QCOMPARE(cli(words("load --policy %1 --arrivals %2", {policy(), at("none.csv")})).status, 3);
}

void CliTest::loadWithWrongUsageIsStatusTwo()
{
    QCOMPARE(cli(words("load --policy %1", {policy()})).status, 2);
    QCOMPARE(cli(words("load --policy %1 --concurrency 0", {policy()})).status, 2);
    QCOMPARE(cli(words("load --policy %1 --concurrency 2 --rate 3", {policy()})).status, 2);
    QCOMPARE(cli(words("load --policy %1 --concurrency 2 --speed 3", {policy()})).status, 2);
}

QTEST_GUILESS_MAIN(CliTest)
#include "tst_cli.moc"
