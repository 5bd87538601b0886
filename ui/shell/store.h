// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reads of the workspace and long computations, off the Qt thread. Work runs in a small pool with a reader of
// its own; its result comes back on the Qt thread, unless whoever asked is gone or the workspace is another
// one by then.
//
//     session().store().read(this, [filter](WorkspaceReader& reader) { return reader.traceRows(filter); },
//                            [this](Result<std::vector<TraceRow>> rows) { … });

#include "base/result.h"
#include "workspace/workspace.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace signalbox {

/// Which question is the newest: `const auto ticket = m_asked.next();` … `if (!m_asked.isCurrent(ticket))
/// return;`
class Generation
{
public:
    quint64 next() { return ++m_value; }
    bool isCurrent(quint64 ticket) const { return ticket == m_value; }

private:
    quint64 m_value = 0;
};

class Store : public QObject
{
    Q_OBJECT
public:
    explicit Store(QObject* parent = nullptr);
    ~Store() override; ///< waits for what runs

    /// The workspace that reads go to; null = none. Waits for reads that run, and drops their results.
    void setWorkspace(std::shared_ptr<Workspace> workspace);
    bool hasWorkspace() const { return m_workspace != nullptr; }
    const std::shared_ptr<Workspace>& workspace() const { return m_workspace; }

    /// `work(WorkspaceReader&)` returns a Result<T>; `then(Result<T>)` gets it on the Qt thread.
    template <class Work, class Then>
    void read(QObject* context, Work work, Then then)
    {
        using R = std::invoke_result_t<Work&, WorkspaceReader&>;
        const QPointer<QObject> guard(context);
        auto shared = std::make_shared<Then>(std::move(then));
        run([work = std::move(work), guard,
             shared](Result<WorkspaceReader*> reader) mutable -> std::function<void()> {
            auto result =
                std::make_shared<R>(reader ? work(**reader) : R(tl::unexpected<Error>(reader.error())));
            return [guard, shared, result] {
                if (guard)
                    (*shared)(std::move(*result));
            };
        });
    }

    /// The same without a reader: `work()` returns a T, `then(T)` gets it on the Qt thread.
    template <class Work, class Then>
    void compute(QObject* context, Work work, Then then)
    {
        using R = std::invoke_result_t<Work&>;
        const QPointer<QObject> guard(context);
        auto shared = std::make_shared<Then>(std::move(then));
        runPlain([work = std::move(work), guard, shared]() mutable -> std::function<void()> {
            auto result = std::make_shared<R>(work());
            return [guard, shared, result] {
                if (guard)
                    (*shared)(std::move(*result));
            };
        });
    }

    /// Nothing is being read or computed, and every result has been handed over.
    bool isIdle() const;

Q_SIGNALS:
    void idleChanged(bool idle);

private:
    using Continuation = std::function<void()>;
    void run(std::function<Continuation(Result<WorkspaceReader*>)> task);
    void runPlain(std::function<Continuation()> task);
    void submit(std::function<Continuation()> task);

    struct Impl;
    std::unique_ptr<Impl> m_impl;
    std::shared_ptr<Workspace> m_workspace;
};

} // namespace signalbox
