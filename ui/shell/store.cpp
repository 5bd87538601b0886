// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/store.h"

#include <QCoreApplication>
#include <QMutex>
#include <QThreadPool>

#include <vector>

namespace signalbox {

/// Readers that nobody uses just now. A task takes one and gives it back; each is used by one thread at a
/// time.
struct ReaderPool
{
    std::shared_ptr<Workspace> workspace;
    QMutex mutex;
    std::vector<std::unique_ptr<WorkspaceReader>> idle;

    Result<std::unique_ptr<WorkspaceReader>> take()
    {
        {
            const QMutexLocker lock(&mutex);
            if (!idle.empty()) {
                auto reader = std::move(idle.back());
                idle.pop_back();
                return reader;
            }
        }
        return workspace->reader();
    }
    void giveBack(std::unique_ptr<WorkspaceReader> reader)
    {
        const QMutexLocker lock(&mutex);
        idle.push_back(std::move(reader));
    }
};

struct Store::Impl
{
    QThreadPool pool;
    std::shared_ptr<ReaderPool> readers;
    quint64 epoch = 1;
    int running = 0; ///< submitted and not yet handed over; Qt thread
};

Store::Store(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>())
{
    m_impl->pool.setMaxThreadCount(2);
}

Store::~Store()
{
    m_impl->pool.waitForDone();
}

void Store::setWorkspace(std::shared_ptr<Workspace> workspace)
{
    ++m_impl->epoch;
    m_impl->pool.waitForDone();
    m_impl->readers.reset(); // before the workspace that they belong to
    m_workspace = std::move(workspace);
    if (m_workspace) {
        m_impl->readers = std::make_shared<ReaderPool>();
        m_impl->readers->workspace = m_workspace;
    }
}

bool Store::isIdle() const
{
    return m_impl->running == 0;
}

void Store::run(std::function<Continuation(Result<WorkspaceReader*>)> task)
{
    const auto readers = m_impl->readers;
    submit([readers, task = std::move(task)]() -> Continuation {
        if (!readers)
            return task(fail("workspace.none", "No workspace is open; open or create one first."));
        auto reader = readers->take();
        if (!reader)
            return task(tl::unexpected<Error>(reader.error()));
        Continuation then = task(reader->get());
        readers->giveBack(std::move(*reader));
        return then;
    });
}

void Store::runPlain(std::function<Continuation()> task)
{
    submit(std::move(task));
}

void Store::submit(std::function<Continuation()> task)
{
    const quint64 epoch = m_impl->epoch;
    if (++m_impl->running == 1)
        Q_EMIT idleChanged(false);
    const QPointer<Store> self(this);
    m_impl->pool.start([self, epoch, task = std::move(task)] {
        Continuation then = task();
        QMetaObject::invokeMethod(
            qApp,
            [self, epoch, then = std::move(then)] {
                if (!self)
                    return;
                if (epoch == self->m_impl->epoch)
                    then();
                if (self && --self->m_impl->running == 0)
                    Q_EMIT self->idleChanged(true);
            },
            Qt::QueuedConnection);
    });
}

} // namespace signalbox
