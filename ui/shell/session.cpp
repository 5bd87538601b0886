// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/session.h"

#include "exchange/policy_export.h"
#include "exchange/prompts.h"
#include "routers/run_support.h"
#include "ui/shell/batch_rest.h"
#include "ui/shell/session_core.h"
#include "ui/theme/text.h"
#include "ui/versions/change_text.h"
#include "workspace/author.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QStandardPaths>
#include <QThreadPool>
#include <QTimer>

namespace signalbox {

Session::Session(QObject* parent)
    : QObject(parent), m_policy(new PolicyEditor(this)), m_runs(new LiveRuns(this)), m_store(new Store(this)),
      m_faults(new SandboxFaults(this)), m_datasetsTimer(new QTimer(this))
{
    // Something to draw before the workspace is open.
    m_policy->load(readPolicy(embeddedText(kSamplePolicy)), 0);
    m_datasetsTimer->setSingleShot(true);
    m_datasetsTimer->setInterval(1000);
    connect(m_datasetsTimer, &QTimer::timeout, this, &Session::refreshDatasets);
    connect(m_runs, &LiveRuns::tracesCommitted, this, &Session::tracesChanged);
    connect(m_runs, &LiveRuns::tracesCommitted, this, [this] {
        if (!m_datasetsTimer->isActive())
            m_datasetsTimer->start();
    });
    connect(m_runs, &LiveRuns::batchFinished, this, &Session::refreshDatasets);
    connect(m_policy, &PolicyEditor::documentChanged, this,
            [this] { m_faults->setPolicy(m_policy->document()->policy); });
    connect(m_faults, &SandboxFaults::failed, this, &Session::report);
}

Session::~Session()
{
    m_runs->setEngine(nullptr);
    m_faults->setTransport(nullptr, {});
    m_store->setWorkspace(nullptr);
}

QString Session::defaultWorkspacePath()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
        .filePath(QStringLiteral("harbor.signalbox"));
}

void Session::setOpening(bool opening)
{
    if (m_opening == opening)
        return;
    m_opening = opening;
    Q_EMIT openingChanged(opening);
}

void Session::openWorkspace(const QString& path, bool createWithSample)
{
    const quint64 ticket = m_openAsked.next();
    setOpening(true);
    const QString absolute = QFileInfo(path).absoluteFilePath();
    const QPointer<Session> self(this);
    QThreadPool::globalInstance()->start([self, ticket, absolute, createWithSample] {
        if (createWithSample)
            QDir().mkpath(QFileInfo(absolute).absolutePath()); // when it cannot be made, opening says so
        auto result =
            std::make_shared<Result<std::shared_ptr<Core>>>(Core::bringUp(ss(absolute), createWithSample));
        QMetaObject::invokeMethod(
            qApp,
            [self, ticket, result] {
                if (!self || !self->m_openAsked.isCurrent(ticket))
                    return;
                self->setOpening(false);
                if (*result)
                    self->adopt(std::move(**result));
                else
                    self->report(result->error());
            },
            Qt::QueuedConnection);
    });
}

void Session::adopt(std::shared_ptr<Core> core)
{
    m_runs->setEngine(nullptr);
    m_faults->setTransport(nullptr, {});
    m_store->setWorkspace(nullptr);
    m_core = std::move(core); // the one before goes down here
    m_store->setWorkspace(m_core->workspace);
    m_runs->setEngine(m_core->engine.get());
    m_faults->setTransport(m_core->transport.get(), m_core->sandbox->baseUrl());
    m_datasets.clear();
    if (m_core->policy)
        m_policy->load(m_core->policy, m_core->policyVersion);
    else
        m_policy->load(readPolicy(embeddedText(kSamplePolicy)), 0);
    Q_EMIT workspaceChanged();
    Q_EMIT engineReady();
    Q_EMIT tracesChanged();
    refreshDatasets();
    if (!m_core->notice.empty())
        Q_EMIT errorOccurred(tr("Opened for reading only"), qs(m_core->notice));
}

