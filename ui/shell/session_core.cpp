// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/session_core.h"

#include "exchange/documents.h"
#include "exchange/prompts.h"
#include "sandbox/fault_client.h"
#include "ui/theme/text.h"

#include <QFile>

#include <algorithm>

namespace signalbox {

std::string embeddedText(const char* resource)
{
    QFile file(QString::fromLatin1(resource));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

Result<std::shared_ptr<Session::Core>> Session::Core::bringUp(const std::string& path, bool createWithSample)
{
    auto core = std::make_shared<Core>();
    auto opened = Workspace::open(path, createWithSample ? OpenMode::OpenOrCreate : OpenMode::ReadWrite);
    if (!opened && opened.error().code == "workspace.read_only" && QFile::exists(qs(path))) {
        const std::string why = opened.error().message;
        opened = Workspace::open(path, OpenMode::ReadOnly);
        core->notice = why;
    }
    if (!opened)
        return tl::unexpected<Error>(opened.error());
    core->workspace = std::move(*opened);
    if (createWithSample && core->notice.empty()) {
        if (auto done = core->addSample(); !done)
            return tl::unexpected<Error>(done.error());
    }
    if (auto done = core->loadPolicy(); !done)
        return tl::unexpected<Error>(done.error());
    if (auto done = core->startEngine(); !done)
        return tl::unexpected<Error>(done.error());
    return core;
}

Result<> Session::Core::addSample()
{
    auto reader = workspace->reader();
    if (!reader)
        return tl::unexpected<Error>(reader.error());
    auto datasets = (*reader)->datasets();
    if (!datasets)
        return tl::unexpected<Error>(datasets.error());
    auto versions = (*reader)->policyVersions();
    if (!versions)
        return tl::unexpected<Error>(versions.error());
    const auto isSample = [](const DatasetInfo& info) { return info.name == kSampleDataset; };
    const bool fresh = datasets->empty() && versions->empty();
    if (!fresh && std::any_of(datasets->begin(), datasets->end(), isSample))
        return {};
    if (!fresh)
        return {}; // somebody's own workspace: it is left as it is

    if (auto saved = workspace->savePolicy(*readPolicy(embeddedText(kSamplePolicy)), "Signalbox",
                                           "Harbor Support, the sample");
        !saved)
        return tl::unexpected<Error>(saved.error());
    const PromptImport prompts =
        parsePrompts(embeddedText(":/signalbox/samples/harbor-support/prompts.jsonl"), "prompts.jsonl");
    if (!prompts.prompts.empty()) {
        if (auto done = workspace->importPrompts(kSampleDataset, prompts.prompts,
                                                 "Harbor Support, a designed sample");
            !done)
            return tl::unexpected<Error>(done.error());
    }
    const DocumentImport articles =
        parseDocuments(embeddedText(":/signalbox/samples/harbor-support/articles.jsonl"));
    if (!articles.documents.empty()) {
        if (auto done = workspace->importDocuments(articles.documents); !done)
            return tl::unexpected<Error>(done.error());
    }
    return workspace->setMeta("sample.version", "1");
}

Result<> Session::Core::loadPolicy()
{
    auto reader = workspace->reader();
    if (!reader)
        return tl::unexpected<Error>(reader.error());
    auto versions = (*reader)->policyVersions();
    if (!versions)
        return tl::unexpected<Error>(versions.error());
    if (!versions->empty()) {
        policy = readPolicy(versions->front().text);
        policyVersion = versions->front().version;
    }
    auto found = (*reader)->documents();
    if (!found)
        return tl::unexpected<Error>(found.error());
    if (!found->empty()) {
        auto index = FtsIndex::build(*found);
        if (!index)
            return tl::unexpected<Error>(index.error());
        documents = std::move(*index);
    }
    return {};
}

Result<> Session::Core::startEngine()
{
    // The fault lab's faults are there, and off.
    auto scenario = withFaultsOf({}, embeddedText(kFaultLab));
    if (!scenario)
        return tl::unexpected<Error>(scenario.error());
    SandboxOptions options;
    options.scenarioJson = std::move(*scenario);
    auto started = Sandbox::start(options);
    if (!started)
        return tl::unexpected<Error>(started.error());
    sandbox = std::move(*started);
    transport = std::make_unique<Transport>();
    EngineConfig config;
    config.sandboxBaseUrl = sandbox->baseUrl();
    const auto reader = workspace->reader();
    if (!reader)
        return tl::unexpected<Error>(reader.error());
    auto answers = (*reader)->cachedAnswers();
    if (!answers)
        return tl::unexpected<Error>(answers.error());
    config.answers = std::move(*answers); // the cache outlives a restart
    auto vectors = (*reader)->passageVectors();
    if (!vectors)
        return tl::unexpected<Error>(vectors.error());
    config.passageVectors = std::move(*vectors);
    engine = std::make_unique<CascadeEngine>(*transport, *workspace, secrets, documents.get(), config);
    // … and so do hourly budgets, which are shared with whoever else runs under this workspace
    auto watch = SpendingWatch::start(*workspace, [to = engine.get()](std::vector<SpentEarlier> spent) {
        to->spentElsewhere(std::move(spent));
    });
    if (!watch)
        return tl::unexpected<Error>(watch.error());
    spending = std::move(*watch);
    return {};
}

} // namespace signalbox
