// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/writer.h"

#include <algorithm>
#include <chrono>

namespace signalbox {

namespace {

constexpr std::size_t kMostTracesPerCommit = 256;
// Under load a commit waits a moment for company: its cost (a sync, and every touched page once) hardly
// depends on how many traces share it.
constexpr int kBusyFrom = 8;
constexpr std::size_t kEnough = 64;
constexpr std::chrono::milliseconds kLinger{2};

tl::unexpected<Error> traceRefused(const Trace& trace, Error error)
{
    if (error.code == "workspace.constraint") {
        error.code = "workspace.invalid_trace";
        error.message = "The trace " + trace.id + " was not kept: " + error.message;
    }
    return tl::unexpected<Error>(std::move(error));
}

} // namespace

Result<std::unique_ptr<Writer>> Writer::start(std::unique_ptr<sqlite::Database> database,
                                                std::int64_t recorder)
{
    auto store = TraceStore::prepare(*database, recorder);
    if (!store)
        return tl::unexpected<Error>(store.error());
    return std::unique_ptr<Writer>(new Writer(std::move(database), std::move(*store)));
}

Writer::Writer(std::unique_ptr<sqlite::Database> database, std::unique_ptr<TraceStore> store)
    : m_database(std::move(database)), m_store(std::move(store)), m_thread([this] { loop(); })
{
}

Writer::~Writer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void Writer::record(TracePtr trace, TraceSink::Durable durable)
{
    m_queued.fetch_add(1, std::memory_order_relaxed);
    Item item;
    item.trace = std::move(trace);
    item.durable = std::move(durable);
    bool wasEmpty = false;
    bool enough = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_queue.empty();
        m_queue.push_back(std::move(item));
        enough = m_queue.size() == kEnough;
    }
    if (wasEmpty || enough)
        m_wake.notify_one();
}

Result<> Writer::enqueueAndWait(const Task* task)
{
    std::promise<Result<>> done;
    std::future<Result<>> outcome = done.get_future();
    Item item;
    item.task = task;
    item.done = &done;
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(item));
    }
    m_wake.notify_one();
    return outcome.get();
}

Result<> Writer::run(const Task& task)
{
    return enqueueAndWait(&task);
}
Result<> Writer::flush()
{
    return enqueueAndWait(nullptr);
}

void Writer::loop()
{
    std::vector<Item> batch;
    while (takeNext(batch)) {
        Item& first = batch.front();
        if (first.trace)
            writeTraces(batch);
        else if (first.task)
            first.done->set_value(runTask(*first.task));
        else if (m_firstError)
            first.done->set_value(tl::unexpected<Error>(*std::exchange(m_firstError, std::nullopt)));
        else
            first.done->set_value({});
        batch.clear();
    }
}

/// One task, or traces up to the next task. False when all is written and the writer is to stop.
bool Writer::takeNext(std::vector<Item>& batch)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
    if (m_queue.empty())
        return false;
    if (m_busy && m_queue.back().trace)
        lingerForMore(lock);
    do {
        batch.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    } while (batch.front().trace && !m_queue.empty() && m_queue.front().trace &&
             batch.size() < kMostTracesPerCommit);
    return true;
}

void Writer::lingerForMore(std::unique_lock<std::mutex>& lock)
{
    m_wake.wait_for(lock, kLinger,
                    [this] { return m_stopping || m_queue.size() >= kEnough || !m_queue.back().trace; });
}

void Writer::writeTraces(std::vector<Item>& batch)
{
    m_busy = static_cast<int>(batch.size()) >= kBusyFrom;
    const Result<> outcome = commitTraces(batch.data(), batch.data() + batch.size());
    // A database that another program holds will not be free for the next one either; it has been waited for
    // already.
    const bool together = outcome || batch.size() == 1 || outcome.error().code == "workspace.busy";
    for (Item& item : batch)
        finish(item, together ? outcome : commitTraces(&item, &item + 1));
}

Result<> Writer::commitTraces(const Item* begin, const Item* end)
{
    auto transaction = sqlite::Transaction::begin(*m_database, sqlite::Transaction::Kind::Write);
    if (!transaction)
        return tl::unexpected<Error>(transaction.error());
    for (const Item* item = begin; item != end; ++item) {
        if (const Result<> inserted = m_store->insert(*item->trace); !inserted) {
            m_store->forget();
            return traceRefused(*item->trace, inserted.error());
        }
    }
    const Result<> committed = transaction->commit();
    if (!committed)
        m_store->forget();
    return committed;
}

void Writer::finish(Item& item, const Result<>& outcome)
{
    if (!outcome && !m_firstError)
        m_firstError = outcome.error();
    m_queued.fetch_sub(1, std::memory_order_relaxed);
    if (item.durable)
        item.durable(outcome);
    item = {};
}

Result<> Writer::runTask(const Task& task)
{
    auto transaction = sqlite::Transaction::begin(*m_database, sqlite::Transaction::Kind::Write);
    if (!transaction)
        return tl::unexpected<Error>(transaction.error());
    Result<> outcome = task(*m_database, *m_store);
    if (outcome)
        outcome = transaction->commit();
    if (!outcome)
        m_store->forget();
    return outcome;
}

} // namespace signalbox