void Session::closeWorkspace()
{
    m_openAsked.next();
    setOpening(false);
    m_runs->setEngine(nullptr);
    m_faults->setTransport(nullptr, {});
    m_store->setWorkspace(nullptr);
    m_core.reset();
    m_datasets.clear();
    Q_EMIT workspaceChanged();
    Q_EMIT datasetsChanged();
}

QString Session::workspacePath() const
{
    return m_core ? qs(m_core->workspace->path()) : QString();
}

QString Session::workspaceName() const
{
    return m_core ? QFileInfo(workspacePath()).fileName() : QString();
}

int Session::writesQueued() const
{
    return m_core ? m_core->workspace->writesQueued() : 0;
}

void Session::refreshDatasets()
{
    if (!isOpen())
        return;
    const quint64 ticket = m_datasetsAsked.next();
    m_store->read(
        this, [](WorkspaceReader& reader) { return reader.datasets(); },
        [this, ticket](Result<std::vector<DatasetInfo>> found) {
            if (!m_datasetsAsked.isCurrent(ticket))
                return;
            if (!found) {
                report(found.error());
                return;
            }
            m_datasets = std::move(*found);
            Q_EMIT datasetsChanged();
        });
}

const DatasetInfo* Session::dataset(const QString& name) const
{
    for (const DatasetInfo& info : m_datasets) {
        if (qs(info.name) == name)
            return &info;
    }
    return nullptr;
}

Result<RunId> Session::startRun(Request request, RunOptions options)
{
    return startRun(m_policy->compiled(), std::move(request), std::move(options));
}

Result<RunId> Session::startRun(CompiledPolicyPtr policy, Request request, RunOptions options)
{
    if (!policy)
        return fail("policy.has_errors",
                    "The policy has errors and cannot be run; mend what the problems list names first.");
    return m_runs->start(std::move(policy), std::move(request), std::move(options));
}

Result<> Session::startBatch(const QString& dataset, TraceMode mode, int concurrency, BatchPart part)
{
    const PolicyDocumentPtr document = m_policy->document();
    if (!document->runnable())
        return fail("policy.has_errors",
                    "The policy has errors and cannot be run; mend what the problems list names first.");
    if (const Result<> may = mayRun(*document->policy); !may)
        return may;
    if (!m_runs->isReady())
        return fail("session.not_ready", "The engine is not up yet; wait until the workspace is open.");
    if (m_runs->isBatchRunning())
        return fail("batch.running", "A batch is running already; stop it first, or wait until it is done.");
    m_policy->whenCompiled(this, [this, dataset, mode, concurrency, part](CompiledPolicyPtr policy) {
        startBatch(std::move(policy), dataset, mode, concurrency, part);
    });
    return {};
}

void Session::startBatch(CompiledPolicyPtr policy, const QString& dataset, TraceMode mode, int concurrency,
                         BatchPart part)
{
    const std::string hash = policy->policy().contentHash; // before the policy moves on
    m_store->read(
        this,
        [workspace = m_core->workspace, name = ss(dataset), hash, mode,
         part](WorkspaceReader& reader) -> Result<BatchRest> {
            if (part == BatchPart::Left)
                return batchRest(*workspace, reader, name, hash, mode);
            auto all = reader.prompts(name);
            if (!all)
                return tl::unexpected<Error>(all.error());
            return BatchRest{std::move(*all), nullptr};
        },
        [this, part, policy = std::move(policy), dataset, mode,
         concurrency](Result<BatchRest> rest) {
            if (!rest) {
                report(rest.error());
                return;
            }
            if (rest->prompts.empty() && part == BatchPart::Left) {
                say(tr("Nothing of %1 is left to run").arg(dataset));
                return;
            }
            if (rest->prompts.empty()) {
                report({"dataset.empty", "The dataset holds no prompts; import some first.", ss(dataset)});
                return;
            }
            std::vector<Request> requests;
            requests.reserve(rest->prompts.size());
            for (DatasetPrompt& prompt : rest->prompts)
                requests.push_back(std::move(prompt.request));
            RunOptions options;
            options.mode = mode;
            options.dataset = ss(dataset);
            options.lostCalls = rest->lostCalls;
            if (auto started = m_runs->startBatch(policy, std::move(requests), options, concurrency);
                !started)
                report(started.error());
        });
}

