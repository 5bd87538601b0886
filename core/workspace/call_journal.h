// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What has been asked of providers and is not yet in a trace on the disk. A file beside the workspace, to
// which each call is appended before it goes out: a process that is killed loses no call that somebody will
// want to be paid for. Whoever opens the workspace next takes the file over. Appended without a sync: it
// outlives the process, not the machine.

#include "base/result.h"
#include "cascade/trace_sink.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace signalbox {

/// A call that no trace knows of, or the trace that took it over does.
struct LostCall
{
    RunOutline run;
    std::string tier;
    Charge charge; ///< of kind Lost, hop −1; its cost is known when the call had ended
};

/// Any thread.
class CallJournal
{
public:
    explicit CallJournal(std::string workspacePath) : m_workspacePath(std::move(workspacePath)) {}
    /// Takes the file away when every call in it stands in a trace.
    ~CallJournal();
    CallJournal(const CallJournal&) = delete;
    CallJournal& operator=(const CallJournal&) = delete;

    void begins(const RunOutline& run, const std::string& tier, const Charge& call);
    void ended(const std::string& traceId, const std::string& requestId, const Charge* charge);
    /// The trace is on the disk: its calls need no other memory.
    void settled(const std::string& traceId);

private:
    void append(const std::string& traceId, std::string line);
    bool open();
    void shrink();

    std::string m_workspacePath;
    std::mutex m_mutex;
    std::string m_path;
    int m_file = -1;
    bool m_broken = false; ///< it could not be written; the traces will say why
    std::size_t m_size = 0;
    std::size_t m_needed = 0;                   ///< bytes of the lines that are still needed
    std::map<std::string, std::string> m_lines; ///< by trace: that are still needed
};

/// The journal of a process that is gone, held so that nobody else takes it.
class LeftJournal
{
public:
    LeftJournal(std::string path, int file, std::vector<LostCall> calls);
    LeftJournal(LeftJournal&& other) noexcept;
    LeftJournal& operator=(LeftJournal&&) = delete;
    ~LeftJournal();

    const std::vector<LostCall>& calls() const { return m_calls; }
    void remove(); ///< its calls are kept elsewhere now

private:
    std::string m_path;
    int m_file = -1;
    std::vector<LostCall> m_calls;
};

/// Those of processes that still run are left alone. Their calls may stand in traces all the same.
std::vector<LeftJournal> leftJournals(const std::string& workspacePath);

} // namespace signalbox
