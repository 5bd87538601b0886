// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is spent under a workspace by others than this process, so that hourly budgets hold for all of them
// together: first what the last hour has cost, then, several times a second and on a thread of its own, what other
// processes have recorded since, and what was lost with those that were killed.

#include "workspace/workspace.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace signalbox {

class SpendingWatch
{
public:
    /// Any thread; each sum is told once.
    using Tell = std::function<void(std::vector<SpentEarlier>)>;

    /// Tells of the last hour before it returns.
    static Result<std::unique_ptr<SpendingWatch>> start(const Workspace& workspace, Tell tell,
                                                        int everyMs = 100);
    /// Nothing is told afterwards.
    ~SpendingWatch();
    SpendingWatch(const SpendingWatch&) = delete;
    SpendingWatch& operator=(const SpendingWatch&) = delete;

private:
    SpendingWatch(std::unique_ptr<WorkspaceReader> reader, std::int64_t recorder, Tell tell, int everyMs);
    Result<> look();
    void lookNowAndThen();

    std::unique_ptr<WorkspaceReader> m_reader;
    const std::int64_t m_recorder;
    const Tell m_tell;
    const int m_everyMs;
    SpentMark m_mark;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false; ///< guarded by m_mutex
    std::thread m_thread;    ///< started when all else stands, and after the first look
};

} // namespace signalbox