QString Session::automaticVersionMessage() const
{
    return automaticMessage(m_policy->version() > 0 ? m_policy->savedDocument().get() : nullptr,
                            *m_policy->document());
}

Result<int> Session::saveVersion(const QString& message)
{
    if (!m_core)
        return fail("workspace.none", "No workspace is open; open or create one first.");
    const PolicyDocument& document = *m_policy->document();
    const PolicyDocument& saved = *m_policy->savedDocument();
    VersionSave save;
    save.author = authorFromEnvironment();
    save.message = ss(message.isEmpty() ? automaticVersionMessage() : message);
    if (m_policy->version() > 0 && saved.policy) {
        save.parent = m_policy->version();
        save.parentName = saved.policy->name;
        // Another layout is kept as well: nothing that was typed is lost.
        save.evenIfSame = !message.isEmpty() || document.text != saved.text;
    }
    auto version = m_core->workspace->saveVersion(document, save);
    if (version) {
        m_policy->setSaved(*version);
        Q_EMIT versionsChanged();
    }
    return version;
}

void Session::restoreVersion(const QString& name, int version)
{
    if (!m_core)
        return;
    struct Restored
    {
        int version = 0;
        PolicyDocumentPtr document;
    };
    const auto work = [workspace = m_core->workspace, name = ss(name), version,
                       message = ss(tr("Restored v%1").arg(version))]() -> Result<Restored> {
        auto fresh = workspace->restoreVersion(name, version, authorFromEnvironment(), message);
        if (!fresh)
            return tl::unexpected<Error>(fresh.error());
        auto reader = workspace->reader();
        if (!reader)
            return tl::unexpected<Error>(reader.error());
        auto stored = (*reader)->policyByReference(name + "@" + std::to_string(*fresh));
        if (!stored)
            return tl::unexpected<Error>(stored.error());
        return Restored{*fresh, readPolicy(stored->text)};
    };
    m_store->compute(this, work, [this, version](Result<Restored> done) {
        if (!done) {
            report(done.error());
            return;
        }
        const bool open = !m_policy->isModified();
        if (open)
            m_policy->load(done->document, done->version);
        if (done->version == version)
            say(tr("v%1 is the newest version already").arg(version));
        else if (open)
            say(tr("v%1 restored as v%2").arg(version).arg(done->version));
        else
            say(tr("v%1 restored as v%2; the editor keeps its unsaved policy")
                    .arg(version)
                    .arg(done->version));
        Q_EMIT versionsChanged();
    });
}

void Session::setTag(const QString& name, const QString& tag, int version)
{
    if (!m_core)
        return;
    m_store->compute(
        this,
        [workspace = m_core->workspace, name = ss(name), tag = ss(tag), version] {
            return workspace->setTag(name, tag, version, authorFromEnvironment());
        },
        [this, tag, version](Result<> done) {
            if (!done) {
                report(done.error());
                return;
            }
            say(version > 0 ? tr("%1 is now v%2").arg(tag).arg(version) : tr("%1 was taken away").arg(tag));
            Q_EMIT versionsChanged();
        });
}

void Session::openVersion(const QString& name, int version)
{
    m_store->read(
        this,
        [reference =
             ss(name) + "@" + std::to_string(version)](WorkspaceReader& reader) -> Result<PolicyDocumentPtr> {
            auto stored = reader.policyByReference(reference);
            if (!stored)
                return tl::unexpected<Error>(stored.error());
            return readPolicy(stored->text);
        },
        [this, version](Result<PolicyDocumentPtr> document) {
            if (!document) {
                report(document.error());
                return;
            }
            m_policy->load(*document, version);
            goTo(QStringLiteral("policy"));
            Q_EMIT versionsChanged();
        });
}

Result<> Session::openPolicyFile(const QString& path)
{
    auto document = readPolicyFile(ss(path));
    if (!document)
        return tl::unexpected<Error>(document.error());
    m_policy->load(*document, 0, path);
    return {};
}

