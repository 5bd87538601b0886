// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one thread that writes a workspace. Traces are gathered into transactions; other writes are tasks, each
// in a transaction of its own, in the order in which they were asked for.

#include "base/sqlite.h"
#include "cascade/trace_sink.h"
#include "workspace/trace_store.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace signalbox {

class Writer
{
public:
    using Task = std::function<Result<>(const sqlite::Database&, TraceStore&)>;

    /// `recorder` is kept with each trace: traces.recorded_by.
    static Result<std::unique_ptr<Writer>> start(std::unique_ptr<sqlite::Database> database,
                                                 std::int64_t recorder);
    /// Writes what is queued.
    ~Writer();

    // Any thread but the writer's own.
    void record(TracePtr trace, TraceSink::Durable durable);
    int queued() const { return m_queued.load(std::memory_order_relaxed); }
    /// Blocks until the task's transaction is committed; an error of the task rolls it back.
    Result<> run(const Task& task);
    /// Blocks until all that was queued before is committed; the first error since the last flush.
    Result<> flush();

private:
    struct Item
    {
        TracePtr trace;
        TraceSink::Durable durable;
        const Task* task = nullptr; ///< null for a trace and for a flush
        std::promise<Result<>>* done = nullptr;
    };

    Writer(std::unique_ptr<sqlite::Database> database, std::unique_ptr<TraceStore> store);
    void loop();
    bool takeNext(std::vector<Item>& batch);
    void lingerForMore(std::unique_lock<std::mutex>& lock);
    void writeTraces(std::vector<Item>& batch);
    Result<> commitTraces(const Item* begin, const Item* end);
    void finish(Item& item, const Result<>& outcome);
    Result<> runTask(const Task& task);
    Result<> enqueueAndWait(const Task* task);

    std::unique_ptr<sqlite::Database> m_database;
    std::unique_ptr<TraceStore> m_store;
    std::atomic<int> m_queued = 0;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Item> m_queue;          ///< guarded by m_mutex
    bool m_stopping = false;           ///< guarded by m_mutex
    bool m_busy = false;               ///< writer thread only: the last transaction was a large one
    std::optional<Error> m_firstError; ///< writer thread only
    std::thread m_thread;              ///< last: started when all else stands
};

} // namespace signalbox
