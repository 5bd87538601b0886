// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A session on a small workspace whose models are a sandbox of the test's own: real HTTP on loopback, real
// cascade, real SQLite file, and no waiting but where the scenario asks for it.

#include "exchange/prompts.h"
#include "policy/document.h"
#include "sandbox/sandbox.h"
#include "ui/shell/session.h"
#include "ui/shell/translations.h"
#include "ui/theme/theme.h"
#include "workspace/workspace.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>
#include <string>

namespace signalbox::testing {

inline std::string scenarioWith(const std::string& timeScale, const std::string& pace,
                                const std::string& faults)
{
    const auto model = [&pace](const char* name, const char* skill) {
        return std::string("\"") + name + R"(": {"ttft_ms": 40, "tokens_per_second": )" + pace +
               R"(, "skill": )" + skill + R"(, "verbosity_tokens": 60})";
    };
    return R"({"name": "test", "time_scale": )" + timeScale + R"(, "models": {)" +
           model("support-3b-ft", "[0.8, 0.4, 0.2]") + ", " + model("mid-mini", "[0.95, 0.8, 0.6]") + ", " +
           model("frontier", "[0.99, 0.95, 0.9]") + ", " + model("judge-mini", "[1, 1, 1]") +
           R"(}, "judge": {"error_rate": 0.0, "max_error": 2.0}, "faults": [)" + faults + "]}";
}

inline const std::string kInstant = scenarioWith("0", "1000", "");
inline const std::string kSlow = scenarioWith("1", "12", "");     // seconds for an answer
inline const std::string kSlowish = scenarioWith("1", "600", ""); // about a quarter of a second
inline const std::string kRateLimited =
    scenarioWith("0", "1000", R"({"model": "support-3b-ft", "kind": "status", "status": 429, "first": 1})");

inline std::string fileText(const QString& relative)
{
    QFile file(qEnvironmentVariable("SIGNALBOX_SOURCE_DIR") + QLatin1Char('/') + relative);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    return file.readAll().toStdString();
}

/// The sample policy, with its endpoints at `baseUrl`.
inline std::string benchPolicy(const std::string& baseUrl)
{
    QByteArray text =
        QByteArray::fromStdString(fileText(QStringLiteral("resources/samples/harbor-support.policy.json")));
    text.replace("sandbox://local", QByteArray::fromStdString(baseUrl));
    return text.toStdString();
}

struct Bench
{
    Bench(const std::string& scenario, int prompts, const QLocale& language = QLocale::c())
    {
        installTranslations(language);
        SandboxOptions options;
        options.scenarioJson = scenario;
        auto started = Sandbox::start(options);
        if (!started)
            qFatal("%s", started.error().message.c_str());
        sandbox = std::move(*started);
        {
            auto workspace = Workspace::open(path().toStdString(), OpenMode::OpenOrCreate);
            if (!workspace)
                qFatal("%s", workspace.error().message.c_str());
            const PolicyDocumentPtr document = readPolicy(benchPolicy(sandbox->baseUrl()));
            if (!document->runnable() || !(*workspace)->savePolicy(*document, "test", ""))
                qFatal("the policy of the test is broken");
            auto all = parsePrompts(
                fileText(QStringLiteral("resources/samples/harbor-support/prompts.jsonl")), "prompts.jsonl");
            all.prompts.resize(std::min<std::size_t>(all.prompts.size(), static_cast<std::size_t>(prompts)));
            if (!all.prompts.empty() && !(*workspace)->importPrompts("few", all.prompts, "test"))
                qFatal("cannot import the prompts");
        }
        session.openWorkspace(path(), false);
        const bool open =
            QTest::qWaitFor([this] { return session.isOpen() && session.runs().isReady(); }, 10000);
        const bool read =
            QTest::qWaitFor([this, prompts] { return prompts == 0 || !session.datasets().empty(); }, 10000);
        if (!open || !read)
            qFatal("the session did not open");
    }
    QString path() const { return directory.filePath(QStringLiteral("test.signalbox")); }

    QTemporaryDir directory;
    std::unique_ptr<Sandbox> sandbox;
    Session session;
};

} // namespace signalbox::testing