Result<> Session::savePolicyFile(const QString& path)
{
    if (carriesSecret(*m_policy->document()))
        return fail("policy.literal_key",
                    ss(tr("The policy was not saved.")) + ' ' + secretAdvice(*m_policy->document()),
                    ss(path));
    auto written = writeFileAtomically(ss(path), m_policy->document()->text);
    if (written)
        m_policy->setSavedToFile(path);
    return written;
}

Result<> Session::exportPolicy(const QString& path, bool force)
{
    return exportDocument(*m_policy->document(), m_policy->isModified() ? 0 : m_policy->version(), path,
                          force);
}

Result<> Session::exportDocument(const PolicyDocument& document, int version, const QString& path, bool force)
{
    ExportOptions options;
    options.force = force;
    options.version = version;
    std::unique_ptr<WorkspaceReader> reader;
    if (m_core) {
        auto opened = m_core->workspace->reader();
        if (!opened)
            return tl::unexpected<Error>(opened.error());
        reader = std::move(*opened);
        options.evidence = reader.get();
    }
    auto text = exportSignalboxPolicy(document, options);
    if (!text)
        return tl::unexpected<Error>(text.error());
    return writeFileAtomically(ss(path), *text);
}

void Session::importPrompts(const QString& path, const QString& dataset)
{
    if (!m_core) {
        report({"workspace.none", "No workspace is open; open or create one first.", {}});
        return;
    }
    const auto work = [workspace = m_core->workspace, path, dataset]() -> Result<QString> {
        auto read = readPromptsFile(ss(path));
        if (!read)
            return tl::unexpected<Error>(read.error());
        if (read->prompts.empty())
            return fail(
                "import.nothing",
                "No prompt could be read from the file; each line needs a \"prompt\" or \"messages\".",
                ss(path));
        auto imported = workspace->importPrompts(ss(dataset), read->prompts, ss(path));
        if (!imported)
            return tl::unexpected<Error>(imported.error());
        QString said = tr("%n prompt(s) imported", nullptr, *imported);
        if (!read->problems.empty())
            said += tr(", %n line(s) left out", nullptr, static_cast<int>(read->problems.size())) +
                    tr("; the first is line %1: %2")
                        .arg(read->problems[0].line)
                        .arg(qs(read->problems[0].message));
        return said;
    };
    m_store->compute(this, work, [this](Result<QString> done) {
        if (!done) {
            report(done.error());
            return;
        }
        say(*done);
        refreshDatasets();
    });
}

void Session::setResolved(const QString& traceId, std::optional<bool> resolved)
{
    if (!m_core)
        return;
    m_store->compute(
        this,
        [workspace = m_core->workspace, id = ss(traceId), resolved] {
            return workspace->setResolved(id, resolved);
        },
        [this](Result<> done) {
            if (!done)
                report(done.error());
            else
                Q_EMIT tracesChanged();
        });
}

void Session::rate(const QString& traceId, TierFit fit)
{
    if (!m_core)
        return;
    m_store->compute(
        this,
        [workspace = m_core->workspace, id = ss(traceId), fit] {
            return workspace->rate(id, fit, authorFromEnvironment());
        },
        [this](Result<std::vector<std::string>> bad) {
            if (!bad) {
                report(bad.error());
                return;
            }
            if (m_core && m_core->engine)
                m_core->engine->forgetAnswers(std::move(*bad));
            Q_EMIT tracesChanged();
        });
}

std::string Session::sandboxBaseUrl() const
{
    return m_core && m_core->sandbox ? m_core->sandbox->baseUrl() : std::string();
}

void Session::report(const Error& error)
{
    const QString code = qs(error.code);
    QString title = tr("That did not work");
    if (code.startsWith(QStringLiteral("workspace.")))
        title = tr("The workspace could not be used");
    else if (code.startsWith(QStringLiteral("policy.")) || code.startsWith(QStringLiteral("export.")))
        title = tr("The policy has problems");
    else if (code.startsWith(QStringLiteral("sandbox.")))
        title = tr("The sandbox did not start");
    QString message = qs(error.message);
    if (!error.context.empty() && !message.contains(qs(error.context)))
        message += QStringLiteral("\n\n") + qs(error.context);
    Q_EMIT errorOccurred(title, message);
}

} // namespace signalbox
