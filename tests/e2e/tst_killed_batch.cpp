// SPDX-License-Identifier: GPL-3.0-or-later
// Two thousand prompts on a bad day, the process killed three times in the middle of it: nothing is lost,
// nothing is done twice, and another program counts the same costs from the server's own log.
#include "support/command_line.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <csignal>
#include <set>

using nlohmann::json;
using namespace signalbox::testing;

namespace {

constexpr int kPrompts = 2000;

/// The sandbox on a port of its own; it outlives the clients that are killed.
class SandboxProcess
{
public:
    bool start(const QString& scenario, const QString& log)
    {
        m_process.start(cliPath(), words("sandbox --scenario %1 --log %2", {scenario, log}));
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(30'000))
                return false;
        }
        m_url = QString::fromLatin1(m_process.readLine().trimmed());
        return true;
    }
    /// Its log is complete afterwards.
    bool stop()
    {
        m_process.terminate();
        return m_process.waitForFinished(30'000);
    }
    ~SandboxProcess() { stop(); }
    std::string url() const { return m_url.toStdString(); }

private:
    QProcess m_process;
    QString m_url;
};

} // namespace

class KilledBatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsLostOrDoneTwice();
    void eachLostCallIsChargedOnce_data();
    void eachLostCallIsChargedOnce();
    void ctrlCLeavesNothingOpen();

private:
    QString at(const char* name) const { return m_dir.filePath(QString::fromLatin1(name)); }
    void writePolicy(const std::string& url);
    void writePrompts();
    QTemporaryDir m_dir;
};

void KilledBatchTest::writePolicy(const std::string& url)
{
    json policy = json::parse(contents(source("resources/samples/harbor-support.policy.json")).toStdString());
    for (json& endpoint : policy["endpoints"])
        endpoint["base_url"] = url + "/v1";
    for (json& model : policy["models"])
        model["price"]["cache_write_per_mtok"] = model["price"]["input_per_mtok"].get<double>() * 1.25;
    for (json& tier : policy["tiers"])
        tier["budget"]["deadline_ms"] = 3000; // short for a server that has fallen silent, long for one on a slow machine
    writeTo(at("p.json"), QByteArray::fromStdString(policy.dump()));
}

void KilledBatchTest::writePrompts()
{
    const std::vector<json> samples =
        lines(contents(source("resources/samples/harbor-support/prompts.jsonl")));
    std::string all;
    for (int i = 0; i < kPrompts; ++i) {
        json prompt = samples[static_cast<std::size_t>(i) % samples.size()];
        prompt["id"] = "case-" + std::to_string(i);
        prompt["prompt"] = prompt["prompt"].get<std::string>() + " Case " + std::to_string(i) + ".";
        all += prompt.dump() + "\n";
    }
    writeTo(at("prompts.jsonl"), QByteArray::fromStdString(all));
}

