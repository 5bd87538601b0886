// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/autosave.h"

#include "base/ids.h"
#include "ui/shell/session.h"
#include "ui/theme/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QPointer>
#include <QUuid>

#include <utility>

namespace signalbox {

namespace {

constexpr int kIntervalMs = 1500;
constexpr int kAgainMs = 10'000; // after a failure, though nothing changes

} // namespace

Autosave::Autosave(Session& session, QString folder, QObject* parent)
    : QObject(parent), m_session(session), m_folder(std::move(folder)),
      m_path(QDir(m_folder).filePath(QUuid::createUuid().toString(QUuid::WithoutBraces) +
                                     QStringLiteral(".recovery.json")))
{
    m_writer.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kIntervalMs);
    connect(&m_timer, &QTimer::timeout, this, &Autosave::write);
    connect(&session.policy(), &PolicyEditor::documentChanged, this, &Autosave::changed);
    connect(&session.policy(), &PolicyEditor::modifiedChanged, this, &Autosave::changed);
    if (session.policy().isModified())
        changed();
}

Autosave::~Autosave()
{
    m_writer.waitForDone();
}

void Autosave::changed()
{
    // The document changes before the history knows of it: whether there is anything to keep is seen by
    // write().
    if (m_session.policy().isModified()) {
        if (m_state != State::Paused && m_state != State::Failed)
            setState(State::Waiting);
    } else if (m_onDisk || m_state != State::Nothing) {
        m_timer.stop();
        removeFiles();
        return;
    }
    if (!m_timer.isActive()) // not again with every key: while somebody types on, it is written all the same
        m_timer.start();
}

void Autosave::write()
{
    m_timer.stop();
    PolicyEditor& policy = m_session.policy();
    if (!policy.isModified()) {
        removeFiles();
        return;
    }
    const PolicyDocumentPtr document = policy.document();
    if (carriesSecret(*document)) {
        setState(State::Paused, qs(secretAdvice(*document)));
        return;
    }
    const PolicyDocumentPtr base = policy.savedDocument();
    RecoveryFile file;
    file.path = m_path;
    file.pid = QCoreApplication::applicationPid();
    file.processStart = processStart(file.pid);
    file.policyFile = policy.filePath();
    file.workspace = m_session.workspacePath();
    file.version = policy.version();
    if (const PolicyPtr& named = document->policy ? document->policy : base->policy)
        file.name = named->name;
    if (base->policy)
        file.baseHash = base->policy->contentHash;
    file.savedAtMs = QDateTime::currentMSecsSinceEpoch();
    m_onDisk = true;
    const quint64 ticket = ++m_asked;
    const QStringList superseded = std::exchange(m_superseded, {});
    const QPointer<Autosave> self(this);
    m_writer.start([self, ticket, document, superseded, file = std::move(file)]() mutable {
        file.text = document->text;
        auto written = std::make_shared<Result<>>(writeRecoveryFile(file));
        if (*written) {
            for (const QString& path : superseded)
                QFile::remove(path);
        }
        QMetaObject::invokeMethod(
            qApp,
            [self, ticket, written, superseded, at = file.savedAtMs] {
                if (!self)
                    return;
                if (!*written)
                    self->m_superseded += superseded;
                if (ticket != self->m_asked)
                    return;
                if (*written) {
                    self->m_keptAtMs = at;
                    self->setState(State::Kept);
                } else {
                    self->setState(State::Failed, qs(written->error().message));
                    QTimer::singleShot(kAgainMs, self, [self] {
                        if (self->m_state == State::Failed)
                            self->write();
                    });
                }
            },
            Qt::QueuedConnection);
    });
}

void Autosave::removeFiles()
{
    ++m_asked;
    m_onDisk = false;
    const QStringList paths = std::exchange(m_superseded, {}) << m_path;
    m_writer.start([paths] {
        for (const QString& path : paths)
            QFile::remove(path);
    });
    setState(State::Nothing);
}

void Autosave::takeOver(const QString& otherFile)
{
    m_superseded.append(otherFile);
    write();
}

void Autosave::finish()
{
    disconnect(&m_session.policy(), nullptr, this, nullptr);
    m_timer.stop();
    removeFiles();
    m_writer.waitForDone();
}

void Autosave::waitForDone()
{
    if (m_timer.isActive())
        write();
    m_writer.waitForDone();
}

void Autosave::setState(State state, const QString& explanation)
{
    if (m_state == state && m_explanation == explanation && state != State::Kept)
        return;
    m_state = state;
    m_explanation = explanation;
    Q_EMIT stateChanged();
}

} // namespace signalbox