void KilledBatchTest::nothingIsLostOrDoneTwice()
{
    SandboxProcess sandbox;
    QVERIFY(sandbox.start(source("resources/scenarios/mixed-faults.json"), at("log.jsonl")));
    writePolicy(sandbox.url());
    writePrompts();
    const QString w = at("w.signalbox");
    const QString articles = source("resources/samples/harbor-support/articles.jsonl");
    QCOMPARE(cli(words("import documents %1 --workspace %2", {articles, w})).status, 0);

    const QStringList run =
        words("run --policy %1 --prompts %2 --workspace %3 --concurrency 64 --resume --json",
              {at("p.json"), at("prompts.jsonl"), w});
    for (const int atLeast : {250, 500, 400}) {
        QProcess process;
        process.start(cliPath(), run);
        QByteArray shown;
        while (shown.count('\n') < atLeast) {
            QVERIFY2(process.waitForReadyRead(60'000), process.readAllStandardError().constData());
            shown += process.readAllStandardOutput();
        }
        ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
        process.waitForFinished();
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
    }
    // What was asked for and not recorded is known before anybody goes on.
    const json interrupted = json::parse(cli(words("check --json --workspace %1", {w})).out.toStdString());
    QVERIFY(interrupted["ok"].get<bool>());
    QVERIFY2(interrupted["unrecorded_calls"]["count"].get<int>() > 0, interrupted.dump().c_str());
    const Outcome rest = cli(run);
    QVERIFY2(rest.status == 0, rest.err.constData());
    QVERIFY2(rest.err.contains("never recorded are charged"), rest.err.constData());
    QVERIFY(sandbox.stop());

    const Outcome checked = cli(words("check --json --workspace %1", {w}));
    QVERIFY2(checked.status == 0, checked.out.constData());
    QCOMPARE(json::parse(checked.out.toStdString())["unrecorded_calls"]["count"].get<int>(), 0);
    const Outcome printed = cli(words("traces --workspace %1", {w}));
    QCOMPARE(printed.status, 0);
    writeTo(at("traces.jsonl"), printed.out);
    std::set<std::string> ids;
    int lost = 0;
    int answered = 0;
    for (const json& trace : lines(printed.out)) {
        QVERIFY2(ids.insert(trace["id"].get<std::string>()).second, trace.dump().c_str());
        QVERIFY2(!trace["reasons"].empty(), trace.dump().c_str());
        answered += trace["status"] == "answered";
        for (const json& charge : trace["charges"])
            lost += charge["kind"] == "lost";
    }
    QCOMPARE(static_cast<int>(ids.size()), kPrompts);
    QVERIFY2(lost > 0, "somebody was in the middle of a call when the process was killed");
    QVERIFY2(answered > kPrompts * 3 / 4, std::to_string(answered).c_str());
    std::set<std::string> faults;
    int writes = 0;
    for (const json& entry : lines(contents(at("log.jsonl")))) {
        writes += entry["cache_write_tokens"].get<int>() > 0;
        if (entry["fault"].is_string())
            faults.insert(entry["fault"].get<std::string>());
    }
    QVERIFY2(faults.size() >= 25, std::to_string(faults.size()).c_str());
    QVERIFY2(writes > 100, std::to_string(writes).c_str());

    QProcess recount;
    recount.start(
        QStringLiteral("python3"),
        words("%1 --log %2 --policy %3 --traces %4 --expect 2000 --quiet",
              {source("tests/support/recount.py"), at("log.jsonl"), at("p.json"), at("traces.jsonl")}));
    QVERIFY(recount.waitForFinished(60'000));
    const QByteArray said = recount.readAllStandardOutput() + recount.readAllStandardError();
    QVERIFY2(recount.exitCode() == 0, said.constData());
    qInfo("%s", said.constData());
    QVERIFY2(said.contains("agrees to the nano-dollar"), said.constData());
}

void KilledBatchTest::eachLostCallIsChargedOnce_data()
{
    QTest::addColumn<bool>("plainRunFirst");
    QTest::newRow("by two that go on at the same time") << false;
    QTest::newRow("by two that go on after a run that did not") << true;
}

void KilledBatchTest::eachLostCallIsChargedOnce()
{
    QFETCH(bool, plainRunFirst);
    const QString w = at(plainRunFirst ? "plain.signalbox" : "two.signalbox");
    const QString policy = source("resources/samples/harbor-support.policy.json");
    const QString prompts = source("resources/samples/harbor-support/prompts.jsonl");
    const QStringList run = words("run --policy %1 --prompts %2 --workspace %3 --concurrency 64 --json",
                                  {policy, prompts, w});
    QProcess killed;
    killed.start(cliPath(), run);
    QByteArray shown;
    while (shown.count('\n') < 20) {
        QVERIFY(killed.waitForReadyRead(60'000));
        shown += killed.readAllStandardOutput();
    }
    ::kill(static_cast<pid_t>(killed.processId()), SIGKILL);
    QVERIFY(killed.waitForFinished(30'000));
    const auto unrecorded = [&] {
        const Outcome checked = cli(words("check --json --workspace %1", {w}));
        const json said = json::parse(checked.out.toStdString());
        return said["ok"].get<bool>() ? said["unrecorded_calls"]["count"].get<int>() : -1;
    };
    const int lost = unrecorded();
    QVERIFY(lost > 0);
    const QStringList fast = words("--scenario %1", {source("resources/scenarios/zero-latency.json")});
    if (plainRunFirst) {
        QCOMPARE(cli(run + fast).status, 0);
        QCOMPARE(unrecorded(), lost);
    }
    QProcess both[2];
    for (QProcess& one : both)
        one.start(cliPath(), run + fast + words("--resume"));
    for (QProcess& one : both) {
        one.readAllStandardOutput();
        QVERIFY(one.waitForFinished(120'000));
        QCOMPARE(one.exitCode(), 0);
    }
    QCOMPARE(unrecorded(), 0);
    std::multiset<std::string> charged;
    for (const json& trace : lines(cli(words("traces --workspace %1", {w})).out)) {
        for (const json& charge : trace["charges"]) {
            if (charge["kind"] == "lost")
                charged.insert(charge["request_id"].get<std::string>());
        }
    }
    QCOMPARE(static_cast<int>(charged.size()), lost);
    QCOMPARE(std::set<std::string>(charged.begin(), charged.end()).size(), charged.size());
}

void KilledBatchTest::ctrlCLeavesNothingOpen()
{
    const QString w = at("stopped.signalbox");
    const QString policy = source("resources/samples/harbor-support.policy.json");
    const QString prompts = source("resources/samples/harbor-support/prompts.jsonl");
    QProcess process;
    process.start(cliPath(), words("run --policy %1 --prompts %2 --workspace %3 --concurrency 16 --json", {policy, prompts, w}));
    QByteArray shown;
    while (shown.count('\n') < 20) {
        QVERIFY(process.waitForReadyRead(60'000));
        shown += process.readAllStandardOutput();
    }
    process.terminate();
    QVERIFY(process.waitForFinished(30'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 3); // it did not do all that it was asked to
    shown += process.readAllStandardOutput();
    int cancelled = 0;
    for (const json& trace : lines(shown))
        cancelled += trace["status"] == "cancelled";
    QVERIFY(cancelled > 0);
    const json checked = json::parse(cli(words("check --json --workspace %1", {w})).out.toStdString());
    QVERIFY(checked["ok"].get<bool>());
    QCOMPARE(checked["unrecorded_calls"]["count"].get<int>(), 0);
    QCOMPARE(lines(cli(words("traces --workspace %1", {w})).out).size(), lines(shown).size());
    QCOMPARE(QDir(QFileInfo(w).path()).entryList({QStringLiteral("stopped.signalbox-calls-*")}).size(), 0);

    const QString fast = source("resources/scenarios/zero-latency.json");
    QCOMPARE(cli(words("run --policy %1 --prompts %2 --workspace %3 --resume --scenario %4", {policy, prompts, w, fast})).status, 0);
    std::set<std::string> done;
    for (const json& trace : lines(cli(words("traces --workspace %1", {w})).out)) {
        if (trace["status"] != "cancelled")
            QVERIFY(done.insert(trace["id"].get<std::string>()).second);
    }
    QCOMPARE(done.size(), std::size_t{320});
}

QTEST_GUILESS_MAIN(KilledBatchTest)
#include "tst_killed_batch.moc"
